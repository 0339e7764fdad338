import pytest

from checklist.truth import Truth
from checklist.verdict import name_of

T, F, B, N = Truth.TRUE, Truth.FALSE, Truth.BOTH, Truth.NEITHER


@pytest.mark.parametrize(("truth", "negated"), [(T, F), (F, T), (B, B), (N, N)])
def test_not_swaps_for_and_against(truth, negated):
    assert truth.negated is negated
    assert truth.negated.negated is truth


# the design's table, section 3: applies x expects
@pytest.mark.parametrize(
    ("applies", "expects", "verdict", "while_the_deadline_is_ahead"),
    [
        (T, T, "met", "met"),
        (T, F, "gap", "due"),
        (T, B, "conflicting", "conflicting"),
        (T, N, "not recorded", "due"),
        (B, T, "met", "met"),
        (B, F, "gap", "due"),
        (B, B, "conflicting", "conflicting"),
        (B, N, "not recorded", "due"),
        (N, T, "met", "met"),
        (N, F, "not recorded", "not recorded"),
        (N, B, "conflicting", "conflicting"),
        (N, N, "not recorded", "not recorded"),
        *[(F, each, "not applicable", "not applicable") for each in Truth],
    ],
)
def test_two_answers_give_one_verdict(applies, expects, verdict, while_the_deadline_is_ahead):
    assert name_of(applies, expects, deadline_is_ahead=False) == verdict
    assert name_of(applies, expects, deadline_is_ahead=True) == while_the_deadline_is_ahead
