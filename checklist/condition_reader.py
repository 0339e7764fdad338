"""Conditions as written in YAML, read and checked against the vocabulary.

Every fault is collected, with its line and the nearest name that would have been right; nothing is
guessed. A condition with a fault is returned as None.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any as Anything
from typing import Final, NamedTuple, get_args

from pydantic_core import PydanticCustomError

from checklist.conditions import (
    CASE_STEP,
    After,
    All,
    Any,
    AsOf,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    DateField,
    Direction,
    Equals,
    Every,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Named,
    Not,
    Some,
    Test,
    Through,
    Unit,
    Within,
    walk,
)
from checklist.errors import Fault, nearest, one_of
from checklist.source import LocatedDict, line_of
from checklist.text import short
from checklist.values import plain_code, read_date, read_number
from checklist.vocabulary import CASE, Field, collections, subject_kinds

MOST_NUMBER: Final = 100_000
"""The largest number that a test can name."""

MOST_IN_LIST: Final = 60
"""The most values that one `in` can name: each is a branch of its own to the engine."""

_TESTS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("in", "recorded"),
    "codes": ("includes", "recorded"),
    "people": ("includes", "recorded"),
    "number": ("at_least", "at_most", "in", "recorded"),
    "date": ("before", "after", "within", "recorded"),
    "text": ("recorded",),
    "word": ("in", "recorded"),
    "person": ("recorded",),
}
_ALL_TESTS: Final = frozenset(name for names in _TESTS.values() for name in names)
_UNITS: Final[tuple[str, ...]] = get_args(Unit)
_DIRECTIONS: Final[tuple[str, ...]] = get_args(Direction)


class Term(NamedTuple):
    """A condition with a name, for one kind of subject, for rules to use like a field.

    `no_when`, where there is one, is what counts as evidence against it; without it, whatever is
    against `yes_when` is. `ask` holds questions by the path of the field they settle.
    """

    id: str
    for_each: str
    meaning: str
    yes_when: Condition
    no_when: Condition | None
    ask: Mapping[str, str]
    file: str
    line: int | None


@dataclass
class ConditionReader:
    """Reads the conditions of one file; `faults` gathers what is wrong with them.

    `term` returns the term of a name, or None where there is none.
    """

    file: str
    term: Callable[[str], Term | None]
    term_names: Callable[[], list[str]]
    faults: list[Fault] = field(default_factory=list)

    def read(self, tree: object, kind: str, owner: str) -> Condition | None:
        """Return the condition that `tree` says of subjects of `kind`, or None with the faults.

        `owner` is the key it stands under, for the messages.
        """
        before = len(self.faults)
        condition = self._mapping(tree, (kind,), "", owner, line_of(tree, ()))
        return condition if len(self.faults) == before else None

    def moment(self, tree: object, kind: str, owner: str, line: int | None) -> Moment | None:
        """Return the date, field or `as_of` that `tree` names for subjects of `kind`."""
        return self._moment(tree, (kind,), owner, line)

    def period(self, tree: object, kind: str, owner: str, line: int | None) -> Within | None:
        """Return the number of days, weeks or months from a moment that `tree` names."""
        return self._within(tree, (kind,), owner, line)

    # -- mappings -----------------------------------------------------------------------------

    def _mapping(
        self, tree: object, scopes: tuple[str, ...], path: str, owner: str, line: int | None
    ) -> Condition | None:
        if not isinstance(tree, dict) or not tree:
            self._fault(owner, "needs at least one condition, such as `kind: strategy`", line)
            return None
        way = tree.get("way")
        if "way" in tree and (not isinstance(way, str) or not way.strip()):
            self._fault(
                "way", "must say in words how the rule is met this way", line_of(tree, ("way",))
            )
        parts = [
            self._entry(key, value, scopes, path, line_of(tree, (key,)) or line)
            for key, value in tree.items()
            if key != "way"
        ]
        if not parts:
            self._fault(owner, "needs a condition beside `way`", line)
        found = tuple(part for part in parts if part is not None)
        if len(found) == 1 and way is None:
            return found[0]
        return All(found, way)

    def _entry(
        self, key: str, value: Anything, scopes: tuple[str, ...], path: str, line: int | None
    ) -> Condition | None:
        match key:
            case "all" | "any":
                return self._several(key, value, scopes, path, line)
            case "not":
                part = self._mapping(value, scopes, path, "not", line)
                return None if part is None else Not(part)
            case "some" | "every":
                return self._over(key, value, scopes, line)
            case _:
                return self._field(key, value, scopes, path, line)

    def _several(
        self, key: str, value: Anything, scopes: tuple[str, ...], path: str, line: int | None
    ) -> Condition | None:
        if not isinstance(value, list) or not value:
            self._fault(key, "needs a list of conditions, one a dash", line)
            return None
        parts = [
            self._mapping(part, scopes, path, key, line_of(value, (place,)) or line)
            for place, part in enumerate(value)
        ]
        found = tuple(part for part in parts if part is not None)
        return All(found) if key == "all" else Any(found)

    def _over(
        self, key: str, value: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Condition | None:
        if not isinstance(value, dict) or not value:
            self._fault(key, "needs a collection and what to ask of its members", line)
            return None
        parts: list[Condition] = []
        for name, tree in value.items():
            at = line_of(value, (name,)) or line
            plural = name.removeprefix(f"{CASE_STEP}.")
            kind = collections().get(plural)
            if kind is None:
                known = collections()
                what = (
                    f"is not a collection of the case{nearest(plural, known)}; "
                    f"there are {one_of(known)}"
                )
                self._fault(name, what, at)
                continue
            if not isinstance(tree, dict):
                self._fault(name, "needs what to ask of each member, as a mapping", at)
                continue
            inner = _Rest(tree, "where")
            asked = plural
            where = (
                self._mapping(
                    tree["where"], (*scopes, kind), asked, "where", line_of(tree, ("where",))
                )
                if "where" in tree
                else None
            )
            then = self._mapping(inner, (*scopes, kind), asked, name, at)
            if then is None:
                continue
            if "where" in tree:
                if where is None:
                    continue
                where = _given(where)
                then = All((where, then)) if key == "some" else Any((Not(where), then))
            parts.append(Some(plural, then, asked) if key == "some" else Every(plural, then, asked))
        return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None

    # -- fields and terms ---------------------------------------------------------------------

    def _field(
        self, key: str, value: Anything, scopes: tuple[str, ...], path: str, line: int | None
    ) -> Condition | None:
        step, _, rest = key.partition(".")
        if rest:
            found = self._step(step, scopes, key, line)
            if found is None:
                return None
            kind, asked = found
            inner = self._field(rest, value, (*scopes, kind), _join(path, asked), line)
            return None if inner is None else Through(step, inner, _join(path, asked))
        subject = subject_kinds()[scopes[-1]]
        known = subject.fields.get(key)
        if known is None:
            return self._term_or_fault(key, value, scopes, line)
        asked_as = _join(path, key)
        if known.leads_to and isinstance(value, dict) and not _ALL_TESTS.issuperset(value):
            part = self._mapping(value, (*scopes, known.leads_to), asked_as, key, line)
            return None if part is None else Through(key, part, asked_as)
        tests = self._tests(known, value, scopes, line)
        atoms = tuple(Atom(known, test, asked_as) for test in tests)
        return None if not atoms else atoms[0] if len(atoms) == 1 else All(atoms)

    def _step(
        self, step: str, scopes: tuple[str, ...], key: str, line: int | None
    ) -> tuple[str, str] | None:
        """Return the kind of subject that a step leads to, and what it adds to `asked_as`."""
        if step == CASE_STEP:
            return CASE, ""
        subject = subject_kinds()[scopes[-1]]
        known = subject.fields.get(step)
        if known is not None and known.leads_to:
            return known.leads_to, step
        steps = [CASE_STEP, *(name for name, each in subject.fields.items() if each.leads_to)]
        if step in collections():
            what = f"`{step}` is a list: write `some:` or `every:` with {step} under it"
        else:
            what = f"{_name(subject.name)} has no `{step}` to look through{nearest(step, steps)}"
        self._fault(key, what, line)
        return None

    def _term_or_fault(
        self, key: str, value: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Condition | None:
        subject = subject_kinds()[scopes[-1]]
        if key in collections():
            what = "is a list: write `some:` or `every:` with it, and what to ask of its members"
            self._fault(key, what, line)
            return None
        term = self.term(key)
        if term is None:
            known = [*subject.fields, *self.term_names()]
            elsewhere = [kind.name for kind in subject_kinds().values() if key in kind.fields]
            hint = nearest(key, known) or (
                f"; {one_of(map(_name, elsewhere))} has"
                if elsewhere
                else f"; it has {one_of(known)}"
            )
            self._fault(key, f"{_name(subject.name)} has no such field{hint}", line)
            return None
        if term.for_each != subject.name:
            family = term.for_each == "family_member" and subject.name in ("child", "adult")
            if not family:
                hint = f"; write {CASE_STEP}.{key}" if term.for_each == CASE else ""
                what = f"is a term about {_name(term.for_each)}, not {_name(subject.name)}{hint}"
                self._fault(key, what, line)
                return None
        wanted = plain_code(value)
        answers = {"yes": True, "true": True, "no": False, "false": False}
        if not isinstance(wanted, str) or wanted not in answers:
            self._fault(key, "is a term: it can be `yes` or `no`", line)
            return None
        named = Named(term.id, term.yes_when, term.no_when)
        return named if answers[wanted] else Not(named)

    # -- tests --------------------------------------------------------------------------------

    def _tests(
        self, known: Field, value: Anything, scopes: tuple[str, ...], line: int | None
    ) -> list[Test]:
        if isinstance(value, dict):
            tests = []
            for name, operand in value.items():
                at = line_of(value, (name,)) or line
                test = self._test(known, name, operand, scopes, at)
                if test is not None:
                    tests.append(test)
            if not value:
                self._fault(known.name, f"needs a test: {_tests_in_words(known)}", line)
            return tests
        if isinstance(value, list):
            better = "includes" if known.kind in ("codes", "people") else "in"
            self._fault(
                known.name, f"a list needs a test around it, such as {{{better}: [...]}}", line
            )
            return []
        if value is None:
            self._fault(
                known.name, "has nothing to compare with; silence cannot be tested for", line
            )
            return []
        if known.kind in ("codes", "people", "text", "person"):
            what = f"cannot be compared with one value; the tests are {_tests_in_words(known)}"
            self._fault(known.name, what, line)
            return []
        literal = self._literal(known, value, line)
        return [] if literal is None else [Equals(literal)]

    def _test(
        self, known: Field, name: str, operand: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Test | None:
        if name not in _TESTS[known.kind]:
            if name in _ALL_TESTS:
                what = f"`{name}` does not fit {_kind_in_words(known)}"
            else:
                what = f"there is no test `{short(name)}`{nearest(name, _TESTS[known.kind])}"
            self._fault(known.name, f"{what}; the tests are {_tests_in_words(known)}", line)
            return None
        match name:
            case "recorded":
                if plain_code(operand) not in ("yes", "true", True):
                    what = "`recorded` can only be `yes`: from silence nothing can be concluded"
                    self._fault(known.name, what, line)
                    return None
                return IsRecorded()
            case "in":
                return self._in(known, operand, line)
            case "includes":
                return self._includes(known, operand, scopes, line)
            case "at_least" | "at_most":
                number = self._literal(known, operand, line)
                if not isinstance(number, int):
                    return None
                return AtLeast(number) if name == "at_least" else AtMost(number)
            case "before" | "after":
                moment = self._moment(operand, scopes, known.name, line)
                if moment is None:
                    return None
                return Before(moment) if name == "before" else After(moment)
            case _:
                return self._within(operand, scopes, known.name, line)

    def _in(self, known: Field, operand: Anything, line: int | None) -> In | None:
        if not isinstance(operand, list) or not 0 < len(operand) <= MOST_IN_LIST:
            problem = f"`in` needs a list of up to {MOST_IN_LIST}, such as {{in: [a, b]}}"
            self._fault(known.name, problem, line)
            return None
        literals = [self._literal(known, each, line) for each in operand]
        if any(literal is None for literal in literals):
            return None
        return In(tuple(dict.fromkeys(literals)))  # type: ignore[arg-type]

    def _includes(
        self, known: Field, operand: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Includes | IncludesThis | None:
        if known.kind == "people":
            here = [
                f"this_{kind}" for kind in scopes if kind in ("child", "adult", "family_member")
            ]
            if operand not in here:
                what = (
                    f"`includes` can name {one_of(here)} here"
                    if here
                    else "`includes` of people needs a child or an adult around it to mean"
                )
                self._fault(known.name, f"{what}, not {_said(operand)}", line)
                return None
            return IncludesThis(str(operand).removeprefix("this_"))
        codes = operand if isinstance(operand, list) else [operand]
        literals = [self._literal(known, each, line) for each in codes]
        if not literals or any(literal is None for literal in literals):
            if not literals:
                self._fault(known.name, "`includes` needs at least one code", line)
            return None
        return Includes(tuple(sorted({str(literal) for literal in literals})))

    def _literal(
        self, known: Field, value: Anything, line: int | None
    ) -> str | int | datetime.date | None:
        if isinstance(value, dict | list) or value is None:
            self._fault(known.name, "needs a plain value here", line)
            return None
        try:
            match known.kind:
                case "number":
                    return self._bounded(known, read_number(value), line)
                case "date":
                    found = read_date(value)
                    return found if isinstance(found, datetime.date) else None
                case "word":
                    return str(value).strip().casefold()
                case _:
                    return self._known_code(known, value, line)
        except PydanticCustomError as error:
            self._fault(known.name, error.message(), line)
            return None

    def _bounded(self, known: Field, number: object, line: int | None) -> int | None:
        if not isinstance(number, int) or abs(number) > MOST_NUMBER:
            self._fault(known.name, f"must be between -{MOST_NUMBER:,} and {MOST_NUMBER:,}", line)
            return None
        return number

    def _known_code(self, known: Field, value: Anything, line: int | None) -> str | None:
        code = plain_code(value)
        code = {True: "yes", False: "no", "true": "yes", "false": "no"}.get(code, code)
        if code in known.codes:
            return str(code)
        what = f"{_said(value)} is not one of its values{nearest(str(value), known.codes)}"
        self._fault(known.name, f"{what}; they are {one_of(known.codes, 40)}", line)
        return None

    def _moment(
        self, tree: Anything, scopes: tuple[str, ...], owner: str, line: int | None
    ) -> Moment | None:
        if not isinstance(tree, str):
            self._fault(owner, "needs a date, a date field, or as_of", line)
            return None
        if tree == "as_of":
            return AsOf()
        if tree[:1].isdigit():
            try:
                found = read_date(tree)
            except PydanticCustomError as error:
                self._fault(owner, error.message(), line)
                return None
            return found if isinstance(found, datetime.date) else None
        *steps, name = tree.split(".")
        inner = scopes
        for step in steps:
            led = self._step(step, inner, owner, line)
            if led is None:
                return None
            inner = (*inner, led[0])
        subject = subject_kinds()[inner[-1]]
        known = subject.fields.get(name)
        if known is None or known.kind != "date":
            dates = [each.name for each in subject.fields.values() if each.kind == "date"]
            what = f"{_name(subject.name)} has no date field `{short(name)}`{nearest(name, dates)}"
            self._fault(owner, f"{what}; there are {one_of(dates)}" if dates else what, line)
            return None
        return DateField(tuple(steps), known)

    def _within(
        self, tree: Anything, scopes: tuple[str, ...], owner: str, line: int | None
    ) -> Within | None:
        shape = (
            "needs a number of days, working_days, weeks or months, and `of`, `after` or `before` "
            "a date, such as {weeks: 6, before: date}"
        )
        if not isinstance(tree, dict) or len(tree) != 2:
            self._fault(owner, shape, line)
            return None
        unit = next((name for name in tree if name in _UNITS), None)
        direction = next((name for name in tree if name in _DIRECTIONS), None)
        if unit is None or direction is None:
            wrong = next((name for name in tree if name not in (*_UNITS, *_DIRECTIONS)), "")
            self._fault(owner, f"{shape}{nearest(wrong, (*_UNITS, *_DIRECTIONS))}", line)
            return None
        moment = self._moment(tree[direction], scopes, owner, line)
        try:
            number = read_number(tree[unit])
        except PydanticCustomError as error:
            self._fault(owner, error.message(), line)
            return None
        if not isinstance(number, int) or not 0 <= number <= 10_000:
            self._fault(owner, "the number must be between 0 and 10,000", line)
            return None
        if moment is None:
            return None
        return Within(number, unit, direction, moment)

    def _fault(self, owner: str, problem: str, line: int | None) -> None:
        self.faults.append(Fault(problem, self.file, line, short(owner)))


class _Rest(LocatedDict):
    """A mapping without one of its keys, each other key keeping its line."""

    def __init__(self, tree: dict[str, Anything], without: str) -> None:
        super().__init__(line_of(tree, ()) or 0)
        for key, value in tree.items():
            if key != without:
                self[key] = value
                self.lines[key] = line_of(tree, (key,)) or self.line


def _given(condition: Condition) -> Condition:
    """Return the condition with every field in it marked as picking members out."""
    match condition:
        case Atom():
            return condition._replace(given=True)
        case Through():
            return condition._replace(given=True, part=_given(condition.part))
        case All() | Any():
            return condition._replace(parts=tuple(_given(part) for part in condition.parts))
        case Not() | Some() | Every():
            return condition._replace(part=_given(condition.part))
        case Named(_, yes, no):
            return condition._replace(yes_when=_given(yes), no_when=None if no is None else _given(no)
            )


def asked_paths(condition: Condition) -> set[str]:
    """Return the paths under which `ask` can hold a question for something the condition reads."""
    return {
        found.asked_as
        for found in walk(condition)
        if isinstance(found, Atom | Some | Every | Through) and found.asked_as
    }


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


def _name(kind: str) -> str:
    words = kind.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _said(value: object) -> str:
    return f'"{short(str(value), 40)}"' if not isinstance(value, dict | list) else "this"


def _tests_in_words(known: Field) -> str:
    plain = known.kind in ("code", "number", "date", "word")
    return one_of([*(["a plain value"] if plain else []), *_TESTS[known.kind]])


def _kind_in_words(known: Field) -> str:
    return {
        "code": "a field with one code",
        "codes": "a list of codes",
        "people": "a list of people",
        "number": "a number",
        "date": "a date",
        "text": "free text",
        "word": "a word",
        "person": "a person",
    }[known.kind]
