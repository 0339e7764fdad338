import os
import re
from pathlib import Path

import pytest

from checklist.briefing import briefing
from checklist.cohort import Left, RulesChosen, Task, screen
from checklist.documents import documents
from checklist.render.blocks import Heading, Table
from checklist.render.briefing import blocks_of
from checklist.render.markdown import as_markdown
from checklist.rulebook import worked_cases
from checklist.screening import screening_of
from tests.test_briefing import Book, audit, cohort, point, rule

SCREENS = Path(__file__).parent / "screens" / "brief"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal
COHORTS = {"under-ones": "A", "marac": "B", "wakefield": "C"}


def drafted(rulebook, name, folder, **options):
    """Return the briefing of the worked cases in a folder, all of them made up."""
    (chosen,) = [each for each in rulebook.audits if each.id == name]
    task = Task(RulesChosen(), audit=name)
    results = [*screen(documents([worked_cases() / folder]), task, rulebook=rulebook)]
    left = [each for each in results if isinstance(each, Left)]
    found = screening_of(results, rulebook, keep_all=True, audit=name)
    return briefing(found, chosen, left, **options)


@pytest.mark.parametrize(
    ("name", "folder", "options"),
    [
        *((folder, folder, {}) for folder in COHORTS),
        ("all-cases", ".", {}),
        ("without-small", ".", {"below": 3}),
    ],
)
def test_the_worked_cases_give_this_briefing(name, folder, options, standard_rulebook):
    found = drafted(standard_rulebook, COHORTS.get(folder, "B"), folder, **options)
    printed = as_markdown(blocks_of(found)) + "\n"
    expected = SCREENS / f"{name}.md"
    if RECORD:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


def test_no_briefing_is_left_that_nothing_gives():
    known = {*COHORTS, "all-cases", "without-small"}
    assert {path.stem for path in SCREENS.iterdir()} == known


def text_of(found):
    return as_markdown(blocks_of(found)).replace("\\", "")


def test_it_has_the_seven_points_in_their_order():
    found = briefing(cohort(Book(rule("r")), {"r": "gap"}), audit(point("A01", ("board",))))
    headings = [each.text for each in blocks_of(found) if isinstance(each, Heading)]
    assert [each.partition(".")[0] for each in headings[1:8]] == list("1234567")
    assert "DRAFT for people to check" in text_of(found)


def test_each_mark_leads_to_a_note_and_the_same_cases_have_the_same_mark():
    book = Book(rule("one"), rule("two"), rule("three"))
    cases = [{"one": "gap", "two": "gap", "three": "met"}, {"one": "met", "two": "met",
              "three": "gap"}]  # fmt: skip
    text = text_of(briefing(cohort(book, *cases), audit()))
    body, _, behind = text.partition("Where the numbers come from")
    marks = set(re.findall(r"\[(\d+)\]", body))
    notes = dict(re.findall(r"- \[(\d+)\] (.+)", behind))
    assert marks == set(notes)
    assert len(set(notes.values())) == len(notes)
    (of_one,) = re.findall(r"Title of one:\*\* gap in 1 of 2 \(.*?\) \[(\d+)\]", body)
    (of_two,) = re.findall(r"Title of two:\*\* gap in 1 of 2 \(.*?\) \[(\d+)\]", body)
    assert of_one == of_two
    assert notes[of_one] == "case-0"


def test_actions_have_blanks_for_owner_and_day():
    found = briefing(cohort(Book(rule("r")), {"r": "gap"}), audit())
    (table,) = [each for each in blocks_of(found) if isinstance(each, Table)]
    assert table.columns == ("For", "Draft action", "Owner", "By when")
    assert table.rows == (("Title of r", "Do r.", "", ""),)


def test_what_a_rule_of_ones_own_names_of_a_subject_is_said_of_any():
    own = rule("r")._replace(for_each="meeting", close="Send {subject} by {sent_on}.")
    found = briefing(cohort(Book(own), {"r": "gap"}), audit())
    (table,) = [each for each in blocks_of(found) if isinstance(each, Table)]
    assert table.rows[0][1] == "Send the meeting by sent on."


@pytest.mark.parametrize(
    ("made_up", "words"),
    [
        ([True, True], "All of the cases are made up"),
        ([True, False], "1 [1] of the 2 cases are made up"),
        ([False, False], None),
    ],
)
def test_made_up_cases_are_named_as_such(made_up, words):
    said = [{"r": "met", "made_up": each} for each in made_up]
    text = text_of(briefing(cohort(Book(rule("r")), *said), audit()))
    assert words in text if words else "made up" not in text


def test_cases_that_were_not_counted_are_told_with_why():
    left = [
        Left("old", "f", None, "no", ("No child is young enough.",)),
        Left("quiet", "f", None, "not recorded", ("How old is the child?",)),
    ]
    text = text_of(briefing(cohort(Book(rule("r")), {"r": "met"}), audit(), left))
    assert re.search(r"1 case \[\d\] would not have been chosen", text)
    assert re.search(r"1 case \[\d\] are not counted, since", text) is None
    assert re.search(r"1 case \[\d\] is not counted, since its record leaves open", text)
    assert "**old:** No child is young enough." in text
    assert "**quiet:** How old is the child?" in text


def test_with_small_numbers_left_out_no_case_is_named_and_it_is_said_why():
    cases = [{"r": "gap", "authority": "a"}] * 2 + [{"r": "met", "authority": "b"}] * 6
    text = text_of(briefing(cohort(Book(rule("r")), *cases), audit(), below=5))
    assert "case-" not in text
    assert "[" not in text
    assert "a: number left out" in text
    assert "Numbers of cases from 1 to 4 are left out" in text


def test_nothing_to_show_is_said_in_each_part():
    text = text_of(briefing(cohort(Book()), audit()))
    assert "No point of practice is on record as met in most cases." in text
    assert "Nothing is open that could be shown." in text
    assert "To be agreed: __________" in text
    assert "The audit left no question to a board." in text
