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
from checklist.screening import Mark, marks_of
from checklist.text import short

# the keys by which a screened case, and a whole screening, are told from a case record
_OF_A_CASE: Final = frozenset({"case", "sha256", "verdicts"})
_OF_ALL: Final = frozenset({"number", "cases", "rules"})


class Kept(NamedTuple):
    """A screening as it was written: its cases, what is wrong, and its rulebook where it says it.

    `rulebook` tells one rulebook with its settings from another, and means nothing else. With
    `by_rule` it holds what each rule says of a case as a whole and not of each subject, as JSON
    does: the case itself stands for its subjects.
    """

    cases: tuple[Screened, ...]
    faults: tuple[Fault, ...]
    rulebook: str | None
    by_rule: bool = False


def is_screening(path: Path) -> bool:
    """Return whether the file at a path is what a screening wrote, and not a case or a folder."""
    if path.is_dir():
        return False
    first = next(iter(documents([path])), None)
    found = None if first is None else _parsed(first)
    return isinstance(found, dict) and (found.keys() >= _OF_A_CASE or found.keys() >= _OF_ALL)


def read_screening(path: Path) -> Kept:
    """Return a screening from the file that holds it, JSON Lines or JSON."""
    cases: list[Screened] = []
    faults: list[Fault] = []
    rulebook = None
    by_rule = False
    for document in documents([path]):
        file, line = document.file, document.line
        if isinstance(document.content, BadInput):
            faults += document.content.faults
            continue
        found = _parsed(document)
        if not isinstance(found, dict):
            faults.append(Fault("this is no JSON object; screen the cases again", file, line))
            continue
        if found.keys() >= _OF_ALL:
            by_rule = True
            faults += _left_out(found, file)
        each = found["cases"] if by_rule else [found]
        rulebook = _rulebook_in(found) or rulebook
        if "receipt" in found and not by_rule:
            continue
        for data in each:
            try:
                cases.append(_of_marks(data) if by_rule else _of_verdicts(data))
            except ValidationError as error:
                faults.append(_fault(error, file, line))
    return Kept(tuple(cases), tuple(faults), rulebook, by_rule)


def as_wholes(cases: Iterable[Screened]) -> tuple[Screened, ...]:
    """Return cases with what each rule says of a case as a whole in place of its subjects."""
    return tuple(_with_marks(case, marks_of(case)[0]) for case in cases)


class _Case(TypedDict):
    case: str
    file: str
    line: int | None
    sha256: str
    as_of: datetime.date
    authority: str | None
    audit: str | None
    queries: tuple[str, ...]


class _WithVerdicts(_Case):
    verdicts: dict[VerdictName, dict[str, list[str]]]
    accepted: dict[str, list[str]]
    unchecked: tuple[str, ...]


class _WithMarks(_Case):
    marks: dict[str, Mark]


@cache
def _adapter(of: type) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def _of_verdicts(data: object) -> Screened:
    return Screened(**_adapter(_WithVerdicts).validate_python(data))


def _of_marks(data: object) -> Screened:
    found = _adapter(_WithMarks).validate_python(data)
    marks = found.pop("marks")
    return _with_marks(Screened(**found, verdicts={}, accepted={}), marks)


def _with_marks(case: Screened, marks: Mapping[str, Mark]) -> Screened:
    verdicts: dict[VerdictName, dict[str, list[str]]] = {}
    for rule, mark in marks.items():
        name: VerdictName = "gap" if mark == "accepted gap" else mark
        verdicts.setdefault(name, {})[rule] = [case.case]
    accepted = {rule: [case.case] for rule, mark in marks.items() if mark == "accepted gap"}
    return case._replace(verdicts=verdicts, accepted=accepted)


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
