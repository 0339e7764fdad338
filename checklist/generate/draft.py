"""A made-up case while its story is told: days as numbers, subjects as plain mappings."""

import datetime
from functools import cache
from typing import Any, Final

from checklist.generate.chance import Chance
from checklist.generate.shapes import Shape


class Part:
    """One subject of a case: the fields that the story sets, and what else may be said of it.

    A field set to None stays out. `near` is the day around which other days of it fall, and
    `is_so` holds the words that the fields to be filled in ask for. Of what is `ahead` nothing is
    known but what the story plans.
    """

    __slots__ = ("ahead", "fields", "is_so", "kind", "near", "source")

    def __init__(self, kind: str, near: int, /, *is_so: str, **fields: Any) -> None:
        self.kind = kind
        self.near = near
        self.is_so = set(is_so)
        self.fields = fields
        self.ahead = False
        self.source: str | None = None


class Draft:
    """A case in the making.

    `care` is how often, from 0 to 1, this family's workers do and record what they should;
    `network` the agencies that work with the family; `parts` the subjects by the key of the case
    file that lists them.
    """

    def __init__(self, chance: Chance, shape: Shape, today: int) -> None:
        self.chance = chance
        self.shape = shape
        self.today = today
        self.path = chance.weighed(shape.path)
        self.care = 0.35 + 0.6 * chance.share()
        self.began = today - chance.whole(*shape.begun)
        self.abuse = chance.yes(shape.abuse)
        self.neglect = chance.yes(shape.neglect)
        self.whole = Part("case", today)
        self.parts: dict[str, list[Part]] = {}
        self.network: list[str] = []

    def add(self, section: str, part: Part) -> Part:
        """Add a subject under a key of the case file and return it."""
        self.parts.setdefault(section, []).append(part)
        return part

    def listed(self, section: str) -> list[Part]:
        """Return the subjects under a key of the case file."""
        return self.parts.get(section, [])

    def ids(self, section: str) -> list[str]:
        """Return the ids of the subjects under a key of the case file."""
        return [part.fields["id"] for part in self.listed(section)]

    def careful(self, least: float = 0.0) -> bool:
        """Return whether something is done as it should be; `least` is added to the chance."""
        return self.chance.share() < self.care + least

    def at_home(self, day: int) -> list[str]:
        """Return the ids of the children who are born by a day and live at home."""
        return [
            part.fields["id"]
            for part in self.listed("children")
            if part.near <= day and "at_home" in part.is_so
        ]

    def adults_at_home(self) -> list[str]:
        """Return the ids of the adults who live with the children."""
        return [p.fields["id"] for p in self.listed("adults") if "at_home" in p.is_so]


_SATURDAY: Final = 5


def workday(day: int) -> int:
    """Return the day, or the Monday after it where it falls on a weekend."""
    weekday = (day + 6) % 7  # day 1 was a Monday
    return day if weekday < _SATURDAY else day + 7 - weekday


@cache
def iso(day: int) -> str:
    """Return a day as a case file writes it."""
    return datetime.date.fromordinal(day).isoformat()
