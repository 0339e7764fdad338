import json

import pytest

from tests.cli.test_review_command import run

RULES = """\
- audit: Z
  title: An audit
  partnership: Somewhere
  month: 2022-01
  selection: {says: Cases of neglect., qualifies: {concerns: {includes: neglect}}}
  cases: 1
  points:
    - {point: Z1, section: Findings, says: One thing.}
  published:
    - number: no-gp
      points: [Z1]
      says: cases without the GP
      count: 1
      of: 1
      found_by: {rule: gp-there, verdict: [gap]}
    - {number: uncounted, points: [Z1], says: cases with one thing, words: some, of: 1}
- rule: gp-there
  title: The GP came
  theme: information-sharing
  learned_from: [Z1]
  for_each: meeting
  expects: {attended: {includes: gp}}
  priority: routine
  gap: The GP did not come.
  why: It matters.
  close: Ask the GP.
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
"""
CASE = """\
id: one
audit: Z
as_of: 2022-02-01
concerns: [neglect]
meetings: [{kind: strategy, date: 2022-01-01, attended: [police]}]
"""


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "cases" / "case.yaml"
    path.parent.mkdir()
    path.write_text(CASE, encoding="utf-8")
    return path


def covered(rules, *arguments):
    return run("rules", "coverage", "--rules", rules, "--audit", "Z", *arguments)


def test_what_is_covered_gives_exit_code_0_and_a_gap_1(rules):
    ran = covered(rules)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Z1 One thing." in ran.stdout
    assert "Rules: gp-there" in ran.stdout
    rules.write_text(RULES.replace("learned_from: [Z1]", "source: Our own."), encoding="utf-8")
    ran = covered(rules)
    assert ran.returncode == 1
    assert "UNCOVERED" in ran.stdout
    assert "gp-there: Our own." in ran.stdout


def test_every_audit_of_ours_is_there(rules):
    data = json.loads(run("rules", "coverage", "--format", "json").stdout)
    assert [audit["audit"] for audit in data["audits"]] == ["A", "B", "C"]
    assert sum(len(audit["points"]) for audit in data["audits"]) == 169


def test_published_numbers_are_counted_over_the_cases_named(rules, case):
    ran = covered(rules, "--published", case.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "REPRODUCED 1 case published; 1 case belongs to it, 1 qualifies." in ran.stdout
    assert "Published (Z1): 1 of 1; found: 1 of 1" in ran.stdout
    assert covered(rules, "--published", "--all-counted", case).returncode == 1


def test_a_number_that_is_not_reproduced_gives_exit_code_1(rules, case):
    case.write_text(CASE.replace("[police]", "[gp]"), encoding="utf-8")
    ran = covered(rules, "--published", "--format", "json", case)
    assert ran.returncode == 1
    (audit,) = json.loads(ran.stdout)["audits"]
    assert [each["reproduced"] for each in audit["published"]] == [False, None]


def test_a_case_that_names_an_audit_that_there_is_not_is_told_and_the_others_counted(rules, case):
    other = case.with_name("other.yaml")
    other.write_text(CASE.replace("audit: Z", "audit: ZZ"), encoding="utf-8")
    ran = covered(rules, "--published", case.parent)
    assert ran.returncode == 2
    assert ran.stderr == (
        f"checklist: {other}: audit: there is no audit ZZ (did you mean Z?); "
        "there are A, B, C, Z.\n"
    )
    assert "found: 1 of 1" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--audit", "D"), "--audit: there is no audit D; there are A, B, C."),
        (("x.yaml",), "CASE: this goes with --published, which is not given."),
        (("--all-counted",), "--all-counted: this goes with --published, which is not given."),
        (("--clauses", "--audit", "A"), "--audit: this does not go with --clauses."),
        (("--clauses", "--published"), "--published: this does not go with --clauses."),
    ],
)
def test_what_cannot_be_done_is_told(arguments, told):
    ran = run("rules", "coverage", *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"checklist: {told}\n")
