"""Explanations: the whole reasoning behind a verdict, or behind a term, on one subject. Plain data.

The answers are those the review was given by the engine; nothing is judged here again.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from checklist import wording
from checklist.condition_tree import Node, called, labels, recorded_days, tree
from checklist.conditions import DateField, moment_of_deadline
from checklist.does_not_apply import as_because, spoken_against
from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.evidence import deadlines
from checklist.plain_english import deadline
from checklist.record import Case
from checklist.review import Reasoned, Reviewer
from checklist.rule import Rule, Setting, Term, judged_as
from checklist.rulebook import Rulebook
from checklist.subjects import CaseSubjects, SubjectName
from checklist.text import short
from checklist.truth import Truth
from checklist.verdict import Accepted, Because, Missing, Verdict
from checklist.vocabulary import NOT_APPLICABLE, collections


class Deadline(NamedTuple):
    """By when a point can be put right.

    `words` say how the day follows, `days` are the recorded days it is counted from (none where
    `silent` names what is not recorded). `last` is the day itself, of several the earliest, and
    `days_left` the days to it from the day of the review, negative once it has passed.
    """

    words: str
    days: tuple[Because, ...]
    silent: str | None
    last: datetime.date | None
    days_left: int | None


class Change(NamedTuple):
    """A newly recorded value: the field, its name for a reader, and the test it must pass."""

    field: str
    name: str
    test: str


class Explanation(NamedTuple):
    """Why a rule gives a verdict on a subject, or why a term is so of it.

    `answer` is the verdict's name; of a term "yes", "no", "records disagree" or "not recorded".
    `follows` is the row of the table of verdicts that gives it. `applies` and `expects` are None
    where there was nothing to judge, and a term has no `applies`. `settings` are the local ones
    that it uses and whose value is not the default. Each of `changes` would, newly recorded, make
    the verdict met, or the term so.
    """

    kind: Literal["rule", "term"]
    id: str
    title: str
    subject: SubjectName
    answer: str
    follows: str
    applies: Node | None
    expects: Node | None
    deadline: Deadline | None
    accepted: Accepted | None
    lapsed: Accepted | None
    message: str
    missing: tuple[Missing, ...]
    settings: tuple[Setting, ...]
    changes: tuple[tuple[Change, ...], ...]


class Answered(NamedTuple):
    """One subject and the answer on it."""

    subject: SubjectName
    answer: str
    accepted: bool


class Explainer:
    """Explains one rule or term of a rulebook, on the subjects of one case on one day."""

    def __init__(self, rulebook: Rulebook, name: str, case: Case, as_of: datetime.date) -> None:
        """Judge the case; raise BadInput where there is neither a rule nor a term of the name."""
        self._terms = {term.id: term for term in rulebook.terms}
        found, *_ = rulebook.called(name, among=(Rule, Term), field="RULE")
        self._term = found if isinstance(found, Term) else None
        self._rule = judged_as(found)
        used = rulebook.settings_of(self._rule)
        self._settings = tuple(setting for setting in used if setting.is_changed)
        reviewer = Reviewer(rulebook, [self._rule])
        self._found = reviewer.reasoned(self._rule, case, as_of)

    @property
    def title(self) -> str:
        """The rule's title, or the term's name in quotes."""
        return _title(self._rule, self._term)

    def answers(self) -> list[Answered]:
        """Return the subjects, each with the answer on it."""
        return [
            Answered(each.verdict.subject, self._answer(each), each.verdict.accepted is not None)
            for each in self._found
        ]

    def explain(self, subject: str | None = None) -> list[Explanation]:
        """Return the explanations for all subjects, or for the one of an id.

        Raises BadInput where the rule or term looks at no such subject.
        """
        found = [each for each in self._found if subject in (None, each.verdict.subject.id)]
        if not found:
            ids = [each.verdict.subject.id for each in self._found]
            problem = (
                f"{self._rule.id} looks at no {wording.word(self._rule.for_each)} "
                f"{short(subject or '')} in this case{nearest(subject or '', ids)}; "
                f"there {'is' if len(ids) == 1 else 'are'} {one_of(ids)}"
            )
            raise BadInput([Fault(problem, field="--subject")])
        return [self._explained(each) for each in found]

    def _explained(self, reasoned: Reasoned) -> Explanation:
        verdict, is_rule = reasoned.verdict, self._term is None
        applies = expects = None
        if reasoned.applies is not None and reasoned.expects is not None:
            applies = _whether_it_applies(reasoned, self._terms) if is_rule else None
            expects = tree(reasoned.expects, self._terms)
            if _applies(reasoned) is Truth.FALSE:
                expects = expects._replace(decided=False)
        return Explanation(
            kind="rule" if is_rule else "term",
            id=self._rule.id,
            title=self.title,
            subject=verdict.subject,
            answer=self._answer(reasoned),
            follows=self._follows(reasoned),
            applies=applies,
            expects=expects,
            deadline=self._deadline(reasoned),
            accepted=verdict.accepted,
            lapsed=verdict.lapsed,
            message=verdict.message if is_rule or expects is None else "",
            missing=verdict.missing,
            settings=self._settings,
            changes=_changes(reasoned),
        )

    def _answer(self, reasoned: Reasoned) -> str:
        if self._term is None or reasoned.expects is None:
            return reasoned.verdict.name
        return wording.TRUTHS[reasoned.expects.truth]

    def _follows(self, reasoned: Reasoned) -> str:
        verdict, _, expects, _ = reasoned
        applies = _applies(reasoned)
        said = self._answer(reasoned)
        if verdict.accepted is not None:
            said += ", accepted"
        if applies is None or expects is None:
            return f"{_why_nothing(verdict)} -> {said}"
        if self._term is not None:
            if self._term.no_when is None:
                return ""
            truths = [part.truth.has_for for part in expects.parts]
            so, not_so = ("found" if has_for else "none" for has_for in truths)
            return f"evidence for it: {so}, evidence against it: {not_so} -> {said}"
        row = [f"applies: {wording.TRUTHS[applies]}"]
        if applies is not Truth.FALSE:
            row.append(f"expects: {wording.TRUTHS[expects.truth]}")
            # only what is not shown to be done, of what is known to apply, can be due
            if self._rule.by is not None and applies.has_for and not expects.truth.has_for:
                row.append(_how_soon(verdict.days_left))
        return f"{', '.join(row)} -> {said}"

    def _deadline(self, reasoned: Reasoned) -> Deadline | None:
        by = self._rule.by
        if by is None or reasoned.applies is None:
            return None
        subject = reasoned.applies.evidence.subject
        moment = moment_of_deadline(by)
        days = recorded_days(moment, deadlines(moment, subject))
        silent = None
        if isinstance(moment, DateField) and not days:
            silent = wording.when(moment, called(subject)).removeprefix("the ")
        verdict = reasoned.verdict
        words = deadline(by, called(subject))
        return Deadline(words, days, silent, verdict.deadline, verdict.days_left)


def _applies(reasoned: Reasoned) -> Truth | None:
    """Return whether the rule applies, by the record and by what people say."""
    if reasoned.applies is None:
        return None
    return spoken_against(reasoned.applies.truth) if reasoned.said else reasoned.applies.truth


def _whether_it_applies(reasoned: Reasoned, terms: Mapping[str, Term]) -> Node | None:
    truth = _applies(reasoned)
    if reasoned.applies is None or truth is None:
        return None
    node = tree(reasoned.applies, terms)
    return node._replace(truth=truth, values=(*node.values, *as_because(reasoned.said)))


_OF_MEMBER: Final = re.compile(r"([\w.]+)\[([^\]]+)\]\.(.+)")


def _changes(reasoned: Reasoned) -> tuple[tuple[Change, ...], ...]:
    if reasoned.applies is None:
        return ()
    family = reasoned.applies.evidence.subject.family
    return tuple(
        tuple(Change(each.field, _name(each.field, family), each.test) for each in needed)
        for needed in reasoned.verdict.would_be_met_by
    )


def _name(field: str, family: CaseSubjects) -> str:
    """Return the name of a path for a reader, with the member of a collection in words."""
    of_member = _OF_MEMBER.fullmatch(field)
    if of_member is None:
        return wording.field_name(field)
    plural, member_id, rest = of_member.groups()
    named = labels(family, plural) if plural in collections() else {}
    label = named.get(member_id) or wording.name(member_id)
    return f"{label}: {wording.field_name(rest)}"


def _title(rule: Rule, term: Term | None) -> str:
    return rule.title if term is None else f'"{wording.sentence(wording.word(term.id))}"'


def _why_nothing(verdict: Verdict) -> str:
    """Return why nothing was judged: there is no subject, or none recorded, or a failure."""
    match verdict.name:
        case "not recorded":
            silent: Sequence[str] = [wording.word(each.field) for each in verdict.missing]
            return f"nothing is recorded of {wording.listed(silent, 'or')}"
        case "not applicable":
            if any(each.field.startswith(NOT_APPLICABLE) for each in verdict.applies_because):
                return "nothing is recorded of what it looks at, and it is said not to apply"
            there = [each.name for each in verdict.applies_because]
            return f"the record says that there are no {wording.listed(there, 'or')}"
        case _:
            return "the engine failed"


def _how_soon(days_left: int | None) -> str:
    if days_left is None:
        return "no deadline recorded"
    return "deadline ahead" if days_left >= 0 else "deadline passed"
