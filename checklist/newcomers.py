"""Ways to change a record: how two go together, and those that speak of somebody new.

Whether two ways go together can hang on what a new member of a list would be, so both stand here.
Of somebody new nothing is recorded: the ways follow from what a condition asks, and from no value.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any as Anything
from typing import Final, NamedTuple

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    THIS,
    All,
    Any,
    Atom,
    Condition,
    DateField,
    Every,
    IsRecorded,
    Named,
    Not,
    Some,
    Test,
    Through,
    moment_of,
    parts_of,
)
from checklist.evidence import moments
from checklist.scope import around
from checklist.subjects import Subject
from checklist.verdict import Needed
from checklist.vocabulary import CASE, collections, subject_kinds
from checklist.wishes import (
    Wish,
    are_counted,
    day_to_count_from,
    implied,
    is_recorded,
    of_members,
    passes,
    some_value_passes,
    telling,
    wish_for,
)
from checklist.written import written

MOST_WAYS: Final = 24
"""The most alternatives that are followed up; beyond it the larger ones are left out."""


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


NOTHING: Final = Way()


class OtherDay(NamedTuple):
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


class Joiner:
    """Joins ways of one rule on one subject; what two paths lead to has the first for both."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._paths: dict[tuple[int, str], str] = {}
        self._lasting: dict[str, tuple[Anything, ...]] = {}

    def together(self, each: Iterable[list[Way]]) -> list[Way]:
        """Return the ways that take one way of each."""
        ways = [NOTHING]
        for options in each:
            ways = least_of(
                joined
                for one, other in product(ways, options)
                if (joined := self.joined(one, other)) is not None
            )
        return ways

    def joined(self, one: Way, other: Way) -> Way | None:
        """Return the way that takes two ways, if what they ask for can be recorded together."""
        way = Way(one.change | other.change, one.keep | other.keep, one.untouched | other.untouched)
        if way.untouched and not way.untouched.isdisjoint(wish.path for wish in way.change):
            return None
        # what only one of them speaks of was found possible with it
        shared = one.spoken_of() & other.spoken_of()
        if shared:
            touched = way.by_path()
            if not all(self.possible(touched[path]) for path in shared & touched.keys()):
                return None
        return way

    def possible(self, wishes: Sequence[Wish]) -> bool:
        """Return whether one thing newly recorded can pass all that is wished of it."""
        if wishes[0].field is not None:
            lasting = self._lasting.get(wishes[0].path, ())
            return all(
                passes(wish, value) for wish in wishes for value in lasting
            ) and some_value_passes(wishes[0].field, wishes)
        kind = collections()[wishes[0].path]

        def ways(wish: Wish) -> list[Way]:
            assert not isinstance(wish.test, Test)  # noqa: S101
            return self.from_nothing(wish.test, wish.holds, "", kind)

        each = [ways(wish) for wish in wishes if wish.each]
        return all(self.together([ways(wish), *each]) for wish in wishes if not wish.each)

    def path_to_field(self, subject: Subject, field: str, path: str) -> str:
        """Return the path to a field of somebody recorded: the one it was first reached by."""
        # a field of the family looks the same from wherever it is reached
        known = self._paths.get((id(subject.entity), field))
        if known is None:
            known = self._paths[id(subject.entity), field] = f"{path}{field}"
            if lasting := subject.lasting(field):
                self._lasting[known] = lasting
        return known

    def moment(self, atom: Atom, scope: tuple[Subject, ...], path: str) -> OtherDay | None:
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
            where = f"{path}{step}" if at is None else self.path_to_field(at, step, path)
            people = {} if at is None else {each.id: each for each in at.people(step)}
            at = next(iter(people.values())) if len(people) == 1 else None
            if at is None:
                unknown.add(is_recorded(where, kind, step))
            else:
                steps.add(where)
            kind, path = led_to(kind, step), f"{where}."
        name = moment.field.name
        where = f"{path}{name}" if at is None else self.path_to_field(at, name, path)
        day = day_to_count_from(where, moment.field, atom.test)
        return OtherDay(day, frozenset(unknown), frozenset(steps))

    def _path_to(self, step: str, scope: tuple[Subject, ...]) -> str:
        """Return the path to the subject around that a step names: the rule's own has none."""
        found = around(step, scope)
        if found is None or found is scope[0]:
            return ""
        plural = subject_kinds()[found.kind].plural
        return f"{plural}[{found.id}]."

    def from_nothing(self, condition: Condition, wanted: bool, path: str, kind: str) -> list[Way]:
        """Return the ways for a condition on one of a kind of whom nothing is recorded."""
        match condition:
            case Atom():
                wish = wish_for(
                    f"{path}{condition.field.name}", condition.field, condition.test, wanted
                )
                others, days = self._moment_from_nothing(condition, path, kind)
                wish = wish._replace(days=days)
                possible = are_counted(condition.test, days) and self.possible([wish])
                return [Way(frozenset([wish, *others]))] if possible else []
            case Not(part):
                return self.from_nothing(part, not wanted, path, kind)
            case Named(_, yes, no):
                if no is None:
                    return self.from_nothing(yes, wanted, path, kind)
                this, other = (yes, no) if wanted else (no, yes)
                to_be = self.from_nothing(this, True, path, kind)
                return self.together([to_be, self.without_from_nothing(other, True, path, kind)])
            case Some(plural, part) | Every(plural, part):
                each = isinstance(condition, Some) is not wanted
                return [Way(frozenset([of_members(plural, part, wanted, each)]))]
            case Through(step, part) if step == CASE_STEP:
                return self.from_nothing(part, wanted, "", CASE)
            case Through(step, part):
                known = is_recorded(f"{path}{step}", kind, step)
                inner = self.from_nothing(part, wanted, f"{path}{step}.", led_to(kind, step))
                return [way._replace(change=way.change | {known}) for way in inner]
            case All(parts) | Any(parts):
                options = [self.from_nothing(part, wanted, path, kind) for part in parts]
                if isinstance(condition, Any) is wanted:
                    return least_of(way for ways in options for way in ways)
                return self.together(options)

    def without_from_nothing(
        self, condition: Condition, for_it: bool, path: str, kind: str
    ) -> list[Way]:
        """Return the ways to leave no evidence for it, or none against it, where there is none."""
        match condition:
            case Atom(field, test):
                if isinstance(test, IsRecorded) and not for_it:
                    return [NOTHING]
                days = self._moment_from_nothing(condition, path, kind)[1]
                if not are_counted(test, days):
                    return [NOTHING]
                wish = wish_for(f"{path}{field.name}", field, test, not for_it)._replace(days=days)
                return [Way(keep=frozenset([wish]))]
            case Not(part):
                return self.without_from_nothing(part, not for_it, path, kind)
            case Named(_, yes, no) if no is not None:
                return self.without_from_nothing(yes if for_it else no, True, path, kind)
            case Named(_, yes):
                return self.without_from_nothing(yes, for_it, path, kind)
            case All(parts) | Any(parts):
                options = [self.without_from_nothing(part, for_it, path, kind) for part in parts]
                if isinstance(condition, All) is for_it:
                    return least_of(way for ways in options for way in ways)
                return self.together(options)
            case Through(step, part) if step != CASE_STEP:
                return self.without_from_nothing(part, for_it, f"{path}{step}.", led_to(kind, step))
            case _:
                stays = Way(untouched=frozenset(paths_in(condition, path)))
                return least_of([stays, *self.from_nothing(condition, not for_it, path, kind)])

    def _moment_from_nothing(
        self, atom: Atom, path: str, kind: str
    ) -> tuple[list[Wish], tuple[datetime.date, ...]]:
        """Return the wishes for the day that a test looks at, or where it is there, the day."""
        moment = moment_of(atom)
        here = (self.subject,)
        if not isinstance(moment, DateField) or moment.steps in (
            (CASE_STEP,),
            (f"{THIS}{self.subject.kind}",),
        ):
            days = tuple(sorted({each.value for each in moments(atom, here)}))
            found = None if days else self.moment(atom, here, "")
            return [] if found is None else [*found.unknown, found.day], days
        unknown = []
        for step in moment.steps:
            if step == CASE_STEP:
                kind, path = CASE, ""
            elif step.startswith(THIS):
                kind, path = step.removeprefix(THIS), f"{step}."
            else:
                unknown.append(is_recorded(f"{path}{step}", kind, step))
                kind, path = led_to(kind, step), f"{path}{step}."
        where = f"{path}{moment.field.name}"
        return [*unknown, day_to_count_from(where, moment.field, atom.test)], ()


def led_to(kind: str, step: str) -> str:
    """Return the kind of subject that a step leads to."""
    return CASE if step == CASE_STEP else subject_kinds()[kind].fields[step].leads_to or kind


def paths_in(condition: Condition, path: str) -> Iterable[str]:
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
        yield from paths_in(part, path)


def least_of(ways: Iterable[Way]) -> list[Way]:
    """Return the ways that change least: none that asks for all that another does, and no less."""
    by_size = list(dict.fromkeys(ways))
    if len(by_size) > 1:
        by_size.sort(key=size_of)
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


def lies_within(one: Way, other: Way) -> bool:
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
    return bool(there) and asked.field is not None and implied(asked, asked.field, there)


def size_of(way: Way) -> tuple[Anything, ...]:
    """Return what puts ways in order: those that ask for the fewest fields first."""
    asked = needed(way)
    return (
        len(asked),
        asked,
        len(way.keep) + len(way.untouched),
        sorted(way.untouched),
        sorted((wish.path, wish.words) for wish in way.keep),
    )


def needed(way: Way) -> tuple[Needed, ...]:
    """Return a way in words: for each field to be recorded, all that its new value must pass."""
    found = []
    for path, wishes in way.by_path().items():
        asked = sorted(telling(wishes), key=lambda wish: wish.words)
        words = wording.listed(dict.fromkeys(wish.words for wish in asked))
        found.append(Needed(path, words, written(asked)))
    return tuple(sorted(found))
