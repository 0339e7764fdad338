"""Small numbers left out of a screening, so that what is passed on does not point at a family.

Plain data in, plain data out; needed only where a screening leaves the hands of those who audit.
"""

from collections.abc import Container, Hashable, Mapping
from typing import Final, TypeVar

from checklist.screening import APPLYING, MARKS, Mark, QueryCounts, RuleCounts, Screening

# as long as these can be shown, so can n
_LAST: Final[frozenset[Mark]] = frozenset(MARKS) - frozenset(APPLYING)

_Cell = TypeVar("_Cell", bound=Hashable)


def without_small(screening: Screening, below: int) -> Screening:
    """Return a screening without numbers from 1 to `below` - 1, and without single cases.

    With them goes what they could be worked out from: further numbers, and shares.
    """
    unclear = (
        ["Cases were left out of which it is not clear whether the audit would have chosen them."]
        if screening.unclear
        else []
    )
    left = screening.not_chosen
    return screening._replace(
        cases=(),
        is_whole=False,
        themes=tuple(_without_small(each, below) for each in screening.themes),
        queries=tuple(_raised(each, screening.number, below) for each in screening.queries),
        unread=(),
        notes=(*screening.notes, *unclear),
        not_chosen=None if left is not None and 0 < left < below else left,
        unclear=(),
        below=below,
    )


def cut(
    counts: Mapping[_Cell, int], below: int, last: Container[_Cell] = ()
) -> dict[_Cell, int | None]:
    """Return the parts of a known sum, with None for those that are left out.

    Those from 1 to `below` - 1 are, and the next smallest that are not 0, those in `last` after all
    others, until none that is left out can be worked out from the sum: two at least, and not all of
    them 1. Where there are too few for that, all of them are, the zeros too.
    """
    hidden = {cell for cell, number in counts.items() if 0 < number < below}
    others = sorted(
        (cell for cell, number in counts.items() if number and cell not in hidden),
        key=lambda cell: (cell in last, counts[cell]),
    )
    while hidden and (len(hidden) == 1 or all(counts[cell] == 1 for cell in hidden)):
        if not others:
            return dict.fromkeys(counts)
        hidden.add(others.pop(0))
    return {cell: None if cell in hidden else number for cell, number in counts.items()}


def _without_small(rule: RuleCounts, below: int) -> RuleCounts:
    known = {mark: number for mark, number in rule.counts.items() if number is not None}
    found = rule._replace(counts=cut(known, below, _LAST), cases=None)
    if any(found.counts[mark] is None for mark in _LAST):
        found = found._replace(n=None)  # with the number of all cases it would tell of these
    return found._replace(share=None) if found.is_cut else found


def _raised(query: QueryCounts, of: int, below: int) -> QueryCounts:
    raised, lost = query.raised or 0, query.not_judged or 0
    found = cut({"raised": raised, "lost": lost, "neither": of - raised - lost}, below)
    return QueryCounts(query.query, found["raised"], found["lost"], None)
