"""Text from outside made harmless for a screen: case text is never trusted to be only text."""

import re

# C0 and C1 controls, delete, the marks that reorder or hide text, line separators, lone surrogates,
# and the tags, which spell out text that no screen shows
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[ \t\r\n]+")


def harmless(text: str) -> str:
    """Return the text on one line, with every control or hidden character shown as its code.

    A terminal escape becomes the visible text `<U+001B>`; line breaks and tabs become a space.
    """
    return escape_controls(_SPACES.sub(" ", text))


def escape_controls(text: str, form: str = "<U+{:04X}>") -> str:
    """Return the text with every control or hidden character written out as `form`.

    A character beyond four hexadecimal digits is written as its two UTF-16 codes, as JSON does.
    """
    return _HARMFUL.sub(lambda found: "".join(map(form.format, _utf_16(found[0]))), text)


def safe_json(document: str) -> str:
    """Return JSON with the controls that JSON lets through escaped: it may be read on a screen."""
    lines = document.split("\n")
    return "\n".join(escape_controls(line, "\\u{:04x}") for line in lines)


def short(text: str, most: int = 60) -> str:
    """Return the text made harmless and cut to `most` characters, for quoting in a message."""
    quoted = harmless(text[: most * 2])
    return quoted if len(quoted) <= most else quoted[: most - 3] + "..."


def _utf_16(character: str) -> tuple[int, ...]:
    code = ord(character)
    if code <= 0xFFFF:
        return (code,)
    return 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF)
