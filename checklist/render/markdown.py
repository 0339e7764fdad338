"""Markdown: blocks as text that shows the same in any reader of Markdown.

What stands in a record is never markup here: every character that could begin some is escaped.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from checklist.render.blocks import Block, Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.text import harmless

# what Markdown, or the HTML in it, would take for markup or a link in the middle of a line
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&$@#]|(?<=http):|(?<=https):|(?<=www)\.", re.IGNORECASE)
# what at its beginning would be a list, a heading or a quotation
_BEGINNING: Final = re.compile(r"^(\d*)([-+.)=:!])")


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown (CommonMark, with the tables that most readers know)."""
    parts = ["\n".join(_lines(block)) for block in blocks]
    return "\n\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """Return text as Markdown that shows it as it is, on a line of its own."""
    return _BEGINNING.sub(r"\1\\\2", within(text))


def within(text: str) -> str:
    """Return text as Markdown that shows it as it is, where something stands before it."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", harmless(text).strip())


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {within(text)}"
        case Say(text, aside):
            yield f"*{within(text)}*" if aside and text else escaped(text)
        case Entry(tag, title, lines):
            yield f"**{within(tag)}** {within(title)}"
            if lines:
                yield ""
            for label, words in lines:
                yield f"- {_labelled(label, words)}"
        case Task(tag, title, lines):
            yield f"- [ ] **{within(tag)}** {within(title)}"
            for label, words in lines:
                yield f"  - {_labelled(label, words)}"
        case Bullets(items):
            for lead, text in items:
                yield f"- **{within(lead)}** {within(text)}" if lead else f"- {escaped(text)}"
        case Notes(items):
            for mark, text in items:
                yield f"- {escaped(mark)} {within(text)}"
        case Table(columns, rows, _):
            yield _row(columns)
            yield _row(["---"] * len(columns), plain=True)
            for row in rows:
                yield _row(row)


def _labelled(label: str, words: str) -> str:
    return f"*{within(label)}:* {within(words)}" if label else escaped(words)


def _row(cells: Iterable[str], *, plain: bool = False) -> str:
    return f"| {' | '.join(each if plain else within(each) for each in cells)} |"
