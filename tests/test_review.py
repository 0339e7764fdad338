import datetime
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.case_file import case_from, read_cases
from checklist.review import Reviewer
from checklist.rulebook import worked_cases
from checklist.source import parse_yaml, read_text
from tests.conftest import DAY, SAMPLE_CASES, case_of, load_sample

MEETING = "meetings: [{kind: strategy, date: 2021-06-10, invited: [police]}]"


def test_each_rule_gives_one_verdict_for_each_subject(rulebook):
    case = case_of("children: [{id: a}, {id: b}]\nadults: [{id: c}]\nmeetings: []")
    review = Reviewer(rulebook).review(case, DAY)
    keys = [(verdict.rule.id, verdict.subject.id) for verdict in review.verdicts]
    assert len(set(keys)) == len(keys)
    assert {rule.id for rule in rulebook.rules} == {rule for rule, _ in keys}


# -- deadlines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "verdict", "days_left"),
    [("2021-06-01", "due", 9), ("2021-06-10", "due", 0), ("2021-06-11", "gap", -1)],
)
def test_a_gap_is_due_up_to_and_on_the_last_day(review_of, as_of, verdict, days_left):
    day = datetime.date.fromisoformat(as_of)
    (found,) = review_of(
        MEETING, "{invited: {includes: gp}}", day, kind="meeting", by="date"
    ).verdicts
    assert (found.name, found.days_left) == (verdict, days_left)
    assert found.deadline == datetime.date(2021, 6, 10)


def test_what_is_not_recorded_is_due_too_while_its_deadline_is_ahead(review_of):
    case = "meetings: [{date: 2021-06-10}]"
    (found,) = review_of(case, "{invited: {includes: gp}}", kind="meeting", by="date").verdicts
    assert found.name == "due"
    assert [each.field for each in found.missing] == ["invited"]


def test_a_deadline_can_lie_before_or_after_a_day(review_of):
    (found,) = review_of(
        MEETING, "{invited: {includes: gp}}", kind="meeting", by="{weeks: 1, before: date}"
    ).verdicts
    assert (found.name, found.deadline) == ("due", datetime.date(2021, 6, 3))
    (found,) = review_of(
        MEETING, "{invited: {includes: gp}}", kind="meeting", by="{working_days: 3, after: date}"
    ).verdicts
    assert found.deadline == datetime.date(2021, 6, 15)


def test_of_two_days_that_agencies_name_the_earlier_counts(review_of):
    said = "[{value: 2021-05-30, agency: gp}, {value: 2021-07-01, agency: police}]"
    case = f"meetings: [{{date: {said}, invited: []}}]"
    (found,) = review_of(case, "{invited: {includes: gp}}", kind="meeting", by="date").verdicts
    assert found.name == "gap"


def test_without_a_recorded_day_there_is_no_deadline(review_of):
    (found,) = review_of(
        "meetings: [{invited: []}]", "{invited: {includes: gp}}", kind="meeting", by="date"
    ).verdicts
    assert (found.name, found.deadline, found.days_left) == ("gap", None, None)


# -- no subject --------------------------------------------------------------------------------


def test_no_subject_is_an_answer_too(verdicts):
    expects, kind = "{invited: {includes: gp}}", "meeting"
    assert verdicts("note: nothing", expects, kind=kind) == {"a-case": "not recorded"}
    assert verdicts("meetings: []", expects, kind=kind) == {"a-case": "not applicable"}


def test_a_family_of_which_one_half_is_silent_is_asked_for_that_half(review_of):
    review = review_of(
        "adults: [{id: a, born: 1990-01-01}]", "{age_years: 31}", kind="family_member"
    )
    assert [(each.subject.id, each.name) for each in review.verdicts] == [
        ("a", "met"),
        ("a-case", "not recorded"),
    ]
    assert [each.field for each in review.verdicts[1].missing] == ["children"]


# -- reasons -----------------------------------------------------------------------------------


def test_a_verdict_names_the_values_it_rests_on_with_agency_and_place(review_of):
    case = """
        source: {agency: childrens_social_care, where: the file}
        adults:
          - id: a
            assessed: no
            spoken_to: {value: yes, agency: gp, where: letter of 3 Feb}
    """
    (found,) = review_of(case, "{assessed: yes, spoken_to: yes}", kind="adult").verdicts
    assert found.name == "gap"
    (because,) = found.because  # that he was spoken to is no part of the gap
    assert (because.field, because.value) == ("assessed", "no")
    assert (because.agency, because.where) == ("childrens_social_care", "the file")


def test_a_conflict_names_who_says_what(review_of):
    case = "adults: [{id: a, assessed: [{value: yes, agency: gp}, {value: no, agency: police}]}]"
    (found,) = review_of(case, "{assessed: yes}", kind="adult").verdicts
    assert found.name == "conflicting"
    assert found.message == "The records disagree about a: assessed: yes (GP) but no (police)."


def test_what_does_not_apply_says_why(review_of):
    case = "meetings: [{kind: core_group}]"
    (found,) = review_of(
        case, "{invited: {includes: gp}}", kind="meeting", applies="{kind: strategy}"
    ).verdicts
    assert found.message == "Does not apply: kind: core group."


def test_a_dispute_whether_a_rule_applies_stands_beside_the_verdict(review_of):
    case = """
        adults:
          - id: a
            assessed: no
            in_household: [{value: yes, agency: gp}, {value: no, agency: police}]
    """
    (found,) = review_of(
        case, "{assessed: yes}", kind="adult", applies="{in_household: yes}"
    ).verdicts
    assert found.name == "gap"
    assert found.applies_disputed
    assert {each.value for each in found.applies_because} == {"yes", "no"}


def test_of_a_dispute_only_what_is_in_dispute_is_named(review_of):
    case = """
        adults:
          - id: a
            assessed: no
            engages: yes
            in_household: [{value: yes, agency: gp}, {value: no, agency: police}]
    """
    (found,) = review_of(
        case, "{assessed: yes}", kind="adult", applies="{engages: yes, in_household: yes}"
    ).verdicts
    assert found.applies_disputed
    assert {each.field for each in found.applies_because} == {"in_household"}


def test_a_dispute_between_what_is_for_a_term_and_what_is_against_it_names_both(review_of):
    term = """
        - term: needs_help
          for_each: adult
          meaning: For tests.
          yes_when: {interpreter_needed: yes}
          no_when: {first_language: English}
          examples: [{given: {}, says: yes}, {given: {}, says: no}, {given: {}, says: not recorded}]
    """
    case = "adults: [{id: a, assessed: no, interpreter_needed: yes, first_language: English}]"
    (found,) = review_of(
        case, "{assessed: yes}", kind="adult", applies="{needs_help: yes}", terms=term
    ).verdicts
    assert found.applies_disputed
    assert {each.field for each in found.applies_because} == {
        "interpreter_needed",
        "first_language",
    }


@pytest.mark.parametrize(
    ("expects", "name"),
    [
        ("{father.assessed: yes}", "father (mothers partner): assessed"),
        ("{father: {all: [{assessed: yes}]}}", "father (mothers partner): assessed"),
        ("{father: {assessed: yes, partner.assessed: yes}}", "father (mothers partner): assessed"),
        ("{mother.assessed: yes}", "mother: assessed"),
        ("{case.can_get_online: yes, father.assessed: yes}", "father (mothers partner): assessed"),
    ],
)
def test_a_person_whom_the_record_calls_otherwise_is_named(review_of, expects, name):
    case = """
        children: [{id: c, father: mothers-partner, mother: mother}]
        can_get_online: yes
        adults:
          - {id: mothers-partner, assessed: no, partner: mother}
          - {id: mother, assessed: no}
    """
    (found,) = review_of(case, expects, kind="child").verdicts
    assert found.name == "gap"
    assert found.because[0].name == name


def test_members_of_a_collection_are_named_in_the_reasons(review_of):
    case = "tools: [{id: the-tool, tool: gcp2, state: considered}]"
    (found,) = review_of(case, "{some: {tools: {state: completed}}}").verdicts
    assert [each.field for each in found.because] == ["tools[the-tool].state"]


def test_an_empty_list_is_a_reason(review_of):
    (found,) = review_of("tools: []", "{some: {tools: {state: completed}}}").verdicts
    assert [(each.field, each.value) for each in found.because] == [("tools", frozenset())]


def test_only_what_keeps_a_condition_open_is_missing(review_of):
    case = "adults: [{id: a, assessed: yes}]"
    (found,) = review_of(case, "{assessed: yes, spoken_to: yes}", kind="adult").verdicts
    assert [each.field for each in found.missing] == ["spoken_to"]
    (found,) = review_of(
        case, "{any: [{spoken_to: yes}, {spoken_to: yes, in_household: no}]}", kind="adult"
    ).verdicts
    assert [each.field for each in found.missing] == ["spoken_to"]


def test_a_person_who_is_not_known_is_what_is_missing_not_what_he_did(review_of):
    (found,) = review_of(
        "children: [{id: baby, father: not_known}]", "{father.assessed: yes}", kind="child"
    ).verdicts
    assert found.name == "not recorded"
    assert [each.field for each in found.missing] == ["father"]


# -- acceptance --------------------------------------------------------------------------------

ACCEPTED = """
adults: [{id: a, assessed: no}]
accepted:
  - {rule: test-rule, subject: a, reason: He is abroad., role: team manager, date: 2021-05-01,
     review: 2021-06-30}
"""


@pytest.mark.parametrize(
    ("as_of", "accepted"),
    [("2021-04-30", False), ("2021-05-01", True), ("2021-06-30", True), ("2021-07-01", False)],
)
def test_a_gap_is_accepted_from_its_day_to_its_review_date(review_of, as_of, accepted):
    day = datetime.date.fromisoformat(as_of)
    (found,) = review_of(ACCEPTED, "{assessed: yes}", day, kind="adult").verdicts
    assert found.name == "gap"
    assert (found.accepted is not None) is accepted
    assert (found.lapsed is not None) is (as_of == "2021-07-01")


def test_an_acceptance_without_a_gap_is_told(review_of):
    review = review_of(
        ACCEPTED.replace("assessed: no", "assessed: yes"), "{assessed: yes}", kind="adult"
    )
    assert review.notes == (
        "The acceptance of test-rule for a accepts nothing: there is no gap (met).",
    )


def test_an_acceptance_of_an_unknown_rule_or_subject_is_told(review_of):
    other_rule = review_of(
        ACCEPTED.replace("test-rule", "tset-rule"), "{assessed: yes}", kind="adult"
    )
    assert "does not have" in other_rule.notes[0]
    other_subject = review_of(
        ACCEPTED.replace("subject: a", "subject: b"), "{assessed: yes}", kind="adult"
    )
    assert "nothing that the rule looks at" in other_subject.notes[0]


# -- judged by people --------------------------------------------------------------------------


def judged(subject: str = "a", rule: str = "test-rule", **more: str) -> str:
    parts = {"answer": "yes", "reason": "We read it.", "role": "chair", "date": "2021-05-01"} | more
    written = ", ".join(f"{key}: {value}" for key, value in parts.items())
    return f"{{rule: {rule}, subject: {subject}, {written}}}"


def adult_judged(*judgements: str) -> str:
    return f"adults: [{{id: a, assessed: yes}}]\njudgements: [{', '.join(judgements)}]"


ASSESSED_AND_JUDGED = "{assessed: yes}\n  judge: Is it so?"


@pytest.mark.parametrize(
    ("judgements", "verdict"),
    [
        ([], "not recorded"),
        ([judged()], "met"),
        ([judged(answer="no")], "gap"),
        ([judged(date="2021-06-02")], "not recorded"),
        ([judged(agency="gp", date="2021-05-02"), judged(agency="gp", answer="no")], "met"),
        ([judged(agency="gp"), judged(agency="police", answer="no")], "conflicting"),
        ([judged(), judged(answer="no", date="2021-05-02")], "conflicting"),
    ],
)
def test_what_a_person_judged_is_part_of_what_is_expected(review_of, judgements, verdict):
    (found,) = review_of(adult_judged(*judgements), ASSESSED_AND_JUDGED, kind="adult").verdicts
    assert found.name == verdict


def test_who_is_to_judge_sees_what_is_there_to_judge_by(review_of):
    (found,) = review_of(adult_judged(), ASSESSED_AND_JUDGED, kind="adult").verdicts
    assert found.name == "not recorded"
    assert [each.field for each in found.because] == ["assessed"]
    (found,) = review_of("adults: [{id: a}]", ASSESSED_AND_JUDGED, kind="adult").verdicts
    assert found.because == ()


@pytest.mark.parametrize(
    ("judgement", "expects", "note"),
    [
        (
            judged(rule="tset-rule"),
            ASSESSED_AND_JUDGED,
            "The judgement on tset-rule for a names a rule that this rulebook does not have "
            "(did you mean test-rule?).",
        ),
        (
            judged(subject="b"),
            ASSESSED_AND_JUDGED,
            "The judgement on test-rule for b names nothing that the rule looks at.",
        ),
        (
            judged(),
            "{assessed: yes}",
            "The judgement on test-rule for a answers nothing: the rule asks for no judgement.",
        ),
    ],
)
def test_a_judgement_that_answers_nothing_is_told_once(review_of, judgement, expects, note):
    review = review_of(adult_judged(judgement, judgement), expects, kind="adult")
    assert review.notes == (note,)


def test_a_judgement_that_answers_is_no_note(review_of):
    assert review_of(adult_judged(judged()), ASSESSED_AND_JUDGED, kind="adult").notes == ()


# -- said not to apply --------------------------------------------------------------------------


def adult_of_whom_it_is_said(record, *said):
    return f"adults: [{{id: a, {record}}}]\nnot_applicable: [{', '.join(said)}]"


def said_not_to_apply(subject="a", **more):
    parts = {"rule": "test-rule", "reason": "Not theirs.", "role": "social worker"} | more
    parts |= {"date": more.get("date", "2021-05-01")} | ({"subject": subject} if subject else {})
    return f"{{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"


DISPUTED = "[{value: yes, agency: gp}, {value: no, agency: police}]"


@pytest.mark.parametrize(
    ("record", "without", "with_it", "disputed"),
    [
        ("assessed: no", "not recorded", "not applicable", False),
        ("assessed: yes", "met", "not applicable", False),
        ("engages: yes, assessed: no", "gap", "gap", True),
        ("engages: yes, assessed: yes", "met", "met", True),
        ("engages: yes", "not recorded", "not recorded", True),
        ("engages: no, assessed: no", "not applicable", "not applicable", False),
        (f"engages: {DISPUTED}, assessed: no", "gap", "gap", True),
        (f"engages: yes, assessed: {DISPUTED}", "conflicting", "conflicting", True),
    ],
)
def test_a_word_that_a_rule_does_not_apply_speaks_against_that(
    rule_of, record, without, with_it, disputed
):
    reviewer = Reviewer(rule_of("{assessed: yes}", kind="adult", applies="{engages: yes}"))
    for said, name in (([], without), ([said_not_to_apply()], with_it)):
        case = case_of(adult_of_whom_it_is_said(record, *said))
        (found,) = reviewer.review(case, DAY).verdicts
        (reasoned,) = reviewer.reasoned(found.rule, case, DAY)
        assert found.name == name
        assert reviewer.tally(case, DAY).verdicts == {name: {"test-rule": ["a"]}}
        assert reasoned.verdict == found
    assert found.applies_disputed is disputed


def test_who_says_that_a_rule_does_not_apply_is_told_with_when_and_why(review_of):
    (found,) = review_of(
        adult_of_whom_it_is_said(
            "note: x",
            said_not_to_apply(agency="childrens_social_care"),
            said_not_to_apply(role="GP", date="2021-05-03"),
        ),
        "{assessed: yes}",
        kind="adult",
        applies="{engages: yes}",
    ).verdicts
    assert found.message == (
        "Does not apply, said by the social worker (children's social care), 1 May 2021: "
        "Not theirs; said by the GP, 3 May 2021: Not theirs."
    )
    assert [(each.name, each.value, each.agency, each.where) for each in found.applies_because] == [
        (
            "whether it applies",
            "no",
            "childrens_social_care",
            "said by the social worker: Not theirs",
        ),
        ("whether it applies", "no", None, "said by the GP: Not theirs"),
    ]
    assert (found.missing, found.would_be_met_by, found.close) == ((), (), "")


def test_a_dispute_names_what_speaks_for_it_and_who_speaks_against_it(review_of):
    case = adult_of_whom_it_is_said("engages: yes, assessed: no", said_not_to_apply())
    (found,) = review_of(case, "{assessed: yes}", kind="adult", applies="{engages: yes}").verdicts
    assert [each.name for each in found.applies_because] == ["engages", "whether it applies"]


def test_what_would_meet_a_rule_leaves_it_evidence_that_it_applies(review_of):
    applies = "{any: [{engages: yes}, {assessed: yes}]}"
    for said, fields in (([], ["engages"]), ([said_not_to_apply()], ["assessed", "engages"])):
        case = adult_of_whom_it_is_said("engages: yes", *said)
        (found,) = review_of(case, "{engages: no}", kind="adult", applies=applies).verdicts
        assert found.name == "gap"
        assert [sorted(each.field for each in one) for one in found.would_be_met_by] == [fields]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (said_not_to_apply(date="2021-06-01"), "not applicable"),
        (said_not_to_apply(date="2021-06-02"), "not recorded"),
        (said_not_to_apply("b"), "not recorded"),
        (said_not_to_apply(None), "not recorded"),
        (said_not_to_apply(rule="another-rule"), "not recorded"),
    ],
)
def test_it_counts_from_its_day_and_for_its_rule_and_subject(review_of, said, name):
    (found,) = review_of(
        adult_of_whom_it_is_said("note: x", said),
        "{assessed: yes}",
        kind="adult",
        applies="{engages: yes}",
    ).verdicts
    assert found.name == name


@pytest.mark.parametrize("subject", [None, "a-case"])
def test_said_of_the_case_it_counts_where_the_record_is_silent_of_all_it_looks_at(rule_of, subject):
    case = case_of(f"not_applicable: [{said_not_to_apply(subject)}]")
    reviewer = Reviewer(rule_of("{invited: {includes: gp}}", kind="meeting"))
    (found,) = reviewer.review(case, DAY).verdicts
    assert (found.name, found.subject.id) == ("not applicable", "a-case")
    assert found.message == ("Does not apply, said by the social worker, 1 May 2021: Not theirs.")
    assert found.missing == ()
    assert reviewer.tally(case, DAY).verdicts == {"not applicable": {"test-rule": ["a-case"]}}


def test_of_a_family_of_which_half_is_silent_it_counts_for_that_half_alone(review_of):
    case = f"adults: [{{id: a}}]\nnot_applicable: [{said_not_to_apply(None)}]"
    review = review_of(case, "{age_years: 31}", kind="family_member")
    assert [(each.subject.id, each.name) for each in review.verdicts] == [
        ("a", "not recorded"),
        ("a-case", "not applicable"),
    ]


# -- could not be judged -----------------------------------------------------------------------


def test_a_rule_that_fails_is_a_state_of_its_own_and_the_others_are_still_judged(
    rulebook, library_fails
):
    library_fails(lambda _, fact: fact.get("r") == [{"c0": 0}])  # a list that lacks the one code
    case = case_of(
        "meetings: [{id: bad, kind: strategy, invited: []}, "
        "{id: good, kind: strategy, invited: [gp]}]"
    )
    review = Reviewer(rulebook).review(case, DAY)
    found = {each.subject.id: each for each in review.verdicts if each.rule.id == "gp-invited"}
    assert found["bad"].name == "could not be judged"
    assert "it hangs" in found["bad"].message
    assert found["good"].name == "met"


# -- tallies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(worked_cases().rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_tally_says_what_the_verdicts_say(path, standard_reviewer):
    (read,) = read_cases([path])
    review = standard_reviewer.review(read.case, read.case.as_of)
    tally = standard_reviewer.tally(read.case, read.case.as_of)
    told = {
        (name, rule, subject)
        for name, by_rule in tally.verdicts.items()
        for rule, subjects in by_rule.items()
        for subject in subjects
    }
    assert told == {(each.name, each.rule.id, each.subject.id) for each in review.verdicts}
    assert sum(len(each) for by in tally.verdicts.values() for each in by.values()) == len(told)
    accepted = {(each.rule.id, each.subject.id) for each in review.verdicts if each.accepted}
    assert {(rule, each) for rule, found in tally.accepted.items() for each in found} == accepted
    assert {*tally.queries} == {each.query.id for each in review.queries}


@pytest.fixture(scope="session")
def standard_reviewer(standard_rulebook):
    return Reviewer(standard_rulebook)


def test_a_tally_of_what_the_engine_cannot_judge_says_so(rulebook, library_fails):
    library_fails(lambda *_: True)
    tally = Reviewer(rulebook).tally(case_of("children: [{id: baby}]"), DAY)
    assert "could not be judged" in tally.verdicts
    assert tally.unchecked


# -- record queries ----------------------------------------------------------------------------

QUERY = """
- query: assessed-and-not
  title: Assessed and not
  for_each: adult
  when: {assessed: yes, spoken_to: no}
  says: "{subject} was assessed and not spoken to: {spoken_to}."
  check: Ask who met {subject}.
  examples:
    - {given: {adults: [{id: a, assessed: yes, spoken_to: no}]}, raised: yes}
    - {given: {adults: [{id: a}]}, raised: no}
"""


@pytest.fixture
def with_query(rule_of):
    return rule_of("{concerns: {includes: neglect}}", terms=QUERY)


def queries_of(rulebook, case, rules=None):
    return Reviewer(rulebook, rules).review(case_of(case), DAY).queries


def test_a_query_is_raised_where_there_is_evidence_for_it(with_query):
    (found,) = queries_of(
        with_query,
        "adults: [{id: a, assessed: yes, spoken_to: no}, {id: b, assessed: yes, spoken_to: yes}]",
    )
    assert (found.query.id, found.subject.id, found.state) == ("assessed-and-not", "a", "raised")
    assert found.message == "A was assessed and not spoken to: no."
    assert found.check == "Ask who met a."
    assert [(each.field, each.value) for each in found.because] == [
        ("assessed", "yes"),
        ("spoken_to", "no"),
    ]


def test_a_query_is_raised_where_agencies_differ_and_shows_them_all(with_query):
    spoken_to = "[{value: no, agency: gp}, {value: yes, agency: police}]"
    (found,) = queries_of(with_query, f"adults: [{{id: a, assessed: yes, spoken_to: {spoken_to}}}]")
    assert found.state == "raised"
    said = {(each.field, each.value, each.agency) for each in found.because}
    assert said == {
        ("assessed", "yes", None),
        ("spoken_to", "no", "gp"),
        ("spoken_to", "yes", "police"),
    }


@pytest.mark.parametrize(
    "case",
    ["concerns: []", "adults: []", "adults: [{id: a}]", "adults: [{id: a, assessed: yes}]"],
)
def test_silence_raises_no_query(with_query, case):
    assert queries_of(with_query, case) == ()


def test_where_a_part_of_the_rules_is_chosen_no_query_is_looked_at(with_query):
    case = "adults: [{id: a, assessed: yes, spoken_to: no}]"
    assert len(queries_of(with_query, case)) == 1
    assert queries_of(with_query, case, with_query.rules) == ()
    assert queries_of(with_query, case, []) == ()


def test_a_query_gives_no_verdict_and_nothing_to_accept(with_query):
    case = case_of(
        """
        adults: [{id: a, assessed: yes, spoken_to: no}]
        accepted:
          - {rule: assessed-and-not, subject: a, reason: So it is., role: manager,
             review: 2021-07-01}
        """
    )
    review = Reviewer(with_query).review(case, DAY)
    assert {verdict.rule.id for verdict in review.verdicts} == {"test-rule"}
    assert len(review.queries) == 1
    assert "does not have" in review.notes[0]


def test_a_query_that_fails_on_one_subject_is_told_and_the_others_are_looked_at(
    with_query, library_fails
):
    library_fails(lambda _, fact: fact.get("s") == ["no", "yes"])
    failed, raised = queries_of(
        with_query,
        "adults: [{id: bad, assessed: [{value: yes, agency: gp}, {value: no, agency: police}]}, "
        "{id: fine}, {id: good, assessed: yes, spoken_to: no}]",
    )
    assert (failed.subject.id, failed.state, failed.check) == ("bad", "could not be judged", "")
    assert "it hangs" in failed.message
    assert (raised.subject.id, raised.state) == ("good", "raised")


# -- order -------------------------------------------------------------------------------------

RULEBOOK = load_sample()


TREES = [
    parse_yaml(read_text(path), path.name)
    for path in sorted(SAMPLE_CASES.iterdir())
    if path.suffix in (".yaml", ".json")
]


def _shuffled(tree, draw):
    """Return a tree with its keys in another order, and its lists of things too."""
    if isinstance(tree, dict):
        return {key: _shuffled(tree[key], draw) for key in draw(st.permutations(list(tree)))}
    if isinstance(tree, list):
        # the order of one field's words has a meaning: the later undated word stands
        words = all(isinstance(item, dict) and "value" in item for item in tree)
        order = tree if words else draw(st.permutations(tree))
        return [_shuffled(item, draw) for item in order]
    return tree


def _raised(review):
    return sorted(
        (each.query.id, each.subject.label, each.state, sorted(map(_plain, each.because)))
        for each in review.queries
    )


def _told(review):
    return sorted(
        (
            each.rule.id,
            each.subject.label,
            each.name,
            each.deadline,
            each.accepted,
            sorted(_plain(because) for because in each.because),
            sorted(map(str, each.missing)),
            each.would_be_met_by,
        )
        for each in review.verdicts
    )


def _plain(because):
    value = because.value
    return str(because._replace(value=sorted(value) if isinstance(value, frozenset) else value))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_keys_subjects_and_rules_changes_no_verdict(data):
    tree = data.draw(st.sampled_from(TREES))
    rules = data.draw(st.permutations(RULEBOOK.rules))
    shuffled = _shuffled(tree, data.draw)
    as_written = case_from(tree)
    day = as_written.as_of or DAY
    first = Reviewer(RULEBOOK).review(as_written, day)
    other = Reviewer(replace(RULEBOOK, rules=tuple(rules), queries=RULEBOOK.queries[::-1])).review(
        case_from(shuffled), day
    )
    assert _told(first) == _told(other)
    assert _raised(first) == _raised(other)


# -- memory ------------------------------------------------------------------------------------

MEMORY = """
import datetime, os
from pathlib import Path
from checklist.case_file import read_cases
from checklist.review import Reviewer
from checklist.rulebook import worked_cases
from tests.conftest import SAMPLE_CASES, load_sample

def pages():
    # this process's, and those of the one that runs the library for it
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return sum(
        int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in ("self", *children)
    )

reviewer = Reviewer(load_sample())
cases = [read.case for read in read_cases([SAMPLE_CASES])]
for number in range(10_000):
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=number % 700)
    reviewer.review(cases[number % len(cases)], day)
    if number == 999:
        after_a_thousand = pages()
assert Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
print(pages() / after_a_thousand)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/statm")
def test_ten_thousand_reviews_take_no_more_memory_than_a_thousand():
    code = [sys.executable, "-c", MEMORY]
    here = Path(__file__).parent.parent
    ran = subprocess.run(code, capture_output=True, text=True, check=True, cwd=here)
    assert float(ran.stdout) <= 1.10
