import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist import screening as module
from checklist.cohort import Left, Line, Unread
from checklist.once import EachOnce
from checklist.screening import MARKS, CohortTally, screening_of
from checklist.small_cells import without_small
from tests.cohorts import COHORT, marked, rules_in, screened


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return rules_in(tmp_path_factory.mktemp("rules"))


def counts(screening, rule):
    (found,) = [each for each in screening.themes if each.rule.id == rule]
    return {mark: number for mark, number in found.counts.items() if number != 0}


def test_themes_are_counted_as_by_hand(rules):
    found = screening_of(COHORT, rules)
    assert [(each.theme, each.rule.id) for each in found.themes] == [
        ("The first theme", "beta"),
        ("The first theme", "home-safe"),
        ("The second theme", "alpha"),
    ]
    beta, home, alpha = found.themes
    assert counts(found, "beta") == {"gap": 2, "accepted gap": 1, "conflicting": 1, "met": 2}
    assert (beta.n, beta.gaps) == (6, 3)
    assert (beta.share.counted, beta.share.of) == (3, 6)
    assert (round(beta.share.low, 3), round(beta.share.high, 3)) == (0.188, 0.812)
    assert counts(found, "home-safe") == {"gap": 2, "due": 1, "not recorded": 1, "met": 2}
    assert home.cases["gap"] == ("a", "b")
    # neither whom it does not apply to nor what could not be judged is in n
    assert counts(found, "alpha") == {"met": 4, "not applicable": 1, "could not be judged": 1}
    assert (alpha.n, alpha.gaps) == (4, 0)
    assert [(each.audit, each.number.id) for each in home.published] == [("Z", "no-minutes")]
    assert (beta.published, beta.is_small) == ((), True)


def test_the_cases_stand_in_the_order_of_their_reasons(rules):
    found = screening_of(COHORT, rules)
    assert [(each.case, each.reasons.words) for each in found.cases] == [
        ("b", "1 immediate gap, 1 disagreement"),
        ("a", "1 immediate gap, 1 other gap"),
        ("c", "1 other gap, 1 due"),
        ("d", "1 not recorded, 1 accepted gap"),
        ("e", "1 could not be judged"),
        ("f", "nothing open"),
    ]
    assert found.cases[0].immediate == ("home-safe",)
    assert [tuple(each.reasons) for each in found.cases] == sorted(
        (tuple(each.reasons) for each in found.cases), reverse=True
    )


def test_cases_with_the_same_reasons_stand_by_id(rules):
    cohort = [marked(each, "gap", "met", "met") for each in ("z", "m", "b")]
    assert [each.case for each in screening_of(cohort, rules).cases] == ["b", "m", "z"]


@pytest.mark.parametrize(
    ("told", "accepted", "mark"),
    [
        ({"gap": ["1"], "could not be judged": ["2"]}, (), "could not be judged"),
        ({"gap": ["1"], "conflicting": ["2"]}, (), "gap"),
        ({"gap": ["1", "2"]}, ("1",), "gap"),
        ({"gap": ["1", "2"]}, ("1", "2"), "accepted gap"),
        ({"gap": ["1"], "conflicting": ["2"], "not recorded": ["3"]}, ("1",), "conflicting"),
        ({"not recorded": ["1"], "due": ["2"]}, (), "not recorded"),
        ({"gap": ["1"], "due": ["2"]}, ("1",), "due"),
        ({"gap": ["1"], "met": ["2"]}, ("1",), "accepted gap"),
        ({"met": ["1"], "not applicable": ["2"]}, (), "met"),
        ({"not applicable": ["1", "2"]}, (), "not applicable"),
    ],
)
def test_a_case_counts_once_by_its_most_telling_verdict(rules, told, accepted, mark):
    case = screened("a", {"alpha": told}, accepted={"alpha": accepted} if accepted else {})
    found = screening_of([case], rules)
    assert found.cases[0].marks == {"alpha": mark}
    assert counts(found, "alpha") == {mark: 1}


def test_what_could_not_be_judged_hides_no_immediate_gap(rules):
    told = {"gap": ["1"], "could not be judged": ["2"]}
    found = screening_of([screened("a", {"home-safe": told})], rules)
    assert found.cases[0].reasons.words == "1 immediate gap, 1 could not be judged"
    assert found.not_judged == 1


def test_queries_are_counted_in_cases(rules):
    cohort = [
        marked("a", "met", "met", "met", queries=("seen-before-birth",)),
        marked("b", "met", "met", "met", unchecked=("seen-before-birth",)),
        marked("c", "met", "met", "met"),
    ]
    (query,) = screening_of(cohort, rules).queries
    assert (query.raised, query.not_judged, query.cases) == (1, 1, ("a",))
    of_one_rule = [screened("a", {"alpha": {"met": ["1"]}})]
    assert screening_of(of_one_rule, rules, rules.rules[:1]).queries == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(rules, chance: random.Random):
    others = [Unread("x.yaml", None, ("x.yaml: it is empty.",)), Left("y", "y.yaml", 2, "no", ())]
    given_so = [*COHORT, *others]
    chance.shuffle(given_so)
    assert screening_of(given_so, rules) == screening_of([*COHORT, *others], rules)


def test_a_case_that_is_there_twice_counts_once(rules):
    once = EachOnce()
    other = marked("a", "gap", "gap", "gap", file="other.jsonl", line=7)
    results = [*once.of([*COHORT, COHORT[0], other])]
    assert results[:-1] == list(COHORT)
    assert results[-1] == Unread(
        "other.jsonl",
        7,
        ("other.jsonl, line 7: id: a case before it has the id a too; this one is left out.",),
    )
    found = screening_of([*COHORT, COHORT[0], other], rules)
    assert (found.number, len(found.unread)) == (6, 1)
    assert found.notes == ("Cases that were there twice, and counted once: 1.",)


def test_lines_count_once_too():
    line = Line("{}", True, "a", "a.jsonl", 1, "0" * 64)
    once = EachOnce()
    assert [*once.of([line, line])] == [line]
    assert once.again == 1


def test_a_line_of_json_cannot_be_counted(rules):
    with pytest.raises(TypeError, match="a line of JSON"):
        CohortTally(rules).add(Line("{}", True, "a", "a.jsonl", 1, "0" * 64))


def test_of_a_large_cohort_only_the_first_cases_are_kept(rules, monkeypatch):
    cohort = [*COHORT, *(marked(f"x{at:03}", "met", "met", "met") for at in range(200))]
    whole = screening_of(cohort, rules, top=3)
    monkeypatch.setattr(module, "MOST_KEPT", 50)
    for turned in range(0, 200, 70):
        found = screening_of([*cohort[turned:], *cohort[:turned]], rules, top=3)
        assert found.cases == whole.cases[:3]
        assert not found.is_whole
        assert [each._replace(cases=None) for each in whole.themes] == list(found.themes)
        assert found.queries[0].cases is None
    assert screening_of(cohort, rules, top=3, keep_all=True).is_whole


def test_an_empty_cohort_and_one_that_cannot_be_read(rules):
    empty = screening_of([], rules)
    assert (empty.number, empty.cases, len(empty.themes)) == (0, (), 3)
    assert all((each.n, each.share) == (0, None) for each in empty.themes)
    unread = Unread("x.yaml", None, ("x.yaml: it is empty.",))
    found = screening_of([unread], rules)
    assert (found.number, found.unread) == (0, (unread,))


def test_the_cases_of_an_audit_are_told_from_those_that_are_not(rules):
    unclear = Left("u", "u.yaml", None, "not recorded", ("What is recorded?",))
    found = screening_of([*COHORT, Left("n", "n.yaml", None, "no", ()), unclear], rules, audit="Z")
    assert (found.audit, found.not_chosen, found.unclear) == ("Z", 1, (unclear,))
    assert found.themes[1].published[0].audit == "Z"
    assert screening_of(COHORT, rules, audit="Y").themes[1].published == ()


@given(st.lists(st.tuples(*[st.sampled_from(MARKS)] * 3), max_size=30), st.integers(2, 6))
def test_a_screening_to_be_passed_on_holds_no_small_number_and_no_case(rules, marks, below):
    cohort = [marked(f"case-{at}", *each) for at, each in enumerate(marks)]
    found = without_small(screening_of(cohort, rules), below)
    assert (found.below, found.cases, found.unread, found.unclear) == (below, (), (), ())
    for each in found.themes:
        assert each.cases is None
        shown = [number for number in each.counts.values() if number is not None]
        assert not any(0 < number < below for number in shown)
        assert len(shown) != len(each.counts) - 1
        if each.is_cut:
            assert each.share is None
        # what n tells is the sum of what stands there, or is left out in two places at least
        if each.n is not None:
            outside = ("not applicable", "could not be judged")
            assert each.n == found.number - sum(each.counts[mark] for mark in outside)


def test_small_numbers_of_cases_not_chosen_and_queries_are_left_out_too(rules):
    cohort = [marked(f"case-{at}", "met", "met", "met") for at in range(10)]
    cohort[0] = cohort[0]._replace(queries=("seen-before-birth",))
    left = Left("n", "n.yaml", None, "no", ())
    unclear = Left("u", "u.yaml", None, "disputed", ("Who says what.",))
    found = without_small(screening_of([*cohort, left, unclear], rules, audit="Z"), 5)
    assert found.not_chosen is None
    assert "not clear" in found.notes[-1]
    (query,) = found.queries
    assert (query.raised, query.cases) == (None, None)
