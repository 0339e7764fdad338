import io
import json
import os
from pathlib import Path

import pytest

from checklist.coverage import coverage
from checklist.published import reproduce, rules_to_judge
from checklist.render.coverage import (
    coverage_json,
    print_coverage,
    print_reproduced,
    reproduced_json,
)
from checklist.render.terminal import WIDTH, console_for
from checklist.review import Reviewer
from checklist.rulebook import Rulebook, load
from checklist.selection import Belonging
from tests.conftest import DAY, case_of

SCREENS = Path(__file__).parent / "screens"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal

RULES = """\
- theme: test
  title: Test
- audit: Z
  title: What becomes of papers that one agency sends another
  partnership: Somewhere (Hither, Thither and Yon)
  month: 2022-01
  selection:
    says: Three cases of neglect, chosen by the chair.
    qualifies: {concerns: {includes: neglect}}
  cases: 3
  authorities: 2
  repeats: 1
  points:
    - {point: Z1, section: findings, says: Minutes often did not reach the GP.}
    - point: Z2
      section: findings
      says: The police always came.
      answered_by: [case, cohort]
      strength: yes
      question: How often do the police come to a meeting, and what would make it still more often?
      screening: It can count who came. It cannot say what they brought.
    - {point: Z3, section: Questions for the board, says: Nobody asked the family.}
    - point: Z4
      section: Questions for the board
      says: Who reads the minutes?
      answered_by: [board]
      question: Who reads the minutes that we send?
      screening: Nothing in a case record answers this.
  published:
    - number: no-minutes
      points: [Z1]
      says: cases with minutes that did not reach the GP
      words: most
      of: 3
      found_by: {rule: minutes-sent, verdict: [gap]}
    - number: police-there
      points: [Z2]
      says: cases with the police at some meeting
      count: 3
      of: 3
      found_by: {when: {some: {meetings: {attended: {includes: police}}}}}
    - number: family-asked
      points: [Z3]
      says: cases in which somebody asked the family
      count: 0
      of: 3
- rule: minutes-sent
  title: Minutes sent to the GP
  theme: test
  learned_from: [Z1]
  for_each: meeting
  expects: {minutes_sent_to: {includes: gp}}
  priority: routine
  gap: They were not sent.
  why: It matters.
  close: Send them.
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
- rule: held-in-time
  title: The conference held in time
  theme: test
  source: Statutory guidance, chapter 3, as published in December 2023 by the department
  for_each: meeting
  expects: {kind: strategy}
  priority: routine
  gap: It was late.
  why: It matters.
  close: Hold it.
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
"""
CASES = """\
- id: papers-one
  concerns: [neglect]
  meetings: [{date: 2021-01-01, attended: [police], minutes_sent_to: [police]}]
- id: papers-two
  concerns: [neglect]
  meetings: [{date: 2021-01-01, minutes_sent_to: [health_visiting]}]
- id: papers-three
  concerns: [neglect]
  meetings: [{date: 2021-01-01, attended: [police], minutes_sent_to: [gp]}]
- id: papers-four
  concerns: [housing]
- id: papers-five
"""


@pytest.fixture
def made_up(tmp_path: Path) -> Rulebook:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES, encoding="utf-8")
    return load([file])


def reproduced_of(rulebook: Rulebook):
    reviewer = Reviewer(rulebook, rules_to_judge(rulebook))
    cases = [case_of(text.replace("\n  ", "\n")) for text in CASES.split("- ")[1:]]
    named = [each.model_copy(update={"audit": "Z"}) for each in cases]
    return reproduce(reviewer, [reviewer.review(each, DAY) for each in named])


def printed(show, what) -> str:
    stream = io.StringIO()
    show(what, console_for(stream))
    return stream.getvalue()


def expect(name: str, screen: str) -> None:
    file = SCREENS / f"rules-{name}.txt"
    if RECORD:
        file.write_text(screen, encoding="utf-8")
    assert screen == file.read_text(encoding="utf-8")


def test_the_coverage_prints_this_screen(made_up):
    expect("coverage", printed(print_coverage, coverage(made_up)))


def test_published_numbers_print_this_screen(made_up):
    expect("coverage-published", printed(print_reproduced, reproduced_of(made_up)))


def test_no_line_of_ours_is_wider_than_the_screen_or_ends_in_blanks(rulebook):
    reviewer = Reviewer(rulebook, rules_to_judge(rulebook))
    reviews = [reviewer.review(case_of("id: one\naudit: A"), DAY)]
    for screen in (
        printed(print_coverage, coverage(rulebook)),
        printed(print_reproduced, reproduce(reviewer, reviews)),
    ):
        for line in screen.splitlines():
            assert len(line) <= WIDTH
            assert line == line.rstrip()


def test_a_rule_without_a_source_is_named_as_uncovered(made_up):
    found = coverage(made_up)
    whole = printed(print_coverage, found._replace(unsourced=found.from_elsewhere[:1]))
    assert "UNCOVERED: rules that name no source" in whole


def test_the_coverage_as_json(made_up):
    data = json.loads(coverage_json(coverage(made_up)))
    (audit,) = data["audits"]
    assert (audit["audit"], audit["month"]) == ("Z", "2022-01")
    assert [list(point) for point in audit["points"]] == [
        ["point", "section", "says", "strength", "answered_by", "rules", "question", "screening",
         "covered"]
    ] * 4  # fmt: skip
    assert [point["rules"] for point in audit["points"]] == [["minutes-sent"], [], [], []]
    assert [point["covered"] for point in audit["points"]] == [True, True, False, True]
    assert data["uncovered"] == ["Z3"]
    assert data["without_a_rule"] == ["Z2", "Z3"]
    assert [each["rule"] for each in data["rules_from_other_sources"]] == ["held-in-time"]
    assert data["rules_without_a_source"] == []


def test_published_numbers_as_json(made_up):
    (audit,) = json.loads(reproduced_json(reproduced_of(made_up)))["audits"]
    assert (audit["cases"], audit["qualifying"], audit["as_many_cases"]) == (3, 3, True)
    assert [(each["case"], each["qualifies"]) for each in audit["belonging"]][2:] == [
        ("papers-three", "yes"), ("papers-four", "no"), ("papers-five", "not recorded"),
    ]  # fmt: skip
    minutes, police, family = audit["published"]
    assert (minutes["words"], minutes["means"], minutes["count"]) == (
        "most", "more than half", None,
    )  # fmt: skip
    assert minutes["found"] == {
        "count": 2, "of": 3, "cases": ["papers-one", "papers-two"], "unclear": [],
    }  # fmt: skip
    assert (police["count"], police["found"]["unclear"]) == (3, ["papers-two"])
    assert [each["reproduced"] for each in (minutes, police, family)] == [True, False, None]
    assert (family["found"], family["why_not_counted"]) == (None, "nothing counts it yet")


HOSTILE = "\x1b[31mred\x9b2J [bold]loud[/bold] \u202etfel\u202c"


def test_text_from_outside_is_only_text(made_up):
    (found,) = reproduced_of(made_up)
    hostile = (found._replace(belonging=(Belonging("one", "no", (HOSTILE,)),)),)
    for screen in (printed(print_reproduced, hostile), reproduced_json(hostile)):
        assert "[bold]loud[/bold]" in screen
        for control in ("\x1b", "\x9b", "\u202e"):
            assert control not in screen
