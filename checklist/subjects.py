"""The subjects of one case record on one day, and the values recorded of each.

Drops what was recorded after that day, leaves out what an event still ahead cannot have shown, and
adds what can be worked out. Knows nothing of rules.
"""

import datetime
from collections.abc import Callable, Container, Iterator
from functools import cached_property
from itertools import chain, product
from typing import Any, Final, NamedTuple

from checklist import people, record, wording
from checklist.entity import Entity
from checklist.recorded import Agreement, Source, Statement, standing
from checklist.text import short
from checklist.vocabulary import CASE, JUDGEMENT, collections, subject_kinds
from checklist.worked_out import start_of_pregnancy, years_between


class Value(NamedTuple):
    """A value that stands, with who said it and where.

    `agreed` is set where agencies settled on it; `worked_out` says from what it follows, where
    nobody wrote it down.
    """

    value: Any
    agency: str | None = None
    where: str | None = None
    worked_out: str | None = None
    said_on: datetime.date | None = None
    agreed: Agreement | None = None


class Subject:
    """One thing a rule can look at: the case, a child, a meeting ...

    `plain` gives the values of a field that stand on the day of the review without their
    provenance, and `truths` is for whoever judges conditions to remember what was found of it.
    """

    __slots__ = (
        "_is_ahead",
        "_label",
        "_named",
        "_other",
        "_values",
        "entity",
        "family",
        "id",
        "kind",
        "plain",
        "truths",
    )

    def __init__(self, kind: str, subject_id: str, entity: Entity, family: "CaseSubjects") -> None:
        self.kind = kind
        self.id = subject_id
        self.entity = entity
        self.family = family
        self.plain = _Plain(self)
        self.truths: dict[int, int] = {}
        self._values: dict[str, tuple[Value, ...]] = {}
        self._other: Subject | None = None
        self._is_ahead: bool | None = None
        self._label: str | None = None
        self._named: SubjectName | None = None

    def values(self, field: str) -> tuple[Value, ...]:
        """Return the values of a field that stand on the day of the review, in file order."""
        found = self._values.get(field)
        if found is None:
            found = self._values[field] = tuple(self._stand(field))
        return found

    def seen_as(self, kind: str) -> "Subject":
        """Return the same person as a subject of another kind: a child as a family member."""
        if kind == self.kind:
            return self
        if self._other is None or self._other.kind != kind:
            self._other = Subject(kind, self.id, self.entity, self.family)
        return self._other

    def let_go(self) -> None:
        """Let go of what leads back here; nothing can be asked of this subject afterwards."""
        if self._other is not None:
            self._other.let_go()
            self._other = None
        del self.plain, self._named

    def says(self, field: str) -> bool:
        """Whether the file itself says something of a field that stands on the day."""
        return any(True for _ in self._said(getattr(self.entity, field, ())))

    def lasting(self, field: str) -> tuple[Any, ...]:
        """Return the values worked out for a field that nothing newly said of it would remove."""
        if field in _GIVE_WAY:
            return ()
        return tuple(each.value for each in self.values(field) if each.worked_out is not None)

    def people(self, field: str) -> "list[Subject]":
        """Return the people whose ids a field holds; none where it is silent or not known."""
        people = self.family.people
        return [people[name] for name in self.plain[field] if name in people]

    @property
    def label(self) -> str:
        """The subject in words, such as "strategy meeting, 8 Jan 2021"."""
        if self._label is None:
            self._label = _label(self)
        return self._label

    @property
    def named(self) -> "SubjectName":
        """Which subject it is, without what is recorded of it."""
        if self._named is None:
            self._named = SubjectName(self)
        return self._named

    @property
    def is_ahead(self) -> bool:
        """Whether it is an event whose every recorded day is still to come."""
        if self._is_ahead is None:
            happens_on = self.entity.happens_on
            days = () if happens_on is None else self.plain[happens_on]
            self._is_ahead = bool(days) and all(day > self.family.as_of for day in days)
        return self._is_ahead

    def plainly(self, field: str) -> tuple[Any, ...]:
        """Return the values of a field that stand on the day of the review, for `plain`."""
        words: tuple[Statement[Any], ...] | None = getattr(self.entity, field, None)
        if words is None or len(words) > 1 or (self.kind, field) in _WORKED_OUT:
            return tuple([value.value for value in self.values(field)])
        # nearly all fields are like this, and a cohort has many
        if not words or (field in self.entity.known_afterwards and self.is_ahead):
            return ()
        (word,) = words
        day = word.said_on
        if day is None and word.agency is None:
            source = self.entity.source or self.family.case.source
            day = None if source is None else source.date
        return (word.value,) if day is None or day <= self.family.as_of else ()

    def _stand(self, field: str) -> Iterator[Value]:
        if field.startswith(JUDGEMENT):
            yield from self._judged(field.removeprefix(JUDGEMENT))
            return
        if field in self.entity.known_afterwards and self.is_ahead:
            return
        words: tuple[Statement[Any], ...] = getattr(self.entity, field, ())
        if words:
            yield from self._said(words)
        work_out = _WORKED_OUT.get((self.kind, field))
        if work_out is not None:
            yield from work_out(self)

    def _judged(self, rule: str) -> Iterator[Value]:
        """Yield what people judged of a rule, the later judgement of an agency for its earlier."""
        case = self.family.case
        said = [
            Statement(
                each.answer,
                each.agency,
                f"judged by the {each.role}: {each.reason.removesuffix('.')}",
                each.date,
            )
            for each in case.judgements
            if each.rule == rule and (each.subject or case.id) == self.id
        ]
        for word in standing(said, self.family.as_of):
            yield Value(word.value, word.agency, word.where, None, word.said_on)

    def _said(self, words: tuple[Statement[Any], ...]) -> Iterator[Value]:
        source = self.entity.source or self.family.case.source
        if source is not None:
            words = tuple(_with_default(word, source) for word in words)
        for word in standing(words, self.family.as_of):
            yield Value(word.value, word.agency, word.where, None, word.said_on, word.agreed)


class SubjectName:
    """Which subject a verdict is about: by kind and id, and in words."""

    __slots__ = ("_subject", "id", "kind")

    def __init__(self, subject: Subject) -> None:
        self.kind = subject.kind
        self.id = subject.id
        self._subject = subject

    @property
    def label(self) -> str:
        """The subject in words, such as "strategy meeting, 8 Jan 2021"."""
        return self._subject.label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SubjectName) and self._key == other._key

    def __hash__(self) -> int:
        return hash((self.kind, self.id))

    @property
    def _key(self) -> tuple[str, str, str]:
        return self.kind, self.id, self.label


class _Plain(dict[str, tuple[Any, ...]]):
    """The plain values of a subject's fields, found when they are first asked for."""

    __slots__ = ("_subject",)

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject

    def __missing__(self, field: str) -> tuple[Any, ...]:
        found = self[field] = self._subject.plainly(field)
        return found


class CaseSubjects:
    """All subjects of one case on the day `as_of`."""

    def __init__(self, case: record.Case, as_of: datetime.date) -> None:
        self.case = case
        self.as_of = as_of
        self.whole = Subject(CASE, case.id, case, self)
        self._collected: dict[str, list[Subject] | None] = {}
        self._members: dict[str, tuple[list[Subject], bool]] = {}
        self._silent: dict[str, list[str]] = {}

    @cached_property
    def people(self) -> dict[str, Subject]:
        """The children and adults by id."""
        return {
            person.id: person
            for plural in ("children", "adults")
            for person in self.collection(plural) or ()
        }

    def let_go(self) -> None:
        """Take apart what holds on to each other, so that nobody has to look for it as garbage."""
        for subject in chain([self.whole], *filter(None, self._collected.values())):
            subject.let_go()
        self.__dict__.clear()

    def of_kind(self, kind: str) -> "list[Subject] | None":
        """Return the subjects of a kind, or None where the record says nothing of such."""
        if kind == CASE:
            return [self.whole]
        return self.collection(subject_kinds()[kind].plural)

    def collection(self, plural: str) -> "list[Subject] | None":
        """Return the members of a collection of the case, or None where it is not recorded."""
        if plural not in self._collected:
            self._collected[plural] = self._collect(plural)
        return self._collected[plural]

    def members(self, plural: str) -> tuple[list[Subject], bool]:
        """Return the known members of a collection, and whether it or a part of it is silent."""
        found = self._members.get(plural)
        if found is None:
            silent = bool(self.silent_parts(collections()[plural]))
            found = self._members[plural] = (self.collection(plural) or [], silent)
        return found

    def silent_parts(self, kind: str) -> list[str]:
        """Return the keys of the file under which subjects of a kind stand and that are silent."""
        found = self._silent.get(kind)
        if found is None:
            found = self._silent[kind] = self._silent_keys(kind)
        return found

    def _silent_keys(self, kind: str) -> list[str]:
        if kind == CASE:
            return []
        if kind == "couple":
            return [] if self.collection("couples") is not None else ["couples"]
        return [
            key for key in subject_kinds()[kind].listed_under if getattr(self.case, key) is None
        ]

    def _collect(self, plural: str) -> list[Subject] | None:
        kind = collections()[plural]
        if plural == "couples":
            return self._couples()
        lists = [getattr(self.case, key) for key in subject_kinds()[kind].listed_under]
        if all(each is None for each in lists):
            return None
        entities = [entity for each in lists for entity in each or ()]
        names = {entity.id for entity in entities if entity.id is not None}
        subjects: list[Subject] = []
        for entity in entities:
            subject = Subject(kind, entity.id or "", entity, self)
            if entity.id is None:
                subject.id = free(_made_up_id(subject), names)
                names.add(subject.id)
            subjects.append(subject)
        return subjects

    def _couples(self) -> list[Subject] | None:
        written = self.case.couples
        couples = {frozenset(couple.people): couple for couple in written or ()}
        for pair in [*self._parents(), *self._partners()]:
            couples.setdefault(frozenset(pair), people.Couple.model_construct(people=pair))
        if written is None and not couples:
            return None
        return [
            Subject("couple", couple.id or "-and-".join(sorted(couple.people)), couple, self)
            for couple in couples.values()
        ]

    def _parents(self) -> Iterator[tuple[str, str]]:
        for child in self.collection("children") or ():
            for mother, father in product(child.people("mother"), child.people("father")):
                if mother.id != father.id:
                    yield mother.id, father.id

    def _partners(self) -> Iterator[tuple[str, str]]:
        for adult in self.collection("adults") or ():
            for partner in adult.people("partner"):
                if partner.id != adult.id:
                    yield adult.id, partner.id


# -- worked out --------------------------------------------------------------------------------


def _age(person: Subject) -> Iterator[Value]:
    for born in person.values("born"):
        if born.value <= person.family.as_of:
            age = years_between(born.value, person.family.as_of)
            yield _follows(age, "the date of birth", born)


def _unborn(person: Subject) -> Iterator[Value]:
    births = person.values("born")
    for born in births:
        yield _follows(
            "no" if born.value <= person.family.as_of else "yes", "the date of birth", born
        )
    if not births and isinstance(person.entity, people.Child):
        for due in person.values("expected"):
            # past the due date with no birth recorded, the record no longer tells
            if due.value >= person.family.as_of:
                yield _follows("yes", "the due date", due)


def _born_or_due(child: Subject) -> Iterator[Value]:
    births = child.values("born")
    for born in births:
        yield _follows(born.value, "the date of birth", born)
    if not births:
        for due in child.values("expected"):
            yield _follows(due.value, "the due date", due)


def _plan_open(plan: Subject) -> Iterator[Value]:
    for ended in plan.values("ended"):
        yield _follows(
            "no" if ended.value <= plan.family.as_of else "yes", "the day it ended", ended
        )


def _own_code(agency: Subject) -> Iterator[Value]:
    yield Value(agency.id)


def _mother_or_father(relation: str) -> "Callable[[Subject], Iterator[Value]]":
    def work_out(child: Subject) -> Iterator[Value]:
        if child.says(relation):
            return
        related = [
            (adult, said)
            for adult in child.family.collection("adults") or ()
            for said in adult.values("relation")
            if said.value == relation
        ]
        # of two fathers in one family the record does not say which is this child's
        if len({adult.id for adult, _ in related}) == 1:
            for adult, said in related:
                yield _follows(adult.id, f"the relation {relation}", said)

    return work_out


def _next_conference(case: Subject) -> Iterator[Value]:
    ahead = [
        (date.value, date)
        for meeting in case.family.collection("meetings") or ()
        if any(kind.value in CONFERENCES for kind in meeting.values("kind"))
        for date in meeting.values("date")
        if date.value >= case.family.as_of
    ]
    if ahead:
        soonest, date = min(ahead, key=lambda each: each[0])
        yield _follows(soonest, "the meetings", date)


def _age_gap(couple: Subject) -> Iterator[Value]:
    for older, younger in _births(couple):
        gap = years_between(older.value, younger.value)
        yield _follows(gap, "their dates of birth", older, younger)


def _younger_at_start(couple: Subject) -> Iterator[Value]:
    for (_, younger), start in product(_births(couple), couple.values("started")):
        if start.value >= younger.value:
            age = years_between(younger.value, start.value)
            yield _follows(age, "the dates of birth and the start", younger, start)


def _younger_at_pregnancy(couple: Subject) -> Iterator[Value]:
    pregnancies = []
    pair = {person.id for person in _pair(couple)}
    for child in couple.family.collection("children") or ():
        parents = [
            {mother.id, father.id}
            for mother, father in product(child.people("mother"), child.people("father"))
        ]
        days = child.values("expected") or child.values("born")
        if days and pair in parents:
            pregnancies.append(days)
    if not pregnancies:
        return
    first = min(pregnancies, key=lambda days: min(day.value for day in days))
    for (_, younger), day in product(_births(couple), first):
        begun = start_of_pregnancy(day.value)
        if begun >= younger.value:
            age = years_between(younger.value, begun)
            yield _follows(age, "the dates of birth and the first pregnancy", younger, day)


def _births(couple: Subject) -> Iterator[tuple[Value, Value]]:
    pair = _pair(couple)
    if len(pair) == 2:
        for one, other in product(pair[0].values("born"), pair[1].values("born")):
            yield (one, other) if one.value <= other.value else (other, one)


def _pair(couple: Subject) -> list[Subject]:
    people = couple.family.people
    return [people[name] for name in couple.entity.people if name in people]  # type: ignore[attr-defined]


def _follows(value: Any, from_what: str, *sources: Value) -> Value:
    agencies = {source.agency for source in sources}
    places = {source.where for source in sources}
    return Value(
        value,
        agencies.pop() if len(agencies) == 1 else None,
        places.pop() if len(places) == 1 else None,
        from_what,
    )


CONFERENCES: Final = frozenset({"initial_conference", "pre_birth_conference", "review_conference"})

_WORKED_OUT: Final[dict[tuple[str, str], Callable[[Subject], Iterator[Value]]]] = {
    **{(kind, "age_years"): _age for kind in ("child", "adult", "family_member")},
    **{(kind, "unborn"): _unborn for kind in ("child", "adult", "family_member")},
    ("child", "born_or_due"): _born_or_due,
    ("plan", "open"): _plan_open,
    ("agency", "agency"): _own_code,
    ("child", "mother"): _mother_or_father("mother"),
    ("child", "father"): _mother_or_father("father"),
    (CASE, "next_conference"): _next_conference,
    ("couple", "age_gap_years"): _age_gap,
    ("couple", "younger_age_at_start"): _younger_at_start,
    ("couple", "younger_age_at_pregnancy"): _younger_at_pregnancy,
}

_GIVE_WAY: Final = frozenset({"mother", "father"})
"""The fields that are worked out only where the file itself says nothing of them."""


# -- names -------------------------------------------------------------------------------------


def _with_default(word: Statement[Any], source: Source) -> Statement[Any]:
    """Return the word with its source filled in, where it names no agency of its own."""
    if word.agency is not None or word.agreed is not None:
        return word
    return Statement(
        word.value,
        source.agency,
        word.where or source.where,
        word.said_on or source.date,
        word.note,
    )


_MADE_BY: Final = {
    "in_person": "visit",
    "video": "video call",
    "phone": "phone call",
    "message": "message",
}

DATED: Final = {"plan": "started", "action": "due"}
"""The date by which subjects of a kind are known, where it is not `date`."""


def _label(subject: Subject) -> str:
    def said(field: str) -> str:
        return wording.listed([wording.value(each.value) for each in subject.values(field)], "or")

    match subject.kind:
        case "case":
            return "the case"
        case "child" | "adult" | "family_member":
            return wording.name(subject.id)
        case "couple":
            people: tuple[str, ...] = subject.entity.people  # type: ignore[attr-defined]
            return wording.listed(sorted(map(wording.name, people)))
        case "tool":
            name = said("tool") or "tool"
        case "meeting":
            kind = said("kind")
            name = kind if kind.endswith("conference") else f"{kind} meeting".strip()
        case "plan" | "assessment" | "incident" | "appointment":
            name = f"{said('kind')} {subject.kind}".strip()
        case "supervision" | "order":
            name = said("kind") or subject.kind
        case "agency":
            name = wording.with_article(subject.id)
        case "agreement":
            name = "working agreement"
        case "contact":
            modes = [_MADE_BY.get(each.value, "contact") for each in subject.values("mode")]
            if any(each.value != "home" for each in subject.values("place")):
                # who comes to a clinic is not visited
                modes = ["contact" if each == "visit" else each for each in modes]
            kind = wording.listed(modes or ["contact"], "or")
            name = f"{kind} by {said('agency')}" if said("agency") else kind
        case "referral" | "disagreement":
            name = f"{subject.kind} by {said('agency')}" if said("agency") else subject.kind
        case "action":
            name = f'action "{short(said("what"), 60)}"' if said("what") else "action"
        case _:
            name = wording.word(subject.kind)
    dated = DATED.get(subject.kind, "date")
    day = said(dated) if dated in subject_kinds()[subject.kind].fields else ""
    return f"{name} {_ON.get(subject.kind, 'on')} {day}" if day else name


# a plan is known by the day it began, and goes on
_ON: Final = {
    "plan": "from", "action": "due",
    **dict.fromkeys(("assessment", "tool", "safety_plan", "agreement", "order"), "of"),
}  # fmt: skip
"""What stands before the day by which a subject is known, where that is not `on`."""


def _made_up_id(subject: Subject) -> str:
    """Return an id made of the kind and the day, which stays when the order in the file changes."""
    name, fields = subject.kind, subject_kinds()[subject.kind].fields
    for field in ("kind", "tool"):
        if field in fields and subject.plain[field]:
            name = str(subject.plain[field][0])
    dated = DATED.get(subject.kind, "date")
    days = subject.plain[dated] if dated in fields else ()
    return f"{name}-{min(days).isoformat()}" if days else name


def free(name: str, taken: Container[str]) -> str:
    """Return the name, or the first with a number after it that nobody has."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found
