import os
import re
import shlex
import stat
import subprocess
import sys

import pexpect
import pytest
import yaml

from tests.conftest import SAMPLE_RULES

OURS = ("--rules", str(SAMPLE_RULES), "--only-these-rules")
BEGIN = ("amber", "1", "", "10 march", "yes")


def interview(*arguments, typed=(), cwd, rule="father-engaged"):
    return subprocess.run(
        [
            *(sys.executable, "-m", "checklist", "interview", *map(str, arguments)),
            *("--rule", rule, "--as-of", "2021-03-01", *OURS),
        ],
        input="".join(f"{line}\n" for line in typed).encode(),
        capture_output=True,
        cwd=cwd,
        env=os.environ,
        check=False,
    )


def record(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_answers_are_piped_in_and_the_case_file_is_ours_alone(tmp_path):
    ran = interview(typed=[*BEGIN, "q"], cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout
    assert record(tmp_path / "case.yaml")["id"] == "amber"
    assert stat.S_IMODE((tmp_path / "case.yaml").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["case.yaml"]


def test_a_case_that_is_there_is_gone_on_with_or_another_one_begun(tmp_path):
    for name in ("case.yaml", "case-2.yaml"):
        (tmp_path / name).write_text("id: first\n", encoding="utf-8")
    other = interview(typed=["2", *BEGIN], cwd=tmp_path)
    assert b"There is a case in case.yaml already. It is not overwritten." in other.stdout
    assert record(tmp_path / "case-3.yaml")["id"] == "amber"
    same = interview(typed=["", "there are none"], cwd=tmp_path)
    assert same.returncode == 0
    assert record(tmp_path / "case.yaml") == {"id": "first", "children": []}
    assert interview(typed=["q"], cwd=tmp_path).returncode == 0


def test_a_case_that_is_named_is_begun_where_it_is_not_there(tmp_path):
    ran = interview("his.yaml", "--conference", "10 March", typed=BEGIN[:3], cwd=tmp_path)
    assert b"his.yaml, a new file" in ran.stdout
    assert str(record(tmp_path / "his.yaml")["next_conference"]) == "2021-03-10"
    later = interview("his.yaml", "--conference", "2021-03-12", cwd=tmp_path)
    assert later.returncode == 0
    assert str(record(tmp_path / "his.yaml")["next_conference"]) == "2021-03-12"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("no/case.yaml",), "no/case.yaml: there is no such folder; make it first."),
        (("case.txt",), "case.txt: the name of a case file that is written in ends in"),
        (("bad.yaml",), "bad.yaml, line 1: ide: there is no such key here"),
        (("--conference", "32 March"), '--conference: "32 March" is not a date: March has no'),
    ],
)
def test_what_cannot_be_used_gives_a_sentence_and_exit_code_2(tmp_path, arguments, sentence):
    (tmp_path / "bad.yaml").write_text("ide: bad\n", encoding="utf-8")
    ran = interview(*arguments, typed=BEGIN, cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith(f"checklist: {sentence}")
    assert not (tmp_path / "case.yaml").exists()


def test_input_that_is_no_text_is_no_fault_of_the_program(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "checklist", "interview", *OURS],
        input=b"\xff\xfe\namber\n",
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert record(tmp_path / "case.yaml") == {"id": "amber"}


def test_other_commands_do_not_wait_for_the_prompts():
    ran = subprocess.run(
        [sys.executable, "-c", "import checklist.cli, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"questionary", "prompt_toolkit", "checklist.conversation"} & {*ran.stdout.split()}


def test_who_sends_only_the_output_elsewhere_is_told_where_the_questions_are(tmp_path):
    program = " ".join([sys.executable, "-m", "checklist", "interview", *OURS])
    child = pexpect.spawn("/bin/sh", ["-c", f"{program} > shown.txt"], cwd=tmp_path, timeout=20)
    child.expect("checklist: the questions go where the output goes; Ctrl-C stops.")
    child.sendline("q")
    child.expect(pexpect.EOF)
    assert "Pseudonym" in (tmp_path / "shown.txt").read_text(encoding="utf-8")


def test_what_is_said_to_type_next_names_the_file_and_the_rules_that_were_chosen(tmp_path):
    chosen = ("--priority", "before-conference")
    ran = interview("my case.yaml", *chosen, typed=[*BEGIN, "q"], cwd=tmp_path)
    for begin in ("To go on: checklist interview ", "The whole list: checklist todo "):
        (command,) = re.findall(rf"^{begin}(.*)$", ran.stdout.decode(), re.MULTILINE)
        assert shlex.split(command) == [
            *("my case.yaml", "--rule", "father-engaged", *chosen),
            *("--rules", str(SAMPLE_RULES), "--only-these-rules", "--as-of", "2021-03-01"),
        ]
