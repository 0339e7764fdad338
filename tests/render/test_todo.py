import io
import os
from pathlib import Path

import pytest

from checklist.case_file import read_cases
from checklist.render.blocks_terminal import print_blocks
from checklist.render.markdown import as_markdown
from checklist.render.terminal import WIDTH, console_for
from checklist.render.todo import blocks_of
from checklist.review import Reviewer
from checklist.todo import todo_of
from tests.conftest import DAY, SAMPLE_CASES, case_of

SCREENS = Path(__file__).parent / "screens" / "todo"
CASES = {read.case.id: read.case for read in read_cases([SAMPLE_CASES])}
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal


def blocks(case, rulebook, rules=None):
    chosen = None if rules is None else rulebook.select(rules)
    return blocks_of(todo_of(Reviewer(rulebook, chosen).review(case, case.as_of or DAY)))


def on_screen(*arguments):
    stream = io.StringIO()
    print_blocks(blocks(*arguments), console_for(stream))
    return stream.getvalue()


def in_markdown(*arguments):
    return as_markdown(blocks(*arguments)) + "\n"


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize(("ending", "printed"), [("txt", on_screen), ("md", in_markdown)])
def test_a_worked_case_gives_this_list(name, ending, printed, rulebook):
    shown = printed(CASES[name], rulebook)
    expected = SCREENS / f"{name}.{ending}"
    if RECORD:
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


def test_no_list_is_left_that_no_case_gives():
    known = {f"{name}.{ending}" for name in CASES for ending in ("txt", "md")}
    assert {path.name for path in SCREENS.iterdir()} == known


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(name, rulebook):
    for line in on_screen(CASES[name], rulebook).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


@pytest.mark.parametrize("name", sorted(CASES))
def test_there_is_a_box_to_tick_for_each_thing_to_do(name, rulebook):
    todo = todo_of(Reviewer(rulebook).review(CASES[name], CASES[name].as_of or DAY))
    boxes = [line for line in in_markdown(CASES[name], rulebook).splitlines() if "- [ ]" in line]
    assert len(boxes) == len(todo.entries) > 0


def test_a_case_with_nothing_open_says_so(rulebook):
    case = case_of("meetings: []")
    assert on_screen(case, rulebook, ["gp-invited"]) == (
        "To do: a-case\nAs of 1 Jun 2021: no things to do.\n"
    )


def test_what_could_not_be_judged_is_said(rulebook, library_fails):
    library_fails(lambda *_: True)
    case = case_of("meetings: [{id: m, kind: strategy}]")
    shown = on_screen(case, rulebook, ["gp-invited"])
    assert "1 point could not be judged, and may add to this list." in shown


def test_many_lines_for_the_file_are_counted(rulebook):
    meetings = ", ".join(
        f"{{kind: strategy, date: 2021-05-0{day}, invited: []}}" for day in range(1, 6)
    )
    shown = on_screen(case_of(f"meetings: [{meetings}]"), rulebook, ["gp-invited"])
    assert shown.count("In the file: meetings[") == 3
    assert "In the file: and 2 more such lines\n" in shown
    assert shown.count("In the file: accepted:") == 1
    assert "Overdue since: 1 May 2021\n" in shown


HOSTILE = "\x1b[31mred\x1b[0m \x9b2J [bold]loud[/bold] \u202etfel\u202c <b>x</b>"


def test_controls_and_markup_from_a_record_are_shown_and_not_obeyed(rulebook):
    case = case_of(
        """
        meetings: [{id: m, kind: strategy, date: 2021-05-01, invited: []}]
        accepted: [{rule: gp-invited, subject: m, reason: r, role: r, review: 2021-07-01}]
        """
    )
    (accepted,) = case.accepted
    hostile = accepted.model_copy(update={"role": HOSTILE})
    case = case.model_copy(update={"accepted": (hostile,)})
    shown = on_screen(case, rulebook, ["gp-invited"])
    for control in ("\x1b", "\x9b", "\u202e"):
        assert control not in shown
        assert control not in in_markdown(case, rulebook, ["gp-invited"])
    assert "[bold]loud[/bold]" in " ".join(shown.split())
    assert r"\<b\>x\</b\>" in in_markdown(case, rulebook, ["gp-invited"])


def test_where_an_answer_was_looked_for_is_said(rulebook):
    case = case_of(
        """
        children: [{id: child}]
        looked_for: [{field: meetings, where: child's file, date: 2021-05-20}]
        """
    )
    shown = on_screen(case, rulebook, ["gp-invited"])
    assert "\n  Looked for 20 May 2021 (child's file): not there.\n" in shown
