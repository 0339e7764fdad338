"""A review: one case record held against rules on one day. Case in, verdicts out.

Each rule gives exactly one verdict for each of its subjects; that is checked on every run. Record
queries give no verdict: those raised stand beside the verdicts.
"""

import datetime
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import starmap
from typing import Final, Literal, NamedTuple

from checklist import wording
from checklist.engine import Engine, EngineError, Judged
from checklist.evidence import deadlines, gather
from checklist.reasons import Questions, fill, of_collection, rests_on
from checklist.record import Case
from checklist.rule import Query, Rule, Setting, Term, VerdictName, judged_as
from checklist.rulebook import Rulebook
from checklist.subjects import CaseSubjects, Subject
from checklist.truth import Truth
from checklist.verdict import (
    Accepted,
    Because,
    Missing,
    Needed,
    SubjectName,
    Verdict,
    Ways,
    name_of,
)
from checklist.vocabulary import subject_kinds


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


class Reasoned(NamedTuple):
    """A verdict, and the engine's answers that it follows from; None where nothing was judged."""

    verdict: Verdict
    applies: Judged | None = None
    expects: Judged | None = None


class _Answer(NamedTuple):
    """The engine's answers on one subject."""

    applies: Judged
    expects: Judged


class Reviewer:
    """Reviews cases against one rulebook; keeps what the engine has learnt from case to case.

    Without `rules`, against the whole rulebook: its rules and its record queries.
    """

    def __init__(self, rulebook: Rulebook, rules: Sequence[Rule] | None = None) -> None:
        self.rulebook = rulebook
        self.rules = tuple(rulebook.rules if rules is None else rules)
        queries = rulebook.queries if rules is None else ()
        self._queries = tuple((query, judged_as(query)) for query in queries)
        self._terms: Mapping[str, Term] = {term.id: term for term in rulebook.terms}
        self._engine = Engine()
        self._engine.prepare((*self.rules, *(rule for _, rule in self._queries)))

    def review(self, case: Case, as_of: datetime.date) -> Review:
        """Return the review of a case as the record stood on the day `as_of`."""
        subjects = CaseSubjects(case, as_of)
        verdicts = [each.verdict for rule in self.rules for each in self._of_rule(rule, subjects)]
        answered = {(verdict.rule.id, verdict.subject) for verdict in verdicts}
        if len(answered) != len(verdicts):
            raise AssertionError("a rule gave two verdicts on one subject")
        conferences = [each.value for each in subjects.whole.values("next_conference")]
        return Review(
            case,
            as_of,
            tuple(verdicts),
            self._notes(case, verdicts, as_of),
            min((each for each in conferences if each >= as_of), default=None),
            self.rulebook.changed_settings,
            tuple(
                answer
                for query, rule in self._queries
                for answer in self._of_query(query, rule, subjects)
            ),
        )

    def reasoned(self, rule: Rule, case: Case, as_of: datetime.date) -> list[Reasoned]:
        """Return the verdicts of one rule on a case, each with the answers it follows from."""
        return self._of_rule(rule, CaseSubjects(case, as_of))

    def close(self) -> None:
        """Give the engine's memory back."""
        self._engine.close()

    # -- one rule -----------------------------------------------------------------------------

    def _of_rule(self, rule: Rule, subjects: CaseSubjects) -> list[Reasoned]:
        found = subjects.of_kind(rule.for_each) or []
        verdicts = self._judged_all(rule, found)
        if len(verdicts) != len(found):
            raise AssertionError(f"rule {rule.id} left a subject without a verdict")
        silent = subjects.silent_parts(rule.for_each)
        if silent:
            verdicts.append(Reasoned(_nothing_recorded(rule, silent, subjects.whole)))
        elif not found:
            verdicts.append(Reasoned(_none_there(rule, subjects.whole)))
        return verdicts

    def _of_query(self, query: Query, rule: Rule, subjects: CaseSubjects) -> Iterator[QueryAnswer]:
        """Yield what a query, judged as a rule, says of the subjects on which it says anything."""
        found = subjects.of_kind(query.for_each) or []
        for subject, answer in zip(found, self._answers(rule, found), strict=True):
            name = _name(subject)
            if isinstance(answer, str):
                yield QueryAnswer(
                    query, name, "could not be judged", _not_told(subject, answer), ""
                )
            elif answer.expects.truth.has_against:
                yield QueryAnswer(
                    query,
                    name,
                    "raised",
                    fill(query.says, subject),
                    fill(query.check, subject),
                    rests_on(answer.expects, "against", "for"),
                )

    def _judged_all(self, rule: Rule, found: list[Subject]) -> list[Reasoned]:
        return [
            Reasoned(_not_judged(rule, each, answer))
            if isinstance(answer, str)
            else Reasoned(self._verdict(rule, each, *answer), *answer)
            for each, answer in zip(found, self._answers(rule, found), strict=True)
        ]

    def _answers(self, rule: Rule, found: list[Subject]) -> "list[_Answer | str]":
        """Return the engine's answers on the subjects, or why it gave none on one."""
        evidence = [gather(part, each) for each in found for part in (rule.applies, rule.expects)]
        try:
            judged = self._engine.judge(rule, evidence)
        except EngineError as error:
            if len(found) > 1:  # one bad subject must not cost the others their verdict
                return [answer for each in found for answer in self._answers(rule, [each])]
            return [str(error) for _ in found]
        return list(starmap(_Answer, zip(judged[::2], judged[1::2], strict=True)))

    def _verdict(self, rule: Rule, subject: Subject, applies: Judged, expects: Judged) -> Verdict:
        as_of = subject.family.as_of
        days = [] if rule.by is None else [each.value for each in deadlines(rule.by, subject)]
        # where agencies name different days the earliest counts: too early is safe, too late is not
        deadline = min(days, default=None)
        name = name_of(
            applies.truth,
            expects.truth,
            deadline_is_ahead=deadline is not None and deadline >= as_of,
        )
        questions = Questions(rule, self._terms, subject)
        missing: tuple[Missing, ...] = ()
        if name in ("not recorded", "due"):
            # whether it applies comes first: a no to that settles it without another question
            missing = questions.missing(applies, first=True) or questions.missing(expects)
        because, applies_because = _grounds(rule, name, applies, expects)
        accepted, lapsed = _acceptance(rule, subject, as_of) if name == "gap" else (None, None)
        message = _message(rule, subject, name, because or applies_because, missing, expects)
        return Verdict(
            rule=rule,
            subject=_name(subject),
            name=name,
            message=message,
            close=_close(rule, subject, name),
            accepted=accepted,
            lapsed=lapsed,
            deadline=deadline,
            days_left=None if deadline is None else (deadline - as_of).days,
            because=because,
            applies_because=applies_because,
            applies_disputed=applies.truth is Truth.BOTH,
            missing=missing,
            ways=Ways(partial(_ways, applies, expects)) if name in _OPEN else None,
        )

    def _notes(
        self, case: Case, verdicts: Sequence[Verdict], as_of: datetime.date
    ) -> tuple[str, ...]:
        notes = []
        by_key = {(each.rule.id, each.subject.id): each for each in verdicts}
        for acceptance in case.accepted:
            of = f"The acceptance of {acceptance.rule} for {acceptance.subject or 'the case'}"
            if acceptance.rule not in self.rulebook.by_id:
                notes.append(f"{of} names a rule that this rulebook does not have.")
                continue
            verdict = by_key.get((acceptance.rule, acceptance.subject or case.id))
            if acceptance.rule not in {rule.id for rule in self.rules}:
                continue
            if verdict is None:
                notes.append(f"{of} names nothing that the rule looks at.")
            elif verdict.name not in ("gap", "due") and (acceptance.date or as_of) <= as_of:
                notes.append(f"{of} accepts nothing: there is no gap ({verdict.name}).")
        notes += dict.fromkeys(self._notes_on_judgements(case, by_key.keys()))
        return tuple(notes)

    def _notes_on_judgements(self, case: Case, judged: Container[tuple[str, str]]) -> Iterator[str]:
        chosen = {rule.id for rule in self.rules}
        for judgement in case.judgements:
            of = f"The judgement on {judgement.rule} for {judgement.subject or 'the case'}"
            rule = self.rulebook.by_id.get(judgement.rule)
            if rule is None:
                yield f"{of} names a rule that this rulebook does not have."
            elif rule.judge is None:
                yield f"{of} answers nothing: the rule asks for no judgement."
            elif rule.id in chosen and (rule.id, judgement.subject or case.id) not in judged:
                yield f"{of} names nothing that the rule looks at."


_OPEN: Final = frozenset({"gap", "due", "conflicting", "not recorded"})


# -- parts of a verdict ------------------------------------------------------------------------


def _grounds(
    rule: Rule, name: VerdictName, applies: Judged, expects: Judged
) -> tuple[tuple[Because, ...], tuple[Because, ...]]:
    """Return the values behind what is expected, and those behind whether the rule applies."""
    if name == "not applicable":
        return (), rests_on(applies, "against")
    sides = {"met": ("for",), "gap": ("against",)}.get(name, ("for", "against"))
    if expects.truth is Truth.FALSE:
        sides = ("against",)
    because = rests_on(expects, *sides)
    if rule.judge is not None and expects.truth is Truth.NEITHER:  # what there is to judge by
        of_parts = (rests_on(part, "for", "against") for part in expects.parts)
        because = tuple(dict.fromkeys(each for found in of_parts for each in found))
    return because, _applies_because(applies)


def _applies_because(applies: Judged) -> tuple[Because, ...]:
    """Return the values behind whether a rule applies; where that is disputed, those in dispute."""
    found = rests_on(applies, "for", "against")
    if applies.truth is not Truth.BOTH:
        return found
    on_each_side = {*rests_on(applies, "for")} & {*rests_on(applies, "against")}
    return tuple(each for each in found if each in on_each_side) or found


def _ways(applies: Judged, expects: Judged) -> tuple[tuple[Needed, ...], ...]:
    from checklist.ways import ways_to_meet  # only who asks for them needs it

    return ways_to_meet(applies, expects)


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


def _message(
    rule: Rule,
    subject: Subject,
    name: VerdictName,
    because: Sequence[Because],
    missing: Sequence[Missing],
    expects: Judged,
) -> str:
    match name:
        case "met":
            ways = list(dict.fromkeys(_ways_taken(expects)))
            if ways:
                return f"{rule.title}: {wording.listed(ways)}."
            return fill(rule.met, subject) if rule.met else f"{rule.title}."
        case "gap":
            return fill(rule.gap, subject)
        case "due" if not missing:
            return fill(rule.due or rule.gap, subject)
        case "conflicting":
            return f"The records disagree about {subject.label}: {who_says_what(because)}."
        case "not applicable":
            return f"Does not apply: {who_says_what(because)}."
        case _:
            return " ".join(each.question for each in missing) or f"{rule.title}: not recorded."


def _close(rule: Rule, subject: Subject, name: VerdictName) -> str:
    """Return what to do about a verdict: what closes a gap, or how to settle a disagreement."""
    if name in ("met", "not applicable"):
        return ""
    if name == "conflicting":
        return (
            "Settle it with the agencies, and record the value they agree on, with the day, the "
            "role of who records it and the reason."
        )
    return fill(rule.close, subject)


def _ways_taken(judged: Judged) -> list[str]:
    """Return in words the ways in which a condition that is met was met."""
    if judged.truth is not Truth.TRUE:
        return []
    way = getattr(judged.evidence.condition, "way", None)
    if way is not None:
        return [way]
    return [found for part in judged.parts for found in _ways_taken(part)]


def who_says_what(because: Sequence[Because]) -> str:
    """Return the values in words, by field, each with the agencies that said it."""
    by_field: dict[str, dict[str, list[str]]] = {}
    for each in because:
        field = f"{each.about}, {each.name}" if each.about else each.name
        said = by_field.setdefault(field, {}).setdefault(wording.value(each.value, each.kind), [])
        if each.worked_out is not None:
            said.append(f"worked out from {each.worked_out}")
        elif each.agency is not None:
            said.append(wording.word(each.agency))
    fields = []
    for field, values in by_field.items():
        words = [
            f"{value} ({wording.listed(agencies)})" if agencies else value
            for value, agencies in values.items()
        ]
        fields.append(f"{field}: {wording.listed(words, 'but')}")
    return "; ".join(fields)


def _nothing_recorded(rule: Rule, silent: list[str], case: Subject) -> Verdict:
    missing = tuple(
        Missing(key, rule.ask.get(subject_kinds()[rule.for_each].plural) or of_collection(key))
        for key in silent
    )
    return Verdict(
        rule=rule,
        subject=_name(case),
        name="not recorded",
        message=" ".join(dict.fromkeys(each.question for each in missing)),
        close="",
        missing=missing,
    )


def _none_there(rule: Rule, case: Subject) -> Verdict:
    plural = subject_kinds()[rule.for_each].plural
    return Verdict(
        rule=rule,
        subject=_name(case),
        name="not applicable",
        message=f"Does not apply: the record says that there are no {wording.word(plural)}.",
        close="",
        applies_because=(Because(plural, wording.word(plural), frozenset(), "codes"),),
    )


def _not_judged(rule: Rule, subject: Subject, problem: str) -> Verdict:
    return Verdict(
        rule=rule,
        subject=_name(subject),
        name="could not be judged",
        message=_not_told(subject, problem),
        close="",
    )


def _not_told(subject: Subject, problem: str) -> str:
    return (
        f"This could not be judged for {subject.label}: {problem}. It says nothing about the case."
    )


def _name(subject: Subject) -> SubjectName:
    return SubjectName(subject.kind, subject.id, subject.label)
