"""What can be worked out from dates: ages, periods, working days. Pure functions."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from checklist.conditions import Apart, Counted, Period, Unit, Within
from checklist.errors import BadInput, Fault
from checklist.values import FIRST_YEAR, LAST_YEAR

WEEKS_OF_PREGNANCY = 40
"""A pregnancy is counted from 40 weeks before the due date, or the birth where none is known."""

_FIRST_DAY, _LAST_DAY = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)


def years_between(earlier: datetime.date, later: datetime.date) -> int:
    """Return the complete years from one day to a later one: an age on that day.

    Who is born on 29 February is a year older on 1 March where there is no such day: the usual
    reading in England, and the careful one, since it lets a child count as a child.
    """
    birthday_is_ahead = (later.month, later.day) < (earlier.month, earlier.day)
    return later.year - earlier.year - birthday_is_ahead


def start_of_pregnancy(due_or_born: datetime.date) -> datetime.date:
    """Return the day from which a pregnancy that ends on this day is counted."""
    return due_or_born - datetime.timedelta(weeks=WEEKS_OF_PREGNANCY)


def shifted(day: datetime.date, number: int, unit: Unit) -> datetime.date:
    """Return the day that lies `number` units after `day` (before it, where negative).

    `day` is day 0. Months are calendar months: a month after 31 January is the last of February.
    Working days are Monday to Friday without England's bank holidays.
    """
    match unit:
        case "days":
            return day + datetime.timedelta(days=number)
        case "weeks":
            return day + datetime.timedelta(weeks=number)
        case "months":
            from dateutil.relativedelta import relativedelta  # only months need it

            return day + relativedelta(months=number)
        case "working_days":
            return _shifted_working_days(day, number)


def span(test: Counted, moment: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day that pass a test which counts from the moment.

    What has no end runs to the end of the years that a record can hold. None where no edition of
    its timescale is known for that day.
    """
    if isinstance(test, Apart):
        if test.direction == "before":
            return _FIRST_DAY, shifted(moment, -test.number, test.unit)
        return shifted(moment, test.number, test.unit), _LAST_DAY
    if not isinstance(test, Within):
        last_of_it = last_day(test, moment)
        return None if last_of_it is None else (moment, last_of_it)
    first, last = moment, moment
    if test.direction in ("of", "before"):
        first = shifted(moment, -test.number, test.unit)
    if test.direction in ("of", "after"):
        last = shifted(moment, test.number, test.unit)
    return first, last


def last_day(by: Period, moment: datetime.date) -> datetime.date | None:
    """Return the last day of a period that counts after the moment or before it, as a deadline.

    None where no edition of its timescale is known for the moment's day.
    """
    if isinstance(by, Within):
        return shifted(moment, -by.number if by.direction == "before" else by.number, by.unit)
    edition = by.timescale.on(moment)
    return None if edition is None else shifted(moment, edition.number, edition.unit)


@lru_cache(maxsize=20_000)
def _shifted_working_days(day: datetime.date, number: int) -> datetime.date:
    step = datetime.timedelta(days=1 if number > 0 else -1)
    left, year, holidays = abs(number), 0, frozenset[datetime.date]()
    while left:
        day += step
        if day.weekday() >= 5:
            continue
        if day.year != year:
            year, holidays = day.year, _bank_holidays(day.year)
        left -= day not in holidays
    return day


BankHolidays = dict[int, frozenset[datetime.date]]
"""England's bank holidays by year; none for a year in which they are not known."""


def bank_holidays_of(years: Iterable[int]) -> BankHolidays:
    """Return England's bank holidays in those of the years in which they are known."""
    from holidays import country_holidays  # takes longer than all else that one review does
    from holidays.countries.united_kingdom import UnitedKingdom as Known

    return {
        year: frozenset(country_holidays("GB", subdiv="ENG", years=year))
        for year in years
        if Known.start_year <= year <= Known.end_year
    }


def remember(bank_holidays: BankHolidays) -> None:
    """Take bank holidays as known, so that they need not be worked out."""
    _known_bank_holidays.update(bank_holidays)


def _bank_holidays(year: int) -> frozenset[datetime.date]:
    if year not in _known_bank_holidays:
        _known_bank_holidays.update(bank_holidays_of([year]))
    if year not in _known_bank_holidays:
        from holidays.countries.united_kingdom import UnitedKingdom as Known

        known = f"{Known.start_year} to {Known.end_year}"
        raise BadInput([Fault(f"working days can be counted in the years {known}, not in {year}")])
    return _known_bank_holidays[year]


_known_bank_holidays: BankHolidays = {}
