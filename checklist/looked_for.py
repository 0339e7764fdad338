"""What was looked for and is not on file: to which field each entry leads, and what it is beside.

It changes no verdict: what nobody recorded stays not recorded.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from checklist.errors import nearest, one_of
from checklist.record import Case
from checklist.subjects import CaseSubjects
from checklist.text import short
from checklist.verdict import Looked, Missing, Target
from checklist.vocabulary import CASE, collections, subject_kinds

_PATH: Final = re.compile(r"([^\[\].]+)\[([^\[\]]+)\]\.([^\[\]]+)")


def with_looked_for(missing: Iterable[Missing], family: CaseSubjects) -> tuple[Missing, ...]:
    """Return what is missing, each with where it was looked for by the day of the review."""
    entries = [each for each in family.case.looked_for if each.date <= family.as_of]
    if not entries:
        return tuple(missing)
    looked: dict[Target, dict[Looked, None]] = {}
    for each in entries:
        target = _target(each.field, family.case)
        looked.setdefault(target, {})[Looked(each.where, each.date)] = None
    return tuple(each._replace(looked_for=tuple(looked.get(each.at, ()))) for each in missing)


def looked_for_in(case: Case, as_of: datetime.date) -> Iterator[Target]:
    """Yield the fields that were looked for by the day `as_of`."""
    yield from (_target(each.field, case) for each in case.looked_for if each.date <= as_of)


def faults_in(case: Case) -> Iterator[tuple[int, str]]:
    """Yield which entries lead to nothing that can be recorded, by place, each with why."""
    last_day = CaseSubjects(case, datetime.date.max)
    for at, each in enumerate(case.looked_for):
        problem = _problem(each.field, last_day)
        # an id made of a thing's kind and day may since have become another
        if problem is not None and _problem(each.field, CaseSubjects(case, each.date)) is not None:
            yield at, problem


def _target(path: str, case: Case) -> Target:
    found = _PATH.fullmatch(path)
    return Target(case.id, path) if found is None else Target(found[2], found[3])


def _problem(path: str, family: CaseSubjects) -> str | None:
    """Return why a path leads to no field, in a clause; None where it leads to one."""
    found = _PATH.fullmatch(path)
    if found is None:
        return _problem_of_case(path)
    plural, subject, field = found.groups()
    kind = collections().get(plural)
    if kind is None:
        return f"there is no list {short(plural)}{nearest(plural, collections())}"
    ids = [each.id for each in family.collection(plural) or ()]
    if subject not in ids:
        are = "is" if len(ids) == 1 else "are"
        there = f"there {are} {one_of(ids)}" if ids else "the record lists none"
        return f"there is no {short(subject)} among the {plural}{nearest(subject, ids)}; {there}"
    if "." in field:
        return f"{short(field)} goes through somebody else; name them, such as adults[ID].assessed"
    fields = subject_kinds()[kind].fields
    if field not in fields:
        hint = nearest(field, fields) or f"; the fields are {one_of(fields, 60)}"
        return f"there is no field {short(field)} in {plural}{hint}"
    return None


def _problem_of_case(path: str) -> str | None:
    lists = chain.from_iterable(each.listed_under for each in subject_kinds().values())
    known = [*subject_kinds()[CASE].fields, *dict.fromkeys(lists)]
    if path in known:
        return None
    return (
        f"{short(path)} is neither a field of the case nor one of its lists{nearest(path, known)}; "
        "what is said of somebody is written as adults[ID].assessed"
    )
