import gzip
import json
import os
import stat
import subprocess
import sys

import pytest


def run(*arguments, **env):
    return subprocess.run(
        [sys.executable, "-m", "checklist", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
    )


def test_cases_are_printed_as_lines_of_json():
    ran = run("generate", "--cases", 3)
    assert (ran.returncode, ran.stderr) == (0, "")
    made = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["id"] for each in made] == [f"synthetic-00000{number}" for number in (1, 2, 3)]


def test_the_same_options_give_the_same_bytes(tmp_path):
    options = ("--cases", 20, "--seed", 5, "--like", "B", "--silence", 0.2, "--disagreement", 0.1)
    first, second = (
        run("generate", *options, "--as-of", "2024-05-01", PYTHONHASHSEED=str(number))
        for number in (1, 2)
    )
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == 20
    for name in ("plain.jsonl", "one.jsonl.gz", "other.jsonl.gz"):
        ran = run("generate", *options, "--as-of", "2024-05-01", "--output", tmp_path / name)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    plain, one, other = (path.read_bytes() for path in sorted(tmp_path.iterdir())[::-1])
    assert plain.decode() == first.stdout
    assert one == other
    assert gzip.decompress(one) == plain
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in tmp_path.iterdir())


def test_what_is_made_can_be_reviewed(tmp_path):
    file = tmp_path / "made.jsonl"
    assert run("generate", "--cases", 2, "--output", file).returncode == 0
    ran = run("review", file, "--rule", "father-engaged")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("Synthetic: made up by a program (seed 1)") == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--cases", 0], "--cases: 0 is too small; write a whole number from 1 up."),
        (
            ["--cases", 1, "--silence", 1.5],
            "--silence: 1.5 is not a share; write a number from 0 to 1, such as 0.1.",
        ),
        (
            ["--cases", 1, "--disagreement", "nan"],
            "--disagreement: nan is not a share; write a number from 0 to 1, such as 0.1.",
        ),
        (["--cases", 1, "--like", "D"], "--like: there is no audit D; there are A, B, C."),
        (
            ["--cases", 1, "--as-of", "1900-01-01"],
            "--as-of: 1900-01-01 is too far away; name a day from 1980-01-01 to 2095-12-31.",
        ),
        (
            ["--cases", 1, "--as-of", "tomorrow"],
            '--as-of: "tomorrow" is not a date; write it as YYYY-MM-DD, such as 2021-02-28.',
        ),
    ],
)
def test_a_bad_option_gives_one_sentence_and_exit_code_2(options, says, tmp_path):
    output = tmp_path / "made.jsonl"
    ran = run("generate", *options, "--output", output)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"checklist: {says}\n"
    assert not output.exists()
