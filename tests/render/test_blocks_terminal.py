import io

from checklist.render.blocks import Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.render.blocks_terminal import print_blocks, print_lines
from checklist.render.terminal import console_for


def printed(*blocks):
    stream = io.StringIO()
    print_blocks(blocks, console_for(stream))
    return stream.getvalue()


def test_blocks_are_set_on_the_screen_with_words_first():
    assert printed(
        Heading("Title", 1),
        Say("Words."),
        Heading("Part"),
        Say("One."),
        Say("Two."),
        Entry("GAP", "Point", (("", "It is so."), ("By", "1 Mar"))),
        Entry("MET", "Other"),
        Bullets((("Lead:", "text"), ("", "more"))),
        Table(("A", "B", "C"), (("a", "b", "c"),), (1, 1, 1)),
        Notes((("[1]", "a, b"),)),
    ) == (
        "Title\nWords.\n\nPart\n\nOne.\nTwo.\n\nGAP Point\n  It is so.\n  By: 1 Mar\nMET Other\n\n"
        "- Lead: text\n- more\n\n- a\n  B: b\n  C: c\n\n[1] a, b\n"
    )


def test_text_is_never_markup_or_a_control():
    shown = printed(Say("[bold]x[/bold]"), Entry("GAP", "\x1b[31m", (("[red]", "\u202e"),)))
    assert shown == "[bold]x[/bold]\n\nGAP <U+001B>[31m\n  [red]: <U+202E>\n"


def test_a_thing_to_do_is_told_as_an_entry():
    assert printed(Task("DO", "This", (("By", "1 Mar"),)), Task("ASK", "That?", (("", "x"),))) == (
        "DO This\n  By: 1 Mar\n\nASK That?\n  x\n"
    )


def test_lines_of_a_file_keep_their_indentation_and_hide_no_control():
    out = io.StringIO()
    print_lines(["-tools:", "-  - tool: \x1b[31mgcp2", "+\tkind"], console_for(out, plain=True))
    assert out.getvalue() == "-tools:\n-  - tool: <U+001B>[31mgcp2\n+       kind\n"
