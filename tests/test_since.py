import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.review import Reviewer
from checklist.rule import VERDICT_NAMES
from checklist.since import Point, since
from checklist.verdict import Verdict
from tests.conftest import case_of

BEFORE, AFTER = datetime.date(2021, 3, 1), datetime.date(2021, 6, 1)

CASE = """\
children:
  - {id: baby, born: 2020-11-01}
meetings:
  - {id: over, kind: strategy, date: 2021-01-08, invited: [police]}
  - {id: ahead, kind: strategy, date: 2021-05-03, invited: [police]}
  - id: asked
    kind: strategy
    date: 2021-01-20
    invited: {value: [gp], agency: childrens_social_care, date: 2021-04-01}
  - {id: silent, kind: strategy, date: 2021-01-28}
  - {id: kept, kind: strategy, date: 2021-02-01, invited: [gp]}
  - id: put-right
    kind: strategy
    date: 2021-02-02
    invited:
      - {value: [police], agency: childrens_social_care, date: 2021-02-02}
      - {value: [police, gp], agency: childrens_social_care, date: 2021-04-02}
  - id: disputed
    kind: strategy
    date: 2021-02-03
    invited:
      - {value: [gp], agency: childrens_social_care, date: 2021-02-03}
      - {value: [police], agency: police, date: 2021-04-02}
"""
RULE = {"expects": "{invited: {includes: gp}}", "kind": "meeting", "by": "date"}


@pytest.fixture
def found(rule_of):
    reviewer = Reviewer(rule_of(**RULE))
    case = case_of(CASE)
    return since(reviewer.review(case, BEFORE), reviewer.review(case, AFTER))


def ids(points):
    return [each.subject.id for each in points]


def test_what_is_new_still_open_and_closed(found):
    assert ids(found.new) == ["ahead", "disputed"]
    assert ids(found.open) == ["over", "silent"]
    assert ids(found.closed) == ["asked", "put-right"]
    assert (found.met, found.unclear) == (1, ())


def test_a_gap_whose_day_has_passed_since_is_new_though_it_was_due(found):
    (ahead,) = [each for each in found.new if each.subject.id == "ahead"]
    assert (ahead.was.name, ahead.now.name, ahead.step) == ("due", "gap", "worse")
    assert not ahead.due_since


def test_silence_that_was_filled_is_told(found):
    assert [each.subject.id for each in found.points if each.silence_filled] == ["asked"]


def test_what_could_not_be_judged_says_nothing_of_a_change(rule_of, library_fails):
    reviewer = Reviewer(rule_of(**RULE))
    before = reviewer.review(case_of(CASE), BEFORE)
    library_fails(lambda *_: True)
    after = Reviewer(rule_of(**RULE)).review(case_of(CASE), AFTER)
    assert all(each.name == "could not be judged" for each in after.verdicts)
    found = since(before, after)
    assert len(found.unclear) == 7
    assert (found.new, found.open, found.closed) == ((), (), ())


def verdict(name):
    return name and Verdict(None, None, name, None)


NAMES = st.sampled_from([None, *VERDICT_NAMES])
TURNED = {
    "new": "closed",
    "closed": "new",
    "worse": "better",
    "better": "worse",
    "same": "same",
    "not judged": "not judged",
    None: None,
}


@given(was=NAMES, now=NAMES)
def test_swapping_the_days_swaps_new_and_closed(was, now):
    if was is None and now is None:
        return
    there = Point(verdict(was), verdict(now))
    back = Point(verdict(now), verdict(was))
    assert back.step == TURNED[there.step]


@given(name=st.sampled_from(VERDICT_NAMES))
def test_a_point_beside_itself_is_neither_new_nor_closed(name):
    same = verdict(name)
    assert Point(same, same).step in ("same", "not judged", None)
    assert not Point(same, same).silence_filled
    assert not Point(same, same).due_since


def test_the_days_turned_round_turn_what_is_new_and_what_is_closed(rule_of):
    reviewer = Reviewer(rule_of(**RULE))
    before, after = (reviewer.review(case_of(CASE), day) for day in (BEFORE, AFTER))
    there, back = since(before, after), since(after, before)
    newly = {each.subject.id for each in back.new if each.step == "new"}
    assert newly == set(ids(there.closed)) == {"asked", "put-right"}
    assert set(ids(back.closed)) == {each.subject.id for each in there.new if each.step == "new"}


def test_a_case_on_the_same_day_has_no_change(rule_of):
    reviewer = Reviewer(rule_of(**RULE))
    review = reviewer.review(case_of(CASE), AFTER)
    found = since(review, review)
    assert (found.new, found.closed, found.unclear) == ((), (), ())
    assert len(found.open) == 4
