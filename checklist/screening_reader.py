"""Screenings read back: what `checklist screen` wrote, case by case, checked before it is used."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from checklist.documents import Document, documents
from checklist.errors import BadInput, Fault
from checklist.rule import VerdictName
from checklist.screened import Screened

_MARKS: Final = frozenset({"sha256", "verdicts"})
"""The keys by which a screened case is told from a case record."""


class Kept(NamedTuple):
    """A screening as it was written: its cases, what is wrong, and its rulebook where it says it.

    `rulebook` tells one rulebook from another, and means nothing else.
    """

    cases: tuple[Screened, ...]
    faults: tuple[Fault, ...]
    rulebook: str | None


def is_screening(path: Path) -> bool:
    """Return whether the file at a path is what a screening wrote, and not a case or a folder."""
    if path.is_dir():
        return False
    first = next(iter(documents([path])), None)
    return first is not None and any(
        isinstance(each, dict) and each.keys() >= _MARKS for each in _objects(first)
    )


def read_screening(path: Path) -> Kept:
    """Return a screening from the file that holds it."""
    cases: list[Screened] = []
    faults: list[Fault] = []
    rulebook = None
    for document in documents([path]):
        file, line = document.file, document.line
        if isinstance(document.content, BadInput):
            faults += document.content.faults
            continue
        objects = _objects(document)
        if not objects:
            faults.append(Fault("this is no JSON; screen the cases again", file, line))
        for each in objects:
            named = _rulebook_in(each)
            if named is not None and not _MARKS & each.keys():
                rulebook = named
                continue
            try:
                cases.append(_case(each))
            except ValidationError as error:
                faults.append(_fault(error, file, line))
    return Kept(tuple(cases), tuple(faults), rulebook)


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


def _case(data: Any) -> Screened:
    return Screened(**_adapter().validate_python(data))


def _fault(error: ValidationError, file: str, line: int | None) -> Fault:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    problem = (
        "this is no screened case: "
        + ("it is missing" if first["type"] == "missing" else first["msg"][:1].lower())
        + ("" if first["type"] == "missing" else first["msg"][1:])
        + "; screen the cases again"
    )
    return Fault(problem, file, line, field)


def _objects(document: Document) -> list[Any]:
    """Return the objects of a document: one a line, or those that one JSON document lists."""
    if document.form == "yaml" or isinstance(document.content, BadInput):
        return []
    try:
        found = json.loads(document.content)
    except (ValueError, RecursionError):
        return []
    return [*_listed(found)]


def _listed(found: Any) -> Iterator[Any]:
    if isinstance(found, list):
        yield from found
        return
    if isinstance(found, dict) and isinstance(found.get("cases"), list):
        yield {key: value for key, value in found.items() if key != "cases"}
        yield from found["cases"]
        return
    yield found


def _rulebook_in(found: Any) -> str | None:
    """Return what a screening says of its rulebook, in a receipt or beside it."""
    if not isinstance(found, dict):
        return None
    for holder in (found, found.get("receipt")):
        if isinstance(holder, Mapping) and holder.get("rulebook") is not None:
            return json.dumps(holder["rulebook"], sort_keys=True)
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
