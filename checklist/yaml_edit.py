"""YAML text changed at one place, while all the rest of it stays as it was written, to the byte.

A loader that writes a whole file anew joins lines, sets spaces and moves comments. Here the parser
only says where things stand, and the text is changed there. What was changed is read again by
`checklist.source` and must differ from what was read before in that one place and nowhere else.
The text is taken to be one that `parse_yaml` has read: no aliases, no tags, no key twice.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checklist.errors import BadInput, Fault
from checklist.source import Place, parse_yaml
from checklist.yaml_words import WIDTH, Habits, in_brackets, on_lines, on_one_line

if TYPE_CHECKING:
    from yaml import MappingNode, Node, SequenceNode


class Page(NamedTuple):
    """The text of a YAML file, and what `parse_yaml` finds in it."""

    text: str
    tree: Any


def put(page: Page, place: Place, value: Any, order: Sequence[str] = ()) -> Page:
    """Return the page with a value at `place`: in the place of what stands there, or new.

    All that leads there must be there already; a new item comes last in its list, and a new key
    after those that come before it in `order`. The value is text, a list or a mapping of those.
    Comments inside what is replaced come to stand above it. Raises BadInput where the file is
    written in a way that does not let this one thing be changed.
    """
    return _checked(_put(page.text, place, value, order), page.tree, place, value)


def take_out(page: Page, place: Place) -> Page:
    """Return the page without the key at the end of `place`; comments within it stay.

    Raises BadInput where the file is written in a way that does not let it be taken out alone.
    """
    sheet = _Sheet(page.text)
    return _checked(sheet.without(sheet.to(place)), page.tree, place, _GONE)


def _put(text: str, place: Place, value: Any, order: Sequence[str]) -> str:
    sheet = _Sheet(text)
    *outer, last = place
    around = sheet.to(outer)
    holder = around[-1].value
    entry = sheet.entry(holder, last)
    in_flow = any(_is_flow(each.value) for each in around)
    if entry is not None:
        return sheet.replaced([*around, entry], value, in_flow)
    if in_flow and not holder.value and not any(_is_flow(each.value) for each in around[:-1]):
        # nothing stands in the brackets, and nothing asks for more to be put between them
        filled = [value] if isinstance(last, int) else {last: value}
        return sheet.replaced(around, filled, in_flow=False)
    if in_flow:
        return sheet.added_in_flow(holder, last, value)
    if isinstance(last, int):
        return sheet.with_item(holder, value)
    return sheet.with_key(holder, last, value, order)


_GONE: Final = object()


def _checked(text: str, before: Any, place: Place, value: Any) -> Page:
    """Return the page of a text, if it reads as before but for what stands at `place`."""
    try:
        page = Page(text, parse_yaml(text, ""))
    except BadInput:
        page = Page(text, None)
    if page.tree == _with(before, place, value):
        return page
    problem = "the file is written in a way in which this alone cannot be changed"
    key = next(str(step) for step in reversed(place) if isinstance(step, str))
    raise BadInput([Fault(f"{problem}; change it by hand", field=key)])


def _with(tree: Any, place: Place, value: Any) -> Any:
    """Return a tree with another value at a place; what stands elsewhere is shared, not copied."""
    if not place:
        return value
    step, *others = place
    if isinstance(tree, list):
        at = int(step)
        inner = _with(tree[at] if at < len(tree) else None, tuple(others), value)
        return [*tree[:at], inner, *tree[at + 1 :]]
    inner = _with(tree.get(step), tuple(others), value)
    kept = {key: each for key, each in tree.items() if key != step}
    return kept if inner is _GONE else kept | {step: inner}


# -- where things stand --------------------------------------------------------------------------


class _Entry(NamedTuple):
    """A value in the text, with its key where it has one, and the next and the last before it."""

    value: Any
    key: "Node | None" = None
    before: "_Entry | None" = None
    after: "_Entry | None" = None


class _Sheet:
    """A text with the nodes that the parser finds in it."""

    def __init__(self, text: str) -> None:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text = text
        self.root: Any = yaml.compose(text, Loader=loader)

    @cached_property
    def habits(self) -> Habits:
        """How the file indents and ends its lines."""
        return _habits_of(self.root, "\r\n" if "\r\n" in self.text else "\n")

    def to(self, place: Sequence[str | int]) -> list[_Entry]:
        """Return the values from the root to the place, with their keys."""
        found = [_Entry(self.root)]
        for step in place:
            entry = self.entry(found[-1].value, step)
            if entry is None:
                raise LookupError(place)
            found.append(entry)
        return found

    def entry(self, holder: "MappingNode | SequenceNode", step: str | int) -> _Entry | None:
        """Return what stands under a key, or as an item; None where nothing does."""
        if isinstance(step, int):
            return _Entry(holder.value[step]) if step < len(holder.value) else None
        pairs = [_Entry(value, key) for key, value in holder.value]
        for at, pair in enumerate(pairs):
            if pair.key is not None and pair.key.value == step:
                before = pairs[at - 1] if at else None
                after = pairs[at + 1] if at + 1 < len(pairs) else None
                return _Entry(pair.value, pair.key, before, after)
        return None

    # -- changes ---------------------------------------------------------------------------------

    def replaced(self, around: Sequence[_Entry], value: Any, in_flow: bool) -> str:
        """Return the text with another value for the last entry."""
        entry = around[-1]
        start, end = self.span(entry)
        comments = self.comments(self.key_end(entry, start), end, entry.value)
        if in_flow or (entry.key is not None and self.colon(entry) is None):
            new = self.text[:start] + self.glue(entry, start) + in_brackets(value) + self.text[end:]
            return self.with_comments(new, self.line_at(around), comments)
        column = entry.value.start_mark.column
        if entry.key is None:
            inline = on_one_line(value, WIDTH - column)
            if inline is None:
                inline = self.joined(on_lines(value, column, self.habits)).lstrip(" ")
            new = self.text[:start] + inline + self.text[end:]
            return self.with_comments(new, start, comments)
        column = self.column_of(entry.key)
        key = self.text[entry.key.start_mark.index : self.key_end(entry, start)]
        tail = self.text[end : self.line_end(end)]
        if not tail.strip() and comments and self.is_beside(entry, comments[0]):
            tail = f"  {self.text[slice(*comments.pop(0))]}"
        inline = on_one_line(value, WIDTH - column - len(key) - 1)
        new = f"{key} {inline}{tail}" if inline is not None else key + tail
        if inline is None:
            new += self.habits.newline + self.joined(
                on_lines(value, column, self.habits, nested=True)
            )
        first = entry.key.start_mark.index
        new = self.text[:first] + new + self.text[self.line_end(end) :]
        return self.with_comments(new, first, comments)

    def added_in_flow(
        self, holder: "MappingNode | SequenceNode", last: str | int, value: Any
    ) -> str:
        """Return the text with a new last entry between brackets."""
        new = in_brackets(value) if isinstance(last, int) else in_brackets({last: value})[1:-1]
        start = holder.start_mark.index + 1
        if not holder.value:
            return self.text[:start] + new + self.text[start:]
        final = holder.value[-1]
        key, node = final if isinstance(final, tuple) else (None, final)
        if node.start_mark.index == node.end_mark.index:  # a blank, whose end is hard to tell
            return f"{self.text[:start]}{new}, {self.text[start:].lstrip(' ')}"
        end = self.span(_Entry(node, key))[1]
        return f"{self.text[:end]}, {new}{self.text[end:]}"

    def with_item(self, holder: "SequenceNode", value: Any) -> str:
        """Return the text with a new last item in a list whose items begin with a dash."""
        column = holder.start_mark.column
        lines = on_lines([value], column, self.habits)
        return self.with_lines(_Entry(holder.value[-1]), column, lines)

    def with_key(self, holder: "MappingNode", key: str, value: Any, order: Sequence[str]) -> str:
        """Return the text with a new key in a mapping, a key on each line."""
        column = holder.start_mark.column
        earlier = set(order[: order.index(key)]) if key in order else set()
        pairs = [_Entry(each, name) for name, each in holder.value]
        placed = [pair for pair in pairs if pair.key is not None and pair.key.value in earlier]
        lines = on_lines({key: value}, column, self.habits)
        return self.with_lines((placed or pairs)[-1], column, lines)

    def without(self, around: Sequence[_Entry]) -> str:
        """Return the text without the last entry, which has a key."""
        entry = around[-1]
        if entry.key is None:
            raise LookupError("an item of a list")
        text, first = self.text, entry.key.start_mark.index
        start, end = self.span(entry)
        comments = self.comments(self.key_end(entry, start), end, entry.value)
        line = self.line_at(around)
        if any(_is_flow(each.value) for each in around[:-1]):
            if entry.after is not None and entry.after.key is not None:
                later = entry.after.key.start_mark.index
                comments += self.comments(end, later, None)
                end = later
            elif entry.before is not None:
                earlier = self.span(entry.before)[1]
                comments = self.comments(earlier, first, None) + comments
                first = earlier
            return self.with_comments(text[:first] + text[end:], line, comments)
        if entry.before is None and entry.after is None:
            return self.with_comments(text[:first] + "{}" + text[end:], line, comments)
        last = self.own_end(end, self.column_of(entry.key))
        tail = self.comments(end, last, None)
        if not text[self.line_start(first) : first].strip():
            first, end = self.line_start(first), self.next_line(last)
        elif entry.after is not None and entry.after.key is not None:
            later = entry.after.key.start_mark.index
            tail = self.comments(end, later, None)
            end = later
        return self.with_comments(text[:first] + text[end:], line, comments + tail)

    # -- pieces of text --------------------------------------------------------------------------

    def span(self, entry: _Entry) -> tuple[int, int]:
        """Return where a value begins and ends, without the space and the comments after it."""
        node = entry.value
        start, end = node.start_mark.index, node.end_mark.index
        if start == end and entry.key is not None:  # a blank
            colon = self.colon(entry)
            start = end = entry.key.end_mark.index if colon is None else colon
        elif not _is_flow(node) and isinstance(node.value, list):
            final = node.value[-1]
            key, inner = final if isinstance(final, tuple) else (None, final)
            end = self.span(_Entry(inner, key))[1]
        elif getattr(node, "style", None) in _BLOCKS:
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        return start, end

    def whole_end(self, entry: _Entry) -> int:
        """Return where a value ends, with the blank lines that are a part of it."""
        node = entry.value
        if not _is_flow(node) and isinstance(node.value, list) and node.value:
            final = node.value[-1]
            return self.whole_end(
                _Entry(*reversed(final)) if isinstance(final, tuple) else _Entry(final)
            )
        if getattr(node, "style", None) in _BLOCKS:
            block = self.text[node.start_mark.index : node.end_mark.index]
            if "+" in block[:3]:  # blank lines at its end count
                block = block.removesuffix("\n").removesuffix("\r")
                return int(node.start_mark.index) + len(block)
        return self.span(entry)[1]

    def colon(self, entry: _Entry) -> int | None:
        """Return where the colon after a key ends, where it follows on the same line."""
        if entry.key is None:
            return None
        found = _COLON.match(self.text, entry.key.end_mark.index)
        return found.end() if found else None

    def key_end(self, entry: _Entry, start: int) -> int:
        """Return where the key with its colon ends, or the value begins where it has none."""
        colon = self.colon(entry)
        return start if colon is None else colon

    def glue(self, entry: _Entry, start: int) -> str:
        """Return what must stand before a value that begins where that of the entry does."""
        if entry.key is not None and ":" not in _COMMENT.sub(
            "", self.text[entry.key.end_mark.index : start]
        ):
            return ": "
        return " " if self.text[start - 1] == ":" else ""

    def comments(self, start: int, end: int, node: "Node | None") -> list[tuple[int, int]]:
        """Return where comments stand in a piece of the text, outside of the scalars in a node."""
        found, at = [], start
        for scalar_start, scalar_end in [*_scalars(node, self.text), (end, end)]:
            for comment in _COMMENT.finditer(self.text, at, max(at, min(scalar_start, end))):
                found.append(comment.span())  # noqa: PERF401 (clearer than two loops in one)
            at = max(at, scalar_end)
        return found

    def is_beside(self, entry: _Entry, comment: tuple[int, int]) -> bool:
        """Whether a comment stands on the same line as the key."""
        return entry.key is not None and comment[0] < self.line_end(entry.key.start_mark.index)

    def with_comments(self, new: str, at: int, comments: Sequence[tuple[int, int]]) -> str:
        """Return the new text with comments of the old one above the line at `at`.

        Both texts are the same before that.
        """
        start = self.line_start(at)
        rest = self.text[start:at]
        pad = rest[: len(rest) - len(rest.lstrip(" "))]
        lines = [f"{pad}{self.text[slice(*each)]}{self.habits.newline}" for each in comments]
        return new[:start] + "".join(lines) + new[start:]

    def with_lines(self, after: _Entry, column: int, lines: Sequence[str]) -> str:
        """Return the text with lines below an entry and the comments that are a part of it."""
        at = self.own_end(self.whole_end(after), column)
        return self.text[:at] + self.habits.newline + self.joined(lines) + self.text[at:]

    def own_end(self, end: int, column: int) -> int:
        """Return the end of the last line of an entry, with the comments further in below it."""
        at = ahead = self.line_end(end)
        while (found := _IDLE_LINE.match(self.text, ahead)) is not None:
            ahead = found.end()
            if found[2] is not None:
                if len(found[1]) <= column:
                    break
                at = ahead
        return at

    def joined(self, lines: Sequence[str]) -> str:
        return self.habits.newline.join(lines)

    def line_at(self, around: Sequence[_Entry]) -> int:
        """Return a place on the line on which begins what stands on lines of its own."""
        at = self.root.start_mark.index
        for outer, entry in pairwise(around):
            if _is_flow(outer.value):
                break
            at = (entry.key or entry.value).start_mark.index
        return int(at)

    def column_of(self, node: "Node") -> int:
        return int(node.start_mark.column)

    def line_start(self, at: int) -> int:
        return max(self.text.rfind(end, 0, at) for end in _LINE_ENDS) + 1

    def line_end(self, at: int) -> int:
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)


_BLOCKS: Final = ("|", ">")
_LINE_ENDS: Final = "\n\r\x85\u2028\u2029"
_LINE_END: Final = re.compile(f"\r\n|[{_LINE_ENDS}]")
_COLON: Final = re.compile("[ \t]*:")
_COMMENT: Final = re.compile(f"#[^{_LINE_ENDS}]*")
# a line that is blank or holds a comment and nothing else, with the line's end before it
_IDLE_LINE: Final = re.compile(
    f"(?:\r\n|[{_LINE_ENDS}])([ \t]*)(#[^{_LINE_ENDS}]*)?(?=[{_LINE_ENDS}]|\\Z)"
)


def _is_flow(node: "Node") -> bool:
    return bool(getattr(node, "flow_style", False))


def _nodes(node: "Node") -> Iterator["Node"]:
    """Yield a node and all within it, in the order of the text."""
    yield node
    if isinstance(node.value, list):
        for each in node.value:
            for inner in each if isinstance(each, tuple) else (each,):
                yield from _nodes(inner)


def _habits_of(root: Any, newline: str) -> Habits:
    """Return how a file indents, from the first place that shows it."""
    found: dict[str, int] = {}
    for node in _nodes(root):
        if isinstance(node.value, list) and not _is_flow(node):
            for each in node.value:
                if not isinstance(each, tuple) or _is_flow(each[1]):
                    continue
                inner = each[1].value
                if not isinstance(inner, list):
                    continue
                kind = "step" if isinstance(inner[0], tuple) else "dash"
                deeper = each[1].start_mark.column - node.start_mark.column
                found.setdefault(kind, deeper)
    return Habits(found.get("step", 2), found.get("dash", 2), newline)


def _scalars(node: "Node | None", text: str) -> list[tuple[int, int]]:
    """Return where the scalars in a node stand, without the line that opens a block of text."""
    found = []
    for each in _nodes(node) if node is not None else ():
        if not isinstance(each.value, list):
            start, end = each.start_mark.index, each.end_mark.index
            if getattr(each, "style", None) in _BLOCKS:
                opened = _LINE_END.search(text, start)
                start = opened.end() if opened else end
            found.append((start, end))
    return found
