"""Markdown: blocks as text that shows the same in any reader of Markdown.

What stands in a record is never markup here: every character that could begin some is escaped.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from checklist.render.blocks import Block, Bullets, Entry, Heading, Notes, Say, Table
from checklist.text import harmless

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_BEGINS_A_BLOCK: Final = re.compile(r"^(\d*)([-+=.):])")


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown (CommonMark, with the tables that most readers know)."""
    parts = ["\n".join(_lines(block)) for block in blocks]
    return "\n\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """Return text as Markdown that shows it as it is, on one line."""
    plain = harmless(text).strip()
    return _BEGINS_A_BLOCK.sub(r"\1\\\2", _MARKS.sub(r"\\\1", plain))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escaped(text)}"
        case Say(text, aside):
            yield f"*{escaped(text)}*" if aside and text else escaped(text)
        case Entry(tag, title, lines):
            yield f"**{escaped(tag)}** {escaped(title)}"
            if lines:
                yield ""
            for label, words in lines:
                yield f"- {_labelled(label, words)}"
        case Bullets(items):
            for lead, text in items:
                yield f"- {f'**{escaped(lead)}** ' if lead else ''}{escaped(text)}"
        case Notes(items):
            for mark, text in items:
                yield f"- {escaped(mark)} {escaped(text)}"
        case Table(columns, rows, _):
            yield _row(columns)
            yield _row(["---"] * len(columns), plain=True)
            for row in rows:
                yield _row(row)


def _labelled(label: str, words: str) -> str:
    return f"*{escaped(label)}:* {escaped(words)}" if label else escaped(words)


def _row(cells: Iterable[str], *, plain: bool = False) -> str:
    return f"| {' | '.join(each if plain else escaped(each) for each in cells)} |"
