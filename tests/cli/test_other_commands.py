import json
from importlib.metadata import version

import jsonschema
import pytest

from tests.cli.test_review_command import OURS, run


def test_help_is_a_page_to_work_from():
    ran = run("--help")
    assert ran.returncode == 0
    for word in ("review", "rules", "schema", "--version", "Exit codes", "completion"):
        assert word in ran.stdout


@pytest.mark.parametrize(
    "command",
    [("review",), ("rules",), ("rules", "list"), ("rules", "show"), ("rules", "check"),
     ("rules", "coverage"), ("rules", "test"), ("schema",), ("schema", "case"), ("schema", "rules"),
     ("schema", "report")],
)  # fmt: skip
def test_every_command_has_help(command):
    ran = run(*command, "--help")
    assert ran.returncode == 0
    assert "Usage:" in ran.stdout


def test_the_version_is_that_of_the_package():
    assert run("--version").stdout == f"checklist {version('checklist')}\n"


@pytest.mark.parametrize(
    ("kind", "begun", "whole"),
    [("rule", "gp-", "gp-invited"), ("theme", "negl", "neglect"), ("audit", "", "A")],
)
def test_names_are_completed(kind, begun, whole):
    from checklist.cli.options import names_of

    assert whole in names_of(kind)(begun)
    assert names_of(kind)("nothing begins so") == []


@pytest.mark.parametrize("which", ["case", "rules", "report"])
def test_a_schema_is_a_json_schema(which):
    ran = run("schema", which)
    assert ran.returncode == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.stdout))


def test_rules_are_listed_with_their_titles():
    ran = run("rules", "list")
    assert "gp-invited" in ran.stdout
    assert "GP invited to every strategy and multi-agency meeting" in ran.stdout


def test_a_rule_is_shown_and_a_misspelt_one_told():
    assert "What closes it" in run("rules", "show", "gp-invited").stdout
    ran = run("rules", "show", "gp-invite")
    assert ran.returncode == 2
    assert "did you mean gp-invited?" in ran.stderr


def test_all_examples_are_run():
    ran = run("rules", "test")
    assert ran.returncode == 0
    assert ran.stdout.rstrip().endswith(" 0 failed")
    one = run("rules", "test", "gp-invited")
    assert "gp-invited" in one.stdout
    assert "father-engaged" not in one.stdout


def test_an_example_that_fails_gives_exit_code_1_and_says_where(tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(OURS, encoding="utf-8")
    ran = run("rules", "test", "names-its-mother", "--rules", rules)
    assert ran.returncode == 1
    flat = " ".join(ran.stdout.split())
    assert "1 of 3 FAILED" in flat
    assert "it should give gap, and gives not recorded" in flat
    assert "line 17" in flat


def test_rules_are_checked_with_the_records_of_their_examples(tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(OURS, encoding="utf-8")
    assert run("rules", "check", rules).returncode == 0
    rules.write_text(OURS.replace("mother: m}", "mother: n}"), encoding="utf-8")
    ran = run("rules", "check", rules)
    assert ran.returncode == 2
    assert "there is no adult with the id n" in ran.stderr


def test_no_example_run_is_a_failure(tmp_path, rulebook):
    import io

    from checklist.render.rulebook import print_outcomes
    from checklist.render.terminal import console_for

    assert not print_outcomes(iter([]), console_for(io.StringIO()))
