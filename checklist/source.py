"""YAML and JSON text turned into plain values that know their line. Knows no cases and no rules.

YAML is read event by event rather than by a loader: every scalar stays the text that was written
(so `no` is never silently false and 2021-02-31 is never silently text), every key and item keeps
its line, and duplicate keys, aliases, tags and deep nesting are refused before they can do harm.
JSON is read to the same: its numbers stay the text that was written, however long.
"""

import json
import re
from itertools import islice
from pathlib import Path
from typing import Any, Final

from checklist.errors import BadInput, Fault, nearest
from checklist.text import escape_controls, short

MOST_BYTES = 4_000_000
"""The largest file, or line of a JSON Lines file, that is read."""

MOST_BYTES_OF_A_SCREENING = 200_000_000
"""The largest JSON document of a screening that is read: several times that of 2,000 cases."""

DEEPEST = 40
"""The deepest nesting of mappings and lists that is read."""

Place = tuple[str | int, ...]
"""The keys and positions that lead to a value in a file."""


class LocatedDict(dict[str, Any]):
    """A mapping that knows the line it starts on and the line of each of its keys.

    `values_below` has the lines of those values that are a single word or text and stand on a
    later line than their key.
    """

    __slots__ = ("line", "lines", "values_below")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.values_below: dict[str, int] | None = None

    def value_is_below(self, key: str, line: int) -> None:
        """Keep the line of a value that stands on another than its key."""
        if self.values_below is None:
            self.values_below = {}
        self.values_below[key] = line


class LocatedList(list[Any]):
    """A list that knows the line it starts on and the line of each of its items."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def line_of(tree: object, place: Place, *, of_key: bool = False) -> int | None:
    """Return the line of the value at `place`, or of the nearest thing around it that has one.

    With `of_key` it is the line of the last key in `place`, where the value stands below it. Parts
    of `place` that the tree does not have (a step that a parser put in) are passed over.
    """
    line = tree.line if isinstance(tree, LocatedDict | LocatedList) else None
    for step in place:
        if isinstance(tree, LocatedDict) and step in tree:
            key = str(step)
            line = tree.lines.get(key, line)
            if tree.values_below is not None and not of_key:
                line = tree.values_below.get(key, line)
            tree = tree[key]
        elif isinstance(tree, LocatedList) and isinstance(step, int) and step < len(tree):
            line, tree = tree.lines[step], tree[step]
    return line


def read_text(path: Path) -> str:
    """Return the file's text, or raise BadInput where it is missing, too large or not UTF-8."""
    name = name_of(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    if len(raw) > MOST_BYTES:
        problem = (
            f"the file is larger than {MOST_BYTES:,} bytes, the most that is accepted; "
            "write many cases one a line in a .jsonl file"
        )
        raise BadInput([Fault(problem, name)])
    return decode(raw, name)


def name_of(path: Path) -> str:
    """Return a path as messages name it: whole, with nothing in it that a screen would obey."""
    return escape_controls(str(path))


def unreadable(path: Path, error: OSError) -> BadInput:
    """Return what to say of a file that cannot be opened."""
    if not isinstance(error, FileNotFoundError):
        problem = f"the file cannot be read ({error.strerror})"
        return BadInput([Fault(problem, name_of(path))])
    try:
        beside = [other.name for other in islice(path.parent.iterdir(), 1_000)]
    except OSError:
        beside = []
    hint = escape_controls(nearest(path.name, beside))
    problem = f"the file cannot be read: there is no such file or folder{hint}"
    return BadInput([Fault(problem, name_of(path))])


def decode(raw: bytes, file: str, line: int | None = None) -> str:
    """Return the bytes as text, or raise BadInput where they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = line or raw.count(b"\n", 0, error.start) + 1
        problem = "this is not UTF-8 text; save the file again with the encoding UTF-8"
        raise BadInput([Fault(problem, file, at)]) from None


def parse_yaml(text: str, file: str) -> Any:
    """Return the one document in the text: None, str, LocatedDict or LocatedList, nested.

    Every scalar is a str, except that an unquoted blank, `~` or `null` is None.
    """
    import yaml

    try:
        return _build(text, file)
    except yaml.MarkedYAMLError as error:
        from checklist.source_faults import not_yaml

        raise BadInput([not_yaml(error, text, file)]) from None
    except yaml.YAMLError:
        from checklist.source_faults import not_text

        raise BadInput([not_text(text, file)]) from None


def parse_json(text: str, file: str, line: int | None = None) -> Any:
    """Return the JSON value in the text; `line` is where it stands where it is one of many.

    Numbers are text, as from YAML. Only `located_json` gives the lines too, and takes longer.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=str,
            parse_float=str,
        )
    except json.JSONDecodeError as error:
        if not text.strip():
            return None
        from checklist.source_faults import not_json

        raise BadInput([Fault(not_json(error), file, line or error.lineno)]) from None
    except (_NotHeld, RecursionError):
        return located_json(text, file, line)
    return located_json(text, file, line) if _depth_exceeds(value, DEEPEST) else value


def located_json(text: str, file: str, line: int | None = None) -> Any:
    """Return what `parse_json` returns for text that it takes for JSON, with every line.

    Raises BadInput with the line of what is JSON and yet cannot be in a record.
    """
    top = LocatedList(0)
    node: LocatedDict | LocatedList = top
    key: str | None = None  # in a mapping, the key whose value comes next
    around: list[tuple[LocatedDict | LocatedList, str | None]] = []
    at, counted = line or 1, 0

    def fault(problem: str) -> BadInput:
        return BadInput([Fault(problem, file, at)])

    for found in _JSON_TOKEN.finditer(text):
        word = found[0]
        if line is None:
            at += text.count("\n", counted, found.start())
            counted = found.start()
        if word in "]}":
            node, key = around.pop()
            continue
        if isinstance(node, LocatedDict) and key is None:
            key = _json_scalar(word)
            if key in node:
                raise fault(_twice(key, node))
            node.lines[key] = at
            continue
        begins = word in "[{"
        if begins and len(around) >= DEEPEST:
            raise fault(_TOO_DEEP)
        if word.lstrip("-") in ("NaN", "Infinity"):
            raise fault(f"{word} is not a number; leave the key out")
        value = (LocatedDict if word == "{" else LocatedList)(at) if begins else _json_scalar(word)
        if isinstance(node, LocatedList):
            node.append(value)
            node.lines.append(at)
        elif key is not None:
            node[key] = value
            if not begins and at != node.lines[key]:
                node.value_is_below(key, at)
            key = None
        if begins:
            around.append((node, key))
            node, key = value, None
    return top[0] if top else None


def _build(text: str, file: str) -> Any:
    """Return the one document that the parser's events make.

    Every start of the program runs this over the whole rulebook, hence one flat loop.
    """
    import yaml

    scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
    mapping_start, list_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    top = LocatedList(0)  # the documents
    node: LocatedDict | LocatedList = top
    key: str | None = None  # in a mapping, the key whose value comes next
    around: list[tuple[LocatedDict | LocatedList, str | None]] = []

    def fault(problem: str) -> BadInput:
        return BadInput([Fault(problem, file, line)])

    try:
        while (event := loader.get_event()) is not None:
            kind = type(event)
            if kind in ends:
                node, key = around.pop()
                continue
            if kind is scalar:
                line = event.start_mark.line + 1
                value: Any = event.value
                if event.tag is not None or event.anchor is not None:
                    raise fault(_not_here(event.tag))
                if isinstance(node, LocatedDict) and key is None:
                    if value in node:
                        raise fault(_twice(value, node))
                    key = value
                    node.lines[value] = line
                    continue
                if value in _BLANKS and event.implicit[0]:
                    value = None
            elif kind is mapping_start or kind is list_start:
                line = event.start_mark.line + 1
                if event.tag is not None or event.anchor is not None:
                    raise fault(_not_here(event.tag))
                if isinstance(node, LocatedDict) and key is None:
                    raise fault(_NO_KEY)
                if len(around) >= DEEPEST:
                    raise fault(_TOO_DEEP)
                value = LocatedDict(line) if kind is mapping_start else LocatedList(line)
            elif kind is alias:
                line = event.start_mark.line + 1
                raise fault(_not_here(None))
            else:
                continue
            if key is not None and isinstance(node, LocatedDict):
                node[key] = value
                if kind is scalar and line != node.lines[key]:
                    node.value_is_below(key, line)
                key = None
            elif isinstance(node, LocatedList):
                if node is top and top:
                    raise fault(
                        "a second document begins here, after ---; put it in a file of its own"
                    )
                node.append(value)
                node.lines.append(line)
            if kind is not scalar:
                around.append((node, key))
                node, key = value, None
    finally:
        loader.dispose()
    return top[0] if top else None


def _not_here(tag: str | None) -> str:
    from checklist.source_faults import NO_ALIASES, NO_TAGS

    return NO_ALIASES if tag is None else NO_TAGS


_BLANKS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NO_KEY: Final = "a key must be a plain word (text that begins with { or [ stands in quotes)"
_TOO_DEEP: Final = (
    f"this stands more than {DEEPEST} levels deep, one inside the other; no record needs so many "
    "(perhaps a bracket is not closed)"
)

_WORDS: Final = {"true": True, "false": False, "null": None}
# of JSON that has been read before: a bracket, a string, or a word or number
_JSON_TOKEN: Final = re.compile(r'[\[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,:"\[\]{}]+', re.DOTALL)


def _json_scalar(word: str) -> Any:
    """Return what a string says, or a number as it was written."""
    return json.loads(word) if word.startswith('"') else _WORDS.get(word, word)


def _twice(key: str, node: LocatedDict) -> str:
    return (
        f"the key `{short(key)}` stands here a second time (the first is on line "
        f"{node.lines[key]}); keep one of them"
    )


class _NotHeld(Exception):  # noqa: N818 (told by located_json, with the line)
    """JSON that a record cannot hold."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _NotHeld
    return mapping


def _no_constant(_name: str) -> Any:
    raise _NotHeld


def _depth_exceeds(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
