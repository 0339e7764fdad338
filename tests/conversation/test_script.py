import datetime
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.case_file import case_from
from checklist.errors import BadInput
from checklist.source import parse_yaml
from tests.conversation.conftest import BEGIN, FAMILY

EVERY = ("father-engaged", "gp-invited", "gcp2-considered", "interpreter-used", "age-gap-explored")


def test_a_newcomer_gets_from_nothing_to_a_list_of_what_to_do(hold):
    held = hold(
        *BEGIN,
        *("add one", "20 nov", "yes", "baby", "that is all"),
        *("somebody", "father", ""),  # who is the father? somebody who is not listed yet
        *("not known", "skip"),  # the mother, the father's partner
        *("yes", "no"),  # assessed, spoken to
    )
    assert held.record == {
        "id": "amber",
        "source": {"agency": "childrens_social_care", "where": "child's file"},
        "next_conference": datetime.date(2021, 3, 10),
        "children": [
            {
                "id": "baby",
                "born": datetime.date(2020, 11, 20),
                "mother": "not_known",
                "father": "father",
            }
        ],
        "adults": [
            {
                "id": "father",
                "relation": "father",
                "assessed": True,
                "spoken_to": False,
            }
        ],
    }
    end = held.after("Saved: no.")
    assert "As of 1 Mar 2021: 1 due." in end
    assert "Before the conference on 10 Mar 2021 (9 days left)" in end
    assert "DO Father assessed and spoken to, wherever he lives" in end
    # a long path is broken where the line ends
    assert f"Allyouansweredisin{held.path}." in "".join(end.split())
    assert "To go on" not in end


def test_somebody_without_a_partner_is_recorded_as_having_none_and_not_asked_again(hold):
    held = hold(
        *BEGIN,
        *("add one", "20 nov", "yes", "baby", "that is all"),
        *("somebody", "father", ""),
        *("not known", "w", "health visiting", "visit", "There is nobody"),
    )
    assert "Saved: there is nobody (health visiting, visit)." in held.said
    assert held.record["adults"][0]["has_partner"] == {
        "value": False,
        "agency": "health_visiting",
        "where": "visit",
    }
    again = hold("q", case=held.path.read_text(encoding="utf-8"))
    assert "partner" not in again.said


def test_who_says_the_next_answer_is_kept_over_a_question_that_is_skipped(hold):
    held = hold("w", "police", "its log", "s", "yes", "q", case=FAMILY)
    assert held.record["adults"][1]["spoken_to"]["agency"] == "police"


def test_a_day_is_said_back_in_full_and_asked_again_where_it_is_wrong(hold):
    held = hold("amber", "1", "", "32 march", "10 march", "no", "11 march", "")
    assert "March has no day 32" in held.said
    assert "Wednesday 10 March 2021. Is that right?" in held.said
    assert held.record["next_conference"] == datetime.date(2021, 3, 11)


def test_the_conference_that_was_named_is_not_asked_for(hold):
    held = hold("amber", "1", "", conference=datetime.date(2021, 3, 12))
    assert "On which day" not in held.said
    assert held.record["next_conference"] == datetime.date(2021, 3, 12)


def test_one_can_go_back_while_the_file_is_begun(hold):
    held = hold("amber", "police", "b", "1", "b", "b", "basil", "1", "its log", "s")
    assert held.record == {
        "id": "basil",
        "source": {"agency": "childrens_social_care", "where": "its log"},
    }


@pytest.mark.parametrize("number", range(len(BEGIN)))
def test_the_input_can_end_at_any_place(hold, number):
    held = hold(*BEGIN[:number])
    assert "saved" in held.said
    assert held.path.exists() == (number > 0)


def test_q_stops_and_the_same_command_goes_on_with_the_next_question(hold):
    first = hold("yes", "q", case=FAMILY)
    assert "The case file" not in first.after("Saved: yes.")
    assert "To go on: checklist interview" in first.said
    assert "Stopped here: about 1 question is left." in first.said
    second = hold("no")
    assert "A pseudonym" not in second.said
    assert "Did an assessment look at" not in second.said
    assert second.record["adults"][1] == {
        "id": "father",
        "partner": "mother",
        "assessed": True,
        "spoken_to": False,
    }


def test_back_takes_the_answer_back_and_asks_again(hold):
    held = hold("yes", "b", "no", "q", case=FAMILY)
    assert held.record["adults"][1]["assessed"] is False
    assert held.said.count("Did an assessment look at the father of baby") == 2


def test_what_is_no_answer_gets_a_sentence_and_is_asked_again(hold):
    held = hold("perhaps", "", "yse", "q", case=FAMILY)
    assert '"perhaps" is none of the choices' in held.said
    assert "Nothing was typed" in held.said
    assert "did you mean yes?" in held.said
    assert held.text == FAMILY


def test_not_recorded_on_file_is_noted_and_not_asked_again(hold):
    held = hold("not recorded on file", "skip", case=FAMILY)
    assert held.record["looked_for"] == [
        {
            "field": "adults[father].assessed",
            "where": "child's file",
            "date": datetime.date(2021, 3, 1),
        }
    ]
    assert "Saved: looked for in child's file, and not there." in held.said
    assert "Did an assessment look at" not in hold("q").said


def test_does_not_apply_takes_a_reason_and_a_role(hold):
    held = hold("x", "He speaks English.", "manager", "q", case=FAMILY, rules=("interpreter-used",))
    assert held.record["not_applicable"] == [
        {
            "rule": "interpreter-used",
            "subject": "father",
            "reason": "He speaks English.",
            "role": "manager",
            "date": datetime.date(2021, 3, 1),
        }
    ]
    assert "2 not applicable" in held.said


def test_another_agency_says_otherwise_beside_the_first(hold):
    held = hold("yes", "o", "1", "no", "health visiting", "visit of 3 Feb", "q", case=FAMILY)
    assert held.record["adults"][1]["assessed"] == [
        {"value": True},
        {"value": False, "agency": "health_visiting", "where": "visit of 3 Feb"},
    ]
    assert "records disagree" in held.said


def test_the_next_answer_is_said_by_another_and_then_again_with_one_key(hold):
    held = hold("w", "health visiting", "visit of 3 Feb", "yes", "=", "no", case=FAMILY)
    said = {"agency": "health_visiting", "where": "visit of 3 Feb"}
    assert held.record["adults"][1]["assessed"] == {"value": True, **said}
    assert held.record["adults"][1]["spoken_to"] == {"value": False, **said}
    assert "The next answer is said by health visiting, visit of 3 Feb" in held.said


def test_a_gap_is_accepted_with_a_reason_a_role_and_a_day(hold):
    held = hold(
        *("a", "1", "The surgery has closed.", "manager", "1 june", "", "q"),
        case=FAMILY,
        rules=("gp-invited", "father-engaged"),
    )
    assert held.record["accepted"] == [
        {
            "rule": "gp-invited",
            "subject": "m",
            "reason": "The surgery has closed.",
            "role": "manager",
            "date": datetime.date(2021, 3, 1),
            "review": datetime.date(2021, 6, 1),
        }
    ]
    assert "1 gap (1 accepted)" in held.said


def test_more_is_added_to_a_list_that_was_told(hold):
    held = hold(
        *("+", "meetings", "add another", "core group", "1 feb", "yes", "", "q"), case=FAMILY
    )
    assert held.record["meetings"][1] == {
        "id": "core_group-2021-02-01",
        "kind": "core_group",
        "date": datetime.date(2021, 2, 1),
    }


def test_why_says_what_waits_what_audits_saw_and_what_an_answer_holds(hold):
    told = hold("?", "q", case=FAMILY).after("Why you are asked")
    assert "Father assessed and spoken to" in told
    assert "To be done: before the conference" in told
    assert "An audit saw: " in told
    assert "A good answer says whether an assessment looked at them" in " ".join(told.split())


def test_the_report_so_far_is_shown_and_the_question_asked_again(hold):
    told = hold("r", "q", case=FAMILY).after("Gap report: amber")
    assert "Did an assessment look at the father of baby" in told


def test_all_keys_are_told(hold):
    told = hold("h", "q", case=FAMILY).after("\nKeys\n")
    assert "- b " not in told
    assert "? why you are asked" in told
    assert "q stop; all you have answered is saved" in told


def test_what_looks_personal_is_warned_of_and_can_be_changed_or_kept(hold):
    case = {"case": FAMILY, "rules": ("interpreter-used",)}
    warned = "This looks like a name: Mrs Smith."
    changed = hold("x", "Mrs Smith said so.", "", "She said so.", "manager", **case)
    assert warned in changed.said
    assert "Smith" not in changed.text
    kept = hold("x", "Mrs Smith said so.", "keep it as it is", "manager", **case)
    assert "Mrs Smith said so." in kept.text


def test_a_pseudonym_that_looks_like_a_name_is_warned_of(hold):
    held = hold("Mrs-Smith", "", "amber", "1", "", "s", "q")
    assert "This looks like a name: Mrs Smith." in held.said
    assert held.record["id"] == "amber"


def test_a_pseudonym_is_given_once(hold):
    held = hold("+", "children", "add another", "", "", "baby", "twin 2", "", "q", case=FAMILY)
    assert '"baby" is taken already' in held.said
    assert [each["id"] for each in held.record["children"]] == ["baby", "twin-2"]


class Meanwhile(io.StringIO):
    """Lines that are typed; before one of them somebody else does something."""

    def __init__(self, lines, at, do):
        super().__init__("".join(f"{line}\n" for line in lines))
        self._left, self._do = at, do

    def readline(self, *arguments):
        if self._left == 0:
            self._do()
        self._left -= 1
        return super().readline(*arguments)


def test_what_somebody_else_changed_is_shown_and_never_overwritten(hold, tmp_path):
    path = tmp_path / "case.yaml"
    theirs = FAMILY + "chronology: yes\ntools:\n  - tool: gcp2\n"
    typed = Meanwhile(
        ["yes", "theirs", "no", "q"], 0, lambda: path.write_text(theirs, encoding="utf-8")
    )
    held = hold(case=FAMILY, typed=typed)
    assert "somebody else changed the file" in held.said
    assert "\n-chronology: yes\n-tools:\n-  - tool: gcp2\n" in held.said
    assert held.record["chronology"] is True
    assert held.record["adults"][1]["assessed"] is False


def test_one_can_stop_where_somebody_else_changed_the_file(hold, tmp_path):
    path = tmp_path / "case.yaml"
    typed = Meanwhile(["yes", "2"], 0, lambda: path.write_text("id: theirs\n", encoding="utf-8"))
    assert hold(case=FAMILY, typed=typed).text == "id: theirs\n"


def test_where_it_cannot_be_saved_the_question_stays(hold, tmp_path, monkeypatch):
    from checklist import draft
    from checklist.errors import Fault

    whole = draft.Draft.save
    full = [True]

    def save(self):
        if full:
            full.pop()
            raise BadInput([Fault("there is no room left", "case.yaml")])
        whole(self)

    monkeypatch.setattr(draft.Draft, "save", save)
    held = hold("yes", "no", "q", case=FAMILY)
    assert "case.yaml: there is no room left." in held.said
    assert "It has not been kept." in held.said
    assert held.record["adults"][1]["assessed"] is False


def test_the_same_answer_is_given_for_all_or_one_by_one(hold):
    case = FAMILY + "concerns: [neglect]\ntools: [{id: t, tool: gcp2}, {id: u, tool: gcp2}]\n"
    rules = ("gcp2-considered",)
    every = hold("1", "completed", "q", case=case, rules=rules)
    assert "The same answer for all 2: " in every.said
    assert [each["state"] for each in every.record["tools"]] == ["completed", "completed"]
    single = hold("2", "not considered", "completed", "q", case=case, rules=rules)
    assert [each["state"] for each in single.record["tools"]] == ["not_considered", "completed"]


def test_decided_against_takes_its_reason_and_who_decided_at_once(hold):
    case = """\
id: amber
children: [{id: baby, born: 2020-11-20}]
concerns: [neglect]
tools: [{id: t, tool: gcp2}]
adults: []
"""
    held = hold(
        *("decided against", "The care is good.", "team manager", "q"),
        case=case,
        rules=("gcp2-considered",),
    )
    assert held.record["tools"] == [
        {
            "id": "t",
            "tool": "gcp2",
            "state": "decided_against",
            "reason": "The care is good.",
            "decided_by": "team manager",
        }
    ]


def test_a_judgement_takes_what_it_rests_on_and_a_role(hold):
    held = hold(
        *("yes", "The minutes show it.", "team manager"),
        case=FAMILY,
        rules=("challenge-and-risk",),
        book="standard_rulebook",
    )
    (judged,) = held.record["judgements"]
    assert judged == {
        "rule": "challenge-and-risk",
        "answer": True,
        "reason": "The minutes show it.",
        "role": "team manager",
        "date": datetime.date(2021, 3, 1),
    }
    assert "Saved: yes, as judged by the team manager." in held.said
    assert "1 met" in held.said


def test_agencies_are_told_several_at_once_and_a_couple_is_two(hold):
    held = hold(
        *("+", "agencies", "add one", "police, gp", "that is all"),
        *("+", "couples", "1", "1", "1 2", "that is all", "q"),
        case=FAMILY.replace(", partner: father", "")
        .replace("partner: mother", "relation: father")
        .replace("{id: baby, born: 2020-11-20, mother: mother, father: father}", "{id: baby}"),
    )
    assert [each["id"] for each in held.record["agencies"]] == ["gp", "police"]
    assert [each["people"] for each in held.record["couples"]] == [["mother", "father"]]
    assert "A couple is two people; choose both." in held.said


def test_numbers_and_what_fits_are_read_as_they_are_meant(hold):
    held = hold(
        *("some", "12"),  # the years between them
        "control and grooming",
        case=FAMILY,
        rules=("age-gap-explored",),
    )
    (couple,) = held.record["couples"]
    assert couple["age_gap_years"] == 12
    assert sorted(couple["age_gap_explored_for"]) == ["control", "grooming"]
    assert '"some" is not a whole number' in held.said
    assert "Saved: 12 years." in held.said


def test_there_are_none_is_recorded_as_such(hold):
    held = hold(
        *("there are none",),
        case="id: amber\n",
        rules=("gp-invited",),
    )
    assert held.record == {"id": "amber", "meetings": []}


def test_a_person_who_is_not_listed_yet_is_added_and_taken(hold):
    case = "id: amber\nchildren: [{id: baby}]\nadults: [{id: mother, relation: mother}]\n"
    held = hold("somebody", "father", "dad", "q", case=case)
    assert held.record["children"] == [{"id": "baby", "father": "dad"}]
    assert held.record["adults"][1] == {"id": "dad", "relation": "father"}


def test_who_cannot_be_the_answer_is_not_offered_and_to_know_nobody_comes_after_all_people(hold):
    case = "id: amber\nchildren: [{id: baby}]\nadults: [{id: mum, relation: mother}, {id: joe}]\n"
    held = hold("q", case=case)
    asked = held.after("Who is the father of baby?").splitlines()
    assert [line.strip() for line in asked[2:6]] == [
        "1 joe",
        "2 Somebody who is not listed yet",
        "3 not known",
        "4 Not recorded on file",
    ]


def test_where_nothing_is_left_to_ask_a_gap_can_be_accepted_and_the_last_answer_changed(hold):
    held = hold(
        *(
            "no",
            "b",
            "yes",
            "no",
            "skip",
        ),  # looked at by an assessment, after all, and never spoken to
        *("2", "1", "The surgery has closed.", "manager", "1 june", ""),
        *("h", "r", "done"),
        case=FAMILY,
        rules=("gp-invited", "father-engaged"),
    )
    assert held.record["adults"][1]["assessed"] is True
    (accepted,) = held.record["accepted"]
    assert (accepted["role"], accepted["review"]) == ("manager", datetime.date(2021, 6, 1))
    assert "2 gaps are open." in held.after("Saved: no.")
    end = held.after("Saved: accepted until 1 Jun 2021.")
    assert "1 gap is open." in end
    assert "why you are asked" not in end  # nothing is
    assert "2 gaps (1 accepted)" in end


def test_where_nothing_was_answered_and_no_gap_is_open_it_ends_at_once(hold):
    held = hold(case="id: amber\nchildren: []\nadults: []\n")
    assert "What now" not in held.said
    assert "no things to do" in held.said


AHEAD = "id: amber\nnext_conference: 2021-03-10\n"


def test_the_conference_ahead_is_one_of_the_meetings_by_its_kind_alone(hold):
    held = hold("1", "review", "that is all", "q", case=AHEAD, rules=("gp-invited",))
    assert held.record["meetings"] == [
        {
            "id": "review_conference-2021-03-10",
            "kind": "review_conference",
            "date": datetime.date(2021, 3, 10),
        }
    ]
    asked = [line.strip() for line in held.said.splitlines()]
    assert "1 The conference on 10 Mar 2021" in asked
    assert asked.count("1 initial child protection conference") == 1
    assert "There are none" not in held.said  # one is ahead
    assert asked.count("1 The conference on 10 Mar 2021") == 1  # and is not offered again
    assert "review child protection conference on 10 Mar 2021?" in " ".join(asked)


@pytest.mark.parametrize(
    "case",
    [
        "id: amber\n",
        "id: amber\nnext_conference: 2021-02-10\n",
        AHEAD + "meetings: [{id: m, kind: initial_conference, date: 2021-03-10, invited: [gp]}]\n",
    ],
)
def test_no_conference_is_offered_that_is_over_or_listed(hold, case):
    held = hold("+", "meetings", "q", "q", case=case, rules=("gp-invited",))
    assert "The conference on" not in held.said


def test_which_of_several_points_does_not_apply_is_asked(hold):
    case = "id: amber\nchildren: [{id: baby, born: 2020-11-20}]\nadults: []\ntools: []\n"
    rules = ("gcp2-considered", "neglect-toolkit-applied")
    lines = ("x", "all", "No neglect.", "manager", "q")
    every = hold(*lines, case=case, rules=rules)
    assert [each["rule"] for each in every.record["not_applicable"]] == sorted(rules)
    one = hold("x", "2", *lines[2:], case=case, rules=rules)
    assert [each["rule"] for each in one.record["not_applicable"]] == [rules[1]]


LINES = st.sampled_from(
    [
        *("", *map(str, range(1, 9)), "?", "b", "s", "-", "x", "r", "w", "=", "o", "a", "+", "h"),
        *("yes", "no", "3 feb", "1 march 2021", "kin", "a reason", "Mrs Smith", "all", "1 2"),
    ]
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(typed=st.lists(LINES, min_size=20, max_size=60), new=st.booleans())
def test_whatever_is_typed_the_file_is_a_valid_record(hold, typed, new):
    begin = BEGIN if new else ()
    held = hold(*begin, *typed, case=None if new else FAMILY, rules=EVERY)
    assert case_from(parse_yaml(held.text, "case.yaml")).id == "amber"
    held.path.unlink()


def test_an_age_is_taken_where_the_date_of_birth_is_not_known(hold):
    case = "id: amber\nchildren: []\nadults: [{id: mum, in_domestic_abuse_as: [victim]}]\n"
    held = hold(
        *("17 years", "q"),
        case=case,
        rules=("young-victim-seen-as-a-child",),
        book="standard_rulebook",
    )
    assert held.record["adults"][0]["age_years"] == 17
    assert "Saved: 17 years." in held.said


def test_another_day_for_the_conference_replaces_the_files_own_and_no_agencys(hold):
    day, other = datetime.date(2021, 3, 12), datetime.date(2021, 3, 10)
    own = hold(case=f"{FAMILY}next_conference: {other}\n", conference=day)
    assert own.record["next_conference"] == day
    said = f"next_conference: {{value: {other}, agency: police}}\n"
    assert len(hold(case=FAMILY + said, conference=day).record["next_conference"]) == 2
    assert hold(case=FAMILY + said, conference=other).text == FAMILY + said
