import datetime

import pytest

from checklist.errors import BadInput
from checklist.recorded import Source
from checklist.word import Word, in_full, plain, said

DAY = datetime.date(2021, 2, 8)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        (DAY, "2021-02-08"),
        (" a\tb\n", "a\tb"),
        ({"police", "gp"}, ["gp", "police"]),
        (("b", "a"), ["b", "a"]),
        ([], []),
        ({"agency": "gp", "where": None}, {"agency": "gp"}),
    ],
)
def test_values_are_written_as_text(value, written):
    assert plain(value, "field") == written


@pytest.mark.parametrize("value", [None, 1.5, b"x"])
def test_what_no_record_holds_is_no_value(value):
    with pytest.raises(TypeError, match="field"):
        plain(value, "field")


@pytest.mark.parametrize("text", ["\0", "a\rb", "\x7f", "\x85", "\ud83d", "\x1b[2J"])
def test_controls_are_refused(text):
    with pytest.raises(BadInput, match=r"^field: this holds a character that no screen shows"):
        plain(text, "field")


def test_a_word_is_plain_where_the_source_says_it_or_nobody_is_named():
    source = Source.model_validate({"agency": "gp", "where": "letter", "date": DAY})
    assert said([Word("yes", "gp", "letter", DAY)], source, "field") == "yes"
    assert said([Word("yes")], source, "field") == "yes"
    assert said([Word("yes")], None, "field") == "yes"
    assert said([Word("yes", "gp", "letter")], source, "field") == {
        "value": "yes",
        "agency": "gp",
        "where": "letter",
    }
    assert said([Word("yes", where="call")], None, "field") == {"value": "yes", "where": "call"}
    assert said([Word("yes", "gp", "letter", DAY), Word("no")], source, "field") == [
        in_full(Word("yes", "gp", "letter", DAY), "field"),
        {"value": "no"},
    ]
