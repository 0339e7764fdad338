"""Sheets of a workbook: cells that are text, numbers or days, and never formulas.

The same cells always give the same bytes. Nothing is written to the disk on the way.
"""

import datetime
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Any, Final, Literal, NamedTuple

from checklist.extras import needed
from checklist.render.spreadsheet import BEGIN_FORMULAS
from checklist.text import escape_controls, harmless

MOST_CHARACTERS: Final = 32_767
"""The most characters that a cell holds, as Excel counts them: in UTF-16."""

MOST_ROWS: Final = 1_048_576
"""The most rows of a sheet, the head among them."""

Style = Literal[
    "text", "bold", "plain", "plain bold", "head", "turned", "title", "heading", "day", "number",
    "left number", "percent", "mono",
    "gap", "accepted gap", "conflicting", "not recorded", "due", "met", "not applicable",
    "could not be judged",
]  # fmt: skip


class Marked(NamedTuple):
    """Text in a look of its own."""

    text: str
    style: Style


Cell = str | int | float | datetime.date | Marked | None

_REMEMBERED: Final = 20_000
"""Of how many texts it is remembered how they are written: most stand in many rows."""

_LINE_HEIGHT: Final = 15.0
_HIGHEST: Final = 409.0
_CUT: Final = " ... (cut)"
_LINE: Final = {"border": 1, "border_color": "#BFBFBF"}
_MARK: Final = {**_LINE, "text_wrap": True, "valign": "vcenter", "align": "center", "font_size": 9}
_STYLES: Final[dict[Style, dict[str, Any]]] = {
    "text": {**_LINE, "text_wrap": True, "valign": "top"},
    "bold": {**_LINE, "bold": True, "text_wrap": True, "valign": "top"},
    "plain": {"text_wrap": True, "valign": "top"},
    "plain bold": {"bold": True, "text_wrap": True, "valign": "top"},
    "head": {
        **_LINE, "bold": True, "text_wrap": True, "valign": "vcenter",
        "bg_color": "#1F3864", "font_color": "#FFFFFF",
    },
    "turned": {
        **_LINE, "bold": True, "text_wrap": True, "rotation": 90, "valign": "bottom",
        "align": "center", "bg_color": "#1F3864", "font_color": "#FFFFFF", "font_size": 9,
    },
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12},
    "day": {**_LINE, "num_format": "d mmm yyyy", "valign": "top", "align": "left"},
    "number": {**_LINE, "num_format": "#,##0", "valign": "top", "align": "center"},
    "left number": {**_LINE, "num_format": "#,##0", "valign": "top", "align": "left"},
    "percent": {**_LINE, "num_format": "0%", "valign": "top", "align": "center"},
    "mono": {"font_name": "Courier New", "font_size": 9},
    # colours that keep black words readable, and differ in lightness too
    "gap": {**_MARK, "bg_color": "#F4A6A0", "bold": True},
    "accepted gap": {**_MARK, "bg_color": "#F8D7D4"},
    "conflicting": {**_MARK, "bg_color": "#FFCF8B"},
    "not recorded": {**_MARK, "bg_color": "#FFF2B8"},
    "due": {**_MARK, "bg_color": "#BDD7EE"},
    "met": {**_MARK, "bg_color": "#D5EBD0"},
    "not applicable": {**_MARK, "font_color": "#6B6B6B"},
    "could not be judged": {**_MARK, "bg_color": "#D9D9D9", "bold": True},
}  # fmt: skip


class Column(NamedTuple):
    """A column of a table: its head, its width in characters, and how its cells look."""

    head: str
    width: float
    style: Style = "text"


def fitting(text: str) -> str:
    """Return text for a cell: harmless, on one line, and no longer than a cell can be."""
    return _cut(harmless(text))


class Sheets:
    """A workbook that is being made."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[Style, bool], Any] = {}

    def add(self, name: str, *, footer: str, tab: str | None = None) -> "Sheet":
        """Return a new sheet, set up to be printed on A4 across."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{footer}&C&8&A&R&8Page &P of &N")
        if tab is not None:
            sheet.set_tab_color(tab)
        return Sheet(sheet, self)

    def format(self, style: Style, *, quoted: bool = False) -> Any:
        """Return how a style looks; `quoted` marks text that would begin a formula as text."""
        if (style, quoted) not in self._formats:
            properties = {**_STYLES[style], **({"quote_prefix": True} if quoted else {})}
            self._formats[style, quoted] = self._book.add_format(properties)
        return self._formats[style, quoted]


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, sheet: Any, of: Sheets) -> None:
        self.raw = sheet
        self._of = of
        self._widths: tuple[float, ...] = ()

    def write(self, row: int, column: int, cell: Cell, style: Style = "text") -> None:
        """Write a cell: text stays text whatever it looks like, days are days, numbers numbers."""
        if isinstance(cell, Marked):
            cell, style = cell
        if cell is None:
            self.raw.write_blank(row, column, None, self._of.format(style))
        elif isinstance(cell, str):
            text, quoted = _written(cell, mono=style == "mono")
            self.raw.write_string(row, column, text, self._of.format(style, quoted=quoted))
        elif isinstance(cell, datetime.date):
            self.raw.write_datetime(row, column, _midnight(cell), self._of.format("day"))
        else:
            look = "number" if style in ("text", "plain") else style
            self.raw.write_number(row, column, cell, self._of.format(look))

    def row(self, row: int, cells: Sequence[Cell], styles: Sequence[Style]) -> None:
        """Write a row, as high as its longest text needs; the widths are to be set before."""
        for column, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            self.write(row, column, cell, style)
        # not every program finds out for itself how high a row with wrapped text must be
        lines = max(map(_lines, cells, self._widths), default=1)
        self.raw.set_row(row, min(_LINE_HEIGHT * lines + 2, _HIGHEST))

    def widths(self, widths: Iterable[float]) -> None:
        """Set the widths of the columns from the first on, in characters."""
        self._widths = tuple(widths)
        for column, width in enumerate(self._widths):
            self.raw.set_column(column, column, width)

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        frozen: int = 1,
        printed: int | None = None,
    ) -> int:
        """Write a table to filter, whose head and first columns stay; return its number of rows.

        What a sheet has no room for is left out; the number returned counts it all the same. Only
        the first `printed` columns go to paper, where that is given.
        """
        self.widths(column.width for column in columns)
        for at, column in enumerate(columns):
            self.write(0, at, column.head, "head")
        self.raw.set_row(0, 3 * _LINE_HEIGHT)
        styles = [column.style for column in columns]
        number = 0
        for number, row in enumerate(rows, 1):
            if number < MOST_ROWS:
                self.row(number, row, styles)
        last = max(min(number, MOST_ROWS - 1), 1)
        self.raw.autofilter(0, 0, last, len(columns) - 1)
        self.raw.freeze_panes(1, frozen)
        self.raw.repeat_rows(0)
        self.raw.print_area(0, 0, last, (printed or len(columns)) - 1)
        return number


@contextmanager
def making(to: IO[bytes], title: str) -> "Any":
    """Give the sheets of a workbook that goes to a stream; raise BadInput without XlsxWriter."""
    with needed("workbooks are written by XlsxWriter"):
        from xlsxwriter import Workbook
    book = Workbook(
        to,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1)})
    yield Sheets(book)
    book.close()


@lru_cache(_REMEMBERED)
def _written(text: str, *, mono: bool) -> tuple[str, bool]:
    """Return text as a cell holds it, and whether a spreadsheet could take it for a formula."""
    text = _cut(escape_controls(text)) if mono else fitting(text)
    return text, text.lstrip().startswith(BEGIN_FORMULAS)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    kept = units[: 2 * (MOST_CHARACTERS - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def _lines(cell: Cell, width: float) -> int:
    """Return how many lines a text takes in a column."""
    text = cell.text if isinstance(cell, Marked) else cell
    if not isinstance(text, str) or len(text) <= width:
        return 1
    return _lines_of(text, width)


@lru_cache(_REMEMBERED)
def _lines_of(text: str, width: float) -> int:
    lines, used = 1, 0
    for word in text.split(" "):
        needed = len(word)
        if used and used + needed > width:
            lines, used = lines + 1, 0
        lines += int(needed // width) if needed > width else 0
        used += needed + 1
    return lines


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day)
