import datetime
import json
from collections import Counter
from statistics import median

import pytest

from checklist.case_file import case_from
from checklist.generate.cohort import AS_OF, FIRST_DAY, LAST_DAY, Maker
from checklist.generate.saying import TENTH
from checklist.generate.shapes import CHOSEN_SHARE, EVERY_KIND, LIKE
from checklist.published import rules_to_judge
from checklist.review import Reviewer
from checklist.rule import VERDICT_NAMES
from checklist.vocabulary import subject_kinds

CASES = 150
"""How many are judged by all rules, which takes a second for every four."""


def maker(rulebook, seed=1, cohort=EVERY_KIND, **options):
    return Maker(rulebook.rules, seed, cohort, **options)


def cases(count, *arguments, **options):
    return [json.loads(line) for line in maker(*arguments, **options).lines(count)]


def fields_of(case):
    """Yield the kind of subject, the field's name and what the case says of it, field by field."""
    for kind in subject_kinds().values():
        if kind.name == "family_member":
            continue
        subjects = [each for key in kind.listed_under for each in case.get(key, ())] or []
        for subject in subjects if kind.listed_under else [case]:
            for name in kind.fields:
                if name in subject:
                    yield kind.name, name, subject[name]


def in_two_ways(said):
    return isinstance(said, list) and len(said) > 1 and isinstance(said[0], dict)


def test_a_case_hangs_on_its_seed_and_number_alone(standard_rulebook):
    lines = list(maker(standard_rulebook).lines(30))
    assert list(maker(standard_rulebook).lines(10)) == lines[:10]
    assert len(set(lines)) == 30
    assert list(maker(standard_rulebook, seed=2).lines(10)) != lines[:10]


def test_each_case_says_that_it_is_made_up(standard_rulebook):
    made = cases(12, standard_rulebook, seed=7, as_of=datetime.date(2023, 6, 1))
    assert [each["id"] for each in made] == [f"synthetic-{number:06d}" for number in range(1, 13)]
    expected = "Synthetic: made up by a program (seed 7), and about nobody."
    assert {each["about"] for each in made} == {expected}
    assert {each["as_of"] for each in made} == {"2023-06-01"}
    assert not any("audit" in each for each in made)  # no audit looked at these


@pytest.mark.parametrize("day", [AS_OF, FIRST_DAY, LAST_DAY, datetime.date(2024, 2, 29)])
@pytest.mark.parametrize("cohort", [None, *LIKE])
def test_every_case_can_be_read(standard_rulebook, cohort, day):
    cohort = EVERY_KIND if cohort is None else LIKE[cohort]
    for each in cases(40, standard_rulebook, 3, cohort, as_of=day, disagreement=0.2):
        assert case_from(each).as_of == day


def test_agencies_do_not_see_a_concern_in_two_ways_as_if_it_were_an_agency(standard_rulebook):
    # in this case the first of the concerns is housing, which is an agency too
    said = maker(standard_rulebook).case(11_319)
    assert in_two_ways(said["concerns"])
    assert said["concerns"][0]["value"][0] == "housing"
    assert case_from(said).id == "synthetic-011319"


def test_every_verdict_is_reached_and_nearly_every_rule_met_and_a_gap(standard_rulebook):
    reviewer = Reviewer(standard_rulebook)
    made = [case_from(each) for each in cases(CASES, standard_rulebook)]
    reviews = [reviewer.review(case, case.as_of) for case in made]
    verdicts = [verdict for review in reviews for verdict in review.verdicts]
    rules_with = {name: set() for name in VERDICT_NAMES}
    for verdict in verdicts:
        rules_with[verdict.name].add(verdict.rule.id)
    assert not rules_with.pop("could not be judged")
    assert all(rules_with.values())
    rules = len(standard_rulebook.rules)
    assert len(rules_with["met"]) >= 0.97 * rules
    assert len(rules_with["gap"]) >= 0.94 * rules
    assert len(rules_with["not recorded"]) >= 0.97 * rules
    assert len(rules_with["conflicting"]) > 0.5 * rules
    del rules_with["not applicable"]
    assert len(set().union(*rules_with.values())) == rules
    # what is accepted is mostly a gap, and some of it has to be looked at again
    accepted = sum(len(case.accepted) for case in made)
    beside = sum("accepts nothing" in note for review in reviews for note in review.notes)
    assert accepted > 10
    assert beside < 0.25 * accepted
    assert any(verdict.accepted for verdict in verdicts)
    assert any(verdict.lapsed for verdict in verdicts)
    assert sum(len(case.judgements) for case in made) > CASES


def test_a_story_told_whole_and_by_one_agency_hangs_together(standard_rulebook):
    queries = Reviewer(standard_rulebook, [])
    raised = []
    for each in cases(250, standard_rulebook, silence=0, disagreement=0):
        case = case_from(each)
        found = queries.review(case, case.as_of)
        raised += [(case.id, query.message) for query in found.queries if query.state == "raised"]
    assert raised == []


def test_every_field_of_the_record_is_said_somewhere(standard_rulebook):
    said = {
        (kind, name)
        for each in cases(300, standard_rulebook, disagreement=0, silence=0)
        for kind, name, _ in fields_of(each)
    }
    fields = {
        (kind.name, name)
        for kind in subject_kinds().values()
        if kind.name != "family_member"
        for name, field in kind.fields.items()
        if "worked out" not in field.description
    }
    assert fields - said == set()


def test_the_share_of_silence_is_left_out_of_the_same_stories(standard_rulebook):
    options = {"disagreement": 0}
    whole = cases(60, standard_rulebook, silence=0, **options)
    silent = cases(60, standard_rulebook, silence=0.4, **options)
    told, left = Counter(), Counter()
    for one, other in zip(whole, silent, strict=True):
        assert [each["id"] for each in one["children"]] == [
            each["id"] for each in other["children"]
        ]
        for each, count in ((one, told), (other, left)):
            count.update(name in TENTH for _, name, _ in fields_of(each))
    assert left[False] / told[False] == pytest.approx(0.6, abs=0.02)
    assert left[True] / told[True] == pytest.approx(0.96, abs=0.01)


def test_everything_can_be_silent(standard_rulebook):
    for each in cases(5, standard_rulebook, silence=1):
        assert "concerns" not in each
        assert case_from(each).as_of == AS_OF


def test_the_share_of_disagreement_is_what_two_agencies_said(standard_rulebook):
    texts = {
        (kind.name, name)
        for kind in subject_kinds().values()
        for name, field in kind.fields.items()
        if field.kind == "text"
    }
    said, disagreed, settled = 0, 0, 0
    for each in cases(60, standard_rulebook, disagreement=0.3):
        for kind, name, words in fields_of(each):
            if name in TENTH or (kind, name) in texts:
                continue
            said += 1
            if in_two_ways(words):
                disagreed += 1
                settled += "agreed" in words[-1]
                first, second = words[:2]
                assert first["value"] != second["value"]
                assert first["agency"] != second["agency"]
                assert all(word["where"] and word["date"] <= each["as_of"] for word in words[:2])
    assert disagreed / said == pytest.approx(0.3, abs=0.02)
    assert settled / disagreed == pytest.approx(0.2, abs=0.04)


def test_without_disagreement_there_is_none(standard_rulebook):
    for each in cases(40, standard_rulebook, disagreement=0):
        assert not any(in_two_ways(words) for _, _, words in fields_of(each))


def test_a_case_is_about_as_long_as_a_reconstructed_one(standard_rulebook):
    lengths = [len(line) for line in maker(standard_rulebook).lines(200)]
    assert 12_000 < median(lengths) < 20_000
    assert min(lengths) > 2_500
    assert max(lengths) < 40_000


def test_cases_are_those_of_several_authorities(standard_rulebook):
    counted = Counter(each["authority"] for each in cases(200, standard_rulebook))
    assert len(counted) == 4
    assert min(counted.values()) > 20


def test_there_is_a_cohort_like_each_audit(standard_rulebook):
    assert list(LIKE) == sorted(audit.id for audit in standard_rulebook.audits)


@pytest.mark.parametrize("audit", LIKE)
def test_the_stated_share_is_what_the_audit_would_have_chosen(standard_rulebook, audit):
    rule, *_ = rules_to_judge(standard_rulebook, [audit])
    reviewer = Reviewer(standard_rulebook, [rule])
    made = cases(250, standard_rulebook, 1, LIKE[audit])
    chosen = 0
    for each in made:
        case = case_from(each)
        (verdict,) = reviewer.review(case, AS_OF).verdicts
        chosen += verdict.name == "met"
    assert chosen / len(made) == pytest.approx(CHOSEN_SHARE, abs=0.05)


def test_half_of_those_heard_at_marac_were_heard_before(standard_rulebook):
    heard = [
        [each for each in case["meetings"] if each.get("kind") == "marac"]
        for case in cases(300, standard_rulebook, 1, LIKE["B"])
    ]
    again = sum(len(meetings) > 1 for meetings in heard) / len(heard)
    assert again == pytest.approx(0.5, abs=0.08)
