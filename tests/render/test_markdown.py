import pytest

from checklist.render.blocks import Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.render.markdown import as_markdown, escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 5 of 6.", "plain words, 5 of 6."),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("2021-03-01", r"2021\-03-01"),
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[a](https://b)", r"\[a\](https\://b)"),
        ("a | b & c", r"a \| b \& c"),
        ("two\nlines", "two lines"),
        ("\x1b[2J", r"\<U+001B\>\[2J"),
        ("\u202e", r"\<U+202E\>"),
    ],
)
def test_text_is_shown_as_it_is(text, shown):
    assert escaped(text) == shown


def test_blocks_are_set_in_markdown():
    blocks = [
        Heading("Title", 1),
        Say("Words."),
        Say("Aside.", aside=True),
        Heading("1. Part"),
        Entry("GAP", "Point", (("", "It is so."), ("By", "1 Mar"))),
        Entry("MET", "Other"),
        Bullets((("Lead:", "text"), ("", "- text"))),
        Table(("A", "B"), (("a", ""),), (1, 1)),
        Notes((("[1]", "a, b"),)),
    ]
    assert as_markdown(blocks) == (
        "# Title\n\nWords.\n\n*Aside.*\n\n## 1. Part\n\n"
        "**GAP** Point\n\n- It is so.\n- *By:* 1 Mar\n\n**MET** Other\n\n"
        "- **Lead:** text\n- \\- text\n\n"
        "| A | B |\n| --- | --- |\n| a |  |\n\n"
        "- \\[1\\] a, b"
    )


def test_a_thing_to_do_has_a_box_to_tick():
    assert as_markdown([Task("DO", "A [b]", (("By", "1 Mar"), ("", "- x")))]) == (
        "- [ ] **DO** A \\[b\\]\n  - *By:* 1 Mar\n  - \\- x"
    )
