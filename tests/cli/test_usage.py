"""A command line that cannot be understood is told in one sentence, as other bad input is."""

import pytest

from tests.cli.test_review_command import run

WHOLE = "is not a whole number; write a whole number"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("select x --sample six", f"--sample: six {WHOLE} from 1 up."),
        ("select x --audit A --as-of 2021-13-40",
         "--as-of: 2021-13-40 is not a date: there is no month 13; write year, month and day in "
         "this order: YYYY-MM-DD."),
        ("select x --audit A --sample 2 --by authorty",
         "--by: a sample cannot be drawn by authorty (did you mean authority?); it can by "
         "authority, audit."),
        ("screen x --workers 0", "--workers: 0 is too small; write a whole number from 1 up."),
        ("screen x --workers=x", f"--workers: x {WHOLE} from 1 up."),
        ("verify x x --workers x", f"--workers: x {WHOLE} from 1 up."),
        ("screen x --top 3 --top -1", "--top: -1 is too small; write a whole number from 0 up."),
        ("screen x --suppress-below x", f"--suppress-below: x {WHOLE} from 2 up."),
        ("brief x --suppress-below 1",
         "--suppress-below: 1 is too small; write a whole number from 2 up."),
        ("screen x --format markdwn",
         "--format: there is no markdwn (did you mean markdown?); there are terminal, json, "
         "jsonl, csv, xlsx, markdown."),
        ("brief x --audit AA",
         "--audit: there is no audit AA (did you mean A?); there are A, B, C."),
        ("generate --cases x", f"--cases: x {WHOLE} from 1 up."),
        ("generate --seed x --cases 1",
         "--seed: x is not a whole number; write one in figures, such as 10."),
        ("generate --cases 1 --silence 2",
         "--silence: 2 is not a share; write a number from 0 to 1, such as 0.1."),
        ("generate --cases 1 --silence x",
         "--silence: x is not a number; write one in figures, such as 0.1."),
        ("generate", "--cases: is missing; write --cases N."),
        ("generate --cases 1 more",
         "generate: there is more than this command takes: more; checklist generate --help says "
         "how."),
        ("verify", "RECEIPT: is missing; checklist verify --help says how."),
        ("screen x --workers", "--workers: needs a value after it."),
        ("screen --worked-cases=1", "--worked-cases: takes no value; write it alone."),
        ("compare x --al",
         "compare: there is no option --al (did you mean --all?); checklist compare --help says "
         "how."),
        ("scren x",
         "there is no command scren (did you mean screen?); there are review, interview, "
         "todo, screen, select, verify, compare, brief, explain, generate, rules, schema."),
        ("rules shw",
         "rules: there is no command shw (did you mean show?); there are list, show, settings, "
         "check, coverage, test."),
    ],
)  # fmt: skip
def test_a_command_line_that_cannot_be_understood_is_told_in_one_sentence(arguments, sentence):
    ran = run(*arguments.split())
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"checklist: {sentence}\n"


def test_what_a_terminal_would_obey_is_only_shown():
    ran = run("screen", "x", "--top", "\x1b[31m")
    assert ran.stderr.startswith("checklist: --top: <U+001B>[31m is not a whole number; ")


def test_without_a_command_the_help_page_is_shown():
    for ran in (run(), run("rules")):
        assert "Usage: checklist" in ran.stdout + ran.stderr
