"""What the families of a made-up cohort are like: how often what is part of the story.

A `Shape` holds the chances from which each story is drawn. `EVERY_KIND` is the mixture a local
authority might know; `LIKE` holds, for each published audit, the shape of cases that its selection
would choose, and of others beside them that it would refuse.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Path = Literal["enquiry", "child_protection", "child_in_need", "early_help"]
Youngest = Literal["unborn", "newborn", "under_one", "older"]


class Shape(NamedTuple):
    """The chances from which a story is drawn; mappings hold weights, pairs of days both ends.

    `path` is the level of help that the story comes to. `youngest` is the youngest child: unborn,
    newborn (under six months), under_one (the other half of the first year), or older. `begun`
    is how many days before the review the work began, and `open` the chance that it still goes on.
    `abuse` is the chance of domestic abuse, `marac` that of a MARAC where there is abuse, `repeat`
    that of a second one, and `heard` how many days before the review the last of them was. `kept`
    are fields that are neither left out nor disagreed on, because the story hangs on them.
    """

    path: Mapping[Path, float]
    youngest: Mapping[Youngest, float]
    begun: tuple[int, int] = (25, 400)
    open: float = 0.8
    neglect: float = 0.5
    abuse: float = 0.45
    marac: float = 0.5
    repeat: float = 0.4
    heard: tuple[int, int] = (3, 240)
    earlier_plan: float = 0.3
    at_home: float = 0.95
    kept: frozenset[str] = frozenset()


class Cohort(NamedTuple):
    """A share `chosen_share` of cases of the shape `chosen`, and others of the shape `other`."""

    chosen: Shape
    other: Shape
    chosen_share: float = 1.0


CHOSEN_SHARE: Final = 0.8
"""The share of a cohort like an audit's that the audit's selection would choose."""

_MIXED: Final = Shape(
    path={"enquiry": 1, "child_protection": 5, "child_in_need": 2.5, "early_help": 2},
    youngest={"unborn": 2, "newborn": 3, "under_one": 2, "older": 3},
)

EVERY_KIND: Final = Cohort(_MIXED, _MIXED)

_UNDER_ONES: Final = Shape(
    path={"child_protection": 1},
    youngest={"unborn": 1, "newborn": 3, "under_one": 3},
    begun=(60, 330),
    open=1,
    neglect=1,
    abuse=0.35,
    kept=frozenset(("born", "expected", "kind", "categories", "open", "children")),
)
_HEARD_AT_MARAC: Final = Shape(
    path={"enquiry": 1, "child_protection": 5, "child_in_need": 3},
    youngest={"unborn": 1, "newborn": 1, "under_one": 1, "older": 4},
    begun=(60, 300),
    abuse=1,
    marac=1,
    repeat=0.5,
    heard=(3, 170),
    at_home=1,
    kept=frozenset(("born", "in_household", "kind", "date")),
)
_BABY_AND_PLAN: Final = Shape(
    path={"child_protection": 1},
    youngest={"newborn": 1},
    begun=(40, 480),
    open=0.7,
    kept=frozenset(("born", "kind", "open", "started", "ended")),
)

LIKE: Final[Mapping[str, Cohort]] = {
    "A": Cohort(
        _UNDER_ONES,
        _UNDER_ONES._replace(path={"child_in_need": 1, "early_help": 1}, youngest={"older": 1}),
        CHOSEN_SHARE,
    ),
    "B": Cohort(
        _HEARD_AT_MARAC,
        _HEARD_AT_MARAC._replace(begun=(260, 500), heard=(190, 250)),
        CHOSEN_SHARE,
    ),
    "C": Cohort(
        _BABY_AND_PLAN,
        _BABY_AND_PLAN._replace(
            path={"child_in_need": 1, "early_help": 1}, youngest={"under_one": 1, "unborn": 1}
        ),
        CHOSEN_SHARE,
    ),
}
"""The cohorts like an audit's, by the audit's id."""
