import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import BadInput
from checklist.exact_tests import fisher, holm, mcnemar


@pytest.mark.parametrize(
    ("fewer", "more", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),  # one change can be either
        (3, 0, 2 / 8),  # 2 * (1/2)^3
        (5, 0, 2 / 32),
        (6, 0, 2 / 64),
        (0, 6, 2 / 64),
        (4, 1, 12 / 32),  # 2 * (1 + 5) / 2^5
        (3, 3, 1.0),
    ],
)
def test_mcnemar_is_the_binomial_of_the_cases_that_changed(fewer, more, p):
    assert mcnemar(fewer, more) == pytest.approx(p)


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        # of 6 and 6 with 7 in all: C(12, 7) = 792 tables; those no likelier than 5 and 2 are
        # 1 and 6, 2 and 5, 5 and 2, 6 and 1: 6 + 90 + 90 + 6
        ((5, 6), (2, 6), 192 / 792),
        # 3 of 4 cups against 1 of 4, Fisher's own example: (1 + 16 + 16 + 1) of 70 tables
        ((3, 4), (1, 4), 34 / 70),
        ((4, 4), (0, 4), 2 / 70),
        ((2, 4), (2, 4), 1.0),
        ((0, 5), (0, 3), 1.0),
    ],
)
def test_fisher_adds_up_the_tables_that_are_no_likelier(before, after, p):
    assert fisher(before, after) == pytest.approx(p)
    assert fisher(after, before) == pytest.approx(p)


def test_holm_multiplies_the_smallest_most_and_never_turns_the_order_round():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == pytest.approx([1.0, 1.0])
    assert holm([0.2]) == pytest.approx([0.2])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_never_makes_a_p_smaller_and_keeps_their_order(found):
    adjusted = holm(found)
    assert all(after >= before for before, after in zip(found, adjusted, strict=True))
    assert all(each <= 1 for each in adjusted)
    pairs = sorted(zip(found, adjusted, strict=True))
    assert [after for _, after in pairs] == sorted(after for _, after in pairs)


@pytest.mark.parametrize("test", [lambda: mcnemar(1, 2), lambda: fisher((1, 2), (1, 2))])
def test_without_scipy_one_sentence_says_what_to_install(monkeypatch, test):
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(BadInput, match=r"pip install 'checklist\[screening\]'"):
        test()
