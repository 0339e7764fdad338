"""What a person types as the value of a field, and how a value is said back to them.

Used while a record is being written. Reads what stands there and refuses the rest with a sentence;
what is nearly a word is suggested, never taken. Asks nothing and prints nothing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from checklist import wording
from checklist.errors import NotAnAnswer, nearest
from checklist.record import Case
from checklist.text import escape_controls
from checklist.typed_dates import Direction, read_day
from checklist.values import MOST_TEXT, NOT_KNOWN, plain_code, quoted, read_number
from checklist.vocabulary import Field

Value = str | int | date | list[str]
"""A value as a case file holds it: a list for `codes` and `people`, a code for yes and no."""

_YES_OR_NO: Final = {"y": "yes", "n": "no"}
_NOBODY: Final = ("none", "nobody", "no_one", "nothing", "none_of_these", "none_of_them")
_NUMBER: Final = re.compile(r"#?(?P<number>[0-9]{1,4})")
_NUMBERS: Final = re.compile(r"[0-9]{1,4}(?: +[0-9]{1,4})+")
_YEARS: Final = re.compile(r"(?<=[0-9])\s*(?:y|yrs?|years?)(?: old)?\.?$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[,;&+]\s*(?:and\s+)?")
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_TOLD: Final = 8


class Choice(NamedTuple):
    """One value that can be chosen: as the record holds it, and in words."""

    code: str
    words: str


def choices(field: Field, people: Sequence[str] = ()) -> list[Choice]:
    """Return what can be chosen, in the order of the record's codes or of the people's ids.

    Empty for a field whose values are no closed list: dates, numbers and text. Where one person is
    asked for, the last choice is that nobody knows who it is.
    """
    if field.kind in ("person", "people"):
        known = [Choice(each, wording.name(each)) for each in people]
        return [*known, Choice(NOT_KNOWN, "not known")] if field.kind == "person" else known
    return [Choice(code, wording.word(code)) for code in field.codes]


def people_for(field: Field, case: Case) -> list[str]:
    """Return the ids of those whom a field can name: adults, children, or both."""
    children = [child.id for child in case.children or ()]
    adults = [adult.id for adult in case.adults or ()]
    if field.leads_to == "adult":
        return adults
    return children if field.name == "children" else children + adults


def read(
    field: Field,
    typed: str,
    today: date,
    *,
    direction: Direction = "past",
    people: Sequence[str] = (),
) -> Value:
    """Return the value of a field that was typed, as the case file is to hold it.

    Days count from `today`, and lie in the `direction` where they are typed without a year.
    `people` are the ids that can be named. Raises NotAnAnswer, with a sentence for the person who
    typed.
    """
    typed = _one_line(typed)
    match field.kind:
        case "date":
            return read_day(typed, today, direction)
        case "number":
            return _number(typed, wording.of_field(field).unit)
        case "text" | "word":
            return typed
        case "codes" | "people":
            return _several(_without_stop(typed), choices(field, people))
        case "code" | "person":
            return _one(_without_stop(typed), choices(field, people))


def chosen(typed: str, options: Sequence[Choice]) -> str:
    """Return the code of the one choice that was typed, or raise NotAnAnswer."""
    return _one(_without_stop(_one_line(typed)), options)


def chosen_several(typed: str, options: Sequence[Choice]) -> list[str]:
    """Return the codes of the choices that were typed, none for "none", or raise NotAnAnswer."""
    return _several(_without_stop(_one_line(typed)), options)


def said_back(field: Field, value: Value | frozenset[str]) -> str:
    """Return a value in full, as it is repeated to the person who typed it."""
    if isinstance(value, date):
        return f"{value:%A} {value.day} {value:%B} {value.year}"
    if isinstance(value, int):
        return wording.quantity(value, wording.of_field(field).unit)
    return wording.value(value, field.kind)


def _one_line(typed: str) -> str:
    typed = typed.strip()
    if not typed:
        raise NotAnAnswer("Nothing was typed; write an answer, or skip the question.")
    if len(typed) > MOST_TEXT:
        raise NotAnAnswer(
            f"This answer has {len(typed):,} characters; write it in at most {MOST_TEXT:,}."
        )
    if escape_controls(typed) != typed:
        raise NotAnAnswer(
            "This answer holds a line break, a tab or a character that no screen shows; "
            "write it on one line with letters, digits and punctuation only."
        )
    return typed


def _without_stop(typed: str) -> str:
    return typed.rstrip(" .,;") or typed


def _number(typed: str, unit: str) -> int:
    digits = _YEARS.sub("", typed) if unit == "years" else typed
    try:
        number = read_number(digits)
    except PydanticCustomError:
        number = None
    if not isinstance(number, int):
        raise NotAnAnswer(
            f"{quoted(typed)} is not a whole number of at most nine digits; "
            "write it in digits, such as 12."
        )
    return number


def _several(typed: str, options: Sequence[Choice]) -> list[str]:
    """Return the codes of all that is named, each once, in the order of the choices."""
    plain = plain_code(typed)
    if plain in _NOBODY:
        return []
    if plain == "no":
        raise NotAnAnswer(f'{quoted(typed)} names none of the choices; write "none" if that is so.')
    named = {_one(part, options) for part in _parts(typed, options)}
    return [choice.code for choice in options if choice.code in named]


def _parts(typed: str, options: Sequence[Choice]) -> list[str]:
    """Return what is named, taken apart at commas and "and" but not within a choice's own words."""
    if _NUMBERS.fullmatch(typed):
        return typed.split()
    parts: list[str] = []
    for part in filter(None, _BETWEEN.split(typed)):
        whole = _exactly(part, options) is not None
        parts += [part] if whole else filter(None, map(str.strip, _AND.split(part)))
    if len(parts) > 1 and any(plain_code(part) in _NOBODY for part in parts):
        raise NotAnAnswer(
            f'{quoted(typed)} names some and none; write "none" alone, or leave it out.'
        )
    if not parts:
        raise NotAnAnswer(f"{quoted(typed)} names none of the choices; {_forms(options)}.")
    return parts


def _one(typed: str, options: Sequence[Choice]) -> str:
    """Return the code of the one choice that is named by its words, its code or its number."""
    word = _YES_OR_NO.get(typed.lower(), typed) if _is_yes_or_no(options) else typed
    named, numbered = _exactly(word, options), _by_number(typed, options)
    if named and numbered and named != numbered:
        at = typed.removeprefix("#")
        raise NotAnAnswer(
            f"{quoted(typed)} is an id and the number of another choice; "
            f"write #{at} for the choice with that number."
        )
    if found := named or numbered:
        return found
    if _NUMBER.fullmatch(typed):
        raise NotAnAnswer(f"{quoted(typed)} is no number of a choice; {_forms(options)}.")
    begun, held = _beginning_with(word, options), _holding(typed, options)
    likely = [choice for choice in options if choice in begun or choice in held]
    if begun == likely and len(begun) == 1:
        return begun[0].code
    raise NotAnAnswer(_which(typed, likely, options))


def _is_yes_or_no(options: Sequence[Choice]) -> bool:
    return {"yes", "no"} <= {choice.code for choice in options}


def _exactly(word: str, options: Sequence[Choice]) -> str | None:
    """Return the code of the choice that the word is the code or the words of, in any writing."""
    if any(choice.code == word for choice in options):
        return word
    plain = plain_code(word)
    found = _those(options, lambda name: name == plain)
    return found[0].code if len(found) == 1 else None


def _by_number(typed: str, options: Sequence[Choice]) -> str | None:
    number = _NUMBER.fullmatch(typed)
    if number is None or not 1 <= int(number["number"]) <= len(options):
        return None
    return options[int(number["number"]) - 1].code


def _beginning_with(word: str, options: Sequence[Choice]) -> list[Choice]:
    """Return the choices that begin with the word or have it for their initials.

    A beginning has three letters, and "no" is never short for "not offered".
    """
    plain = str(plain_code(word))
    if plain in ("yes", "no") or len(plain) < 2:
        return []

    def meant(name: str) -> bool:
        initials = "".join(part[0] for part in name.split("_") if part)
        return initials == plain or (len(plain) > 2 and name.startswith(plain))

    return _those(options, meant)


def _holding(typed: str, options: Sequence[Choice]) -> list[Choice]:
    """Return the choices that have what was typed among their words."""
    plain = f"_{plain_code(typed)}_"
    return _those(options, lambda name: plain in f"_{name}_") if len(plain) > 4 else []


def _those(options: Iterable[Choice], wanted: Callable[[str], bool]) -> list[Choice]:
    """Return the choices whose code or words are wanted, in the plain form of codes."""
    return [choice for choice in options if any(wanted(str(plain_code(name))) for name in choice)]


def _which(typed: str, likely: Sequence[Choice], options: Sequence[Choice]) -> str:
    """Return the sentence for an answer that is none of the choices, or could be several."""
    said = quoted(typed)
    if not options:
        return f"{said} is nobody whom the record lists yet; list them first, or write none."
    if len(likely) > 1:
        return f"{said} could be {_told(likely)}; write one of them in full."
    names = [choice.words for choice in likely or options]
    hint = f" (did you mean {names[0]}?)" if likely else nearest(typed, names)
    return f"{said} is none of the choices{hint}; {_forms(options)}."


def _forms(options: Sequence[Choice]) -> str:
    """Return what to write instead."""
    if [choice.code for choice in options] == ["yes", "no"]:
        return "write y or n"
    if len(options) <= _TOLD:
        return f"write {_told(options)}" if options else "write none"
    return f"write {options[0].words}, for example, or a number from 1 to {len(options)}"


def _told(options: Sequence[Choice]) -> str:
    names = [choice.words for choice in options[:_TOLD]]
    if len(options) > _TOLD:
        names.append(f"{len(options) - _TOLD} more")
    return wording.listed(names, "or")
