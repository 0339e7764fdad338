"""A judged condition as a tree for a reader: what each part says, its value, and what it rests on.

Every value is the engine's. Decides only how to say it, and which parts made no difference.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

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
    moment_of,
)
from checklist.evidence import moments
from checklist.judging import Judged
from checklist.plain_english import (
    ALL_OF_THESE,
    ANY_OF_THESE,
    DEFINED_BELOW,
    NONE_OF_THESE,
    NOT_ALL_OF_THESE,
    clause,
    outline,
    picked_out,
)
from checklist.reasons import because_of, member_path
from checklist.rule import Term
from checklist.subjects import CaseSubjects, Subject, Value
from checklist.truth import Truth
from checklist.verdict import Because
from checklist.vocabulary import collections

NodeKind = Literal[
    "test",
    "all",
    "any",
    "not all",
    "none",
    "some",
    "every",
    "member",
    "where",
    "person",
    "not",
    "term",
    "evidence for",
    "evidence against",
]


class Node(NamedTuple):
    """One condition as it was judged.

    `words` say the condition; those over other parts say how they are joined, and end in a colon.
    Before them comes the `label`, such as the member of a collection that they speak of, and the
    `way` of meeting a rule that they are.
    `values` are the recorded values it was held against, `silent` in words what it looks at and
    nobody recorded. `decided` is False where it made no difference to what stands over it, such as
    a way not taken beside one that was, or a member of a collection that a `where` leaves out.

    A `member` is one of a collection, and `where` beneath it says whether it is one of those
    meant. A `person` is one of several whom a field leads to. What a `not` turns over is its part,
    but for a `test`, whose words say the "not". A `term` has its `meaning`, and where evidence for
    it and against it are defined apart, both as its parts. `outline` says the words line by line,
    each with its depth, where no part beneath is there to say them.
    """

    kind: NodeKind
    words: str
    truth: Truth
    label: str | None = None
    way: str | None = None
    values: tuple[Because, ...] = ()
    silent: tuple[str, ...] = ()
    parts: "tuple[Node, ...]" = ()
    decided: bool = True
    meaning: str | None = None
    outline: tuple[tuple[int, str], ...] = ()


def tree(judged: Judged, terms: Mapping[str, Term]) -> Node:
    """Return a condition that was judged for one subject, as a tree."""
    return _Teller(terms).node(judged, _Here(called(judged.evidence.subject)))


def called(subject: Subject) -> str:
    """Return what a sentence calls a subject: people by their pseudonyms, others by their kind."""
    return subject.label if subject.kind in _PEOPLE else wording.subject(subject.kind)


def recorded_days(moment: Moment, days: Iterable[Value], path: str = "") -> tuple[Because, ...]:
    """Return the recorded days that a moment stands for, as a reader is shown them."""
    if not isinstance(moment, DateField):
        return ()
    for step in moment.steps:
        goes_back = step == CASE_STEP or step.startswith(THIS)
        path = "" if goes_back else f"{path}{step}."
    name, kind = moment.field.name, moment.field.kind
    said = wording.when(moment).removeprefix("the ")
    return tuple(because_of(path, name, day, kind)._replace(name=said) for day in days)


def labels(family: CaseSubjects, plural: str) -> dict[str, str]:
    """Return the members of a collection in words by id, the id beside words that several share."""
    members = family.collection(plural) or ()
    words = [member.label for member in members]
    shared = {word for word, times in Counter(words).items() if times > 1}
    return {
        member.id: f"{label} ({member.id})" if label in shared else label
        for member, label in zip(members, words, strict=True)
    }


class _Here(NamedTuple):
    """Where a condition stands: whom it speaks of, and the path to it.

    `elsewhere` says that this is not the subject of the whole.
    """

    who: str
    path: str = ""
    elsewhere: bool = False


class _Teller:
    """Tells the conditions of one tree."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms
        self._labels: dict[str, dict[str, str]] = {}

    def node(self, judged: Judged, here: _Here) -> Node:
        condition = judged.evidence.condition
        match condition:
            case All((_, *_)) | Any((_, *_)):
                return self._group(judged, condition, here)
            case Not():
                return self._not(judged, here)
            case Some() | Every():
                return self._collection(judged, condition, here)
            case Through():
                return self._through(judged, condition, here)
            case Named():
                return self._term(judged, condition, here)
            case Atom():
                return self._test(judged, condition, here)
            case _:
                return Node("test", clause(condition), judged.truth)

    def _test(self, judged: Judged, atom: Atom, here: _Here) -> Node:
        evidence, field, moment = judged.evidence, atom.field, moment_of(atom)
        values = tuple(
            because_of(here.path, field.name, each, field.kind) for each in evidence.values
        )
        silent = () if values else (wording.word(field.name),)
        if isinstance(moment, DateField):
            days = recorded_days(moment, moments(atom, evidence.scope), here.path)
            values = (*values, *days)
            silent = silent if days else (*silent, wording.when(moment).removeprefix("the "))
        return Node("test", clause(atom, here.who), judged.truth, values=values, silent=silent)

    def _group(self, judged: Judged, group: All | Any, here: _Here) -> Node:
        if len(judged.parts) == 1:
            only = self.node(judged.parts[0], here)
            return only if group.way is None else only._replace(way=group.way)
        kind: NodeKind = "any" if isinstance(group, Any) else "all"
        joint = ANY_OF_THESE if kind == "any" else ALL_OF_THESE
        parts = self._parts(judged, here)
        return Node(kind, joint, judged.truth, way=group.way, parts=parts)

    def _not(self, judged: Judged, here: _Here) -> Node:
        inner = judged.parts[0]
        match inner.evidence.condition:
            case Not():
                return self.node(inner.parts[0], here)
            case All((_, _, *_)):
                return Node(
                    "not all", NOT_ALL_OF_THESE, judged.truth, parts=self._parts(inner, here)
                )
            case Any((_, _, *_)):
                return Node("none", NONE_OF_THESE, judged.truth, parts=self._parts(inner, here))
            case _:
                found = self.node(inner, here)
                words = clause(judged.evidence.condition, here.who, elsewhere=here.elsewhere)
                if found.kind == "test":
                    return found._replace(words=words, truth=judged.truth)
                return Node("not", words, judged.truth, parts=(found,))

    def _parts(self, judged: Judged, here: _Here) -> tuple[Node, ...]:
        return tuple(
            self.node(part, here)._replace(decided=decided)
            for part, decided in zip(judged.parts, _decided(judged), strict=True)
        )

    def _term(self, judged: Judged, named: Named, here: _Here) -> Node:
        here_in_it = here._replace(elsewhere=False)
        parts = [self.node(part, here_in_it) for part in judged.parts]
        if named.no_when is not None:
            so, not_so = parts
            parts = [
                so._replace(kind="evidence for", label="it counts as so when"),
                not_so._replace(kind="evidence against", label="it counts as not so when"),
            ]
        return Node(
            "term",
            clause(named, here.who, elsewhere=here.elsewhere),
            judged.truth,
            parts=tuple(parts),
            meaning=self._terms[named.term].meaning,
        )

    # -- other subjects -----------------------------------------------------------------------

    def _through(self, judged: Judged, through: Through, here: _Here) -> Node:
        step, people = through.step, judged.parts
        if step == CASE_STEP:
            return self.node(people[0], _Here(wording.subject(CASE_STEP), "", True))
        values = tuple(
            because_of(here.path, step, each, "person") for each in judged.evidence.values
        )
        if len(people) == 1:
            who = wording.person(step, here.who)
            only = self.node(people[0], _Here(who, member_path(judged, people[0], here.path), True))
            if only.kind in ("all", "any", "not all", "none"):
                only = only._replace(words=f"of {who}, {only.words}")
            return only._replace(values=(*values, *only.values))
        parts = [
            self.node(part, _elsewhere(part, member_path(judged, part, here.path)))._replace(
                kind="person", label=part.evidence.subject.label
            )
            for part in people
        ]
        silent = () if values else (wording.word(step),)
        return Node(
            "person",
            clause(through, here.who),
            judged.truth,
            values=values,
            silent=silent,
            parts=tuple(parts),
        )

    def _collection(self, judged: Judged, condition: Some | Every, here: _Here) -> Node:
        plural = condition.collection
        where, _ = picked_out(condition)
        family = judged.evidence.subject.family
        if plural not in self._labels:
            self._labels[plural] = labels(family, plural)
        named = self._labels[plural]
        parts = tuple(
            (found := self._member(judged, part, where is not None, here.path))._replace(
                label=named[part.evidence.subject.id], decided=found.decided and decided
            )
            for part, decided in zip(judged.parts, _decided(judged), strict=True)
        )
        kind: NodeKind = "some" if isinstance(condition, Some) else "every"
        words = clause(condition, here.who)
        lines: list[tuple[int, str]] = []
        if not any(part.decided for part in parts):
            lines = [
                (depth, line.removesuffix(DEFINED_BELOW))
                for depth, line in outline(condition, here.who)
            ]
        elif where is not None:
            # what is asked of those meant stands with each of them
            which = "at least one" if kind == "some" else "each"
            member = collections()[plural]
            picks = clause(where, wording.pronoun(member), elsewhere=True)
            words = f"{which} {wording.word(member)} where {picks}, with what is asked:"
        silent = family.silent_parts(collections()[plural])
        nobody = Because(plural, wording.word(plural), frozenset(), "codes")
        return Node(
            kind,
            words,
            judged.truth,
            values=() if parts or silent else (nobody,),
            silent=tuple(map(wording.word, silent)),
            parts=parts,
            outline=tuple(lines),
        )

    def _member(self, judged: Judged, member: Judged, has_where: bool, path: str) -> Node:
        here = _elsewhere(member, member_path(judged, member, path))
        if not has_where:
            return self.node(member, here)._replace(kind="member")
        picks, asked = member.parts
        if isinstance(judged.evidence.condition, Every):
            picks = picks.parts[0]
        where = self.node(picks, here)._replace(kind="where")
        if picks.truth is Truth.FALSE:
            return Node("member", "", member.truth, parts=(where,), decided=False)
        found = self.node(asked, here)
        if picks.truth is not Truth.TRUE:
            return Node("member", "", member.truth, parts=(where, found))
        return found._replace(kind="member", truth=member.truth, parts=(where, *found.parts))


def _elsewhere(judged: Judged, path: str) -> _Here:
    return _Here(wording.pronoun(judged.evidence.subject.kind), path, True)


_PEOPLE: Final = frozenset({"child", "adult", "family_member", "couple"})


def _decided(judged: Judged) -> list[bool]:
    """Return for each part of a group or collection whether it made a difference to the whole.

    It made none where nothing that it could have been would have changed the whole, and it does
    not say what the whole says: of all conditions one is not so, and this is another one.
    """
    whole, parts = judged.truth, [part.truth for part in judged.parts]
    if isinstance(judged.evidence.condition, Any | Some):  # De Morgan: as all, turned over
        whole, parts = whole.negated, [part.negated for part in parts]
    if whole is not Truth.FALSE:
        return [True] * len(parts)
    lacking = sum(not part.has_for for part in parts) + judged.evidence.silent
    return [part.has_against or (lacking == 1 and not part.has_for) for part in parts]
