import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checklist.source import parse_yaml
from checklist.yaml_words import InLine, written

# what the reader of a file takes, without controls; written by hand, since any text must do
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t :#'\"{}[],&*!|>%@`-?~"),
    max_size=40,
)


@given(TEXTS, st.booleans())
def test_any_text_is_read_back_as_it_was(text, in_flow):
    value = {"key": text, "list": [text], "deep": InLine(value=text, more=[text])}
    value = {"all": InLine(value)} if in_flow else value
    assert parse_yaml(written(value), "") == value


@given(TEXTS)
def test_other_readers_of_yaml_take_text_for_text(text):
    found = yaml.safe_load(written({"key": text}))["key"]
    # yes, no, days and whole numbers are what they look like
    assert found == text or isinstance(found, bool | int) or str(found) == text


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("yes", "yes"),
        ("2021-02-28", "2021-02-28"),
        ("12", "12"),
        ("2021-02-31", '"2021-02-31"'),
        ("007", '"007"'),
        ("1_000", '"1_000"'),
        ("1e3", '"1e3"'),
        ("0x1F", '"0x1F"'),
        ("12:30", '"12:30"'),
        ("Yes", '"Yes"'),
        ("on", '"on"'),
        ("n", '"n"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("", '""'),
        (" a ", '" a "'),
        ("- a", '"- a"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a:", '"a:"'),
        ("call at 12:30, child's file", "call at 12:30, child's file"),
        ("a\nb\tc", r'"a\nb\tc"'),
        ('say "no"\\', 'say "no"\\'),
        ("Zoë 😀", "Zoë 😀"),
        ("a\u202eb\U000e0041", r'"a\u202eb\U000e0041"'),
        ([], "[]"),
        (["gp", "a, b"], '[gp, "a, b"]'),
        (InLine(value=["gp"], where="12:30"), '{value: [gp], where: "12:30"}'),
    ],
)
def test_a_value_is_written_plain_where_nothing_else_can_be_read(value, line):
    assert written({"key": value}) == f"key: {line}\n"


def test_what_does_not_fit_on_a_line_takes_several():
    value = {
        "list": ["health_visiting"] * 7,
        "word": InLine(value="yes", where="a" * 90),
        "words": [InLine(value="yes"), InLine(value="no", where="a" * 90)],
    }
    assert written(value) == (
        "list:\n"
        + "  - health_visiting\n" * 7
        + f"word:\n  value: yes\n  where: {'a' * 90}\n"
        + f"words:\n  - {{value: yes}}\n  - value: no\n    where: {'a' * 90}\n"
    )
