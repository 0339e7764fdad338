import json
from importlib.metadata import version

import jsonschema
import pytest

from tests.cli.test_review_command import OURS, run


def test_help_is_a_page_to_work_from():
    ran = run("--help")
    assert ran.returncode == 0
    for word in (
        "review",
        "todo",
        "screen",
        "select",
        "explain",
        "rules",
        "schema",
        "--version",
        "Exit codes",
        "completion",
    ):
        assert word in ran.stdout


@pytest.mark.parametrize(
    "command",
    [("review",), ("screen",), ("select",), ("explain",),
     ("rules",), ("rules", "list"), ("rules", "show"), ("rules", "check"),
     ("rules", "settings"), ("rules", "test"), ("rules", "coverage"),
     ("schema",), ("schema", "case"), ("schema", "rules"), ("schema", "report"),
     ("schema", "explanation"), ("schema", "selection"), ("schema", "receipt"),
     ("schema", "screening"), ("schema", "comparison"), ("schema", "verification"),
     ("schema", "todo"), ("verify",), ("todo",),
     ("interview",), ("compare",), ("brief",), ("generate",)],
)  # fmt: skip
def test_every_command_has_help(command):
    ran = run(*command, "--help")
    assert ran.returncode == 0
    assert "Usage:" in ran.stdout


def test_the_version_is_that_of_the_package():
    assert run("--version").stdout == f"checklist {version('checklist')}\n"


@pytest.mark.parametrize(
    ("kind", "begun", "whole"),
    [
        ("rules", "gp-", "gp-invited"),
        ("terms", "neglect_", "neglect_is_a_feature"),
        ("themes", "negl", "neglect"),
        ("audits", "", "A"),
        ("queries", "seen-be", "seen-before-the-birth"),
    ],
)
def test_names_are_completed(kind, begun, whole):
    from checklist.cli.options import names_of

    assert whole in names_of(kind)(begun)
    assert names_of(kind)("nothing begins so") == []


@pytest.mark.parametrize(
    "which",
    ["case", "rules", "report", "explanation", "selection", "screening", "comparison", "receipt",
     "verification", "todo"],
)  # fmt: skip
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


def test_a_query_is_listed_shown_and_tested_like_a_rule():
    listed = run("rules", "list").stdout
    assert "Record queries: what does not fit together in a record" in listed
    assert listed.index("seen-before-the-birth") > listed.index("gp-invited")
    assert "\nWhat to check\n" in run("rules", "show", "seen-before-the-birth").stdout
    ran = run("rules", "show", "seen-before-the-brith")
    assert ran.returncode == 2
    assert "there is no rule or query seen-before-the-brith (did you mean" in ran.stderr
    ran = run("rules", "test", "seen-before-the-birth")
    assert ran.returncode == 0
    assert ran.stdout.startswith("seen-before-the-birth: 7 passed\n")
    ran = run("rules", "coverage", "seen-before-the-birth", "--clauses", "--format", "json")
    assert ran.returncode == 0
    (found,) = json.loads(ran.stdout)
    assert (found["is"], found["clauses"], found["covered"]) == ("query", 4, 4)


def test_all_examples_are_run():
    ran = run("rules", "test")
    assert ran.returncode == 0
    assert ran.stdout.rstrip().endswith(" 0 failed")
    one = run("rules", "test", "gp-invited")
    assert "gp-invited" in one.stdout
    assert "father-engaged" not in one.stdout
    term = run("rules", "test", "significant_age_gap")
    assert term.returncode == 0
    assert term.stdout.startswith("significant_age_gap: ")
    assert len(term.stdout.splitlines()) == 2
    misspelt = run("rules", "test", "significant_age_gp")
    assert misspelt.returncode == 2
    assert "there is no rule, term or query significant_age_gp (did you mean" in misspelt.stderr


def test_an_example_that_fails_gives_exit_code_1_and_says_where(tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(OURS, encoding="utf-8")
    ran = run("rules", "test", "names-its-mother", "--rules", rules)
    assert ran.returncode == 1
    flat = " ".join(ran.stdout.split())
    assert "1 of 3 FAILED" in flat
    assert "it should give gap, and gives not recorded" in flat
    assert "line 17" in flat


def test_clauses_that_no_example_shows_give_exit_code_1(tmp_path):
    ran = run("rules", "coverage", "--clauses")
    assert ran.returncode == 0
    total = ran.stdout.splitlines()[-1].split()
    assert total[0] == total[2]
    rules = tmp_path / "rules.yaml"
    rules.write_text(OURS.replace("expects: {", "expects: {born: {recorded: yes}, "), "utf-8")
    ran = run("rules", "coverage", "names-its-mother", "--clauses", "--rules", rules)
    assert ran.returncode == 1
    flat = " ".join(ran.stdout.split())
    assert "line 7: never seen for: the date of birth of the child is recorded" in flat
    ran = run(
        "rules", "coverage", "names-its-mother", "--clauses", "--rules", rules, "--format", "json"
    )
    assert ran.returncode == 1
    assert json.loads(ran.stdout)[0]["covered"] == 1


def test_the_terms_of_a_rulebook_are_checked_with_its_rules(standard_rulebook):
    rules, terms = len(standard_rulebook.rules), len(standard_rulebook.terms)
    queries = len(standard_rulebook.queries)
    examples = sum(len(each.examples) for each in standard_rulebook.own)
    assert run("rules", "check").stdout == (
        f"{rules} rules, {terms} terms and {queries} record queries with {examples} examples: "
        "no faults.\n"
    )


def test_rules_are_checked_with_the_records_of_their_examples(tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(OURS, encoding="utf-8")
    ran = run("rules", "check", rules)
    assert ran.returncode == 0
    assert ran.stdout == "1 rule with 3 examples: no faults.\n"
    rules.write_text(OURS.replace("mother: m}", "mother: n}"), encoding="utf-8")
    ran = run("rules", "check", rules)
    assert ran.returncode == 2
    assert "there is no adult with the id n" in ran.stderr


def test_no_example_run_is_a_failure(tmp_path, rulebook):
    import io

    from checklist.render.rulebook import print_outcomes
    from checklist.render.terminal import console_for

    assert not print_outcomes(iter([]), console_for(io.StringIO()))


# -- local settings ----------------------------------------------------------------------------


AGE_GAP = """
id: four-years
as_of: 2021-06-01
adults: [{id: mother, born: 1994-06-15}, {id: father, born: 1990-06-15}]
couples: [{people: [mother, father], started: 2015-01-01, age_gap_explored_for: []}]
"""


@pytest.fixture
def area(tmp_path):
    path = tmp_path / "area.yaml"
    path.write_text("significant_age_gap_years: 4\n", encoding="utf-8")
    return path


def test_an_areas_own_settings_count_in_a_review(tmp_path, area):
    case = tmp_path / "case.yaml"
    case.write_text(AGE_GAP, encoding="utf-8")
    command = ("review", case, "--rule", "age-gap-explored", "--fail-on", "gap")
    assert run(*command).returncode == 0
    for ran in (run(*command, "--settings", area), run(*command, env={"CHECKLIST_SETTINGS": area})):
        assert ran.returncode == 1
        assert "Local settings: significant_age_gap_years 4 years (default 5)." in ran.stdout


def test_settings_are_listed_and_count_in_what_is_shown(area):
    ran = run("rules", "settings", "--settings", area)
    assert "significant_age_gap_years: 4 years (default 5 years)\n" in ran.stdout
    ran = run("rules", "show", "age-gap-explored", "--settings", area)
    assert "the age gap of the couple is 4 years or more" in ran.stdout


@pytest.mark.parametrize(
    "command", [("review", "--worked-cases"), ("rules", "list"), ("rules", "check"),
                ("rules", "settings"), ("rules", "show", "gp-invited")],
)  # fmt: skip
def test_a_bad_setting_is_refused_in_one_sentence(command, area):
    area.write_text("significant_age_gap: 4\n", encoding="utf-8")
    ran = run(*command, "--settings", area)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"checklist: {area}, line 1: significant_age_gap: there is no such setting (did you mean "
        "significant_age_gap_years?).\n"
    )


def test_examples_run_with_the_defaults_whatever_the_area_sets(area):
    assert run("rules", "test", env={"CHECKLIST_SETTINGS": area}).returncode == 0
