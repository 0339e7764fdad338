import datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from checklist import codes, values
from checklist.text import short


def read(kind: Any, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    (error,) = caught.value.errors()
    return error["msg"]


@pytest.mark.parametrize("word", ["yes", "Yes", "YES", " yes ", "true", "True", "TRUE", True])
def test_yes_is_read_in_all_its_forms(word):
    assert read(values.YesNo, word) == "yes"


@pytest.mark.parametrize("word", ["no", "No", "NO", "no ", "false", "False", "FALSE", False])
def test_no_is_read_in_all_its_forms(word):
    assert read(values.YesNo, word) == "no"


@pytest.mark.parametrize("word", ["y", "n", "on", "off", "0", "1", 0, 1, "maybe", "", None, []])
def test_what_is_neither_yes_nor_no_is_refused(word):
    refusal(values.YesNo, word)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("health_visiting", "health_visiting"),
        ("Health visiting", "health_visiting"),
        ("health-visiting", "health_visiting"),
        ("HEALTH VISITING", "health_visiting"),
        ("  health   visiting ", "health_visiting"),
        ("Health - visiting", "health_visiting"),
        ("GP", "gp"),
        ("Children's social care", "childrens_social_care"),
        ("Children’s Social Care", "childrens_social_care"),  # noqa: RUF001 (as Word writes it)
    ],
)
def test_a_code_is_read_in_any_case_with_spaces_or_hyphens(written, code):
    assert read(codes.Agency, written) == code
    assert read(codes.Agencies, [written]) == {code}
    assert values.plain_code(written) == code


@pytest.mark.parametrize("value", [None, 5, True, ["GP"]])
def test_what_is_not_text_is_no_code_and_stays(value):
    assert values.plain_code(value) == value


def test_one_word_says_the_same_as_a_list_of_one():
    assert read(codes.Agencies, "gp") == read(codes.Agencies, ["gp"]) == {"gp"}
    assert read(values.People, "kim") == {"kim"}
    assert read(codes.Agencies, []) == frozenset()


def test_a_code_named_twice_counts_once():
    assert read(codes.Agencies, ["gp", "GP", "police"]) == {"gp", "police"}


@pytest.mark.parametrize("written", ["2021-02-28", " 2021-02-28 ", datetime.date(2021, 2, 28)])
def test_a_date_is_year_month_day(written):
    assert read(values.Date, written) == datetime.date(2021, 2, 28)


def test_the_29th_of_february_is_a_date_in_leap_years_alone():
    assert read(values.Date, "2020-02-29") == datetime.date(2020, 2, 29)
    assert refusal(values.Date, "2021-02-29") == (
        "2021-02-29 is not a date: February 2021 has 28 days"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2021-01-32", "2021-01-32 is not a date: January 2021 has 31 days"),
        ("2021-01-00", "2021-01-00 is not a date: January 2021 has 31 days"),
        (
            "2021-13-01",
            "2021-13-01 is not a date: there is no month 13; "
            "write year, month and day in this order: YYYY-MM-DD",
        ),
        ("1066-10-14", "1066-10-14 cannot be right: the year must be from 1900 to 2100"),
        ("2101-01-01", "2101-01-01 cannot be right: the year must be from 1900 to 2100"),
    ],
)
def test_a_day_that_there_is_not_is_refused_with_the_reason(written, said):
    assert refusal(values.Date, written) == said


@pytest.mark.parametrize(
    "written",
    ["3 Feb 2021", "03/02/2021", "2021-2-3", "20210203", "2021-02-03T09:00", "soon", "٢٠٢١-٠٢-٠٣"],
)
def test_a_date_in_another_form_is_refused_with_advice(written):
    assert refusal(values.Date, written) == (
        f'"{written}" is not a date; write it as YYYY-MM-DD, such as 2021-02-28'
    )


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (None, "a blank"),
        ("", "a blank"),
        ("  ", "a blank"),
        (["2021-02-03"], "a list"),
        ({}, "a group of keys and values"),
        (20210203, '"20210203"'),
        (True, '"true"'),
        ("x" * 100, f'"{"x" * 37}..."'),
        ("\x1b[31m", '"<U+001B>[31m"'),
        ("{problem} %s [red]", '"{problem} %s [red]"'),
    ],
)
def test_a_refused_value_is_named_as_a_person_would(value, named):
    assert values.quoted(value) == named
    assert refusal(values.Date, value).startswith(f"{named} is not a date; ")


@pytest.mark.parametrize(
    ("written", "number"), [("19", 19), (" 19 ", 19), (19, 19), ("0", 0), ("007", 7), ("-3", -3)]
)
def test_a_number_is_read_from_digits(written, number):
    assert read(values.Number, written) == number


@pytest.mark.parametrize(
    "written",
    ["nineteen", "19.5", 19.5, 5.0, "1e3", "19 years", "", None, True, "1" * 5000, 10**9, [1], "٣"],
)
def test_what_is_not_a_whole_number_is_refused(written):
    assert refusal(values.Number, written) == (
        f"{values.quoted(written)} is not a whole number; write digits and nothing else, such as 12"
    )


@pytest.mark.parametrize("written", ["kim", "child-1", "A1", "1", 12, "a.b", "a_b", "x" * 64])
def test_an_id_is_a_pseudonym(written):
    assert read(values.Id, written) == str(written)


@pytest.mark.parametrize(
    "written",
    [
        "../x",
        "a/b",
        "a\\b",
        "a..b",
        ".a",
        "a.",
        "-a",
        "Mary Smith",
        "Zoë",
        "x" * 65,
        "a\n",
        "",
        None,
        True,
        1.5,
        [],
    ],
)
def test_an_id_cannot_be_a_path_or_a_name(written):
    assert refusal(values.Id, written) == (
        f"{values.quoted(written)} cannot be an id; use a pseudonym of at most 64 letters, digits, "
        "hyphens, underscores and single dots, such as child-1"
    )


@pytest.mark.parametrize("written", ["not_known", "not known", "Not known", "not-known"])
def test_a_person_can_be_one_whom_nobody_knows(written):
    assert read(values.Person, written) == values.NOT_KNOWN


@pytest.mark.parametrize(
    ("written", "text"), [(" a letter ", "a letter"), (12, "12"), (1.5, "1.5"), (True, "true")]
)
def test_text_is_taken_as_it_was_written_without_blanks_around_it(written, text):
    assert read(values.FullText, written) == text
    assert read(values.Text, written) == text


@pytest.mark.parametrize("written", ["", "  ", "\t\n", None])
def test_text_that_must_be_there_cannot_be_blank(written):
    assert refusal(values.FullText, written) == (
        "this is blank; write it out, or take it out where it is not needed"
    )


@pytest.mark.parametrize(("written", "named"), [([], "a list"), ({}, "a group of keys and values")])
def test_a_list_or_mapping_is_no_text(written, named):
    assert refusal(values.Text, written).startswith(f"{named} cannot stand here; this needs text")


def test_text_has_a_largest_length():
    assert read(values.Text, "x" * 5000) == "x" * 5000
    assert refusal(values.Text, "x" * 5001) == (
        "this text has 5,001 characters; at most 5,000 are accepted"
    )


@pytest.mark.parametrize("half", ["\ud83d", "a\ude00b", "é\ud800"])
def test_half_a_character_is_refused_since_nothing_can_write_it(half):
    assert refusal(values.Text, half).startswith("this text holds half a character")


def test_a_whole_character_beyond_16_bits_is_text():
    assert read(values.Text, "👩‍👧") == "👩‍👧"
    assert short(read(values.Text, "👩")) == "👩"


def test_a_list_has_a_largest_length():
    ids = [f"p{number}" for number in range(values.MOST_ITEMS + 1)]
    assert len(read(values.People, ids[:-1])) == values.MOST_ITEMS
    refusal(values.People, ids)
