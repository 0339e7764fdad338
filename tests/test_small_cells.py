from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.small_cells import cut

ROWS = st.lists(st.integers(0, 9), min_size=3, max_size=5)


@given(ROWS, st.integers(2, 6))
def test_what_is_left_out_cannot_be_worked_out_from_the_sum(row, below):
    shown = cut(dict(enumerate(row)), below)
    hidden = [cell for cell in shown if shown[cell] is None]
    for cell, number in enumerate(row):
        assert shown[cell] in (None, number)
        assert shown[cell] is None or not 0 < number < below
    rest = sum(row) - sum(number or 0 for number in shown.values())
    whole = len(hidden) == len(row)  # then a zero can be among them
    possible = [
        numbers
        for numbers in product(range(0 if whole else 1, rest + 1), repeat=len(hidden))
        if sum(numbers) == rest and any(0 < number < below for number in numbers)
    ]
    for place in range(len(hidden)):
        assert len({numbers[place] for numbers in possible}) > 1


@given(ROWS)
def test_nothing_is_left_out_where_nothing_is_small(row):
    assert cut(dict(enumerate(row)), 1) == dict(enumerate(row))


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([6, 0, 14], [6, 0, 14]),
        ([2, 0, 3, 15], [None, 0, None, 15]),
        ([2, 6, 0, 12], [None, None, 0, 12]),
        ([1, 1, 6, 12], [None, None, None, 12]),
        ([3, 0], [None, None]),
        ([1, 1, 0], [None, None, None]),
    ],
)
def test_the_next_smallest_goes_with_a_single_one(row, shown):
    assert list(cut(dict(enumerate(row)), 5).values()) == shown
