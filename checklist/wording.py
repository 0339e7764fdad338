"""Codes, dates and tests said in plain words."""

import datetime
from collections.abc import Iterable
from typing import Any as Anything
from typing import Final

from checklist.conditions import (
    After,
    AsOf,
    AtLeast,
    AtMost,
    Before,
    DateField,
    Equals,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Test,
    Within,
)
from checklist.values import NOT_KNOWN, Kind

_CAPITALS: Final = {
    "gp": "GP",
    "gcp2": "GCP2",
    "gcp2_antenatal": "antenatal GCP2",
    "dash": "DASH",
    "marac": "MARAC",
    "idva": "IDVA",
    "camhs": "CAMHS",
    "childrens_social_care": "children's social care",
    "childrens_centre": "children's centre",
    "pre_birth": "pre-birth",
    "pre_birth_conference": "pre-birth conference",
    "initial_conference": "initial child protection conference",
    "review_conference": "review child protection conference",
    "team_around_family": "team around the family",
    "neonatal": "neonatal unit",
    NOT_KNOWN: "not known",
}


def word(code: str) -> str:
    """Return a code in words: `health_visiting` as "health visiting", `gp` as "GP"."""
    return _CAPITALS.get(code) or code.replace("_", " ")


def name(pseudonym: str) -> str:
    """Return a person's pseudonym as it is said: `unborn-baby` as "unborn baby"."""
    return pseudonym.replace("-", " ").replace("_", " ")


def day(date: datetime.date) -> str:
    """Return a date as "8 Jan 2021"."""
    return f"{date.day} {date:%b} {date.year}"


def month(year_and_month: str) -> str:
    """Return `2021-03` as "Mar 2021"; anything else as it is."""
    try:
        return f"{datetime.date.fromisoformat(f'{year_and_month}-01'):%b %Y}"
    except ValueError:
        return year_and_month


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as "a, b and c"."""
    *others, final = list(words) or [""]
    return f"{', '.join(others)} {last} {final}" if others else final


def value(found: Anything, kind: Kind = "code") -> str:
    """Return a recorded value of a kind in words; an empty list is "none"."""
    if isinstance(found, datetime.date):
        return day(found)
    if kind in ("codes", "people"):
        say = word if kind == "codes" else name
        return listed(sorted(map(say, found))) if found else "none"
    if kind == "person":
        return word(found) if found == NOT_KNOWN else name(found)
    return word(found) if kind == "code" else str(found)


def test(tested: Test, kind: Kind) -> str:
    """Return a test of a field of a kind in words that follow its name, such as "includes GP"."""
    match tested:
        case Equals(wanted):
            return value(wanted, kind)
        case In(wanted):
            return listed([value(each, kind) for each in wanted], "or")
        case Includes(codes):
            return f"includes {listed([word(code) for code in codes])}"
        case IncludesThis(this):
            return f"includes this {word(this)}"
        case AtLeast(number):
            return f"{number} or more"
        case AtMost(number):
            return f"{number} or less"
        case Before(moment):
            return f"before {when(moment)}"
        case After(moment):
            return f"after {when(moment)}"
        case Within():
            return period(tested)
        case IsRecorded():
            return "recorded"


def period(within: Within) -> str:
    """Return a period in words, such as "within 6 weeks before the date"."""
    unit = within.unit.replace("_", " ")
    if within.number == 1:
        unit = unit.removesuffix("s")
    return f"within {within.number} {unit} {within.direction} {when(within.moment)}"


def when(moment: Moment) -> str:
    """Return a moment in words."""
    match moment:
        case AsOf():
            return "the day of the review"
        case DateField(steps, field):
            return field_name(".".join([*steps, field.name]))
        case _:
            return day(moment)


def sentence(words: str) -> str:
    """Return words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def field_name(path: str) -> str:
    """Return a field's path in words: `father.spoken_to` as "father: spoken to"."""
    return ": ".join(word(step) for step in path.split(".") if step != "case")


def day_count(days: int) -> str:
    """Return a number of days as "today", "1 day left", "3 days ago"."""
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"{days} {unit} left" if days > 0 else f"{-days} {unit} ago"
