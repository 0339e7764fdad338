"""YAML and JSON text turned into plain values that know their line. Knows no cases and no rules.

YAML is read event by event rather than by a loader: every scalar stays the text that was written
(so `no` is never silently false and 2021-02-31 is never silently text), every key and item keeps
its line, and duplicate keys, aliases, tags and deep nesting are refused before they can do harm.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checklist.errors import BadInput, Fault
from checklist.text import short

MOST_BYTES = 4_000_000
"""The largest file, or line of a JSON Lines file, that is read."""

DEEPEST = 40
"""The deepest nesting of mappings and lists that is read."""


class LocatedDict(dict[str, Any]):
    """A mapping that knows the line it starts on and the line of each of its keys."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class LocatedList(list[Any]):
    """A list that knows the line it starts on and the line of each of its items."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def line_of(tree: object, place: tuple[str | int, ...]) -> int | None:
    """Return the line of the value at `place`, or of the nearest thing around it that has one.

    Parts of `place` that the tree does not have (a step that a parser put in) are passed over.
    """
    line = tree.line if isinstance(tree, LocatedDict | LocatedList) else None
    for step in place:
        if isinstance(tree, LocatedDict) and step in tree:
            line, tree = tree.lines[str(step)], tree[str(step)]
        elif isinstance(tree, LocatedList) and isinstance(step, int) and step < len(tree):
            line, tree = tree.lines[step], tree[step]
    return line


def read_text(path: Path) -> str:
    """Return the file's text, or raise BadInput where it is missing, too large or not UTF-8."""
    name = short(str(path), 200)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput([Fault(f"the file cannot be read ({error.strerror})", name)]) from None
    if len(raw) > MOST_BYTES:
        problem = f"the file is larger than {MOST_BYTES:,} bytes, the most that is accepted"
        raise BadInput([Fault(problem, name)])
    return decode(raw, name)


def decode(raw: bytes, file: str, line: int | None = None) -> str:
    """Return the bytes as text, or raise BadInput where they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = line or raw.count(b"\n", 0, error.start) + 1
        problem = "this is not UTF-8 text; save the file as UTF-8"
        raise BadInput([Fault(problem, file, at)]) from None


def parse_yaml(text: str, file: str) -> Any:
    """Return the one document in the text: None, str, LocatedDict or LocatedList, nested.

    Every scalar is a str, except that an unquoted blank, `~` or `null` is None.
    """
    import yaml

    try:
        return _build(_events(text), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = short(str(error.problem or error.context or "it cannot be parsed"), 120)
        raise BadInput([Fault(f"this is not YAML: {what}", file, line)]) from None
    except yaml.YAMLError as error:
        problem = f"this is not YAML: {short(str(error).splitlines()[0], 120)}"
        raise BadInput([Fault(problem, file, getattr(error, "position", None) and 1)]) from None


def parse_json(text: str, file: str, line: int | None = None) -> Any:
    """Return the JSON value in the text; `line` is where the text starts in a larger file."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        at = error.lineno + (line or 1) - 1
        problem = f"this is not JSON: {error.msg} at column {error.colno}"
        raise BadInput([Fault(problem, file, at)]) from None
    except RecursionError:
        raise BadInput([Fault(_too_deep(), file, line)]) from None
    except ValueError as error:
        raise BadInput([Fault(str(error), file, line)]) from None
    if _depth_exceeds(value, DEEPEST):
        raise BadInput([Fault(_too_deep(), file, line)])
    return value


def json_lines(path: Path) -> Iterator[tuple[int, str | BadInput]]:
    """Yield the line number and text of each line that is not blank.

    A line that is too long or not UTF-8 is yielded as the BadInput that says so, so that it does
    not stop the lines after it.
    """
    name = short(str(path), 200)
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MOST_BYTES + 1):
                number += 1
                if len(raw) > MOST_BYTES:
                    while raw and not raw.endswith(b"\n"):
                        raw = stream.readline(MOST_BYTES)
                    too_long = f"this line is longer than {MOST_BYTES:,} bytes, the most accepted"
                    yield number, BadInput([Fault(too_long, name, number)])
                elif raw.strip():
                    try:
                        yield number, decode(raw, name, number)
                    except BadInput as error:
                        yield number, error
    except OSError as error:
        raise BadInput([Fault(f"the file cannot be read ({error.strerror})", name)]) from None


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _build(events: Iterator[Any], file: str) -> Any:
    import yaml

    document: Any = None
    documents = 0
    open_nodes: list[LocatedDict | LocatedList] = []
    keys: list[str | None] = []  # for each open mapping, the key whose value comes next

    def fault(problem: str, line: int) -> BadInput:
        return BadInput([Fault(problem, file, line)])

    def place(value: Any, line: int) -> None:
        nonlocal document, documents
        if not open_nodes:
            documents += 1
            if documents > 1:
                raise fault(
                    "a second document starts here; write one document a file, or one case "
                    "a line in a .jsonl file",
                    line,
                )
            document = value
            return
        parent = open_nodes[-1]
        if isinstance(parent, LocatedList):
            parent.append(value)
            parent.lines.append(line)
            return
        key = keys[-1]
        if key is not None:
            parent[key] = value
            keys[-1] = None
        elif not isinstance(value, str):
            raise fault("a key must be a plain word", line)
        elif value in parent:
            first = parent.lines[value]
            raise fault(
                f"the key {short(value)} stands twice in one mapping (first on line {first}); "
                "keep one",
                line,
            )
        else:
            keys[-1] = value
            parent.lines[value] = line

    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise fault("aliases (*name) are not used here; write the value out", line)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise fault(f"tags ({short(tag)}) are not used here; leave the tag out", line)
        if isinstance(event, yaml.ScalarEvent):
            blank = event.implicit[0] and event.value in ("", "~", "null", "Null", "NULL")
            is_key = (
                bool(open_nodes) and isinstance(open_nodes[-1], LocatedDict) and keys[-1] is None
            )
            place(None if blank and not is_key else event.value, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(open_nodes) >= DEEPEST:
                raise fault(_too_deep(), line)
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            node = LocatedDict(line) if is_mapping else LocatedList(line)
            place(node, line)
            open_nodes.append(node)
            keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            keys.pop()
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key {short(key)} stands twice in one mapping; keep one")
            seen.add(key)
    return mapping


def _no_constant(name: str) -> Any:
    raise ValueError(f"this is not JSON: {name} is not a number that JSON has")


def _depth_exceeds(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _too_deep() -> str:
    return f"this is nested more than {DEEPEST} levels deep"
