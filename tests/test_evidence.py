"""What a record holds for a condition, before anything is decided."""

import datetime

import pytest

from checklist.conditions import ALWAYS, Atom
from checklist.content import last_days, reader
from checklist.errors import BadInput
from checklist.evidence import deadlines, gather, moments
from checklist.subjects import CaseSubjects
from tests.conftest import DAY, case_of


@pytest.fixture
def evidence(rule_of):
    """Return a function from a condition and a case to the evidence for each of its subjects."""

    def find(case: str, expects: str, kind: str = "case", terms: str = ""):
        (rule,) = rule_of(expects, kind=kind, terms=terms).rules
        subjects = CaseSubjects(case_of(case), DAY).of_kind(kind)
        return [gather(rule.expects, subject) for subject in subjects]

    return find


def contents(whole):
    """Return what the engine is to see of each leaf of a tree."""
    return [
        reader(each.condition)(tuple(value.value for value in each.values), each.scope)
        for each in inside(whole)
        if isinstance(each.condition, Atom)
    ]


def inside(evidence):
    yield evidence
    for part in evidence.parts:
        yield from inside(part)


FAMILY = """
    children: [{id: baby, father: [{value: one, agency: gp}, {value: two, agency: police}]}]
    adults: [{id: one, assessed: yes}, {id: two, assessed: no}]
    tools: [{tool: gcp2}]
"""
TERM = """
- term: in_a_plan
  for_each: family_member
  meaning: For tests.
  yes_when: {some: {plans: {children: {includes: this_family_member}}}}
  examples:
    - {given: {}, says: yes}
    - {given: {}, says: no}
    - {given: {}, says: not recorded}
"""
EXPECTS = (
    "{any: [{father.assessed: yes}, {not: {in_a_plan: yes}}, {some: {tools: {tool: gcp2}}}, "
    "{case.concerns: {includes: neglect}}]}"
)


def test_beside_tests_of_fields_only_a_step_to_a_person_holds_values(evidence):
    (whole,) = evidence(FAMILY, EXPECTS, "child", TERM)
    outer = [each for each in inside(whole) if not isinstance(each.condition, Atom)]
    (step,) = (each for each in outer if getattr(each.condition, "step", "") == "father")
    assert [each.values for each in outer if each is not step] == [()] * (len(outer) - 1)
    assert [(each.value, each.agency) for each in step.values] == [("one", "gp"), ("two", "police")]
    assert [part.subject.id for part in step.parts] == ["one", "two"]


PLANS = """
    children: [{id: baby, father: dad}, {id: sister, father: dad}]
    adults: [{id: dad}]
    plans: [{id: plan, children: [baby]}]
"""


def test_through_a_step_this_child_is_still_the_child_around_it(evidence):
    expects = "{father: {some: {plans: {children: {includes: this_child}}}}}"
    assert [contents(whole) for whole in evidence(PLANS, expects, "child")] == [
        [((1,),)],
        [((0,),)],
    ]


def test_the_innermost_of_a_kind_is_this_one(evidence):
    expects = "{every: {children: {some: {plans: {children: {includes: this_child}}}}}}"
    (_, sister) = evidence(PLANS, expects, "child")
    assert contents(sister) == [((1,),), ((0,),)]


def test_in_a_list_of_its_own_kind_this_one_is_the_one_around_the_list(verdicts):
    meetings = "meetings: [{id: one, date: 2021-03-01}, {id: two, date: 2021-03-04}]"
    expects = "{some: {meetings: {date: {after: this_meeting.date}}}}"
    assert verdicts(meetings, expects, kind="meeting") == {"one": "met", "two": "gap"}


def test_a_day_is_looked_up_of_the_person_that_steps_lead_to_from_where_the_test_stands(verdicts):
    case = (
        "adults: [{id: mum, born: 1980-01-01}, {id: dad, born: 1990-01-01}]\n"
        "children:\n"
        "  - {id: boy, father: dad, mother: mum, born: 1985-01-01}\n"
        "meetings: [{id: one, date: 1985-01-01}]"
    )
    after = "{{some: {{meetings: {{date: {{after: this_child.{0}.born}}}}}}}}"
    assert verdicts(case, after.format("mother"), kind="child") == {"boy": "met"}
    assert verdicts(case, after.format("father"), kind="child") == {"boy": "gap"}
    expects = "{some: {children: {born: {after: mother.born}}}}"
    assert verdicts(case, expects, kind="adult") == {"mum": "met", "dad": "met"}


def test_a_term_about_family_members_looks_at_a_child_as_one_of_them(verdicts):
    assert verdicts(PLANS, "{in_a_plan: yes}", kind="child", terms=TERM) == {
        "baby": "met",
        "sister": "gap",
    }
    over = "{some: {children: {in_a_plan: yes}}}"
    assert verdicts(PLANS, over, kind="adult", terms=TERM) == {"dad": "met"}


def test_what_the_engine_sees_holds_no_repeats_and_no_order(evidence):
    def seen(*kinds):
        said = [f"{{value: {kind}, agency: {by}}}" for kind, by in kinds]
        (whole,) = evidence(
            f"meetings: [{{kind: [{', '.join(said)}]}}]", "{kind: marac}", "meeting"
        )
        return contents(whole)[0]

    one = seen(("strategy", "gp"), ("core_group", "police"))
    assert one == ("core_group", "strategy")
    assert seen(("core_group", "gp"), ("strategy", "police"), ("core_group", "school")) == one


def test_the_moments_of_a_test_are_the_days_it_looks_at(rule_of):
    case = case_of("meetings: [{date: 2021-02-03}]\nnext_conference: 2021-07-01")
    (meeting,) = CaseSubjects(case, DAY).of_kind("meeting")

    def of(test):
        (rule,) = rule_of(f"{{date: {test}}}", kind="meeting").rules
        return [moment.value for moment in moments(rule.expects, (meeting,))]

    assert of("{before: as_of}") == [DAY]
    assert of("{before: 2021-02-05}") == [datetime.date(2021, 2, 5)]
    assert of("{within: {days: 3, of: case.next_conference}}") == [datetime.date(2021, 7, 1)]
    assert of("2021-02-03") == []


def test_a_deadline_is_counted_from_each_recorded_day_and_keeps_who_said_it(rule_of):
    said = "[{value: 2021-01-31, agency: gp}, {value: 2021-02-10, agency: police}]"
    (meeting,) = CaseSubjects(case_of(f"meetings: [{{date: {said}}}]"), DAY).of_kind("meeting")

    def of(by):
        (rule,) = rule_of("{invited: {includes: gp}}", kind="meeting", by=by).rules
        found = deadlines(rule.by, meeting)
        assert [each.value for each in found] == [*last_days(rule.by)((meeting,))]
        return [(each.value.isoformat(), each.agency) for each in found]

    assert of("date") == [("2021-01-31", "gp"), ("2021-02-10", "police")]
    assert of("{months: 1, after: date}") == [("2021-02-28", "gp"), ("2021-03-10", "police")]
    assert of("{weeks: 1, before: date}") == [("2021-01-24", "gp"), ("2021-02-03", "police")]


def test_a_deadline_that_cannot_be_counted_is_told_with_the_field_it_is_counted_from(rule_of):
    said = "meetings: [{id: one, date: 2100-12-31}]\nnext_conference: 2100-12-31"
    family = CaseSubjects(case_of(said), DAY)
    expects = {"meeting": "{kind: strategy}", "case": "{chronology: yes}"}

    def of(after, subject, kind):
        by = f"{{working_days: 3, after: {after}}}"
        (rule,) = rule_of(expects[kind], kind=kind, by=by).rules
        for find in (lambda: deadlines(rule.by, subject), lambda: last_days(rule.by)((subject,))):
            with pytest.raises(BadInput) as caught:
                find()
            yield [fault.field for fault in caught.value.faults]

    (meeting,) = family.of_kind("meeting")
    assert [*of("date", meeting, "meeting")] == [["meetings[one].date"]] * 2
    assert [*of("case.next_conference", meeting, "meeting")] == (
        [["meetings[one].case.next_conference"]] * 2
    )
    assert [*of("next_conference", family.whole, "case")] == [["next_conference"]] * 2


def test_whom_lists_of_several_agencies_hold_is_seen_of_each(verdicts):
    seen = "[{value: [baby], agency: gp}, {value: [sister], agency: police}]"
    case = f"children: [{{id: baby}}, {{id: sister}}, {{id: boy}}]\ncontacts: [{{seen: {seen}}}]"
    expects = "{some: {contacts: {seen: {includes: this_child}}}}"
    assert verdicts(case, expects, kind="child") == {
        "baby": "conflicting",
        "sister": "conflicting",
        "boy": "gap",
    }


def test_the_condition_of_a_rule_that_always_applies_asks_nothing():
    subject = CaseSubjects(case_of("id: x"), DAY).whole
    assert gather(ALWAYS, subject) == (ALWAYS, (subject,), (), (), False)
