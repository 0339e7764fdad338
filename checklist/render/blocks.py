"""Documents as lists of blocks in words, which the screen, Markdown and Word set in their ways."""

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading: the whole document's (1), a section's (2), or that of a part of one (3)."""

    text: str
    level: int = 2


class Say(NamedTuple):
    """A paragraph; `aside` is what stands back behind the rest."""

    text: str
    aside: bool = False


class Entry(NamedTuple):
    """A point with a word before it, such as GAP, and lines under it, each with or without a label.

    Of a line without a label the first part is the empty text.
    """

    tag: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()


class Task(NamedTuple):
    """Something to do, with a box to tick where there is room for one; else as an `Entry`."""

    tag: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()


class Bullets(NamedTuple):
    """A list; each item begins with words that stand out, which can be empty."""

    items: tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """A table under the names of its columns; `widths` are the columns' shares of the line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Notes(NamedTuple):
    """Notes at the end, each with its mark."""

    items: tuple[tuple[str, str], ...]


Block = Heading | Say | Entry | Task | Bullets | Table | Notes
