"""Why a verdict is what it is: the values it rests on, and what is missing from the record."""

from collections.abc import Iterable
from typing import NamedTuple

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    All,
    Any,
    Atom,
    Condition,
    Every,
    Named,
    Not,
    Some,
    Through,
    walk,
)
from checklist.judging import Judged
from checklist.recorded import Agreement
from checklist.subjects import Subject, Value
from checklist.truth import Truth
from checklist.values import Kind
from checklist.verdict import Because
from checklist.vocabulary import subject_kinds


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
