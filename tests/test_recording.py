"""How what verdicts ask for is recorded: the path in the case, and a line for the file."""

import datetime

import pytest

from checklist.recording import Record, Recorder, merged
from checklist.subjects import CaseSubjects
from checklist.verdict import Because, Missing, Needed, Target
from tests.conftest import DAY, case_of

CASE = """
children:
  - {id: baby, mother: ann, father: bob}
adults: [{id: ann, relation: mother}, {id: bob, relation: father}]
meetings:
  - {id: past, kind: strategy, date: 2021-01-08, invited: [police]}
  - {id: ahead, kind: core_group, date: 2021-07-01}
contacts: [{id: visit, date: 2021-02-01}]
"""


@pytest.fixture
def subjects():
    return CaseSubjects(case_of(CASE), DAY)


@pytest.fixture
def recorder(subjects):
    return Recorder(subjects)


def named(subjects, name):
    for kind in ("child", "adult", "meeting", "case"):
        for subject in subjects.of_kind(kind):
            if subject.id == name:
                return subject.named
    raise AssertionError(name)


def lines(records):
    return [f"{each.field}: {each.value}" for each in records]


@pytest.mark.parametrize(
    ("about", "path", "expected"),
    [
        ("baby", "father.spoken_to", "adults[bob].spoken_to"),
        ("baby", "mother.partner.spoken_to", "adults[ann].partner.spoken_to"),
        ("baby", "born", "children[baby].born"),
        ("baby", "next_conference", "next_conference"),
        ("baby", "meetings[past].kind", "meetings[past].kind"),
        ("baby", "meetings[gone].kind", "meetings[gone].kind"),
        ("baby", "father[bob].assessed", "adults[bob].assessed"),
        ("past", "kind", "meetings[past].kind"),
        ("a-case", "concerns", "concerns"),
        ("a-case", "not_a_field", "not_a_field"),
    ],
)
def test_a_path_leads_to_where_it_stands_in_the_case(recorder, subjects, about, path, expected):
    (record,) = recorder.done("a-rule", named(subjects, about), ((Needed(path, "x", "x"),),))
    assert record.field == expected


def test_what_is_in_a_list_already_stays_in_it(recorder, subjects):
    needed = Needed("invited", "includes GP", "[gp, ...]")
    assert lines(recorder.done("r", named(subjects, "past"), ((needed,),))) == [
        "meetings[past].invited: [police, gp]"
    ]
    assert lines(recorder.done("r", named(subjects, "ahead"), ((needed,),))) == [
        "meetings[ahead].invited: [gp]"
    ]


def test_this_subject_is_named_and_another_left_open(recorder, subjects):
    needed = Needed("contacts[visit].seen", "includes this child", "[this_child, ...]")
    assert lines(recorder.done("r", named(subjects, "baby"), ((needed,),))) == [
        "contacts[visit].seen: [baby]"
    ]
    assert lines(recorder.done("r", named(subjects, "ann"), ((needed,),))) == [
        "contacts[visit].seen: [...]"
    ]


def test_something_new_is_preferred_to_changing_what_is_over(recorder, subjects):
    changed = (Needed("contacts[visit].seen", "includes this child", "[this_child, ...]"),)
    new = (Needed("contacts", "has one where it is so", "{seen: [this_child, ...]}"),)
    assert recorder.done("r", named(subjects, "baby"), (changed, new)) == (
        Record(
            "contacts", "one more of the contacts", "where it is so", "{seen: [baby, ...]}", True
        ),
    )
    other_day = (Needed("date", "after 1 Jan", "YYYY-MM-DD"),)
    minutes = (Needed("minutes_sent_to", "includes GP", "[gp, ...]"),)
    about = named(subjects, "past")
    assert lines(recorder.done("r", about, (other_day, minutes))) == [
        "meetings[past].minutes_sent_to: [gp]"
    ]


def test_what_can_be_shown_is_preferred_to_what_cannot(recorder, subjects):
    fewer = (Needed("invited", "not includes police"),)
    sent = (Needed("minutes_sent_to", "includes police", "[police, ...]"),)
    assert lines(recorder.done("r", named(subjects, "past"), (fewer, sent))) == [
        "meetings[past].minutes_sent_to: [police]"
    ]
    assert recorder.done("r", named(subjects, "past"), ()) == ()


def test_a_judgement_has_a_line_of_its_own(recorder, subjects):
    needed = Needed("judgement/a-rule", "yes", "yes")
    (record,) = recorder.done("a-rule", named(subjects, "baby"), ((needed,),))
    assert (record.field, record.adds) == ("judgements", True)
    assert record.value == (
        "{rule: a-rule, subject: baby, answer: yes or no, reason: ..., role: ..., date: YYYY-MM-DD}"
    )
    missing = Missing("judgement/a-rule", "Was it?", Target("a-case", "judgement/a-rule"))
    assert recorder.answer(missing, "a-rule").value == (
        "{rule: a-rule, answer: yes or no, reason: ..., role: ..., date: YYYY-MM-DD}"
    )


def test_an_answer_stands_in_its_field_or_as_a_member_of_its_list(recorder):
    spoken = Missing("father.spoken_to", "Was he?", Target("bob", "spoken_to"))
    assert recorder.answer(spoken, "r") == Record(
        "adults[bob].spoken_to",
        "whether a worker spoke to them, and not only about them",
        "",
        "yes or no",
    )
    tools = Missing("tools", "Which?", Target("a-case", "tools"))
    assert recorder.answer(tools, "r") == Record(
        "tools", "the tools that there are, or [] for none", "", "{...}", True
    )


def test_what_is_agreed_carries_day_role_and_reason(recorder, subjects):
    because = [
        Because("father.assessed", "assessed", value, "code", agency=agency)
        for value, agency in (("yes", "gp"), ("no", "police"))
    ]
    assert lines(recorder.settled(named(subjects, "baby"), because)) == [
        "adults[bob].assessed: {value: ..., agreed: {date: YYYY-MM-DD, role: ..., reason: ...}}"
    ]


def test_an_acceptance_names_rule_and_subject(recorder):
    assert recorder.acceptance("r", "past").value == (
        "{rule: r, subject: past, reason: ..., role: ..., review: YYYY-MM-DD, date: YYYY-MM-DD}"
    )
    assert "subject" not in recorder.acceptance("r", "a-case").value


def test_nothing_depends_on_the_day_for_an_event_without_one():
    subjects = CaseSubjects(case_of("meetings: [{id: m}]"), datetime.date(2021, 1, 1))
    (meeting,) = subjects.of_kind("meeting")
    needed = ((Needed("date", "before 1 Feb", "YYYY-MM-DD"),),)
    assert lines(Recorder(subjects).done("r", meeting.named, needed)) == [
        "meetings[m].date: YYYY-MM-DD"
    ]


def test_a_new_agency_is_named_by_its_id(recorder, subjects):
    needed = Needed("agencies", "has one where it is so", "{agency: housing, involved: yes}")
    assert lines(recorder.done("r", named(subjects, "baby"), ((needed,),))) == [
        "agencies: {id: housing, involved: yes}"
    ]


def test_lists_for_one_field_are_one_line_and_nothing_is_said_twice():
    one, other = (Record("x.seen", "seen", "includes", value) for value in ("[a, b]", "[a, c]"))
    plain = Record("x.state", "state", "done", "done")
    added = Record("tools", "one more", "", "{tool: dash}", True)
    assert merged([one, plain, other, added, plain]) == (
        one._replace(value="[a, b, c]"),
        plain,
        added,
    )
