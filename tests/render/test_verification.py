import io
import json

import jsonschema
import pytest

from checklist.cohort import Unread
from checklist.receipt_reader import Kept
from checklist.render.terminal import WIDTH, console_for
from checklist.render.verification import MOST_SHOWN, print_verification
from checklist.render.verification_data import as_json, schema
from tests.test_receipt import ASKED, ONE, RECEIPT, TWO, case, receipt_of
from tests.test_verification import MET, SAID, verified

OTHER = verified(
    case(verdicts=MET, sha256="other"),
    case("three"),
    Unread("four.yaml", None, ("four.yaml: It is broken.",)),
    kept=Kept(RECEIPT, SAID),
    asked=ASKED._replace(program="2.0", rulebook="c" * 64, settings={"weeks": 8}),
)


def shown(found):
    stream = io.StringIO()
    print_verification(found, console_for(stream, plain=True))
    assert all(len(line) <= WIDTH for line in stream.getvalue().splitlines())
    return stream.getvalue()


def test_that_nothing_differs_is_one_sentence():
    assert shown(verified(ONE, TWO)) == (
        f"Receipt {RECEIPT.short}: 2 cases, screened by checklist 1.0\n"
        "THE SAME: the same inputs still give the same verdicts.\n"
    )


def test_all_that_differs_is_told():
    assert shown(OTHER) == (
        f"Receipt {RECEIPT.short}: 2 cases, screened by checklist 1.0\n"
        "NOT THE SAME: the program and the rulebook and the settings and the cases\n"
        "differ; verdicts do too.\n"
        "  program: 1.0 then, 2.0 now\n"
        "  rulebook: ab then, cccccccccccc now\n"
        "  setting weeks: 7 then, 8 now\n"
        "  cases that cannot be used: 0 then, 1 now\n"
        "\n"
        "Changed since, with other verdicts: 1\n"
        "  one (cases/one.yaml)\n"
        "    a-rule, baby: gap then, met now\n"
        "    a-rule, brother: gap then, met now\n"
        "\n"
        "Missing: in the receipt, and not among these cases: 1\n"
        "  two (cases/two.yaml, line 3)\n"
        "\n"
        "New: among these cases, and not in the receipt: 1\n"
        "  three (cases/three.yaml)\n"
    )


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (verified(case(verdicts=MET), TWO), "nothing that went in differs, and yet verdicts do."),
        (verified(case(sha256="other"), TWO), "the cases differ; the verdicts are the same."),
        (verified(ONE), "the cases differ; the verdicts on those in both are the same."),
        (
            verified(ONE, TWO, asked=ASKED._replace(program="2.0")),
            "the program differs; the verdicts are the same.",
        ),
    ],
)
def test_what_differs_is_said_in_a_sentence(found, says):
    assert f"NOT THE SAME: {says}" in shown(found).replace("\n", " ")


def test_of_a_receipt_without_its_cases_it_is_said_what_cannot_be_said():
    found = shown(verified(ONE, kept=Kept(RECEIPT._replace(entries=None), {})))
    assert "This receipt does not list its cases" in found
    assert "  cases: 2 then, 1 now\n" in found


def test_long_lists_are_cut_and_say_so():
    many = [case(f"case-{number:02}") for number in range(MOST_SHOWN + 3)]
    found = shown(verified(kept=Kept(receipt_of(*many), {})))
    assert found.count("  case-") == MOST_SHOWN
    assert "  and 3 more (all with --format json)\n" in found


def test_a_name_is_not_obeyed():
    found = verified(case("one", file="\x1b[31m[bold]x", sha256="other"), TWO)
    assert "one (<U+001B>[31m[bold]x)" in shown(found)


def test_programs_are_told_all_of_it():
    data = json.loads(as_json(OTHER))
    jsonschema.validate(data, schema())
    assert (data["holds"], data["inputs_hold"], data["verdicts_hold"]) == (False, False, False)
    assert data["summary"]["missing"] == data["summary"]["new"] == 1
    assert data["made"][0] == {"what": "program", "then": "1.0", "now": "2.0"}
    assert data["cases"][0]["others"][0] == {
        "rule": "a-rule", "subject": "baby", "then": "gap", "now": "met",
    }  # fmt: skip
    assert data["unread"] == ["four.yaml: It is broken."]
    unlisted = json.loads(as_json(verified(ONE, kept=Kept(RECEIPT._replace(entries=None), {}))))
    jsonschema.validate(unlisted, schema())
    assert unlisted["cases"] is None
