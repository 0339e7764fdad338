import json
import stat

import jsonschema
import pytest

from checklist.cohort import RulesChosen, Task, screen
from checklist.documents import documents
from tests.cli.test_review_command import run

CASE = """\
id: {name}
as_of: 2021-06-01
meetings:
  - {{id: first, kind: strategy, date: 2021-01-08, invited: [police, {who}]}}
  - {{id: second, kind: strategy, date: 2021-05-03, invited: [police]}}
"""
RULES = """\
- theme: sharing
  title: Sharing
- rule: gp-invited
  title: GP invited
  theme: sharing
  source: A test.
  for_each: meeting
  expects: {invited: {includes: gp}}
  by: date
  priority: routine
  gap: The GP was not invited to the {subject}.
  why: It matters.
  close: Invite the GP.
  examples:
    - {given: {meetings: [{date: 2021-01-08, invited: [gp]}]}, verdict: met}
    - {given: {meetings: [{date: 2021-01-08, invited: [police]}]}, verdict: gap}
    - {given: {meetings: [{date: 2021-01-08}]}, verdict: not recorded}
"""


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES, encoding="utf-8")
    return "--rules", file, "--only-these-rules"


@pytest.fixture
def folders(tmp_path):
    for folder, who in (("before", "nursery"), ("after", "gp")):
        (tmp_path / folder).mkdir()
        for name in ("one", "two"):
            text = CASE.format(name=name, who=who if name == "one" else "nursery")
            (tmp_path / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "before", tmp_path / "after"


def lines_of(folder, rules, tmp_path):
    task = Task(RulesChosen((rules[1],), standard=False), lines=True)
    file = tmp_path / f"{folder.name}.jsonl"
    texts = [each.text for each in screen(documents([folder]), task)]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_two_folders_are_screened_and_compared(folders, rules):
    ran = run("compare", *folders, *rules)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "2 cases on both sides: verdicts changed in 1 of them." in ran.stdout
    assert "Both were judged by the same rulebook." in ran.stdout
    assert (
        "CASE one: the record differs\n  GP invited (first): gap before, met after\n" in ran.stdout
    )


def test_a_screening_that_was_written_is_compared_with_cases(folders, rules, tmp_path):
    before, after = folders
    ran = run("compare", lines_of(before, rules, tmp_path), after, *rules, "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, "")
    data = json.loads(ran.stdout)
    assert data["same_rulebook"] is None
    assert [each["case"] for each in data["cases"]] == ["one"]
    assert data["cases"][0]["changed"] == [
        {"rule": "gp-invited", "subject": "first", "before": "gap", "after": "met"}
    ]


def test_what_screen_wrote_names_its_rulebook_and_is_compared_with_cases(folders, rules, tmp_path):
    before, after = folders
    for form in ("jsonl", "json"):
        file = tmp_path / f"kept.{form}"
        ran = run("screen", before, *rules, "--format", form, "--output", file)
        assert (ran.returncode, ran.stderr) == (0, "")
        data = json.loads(run("compare", file, after, *rules, "--format", "json").stdout)
        assert data["same_rulebook"] is True
        assert [(each["case"], each["differs"]) for each in data["cases"]] == [("one", ["record"])]
    rules[1].write_text(RULES.replace("includes: gp", "includes: police"), encoding="utf-8")
    data = json.loads(run("compare", file, before, *rules, "--format", "json").stdout)
    assert data["same_rulebook"] is False
    assert {each["case"]: each["differs"] for each in data["cases"]} == {
        "one": ["rulebook"], "two": ["rulebook"]
    }  # fmt: skip


def test_a_screening_compared_with_itself_has_no_change(folders, rules, tmp_path):
    file = lines_of(folders[0], rules, tmp_path)
    data = json.loads(run("compare", file, file, *rules, "--format", "json").stdout)
    assert (data["cases"], data["cases_without_another_verdict"]) == ([], 2)


def every_key(schema):
    """Return a schema that allows nothing but what it describes."""
    if isinstance(schema, list):
        return [every_key(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {"additionalProperties": False} if "properties" in schema else {}
    return {name: every_key(each) for name, each in schema.items()} | strict


def test_the_schema_describes_all_that_is_printed(folders, rules):
    schema = json.loads(run("schema", "comparison").stdout)
    validator = jsonschema.Draft202012Validator(every_key(schema))
    (folders[1] / "two.yaml").rename(folders[1] / "three.yaml")
    text = (folders[1] / "three.yaml").read_text().replace("id: two", "id: three\nauthority: east")
    (folders[1] / "three.yaml").write_text(text, encoding="utf-8")
    days = (folders[0], "--as-of", "2021-03-01", "--as-of", "2021-06-01")
    apart = (folders[0] / "one.yaml", folders[1] / "three.yaml")
    for arguments, kind in ((folders, dict), (apart, dict), (days, list)):
        data = json.loads(run("compare", *arguments, *rules, "--format", "json").stdout)
        assert isinstance(data, kind)
        validator.validate(data)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate([{**data[0], "met_on_both_days": "two"}])


def test_a_case_is_compared_on_two_days(folders, rules):
    ran = run("compare", folders[0] / "one.yaml", *rules,
              "--as-of", "2021-03-01", "--as-of", "2021-06-01")  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "What has changed: one" in ran.stdout
    assert ran.stdout.index("New: 1") < ran.stdout.index("Still open: 1")
    assert "Before: due until 3 May 2021" in ran.stdout


def test_several_cases_on_two_days_are_told_one_after_the_other(folders, rules):
    days = ("--as-of", "2021-03-01", "--as-of", "2021-06-01")
    ran = run("compare", folders[0], *rules, *days)
    assert ran.stdout.count("What has changed: ") == 2
    data = json.loads(run("compare", folders[0], *rules, *days, "--format", "json").stdout)
    assert [each["case"] for each in data] == ["one", "two"]
    assert (
        "\n\n---\n\n# What has changed"
        in run("compare", folders[0], *rules, *days, "--format", "markdown").stdout
    )


def test_a_file_that_is_written_is_readable_by_its_owner_alone(folders, rules, tmp_path):
    file = tmp_path / "changes.md"
    ran = run("compare", *folders, *rules, "--format", "markdown", "--output", file)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("# Two screenings compared\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_case_that_cannot_be_used_is_told_and_stops_nothing(folders, rules):
    bad = folders[1] / "three.yaml"
    bad.write_text("id: three\nmeetings: 3\n", encoding="utf-8")
    ran = run("compare", *folders, *rules)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"checklist: {bad}, line 2: meetings: ")
    assert "CASE one" in ran.stdout


def test_two_cases_of_one_id_are_told(folders, rules):
    twin = folders[1] / "twin.yaml"
    twin.write_text(CASE.format(name="one", who="school"), encoding="utf-8")
    ran = run("compare", *folders, *rules)
    assert ran.returncode == 2
    assert ran.stderr == (
        f"checklist: {twin}: id: there is already a case one in {folders[1]}; this one is left "
        "out.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["before"], "BEFORE AFTER: name two screenings, the earlier one first (1 named); to "
         "compare cases on two days, give --as-of twice."),
        (["before", "after", "--as-of", "2021-01-01", "--as-of", "2021-02-01", "--as-of",
          "2021-03-01"], "--as-of: give it once, or twice for two days."),
        (["before", "--as-of", "2021-02-01", "--as-of", "2021-02-01"],
         "--as-of: the first of the two days must be before the second."),
        (["before", "none"], "none: the file cannot be read: there is no such file or folder."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_one_sentence(arguments, sentence, folders, rules):
    ran = run("compare", *arguments, *rules, cwd=folders[0].parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[0] == f"checklist: {sentence}"


def test_a_screening_has_its_own_days(folders, rules, tmp_path):
    file = lines_of(folders[0], rules, tmp_path)
    ran = run("compare", file, folders[1], *rules, "--as-of", "2021-06-01")
    assert ran.returncode == 2
    assert ran.stderr == (
        f"checklist: --as-of: {file} was screened already, on its own days; leave --as-of out.\n"
    )
