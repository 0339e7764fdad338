"""The tests that conditions can put, and the words in which a fault in a condition is told."""

from collections.abc import Sequence
from typing import Any as Anything
from typing import Final, get_args

from checklist.conditions import CASE_STEP, THIS, Direction, Unit
from checklist.errors import nearest, one_of
from checklist.text import short
from checklist.values import Kind
from checklist.vocabulary import CASE, Field, SubjectKind, collections, subject_kinds

TESTS: Final[dict[Kind, tuple[str, ...]]] = {
    "code": ("in", "recorded"),
    "codes": ("includes", "recorded"),
    "people": ("includes", "recorded"),
    "number": ("at_least", "at_most", "in", "recorded"),
    "date": ("before", "after", "within", "at_least", "recorded"),
    "text": ("recorded",),
    "word": ("in", "recorded"),
    "person": ("recorded",),
}
"""The tests that fit each kind of value; those with a plain form can also be equal to a value."""

HAS_PLAIN_FORM: Final[tuple[Kind, ...]] = ("code", "number", "date", "word")
"""The kinds of value that a rule can write plain, for "is this one"."""

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)


def included(known: Field) -> tuple[str, ...]:
    """Return the kinds of subject that `includes` can mean where the condition stands in one."""
    if known.kind == "people":
        return ("child", "adult", "family_member")
    lists_agencies = known.codes == subject_kinds()["agency"].fields["agency"].codes
    return ("agency",) if known.kind == "codes" and lists_agencies else ()


def no_such_field(key: str, subject: SubjectKind, terms: list[str]) -> str:
    """Return what to say of a key that is neither a field nor a term: where it is, what is near."""
    what = f"is neither a field of {a_kind(subject.name)} nor a term"
    found = written_elsewhere(key, subject)
    if found:
        return f"{what}; write {' or '.join(found)}"
    known = [*subject.fields, *terms]
    return f"{what}{nearest(key, known)}; the fields are {one_of(subject.fields, 20)}"


def written_elsewhere(key: str, subject: SubjectKind, only: Kind | None = None) -> list[str]:
    """Return how a condition on this subject would be written to reach another one's field.

    `only` leaves out fields of any other kind of value, and lists of subjects.
    """
    kinds = subject_kinds()

    def has(kind: str) -> bool:
        found = kinds[kind].fields.get(key)
        return found is not None and only in (None, found.kind)

    steps = {step: each.leads_to for step, each in subject.fields.items() if each.leads_to}
    found = [f"{step}.{key}" for step, kind in {**steps, CASE_STEP: CASE}.items() if has(kind)]
    if not found and only is None:
        lists = [plural for plural, kind in collections().items() if has(kind)]
        found = [f"`some: {{{plural}: {{{key}: ...}}}}`" for plural in lists]
    return found[:3]


def such_as(kind: str) -> str:
    """Return a condition on subjects of a kind, as an example of how one is written."""
    fields = subject_kinds()[kind].fields.values()
    by_code = sorted(
        fields, key=lambda each: ("code", "codes").index(each.kind) if each.codes else 2
    )
    first = by_code[0]
    return f"{first.name}: {written(first, first.codes[:1])}"


def written(known: Field, values: Sequence[Anything]) -> str:
    """Return how a test of a field for such values is written."""
    plain = [short(str(each), 40) for each in values if not isinstance(each, dict | list)]
    tests = TESTS[known.kind]
    if known.kind == "people":
        return "{includes: this_child}"
    if "includes" in tests:
        return (
            f"{{includes: [{', '.join(plain)}]}}" if len(plain) > 1 else f"{{includes: {plain[0]}}}"
        )
    if "in" in tests:
        return plain[0] if len(plain) == 1 else f"{{in: [{', '.join(plain)}]}}"
    return "{before: as_of}" if "before" in tests else "{recorded: yes}"


def moments_of(scopes: Sequence[str]) -> str:
    """Return what a day can be given by, for subjects of a kind inside those before it."""
    dates = _dates(scopes[-1])
    fields = f"one of its dates ({one_of(dates)}), " if dates else ""
    outer = [f"{THIS}{kind}.{name}" for kind in scopes[:-1][-1:] for name in _dates(kind)[:1]]
    around = "".join(f"{each}, " for each in outer)
    return f"{fields}{around}a day such as 2021-02-28, or as_of"


def _dates(kind: str) -> list[str]:
    return [each.name for each in subject_kinds()[kind].fields.values() if each.kind == "date"]


def bare(name: str) -> str:
    """Return a name of the language without its underscores."""
    return name.replace("_", " ")


def a_kind(kind: str) -> str:
    """Return a kind of subject with its article."""
    return f"an {bare(kind)}" if kind[0] in "aeiou" else f"a {bare(kind)}"


def said(value: object) -> str:
    """Return what a rule says as a message quotes it."""
    if value is None:
        return "nothing"
    return f'"{short(str(value), 40)}"' if not isinstance(value, dict | list) else "this"


def tests_of(known: Field) -> str:
    """Return the tests that fit a field, in words."""
    plain = ["a plain value"] if known.kind in HAS_PLAIN_FORM else []
    return one_of([*plain, *TESTS[known.kind]])


def holds(known: Field) -> str:
    """Return in words what a field holds."""
    return {
        "code": "one value of a list",
        "codes": "several values of a list",
        "people": "several people",
        "number": "a number",
        "date": "a date",
        "text": "free text",
        "word": "a word",
        "person": "a person",
    }[known.kind]
