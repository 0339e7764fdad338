"""How a value is written in a case file."""

import pytest

from checklist.conditions import (
    ALWAYS,
    CASE_STEP,
    All,
    Any,
    AsOf,
    AtLeast,
    Atom,
    Before,
    Equals,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Named,
    Not,
    Some,
    Through,
)
from checklist.vocabulary import subject_kinds
from checklist.wishes import of_members, wish_for
from checklist.written import blank, written

KINDS = subject_kinds()
MEETING, ADULT, TOOL = (KINDS[name].fields for name in ("meeting", "adult", "tool"))


@pytest.mark.parametrize(
    ("field", "tests", "expected"),
    [
        (ADULT["assessed"], [Equals("yes")], "yes"),
        (TOOL["state"], [In(("completed", "considered"))], "completed or considered"),
        (MEETING["invited"], [Includes(("gp", "police"))], "[gp, police, ...]"),
        (MEETING["invited"], [Includes(("gp",)), IncludesThis("agency")], "[gp, this_agency, ...]"),
        (MEETING["date"], [Before(AsOf())], "YYYY-MM-DD"),
        (ADULT["age_years"], [AtLeast(18)], "18"),
        (TOOL["reason"], [IsRecorded()], "..."),
        (ADULT["assessed"], [IsRecorded()], "yes or no"),
    ],
)
def test_a_value_that_passes_is_written_as_in_a_case_file(field, tests, expected):
    assert written([wish_for("x", field, test) for test in tests]) == expected


def test_what_is_not_to_be_closes_a_list_and_leaves_the_other_codes():
    used = ADULT["interpreters_used"]
    wishes = [
        wish_for("x", used, Includes(("professional",))),
        wish_for("x", used, Includes(("family_member",)), False),
    ]
    assert written(wishes) == "[professional]"
    assert written(wishes[1:]) == ""
    mode = MEETING["mode"]
    assert written([wish_for("x", mode, Equals("in_person"), False)]) == " or ".join(
        code for code in mode.codes if code != "in_person"
    )
    assert written([wish_for("x", MEETING["kind"], Equals("marac"), False)]) == ""


def test_a_member_of_a_list_is_written_with_all_that_it_needs():
    seen = Atom(KINDS["contact"].fields["seen"], IncludesThis("child"), "seen")
    by_police = Atom(KINDS["contact"].fields["agency"], Equals("police"), "agency")
    both = of_members("contacts", All((by_police, seen)), True, each=False)
    assert written([both]) == "{agency: police, seen: [this_child, ...]}"
    either = of_members("contacts", Any((by_police, seen)), True, each=False)
    assert written([either]) == "{agency: police}"
    named = of_members("contacts", Named("ours", by_police, None, "contact"), True, each=False)
    assert written([named]) == "{agency: police}"
    other = Named("ours", by_police, seen, "contact")
    assert written([of_members("contacts", Not(other), True, each=False)]) == (
        "{seen: [this_child, ...]}"
    )


def test_what_no_line_can_say_is_left_out():
    yes = Atom(ADULT["assessed"], Equals("yes"), "assessed")
    assert written([of_members("adults", yes, False, each=True)]) == ""  # none such
    assert written([of_members("adults", ALWAYS, True, each=False)]) == ""
    of_case = Through(CASE_STEP, yes, "case")
    through = Through("partner", yes, "partner")
    inside = Some("tools", yes, "tools")
    part = All((of_case, through, inside))
    assert written([of_members("adults", part, True, each=False)]) == "{partner: ...}"


def test_a_blank_shows_what_an_answer_looks_like():
    assert blank(ADULT["spoken_to"]) == "yes or no"
    assert blank(MEETING["date"]) == "YYYY-MM-DD"
    assert blank(MEETING["invited"]) == "[...]"
    assert blank(MEETING["kind"]) == "..."  # too many to list
