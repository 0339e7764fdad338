import pytest

from checklist.audit import WORDS, Word, fits


@pytest.mark.parametrize(
    ("word", "of_six", "of_seven"),
    [
        ("all", {6}, {7}),
        ("all_but_one", {5}, {6}),
        ("most", {4, 5, 6}, {4, 5, 6, 7}),
        ("majority", {4, 5, 6}, {4, 5, 6, 7}),
        ("few", {0, 1, 2}, {0, 1, 2, 3}),
        ("a_number", {2, 3, 4, 5, 6}, {2, 3, 4, 5, 6, 7}),
        ("some", {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6, 7}),
    ],
)
def test_a_word_is_taken_to_mean_these_counts(
    word: Word, of_six: set[int], of_seven: set[int]
) -> None:
    assert {count for count in range(7) if fits(word, count, 6)} == of_six
    assert {count for count in range(8) if fits(word, count, 7)} == of_seven


@pytest.mark.parametrize("word", WORDS)
def test_of_no_cases_no_word_is_true(word: Word) -> None:
    assert not fits(word, 0, 0)
