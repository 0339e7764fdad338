import datetime
import io
import sys
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import BadInput
from checklist.render.blocks import Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.render.word_document import as_word

BLOCKS = [
    Heading("Title", 1),
    Say("Words."),
    Say("Aside.", aside=True),
    Heading("1. Part"),
    Entry("GAP", "Point", (("", "It is so."), ("By", "1 Mar"))),
    Bullets((("Lead:", "text"), ("", "more"))),
    Table(("A", "B"), (("a", ""), ("c", "d")), (70, 30)),
    Notes((("[1]", "a, b"),)),
]


def read(blocks, title="A title"):
    return Document(io.BytesIO(as_word(blocks, title)))


def test_headings_lists_and_tables_are_words_own():
    document = read(BLOCKS)
    assert [(each.style.name, each.text) for each in document.paragraphs] == [
        ("Title", "Title"),
        ("Normal", "Words."),
        ("Normal", "Aside."),
        ("Heading 1", "1. Part"),
        ("Normal", "GAP Point"),
        ("List Bullet", "It is so."),
        ("List Bullet", "By: 1 Mar"),
        ("List Bullet", "Lead: text"),
        ("List Bullet", "more"),
        ("Notes", "[1] a, b"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "B"], ["a", ""], ["c", "d"]
    ]  # fmt: skip
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_the_same_blocks_give_the_same_bytes_and_no_day_or_name():
    content = as_word(BLOCKS, "A title")
    assert as_word(BLOCKS, "A title") == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = read(BLOCKS).core_properties
    assert (said.title, said.author, said.last_modified_by) == ("A title", "", "")
    assert said.created == said.modified
    assert said.created.replace(tzinfo=None) == datetime.datetime(2000, 1, 1)


@given(st.text())
def test_any_text_can_be_written_and_read(text):
    document = read([Say(text), Bullets(((text, text),)), Table((text,), ((text,),), (1,))], text)
    assert len(document.paragraphs) == 2


def test_what_xml_cannot_hold_is_written_out():
    document = read([Say("a\x00b\x1b[31m\ufffe\u202ec")])
    assert document.paragraphs[0].text == "a<U+0000>b<U+001B>[31m<U+FFFE><U+202E>c"


def test_without_the_library_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(BadInput, match=r"pip install 'checklist\[screening\]'"):
        as_word(BLOCKS, "A title")


def test_a_thing_to_do_has_a_box():
    document = read([Task("DO", "This", (("By", "1 Mar"),))])
    assert [each.text for each in document.paragraphs] == ["\u2610 DO This", "By: 1 Mar"]
