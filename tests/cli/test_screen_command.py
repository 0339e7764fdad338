import csv
import io
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time

import pytest

from tests.cli.test_review_command import BAD, OURS, run

CASES = {
    "one": "concerns: [neglect]\nmeetings: [{kind: strategy, date: 2021-05-01, invited: [gp]}]\n",
    "two": "concerns: [neglect]\nmeetings: [{kind: strategy, date: 2021-05-01, invited: []}]\n",
    "three": "concerns: [housing]\nmeetings: [{kind: strategy, date: 2021-06-30, invited: []}]\n",
    "four": "concerns: [neglect]\nmeetings: [{kind: strategy, date: 2021-05-01}]\n",
    "five": "meetings: []\n",
}
AUDIT = """
- audit: Y
  title: What becomes of neglect
  partnership: Somewhere
  month: 2022-01
  selection:
    says: Cases of neglect.
    qualifies: {concerns: {includes: neglect}}
  points:
    - {point: Y1, section: findings, says: The GP was seldom asked.}
  published:
    - number: without-gp
      points: [Y1]
      says: cases without the GP
      count: 1
      of: 3
      found_by: {rule: gp-invited, verdict: [gap]}
- audit: X
  title: Without criteria
  partnership: Somewhere
  month: 2022-01
  points:
    - {point: X1, section: findings, says: The GP was seldom asked.}
"""


@pytest.fixture
def cases(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in CASES.items():
        text = f"id: {name}\nas_of: 2021-06-01\n{text}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def audits(tmp_path):
    path = tmp_path / "audits.yaml"
    path.write_text(AUDIT, encoding="utf-8")
    return path


def screen(*arguments, **options):
    return run("screen", "--rule", "gp-invited", *arguments, **options)


def hears_ctrl_c():
    """Let a program be interrupted even where the tests run in the background and are not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_cohort_is_screened(cases):
    ran = screen(cases)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Screening: 5 cases held against 1 rule.\n")
    assert re.findall(r"^\d+\. (\w+)$", ran.stdout, re.MULTILINE) == [
        "two",
        "three",
        "four",
        "five",
        "one",
    ]
    assert "       4       1         0       1       1       1  25% (5 to 70%)" in ran.stdout


def test_the_order_of_the_input_and_the_processes_change_nothing(cases):
    files = sorted(cases.iterdir())
    # the receipt says in which order they were named
    first, second = (screen(*names).stdout for names in (files, reversed(files)))
    assert [first.partition("Receipt ")[0]] == [second.partition("Receipt ")[0]]
    for form in ("terminal", "json", "jsonl", "csv", "markdown"):
        alone = screen(cases, "--format", form)
        together = screen(cases, "--format", form, "--workers", "2")
        assert (alone.returncode, together.stdout) == (0, alone.stdout)


def test_bad_cases_are_told_at_the_end_and_stop_no_other(cases):
    (cases / "bad.yaml").write_text(BAD, encoding="utf-8")
    ran = screen(cases)
    assert ran.returncode == 2
    assert "5 cases held against 1 rule." in ran.stdout
    assert "Could not be used, and not counted: 1 case." in ran.stdout
    assert "bad.yaml" in ran.stderr
    assert "meetngs" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_nothing_but_bad_cases(tmp_path):
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    for form in ("terminal", "json", "jsonl", "csv", "markdown"):
        ran = screen(tmp_path / "bad.yaml", tmp_path / "missing.yaml", "--format", form)
        assert ran.returncode == 2
        assert len(ran.stderr.splitlines()) == 2
        assert "failed" not in ran.stderr


def test_a_case_named_twice_counts_once(cases):
    ran = screen(cases, cases / "one.yaml")
    assert ran.returncode == 0
    assert "5 cases held" in ran.stdout
    assert "Cases that were there twice, and counted once: 1." in ran.stdout
    other = cases.parent / "other.yaml"
    other.write_text("id: one\n", encoding="utf-8")
    ran = screen(cases, other)
    assert ran.returncode == 2
    assert "a case before it has the id one too; this one is left out" in ran.stderr


def test_only_the_cases_that_an_audit_would_have_chosen(cases, audits):
    ran = screen(cases, "--rules", audits, "--audit", "Y", "--format", "json")
    assert ran.returncode == 0
    data = json.loads(ran.stdout)
    assert {each["case"] for each in data["cases"]} == {"one", "two", "four"}
    assert (data["number"], data["not_chosen"]) == (3, 1)
    assert [(each["case"], each["qualifies"]) for each in data["unclear"]] == [
        ("five", "not recorded")
    ]
    (rule,) = data["rules"]
    assert [each["number"] for each in rule["published"]] == ["without-gp"]


def test_an_audit_that_there_is_not_and_one_that_does_not_say(cases, audits):
    ran = screen(cases, "--audit", "Q")
    assert ran.returncode == 2
    assert "there is no audit Q" in ran.stderr
    ran = screen(cases, "--rules", audits, "--audit", "X")
    assert ran.returncode == 2
    assert "--audit: audit X does not say how it chose its cases" in ran.stderr


def test_json_lines_come_in_the_order_of_the_input_with_the_receipt_last(cases):
    files = [cases / f"{name}.yaml" for name in ("two", "five", "one")]
    ran = screen(*files, "--format", "jsonl")
    *lines, last = map(json.loads, ran.stdout.splitlines())
    assert [each["case"] for each in lines] == ["two", "five", "one"]
    assert lines[0]["verdicts"] == {"gap": {"gp-invited": ["strategy-2021-05-01"]}}
    assert last["cases"] == 3


def test_what_is_open_as_csv(cases):
    text = "id: six\nas_of: 2021-06-01\nauthority: '=1+1'\n"
    text += "meetings: [{kind: strategy, date: 2021-05-01, invited: []}]\n"
    (cases / "six.yaml").write_text(text, encoding="utf-8")
    ran = screen(cases, "--format", "csv")
    found = [*csv.DictReader(io.StringIO(ran.stdout))]
    assert [(each["case"], each["verdict"]) for each in found] == [
        ("four", "not recorded"),
        ("six", "gap"),
        ("three", "due"),
        ("two", "gap"),
    ]
    assert [each["authority"] for each in found] == ["", "'=1+1", "", ""]
    assert [each["close by"] for each in found][2:] == ["2021-06-30", "2021-05-01"]
    file = cases.parent / "open.csv"
    assert screen(cases, "--format", "csv", "--output", file).returncode == 0
    assert file.read_text(encoding="utf-8") == f"\ufeff{ran.stdout}"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_lists_single_cases_is_not_for_passing_on(cases, form):
    ran = screen(cases, "--suppress-below", "5", "--format", form)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"--suppress-below: {form} lists single cases" in ran.stderr


@pytest.mark.parametrize("form", ["terminal", "json", "markdown"])
def test_what_is_passed_on_names_no_case(cases, form):
    ran = screen(cases, "--suppress-below", "5", "--format", form)
    assert ran.returncode == 0
    for name in CASES:
        assert f"{name}.yaml" not in ran.stdout
        assert f'"{name}"' not in ran.stdout
    files = screen(*cases.iterdir(), "--suppress-below", "5", "--format", form)
    assert files.returncode == 0
    assert "one.yaml" not in files.stdout


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_what_is_written_carries_its_receipt(cases, tmp_path, form):
    receipt = tmp_path / "receipt.json"
    ran = screen(cases, "--format", form, "--receipt", receipt)
    data = json.loads(receipt.read_text(encoding="utf-8"))
    match form:
        case "terminal":
            assert f"\nReceipt {data['sha256'][:12]} (--receipt FILE keeps it" in ran.stdout
        case "markdown":
            block = ran.stdout.partition("```json\n")[2].removesuffix("```\n")
            assert block == receipt.read_text(encoding="utf-8")
        case "json":
            assert json.loads(ran.stdout)["receipt"] == data


def test_a_receipt_is_written_beside(cases, tmp_path):
    receipt, output = tmp_path / "receipt.json", tmp_path / "out.txt"
    ran = screen(cases, "--receipt", receipt, "--output", output)
    assert (ran.returncode, ran.stdout) == (0, "")
    data = json.loads(receipt.read_text(encoding="utf-8"))
    assert {each["case"] for each in data["entries"]} == set(CASES)
    for path in (receipt, output):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ran = screen(cases, "--receipt", output, "--output", output)
    assert (ran.returncode, "--receipt: this is the file of --output too" in ran.stderr) == (
        2,
        True,
    )


def test_a_workbook_is_a_file(cases):
    ran = screen(cases, "--format", "xlsx")
    assert ran.returncode == 2
    assert "name it with --output FILE.xlsx" in ran.stderr


def test_options_that_are_wrong_are_refused(cases, tmp_path):
    assert "there is no rule gp-invitd" in run("screen", cases, "--rule", "gp-invitd").stderr
    assert "there is no theme fater" in run("screen", cases, "--theme", "fater").stderr
    assert run("screen").returncode == 2
    assert run("screen", cases, "--workers", "0").returncode == 2
    ran = screen(cases, "--output", tmp_path / "none" / "out.txt")
    assert ran.returncode == 2
    assert "no such folder" in ran.stderr


def test_own_rules_alone(cases, tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(OURS, encoding="utf-8")
    for workers in ("1", "2"):
        ran = run("screen", cases, "--rules", path, "--only-these-rules", "--workers", workers)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "5 cases held against 1 rule." in ran.stdout


def test_the_worked_cases_by_all_rules():
    ran = run("screen", "--worked-cases", "--top", "2")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Screening: 20 cases held against" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted_it_says_so_and_leaves_nothing_half_written(tmp_path, workers):
    many = tmp_path / "many.jsonl"
    line = '{"id": "case-%d", "meetings": [{"kind": "strategy", "date": "2021-05-%02d"}]}\n'
    many.write_text("".join(line % (at, at % 28 + 1) for at in range(100_000)), encoding="utf-8")
    output = tmp_path / "out.json"
    output.write_text("as before", encoding="utf-8")
    watched, stderr = pty.openpty()
    command = [sys.executable, "-m", "checklist", "screen", str(many), "--format", "json"]
    started = subprocess.Popen(
        [*command, "--output", str(output), "--workers", workers],
        stderr=stderr,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    os.close(stderr)
    said = ""
    until = time.monotonic() + 60
    while " left" not in said and time.monotonic() < until:
        said += os.read(watched, 4096).decode()
    assert "cases, " in said
    assert "a second" in said
    os.killpg(started.pid, signal.SIGINT)
    said = ""
    while True:
        try:
            read = os.read(watched, 4096).decode()
        except OSError:  # nobody holds the other end any more
            break
        if not read:
            break
        said += read
    os.close(watched)
    assert started.wait(30) == 130
    assert "checklist: interrupted after " in said
    assert "cases; nothing was written." in said
    assert "Traceback" not in said
    assert output.read_text(encoding="utf-8") == "as before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.jsonl", "out.json"]


INTERRUPTED_WHILE_ITS_PROCESSES_END = """
import signal, threading

def join(thread, timeout=None, join=threading.Thread.join):
    if "ExecutorManager" in type(thread).__name__:
        signal.raise_signal(signal.SIGINT)
    join(thread, timeout)

if __name__ == "__main__":
    threading.Thread.join = join
    from checklist.cli import main
    main()
"""


def test_interrupted_while_its_processes_end_it_gives_back_all_it_took(tmp_path):
    made = tmp_path / "made.jsonl"
    assert run("generate", "--cases", "20", "--output", made).returncode == 0
    program = tmp_path / "interrupted.py"
    program.write_text(INTERRUPTED_WHILE_ITS_PROCESSES_END, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(program), "screen", str(made), "--workers", "2"],
        capture_output=True,
        text=True,
        preexec_fn=hears_ctrl_c,
    )
    assert ran.returncode == 130
    assert ran.stderr == (
        "checklist: interrupted after 20 cases; what was printed is not the whole.\n"
    )


@pytest.fixture(scope="module")
def many_cases(tmp_path_factory):
    """Return a file that takes several times longer to screen than any test waits."""
    made = tmp_path_factory.mktemp("many") / "made.jsonl"
    assert run("generate", "--cases", "2000", "--output", made).returncode == 0
    return made


@pytest.mark.parametrize("patience", [0, 0.3, 1.5])
@pytest.mark.parametrize("whom", ["all", "the first"])
def test_interrupted_it_ends_at_once_whatever_its_processes_are_at(
    many_cases, tmp_path, patience, whom
):
    command = [sys.executable, "-m", "checklist", "screen", str(many_cases), "--workers", "2"]
    kept = ["--output", str(tmp_path / "out.txt"), "--receipt", str(tmp_path / "receipt.json")]
    started = subprocess.Popen(
        [*command, *kept],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    until = time.monotonic() + 60
    while len([*tmp_path.glob(".checklist-*")]) < 2 and time.monotonic() < until:
        time.sleep(0.01)  # until it has begun
    time.sleep(patience)
    pressed = time.monotonic()
    (os.killpg if whom == "all" else os.kill)(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)  # the end of this pipe is that of the last process
    assert time.monotonic() - pressed < 3  # a tenth of a second, where nothing else is going on
    assert started.returncode == 130
    assert re.fullmatch(
        rb"checklist: interrupted after [\d,]+ cases; nothing was written\.\n", said
    )
    assert list(tmp_path.iterdir()) == []
