"""Tables for spreadsheets: text from a record must never be taken there for a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Final

from checklist.text import escape_controls

# what a spreadsheet takes for the beginning of a formula, the full-width forms with the others
BEGIN_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001

_UTF_8: Final = "\ufeff"


def harmless(text: str) -> str:
    """Return text for a cell: an apostrophe before what would be a formula, no hidden characters.

    A spreadsheet takes the apostrophe for a mark that text follows. What begins with blanks is
    treated as what comes after them, since some spreadsheets leave blanks out.
    """
    begins = text.startswith(BEGIN_FORMULAS) or text.lstrip().startswith(BEGIN_FORMULAS)
    return ("'" if begins else "") + escape_controls(text)


def write_csv(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], to: IO[str], *, is_file: bool
) -> None:
    """Write rows as CSV under the names of their columns; None is an empty cell.

    A file, which somebody may open with Excel, begins with the mark by which that knows UTF-8:
    without it, it takes each letter with an accent for two others. Another program that is handed
    the rows would take the mark for a part of the first name.
    """
    if is_file:
        to.write(_UTF_8)
    writer = csv.DictWriter(to, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: harmless(each) if isinstance(each, str) else each for name, each in row.items()}
        )
