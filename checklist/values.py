"""The kinds of value that a field can hold, and how each is read from a file.

A reader takes text (YAML) or JSON's own types and gives one form; what it cannot read it refuses
with a sentence of its own. The marker `ValueKind` tells the vocabulary what kind a field holds.
"""

import calendar
import re
from datetime import date
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from checklist.text import short

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_TEXT = 5_000
MOST_ITEMS = 1_000

BLANK: Final = "this is blank; write it out, or take it out where it is not needed"

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_LONGEST_ID: Final = 64
_HALF: Final = re.compile("[\ud800-\udfff]")
_APOSTROPHES: Final = re.compile("['\u2019]")

Kind = Literal["code", "codes", "number", "date", "text", "word", "person", "people"]


SHARED: Final = "shared as"
"""In a part of a JSON Schema, the name under which it is to stand once for all that use it."""


class Shown:
    """A marker on a type: how the JSON Schema shows it, for what YAML editors read as other types.

    They take `12` for a number and `true` for a truth value, and both are accepted as text.
    """

    def __init__(self, shared_as: str, **schema: Any) -> None:
        self._schema = {SHARED: shared_as, **schema}

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return dict(self._schema)


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
    parts = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if parts is None:
        raise wrong(f"{quoted(value)} is not a date; write it as YYYY-MM-DD, such as 2021-02-28")
    year, month, day = (int(part) for part in parts.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong(f"{value} cannot be right: the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise wrong(
            f"{value} is not a date: there is no month {month}; "
            "write year, month and day in this order: YYYY-MM-DD"
        )
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise wrong(f"{value} is not a date: {calendar.month_name[month]} {year} has {days} days")
    return date(year, month, day)


def yes_or_no(value: object) -> object:
    """Return `yes` or `no` for a truth value, however it is written; other words as codes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = plain_code(value)
    return {"true": "yes", "false": "no"}.get(word, word) if isinstance(word, str) else word


def plain_code(value: object) -> object:
    """Return text in the form of a code: `Health visiting` and `health-visiting` alike."""
    if not isinstance(value, str) or (value.islower() and value.isidentifier()):
        return value  # most words are written as codes already
    words = _APOSTROPHES.sub("", value.lower()).replace("-", " ").replace("_", " ")
    return "_".join(words.split())


def one_or_many(value: object) -> object:
    """Return a list for a single word, so that `invited: gp` says the same as `invited: [gp]`."""
    return [value] if isinstance(value, str) else value


def read_number(value: object) -> object:
    """Return a whole number, from a number or its digits."""
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**9:
        raise wrong(
            f"{quoted(value)} is not a whole number; write digits and nothing else, such as 12"
        )
    return value


def _text(value: object) -> object:
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if not isinstance(value, str):
        if value is None:
            raise wrong(BLANK)
        raise wrong(
            f"{quoted(value)} cannot stand here; this needs text (text that begins with "
            "{ or [ stands in quotes)"
        )
    if not value.isascii() and not value.isprintable() and _HALF.search(value):
        raise wrong("this text holds half a character, which no screen can show; write it again")
    if len(value) > MOST_TEXT:
        raise wrong(f"this text has {len(value):,} characters; at most {MOST_TEXT:,} are accepted")
    return value.strip()


def _not_blank(value: str) -> str:
    if not value:
        raise wrong(BLANK)
    return value


def read_id(value: object) -> object:
    """Return the id that a text is, or raise the error that says what is wrong."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > _LONGEST_ID or not _ID.fullmatch(text):
        raise wrong(
            f"{quoted(value)} cannot be an id; use a pseudonym of at most {_LONGEST_ID} letters, "
            "digits, hyphens, underscores and single dots, such as child-1"
        )
    return text


def _person(value: object) -> object:
    return NOT_KNOWN if plain_code(value) == NOT_KNOWN else value


def quoted(value: object) -> str:
    """Return a value as a message names it: the text in quotes, or what it is instead of text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "a blank"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys and values"
    return f'"{short(str(value).lower() if isinstance(value, bool) else str(value), 40)}"'


def wrong(problem: str) -> PydanticCustomError:
    """Return the error that carries one sentence about a value to the person who wrote it."""
    # the problem goes in as data: braces in case text must not be read as a template
    return PydanticCustomError("wrong", "{problem}", {"problem": problem})


NOT_KNOWN: Final = "not_known"
"""Recorded in place of a person where the record says that nobody knows who it is."""

Id = Annotated[
    str,
    BeforeValidator(read_id),
    Shown("Id", type=["string", "integer"], pattern=f"^{_ID.pattern}$", maxLength=_LONGEST_ID),
]
Person = Annotated[Id, BeforeValidator(_person), ValueKind("person")]
_SHOWN_TEXT: Final = Shown("Text", type=["string", "number", "boolean"], maxLength=MOST_TEXT)
Text = Annotated[str, BeforeValidator(_text), _SHOWN_TEXT, ValueKind("text")]
FullText = Annotated[str, BeforeValidator(_text), AfterValidator(_not_blank), _SHOWN_TEXT]
Word = Annotated[str, BeforeValidator(_text), _SHOWN_TEXT, ValueKind("word")]
Number = Annotated[int, BeforeValidator(read_number), ValueKind("number")]
Date = Annotated[date, BeforeValidator(read_date), ValueKind("date")]
YesNo = Annotated[
    Literal["yes", "no"],
    BeforeValidator(yes_or_no),
    Shown("YesNo", enum=["yes", "no", True, False]),
    ValueKind("code", ("yes", "no")),
]
People = Annotated[
    frozenset[Id], BeforeValidator(one_or_many), Field(max_length=MOST_ITEMS), ValueKind("people")
]
