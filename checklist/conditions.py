"""Conditions: the language in which a rule says when it applies and what it expects.

Plain data, as named tuples, which cost a start of the program a fifth of what dataclasses do. Mind
that named tuples of different types are equal where their values are. How a condition is written
in YAML is `condition_reader`'s business, what the record holds for it `evidence`'s, and which of
the four values it has the `engine`'s.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from checklist.vocabulary import Field

Unit = Literal["days", "working_days", "weeks", "months"]
Direction = Literal["of", "after", "before"]


class AsOf(NamedTuple):
    """The day on which the record is judged."""


class DateField(NamedTuple):
    """The recorded values of another date field: steps from the subject, then the field.

    A first step `this_meeting` and the like leads to the subject of that kind that the condition
    stands in, as `IncludesThis` does.
    """

    steps: tuple[str, ...]
    field: Field

    def asked_as(self, beside: str = "") -> str:
        """Return the path under which a rule's `ask` can hold its question.

        `beside` is that of the field that is held against it.
        """
        anew = self.steps and (self.steps[0] == CASE_STEP or self.steps[0].startswith(THIS))
        before = "" if anew else beside.rpartition(".")[0]
        return ".".join(filter(None, (before, *self.steps, self.field.name)))


Moment = datetime.date | AsOf | DateField


class Equals(NamedTuple):
    """The value is this one."""

    value: str | int | datetime.date


class In(NamedTuple):
    """The value is one of these."""

    values: tuple[str, ...] | tuple[int, ...]


class Includes(NamedTuple):
    """The list holds each of these codes."""

    codes: tuple[str, ...]


class IncludesThis(NamedTuple):
    """The list of people or agencies holds the subject of this kind that is looked at."""

    kind: str


class AtLeast(NamedTuple):
    """The number is this or more."""

    number: int


class AtMost(NamedTuple):
    """The number is this or less."""

    number: int


class Before(NamedTuple):
    """The date is earlier than the moment."""

    moment: Moment


class After(NamedTuple):
    """The date is later than the moment."""

    moment: Moment


class Within(NamedTuple):
    """The date is at most so many days, weeks or months from the moment.

    `after` counts from the moment on, `before` up to it, `of` on either side. The day of the
    moment is day 0, and the last day counts. Months are calendar months.
    """

    number: int
    unit: Unit
    direction: Direction
    moment: Moment


class Edition(NamedTuple):
    """How long guidance or law allowed, from a day on until a later edition's day."""

    edition: str
    in_force_from: datetime.date
    number: int
    unit: Unit
    source: str


class Timescale(NamedTuple):
    """How soon something has to follow something else; its editions, the earliest first."""

    id: str
    says: str
    editions: tuple[Edition, ...]

    def on(self, day: datetime.date) -> Edition | None:
        """Return the edition in force on a day; None before the first, when none is known."""
        found = None
        for edition in self.editions:
            if edition.in_force_from <= day:
                found = edition
        return found


class WithinTimescale(NamedTuple):
    """The date is from the moment on, and at most as long after it as the timescale allows.

    The edition in force on the day of the moment counts. Where none is known there is no evidence.
    """

    timescale: Timescale
    moment: Moment


class Apart(NamedTuple):
    """The date is at least so many days, weeks or months `after` the moment, or `before` it.

    The day of the moment is day 0. The direction is never `of`.
    """

    number: int
    unit: Unit
    direction: Direction
    moment: Moment


class IsRecorded(NamedTuple):
    """Something is recorded. Silence is no evidence against it, so this is never FALSE."""


Period = Within | WithinTimescale
"""How long something may take; a deadline can be one too."""

Counted = Period | Apart
"""The tests of a date that count days, weeks or months from a moment."""

Test = (
    Equals
    | In
    | Includes
    | IncludesThis
    | AtLeast
    | AtMost
    | Before
    | After
    | Within
    | WithinTimescale
    | Apart
    | IsRecorded
)


class Atom(NamedTuple):
    """A field put to a test.

    `asked_as` is the path under which a rule's `ask` can hold its question. `given` marks a part
    of a `where`: it picks members out, so nobody is told to change it.
    """

    field: Field
    test: Test
    asked_as: str
    given: bool = False


class All(NamedTuple):
    """For: all parts for. Against: some part against."""

    parts: "tuple[Condition, ...]"
    way: str | None = None


class Any(NamedTuple):
    """For: some part for. Against: all parts against."""

    parts: "tuple[Condition, ...]"
    way: str | None = None


class Not(NamedTuple):
    """For and against change places."""

    part: "Condition"


class Some(NamedTuple):
    """As Any over the members of a collection of the case; FALSE over one recorded as empty."""

    collection: str
    part: "Condition"
    asked_as: str


class Every(NamedTuple):
    """As All over the members of a collection of the case; TRUE over one recorded as empty."""

    collection: str
    part: "Condition"
    asked_as: str


class Through(NamedTuple):
    """A condition on the case, or on the person whose id a field holds.

    For if it is for with some recorded value of the field, against if against with some.
    """

    step: str
    part: "Condition"
    asked_as: str
    given: bool = False


class Named(NamedTuple):
    """A term: a condition with a name, or two, one for it and one against it.

    `of` is the kind of subject that the term is about: used of a child or an adult, one about
    family members sees them as that.
    """

    term: str
    yes_when: "Condition"
    no_when: "Condition | None"
    of: str


Condition = Atom | All | Any | Not | Some | Every | Through | Named

CASE_STEP: Final = "case"
THIS: Final = "this_"
"""What a step begins with that leads to the subject around, by its kind: `this_child`."""

ALWAYS: Final = All(())
"""The condition of a rule that says nothing of when it applies."""


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


def moment_of(atom: Atom) -> Moment | None:
    """Return the moment that a test of a date looks at, if it is such a test."""
    return getattr(atom.test, "moment", None)


def moment_of_deadline(by: Moment | Period) -> Moment:
    """Return the moment that a deadline is, or counts from."""
    return by.moment if isinstance(by, Period) else by


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all conditions inside it, the outer before the inner."""
    waiting = [condition]
    while waiting:
        yield (found := waiting.pop())
        waiting.extend(reversed(parts_of(found)))


def leaves(condition: Condition) -> Iterator[Atom | Named]:
    """Yield the fields put to a test and the terms used, as written; not what a term means."""
    match condition:
        case Atom() | Named():
            yield condition
        case _:
            for part in parts_of(condition):
                yield from leaves(part)


def as_given(condition: Condition) -> Condition:
    """Return the condition with every field in it marked as picking members out."""
    if isinstance(condition, Atom | Through):
        condition = condition._replace(given=True)
    return _with_parts(condition, as_given)


def _with_parts(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return the condition with each condition directly inside it changed."""
    match condition:
        case All() | Any():
            return condition._replace(parts=tuple(map(change, condition.parts)))
        case Not() | Some() | Every() | Through():
            return condition._replace(part=change(condition.part))
        case Named(_, yes, no):
            against = None if no is None else change(no)
            return condition._replace(yes_when=change(yes), no_when=against)
        case Atom():
            return condition


def asked_paths(condition: Condition) -> set[str]:
    """Return the paths under which `ask` can hold a question for something the condition reads."""
    found: set[str] = set()
    for each in walk(condition):
        if isinstance(each, Atom | Some | Every | Through):
            found.add(each.asked_as)
        if isinstance(each, Atom) and isinstance(moment := moment_of(each), DateField):
            found.add(moment.asked_as(each.asked_as))
    return found - {""}
