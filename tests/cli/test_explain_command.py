import json

import pytest

from checklist.cli.options import names_of
from tests.cli.test_review_command import GAP, GOOD, OURS, run
from tests.conftest import SAMPLE_CASES, SAMPLE_RULES

CASE = SAMPLE_CASES / "neglect-baby-no-tool.yaml"
FOUR = SAMPLE_CASES / "interpreter-aunt-speaks-for-mother.yaml"


@pytest.fixture
def file(tmp_path):
    def write(text, name="case.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def several(file):
    return file('{"id": "one", "meetings": []}\n{"id": "two", "adults": []}\n', "cases.jsonl")


def explain(*arguments):
    return run("explain", *arguments)


def explain_sample(*arguments):
    return explain(*arguments, "--rules", SAMPLE_RULES, "--only-these-rules")


def test_a_rule_is_explained():
    ran = explain_sample(CASE, "gcp2-considered")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "applies: yes, expects: no, deadline ahead -> due" in ran.stdout


def test_a_term_is_explained():
    ran = explain(CASE, "neglect_is_a_feature")
    assert ran.returncode == 0
    assert 'YES "Neglect is a feature"' in ran.stdout


def test_few_subjects_are_explained_and_of_many_there_is_a_choice(file):
    two = "id: two\nas_of: 2021-06-01\nmeetings: [{id: a, invited: []}, {id: b, invited: []}]\n"
    ran = explain(file(two), "gp-invited")
    assert ran.stdout.count("Expects:") == 2
    ran = explain(FOUR, "interpreter-used")
    assert ran.returncode == 0
    assert "--subject mother" in ran.stdout
    assert "Expects" not in ran.stdout
    assert explain(FOUR, "interpreter-used", "--all").stdout.count("Expects: ") == 5


def test_one_subject_can_be_named():
    ran = explain(FOUR, "interpreter-used", "--subject", "mother")
    assert ran.stdout.count("Expects:") == 1
    assert "GAP Mother needs a professional interpreter" in ran.stdout
    ran = explain(FOUR, "interpreter-used", "--subject", "mohter")
    assert ran.returncode == 2
    assert "did you mean mother?" in ran.stderr


def test_the_record_is_judged_as_it_stood_on_a_day():
    assert (
        "As of 1 Jun 2020"
        in explain_sample(CASE, "gcp2-considered", "--as-of", "2020-06-01").stdout
    )
    ran = explain_sample(CASE, "gcp2-considered", "--as-of", "soon")
    assert ran.returncode == 2
    assert "--as-of: " in ran.stderr


def test_a_misspelt_rule_is_told_with_the_nearest():
    ran = explain_sample(CASE, "gcp2-consider")
    assert ran.returncode == 2
    assert ran.stderr == (
        "checklist: RULE: there is no rule or term gcp2-consider (did you mean gcp2-considered?).\n"
    )


def test_a_rule_of_your_own_is_explained(file):
    rules = file(OURS, "rules.yaml")
    case = file("id: x\nchildren: [{id: a}]\n")
    ran = explain(case, "names-its-mother", "--rules", rules)
    assert ran.returncode == 0
    assert "names-its-mother, in the case x" in ran.stdout
    assert "Expects: not recorded" in ran.stdout


def test_local_settings_count_and_are_named(file):
    case = file(
        "id: x\nas_of: 2021-06-01\nadults: [{id: a, born: 1990-01-01}, {id: b, born: 1992-02-01}]\n"
        "couples: [{people: [a, b], started: 2020-01-01}]\n"
    )
    assert "Local settings" not in explain(case, "significant_age_gap").stdout
    settings = file("significant_age_gap_years: 2\n", "settings.yaml")
    ran = explain(case, "significant_age_gap", "--settings", settings)
    assert ran.returncode == 0, ran.stderr
    assert "Local settings: significant_age_gap_years 2" in ran.stdout
    assert "the age gap of a and b is 2 years or more" in ran.stdout


def test_of_several_cases_one_has_to_be_named(several):
    ran = explain(several, "gp-invited")
    assert ran.returncode == 2
    assert "--case: there are 2 cases here; name one of one, two." in ran.stderr
    ran = explain(several, "gp-invited", "--case", "two")
    assert ran.returncode == 0
    assert "gp-invited, in the case two" in ran.stdout
    ran = explain(several, "gp-invited", "--case", "tow")
    assert ran.returncode == 2
    assert (
        "there is no case tow in this file (did you mean two?); there are one, two." in ran.stderr
    )


def test_a_case_that_cannot_be_read_is_told(file):
    ran = explain(file("id: bad\nmeetngs: []\n"), "gp-invited")
    assert ran.returncode == 2
    assert "did you mean meetings?" in ran.stderr
    assert "Traceback" not in ran.stderr
    ran = explain(file('{"id": "good"}\n{"id": []}\n', "cases.jsonl"), "gp-invited")
    assert ran.returncode == 2
    assert "line 2" in ran.stderr


def test_json_holds_every_subject_or_the_one_named(file):
    ran = explain(FOUR, "interpreter-used", "--format", "json")
    assert ran.returncode == 0
    found = json.loads(ran.stdout)
    assert found["case"] == "interpreter-aunt-speaks-for-mother"
    assert len(found["explanations"]) == 5
    ran = explain(FOUR, "interpreter-used", "--format", "json", "--subject", "aunt")
    (one,) = json.loads(ran.stdout)["explanations"]
    assert one["subject"]["id"] == "aunt"


@pytest.mark.parametrize(("case", "answer"), [(GOOD, "MET"), (GAP, "GAP")])
def test_a_gap_is_no_failure_of_the_command(case, answer, file):
    ran = explain(file(case), "gp-invited", "--as-of", "2021-06-01")
    assert ran.returncode == 0
    assert f"{answer} The GP was" in ran.stdout


def test_rules_and_terms_are_completed():
    complete = names_of("rules", "terms")
    assert complete("gp-inv") == ["gp-invited"]
    assert "neglect_is_a_feature" in complete("neglect")
    assert names_of("themes")("neg") == ["neglect"]
