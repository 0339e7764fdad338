"""Chance that falls the same on every run and every supported Python.

`random.Random` promises that only of `random()` for a given seed, so everything is made of that.
"""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """One stream of chance, given by its seed."""

    __slots__ = ("share",)

    def __init__(self, seed: str) -> None:
        self.share = random.Random(seed).random  # noqa: S311 (nothing secret hangs on it)
        """Return a number from 0 up to, but not with, 1."""

    def yes(self, chance: float) -> bool:
        """Return whether something of this chance, from 0 to 1, happens."""
        return self.share() < chance

    def whole(self, least: int, most: int) -> int:
        """Return a whole number, both ends among them."""
        return least + int(self.share() * (most - least + 1))

    def one(self, options: Sequence[_T]) -> _T:
        """Return one of the options, each as likely."""
        return options[int(self.share() * len(options))]

    def some(self, options: Sequence[_T], chance: float) -> list[_T]:
        """Return those of the options that happen, each with this chance, in their order."""
        share = self.share
        return [option for option in options if share() < chance]

    def weighed(self, weights: Mapping[_T, float]) -> _T:
        """Return one of the options, each as likely as its weight among all weights says."""
        left = self.share() * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        return next(reversed(list(weights)))
