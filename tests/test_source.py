import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import BadInput
from checklist.source import (
    DEEPEST,
    MOST_BYTES,
    decode,
    line_of,
    located_json,
    parse_json,
    parse_yaml,
    read_text,
)

YAML = """\
id: family-1
children:
  - id: kim
    born:
      2021-02-01
  - {id: pat,
     born: 2021-02-02}
meetings:
  - invited:
      - gp
      - police
"""
JSON = """\
{
  "id": "family-1",
  "children": [
    {"id": "kim", "born":
      "2021-02-01"},
    {"id": "pat",
     "born": "2021-02-02"}
  ],
  "meetings": [
    {
      "invited": ["gp",
        "police"]
    }
  ]
}
"""


def refusal(read, *arguments):
    with pytest.raises(BadInput) as caught:
        read(*arguments)
    (fault,) = caught.value.faults
    return fault.sentence()


def depth_of(tree):
    return 1 + depth_of(tree[0]) if tree else 1


# -- YAML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "true", "2021-02-31", "1_000", "0x1f", "1e3", "012", ".inf", "=="],
)
def test_a_word_in_yaml_stays_the_text_that_was_written(written):
    assert parse_yaml(f"key: {written}", "a.yaml") == {"key": written}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_an_unquoted_blank_is_none_and_a_quoted_one_is_text(written):
    assert parse_yaml(f"key: {written}", "a.yaml") == {"key": None}
    assert parse_yaml(f'key: "{written}"', "a.yaml") == {"key": written}
    assert parse_yaml(f"[{written or '~'}]", "a.yaml") == [None]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "---\n...\n", "\ufeff"])
def test_yaml_without_anything_in_it_is_none(text):
    assert parse_yaml(text, "a.yaml") is None


def test_a_key_that_looks_like_a_blank_is_a_key():
    assert parse_yaml("null: a\n~: b\n", "a.yaml") == {"null": "a", "~": "b"}


def test_the_same_key_in_different_mappings_is_not_twice():
    assert parse_yaml("a: {b: 1}\nc: {b: 2}\nb: 3", "a.yaml") == {
        "a": {"b": "1"},
        "c": {"b": "2"},
        "b": "3",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2", "line 2: the key `a` stands here a second time (the first is on line 1)"),
        ("- {b: 1,\n   b: 2}", "line 2: the key `b` stands here a second time (the first is on"),
        ("a: *b", "line 1: text that begins with * or & stands in quotes"),
        ("a: &b c", "line 1: text that begins with * or & stands in quotes"),
        ("a: &b [c]", "line 1: text that begins with * or & stands in quotes"),
        ("a: * b", "line 1: text that begins with * or & stands in quotes"),
        ("<<: *b", "line 1: text that begins with * or & stands in quotes"),
        ("a: !!str b", "line 1: text that begins with ! stands in quotes"),
        ("a: !important b", "line 1: text that begins with ! stands in quotes"),
        ("a: ! b", "line 1: text that begins with ! stands in quotes"),
        ("a: !x!y b", "line 1: text that begins with ! stands in quotes"),
        ("a: !!map {}", "line 1: text that begins with ! stands in quotes"),
        ("a: b\n---\nc: d", "line 3: a second document begins here, after ---"),
        ("[a]: b", "line 1: a key must be a plain word"),
        ("a: {{b}}", "line 1: a key must be a plain word"),
        ("a: b: c", "line 1: there is a colon too many in this line, or it is indented too far"),
        ("a: b\n  c: d", "line 2: there is a colon too many in this line, or it is indented"),
        ("a: b\nc\nd: e", "line 2: this line is neither `key: value` nor an item after a dash"),
        ("a: b\nc", "line 2: this line is neither `key: value` nor an item after a dash"),
        ("a:\n  - b\n - c", "line 3: this line is indented differently"),
        ("a:\n    b: c\n  d: e", "line 3: this line is indented differently"),
        ("- a\nb: c", "line 2: this line is indented differently"),
        ("a: - b", "line 1: a dash stands after a key; begin the list on the next line"),
        ("a:\n\t- b", "line 2: this line begins with a tab; indent with spaces"),
        ("a:\n  - b: c\n\t  d: e", "line 3: this line begins with a tab; indent with spaces"),
        ("a: |\n\tb", "line 2: this line begins with a tab; indent with spaces"),
        ("a: 'b'c", "line 1: something stands after a closing quote or bracket"),
        ("a: [b] c", "line 1: something stands after a closing quote or bracket"),
        ("a: {b: c}}", "line 1: something stands after a closing quote or bracket"),
        ("a: ['b'c]", "line 1: a comma is missing between these brackets, or something stands"),
        ("a: [b,\n  c\nd: e", "line 1: the bracket that opens here is not closed"),
        ("a: {b: c\nd: e", "line 1: the bracket that opens here is not closed"),
        ("a: [b, , c]", "line 1: a value is missing here, or a bracket above is not closed"),
        ('a: "b\nc: d', "line 1: the quotation mark that opens here is not closed"),
        ("a: 'b\n---\nc: d", "line 1: the quotation mark that opens here is not closed"),
        (r'a: "b\d"', "line 1: a backslash in double quotes has a meaning of its own"),
        (r'a: "\xZZ"', "line 1: a backslash in double quotes has a meaning of its own"),
        (r'a: "\ud83d"', "line 1: a backslash in double quotes has a meaning of its own"),
        ("a: @b", "line 1: text that begins with @, % or ` stands in quotes"),
        ("a: %b", "line 1: text that begins with @, % or ` stands in quotes"),
        ("a: >b", "line 1: text that begins with > or | stands in quotes, or begins on the next"),
        ("%A\na: b", "line 1: this is not YAML: found unknown directive name"),
        ("a: b\nc: \x1b[31m", "line 2: the control character <U+001B> stands here"),
        ("a: b\nc: \x00", "line 2: the control character <U+0000> stands here"),
        ("a: \x9b", "line 1: the control character <U+009B> stands here"),
        ("a: \ufffe", "line 1: the control character"),
    ],
)
def test_what_yaml_cannot_say_is_told_with_its_line_and_a_cure(text, said):
    assert refusal(parse_yaml, text, "a.yaml").startswith(f"a.yaml, {said}")


def test_yaml_is_read_to_a_depth():
    assert depth_of(parse_yaml("[" * DEEPEST + "]" * DEEPEST, "a.yaml")) == DEEPEST
    text = "a:\n  " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)
    assert refusal(parse_yaml, text, "a.yaml").startswith("a.yaml, line 2: this stands more than")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000 + "a",
        "".join(f"{' ' * depth}a:\n" for depth in range(1_500)),
    ],
    ids=["lists", "closed-lists", "mappings", "dashes", "indented"],
)
def test_yaml_nested_100_000_deep_is_refused(text):
    assert "this stands more than 40 levels deep" in refusal(parse_yaml, text, "a.yaml")


def test_a_billion_laughs_are_not_laughed():
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    said = refusal(parse_yaml, "\n".join(lines), "a.yaml")
    assert said.startswith("a.yaml, line 1: text that begins with * or & stands in quotes")


# -- JSON --------------------------------------------------------------------------------------


def test_numbers_in_json_stay_the_text_that_was_written_however_long():
    digits = "9" * 100_000
    text = f'[1, -2.50, 1e999, {digits}, true, false, null, "1"]'
    read = ["1", "-2.50", "1e999", digits, True, False, None, "1"]
    assert parse_json(text, "a.json") == read
    assert located_json(text, "a.json") == read
    assert sys.get_int_max_str_digits() < len(digits)


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n"])
def test_json_without_anything_in_it_is_none(text):
    assert parse_json(text, "a.json") is None
    assert located_json(text, "a.json") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n}', "line 2: this is not JSON at column 1: a key in double quotes is expected"),
        ("{'a': 1}", "line 1: this is not JSON at column 2: a key in double quotes is expected"),
        ('{"a": 1\n"b": 2}', "line 2: this is not JSON at column 1: a comma is missing here"),
        ('{"a" 1}', "line 1: this is not JSON at column 6: a colon is missing here after the key"),
        ('{"a": b}', "line 1: this is not JSON at column 7: a value is expected here"),
        ('{"a": "b', "line 1: this is not JSON at column 7: the quotation mark that opens here is"),
        ('{"a": "b\n"}', "line 1: this is not JSON at column 9: the quotation mark before this is"),
        (r'{"a": "\d"}', "line 1: this is not JSON at column 8: a backslash inside quotes is"),
        (r'{"a": "\u12"}', "line 1: this is not JSON at column 9: a backslash inside quotes is"),
        ("{}\n{}", "line 2: this is not JSON at column 1: something stands here after the end"),
        ('{\n"a": NaN}', "line 2: NaN is not a number; leave the key out"),
        ('{\n"a": [1,\n-Infinity]}', "line 3: -Infinity is not a number; leave the key out"),
        ('{"a": 1,\n"b": 1,\n"a": 2}', "line 3: the key `a` stands here a second time (the first"),
    ],
)
def test_what_json_cannot_say_is_told_with_its_line_and_a_cure(text, said):
    assert refusal(parse_json, text, "a.json").startswith(f"a.json, {said}")


def test_of_one_record_among_many_the_line_is_that_of_the_record():
    for text in ('{"a": }', '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 50, "[" * 50 + "]" * 50):
        assert "a.jsonl, line 7: " in refusal(parse_json, text, "a.jsonl", 7)


def test_json_is_read_to_a_depth():
    assert depth_of(parse_json("[" * DEEPEST + "]" * DEEPEST, "a.json")) == DEEPEST
    text = '{"a":\n' + "[" * DEEPEST + "]" * DEEPEST + "}"
    assert refusal(parse_json, text, "a.json").startswith("a.json, line 2: this stands more than")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000, '{"a":[' * 100_000],
    ids=["lists", "closed-lists", "mappings", "both"],
)
def test_json_nested_100_000_deep_is_refused(text):
    assert "this stands more than 40 levels deep" in refusal(parse_json, text, "a.json")


JSON_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON_TREES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_with_lines_is_the_same_json(tree, indent, ascii_only):
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    assert located_json(text, "a.json") == parse_json(text, "a.json")


# -- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("id",), 1),
        (("children",), 2),
        (("children", 0), 3),
        (("children", 0, "id"), 3),
        (("children", 0, "born"), 5),
        (("children", 1), 6),
        (("children", 1, "born"), 7),
        (("meetings", 0, "invited"), 9),
        (("meetings", 0, "invited", 0), 10),
        (("meetings", 0, "invited", 1), 11),
        # what is not there is where it would stand
        (("nothing",), 1),
        (("children", 5), 2),
        (("children", 1, "nothing"), 6),
        (("children", 0, "born", 0, "value"), 5),
    ],
)
def test_a_value_in_yaml_has_its_line(place, line):
    assert line_of(parse_yaml(YAML, "a.yaml"), place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("id",), 2),
        (("children",), 3),
        (("children", 0), 4),
        (("children", 0, "born"), 5),
        (("children", 1), 6),
        (("children", 1, "born"), 7),
        (("meetings", 0), 10),
        (("meetings", 0, "invited", 0), 11),
        (("meetings", 0, "invited", 1), 12),
    ],
)
def test_a_value_in_json_has_its_line(place, line):
    assert line_of(located_json(JSON, "a.json"), place) == line


def test_a_key_has_its_line_where_the_value_stands_below_it():
    for tree, line in ((parse_yaml(YAML, "a.yaml"), 4), (located_json(JSON, "a.json"), 4)):
        assert line_of(tree, ("children", 0, "born"), of_key=True) == line


def test_what_was_not_read_from_a_file_has_no_line():
    assert line_of({"id": "family-1"}, ("id",)) is None
    assert line_of(None, ()) is None


def test_a_key_that_was_added_has_the_line_of_what_it_was_added_to():
    tree = parse_yaml("\na: b", "a.yaml")
    tree["c"] = "d"
    assert line_of(tree, ("c",)) == 2


# -- files -------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("id: Zoë", encoding="utf-8-sig")
    assert read_text(path) == "id: Zoë"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("id: a\nabout: café".encode("latin-1"), 2),
        ("id: a\nabout: café".encode("utf-16"), 1),
        ("id: a\nabout: café".encode("utf-16-be"), 2),
        (b"id: a\n\n\x80", 3),
        (b"\xed\xa0\x80", 1),
    ],
)
def test_text_in_another_encoding_is_told_by_its_line(raw, line):
    said = "this is not UTF-8 text; save the file again with the encoding UTF-8."
    assert refusal(decode, raw, "a.yaml") == f"a.yaml, line {line}: {said}"
    assert refusal(decode, raw, "a.yaml", 9) == f"a.yaml, line 9: {said}"


def test_a_file_has_a_largest_size(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a" * MOST_BYTES, encoding="utf-8")
    assert len(read_text(path)) == MOST_BYTES
    path.write_text(f"about: {'a' * 20_000_000}", encoding="utf-8")
    assert refusal(read_text, path) == (
        f"{path}: the file is larger than 4,000,000 bytes, the most that is accepted; "
        "write many cases one a line in a .jsonl file."
    )


def test_a_missing_file_is_told_with_the_nearest_name(tmp_path):
    (tmp_path / "family-1.yaml").touch()
    missing = tmp_path / "familly-1.yaml"
    assert refusal(read_text, missing) == (
        f"{missing}: the file cannot be read: there is no such file or folder "
        "(did you mean family-1.yaml?)."
    )
    nowhere = tmp_path / "nowhere" / "a.yaml"
    assert refusal(read_text, nowhere) == (
        f"{nowhere}: the file cannot be read: there is no such file or folder."
    )


def test_a_folder_is_not_read_as_a_file(tmp_path):
    assert refusal(read_text, tmp_path) == f"{tmp_path}: the file cannot be read (Is a directory)."


def test_a_long_path_is_named_whole(tmp_path):
    path = tmp_path.joinpath(*["folder" * 6] * 6, "case.yaml")
    assert refusal(read_text, path).startswith(f"{path}: ")
