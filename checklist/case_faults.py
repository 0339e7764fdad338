"""What pydantic refuses in a case record, told by file, line and field in words that help.

Loaded only for a record with faults. Knows the record's models and no rules.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checklist.errors import Fault, nearest, one_of
from checklist.record import Case
from checklist.recorded import WORD_KEYS, Agreement
from checklist.source import Place, line_of
from checklist.text import short
from checklist.values import BLANK, quoted

_MOST_CODES: Final = 15  # listed where the nearest has been named already
_MOST_KEYS: Final = 20  # misspelt ones in which a missing key is looked for


def faults_of(
    error: ValidationError, tree: dict[str, Any], file: str, line: int | None
) -> Iterator[Fault]:
    """Yield what the record's models refuse, in the order of the file."""

    def of_key(each: ErrorDetails) -> bool:
        return each["type"] == "extra_forbidden"

    found = []
    unknown: dict[Place, list[str]] = defaultdict(list)
    for each in error.errors(include_url=False):
        place = _in_tree(each, tree)
        if of_key(each):
            unknown[place[:-1]].append(str(place[-1]))
        at = line_of(tree, place, of_key=of_key(each)) or line
        found.append((at or 0, place, each))
    for at, place, each in sorted(found, key=lambda fault: fault[0]):
        if each["type"] == "missing" and any(
            nearest(key, [str(place[-1])]) for key in unknown.get(place[:-1], ())[:_MOST_KEYS]
        ):
            continue  # it is there, misspelt, and told as that
        problem = _problem(each, place, tree)
        yield Fault(problem, file, at or None, _named(place) if of_key(each) else field_of(place))


def field_of(place: Place) -> str:
    """Return a place without the key `value` at its end: its field is what a reader looks for."""
    return _named(place[:-1] if place[-1:] == ("value",) else place)


def _in_tree(error: ErrorDetails, tree: object) -> Place:
    """Return the place of a fault in the file, without the steps that reading put in.

    A word is read as one of a list of words, each with its `value`, however it is written.
    """
    place: list[str | int] = []
    steps = error["loc"]
    for number, step in enumerate(steps):
        if isinstance(tree, dict):
            if isinstance(step, str):
                place.append(step)
                tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            of_plain_list = steps[number + 1 : number + 2] == ("value",) and (
                len(steps) > number + 2 or error["type"] == "too_long"
            )
            if isinstance(tree[step], dict) or not of_plain_list:
                place.append(step)
                tree = tree[step]
        elif isinstance(step, str) and step != "value":
            place.append(step)
    return tuple(place)


def _problem(error: ErrorDetails, place: Place, tree: object) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = _fields_at(place[:-1])
            if not str(place[-1]).strip():
                return "a key is blank here; there must be a word before the colon"
            hint = nearest(str(place[-1]), known)
            return f"there is no such key here{hint or f'; the keys are {one_of(known, 60)}'}"
        case "missing":
            about = _fields_at(place[:-1]).get(str(place[-1]), "")
            key = "the key `value`" if place[-1] == "value" else "this key"
            return f"{key} is missing{about and f' ({about})'}"
        case "literal_error":
            expected = str(context.get("expected", ""))
            of_several = isinstance(error["loc"][-1], int)
            return _not_a_code(_written(tree, place, error), expected, of_several)
        case "model_type" | "model_attributes_type" | "dict_type":
            said = quoted(_written(tree, place, error))
            keys = one_of(_fields_at(place), 60)
            return f"{said} cannot stand here; this needs keys and values, and the keys are {keys}"
        case "tuple_type" | "list_type" | "frozen_set_type" | "set_type":
            said = quoted(_written(tree, place, error))
            return (
                f"{said} cannot stand here; this needs a list: a dash before each item, "
                "or [] where there is none"
            )
        case "too_long":
            return f"this list has more than {context.get('max_length'):,} items"
        case "wrong":
            return str(context["problem"])
        case _:
            return short(error["msg"][:1].lower() + error["msg"][1:], 200)


def _not_a_code(value: object, expected: str, of_several: bool) -> str:
    """Say that a value is none of the codes; `expected` is pydantic's list of them."""
    known = expected.replace("'", "").replace(" or ", ", ").split(", ")
    said = quoted(value)
    if said == quoted(None):
        return BLANK
    if known == ["yes", "no"]:
        return f"{said} is neither yes nor no; leave the key out where it is not recorded"
    hint = nearest(value, known) if isinstance(value, str) else ""
    if of_several and "," in str(value):
        hint = "; write several as a list, each after a dash"
    if hint and len(known) > _MOST_CODES:
        they_are = f"`checklist schema case` lists all {len(known)}"
    else:
        they_are = f"they are {one_of(known, len(known))}"
    return f"{said} is not one of the words for this{hint}; {they_are}"


def _written(tree: Any, place: Place, error: ErrorDetails) -> object:
    """Return the value at a place as it is written, not as it was understood."""
    try:
        for step in place:
            tree = tree[step]
    except (KeyError, IndexError, TypeError):
        return error["input"]
    return tree


def _fields_at(place: Place) -> dict[str, str]:
    """Return the keys that the record accepts at a place, each with its description."""
    model: type[BaseModel] = Case
    for number, step in enumerate(place):
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        inner = _model_in(field.annotation) if field is not None else None
        if inner is None:
            agreed = "agreed" in place[number:]
            return _described(Agreement) if agreed else dict(WORD_KEYS)
        model = inner
    return _described(model)


def _described(model: type[BaseModel]) -> dict[str, str]:
    return {name: field.description or "" for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _named(place: Place) -> str:
    """Return a place as a reader would name it: "born (children, item 1)"."""
    names: list[str] = []
    for number, step in enumerate(place):
        if step == "value" and number < len(place) - 1:
            continue
        if isinstance(step, int):
            names[-1:] = [f"{names[-1] if names else 'this'}, item {step + 1}"]
        else:
            names.append(short(step, 60) if step.strip() else '""')
    if not names:
        return ""
    *outer, last = names
    return f"{last} ({', '.join(outer)})" if outer else last
