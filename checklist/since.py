"""What has changed in one case from one day to a later one: two of its reviews in, plain data out.

The days can differ in what was recorded by then, in what was still a plan, and in which days by
which something must be done had passed.
"""

import datetime
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from checklist.report import urgency
from checklist.review import Review
from checklist.rule import Rule, VerdictName
from checklist.subjects import SubjectName
from checklist.verdict import Verdict

Step = Literal["new", "worse", "same", "better", "closed", "not judged"]
"""How a point came from one day to the other: it was closed and is open (new), or the other way
round (closed); it was open and is so with a weightier verdict (worse), a lighter one (better) or
the same; or it could not be judged on one of the days."""

_WEIGHTIEST_FIRST: Final[tuple[VerdictName, ...]] = ("gap", "conflicting", "not recorded", "due")


class Point(NamedTuple):
    """One rule and subject on both days; None where there was no such subject on one of them."""

    was: Verdict | None
    now: Verdict | None

    @property
    def shown(self) -> Verdict:
        """The later verdict, or the earlier one where there is no later."""
        found = self.now or self.was
        assert found is not None  # noqa: S101
        return found

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.shown.rule

    @property
    def subject(self) -> SubjectName:
        """What the rule looks at."""
        return self.shown.subject

    @property
    def step(self) -> Step | None:
        """How it came from one day to the other; None where it was and is closed."""
        if "could not be judged" in (_name(self.was), _name(self.now)):
            return "not judged"
        was, now = _weight(self.was), _weight(self.now)
        if was is None and now is None:
            return None
        if was is None:
            return "new"
        if now is None:
            return "closed"
        if was == now:
            return "same"
        return "worse" if now < was else "better"

    @property
    def silence_filled(self) -> bool:
        """Whether it was not recorded, and now it is, whatever the record says."""
        return _name(self.was) == "not recorded" and _name(self.now) != "not recorded"

    @property
    def due_since(self) -> bool:
        """Whether it has come to be due, and can still be put right."""
        return _name(self.now) == "due" and _name(self.was) != "due"


class Since(NamedTuple):
    """What has changed in a case between two days, the most urgent first in each part.

    `new` holds also what was open and has become weightier, such as a gap whose day has passed
    since. `unclear` could not be judged on one of the days. `met` counts what was met on both.
    """

    case: str
    about: str | None
    before: datetime.date
    after: datetime.date
    new: tuple[Point, ...]
    open: tuple[Point, ...]
    closed: tuple[Point, ...]
    unclear: tuple[Point, ...]
    met: int

    @property
    def points(self) -> tuple[Point, ...]:
        """All points that are or were open."""
        return (*self.new, *self.open, *self.closed, *self.unclear)


def since(before: Review, after: Review) -> Since:
    """Return what has changed from one review of a case to a later one by the same rules."""
    was, now = _by_point(before), _by_point(after)
    points = [Point(was.get(key), now.get(key)) for key in dict.fromkeys((*now, *was))]
    return Since(
        after.case.id,
        after.case.about,
        before.as_of,
        after.as_of,
        _those(points, "new", "worse"),
        _those(points, "same", "better"),
        _those(points, "closed"),
        _those(points, "not judged"),
        sum(_name(each.was) == _name(each.now) == "met" for each in points),
    )


def _by_point(review: Review) -> dict[tuple[str, str], Verdict]:
    return {(each.rule.id, each.subject.id): each for each in review.verdicts}


def _those(points: Sequence[Point], *steps: Step) -> tuple[Point, ...]:
    """Return the points that came this way, those of one rule with one verdict together.

    The most urgent stand first, and what is not recorded last.
    """
    found = [each for each in points if each.step in steps]
    soonest: dict[tuple[str, str], tuple[int, bool, bool, int]] = {}
    for each in found:
        key, urgent = _rule_and_name(each), urgency(each.shown)
        soonest[key] = min(urgent, soonest.get(key, urgent))
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.shown.name == "not recorded",
                soonest[_rule_and_name(each)],
                _rule_and_name(each),
                urgency(each.shown),
            ),
        )
    )


def _rule_and_name(point: Point) -> tuple[str, str]:
    return point.rule.id, point.shown.name


def _weight(verdict: Verdict | None) -> int | None:
    """Return the place of a verdict among the open ones, the weightiest first; None if closed."""
    name = _name(verdict)
    return _WEIGHTIEST_FIRST.index(name) if name in _WEIGHTIEST_FIRST else None


def _name(verdict: Verdict | None) -> VerdictName | None:
    return None if verdict is None else verdict.name
