"""What a case record holds for one condition on one subject, for a reader. Decides nothing.

A tree of the condition's shape: at each leaf the recorded values with their provenance.
"""

from collections.abc import Iterable
from typing import NamedTuple

from checklist.conditions import (
    AsOf,
    Atom,
    Condition,
    DateField,
    Every,
    Moment,
    Named,
    Period,
    Some,
    Through,
    moment_of,
    parts_of,
)
from checklist.errors import BadInput
from checklist.scope import Scope, led_to, reached, uncounted
from checklist.subjects import Subject, Value
from checklist.worked_out import last_day


class Evidence(NamedTuple):
    """The evidence for one condition on one subject.

    `silent` says that a collection, or a part of it, or the field a step goes through, is not
    recorded. `scope` ends with the subject that the condition speaks of, which inside a collection
    is the member; before it stand those around it, which `this_child` and the like can mean.
    """

    condition: Condition
    scope: Scope
    values: tuple[Value, ...]
    parts: "tuple[Evidence, ...]"
    silent: bool = False

    @property
    def subject(self) -> Subject:
        """The subject that the condition speaks of."""
        return self.scope[-1]


def gather(condition: Condition, *scope: Subject) -> Evidence:
    """Return the evidence for a condition on the last subject of the scope."""
    subject = scope[-1]
    match condition:
        case Atom():
            return Evidence(condition, scope, subject.values(condition.field.name), ())
        case Some(plural, part) | Every(plural, part):
            # of a family whose adults are not recorded, the children are only a part
            members, silent = subject.family.members(plural)
            parts = tuple(gather(part, *scope, member) for member in members)
            return Evidence(condition, scope, (), parts, silent)
        case Through(step, part):
            found = led_to(subject, step)
            parts = tuple(gather(part, *scope, each) for each in found)
            # no subject has a field called `case`, so that step has no values
            return Evidence(condition, scope, subject.values(step), parts, not found)
        case Named(of=kind):
            # a term is written without knowing who is around its subject where it is used
            seen = subject.seen_as(kind)
            parts = tuple(gather(part, seen) for part in parts_of(condition))
            return Evidence(condition, scope, (), parts)
        case _:
            parts = tuple(gather(part, *scope) for part in parts_of(condition))
            return Evidence(condition, scope, (), parts)


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
            raise uncounted(error, by.moment, subject) from None
        if day is not None:
            found.append(moment._replace(value=day))
    return tuple(found)


def moments(atom: Atom, scope: Scope) -> tuple[Value, ...]:
    """Return the days that a test of a date looks at; none where they are not recorded."""
    moment = moment_of(atom)
    return () if moment is None else tuple(_moments(moment, scope))


def _moments(moment: Moment, scope: Scope) -> Iterable[Value]:
    match moment:
        case AsOf():
            return [Value(scope[-1].family.as_of)]
        case DateField(steps, field):
            return [value for each in reached(steps, scope) for value in each.values(field.name)]
        case _:
            return [Value(moment)]
