"""A random sample of cases that anybody can draw again from its seed. Knows no records.

The numbers for each stratum are as equal as they can be: a stratum with too few gives all it has,
the rest is shared among the others, and where that does not come out even the seed decides which of
them give one more. Of the samples with such numbers and at least as many cases of each kind as was
asked for, every one is as likely as every other; so without such kinds each case of a stratum is as
likely as each other one.

The draw rests on the ids of the cases and the seed alone, through SHA-256: neither the order of the
cases nor the version of Python changes it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from math import comb, prod
from typing import Final, NamedTuple

from checklist.errors import BadInput, Fault

MOST_COUNTED: Final = 50_000
"""The most counts of a sample and its kinds that are kept apart: more would take minutes."""


class Candidate(NamedTuple):
    """A case that can be drawn: its id, its stratum, and the kinds of which it is one."""

    id: str
    stratum: str = ""
    kinds: frozenset[str] = frozenset()


class Drawn(NamedTuple):
    """A sample: the ids in order.

    `most` is for each kind how many cases of it a sample of these numbers can hold, counted no
    further than what was asked for.
    """

    ids: tuple[str, ...]
    most: Mapping[str, int]


def draw(
    candidates: Iterable[Candidate], number: int, seed: str, at_least: Mapping[str, int]
) -> Drawn:
    """Return a sample of so many candidates, or of all where there are no more.

    `at_least` is how many of the sample have to be of a kind. Where so many cannot be drawn it
    holds the most that can, of the kinds that come first before the others. Raises BadInput where
    so large a sample with so many of so many kinds would take too long to draw.
    """
    if number * prod(wanted + 1 for wanted in at_least.values()) > MOST_COUNTED:
        what = "such numbers of so large a sample take too long to draw; ask for less"
        raise BadInput([Fault(what, field="--at-least")])
    kinds = tuple(at_least)
    cells: dict[tuple[str, tuple[bool, ...]], list[str]] = {}
    sizes: dict[str, int] = {}
    for each in candidates:
        pattern = tuple(kind in each.kinds for kind in kinds)
        cells.setdefault((each.stratum, pattern), []).append(each.id)
        sizes[each.stratum] = sizes.get(each.stratum, 0) + 1
    number = min(number, sum(sizes.values()))
    of_cells = [
        _Cell(stratum, pattern, len(ids)) for (stratum, pattern), ids in sorted(cells.items())
    ]
    counts, most = _counts(of_cells, shares(sizes, number), number, tuple(at_least.values()), seed)
    drawn = [
        name
        for count, cell in zip(counts, of_cells, strict=True)
        for name in _in_order(cells[cell.stratum, cell.pattern], seed)[:count]
    ]
    return Drawn(tuple(sorted(drawn)), dict(zip(kinds, most, strict=True)))


def shares(sizes: Mapping[str, int], number: int) -> dict[str, tuple[int, int]]:
    """Return the fewest and the most that each stratum gives to a sample of so many.

    The two are the same or one apart, and those that give one more are left open. `number` is not
    more than there are in all.
    """
    level = number // max(len(sizes), 1)
    while level < number and sum(min(size, level + 1) for size in sizes.values()) <= number:
        level += 1
    even = sum(min(size, level) for size in sizes.values()) == number
    return {
        name: (min(size, level), min(size, level if even else level + 1))
        for name, size in sizes.items()
    }


# -- how many of each kind ---------------------------------------------------------------------


class _Cell(NamedTuple):
    """The cases of one stratum that are of the same kinds."""

    stratum: str
    pattern: tuple[bool, ...]
    size: int


class _State(NamedTuple):
    """How many have been taken: of this stratum, in all, and of each kind up to what was asked."""

    of_stratum: int
    of_all: int
    of_kinds: tuple[int, ...]


_Step = dict[_State, list[tuple[_State, int, int]]]  # from which state, taking how many, its weight


def _counts(
    cells: Sequence[_Cell],
    given: Mapping[str, tuple[int, int]],
    number: int,
    asked: tuple[int, ...],
    seed: str,
) -> tuple[list[int], tuple[int, ...]]:
    """Return how many to take of each cell, and the most that can be had of each kind.

    The weight of a state is the number of samples that lead to it, so that a way through the
    states, drawn by its weight, makes every sample as likely as every other.
    """
    weights = {_State(0, 0, (0,) * len(asked)): 1}
    steps: list[_Step] = []
    for at, cell in enumerate(cells):
        is_last = at + 1 == len(cells) or cells[at + 1].stratum != cell.stratum
        step: _Step = {}
        for state, weight in weights.items():
            fewest, most = given[cell.stratum]
            least = max(0, fewest - state.of_stratum) if is_last else 0
            room = min(cell.size, most - state.of_stratum, number - state.of_all)
            for take in range(least, room + 1):
                reached = _State(
                    0 if is_last else state.of_stratum + take,
                    state.of_all + take,
                    tuple(
                        min(wanted, had + take * is_one)
                        for wanted, had, is_one in zip(
                            asked, state.of_kinds, cell.pattern, strict=True
                        )
                    ),
                )
                ways = weight * comb(cell.size, take)
                step.setdefault(reached, []).append((state, take, ways))
        steps.append(step)
        weights = {state: sum(ways for *_, ways in found) for state, found in step.items()}
    state = max((each for each in weights if each.of_all == number), key=lambda each: each.of_kinds)
    most_of_kinds = state.of_kinds
    counts = []
    for at in reversed(range(len(steps))):
        left = _below(weights_of := steps[at][state], seed, at)
        for before, take, ways in weights_of:  # noqa: B007 (the one at which it stops is used)
            left -= ways
            if left < 0:
                break
        counts.append(take)
        state = before
    return counts[::-1], most_of_kinds


# -- chance ------------------------------------------------------------------------------------


def _below(found: Sequence[tuple[_State, int, int]], seed: str, at: int) -> int:
    """Return a whole number from 0 to below the sum of the weights, each as likely."""
    total = sum(ways for *_, ways in found)
    # 32 bytes more than the number has: the first ones are likelier by less than 1 in 2 ** 256
    size = (total.bit_length() + 7) // 8 + 32
    text = f"{seed}\0step {at}".encode()
    blocks = (hashlib.sha256(b"%d\0" % block + text).digest() for block in range(size // 32 + 1))
    return int.from_bytes(b"".join(blocks)[:size], "big") % total


def _in_order(ids: Iterable[str], seed: str) -> list[str]:
    """Return ids in an order that the seed decides, each order as likely."""
    return sorted(
        ids, key=lambda name: (hashlib.sha256(f"{seed}\0case {name}".encode()).digest(), name)
    )
