"""What is wished of one newly recorded value: the test it passes, in words, and which values do."""

import datetime
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any as Anything
from typing import NamedTuple

from checklist import wording
from checklist.condition_reader import MOST_NUMBER
from checklist.conditions import (
    After,
    Apart,
    AtLeast,
    AtMost,
    Before,
    Condition,
    Counted,
    Equals,
    In,
    Includes,
    IsRecorded,
    Test,
    Unit,
    Within,
    WithinTimescale,
)
from checklist.errors import BadInput
from checklist.plain_english import clause
from checklist.values import FIRST_YEAR, LAST_YEAR
from checklist.vocabulary import Field, subject_kinds
from checklist.worked_out import shifted, span


class Wish(NamedTuple):
    """That what is recorded at a path passes a test, or fails it.

    `test` is for a field; for a collection it is a condition on its members: that one of them is
    so, or with `each` that all of them are. `days` are those that a test of a date looks at; with
    `counted_to` the field holds the day that the test looks at, and `days` are those at that path.
    `words` tell wishes apart, since tests of different types can be equal as tuples.
    """

    words: str
    path: str
    field: Field | None
    test: Test | Condition
    holds: bool = True
    each: bool = False
    days: tuple[datetime.date, ...] = ()
    counted_to: str | None = None


def wish_for(path: str, field: Field, test: Test, holds: bool = True) -> Wish:
    """Return the wish that what is recorded at a path passes a test, or fails it."""
    if not holds and field.kind == "code" and isinstance(test, Equals | In):
        # "not no" is the same wish as "yes"
        named = {test.value} if isinstance(test, Equals) else {*test.values}
        others = tuple(code for code in field.codes if code not in named)
        if len(others) == 1:
            test, holds = Equals(others[0]), True
    said = wording.test(test, field.kind)
    return Wish(said if holds else f"not {said}", path, field, test, holds)


def of_members(plural: str, part: Condition, holds: bool, each: bool) -> Wish:
    """Return the wish that a collection has a member that is so, or with `each` only such."""
    said = clause(part)
    match each, holds:
        case True, True:
            words = f"recorded, and of each: {said}"
        case True, False:
            words = f"recorded, none where {said}"
        case False, True:
            words = f"has one where {said}"
        case _:
            words = f"has one where it is not so that {said}"
    return Wish(words, plural, None, part, holds, each)


def is_recorded(path: str, kind: str, field: str) -> Wish:
    """Return the wish that a field of a kind of subject is recorded at all."""
    return wish_for(path, subject_kinds()[kind].fields[field], IsRecorded())


def day_to_count_from(path: str, field: Field, test: Test) -> Wish:
    """Return the wish that a day is recorded, one that the test can count from."""
    if not isinstance(test, WithinTimescale):
        return wish_for(path, field, IsRecorded())
    day_before = test.timescale.editions[0].in_force_from - datetime.timedelta(days=1)
    return wish_for(path, field, After(day_before))._replace(days=(day_before,))


def counted_to_day(own: Wish, day: Wish, days: tuple[datetime.date, ...]) -> Wish:
    """Return the wish for the day that a test looks at where the tested days stay as they are."""
    match own.test:
        case Within() | WithinTimescale():
            said = f"within {wording.length(own.test)}"
        case Apart():
            said = f"at least {wording.length(own.test)}"
        case _:
            said = "before" if isinstance(own.test, Before) else "after"
    said = said if own.holds else f"not {said}"
    are = "is" if len(days) == 1 else "are"
    return day._replace(
        words=f"such that {wording.listed(map(wording.day, days))} {are} {said} it",
        test=own.test,
        holds=own.holds,
        days=days,
        counted_to=own.path,
    )


def telling(wishes: list[Wish]) -> list[Wish]:
    """Return the wishes without those that follow from another one."""
    exact = [wish for wish in wishes if isinstance(wish.test, Equals) and wish.holds]
    if exact:
        return exact[:1]
    more = [wish for wish in wishes if not isinstance(wish.test, IsRecorded)]
    return more or wishes


def some_value_passes(field: Field, wishes: Sequence[Wish]) -> bool:
    """Return whether one value of a field can pass all that is wished of it."""
    if any(isinstance(wish.test, IsRecorded) and not wish.holds for wish in wishes):
        return False
    if field.kind in ("codes", "people"):
        included = [wish.test for wish in wishes if wish.holds]
        codes = {code for test in included if isinstance(test, Includes) for code in test.codes}
        return not any(
            test in included or (isinstance(test, Includes) and codes.issuperset(test.codes))
            for test in (wish.test for wish in wishes if not wish.holds)
        )
    if field.kind in ("text", "person"):
        return True
    return any(
        all(passes(wish, value) for wish in wishes) for value in _worth_trying(field, wishes)
    )


def implied(asked: Wish, field: Field, wishes: Sequence[Wish]) -> bool:
    """Return whether each value of a field that passes all of some wishes passes another one."""
    opposite = asked._replace(holds=not asked.holds)
    if isinstance(asked.test, Before | After | Counted):
        # against one day is enough, and of a day that is still to be recorded nothing is known
        return bool(asked.days) and not any(
            some_value_passes(field, [*wishes, opposite._replace(days=(day,))])
            for day in asked.days
        )
    return not some_value_passes(field, [*wishes, opposite])


def _worth_trying(field: Field, wishes: Sequence[Wish]) -> set[Anything]:
    """Return values of a field that, if none of them passes all tests, nothing does."""
    if field.kind == "code":
        return set(field.codes)
    if field.kind == "date":
        day = datetime.timedelta(days=1)
        edges = [datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)]
        for wish in wishes:
            if isinstance(wish.test, Equals) and isinstance(wish.test.value, datetime.date):
                edges.append(wish.test.value)
            edges += [edge for each in wish.days for edge in _edges(wish, each)]
        near = {edge + step for edge in edges for step in (-day, 0 * day, day)}
        return {each for each in near if FIRST_YEAR <= each.year <= LAST_YEAR}
    named: set[Anything] = set()
    for wish in wishes:
        match wish.test:
            case Equals(value):
                named.add(value)
            case In(values):
                named.update(values)
            case AtLeast(number) | AtMost(number):
                named.add(number)
    if field.kind == "number":
        return {edge + step for edge in {0, *named} for step in (-1, 0, 1)} | {2 * MOST_NUMBER}
    return {*named, "/".join(["any other", *sorted(named)])}


def _edges(wish: Wish, day: datetime.date) -> Iterable[datetime.date]:
    if wish.counted_to is None:
        return (_span(wish.test, day) or ()) if isinstance(wish.test, Counted) else (day,)
    lengths: list[tuple[int, Unit]] = []
    edges = [day]
    match wish.test:
        case Within(number, unit) | Apart(number, unit):
            lengths = [(number, unit), (-number, unit)]
        case WithinTimescale(timescale):
            lengths = [(-edition.number, edition.unit) for edition in timescale.editions]
            edges += [edition.in_force_from for edition in timescale.editions]
    for number, unit in lengths:
        with suppress(BadInput):  # beyond the years whose bank holidays are known
            edges.append(shifted(day, number, unit))
    # a month or a working day back and on again does not always lead to the same day
    return [edge + datetime.timedelta(days=off) for edge in edges for off in (-3, 0, 3)]


def _span(test: Counted, day: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    try:
        return span(test, day)
    except BadInput:  # beyond the years whose bank holidays are known
        return None


def are_counted(test: object, days: Sequence[datetime.date]) -> bool:
    """Return whether a test can tell anything where these are the days it looks at."""
    return not (days and isinstance(test, Counted)) or any(_span(test, day) for day in days)


def passes(wish: Wish, value: Anything) -> bool:
    """Return whether a value of a field passes what is wished of it."""
    match wish.test:
        case Equals(wanted):
            found = [_same(value, wanted)]
        case In(values):
            found = [any(_same(value, each) for each in values)]
        case Includes(codes):
            found = [set(codes) <= set(value)]
        case AtLeast(number):
            found = [value >= number]
        case AtMost(number):
            found = [value <= number]
        case Before() | After() | Within() | WithinTimescale() | Apart() if (
            wish.counted_to is not None
        ):
            return _passes_from(wish, value)
        case Before():
            found = [value < day for day in wish.days]
        case After():
            found = [value > day for day in wish.days]
        case Within() | WithinTimescale() | Apart():
            spans = [_span(wish.test, day) for day in wish.days]
            found = [each[0] <= value <= each[1] for each in spans if each is not None]
        case _:
            return wish.holds
    return all(each is wish.holds for each in found)


def _passes_from(wish: Wish, value: datetime.date) -> bool:
    """Return whether the days of a wish pass its test, counted from a value."""
    tested = wish._replace(days=(value,), counted_to=None)
    return are_counted(wish.test, (value,)) and all(passes(tested, day) for day in wish.days)


def _same(value: Anything, wanted: Anything) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return bool(value == wanted)
