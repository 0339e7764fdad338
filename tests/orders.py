"""The order in which questions are put: that of an interview, and one drawn at random.

At random they are drawn from all that the rules of open verdicts read of whoever is in the record.
Who is who comes first there too, since nobody can be asked about before. Nothing is put off because
it may turn out not to matter, and nothing is preferred because much hangs on it.
"""

from collections.abc import Iterator
from random import Random

from checklist.asking import asks
from checklist.conditions import CASE_STEP, Atom, DateField, Every, Period, Some, Through, moment_of
from checklist.evidence import Evidence, gather
from checklist.questions import asked_at
from checklist.record import Case
from checklist.review import Review, Reviewer
from checklist.rule import Rule
from checklist.scope import Scope, reached
from checklist.subjects import CaseSubjects, Subject
from checklist.verdict import Target, Verdict
from checklist.vocabulary import collections, subject_kinds
from tests.interviewing import LISTS, Practitioner

WHO_IS_WHO = frozenset({"children", "adults", "mother", "father", "partner"})


def read_by(rule: Rule, subject: Subject) -> frozenset[Target]:
    """Return all that a rule reads, of its subject and of whoever else is in the record."""
    parts = (gather(rule.applies, subject), gather(rule.expects, subject))
    found = {at for part in parts for at in _read(part)}
    if rule.by is not None:
        by = rule.by.moment if isinstance(rule.by, Period) else rule.by
        found |= set(_days(by, (subject,)))
    return frozenset(each for at in found for each in asked_at(at, subject.family))


def _read(evidence: Evidence) -> Iterator[Target]:
    condition, subject = evidence.condition, evidence.subject
    match condition:
        case Atom():
            yield Target(subject.id, condition.field.name)
            yield from _days(moment_of(condition), evidence.scope)
        case Some(plural) | Every(plural):
            for key in subject_kinds()[collections()[plural]].listed_under:
                yield Target(subject.family.case.id, key)
        case Through(step) if step != CASE_STEP:
            yield Target(subject.id, step)
    for part in evidence.parts:
        yield from _read(part)


def _days(moment: object, scope: Scope) -> Iterator[Target]:
    if isinstance(moment, DateField):
        for each in reached(moment.steps, scope):
            yield Target(each.id, moment.field.name)


class InOrder:
    """The questions of an interview put to a practitioner without a file; `took` counts them."""

    def __init__(self, practitioner: Practitioner, reviewer: Reviewer) -> None:
        self._practitioner = practitioner
        self._reviewer = reviewer
        self._last: str | None = None
        self._case: Case | None = None
        self.asked: set[Target] = set()
        self.took = 0
        self._look()

    def hold(self) -> Review:
        """Ask until nothing is open that an answer could settle; return the review at the end."""
        while (at := self.next()) is not None:
            self.took += self._practitioner.costs(at)
            self._last = at.subject
            self.asked.add(at)
            self._look()
        return self.review

    def next(self) -> Target | None:
        """Return what to ask next."""
        open_now = asks(self.review.verdicts, self.subjects, self.asked, self._last)
        return open_now[0].at if open_now else None

    def _look(self) -> None:
        case = self._practitioner.told(self.asked)
        if case != self._case:
            self._case = case
            self.review = self._reviewer.review(case, self._practitioner.as_of)
            self.subjects = CaseSubjects(case, self._practitioner.as_of)


class AtRandom(InOrder):
    """The same, with questions that are drawn at random once it is known who is who."""

    def __init__(self, practitioner: Practitioner, reviewer: Reviewer, random: Random) -> None:
        self._random = random
        self._known_who = False
        self._settled: set[tuple[str, str]] = set()
        self._read: dict[tuple[object, ...], frozenset[Target]] = {}
        super().__init__(practitioner, reviewer)

    def next(self) -> Target | None:
        if not self._known_who:
            first = super().next()
            if first is None or first.field in WHO_IS_WHO:
                return first
            self._known_who = True
        return self._drawn()

    def _drawn(self) -> Target | None:
        open_for: dict[Target, list[Verdict]] = {}
        for verdict in self.review.verdicts:
            if _key(verdict) not in self._settled:
                for at in self._reads(verdict) - self.asked:
                    open_for.setdefault(at, []).append(verdict)
        candidates = sorted(open_for)
        self._random.shuffle(candidates)
        return next((at for at in candidates if any(map(self._is_open, open_for[at]))), None)

    def _reads(self, verdict: Verdict) -> frozenset[Target]:
        lists = frozenset(each for each in LISTS if getattr(self._case, each) is not None)
        found = self._read.get((*_key(verdict), lists))
        if found is None:
            of_kind = self.subjects.of_kind(verdict.rule.for_each) or ()
            subject = next((each for each in of_kind if each.id == verdict.subject.id), None)
            if subject is None:  # the record is silent of all that the rule looks at
                found = frozenset(each.at for each in verdict.missing)
            else:
                found = read_by(verdict.rule, subject)
            self._read[*_key(verdict), lists] = found
        return found

    def _is_open(self, verdict: Verdict) -> bool:
        grounds = verdict.grounds
        if _key(verdict) in self._settled:
            return False
        if grounds.missing_beyond(self.asked) or grounds.unsettled(self.asked, verdict.days_left):
            return True
        self._settled.add(_key(verdict))
        return False


def _key(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule.id, verdict.subject.id
