import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import BadInput
from checklist.sampling import Candidate, draw, shares

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.text("abcdef-é", min_size=1, max_size=6),
        st.sampled_from(["north", "south", "west"]),
        st.frozensets(st.sampled_from(["repeat", "baby"])),
    ),
    unique_by=lambda each: each.id,
    max_size=14,
)
SEEDS = st.text(max_size=5)


def cases(*strata: tuple[str, int, int]) -> list[Candidate]:
    """Return for each stratum so many cases, of which so many are repeats."""
    return [
        Candidate(f"{stratum}-{at}", stratum, frozenset({"repeat"} if at < repeats else ()))
        for stratum, number, repeats in strata
        for at in range(number)
    ]


def of_strata(found, candidates) -> dict[str, int]:
    stratum = {each.id: each.stratum for each in candidates}
    return dict(Counter(stratum[name] for name in found.ids))


@given(CANDIDATES, st.integers(1, 16), SEEDS, st.integers(1, 4), st.integers(1, 4))
def test_a_sample_holds_what_was_promised_of_it(candidates, number, seed, repeats, babies) -> None:
    asked = {"repeat": repeats, "baby": babies}
    found = draw(candidates, number, seed, asked)
    assert len(set(found.ids)) == len(found.ids) == min(number, len(candidates))
    assert set(found.ids) <= {each.id for each in candidates}
    assert list(found.ids) == sorted(found.ids)
    sizes = Counter(each.stratum for each in candidates)
    got = of_strata(found, candidates)
    for stratum, (fewest, most) in shares(sizes, len(found.ids)).items():
        assert fewest <= got.get(stratum, 0) <= most <= fewest + 1
    for kind, most in found.most.items():
        held = sum(kind in each.kinds for each in candidates if each.id in found.ids)
        assert min(held, asked[kind]) == most


@given(CANDIDATES, st.integers(1, 16), SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(candidates, number, seed, order) -> None:
    shuffled = list(candidates)
    order.shuffle(shuffled)
    asked = {"repeat": 2}
    assert draw(shuffled, number, seed, asked) == draw(candidates, number, seed, asked)


@given(CANDIDATES.filter(lambda each: len(each) <= 9), st.integers(1, 5), st.integers(1, 4))
def test_as_many_of_a_kind_are_drawn_as_any_sample_of_these_numbers_could_hold(
    candidates, number, repeats
) -> None:
    number = min(number, len(candidates))
    given_by = shares(Counter(each.stratum for each in candidates), number)
    could = [
        sum("repeat" in each.kinds for each in chosen)
        for chosen in combinations(candidates, number)
        if all(
            fewest <= sum(each.stratum == name for each in chosen) <= most
            for name, (fewest, most) in given_by.items()
        )
    ]
    found = draw(candidates, number, "seed", {"repeat": repeats})
    assert found.most == {"repeat": min(repeats, max(could))}


@pytest.mark.parametrize(
    ("sizes", "number", "expected"),
    [
        ({"a": 9, "b": 9, "c": 9}, 6, {"a": (2, 2), "b": (2, 2), "c": (2, 2)}),
        ({"a": 9, "b": 9, "c": 9}, 7, {"a": (2, 3), "b": (2, 3), "c": (2, 3)}),
        ({"a": 1, "b": 9, "c": 9}, 7, {"a": (1, 1), "b": (3, 3), "c": (3, 3)}),
        ({"a": 1, "b": 2, "c": 9}, 9, {"a": (1, 1), "b": (2, 2), "c": (6, 6)}),
        ({"a": 1, "b": 2, "c": 9}, 4, {"a": (1, 1), "b": (1, 2), "c": (1, 2)}),
        ({"a": 3, "b": 3}, 1, {"a": (0, 1), "b": (0, 1)}),
        ({"a": 3}, 3, {"a": (3, 3)}),
        ({}, 0, {}),
    ],
)
def test_strata_give_the_same_as_far_as_they_have_it(sizes, number, expected) -> None:
    assert shares(sizes, number) == expected


def test_a_seed_draws_this_sample_on_every_machine() -> None:
    candidates = cases(("a1", 4, 2), ("a2", 4, 2), ("a3", 4, 2))
    found = draw(candidates, 6, "2021", {"repeat": 3})
    assert found.ids == ("a1-1", "a1-3", "a2-0", "a2-1", "a3-0", "a3-1")


@pytest.mark.parametrize("asked", [{}, {"repeat": 1}])
def test_every_case_of_a_stratum_is_drawn_as_often(asked) -> None:
    candidates = [each._replace(kinds=frozenset()) for each in cases(("a", 5, 0), ("b", 3, 0))]
    seeds = 4_000
    times = Counter(
        name for seed in range(seeds) for name in draw(candidates, 5, str(seed), asked).ids
    )
    # 3 of the five and 2 of the three make 10 * 3 samples, 2 of the five and all three 10 * 1
    chance = {"a": (10 * 3 * 3 + 10 * 1 * 2) / 40 / 5, "b": (10 * 3 * 2 + 10 * 1 * 3) / 40 / 3}
    for each in candidates:
        assert abs(times[each.id] / seeds - chance[each.stratum]) < 0.04


def test_every_sample_that_holds_what_was_asked_is_as_likely() -> None:
    candidates = cases(("a", 3, 1), ("b", 3, 2))
    repeats = {each.id for each in candidates if each.kinds}
    fit = [
        (*one, *other)
        for one in combinations(("a-0", "a-1", "a-2"), 2)
        for other in combinations(("b-0", "b-1", "b-2"), 2)
        if len(repeats & {*one, *other}) >= 2
    ]
    seeds = 4_000
    times = Counter(draw(candidates, 4, str(seed), {"repeat": 2}).ids for seed in range(seeds))
    assert set(times) == set(fit)
    for each in fit:
        assert abs(times[each] / seeds - 1 / len(fit)) < 0.04


def test_the_kind_that_comes_first_is_served_first() -> None:
    candidates = [
        *(Candidate(f"repeat-{at}", "", frozenset({"repeat"})) for at in range(2)),
        *(Candidate(f"baby-{at}", "", frozenset({"baby"})) for at in range(2)),
    ]
    assert draw(candidates, 2, "s", {"repeat": 2, "baby": 1}).most == {"repeat": 2, "baby": 0}
    assert draw(candidates, 2, "s", {"baby": 1, "repeat": 2}).most == {"baby": 1, "repeat": 1}


def test_a_sample_of_many_cases_takes_no_time() -> None:
    chance = random.Random(1)  # noqa: S311
    candidates = [
        Candidate(f"case-{at}", f"area {at % 10}", frozenset({"repeat"} if at % 3 else ()))
        for at in chance.sample(range(20_000), 20_000)
    ]
    found = draw(candidates, 300, "seed", {"repeat": 150})
    assert (len(found.ids), found.most) == (300, {"repeat": 150})


def test_what_would_take_too_long_to_draw_is_refused() -> None:
    with pytest.raises(BadInput, match="take too long to draw; ask for less"):
        draw(cases(("a", 400, 200)), 400, "seed", {"repeat": 200, "baby": 200})
