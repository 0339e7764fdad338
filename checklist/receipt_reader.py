"""Reads receipts: from files of their own, and from what a screening wrote."""

import datetime
import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

from typing_extensions import TypedDict

from checklist.errors import BadInput, Fault
from checklist.extras import needed
from checklist.receipt import FORM, Asked, Entry, Receipt, data_of, entry_of, with_entries
from checklist.screened import Subjects
from checklist.source import MOST_BYTES_OF_A_SCREENING, name_of, unreadable

SHEET: Final = "Receipt"
"""The sheet of a workbook that holds the receipt: its JSON, line by line, in the first column."""

Said = Mapping[Any, Subjects]
"""The verdicts on a case: ids of subjects by rule, by verdict."""


class EntryData(TypedDict):
    """A case: where it stood, the day as of which it was judged, and SHA-256 hashes.

    `sha256` is that of the case as it stands in its file, `verdicts` that of what was found.
    """

    case: str
    file: str
    line: int | None
    as_of: str
    sha256: str
    verdicts: str


class ReceiptData(TypedDict):
    """What a screening was made of. Days are YYYY-MM-DD, hashes SHA-256.

    `receipt` is the number of this form, `program` the version, `rulebook` the hash of what the
    rules say, `settings` those whose value is not the default, `rules` and `themes` those chosen,
    `audit` the one whose cases alone were screened, `as_of` the day that the option named, and
    `command` the arguments. `entries` is null where the cases are not listed. `today` is the day of
    the screening, where a case was judged as of it. `cases` is the number of those screened, `left`
    of those that are not the audit's, or not clearly, and `unread` of those that cannot be used.
    `inputs`, `places` and `verdicts` are hashes of all cases with their days, of their files and
    lines, and of their verdicts, in order. `sha256` is the hash over all of it but `entries`, which
    those three stand for.
    """

    receipt: int
    program: str
    rulebook: str
    settings: dict[str, int | str]
    rules: list[str]
    themes: list[str]
    audit: str | None
    as_of: str | None
    command: list[str]
    entries: list[EntryData] | None
    today: str | None
    cases: int
    left: int
    unread: int
    inputs: str
    places: str
    verdicts: str
    sha256: str


class Kept(NamedTuple):
    """A receipt as read, and the verdicts by case id, where they stand beside it."""

    receipt: Receipt
    said: Mapping[str, Said]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a receipt."""
    from pydantic import TypeAdapter

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(ReceiptData).json_schema(),
    }


def read_receipt(path: Path) -> Kept:
    """Return the receipt in a file: one of its own, or a screening's JSON, JSON Lines or workbook.

    Raises BadInput where there is none, or where it was changed since it was made.
    """
    name = name_of(path)
    try:
        if path.suffix.lower() == ".xlsx":
            return _checked("".join(_cells(path)), name)
        with _opened(path) as stream:
            return _from_text(stream, name)
    except gzip.BadGzipFile:
        raise _no_receipt(name) from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (UnicodeDecodeError, EOFError, zlib.error, zipfile.BadZipFile):
        raise _no_receipt(name) from None


def _from_text(stream: IO[str], name: str) -> Kept:
    first = stream.readline(MOST_BYTES_OF_A_SCREENING)
    if _case_in(first) is None:
        text = first + stream.read(MOST_BYTES_OF_A_SCREENING)
        if len(text) > MOST_BYTES_OF_A_SCREENING:
            problem = (
                f"this is longer than {MOST_BYTES_OF_A_SCREENING:,} characters, the most that is "
                "read; name the file of --receipt, or screen with --format jsonl"
            )
            raise BadInput([Fault(problem, name)])
        return _checked(text, name)
    entries: list[Entry] = []
    said: dict[str, Said] = {}
    line = first
    while line:
        case = _case_in(line)
        if case is None:
            break
        entries.append(entry_of(case))
        said[case["case"]] = case["verdicts"]
        line = stream.readline()
    if not line.strip():
        problem = (
            "there is no receipt at the end of this screening: it was cut short; make it again"
        )
        raise BadInput([Fault(problem, name)])
    receipt = with_entries(_receipt_from(_tree(line, name), name), entries)
    if receipt is None:
        raise _changed(name)
    return Kept(receipt, said)


def _checked(text: str, name: str) -> Kept:
    """Return the receipt of a JSON document, which is it or holds it, if its hashes fit."""
    tree = _tree(text, name)
    cases: list[object] = []
    if isinstance(tree, dict) and isinstance(tree.get("receipt"), dict):
        cases = tree["cases"] if isinstance(tree.get("cases"), list) else []
        tree = tree["receipt"]
    receipt = _receipt_from(tree, name)
    if receipt.entries is None:
        return Kept(receipt, {})
    known = {entry.case: entry for entry in receipt.entries}
    said: dict[str, Said] = {}
    for case in cases:
        entry = _entry_in(case)
        if entry is None or known.get(entry.case) != entry:
            raise _changed(name)
        said[entry.case] = cast("dict[str, Any]", case)["verdicts"]
    if with_entries(receipt, receipt.entries) is None:
        raise _changed(name)
    return Kept(receipt, said)


def _receipt_from(tree: object, name: str) -> Receipt:
    """Return the receipt that this is, if its own hash fits."""
    from pydantic import TypeAdapter, ValidationError

    if not isinstance(tree, dict) or "receipt" not in tree:
        raise _no_receipt(name)
    if isinstance(tree["receipt"], int) and tree["receipt"] > FORM:
        problem = f"this receipt is of form {tree['receipt']}, and this program reads up to {FORM}"
        raise BadInput([Fault(f"{problem}; use the version that made it", name)])
    try:
        TypeAdapter(ReceiptData).validate_python(tree, strict=True)
        receipt = _from_data(tree)
    except (ValidationError, ValueError):
        raise _changed(name) from None
    if data_of(receipt) != tree:
        raise _changed(name)
    return receipt


def _from_data(data: Mapping[str, Any]) -> Receipt:
    entries = data["entries"]
    return Receipt(
        Asked(
            data["program"],
            data["rulebook"],
            data["settings"],
            tuple(data["rules"]),
            tuple(data["themes"]),
            data["audit"],
            _day(data["as_of"]),
            tuple(data["command"]),
        ),
        _day(data["today"]),
        data["cases"],
        data["left"],
        data["unread"],
        data["inputs"],
        data["places"],
        data["verdicts"],
        None if entries is None else tuple(map(_entry, entries)),
    )


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(**{**data, "as_of": datetime.date.fromisoformat(data["as_of"])})


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _case_in(line: str) -> dict[str, Any] | None:
    """Return the screened case on a line, where one stands there."""
    if not line.startswith('{"case":'):
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return None if _entry_in(found) is None else cast("dict[str, Any]", found)


def _entry_in(case: object) -> Entry | None:
    """Return the entry of a screened case as JSON holds it, if it is one."""
    try:
        return entry_of(cast("dict[str, Any]", case))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _cells(path: Path) -> Iterator[str]:
    """Yield the text in the first column of the sheet with the receipt."""
    with needed("workbooks are read by openpyxl"):
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            if SHEET in book.sheetnames:
                for cell, *_ in book[SHEET].iter_rows(values_only=True):
                    yield str(cell or "")
        finally:
            book.close()
    except (InvalidFileException, KeyError, ValueError):
        raise _no_receipt(name_of(path)) from None


def _opened(path: Path) -> IO[str]:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _tree(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _no_receipt(name) from None


def _no_receipt(name: str) -> BadInput:
    problem = (
        "there is no receipt in this file; name one that `checklist screen --receipt` wrote, or "
        "the JSON, JSON Lines or workbook of a screening"
    )
    return BadInput([Fault(problem, name)])


def _changed(name: str) -> BadInput:
    problem = (
        "this receipt was changed since it was made: its hash does not fit what it says; use the "
        "one that was kept"
    )
    return BadInput([Fault(problem, name)])
