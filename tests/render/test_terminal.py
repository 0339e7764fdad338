import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from checklist.case_file import read_cases
from checklist.render.terminal import WIDTH, console_for, print_report, provenance
from checklist.report import arrange
from checklist.review import Reviewer
from checklist.rulebook import load
from checklist.verdict import Because
from tests.conftest import DAY, RULE, SAMPLE_CASES, case_of, load_sample

SCREENS = Path(__file__).parent / "screens"
CASES = {read.case.id: read.case for read in read_cases([SAMPLE_CASES])}

# set RECORD_SCREENS=1 to write the screens anew; read each before it is committed
RECORD = bool(os.environ.get("RECORD_SCREENS"))


def screen(case, rulebook, **options):
    stream = io.StringIO()
    review = Reviewer(rulebook).review(case, case.as_of or DAY)
    print_report(arrange(review, rulebook), console_for(stream), **options)
    return stream.getvalue()


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("full", [False, True])
def test_a_worked_case_prints_this_screen(name, full, rulebook):
    printed = screen(CASES[name], rulebook, all_verdicts=full, why=full)
    expected = SCREENS / f"{name}{'-all-why' if full else ''}.txt"
    if RECORD:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(name, rulebook):
    for line in screen(CASES[name], rulebook, all_verdicts=True, why=True).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_no_screen_is_left_that_no_case_prints():
    known = {f"{name}{kind}.txt" for name in CASES for kind in ("", "-all-why")}
    of_rules = {path.name for path in SCREENS.glob("rules-*.txt")}  # test_coverage's
    assert {path.name for path in SCREENS.glob("*.txt")} - of_rules == known


def test_local_settings_in_force_are_told_in_a_line(rulebook, tmp_path):
    area = tmp_path / "area.yaml"
    area.write_text("significant_age_gap_years: 7\nneglect_tool: neglect toolkit\n", "utf-8")
    ours = load_sample(settings=area)
    case = CASES["neglect-baby-no-tool"]
    line = (
        "Local settings: neglect_tool neglect toolkit (default GCP2),\n"
        "significant_age_gap_years 7 years (default 5).\n"
    )
    assert line in screen(case, ours)
    assert "Local settings" not in screen(case, rulebook)


def test_a_query_that_could_not_be_judged_is_told_with_what_else_could_not(rulebook, library_fails):
    library_fails(lambda *_: True)
    printed = screen(case_of("children: [{id: baby}]\nappointments: []"), rulebook)
    assert "1 thing in the record could not be checked." in " ".join(printed.split())
    assert (
        "NOT JUDGED A child both born and still to be born\n"
        "  This could not be judged for baby: it hangs. It says nothing about the case.\n"
    ) in printed
    assert "Check the record" not in printed


SAID_AND_LOOKED = """
adults: [{{id: ann, engages: yes}}, {{id: ben, engages: yes}}, {{id: cas}}]
looked_for:
  - {{field: "adults[ann].assessed", where: "{where}", date: 2021-05-22}}
  - {{field: "adults[cas].engages", where: "{where}", date: 2021-05-23}}
not_applicable:
  - {{rule: test-rule, subject: ben, reason: "{reason}", role: social worker,
     agency: childrens_social_care, date: 2021-05-21}}
"""


def test_a_report_says_where_something_was_looked_for_and_who_says_a_rule_does_not_apply(rule_of):
    case = case_of(SAID_AND_LOOKED.format(where="child's file", reason="He is abroad."))
    ours = rule_of("{assessed: yes}", kind="adult", applies="{engages: yes}")
    printed = screen(case, ours)
    assert ("  Looked for 22 May 2021 (child's file): not there.\n  For: The point\n") in printed
    assert "  Looked for 23 May 2021 (child's file): not there.\n" in printed
    assert (
        "  Disputed whether this applies:\n"
        "    - engages: yes\n"
        "    - whether it applies: no (children's social care, said by the social\n"
        "      worker: He is abroad, 21 May 2021)\n"
    ) in printed
    silent = case_of(SAID_AND_LOOKED.format(where="x", reason="r").replace(", engages: yes", ""))
    assert (
        "N/A The point\n"
        "  Ben: said by the social worker (children's social care), 21 May 2021: r.\n"
    ) in screen(silent, ours, all_verdicts=True)


def test_of_one_question_about_several_it_says_whose_answer_was_looked_for(rule_of):
    ours = rule_of("{every: {adults: {assessed: yes}}}")
    text = SAID_AND_LOOKED.format(where="child's file", reason="r")
    printed = screen(case_of(text), with_question(ours))
    assert "ASK Was each assessed? (ann; ben; cas)\n  Ann: looked for 22 May 2021" in printed


def with_question(loaded):
    (rule,) = loaded.rules
    return replace(loaded, rules=(rule._replace(ask={"adults.assessed": "Was each assessed?"}),))


HOSTILE = "\x1b[31mred\x1b[0m \x9b2J [bold]loud[/bold] [link=x]y[/link] \u202etfel\u202c \x07"


def test_controls_and_markup_from_a_record_are_shown_and_not_obeyed(rulebook):
    case = case_of(
        """
        about: here
        children: [{id: baby, father: dad}]
        adults:
          - id: dad
            spoken_to: yes
            assessed: [{value: yes, agency: gp, where: here}, {value: no, agency: police}]
        """
    )
    assessed = tuple(word._replace(where=HOSTILE) for word in case.adults[0].assessed)
    dad = case.adults[0].model_copy(update={"assessed": assessed})
    case = case.model_copy(update={"about": HOSTILE, "adults": (dad,)})
    printed = screen(case, rulebook)
    assert printed.count("[bold]loud[/bold] [link=x]y[/link]") >= 2
    assert "<U+001B>[31mred" in printed
    for control in ("\x1b", "\x9b", "\u202e", "\x07"):
        assert control not in printed


def test_what_people_say_of_a_rule_or_looked_for_is_shown_and_not_obeyed(rule_of):
    case = case_of(SAID_AND_LOOKED.format(where="here", reason="there"))
    looked = tuple(each.model_copy(update={"where": HOSTILE}) for each in case.looked_for)
    said = tuple(each.model_copy(update={"reason": HOSTILE}) for each in case.not_applicable)
    case = case.model_copy(update={"looked_for": looked, "not_applicable": said})
    printed = screen(case, rule_of("{assessed: yes}", kind="adult", applies="{engages: yes}"))
    assert printed.count("<U+001B>[31mred") == 3
    for control in ("\x1b", "\x9b", "\u202e", "\x07"):
        assert control not in printed


def test_who_judged_is_told_though_the_reason_names_their_agency_too():
    judged = Because(
        "judgement",
        "judgement",
        "yes",
        "code",
        agency="school",
        where="judged by the head: The school did.",
    )
    assert provenance(judged) == "school, judged by the head: The school did"
    assert provenance(judged._replace(where="school file")) == "school file"


def test_a_rule_learned_elsewhere_names_its_source(rule_of):
    rulebook = rule_of("{concerns: {includes: neglect}}")
    printed = screen(case_of("concerns: [housing]"), rulebook, why=True)
    assert "  Why: It matters.\n  Source: A test.\n" in printed
    assert "Learned from" not in printed
    assert "The audits" not in printed


def test_nothing_to_judge_is_a_report_too(rulebook):
    review = Reviewer(rulebook, []).review(case_of("id: x"), DAY)
    stream = io.StringIO()
    print_report(arrange(review, rulebook), console_for(stream))
    assert "nothing to judge" in stream.getvalue()


def test_a_terminal_gets_colour_and_the_words_do_not_depend_on_it(rulebook, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def printed(plain):
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "80")
        if plain:
            monkeypatch.setenv("NO_COLOR", "1")
        stream = Terminal()
        case = CASES["neglect-baby-no-tool"]
        review = Reviewer(rulebook).review(case, case.as_of)
        print_report(arrange(review, rulebook), console_for(stream))
        return stream.getvalue()

    def without_styles(text):
        import re

        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    assert "\x1b[1;31m" in printed(plain=False)
    assert "\x1b[1;31m" not in printed(plain=True)
    assert without_styles(printed(plain=False)) == without_styles(printed(plain=True))


def test_a_question_about_many_members_is_asked_once(tmp_path):
    rule = RULE.format(
        kind="case", expects="{every: {contacts: {home_seen: yes}}}", applies="{unborn: no}", by=""
    ).replace("  applies: {unborn: no}\n", "  ask: {contacts.home_seen: Was the home seen?}\n")
    path = tmp_path / "rules.yaml"
    path.write_text(rule, encoding="utf-8")
    visits = [f"  - {{mode: in_person, date: 2021-05-0{day}}}" for day in range(1, 7)]
    case = case_of("\n".join(["contacts:", *visits]))
    three = "visit on 1 May 2021; visit on 2 May 2021; visit on 3 May 2021"
    asked = f"ASK Was the home seen? ({three}; 3 more)"
    assert asked in " ".join(screen(case, load([path])).split())
    in_full = " ".join(screen(case, load([path]), all_verdicts=True).split())
    assert "visit on 6 May 2021)" in in_full
    assert in_full.count("Was the home seen?") == 1
