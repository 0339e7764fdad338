"""What would make a verdict met: the smallest sets of newly recorded values.

Worked out from the values that the engine found. A newly recorded value is one that settles its
field: a later word of the agency that said otherwise, or an agreed value. A field that a `where`
picks members out by is never to be changed, only to be recorded where it is silent.
"""

import datetime
from collections.abc import Iterable
from itertools import product, starmap

from checklist.conditions import (
    CASE_STEP,
    All,
    Any,
    Atom,
    Every,
    IsRecorded,
    Named,
    Not,
    Some,
    Through,
)
from checklist.evidence import moments
from checklist.judging import Judged
from checklist.newcomers import NOTHING, Joiner, Way, least_of, led_to, lies_within, needed, size_of
from checklist.reasons import member_path
from checklist.truth import Truth
from checklist.verdict import Needed
from checklist.wishes import Wish, are_counted, counted_to_day, is_recorded, of_members, wish_for


def ways_to_meet(
    applies: Judged, expects: Judged, *, spoken_against: bool = False
) -> tuple[tuple[Needed, ...], ...]:
    """Return the smallest sets of newly recorded values that would make a rule met.

    Smallest first; no set has another one within it. `spoken_against` says that it is a person's
    word that the rule does not apply.
    """
    found = dict.fromkeys(map(needed, ways(applies, expects, spoken_against=spoken_against)))
    return tuple(sorted(found, key=lambda needed: (len(needed), needed)))


def ways(applies: Judged, expects: Judged, *, spoken_against: bool = False) -> list[Way]:
    """Return the smallest ways to make `expects` TRUE, with `applies` anything but FALSE.

    Where it is `spoken_against` there has to be evidence for `applies`: some is against it anyhow.
    """
    finder = _Finder(expects.evidence.subject)
    finder.stays = {*finder.picking_out(expects, ""), *finder.picking_out(applies, "")}
    to_be = finder.ways(expects, True, "")
    unopposed = [] if spoken_against else finder.without(applies, False, "")
    stays = least_of([*finder.evident(applies, True, ""), *unopposed])
    both = filter(None, starmap(finder.joined, product(to_be, stays)))
    found: dict[frozenset[Wish], Way] = {}
    for way in sorted(both, key=size_of):
        found.setdefault(way.change, way)
    seen: list[Way] = []
    least: list[Way] = []
    for way in found.values():
        # one that has left for a smaller one makes others needless all the same
        if way.change and not any(lies_within(other, way) for other in seen):
            least = [other for other in least if not lies_within(way, other)]
            least.append(way)
        seen.append(way)
    return least


class _Finder(Joiner):
    """Finds the ways of one rule on one subject, from what is recorded.

    At the paths in `stays` nothing is to change: by what is recorded there a `where` picks out.
    """

    stays: frozenset[str] | set[str] = frozenset()

    def ways(self, judged: Judged, wanted: bool, path: str) -> list[Way]:
        """Return the ways to make a condition TRUE, or FALSE where that is what is wanted."""
        found = self._changed(judged, wanted, path, alone=True)
        if judged.truth is (Truth.TRUE if wanted else Truth.FALSE):
            return least_of([self.as_it_is(judged, path), *found])
        return least_of(found)

    def evident(self, judged: Judged, for_it: bool, path: str) -> list[Way]:
        """Return the ways to have evidence for a condition, or against it, whatever else there is.

        Where no agency disputes anything that is as good as making it TRUE or FALSE.
        """
        found = self._changed(judged, for_it, path, alone=False)
        if judged.truth.has_for if for_it else judged.truth.has_against:
            return least_of([self.as_it_is(judged, path), *found])
        return least_of(found)

    def as_it_is(self, judged: Judged, path: str = "") -> Way:
        """Return the way of leaving all that a condition reads as it is."""
        return Way(untouched=frozenset(self._read_by(judged, path)))

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
                at = self.path_to_field(subject, step, path)
                known = is_recorded(at, subject.kind, step)
                inner = self.from_nothing(part, wanted, f"{at}.", led_to(subject.kind, step))
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
                found += self.together([so, least_of([*aside, *clear])])
        return found

    def _of_atom(self, judged: Judged, atom: Atom, wanted: bool, path: str) -> list[Way]:
        is_so = judged.truth is (Truth.TRUE if wanted else Truth.FALSE)
        own = self._own(judged, atom, wanted, path)
        moment = self.moment(atom, judged.evidence.scope, path)
        can_pass = are_counted(atom.test, own.days) and self.possible([own])
        if moment is None:
            if is_so:
                return [Way(keep=frozenset([own]))]
            return [] if own.path in self.stays or not can_pass else [Way(frozenset([own]))]
        said = _days_of(judged)
        other = counted_to_day(own, moment.day, said)
        steps = moment.steps | {own.path}
        both = Way(moment.unknown | {own._replace(days=()), moment.day}, untouched=moment.steps)
        if is_so:
            found = [
                Way(keep=frozenset([own]), untouched=moment.read),
                Way(keep=frozenset([other]), untouched=steps),
            ]
            return found if atom.given else [*found, both]
        own_stays, day_stays = own.path in self.stays, moment.day.path in self.stays
        found = []
        if own.days and can_pass and not own_stays:
            found.append(Way(frozenset([own]), untouched=moment.read))
        if said and self.possible([other]) and not day_stays:
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
                at = self.path_to_field(subject, step, path)
                leads = led_to(subject.kind, step)
                return self.without_from_nothing(part, for_it, f"{at}.", leads)
            case Through():
                stays = Way(untouched=frozenset(self._step(judged, path)))
                return self.together([[stays], *map(inside, judged.parts)])
            case All() | Any():
                options = list(map(inside, judged.parts))
                if isinstance(condition, All) is for_it:
                    return least_of(way for ways in options for way in ways)
                return self.together(options)
            case Some(plural, part) | Every(plural, part):
                options = list(map(inside, judged.parts))
                if isinstance(condition, Some) is for_it:
                    each = of_members(plural, part, not for_it, each=True)
                    return self.together([*options, [Way(keep=frozenset([each]))]])
                one = of_members(plural, part, not for_it, each=False)
                added = [Way(frozenset([one]))] if self.possible([one]) else []
                if judged.evidence.silent:
                    added.append(Way(untouched=frozenset([plural])))
                return least_of([*(way for ways in options for way in ways), *added])

    def _atom_without(self, judged: Judged, atom: Atom, for_it: bool, path: str) -> list[Way]:
        """Return what a test must not come to find where it finds nothing so far."""
        if isinstance(atom.test, IsRecorded) and not for_it:
            return [NOTHING]
        own = self._own(judged, atom, not for_it, path)
        moment = self.moment(atom, judged.evidence.scope, path)
        is_counted = are_counted(atom.test, own.days)
        if moment is None:
            return [Way(keep=frozenset([own])) if is_counted else NOTHING]
        said = _days_of(judged)
        kept = frozenset([own]) if own.days and is_counted else frozenset()
        other = frozenset([counted_to_day(own, moment.day, said)]) if said else frozenset()
        return [
            Way(keep=kept, untouched=moment.read),
            Way(keep=other, untouched=moment.steps | {own.path}),
        ]

    def _own(self, judged: Judged, atom: Atom, wanted: bool, path: str) -> Wish:
        """Return the wish that what is recorded of a field passes its test, or fails it."""
        evidence = judged.evidence
        own = self.path_to_field(evidence.subject, atom.field.name, path)
        days = tuple(sorted({each.value for each in moments(atom, evidence.scope)}))
        return wish_for(own, atom.field, atom.test, wanted)._replace(days=days)

    def _over(
        self, judged: Judged, condition: Some | Every, wanted: bool, path: str, alone: bool
    ) -> Iterable[Way]:
        plural, silent = condition.collection, judged.evidence.silent
        one_is_enough = isinstance(condition, Some) is wanted
        whole = of_members(plural, condition.part, wanted, not one_is_enough)
        if one_is_enough:
            added = [Way(frozenset([whole]))] if self.possible([whole]) else []
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

    def picking_out(self, judged: Judged, path: str) -> Iterable[str]:
        """Yield the paths of all recorded values that a `where` picks members out by."""
        condition, evidence = judged.evidence.condition, judged.evidence
        if isinstance(condition, Atom) and condition.given:
            own = self.path_to_field(evidence.subject, condition.field.name, path)
            moment = self.moment(condition, evidence.scope, path)
            if moment is None:
                yield from [own] if judged.truth is not Truth.NEITHER else ()
            else:
                yield from [own] if _days_of(judged) else ()
                yield from [moment.day.path] if any(moments(condition, evidence.scope)) else ()
        for part in judged.parts:
            yield from self.picking_out(part, _inner_path(judged, part, path))

    def _read_by(self, judged: Judged, path: str) -> Iterable[str]:
        """Yield the paths of all that a condition reads."""
        condition, subject = judged.evidence.condition, judged.evidence.subject
        match condition:
            case Atom():
                yield self.path_to_field(subject, condition.field.name, path)
                moment = self.moment(condition, judged.evidence.scope, path)
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
            yield self.path_to_field(judged.evidence.subject, condition.step, path)


def _inner_path(judged: Judged, part: Judged, path: str) -> str:
    """Return the path of what is in a part, which says of several people which one is meant."""
    condition = judged.evidence.condition
    if isinstance(condition, Through):
        if condition.step == CASE_STEP:
            return ""
        if len(judged.parts) > 1:
            return f"{path}{condition.step}[{part.evidence.subject.id}]."
    return member_path(judged, part, path)


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
