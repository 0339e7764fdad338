"""Why text is not YAML or not JSON, in words that say where and what to do.

Loaded only for such text. Knows the sentences of libyaml and of Python's json.
"""

import json
import re
from typing import Any, Final

from checklist.errors import Fault
from checklist.text import escape_controls, short

NO_ALIASES: Final = (
    "text that begins with * or & stands in quotes (YAML's aliases and anchors are not used here)"
)
NO_TAGS: Final = "text that begins with ! stands in quotes (YAML's tags are not used here)"
_NO_FIT: Final = "this line is indented differently from the lines it belongs to"
_NO_MORE: Final = (
    "something stands after a closing quote or bracket (inside single quotes an apostrophe is "
    "written twice: '')"
)

# what libyaml finds, whether the fault is where it began to read, and what a person can do
_YAML_ADVICE: Final = (
    ("mapping values are not allowed", False, "there is a colon too many in this line, or it is "
     'indented too far; text with ": " in it stands in quotes'),
    ("sequence entries are not allowed", False, "a dash stands after a key; begin the list on the "
     "next line, or put the text in quotes"),
    ("could not find expected ':'", True, "this line is neither `key: value` nor an item after a "
     "dash"),
    ("expected ',' or", True, "the bracket that opens here is not closed, or a comma is missing "
     "inside it"),
    ("end of stream", True, "the quotation mark that opens here is not closed"),
    ("unexpected document", True, "the quotation mark that opens here is not closed"),
    ("escape", False, "a backslash in double quotes has a meaning of its own; use single quotes"),
    ("hexdecimal", False, "a backslash in double quotes has a meaning of its own; use single "
     "quotes"),
    ("cannot start any token", False, "text that begins with @, % or ` stands in quotes"),
    ("alphabetic or numeric", False, NO_ALIASES),
    ("tag", False, NO_TAGS),
    ("node content", False, "a value is missing here, or a bracket above is not closed (text that "
     "begins with a comma or bracket stands in quotes)"),
    ("comment or line break", False, "text that begins with > or | stands in quotes, or begins on "
     "the next line"),
)  # fmt: skip


def not_yaml(error: Any, text: str, file: str) -> Fault:
    """Return libyaml's error in words that say what to do."""
    found = str(error.problem or error.context or "it cannot be parsed")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Fault(f"this is not YAML: {short(found, 120)}", file)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Fault("this line begins with a tab; indent with spaces", file, mark.line + 1)
    if "expected key" in found or "'-' indicator" in found or "<" in found:
        problem = _NO_FIT if mark.column <= len(indent) else _NO_MORE
        return Fault(problem, file, mark.line + 1)
    if "expected ',' or" in found and mark.line == error.context_mark.line:
        return Fault(
            f"a comma is missing between these brackets, or {_NO_MORE}", file, mark.line + 1
        )
    for words, at_start, advice in _YAML_ADVICE:
        if words in found:
            start = error.context_mark if at_start and error.context_mark else mark
            return Fault(advice, file, start.line + 1)
    return Fault(f"this is not YAML: {short(found, 120)}", file, mark.line + 1)


def not_text(text: str, file: str) -> Fault:
    """Return what to say of a character that YAML cannot hold."""
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    line = None if found is None else text.count("\n", 0, found.start()) + 1
    what = "a control character" if found is None else f"the control character {found[0]}"
    problem = f"{what} stands here, which a text file cannot hold; take it out"
    return Fault(escape_controls(problem), file, line)


_JSON_ADVICE: Final = {
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected here "
    "(a comma before } is one too many)",
    "Expecting ',' delimiter": "a comma is missing here, or a bracket is not closed",
    "Expecting ':' delimiter": "a colon is missing here after the key",
    "Expecting value": "a value is expected here (text stands in double quotes; a comma before ] "
    "is one too many)",
    "Extra data": "something stands here after the end of the record; write one case a file, or "
    "one a line in a .jsonl file",
    "Unterminated string starting at": "the quotation mark that opens here is not closed",
    "Invalid control character at": "the quotation mark before this is not closed, or a line break "
    "or tab stands inside the quotes",
    "Invalid \\escape": "a backslash inside quotes is written twice",
    "Invalid \\uXXXX escape": "a backslash inside quotes is written twice",
}


def not_json(error: json.JSONDecodeError) -> str:
    """Return json's error in words that say what to do."""
    advice = _JSON_ADVICE.get(error.msg.removesuffix(" at"), _JSON_ADVICE.get(error.msg))
    return f"this is not JSON at column {error.colno}: {advice or error.msg}"
