"""Conditions: the language in which a rule says when it applies and what it expects.

Plain data. How a condition is written in YAML is `condition_reader`'s business, what the record
holds for it `evidence`'s, and which of the four values it has the `engine`'s.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from checklist.vocabulary import Field

Unit = Literal["days", "working_days", "weeks", "months"]
Direction = Literal["of", "after", "before"]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day on which the record is judged."""


@dataclass(frozen=True, slots=True)
class DateField:
    """The recorded values of another date field: steps from the subject, then the field."""

    steps: tuple[str, ...]
    field: Field


Moment = datetime.date | AsOf | DateField


@dataclass(frozen=True, slots=True)
class Equals:
    """The value is this one."""

    value: str | int | datetime.date


@dataclass(frozen=True, slots=True)
class In:
    """The value is one of these."""

    values: tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """The list holds each of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncludesThis:
    """The list of people holds the subject of this kind that the condition stands in."""

    kind: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is this or more."""

    number: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """The number is this or less."""

    number: int


@dataclass(frozen=True, slots=True)
class Before:
    """The date is earlier than the moment."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class After:
    """The date is later than the moment."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Within:
    """The date is at most so many days, weeks or months from the moment.

    `after` counts from the moment on, `before` up to it, `of` on either side. The day of the
    moment is day 0, and the last day counts. Months are calendar months.
    """

    number: int
    unit: Unit
    direction: Direction
    moment: Moment


@dataclass(frozen=True, slots=True)
class IsRecorded:
    """Something is recorded. Silence is no evidence against it, so this is never FALSE."""


Test = (
    Equals | In | Includes | IncludesThis | AtLeast | AtMost | Before | After | Within | IsRecorded
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A field put to a test.

    `asked_as` is the path under which a rule's `ask` can hold its question. `given` marks a part
    of a `where`: it picks members out, so nobody is told to change it.
    """

    field: Field
    test: Test
    asked_as: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """For: all parts for. Against: some part against."""

    parts: "tuple[Condition, ...]"
    way: str | None = None


@dataclass(frozen=True, slots=True)
class Any:
    """For: some part for. Against: all parts against."""

    parts: "tuple[Condition, ...]"
    way: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """For and against change places."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Some:
    """As Any over the members of a collection of the case; FALSE over one recorded as empty."""

    collection: str
    part: "Condition"
    asked_as: str


@dataclass(frozen=True, slots=True)
class Every:
    """As All over the members of a collection of the case; TRUE over one recorded as empty."""

    collection: str
    part: "Condition"
    asked_as: str


@dataclass(frozen=True, slots=True)
class Through:
    """A condition on the case, or on the person whose id a field holds.

    For if it is for with some recorded value of the field, against if against with some.
    """

    step: str
    part: "Condition"
    asked_as: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A term: a condition with a name, or two, one for it and one against it."""

    term: str
    yes_when: "Condition"
    no_when: "Condition | None"


Condition = Atom | All | Any | Not | Some | Every | Through | Named

CASE_STEP: Final = "case"


def parts_of(condition: Condition) -> "tuple[Condition, ...]":
    """Return the conditions directly inside a condition."""
    match condition:
        case All() | Any():
            return condition.parts
        case Not() | Some() | Every() | Through():
            return (condition.part,)
        case Named(_, yes, no):
            return (yes,) if no is None else (yes, no)
        case Atom():
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all conditions inside it, the outer before the inner."""
    waiting = [condition]
    while waiting:
        yield (found := waiting.pop())
        waiting.extend(reversed(parts_of(found)))
