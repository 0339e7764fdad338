import pytest

from checklist.asking import asks
from checklist.review import Reviewer
from checklist.rulebook import load
from checklist.subjects import CaseSubjects
from checklist.verdict import Target
from tests.conftest import DAY, case_of


@pytest.fixture
def asked_of(rule_of):
    """Return a function from rules' parts and a case to the open questions in order."""

    def ask(case, expects, asked=frozenset(), last=None, **rule):
        case = case_of(case)
        review = Reviewer(rule_of(expects, **rule)).review(case, DAY)
        return asks(review.verdicts, CaseSubjects(case, DAY), asked, last)

    return ask


def fields(found):
    return [each.at.field for each in found]


ADULT = "{children: [], adults: [{id: dad}]}"


def test_who_belongs_to_whom_comes_first_where_something_hangs_on_it(asked_of):
    case = "{children: [{id: baby}], adults: [{id: mum}]}"
    found = asked_of(case, "{mother: {engages: yes}}", kind="child")
    assert [each.at for each in found[:3]] == [
        Target("baby", "mother"),
        Target("baby", "father"),
        Target("mum", "partner"),
    ]
    assert found[0].question == "Who is the mother of baby?"
    assert asked_of(case, "{views_recorded: yes}", kind="child")[0].at.field == "views_recorded"
    couple = "{children: [], adults: [{id: mum, partner: dad}, {id: dad}]}"
    assert asked_of(couple, "{partner: {engages: yes}}", kind="adult")[0].at.field != "partner"
    answered = "{children: [{id: baby, mother: mum}], adults: [{id: mum, partner: not_known}]}"
    assert fields(asked_of(answered, "{mother: {engages: yes}}", kind="child"))[:2] == [
        "father",
        "engages",
    ]


def test_who_is_who_comes_before_all_that_is_asked_of_them(asked_of):
    case = "{adults: [{id: mum}]}"
    expects = """{all: [{some: {meetings: {kind: strategy}}}, {some: {plans: {open: yes}}},
        {some: {agencies: {involved: yes}}}, {some: {children: {views_recorded: yes}}},
        {every: {adults: {engages: yes, first_language: English, age_years: {at_least: 20}}}}]}"""
    found = asked_of(case, " ".join(expects.split()))
    assert fields(found)[:5] == ["children", "born", "first_language", "agencies", "plans"]
    assert set(fields(found)[5:]) == {"engages", "meetings"}


@pytest.mark.parametrize(
    ("children", "adults", "expected"),
    [
        ("{id: baby}", "{id: mum, relation: mother}", ["father"]),
        ("{id: baby}", "{id: mum, relation: mother}, {id: dad, relation: father}", []),
        (
            "{id: baby}",
            "{id: joe, relation: father}, {id: jim, relation: father}",
            ["mother", "father"],
        ),
        # each of them can have a father whom nobody has listed yet
        ("{id: baby}, {id: big}", "{id: dad, relation: father}", ["mother", "father"] * 2),
    ],
)
def test_whose_child_it_is_is_not_asked_where_the_relation_tells(
    children, adults, expected, asked_of
):
    case = f"{{children: [{children}], adults: [{adults}]}}"
    found = asked_of(case, "{mother: {engages: yes}}", kind="child")
    kin = {each.at: None for each in found if each.at.field in ("mother", "father")}
    assert [each.field for each in kin] == expected


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ("no", False),
        ("yes", True),
        ("[{value: no, agency: gp}, {value: yes, agency: police}]", True),
    ],
)
def test_whom_nobody_can_be_named_is_not_asked_where_all_say_so(asked_of, said, is_asked):
    case = f"{{children: [], adults: [{{id: mum, has_partner: {said}}}]}}"
    found = asked_of(case, "{partner: {engages: yes}}", kind="adult")
    assert (Target("mum", "partner") in [each.at for each in found]) == is_asked


def test_nothing_that_was_asked_is_asked_again(asked_of):
    expects = "{any: [{engages: yes}, {assessed: yes}]}"
    first = asked_of(ADULT, expects, kind="adult")
    assert sorted(fields(first)) == ["assessed", "engages"]
    left = asked_of(ADULT, expects, kind="adult", asked={Target("dad", "engages")})
    assert fields(left) == ["assessed"]
    both = {Target("dad", "engages"), Target("dad", "assessed")}
    assert asked_of(ADULT, expects, kind="adult", asked=both) == []


def test_what_most_hangs_on_comes_first(asked_of):
    # as one of two parts it is half of the point, and half of the other half
    expects = "{all: [{any: [{engages: yes}, {assessed: yes}]}, {assessed: yes}]}"
    found = asked_of(ADULT, expects, kind="adult")
    assert [(each.at.field, each.settles) for each in found] == [
        ("assessed", 0.75),
        ("engages", 0.25),
    ]


def test_whether_it_applies_comes_before_what_is_expected(asked_of):
    rule = {"kind": "adult", "applies": "{all: [{in_household: yes}, {engages: no}]}"}
    found = asked_of(ADULT, "{assessed: yes}", **rule)
    assert fields(found) == ["in_household"]
    inside = "{children: [], adults: [{id: dad, in_household: yes}]}"
    assert fields(asked_of(inside, "{assessed: yes}", **rule)) == ["engages"]
    outside = "{children: [], adults: [{id: dad, in_household: no}]}"
    assert asked_of(outside, "{assessed: yes}", **rule) == []


def test_what_can_no_longer_be_met_or_missed_is_asked_last_of_all(asked_of):
    # met whether it applies or not, but for the word for it
    case = "{children: [], adults: [{id: dad, assessed: yes}]}"
    rule = {"kind": "adult", "applies": "{in_household: yes}"}
    assert fields(asked_of(case, "{assessed: yes}", **rule)) == ["in_household"]
    two = "{children: [], adults: [{id: dad, assessed: yes}, {id: mum, in_household: yes}]}"
    assert [each.at for each in asked_of(two, "{assessed: yes}", **rule)] == [
        Target("mum", "assessed")
    ]


def test_of_questions_that_settle_as_much_those_about_the_last_subject_come_first(asked_of):
    case = "{children: [], adults: [{id: dad}, {id: mum}]}"
    for last, first in (("mum", "mum"), ("dad", "dad"), (None, "dad")):
        found = asked_of(case, "{assessed: yes}", kind="adult", last=last)
        assert found[0].at.subject == first


def test_what_follows_from_a_birth_is_asked_for_as_the_birth(asked_of):
    case = "{children: [{id: baby}], adults: [{id: mum}]}"
    found = asked_of(case, "{unborn: no}", kind="child")
    assert {each.at for each in found} == {Target("baby", "born"), Target("baby", "expected")}
    words = {each.at.field: each.question for each in found}
    assert words["born"] == "On which day was baby born?"
    assert words["expected"].startswith("If baby is not born yet")
    # nobody is expected who is grown up
    found = asked_of(case, "{unborn: no}", kind="adult")
    assert [each.at for each in found] == [Target("mum", "born")]


def test_the_children_of_a_plan_are_no_question_of_who_is_who(asked_of):
    case = "{children: [{id: baby}], plans: [{id: plan}]}"
    for_it = "{children: {includes: this_child}, open: yes}"
    expects = f"{{all: [{{some: {{plans: {for_it}}}}}, {{some: {{plans: {{open: yes}}}}}}]}}"
    assert fields(asked_of(case, expects, kind="child")) == ["open", "children"]


def test_a_list_is_asked_for_under_its_own_key(asked_of):
    found = asked_of("{children: []}", "{some: {family_members: {interpreter_needed: yes}}}")
    assert [each.at for each in found] == [Target("a-case", "adults")]
    # and who was named beside it can be asked about too
    case = "{children: [{id: baby}]}"
    found = asked_of(case, "{some: {family_members: {interpreter_needed: yes}}}")
    assert {each.at for each in found} == {
        Target("a-case", "adults"),
        Target("baby", "interpreter_needed"),
    }
    adults = {Target("a-case", "adults")}
    known = "{children: [{id: baby, interpreter_needed: yes}]}"
    assert asked_of(known, "{some: {family_members: {interpreter_needed: yes}}}", adults) == []


RULES_THAT_WORD_IT_EACH = """
- {{theme: test, title: Test}}
{}
"""
ONE_RULE = """
- rule: {name}
  title: The point
  theme: test
  source: A test.
  for_each: {kind}
  priority: routine
  gap: There is a gap.
  why: It matters.
  close: Do it.
  expects: {expects}
  ask: {ask}
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


@pytest.mark.parametrize(
    ("kind", "expects", "words", "expected"),
    [
        (
            "case",
            "{some: {adults: {engages: yes}}}",
            ("Who are the adults, and is one a victim?", "Who are the adults?"),
            "Who are the parents, partners, relatives and carers? If there are none, record that.",
        ),
        (
            "case",
            "{some: {adults: {engages: yes}}}",
            ("Who are the adults?", "Who are the adults?"),
            "Who are the adults?",
        ),
        (
            "adult",
            "{engages: yes}",
            ("Does {subject} take part? In what?", "Does {subject} take part?"),
            "Does ann take part?",
        ),
    ],
)
def test_of_several_wordings_the_one_that_asks_for_least_besides_is_used(
    kind, expects, words, expected, tmp_path
):
    path = "engages" if kind == "adult" else "adults"
    rules = [
        ONE_RULE.format(name=f"rule-{at}", kind=kind, expects=expects, ask={path: each})
        for at, each in enumerate(words)
    ]
    file = tmp_path / "rules.yaml"
    file.write_text(RULES_THAT_WORD_IT_EACH.format("".join(rules)), encoding="utf-8")
    case = case_of("{children: [], adults: [{id: ann}]}" if kind == "adult" else "{children: []}")
    review = Reviewer(load([file])).review(case, DAY)
    assert [each.question for each in asks(review.verdicts, CaseSubjects(case, DAY))] == [expected]


def test_a_term_s_question_about_a_member_of_a_list_says_which(rule_of):
    terms = """
        - term: in_force
          for_each: case
          meaning: A plan is in force.
          yes_when: {some: {plans: {open: yes}}}
          ask: {plans.open: Is the plan still open?}
          examples:
            - {given: {plans: [{open: yes}]}, says: yes}
            - {given: {plans: [{open: no}]}, says: no}
            - {given: {}, says: not recorded}
    """
    case = case_of("plans: [{kind: child_in_need}, {kind: early_help}]")
    review = Reviewer(rule_of("{in_force: yes}", terms=terms)).review(case, DAY)
    assert [each.question for each in asks(review.verdicts, CaseSubjects(case, DAY))] == [
        "Is the plan still open? (child in need plan)",
        "Is the plan still open? (early help plan)",
    ]
