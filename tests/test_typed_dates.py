import datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from checklist.errors import NotAnAnswer
from checklist.text import harmless
from checklist.typed_dates import Direction, read_day
from checklist.values import FIRST_YEAR, LAST_YEAR

TODAY = datetime.date(2021, 2, 10)  # a Wednesday
WRITE = "write day, month and year, such as 3 Feb 2021 or 03/02/2021."
DAYS = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
DIRECTIONS = st.sampled_from(["past", "future"])


def read(typed: str, direction: Direction = "past") -> str:
    return read_day(typed, TODAY, direction).isoformat()


def refusal(typed: str) -> str:
    with pytest.raises(NotAnAnswer) as caught:
        read_day(typed, TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "3 Feb 2021", "3rd Feb 2021", "3rd of February 2021", "the 3rd of February, 2021",
        "03/02/2021", "3/2/21", "3 / 2 / 2021", "3.2.21", "03-02-2021", "3 2 2021", "2021-02-03",
        "2021/2/3", "3-Feb-2021", "3feb21", "3 Feb '21", "3 FEBRUARY 2021", "3 Feb. 2021",
        "February 3, 2021", "Feb 3rd 2021", "Wed 3 Feb 2021", "Weds, 3rd Feb.",
        "on Wednesday 3 February", "3 Feb", "3/2", "3.2.", "  3   feb  ",
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_typed(typed):
    assert read(typed) == "2021-02-03"


@pytest.mark.parametrize(
    ("typed", "past", "future"),
    [
        ("3 Feb", "2021-02-03", "2022-02-03"),
        ("11/2", "2020-02-11", "2021-02-11"),
        ("10 Feb", "2021-02-10", "2021-02-10"),
        ("29 Feb", "2020-02-29", "2024-02-29"),
        ("May 5", "2020-05-05", "2021-05-05"),
        ("Feb 21st", "2020-02-21", "2021-02-21"),
        ("Tuesday", "2021-02-09", "2021-02-16"),
        ("Wed", "2021-02-03", "2021-02-17"),
        ("3.2.22", "2022-02-03", "2022-02-03"),
        ("3.2.23", "1923-02-03", "2023-02-03"),
        ("3.2.42", "1942-02-03", "1942-02-03"),
        ("3.2.85", "1985-02-03", "1985-02-03"),
    ],
)
def test_what_is_left_out_is_found_in_the_direction_asked_for(typed, past, future):
    assert read(typed) == past
    assert read(typed, "future") == future


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2021-02-10"),
        ("Yesterday", "2021-02-09"),
        ("the day before yesterday", "2021-02-08"),
        ("tomorrow", "2021-02-11"),
        ("day after tomorrow", "2021-02-12"),
        ("last Monday", "2021-02-08"),
        ("last wednesday", "2021-02-03"),
        ("last Thursday", "2021-02-04"),
        ("next Tuesday", "2021-02-16"),
        ("next Wed", "2021-02-17"),
        ("next thurs", "2021-02-11"),
        ("Monday week", "2021-02-22"),
        ("Friday last week", "2021-02-05"),
        ("Monday this week", "2021-02-08"),
        ("Sunday next week", "2021-02-21"),
        ("a fortnight ago", "2021-01-27"),
        ("2 weeks ago", "2021-01-27"),
        ("two weeks ago", "2021-01-27"),
        ("10 days ago", "2021-01-31"),
        ("in 10 days", "2021-02-20"),
        ("in a week", "2021-02-17"),
        ("in two weeks' time", "2021-02-24"),
        ("in a week’s time", "2021-02-17"),  # noqa: RUF001 (as a word processor writes it)
        ("3 weeks from today", "2021-03-03"),
        ("2 months ago", "2020-12-10"),
        ("in 3 months", "2021-05-10"),
        ("a year ago", "2020-02-10"),
    ],
)
def test_a_day_is_counted_from_the_day_given(typed, day):
    assert read(typed) == day
    assert read(typed, "future") == day


def test_a_month_on_ends_with_the_month():
    assert read_day("in a month", datetime.date(2021, 1, 31)) == datetime.date(2021, 2, 28)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/02/2021", f"is not a date: February has no day 31; {WRITE}"),
        ("29/02/2021", f"is not a date: February 2021 has 28 days; {WRITE}"),
        ("30 Feb", f"is not a date: February has no day 30; {WRITE}"),
        ("0/2/2021", f"is not a date: February has no day 0; {WRITE}"),
        ("Feb 2021", f"does not say which day; {WRITE}"),
        ("February", f"does not say which day; {WRITE}"),
        ("02/2021", f"does not say which day; {WRITE}"),
        ("2021", f"does not say which day; {WRITE}"),
        ("last week", f"does not say which day; {WRITE}"),
        ("5", f"does not say which month; {WRITE}"),
        ("the 3rd", f"does not say which month; {WRITE}"),
        ("Feb 21", f"could be a day or a year; {WRITE}"),
        ("soon", f"is not a day; {WRITE}"),
        ("10-12", f"is not a day; {WRITE}"),
        ("3 Feb 2021 or 4 Feb 2021", f"is not a day; {WRITE}"),
        ("3 Feb 202", f"is not a day; {WRITE}"),
        ("2021-3", f"is not a day; {WRITE}"),
        ("3/2-21", f"is not a day; {WRITE}"),
        ("3 Febuary 2021", f"is not a day (did you mean February?); {WRITE}"),
        ("wendsday", f"is not a day (did you mean Wednesday?); {WRITE}"),
        ("yestreday", f"is not a day (did you mean yesterday?); {WRITE}"),
        ("3 weeks", "does not say which way; write 3 weeks ago or in 3 weeks."),
    ],
)
def test_what_names_no_one_day_is_refused_with_a_form_that_works(typed, why):
    assert refusal(typed) == f'"{typed}" {why}'


@pytest.mark.parametrize("typed", ["13/13/2020", "02/13/2021", "2021-13-02", "3/0/2021", "9/13"])
def test_day_and_month_never_change_places(typed):
    assert "is not a date: there is no month" in refusal(typed)
    assert "such as 03/02/2021, unless" in refusal(typed)


@pytest.mark.parametrize("typed", ["Tuesday 3 February 2021", "Tue 3 Feb"])
def test_a_weekday_that_is_not_the_dates_is_refused(typed):
    assert refusal(typed) == (
        f'"{typed}" does not fit together: 3 February 2021 is a Wednesday; '
        "write the date with its year and without the weekday, such as 3 Feb 2021."
    )


@pytest.mark.parametrize(
    "typed", ["3 Feb 1899", "3 Feb 2101", "122 years ago", "in 100 years", "9999 years ago",
              "in 9999 fortnights", "0000-01-01"],
)  # fmt: skip
def test_a_year_that_the_record_does_not_accept_is_refused(typed):
    assert refusal(typed) == (
        f'"{typed}" cannot be right: the year must be from 1900 to 2100, such as 3 Feb 2021.'
    )


@given(DAYS, DIRECTIONS)
@example(datetime.date(FIRST_YEAR, 1, 1), "future")
@example(datetime.date(LAST_YEAR, 12, 31), "past")
def test_a_full_date_is_the_same_day_whatever_the_direction(day, direction):
    for typed in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert read_day(typed, TODAY, direction) == day


@given(DAYS, DAYS, DIRECTIONS)
@example(datetime.date(2096, 2, 29), datetime.date(2004, 2, 29), "future")
def test_a_date_without_its_year_is_the_nearest_in_its_direction(today, day, direction):
    assume(FIRST_YEAR + 8 < today.year < LAST_YEAR - 8)
    found = read_day(f"{day.day} {day:%b}", today, direction)
    assert (found.day, found.month) == (day.day, day.month)
    assert found <= today if direction == "past" else found >= today
    assert abs(found - today).days <= (366 if (day.day, day.month) != (29, 2) else 8 * 366)


@given(DAYS, st.integers(0, 6), DIRECTIONS)
def test_a_weekday_is_within_a_week_and_never_today(today, weekday, direction):
    assume(FIRST_YEAR < today.year < LAST_YEAR)
    name = f"{datetime.date(2024, 1, 1 + weekday):%A}"
    found = read_day(name, today, direction)
    assert found.weekday() == weekday
    assert 1 <= abs((found - today).days) <= 7
    assert found < today if direction == "past" else found > today
    assert found == read_day(f"{'last' if direction == 'past' else 'next'} {name}", today)


PARTS = st.sampled_from(
    ["3", "31", "0", "2021", "21", "/", ".", "-", " ", "feb", "monday", "last", "next", "week",
     "ago", "in", "a", "th", "'", ",", "of", "on", "days", "\u0663", "\u0130"]
)  # fmt: skip


@given(st.text(max_size=80) | st.lists(PARTS, max_size=8).map(" ".join)
       | st.lists(PARTS, max_size=8).map("".join), st.dates(), DIRECTIONS)  # fmt: skip
def test_any_text_is_a_day_or_refused_in_one_sentence(typed, today, direction):
    try:
        day = read_day(typed, today, direction)
    except NotAnAnswer as refused:
        refusal = str(refused)
    else:
        assert FIRST_YEAR <= day.year <= LAST_YEAR
        return
    assert refusal.endswith(".")
    assert refusal == harmless(refusal)
