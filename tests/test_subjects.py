import datetime

import pytest

from checklist.subjects import CaseSubjects
from tests.conftest import case_of


def on(day, text):
    return CaseSubjects(case_of(text), datetime.date.fromisoformat(day))


def values(subject, field):
    return [value.value for value in subject.values(field)]


FAMILY = """
children:
  - {id: baby, born: 2020-03-10, mother: mother, father: father}
adults:
  - {id: mother, born: 1999-08-01}
  - {id: father, born: 1990-08-02}
"""


def test_what_was_recorded_later_does_not_count():
    case = "concerns: [{value: [neglect], agency: gp, date: 2021-02-03}]"
    assert values(on("2021-02-02", case).whole, "concerns") == []
    assert values(on("2021-02-03", case).whole, "concerns") == [{"neglect"}]


def test_plain_values_take_the_source_beside_them_or_that_of_the_case():
    subjects = on(
        "2021-06-01",
        """
        source: {agency: childrens_social_care, where: the file}
        meetings:
          - {id: one, kind: strategy}
          - {id: two, kind: strategy, source: {agency: gp, where: a letter}}
          - {id: three, kind: {value: strategy, agency: police}}
          - {id: four, kind: {value: strategy, where: minutes}}
        """,
    )
    said = {each.id: each.values("kind")[0] for each in subjects.of_kind("meeting")}
    assert (said["one"].agency, said["one"].where) == ("childrens_social_care", "the file")
    assert (said["two"].agency, said["two"].where) == ("gp", "a letter")
    assert (said["three"].agency, said["three"].where) == ("police", None)
    assert (said["four"].agency, said["four"].where) == ("childrens_social_care", "minutes")


def test_a_source_with_a_date_counts_from_that_date_on():
    case = """
        source: {agency: gp, date: 2021-02-03}
        concerns: [neglect]
    """
    assert values(on("2021-02-02", case).whole, "concerns") == []
    assert values(on("2021-02-03", case).whole, "concerns") == [{"neglect"}]


def test_an_event_ahead_is_a_plan_what_was_done_about_it_counts_what_came_of_it_does_not():
    case = (
        "meetings: [{date: 2021-06-02, invited: [gp], attended: [gp], minutes_sent_to: [gp], "
        "section_47: yes}]"
    )
    (ahead,) = on("2021-06-01", case).of_kind("meeting")
    assert values(ahead, "invited") == [{"gp"}]
    assert values(ahead, "attended") == []
    assert values(ahead, "minutes_sent_to") == []
    assert values(ahead, "section_47") == []
    (held,) = on("2021-06-02", case).of_kind("meeting")
    assert values(held, "attended") == [{"gp"}]


def test_an_event_whose_day_the_agencies_dispute_is_ahead_only_if_all_days_are():
    said = "[{value: 2021-05-30, agency: gp}, {value: 2021-07-01, agency: police}]"
    (meeting,) = on("2021-06-01", f"meetings: [{{date: {said}, attended: [gp]}}]").of_kind(
        "meeting"
    )
    assert values(meeting, "attended") == [{"gp"}]


@pytest.mark.parametrize(
    ("day", "age", "unborn"),
    [
        ("2020-03-09", [], ["yes"]),
        ("2020-03-10", [0], ["no"]),
        ("2021-03-09", [0], ["no"]),
        ("2021-03-10", [1], ["no"]),
    ],
)
def test_an_age_is_in_complete_years_on_the_day(day, age, unborn):
    (baby,) = on(day, FAMILY).of_kind("child")
    assert values(baby, "age_years") == age
    assert values(baby, "unborn") == unborn


@pytest.mark.parametrize(("day", "unborn"), [("2021-05-10", ["yes"]), ("2021-05-11", [])])
def test_past_the_due_date_the_record_does_not_say_whether_the_child_is_born(day, unborn):
    (baby,) = on(day, "children: [{id: baby, expected: 2021-05-10}]").of_kind("child")
    assert values(baby, "unborn") == unborn


def test_an_age_that_is_written_down_stands_beside_the_one_worked_out():
    (mother,) = on("2021-06-01", "adults: [{id: mother, born: 2000-01-01, age_years: 25}]").of_kind(
        "adult"
    )
    assert values(mother, "age_years") == [25, 21]


def test_parents_are_a_couple_without_being_written_out():
    (couple,) = on("2021-06-01", FAMILY).of_kind("couple")
    assert couple.label == "father and mother"
    assert values(couple, "age_gap_years") == [8]
    assert couple.values("age_gap_years")[0].worked_out == "their dates of birth"


def test_a_couple_that_is_written_out_is_the_same_couple():
    text = FAMILY + "couples: [{id: parents, people: [father, mother], started: 2017-07-31}]"
    (couple,) = on("2021-06-01", text).of_kind("couple")
    assert couple.id == "parents"
    assert values(couple, "younger_age_at_start") == [17]


def test_partners_are_a_couple_once():
    text = "adults: [{id: a, partner: b}, {id: b, partner: a}]"
    assert [each.label for each in on("2021-06-01", text).of_kind("couple")] == ["a and b"]


def test_no_pair_named_is_silence_about_couples_and_an_empty_list_is_none():
    assert on("2021-06-01", "adults: [{id: a}]").of_kind("couple") is None
    assert on("2021-06-01", "adults: [{id: a}]\ncouples: []").of_kind("couple") == []


def test_the_first_shared_pregnancy_counts_from_forty_weeks_before_the_due_date():
    text = """
        children:
          - {id: second, born: 2021-01-01, mother: m, father: f}
          - {id: first, born: 2018-05-20, expected: 2018-06-01, mother: m, father: f}
        adults: [{id: m, born: 2000-01-01}, {id: f, born: 1998-01-01}]
    """
    (couple,) = on("2021-06-01", text).of_kind("couple")
    assert values(couple, "younger_age_at_pregnancy") == [17]


def test_disputed_births_give_a_gap_for_each():
    text = """
        adults:
          - id: m
            partner: f
            born: [{value: 2000-01-01, agency: gp}, {value: 1995-01-01, agency: police}]
          - {id: f, born: 1990-01-01}
    """
    (couple,) = on("2021-06-01", text).of_kind("couple")
    assert values(couple, "age_gap_years") == [10, 5]


def test_the_one_father_of_the_family_is_the_father_of_a_child_that_names_none():
    text = """
        children: [{id: one}, {id: other, father: not_known}]
        adults: [{id: dad, relation: father}]
    """
    one, other = on("2021-06-01", text).of_kind("child")
    assert [person.id for person in one.people("father")] == ["dad"]
    assert other.people("father") == []


def test_of_two_fathers_neither_is_taken():
    text = "children: [{id: one}]\nadults: [{id: a, relation: father}, {id: b, relation: father}]"
    (child,) = on("2021-06-01", text).of_kind("child")
    assert values(child, "father") == []


def test_the_next_conference_is_the_soonest_that_is_not_past():
    text = """
        meetings:
          - {kind: core_group, date: 2021-06-05}
          - {kind: review_conference, date: 2021-06-20}
          - {kind: initial_conference, date: 2021-06-10}
          - {kind: initial_conference, date: 2021-03-10}
    """
    assert values(on("2021-06-01", text).whole, "next_conference") == [datetime.date(2021, 6, 10)]
    assert values(on("2021-06-11", text).whole, "next_conference") == [datetime.date(2021, 6, 20)]
    assert values(on("2021-06-21", text).whole, "next_conference") == []


def test_things_without_an_id_get_one_that_their_place_in_the_file_does_not_change():
    one = "{kind: strategy, date: 2021-02-03}"
    other = "{kind: core_group, date: 2021-03-03}"
    forth = on("2021-06-01", f"meetings: [{one}, {other}]").of_kind("meeting")
    back = on("2021-06-01", f"meetings: [{other}, {one}]").of_kind("meeting")
    assert {each.id for each in forth} == {each.id for each in back}
    assert forth[0].id == "strategy-2021-02-03"


def test_no_made_up_id_is_one_that_something_has():
    text = """
        meetings:
          - {kind: strategy, date: 2021-02-03}
          - {id: strategy-2021-02-03, kind: core_group}
          - {kind: strategy, date: 2021-02-03}
    """
    ids = [each.id for each in on("2021-06-01", text).of_kind("meeting")]
    assert len(set(ids)) == 3


MEETING = "meetings: [{{{}}}]"
CONTACT = "contacts: [{{agency: gp, {}}}]"


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("case", "id: x", "the case"),
        ("child", "children: [{id: unborn-baby}]", "unborn baby"),
        (
            "meeting",
            MEETING.format("kind: strategy, date: 2021-01-08"),
            "strategy meeting on 8 Jan 2021",
        ),
        ("meeting", MEETING.format("kind: pre_birth_conference"), "pre-birth conference"),
        ("meeting", MEETING.format("date: 2021-01-08"), "meeting on 8 Jan 2021"),
        ("tool", "tools: [{tool: gcp2}]", "GCP2"),
        ("tool", "tools: [{state: completed}]", "tool"),
        ("assessment", "assessments: [{kind: pre_birth}]", "pre-birth assessment"),
        ("safety_plan", "safety_plans: [{date: 2021-01-08}]", "safety plan of 8 Jan 2021"),
        ("plan", "plans: [{kind: child_protection}]", "child protection plan"),
        ("contact", CONTACT.format("mode: in_person, place: home"), "visit by GP"),
        ("contact", CONTACT.format("mode: in_person"), "visit by GP"),
        ("contact", CONTACT.format("mode: in_person, place: clinic"), "contact by GP"),
        ("contact", CONTACT.format("mode: phone, place: office"), "phone call by GP"),
        ("contact", CONTACT.format("note: a leaflet"), "contact by GP"),
    ],
)
def test_a_subject_has_a_name_in_words(kind, text, label):
    assert on("2021-06-01", text).of_kind(kind)[0].label == label
