import datetime
import re
import time

import pytest
import yaml

from tests.conftest import SAMPLE_RULES
from tests.conversation.conftest import FAMILY
from tests.terminals import Terminal

CHOOSE, TICK, TYPE = "arrows and Enter", "space to tick", "type, then Enter"
OURS = ("--rules", SAMPLE_RULES, "--only-these-rules", "--as-of", "2021-03-01")


@pytest.fixture
def at_terminal(tmp_path):
    def start(*arguments, rule="father-engaged", env=None):
        return Terminal("interview", *arguments, "--rule", rule, *OURS, cwd=tmp_path, env=env)

    return start


def record(folder):
    return yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))


def test_from_an_empty_folder_to_a_list_of_what_to_do(at_terminal, tmp_path):
    with at_terminal() as terminal:
        terminal.until("Pseudonym [case-1]:", TYPE)
        terminal.press("enter")
        terminal.until("> children's social care", CHOOSE)
        terminal.press("down")
        terminal.until("> early help")
        terminal.press("p")  # to what begins with it
        terminal.until("> paediatrics")
        terminal.press("p", "p")
        terminal.until("> police")
        time.sleep(1.1)  # what is typed within a second is one word
        terminal.press("p", "r", "o", "b")  # where b alone goes back
        terminal.until("> probation")
        time.sleep(1.1)
        terminal.press("m", "i")
        terminal.until("> midwifery")
        terminal.press("c", "c")  # no word: the next that begins with it, and the next
        terminal.until("> cafcass")
        terminal.press("c")
        terminal.until("> children's social care")
        terminal.press("enter")
        terminal.until("File or document [child's file]:", TYPE)
        terminal.press("enter")
        terminal.until("The day, such as", TYPE)
        terminal.press("10 march", "enter")
        terminal.until("Wednesday 10 March 2021. Is that right?", "> yes", CHOOSE)
        terminal.press("enter")
        terminal.until("Which children are there", "> Add one", CHOOSE)
        terminal.press("enter")
        terminal.until("The date of birth", TYPE)
        terminal.press("20/11/2020", "enter")
        terminal.until("Friday 20 November 2020. Is that right?", "> yes", CHOOSE)
        terminal.press("enter")
        terminal.until("A pseudonym [child]:", TYPE)
        terminal.press("enter")
        terminal.until("So far: child.", "> That is all", CHOOSE)
        terminal.press("enter")
        terminal.until("Who is the father of child", "> Somebody who is", CHOOSE)
        terminal.press("enter")
        terminal.until("The relation to the children", "> mother", CHOOSE)
        terminal.press("2")  # by its number
        terminal.until("A pseudonym [father]:", TYPE)
        terminal.press("enter")
        terminal.until("Who is the mother of child?", "> Somebody who is", CHOOSE)
        terminal.press("q")  # stops; goes on below
        said, code = terminal.end()
        assert code == 0
        assert "To go on: checklist interview case.yaml" in said
    assert record(tmp_path)["children"][0]["father"] == "father"

    with at_terminal() as terminal:
        terminal.until("There is a case in case.yaml already", "> Go on with case.yaml", CHOOSE)
        terminal.press("enter")
        terminal.until("Who is the mother of child?", "> Somebody who is", CHOOSE)
        terminal.press("s")
        terminal.until("Who is the partner of father?", CHOOSE)
        terminal.press("s")
        terminal.until("Did an assessment look at", "> yes", CHOOSE)
        terminal.press("enter")
        terminal.until("Saved: yes.", "Who has spoken to the father", "> yes", CHOOSE)
        terminal.press("b")  # back: it was no after all
        terminal.until("b back", "Did an assessment look at the father of child", CHOOSE)
        terminal.press("n")
        terminal.until("Saved: no.", "Nothing else is left", "> Show what to do", "b back")
        terminal.press("enter")
        said, code = terminal.end()
        assert code == 0
        assert "To do: case-1" in said
        assert "Before the conference on 10 Mar 2021 (9 days left)" in said
        assert "Father assessed and spoken to" in said
    assert record(tmp_path) == {
        "id": "case-1",
        "source": {"agency": "childrens_social_care", "where": "child's file"},
        "next_conference": datetime.date(2021, 3, 10),
        "children": [{"id": "child", "born": datetime.date(2020, 11, 20), "father": "father"}],
        "adults": [{"id": "father", "relation": "father", "assessed": False}],
    }


def test_several_are_ticked_and_what_stands_alone_needs_no_tick(at_terminal, tmp_path):
    case = FAMILY.replace(", invited: [police]", "")
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    with at_terminal("case.yaml", rule="gp-invited") as terminal:
        terminal.until("Who was invited to the strategy meeting", TICK)
        terminal.press("enter")
        terminal.until("Tick what fits with the space bar, then press Enter.")
        terminal.press(" ", "down", " ", "enter")
        terminal.until("Saved: children's social care and early help.", "> Show what to do")
        terminal.press("enter")
        terminal.end()
    assert record(tmp_path)["meetings"][0]["invited"] == ["childrens_social_care", "early_help"]
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    with at_terminal("case.yaml", rule="gp-invited") as terminal:
        terminal.until("Who was invited to the strategy meeting", TICK)
        terminal.press("up", "up", "up")  # from the first round to the last three
        terminal.until("> ○ None of these")
        terminal.press("enter")
        terminal.until("Saved: none.", "> Show what to do")
        terminal.press("enter")
        terminal.end()
    assert record(tmp_path)["meetings"][0]["invited"] == []


@pytest.mark.parametrize(("key", "code"), [("ctrl-c", 130), ("ctrl-d", 0)])
@pytest.mark.parametrize("typing", [True, False])
def test_leaving_by_a_key_keeps_all_that_was_answered(at_terminal, tmp_path, key, code, typing):
    with at_terminal() as terminal:
        terminal.until("Pseudonym [case-1]:", TYPE)
        terminal.press("enter")
        terminal.until("> children's social care", CHOOSE)
        if typing:
            terminal.press("enter")
            terminal.until("File or document [child's file]:", TYPE)
        terminal.press(key)
        said, exit_code = terminal.end()
    assert exit_code == code
    assert "saved" in said
    assert "program itself failed" not in said
    assert record(tmp_path) == {"id": "case-1"}


def test_a_key_works_alone_and_a_line_is_typed_anew_where_one_is_offered(at_terminal, tmp_path):
    with at_terminal() as terminal:
        terminal.until("Pseudonym [case-1]:", TYPE)
        terminal.press("amber", "enter")
        terminal.until("> children's social care", CHOOSE)
        terminal.press("enter")
        terminal.until("File or document [child's file]:", TYPE)
        terminal.press("b", "enter")
        terminal.until("> children's social care", CHOOSE)
        terminal.press("enter")
        terminal.until("File or document [child's file]:", TYPE)
        terminal.press("q", "enter")
        said, code = terminal.end()
    assert code == 0
    assert "saved" in said
    assert record(tmp_path) == {"id": "amber"}


def test_no_colour_where_none_is_wanted_and_no_key_is_taken_for_text(at_terminal, tmp_path):
    (tmp_path / "case.yaml").write_text(FAMILY, encoding="utf-8")
    with at_terminal("case.yaml", env={"NO_COLOR": "1"}) as terminal:
        terminal.until("Did an assessment look at", CHOOSE)
        terminal.press("?")
        terminal.until("A good answer says", "Did an assessment look at", CHOOSE)
        terminal.press("q")
        terminal.end()
    styles = re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw)
    used = {int(each) for style in styles for each in style.split(b";") if each}
    assert 1 in used  # what is chosen stands out without colour
    assert used <= set(range(30))


def test_plain_never_moves_the_cursor(at_terminal, tmp_path):
    (tmp_path / "case.yaml").write_text(FAMILY, encoding="utf-8")
    with at_terminal("case.yaml", "--plain") as terminal:
        terminal.until("Whether an assessment looked at them as a parent or carer:")
        terminal.press("1", "enter")
        terminal.until("Saved: yes.", "Whether a worker spoke to them")
        terminal.press("no", "enter")
        terminal.until("The day of the next conference")
        terminal.press("q", "enter")
        said, code = terminal.end()
        assert code == 0
    assert "To do: amber" in said
    assert b"\x1b" not in terminal.raw


def test_a_closed_terminal_loses_only_the_question_on_the_screen(at_terminal, tmp_path):
    (tmp_path / "case.yaml").write_text(FAMILY, encoding="utf-8")
    with at_terminal("case.yaml") as terminal:
        terminal.until("Did an assessment look at", "> yes", CHOOSE)
        terminal.press("enter")
        terminal.until("Saved: yes.", "Who has spoken to the father", CHOOSE)
        terminal.child.close()
    assert record(tmp_path)["adults"][1] == {"id": "father", "partner": "mother", "assessed": True}
    assert [each.name for each in tmp_path.iterdir()] == ["case.yaml"]
