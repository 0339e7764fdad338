"""A review: one case record held against rules on one day. Case in, verdicts out.

Each rule gives exactly one verdict for each of its subjects; that is checked on every run. Record
queries give no verdict: those raised stand beside the verdicts.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product, zip_longest
from typing import Final, Literal, NamedTuple

from checklist.conditions import Condition
from checklist.content import last_days
from checklist.does_not_apply import said_of, spoken_against
from checklist.engine import EngineError
from checklist.grounds import (
    GroundsOf,
    of_a_failure,
    of_a_word_against,
    of_none_there,
    of_nothing_recorded,
)
from checklist.judging import Judgeable, Judged, Judging
from checklist.reasons import fill, rests_on
from checklist.record import Case, DoesNotApply
from checklist.record_notes import notes_on
from checklist.rule import VERDICT_NAMES, Query, Rule, Setting, Term, VerdictName, judged_as
from checklist.rulebook import Rulebook
from checklist.scope import Scope
from checklist.subjects import CaseSubjects, Subject, SubjectName
from checklist.truth import Truth
from checklist.verdict import Accepted, Because, Grounds, Later, Sets, Verdict, name_of


class QueryAnswer(NamedTuple):
    """What a record query says of one subject: that it is raised, or could not be judged.

    `message` says what does not fit together, and `check` what to look up; `because` holds the
    values that say so, and those that speak against it where agencies differ.
    """

    query: Query
    subject: SubjectName
    state: Literal["raised", "could not be judged"]
    message: str
    check: str
    because: tuple[Because, ...] = ()


class Review(NamedTuple):
    """The verdicts of one case on the day `as_of`, by rule and then in the order of the file.

    `notes` say what a reader should know about the record itself, such as an acceptance that
    accepts nothing. `next_conference` is the soonest that is not past. `settings` are the local
    ones whose value is not the default. `queries` are those raised, and those that could not be
    judged; there are none where a part of the rules was chosen.
    """

    case: Case
    as_of: datetime.date
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]
    next_conference: datetime.date | None
    settings: tuple[Setting, ...] = ()
    queries: tuple[QueryAnswer, ...] = ()


class Tally(NamedTuple):
    """What a review finds: the subjects of each verdict by rule, and of the gaps accepted.

    `queries` are the ids of record queries raised, `unchecked` of those not judged.
    """

    verdicts: Mapping[VerdictName, Mapping[str, Sequence[str]]]
    accepted: Mapping[str, Sequence[str]]
    queries: tuple[str, ...]
    unchecked: tuple[str, ...]


def tally_of(review: Review) -> Tally:
    """Return what a review found, as `Reviewer.tally` finds it."""
    verdicts: dict[VerdictName, dict[str, list[str]]] = {name: {} for name in VERDICT_NAMES}
    accepted: dict[str, list[str]] = {}
    for verdict in review.verdicts:
        rule, subject = verdict.rule.id, verdict.subject.id
        verdicts[verdict.name].setdefault(rule, []).append(subject)
        if verdict.accepted is not None:
            accepted.setdefault(rule, []).append(subject)
    raised, lost = (
        tuple(dict.fromkeys(each.query.id for each in review.queries if each.state == state))
        for state in ("raised", "could not be judged")
    )
    return Tally({name: told for name, told in verdicts.items() if told}, accepted, raised, lost)


class Reasoned(NamedTuple):
    """A verdict, and the engine's answers that it follows from; None where nothing was judged.

    `said` are people's words that the rule does not apply.
    """

    verdict: Verdict
    applies: Judged | None = None
    expects: Judged | None = None
    said: tuple[DoesNotApply, ...] = ()


class _Ready(NamedTuple):
    """A rule made ready to be judged; `by` finds the last days on which it can be put right."""

    rule: Rule
    applies: Judgeable
    expects: Judgeable
    by: Callable[[Scope], Sequence[datetime.date]] | None


class Reviewer:
    """Reviews cases against one rulebook; keeps what the engine has learnt from case to case.

    Without `rules`, against the whole rulebook: its rules and its record queries. Reviewers that
    share their `judging` share what the engine has answered.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule] | None = None,
        judging: Judging | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.rules = tuple(rulebook.rules if rules is None else rules)
        self._terms: Mapping[str, Term] = {term.id: term for term in rulebook.terms}
        self._judging = judging or Judging()
        queries = rulebook.queries if rules is None else ()
        self._queries = [
            (query, self._judging.prepare(judged_as(query).expects)) for query in queries
        ]
        self._ready = [self._made_ready(rule) for rule in self.rules]

    def review(self, case: Case, as_of: datetime.date) -> Review:
        """Return the review of a case as the record stood on the day `as_of`.

        Raises BadInput where working days cannot be counted.
        """
        subjects = CaseSubjects(case, as_of)
        verdicts = self._verdicts(self._ready, subjects)
        answered = {(verdict.rule.id, verdict.subject.id) for verdict in verdicts}
        if len(answered) != len(verdicts):
            raise AssertionError("a rule gave two verdicts on one subject")
        conferences = subjects.whole.plain["next_conference"]
        return Review(
            case,
            as_of,
            tuple(verdicts),
            notes_on(case, verdicts, as_of, self.rulebook, {rule.id for rule in self.rules}),
            min((each for each in conferences if each >= as_of), default=None),
            self.rulebook.changed_settings,
            tuple(self._raised(subjects)),
        )

    def tally(self, case: Case, as_of: datetime.date) -> Tally:
        """Return what a review of a case finds, without the grounds: for cohorts.

        Raises BadInput where working days cannot be counted.
        """
        subjects = CaseSubjects(case, as_of)
        whole = case.id
        verdicts: dict[VerdictName, dict[str, list[str]]] = {name: {} for name in VERDICT_NAMES}
        accepted: dict[str, list[str]] = {}
        looked_at = self._looked_at(self._ready, subjects)
        pairs = iter(self._pairs(looked_at, subjects))
        at_once, name_it = _AT_ONCE.get, self._name
        for ready, found in looked_at:
            rule = ready.rule
            told: dict[VerdictName, list[str]] = {}
            for subject in found:
                pair = next(pairs)
                name = at_once(pair) or name_it(ready, subject, pair)[0]
                if name in told:
                    told[name].append(subject.id)
                else:
                    told[name] = [subject.id]
                if name == "gap" and case.accepted and _acceptance(rule, subject, as_of)[0]:
                    accepted.setdefault(rule.id, []).append(subject.id)
            if subjects.silent_parts(rule.for_each):
                silent: VerdictName = "not recorded"
                if case.not_applicable and said_of(rule.id, subjects.whole):
                    silent = "not applicable"
                told.setdefault(silent, []).append(whole)
            elif not found:
                told["not applicable"] = [whole]
            for name, ids in told.items():
                verdicts[name][rule.id] = ids
        raised, lost = self._queries_raised(subjects)
        subjects.let_go()
        return Tally(
            {name: told for name, told in verdicts.items() if told}, accepted, raised, lost
        )

    def reasoned(self, rule: Rule, case: Case, as_of: datetime.date) -> list[Reasoned]:
        """Return the verdicts of one rule on a case, each with the answers it follows from."""
        subjects = CaseSubjects(case, as_of)
        found: Sequence[Subject | None] = subjects.of_kind(rule.for_each) or []
        verdicts = self._verdicts([self._made_ready(rule)], subjects)
        return [
            Reasoned(verdict)
            if subject is None or verdict.name == "could not be judged"
            else Reasoned(verdict, *self._judged(rule, subject), said_of(rule.id, subject))
            for verdict, subject in zip_longest(verdicts, found)
        ]

    def close(self) -> None:
        """Give the engine's memory back."""
        self._judging.close()

    # -- verdicts -----------------------------------------------------------------------------

    def _made_ready(self, rule: Rule) -> _Ready:
        prepare = self._judging.prepare
        by = None if rule.by is None else last_days(rule.by)
        return _Ready(rule, prepare(rule.applies), prepare(rule.expects), by)

    def _looked_at(
        self, rules: Sequence[_Ready], subjects: CaseSubjects
    ) -> list[tuple[_Ready, list[Subject]]]:
        return [(ready, subjects.of_kind(ready.rule.for_each) or []) for ready in rules]

    def _pairs(
        self, looked_at: Sequence[tuple[_Ready, list[Subject]]], subjects: CaseSubjects
    ) -> "list[tuple[Truth, Truth] | EngineError]":
        """Return whether each rule applies to each subject, and what it expects is so."""
        pairs = self._judging.pairs(
            [(ready.applies, ready.expects, found) for ready, found in looked_at]
        )
        if not subjects.case.not_applicable:
            return pairs
        asked = [(ready.rule.id, subject) for ready, found in looked_at for subject in found]
        return [
            (spoken_against(pair[0]), pair[1])
            if not isinstance(pair, EngineError) and said_of(*each)
            else pair
            for pair, each in zip(pairs, asked, strict=True)
        ]

    def _name(
        self, ready: _Ready, subject: Subject, pair: tuple[Truth, Truth] | EngineError
    ) -> tuple[VerdictName, datetime.date | None]:
        """Return a verdict's name, and the day by which the point is to be put right."""
        if isinstance(pair, EngineError):
            return "could not be judged", None
        if pair[0] is Truth.FALSE:
            return "not applicable", None
        # where agencies name different days the earliest counts: too early is safe, too late is not
        deadline = None if ready.by is None else min(ready.by((subject,)), default=None)
        is_ahead = deadline is not None and deadline >= subject.family.as_of
        return name_of(*pair, deadline_is_ahead=is_ahead), deadline

    def _verdicts(self, rules: Sequence[_Ready], subjects: CaseSubjects) -> list[Verdict]:
        looked_at = self._looked_at(rules, subjects)
        pairs = iter(self._pairs(looked_at, subjects))
        verdicts: list[Verdict] = []
        open_points: list[tuple[Condition, Subject]] = []
        for ready, found in looked_at:
            rule = ready.rule
            for subject in found:
                verdicts.append(self._verdict(ready, subject, next(pairs)))
                if verdicts[-1].name in _OPEN:
                    open_points += [(rule.applies, subject), (rule.expects, subject)]
            if silent := subjects.silent_parts(rule.for_each):
                said = said_of(rule.id, subjects.whole)
                name: VerdictName = "not applicable" if said else "not recorded"
                told = (
                    of_a_word_against(said)
                    if said
                    else of_nothing_recorded(rule, silent, subjects.whole)
                )
                verdicts.append(Verdict(rule, subjects.whole.named, name, told))
            elif not found:
                told = of_none_there(rule)
                verdicts.append(Verdict(rule, subjects.whole.named, "not applicable", told))
        self._judging.look_ahead(open_points)
        return verdicts

    def _verdict(
        self,
        ready: _Ready,
        subject: Subject,
        pair: tuple[Truth, Truth] | EngineError,
    ) -> Verdict:
        rule, as_of = ready.rule, subject.family.as_of
        name, deadline = self._name(ready, subject, pair)
        if isinstance(pair, EngineError):
            return Verdict(rule, subject.named, name, of_a_failure(subject, str(pair)))
        if name == "not applicable":
            return Verdict(rule, subject.named, name, self._grounds(rule, subject, name))
        accepted, lapsed = _acceptance(rule, subject, as_of) if name == "gap" else (None, None)
        return Verdict(
            rule,
            subject.named,
            name,
            self._grounds(rule, subject, name),
            accepted,
            lapsed,
            deadline,
            None if deadline is None else (deadline - as_of).days,
            pair[0] is Truth.BOTH,
            Later(self._ways, rule, subject) if name in _OPEN else None,
        )

    def _judged(self, rule: Rule, subject: Subject) -> tuple[Judged, Judged]:
        judged = self._judging.judged
        return judged(rule.applies, subject), judged(rule.expects, subject)

    def _grounds(self, rule: Rule, subject: Subject, name: VerdictName) -> Grounds:
        return GroundsOf(rule, subject, name, self._judging.judged, self._terms)

    def _ways(self, rule: Rule, subject: Subject) -> Sets:
        from checklist.ways import ways_to_meet  # only who asks for them needs it

        try:
            spoken = bool(said_of(rule.id, subject))
            return ways_to_meet(*self._judged(rule, subject), spoken_against=spoken)
        except EngineError:
            return ()

    # -- record queries -----------------------------------------------------------------------

    def _checked(
        self, subjects: CaseSubjects
    ) -> Iterator[tuple[Query, Judgeable, Subject, EngineError | None]]:
        """Yield each record query and subject on which it is raised, or could not be judged."""
        asked = [
            (query, condition, subject)
            for query, condition in self._queries
            for subject in subjects.of_kind(query.for_each) or []
        ]
        truths = self._judging.truths([(condition, subject) for _, condition, subject in asked])
        for each, truth in zip(asked, truths, strict=True):
            if isinstance(truth, EngineError):
                yield *each, truth
            elif truth.has_against:
                yield *each, None

    def _queries_raised(self, subjects: CaseSubjects) -> tuple[tuple[str, ...], tuple[str, ...]]:
        raised: dict[str, None] = {}
        lost: dict[str, None] = {}
        for query, _, _, error in self._checked(subjects):
            (raised if error is None else lost)[query.id] = None
        return tuple(raised), tuple(lost)

    def _raised(self, subjects: CaseSubjects) -> Iterator[QueryAnswer]:
        """Yield what record queries say, each judged as a rule, where they say anything."""
        for query, condition, subject, error in self._checked(subjects):
            if error is not None:
                told = of_a_failure(subject, str(error)).message
                yield QueryAnswer(query, subject.named, "could not be judged", told, "")
            else:
                yield QueryAnswer(
                    query,
                    subject.named,
                    "raised",
                    fill(query.says, subject),
                    fill(query.check, subject),
                    rests_on(self._judging.judged(condition.condition, subject), "against", "for"),
                )


# what two answers give whatever the deadline
_AT_ONCE: Final[dict[object, VerdictName]] = {
    pair: name
    for pair in product(Truth, Truth)
    if (name := name_of(*pair, deadline_is_ahead=False)) == name_of(*pair, deadline_is_ahead=True)
}
_OPEN: Final = frozenset({"gap", "due", "conflicting", "not recorded"})


def _acceptance(
    rule: Rule, subject: Subject, as_of: datetime.date
) -> tuple[Accepted | None, Accepted | None]:
    """Return the acceptance that stands, or else the one that has lapsed last."""
    case = subject.family.case
    made = [
        Accepted(each.reason, each.role, each.review)
        for each in case.accepted
        if each.rule == rule.id
        and (each.subject or case.id) == subject.id
        and (each.date is None or each.date <= as_of)
    ]
    if not made:
        return None, None
    last = max(made, key=lambda each: each.review)
    return (last, None) if last.review >= as_of else (None, last)
