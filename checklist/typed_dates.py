"""Days as people in England type them: `3 Feb`, `03/02/2021`, `last Monday`, `2 weeks ago`.

A closed grammar: what it does not know it refuses. The libraries for this take what they can get:
dateparser and dateutil both read 02/13/2021 as 13 February, neither minds a weekday that is not
the date's, neither knows "last Monday", and dateutil with the day first reads 2021-02-03 as
2 March.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final, Literal

from checklist.errors import NotAnAnswer, nearest
from checklist.values import FIRST_YEAR, LAST_YEAR, quoted

Direction = Literal["past", "future"]
"""Where a day lies that is typed without its year: up to the day counted from, or from it on."""

_WRITE: Final = "write day, month and year, such as 3 Feb 2021 or 03/02/2021"
_LONGEST: Final = 60

# a year of two digits is one of the hundred that end with this many years from now
_YEARS_AHEAD: Final[dict[Direction, int]] = {"past": 1, "future": 20}

_MONTHS: Final = tuple(name.lower() for name in calendar.month_name)[1:]
_WEEKDAYS: Final = tuple(name.lower() for name in calendar.day_name)
_DAYS_BY_NAME: Final = {
    "today": 0,
    "yesterday": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_WEEKS: Final = {"last week": -1, "this week": 0, "next week": 1}
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip

_PERIOD: Final = (
    rf"(?P<number>[0-9]{{1,4}}|{'|'.join(_NUMBERS)}) (?P<unit>day|week|fortnight|month|year)s?"
)
_PERIODS: Final = (
    (re.compile(f"{_PERIOD} ago"), -1),
    (re.compile(f"in {_PERIOD}(?: time)?"), 1),
    (re.compile(f"{_PERIOD} (?:time|from (?:now|today))"), 1),
)
_PERIOD_ALONE: Final = re.compile(_PERIOD)

_DAY: Final = r"(?P<day>[0-9]{1,2})(?P<nth>st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DATES: Final = tuple(
    map(
        re.compile,
        (
            r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
            rf"(?P<day>[0-9]{{1,2}})(?P<mark>[-/. ])(?P<month>[0-9]{{1,2}})(?P=mark){_YEAR}",
            r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})",
            rf"{_DAY} ?(?:of )?{_MONTH}(?: ?{_YEAR})?",
            rf"{_MONTH} ?{_DAY}(?: {_YEAR})?",
        ),
    )
)
_DAY_OR_YEAR: Final = re.compile(r"[a-z]{3,9} ?(?P<digits>[0-9]{2})")
_NO_DAY: Final = re.compile(rf"{_MONTH} ?[0-9]{{4}}|[0-9]{{1,2}}[-/. ][0-9]{{4}}|[0-9]{{4}}")
_NO_MONTH: Final = re.compile(_DAY)


def read_day(typed: str, today: date, direction: Direction = "past") -> date:
    """Return the one day that the words name, counted from `today`.

    The day comes before the month, always. A day without its year is the nearest in the direction
    asked for; `last` and `next` with a weekday are the nearest such day before and after today.
    A year of two digits is one of the hundred up to next year, or in the future up to 20 years
    from now. Raises NotAnAnswer for what names no day, or could name two.
    """
    words = _plain(typed)
    try:
        found = _found(words, typed, today, direction) if len(words) <= _LONGEST else None
    except (OverflowError, ValueError):  # farther away than there are dates
        raise _outside(typed) from None
    if found is None:
        raise NotAnAnswer(_why_not(words, typed))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _outside(typed)
    return found


def _plain(typed: str) -> str:
    """Return what was typed in one form: small letters, single spaces, no marks round words."""
    words = re.sub("['\u2019,]", " ", typed[: 4 * _LONGEST].casefold())
    words = re.sub(r"\bs (?=time)", "", words)  # a week's time
    words = re.sub(r"[-.](?=[a-z])|(?<=[a-z])[-.]|(?<=[0-9])\.$", " ", words.strip())
    words = re.sub(r" ?([-/.]) ?", r"\1", " ".join(words.split()))
    return words.removeprefix("on ").removeprefix("the ")


def _found(words: str, typed: str, today: date, direction: Direction) -> date | None:
    if words in _DAYS_BY_NAME:
        return today + timedelta(days=_DAYS_BY_NAME[words])
    for form, sign in _PERIODS:
        if period := form.fullmatch(words):
            return _away(period, sign, today)
    first, _, rest = words.partition(" ")
    if first in ("last", "next") and (weekday := _weekday(rest)) is not None:
        return _nearest_weekday(weekday, today, "past" if first == "last" else "future")
    if (weekday := _weekday(first)) is not None:
        return _on_weekday(weekday, rest, typed, today, direction)
    return _on_date(words, typed, today, direction)


def _away(period: re.Match[str], sign: int, today: date) -> date:
    number, unit = period["number"], period["unit"]
    count = sign * (_NUMBERS[number] if number in _NUMBERS else int(number))
    if unit in ("month", "year"):
        from dateutil.relativedelta import relativedelta  # seldom typed, and slow to import

        months = count if unit == "month" else 12 * count
        return today + relativedelta(months=months)
    return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _weekday(word: str) -> int | None:
    """Return the number of a weekday from Monday, 0, by its name or the beginning of it."""
    if word == "weds":
        return _WEEKDAYS.index("wednesday")
    return _place(word, _WEEKDAYS)


def _place(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < 3:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(word)), None)


def _nearest_weekday(weekday: int, today: date, direction: Direction) -> date:
    """Return the nearest such day that is not today."""
    if direction == "past":
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _on_weekday(
    weekday: int, rest: str, typed: str, today: date, direction: Direction
) -> date | None:
    if not rest:
        return _nearest_weekday(weekday, today, direction)
    if rest == "week":
        return _nearest_weekday(weekday, today, "future") + timedelta(weeks=1)
    if rest in _WEEKS:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=_WEEKS[rest], days=weekday)
    found = _on_date(rest, typed, today, direction)
    if found is not None and found.weekday() != weekday:
        day = f"{found.day} {found:%B} {found.year}"
        raise NotAnAnswer(
            f"{quoted(typed)} does not fit together: {day} is a {found:%A}; "
            "write the date with its year and without the weekday, such as 3 Feb 2021."
        )
    return found


def _on_date(words: str, typed: str, today: date, direction: Direction) -> date | None:
    if _DAY_OR_YEAR.fullmatch(words):
        return None  # Feb 21: a day or a year
    for form in _DATES:
        if parts := form.fullmatch(words):
            month = _month(parts["month"])
            if month is None:
                return None
            day, year = int(parts["day"]), parts.groupdict().get("year")
            _check(day, month, typed)
            if year is None:
                return _nearest_date(day, month, today, direction)
            return _date(_in_full(year, today, direction), month, day, typed)
    return None


def _month(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    at = _place(word, _MONTHS)
    return None if at is None else at + 1


def _check(day: int, month: int, typed: str) -> None:
    """Refuse a day and a month that are in no year."""
    if not 1 <= month <= 12:
        raise NotAnAnswer(
            f"{quoted(typed)} is not a date: there is no month {month}; the day comes before the "
            "month, such as 03/02/2021, unless the year comes first, such as 2021-02-03."
        )
    most = calendar.monthrange(2000, month)[1]  # a leap year
    if not 1 <= day <= most:
        raise NotAnAnswer(
            f"{quoted(typed)} is not a date: {calendar.month_name[month]} has no day {day}; "
            f"{_WRITE}."
        )


def _date(year: int, month: int, day: int, typed: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside(typed)
    most = calendar.monthrange(year, month)[1]
    if day > most:
        raise NotAnAnswer(
            f"{quoted(typed)} is not a date: {calendar.month_name[month]} {year} has {most} days; "
            f"{_WRITE}."
        )
    return date(year, month, day)


def _nearest_date(day: int, month: int, today: date, direction: Direction) -> date | None:
    step = -1 if direction == "past" else 1
    for year in range(today.year, today.year + 9 * step, step):  # 29 Feb: once in 8 years or more
        if day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found == today or (found < today) == (direction == "past"):
            return found
    return None


def _in_full(year: str, today: date, direction: Direction) -> int:
    if len(year) == 4:
        return int(year)
    last = today.year + _YEARS_AHEAD[direction]
    return last - (last - int(year)) % 100


def _outside(typed: str) -> NotAnAnswer:
    return NotAnAnswer(
        f"{quoted(typed)} cannot be right: the year must be from {FIRST_YEAR} to {LAST_YEAR}, "
        "such as 3 Feb 2021."
    )


def _why_not(words: str, typed: str) -> str:
    """Return the sentence that says why no one day is named and shows a form that works."""
    said = quoted(typed)
    if _PERIOD_ALONE.fullmatch(words):
        return f"{said} does not say which way; write {words} ago or in {words}."
    day_or_year = _DAY_OR_YEAR.fullmatch(words)
    if day_or_year and _place(words.rstrip("0123456789 "), _MONTHS) is not None:
        return f"{said} could be a day or a year; {_WRITE}."
    if words in _WEEKS or _NO_DAY.fullmatch(words) or _place(words, _MONTHS) is not None:
        return f"{said} does not say which day; {_WRITE}."
    if _NO_MONTH.fullmatch(words):
        return f"{said} does not say which month; {_WRITE}."
    return f"{said} is not a day{_hint(words)}; {_WRITE}."


def _hint(words: str) -> str:
    """Return the suggestion for the first word that is nearly a name of a day or a month."""
    known = (*calendar.month_name[1:], *calendar.day_name, *_DAYS_BY_NAME)
    strange = (word for word in words.split() if word.isalpha() and len(word) > 3)
    return next(filter(None, (nearest(word, known) for word in strange)), "")
