import pytest

from checklist.cohort import Unread
from checklist.receipt_reader import Kept
from checklist.verification import Made, Other, verify
from tests.test_receipt import ASKED, ONE, RECEIPT, TWO, case, receipt_of

SAID = {"one": ONE.verdicts, "two": TWO.verdicts}
MET = {"met": {"a-rule": ["baby", "brother"], "b-rule": ["one"]}}


def verified(*results, kept=None, asked=ASKED):
    return verify(kept or Kept(RECEIPT, {}), asked, results)


def states(found):
    return {each.case: each.state for each in found.cases}


def test_the_same_cases_hold_in_any_order_and_place():
    found = verified(TWO._replace(file="moved.jsonl", line=7), ONE)
    assert found.holds
    assert states(found) == {"one": "the same", "two": "the same"}


@pytest.mark.parametrize(
    ("now", "state", "inputs", "verdicts"),
    [
        (case(sha256="other"), "changed, verdicts the same", False, True),
        (case(as_of=TWO.as_of.replace(year=2022)), "changed, verdicts the same", False, True),
        (case(sha256="other", verdicts=MET), "changed, verdicts other", False, False),
        (case(verdicts=MET), "verdicts other", True, False),
    ],
)
def test_what_became_of_a_case(now, state, inputs, verdicts):
    found = verified(now, TWO)
    assert states(found) == {"one": state, "two": "the same"}
    assert (found.inputs_hold, found.verdicts_hold, found.holds) == (inputs, verdicts, False)
    assert [each.case for each in found.those(state)] == ["one"]


def test_cases_that_are_missing_or_new_are_named():
    found = verified(ONE, case("three"))
    assert states(found) == {"one": "the same", "two": "missing", "three": "new"}
    assert (found.inputs_hold, found.verdicts_hold) == (False, True)


def test_the_verdicts_that_are_other_are_named_where_the_receipt_has_them_beside_it():
    now = case(
        verdicts={"gap": {"a-rule": ["baby", "sister"]}, "due": {"b-rule": ["one"]}}, accepted={}
    )
    found = verified(now, TWO, kept=Kept(RECEIPT, SAID))
    assert found.those("verdicts other")[0].others == (
        Other("a-rule", "brother", "gap", None),
        Other("a-rule", "sister", None, "gap"),
        Other("b-rule", "one", "met", "due"),
    )
    assert verified(now, TWO).those("verdicts other")[0].others == ()


def test_what_a_screening_was_made_with_is_compared():
    now = ASKED._replace(program="2.0", rulebook="cd", settings={"days": "ten"}, command=())
    found = verified(ONE, TWO, asked=now)
    assert found.made == (
        Made("program", "1.0", "2.0"),
        Made("rulebook", "ab", "cd"),
        Made("setting days", "the default", "ten"),
        Made("setting weeks", "7", "the default"),
    )
    assert (found.inputs_hold, found.verdicts_hold, found.holds) == (True, True, False)


def test_a_case_that_cannot_be_used_now_is_kept_and_differs():
    unread = Unread("three.yaml", None, ("It is broken.",))
    found = verified(ONE, TWO, unread)
    assert found.unread == (unread,)
    assert not found.inputs_hold
    assert verified(ONE, TWO, unread, kept=Kept(receipt_of(ONE, TWO, unread), {})).holds


def test_a_receipt_without_its_cases_is_compared_as_a_whole():
    kept = Kept(RECEIPT._replace(entries=None), {})
    assert verified(ONE, TWO, kept=kept).holds
    changed = verified(case(sha256="other"), TWO, kept=kept)
    assert (changed.cases, changed.inputs_hold, changed.verdicts_hold) == (None, False, True)
    other = verified(case(verdicts=MET), TWO, kept=kept)
    assert (other.inputs_hold, other.verdicts_hold) == (True, False)
    assert not verified(ONE, kept=kept).holds
