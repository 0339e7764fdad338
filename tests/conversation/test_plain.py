import io

import pytest

from checklist.answers import Choice
from checklist.conversation.plain import PlainScreen
from checklist.conversation.screen import BACK, SKIP, STOP, WHY, Pressed

YES_NO = (Choice("yes", "yes"), Choice("no", "no"))
PLACES = (Choice("gp", "GP"), Choice("police", "police"), Choice("skip", "Skip for now"))
NONE = Choice("_none", "None of these")


@pytest.fixture
def typing():
    """Return a function from lines to a screen on which they are typed, and what it shows."""

    def screen(*lines):
        out = io.StringIO()
        return PlainScreen(io.StringIO("".join(f"{line}\n" for line in lines)), out), out

    return screen


@pytest.mark.parametrize("typed", ["2", "#2", "police", "Police", "POLICE.", "pol"])
def test_one_is_chosen_by_number_or_by_words(typing, typed):
    screen, out = typing(typed)
    assert screen.choose("Which", PLACES, ()) == "police"
    assert out.getvalue() == f"  1 GP\n  2 police\n  3 Skip for now\nWhich: {typed}\n"


def test_yes_and_no_need_no_list_and_enter_takes_what_is_offered(typing):
    screen, out = typing("", "n")
    assert screen.choose("Right?", YES_NO, (), "yes") == "yes"
    assert screen.choose("Right?", YES_NO, (), "yes") == "no"
    assert out.getvalue() == "Right? (yes or no) [yes]: \nRight? (yes or no) [yes]: n\n"


def test_several_are_chosen_or_one_that_stands_alone(typing):
    screen, out = typing("1 2", "police, GP", "none of these", "1, 4", "4")
    for expected in (["gp", "police"], ["gp", "police"], [], ["_none"]):
        assert screen.choose_several("Which", PLACES, [NONE], ()) == expected
    assert '"None of these" stands alone; write it, or the others.' in out.getvalue()


@pytest.mark.parametrize(("typed", "key"), [("b", BACK), ("back", BACK), ("?", WHY), ("q", STOP)])
def test_a_key_is_its_letter_or_its_word_alone(typing, typed, key):
    screen, _ = typing(typed, typed)
    with pytest.raises(Pressed) as choosing:
        screen.choose("Which", PLACES, (BACK, WHY, STOP))
    with pytest.raises(Pressed) as writing:
        screen.type_in("What", (BACK, WHY, STOP))
    assert choosing.value.key == writing.value.key == key


def test_an_option_comes_before_a_key_of_the_same_word(typing):
    screen, _ = typing("skip")
    assert screen.choose("Which", PLACES, (SKIP,)) == "skip"


def test_a_line_is_typed_or_what_is_offered_is_taken(typing):
    screen, out = typing("  her log ", "")
    assert screen.type_in("Where", (), "file") == "her log"
    assert screen.type_in("Where", (), "file") == "file"
    assert "Where [file]: her log\n" in out.getvalue()


def test_the_end_of_the_input_is_told_from_a_blank_line(typing):
    screen, _ = typing()
    with pytest.raises(EOFError):
        screen.choose("Which", PLACES, (), "gp")


def test_a_long_list_stands_in_one_paragraph(typing):
    screen, out = typing("20")
    many = [Choice(f"c{number}", f"choice {number}") for number in range(1, 21)]
    assert screen.choose("Which", many, ()) == "c20"
    assert out.getvalue().startswith("1 choice 1; 2 choice 2; ")


def test_nothing_shown_can_drive_the_terminal(typing):
    screen, out = typing("\x1b[2J")
    with pytest.raises(EOFError):
        screen.choose("\x1b[31mWhich", [Choice("a", "\x1b]0;title\x07")], (), None)
    assert "\x1b" not in out.getvalue()
    assert "\x07" not in out.getvalue()
