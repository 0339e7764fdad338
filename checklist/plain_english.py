"""Conditions said in plain English, from the conditions themselves, for people who sign off.

`who` is what the sentences speak of, such as "the meeting"; without it they say "it".
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    After,
    All,
    Any,
    Apart,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    Equals,
    Every,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Named,
    Not,
    Period,
    Some,
    Through,
    Within,
    WithinTimescale,
    parts_of,
    walk,
)
from checklist.vocabulary import collections

_OF_IT: Final = re.compile(r"\bthe (\w+) of it\b")

ALL_OF_THESE: Final = "all of these:"
ANY_OF_THESE: Final = "any of these:"
NOT_ALL_OF_THESE: Final = "not all of these:"
NONE_OF_THESE: Final = "none of these:"
DEFINED_BELOW: Final = ", as defined below"


def clause(condition: Condition, who: str | None = None, *, elsewhere: bool = False) -> str:
    """Return a condition as one line, such as "those invited to the meeting include the GP".

    `elsewhere` says that `who` is not what the reader has in mind, and so is to be named.
    """
    return _clause(condition, _Who(who, elsewhere))


def outline(condition: Condition, who: str | None = None) -> Iterator[tuple[int, str]]:
    """Yield a condition as lines of an outline, each with its depth.

    A line over others says how they are joined, and ends in a colon.
    """
    yield from _lines(condition, _Who(who), 0, _Lead())


def deadline(by: Moment | Period, who: str | None = None) -> str:
    """Return a rule's deadline in words, such as "until 6 weeks before the date of the meeting"."""
    if not isinstance(by, Period):
        return f"until {wording.when(by, who)}"
    when = wording.when(by.moment, who)
    if isinstance(by, Within) and not by.number:
        return f"until {when}"
    return f"until {wording.length(by)} {when}"


class _Who(NamedTuple):
    """What a sentence speaks of; `elsewhere`, where that is not what the whole condition is on."""

    words: str | None
    elsewhere: bool = False


# -- clauses -----------------------------------------------------------------------------------


def _clause(condition: Condition, who: _Who) -> str:
    match condition:
        case Atom():
            return _its(_atom(condition, who, holds=True))
        case Named():
            return _named(condition, who, holds=True)
        case All((), way):
            return way or "always"
        case All(parts):
            return _joined([_grouped(part, who, Any) for part in parts], "and")
        case Any(parts):
            said = _joined([_grouped(part, who, All) for part in parts], "or")
            return f"either {said}" if len(parts) > 1 else said
        case Not(part):
            return _not(part, who)
        case Some(plural, part):
            return _of_a_member(plural, part, "at least one", "there is at least one {} where {}")
        case Every(plural, part):
            return _of_a_member(plural, part, "each", "for each {}: {}")
        case Through(step, part):
            return _clause(part, _reached(step, who))


def _not(part: Condition, who: _Who) -> str:
    match part:
        case Atom():
            return _its(_atom(part, who, holds=False))
        case Named():
            return _named(part, who, holds=False)
        case Not(inner):
            return _clause(inner, who)
        case Through(step, inner):
            return _not(inner, _reached(step, who))
        case Some(plural, inner):
            return _of_a_member(plural, inner, "no", "there is no {} where {}")
        case _:
            return f"it is not so that {_clause(part, who)}"


def _of_a_member(plural: str, part: Condition, which: str, otherwise: str) -> str:
    """Return what is so of members of a collection, with them in the sentence where they fit it."""
    member = _member(plural)
    inside = part.part if isinstance(part, Not) else part
    said = _clause(part, _Who("{who}"))
    # a sentence that begins with whom it speaks of stays clear with "no" or "at least one" before
    # it, and with "each" where it holds no "not"
    unclear = which == "each" and " not " in said
    if isinstance(inside, Atom) and said.startswith("{who} ") and not unclear:
        return said.replace("{who}", f"{which} {member}")
    return otherwise.format(member, _clause(part, _it(plural)))


def _atom(atom: Atom, who: _Who, *, holds: bool) -> str:
    field = atom.field
    words = wording.of_field(field)
    subject = who.words or wording.stand_in(field)
    noun = words.noun.format(who=subject)
    is_ = "are" if words.many else "is"
    if not holds:
        is_ += " not"
    match atom.test:
        case IsRecorded():
            return f"{noun} {is_} recorded"
        case Equals(wanted) if field.codes == wording.YES_AND_NO:
            return (words.holds if (wanted == "yes") is holds else words.fails).format(who=subject)
        case Equals() | In() | Includes() | IncludesThis():
            value = wording.wanted(atom.test, field)
            # that a list does not hold all of several is more than "not A and B" says
            several = isinstance(atom.test, Includes) and len(atom.test.codes) > 1
            if holds or several:
                said = words.holds.format(who=subject, value=value)
                return said if holds else f"it is not so that {said}"
            return words.fails.format(who=subject, value=value)
        case AtLeast(number) if not holds:
            return f"{noun} is less than {wording.quantity(number, words.unit)}"
        case AtMost(number) if not holds:
            return f"{noun} is more than {wording.quantity(number, words.unit)}"
        case AtLeast(number):
            return f"{noun} is {wording.quantity(number, words.unit)} or more"
        case AtMost(number):
            return f"{noun} is {wording.quantity(number, words.unit)} or less"
        case Before(moment):
            return f"{noun} {is_} before {wording.when(moment, who.words)}"
        case After(moment):
            return f"{noun} {is_} after {wording.when(moment, who.words)}"
        case Within() | WithinTimescale() | Apart():
            return f"{noun} {is_} {wording.period(atom.test, who.words)}"


def _its(said: str) -> str:
    return _OF_IT.sub(r"its \1", said)


def _named(term: Named, who: _Who, *, holds: bool) -> str:
    # the name alone: what it says of whom, only those who chose it know
    said = f'"{wording.word(term.term)}"'
    if who.elsewhere:
        said = f"{said} of {who.words}"
    return said if holds else f"not {said}"


def _grouped(part: Condition, who: _Who, needs_brackets: type) -> str:
    said = _clause(part, who)
    several = isinstance(part, needs_brackets) and len(parts_of(part)) > 1
    return f"({said})" if several else said


def _joined(said: list[str], word: str) -> str:
    """Return clauses joined by a word; with a comma where they hold an "and" or "or" themselves."""
    plain = not any(f" {inner} " in each for each in said for inner in ("and", "or"))
    return (f" {word} " if plain else f", {word} ").join(said)


# -- outlines ----------------------------------------------------------------------------------


class _Lead(NamedTuple):
    """What stands on a line before what it says: before a sentence, and before a list."""

    leaf: str = ""
    group: str = ""

    def then(self, words: str, before_list: str) -> "_Lead":
        return _Lead(f"{self.leaf}{words}: ", f"{self.leaf}{words}{before_list}")


def _lines(condition: Condition, who: _Who, depth: int, lead: _Lead) -> Iterator[tuple[int, str]]:
    match condition:
        case All(parts, way) | Any(parts, way) if parts and (way or len(parts) > 1):
            if way:
                lead = lead.then(way, "; that is, ")
            if len(parts) == 1:
                yield from _lines(parts[0], who, depth, lead)
                return
            yield depth, lead.group + (ALL_OF_THESE if isinstance(condition, All) else ANY_OF_THESE)
            for part in parts:
                yield from _lines(part, who, depth + 1, _Lead())
        case Not(All(parts) | Any(parts) as group) if len(parts) > 1:
            joint = NOT_ALL_OF_THESE if isinstance(group, All) else NONE_OF_THESE
            yield depth, lead.group + joint
            for part in parts:
                yield from _lines(part, who, depth + 1, _Lead())
        case Through(step, part):
            yield from _lines(part, _reached(step, who), depth, lead)
        case Not(Through(step, part)):
            yield from _lines(Not(part), _reached(step, who), depth, lead)
        case Not(Not(part)):
            yield from _lines(part, who, depth, lead)
        case Some(plural) | Every(plural) if not _is_simple(condition.part):
            which = "at least one" if isinstance(condition, Some) else "each"
            where, rest = picked_out(condition)
            words = f"{which} {_member(plural)}"
            if where is not None:
                words += f" where {_clause(where, _it(plural))}"
            yield from _lines(rest, _it(plural), depth, lead.then(words, ", with "))
        case Named() | Not(Named()):
            yield depth, f"{lead.leaf}{_clause(condition, who)}{DEFINED_BELOW}"
        case _:
            yield depth, lead.leaf + _clause(condition, who)


def _is_simple(condition: Condition) -> bool:
    inside = condition.part if isinstance(condition, Not) else condition
    return isinstance(inside, Atom | Named)


def picked_out(condition: Some | Every) -> tuple[Condition | None, Condition]:
    """Return the condition that picks members out, if there is one, and what is asked of them."""
    match condition:
        case Some(part=All((where, then), None)) if _only_picks(where):
            return where, then
        case Every(part=Any((Not(where), then), None)) if _only_picks(where):
            return where, then
        case _:
            return None, condition.part


def _only_picks(condition: Condition) -> bool:
    marks = [each.given for each in walk(condition) if isinstance(each, Atom)]
    return bool(marks) and all(marks)


# -- whom a sentence speaks of -----------------------------------------------------------------


def _reached(step: str, who: _Who) -> _Who:
    if step == CASE_STEP:
        return _Who(wording.subject(CASE_STEP), elsewhere=True)
    return _Who(wording.person(step, who.words), elsewhere=True)


def _member(plural: str) -> str:
    return wording.word(collections()[plural])


def _it(plural: str) -> _Who:
    return _Who(wording.pronoun(collections()[plural]), elsewhere=True)
