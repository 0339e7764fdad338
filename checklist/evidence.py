"""What a case record holds for one condition on one subject, in the form the engine sees it.

A tree of the condition's shape: at each leaf the recorded values with their provenance, and a key
that says all the engine needs to know of them and nothing else. Decides nothing.
"""

import datetime
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from checklist.conditions import (
    CASE_STEP,
    After,
    AsOf,
    Atom,
    Before,
    Condition,
    DateField,
    Equals,
    Every,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Named,
    Some,
    Through,
    Within,
    parts_of,
)
from checklist.subjects import Subject, Value
from checklist.values import NOT_KNOWN
from checklist.vocabulary import collections
from checklist.worked_out import shifted, span

Key = tuple[int, ...] | tuple[str, ...] | tuple[tuple[int, ...], ...]


class Evidence(NamedTuple):
    """The evidence for one condition on one subject.

    `key` is set at a leaf: sorted whole numbers, texts, or rows of whole numbers. `silent` says
    that a collection, or a part of it, or the field a step goes through, is not recorded.
    `subject` is the one the condition speaks of, which inside a collection is the member.
    """

    condition: Condition
    subject: Subject
    values: tuple[Value, ...]
    key: Key | None
    parts: "tuple[Evidence, ...]"
    silent: bool = False


def gather(condition: Condition, *scope: Subject) -> Evidence:
    """Return the evidence for a condition on the last subject of the scope.

    The subjects before it are those around it, which `this_child` and the like can mean.
    """
    subject = scope[-1]
    match condition:
        case Atom():
            values = subject.values(condition.field.name)
            return Evidence(condition, subject, values, _key(condition, values, scope), ())
        case Some(plural, part) | Every(plural, part):
            members = subject.family.collection(plural)
            parts = tuple(gather(part, *scope, member) for member in members or ())
            # of a family whose adults are not recorded, the children are only a part
            silent = bool(subject.family.silent_parts(collections()[plural]))
            return Evidence(condition, subject, (), None, parts, silent)
        case Through(step, part):
            led_to = _led_to(subject, step)
            parts = tuple(gather(part, *scope, found) for found in led_to)
            # no subject has a field called `case`, so that step has no values
            return Evidence(condition, subject, subject.values(step), None, parts, not led_to)
        case Named(of=kind):
            # a term is written without knowing who is around its subject where it is used
            seen = subject.seen_as(kind)
            parts = tuple(gather(part, seen) for part in parts_of(condition))
            return Evidence(condition, subject, (), None, parts)
        case _:
            parts = tuple(gather(part, *scope) for part in parts_of(condition))
            return Evidence(condition, subject, (), None, parts)


def deadlines(by: Moment | Within, subject: Subject) -> tuple[Value, ...]:
    """Return the last days on which a point can be put right; none where that is not recorded."""
    if not isinstance(by, Within):
        return tuple(_moments(by, subject))
    sign = -1 if by.direction == "before" else 1
    return tuple(
        moment._replace(value=shifted(moment.value, sign * by.number, by.unit))
        for moment in _moments(by.moment, subject)
    )


def moment_of(atom: Atom) -> Moment | None:
    """Return the moment that a test of a date looks at, if it is such a test."""
    return getattr(atom.test, "moment", None)


def moments(atom: Atom, subject: Subject) -> tuple[Value, ...]:
    """Return the days that a test of a date looks at; none where they are not recorded."""
    moment = moment_of(atom)
    return () if moment is None else tuple(_moments(moment, subject))


def _led_to(subject: Subject, step: str) -> list[Subject]:
    return [subject.family.whole] if step == CASE_STEP else subject.people(step)


def _moments(moment: Moment, subject: Subject) -> Iterable[Value]:
    match moment:
        case AsOf():
            return [Value(subject.family.as_of)]
        case DateField(steps, field):
            reached = [subject]
            for step in steps:
                reached = [led for each in reached for led in _led_to(each, step)]
            return [value for each in reached for value in each.values(field.name)]
        case _:
            return [Value(moment)]


def _key(atom: Atom, values: tuple[Value, ...], scope: tuple[Subject, ...]) -> Key:
    """Return what the engine is to see of the values, sorted and without repeats."""
    plain = [value.value for value in values]
    match atom.test:
        case IsRecorded():
            return (1,) if any(value != NOT_KNOWN for value in plain) else ()
        case Includes(codes):
            return _rows(tuple(int(code in each) for code in codes) for each in plain)
        case IncludesThis(kind):
            this = next(around.id for around in reversed(scope) if around.kind == kind)
            return _rows((int(this in each),) for each in plain)
        case Before(moment) | After(moment):
            pairs = product(plain, _days(moment, scope[-1]))
            return _numbers((each - day).days for each, day in pairs)
        case Within(moment=moment):
            spans = [span(atom.test, day) for day in _days(moment, scope[-1])]
            return _rows(
                ((each - first).days, (last - each).days)
                for each, (first, last) in product(plain, spans)
            )
        case Equals() if atom.field.kind == "date":
            return _numbers(each.toordinal() for each in plain)
        case _ if atom.field.kind == "number":
            return _numbers(plain)
        case _:
            return tuple(sorted({str(each).casefold() for each in plain}))


def _days(moment: Moment, subject: Subject) -> list[datetime.date]:
    return [value.value for value in _moments(moment, subject)]


def _numbers(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))


def _rows(found: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(set(found)))
