import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.conditions import (
    Apart,
    AsOf,
    Direction,
    Edition,
    Timescale,
    Unit,
    Within,
    WithinTimescale,
)
from checklist.errors import BadInput
from checklist.worked_out import last_day, shifted, span, start_of_pregnancy, years_between

DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


# -- ages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2020, 9, 14), date(2020, 9, 14), 0),
        (date(2020, 9, 14), date(2021, 9, 13), 0),
        (date(2020, 9, 14), date(2021, 9, 14), 1),
        (date(2000, 1, 1), date(2017, 12, 31), 17),
        (date(2000, 1, 1), date(2018, 1, 1), 18),
        (date(2000, 12, 31), date(2018, 12, 30), 17),
        (date(2000, 12, 31), date(2018, 12, 31), 18),
    ],
)
def test_an_age_is_right_to_the_day(born: date, on: date, age: int) -> None:
    assert years_between(born, on) == age


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2022, 2, 28), 17),  # it used to be 18: a child would have counted as an adult
        (date(2022, 3, 1), 18),
        (date(2024, 2, 28), 19),
        (date(2024, 2, 29), 20),
    ],
)
def test_who_is_born_on_29_february_is_older_on_1_march(on: date, age: int) -> None:
    assert years_between(date(2004, 2, 29), on) == age


@given(DAYS, DAYS)
def test_an_age_grows_by_one_on_each_birthday(one: date, other: date) -> None:
    born, on = sorted((one, other))
    age = years_between(born, on)
    assert age >= 0
    assert years_between(born, on + datetime.timedelta(days=1)) - age in (0, 1)
    if (born.month, born.day) != (2, 29):
        assert born.replace(year=born.year + age) <= on < born.replace(year=born.year + age + 1)


def test_a_pregnancy_begins_forty_weeks_before_its_end() -> None:
    assert start_of_pregnancy(date(2020, 10, 7)) == date(2020, 1, 1)


# -- days, weeks, months -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "unit", "expected"),
    [
        (date(2021, 2, 27), 2, "days", date(2021, 3, 1)),
        (date(2020, 2, 27), 2, "days", date(2020, 2, 29)),
        (date(2021, 3, 1), -1, "days", date(2021, 2, 28)),
        (date(2021, 1, 8), 6, "weeks", date(2021, 2, 19)),
        (date(2021, 1, 8), -6, "weeks", date(2020, 11, 27)),
        (date(2021, 1, 31), 1, "months", date(2021, 2, 28)),
        (date(2020, 1, 31), 1, "months", date(2020, 2, 29)),
        (date(2021, 3, 31), -1, "months", date(2021, 2, 28)),
        (date(2020, 2, 29), 12, "months", date(2021, 2, 28)),
        (date(2020, 12, 31), 2, "months", date(2021, 2, 28)),
        (date(2021, 1, 8), 0, "months", date(2021, 1, 8)),
    ],
)
def test_a_day_is_shifted(day: date, number: int, unit: Unit, expected: date) -> None:
    assert shifted(day, number, unit) == expected


# -- working days ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        # 2 and 3 June 2022 were bank holidays: the day of the event is day 0 all the same
        (date(2022, 6, 2), 15, date(2022, 6, 24)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),
        (date(2022, 6, 6), -1, date(2022, 6, 1)),
        (date(2021, 6, 4), 1, date(2021, 6, 7)),  # Friday to Monday
        (date(2021, 6, 5), 1, date(2021, 6, 7)),  # from a Saturday too
        (date(2021, 6, 7), -1, date(2021, 6, 4)),
        (date(2021, 6, 5), 0, date(2021, 6, 5)),  # nothing is counted, nothing is moved
        (date(2020, 12, 24), 1, date(2020, 12, 29)),  # the 28th stood in for Boxing Day
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the late Queen's funeral
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the coronation
        (date(2021, 4, 1), 1, date(2021, 4, 6)),  # Easter
        (date(2021, 8, 27), 1, date(2021, 8, 31)),  # England's August holiday, not Scotland's
        (date(2021, 12, 31), 1, date(2022, 1, 4)),  # the next year's holidays count too
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(
    day: date, number: int, expected: date
) -> None:
    assert shifted(day, number, "working_days") == expected


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 40))
def test_working_days_there_and_back(day: date, number: int) -> None:
    there = shifted(day, number, "working_days")
    assert (there - day).days >= number
    back = shifted(there, -number, "working_days")
    # from a weekend or a holiday, the way back ends on the working day before it
    assert back <= day
    assert shifted(back, number, "working_days") == there


@pytest.mark.parametrize("day", [date(1850, 6, 1), date(2100, 12, 30)])
def test_working_days_outside_the_years_whose_holidays_are_known_are_refused(day: date) -> None:
    with pytest.raises(BadInput, match=r"working days can be counted in the years \d{4} to \d{4}"):
        shifted(day, 10, "working_days")


# -- periods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "first", "last"),
    [
        ("after", date(2021, 3, 10), date(2021, 3, 17)),
        ("before", date(2021, 3, 3), date(2021, 3, 10)),
        ("of", date(2021, 3, 3), date(2021, 3, 17)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(direction: Direction, first: date, last: date) -> None:
    assert span(Within(1, "weeks", direction, AsOf()), date(2021, 3, 10)) == (first, last)


@pytest.mark.parametrize(
    ("direction", "first", "last"),
    [
        ("after", date(2021, 3, 17), date(2100, 12, 31)),
        ("before", date(1900, 1, 1), date(2021, 3, 3)),
    ],
)
def test_what_is_far_enough_from_a_day_runs_to_the_end_of_all_years(
    direction: Direction, first: date, last: date
) -> None:
    assert span(Apart(1, "weeks", direction, AsOf()), date(2021, 3, 10)) == (first, last)


# -- timescales --------------------------------------------------------------------------------

REVIEW = Timescale(
    "review",
    "The review follows the meeting.",
    (
        Edition("One", date(2018, 7, 4), 15, "working_days", "The guidance."),
        Edition("Two", date(2023, 12, 15), 2, "weeks", "The guidance."),
    ),
)


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        # 2 and 3 June 2022 were bank holidays, and the day of the event is day 0
        (date(2022, 6, 2), date(2022, 6, 24)),
        (date(2018, 7, 3), None),
        (date(2018, 7, 4), date(2018, 7, 25)),
        (date(2023, 12, 14), date(2024, 1, 9)),  # by the edition of that day, though a later
        (date(2023, 12, 15), date(2023, 12, 29)),  # one came into force before it was over
    ],
)
def test_the_edition_of_the_day_from_which_it_counts_decides(
    moment: date, last: date | None
) -> None:
    test = WithinTimescale(REVIEW, AsOf())
    assert last_day(test, moment) == last
    assert span(test, moment) == (None if last is None else (moment, last))


@pytest.mark.parametrize(
    ("direction", "last"), [("after", date(2021, 3, 17)), ("before", date(2021, 3, 3))]
)
def test_a_period_has_a_last_day_as_a_deadline(direction: Direction, last: date) -> None:
    assert last_day(Within(1, "weeks", direction, AsOf()), date(2021, 3, 10)) == last
