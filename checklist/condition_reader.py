"""Conditions as written in YAML, read and checked against the vocabulary.

Every fault is collected, with its line and the nearest name that would have been right; nothing is
guessed. A condition with a fault is returned as None.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any as Anything
from typing import Final

from pydantic_core import PydanticCustomError

from checklist import wording
from checklist.condition_words import (
    DIRECTIONS,
    HAS_PLAIN_FORM,
    TESTS,
    UNITS,
    a_kind,
    bare,
    holds,
    included,
    moments_of,
    no_such_field,
    said,
    such_as,
    tests_of,
    written,
    written_elsewhere,
)
from checklist.conditions import (
    CASE_STEP,
    THIS,
    After,
    All,
    Any,
    Apart,
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
    Period,
    Some,
    Test,
    Through,
    Timescale,
    Unit,
    Within,
    WithinTimescale,
    as_given,
)
from checklist.errors import Fault, nearest, one_of
from checklist.rule import Term
from checklist.source import LocatedDict, line_of
from checklist.text import short
from checklist.values import MOST_TEXT, plain_code, read_date, read_number
from checklist.vocabulary import CASE, Field, collections, subject_kinds

MOST_NUMBER: Final = 100_000
"""The largest number that a test can name."""

MOST_IN_LIST: Final = 60
"""The most values that one `in` can name: each is a branch of its own to the engine."""

MOST_IN_PERIOD: Final = 10_000
"""The most days, weeks or months that a period can last."""

TIMESCALE: Final = "timescale"
"""The key by which a period names a timescale instead of a number and a unit."""

_ALL_TESTS: Final = frozenset(name for names in TESTS.values() for name in names)


@dataclass
class ConditionReader:
    """Reads the conditions of one file; `faults` gathers what is wrong with them.

    `term` returns the term of a name, or None where it has faults of its own; `term_names` are the
    names that there are, `timescales` those of the rulebook by name. `lines` gathers the lines of
    the leaves of what was read, in the order in which `leaves` yields them.
    """

    file: str
    term: Callable[[str], Term | None]
    term_names: Callable[[], list[str]]
    timescales: Mapping[str, Timescale] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    _unread: bool = False  # a part could not be read for a fault that is named elsewhere

    def read(
        self, tree: object, kind: str, owner: str, line: int | None = None
    ) -> Condition | None:
        """Return the condition that `tree` says of subjects of `kind`, or None with the faults.

        `owner` is the key it stands under, and `line` the key's, for the messages.
        """
        before, self._unread = len(self.faults), False
        condition = self._mapping(tree, (kind,), "", owner, line_of(tree, ()) or line)
        return condition if len(self.faults) == before and not self._unread else None

    def moment(self, tree: object, kind: str, owner: str, line: int | None) -> Moment | None:
        """Return the date, field or `as_of` that `tree` names for subjects of `kind`."""
        return self._moment(tree, (kind,), owner, line)

    def period(self, tree: object, kind: str, owner: str, line: int | None) -> Period | None:
        """Return the number of days, weeks or months from a moment that `tree` names."""
        return self._within(tree, (kind,), owner, line)

    # -- mappings -----------------------------------------------------------------------------

    def _mapping(
        self, tree: object, scopes: tuple[str, ...], path: str, owner: str, line: int | None
    ) -> Condition | None:
        if isinstance(tree, list) and tree:
            self._fault(owner, "is a list of conditions; put `all:` or `any:` over the list", line)
            return None
        if not isinstance(tree, dict) or not tree:
            what = f"needs at least one condition, such as `{such_as(scopes[-1])}`"
            self._fault(owner, what, line)
            return None
        way = self._way(tree)
        parts = [
            self._entry(key, value, scopes, path, line_of(tree, (key,)) or line)
            for key, value in tree.items()
            if key != "way"
        ]
        if not parts:
            what = f"needs a condition beside `way`, such as `{such_as(scopes[-1])}`"
            self._fault(owner, what, line)
        found = tuple(part for part in parts if part is not None)
        if len(found) == 1 and way is None:
            return found[0]
        return All(found, way)

    def _way(self, tree: Mapping[str, Anything]) -> str | None:
        way = tree.get("way")
        if "way" not in tree:
            return None
        if not isinstance(way, str) or not way.strip():
            what = "must say in words how the rule is met this way"
        elif "{" in way or "}" in way:
            what = "is shown as it stands: leave the braces out"
        else:
            return " ".join(way.split())
        self._fault("way", what, line_of(tree, ("way",)))
        return None

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
            self._fault(key, "needs a list of conditions, each after a dash", line)
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
            example = f"{key}: {{tools: {{{such_as('tool')}}}}}"
            what = (
                "needs one of the case's lists and what to ask of its members, such as "
                f"`{example}`; the lists are {one_of(collections(), 40)}"
            )
            self._fault(key, what, line)
            return None
        parts: list[Condition] = []
        for name, tree in value.items():
            at = line_of(value, (name,)) or line
            plural = name.removeprefix(f"{CASE_STEP}.")
            kind = collections().get(plural)
            if kind is None:
                known = collections()
                what = (
                    f"is not one of the case's lists{nearest(plural, known)}; "
                    f"they are {one_of(known, 40)}"
                )
                self._fault(name, what, at)
                continue
            if not isinstance(tree, dict) or not tree or set(tree) == {"where"}:
                beside = " beside `where`" if isinstance(tree, dict) and tree else ""
                what = f"needs a condition on each {bare(kind)}{beside}, such as"
                self._fault(name, f"{what} `{such_as(kind)}`", at)
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
                where = as_given(where)
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
        self.lines += [line] * len(atoms)
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
            rest = key.partition(".")[2]
            such_as = f"some: {{{step}: {{{rest}: ...}}}}"
            what = f"{step} is a list: ask it of some or of every member, such as `{such_as}`"
        else:
            what = f"{a_kind(subject.name)} has no `{short(step)}` to look at{nearest(step, steps)}"
            what = f"{what}; it has {one_of(steps)}"
        self._fault(key, what, line)
        return None

    def _term_or_fault(
        self, key: str, value: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Condition | None:
        subject = subject_kinds()[scopes[-1]]
        if key in collections():
            example = f"some: {{{key}: {{{such_as(collections()[key])}}}}}"
            what = f"is a list: ask it of some or of every member, such as `{example}`"
            self._fault(key, what, line)
            return None
        if key not in self.term_names():
            self._fault(key, no_such_field(key, subject, self.term_names()), line)
            return None
        term = self.term(key)
        if term is None:
            self._unread = True
            return None
        if term.for_each != subject.name:
            family = term.for_each == "family_member" and subject.name in ("child", "adult")
            if not family:
                hint = f"; write {CASE_STEP}.{key}" if term.for_each == CASE else ""
                what = (
                    f"is a term about {a_kind(term.for_each)}, and this is about "
                    f"{a_kind(subject.name)}{hint}"
                )
                self._fault(key, what, line)
                return None
        wanted = plain_code(value)
        answers = {"yes": True, "true": True, "no": False, "false": False}
        if not isinstance(wanted, str) or wanted not in answers:
            self._fault(key, f"is a term: it can be `yes` or `no`, not {said(value)}", line)
            return None
        self.lines.append(line)
        named = Named(term.id, term.yes_when, term.no_when, term.for_each)
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
                self._fault(known.name, f"needs a test: {tests_of(known)}", line)
            return tests
        if value is None:
            what = "is blank, and silence cannot be tested for"
            self._fault(known.name, f"{what}; the tests are {tests_of(known)}", line)
            return []
        if isinstance(value, list):
            what = f"a list needs a test before it: write {written(known, value)}"
            self._fault(known.name, what, line)
            return []
        if known.kind not in HAS_PLAIN_FORM:
            what = f"holds {holds(known)} and needs a test: write {written(known, [value])}"
            self._fault(known.name, what, line)
            return []
        literal = self._literal(known, value, line)
        return [] if literal is None else [Equals(literal)]

    def _test(
        self, known: Field, name: str, operand: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Test | None:
        if name not in TESTS[known.kind]:
            if name in _ALL_TESTS:
                what = f"holds {holds(known)}, which `{name}` does not fit"
            else:
                what = f"there is no test `{short(name)}`{nearest(name, TESTS[known.kind])}"
            self._fault(known.name, f"{what}; the tests are {tests_of(known)}", line)
            return None
        match name:
            case "recorded":
                if plain_code(operand) not in ("yes", "true", True):
                    what = (
                        "`recorded` can only be `yes`: silence is never evidence, so no rule can "
                        "ask that nothing is recorded"
                    )
                    self._fault(known.name, what, line)
                    return None
                return IsRecorded()
            case "in":
                return self._in(known, operand, line)
            case "includes":
                return self._includes(known, operand, scopes, line)
            case "at_least" if known.kind == "date":
                counted = self._counted(operand, ("after", "before"), scopes, known.name, line)
                return None if counted is None else Apart(*counted)
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
            what = (
                f"`in` needs a list of 1 to {MOST_IN_LIST} values, such as "
                f"{{in: [{short(operand) if isinstance(operand, str) else '...'}]}}"
            )
            self._fault(known.name, what, line)
            return None
        literals = [
            self._literal(known, each, line_of(operand, (place,)) or line)
            for place, each in enumerate(operand)
        ]
        if any(literal is None for literal in literals):
            return None
        return In(tuple(dict.fromkeys(literals)))  # type: ignore[arg-type]

    def _includes(
        self, known: Field, operand: Anything, scopes: tuple[str, ...], line: int | None
    ) -> Includes | IncludesThis | None:
        around = included(known)
        if known.kind == "people" or operand in [f"{THIS}{kind}" for kind in around]:
            here = list(dict.fromkeys(f"{THIS}{kind}" for kind in scopes if kind in around))
            if operand not in here:
                what = f"`includes` can name {one_of(here)} here, not {said(operand)}"
                if not here:
                    plural = subject_kinds()[around[0]].plural
                    what = (
                        f"`includes` means the {wording.listed(map(bare, around), 'or')} that is "
                        f"looked at, and here there is none; write `for_each: {around[0]}`, or "
                        f"put it under `every: {{{plural}: ...}}`"
                    )
                self._fault(known.name, what, line)
                return None
            return IncludesThis(str(operand).removeprefix(THIS))
        codes = operand if isinstance(operand, list) else [operand]
        literals = [
            self._literal(known, each, line_of(operand, (place,)) or line)
            for place, each in enumerate(codes)
        ]
        if not literals or any(literal is None for literal in literals):
            if not literals:
                what = f"`includes` needs at least one value; they are {one_of(known.codes, 40)}"
                self._fault(known.name, what, line)
            return None
        return Includes(tuple(sorted({str(literal) for literal in literals})))

    def _literal(
        self, known: Field, value: Anything, line: int | None
    ) -> str | int | datetime.date | None:
        if isinstance(value, dict | list) or value is None:
            said = "nothing" if value is None else "a list" if isinstance(value, list) else "more"
            self._fault(known.name, f"needs one plain value here, not {said}", line)
            return None
        try:
            match known.kind:
                case "number":
                    return self._bounded(known, read_number(value), line)
                case "date":
                    found = read_date(value)
                    return found if isinstance(found, datetime.date) else None
                case "word":
                    return self._word(known, str(value), line)
                case _:
                    return self._known_code(known, value, line)
        except PydanticCustomError as error:
            self._fault(known.name, error.message(), line)
            return None

    def _word(self, known: Field, value: str, line: int | None) -> str | None:
        if not value.strip():
            self._fault(known.name, "needs a word here, not a blank", line)
            return None
        if len(value) > MOST_TEXT:  # far less than the engine can tell apart
            what = f"has {len(value):,} characters; at most {MOST_TEXT:,} are accepted"
            self._fault(known.name, f"this word {what}", line)
            return None
        return " ".join(value.split())

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
        what = f"{said(value)} is not one of its values{nearest(str(value), known.codes)}"
        self._fault(known.name, f"{what}; they are {one_of(known.codes, 40)}", line)
        return None

    def _moment(
        self, tree: Anything, scopes: tuple[str, ...], owner: str, line: int | None
    ) -> Moment | None:
        if not isinstance(tree, str):
            said = "a list" if isinstance(tree, list) else "more" if tree else "nothing"
            self._fault(owner, f"needs {moments_of(scopes)}, not {said}", line)
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
        for place, step in enumerate(steps):
            kind = step.removeprefix(THIS)
            if place == 0 and kind != step and kind in scopes:
                inner = (*inner, kind)
                continue
            led = self._step(step, inner, owner, line)
            if led is None:
                return None
            inner = (*inner, led[0])
        subject = subject_kinds()[inner[-1]]
        known = subject.fields.get(name)
        if known is None or known.kind != "date":
            dates = [each.name for each in subject.fields.values() if each.kind == "date"]
            what = (
                f"{a_kind(subject.name)} has no date called `{short(name)}`{nearest(name, dates)}"
            )
            better = " or ".join(written_elsewhere(name, subject, "date")) or moments_of(inner)
            self._fault(owner, f"{what}; write {better}", line)
            return None
        return DateField(tuple(steps), known)

    def _within(
        self, tree: Anything, scopes: tuple[str, ...], owner: str, line: int | None
    ) -> Period | None:
        if isinstance(tree, dict) and TIMESCALE in tree:
            return self._within_timescale(tree, scopes, owner, line)
        counted = self._counted(tree, DIRECTIONS, scopes, owner, line)
        return None if counted is None else Within(*counted)

    def _counted(
        self,
        tree: Anything,
        directions: tuple[Direction, ...],
        scopes: tuple[str, ...],
        owner: str,
        line: int | None,
    ) -> tuple[int, Unit, Direction, Moment] | None:
        shape = (
            f"needs a number of {wording.listed(UNITS, 'or')}, and "
            f"{wording.listed(directions, 'or')} some day, such as {{weeks: 6, before: as_of}}"
        )
        if not isinstance(tree, dict):
            self._fault(owner, shape, line)
            return None
        for known in (UNITS, directions):
            named = [name for name in known if name in tree]
            if len(named) > 1:
                self._fault(owner, f"names {wording.listed(named)}; write one of them", line)
                return None
        unit = next((name for name in UNITS if name in tree), None)
        direction = next((name for name in directions if name in tree), None)
        wrong = next((name for name in tree if name not in (unit, direction)), None)
        if unit is None or direction is None or wrong is not None:
            hint = "" if wrong is None else nearest(wrong, (*UNITS, *directions))
            what = shape if wrong is None or hint else f"{shape}, and nothing more"
            self._fault(owner, f"{what}{hint}", line)
            return None
        moment = self._moment(tree[direction], scopes, owner, line)
        try:
            number = read_number(tree[unit])
        except PydanticCustomError as error:
            self._fault(owner, error.message(), line)
            return None
        if not isinstance(number, int) or not 0 <= number <= MOST_IN_PERIOD:
            what = f"the number of {bare(unit)} must be between 0 and {MOST_IN_PERIOD:,}"
            self._fault(owner, what, line)
            return None
        if moment is None:
            return None
        return number, unit, direction, moment

    def _within_timescale(
        self, tree: Mapping[str, Anything], scopes: tuple[str, ...], owner: str, line: int | None
    ) -> WithinTimescale | None:
        wrong = [short(name) for name in tree if name not in (TIMESCALE, "after")]
        if wrong or "after" not in tree:
            beside = f", and not {wording.listed(wrong, 'or')}" if wrong else ""
            such_as = "{timescale: NAME, after: as_of}"
            what = f"a timescale counts `after` some day{beside}; write it such as {such_as}"
            self._fault(owner, what, line)
            return None
        moment = self._moment(tree["after"], scopes, owner, line)
        name = tree[TIMESCALE]
        found = self.timescales.get(name) if isinstance(name, str) else None
        if found is None:
            known = self.timescales
            what = "needs the name of a timescale"
            hint = ""
            if isinstance(name, str):
                what, hint = f"there is no timescale {short(name)}", nearest(name, known)
            there = hint or f"; there are {one_of(known, 40) or 'none'}"
            self._fault(owner, f"{what}{there}", line)
        return None if found is None or moment is None else WithinTimescale(found, moment)

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


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
