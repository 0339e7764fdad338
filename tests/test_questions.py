import pytest

from checklist.conditions import moment_of_deadline
from checklist.judging import Judging
from checklist.questions import Questions, asked_at, summed
from checklist.rulebook import load
from checklist.subjects import CaseSubjects
from checklist.truth import Truth
from checklist.verdict import Target
from tests.conftest import DAY, case_of

ALL, STAYS = frozenset(Truth), frozenset({Truth.NEITHER})


@pytest.fixture
def judged_on(rule_of):
    """Return a function from a condition and a case to Questions on its first subject, and it."""

    def judge(condition, case, kind="adult", **options):
        (rule,) = rule_of(condition, kind=kind).rules
        subject = CaseSubjects(case_of(case), DAY).of_kind(kind)[0]
        judged = Judging().judged(rule.expects, subject)
        return Questions(rule, {}, subject, **options), judged

    return judge


def possible(found):
    questions, judged = found
    return questions.possible(judged)


DAD = "adults: [{{id: dad, {}}}]"


@pytest.mark.parametrize(
    ("condition", "said", "asked", "expected"),
    [
        ("{engages: yes}", "engages: yes", (), {Truth.TRUE}),
        ("{engages: yes}", "assessed: yes", (), ALL),
        ("{engages: yes}", "assessed: yes", ("engages",), STAYS),
        ("{not: {engages: yes}}", "engages: yes", (), {Truth.FALSE}),
        ("{all: [{engages: yes}, {assessed: yes}]}", "engages: no", (), {Truth.FALSE}),
        ("{all: [{engages: yes}, {assessed: yes}]}", "engages: yes", (), ALL),
        (
            "{all: [{engages: yes}, {assessed: yes}]}",
            "seen_alone: no",
            ("engages",),
            {Truth.NEITHER, Truth.FALSE},
        ),
        ("{any: [{engages: yes}, {assessed: yes}]}", "engages: yes", (), {Truth.TRUE}),
        (
            "{any: [{engages: yes}, {assessed: yes}]}",
            "seen_alone: no",
            ("engages",),
            {Truth.NEITHER, Truth.TRUE},
        ),
    ],
)
def test_what_a_condition_can_come_to(condition, said, asked, expected, judged_on):
    before = {Target("dad", field) for field in asked}
    assert possible(judged_on(condition, DAD.format(said), asked=before)) == expected


@pytest.mark.parametrize("thorough", [False, True])
def test_a_list_of_which_a_part_is_silent_can_still_gain_members(judged_on, thorough):
    condition = "{some: {family_members: {interpreter_needed: yes}}}"
    for said, expected in (("yes", {Truth.TRUE}), ("no", ALL - STAYS - {Truth.FALSE})):
        case = f"children: [{{id: baby, interpreter_needed: {said}}}]"
        found = judged_on(condition, case, kind="case", thorough=thorough)
        assert expected <= possible(found)
        adults = {Target("a-case", "adults")}
        found = judged_on(condition, case, kind="case", thorough=thorough, asked=adults)
        assert possible(found) == ({Truth.TRUE} if said == "yes" else STAYS)
        assert found[0].missing(found[1]) == ()


def test_thoroughly_all_that_can_change_a_value_is_missing(judged_on):
    condition = "{all: [{engages: yes}, {assessed: yes}, {not: {seen_alone: yes}}]}"
    case = """
      adults:
        - id: dad
          engages: [{value: yes, agency: gp}, {value: no, agency: police}]
          seen_alone: no
    """
    for thorough, expected in ((False, []), (True, ["assessed"])):
        questions, judged = judged_on(condition, case, thorough=thorough)
        assert judged.truth is Truth.FALSE
        assert [each.at.field for each in questions.missing(judged)] == expected


def test_only_what_the_first_of_several_conditions_lacks_is_missing_first(judged_on):
    condition = "{all: [{all: [{engages: yes}, {seen_alone: yes}]}, {assessed: yes}]}"
    questions, judged = judged_on(condition, DAD.format("in_household: yes"))
    assert [each.at.field for each in questions.missing(judged, first=True)] == ["engages"]
    assert len(questions.missing(judged)) == 3


def test_what_a_condition_hangs_on_is_shared_among_its_parts(judged_on):
    condition = "{any: [{engages: yes}, {all: [{assessed: yes}, {seen_alone: yes}]}]}"
    questions, judged = judged_on(condition, DAD.format("in_household: yes"))
    assert questions.hangs_on(judged) == {
        Target("dad", "engages"): 1 / 2,
        Target("dad", "assessed"): 1 / 4,
        Target("dad", "seen_alone"): 1 / 4,
    }
    asked = {Target("dad", "engages")}
    questions, judged = judged_on(condition, DAD.format("in_household: yes"), asked=asked)
    assert questions.hangs_on(judged)[Target("dad", "assessed")] == 1 / 2
    questions, judged = judged_on(condition, DAD.format("engages: yes"))
    assert questions.hangs_on(judged) == {}


def test_a_day_that_is_not_there_is_what_a_test_of_days_hangs_on(judged_on):
    condition = "{refuge_moved_on: {after: refuge_asked_on}}"
    questions, judged = judged_on(condition, DAD.format("refuge_moved_on: 2021-02-01"))
    assert questions.hangs_on(judged) == {Target("dad", "refuge_asked_on"): 1}
    questions, judged = judged_on(condition, DAD.format("engages: yes"))
    assert questions.hangs_on(judged) == {Target("dad", "refuge_moved_on"): 1}


def test_a_step_to_somebody_not_known_hangs_on_who_it_is(judged_on):
    questions, judged = judged_on(
        "{mother: {engages: yes}}", "{children: [{id: baby}], adults: []}", kind="child"
    )
    assert questions.hangs_on(judged) == {Target("baby", "mother"): 1}


def test_where_an_answer_is_asked_for():
    family = CaseSubjects(case_of("{children: [{id: baby}], adults: [{id: dad}]}"), DAY)
    born, expected = Target("baby", "born"), Target("baby", "expected")
    assert asked_at(Target("baby", "born_or_due"), family) == (born, expected)
    assert asked_at(Target("baby", "age_years"), family) == (born,)
    assert asked_at(Target("dad", "unborn"), family) == (Target("dad", "born"),)
    assert asked_at(Target("dad", "engages"), family) == (Target("dad", "engages"),)


def test_shares_are_added_up():
    one, other = Target("dad", "engages"), Target("mum", "engages")
    assert summed([{one: 1.0}, {one: 0.5, other: 1.0}], 1 / 2) == {one: 0.75, other: 0.5}


@pytest.mark.parametrize(
    ("expects", "by", "said", "ask", "expected"),
    [
        (
            "{refuge_moved_on: {within: {days: 7, after: refuge_asked_on}}}",
            "",
            "{id: mum, refuge_moved_on: 2021-03-01}",
            {"refuge_asked_on": "When was it asked for, for {subject}?"},
            "When was it asked for, for mum?",
        ),
        (
            "{refuge_moved_on: {within: {days: 7, after: refuge_asked_on}}}",
            "",
            "{id: mum, refuge_moved_on: 2021-03-01}",
            {},
            "What is the day a place in a refuge was asked for (mum)?",
        ),
        (
            "{some: {incidents: {date: {after: this_adult.refuge_asked_on}}}}",
            "",
            "{id: mum}], incidents: [{date: 2021-03-01}",
            {"this_adult.refuge_asked_on": "When was it asked for, for {subject}?"},
            "When was it asked for, for mum?",
        ),
        (
            "{some: {actions: {due: {after: case.next_conference}}}}",
            "",
            "{id: mum}], actions: [{due: 2021-03-01}",
            {"case.next_conference": "When do you meet?"},
            "When do you meet?",
        ),
        (
            "{engages: yes}",
            "{days: 7, after: refuge_asked_on}",
            "{id: mum, engages: no}",
            {"refuge_asked_on": "When was it asked for, for {subject}?"},
            "When was it asked for, for mum?",
        ),
    ],
)
def test_a_day_that_is_counted_from_is_asked_for_in_the_words_of_the_rule(
    expects, by, said, ask, expected, rule_of, tmp_path
):
    rule_of(expects, kind="adult", by=by)
    file = tmp_path / "rules.yaml"
    if ask:
        asking = file.read_text("utf-8").replace("\n  why:", f"\n  ask: {ask}\n  why:")
        file.write_text(asking, encoding="utf-8")
    (rule,) = load([file]).rules
    subject = CaseSubjects(case_of(f"{{adults: [{said}]}}"), DAY).of_kind("adult")[0]
    questions = Questions(rule, {}, subject)
    missing = questions.missing(Judging().judged(rule.expects, subject))
    if by:
        missing = questions.missing_day(moment_of_deadline(rule.by))
    assert [each.question for each in missing] == [expected]
