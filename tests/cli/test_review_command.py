import json
import os
import stat
import subprocess
import sys

import pytest

from checklist.rulebook import worked_cases

GOOD = "id: good\nmeetings: [{kind: strategy, date: 2021-05-01, invited: [gp]}]\n"
GAP = "id: gap\nmeetings: [{kind: strategy, date: 2021-05-01, invited: []}]\n"
DUE = "id: due\nmeetings: [{kind: strategy, date: 2021-06-30, invited: []}]\n"
BAD = "id: bad\nmeetngs: []\n"
OURS = """
- rule: names-its-mother
  title: The mother is named
  theme: communication
  source: A test.
  for_each: child
  expects: {mother: {recorded: yes}}
  priority: routine
  gap: The mother of {subject} is not named.
  why: She is the mother.
  close: Name her.
  examples:
    - given: {children: [{id: a, mother: m}], adults: [{id: m}]}
      verdict: met
    - given: {children: [{id: a}]}
      verdict: not recorded
    - given: {children: [{id: a}]}
      verdict: gap
"""


def run(*arguments, cwd=None, env=None):
    return subprocess.run(
        [sys.executable, "-m", "checklist", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        check=False,
    )


@pytest.fixture
def file(tmp_path):
    def write(text, name="case.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def review(*arguments, **options):
    return run("review", "--rule", "gp-invited", "--as-of", "2021-06-01", *arguments, **options)


def test_a_case_gets_a_report_and_exit_code_0_from_any_folder(file, tmp_path):
    ran = review(file(GAP), cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout.startswith("Gap report: gap\n")
    assert "GAP GP invited" in ran.stdout
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (GOOD, "gap,due", 0),
        (GAP, "gap", 1),
        (GAP, "due", 0),
        (DUE, "gap", 0),
        (DUE, "gap,due", 1),
        (DUE, "not recorded, due", 1),
        (GOOD, "met", 1),
    ],
)
def test_fail_on_gives_exit_code_1_where_such_a_verdict_stands(file, text, fail_on, code):
    assert review(file(text), "--fail-on", fail_on).returncode == code


def test_an_accepted_gap_does_not_fail(file):
    accepted = (
        "accepted: [{rule: gp-invited, subject: strategy-2021-05-01, reason: No GP., "
        "role: manager, review: 2021-07-01}]\n"
    )
    ran = review(file(GAP + accepted), "--fail-on", "gap")
    assert ran.returncode == 0
    assert "Accepted by: manager: No GP." in ran.stdout


def test_one_bad_file_does_not_stop_the_others(file):
    ran = review(file(GOOD, "a.yaml"), file(BAD, "b.yaml"), file(GAP, "c.yaml"))
    assert ran.returncode == 2
    assert "Gap report: good" in ran.stdout
    assert "Gap report: gap" in ran.stdout
    (line,) = ran.stderr.splitlines()
    assert "b.yaml, line 2" in line
    assert "did you mean meetings?" in line


def test_what_could_not_be_judged_gives_exit_code_3(file):
    broken = (
        "import checklist.library as l, checklist.watchdog as w\n"
        "w.WatchedRulesets.run = lambda _, batches: [l.LibraryError('it hangs') for _ in batches]\n"
        "from checklist.cli import main\n"
        "import sys\n"
        "sys.argv = ['checklist', 'review', *sys.argv[1:]]\n"
        "main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", broken, str(file(GAP)), "--fail-on", "gap"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "Could not be judged" in ran.stdout


def test_a_query_that_could_not_be_judged_gives_exit_code_3(file):
    broken = (
        "import checklist.library as l, checklist.watchdog as w\n"
        "run = w.WatchedRulesets.run\n"
        "def fail(self, batches):\n"
        "    bad = {'t': 'c', 'seen': 1, 'n': [-1]}\n"
        "    return [l.LibraryError('it hangs') if bad in batch.facts else found\n"
        "            for batch, found in zip(batches, run(self, batches))]\n"
        "w.WatchedRulesets.run = fail\n"
        "from checklist.cli import main\n"
        "import sys\n"
        "sys.argv = ['checklist', 'review', *sys.argv[1:]]\n"
        "main()\n"
    )
    plan = file(IMPOSSIBLE)
    ran = subprocess.run(
        [sys.executable, "-c", broken, str(plan)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 3
    assert "NOT JUDGED A plan that ended before it started" in ran.stdout


IMPOSSIBLE = (
    "id: x\nas_of: 2021-06-01\n"
    "plans: [{kind: child_protection, started: 2021-03-02, ended: 2021-03-01}]\n"
)


def test_a_raised_query_is_told_and_fails_nothing(file):
    verdicts = "gap,due,conflicting,could-not-be-judged"
    ran = run("review", file(IMPOSSIBLE), "--fail-on", verdicts)
    assert ran.returncode == 0
    assert "1 thing in the record to check." in " ".join(ran.stdout.split())
    assert "\nQUERY A plan that ended before it started\n" in ran.stdout


def test_only_a_review_by_the_whole_rulebook_looks_at_queries(file):
    case = file(IMPOSSIBLE)
    for chosen in ((), ("--rule", "gp-invited"), ("--theme", "fathers")):
        ran = run("review", case, "--format", "json", *chosen)
        raised = [each["query"] for each in json.loads(ran.stdout)["queries"]]
        assert raised == ([] if chosen else ["plan-ended-before-it-started"])


def test_own_rules_alone_leave_our_queries_out(file):
    ours = file(OURS, "ours.yaml")
    ran = run("review", file(IMPOSSIBLE), "--rules", ours, "--only-these-rules")
    assert ran.returncode == 0
    assert "QUERY" not in ran.stdout


def test_json_is_json_and_nothing_else(file):
    one = review(file(GAP, "a.yaml"), "--format", "json")
    assert json.loads(one.stdout)["case"] == "gap"
    two = review(file(GAP, "a.yaml"), file(GOOD, "b.yaml"), "--format", "json")
    assert [each["case"] for each in json.loads(two.stdout)] == ["gap", "good"]
    lines = review(file(GAP, "a.yaml"), file(GOOD, "b.yaml"), "--format", "jsonl").stdout
    assert [json.loads(line)["case"] for line in lines.splitlines()] == ["gap", "good"]


def test_many_cases_can_stand_in_one_file_a_line_each(file):
    path = file('{"id": "one"}\n\n{"id": "two", "meetings": []}\n', "cases.jsonl")
    lines = review(path, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["case"] for line in lines] == ["one", "two"]


def test_output_goes_to_a_file_that_only_its_owner_can_read(file, tmp_path):
    out = tmp_path / "report.txt"
    ran = review(file(GAP), "--output", out, env={"FORCE_COLOR": "1"})
    assert (ran.returncode, ran.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith("Gap report: gap\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_theme_or_a_rule_can_be_chosen_and_a_misspelt_one_is_told(file):
    path = file(GAP)
    assert "GP invited" in run("review", path, "--theme", "information-sharing").stdout
    assert "GP invited" not in run("review", path, "--theme", "fathers").stdout
    ran = run("review", path, "--rule", "gp-invted", "--theme", "father")
    assert ran.returncode == 2
    assert "did you mean gp-invited?" in ran.stderr
    assert "did you mean fathers?" in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2021-02-30"], "--as-of: 2021-02-30 is not a date: February 2021 has 28 days"),
        (["--as-of", "3 Feb"], '--as-of: "3 Feb" is not a date'),
        (["--fail-on", "gaps"], "--fail-on: gaps is not a verdict (did you mean gap?)"),
        (["--only-these-rules"], "--only-these-rules: name your rules with --rules PATH"),
        (["--rules", "/nowhere/rules.yaml"], "the file cannot be read"),
        (["--output", "/nowhere/report.txt"], "the file cannot be written"),
    ],
)
def test_a_bad_option_gets_one_clear_sentence(file, arguments, said):
    ran = run("review", file(GAP), *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def test_no_case_named_says_what_to_do():
    ran = run("review")
    assert ran.returncode == 2
    assert "--worked-cases" in ran.stderr


def test_the_worked_cases_are_on_board(tmp_path):
    ran = run("review", "--worked-cases", cwd=tmp_path)
    assert ran.returncode == 0
    known = list(worked_cases().rglob("*.yaml"))
    assert len(known) == 20
    assert ran.stdout.count("Gap report: ") == len(known)


def test_own_rules_are_judged_beside_or_instead_of_ours(file):
    rules = file(OURS, "rules.yaml")
    case = file("id: x\nchildren: [{id: baby}]\n")
    beside = json.loads(run("review", case, "--rules", rules, "--format", "json").stdout)
    instead = json.loads(
        run("review", case, "--rules", rules, "--only-these-rules", "--format", "json").stdout
    )
    assert {each["rule"] for each in beside["verdicts"]} > {"names-its-mother", "gp-invited"}
    assert [each["rule"] for each in instead["verdicts"]] == ["names-its-mother"]


def test_as_of_is_the_option_then_the_record_then_today(file):
    def of(text, *arguments):
        ran = run("review", file(text), "--format", "json", *arguments)
        return json.loads(ran.stdout)["as_of"]

    import datetime

    assert of("id: x\nas_of: 2020-02-03\n", "--as-of", "2021-01-01") == "2021-01-01"
    assert of("id: x\nas_of: 2020-02-03\n") == "2020-02-03"
    assert of("id: x\n") == datetime.date.today().isoformat()


def test_a_reader_who_leaves_early_is_no_error(file):
    paths = [file(GAP, f"{number}.yaml") for number in range(50)]
    command = f"{sys.executable} -m checklist review {' '.join(map(str, paths))} | head -1"
    ran = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "Gap report: gap\n"
    assert ran.stderr == ""


def test_a_failure_of_the_program_shows_no_value_and_no_traceback(file):
    broken = (
        "import checklist.review as r\n"
        "def fail(*a): raise KeyError('the secret of a family')\n"
        "r.Reviewer.review = fail\n"
        "from checklist.cli import main\n"
        "import sys\n"
        "sys.argv = ['checklist', 'review', *sys.argv[1:]]\n"
        "main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", broken, str(file(GAP))], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 4
    assert "secret" not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert "KeyError" in ran.stderr


COUNTS = """
- rule: minutes-in-time
  title: Minutes in time
  theme: communication
  source: A test.
  for_each: meeting
  expects: {minutes_sent_to: {includes: gp}}
  by: {working_days: 10, after: date}
  priority: routine
  gap: The GP has no minutes.
  why: They matter.
  close: Send them.
  examples:
    - {given: {meetings: [{date: 2021-05-01, minutes_sent_to: [gp]}]}, verdict: met}
    - {given: {meetings: [{date: 2021-05-01, minutes_sent_to: []}]}, verdict: gap}
    - {given: {meetings: [{date: 2021-05-01}]}, verdict: not recorded}
"""


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl"])
def test_days_that_cannot_be_counted_are_refused_and_other_cases_reported(form, file):
    rules = file(COUNTS, "rules.yaml")
    late = file("id: late\nmeetings: [{id: m, kind: strategy, date: 2100-12-30}]\n", "late.yaml")
    command = ("review", "--rules", rules, "--only-these-rules", "--as-of", "2021-06-01")
    ran = run(*command, "--format", form, late, file(GOOD))
    assert ran.returncode == 2
    assert ran.stderr == (
        f"checklist: {late}: meetings[m].date: working days can be counted in the years 1872 to "
        "2100, not in 2101.\n"
    )
    assert "good" in ran.stdout
