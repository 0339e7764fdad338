from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist import yaml_edit
from checklist.errors import BadInput
from checklist.source import parse_yaml
from checklist.yaml_words import InLine

FILE = """\
# About this file.

id:   a-1      # the id
note: >-  # folded
  one
  two

plain: runs over
  two lines
quoted: "\\x41: #"   # kept
empty:

words:   # two of them
  - {value: yes, agency: gp,   # in braces
     where: letter}
  - value: no
    # about the second
    agency: police
  # after them

meetings:
- kind: strategy   # 😀 the first
  date: 2021-02-08

  # invited, as the minutes have it
  invited: [ police,
             gp ]  # both

# the second
- {kind: core_group,}
kept: |+
  text

last: x"""


def put(text, *arguments):
    return yaml_edit.put(yaml_edit.Page(text, parse_yaml(text, "")), *arguments).text


def take_out(text, place):
    return yaml_edit.take_out(yaml_edit.Page(text, parse_yaml(text, "")), place).text


def changed(before, after):
    """Return what was taken out of a text and what was put in, by the lines that are other."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return "".join(old), "".join(new)


@pytest.mark.parametrize(
    ("place", "value", "old", "new"),
    [
        (("id",), "b", "id:   a-1      # the id\n", "id: b      # the id\n"),
        (
            ("note",),
            "x",
            "note: >-  # folded\n  one\n  two\n",
            "note: x  # folded\n",
        ),
        (("plain",), "x", "plain: runs over\n  two lines\n", "plain: x\n"),
        (("quoted",), ["x"], 'quoted: "\\x41: #"   # kept\n', "quoted: [x]   # kept\n"),
        (("empty",), "x", "empty:\n", "empty: x\n"),
        (("new",), "x", "last: x", "last: x\nnew: x"),
        (
            ("words",),
            "no",
            "words:   # two of them\n"
            "  - {value: yes, agency: gp,   # in braces\n"
            "     where: letter}\n"
            "  - value: no\n"
            "    # about the second\n"
            "    agency: police\n",
            "# in braces\n# about the second\nwords: no  # two of them\n",
        ),
        (
            ("words", 2),
            InLine(value="yes"),
            "",
            "  - {value: yes}\n",
        ),
        (("words", 1, "where"), "letter", "", "    where: letter\n"),
        (("words", 1, "value"), "yes", "  - value: no\n", "  - value: yes\n"),
        (
            ("words", 0, "where"),
            "a, b",
            "     where: letter}\n",
            '     where: "a, b"}\n',
        ),
        (
            ("words", 0, "date"),
            "2021-02-08",
            "     where: letter}\n",
            "     where: letter, date: 2021-02-08}\n",
        ),
        (
            ("words", 0),
            {"value": "no"},
            "  - {value: yes, agency: gp,   # in braces\n     where: letter}\n",
            "  # in braces\n  - value: no\n",
        ),
        (
            ("meetings", 0, "invited", 2),
            "school",
            "             gp ]  # both\n",
            "             gp, school ]  # both\n",
        ),
        (
            ("meetings", 0, "invited"),
            [InLine(value=["gp"]), InLine(value=[], agency="gp")],
            "  invited: [ police,\n             gp ]  # both\n",
            "  invited:  # both\n    - {value: [gp]}\n    - {value: [], agency: gp}\n",
        ),
        (("meetings", 1, "mode"), "virtual", "- {kind: core_group,}\n", None),
        (("meetings", 2), {"kind": "marac", "date": "2021-03-01"}, "", None),
        (("kept",), "x", "kept: |+\n  text\n", "kept: x\n"),
    ],
)
def test_one_thing_is_changed_and_nothing_else(place, value, old, new):
    took, gave = changed(FILE, put(FILE, place, value))
    told = {
        ("meetings", 1, "mode"): "- {kind: core_group, mode: virtual,}\n",
        ("meetings", 2): "- kind: marac\n  date: 2021-03-01\n",
    }
    assert (took, gave) == (old, told[place] if new is None else new)


def test_a_key_comes_after_those_that_stand_before_it_in_the_order():
    text = "a: 1\nc: |+\n  text\n\n  # still text? no\nd: 4\n"
    assert put(text, ("b",), "2", ["a", "b", "c", "d"]) == text.replace("c:", "b: 2\nc:")
    assert put("c: |+\n  text\n\nd: 4\n", ("x",), "2", ["c", "x", "d"]) == (
        "c: |+\n  text\n\nx: 2\nd: 4\n"
    )
    assert put("d: 4\n", ("b",), "2", ["a", "b", "d"]) == "d: 4\nb: 2\n"


def test_the_first_of_an_empty_list_stands_below_it():
    assert put("a: []  # none\nb: 1\n", ("a", 0), {"id": "x"}) == "a:  # none\n  - id: x\nb: 1\n"
    assert put("a: {b: []}\n", ("a", "b", 0), {"id": "x"}) == "a: {b: [{id: x}]}\n"


def test_lines_end_as_they_do_in_the_file():
    assert put("a: 1\r\nb: 2\r\n", ("a",), [{"c": "3"}]) == "a:\r\n  - c: 3\r\nb: 2\r\n"
    assert put("a: |+\r\n  x\r\n\r\nb: 2\r\n", ("c",), "3", ["a", "c"]) == (
        "a: |+\r\n  x\r\n\r\nc: 3\r\nb: 2\r\n"
    )


def test_indents_are_as_they_are_in_the_file():
    text = "a:\n    - b:\n          c: 1\n"
    assert put(text, ("d",), [{"e": {"f": "1"}}]) == text + "d:\n    - e:\n          f: 1\n"


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ("a: 1\nb: 2  # c\n\nd: 3\n", ("b",), "a: 1\n# c\n\nd: 3\n"),
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("- a: 1  # c\n  # d\n  b: 2\n", (0, "a"), "# c\n# d\n- b: 2\n"),
        ("- a: 1  # c\n", (0, "a"), "- {}  # c\n"),
        ("a: |-\n x\nb: 1\n    # c\n\nd: 2\n", ("b",), "a: |-\n x\n# c\n\nd: 2\n"),
        ("x: {a: 1, b: 2}\n", ("x", "a"), "x: {b: 2}\n"),
        ("x: {a: 1, b: 2 }\n", ("x", "b"), "x: {a: 1 }\n"),
        ("x: {a: 1,  # c\n  b: 2}\n", ("x", "a"), "# c\nx: {b: 2}\n"),
        ("x: {a: 1}\n", ("x", "a"), "x: {}\n"),
        ("a:\n  - x  # c\n  - y\nb: 2\n", ("a",), "# c\nb: 2\n"),
    ],
)
def test_a_key_is_taken_out_alone(before, place, after):
    assert take_out(before, place) == after


def test_what_cannot_be_changed_alone_is_told():
    with pytest.raises(BadInput) as caught:
        take_out("? a\n: 1\nb: 2\n", ("a",))
    assert str(caught.value) == (
        "a: the file is written in a way in which this alone cannot be changed; change it by hand."
    )


def test_a_key_with_a_question_mark_can_have_another_value():
    assert put("? a\n: 1  # c\nb: 2\n", ("a",), ["x"]) == "? a\n: [x]  # c\nb: 2\n"
    assert put("{a, b: , 'c':1}", ("a",), "x") == "{a: x, b: , 'c':1}"
    assert put("{a, b: , 'c':1}", ("b",), "x") == "{a, b: x , 'c':1}"
    assert put("{a, b: , 'c':1}", ("c",), "x") == "{a, b: , 'c': x}"
    assert put("{a: 1, b: }", ("c",), "x") == "{c: x, a: 1, b: }"


# -- any file, any change ------------------------------------------------------------------------

KEYS = st.sampled_from("abcdefgh")
PLAIN = st.sampled_from(["yes", "007", "2021-02-31", "it's 1_000", "a:b#c", "é😀", "x"])
ANY = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n :#"))
TREES = st.recursive(
    PLAIN | ANY,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)
FILES = st.dictionaries(KEYS, TREES, min_size=1, max_size=5)
COMMENTS = st.sampled_from(["", "", "", "  # c 'x'", " # {é: [", "   #"])


class Writer:
    """Writes a tree in every style that a hand may choose, drawn at random."""

    def __init__(self, draw):
        self.draw = draw
        self.step = draw(st.integers(1, 4))
        self.dash = draw(st.integers(0, 3))

    def pick(self, *options):
        return self.draw(st.sampled_from(options))

    def scalar(self, text):
        styles = ['"' + "".join(f"\\U{ord(each):08x}" for each in text) + '"']
        if text.isprintable():
            styles.append("'" + text.replace("'", "''") + "'")
        if text in ("yes", "007", "2021-02-31", "it's 1_000", "x", "é😀"):
            styles += [text, text]
        return self.pick(*styles)

    def flow(self, value, pad):
        if isinstance(value, str):
            return self.scalar(value)
        opens, closes = "[]" if isinstance(value, list) else "{}"
        parts = (
            [self.flow(each, pad) for each in value]
            if isinstance(value, list)
            else [f"{key}: {self.flow(each, pad)}" for key, each in value.items()]
        )
        between = self.pick(", ", ",", f",  # in 'it\n{pad} ", " ,\n\n" + pad)
        space = self.pick("", " ", f"\n{pad}")
        return opens + space + between.join(parts) + space + closes

    def below(self, value, column):
        """Return a value after its key or dash, with the end of its line."""
        end = self.draw(COMMENTS) + "\n"
        self.in_block = False
        if isinstance(value, str):
            lines = value.split("\n")
            if value.isascii() and value.strip() == value and all(lines) and self.pick(True, False):
                pad = "\n" + " " * (column + self.step)
                if all(line.strip() == line and line.isprintable() for line in lines):
                    self.in_block = True
                    return f" |-{pad}{pad.join(lines)}\n"
        if isinstance(value, str) or not value or self.pick(True, False, False):
            pad = " " * (column + self.step)
            begins = self.pick(" ", "  ", f"\n{pad}")
            return begins + self.flow(value, pad) + end
        return None

    def block(self, value, column):
        """Return lines of a mapping or a list, the first without its indent."""
        pad, parts = " " * column, []
        for key in range(len(value)) if isinstance(value, list) else value:
            each = value[key]
            begins = "-" if isinstance(value, list) else f"{key}:"
            rest = self.below(each, column)
            if rest is None and isinstance(value, list):
                inner = column + 1 + self.pick(1, 1, 3)
                rest = " " * (inner - column - 1) + self.block(each, inner)
            elif rest is None:
                inner = column + (self.dash if isinstance(each, list) else self.step)
                rest = self.draw(COMMENTS) + "\n" + " " * inner + self.block(each, inner)
            idle = self.pick("", "", "\n", f"{pad}# between\n")
            if not self.in_block:  # there it would be text
                idle += self.pick("", "", f"{pad}    # deeper\n")
            parts.append(begins + rest + idle)
        return pad.join(parts)


@st.composite
def files(draw):
    tree = draw(FILES)
    text = draw(st.sampled_from(["", "# head\n\n", "---\n"])) + Writer(draw).block(tree, 0)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text, tree


def places(tree, place=()):
    for key in range(len(tree)) if isinstance(tree, list) else tree:
        yield (*place, key)
        if not isinstance(tree[key], str):
            yield from places(tree[key], (*place, key))
    yield (*place, len(tree) if isinstance(tree, list) else "new")


def at(tree, place):
    for step in place:
        tree = tree[step]
    return tree


def styled(value):
    return (
        InLine({key: styled(each) for key, each in value.items()})
        if isinstance(value, dict)
        else value
    )


@given(files(), st.data())
def test_whatever_is_put_in_any_file_is_what_is_read_and_all_else_stays(file, data):
    text, tree = file
    assert parse_yaml(text, "") == tree
    place = data.draw(st.sampled_from(list(places(tree))))
    value = data.draw(TREES)
    changed_text = put(text, place, data.draw(st.sampled_from([styled, lambda each: each]))(value))
    *outer, last = place
    holder = at(tree, outer)
    is_new = last == len(holder) if isinstance(holder, list) else last not in holder
    if is_new:
        holder.insert(len(holder), value) if isinstance(holder, list) else holder.update(
            {last: value}
        )
        if len(holder) > 1:
            assert is_inserted(text, changed_text)
    else:
        holder[last] = value
    assert parse_yaml(changed_text, "") == tree
    assert not comments_of(text) - comments_of(changed_text)


@given(files(), st.data())
def test_whatever_is_taken_out_of_any_file_all_else_stays(file, data):
    text, tree = file
    keys = [place for place in places(tree) if isinstance(place[-1], str) and place[-1] != "new"]
    place = data.draw(st.sampled_from(keys))
    if len(tree) == 1 and len(place) == 1:
        return
    without = take_out(text, place)
    del at(tree, place[:-1])[place[-1]]
    assert parse_yaml(without, "") == tree
    assert not comments_of(text) - comments_of(without)


def is_inserted(before, after):
    """Whether one text is the other with something put in at one place."""
    start = next(
        (n for n, pair in enumerate(zip(before, after, strict=False)) if len(set(pair)) > 1),
        len(before),
    )
    return after.endswith(before[start:]) and len(after) > len(before)


def comments_of(text):
    """Count the comments that the writer above makes."""
    return Counter(
        mark
        for mark in ("# head", "# c 'x'", "# {é: [", "# in 'it", "# between", "# deeper")
        for _ in range(text.count(mark))
    )
