"""Gap reports: the verdicts of one review arranged for the person who has to act. Plain data."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple

from checklist.review import Review
from checklist.rule import PRIORITIES, VERDICT_NAMES, Rule, VerdictName
from checklist.rulebook import Rulebook
from checklist.verdict import Verdict

SectionName = Literal[
    "first",
    "before the conference",
    "routine",
    "disagree",
    "ask",
    "not judged",
    "accepted",
    "working well",
    "not applicable",
]
TITLES: Final[dict[SectionName, str]] = {
    "first": "Needs doing first",
    "before the conference": "Before the conference",
    "routine": "Also to be done",
    "disagree": "Records disagree: settle with the agencies",
    "ask": "Not recorded: ask",
    "not judged": "Could not be judged",
    "accepted": "Gaps that were accepted",
    "working well": "What is working well",
    "not applicable": "Not applicable",
}


class Source(NamedTuple):
    """Where a rule was learned: the learning point, its section, and the audit."""

    point: str
    section: str
    audit: str
    partnership: str
    month: str


class Entry(NamedTuple):
    """One point of practice in one section: a rule and its verdicts there, one a subject."""

    rule: Rule
    verdicts: tuple[Verdict, ...]
    sources: tuple[Source, ...]


class Question(NamedTuple):
    """One question, the subjects and fields it would settle, and the points that wait for it."""

    text: str
    entries: tuple[Entry, ...]


class Section(NamedTuple):
    """One part of the report; `questions` is filled in the section of questions alone."""

    name: SectionName
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...] = ()

    @property
    def title(self) -> str:
        """The section's heading."""
        return TITLES[self.name]


class Report(NamedTuple):
    """One case's gap report: how many of each verdict, and the sections that have something."""

    case_id: str
    about: str | None
    as_of: datetime.date
    counts: dict[VerdictName, int]
    accepted: int
    sections: tuple[Section, ...]
    notes: tuple[str, ...]


def arrange(review: Review, rulebook: Rulebook) -> Report:
    """Return the gap report of a review."""
    by_section: dict[SectionName, list[Verdict]] = {name: [] for name in TITLES}
    for verdict in review.verdicts:
        by_section[section_of(verdict)].append(verdict)
    sections = []
    for name, verdicts in by_section.items():
        if verdicts:
            entries = _entries(verdicts, rulebook)
            questions = _questions(verdicts, rulebook) if name == "ask" else ()
            sections.append(Section(name, entries, questions))
    return Report(
        case_id=review.case.id,
        about=review.case.about,
        as_of=review.as_of,
        counts=count(review.verdicts),
        accepted=sum(verdict.accepted is not None for verdict in review.verdicts),
        sections=tuple(sections),
        notes=review.notes,
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
            return by_priority.get(verdict.rule.priority, "before the conference")
        case "conflicting":
            return "disagree"
        case "not recorded":
            return "ask"
        case "met":
            return "working well"
        case "not applicable":
            return "not applicable"
        case "could not be judged":
            return "not judged"


def _entries(verdicts: Sequence[Verdict], rulebook: Rulebook) -> tuple[Entry, ...]:
    """Return the verdicts by rule and verdict, the soonest first."""
    ordered = sorted(verdicts, key=_rule_and_name)
    entries = [
        _entry(rule_verdicts, rulebook)
        for _, group in groupby(ordered, key=_rule_and_name)
        for rule_verdicts in [sorted(group, key=_urgency)]
    ]
    return tuple(sorted(entries, key=lambda entry: (_urgency(entry.verdicts[0]), entry.rule.id)))


def _entry(verdicts: Sequence[Verdict], rulebook: Rulebook) -> Entry:
    rule = verdicts[0].rule
    sources = []
    for point_id in rule.learned_from:
        audit, point = rulebook.points[point_id]
        sources.append(Source(point_id, point.section, audit.title, audit.partnership, audit.month))
    return Entry(rule, tuple(verdicts), tuple(sources))


def _rule_and_name(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule.id, verdict.name


def _urgency(verdict: Verdict) -> tuple[int, bool, int]:
    """Return the key by which verdicts are sorted: priority, then what is due soonest."""
    return (
        PRIORITIES.index(verdict.rule.priority),
        verdict.days_left is None,
        verdict.days_left or 0,
    )


def _questions(verdicts: Sequence[Verdict], rulebook: Rulebook) -> tuple[Question, ...]:
    """Return each question once, with all points that wait for it, the most waited for first."""
    waiting: dict[str, list[Verdict]] = {}
    for verdict in sorted(verdicts, key=_urgency):
        for missing in verdict.missing:
            waiting.setdefault(missing.question, []).append(verdict)
    questions = [Question(text, _entries(asked, rulebook)) for text, asked in waiting.items()]
    return tuple(sorted(questions, key=lambda question: _first(question.entries)))


def _first(entries: Sequence[Entry]) -> tuple[tuple[int, bool, int], int]:
    soonest = min(_urgency(verdict) for entry in entries for verdict in entry.verdicts)
    return soonest, -sum(len(entry.verdicts) for entry in entries)
