import sys

import pytest

from checklist.errors import BadInput
from checklist.intervals import share


@pytest.mark.parametrize(
    ("counted", "of", "low", "high"),
    [
        # Newcombe (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # worked out by hand from Wilson's formula
        (5, 6, 0.4365, 0.9699),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_that_of_the_published_tables(counted, of, low, high):
    found = share(counted, of)
    assert (found.counted, found.of) == (counted, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("of", [1, 2, 20, 200_000])
def test_none_and_all_have_an_exact_end(of):
    assert share(0, of).low == 0
    assert share(of, of).high == 1
    assert 0 < share(0, of).high < 1


def test_without_scipy_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(BadInput) as caught:
        share(1, 2)
    (fault,) = caught.value.faults
    assert fault.sentence() == (
        "shares are worked out by SciPy; install it with: pip install 'checklist[screening]'."
    )
