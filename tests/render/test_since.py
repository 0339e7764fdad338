import datetime
import io
import json
import os
from pathlib import Path

import pytest

from checklist.case_file import read_cases
from checklist.render.blocks_terminal import print_blocks
from checklist.render.markdown import as_markdown
from checklist.render.since import blocks_of
from checklist.render.since_data import data_of
from checklist.render.terminal import WIDTH, console_for
from checklist.review import Reviewer
from checklist.since import since
from tests.conftest import SAMPLE_CASES, case_of
from tests.test_since import AFTER, BEFORE, CASE, RULE

SCREENS = Path(__file__).parent / "screens" / "compare"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal
DAYS = {
    "marac-plan-missing-from-brothers-file": ("2021-01-05", "2021-03-15"),
    "unborn-baby-young-mother-age-gap": ("2020-12-01", "2021-06-01"),
    "record-that-does-not-fit-together": ("2021-01-01", "2021-04-01"),
}
DAYS_BEFORE_AND_AFTER = (datetime.date(2021, 3, 1), datetime.date(2021, 3, 3))
CASES = {read.case.id: read.case for read in read_cases([SAMPLE_CASES])}


def compared(case, rulebook, before=BEFORE, after=AFTER):
    reviewer = Reviewer(rulebook)
    return since(reviewer.review(case, before), reviewer.review(case, after))


def screen(found, **options):
    stream = io.StringIO()
    print_blocks(blocks_of(found, **options), console_for(stream))
    return stream.getvalue()


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("form", ["txt", "md"])
def test_a_case_on_two_days_prints_this_screen(name, form, rulebook):
    found = compared(CASES[name], rulebook, *map(datetime.date.fromisoformat, DAYS[name]))
    printed = screen(found) if form == "txt" else as_markdown(blocks_of(found)) + "\n"
    expected = SCREENS / f"{name}.{form}"
    if RECORD:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DAYS)
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(name, rulebook):
    found = compared(CASES[name], rulebook, *map(datetime.date.fromisoformat, DAYS[name]))
    for line in screen(found, everything=True).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_the_sections_stand_in_the_order_new_still_open_closed(rule_of):
    printed = screen(compared(case_of(CASE), rule_of(**RULE)))
    headings = [line for line in printed.splitlines() if line.startswith(("New", "Still", "Close"))]
    assert headings == ["New: 2", "Still open: 2", "Closed: 2"]
    assert "From 1 Mar 2021 to 1 Jun 2021 (92 days): 2 new, 2 still open, 2 closed." in printed
    assert "1 point was due, and the day has passed since" in " ".join(printed.split())


def test_an_accepted_gap_says_until_when_and_one_that_has_lapsed_says_so(rule_of):
    accepted = """
    meetings: [{id: over, kind: strategy, date: 2021-01-08, invited: [police]}]
    accepted:
      - {rule: test-rule, subject: over, reason: The GP was away., role: team manager,
         review: 2021-04-30}
    """
    found = compared(case_of(accepted), rule_of(**RULE))
    assert "Before: accepted until 30 Apr 2021" in screen(found)
    turned = since(*[Reviewer(rule_of(**RULE)).review(case_of(accepted), BEFORE)] * 2)
    assert "Accepted by: team manager until 30 Apr 2021" in screen(turned)


def test_where_something_was_looked_for_and_who_says_a_rule_does_not_apply_is_told(rule_of):
    case = case_of("""
        adults: [{id: ann}, {id: ben}]
        looked_for: [{field: "adults[ann].assessed", where: file, date: 2021-03-02}]
        not_applicable:
          - {rule: test-rule, subject: ben, reason: He left., role: nurse, date: 2021-03-02}
    """)
    ours = rule_of("{assessed: yes}", kind="adult", applies="{assessed: yes}")
    printed = screen(compared(case, ours, *DAYS_BEFORE_AND_AFTER))
    assert "  Looked for 2 Mar 2021 (file): not there.\n" in printed
    assert (
        "Ben: was not recorded; no longer applies: said by the nurse, 2 Mar 2021: He left."
    ) in " ".join(printed.split())


def test_json_says_of_each_point_what_it_was_and_is(rule_of):
    data = json.loads(json.dumps(data_of(compared(case_of(CASE), rule_of(**RULE)))))
    assert [each["subject"]["id"] for each in data["new"]] == ["ahead", "disputed"]
    ahead, disputed = data["new"]
    assert (ahead["before"], ahead["after"], ahead["step"]) == ("due", "gap", "worse")
    assert ahead["deadline"] == "2021-05-03"
    assert {each["agency"] for each in disputed["because"]} == {"childrens_social_care", "police"}
    assert data["closed"][0]["silence_filled"]
    assert (data["before"], data["after"]) == ("2021-03-01", "2021-06-01")


HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/bold] <b>y</b> \u202eetfel"


def test_text_from_a_record_is_shown_and_not_obeyed(rule_of):
    case = case_of(CASE)
    case = case.model_copy(update={"about": HOSTILE})
    found = compared(case, rule_of(**RULE))
    printed = screen(found)
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "[bold]x[/bold]" in " ".join(printed.split())
    assert r"\<b\>y\</b\>" in as_markdown(blocks_of(found))
