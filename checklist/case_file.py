"""Case files: from a path to case records, one at a time; faults are told by file and line."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.record import Case
from checklist.source import json_lines, line_of, parse_json, parse_yaml, read_text
from checklist.text import short
from checklist.values import NOT_KNOWN

SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
_LINES: Final = (".jsonl", ".ndjson")
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
    for path in paths:
        try:
            files = _files(path)
        except BadInput as error:
            yield Read(short(str(path), 200), None, error)
            continue
        for file in files:
            yield from _read_file(file)


def case_from(tree: object, file: str = "", line: int | None = None) -> Case:
    """Return the case record that a parsed file holds, or raise BadInput with all its faults.

    `line` is where the record stands, for a tree that does not know its own lines.
    """
    if not isinstance(tree, dict):
        what = "nothing at all" if tree is None else "a list" if isinstance(tree, list) else "text"
        problem = f"a case record is a mapping that begins with `id:`, and this is {what}"
        raise BadInput([Fault(problem, file, line_of(tree, ()) or line)])
    try:
        case = Case.model_validate(tree)
    except ValidationError as error:
        faults = [_fault(each, tree, file, line) for each in error.errors(include_url=False)]
        raise BadInput(_shortened(faults)) from None
    faults = list(_misreferences(case, tree, file, line))
    if faults:
        raise BadInput(_shortened(faults))
    return case


def _read_file(file: Path) -> Iterator[Read]:
    name = short(str(file), 200)
    try:
        if file.suffix.lower() in _LINES:
            yield from _read_lines(file, name)
            return
        text = read_text(file)
        if file.suffix.lower() != ".json":
            yield Read(name, None, case_from(parse_yaml(text, name), name))
            return
        tree = parse_json(text, name)
        try:
            yield Read(name, None, case_from(tree, name))
        except BadInput:
            # JSON is YAML too, and read as that it keeps its lines for the message
            try:
                located = parse_yaml(text, name)
            except BadInput:
                located = tree
            yield Read(name, None, case_from(located, name))
    except BadInput as error:
        yield Read(name, None, error)


def _read_lines(file: Path, name: str) -> Iterator[Read]:
    empty = True
    for number, text in json_lines(file):
        empty = False
        try:
            if isinstance(text, BadInput):
                raise text
            yield Read(name, number, case_from(parse_json(text, name, number), name, number))
        except BadInput as error:
            yield Read(name, number, error)
    if empty:
        raise BadInput([Fault("there is no case in this file", name)])


def _files(path: Path) -> list[Path]:
    name = short(str(path), 200)
    if not path.is_dir():
        if path.suffix.lower() not in SUFFIXES:
            raise BadInput([Fault(f"the name of a case file ends in {one_of(SUFFIXES)}", name)])
        return [path]
    files = sorted(
        file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()
    )
    if not files:
        raise BadInput([Fault(f"there is no case file in this folder ({one_of(SUFFIXES)})", name)])
    return files


# -- faults ------------------------------------------------------------------------------------


def _fault(error: ErrorDetails, tree: object, file: str, line: int | None) -> Fault:
    place = error["loc"]
    return Fault(_problem(error), file, line_of(tree, place) or line, _field(place))


def _problem(error: ErrorDetails) -> str:
    place, context = error["loc"], error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = _keys_at(place[:-1])
            return f"there is no such key here{nearest(str(place[-1]), known)}"
        case "missing":
            return "this key is needed"
        case "literal_error":
            codes = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            known = [code.strip() for code in codes.split(",")]
            said = _said(error["input"])
            hint = nearest(_text(error), known)
            return f"{said} is not one of its values{hint}; they are {one_of(known, 40)}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "this needs a mapping with keys of its own"
        case "tuple_type" | "list_type" | "frozen_set_type" | "set_type":
            return "this needs a list, each item after a dash"
        case "too_long":
            return f"this list has more than {context.get('max_length')} items"
        case "string_type":
            return "this needs text"
        case "wrong":
            return str(context["problem"])
        case _:
            return short(error["msg"][:1].lower() + error["msg"][1:], 200)


def _keys_at(place: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the record accepts at a place."""
    model: type[BaseModel] = Case
    for step in place:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        inner = _model_in(field.annotation) if field is not None else None
        if inner is None:
            return ["value", "agency", "where", "date", "note", "agreed"]
        model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _field(place: tuple[str | int, ...]) -> str:
    """Return a place as a reader would name it: "born (children, item 1)"."""
    steps = [step for step in place if step not in ("value",)]
    names = [str(step) for step in steps if isinstance(step, str)]
    if not names:
        return ""
    item = next((step for step in steps if isinstance(step, int)), None)
    first, last = names[0], names[-1]
    if item is not None and len(names) > 1:
        return short(f"{last} ({first}, item {item + 1})", 120)
    return short(last, 60)


def _misreferences(
    case: Case, tree: Mapping[str, Any], file: str, line: int | None
) -> Iterator[Fault]:
    """Yield what is wrong with the ids: one that stands twice, or means nobody."""
    taken: dict[str, str] = {}
    for name in Case.model_fields:
        for at, entity in enumerate(_listed(case, name)):
            own = getattr(entity, "id", None)
            if own is None:
                continue
            place: _Place = (name, at, "id")
            if own in taken or own in (NOT_KNOWN, case.id):
                what = taken.get(own, "the case" if own == case.id else "what nobody knows")
                problem = f"the id {own} already stands for {what}; give each its own"
                yield Fault(problem, file, line_of(tree, place) or line, _field(place))
            taken.setdefault(own, f"one of the {name.replace('_', ' ')}")
    children = {child.id for child in case.children or ()}
    adults = {adult.id for adult in case.adults or ()}
    for where, people, known, who in _references(case, children, adults):
        for person in people:
            if person not in known:
                problem = f"there is no {who} with the id {person}{nearest(person, known)}"
                yield Fault(problem, file, line_of(tree, where) or line, _field(where))


_Place = tuple[str | int, ...]


def _references(
    case: Case, children: set[str], adults: set[str]
) -> Iterator[tuple[_Place, Iterable[str], set[str], str]]:
    """Yield each place that names people, the ids, those that it can name, and what they are."""

    def one(place: _Place, words: Iterable[Any], known: set[str], who: str) -> Iterator[Any]:
        for word in words:
            yield place, [word.value] if word.value != NOT_KNOWN else [], known, who

    def many(place: _Place, words: Iterable[Any], known: set[str], who: str) -> Iterator[Any]:
        for word in words:
            yield place, sorted(word.value), known, who

    for at, child in enumerate(case.children or ()):
        yield from one(("children", at, "mother"), child.mother, adults, "adult")
        yield from one(("children", at, "father"), child.father, adults, "adult")
    for at, adult in enumerate(case.adults or ()):
        yield from one(("adults", at, "partner"), adult.partner, adults, "adult")
    for at, couple in enumerate(case.couples or ()):
        yield ("couples", at, "people"), couple.people, adults, "adult"
    everyone = children | adults
    for at, assessment in enumerate(case.assessments or ()):
        yield from many(("assessments", at, "covers"), assessment.covers, everyone, "person")
    for at, plan in enumerate(case.safety_plans or ()):
        yield from many(("safety_plans", at, "protects"), plan.protects, everyone, "person")
        yield from many(("safety_plans", at, "on_file_of"), plan.on_file_of, everyone, "person")
    for at, each in enumerate(case.plans or ()):
        yield from many(("plans", at, "children"), each.children, children, "child")


def _listed(case: Case, name: str) -> tuple[Any, ...]:
    found = getattr(case, name)
    return found if isinstance(found, tuple) else ()


def _said(value: object) -> str:
    return f'"{short(str(value), 40)}"' if isinstance(value, str | int | float) else "this"


def _text(error: ErrorDetails) -> str:
    return error["input"] if isinstance(error["input"], str) else ""


def _shortened(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= _MOST_FAULTS:
        return faults
    more = Fault(f"there are {len(faults) - _MOST_FAULTS} more faults in it", faults[0].file)
    return [*faults[:_MOST_FAULTS], more]
