"""Case files: from a document to its case record; faults are told by file and line."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from checklist.documents import Document, documents
from checklist.errors import BadInput, Fault, nearest
from checklist.record import Case
from checklist.source import (
    Place,
    decode,
    line_of,
    located_json,
    parse_json,
    parse_yaml,
)
from checklist.values import NOT_KNOWN
from checklist.vocabulary import subject_kinds

_MOST_FAULTS: Final = 20


class Read(NamedTuple):
    """One case as read: where it stands, and the record or what is wrong with it."""

    file: str
    line: int | None
    case: Case | BadInput


def read_cases(paths: Iterable[Path]) -> Iterator[Read]:
    """Yield every case at the paths: files, and folders with all case files in them.

    A file or line that cannot be used is yielded with its faults and does not stop the others.
    """
    return map(read, documents(paths))


def read(document: Document) -> Read:
    """Return the case record of a document, or what is wrong with it."""
    file, line = document.file, document.line
    try:
        return Read(file, line, _case_in(document))
    except BadInput as error:
        return Read(file, line, error)


def _case_in(document: Document) -> Case:
    file, line, form, content = document
    if isinstance(content, BadInput):
        raise content
    text = decode(content, file, line)
    if form == "yaml":
        return case_from(parse_yaml(text, file), file)
    tree = parse_json(text, file, line)
    if form == "json line":
        return case_from(tree, file, line)
    try:
        return case_from(tree, file)
    except BadInput:
        return case_from(located_json(text, file), file)


def case_from(tree: object, file: str = "", line: int | None = None) -> Case:
    """Return the case record that a parsed file holds, or raise BadInput with all its faults.

    `line` is where the record stands, for a tree that does not know its own lines.
    """
    if not isinstance(tree, dict):
        problem = "nothing is recorded here" if tree is None else "this is no case record"
        if isinstance(tree, list):
            problem += " but a list (several cases stand one a line in a .jsonl file)"
        problem += "; a record is made of keys and values, such as `id: family-1`"
        raise BadInput([Fault(problem, file, line_of(tree, ()) or line)])
    try:
        case = Case.model_validate(tree)
    except ValidationError as error:
        from checklist.case_faults import faults_of  # only a record with faults needs it

        raise BadInput(_first(faults_of(error, tree, file, line))) from None
    faults = _first(_misreferences(case, tree, file, line))
    if faults:
        raise BadInput(faults)
    return case


# -- ids ---------------------------------------------------------------------------------------


def _misreferences(
    case: Case, tree: dict[str, Any], file: str, line: int | None
) -> Iterator[Fault]:
    """Yield what is wrong with the ids: one that stands twice, or means nobody."""
    found = chain(
        _ids_twice(case), _couples_twice(case), _nobodies(case, tree), _looked_for_nowhere(case)
    )
    for problem, place in found:
        from checklist.case_faults import field_of

        yield Fault(problem, file, line_of(tree, place) or line, field_of(place))


def _ids_twice(case: Case) -> Iterator[tuple[str, Place]]:
    taken = {case.id: "the case", NOT_KNOWN: "a person whom nobody knows"}
    for name in Case.model_fields:
        for at, entity in enumerate(_listed(case, name)):
            own = getattr(entity, "id", None)
            if own in taken:
                problem = f"the id {own} already stands for {taken[own]}; give each its own"
                yield problem, (name, at, "id")
            elif own is not None:
                taken[own] = f"one of the {name.replace('_', ' ')}"


def _couples_twice(case: Case) -> Iterator[tuple[str, Place]]:
    written: set[frozenset[str]] = set()
    for at, couple in enumerate(case.couples or ()):
        pair = frozenset(couple.people)
        if pair in written:
            yield "these two are written as a couple already; keep one", ("couples", at)
        written.add(pair)


def _looked_for_nowhere(case: Case) -> Iterator[tuple[str, Place]]:
    if case.looked_for:
        from checklist.looked_for import faults_in  # only a record that has some needs it

        for at, problem in faults_in(case):
            yield problem, ("looked_for", at, "field")


def _nobodies(case: Case, tree: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    children = {child.id for child in case.children or ()}
    adults = {adult.id for adult in case.adults or ()}
    for place, people, there, who in _references(case, children, adults):
        for person in people:
            if person not in there:
                yield _is_nobody(person, place, there, who), _named_at(tree, place, person)


def _is_nobody(person: str, place: Place, there: set[str], who: str) -> str:
    if person == NOT_KNOWN:
        return f"{person} can stand for a mother, father or partner only"
    may_be_unknown = place[0] in ("children", "adults")
    hint = nearest(person, {*there, NOT_KNOWN} if may_be_unknown else there)
    cure = f"list them under {_LISTED_UNDER[who]}"
    if may_be_unknown:
        cure += f", or write {NOT_KNOWN} where nobody knows who it is"
    return f"there is no {who} with the id {person}{hint}; {cure}"


_LISTED_UNDER: Final = {
    "adult": "`adults`",
    "child": "`children`",
    "person": "`children` or `adults`",
}


def _named_at(tree: Any, place: Place, person: str) -> Place:
    """Return the place at which a person is named among the words that stand at `place`."""
    for key in place:
        tree = tree[key]
    words = tree if isinstance(tree, list) else [tree]
    for at, word in enumerate(words):
        here: Place = (*place, at) if isinstance(tree, list) else place
        value = word
        if isinstance(word, dict):
            here, value = (*here, "value"), word.get("value")
        if value == person:
            return here
        if isinstance(value, list) and person in value:
            return (*here, value.index(person))
    return place


def _references(
    case: Case, children: set[str], adults: set[str]
) -> Iterator[tuple[Place, Iterable[str], set[str], str]]:
    """Yield each place that names people, the ids, those that it can name, and what they are."""

    def one(place: Place, words: Iterable[Any], known: set[str], who: str) -> Iterator[Any]:
        for word in words:
            yield place, [word.value] if word.value != NOT_KNOWN else [], known, who

    def many(place: Place, words: Iterable[Any], known: set[str], who: str) -> Iterator[Any]:
        for word in words:
            yield place, sorted(word.value), known, who

    for at, child in enumerate(case.children or ()):
        yield from one(("children", at, "mother"), child.mother, adults, "adult")
        yield from one(("children", at, "father"), child.father, adults, "adult")
    for at, adult in enumerate(case.adults or ()):
        yield from one(("adults", at, "partner"), adult.partner, adults, "adult")
    for at, couple in enumerate(case.couples or ()):
        yield ("couples", at, "people"), couple.people, adults, "adult"
    for name, fields in _people_of_lists().items():
        for at, entity in enumerate(_listed(case, name)):
            for field in fields:
                known, who = children | adults, "person"
                if field == "children":
                    known, who = children, "child"
                yield from many((name, at, field), getattr(entity, field), known, who)


@cache
def _people_of_lists() -> dict[str, tuple[str, ...]]:
    """Return the fields that hold people, by the list of the case whose members have them."""
    return {
        name: fields
        for kind in subject_kinds().values()
        for name in kind.listed_under
        if (fields := tuple(each.name for each in kind.fields.values() if each.kind == "people"))
    }


def _listed(case: Case, name: str) -> tuple[Any, ...]:
    found = getattr(case, name)
    return found if isinstance(found, tuple) else ()


def _first(faults: Iterator[Fault]) -> list[Fault]:
    """Return the first faults: nobody reads hundreds, and the cure of each takes time to find."""
    told = list(islice(faults, _MOST_FAULTS))
    if next(faults, None) is not None:
        more = "there is more to correct in this record; it will be told once this is done"
        told.append(Fault(more, told[0].file))
    return told
