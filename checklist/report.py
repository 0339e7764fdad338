"""Gap reports: the verdicts of one review arranged for the person who has to act. Plain data."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from checklist.review import QueryAnswer, Review
from checklist.rule import PRIORITIES, VERDICT_NAMES, Query, Rule, Setting, VerdictName
from checklist.rulebook import Rulebook
from checklist.verdict import Asked, Verdict, asked_together
from checklist.vocabulary import JUDGEMENT

if TYPE_CHECKING:
    from checklist.audit import Audit, LearningPoint

SectionName = Literal[
    "first",
    "next",
    "routine",
    "disagree",
    "check",
    "ask",
    "judge",
    "not judged",
    "accepted",
    "working well",
    "not applicable",
]
SECTIONS: Final[tuple[SectionName, ...]] = (
    "first",
    "next",
    "routine",
    "disagree",
    "check",
    "ask",
    "judge",
    "not judged",
    "accepted",
    "working well",
    "not applicable",
)


class Source(NamedTuple):
    """Where a rule was learned: the learning point, and the audit that taught it."""

    point: "LearningPoint"
    audit: "Audit"


class Entry(NamedTuple):
    """One point of practice in one section: a rule and its verdicts of one kind, one a subject.

    `of` is the number of subjects that the rule applies to in the whole case. `sources` is empty
    where the report was arranged without them.
    """

    rule: Rule
    verdicts: tuple[Verdict, ...]
    of: int
    sources: tuple[Source, ...]


class Question(NamedTuple):
    """One question, whom it is asked of, and the points that wait for it."""

    text: str
    asked: Asked
    entries: tuple[Entry, ...]


class Check(NamedTuple):
    """One record query and its answers of one kind, one a subject."""

    query: Query
    answers: tuple[QueryAnswer, ...]


class Section(NamedTuple):
    """One part of the report.

    `questions` is filled in the sections of questions alone. `checks` holds the record queries
    raised in the section "check", and those that could not be judged beside what else could not.
    """

    name: SectionName
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()


class Report(NamedTuple):
    """One case's gap report: how many of each verdict, and the sections that have something."""

    case_id: str
    about: str | None
    as_of: datetime.date
    next_conference: datetime.date | None
    counts: dict[VerdictName, int]
    accepted: int
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    settings: tuple[Setting, ...] = ()


def arrange(review: Review, rulebook: Rulebook, *, sources: bool = True) -> Report:
    """Return the gap report of a review.

    Without `sources`, where the rules were learned is left out, and the audits need not be read.
    """
    arranger = _Arranger(review, rulebook, sources=sources)
    return Report(
        case_id=review.case.id,
        about=review.case.about,
        as_of=review.as_of,
        next_conference=review.next_conference,
        counts=count(review.verdicts),
        accepted=sum(verdict.accepted is not None for verdict in review.verdicts),
        sections=tuple(
            section
            for section in map(arranger.section, SECTIONS)
            if section.entries or section.checks
        ),
        notes=review.notes,
        settings=review.settings,
    )


def count(verdicts: Iterable[Verdict]) -> dict[VerdictName, int]:
    """Return how many there are of each verdict, every kind of verdict named."""
    counts = dict.fromkeys(VERDICT_NAMES, 0)
    for verdict in verdicts:
        counts[verdict.name] += 1
    return counts


def section_of(verdict: Verdict) -> SectionName:
    """Return the section of the report in which a verdict stands."""
    match verdict.name:
        case "gap" if verdict.accepted is not None:
            return "accepted"
        case "gap" | "due":
            by_priority: dict[str, SectionName] = {"immediate": "first", "routine": "routine"}
            return by_priority.get(verdict.rule.priority, "next")
        case "conflicting":
            return "disagree"
        case "not recorded":
            judgements = [each.field.startswith(JUDGEMENT) for each in verdict.missing]
            return "judge" if judgements and all(judgements) else "ask"
        case "met":
            return "working well"
        case "not applicable":
            return "not applicable"
        case "could not be judged":
            return "not judged"


class _Arranger:
    """Arranges the verdicts of one review."""

    def __init__(self, review: Review, rulebook: Rulebook, *, sources: bool) -> None:
        self._review = review
        self._points = rulebook.points if sources else {}
        self._applies_to: dict[str, int] = {}
        self._in_section: dict[SectionName, list[Verdict]] = {}
        for verdict in review.verdicts:
            if verdict.name != "not applicable":
                self._applies_to[verdict.rule.id] = self._applies_to.get(verdict.rule.id, 0) + 1
            self._in_section.setdefault(section_of(verdict), []).append(verdict)

    def section(self, name: SectionName) -> Section:
        """Return one section of the report, which may hold nothing."""
        verdicts = self._in_section.get(name, [])
        questions = self._questions(verdicts) if name in ("ask", "judge") else ()
        return Section(name, self._entries(verdicts), questions, self._checks(name))

    def _checks(self, name: SectionName) -> tuple[Check, ...]:
        states = {"check": "raised", "not judged": "could not be judged"}
        found = [each for each in self._review.queries if each.state == states.get(name)]
        by_query = groupby(found, key=lambda each: each.query)
        return tuple(Check(query, tuple(answers)) for query, answers in by_query)

    def _entries(self, verdicts: Iterable[Verdict]) -> tuple[Entry, ...]:
        """Return the verdicts by rule and kind: the most urgent first, a gap before what is due."""
        entries = []
        for _, group in groupby(sorted(verdicts, key=_rule_and_name), key=_rule_and_name):
            of_rule = tuple(sorted(group, key=urgency))
            rule = of_rule[0].rule
            taught = rule.learned_from if self._points else ()
            sources = [self._points[point] for point in taught]
            entries.append(
                Entry(
                    rule,
                    of_rule,
                    self._applies_to.get(rule.id, 0),
                    tuple(Source(point, audit) for audit, point in sources),
                )
            )
        return tuple(sorted(entries, key=lambda each: (urgency(each.verdicts[0]), each.rule.id)))

    def _questions(self, verdicts: Iterable[Verdict]) -> tuple[Question, ...]:
        """Return each question once, that which most points wait for first."""
        waiting: dict[str, list[Verdict]] = {}
        by_urgency = sorted(verdicts, key=urgency)
        for verdict in by_urgency:
            for question in asked_together(verdict.missing):
                waiting.setdefault(question, []).append(verdict)
        asked = asked_together(each for verdict in by_urgency for each in verdict.missing)
        ordered = sorted(waiting.items(), key=lambda each: (-len(each[1]), urgency(each[1][0])))
        return tuple(Question(text, asked[text], self._entries(of)) for text, of in ordered)


def _rule_and_name(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule.id, verdict.name


def urgency(verdict: Verdict) -> tuple[int, bool, bool, int]:
    """Return the key by which verdicts are sorted: priority, gaps, then what is due soonest."""
    return (
        PRIORITIES.index(verdict.rule.priority),
        verdict.name != "gap",
        verdict.days_left is None,
        verdict.days_left or 0,
    )
