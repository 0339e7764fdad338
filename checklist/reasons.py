"""Why a verdict is what it is: the values it rests on, and what is missing from the record."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    THIS,
    All,
    Any,
    Atom,
    Condition,
    DateField,
    Every,
    Named,
    Not,
    Some,
    Through,
    Timescale,
    WithinTimescale,
    walk,
)
from checklist.evidence import Evidence, moment_of, moments
from checklist.judging import Judged
from checklist.recorded import Agreement
from checklist.rule import Rule, Term
from checklist.scope import around
from checklist.subjects import Subject, Value
from checklist.truth import Truth
from checklist.values import Kind
from checklist.verdict import Because, Missing, Target
from checklist.vocabulary import CASE, collections, subject_kinds


def path_of(judged: Judged, path: str) -> str:
    """Return the path under which the parts of a condition stand in what a reader is shown."""
    condition = judged.evidence.condition
    if isinstance(condition, Through) and condition.step != CASE_STEP:
        return f"{path}{condition.step}."
    return path


def member_path(judged: Judged, part: Judged, path: str) -> str:
    """Return the path of one part: inside a collection, that of the member."""
    condition = judged.evidence.condition
    if isinstance(condition, Some | Every):
        return f"{condition.collection}[{part.evidence.subject.id}]."
    return path_of(judged, path)


def rests_on(judged: Judged, *sides: str) -> tuple[Because, ...]:
    """Return the recorded values that are evidence for or against, without repeats.

    `sides` are "for", "against" or both. What only picks members of a collection out is left away
    where there is anything else to name.
    """
    found = [each for side in sides for each in _support(judged, side == "for", _Place("", None))]
    telling = [because for because, picks_out in found if not picks_out]
    return tuple(dict.fromkeys(telling or [because for because, _ in found]))


class _Place(NamedTuple):
    """Where a condition stands: the path to it, and the member of a collection it speaks of.

    `who` are the people whom the last step of the path leads to, where the step does not say it.
    """

    path: str
    about: str | None
    who: str | None = None


def _support(judged: Judged, for_it: bool, place: _Place) -> Iterable[tuple[Because, bool]]:
    """Yield each value on one side, and whether it only picks a member out."""
    evidence, condition = judged.evidence, judged.evidence.condition
    if not (judged.truth.has_for if for_it else judged.truth.has_against):
        return
    match condition:
        case Atom():
            known = condition.field
            for value in evidence.values:
                yield _because(place, known.name, value, known.kind), condition.given
        case Not():
            yield from _support(judged.parts[0], not for_it, place)
        case Named():
            if for_it or condition.no_when is None:
                yield from _support(judged.parts[0], for_it, place)
            else:
                yield from _support(judged.parts[1], True, place)
        case Some() | Every() if not judged.parts:
            plural = condition.collection
            yield Because(plural, wording.word(plural), frozenset(), "codes"), False
        case _:
            if isinstance(condition, Through) and len(evidence.values) > 1:
                for value in evidence.values:
                    yield _because(place, condition.step, value, "person"), False
            left_out = _left_out(judged, for_it)
            for part in judged.parts:
                about = place.about
                if isinstance(condition, Some | Every):
                    about = part.evidence.subject.label
                path, who = member_path(judged, part, place.path), _person(part, condition)
                if who is None and path == place.path:
                    who = place.who
                inner = _Place(path, about, who)
                for because, picks_out in _support(part, for_it, inner):
                    yield because, picks_out or left_out


def _person(led_to: Judged, condition: Condition) -> str | None:
    """Return the person to whom a condition leads, where its step is not what they are called."""
    if not isinstance(condition, Through) or condition.step == CASE_STEP:
        return None
    label = led_to.evidence.subject.label
    return None if label == wording.word(condition.step) else label


def _left_out(judged: Judged, for_it: bool) -> bool:
    """Return whether a `where` leaves this member out: then nothing else of it tells anything.

    Read are `some` as where-and-then, so that the against side lists such members, and `every` as
    not-where-or-then, so that the for side does.
    """
    if not isinstance(judged.evidence.condition, Any if for_it else All):
        return False
    settled = Truth.TRUE if for_it else Truth.FALSE
    return any(
        part.truth is settled and _only_picks_out(part.evidence.condition) for part in judged.parts
    )


def _only_picks_out(condition: Condition) -> bool:
    return all(each.given for each in walk(condition) if isinstance(each, Atom))


def _because(place: _Place, name: str, value: Value, kind: Kind) -> Because:
    because = because_of(place.path, name, value, kind)
    if place.who is not None:  # a baby's father may be called something else in the record
        step, _, field = because.name.rpartition(": ")
        because = because._replace(name=f"{step} ({place.who}): {field}")
    return because._replace(about=place.about)


def because_of(path: str, name: str, value: Value, kind: Kind) -> Because:
    """Return a value of the field `name` at a path, as a reader is shown it."""
    agreed = value.agreed
    return Because(
        field=f"{path}{name}",
        name=wording.field_name(f"{path.rpartition('].')[2]}{name}"),
        value=value.value,
        kind=kind,
        agency=value.agency,
        where=value.where,
        said_on=value.said_on,
        agreed=None if agreed is None else _agreement(agreed),
        worked_out=value.worked_out,
    )


def _agreement(agreed: Agreement) -> str:
    return f"agreed {wording.day(agreed.date)} by the {agreed.role}: {agreed.reason}"


@dataclass(frozen=True)
class Questions:
    """Finds what is missing for a rule on a subject, and the question that would settle it."""

    rule: Rule
    terms: Mapping[str, Term]
    subject: Subject

    def missing(self, judged: Judged, *, first: bool = False) -> tuple[Missing, ...]:
        """Return what the record does not say, of all that has kept a condition undecided.

        With `first`, of several conditions that all have to be so, only what the first of them
        lacks: a no to that settles them all, and then the others need not be asked.
        """
        found = self._missing(judged, "", ())
        while first and isinstance(judged.evidence.condition, All):
            open_parts = [part for part in judged.parts if part.truth is Truth.NEITHER]
            if not open_parts:
                break
            judged = open_parts[0]
            found = self._missing(judged, "", ())
        by_field: dict[str, Missing] = {}
        for each in found:
            by_field.setdefault(each.field, each)
        return tuple(by_field.values())

    def _missing(
        self, judged: Judged, path: str, terms: tuple[tuple[Term, Subject], ...]
    ) -> list[Missing]:
        if judged.truth is not Truth.NEITHER:
            return []
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
                return [_silent_day(moment, evidence, path)]
            case Atom():
                label = evidence.subject.label
                worded = self._question(condition.asked_as, evidence.subject, terms)
                words = worded or _of_field(condition.field.description, evidence.subject)
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
                words = worded or _of_field(known.description, evidence.subject)
                at = Target(evidence.subject.id, condition.step)
                return [Missing(f"{path}{condition.step}", words, at)]
            case Named():
                term = self.terms[condition.term]
                inner = ((term, evidence.subject), *terms)
                for part in judged.parts:
                    if found := self._missing(part, path, inner):
                        return found
                return []
            case Any():
                options = [self._missing(part, path, terms) for part in judged.parts]
                return _least([option for option in options if option])
            case All() | Not() | Some() | Every() | Through():
                return self._of_parts(judged, path, terms)

    def _of_parts(
        self, judged: Judged, path: str, terms: tuple[tuple[Term, Subject], ...]
    ) -> list[Missing]:
        return [
            each
            for part in judged.parts
            for each in self._missing(part, member_path(judged, part, path), terms)
        ]

    def _question(
        self, asked_as: str, subject: Subject, terms: tuple[tuple[Term, Subject], ...]
    ) -> str | None:
        for term, of in terms:
            if asked_as in term.ask:
                return fill(term.ask[asked_as], of)
        if asked_as in self.rule.ask:
            asked = fill(self.rule.ask[asked_as], self.subject)
            # a question about one member of several has to say which
            is_member = asked_as.split(".")[0] in collections() and subject is not self.subject
            named = subject.label in asked or not is_member
            return asked if named else f"{asked} ({subject.label})"
        return None


def _least(options: list[list[Missing]]) -> list[Missing]:
    """Return what is missing over all alternatives, without one that asks for more than another."""
    fields = [{each.field for each in option} for option in options]
    return [
        each
        for place, option in enumerate(options)
        if not any(other < fields[place] for other in fields)
        for each in option
    ]


def fill(text: str, subject: Subject) -> str:
    """Return a rule's text with the braces filled from the subject's recorded values."""
    if "{" not in text:
        return wording.sentence(text)
    return wording.sentence(text.format_map(_Filled(subject)))


class _Filled(dict[str, str]):
    """The words for a placeholder, looked up when they are needed."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.subject = subject

    def __missing__(self, name: str) -> str:
        if name == "subject":
            return self.subject.label
        kind = subject_kinds()[self.subject.kind].fields[name].kind
        # the rule's own sentence goes on, or has a full stop of its own
        values = [
            wording.value(each.value, kind).removesuffix(".") for each in self.subject.values(name)
        ]
        # several agencies may say the same
        return wording.listed(dict.fromkeys(values), "or") if values else "(not recorded)"


def of_collection(plural: str) -> str:
    """Return the question that a collection asks where no rule words it."""
    words = wording.word(plural)
    return (
        f"Which {words} are there, held or planned? If there are none, record that there are none."
    )


def _before_the_first(timescale: Timescale, days: Sequence[datetime.date]) -> str:
    first = timescale.editions[0]
    from_day = wording.listed(wording.day(day) for day in sorted(set(days)))
    return (
        f"Was it in time, counted from {from_day}? The first edition known here, "
        f"{first.edition}, is in force from {wording.day(first.in_force_from)}: ask what held then."
    )


def _silent_day(moment: DateField, evidence: Evidence, path: str) -> Missing:
    """Return what is missing of the day that a test looks at: the day, or whose day it is."""
    name, subject = moment.field.name, evidence.subject
    for step in moment.steps:
        if step.startswith(THIS):
            subject, path = around(step, evidence.scope) or subject, ""
            continue
        if step == CASE_STEP:
            subject, path = subject.family.whole, ""
            continue
        people = subject.people(step)
        if not people:
            name = step
            break
        subject, path = people[0], f"{path}{step}."
    known = subject_kinds()[subject.kind].fields[name]
    words = _of_field(known.description, subject)
    return Missing(f"{path}{name}", words, Target(subject.id, name))


def _of_field(description: str, subject: Subject) -> str:
    about = "" if subject.kind == CASE else f" ({subject.label})"
    said = description.split(";")[0].split(" (worked out")[0]
    return f"What is recorded of {said}{about}?"
