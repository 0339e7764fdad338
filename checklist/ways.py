"""What would make a verdict met: the smallest sets of newly recorded values.

Worked out from the values that the engine found. A newly recorded value is one that settles its
field: a later word of the agency that said otherwise, or an agreed value. A field that a `where`
picks members out by is never to be changed, only to be recorded where it is silent.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any as Anything
from typing import Final, NamedTuple

from checklist import wording
from checklist.condition_reader import MOST_NUMBER
from checklist.conditions import (
    CASE_STEP,
    THIS,
    After,
    All,
    Any,
    Apart,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    Counted,
    DateField,
    Equals,
    Every,
    In,
    Includes,
    IsRecorded,
    Named,
    Not,
    Some,
    Test,
    Through,
    Within,
    WithinTimescale,
    parts_of,
)
from checklist.errors import BadInput
from checklist.evidence import moment_of, moments
from checklist.judging import Judged
from checklist.plain_english import clause
from checklist.reasons import member_path
from checklist.scope import around
from checklist.subjects import Subject
from checklist.truth import Truth
from checklist.values import FIRST_YEAR, LAST_YEAR
from checklist.verdict import Needed
from checklist.vocabulary import CASE, Field, collections, subject_kinds
from checklist.worked_out import span

MOST_WAYS: Final = 24
"""The most alternatives that are followed up; beyond it the larger ones are left out."""


class Wish(NamedTuple):
    """That what is recorded at a path passes a test, or fails it.

    `test` is for a field; for a collection it is a condition on its members: that one of them is
    so, or with `each` that all of them are. `days` are those that a test of a date looks at.
    `words` tell wishes apart, since tests of different types can be equal as tuples.
    """

    words: str
    path: str
    field: Field | None
    test: Test | Condition
    holds: bool = True
    each: bool = False
    days: tuple[datetime.date, ...] = ()


class Way(NamedTuple):
    """Values to be newly recorded, and what must stay as it is for it to be enough.

    The values to `keep` can change as long as they pass; what is at the paths in `untouched` cannot
    change at all.
    """

    change: frozenset[Wish] = frozenset()
    keep: frozenset[Wish] = frozenset()
    untouched: frozenset[str] = frozenset()

    def by_path(self) -> dict[str, list[Wish]]:
        """Return all that each newly recorded value must pass, by its path."""
        touched: dict[str, list[Wish]] = {wish.path: [] for wish in self.change}
        for wish in self.change | self.keep:
            if wish.path in touched:
                touched[wish.path].append(wish)
        return touched


_NOTHING: Final = Way()


def ways_to_meet(applies: Judged, expects: Judged) -> tuple[tuple[Needed, ...], ...]:
    """Return the smallest sets of newly recorded values that would make a rule met.

    Smallest first; no set has another one within it.
    """
    found = dict.fromkeys(map(_needed, ways(applies, expects)))
    return tuple(sorted(found, key=lambda needed: (len(needed), needed)))


def ways(applies: Judged, expects: Judged) -> list[Way]:
    """Return the smallest ways to make `expects` TRUE, with `applies` no less so than it is."""
    finder = _Finder(expects.evidence.subject)
    to_be = finder.ways(expects, True, "")
    stays = _least(
        [
            finder.as_it_is(applies),
            *finder.ways(applies, True, ""),
            *([] if applies.truth.has_against else finder.without(applies, False, "")),
        ]
    )
    least: list[Way] = []
    for way in finder.together([to_be, stays]):
        if way.change and not any(_lies_within(other, way) for other in least):
            least = [other for other in least if not _lies_within(way, other)]
            least.append(way)
    return least


class _Finder:
    """Finds the ways of one rule on one subject; what two paths lead to has the first for both."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._paths: dict[tuple[int, str], str] = {}

    def ways(self, judged: Judged, wanted: bool, path: str) -> list[Way]:
        """Return the ways to make a condition TRUE, or FALSE where that is what is wanted."""
        found = self._changed(judged, wanted, path)
        if judged.truth is (Truth.TRUE if wanted else Truth.FALSE):
            return _least([self.as_it_is(judged, path), *found])
        return _least(found)

    def as_it_is(self, judged: Judged, path: str = "") -> Way:
        """Return the way of leaving all that a condition reads as it is."""
        return Way(untouched=frozenset(self._read_by(judged, path)))

    def together(self, each: Iterable[list[Way]]) -> list[Way]:
        """Return the ways that take one way of each."""
        ways = [_NOTHING]
        for options in each:
            ways = _least(
                joined
                for one, other in product(ways, options)
                if (joined := self._joined(one, other)) is not None
            )
        return ways

    # -- of what is recorded ------------------------------------------------------------------

    def _changed(self, judged: Judged, wanted: bool, path: str) -> Iterable[Way]:
        condition, subject = judged.evidence.condition, judged.evidence.subject
        match condition:
            case Atom():
                return self._of_atom(judged, condition, wanted, path)
            case Not():
                return self._inside(judged, judged.parts[0], not wanted, path)
            case Named():
                return self._of_term(judged, wanted, path)
            case Some() | Every():
                return self._over(judged, condition, wanted, path)
            case Through(step, part) if judged.evidence.silent:
                at = self._path(subject, step, path)
                known = _is_recorded(at, subject.kind, step)
                inner = self._from_nothing(part, wanted, f"{at}.", _led_to(subject.kind, step))
                return [way._replace(change=way.change | {known}) for way in inner]
            case Through():
                return self._of_people(judged, wanted, path)
            case All() | Any():
                options = [self._inside(judged, part, wanted, path) for part in judged.parts]
                if isinstance(condition, Any) is wanted:
                    return [way for ways in options for way in ways]
                return self.together(options)

    def _inside(self, judged: Judged, part: Judged, wanted: bool, path: str) -> list[Way]:
        return self.ways(part, wanted, _inner_path(judged, part, path))

    def _of_atom(self, judged: Judged, atom: Atom, wanted: bool, path: str) -> list[Way]:
        subject = judged.evidence.subject
        days = tuple(sorted({each.value for each in moments(atom, judged.evidence.scope)}))
        own = self._path(subject, atom.field.name, path)
        unresolved = _wish(own, atom.field, atom.test, wanted)
        wish = unresolved._replace(days=days)
        others = self._moment(atom, judged.evidence.scope, path)
        stays = frozenset(other.path for other in others)
        both = Way(frozenset([unresolved, *others]))
        if judged.truth is (Truth.TRUE if wanted else Truth.FALSE):
            found = [Way(keep=frozenset([wish]), untouched=stays)]
            return [*found, both] if others and not atom.given else found
        possible = _are_counted(atom.test, days) and self._possible([wish])
        if (atom.given and judged.truth is not Truth.NEITHER) or not possible:
            return [both] if others and not atom.given else []
        if not others:
            return [Way(frozenset([wish]))]
        return [Way(frozenset([wish]), untouched=stays), both] if days else [both]

    def _of_term(self, judged: Judged, wanted: bool, path: str) -> Iterable[Way]:
        if len(judged.parts) == 1:
            return self.ways(judged.parts[0], wanted, path)
        this, other = judged.parts if wanted else reversed(judged.parts)
        to_be = self.ways(this, True, path)
        if this.truth.has_for:  # evidence against it is no evidence against the term
            to_be = _least([self.as_it_is(this, path), *to_be])
        return self.together([to_be, self.without(other, True, path)])

    def without(self, judged: Judged, for_it: bool, path: str) -> list[Way]:
        """Return the ways to leave no evidence for a condition, or none against it."""
        condition, has = judged.evidence.condition, judged.truth.has_for
        if not for_it:
            has = judged.truth.has_against
        # silence of a part is enough: what is joined or named is taken apart, not made FALSE
        if has and not isinstance(condition, Not | Named | All | Any):
            return self.ways(judged, not for_it, path)
        match condition:
            case Atom(field, test) if not isinstance(moment_of(condition), DateField):
                if isinstance(test, IsRecorded) and not for_it:
                    return [_NOTHING]
                days = tuple(sorted({day.value for day in moments(condition, (self._subject,))}))
                if not _are_counted(test, days):
                    return [_NOTHING]
                own = self._path(judged.evidence.subject, field.name, path)
                wish = _wish(own, field, test, not for_it)._replace(days=days)
                return [Way(keep=frozenset([wish]))]
            case Not():
                return self.without(judged.parts[0], not for_it, path)
            case Named(_, _, no) if no is not None:
                return self.without(judged.parts[0 if for_it else 1], True, path)
            case Named():
                return self.without(judged.parts[0], for_it, path)
            case All() | Any():
                options = [self.without(part, for_it, path) for part in judged.parts]
                if isinstance(condition, All) is for_it:
                    return _least(way for ways in options for way in ways)
                return self.together(options)
            case Through(step, part) if judged.evidence.silent:
                at = self._path(judged.evidence.subject, step, path)
                led_to = _led_to(judged.evidence.subject.kind, step)
                return self._without_from_nothing(part, for_it, f"{at}.", led_to)
            case _:
                return _least([self.as_it_is(judged, path), *self.ways(judged, not for_it, path)])

    def _over(
        self, judged: Judged, condition: Some | Every, wanted: bool, path: str
    ) -> Iterable[Way]:
        one_is_enough = isinstance(condition, Some) is wanted
        whole = _of_members(condition.collection, condition.part, wanted, not one_is_enough)
        members = [self._inside(judged, part, wanted, path) for part in judged.parts]
        if one_is_enough:
            added = [Way(frozenset([whole]))] if self._possible([whole]) else []
            return [*(way for ways in members for way in ways), *added]
        if judged.evidence.silent:
            return [Way(frozenset([whole]))]
        return self.together([*members, [Way(keep=frozenset([whole]))]])

    def _of_people(self, judged: Judged, wanted: bool, path: str) -> list[Way]:
        """Return the ways where some person has to be so, and none otherwise."""
        found = []
        for so in judged.parts:
            options = []
            for part in judged.parts:
                inner = _inner_path(judged, part, path)
                options.append(
                    self.ways(part, wanted, inner)
                    if part is so
                    else self.without(part, not wanted, inner)
                )
            found += self.together(options)
        step = frozenset(self._step(judged, path))
        return [way._replace(untouched=way.untouched | step) for way in found]

    def _read_by(self, judged: Judged, path: str) -> Iterable[str]:
        """Yield the paths of all that a condition reads."""
        condition, subject = judged.evidence.condition, judged.evidence.subject
        match condition:
            case Atom():
                yield self._path(subject, condition.field.name, path)
                yield from (
                    wish.path for wish in self._moment(condition, judged.evidence.scope, path)
                )
            case Some() | Every():
                yield condition.collection
            case Through():
                yield from self._step(judged, path)
        for part in judged.parts:
            yield from self._read_by(part, _inner_path(judged, part, path))

    def _step(self, judged: Judged, path: str) -> Iterable[str]:
        condition = judged.evidence.condition
        if isinstance(condition, Through) and condition.step != CASE_STEP:
            yield self._path(judged.evidence.subject, condition.step, path)

    def _path(self, subject: Subject, field: str, path: str) -> str:
        # a field of the family looks the same from wherever it is reached
        return self._paths.setdefault((id(subject.entity), field), f"{path}{field}")

    def _moment(self, atom: Atom, scope: tuple[Subject, ...], path: str) -> list[Wish]:
        """Return the wishes that the day another field holds is recorded, and whose day it is."""
        moment = moment_of(atom)
        if not isinstance(moment, DateField):
            return []
        found: list[Wish] = []
        at: Subject | None = scope[-1]
        kind = scope[-1].kind
        for step in moment.steps:
            if step.startswith(THIS):
                at, path = around(step, scope), self._path_to(step, scope)
                kind = step.removeprefix(THIS)
                continue
            if step == CASE_STEP:
                at, kind, path = scope[-1].family.whole, CASE, ""
                continue
            where = f"{path}{step}" if at is None else self._path(at, step, path)
            found.append(_is_recorded(where, kind, step))
            people = [] if at is None else at.people(step)
            at = people[0] if len(people) == 1 else None
            kind, path = _led_to(kind, step), f"{where}."
        name = moment.field.name
        where = f"{path}{name}" if at is None else self._path(at, name, path)
        return [*found, _day_to_count_from(where, moment.field, atom.test)]

    def _path_to(self, step: str, scope: tuple[Subject, ...]) -> str:
        """Return the path to the subject around that a step names: the rule's own has none."""
        found = around(step, scope)
        if found is None or found is scope[0]:
            return ""
        plural = subject_kinds()[found.kind].plural
        return f"{plural}[{found.id}]."

    # -- of somebody new ----------------------------------------------------------------------

    def _from_nothing(self, condition: Condition, wanted: bool, path: str, kind: str) -> list[Way]:
        """Return the ways for a condition on one of a kind of whom nothing is recorded."""
        match condition:
            case Atom():
                wish = _wish(
                    f"{path}{condition.field.name}", condition.field, condition.test, wanted
                )
                others, days = self._moment_from_nothing(condition, path, kind)
                wish = wish._replace(days=days)
                possible = _are_counted(condition.test, days) and self._possible([wish])
                return [Way(frozenset([wish, *others]))] if possible else []
            case Not(part):
                return self._from_nothing(part, not wanted, path, kind)
            case Named(_, yes, no):
                if no is None:
                    return self._from_nothing(yes, wanted, path, kind)
                this, other = (yes, no) if wanted else (no, yes)
                to_be = self._from_nothing(this, True, path, kind)
                return self.together([to_be, self._without_from_nothing(other, True, path, kind)])
            case Some(plural, part) | Every(plural, part):
                each = isinstance(condition, Some) is not wanted
                return [Way(frozenset([_of_members(plural, part, wanted, each)]))]
            case Through(step, part) if step == CASE_STEP:
                return self._from_nothing(part, wanted, "", CASE)
            case Through(step, part):
                known = _is_recorded(f"{path}{step}", kind, step)
                inner = self._from_nothing(part, wanted, f"{path}{step}.", _led_to(kind, step))
                return [way._replace(change=way.change | {known}) for way in inner]
            case All(parts) | Any(parts):
                options = [self._from_nothing(part, wanted, path, kind) for part in parts]
                if isinstance(condition, Any) is wanted:
                    return _least(way for ways in options for way in ways)
                return self.together(options)

    def _without_from_nothing(
        self, condition: Condition, for_it: bool, path: str, kind: str
    ) -> list[Way]:
        """Return the ways to leave no evidence for it, or none against it, where there is none."""
        match condition:
            case Atom(field, test):
                if isinstance(test, IsRecorded) and not for_it:
                    return [_NOTHING]
                days = self._moment_from_nothing(condition, path, kind)[1]
                if not _are_counted(test, days):
                    return [_NOTHING]
                wish = _wish(f"{path}{field.name}", field, test, not for_it)._replace(days=days)
                return [Way(keep=frozenset([wish]))]
            case Not(part):
                return self._without_from_nothing(part, not for_it, path, kind)
            case Named(_, yes, no) if no is not None:
                return self._without_from_nothing(yes if for_it else no, True, path, kind)
            case Named(_, yes):
                return self._without_from_nothing(yes, for_it, path, kind)
            case All(parts) | Any(parts):
                options = [self._without_from_nothing(part, for_it, path, kind) for part in parts]
                if isinstance(condition, All) is for_it:
                    return _least(way for ways in options for way in ways)
                return self.together(options)
            case Through(step, part) if step != CASE_STEP:
                led_to = _led_to(kind, step)
                return self._without_from_nothing(part, for_it, f"{path}{step}.", led_to)
            case _:
                stays = Way(untouched=frozenset(_paths_in(condition, path)))
                return _least([stays, *self._from_nothing(condition, not for_it, path, kind)])

    def _moment_from_nothing(
        self, atom: Atom, path: str, kind: str
    ) -> tuple[list[Wish], tuple[datetime.date, ...]]:
        """Return the wishes for the day that a test looks at, or where it is there, the day."""
        moment = moment_of(atom)
        here = (self._subject,)
        if not isinstance(moment, DateField) or moment.steps in (
            (CASE_STEP,),
            (f"{THIS}{self._subject.kind}",),
        ):
            days = tuple(sorted({each.value for each in moments(atom, here)}))
            return ([] if days else self._moment(atom, here, "")), days
        found = []
        for step in moment.steps:
            if step == CASE_STEP:
                kind, path = CASE, ""
            elif step.startswith(THIS):
                kind, path = step.removeprefix(THIS), f"{step}."
            else:
                found.append(_is_recorded(f"{path}{step}", kind, step))
                kind, path = _led_to(kind, step), f"{path}{step}."
        where = f"{path}{moment.field.name}"
        return [*found, _day_to_count_from(where, moment.field, atom.test)], ()

    # -- joining ------------------------------------------------------------------------------

    def _joined(self, one: Way, other: Way) -> Way | None:
        way = Way(one.change | other.change, one.keep | other.keep, one.untouched | other.untouched)
        touched = way.by_path()
        if way.untouched.intersection(touched) or not all(map(self._possible, touched.values())):
            return None
        return way

    def _possible(self, wishes: Sequence[Wish]) -> bool:
        """Return whether one thing newly recorded can pass all that is wished of it."""
        if wishes[0].field is not None:
            return _some_value_passes(wishes[0].field, wishes)
        kind = collections()[wishes[0].path]

        def ways(wish: Wish) -> list[Way]:
            assert not isinstance(wish.test, Test)  # noqa: S101
            return self._from_nothing(wish.test, wish.holds, "", kind)

        each = [ways(wish) for wish in wishes if wish.each]
        return all(self.together([ways(wish), *each]) for wish in wishes if not wish.each)


def _inner_path(judged: Judged, part: Judged, path: str) -> str:
    """Return the path of what is in a part, which says of several people which one is meant."""
    condition = judged.evidence.condition
    if isinstance(condition, Through):
        if condition.step == CASE_STEP:
            return ""
        if len(judged.parts) > 1:
            return f"{path}{condition.step}[{part.evidence.subject.id}]."
    return member_path(judged, part, path)


def _is_recorded(path: str, kind: str, field: str) -> Wish:
    return _wish(path, subject_kinds()[kind].fields[field], IsRecorded())


def _day_to_count_from(path: str, field: Field, test: Test) -> Wish:
    """Return the wish that a day is recorded, one that the test can count from."""
    if not isinstance(test, WithinTimescale):
        return _wish(path, field, IsRecorded())
    day_before = test.timescale.editions[0].in_force_from - datetime.timedelta(days=1)
    return _wish(path, field, After(day_before))._replace(days=(day_before,))


def _led_to(kind: str, step: str) -> str:
    return CASE if step == CASE_STEP else subject_kinds()[kind].fields[step].leads_to or kind


def _paths_in(condition: Condition, path: str) -> Iterable[str]:
    """Yield the paths of all that a condition reads of somebody of whom nothing is recorded."""
    match condition:
        case Atom():
            yield f"{path}{condition.field.name}"
        case Some() | Every():
            yield condition.collection
        case Through(step):
            path = "" if step == CASE_STEP else f"{path}{step}."
            yield path.removesuffix(".")
    for part in () if isinstance(condition, Some | Every) else parts_of(condition):
        yield from _paths_in(part, path)


def _least(ways: Iterable[Way]) -> list[Way]:
    """Return the ways that change least: none that asks for all that another does, and no less."""
    by_size = list(dict.fromkeys(ways))
    if len(by_size) > 1:
        by_size.sort(key=_size)
    least: list[Way] = []
    for way in by_size:
        if not any(
            other.change <= way.change
            and other.keep <= way.keep
            and other.untouched <= way.untouched
            for other in least
        ):
            least.append(way)
    return least[:MOST_WAYS]


def _lies_within(one: Way, other: Way) -> bool:
    """Return whether recording what `other` asks for records all that `one` asks for."""
    return all(any(_implies(wish, asked) for wish in other.change) for asked in one.change)


def _implies(wish: Wish, other: Wish) -> bool:
    """Return whether each value of a field that passes one wish passes the other too."""
    if wish == other:
        return True
    if wish.path != other.path or wish.field is None or other.field is None:
        return False
    match wish.test, other.test:
        case _, IsRecorded():
            return other.holds
        case AtLeast(number), AtLeast(least):
            return wish.holds and other.holds and number >= least
        case AtMost(number), AtMost(most):
            return wish.holds and other.holds and number <= most
        case _ if wish.field.kind == "code":
            return all(passes(other, code) for code in wish.field.codes if passes(wish, code))
        case _:
            return False


def _size(way: Way) -> tuple[Anything, ...]:
    return (
        len(way.change),
        _needed(way),
        len(way.keep) + len(way.untouched),
        sorted(way.untouched),
        sorted((wish.path, wish.words) for wish in way.keep),
    )


def _needed(way: Way) -> tuple[Needed, ...]:
    """Return a way in words: for each field to be recorded, all that its new value must pass."""
    return tuple(
        sorted(
            Needed(path, wording.listed(sorted({wish.words for wish in _telling(wishes)})))
            for path, wishes in way.by_path().items()
        )
    )


def _telling(wishes: list[Wish]) -> list[Wish]:
    """Return the wishes without those that follow from another one."""
    exact = [wish for wish in wishes if isinstance(wish.test, Equals) and wish.holds]
    if exact:
        return exact[:1]
    more = [wish for wish in wishes if not isinstance(wish.test, IsRecorded)]
    return more or wishes


def _wish(path: str, field: Field, test: Test, holds: bool = True) -> Wish:
    if not holds and field.kind == "code" and isinstance(test, Equals | In):
        # "not no" is the same wish as "yes"
        named = {test.value} if isinstance(test, Equals) else {*test.values}
        others = tuple(code for code in field.codes if code not in named)
        if len(others) == 1:
            test, holds = Equals(others[0]), True
    said = wording.test(test, field.kind)
    return Wish(said if holds else f"not {said}", path, field, test, holds)


def _of_members(plural: str, part: Condition, holds: bool, each: bool) -> Wish:
    said = clause(part)
    match each, holds:
        case True, True:
            words = f"recorded, and of each: {said}"
        case True, False:
            words = f"recorded, none where {said}"
        case False, True:
            words = f"has one where {said}"
        case _:
            words = f"has one where it is not so that {said}"
    return Wish(words, plural, None, part, holds, each)


# -- values ------------------------------------------------------------------------------------


def _some_value_passes(field: Field, wishes: Sequence[Wish]) -> bool:
    if any(isinstance(wish.test, IsRecorded) and not wish.holds for wish in wishes):
        return False
    if field.kind in ("codes", "people"):
        included = [wish.test for wish in wishes if wish.holds]
        codes = {code for test in included if isinstance(test, Includes) for code in test.codes}
        return not any(
            test in included or (isinstance(test, Includes) and codes.issuperset(test.codes))
            for test in (wish.test for wish in wishes if not wish.holds)
        )
    if field.kind in ("text", "person"):
        return True
    return any(
        all(passes(wish, value) for wish in wishes) for value in _worth_trying(field, wishes)
    )


def _worth_trying(field: Field, wishes: Sequence[Wish]) -> set[Anything]:
    """Return values of a field that, if none of them passes all tests, nothing does."""
    if field.kind == "code":
        return set(field.codes)
    if field.kind == "date":
        day = datetime.timedelta(days=1)
        edges = [datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)]
        for wish in wishes:
            edges += [edge for each in wish.days for edge in _edges(wish.test, each)]
        near = {edge + step for edge in edges for step in (-day, 0 * day, day)}
        return {each for each in near if FIRST_YEAR <= each.year <= LAST_YEAR}
    named: set[Anything] = set()
    for wish in wishes:
        match wish.test:
            case Equals(value):
                named.add(value)
            case In(values):
                named.update(values)
            case AtLeast(number) | AtMost(number):
                named.add(number)
    if field.kind == "number":
        return {edge + step for edge in {0, *named} for step in (-1, 0, 1)} | {2 * MOST_NUMBER}
    return {*named, "/".join(["any other", *sorted(named)])}


def _edges(test: object, day: datetime.date) -> tuple[datetime.date, ...]:
    return (_span(test, day) or ()) if isinstance(test, Counted) else (day,)


def _span(test: Counted, day: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    try:
        return span(test, day)
    except BadInput:  # beyond the years whose bank holidays are known
        return None


def _are_counted(test: object, days: Sequence[datetime.date]) -> bool:
    """Return whether a test can tell anything where these are the days it looks at."""
    return not (days and isinstance(test, Counted)) or any(_span(test, day) for day in days)


def passes(wish: Wish, value: Anything) -> bool:
    """Return whether a value of a field passes what is wished of it."""
    match wish.test:
        case Equals(wanted):
            found = [_same(value, wanted)]
        case In(values):
            found = [any(_same(value, each) for each in values)]
        case Includes(codes):
            found = [set(codes) <= set(value)]
        case AtLeast(number):
            found = [value >= number]
        case AtMost(number):
            found = [value <= number]
        case Before():
            found = [value < day for day in wish.days]
        case After():
            found = [value > day for day in wish.days]
        case Within() | WithinTimescale() | Apart():
            spans = [_span(wish.test, day) for day in wish.days]
            found = [each[0] <= value <= each[1] for each in spans if each is not None]
        case _:
            return wish.holds
    return all(each is wish.holds for each in found)


def _same(value: Anything, wanted: Anything) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return bool(value == wanted)
