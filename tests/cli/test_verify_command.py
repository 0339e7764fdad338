import json

import pytest

from tests.cli.test_review_command import OURS, run

GOOD = (
    "id: good\nas_of: 2021-06-01\nmeetings: [{kind: strategy, date: 2021-05-01, invited: [gp]}]\n"
)
GAP = "id: gap\nmeetings: [{kind: strategy, date: 2021-05-01, invited: []}]\n"
HOLDS = "THE SAME: the same inputs still give the same verdicts."


@pytest.fixture
def cases(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "gap.yaml").write_text(GAP, encoding="utf-8")
    return folder


def screen(cases, *arguments, name="made", rule="gp-invited"):
    """Screen the cases; return where the receipt is, and where the screening."""
    receipt, made = cases.parent / f"{name}.receipt", cases.parent / name
    ran = run(
        "screen", cases, "--rule", rule, "--receipt", receipt, "--output", made, *arguments
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    return receipt, made


def verify(*arguments, **options):
    return run("verify", *arguments, **options)


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl", "csv", "xlsx", "markdown"])
def test_every_screening_has_a_receipt_that_holds(cases, form):
    receipt, made = screen(cases, "--format", form, name=f"made.{form}")
    held = [receipt, *([made] if form in ("json", "jsonl", "xlsx") else [])]
    for file in held:
        ran = verify(file, cases)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert HOLDS in ran.stdout


def test_what_changed_is_named_with_its_verdicts_where_they_are_known(cases):
    _, made = screen(cases, "--format", "jsonl", name="made.jsonl")
    (cases / "gap.yaml").write_text(GAP.replace("[]}", "[gp]}"), encoding="utf-8")
    (cases / "good.yaml").rename(cases / "moved.yaml")
    ran = verify(made, cases)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "NOT THE SAME: the cases differ; verdicts do too." in ran.stdout
    assert "gp-invited, strategy-2021-05-01: gap then, met now" in ran.stdout
    assert ran.stdout.endswith("The same: 1\n")


def test_cases_without_a_day_are_judged_as_of_the_day_of_the_screening(cases):
    receipt, _ = screen(cases)
    assert json.loads(receipt.read_text())["today"] is not None
    (cases / "gap.yaml").unlink()
    without, _ = screen(cases, name="without")
    assert json.loads(without.read_text())["today"] is None
    assert verify(without, cases).returncode == 0


def test_the_rules_have_to_be_those_of_the_screening(cases, tmp_path):
    ours = tmp_path / "ours.yaml"
    ours.write_text(OURS, encoding="utf-8")
    receipt, _ = screen(cases, "--rules", ours, rule="names-its-mother")
    assert verify(receipt, cases, "--rules", ours).returncode == 0
    ran = verify(receipt, cases)
    assert ran.returncode == 2
    assert ran.stderr == (
        f"checklist: {receipt}: this screening was by what the rulebook of now does not have: rule "
        "names-its-mother; name the rules that it was made with by --rules.\n"
    )
    beside, _ = screen(cases, name="beside")
    ran = verify(beside, cases, "--rules", ours)
    assert ran.returncode == 1
    assert "the rulebook differs; the verdicts are the same." in ran.stdout


def test_other_settings_are_named(cases, tmp_path):
    area = tmp_path / "area.yaml"
    area.write_text("significant_age_gap_years: 9\n", encoding="utf-8")
    receipt, _ = screen(cases)
    ran = verify(receipt, cases, "--settings", area)
    assert ran.returncode == 1
    assert "setting significant_age_gap_years: the default then, 9 now" in ran.stdout
    again, _ = screen(cases, "--settings", area, name="again")
    assert verify(again, cases, "--settings", area).returncode == 0


def test_programs_are_told_as_json(cases):
    receipt, _ = screen(cases)
    ran = verify(receipt, cases, "--format", "json", "--workers", "2")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["holds"] is True


def test_a_damaged_receipt_and_no_receipt_are_told(cases):
    receipt, _ = screen(cases)
    receipt.write_text(receipt.read_text().replace('"good"', '"fine"'), encoding="utf-8")
    ran = verify(receipt, cases)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"checklist: {receipt}: this receipt was changed since it was made: its hash does not fit "
        "what it says; use the one that was kept.\n"
    )
    ran = verify(cases / "good.yaml", cases)
    assert ran.returncode == 2
    assert "there is no receipt in this file" in ran.stderr


def test_a_case_that_cannot_be_used_is_told_and_does_not_stop_the_others(cases):
    receipt, _ = screen(cases)
    (cases / "gap.yaml").write_text("id: gap\nmeetngs: []\n", encoding="utf-8")
    ran = verify(receipt, cases)
    assert ran.returncode == 2
    assert "did you mean meetings?" in ran.stderr
    assert "cases that cannot be used: 0 then, 1 now" in ran.stdout
    assert "The same: 1" in ran.stdout
