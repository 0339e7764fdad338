"""Screenings read back: what `checklist screen` wrote, case by case, checked before it is used."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from checklist.documents import Document, documents
from checklist.errors import BadInput, Fault
from checklist.rule import VerdictName
from checklist.screened import Screened
from checklist.source import MOST_BYTES_OF_A_SCREENING
from checklist.text import short

# the keys by which a screened case, and a whole screening, are told from a case record
_OF_A_CASE: Final = frozenset({"case", "sha256", "verdicts"})
_OF_ALL: Final = frozenset({"number", "cases", "rules"})


class Kept(NamedTuple):
    """A screening as it was written: its cases, what is wrong, and its rulebook where it says it.

    `rulebook` tells one rulebook with its settings from another, and means nothing else.
    """

    cases: tuple[Screened, ...]
    faults: tuple[Fault, ...]
    rulebook: str | None


def is_screening(path: Path) -> bool:
    """Return whether the file at a path is what a screening wrote, and not a case or a folder."""
    if path.is_dir():
        return False
    first = next(iter(_documents(path)), None)
    found = None if first is None else _parsed(first)
    return isinstance(found, dict) and (found.keys() >= _OF_A_CASE or _is_whole(found))


def read_screening(path: Path) -> Kept:
    """Return a screening from the file that holds it, JSON Lines or JSON."""
    cases: list[Screened] = []
    faults: list[Fault] = []
    rulebook = None
    for document in _documents(path):
        file, line = document.file, document.line
        if isinstance(document.content, BadInput):
            faults += document.content.faults
            continue
        found = _parsed(document)
        if not isinstance(found, dict):
            faults.append(Fault("this is no JSON object; screen the cases again", file, line))
            continue
        rulebook = _rulebook_in(found) or rulebook
        here = [found]
        if _is_whole(found):
            faults += _left_out(found, file)
            here = found["cases"]
        elif "receipt" in found:
            continue
        for data in here:
            try:
                cases.append(_case(data))
            except ValidationError as error:
                faults.append(_fault(error, file, line))
    return Kept(tuple(cases), tuple(faults), rulebook)


def _documents(path: Path) -> Iterator[Document]:
    return documents([path], most=MOST_BYTES_OF_A_SCREENING)


def _is_whole(found: Mapping[str, Any]) -> bool:
    return found.keys() >= _OF_ALL and isinstance(found["cases"], list)


class _Data(TypedDict):
    case: str
    file: str
    line: int | None
    sha256: str
    as_of: datetime.date
    authority: str | None
    audit: str | None
    verdicts: dict[VerdictName, dict[str, list[str]]]
    accepted: dict[str, list[str]]
    queries: tuple[str, ...]
    unchecked: tuple[str, ...]


@cache
def _adapter() -> TypeAdapter[_Data]:
    return TypeAdapter(_Data)


def _case(data: object) -> Screened:
    found = _adapter().validate_python(data)
    for name, by_rule in found["verdicts"].items():
        # the ids of rules, and of many subjects, are the same in all cases
        found["verdicts"][name] = {
            intern(rule): [*map(intern, subjects)] for rule, subjects in by_rule.items()
        }
    return Screened(**found)


def _left_out(found: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Yield a fault where not all cases of a screening stand in its JSON."""
    if found.get("all_cases") is not True:
        problem = (
            f"{len(found['cases'])} of {found.get('number')} cases stand here; to compare them "
            "all, screen with --format jsonl and without --suppress-below"
        )
        yield Fault(problem, file)


def _fault(error: ValidationError, file: str, line: int | None) -> Fault:
    first = error.errors(include_url=False, include_input=False)[0]
    field = short(".".join(map(str, first["loc"])))
    what = "is missing" if first["type"] == "missing" else "does not fit"
    problem = f"this is no screened case, since it {what}; screen the cases again"
    return Fault(problem, file, line, field)


def _parsed(document: Document) -> Any:
    if document.form == "yaml" or isinstance(document.content, BadInput):
        return None
    try:
        return json.loads(document.content)
    except (ValueError, RecursionError):
        return None


def _rulebook_in(found: Mapping[str, Any]) -> str | None:
    """Return what the receipt of a screening says of its rulebook."""
    for receipt in (found, found.get("receipt")):
        if isinstance(receipt, Mapping) and isinstance(receipt.get("rulebook"), str):
            return str(receipt["rulebook"])
    return None


def by_id(cases: Iterable[Screened], name: str) -> tuple[dict[str, Screened], list[Fault]]:
    """Return cases by id, and a fault for each further case with the id of another."""
    found: dict[str, Screened] = {}
    faults = []
    for each in cases:
        first = found.setdefault(each.case, each)
        if first is not each and first.sha256 != each.sha256:
            problem = f"there is already a case {each.case} in {name}; this one is left out"
            faults.append(Fault(problem, each.file, each.line, "id"))
    return found, faults
