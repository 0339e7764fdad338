"""What to do, in order of date: the open verdicts of a review as things that people do. Plain data.

One entry is one thing to do: verdicts of a rule on several subjects that are closed in the same way
are one, and so are all that wait for the same question.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, get_args

from checklist import wording
from checklist.grounds import who_says_what
from checklist.recording import Record, Recorder, merged
from checklist.review import QueryAnswer, Review
from checklist.rule import PRIORITIES, Priority, Query, Rule
from checklist.subjects import CaseSubjects, SubjectName
from checklist.verdict import Asked, Because, Verdict, asked_together
from checklist.vocabulary import CASE, JUDGEMENT

Kind = Literal["do", "settle", "ask", "judge", "check", "review"]
"""To put something right, to settle what agencies' records disagree on, to find out what is not
recorded, to let a person judge, to check what does not fit together in the record, to look again at
a gap that was accepted."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

When = Literal["at once", "by its day", "before the conference", "no day"]

KEEPER: Final = "lead practitioner"
"""Who would normally find out what is not recorded, settle disagreements, check the record."""

JUDGE: Final = "team manager or conference chair"
"""Who would normally judge what takes somebody other than the worker."""

_SENTENCE: Final = re.compile(r"(?<=[.!?]) (?=[A-Z])")


class Time(NamedTuple):
    """By when something is to be done; `by` is the day, that of the review where it is at once.

    `passed` is the last day on which it could have been put right, where that has passed.
    """

    when: When
    by: datetime.date | None
    passed: datetime.date | None = None


class Entry(NamedTuple):
    """One thing to do.

    `title` is the point of practice, or the question; `action` what to do. `subjects` are what it
    is about, without the case itself; of a question `asked` says of whom else, and where the answer
    was looked for. `who` would normally do it. `rules` are those whose verdicts it is about, the
    most urgent first, and `query` the record query that was raised. `questions` is what is not
    recorded yet of something that can still be done in time, each with the same. `instead` is how
    it is recorded that a gap is accepted whose day has passed, or for which nothing can be recorded
    any more. `lapsed` is the last day on which an acceptance stood. `records` is one of so many
    `ways` to put it right.
    """

    kind: Kind
    time: Time
    priority: Priority
    title: str
    action: str
    subjects: tuple[SubjectName, ...]
    who: str | None
    why: str
    records: tuple[Record, ...]
    rules: tuple[Rule, ...] = ()
    query: Query | None = None
    asked: Asked = Asked()
    questions: tuple[tuple[str, Asked], ...] = ()
    instead: tuple[Record, ...] = ()
    lapsed: datetime.date | None = None
    ways: int = 1


class Todo(NamedTuple):
    """What to do about one case, in order of date, and how many verdicts could not be judged."""

    case_id: str
    as_of: datetime.date
    next_conference: datetime.date | None
    entries: tuple[Entry, ...]
    not_judged: int


def todo_of(review: Review) -> Todo:
    """Return what to do about what a review found."""
    entries = sorted(_Maker(review).entries(), key=_order)
    lost = [each for each in review.verdicts if each.name == "could not be judged"]
    lost_queries = [each for each in review.queries if each.state == "could not be judged"]
    return Todo(
        review.case.id,
        review.as_of,
        review.next_conference,
        tuple(entries),
        len(lost) + len(lost_queries),
    )


def _order(entry: Entry) -> tuple[datetime.date, int, bool, int, str, str]:
    by = entry.time.by or datetime.date.max
    return (
        by,
        PRIORITIES.index(entry.priority),
        entry.time.when != "at once",
        KINDS.index(entry.kind),
        entry.rules[0].id if entry.rules else "",
        entry.title,
    )


class _Maker:
    """Makes the entries of one review."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._recorder = Recorder(CaseSubjects(review.case, review.as_of))

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, in no order."""
        to_do: dict[object, list[Verdict]] = {}
        questions: dict[tuple[Kind, str], list[Verdict]] = {}
        disputes: dict[tuple[str, str], list[Verdict]] = {}
        accepted: dict[object, list[Verdict]] = {}
        for verdict in sorted(self._review.verdicts, key=self._urgency):
            match self._kind(verdict):
                case "do":
                    key = (verdict.rule.id, verdict.close, self._time(verdict)[:2])
                    to_do.setdefault(key, []).append(verdict)
                case "ask" | "judge" as asked:
                    for question in asked_together(verdict.missing):
                        questions.setdefault((asked, question), []).append(verdict)
                case "settle":
                    said = who_says_what(_disputed(verdict))
                    disputes.setdefault((verdict.subject.id, said), []).append(verdict)
                case "review" if verdict.accepted is not None:
                    of = verdict.accepted
                    accepted.setdefault((verdict.rule.id, of.review, of.role), []).append(verdict)
        yield from map(self._to_do, to_do.values())
        for (kind, question), verdicts in questions.items():
            yield self._question(kind, question, verdicts)
        for (_, said), verdicts in disputes.items():
            yield self._dispute(said, verdicts)
        yield from map(self._acceptance, accepted.values())
        yield from self._checks()

    # -- what, and by when --------------------------------------------------------------------

    def _kind(self, verdict: Verdict) -> Kind | None:
        judged = [each.at.field.startswith(JUDGEMENT) for each in verdict.missing]
        match verdict.name:
            case "gap" if verdict.accepted is not None:
                return "review"
            case "due" | "not recorded" if judged and all(judged):
                return "judge"
            case "gap" | "due":
                return "do"
            case "not recorded":
                return "ask"
            case "conflicting":
                return "settle"
            case _:
                return None

    def _time(self, verdict: Verdict) -> Time:
        deadline, conference = verdict.deadline, self._review.next_conference
        if deadline is not None and deadline >= self._review.as_of:
            own: When = "before the conference" if deadline == conference else "by its day"
            return Time(own, deadline)
        if verdict.name == "gap" and deadline is not None:
            return Time("at once", self._review.as_of, deadline)
        if verdict.rule.priority == "immediate":
            return Time("at once", self._review.as_of)
        return self._before_the_conference()

    def _before_the_conference(self) -> Time:
        conference = self._review.next_conference
        return Time("no day" if conference is None else "before the conference", conference)

    def _urgency(self, verdict: Verdict) -> tuple[int, datetime.date]:
        by = self._time(verdict).by
        return PRIORITIES.index(verdict.rule.priority), by or datetime.date.max

    def _soonest(self, verdicts: Iterable[Verdict]) -> Time:
        return min(map(self._time, verdicts), key=lambda each: each.by or datetime.date.max)

    # -- entries ------------------------------------------------------------------------------

    def _to_do(self, verdicts: Sequence[Verdict]) -> Entry:
        rule = verdicts[0].rule
        time = self._time(verdicts[0])
        passed = [each.deadline for each in verdicts if each.deadline and time.passed]
        lapsed = [each.lapsed.review for each in verdicts if each.lapsed is not None]
        missing = [each for verdict in verdicts for each in verdict.missing]
        records = [
            record
            for each in verdicts
            for record in self._recorder.done(rule.id, each.subject, each.would_be_met_by)
        ]
        return self._entry(
            "do",
            verdicts,
            title=rule.title,
            action=verdicts[0].close,
            who=rule.who,
            records=records,
        )._replace(
            time=time._replace(passed=min(passed, default=None)),
            questions=tuple(asked_together(missing).items()),
            instead=tuple(
                self._recorder.acceptance(rule.id, each.subject.id)
                for each in verdicts
                if time.passed is not None or not records
            ),
            lapsed=max(lapsed, default=None),
            ways=max(1, *(len(each.would_be_met_by or ()) for each in verdicts)),
        )

    def _question(self, kind: Kind, question: str, verdicts: Sequence[Verdict]) -> Entry:
        asked = [
            (each, verdict.rule.id)
            for verdict in verdicts
            for each in verdict.missing
            if question in asked_together([each])
        ]
        together = asked_together(each for each, _ in asked)[question]
        records = [self._recorder.answer(each, rule) for each, rule in asked]
        who = JUDGE if kind == "judge" else KEEPER
        entry = self._entry(
            kind, verdicts, title=question, action=question, who=who, records=records
        )
        return entry._replace(asked=together)

    def _dispute(self, said: str, verdicts: Sequence[Verdict]) -> Entry:
        because = [each for verdict in verdicts for each in _disputed(verdict)]
        named = sorted({each.agency for each in because if each.agency is not None})
        agencies = wording.listed(map(wording.with_article, named)) or "those who recorded it"
        records = [
            record
            for verdict in verdicts
            for record in self._recorder.settled(verdict.subject, _disputed(verdict))
        ]
        action = (
            f"Settle with {agencies} what is so. They recorded: {said}. Record the value that you "
            "agree on, with the day, the role of who records it and the reason."
        )
        return self._entry(
            "settle",
            verdicts,
            title=verdicts[0].rule.title,
            action=action,
            who=KEEPER,
            records=records,
        )

    def _acceptance(self, verdicts: Sequence[Verdict]) -> Entry:
        rule, accepted = verdicts[0].rule, verdicts[0].accepted
        assert accepted is not None  # noqa: S101
        records = [self._recorder.acceptance(rule.id, each.subject.id) for each in verdicts]
        entry = self._entry(
            "review",
            verdicts,
            title=rule.title,
            action="Look again at whether this gap can stay as it was accepted, and put it right "
            "or accept it anew: with a reason, a role and a day on which to look again.",
            who=accepted.role,
            records=records,
        )
        return entry._replace(time=Time("by its day", accepted.review))

    def _checks(self) -> Iterator[Entry]:
        raised: dict[tuple[str, str], list[QueryAnswer]] = {}
        for answer in self._review.queries:
            if answer.state == "raised":
                raised.setdefault((answer.query.id, answer.check), []).append(answer)
        for answers in raised.values():
            query, check = answers[0].query, answers[0].check
            yield Entry(
                kind="check",
                time=self._before_the_conference(),
                priority="before-conference",
                title=query.title,
                action=check,
                subjects=_named(answer.subject for answer in answers),
                who=KEEPER,
                why=" ".join(dict.fromkeys(answer.message for answer in answers)),
                records=(),
                query=query,
            )

    def _entry(
        self,
        kind: Kind,
        verdicts: Sequence[Verdict],
        *,
        title: str,
        action: str,
        who: str | None,
        records: Iterable[Record],
    ) -> Entry:
        rules = {verdict.rule.id: verdict.rule for verdict in verdicts}
        first = verdicts[0].rule
        return Entry(
            kind=kind,
            time=self._soonest(verdicts),
            priority=min((each.priority for each in rules.values()), key=PRIORITIES.index),
            title=title,
            action=action,
            subjects=_named(verdict.subject for verdict in verdicts),
            who=who,
            why=_SENTENCE.split(first.why)[0],
            records=merged(records),
            rules=tuple(rules.values()),
        )


def _named(subjects: Iterable[SubjectName]) -> tuple[SubjectName, ...]:
    return tuple(dict.fromkeys(each for each in subjects if each.kind != CASE))


def _disputed(verdict: Verdict) -> list[Because]:
    """Return the values on which agencies differ, of all that a verdict rests on."""
    because = verdict.because or verdict.applies_because
    values: dict[str, set[object]] = {}
    for each in because:
        values.setdefault(each.field, set()).add(each.value)
    return [each for each in because if len(values[each.field]) > 1] or list(because)
