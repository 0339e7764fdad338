"""How far the examples of rules, terms and queries try out their clauses, each for and against.

A clause is a leaf of a condition: a field put to a test, or a term used. What a term means is
covered by the term's own examples. A clause is seen where the engine found evidence on the subject
that an example is about, or on whoever a condition reaches from it.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from checklist.conditions import (
    Atom,
    Condition,
    Every,
    IsRecorded,
    Named,
    Some,
    Through,
    leaves,
    parts_of,
)
from checklist.examples import day_of, read
from checklist.judging import Judged, Judging
from checklist.plain_english import clause
from checklist.rule import Item, ItemExample, Query, Rule, Term, judged_as
from checklist.subjects import CaseSubjects, Subject
from checklist.truth import Truth
from checklist.wording import subject as subject_in_words

Side = Literal["for", "against", "not recorded"]

_BOTH_SIDES: Final[tuple[Side, ...]] = ("for", "against")
_WHERE_NOTHING_IS_AGAINST: Final[tuple[Side, ...]] = ("for", "not recorded")


class Clause(NamedTuple):
    """One leaf of a condition, in words, and on which sides its own examples never show it.

    Of something that can only be `recorded: yes` nothing can be against, so the sides are for and
    not recorded.
    """

    says: str
    line: int | None
    never_seen: tuple[Side, ...]


class Covered(NamedTuple):
    """The clauses of one rule, term or query."""

    of: Item
    clauses: tuple[Clause, ...]

    @property
    def uncovered(self) -> tuple[Clause, ...]:
        """The clauses that some side of was never seen."""
        return tuple(each for each in self.clauses if each.never_seen)


def covered(items: Iterable[Item]) -> Iterator[Covered]:
    """Yield for each item which of its clauses its own examples show.

    Raises BadInput where an example's record cannot be read, and EngineError.
    """
    judging = Judging()
    for item in items:
        yield Covered(item, tuple(_clauses(item, judging)))


def _clauses(item: Item, judging: Judging) -> Iterator[Clause]:
    rule = judged_as(item)
    judged_all = [
        judging.judged(condition, subject)
        for example in item.examples
        if (subject := _meant(item, example)) is not None
        for condition in (rule.applies, rule.expects)
    ]
    seen: dict[int, set[Side]] = {}
    for judged in judged_all:
        # a term's own conditions stand inside the one condition that the term is
        for part in judged.parts if isinstance(item, Term) else (judged,):
            _see(part, seen)
    conditions = _conditions(item)
    found = [leaf for condition in conditions for leaf in leaves(condition)]
    reached = [leaf for condition in conditions for leaf in _reached(condition)]
    lines = item.lines or (None,) * len(found)
    who = subject_in_words(item.for_each)
    for leaf, as_reached, line in zip(found, reached, lines, strict=True):
        shown = seen.get(id(leaf), set())
        never_seen = tuple(side for side in _sides(leaf) if side not in shown)
        yield Clause(clause(as_reached, who), line, never_seen)


def _conditions(item: Item) -> list[Condition]:
    match item:
        case Rule():
            return [item.applies, item.expects]
        case Term():
            return [item.yes_when] if item.no_when is None else [item.yes_when, item.no_when]
        case Query():
            return [item.when]


def _meant(item: Item, example: ItemExample) -> Subject | None:
    """Return the subject that an example is about, if there is one and no other can be meant."""
    subjects = CaseSubjects(read(example), day_of(example)).of_kind(item.for_each) or []
    meant = [each for each in subjects if example.subject in (None, each.id)]
    return meant[0] if len(meant) == 1 else None


def _see(judged: Judged, seen: dict[int, set[Side]]) -> None:
    condition = judged.evidence.condition
    if not isinstance(condition, Atom | Named):
        for part in judged.parts:
            _see(part, seen)
        return
    sides = seen.setdefault(id(condition), set())
    if judged.truth.has_for:
        sides.add("for")
    if judged.truth.has_against:
        sides.add("against")
    if judged.truth is Truth.NEITHER:
        sides.add("not recorded")


def _sides(leaf: Atom | Named) -> tuple[Side, ...]:
    only_for = isinstance(leaf, Atom) and isinstance(leaf.test, IsRecorded)
    return _WHERE_NOTHING_IS_AGAINST if only_for else _BOTH_SIDES


def _reached(condition: Condition) -> Iterator[Condition]:
    """Yield each leaf inside the lists and steps that lead to it and in nothing else, in order."""
    match condition:
        case Atom() | Named():
            yield condition
        case Some() | Every() | Through():
            for leaf in _reached(condition.part):
                yield condition._replace(part=leaf)
        case _:
            for part in parts_of(condition):
                yield from _reached(part)
