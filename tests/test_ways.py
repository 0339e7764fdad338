"""What would make a verdict met: the smallest sets of newly recorded values."""

import pytest


def _ways(review):
    (found,) = review.verdicts
    return [[f"{each.field}: {each.test}" for each in way] for way in found.would_be_met_by]


def test_what_only_has_to_be_silent_is_not_asked_for(review_of):
    terms = """
    - term: in_view
      for_each: adult
      meaning: Somebody looked.
      yes_when: {any: [{assessed: yes}, {spoken_to: yes}]}
      no_when: {assessed: no}
      examples:
        - {given: {}, says: yes}
        - {given: {}, says: no}
        - {given: {}, says: not recorded}
    """
    review = review_of(
        "adults: [{id: ann, assessed: yes}]", "{in_view: no}", kind="adult", terms=terms
    )
    assert _ways(review) == [["assessed: no"]]


def test_the_smallest_sets_that_would_meet_a_rule_leave_out_what_is_there_already(review_of):
    expects = (
        "{any: [{assessed: yes, spoken_to: yes}, {in_household: no, partner: {recorded: yes}}]}"
    )
    case = "adults: [{id: a, assessed: no, spoken_to: yes}]"
    assert _ways(review_of(case, expects, kind="adult")) == [
        ["assessed: yes"],
        ["in_household: no", "partner: recorded"],
    ]


def test_a_met_verdict_and_one_that_does_not_apply_need_nothing(review_of):
    case = "adults: [{id: a, assessed: yes}]"
    assert _ways(review_of(case, "{assessed: yes}", kind="adult")) == []
    assert _ways(review_of(case, "{spoken_to: yes}", kind="adult", applies="{assessed: no}")) == []


def test_what_must_stay_in_a_list_is_named_with_what_must_leave_it(review_of):
    expects = (
        "{interpreters_used: {includes: professional}, "
        "not: {interpreters_used: {includes: family_member}}}"
    )
    case = "adults: [{id: a, interpreters_used: [professional, family_member]}]"
    assert _ways(review_of(case, expects, kind="adult")) == [
        ["interpreters_used: includes professional and not includes family member"]
    ]


def test_not_no_and_yes_are_one_wish(review_of):
    expects = "{any: [{not: {spoken_to: no}}, {all: [{spoken_to: yes}, {assessed: yes}]}]}"
    case = "adults: [{id: a, spoken_to: no, assessed: no}]"
    assert _ways(review_of(case, expects, kind="adult")) == [["spoken_to: yes"]]


def test_a_wish_that_no_value_can_fulfil_is_not_made(review_of):
    expects = "{any: [{assessed: yes, not: {assessed: yes}}, {spoken_to: yes}]}"
    case = "adults: [{id: a, assessed: no, spoken_to: no}]"
    assert _ways(review_of(case, expects, kind="adult")) == [["spoken_to: yes"]]


def test_a_member_picked_out_by_where_is_not_told_to_be_another(review_of):
    expects = "{some: {tools: {where: {tool: gcp2}, state: completed}}}"
    case = "tools: [{id: one, tool: neglect_toolkit, state: completed}, {id: two, tool: gcp2}]"
    ways = _ways(review_of(case, expects))
    assert ["tools[two].state: completed"] in ways
    assert not any("tools[one]" in needed for way in ways for needed in way)


def test_a_member_that_where_leaves_out_is_not_among_the_reasons(review_of):
    case = """
        tools:
          - {id: one, tool: neglect_toolkit, state: considered, used_in: []}
          - {id: two, tool: gcp2, state: in_progress, used_in: planning}
        """
    (some,) = review_of(case, "{some: {tools: {where: {tool: gcp2}, state: completed}}}").verdicts
    assert [each.field for each in some.because] == ["tools[two].state"]
    expects = "{every: {tools: {where: {tool: gcp2}, used_in: {includes: planning}}}}"
    (every,) = review_of(case, expects).verdicts
    assert [each.field for each in every.because] == ["tools[two].used_in"]


def test_a_silent_collection_would_have_to_hold_a_member(review_of):
    ways = _ways(review_of("note: nothing", "{some: {tools: {tool: gcp2}}}"))
    assert len(ways) == 1
    assert ways[0][0].startswith("tools: ")


def test_an_unknown_father_has_to_be_found_before_he_can_be_spoken_to(review_of):
    case = "children: [{id: baby}]"
    assert _ways(review_of(case, "{father: {assessed: yes, spoken_to: yes}}", kind="child")) == [
        ["father: recorded", "father.assessed: yes", "father.spoken_to: yes"]
    ]


def test_two_tests_of_one_field_are_both_named_even_where_their_numbers_are_equal(review_of):
    case = "adults: [{id: a}, {id: b}]\ncouples: [{people: [a, b]}]"
    expects = "{age_gap_years: {at_least: 5, at_most: 5}}"
    assert _ways(review_of(case, expects, kind="couple")) == [
        ["age_gap_years: 5 or less and 5 or more"]
    ]


def test_no_day_is_both_before_and_after_a_day(review_of):
    expects = "{any: [{date: {before: 2021-02-01, after: 2021-02-01}}, {invited: {includes: gp}}]}"
    assert _ways(review_of("meetings: [{kind: strategy}]", expects, kind="meeting")) == [
        ["invited: includes GP"]
    ]


def test_what_is_disputed_and_what_is_silent_can_settle_each_other(review_of):
    # the one is recorded as no by somebody and the other by nobody as yes: not both are so
    case = """
        adults:
          - id: a
            spoken_to: [{value: yes, agency: gp}, {value: no, agency: police}]
            in_household: no
    """
    expects = "{in_household: yes, not: {all: [{spoken_to: yes}, {assessed: yes}]}}"
    assert _ways(review_of(case, expects, kind="adult")) == [["in_household: yes"]]


def test_of_two_fathers_that_agencies_name_one_who_is_silent_is_not_in_the_way(review_of):
    case = """
        children: [{id: baby, unborn: no, father: [{value: one, agency: gp},
                                                   {value: two, agency: police}]}]
        adults: [{id: one, assessed: yes}, {id: two}]
    """
    expects = "{father.assessed: yes, unborn: yes}"
    assert _ways(review_of(case, expects, kind="child")) == [["unborn: yes"]]


def test_a_new_member_of_a_list_passes_what_is_asked_of_all_its_members(review_of):
    expects = (
        "{all: [{some: {tools: {tool: gcp2}}}, {every: {tools: {state: completed}}}, "
        "{every: {tools: {where: {tool: gcp2}, used_in: {includes: planning}}}}]}"
    )
    ways = _ways(review_of("tools: []", expects))
    assert len(ways) == 1
    assert ways[0][0].count("of each") == 2


def test_a_day_that_a_date_is_held_against_has_to_be_recorded(review_of):
    case = "plans: [{id: plan, started: 2021-02-01}]"
    review = review_of(case, "{started: {before: ended}}", kind="plan")
    assert _ways(review) == [["ended: such that 1 Feb 2021 is before it"]]
    assert [each.field for each in review.verdicts[0].missing] == ["ended"]
    assert "ended" in review.verdicts[0].missing[0].question


def test_what_would_meet_a_rule_leaves_it_applying(review_of):
    expects = "{any: [{assessed: yes}, {spoken_to: yes}]}"
    case = "adults: [{id: a, assessed: no, spoken_to: no}]"
    assert _ways(review_of(case, expects, kind="adult", applies="{assessed: no}")) == [
        ["spoken_to: yes"]
    ]


def test_what_any_value_would_settle_hides_what_asks_for_a_certain_one(review_of):
    review = review_of(
        "plans: [{kind: early_help, ended: 2021-05-31}]",
        "{any: [{started: {within: {months: 4, after: ended}}, kind: child_protection}, "
        "{started: {recorded: yes}}]}",
        kind="plan",
    )
    assert _ways(review) == [["started: recorded"]]


@pytest.mark.parametrize(
    ("recorded", "expects", "ways"),
    [
        ("started: 2021-02-01", "{started: {after: ended}}", "1 Feb 2021 is after it"),
        (
            "started: 2021-02-01",
            "{not: {started: {within: {days: 2, of: ended}}}}",
            "1 Feb 2021 is not within 2 days of it",
        ),
        (
            "started: [{value: 2021-02-01, agency: gp}, {value: 2021-03-01, agency: police}]",
            "{started: {within: {months: 1, before: ended}}}",
            "1 Feb 2021 and 1 Mar 2021 are within 1 month before it",
        ),
    ],
    ids=["after", "not-within", "disputed"],
)
def test_where_only_the_day_to_count_from_is_silent_it_alone_is_asked_for(
    review_of, recorded, expects, ways
):
    review = review_of(f"plans: [{{id: plan, {recorded}}}]", expects, kind="plan")
    assert _ways(review) == [[f"ended: such that {ways}"]]


def test_a_day_that_is_there_to_count_from_is_not_asked_for_again(review_of):
    case = "plans: [{id: plan, ended: 2021-02-01}]"
    review = review_of(case, "{started: {before: ended}}", kind="plan")
    assert _ways(review) == [["started: before the end"]]
    case = "plans: [{id: plan, started: 2021-05-01, ended: 2021-02-01}]"
    review = review_of(case, "{started: {before: ended}}", kind="plan")
    assert _ways(review) == [["started: before the end"]]


def test_two_days_are_asked_for_where_neither_is_recorded(review_of):
    review = review_of("plans: [{id: plan}]", "{started: {before: ended}}", kind="plan")
    assert _ways(review) == [["ended: recorded", "started: before the end"]]


def test_a_day_that_has_to_stay_asks_for_another_one_to_count_from(review_of):
    case = "plans: [{id: plan, started: 2021-05-01, ended: 2021-02-01}]"
    expects = "{all: [{started: 2021-05-01}, {started: {before: ended}}]}"
    assert _ways(review_of(case, expects, kind="plan")) == [
        ["ended: such that 1 May 2021 is before it"]
    ]


def test_whose_day_it_is_is_not_asked_for_where_it_is_known(review_of):
    case = "adults: [{id: ann}]\nchildren: [{id: kid, mother: ann, expected: 2021-09-01}]"
    expects = "{expected: {after: mother.statement_withdrawn_on}}"
    assert _ways(review_of(case, expects, kind="child")) == [
        ["mother.statement_withdrawn_on: such that 1 Sep 2021 is after it"]
    ]


def test_a_day_that_picks_members_out_stays_and_the_one_it_is_counted_from_is_recorded(review_of):
    case = "plans: [{id: plan, kind: early_help, started: 2021-02-01}]"
    expects = "{some: {plans: {where: {started: {before: ended}}, kind: early_help}}}"
    assert ["plans[plan].ended: such that 1 Feb 2021 is before it"] in _ways(
        review_of(case, expects)
    )


def test_a_certain_day_can_be_asked_for(review_of):
    expects = "{started: 2021-05-01}"
    assert _ways(review_of("plans: [{id: plan}]", expects, kind="plan")) == [
        ["started: 1 May 2021"]
    ]


def test_a_value_that_follows_from_others_is_not_asked_to_be_another(review_of):
    # whoever says that the next conference is soon, that of the meetings stands beside it
    case = "meetings: [{kind: review_conference, date: 2021-09-01}]"
    expects = "{any: [{next_conference: {before: 2021-07-01}}, {concerns: {recorded: yes}}]}"
    assert _ways(review_of(case, expects)) == [["concerns: recorded"]]


def test_what_agencies_dispute_can_stay_disputed_beside_what_nobody_denies(review_of):
    # for the one half there is evidence, and against the other there is none
    case = """
        plans:
          - id: one
            ended: [{value: 2021-09-01, agency: gp}, {value: 2021-05-31, agency: police}]
          - {id: two}
    """
    expects = (
        "{any: [{some: {adults: {in_household: no}}}, "
        "{every: {plans: {ended: {before: 2021-06-01}}}}]}"
    )
    ways = _ways(review_of(case, expects))
    assert ["plans[two].ended: before 1 Jun 2021"] in ways
    assert not any(len(way) > 1 for way in ways)


@pytest.mark.parametrize(
    "applies",
    [
        "{every: {adults: {where: {assessed: no}, spoken_to: no}}}",
        "{some: {adults: {where: {assessed: no}, spoken_to: no}}}",
    ],
    ids=["every", "some"],
)
def test_whether_it_applies_can_stay_open(review_of, applies):
    case = "adults: [{id: ann}, {id: bob, assessed: no}]"
    expects = "{some: {adults: {assessed: yes}}}"
    ways = _ways(review_of(case, expects, applies=applies))
    assert ["adults[ann].assessed: yes"] in ways
    assert all(len(way) == 1 for way in ways)


def test_tests_that_together_leave_no_more_than_another_one_ask_for_no_other_field(review_of):
    expects = (
        "{any: [{kind: {in: [child_protection, child_in_need]}}, "
        "{all: [{kind: {in: [child_protection, child_in_need, early_help]}}, "
        "{not: {kind: early_help}}, {categories: {recorded: yes}}]}]}"
    )
    assert _ways(review_of("plans: [{id: plan}]", expects, kind="plan")) == [
        ["kind: child protection or child in need"]
    ]


def test_of_many_ways_those_that_ask_for_the_fewest_fields_are_not_left_out(review_of):
    agencies = ("gp", "police", "school", "midwifery", "health_visiting")
    each = (
        f"{{any: [{{not: {{invited: {{includes: {agency}}}}}}}, "
        f"{{minutes_sent_to: {{includes: {agency}}}}}]}}"
        for agency in agencies
    )
    case = f"meetings: [{{id: one, kind: strategy, invited: [{', '.join(agencies)}]}}]"
    ways = _ways(review_of(case, f"{{all: [{', '.join(each)}]}}", kind="meeting"))
    assert [len(way) for way in ways][:3] == [1, 1, 2]
    assert ways[1] == [
        "minutes_sent_to: includes GP, includes health visiting, includes midwifery, "
        "includes police and includes school"
    ]


def test_a_way_left_out_for_a_wider_one_is_not_there_again_with_another_field(review_of):
    case = "next_conference: 2021-09-01\nplans: [{id: plan}]"
    expects = (
        "{any: [{started: {within: {months: 2, after: case.next_conference}}}, "
        "{started: {within: {days: 2, after: case.next_conference}}}]}"
    )
    assert _ways(review_of(case, expects, kind="plan")) == [
        ["started: within 2 months after the next conference"]
    ]


def test_what_a_where_picks_out_by_is_changed_by_no_other_part_of_the_rule(review_of):
    disputed = "[{value: yes, agency: gp}, {value: no, agency: police}]"
    case = f"adults: [{{id: ann, in_household: {disputed}, assessed: no}}]"
    expects = (
        "{every: {adults: {where: {in_household: yes}, "
        "all: [{in_household: no}, {spoken_to: yes}]}}}"
    )
    # who does not live there need not be spoken to, so that of the two fields one would do
    assert _ways(review_of(case, expects)) == []
    expects = expects.replace("{in_household: no}", "{assessed: yes}")
    assert _ways(review_of(case, expects)) == [["adults[ann].assessed: yes"]]
