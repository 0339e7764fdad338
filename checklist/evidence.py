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
    THIS,
    After,
    Apart,
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
    Period,
    Some,
    Through,
    Within,
    WithinTimescale,
    parts_of,
)
from checklist.errors import BadInput, Fault
from checklist.subjects import Subject, Value
from checklist.values import NOT_KNOWN
from checklist.vocabulary import CASE, collections, subject_kinds
from checklist.worked_out import last_day, span

Key = tuple[int, ...] | tuple[str, ...] | tuple[tuple[int, ...], ...]


class Evidence(NamedTuple):
    """The evidence for one condition on one subject.

    `key` is set at a leaf: sorted whole numbers, texts, or rows of whole numbers. `silent` says
    that a collection, or a part of it, or the field a step goes through, is not recorded.
    `scope` ends with the subject that the condition speaks of, which inside a collection is the
    member; before it stand those around it, which `this_child` and the like can mean.
    """

    condition: Condition
    scope: tuple[Subject, ...]
    values: tuple[Value, ...]
    key: Key | None
    parts: "tuple[Evidence, ...]"
    silent: bool = False

    @property
    def subject(self) -> Subject:
        """The subject that the condition speaks of."""
        return self.scope[-1]


def gather(condition: Condition, *scope: Subject) -> Evidence:
    """Return the evidence for a condition on the last subject of the scope.

    Raises BadInput where working days cannot be counted.
    """
    subject = scope[-1]
    match condition:
        case Atom():
            values = subject.values(condition.field.name)
            return Evidence(condition, scope, values, _key(condition, values, scope), ())
        case Some(plural, part) | Every(plural, part):
            members = subject.family.collection(plural)
            parts = tuple(gather(part, *scope, member) for member in members or ())
            # of a family whose adults are not recorded, the children are only a part
            silent = bool(subject.family.silent_parts(collections()[plural]))
            return Evidence(condition, scope, (), None, parts, silent)
        case Through(step, part):
            led_to = _led_to(subject, step)
            parts = tuple(gather(part, *scope, found) for found in led_to)
            # no subject has a field called `case`, so that step has no values
            return Evidence(condition, scope, subject.values(step), None, parts, not led_to)
        case Named(of=kind):
            # a term is written without knowing who is around its subject where it is used
            seen = subject.seen_as(kind)
            parts = tuple(gather(part, seen) for part in parts_of(condition))
            return Evidence(condition, scope, (), None, parts)
        case _:
            parts = tuple(gather(part, *scope) for part in parts_of(condition))
            return Evidence(condition, scope, (), None, parts)


def deadlines(by: Moment | Period, subject: Subject) -> tuple[Value, ...]:
    """Return the last days on which a point can be put right; none where that is not recorded.

    Raises BadInput where they cannot be counted.
    """
    scope = (subject,)
    if not isinstance(by, Period):
        return tuple(_moments(by, scope))
    found = []
    for moment in _moments(by.moment, scope):
        try:
            day = last_day(by, moment.value)
        except BadInput as error:
            raise _uncounted(error, by.moment, subject) from None
        if day is not None:
            found.append(moment._replace(value=day))
    return tuple(found)


def moment_of(atom: Atom) -> Moment | None:
    """Return the moment that a test of a date looks at, if it is such a test."""
    return getattr(atom.test, "moment", None)


def moments(atom: Atom, scope: tuple[Subject, ...]) -> tuple[Value, ...]:
    """Return the days that a test of a date looks at; none where they are not recorded."""
    moment = moment_of(atom)
    return () if moment is None else tuple(_moments(moment, scope))


def around(step: str, scope: tuple[Subject, ...]) -> Subject | None:
    """Return the innermost subject of the kind that a step such as `this_child` names.

    In a list of meetings `this_meeting` is the one around the list: a member needs no name for
    itself.
    """
    *outer, here = scope
    kind = step.removeprefix(THIS)
    return next((each for each in (*reversed(outer), here) if each.kind == kind), None)


def _led_to(subject: Subject, step: str) -> list[Subject]:
    return [subject.family.whole] if step == CASE_STEP else subject.people(step)


def _moments(moment: Moment, scope: tuple[Subject, ...]) -> Iterable[Value]:
    match moment:
        case AsOf():
            return [Value(scope[-1].family.as_of)]
        case DateField(steps, field):
            reached = [scope[-1]]
            if steps and steps[0].startswith(THIS):
                reached = [found] if (found := around(steps[0], scope)) else []
                steps = steps[1:]
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
            this = around(kind, scope)
            return _rows((int(this is not None and this.id in each),) for each in plain)
        case Before(moment) | After(moment):
            pairs = product(plain, _days(moment, scope))
            return _numbers((each - day).days for each, day in pairs)
        case Within(moment=moment) | WithinTimescale(moment=moment) | Apart(moment=moment):
            try:
                spans = [span(atom.test, day) for day in _days(moment, scope)]
            except BadInput as error:
                raise _uncounted(error, moment, scope[-1]) from None
            return _rows(
                ((each - found[0]).days, (found[1] - each).days)
                for each, found in product(plain, spans)
                if found is not None
            )
        case Equals() if atom.field.kind == "date":
            return _numbers(each.toordinal() for each in plain)
        case _ if atom.field.kind == "number":
            return _numbers(plain)
        case _:
            return tuple(sorted({str(each).casefold() for each in plain}))


def _uncounted(error: BadInput, moment: Moment, subject: Subject) -> BadInput:
    """Return what to say of a day from which nothing can be counted: which field holds it."""
    path = "as_of"
    if isinstance(moment, DateField):
        path = ".".join((*moment.steps, moment.field.name))
        if subject.kind != CASE:
            path = f"{subject_kinds()[subject.kind].plural}[{subject.id}].{path}"
    return BadInput(Fault(fault.problem, field=path) for fault in error.faults)


def _days(moment: Moment, scope: tuple[Subject, ...]) -> list[datetime.date]:
    return [value.value for value in _moments(moment, scope)]


def _numbers(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))


def _rows(found: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(set(found)))
