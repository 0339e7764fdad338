"""What to ask: the values that keep a condition open, and the question that would settle each."""

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Final

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    THIS,
    All,
    Any,
    Atom,
    DateField,
    Every,
    Moment,
    Named,
    Not,
    Some,
    Through,
    Timescale,
    WithinTimescale,
    moment_of,
)
from checklist.evidence import moments
from checklist.judging import Judged
from checklist.reasons import fill, member_path
from checklist.record import Case
from checklist.rule import Rule, Term
from checklist.scope import Scope, around
from checklist.subjects import CaseSubjects, Subject
from checklist.truth import Truth
from checklist.verdict import Missing, Target
from checklist.vocabulary import CASE, Field, collections, subject_kinds

_ALL: Final = frozenset(Truth)
_STAYS: Final = frozenset({Truth.NEITHER})


@dataclass(frozen=True)
class Questions:
    """Finds what is missing for a rule on a subject, and the question that would settle it.

    What was asked before, and is still not recorded, is left out: it is in `asked`. What is
    missing is what leaves a condition undecided; when `thorough`, all that can still change its
    value, as a no beside something in dispute does.
    """

    rule: Rule
    terms: Mapping[str, Term]
    subject: Subject
    asked: Container[Target] = ()
    thorough: bool = False
    _found: dict[int, tuple[Judged, frozenset[Truth]]] = field(default_factory=dict, init=False)

    def missing(self, judged: Judged, *, first: bool = False) -> tuple[Missing, ...]:
        """Return what the record does not say, of all that has kept a condition undecided.

        With `first`, of several conditions that all have to be so, only what the first of them
        lacks: a no to that settles them all, and then the others need not be asked.
        """
        found = self._missing(judged, "", ())
        while first and isinstance(judged.evidence.condition, All):
            of_parts = ((part, self._missing(part, "", ())) for part in judged.parts)
            lacking = next((each for each in of_parts if each[1]), None)
            if lacking is None:
                break
            judged, found = lacking
        by_field: dict[str, Missing] = {}
        for each in found:
            by_field.setdefault(each.field, each)
        return tuple(by_field.values())

    def missing_day(self, by: Moment) -> tuple[Missing, ...]:
        """Return what is missing of the day by which the point is to be put right."""
        if not isinstance(by, DateField):
            return ()
        found = self._silent_day(by, "", (self.subject,), "", ())
        return () if self._was_asked(found.at) else (found,)

    def possible(self, judged: Judged) -> frozenset[Truth]:
        """Return the values that a condition can have once more is recorded."""
        found = self._found.get(id(judged))
        if found is None:
            # the condition is kept beside it, so that no other gets its id
            found = self._found[id(judged)] = (judged, self._possible(judged))
        return found[1]

    def _possible(self, judged: Judged) -> frozenset[Truth]:
        parts, condition = judged.parts, judged.evidence.condition
        of_silence = [_ALL if self._lacks(judged) else _STAYS] if judged.evidence.silent else []
        match condition:
            case Atom() if judged.truth is not Truth.NEITHER:
                return frozenset({judged.truth})
            case Atom():
                return _ALL if self._lacks(judged) else _STAYS
            case Not():
                return frozenset(each.negated for each in self.possible(parts[0]))
            case Named(_, _, no):
                yes, *against = map(self.possible, parts)
                if no is None:
                    return yes
                return frozenset(
                    Truth((for_it.has_for, other.has_for)) for for_it in yes for other in against[0]
                )
            case All() | Every():
                return reduce(_both, [*map(self.possible, parts), *of_silence], _TRUE)
            case Any() | Some():
                return reduce(_either, [*map(self.possible, parts), *of_silence], _FALSE)
            case Through():
                return of_silence[0] if of_silence else reduce(_merged, map(self.possible, parts))

    def hangs_on(self, judged: Judged) -> dict[Target, float]:
        """Return how much of an undecided condition hangs on each value not asked for: 1 in all.

        It is shared evenly among the parts that lack something, and theirs among their parts.
        """
        if judged.truth is not Truth.NEITHER:
            return {}
        shares = [found for part in judged.parts if (found := self.hangs_on(part))]
        if isinstance(judged.evidence.condition, Named):
            shares = shares[:1]
        if lacked := self._lacks(judged):
            shares.append(dict.fromkeys(lacked, 1 / len(lacked)))
        return summed(shares, 1 / len(shares)) if shares else {}

    def _lacks(self, judged: Judged) -> list[Target]:
        """Return what a condition itself lacks, and not a part of it, without what was asked."""
        evidence, condition = judged.evidence, judged.evidence.condition
        subject = evidence.subject
        match condition:
            case Atom() if judged.truth is Truth.NEITHER:
                at = Target(subject.id, condition.field.name)
                held_against = moment_of(condition) if evidence.values else None
                if isinstance(held_against, DateField) and not moments(condition, evidence.scope):
                    at = _whose_day(held_against, evidence.scope, "")[0]
            case Some() | Every() if evidence.silent:
                key = subject.family.silent_parts(collections()[condition.collection])[0]
                at = Target(subject.family.whole.id, key)
            case Through() if evidence.silent:
                at = Target(subject.id, condition.step)
            case _:
                return []
        return [each for each in asked_at(at, subject.family) if each not in self.asked]

    def _missing(
        self, judged: Judged, path: str, terms: tuple[tuple[Term, Subject], ...]
    ) -> list[Missing]:
        if judged.truth is not Truth.NEITHER and not (
            self.thorough and judged.parts and len(self.possible(judged)) > 1
        ):
            return []
        found = self._open(judged, path, terms)
        return [each for each in found if not self._was_asked(each.at)] if self.asked else found

    def _was_asked(self, at: Target) -> bool:
        return all(each in self.asked for each in asked_at(at, self.subject.family))

    def _open(
        self, judged: Judged, path: str, terms: tuple[tuple[Term, Subject], ...]
    ) -> list[Missing]:
        evidence, condition = judged.evidence, judged.evidence.condition
        moment = moment_of(condition) if isinstance(condition, Atom) else None
        match condition:
            case Atom(test=WithinTimescale(timescale)) if evidence.values and (
                days := moments(condition, evidence.scope)
            ):
                words = _before_the_first(timescale, [day.value for day in days])
                name = condition.field.name
                return [Missing(f"{path}{name}", words, Target(evidence.subject.id, name))]
            case Atom() if evidence.values and isinstance(moment, DateField):
                # the field is there: it is the day it is held against that is not
                return [self._silent_day(moment, condition.asked_as, evidence.scope, path, terms)]
            case Atom():
                label = evidence.subject.label
                worded = self._question(condition.asked_as, evidence.subject, terms)
                words = worded or _of_field(condition.field, evidence.subject)
                member = label if words.endswith(f" ({label})") else None
                name = condition.field.name
                at = Target(evidence.subject.id, name)
                return [Missing(f"{path}{name}", words, at, member)]
            case Some() | Every() if evidence.silent:
                worded = self._question(condition.asked_as, evidence.subject, terms)
                words = worded or of_collection(condition.collection)
                family = evidence.subject.family
                key = family.silent_parts(collections()[condition.collection])[0]
                # where a part of the list is there, its members may leave something open too
                return [
                    Missing(condition.collection, words, Target(family.whole.id, key)),
                    *self._of_parts(judged, path, terms),
                ]
            case Through() if evidence.silent:
                worded = self._question(condition.asked_as, evidence.subject, terms)
                known = subject_kinds()[evidence.subject.kind].fields[condition.step]
                words = worded or _of_field(known, evidence.subject)
                at = Target(evidence.subject.id, condition.step)
                return [Missing(f"{path}{condition.step}", words, at)]
            case Named():
                term = self.terms[condition.term]
                inner = ((term, evidence.subject), *terms)
                for part in judged.parts:
                    if found := self._missing(part, path, inner):
                        return found
                return []
            case Any() if not self.thorough:
                options = [self._missing(part, path, terms) for part in judged.parts]
                return _least([option for option in options if option])
            case All() | Any() | Not() | Some() | Every() | Through():
                return self._of_parts(judged, path, terms)

    def _of_parts(
        self, judged: Judged, path: str, terms: tuple[tuple[Term, Subject], ...]
    ) -> list[Missing]:
        return [
            each
            for part in judged.parts
            for each in self._missing(part, member_path(judged, part, path), terms)
        ]

    def _silent_day(
        self,
        moment: DateField,
        beside: str,
        scope: Scope,
        path: str,
        terms: tuple[tuple[Term, Subject], ...],
    ) -> Missing:
        at, subject, path = _whose_day(moment, scope, path)
        worded = None
        if at.field == moment.field.name:
            worded = self._question(moment.asked_as(beside), subject, terms)
        known = subject_kinds()[subject.kind].fields[at.field]
        return Missing(f"{path}{at.field}", worded or _of_field(known, subject), at)

    def _question(
        self, asked_as: str, subject: Subject, terms: tuple[tuple[Term, Subject], ...]
    ) -> str | None:
        of_terms = ((term.ask, of) for term, of in terms)
        for ask, of in (*of_terms, (self.rule.ask, self.subject)):
            if asked_as in ask:
                asked = fill(ask[asked_as], of)
                # a question about one member of several has to say which
                is_member = asked_as.split(".")[0] in collections() and subject is not of
                named = subject.label in asked or not is_member
                return asked if named else f"{asked} ({subject.label})"
        return None


def summed(shares: Iterable[Mapping[Target, float]], of_each: float = 1) -> dict[Target, float]:
    """Return the sum of shares by what they are of, so much `of_each` of them."""
    found: dict[Target, float] = {}
    for share in shares:
        for at, part in share.items():
            found[at] = found.get(at, 0.0) + part * of_each
    return found


def asked_at(at: Target, family: CaseSubjects) -> tuple[Target, ...]:
    """Return where an answer is asked for: what nobody writes follows from what these hold."""
    sources = _FOLLOWS_FROM.get(at.field)
    if sources is None:
        return (at,)
    person = family.people[at.subject]
    known = subject_kinds()[person.kind].fields
    return tuple(Target(person.id, field) for field in sources if field in known)


_FOLLOWS_FROM: Final[dict[str, tuple[str, ...]]] = {
    "age_years": ("born",),
    "unborn": ("born", "expected"),
    "born_or_due": ("born", "expected"),
}

_TRUE: Final = frozenset({Truth.TRUE})
_FALSE: Final = frozenset({Truth.FALSE})


@cache
def _both(one: frozenset[Truth], other: frozenset[Truth]) -> frozenset[Truth]:
    return frozenset(
        Truth((a.has_for and b.has_for, a.has_against or b.has_against)) for a in one for b in other
    )


@cache
def _either(one: frozenset[Truth], other: frozenset[Truth]) -> frozenset[Truth]:
    return frozenset(
        Truth((a.has_for or b.has_for, a.has_against and b.has_against)) for a in one for b in other
    )


@cache
def _merged(one: frozenset[Truth], other: frozenset[Truth]) -> frozenset[Truth]:
    """Return what is said of any of several people, for and against."""
    return frozenset(
        Truth((a.has_for or b.has_for, a.has_against or b.has_against)) for a in one for b in other
    )


def _least(options: list[list[Missing]]) -> list[Missing]:
    """Return what is missing over all alternatives, without one that asks for more than another."""
    fields = [{each.field for each in option} for option in options]
    return [
        each
        for place, option in enumerate(options)
        if not any(other < fields[place] for other in fields)
        for each in option
    ]


def of_collection(plural: str) -> str:
    """Return the question that a collection asks where no rule words it, or several do."""
    known = Case.model_fields.get(plural)
    said = None if known is None else known.description
    what = said.split(";")[0] if said else f"the {wording.word(plural)}"
    who = "Who" if collections()[plural] in _PEOPLE else "Which"
    return f"{who} are {what}? If there are none, record that."


_PEOPLE: Final = frozenset({"child", "adult", "family_member", "couple"})


def _before_the_first(timescale: Timescale, days: Sequence[datetime.date]) -> str:
    first = timescale.editions[0]
    from_day = wording.listed(wording.day(day) for day in sorted(set(days)))
    return (
        f"Was it in time, counted from {from_day}? The first edition known here, "
        f"{first.edition}, is in force from {wording.day(first.in_force_from)}: ask what held then."
    )


def _whose_day(moment: DateField, scope: Scope, path: str) -> tuple[Target, Subject, str]:
    """Return what is missing of the day that a test looks at: the day, or whose day it is.

    Beside it stand its subject and the path that leads there.
    """
    name, subject = moment.field.name, scope[-1]
    for step in moment.steps:
        if step.startswith(THIS):
            subject, path = around(step, scope) or subject, ""
            continue
        if step == CASE_STEP:
            subject, path = subject.family.whole, ""
            continue
        people = subject.people(step)
        if not people:
            name = step
            break
        subject, path = people[0], f"{path}{step}."
    return Target(subject.id, name), subject, path


def _of_field(asked: Field, subject: Subject) -> str:
    about = "" if subject.kind == CASE else f" ({subject.label})"
    said = asked.description.split(";")[0].split(" (worked out")[0]
    what = "What is" if asked.kind in {"date", "number"} else "What is recorded of"
    return f"{what} {said}{about}?"
