import io
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from checklist.cohort import Left, RulesChosen, Task, Unread, screen
from checklist.documents import documents
from checklist.render.markdown import escaped
from checklist.render.screen import print_screening
from checklist.render.screen_data import COLUMNS, as_json, rows, schema
from checklist.render.screen_markdown import as_markdown
from checklist.render.terminal import console_for
from checklist.screening import screening_of
from checklist.small_cells import without_small
from tests.cohorts import COHORT, marked, rules_in
from tests.conftest import SAMPLE_CASES, SAMPLE_RULES, load_sample

SCREENS = Path(__file__).parent / "screens" / "screen"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal

HOSTILE = "[bold]a[/]\x1b[2J\u202e|<b>`=cmd|' /C calc'!A0`\n# h"


@pytest.fixture(scope="module")
def sample():
    """The screening of the cases of the samples, by their rules."""
    task = Task(RulesChosen((SAMPLE_RULES,), standard=False))
    rulebook = load_sample()
    return screening_of(screen(documents([SAMPLE_CASES]), task, rulebook=rulebook), rulebook)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return rules_in(tmp_path_factory.mktemp("rules"))


def printed(screening, **options):
    stream = io.StringIO()
    print_screening(screening, console_for(stream, plain=True), **options)
    return re.sub(r"\S*/tests/sample/", "", stream.getvalue())


def compare(name, text):
    path = SCREENS / name
    if RECORD:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_a_screening_is_printed_as_it_was_read_and_approved(rules):
    compare("cohort.txt", printed(screening_of(COHORT, rules)))
    compare("cohort.md", as_markdown(screening_of(COHORT, rules)))


def test_what_is_passed_on_is_printed_as_it_was_read_and_approved(rules):
    cohort = [
        marked(f"{case.case}{at}", *case_marks)
        for at in range(3)
        for case, case_marks in zip(COHORT, _MARKS, strict=True)
    ]
    found = without_small(screening_of(cohort, rules, audit="Z"), 5)
    text = printed(found)
    compare("passed-on.txt", text)
    compare("passed-on.md", as_markdown(found))
    for case in cohort:
        assert case.case not in text
        assert case.case not in as_markdown(found)
        assert case.case not in as_json(found).replace('"case"', "").replace("cases", "")


_MARKS = (
    ("met", "gap", "gap"),
    ("met", "conflicting", "gap"),
    ("not applicable", "gap", "due"),
    ("met", "accepted gap", "not recorded"),
    ("met", "met", "met"),
    ("met", "met", "met"),
)


def test_the_sample_fits_the_screen(sample):
    text = printed(sample, top=3)
    assert text.startswith("Screening: 9 cases held against")
    assert max(map(len, text.splitlines())) <= 80
    assert "And 6 more cases; --top 6 shows more of them." in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_many_cases_stand_in_blocks_and_many_rules_are_counted(rules, monkeypatch):
    from checklist.render import screen as module

    monkeypatch.setattr(module, "MOST_ROWS", 1)
    cohort = [marked(f"case-{at:02}", "gap", "gap", "met") for at in range(14)]
    text = printed(screening_of(cohort, rules), top=14)
    assert re.search(r"^ +1 +2 +3.* 12$", text, re.MULTILINE)
    assert re.search(r"^ +13 +14$", text, re.MULTILINE)
    assert "in one of these cases that are not shown: 1 (all" in text.replace("\n", " ")


def test_without_cases_to_show_only_themes_are_printed(rules):
    text = printed(screening_of(COHORT, rules), top=0)
    assert "Cases in order of concern" not in text
    assert "What each rule says across the cohort" in text


def test_an_empty_cohort_and_what_could_not_be_used_are_said(rules):
    assert printed(screening_of([], rules)) == "Screening: 0 cases held against 3 rules.\n"
    unread = Unread("x.yaml", None, ("x.yaml: it is empty.",))
    unclear = Left("u", "u.yaml", None, "not recorded", ("What is recorded?",))
    no = Left("n", "n.yaml", None, "no", ())
    found = screening_of([unread, unclear, no], rules, audit="Z")
    assert printed(found) == (
        "Screening: 0 cases held against 3 rules; only those that audit Z would have\n"
        "chosen.\n"
        "Not among those that the audit would have chosen: 1 case.\n"
        "Left out, since the record cannot tell whether it would have: 1 case.\n"
        "Could not be used, and not counted: 1 case.\n"
        "  - u: ask: What is recorded?\n"
    )


def test_text_of_a_record_is_never_more_than_text(rules):
    case = marked(HOSTILE, "gap", "gap", "gap", file=HOSTILE, authority=HOSTILE)
    found = screening_of([case], rules)
    text = printed(found)
    assert "[bold]a[/]<U+001B>[2J<U+202E>|<b>" in text
    document = as_markdown(found)
    assert "\\[bold\\]a\\[/\\]\\<U+001B\\>\\[2J" in document
    for shown in (text, document, as_json(found)):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    rows_of_cases = [line for line in document.splitlines() if line.startswith("| 1 ")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in rows_of_cases] == [8]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b*c", r"a\_b\*c"),
        ("1. b", r"1\. b"),
        ("- b", r"\- b"),
        ("+ b", r"\+ b"),
        ("# b", r"\# b"),
        ("see https://a.b", r"see https\://a.b"),
        ("<b>", r"\<b\>"),
        ("two\nlines", "two lines"),
    ],
)
def test_nothing_is_markup_in_markdown(text, shown):
    assert escaped(text) == shown


def test_the_json_is_as_its_schema_says(sample, rules):
    for found in (
        sample,
        without_small(sample, 5),
        screening_of(COHORT, rules),
        screening_of([Left("u", "u.yaml", 3, "disputed", ("So.",))], rules, audit="Z"),
        screening_of([Unread("x.yaml", 1, ("It is empty.",))], rules),
    ):
        data = json.loads(as_json(found, {"sha256": "0"}))
        jsonschema.validate(data, schema())
        assert data["receipt"] == {"sha256": "0"}
    first = json.loads(as_json(screening_of(COHORT, rules)))["cases"][0]
    assert first["case"] == "b"
    assert first["verdicts"]["conflicting"] == {"beta": ["m"]}
    assert first["reasons"]["immediate_gaps"] == 1
    assert first["marks"] == {"alpha": "met", "beta": "conflicting", "home-safe": "gap"}


def test_what_is_open_stands_in_rows():
    task = Task(RulesChosen((SAMPLE_RULES,), standard=False), findings=True)
    rulebook = load_sample()
    (case,) = screen(
        documents([SAMPLE_CASES / "neglect-baby-no-tool.yaml"]), task, rulebook=rulebook
    )
    found = [*rows([case], rulebook.rules)]
    assert found
    assert all(tuple(each) == COLUMNS for each in found)
    assert {each["case"] for each in found} == {"neglect-baby-no-tool"}
    assert {each["verdict"] for each in found} <= {
        "gap",
        "due",
        "conflicting",
        "not recorded",
        "could not be judged",
    }
    by_rule = {each["rule"]: each for each in found}
    gaps = [each for each in found if each["verdict"] == "gap"]
    assert gaps
    assert gaps[0]["point of practice"] == rulebook.by_id[gaps[0]["rule"]].title
    assert all(each["to close it"] for each in by_rule.values() if each["verdict"] == "gap")
