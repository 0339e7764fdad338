import json
import subprocess
import sys

import pytest

from checklist.text import escape_controls, harmless, short

HARMFUL = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060",
    *"\u2066\u2067\u2068\u2069\ufeff\ufff9\ud800\udfff\U000e0001\U000e0041\U000e007f",
]
SHOWN = set(map(chr, range(0x20, 0x7F))) | {"\n"}

# a terminal escape, its one-byte form, a bell, text turned round, text that nobody sees, markup
EVIL = (
    "[red]x[/red] [link=http://a.test]y[/link] :smile: \x1b[31m \x9b31m \x07 \u202eabc\u202c "
    "\u2066d\u2069 \U000e0041 a\tb\r\nc"
)
EVIL_SHOWN = (
    "[red]x[/red] [link=http://a.test]y[/link] :smile: <U+001B>[31m <U+009B>31m <U+0007> "
    "<U+202E>abc<U+202C> <U+2066>d<U+2069> <U+DB40><U+DC41> a b c"
)
CASE = {
    "id": "family-1",
    "about": EVIL,
    "note": EVIL,
    "source": {"agency": "gp", "where": EVIL},
    "concerns": [{"value": ["neglect"], "agency": "gp", "where": EVIL, "note": EVIL}],
    "tools": [{"tool": "gcp2", "state": "decided_against", "reason": EVIL, "decided_by": EVIL}],
    "children": [{"id": "kim", "father": "lee"}],
    "adults": [
        {
            "id": "lee",
            "first_language": EVIL,
            "spoken_to": [
                {"value": "no", "agency": "gp", "where": EVIL},
                {"value": "yes", "agency": "police", "where": EVIL},
            ],
        }
    ],
    "meetings": [
        {
            "id": "first",
            "kind": "strategy",
            "date": "2021-01-08",
            "invited": {
                "value": ["police"],
                "agreed": {"date": "2021-01-09", "role": EVIL, "reason": EVIL},
            },
        }
    ],
    "accepted": [
        {
            "rule": "gp-invited",
            "subject": "first",
            "reason": EVIL,
            "role": EVIL,
            "review": "2021-12-01",
        }
    ],
}


@pytest.fixture
def review(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")

    def run(*options):
        command = [sys.executable, "-m", "checklist", "review", path, "--as-of", "2021-06-01"]
        return subprocess.run(
            [*command, *options], capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.mark.parametrize("character", HARMFUL, ids=lambda found: f"U+{ord(found):04X}")
def test_a_control_or_hidden_character_never_reaches_a_screen(character):
    assert set(harmless(f"a{character}b")) <= SHOWN
    assert set(escape_controls(f"a{character}b")) <= SHOWN
    assert set(short(f"a{character}b")) <= SHOWN


@pytest.mark.parametrize("character", HARMFUL, ids=lambda found: f"U+{ord(found):04X}")
def test_written_in_the_form_of_json_it_is_the_same_character_again(character):
    written = escape_controls(f"a{character}b", "\\u{:04x}")
    assert json.loads(f'"{written}"') == f"a{character}b"


def test_text_is_put_on_one_line_and_otherwise_left_as_it_is():
    assert harmless("two\r\n lines\tand  more") == "two lines and more"
    assert harmless("Zoë, 母, 👩‍👧 [red] <b>") == "Zoë, 母, 👩‍👧 [red] <b>"


def test_a_quotation_is_cut_after_it_was_made_harmless():
    assert short("a" * 61, 60) == "a" * 57 + "..."
    assert short("a" * 60, 60) == "a" * 60
    assert len(short("\x1b" * 1000, 20)) == 20


def test_a_record_cannot_make_a_terminal_do_anything(review):
    ran = review("--all", "--why")
    assert ran.returncode == 0, ran.stderr
    assert {found for found in ran.stdout if not found.isprintable()} == {"\n"}
    # about, where, the reason and the role of the acceptance
    assert " ".join(ran.stdout.split()).count(EVIL_SHOWN) >= 4


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_has_the_same_text_with_every_control_escaped(review, form):
    ran = review("--format", form)
    assert ran.returncode == 0, ran.stderr
    assert {found for found in ran.stdout if not found.isprintable()} == {"\n"}
    verdicts = json.loads(ran.stdout)["verdicts"]
    accepted = next(each["accepted"] for each in verdicts if each["accepted"])
    assert (accepted["reason"], accepted["role"]) == (EVIL, EVIL)
    assert EVIL in {said["where"] for each in verdicts for said in each["because"]}


def test_a_message_about_a_file_obeys_neither_its_name_nor_its_text(tmp_path):
    path = tmp_path / "\x1b[31m\u202e  \x9b.yaml"
    path.write_text('id: "\\e[31m"\n"\\a\\e[2J": "[red]x[/red]"\n', encoding="utf-8")
    command = [sys.executable, "-m", "checklist", "review", path]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert {found for found in ran.stderr if not found.isprintable()} == {"\n"}
    assert "<U+001B>[31m<U+202E>  <U+009B>.yaml, line 1: id: " in ran.stderr
