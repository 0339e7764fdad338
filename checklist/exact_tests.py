"""Whether two shares differ by more than chance, for numbers however small: exact tests.

The statistics come from SciPy, which only a comparison needs, so that it is imported when asked.
"""

from collections.abc import Sequence
from typing import Any

from checklist.extras import needed


def mcnemar(only_before: int, only_after: int) -> float:
    """Return the p of McNemar's exact test, two-sided, for the same cases seen twice.

    `only_before` cases had it before and not after, `only_after` the other way round; those that
    did not change say nothing. Under chance each change is as likely as its opposite: Q. McNemar,
    Psychometrika 12 (1947) 153-157, with the binomial distribution itself.
    """
    changed = only_before + only_after
    if changed == 0:
        return 1.0
    return float(_scipy().binomtest(only_before, changed, 0.5).pvalue)


def fisher(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Return the p of Fisher's exact test, two-sided, for different cases on both sides.

    Each side is how many of how many. R. A. Fisher, Journal of the Royal Statistical Society 85
    (1922) 87-94.
    """
    table = [[counted, of - counted] for counted, of in (before, after)]
    return float(_scipy().fisher_exact(table).pvalue)


def holm(found: Sequence[float]) -> list[float]:
    """Return each p adjusted for all of them being tested at once, in their order.

    Of p-values that are below a level after this, the chance that any is so by chance alone is
    below that level: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
    """
    adjusted = [1.0] * len(found)
    reached = 0.0
    for place, at in enumerate(sorted(range(len(found)), key=found.__getitem__)):
        reached = max(reached, min(1.0, (len(found) - place) * found[at]))
        adjusted[at] = reached
    return adjusted


def _scipy() -> Any:
    with needed("exact tests are worked out by SciPy"):
        from scipy import stats
    return stats
