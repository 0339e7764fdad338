import pytest

from checklist.truth import Truth

T, F, B, N = Truth.TRUE, Truth.FALSE, Truth.BOTH, Truth.NEITHER


@pytest.mark.parametrize(
    ("truth", "has_for", "has_against"),
    [(T, True, False), (F, False, True), (B, True, True), (N, False, False)],
)
def test_a_value_is_two_answers(truth, has_for, has_against):
    assert truth.has_for is has_for
    assert truth.has_against is has_against


@pytest.mark.parametrize(("truth", "negated"), [(T, F), (F, T), (B, B), (N, N)])
def test_not_swaps_for_and_against(truth, negated):
    assert truth.negated is negated
    assert truth.negated.negated is truth
