"""The kinds of value that a field can hold, and how each is read from a file.

A reader takes text (YAML) or JSON's own types and gives one form; what it cannot read it refuses
with a sentence of its own. The marker `ValueKind` tells the vocabulary what kind a field holds.
"""

import calendar
import re
from datetime import date
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from checklist.text import short

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_TEXT = 5_000
MOST_ITEMS = 1_000

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

Kind = Literal["code", "codes", "number", "date", "text", "word", "person", "people"]


class ValueKind(NamedTuple):
    """What kind of value a field holds: the marker on its type, read by the vocabulary.

    `codes` are the values a `code` or `codes` field can have.
    """

    kind: Kind
    codes: tuple[str, ...] = ()


def read_date(value: object) -> object:
    """Return the date that `YYYY-MM-DD` names, or raise the error that says what is wrong."""
    if isinstance(value, date):
        return value
    parts = _DATE.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise wrong(f"{_quoted(value)} is not a date; write it as YYYY-MM-DD, such as 2021-02-28")
    year, month, day = (int(part) for part in parts.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong(f"{value} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise wrong(f"{value} is not a date: there is no month {month}; write YYYY-MM-DD")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise wrong(f"{value} is not a date: {calendar.month_name[month]} {year} has {days} days")
    return date(year, month, day)


def _yes_or_no(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = plain_code(value)
    return {"true": "yes", "false": "no"}.get(word, word) if isinstance(word, str) else word


def plain_code(value: object) -> object:
    """Return text in the form of a code: `Health visiting` and `health-visiting` alike."""
    if isinstance(value, str):
        return value.strip().lower().replace(" ", "_").replace("-", "_")
    return value


def one_or_many(value: object) -> object:
    """Return a list for a single word, so that `invited: gp` says the same as `invited: [gp]`."""
    return [value] if isinstance(value, str) else value


def read_number(value: object) -> object:
    """Return a whole number, from a number or its digits."""
    if isinstance(value, str):
        if not re.fullmatch(r"-?[0-9]{1,9}", value.strip()):
            raise wrong(f"{_quoted(value)} is not a whole number")
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**9:
        raise wrong(f"{_quoted(value)} is not a whole number")
    return value


def _text(value: object) -> object:
    if isinstance(value, bool | int | float):
        return str(value)
    if not isinstance(value, str):
        raise wrong("this must be text")
    if len(value) > MOST_TEXT:
        raise wrong(f"this text has {len(value):,} characters; at most {MOST_TEXT:,} are accepted")
    return value.strip()


def _not_blank(value: str) -> str:
    if not value:
        raise wrong("this is blank; write it out, or leave the whole key out")
    return value


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")


def _id(value: object) -> object:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > 64 or not _ID.fullmatch(text):
        raise wrong(
            f"{_quoted(value)} cannot be an id; use a pseudonym of at most 64 letters, digits, "
            "hyphens, underscores and single dots"
        )
    return text


def _quoted(value: object) -> str:
    return f'"{short(str(value), 40)}"' if not isinstance(value, dict | list) else "this"


def wrong(problem: str) -> PydanticCustomError:
    """Return the error that carries one sentence about a value to the person who wrote it."""
    # the problem goes in as data: braces in case text must not be read as a template
    return PydanticCustomError("wrong", "{problem}", {"problem": problem})


Id = Annotated[str, BeforeValidator(_id)]
Person = Annotated[Id, ValueKind("person")]
Text = Annotated[str, BeforeValidator(_text), ValueKind("text")]
FullText = Annotated[str, BeforeValidator(_text), AfterValidator(_not_blank)]
Word = Annotated[str, BeforeValidator(_text), ValueKind("word")]
Number = Annotated[int, BeforeValidator(read_number), ValueKind("number")]
Date = Annotated[date, BeforeValidator(read_date), ValueKind("date")]
YesNo = Annotated[
    Literal["yes", "no"], BeforeValidator(_yes_or_no), ValueKind("code", ("yes", "no"))
]
People = Annotated[
    frozenset[Id], BeforeValidator(one_or_many), Field(max_length=MOST_ITEMS), ValueKind("people")
]

NOT_KNOWN: Final = "not_known"
"""Recorded in place of a person where the record says that nobody knows who it is."""
