import json
import stat
import subprocess
import sys

import jsonschema
import pytest
from icalendar import Calendar

from tests.cli.test_review_command import BAD, DUE, GAP, GOOD, OURS, file, run

__all__ = ["file"]


def todo(*arguments, **options):
    return run("todo", "--rule", "gp-invited", "--as-of", "2021-06-01", *arguments, **options)


def test_a_case_gets_its_list_and_exit_code_0_from_any_folder(file, tmp_path):
    ran = todo(file(GAP), cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("To do: gap\nAs of 1 Jun 2021: 1 thing to do, at once.\n")
    assert "DO GP invited" in ran.stdout


def test_several_cases_stand_apart(file):
    ran = todo(file(GAP, "a.yaml"), file(GOOD, "b.yaml"))
    assert ran.returncode == 0
    assert ran.stdout.count("-" * 80) == 1
    assert "To do: good\nAs of 1 Jun 2021: no things to do.\n" in ran.stdout
    markdown = todo(file(GAP, "a.yaml"), file(GOOD, "b.yaml"), "--format", "markdown").stdout
    assert "\n\n# To do: good\n" in markdown
    assert markdown.count("- [ ]") == 1


def test_json_is_one_list_for_a_case_and_a_list_of_them_for_several(file):
    schema = json.loads(run("schema", "todo").stdout)
    one = json.loads(todo(file(GAP), "--format", "json").stdout)
    two = json.loads(todo(file(GAP, "a.yaml"), file(DUE, "b.yaml"), "--format", "json").stdout)
    for printed in (one, two):
        jsonschema.validate(printed, schema)
    assert one["case"] == "gap"
    assert [each["entries"][0]["by"] for each in two] == ["2021-06-01", "2021-06-30"]


def test_a_calendar_is_written_for_you_alone_and_names_no_one(file, tmp_path):
    output = tmp_path / "todo.ics"
    case = file(GAP.replace("id: gap", "id: very-secret-family"))
    ran = todo(case, "--format", "ics", "--output", output)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    written = output.read_bytes()
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["SUMMARY"] == "Do: GP invited to every strategy and multi-agency meeting"
    assert b"secret" not in written
    assert b"1 May 2021" not in written
    again = todo(case, "--format", "ics")
    assert again.stdout.replace("\r\n", "\n") == written.decode().replace("\r\n", "\n")


def test_other_forms_are_written_to_a_file_without_styles(file, tmp_path):
    output = tmp_path / "todo.txt"
    ran = todo(file(GAP), "--output", output, env={"FORCE_COLOR": "1"})
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "\x1b" not in output.read_text(encoding="utf-8")


def test_rules_are_chosen_by_priority_for_todo_and_review(file):
    case = file("id: x\n")
    for command in ("todo", "review"):
        ran = run(command, case, "--priority", "immediate", "--rule", "gp-invited")
        assert ran.returncode == 0
        assert "GP invited" not in ran.stdout
        chosen = run(command, case, "--priority", "before-conference", "--rule", "gp-invited")
        assert "GP invited" in chosen.stdout
        wrong = run(command, case, "--priority", "urgent-ish")
        assert wrong.returncode == 2
        assert wrong.stderr.startswith(
            "checklist: --priority: there is no priority urgent-ish; there are immediate,"
        )


def test_priorities_are_completed():
    from checklist.cli.options import _priorities as priorities

    assert priorities("im") == ["immediate"]
    assert priorities("x") == []


def test_own_rules_without_who_are_listed(file):
    case = file("id: x\nchildren: [{id: child, mother: not_known}]\n")
    ran = run("todo", case, "--rules", file(OURS, "ours.yaml"), "--only-these-rules")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("form", ["terminal", "markdown", "ics", "json"])
def test_one_bad_file_does_not_stop_the_others(file, form):
    ran = todo(file(GAP, "a.yaml"), file(BAD, "b.yaml"), "--format", form)
    assert ran.returncode == 2
    assert "GP invited" in ran.stdout
    (line,) = ran.stderr.splitlines()
    assert "b.yaml, line 2" in line
    assert "did you mean meetings?" in line


def test_no_case_is_bad_input():
    ran = run("todo")
    assert ran.returncode == 2
    assert "name a case file or a folder" in ran.stderr


def test_what_could_not_be_judged_gives_exit_code_3(file):
    broken = (
        "import checklist.library as l, checklist.watchdog as w\n"
        "w.WatchedRulesets.run = lambda _, batches: [l.LibraryError('it hangs') for _ in batches]\n"
        "from checklist.cli import main\n"
        "import sys\n"
        "sys.argv = ['checklist', 'todo', *sys.argv[1:]]\n"
        "main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", broken, str(file(GAP)), "--rule", "gp-invited"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "1 point could not be judged" in ran.stdout


def test_only_a_calendar_needs_the_calendar_library(file):
    watched = (
        "import sys\n"
        "import checklist.cli as cli\n"
        "sys.argv = ['checklist', *sys.argv[1:]]\n"
        "code = cli._code_of_run()\n"
        "assert 'icalendar' not in sys.modules\n"
        "sys.exit(code)\n"
    )
    for command in ("review", "todo"):
        ran = subprocess.run(
            [sys.executable, "-c", watched, command, str(file(GAP)), "--rule", "gp-invited"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
