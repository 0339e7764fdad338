"""What would make a verdict met: the smallest sets of newly recorded values.

Worked out from the values that the engine found. A newly recorded value is one that settles its
field: a later word of the agency that said otherwise, or an agreed value. A field that a `where`
picks members out by is never to be changed, only to be recorded where it is silent.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Final, NamedTuple

from checklist import wording
from checklist.conditions import (
    All,
    Any,
    AtLeast,
    AtMost,
    Atom,
    Condition,
    Equals,
    Every,
    In,
    Includes,
    IsRecorded,
    Named,
    Not,
    Some,
    Test,
    Through,
)
from checklist.engine import Judged
from checklist.plain_english import clause
from checklist.reasons import member_path
from checklist.truth import Truth
from checklist.verdict import Needed
from checklist.vocabulary import Field

MOST_WAYS: Final = 24
"""The most alternatives that are followed up; beyond it the larger ones are left out."""


class _Wish(NamedTuple):
    """That a field passes a test, or fails it; or, without a field, words about a collection."""

    path: str
    field: Field | None
    test: Test | str
    holds: bool = True


class _Way(NamedTuple):
    """Values to be newly recorded, and those that must stay as they are for it to be enough."""

    change: frozenset[_Wish]
    keep: frozenset[_Wish] = frozenset()


_NOTHING: Final = _Way(frozenset())


def ways_to_meet(expects: Judged) -> tuple[tuple[Needed, ...], ...]:
    """Return the smallest sets of newly recorded values that would make `expects` TRUE.

    Smallest first; no set has another one within it.
    """
    found = []
    for way in _ways(expects, True, ""):
        needed = _needed(way)
        if needed and needed not in found:
            found.append(needed)
    return tuple(sorted(found, key=lambda needed: (len(needed), needed)))


def _ways(judged: Judged, wanted: bool, path: str) -> list[_Way]:
    """Return the ways to make a condition TRUE, or FALSE where that is what is wanted."""
    evidence, condition = judged.evidence, judged.evidence.condition
    is_so = judged.truth is (Truth.TRUE if wanted else Truth.FALSE)

    def inside(part: Judged, part_wanted: bool) -> list[_Way]:
        return _ways(part, part_wanted, member_path(judged, part, path))

    match condition:
        case Atom():
            wish = _Wish(f"{path}{condition.field.name}", condition.field, condition.test, wanted)
            if is_so:
                return [_Way(frozenset(), frozenset([wish]))]
            changeable = not condition.given or judged.truth is Truth.NEITHER
            return [_Way(frozenset([wish]))] if changeable and _possible([wish]) else []
        case Not():
            return inside(judged.parts[0], not wanted)
        case Named():
            return _ways_of_term(judged, wanted, path)
        case Some() | Every() if evidence.silent or isinstance(condition, Some) is wanted:
            added = _added(condition, wanted)
            members = [inside(part, wanted) for part in judged.parts]
            if is_so:
                return _least(
                    [way for ways in members for way in ways if not way.change] or [_NOTHING]
                )
            return _least([*(way for ways in members for way in ways), *added])
        case Through() if evidence.silent:
            known = _Wish(f"{path}{condition.step}", None, "recorded")
            inner = _ways_from_nothing(condition.part, wanted, f"{path}{condition.step}.")
            return _least(_Way(way.change | {known}) for way in inner)
        case Through():
            # enough that some person is so and that for none it is otherwise
            return _together([inside(part, wanted) for part in judged.parts])
        case All() | Any() if isinstance(condition, Any) is wanted:
            return _least(way for part in judged.parts for way in inside(part, wanted))
        case _:
            return _together([inside(part, wanted) for part in judged.parts])


def _ways_of_term(judged: Judged, wanted: bool, path: str) -> list[_Way]:
    if len(judged.parts) == 1:
        return _ways(judged.parts[0], wanted, path)
    yes, no = judged.parts
    this, other = (yes, no) if wanted else (no, yes)
    must_go = [_ways(other, False, path)] if other.truth.has_for else []
    return _together([_ways(this, True, path), *must_go])


def _ways_from_nothing(condition: Condition, wanted: bool, path: str) -> list[_Way]:
    """Return the ways for a condition on somebody of whom nothing is recorded."""
    match condition:
        case Atom():
            wish = _Wish(f"{path}{condition.field.name}", condition.field, condition.test, wanted)
            return [_Way(frozenset([wish]))] if _possible([wish]) else []
        case Not(part):
            return _ways_from_nothing(part, not wanted, path)
        case Named(_, yes, no):
            if wanted or no is None:
                return _ways_from_nothing(yes, wanted, path)
            return _ways_from_nothing(no, True, path)
        case Some() | Every():
            return _added(condition, wanted)
        case Through(step, part):
            known = _Wish(f"{path}{step}", None, "recorded")
            inner = _ways_from_nothing(part, wanted, f"{path}{step}.")
            return [_Way(way.change | {known}) for way in inner]
        case All(parts) | Any(parts):
            each = [_ways_from_nothing(part, wanted, path) for part in parts]
            if isinstance(condition, Any) is wanted:
                return _least(way for ways in each for way in ways)
            return _together(each)


def _added(condition: Some | Every, wanted: bool) -> list[_Way]:
    """Return the way of recording a new member, or for a silent collection what it must hold."""
    said = clause(condition.part)
    match condition, wanted:
        case Some(), True:
            words = f"has one where {said}"
        case Some(), False:
            words = f"recorded, none where {said}"
        case Every(), True:
            words = f"recorded, and of each: {said}"
        case _:
            words = f"has one where it is not so that {said}"
    return [_Way(frozenset([_Wish(condition.collection, None, words)]))]


def _together(each: Sequence[list[_Way]]) -> list[_Way]:
    """Return the ways that take one way of each."""
    ways = [_NOTHING]
    for options in each:
        ways = _least(
            joined
            for one, other in product(ways, options)
            if (joined := _joined(one, other)) is not None
        )
    return ways


def _joined(one: _Way, other: _Way) -> _Way | None:
    way = _Way(one.change | other.change, one.keep | other.keep)
    touched = {wish.path for wish in way.change}
    for path in touched:
        if not _possible([wish for wish in way.change | way.keep if wish.path == path]):
            return None
    return way


def _least(ways: Iterable[_Way]) -> list[_Way]:
    """Return the ways that change least: none whose changes hold those of another."""
    by_size = sorted(dict.fromkeys(ways), key=lambda way: (len(way.change), _needed(way)))
    least: list[_Way] = []
    for way in by_size:
        if not any(other.change <= way.change for other in least):
            least.append(way)
    return least[:MOST_WAYS]


def _needed(way: _Way) -> tuple[Needed, ...]:
    """Return a way in words: for each field to be recorded, all that its new value must pass."""
    needed = []
    for path in {wish.path for wish in way.change}:
        wishes = [wish for wish in way.change | way.keep if wish.path == path]
        needed.append(Needed(path, wording.listed(sorted(map(_words, wishes)))))
    return tuple(sorted(needed))


def _words(wish: _Wish) -> str:
    if isinstance(wish.test, str) or wish.field is None:
        return str(wish.test)
    said = wording.test(wish.test, wish.field.kind)
    return said if wish.holds else f"not {said}"


def _possible(wishes: Sequence[_Wish]) -> bool:
    """Return whether one value of the field can pass all that is wished of it."""
    if any(isinstance(wish.test, IsRecorded) and not wish.holds for wish in wishes):
        return False
    wanted = {(type(wish.test), wish.test, wish.holds) for wish in wishes}
    if any((kind, test, not holds) in wanted for kind, test, holds in wanted):
        return False
    included: set[str] = set()
    for wish in wishes:
        if isinstance(wish.test, Includes) and wish.holds:
            included |= set(wish.test.codes)
    if any(
        isinstance(wish.test, Includes) and not wish.holds and included.issuperset(wish.test.codes)
        for wish in wishes
    ):
        return False
    lowest = max(
        (w.test.number for w in wishes if isinstance(w.test, AtLeast) and w.holds), default=0
    )
    highest = [w.test.number for w in wishes if isinstance(w.test, AtMost) and w.holds]
    if highest and min(highest) < lowest:
        return False
    options: set[str | int | datetime.date] | None = None
    field = next((wish.field for wish in wishes if wish.field is not None), None)
    if field is not None and field.kind == "code":
        options = {*field.codes}
    for wish in wishes:
        if isinstance(wish.test, Equals | In):
            named: set[str | int | datetime.date] = (
                {wish.test.value} if isinstance(wish.test, Equals) else {*wish.test.values}
            )
            if wish.holds:
                options = named if options is None else options & named
            elif options is not None:
                options = options - named
    return options is None or bool(options)
