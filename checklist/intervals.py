"""How sure a share is that was counted on few cases: its 95% interval.

The statistics come from SciPy, which only a screening needs, so that it is imported when asked.
"""

from typing import Final, NamedTuple

from checklist.extras import needed

CONFIDENCE: Final = 0.95


class Share(NamedTuple):
    """So many of so many, with the ends of the interval of the share.

    `low` and `high` are proportions from 0 to 1.
    """

    counted: int
    of: int
    low: float
    high: float


def share(counted: int, of: int) -> Share:
    """Return a share of `of` (at least 1) with its 95% interval by Wilson's score method.

    The method without continuity correction: E. B. Wilson, "Probable inference, the law of
    succession, and statistical inference", Journal of the American Statistical Association 22
    (1927) 209-212; recommended for small numbers by R. G. Newcombe, "Two-sided confidence intervals
    for the single proportion", Statistics in Medicine 17 (1998) 857-872, method 3. Unlike the
    textbook interval it keeps within 0 and 1, and has a width where none or all were counted.
    Raises BadInput where SciPy is not installed.
    """
    with needed("shares are worked out by SciPy"):
        from scipy.stats import binomtest
    found = binomtest(counted, of).proportion_ci(CONFIDENCE, method="wilson")
    # the ends are exact where none or all were counted, and rounding must not say otherwise
    low = 0.0 if counted == 0 else float(found.low)
    return Share(counted, of, low, 1.0 if counted == of else float(found.high))
