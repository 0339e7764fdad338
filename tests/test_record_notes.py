import pytest

from checklist.review import Reviewer
from tests.conftest import DAY, case_of

SAID = "reason: No., role: social worker, date: 2021-05-01"


def notes_of(rulebook, case, rules=None):
    return Reviewer(rulebook, rules).review(case_of(case), DAY).notes


@pytest.fixture
def rulebook(rule_of):
    return rule_of("{assessed: yes}", kind="adult")


@pytest.mark.parametrize(
    ("said", "note"),
    [
        (
            "rule: tset-rule, subject: a",
            "The statement that tset-rule does not apply to a names a rule that this rulebook does "
            "not have (did you mean test-rule?).",
        ),
        (
            "rule: something-else, subject: a",
            "The statement that something-else does not apply to a names a rule that this rulebook "
            "does not have.",
        ),
        (
            "rule: test-rule, subject: b",
            "The statement that test-rule does not apply to b names nothing that the rule looks "
            "at.",
        ),
        (
            "rule: test-rule",
            "The statement that test-rule does not apply to the case names nothing that the rule "
            "looks at.",
        ),
    ],
)
def test_a_word_on_nothing_that_a_rule_does_not_apply_is_told_once(rulebook, said, note):
    entry = f"{{{said}, {SAID}}}"
    case = f"adults: [{{id: a, assessed: yes}}]\nnot_applicable: [{entry}, {entry}]"
    assert notes_of(rulebook, case) == (note,)


def test_a_word_on_what_a_rule_looks_at_is_no_note(rulebook):
    case = "adults: [{id: a}]\nnot_applicable: [{rule: test-rule, subject: a, %s}]"
    assert notes_of(rulebook, case % SAID) == ()
    silent = f"not_applicable: [{{rule: test-rule, {SAID}}}]"
    assert notes_of(rulebook, silent) == ()


def test_of_rules_that_were_not_chosen_the_name_alone_is_checked(rulebook):
    case = "adults: [{id: a}]\nnot_applicable: [{rule: test-rule, subject: b, %s}]"
    assert notes_of(rulebook, case % SAID, rules=()) == ()


def test_a_misspelt_rule_of_an_acceptance_is_told_with_the_nearest(rulebook):
    entry = "{rule: tset-rule, subject: a, reason: r, role: manager, review: 2021-06-30}"
    (note,) = notes_of(rulebook, f"adults: [{{id: a}}]\naccepted: [{entry}]")
    assert note == (
        "The acceptance of tset-rule for a names a rule that this rulebook does not have "
        "(did you mean test-rule?)."
    )
