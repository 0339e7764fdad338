import datetime
import itertools

import pytest

from checklist.errors import BadInput
from checklist.explanation import Explainer
from checklist.review import Reviewer
from tests.conftest import DAY, case_of
from tests.test_condition_tree import SAID, TERM

MEETING = "meetings: [{kind: strategy, date: 2021-06-10, invited: [police]}]"
GP = "{invited: {includes: gp}}"


@pytest.fixture
def explain(rule_of):
    def explained(case, expects, name="test-rule", as_of=DAY, **rule):
        (found,) = Explainer(rule_of(expects, **rule), name, case_of(case), as_of).explain()
        return found

    return explained


# -- the row of the table ----------------------------------------------------------------------

WORDS = {"yes": "yes", "no": "no", "both": "records disagree", "neither": "not recorded"}
VERDICTS = {
    "yes": {"yes": "met", "no": "gap", "both": "conflicting", "neither": "not recorded"},
    "both": {"yes": "met", "no": "gap", "both": "conflicting", "neither": "not recorded"},
    "neither": {
        "yes": "met",
        "no": "not recorded",
        "both": "conflicting",
        "neither": "not recorded",
    },
}
RECORD = dict(zip(WORDS, SAID.values(), strict=True))


@pytest.mark.parametrize(("applies", "expects"), [*itertools.product(VERDICTS, WORDS)])
def test_the_row_says_what_applies_what_is_expected_and_what_follows(applies, expects, explain):
    case = f"adults: [{{id: dad, assessed: {RECORD[applies]}, spoken_to: {RECORD[expects]}}}]"
    found = explain(case, "{spoken_to: yes}", kind="adult", applies="{assessed: yes}")
    verdict = VERDICTS[applies][expects]
    assert found.answer == verdict
    row = f"applies: {WORDS[applies]}, expects: {WORDS[expects]} -> {verdict}"
    assert found.follows == row


def test_what_does_not_apply_is_not_looked_at_further(explain):
    case = "adults: [{id: dad, assessed: no, spoken_to: yes}]"
    found = explain(case, "{spoken_to: yes}", kind="adult", applies="{assessed: yes}")
    assert found.follows == "applies: no -> not applicable"
    assert not found.expects.decided
    assert found.applies.decided


@pytest.mark.parametrize(
    ("case", "as_of", "row"),
    [
        (MEETING, "2021-06-10", "applies: yes, expects: no, deadline ahead -> due"),
        (MEETING, "2021-06-11", "applies: yes, expects: no, deadline passed -> gap"),
        ("meetings: [{invited: []}]", "2021-06-11",
         "applies: yes, expects: no, no deadline recorded -> gap"),
        # a deadline makes no difference to what is done, or disputed
        (MEETING.replace("police", "gp"), "2021-06-10", "applies: yes, expects: yes -> met"),
    ],
)  # fmt: skip
def test_the_deadline_stands_in_the_row_where_it_can_matter(case, as_of, row, explain):
    day = datetime.date.fromisoformat(as_of)
    assert explain(case, GP, as_of=day, kind="meeting", by="date").follows == row


def test_an_accepted_gap_says_so(explain):
    accepted = "{rule: test-rule, subject: m, reason: r, role: manager, review: 2021-06-30}"
    case = f"meetings: [{{id: m, invited: []}}]\naccepted: [{accepted}]"
    found = explain(case, GP, kind="meeting")
    assert found.follows == "applies: yes, expects: no -> gap, accepted"
    assert found.accepted.role == "manager"
    assert found.answer == "gap"


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ("note: nothing", "nothing is recorded of meetings -> not recorded"),
        ("meetings: []", "the record says that there are no meetings -> not applicable"),
    ],
)
def test_no_subject_is_explained_too(case, row, explain):
    found = explain(case, GP, kind="meeting")
    assert found.follows == row
    assert (found.applies, found.expects, found.deadline, found.changes) == (None, None, None, ())


SAID = "not_applicable: [{rule: test-rule, %sreason: r, role: social worker, date: 2021-05-01}]"


@pytest.mark.parametrize(
    ("assessed", "row"),
    [
        ("", "applies: no -> not applicable"),
        (", assessed: yes", "applies: records disagree, expects: yes -> met"),
    ],
)
def test_a_word_that_a_rule_does_not_apply_stands_among_what_decides_that(assessed, row, explain):
    case = f"adults: [{{id: dad, spoken_to: yes{assessed}}}]\n{SAID % 'subject: dad, '}"
    found = explain(case, "{spoken_to: yes}", kind="adult", applies="{assessed: yes}")
    assert found.follows == row
    said = found.applies.values[-1]
    assert (said.name, said.value) == ("whether it applies", "no")
    assert said.where == "said by the social worker: r"
    assert found.expects.decided is bool(assessed)


def test_a_word_that_a_rule_does_not_apply_is_explained_where_nothing_is_recorded(explain):
    found = explain(SAID % "", GP, kind="meeting")
    assert found.follows == (
        "nothing is recorded of what it looks at, and it is said not to apply -> not applicable"
    )
    assert found.message == "Does not apply, said by the social worker, 1 May 2021: r."


def test_what_could_not_be_judged_says_so(explain, library_fails):
    library_fails(lambda *_: True, "it hung")
    found = explain(MEETING, GP, kind="meeting")
    assert found.follows == "the engine failed -> could not be judged"
    assert "it hung" in found.message


# -- deadlines and changes ---------------------------------------------------------------------


def test_a_deadline_shows_the_days_it_is_counted_from(explain):
    found = explain(MEETING, GP, kind="meeting", by="{weeks: 1, before: date}").deadline
    assert found.words == "until 1 week before the date of the meeting"
    assert (found.last, found.days_left) == (datetime.date(2021, 6, 3), 2)
    (day,) = found.days
    assert (day.field, day.value) == ("date", datetime.date(2021, 6, 10))


def test_a_deadline_by_a_timescale_shows_the_day_it_counts_from(explain):
    editions = "[{edition: One, in_force_from: 2018-07-04, number: 2, unit: weeks, source: It.}]"
    timescale = f"- timescale: review\n  says: It follows.\n  editions: {editions}\n"
    by = "{timescale: review, after: date}"
    found = explain(MEETING, GP, kind="meeting", by=by, terms=timescale).deadline
    assert (found.last, found.days_left) == (datetime.date(2021, 6, 24), 23)
    assert [day.value for day in found.days] == [datetime.date(2021, 6, 10)]


def test_a_deadline_that_nobody_recorded_is_named(explain):
    found = explain(MEETING, GP, kind="meeting", by="case.next_conference").deadline
    assert (found.last, found.days, found.silent) == (None, (), "next conference")


def test_what_would_change_it_is_that_of_the_verdict_with_members_in_words(rulebook, explain):
    case = """
        concerns: [neglect]
        children: [{id: baby, born: 2021-01-01}]
        tools: [{tool: gcp2, date: 2021-02-01, state: not_considered}]
        """
    (found,) = Explainer(rulebook, "gcp2-considered", case_of(case), DAY).explain()
    (verdict,) = (
        Reviewer(rulebook, rulebook.select(["gcp2-considered"])).review(case_of(case), DAY).verdicts
    )
    assert [tuple((each.field, each.test) for each in change) for change in found.changes] == [
        tuple((each.field, each.test) for each in needed) for needed in verdict.would_be_met_by
    ]
    names = {each.name for change in found.changes for each in change}
    assert "GCP2 of 1 Feb 2021: state" in names


def test_a_met_verdict_has_nothing_to_change(explain):
    found = explain(MEETING.replace("police", "gp"), GP, kind="meeting")
    assert (found.answer, found.changes) == ("met", ())


# -- terms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", WORDS)
def test_a_term_is_explained_like_a_verdict(said, explain):
    case = f"adults: [{{id: dad, spoken_to: {RECORD[said]}}}]"
    found = explain(case, "{known_well: yes}", "known_well", kind="adult", terms=TERM)
    assert (found.kind, found.id, found.answer) == ("term", "known_well", WORDS[said])
    assert found.title == '"Known well"'
    assert found.applies is None
    assert found.expects.kind == "term"
    assert bool(found.changes) is (said != "yes")
    assert bool(found.missing) is (said == "neither")


def test_a_term_says_what_is_for_it_and_what_against(explain):
    terms = f"{TERM.rstrip()}\n  no_when: {{assessed: no}}\n"
    case = "adults: [{id: dad, spoken_to: yes, assessed: no}]"
    found = explain(case, "{known_well: yes}", "known_well", kind="adult", terms=terms)
    assert found.follows == (
        "evidence for it: found, evidence against it: found -> records disagree"
    )


# -- which one ---------------------------------------------------------------------------------

TWO = "meetings: [{id: a, invited: [gp]}, {id: b, invited: []}]"


def test_all_subjects_are_answered_and_one_can_be_chosen(rule_of):
    explainer = Explainer(rule_of(GP, kind="meeting"), "test-rule", case_of(TWO), DAY)
    assert [(each.subject.id, each.answer) for each in explainer.answers()] == [
        ("a", "met"),
        ("b", "gap"),
    ]
    assert [each.subject.id for each in explainer.explain()] == ["a", "b"]
    assert [each.subject.id for each in explainer.explain("b")] == ["b"]


def test_the_answers_are_those_of_a_review(rulebook):
    case = case_of("children: [{id: a}, {id: b}]\nadults: [{id: c}]\nmeetings: []\nconcerns: []")
    for verdict in Reviewer(rulebook).review(case, DAY).verdicts:
        explainer = Explainer(rulebook, verdict.rule.id, case, DAY)
        found = next(
            each
            for each in explainer.explain(verdict.subject.id)
            if each.subject == verdict.subject
        )
        assert (found.answer, found.message) == (verdict.name, verdict.message)
        assert found.missing == verdict.missing


def test_an_unknown_name_is_told_with_the_nearest(rulebook):
    with pytest.raises(BadInput) as raised:
        Explainer(rulebook, "neglect-is-a-featur", case_of("id: x"), DAY)
    assert str(raised.value) == (
        "RULE: there is no rule or term neglect-is-a-featur (did you mean neglect_is_a_feature?)."
    )


def test_an_unknown_subject_is_told_with_the_nearest(rule_of):
    case = case_of("meetings: [{id: first, invited: []}, {id: second, invited: []}]")
    explainer = Explainer(rule_of(GP, kind="meeting"), "test-rule", case, DAY)
    with pytest.raises(BadInput) as raised:
        explainer.explain("secnd")
    assert str(raised.value) == (
        "--subject: test-rule looks at no meeting secnd in this case (did you mean second?); "
        "there are first, second."
    )
