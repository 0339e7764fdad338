"""A learning briefing about a cohort of cases: what a screening says, chosen for two pages.

Plain data. Every number comes with the cases behind it. Nothing is decided here: it is a draft for
the people who looked at the cases.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from checklist.audit import Audit, LearningPoint
from checklist.cohort import Left
from checklist.intervals import Share
from checklist.rule import Rule
from checklist.screening import Mark, PublishedBeside, RuleCounts, Screening
from checklist.small_cells import cut, without_small

MOST_POINTS: Final = 6
"""The most points of practice that are named for working well, and as many to be developed."""

MOST_OF_A_THEME: Final = 2
"""The most of them that belong to one theme, so that no theme crowds the others out."""

MOST_ACTIONS: Final = 5
MOST_QUESTIONS: Final = 6
"""The most questions to a board, where not all are wanted."""


class Number(NamedTuple):
    """A number of cases, and which they are; the number is None where it was left out as small.

    `cases` is None where it is not said which they are.
    """

    number: int | None
    cases: tuple[str, ...] | None = None


class Practice(NamedTuple):
    """What one rule says across the cohort; `of` is the number of cases to which it applies."""

    rule: Rule
    of: Number
    met: Number
    gaps: Number
    conflicting: Number
    not_recorded: Number
    share: Share | None
    published: tuple[PublishedBeside, ...]

    @property
    def is_open(self) -> bool:
        """Whether a case has something to be put right, to settle or to ask."""
        return any(each.number for each in (self.gaps, self.conflicting, self.not_recorded))


class Question(NamedTuple):
    """A learning point that stands as a question, and what the rules taught by it say."""

    point: LearningPoint
    practices: tuple[Practice, ...]


class Area(NamedTuple):
    """The cases of one authority, or those that name none."""

    name: str | None
    cases: Number


class Briefing(NamedTuple):
    """A draft of a briefing about the cases that an audit would have chosen.

    `made_up` are those that say of themselves that they are about nobody. `left_out` would not have
    been chosen and `unclear` are those of which that is not clear, each with why; `unread` could
    not be used. With `below` numbers smaller than that are left out, and so is which cases they
    are: then only the numbers of those left out are here.
    """

    audit: Audit
    cases: Number
    areas: tuple[Area, ...]
    first_day: datetime.date | None
    last_day: datetime.date | None
    rules: int
    made_up: Number
    left_out: Number
    unclear: Number
    why_not: tuple[Left, ...]
    unread: int
    working_well: tuple[Practice, ...]
    to_develop: tuple[Practice, ...]
    questions: tuple[Question, ...]
    more_questions: int
    below: int | None = None

    @property
    def actions(self) -> tuple[Practice, ...]:
        """The points to be developed for which an action is drafted."""
        return self.to_develop[:MOST_ACTIONS]


def briefing(
    found: Screening,
    audit: Audit,
    left: Sequence[Left] = (),
    *,
    below: int | None = None,
    all_questions: bool = False,
) -> Briefing:
    """Return the briefing of a screening of the cases that an audit would have chosen.

    The screening holds all its cases. `left` are those that were not screened.
    """
    shown = found if below is None else without_small(found, below)
    ids = sorted(case.case for case in found.cases)
    made_up = sorted(case.case for case in found.cases if case.kept.made_up)
    taught = frozenset(point.id for point in audit.points)
    practices = [_practice(rule) for rule in shown.themes]
    applying = [each for each in practices if each.of.number != 0]
    questions = _questions(audit, applying)
    kept = questions if all_questions else questions[:MOST_QUESTIONS]
    days = [case.kept.as_of for case in found.cases]
    not_chosen = [each for each in left if each.qualifies == "no"]
    unclear = [each for each in left if each.qualifies != "no"]
    return Briefing(
        audit,
        _number(ids, below),
        _areas(found, below),
        min(days, default=None),
        max(days, default=None),
        len(found.themes),
        _number(made_up, below),
        _number([each.case for each in not_chosen], below),
        _number([each.case for each in unclear], below),
        (*not_chosen, *unclear) if below is None else (),
        len(found.unread),
        tuple(_of_each_theme(_met_most(applying, taught))),
        tuple(_of_each_theme(each for each in _open_most(applying, taught) if each.is_open)),
        tuple(kept),
        len(questions) - len(kept),
        below,
    )


def _number(cases: Sequence[str], below: int | None) -> Number:
    if below is None:
        return Number(len(cases), tuple(cases))
    return Number(None if 0 < len(cases) < below else len(cases))


def _areas(found: Screening, below: int | None) -> tuple[Area, ...]:
    by_area: dict[str | None, list[str]] = {}
    for case in sorted(found.cases, key=lambda each: each.case):
        by_area.setdefault(case.kept.authority, []).append(case.case)
    ordered = sorted(by_area, key=lambda name: (name is None, name or ""))
    if below is None:
        return tuple(
            Area(name, Number(len(by_area[name]), tuple(by_area[name]))) for name in ordered
        )
    counts = cut({name: len(cases) for name, cases in by_area.items()}, below)
    return tuple(Area(name, Number(counts[name])) for name in ordered)


def _practice(found: RuleCounts) -> Practice:
    of: tuple[Mark, ...] = (
        "met", "gap", "accepted gap", "due", "conflicting", "not recorded"
    )  # fmt: skip
    return Practice(
        found.rule,
        Number(found.n, _behind(found, *of)),
        Number(found.counts["met"], _behind(found, "met")),
        Number(found.gaps, _behind(found, "gap", "accepted gap")),
        Number(found.counts["conflicting"], _behind(found, "conflicting")),
        Number(found.counts["not recorded"], _behind(found, "not recorded")),
        found.share,
        found.published,
    )


def _behind(found: RuleCounts, *marks: Mark) -> tuple[str, ...] | None:
    if found.cases is None:
        return None
    return tuple(sorted(case for mark in marks for case in found.cases[mark]))


def _met_most(practices: Iterable[Practice], taught: frozenset[str]) -> list[Practice]:
    """Return what is met in most of the cases to which it applies: by their number, then share.

    Of two alike, that which the audit itself taught comes first.
    """
    found = [each for each in practices if each.met.number and not _mostly_open(each)]
    return sorted(
        found,
        key=lambda each: (
            -(each.met.number or 0),
            each.of.number or 0,
            not taught.intersection(each.rule.learned_from),
        ),
    )


def _mostly_open(practice: Practice) -> bool:
    met = practice.met.number or 0
    return practice.of.number is not None and 2 * met <= practice.of.number


def _open_most(practices: Iterable[Practice], taught: frozenset[str]) -> list[Practice]:
    """Return practices by how many cases leave them open, in one way or another; then by gaps."""

    def order(each: Practice) -> tuple[int, int, bool]:
        gaps = each.gaps.number or 0
        others = (each.conflicting.number or 0) + (each.not_recorded.number or 0)
        return -gaps - others, -gaps, not taught.intersection(each.rule.learned_from)

    return sorted(practices, key=order)


def _of_each_theme(ordered: Iterable[Practice]) -> list[Practice]:
    chosen: list[Practice] = []
    of_theme: Counter[str] = Counter()
    for each in ordered:
        if len(chosen) == MOST_POINTS:
            break
        if of_theme[each.rule.theme] < MOST_OF_A_THEME:
            of_theme[each.rule.theme] += 1
            chosen.append(each)
    return chosen


def _questions(audit: Audit, practices: Sequence[Practice]) -> list[Question]:
    """Return the questions of an audit: those to a board first, then those that a cohort answers.

    Of each, those come first of which the cases can show something.
    """
    found = [
        Question(
            point,
            tuple(
                each
                for each in _open_most(practices, frozenset())
                if point.id in each.rule.learned_from
            ),
        )
        for point in audit.points
        if point.question is not None
    ]
    return sorted(
        found,
        key=lambda each: (
            "board" not in each.point.answered_by,
            not each.practices,
        ),
    )
