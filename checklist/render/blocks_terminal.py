"""Blocks on the screen: words first, wrapped to its width, colour only as an addition."""

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist.render.blocks import Block, Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.render.terminal import print_text
from checklist.text import escape_controls, harmless

_STYLES: Final = {
    "GAP": "bold red",
    "DUE": "bold yellow",
    "DISAGREE": "bold magenta",
    "ASK": "bold cyan",
    "MET": "green",
    "CLOSED": "green",
    "NOT JUDGED": "bold red",
    "DO": "bold yellow",
    "JUDGE": "bold cyan",
    "SETTLE": "bold magenta",
    "CHECK": "bold magenta",
    "REVIEW": "bold",
}


def print_blocks(blocks: Iterable[Block], console: Console) -> None:
    """Print blocks; a table is told row by row, each cell under its column's name."""
    before: Block | None = None
    for block in blocks:
        _space(before, block, console)
        match block:
            case Heading(text, level):
                print_text(console, Text(harmless(text), "bold" if level == 1 else _HEADING[level]))
            case Say(text, aside):
                print_text(console, Text(harmless(text), "dim" if aside else ""))
            case Entry(tag, title, lines) | Task(tag, title, lines):
                _entry(console, tag, title, lines)
            case Bullets(items):
                for lead, text in items:
                    _entry(console, "-", " ".join(filter(None, (lead, text))), ())
            case Notes(items):
                for mark, text in items:
                    _entry(console, mark, text, ())
            case Table(columns, rows, _):
                for first, *others in rows:
                    _entry(console, "-", first, tuple(zip(columns[1:], others, strict=True)))
        before = block


def print_lines(lines: Iterable[str], console: Console) -> None:
    """Print lines of a file as they stand in it, each with its indentation."""
    for line in lines:
        console.print(Text(escape_controls(line.expandtabs())), soft_wrap=True)


_HEADING: Final = {2: "bold underline", 3: "underline"}


def _space(before: Block | None, block: Block, console: Console) -> None:
    """Print a blank line where one block stands apart from that before it."""
    if before is None or (isinstance(before, Say) and isinstance(block, Say)):
        return
    if isinstance(before, Heading) and before.level == 1:
        return
    if isinstance(before, Entry) and isinstance(block, Entry) and not block.lines:
        return
    console.print()


def _entry(console: Console, tag: str, title: str, lines: Iterable[tuple[str, str]]) -> None:
    first = Text(harmless(tag), _STYLES.get(tag, "bold"))
    first.append(f" {harmless(title)}", "bold" if tag in _STYLES else "")
    print_text(console, first)
    for label, words in lines:
        text = Text(f"{harmless(label)}: " if label else "", "italic")
        text.append(harmless(words), "")
        print_text(console, text, 2)
