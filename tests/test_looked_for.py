import datetime

import pytest

from checklist.errors import BadInput
from checklist.verdict import Looked
from tests.conftest import case_of

RECORD = """
children: [{id: baby, mother: mum, father: dad}]
adults: [{id: mum}, {id: dad}]
meetings: [{kind: strategy, date: 2021-05-03}]
agencies: [{id: gp}]
looked_for: [%s]
"""


def looked(field, where="child's file", date="2021-05-10"):
    return f'{{field: "{field}", where: {where}, date: {date}}}'


def missing_in(review):
    return {(each.subject.id, missing.field): missing.looked_for
            for each in review.verdicts for missing in each.missing}  # fmt: skip


FILE = Looked("child's file", datetime.date(2021, 5, 10))


@pytest.mark.parametrize(
    ("field", "expects", "kind", "at"),
    [
        ("adults[dad].assessed", "{assessed: yes}", "adult", ("dad", "assessed")),
        ("adults[dad].assessed", "{father.assessed: yes}", "child", ("baby", "father.assessed")),
        ("family_members[dad].first_language", "{first_language: Urdu}", "adult",
         ("dad", "first_language")),
        ("meetings[strategy-2021-05-03].invited", "{invited: {includes: gp}}", "meeting",
         ("strategy-2021-05-03", "invited")),
        ("couples[dad-and-mum].started", "{started: {before: as_of}}", "couple",
         ("dad-and-mum", "started")),
        ("chronology", "{chronology: yes}", "case", ("a-case", "chronology")),
        ("plans", "{some: {plans: {kind: early_help}}}", "case", ("a-case", "plans")),
        ("plans", "{kind: early_help}", "plan", ("a-case", "plans")),
    ],
)  # fmt: skip
def test_what_is_missing_says_where_it_was_looked_for(review_of, field, expects, kind, at):
    found = missing_in(review_of(RECORD % looked(field), expects, kind=kind))
    assert found.pop(at) == (FILE,)
    assert not any(found.values())


def test_every_place_counts_once_and_none_before_its_day(review_of):
    entries = [
        looked("adults[dad].assessed"),
        looked("adults[dad].assessed"),
        looked("adults[dad].assessed", "GP letter", "2021-06-01"),
        looked("adults[dad].assessed", "the archive", "2021-06-02"),
        looked("adults[mum].spoken_to"),
    ]
    found = missing_in(review_of(RECORD % ", ".join(entries), "{assessed: yes}", kind="adult"))
    letter = Looked("GP letter", datetime.date(2021, 6, 1))
    assert found == {("mum", "assessed"): (), ("dad", "assessed"): (FILE, letter)}


def test_what_was_recorded_since_is_no_longer_missing(review_of):
    case = f"adults: [{{id: dad, assessed: no}}]\nlooked_for: [{looked('adults[dad].assessed')}]"
    review = review_of(case, "{assessed: yes}", kind="adult")
    assert [each.name for each in review.verdicts] == ["gap"]
    assert missing_in(review) == {}


def test_an_id_made_of_the_day_is_known_by_the_day_it_was_looked_for():
    said = "[{value: 2021-05-03, agency: gp}, {value: 2021-05-04, agency: gp, date: 2021-05-20}]"
    for of, on in (("2021-05-03", "2021-05-10"), ("2021-05-04", "2021-05-20")):
        entry = looked(f"meetings[strategy-{of}].invited", date=on)
        assert case_of(f"meetings: [{{kind: strategy, date: {said}}}]\nlooked_for: [{entry}]")


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("adlts[dad].assessed", "there is no list adlts (did you mean adults?)"),
        ("adults[dda].assessed",
         "there is no dda among the adults (did you mean dad?); there are mum, dad"),
        ("plans[plan-1].kind", "there is no plan-1 among the plans; the record lists none"),
        ("adults[dad].asessed",
         "there is no field asessed in adults (did you mean assessed?)"),
        ("adults[dad].partner.assessed",
         "partner.assessed goes through somebody else; name them, such as adults[ID].assessed"),
        ("chronolgy",
         "chronolgy is neither a field of the case nor one of its lists (did you mean chronology?)"
         "; what is said of somebody is written as adults[ID].assessed"),
        ("father.assessed",
         "father.assessed is neither a field of the case nor one of its lists; "
         "what is said of somebody is written as adults[ID].assessed"),
        ("family_members",
         "family_members is neither a field of the case nor one of its lists; "
         "what is said of somebody is written as adults[ID].assessed"),
        ("id",
         "id is neither a field of the case nor one of its lists; "
         "what is said of somebody is written as adults[ID].assessed"),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_refused(field, problem):
    with pytest.raises(BadInput) as raised:
        case_of(RECORD % looked(field))
    (fault,) = raised.value.faults
    assert (fault.problem, fault.field, fault.line) == (problem, "field (looked_for, item 1)", 6)


def test_a_field_with_nothing_like_it_is_refused_with_those_there_are():
    with pytest.raises(BadInput, match=r"no field xyz in agencies; the fields are .*information"):
        case_of(RECORD % looked("agencies[gp].xyz"))
