import io
import os
from pathlib import Path

import pytest

from checklist.case_file import read_cases
from checklist.explanation import Explainer
from checklist.render.explain import print_answers, print_explanation
from checklist.render.terminal import WIDTH, console_for
from checklist.rulebook import load
from tests.conftest import DAY, SAMPLE_CASES, case_of

SCREENS = Path(__file__).parent / "screens" / "explain"
CASES = {read.case.id: read.case for read in read_cases([SAMPLE_CASES])}

# set RECORD_SCREENS=1 to write the screens anew; read each before it is committed
RECORD = bool(os.environ.get("RECORD_SCREENS"))

RECORDED = {
    "gap": ("marac-plan-missing-from-brothers-file", "safety-plan-on-childs-file", "brother"),
    "gap-accepted": (
        "interpreter-aunt-speaks-for-mother", "gp-invited", "evening-strategy-meeting"
    ),
    "conflicting": ("records-disagree-one-settled", "gcp2-considered", None),
    "not-recorded": ("thin-record-past-due-date", "gcp2-considered", None),
    "met-by-a-way": ("interpreter-aunt-speaks-for-mother", "gcp2-considered", None),
    "due": ("neglect-baby-no-tool", "father-engaged", None),
    "not-applicable": ("records-disagree-one-settled", "age-gap-explored", None),
    "term": ("neglect-baby-no-tool", "neglect_is_a_feature", None),
    "term-with-evidence-against": (
        "records-disagree-one-settled", "needs_an_interpreter", "father"
    ),
}  # fmt: skip


def explainer(case, name, rulebook):
    return Explainer(rulebook, name, case, case.as_of or DAY)


def screen(case, name, rulebook, subject=None, **options):
    stream = io.StringIO()
    for explanation in explainer(case, name, rulebook).explain(subject):
        print_explanation(explanation, case.id, case.as_of or DAY, console_for(stream), **options)
    return stream.getvalue()


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_an_explanation_prints_this_screen(name, rulebook):
    case, rule, subject = RECORDED[name]
    printed = screen(CASES[case], rule, rulebook, subject)
    expected = SCREENS / f"{name}.txt"
    if RECORD:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


def test_the_subjects_to_choose_from_print_this_screen(rulebook):
    stream = io.StringIO()
    case = CASES["interpreter-aunt-speaks-for-mother"]
    found = explainer(case, "interpreter-used", rulebook)
    print_answers(found.answers(), found.title, case.id, case.as_of, console_for(stream))
    expected = SCREENS / "subjects.txt"
    if RECORD:
        expected.write_text(stream.getvalue(), encoding="utf-8")
    assert stream.getvalue() == expected.read_text(encoding="utf-8")


def test_no_screen_is_left_that_nothing_prints():
    assert {path.stem for path in SCREENS.glob("*.txt")} == {*RECORDED, "subjects"}


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("case", sorted(CASES))
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(case, everything, rulebook):
    names = [each.id for each in (*rulebook.rules, *rulebook.terms)]
    for name in names:
        printed = screen(CASES[case], name, rulebook, everything=everything)
        for line in printed.splitlines():
            assert len(line) <= WIDTH
            assert line == line.rstrip()


def test_of_a_long_list_those_that_decided_are_shown_and_the_others_counted(rule_of):
    tools = [f"{{id: t{at}, tool: gcp2, state: considered}}" for at in range(30)]
    tools[17] = "{id: t17, tool: gcp2, state: completed}"
    tools += [f"{{id: d{at}, tool: dash, date: 2021-01-0{at + 1}}}" for at in range(2)]
    case = case_of(f"tools: [{', '.join(tools)}]")
    book = rule_of("{some: {tools: {where: {tool: gcp2}, state: completed}}}")
    printed = screen(case, "test-rule", book)
    assert "+ yes: GCP2 (t17): it is recorded as completed" in printed
    assert "(made no difference: 29 more)" in printed
    assert "(not meant: DASH of 1 Jan 2021; DASH of 2 Jan 2021)" in printed
    assert "Shortened; --all shows everything." in printed
    opened = screen(case, "test-rule", book, everything=True)
    assert "Shortened" not in opened
    assert opened.count("made no difference: GCP2 (t") == 29
    assert opened.count("+ yes: it is the GCP2") == 30
    assert opened.count("- no: it is the GCP2") == 2


def test_of_many_that_decided_those_with_the_value_of_the_whole_come_first(rule_of):
    tools = [f"{{id: t{at}, state: completed}}" for at in range(30)]
    tools[20] = "{id: t20}"
    case = case_of(f"tools: [{', '.join(tools)}]")
    printed = screen(case, "test-rule", rule_of("{every: {tools: {state: completed}}}"))
    assert "? not recorded: tool (t20): it is recorded as completed" in printed
    assert "(also yes: 29 more)" in printed
    assert "+ yes: tool" not in printed


def test_of_many_values_to_be_recorded_the_first_are_named(rule_of):
    tools = [f"{{id: t{at}, state: considered}}" for at in range(8)]
    case = case_of(f"tools: [{', '.join(tools)}]")
    book = rule_of("{every: {tools: {state: completed}}}")
    assert "; and 3 more like these" in " ".join(screen(case, "test-rule", book).split())
    assert "more like these" not in screen(case, "test-rule", book, everything=True)


def test_a_record_line_is_told_once(rulebook):
    printed = screen(CASES["records-disagree-one-settled"], "gcp2-considered", rulebook)
    assert printed.count("Record: state: in progress (health visiting") == 1
    assert printed.count("Record: state: as above") == 3


def test_days_on_which_agencies_disagree_are_told(rule_of):
    said = "[{value: 2021-07-30, agency: gp}, {value: 2021-07-01, agency: police}]"
    case = case_of(f"meetings: [{{date: {said}, invited: []}}]")
    book = rule_of("{invited: {includes: gp}}", kind="meeting", by="{weeks: 1, before: date}")
    flat = " ".join(screen(case, "test-rule", book).split())
    assert "By when: 24 Jun 2021, 23 days left" in flat
    assert "It can be put right until 1 week before the date of the meeting." in flat
    assert "Record: date: 30 Jul 2021 (GP) / 1 Jul 2021 (police)" in flat
    assert "Of several days the earliest counts." in flat


def test_no_deadline_says_what_is_missing_for_one(rule_of):
    book = rule_of("{invited: {includes: gp}}", kind="meeting", by="date")
    printed = screen(case_of("meetings: [{invited: []}]"), "test-rule", book)
    assert "By when: no deadline is recorded" in printed
    assert "Record: date of the meeting: not recorded" in printed


def test_what_made_no_difference_is_said_or_left_out(rulebook):
    case = CASES["records-disagree-one-settled"]
    printed = screen(case, "safety-plan-on-childs-file", rulebook)
    assert "Expects: made no difference, since it does not apply" in printed
    opened = screen(case, "safety-plan-on-childs-file", rulebook, everything=True)
    assert "Expects: yes, made no difference" in opened


JUDGED = """
rule: judged-rule
title: The point
theme: test
source: A test.
for_each: child
judge: Was {subject} heard?
priority: routine
gap: Not heard.
why: It matters.
close: Do it.
examples:
"""


def test_a_question_for_a_persons_judgement_is_told_apart(tmp_path):
    answers = {"yes": "met", "no": "gap", None: "not recorded"}
    examples = [
        f"  - {{given: {{children: [{{id: a}}]{_judgement(answer)}}}, verdict: {verdict}}}"
        for answer, verdict in answers.items()
    ]
    path = tmp_path / "rules.yaml"
    theme = "\n- theme: test\n  title: Test\n"
    rule = "\n  ".join([*JUDGED.strip().splitlines(), *examples])
    path.write_text(f"{theme}- {rule}\n", encoding="utf-8")
    book = load([path])
    assert "Judge: Was a heard?" in screen(case_of("children: [{id: a}]"), "judged-rule", book)
    case = case_of(f"children: [{{id: a}}]\n{_judgement('yes').removeprefix(', ')}")
    flat = " ".join(screen(case, "judged-rule", book).split())
    assert "Expects: yes A person judged it so" in flat
    assert "judged by the chair: It was read" in flat


def _judgement(answer):
    if answer is None:
        return ""
    of = "rule: judged-rule, subject: a, date: 2021-01-01, role: chair, reason: It was read."
    return f", judgements: [{{answer: {answer}, {of}}}]"


HOSTILE = "\x1b[31mred\x1b[0m \x9b2J [bold]loud[/bold] [link=x]y[/link] \u202etfel\u202c \x07"


def test_controls_and_markup_from_a_record_are_shown_and_not_obeyed(rulebook):
    case = case_of("children: [{id: baby, father: dad}]\nadults: [{id: dad, spoken_to: yes}]")
    spoken_to = tuple(word._replace(where=HOSTILE) for word in case.adults[0].spoken_to)
    dad = case.adults[0].model_copy(update={"spoken_to": spoken_to})
    printed = screen(case.model_copy(update={"adults": (dad,)}), "father-engaged", rulebook)
    assert "[bold]loud[/bold] [link=x]y[/link]" in " ".join(printed.split())
    assert "<U+001B>[31mred" in printed
    for control in ("\x1b", "\x9b", "\u202e", "\x07"):
        assert control not in printed
