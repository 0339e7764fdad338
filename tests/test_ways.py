"""What would make a verdict met: the smallest sets of newly recorded values."""


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


def test_a_day_that_a_date_is_held_against_has_to_be_recorded_too(review_of):
    case = "plans: [{id: plan, started: 2021-02-01}]"
    review = review_of(case, "{started: {before: ended}}", kind="plan")
    assert _ways(review) == [["ended: recorded", "started: before the end"]]
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
