"""What the engine is to see of the values that a field holds: all it needs, and nothing else.

Made into functions once for each test, since a cohort has them run for every field of every case.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any, Final

from checklist.conditions import (
    CASE_STEP,
    After,
    Apart,
    AsOf,
    Atom,
    Before,
    Counted,
    DateField,
    Equals,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Period,
    Within,
    WithinTimescale,
)
from checklist.errors import BadInput
from checklist.scope import Scope, around, reached, uncounted
from checklist.values import NOT_KNOWN
from checklist.worked_out import last_day, span

Content = tuple[int, ...] | tuple[str, ...] | tuple[tuple[int, ...], ...]
"""What the engine is to see: sorted whole numbers, texts, or rows of numbers, without repeats."""

Read = Callable[[tuple[Any, ...], Scope], Content]
"""From the values that a field holds to the content; raises BadInput as `last_days` does."""

_Days = Callable[[Scope], Sequence[datetime.date]]

_SOMETHING: Final = (1,)
_HELD: Final = ((1,),)  # rows: whether the list holds what is asked for
_LACKED: Final = ((0,),)

_MOST_SPANS: Final = 20_000  # remembered for one test before they are forgotten


def reader(atom: Atom) -> Read:
    """Return what makes the values that a test's field holds into what the engine is to see."""
    match atom.test:
        case IsRecorded():
            return lambda values, _: _SOMETHING if any(each != NOT_KNOWN for each in values) else ()
        case Includes(codes):
            return _includes(codes)
        case IncludesThis(kind):
            return _includes_this(kind)
        case Before(moment) | After(moment):
            return _difference(days_of(moment))
        case Within(moment=moment) | WithinTimescale(moment=moment) | Apart(moment=moment):
            return _in_period(atom.test, moment)
        case Equals() if atom.field.kind == "date":
            return lambda values, _: _numbers(each.toordinal() for each in values)
        case _ if atom.field.kind == "number":
            return lambda values, _: _numbers(values)
        case _:
            return lambda values, _: tuple(sorted({str(each).casefold() for each in values}))


def is_worth_remembering(atom: Atom) -> bool:
    """Whether what a test's few values come to need not be found again.

    Of a date or of who is in a list it follows from more than the values, and lists and texts are
    hardly ever the same again.
    """
    return atom.field.kind in ("code", "number") and not isinstance(atom.test, IsRecorded)


def days_of(moment: Moment) -> _Days:
    """Return what finds the days that a moment means."""
    match moment:
        case AsOf():
            return lambda scope: (scope[-1].family.as_of,)
        case DateField((), field):
            name = field.name
            return lambda scope: scope[-1].plain[name]
        case DateField((step,), field) if step == CASE_STEP:
            name = field.name
            return lambda scope: scope[-1].family.whole.plain[name]
        case DateField(steps, field):
            name = field.name
            return lambda scope: [day for each in reached(steps, scope) for day in each.plain[name]]
        case _:
            return lambda _: (moment,)


def last_days(by: Moment | Period) -> _Days:
    """Return what finds the last days on which a point can be put right; none where not recorded.

    What it returns raises BadInput where working days cannot be counted.
    """
    if not isinstance(by, Within | WithinTimescale):
        return days_of(by)
    days, moment = days_of(by.moment), by.moment

    def find(scope: Scope) -> list[datetime.date]:
        try:
            found = [last_day(by, day) for day in days(scope)]
        except BadInput as error:
            raise uncounted(error, moment, scope[-1]) from None
        return [day for day in found if day is not None]

    return find


def _includes(codes: tuple[str, ...]) -> Read:
    code = codes[0]

    def read(values: tuple[Any, ...], _: Scope) -> Content:
        if len(values) == len(codes) == 1:
            return _HELD if code in values[0] else _LACKED
        return _rows(tuple(int(code in each) for code in codes) for each in values)

    return read


def _includes_this(kind: str) -> Read:
    def read(values: tuple[Any, ...], scope: Scope) -> Content:
        this = around(kind, scope)
        if len(values) == 1:
            return _HELD if this is not None and this.id in values[0] else _LACKED
        return _rows((int(this is not None and this.id in each),) for each in values)

    return read


def _difference(days: _Days) -> Read:
    def read(values: tuple[Any, ...], scope: Scope) -> Content:
        found = days(scope)
        if len(values) == len(found) == 1:
            return ((values[0] - found[0]).days,)
        return _numbers((each - day).days for each, day in product(values, found))

    return read


def _in_period(period: Counted, moment: Moment) -> Read:
    days = days_of(moment)
    spans: dict[datetime.date, tuple[datetime.date, datetime.date] | None] = {}

    def around_day(day: datetime.date) -> tuple[datetime.date, datetime.date] | None:
        if day not in spans:
            if len(spans) >= _MOST_SPANS:
                spans.clear()
            spans[day] = span(period, day)
        return spans[day]

    def read(values: tuple[Any, ...], scope: Scope) -> Content:
        try:
            found = [around_day(day) for day in days(scope)]
        except BadInput as error:
            raise uncounted(error, moment, scope[-1]) from None
        return _rows(
            ((each - of[0]).days, (of[1] - each).days)
            for each, of in product(values, found)
            if of is not None
        )

    return read


def _numbers(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))


def _rows(found: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(set(found)))
