"""What would make a verdict met: the smallest sets of newly recorded values.

Worked out from the values that the engine found. A newly recorded value is one that settles its
field: a later word of the agency that said otherwise, or an agreed value. A field that a `where`
picks members out by is never to be changed, only to be recorded where it is silent.
"""

import datetime
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import product, starmap
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
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    DateField,
    Equals,
    Every,
    In,
    Includes,
    IsRecorded,
    Named,
    Not,
    Period,
    Some,
    Test,
    Through,
    Unit,
    Within,
    WithinTimescale,
    parts_of,
)
from checklist.engine import Judged
from checklist.errors import BadInput
from checklist.evidence import around, moment_of, moments
from checklist.plain_english import clause
from checklist.reasons import member_path
from checklist.subjects import Subject
from checklist.truth import Truth
from checklist.values import FIRST_YEAR, LAST_YEAR
from checklist.verdict import Needed
from checklist.vocabulary import CASE, Field, collections, subject_kinds
from checklist.worked_out import shifted, span

MOST_WAYS: Final = 24
"""The most alternatives that are followed up; beyond it the larger ones are left out."""


class Wish(NamedTuple):
    """That what is recorded at a path passes a test, or fails it.

    `test` is for a field; for a collection it is a condition on its members: that one of them is
    so, or with `each` that all of them are. `days` are those that a test of a date looks at; with
    `counted_to` the field holds the day that the test looks at, and `days` are those at that path.
    `words` tell wishes apart, since tests of different types can be equal as tuples.
    """

    words: str
    path: str
    field: Field | None
    test: Test | Condition
    holds: bool = True
    each: bool = False
    days: tuple[datetime.date, ...] = ()
    counted_to: str | None = None


class Way(NamedTuple):
    """Values to be newly recorded, and what must stay as it is for it to be enough.

    The values to `keep` can change as long as they pass; what is at the paths in `untouched` cannot
    change at all.
    """

    change: frozenset[Wish] = frozenset()
    keep: frozenset[Wish] = frozenset()
    untouched: frozenset[str] = frozenset()

    def spoken_of(self) -> set[str]:
        """Return the paths of the values to be recorded, and of those to be kept."""
        return {wish.path for wish in self.change} | {wish.path for wish in self.keep}

    def by_path(self) -> dict[str, list[Wish]]:
        """Return all that each newly recorded value must pass, by its path."""
        touched: dict[str, list[Wish]] = {wish.path: [] for wish in self.change}
        for wish in self.change | self.keep:
            if wish.path in touched:
                touched[wish.path].append(wish)
        return touched


_NOTHING: Final = Way()


class _Moment(NamedTuple):
    """The day of another field that a test looks at: the wish that it is recorded.

    `steps` are the paths to whose day it is, and `unknown` the wishes that they are recorded, where
    nobody knows or agencies disagree.
    """

    day: Wish
    unknown: frozenset[Wish]
    steps: frozenset[str]

    @property
    def read(self) -> frozenset[str]:
        """All paths that are read on the way to the day, and its own."""
        return self.steps | {self.day.path} | {wish.path for wish in self.unknown}


def ways_to_meet(applies: Judged, expects: Judged) -> tuple[tuple[Needed, ...], ...]:
    """Return the smallest sets of newly recorded values that would make a rule met.

    Smallest first; no set has another one within it.
    """
    found = dict.fromkeys(map(_needed, ways(applies, expects)))
    return tuple(sorted(found, key=lambda needed: (len(needed), needed)))


def ways(applies: Judged, expects: Judged) -> list[Way]:
    """Return the smallest ways to make `expects` TRUE, with `applies` anything but FALSE."""
    finder = _Finder(expects.evidence.subject)
    to_be = finder.ways(expects, True, "")
    stays = _least([*finder.evident(applies, True, ""), *finder.without(applies, False, "")])
    both = filter(None, starmap(finder.joined, product(to_be, stays)))
    least: list[Way] = []
    for way in sorted(both, key=_size):
        if way.change and not any(_lies_within(other, way) for other in least):
            least = [other for other in least if not _lies_within(way, other)]
            least.append(way)
    return least


class _Finder:
    """Finds the ways of one rule on one subject; what two paths lead to has the first for both."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._paths: dict[tuple[int, str], str] = {}
        self._lasting: dict[str, tuple[Anything, ...]] = {}

    def ways(self, judged: Judged, wanted: bool, path: str) -> list[Way]:
        """Return the ways to make a condition TRUE, or FALSE where that is what is wanted."""
        found = self._changed(judged, wanted, path, alone=True)
        if judged.truth is (Truth.TRUE if wanted else Truth.FALSE):
            return _least([self.as_it_is(judged, path), *found])
        return _least(found)

    def evident(self, judged: Judged, for_it: bool, path: str) -> list[Way]:
        """Return the ways to have evidence for a condition, or against it, whatever else there is.

        Where no agency disputes anything that is as good as making it TRUE or FALSE.
        """
        found = self._changed(judged, for_it, path, alone=False)
        if judged.truth.has_for if for_it else judged.truth.has_against:
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
                if (joined := self.joined(one, other)) is not None
            )
        return ways

    # -- of what is recorded ------------------------------------------------------------------

    def _changed(self, judged: Judged, wanted: bool, path: str, *, alone: bool) -> Iterable[Way]:
        condition, subject = judged.evidence.condition, judged.evidence.subject
        match condition:
            case Atom():
                return self._of_atom(judged, condition, wanted, path)
            case Not():
                return self._inside(judged, judged.parts[0], not wanted, path, alone)
            case Named(_, _, no):
                if no is None:
                    return self._inside(judged, judged.parts[0], wanted, path, alone)
                this, other = judged.parts if wanted else reversed(judged.parts)
                to_be = self._inside(judged, this, True, path, False)
                return self.together([to_be, self.without(other, True, path)]) if alone else to_be
            case Some() | Every():
                return self._over(judged, condition, wanted, path, alone)
            case Through(step, part) if judged.evidence.silent:
                at = self._path(subject, step, path)
                known = _is_recorded(at, subject.kind, step)
                inner = self._from_nothing(part, wanted, f"{at}.", _led_to(subject.kind, step))
                return [way._replace(change=way.change | {known}) for way in inner]
            case Through():
                return self._of_people(judged, wanted, path, alone)
            case All() | Any():
                if isinstance(condition, Any) is wanted:
                    return self._some(judged, wanted, path, alone)
                return self.together(
                    self._inside(judged, part, wanted, path, alone) for part in judged.parts
                )

    def _inside(
        self, judged: Judged, part: Judged, wanted: bool, path: str, alone: bool
    ) -> list[Way]:
        find = self.ways if alone else self.evident
        return find(part, wanted, _inner_path(judged, part, path))

    def _some(
        self, judged: Judged, wanted: bool, path: str, alone: bool, *aside: Way
    ) -> Iterable[Way]:
        """Return the ways where some part has to be so.

        The part that is so can be disputed where another one has nothing against it, or where what
        keeps the whole clear of that stands `aside`.
        """
        each = [self._inside(judged, part, wanted, path, alone) for part in judged.parts]
        found = [way for ways in each for way in ways]
        if not alone:
            return found
        for part, ways in zip(judged.parts, each, strict=True):
            if not _can_be_both(part):
                continue
            so = [way for way in self._inside(judged, part, wanted, path, False) if way not in ways]
            if so:
                clear = [
                    way
                    for other in judged.parts
                    if other is not part
                    for way in self.without(other, not wanted, _inner_path(judged, other, path))
                ]
                found += self.together([so, _least([*aside, *clear])])
        return found

    def _of_atom(self, judged: Judged, atom: Atom, wanted: bool, path: str) -> list[Way]:
        is_so = judged.truth is (Truth.TRUE if wanted else Truth.FALSE)
        own = self._own(judged, atom, wanted, path)
        moment = self._moment(atom, judged.evidence.scope, path)
        can_pass = _are_counted(atom.test, own.days) and self._possible([own])
        if moment is None:
            if is_so:
                return [Way(keep=frozenset([own]))]
            fixed = atom.given and judged.truth is not Truth.NEITHER
            return [] if fixed or not can_pass else [Way(frozenset([own]))]
        said = _days_of(judged)
        other = _counted_to(own, moment, said)
        steps = moment.steps | {own.path}
        both = Way(moment.unknown | {own._replace(days=()), moment.day}, untouched=moment.steps)
        if is_so:
            found = [
                Way(keep=frozenset([own]), untouched=moment.read),
                Way(keep=frozenset([other]), untouched=steps),
            ]
            return found if atom.given else [*found, both]
        # what picks members out is only to be recorded where it is silent
        own_stays, day_stays = atom.given and bool(said), atom.given and bool(own.days)
        found = []
        if own.days and can_pass and not own_stays:
            found.append(Way(frozenset([own]), untouched=moment.read))
        if said and self._possible([other]) and not day_stays:
            found.append(Way(moment.unknown | {other}, untouched=steps))
        return found if own_stays or day_stays else [*found, both]

    def without(self, judged: Judged, for_it: bool, path: str) -> list[Way]:
        """Return the ways to leave no evidence for a condition, or none against it."""
        condition, subject = judged.evidence.condition, judged.evidence.subject

        def inside(part: Judged, for_it: bool = for_it) -> list[Way]:
            return self.without(part, for_it, _inner_path(judged, part, path))

        match condition:
            case Atom():
                if judged.truth.has_for if for_it else judged.truth.has_against:
                    return self.ways(judged, not for_it, path)
                return self._atom_without(judged, condition, for_it, path)
            case Not():
                return inside(judged.parts[0], not for_it)
            case Named(_, _, no) if no is not None:
                return inside(judged.parts[0 if for_it else 1], True)
            case Named():
                return inside(judged.parts[0])
            case Through(step, part) if judged.evidence.silent:
                at = self._path(subject, step, path)
                led_to = _led_to(subject.kind, step)
                return self._without_from_nothing(part, for_it, f"{at}.", led_to)
            case Through():
                stays = Way(untouched=frozenset(self._step(judged, path)))
                return self.together([[stays], *map(inside, judged.parts)])
            case All() | Any():
                options = list(map(inside, judged.parts))
                if isinstance(condition, All) is for_it:
                    return _least(way for ways in options for way in ways)
                return self.together(options)
            case Some(plural, part) | Every(plural, part):
                options = list(map(inside, judged.parts))
                if isinstance(condition, Some) is for_it:
                    each = _of_members(plural, part, not for_it, each=True)
                    return self.together([*options, [Way(keep=frozenset([each]))]])
                one = _of_members(plural, part, not for_it, each=False)
                added = [Way(frozenset([one]))] if self._possible([one]) else []
                if judged.evidence.silent:
                    added.append(Way(untouched=frozenset([plural])))
                return _least([*(way for ways in options for way in ways), *added])

    def _atom_without(self, judged: Judged, atom: Atom, for_it: bool, path: str) -> list[Way]:
        """Return what a test must not come to find where it finds nothing so far."""
        if isinstance(atom.test, IsRecorded) and not for_it:
            return [_NOTHING]
        own = self._own(judged, atom, not for_it, path)
        moment = self._moment(atom, judged.evidence.scope, path)
        is_counted = _are_counted(atom.test, own.days)
        if moment is None:
            return [Way(keep=frozenset([own])) if is_counted else _NOTHING]
        said = _days_of(judged)
        kept = frozenset([own]) if own.days and is_counted else frozenset()
        other = frozenset([_counted_to(own, moment, said)]) if said else frozenset()
        return [
            Way(keep=kept, untouched=moment.read),
            Way(keep=other, untouched=moment.steps | {own.path}),
        ]

    def _own(self, judged: Judged, atom: Atom, wanted: bool, path: str) -> Wish:
        """Return the wish that what is recorded of a field passes its test, or fails it."""
        evidence = judged.evidence
        own = self._path(evidence.subject, atom.field.name, path)
        days = tuple(sorted({each.value for each in moments(atom, evidence.scope)}))
        return _wish(own, atom.field, atom.test, wanted)._replace(days=days)

    def _over(
        self, judged: Judged, condition: Some | Every, wanted: bool, path: str, alone: bool
    ) -> Iterable[Way]:
        plural, silent = condition.collection, judged.evidence.silent
        one_is_enough = isinstance(condition, Some) is wanted
        whole = _of_members(plural, condition.part, wanted, not one_is_enough)
        if one_is_enough:
            added = [Way(frozenset([whole]))] if self._possible([whole]) else []
            unheard = [Way(untouched=frozenset([plural]))] if silent else []
            return [*self._some(judged, wanted, path, alone, *unheard), *added]
        members = [self._inside(judged, part, wanted, path, alone) for part in judged.parts]
        of_each = frozenset([whole])
        return self.together([*members, [Way(of_each) if silent else Way(keep=of_each)]])

    def _of_people(self, judged: Judged, wanted: bool, path: str, alone: bool) -> list[Way]:
        """Return the ways where some person has to be so, and none otherwise."""
        found = []
        for so in judged.parts:
            options = [self._inside(judged, so, wanted, path, alone)]
            if alone:
                options += [
                    self.without(part, not wanted, _inner_path(judged, part, path))
                    for part in judged.parts
                    if part is not so
                ]
            found += self.together(options)
        step = frozenset(self._step(judged, path))
        return [way._replace(untouched=way.untouched | step) for way in found]

    def _read_by(self, judged: Judged, path: str) -> Iterable[str]:
        """Yield the paths of all that a condition reads."""
        condition, subject = judged.evidence.condition, judged.evidence.subject
        match condition:
            case Atom():
                yield self._path(subject, condition.field.name, path)
                moment = self._moment(condition, judged.evidence.scope, path)
                yield from () if moment is None else moment.read
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
        known = self._paths.get((id(subject.entity), field))
        if known is None:
            known = self._paths[id(subject.entity), field] = f"{path}{field}"
            if lasting := subject.lasting(field):
                self._lasting[known] = lasting
        return known

    def _moment(self, atom: Atom, scope: tuple[Subject, ...], path: str) -> _Moment | None:
        """Return the day of another field that a test looks at, and whose day it is."""
        moment = moment_of(atom)
        if not isinstance(moment, DateField):
            return None
        unknown: set[Wish] = set()
        steps: set[str] = set()
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
            people = {} if at is None else {each.id: each for each in at.people(step)}
            at = next(iter(people.values())) if len(people) == 1 else None
            if at is None:
                unknown.add(_is_recorded(where, kind, step))
            else:
                steps.add(where)
            kind, path = _led_to(kind, step), f"{where}."
        name = moment.field.name
        where = f"{path}{name}" if at is None else self._path(at, name, path)
        day = _day_to_count_from(where, moment.field, atom.test)
        return _Moment(day, frozenset(unknown), frozenset(steps))

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
            found = None if days else self._moment(atom, here, "")
            return [] if found is None else [*found.unknown, found.day], days
        unknown = []
        for step in moment.steps:
            if step == CASE_STEP:
                kind, path = CASE, ""
            elif step.startswith(THIS):
                kind, path = step.removeprefix(THIS), f"{step}."
            else:
                unknown.append(_is_recorded(f"{path}{step}", kind, step))
                kind, path = _led_to(kind, step), f"{path}{step}."
        where = f"{path}{moment.field.name}"
        return [*unknown, _day_to_count_from(where, moment.field, atom.test)], ()

    # -- joining ------------------------------------------------------------------------------

    def joined(self, one: Way, other: Way) -> Way | None:
        """Return the way that takes two ways, if what they ask for can be recorded together."""
        way = Way(one.change | other.change, one.keep | other.keep, one.untouched | other.untouched)
        if way.untouched and not way.untouched.isdisjoint(wish.path for wish in way.change):
            return None
        # what only one of them speaks of was found possible with it
        shared = one.spoken_of() & other.spoken_of()
        if shared:
            touched = way.by_path()
            if not all(self._possible(touched[path]) for path in shared & touched.keys()):
                return None
        return way

    def _possible(self, wishes: Sequence[Wish]) -> bool:
        """Return whether one thing newly recorded can pass all that is wished of it."""
        if wishes[0].field is not None:
            lasting = self._lasting.get(wishes[0].path, ())
            return all(
                passes(wish, value) for wish in wishes for value in lasting
            ) and _some_value_passes(wishes[0].field, wishes)
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


def _counted_to(own: Wish, moment: _Moment, days: tuple[datetime.date, ...]) -> Wish:
    """Return the wish for the day that a test looks at where the tested days stay as they are."""
    match own.test:
        case Within() | WithinTimescale():
            said = f"within {wording.length(own.test)}"
        case _:
            said = "before" if isinstance(own.test, Before) else "after"
    said = said if own.holds else f"not {said}"
    are = "is" if len(days) == 1 else "are"
    return moment.day._replace(
        words=f"such that {wording.listed(map(wording.day, days))} {are} {said} it",
        test=own.test,
        holds=own.holds,
        days=days,
        counted_to=own.path,
    )


def _days_of(judged: Judged) -> tuple[datetime.date, ...]:
    return tuple(sorted({each.value for each in judged.evidence.values}))


def _can_be_both(judged: Judged) -> bool:
    """Return whether evidence for a condition can stand beside evidence against it."""
    match judged.evidence.condition:
        case Atom():
            return judged.truth is Truth.BOTH
        case Named(_, _, no) if no is not None:
            return True
        case Through() if len(judged.parts) > 1:
            return True
    return any(map(_can_be_both, judged.parts))


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
    """Return whether who records what `other` asks for could leave it at what `one` asks for."""
    return all(_follows(asked, other.change) for asked in one.change)


def _follows(asked: Wish, wishes: Iterable[Wish]) -> bool:
    there = [wish for wish in wishes if wish.path == asked.path]
    if any(wish._replace(days=()) == asked._replace(days=()) for wish in there):
        return True
    for wish in wishes:
        if (wish.test, wish.holds) == (asked.test, asked.holds) and (
            # both days to be recorded, where the one alone would do
            (wish.path == asked.counted_to and not wish.days)
            # another day to count from, where one is recorded and the day that is tested would do
            or (wish.counted_to == asked.path and asked.days)
        ):
            return True
    return bool(there) and asked.field is not None and _implied(asked, asked.field, there)


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


def _implied(asked: Wish, field: Field, wishes: Sequence[Wish]) -> bool:
    """Return whether each value of a field that passes all of some wishes passes another one."""
    opposite = asked._replace(holds=not asked.holds)
    if isinstance(asked.test, Before | After | Period):
        # against one day is enough, and of a day that is still to be recorded nothing is known
        return bool(asked.days) and not any(
            _some_value_passes(field, [*wishes, opposite._replace(days=(day,))])
            for day in asked.days
        )
    return not _some_value_passes(field, [*wishes, opposite])


def _worth_trying(field: Field, wishes: Sequence[Wish]) -> set[Anything]:
    """Return values of a field that, if none of them passes all tests, nothing does."""
    if field.kind == "code":
        return set(field.codes)
    if field.kind == "date":
        day = datetime.timedelta(days=1)
        edges = [datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)]
        for wish in wishes:
            if isinstance(wish.test, Equals) and isinstance(wish.test.value, datetime.date):
                edges.append(wish.test.value)
            edges += [edge for each in wish.days for edge in _edges(wish, each)]
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


def _edges(wish: Wish, day: datetime.date) -> Iterable[datetime.date]:
    if wish.counted_to is None:
        return (_span(wish.test, day) or ()) if isinstance(wish.test, Period) else (day,)
    lengths: list[tuple[int, Unit]] = []
    edges = [day]
    match wish.test:
        case Within(number, unit):
            lengths = [(number, unit), (-number, unit)]
        case WithinTimescale(timescale):
            lengths = [(-edition.number, edition.unit) for edition in timescale.editions]
            edges += [edition.in_force_from for edition in timescale.editions]
    for number, unit in lengths:
        with suppress(BadInput):  # beyond the years whose bank holidays are known
            edges.append(shifted(day, number, unit))
    # a month or a working day back and on again does not always lead to the same day
    return [edge + datetime.timedelta(days=off) for edge in edges for off in (-3, 0, 3)]


def _span(test: Period, day: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    try:
        return span(test, day)
    except BadInput:  # beyond the years whose bank holidays are known
        return None


def _are_counted(test: object, days: Sequence[datetime.date]) -> bool:
    """Return whether a test can tell anything where these are the days it looks at."""
    return not (days and isinstance(test, Period)) or any(_span(test, day) for day in days)


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
        case Before() | After() | Within() | WithinTimescale() if wish.counted_to is not None:
            return _passes_from(wish, value)
        case Before():
            found = [value < day for day in wish.days]
        case After():
            found = [value > day for day in wish.days]
        case Within() | WithinTimescale():
            spans = [_span(wish.test, day) for day in wish.days]
            found = [each[0] <= value <= each[1] for each in spans if each is not None]
        case _:
            return wish.holds
    return all(each is wish.holds for each in found)


def _passes_from(wish: Wish, value: datetime.date) -> bool:
    """Return whether the days of a wish pass its test, counted from a value."""
    tested = wish._replace(days=(value,), counted_to=None)
    return _are_counted(wish.test, (value,)) and all(passes(tested, day) for day in wish.days)


def _same(value: Anything, wanted: Anything) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return bool(value == wanted)
