"""How values are written as YAML: so that every reader takes them for what they are here.

Text that other readers of YAML would take for something else is quoted, and what no screen shows
is escaped. Knows no cases.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

WIDTH: Final = 100
"""The longest line that is written where there is a choice."""


class InLine(dict[str, Any]):
    """A mapping that is written on one line where it fits, as `{value: yes, agency: gp}`."""


class Habits(NamedTuple):
    """How a file indents: keys within a mapping, and the dashes of a list below its key."""

    step: int = 2
    dash: int = 2
    newline: str = "\n"


def written(value: Mapping[str, Any]) -> str:
    """Return a mapping as the text of a new file, in block style, indented by two spaces."""
    return "".join(f"{line}\n" for line in on_lines(value, 0, Habits()))


def on_one_line(value: Any, room: int) -> str | None:
    """Return a value as it is written after its key, or None where it takes lines of its own."""
    if isinstance(value, str):
        return _scalar(value, in_flow=False)
    of_words = isinstance(value, list) and all(isinstance(each, str) for each in value)
    if value and not of_words and not isinstance(value, InLine):
        return None
    line = in_brackets(value)
    return line if len(line) <= room or not value else None


def on_lines(value: Any, column: int, habits: Habits, *, nested: bool = False) -> list[str]:
    """Return a mapping or a list as lines from `column` on, or further in where it is `nested`."""
    is_list = isinstance(value, list)
    if nested:
        column += habits.dash if is_list else habits.step
    pad, lines = " " * column, []
    for key, each in [("", each) for each in value] if is_list else value.items():
        begins = f"{pad}-" if is_list else f"{pad}{_scalar(key, in_flow=False)}:"
        inline = on_one_line(each, WIDTH - len(begins) - 1)
        if inline is not None:
            lines.append(f"{begins} {inline}")
        elif is_list:
            first, *others = on_lines(each, column + 2, habits)
            lines += [f"{begins} {first.lstrip(' ')}", *others]
        else:
            lines += [begins, *on_lines(each, column, habits, nested=True)]
    return lines


def in_brackets(value: Any) -> str:
    """Return a value as it is written between brackets."""
    if isinstance(value, str):
        return _scalar(value, in_flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(in_brackets, value))}]"
    return (
        "{"
        + ", ".join(f"{in_brackets(key)}: {in_brackets(each)}" for key, each in value.items())
        + "}"
    )


def _scalar(text: str, *, in_flow: bool) -> str:
    """Return text as it is written: plain where no reader of YAML can mistake it."""
    plain = _PLAIN_IN_FLOW if in_flow else _PLAIN
    if plain.fullmatch(text) and text.isprintable() and not _looks_otherwise(text):
        return text
    # a JSON string is one in YAML, once what neither screens nor editors show is escaped
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else _escape(each) for each in quoted)


def _looks_otherwise(text: str) -> bool:
    """Whether readers of YAML take the text for something else than it is here.

    Yes and no, dates and whole numbers are written plain: there they are what they look like.
    """
    if text[0].isdigit() and _ONE_WORD.fullmatch(text):
        return not (_WHOLE_NUMBER.fullmatch(text) or _is_date(text))
    return text.lower() in _OTHER_WORDS and text not in ("yes", "no")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_PLAIN: Final = re.compile(r"\w(?:[^:#\n]|:(?! |$)|(?<! )#)*(?<![ :])")
_PLAIN_IN_FLOW: Final = re.compile(r"\w(?:[^:#,\[\]{}\n]|(?<! )#)*(?<! )")
_ONE_WORD: Final = re.compile(r"[\w.:+-]+")
_WHOLE_NUMBER: Final = re.compile("0|[1-9][0-9]{0,8}")
_OTHER_WORDS: Final = frozenset(
    {"y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"}
)
