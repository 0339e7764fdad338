import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import BadInput
from checklist.record import Adult, Case, Entity
from checklist.recorded import Agreement, Statement, recorded_as, standing
from tests.conftest import case_of

JAN, FEB, MAR, APR = (date(2021, month, 1) for month in (1, 2, 3, 4))


def said(value, agency=None, on=None, agreed=None):
    """Return a word as the record gives it; `agreed` is the day on which it was agreed."""
    agreement = None
    if agreed is not None:
        agreement = Agreement(date=agreed, role="chair", reason="birth certificate")
        on = agreed if on is None else max(on, agreed)
    return Statement(value, agency, None, on, None, agreement)


def stand(words, as_of=APR):
    return [word.value for word in standing(words, as_of)]


@pytest.mark.parametrize(
    ("words", "what_stands"),
    [
        ([], []),
        ([said("a")], ["a"]),
        # only what was recorded on or before the day counts
        ([said("a", on=APR)], ["a"]),
        ([said("a", on=date(2021, 4, 2))], []),
        ([said("a", "gp", on=JAN), said("b", "gp", on=date(2021, 4, 2))], ["a"]),
        # an agency's later word replaces its own earlier one, wherever it stands in the file
        ([said("a", "gp", JAN), said("b", "gp", FEB)], ["b"]),
        ([said("b", "gp", FEB), said("a", "gp", JAN)], ["b"]),
        ([said("a", "gp", JAN), said("b", "gp", FEB), said("a", "gp", MAR)], ["a"]),
        # undated counts as earliest, then the order of the file
        ([said("b", "gp", JAN), said("a", "gp")], ["b"]),
        ([said("a", "gp"), said("b", "gp")], ["b"]),
        ([said("a", "gp", JAN), said("b", "gp", JAN)], ["b"]),
        # different agencies' words stand side by side, in the order of the file
        ([said("b", "police", FEB), said("a", "gp", JAN)], ["b", "a"]),
        ([said("a", "gp"), said("a", "police")], ["a", "a"]),
        # words that name no agency never replace each other, nor another's
        ([said("a"), said("b"), said("c", on=JAN), said("d", "gp", FEB)], ["a", "b", "c", "d"]),
        # an agreed value replaces all that was said before it, whoever said it
        ([said("a", "gp", JAN), said("b", "police", JAN), said("c", agreed=FEB)], ["c"]),
        ([said("c", agreed=FEB), said("a", "gp", JAN), said("b"), said("d", "gp")], ["c"]),
        ([said("a", "gp", FEB), said("c", agreed=FEB)], ["c"]),
        # what is said after an agreement stands beside it
        ([said("c", agreed=FEB), said("a", "gp", MAR)], ["c", "a"]),
        ([said("c", agreed=FEB), said("a", "gp", FEB)], ["c", "a"]),
        ([said("c", "gp", agreed=FEB), said("a", "gp", MAR)], ["c", "a"]),
        ([said("a", "gp", JAN), said("c", agreed=FEB), said("b", "gp", MAR)], ["c", "b"]),
        # a later agreement replaces an earlier one
        ([said("c", agreed=MAR), said("b", "gp", FEB), said("a", agreed=JAN)], ["c"]),
        # an agreement still ahead replaces nothing yet
        ([said("a", "gp", JAN), said("c", agreed=date(2021, 4, 2))], ["a"]),
        # a value recorded before it was agreed counts from the agreement on
        ([said("a", "gp", FEB), said("c", on=JAN, agreed=MAR)], ["c"]),
        ([said("a", "gp", FEB), said("c", on=JAN, agreed=date(2021, 4, 2))], ["a"]),
        # an agreement recorded afterwards: from then on, and over what was said before it was made
        ([said("a", "gp", MAR), said("c", on=APR, agreed=FEB)], ["a", "c"]),
        ([said("a", "gp", JAN), said("c", on=date(2021, 4, 2), agreed=FEB)], ["a"]),
    ],
)
def test_which_words_stand(words, what_stands):
    assert stand(words) == what_stands


AGENCIES = ("gp", "police", "school")
DAYS = st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2021, 1, 12)))
SOME_DAY = st.dates(date(2020, 12, 31), date(2021, 1, 13))
WORD = st.builds(
    said,
    st.sampled_from("abc"),
    st.sampled_from([None, *AGENCIES]),
    DAYS,
    st.one_of(st.none(), st.none(), st.dates(date(2021, 1, 1), date(2021, 1, 12))),
)
WORDS = st.lists(WORD, max_size=8)
NOT_AGREED = st.lists(
    st.builds(said, st.sampled_from("abc"), st.sampled_from([None, *AGENCIES]), DAYS), max_size=8
)


@given(WORDS, SOME_DAY)
def test_what_stands_stands_again(words, as_of):
    once = standing(words, as_of)
    assert standing(once, as_of) == once


@given(WORDS, SOME_DAY)
def test_what_stands_was_said_by_then_in_the_order_of_the_file(words, as_of):
    found = standing(words, as_of)
    assert all(word.said_on is None or word.said_on <= as_of for word in found)
    places = [next(at for at, word in enumerate(words) if word is each) for each in found]
    assert places == sorted(places)


@given(WORDS, WORD, SOME_DAY, st.data())
def test_nothing_said_afterwards_counts(words, later, as_of, data):
    later = later._replace(said_on=as_of + datetime.timedelta(days=1))
    at = data.draw(st.integers(0, len(words)))
    assert standing([*words[:at], later, *words[at:]], as_of) == standing(words, as_of)


@given(NOT_AGREED, SOME_DAY, st.data())
def test_the_order_of_different_agencies_words_does_not_matter(words, as_of, data):
    # any order that keeps each agency's own words in theirs
    of_each = {agency: [word for word in words if word.agency == agency] for agency in AGENCIES}
    turns = data.draw(st.permutations([word.agency for word in words]))
    unnamed = iter([word for word in words if word.agency is None])
    named = {agency: iter(own) for agency, own in of_each.items()}
    mixed = [next(named[agency]) if agency else next(unnamed) for agency in turns]
    assert sorted(map(repr, standing(mixed, as_of))) == sorted(map(repr, standing(words, as_of)))


@given(NOT_AGREED, SOME_DAY)
def test_each_agency_that_spoke_has_one_word_and_silence_stays_silence(words, as_of):
    by_then = [word for word in words if word.said_on is None or word.said_on <= as_of]
    found = standing(words, as_of)
    named = [word.agency for word in found if word.agency]
    assert sorted(named) == sorted({word.agency for word in by_then if word.agency})
    assert sum(word.agency is None for word in found) == sum(w.agency is None for w in by_then)


@given(WORDS, SOME_DAY)
def test_where_anything_was_said_something_stands(words, as_of):
    by_then = [word for word in words if word.said_on is None or word.said_on <= as_of]
    assert bool(standing(words, as_of)) == bool(by_then)


# -- as it is written in a file -----------------------------------------------------------------


def born(text):
    (child,) = case_of(f"children:\n  - id: kim\n    born: {text}").children
    return child.born


def invited(text):
    (meeting,) = case_of(f"meetings:\n  - invited: {text}").meetings
    return meeting.invited


def test_a_value_is_written_plain_or_with_who_said_it_or_as_a_list_of_either():
    plain = Statement(JAN)
    by_gp = Statement(FEB, "gp", "a letter", MAR, "by hand")
    written = "{value: 2021-02-01, agency: GP, where: a letter, date: 2021-03-01, note: by hand}"
    assert born("2021-01-01") == (plain,)
    assert born(written) == (by_gp,)
    assert born(f"[2021-01-01, {written}]") == (plain, by_gp)
    assert born(f"[{written}, {{value: 2021-01-01}}]") == (by_gp, plain)


def test_a_list_of_codes_is_one_value_and_a_list_of_mappings_one_each():
    assert invited("gp") == invited("[gp]") == (Statement(frozenset({"gp"})),)
    assert invited("[gp, police]") == (Statement(frozenset({"gp", "police"})),)
    assert invited("[{value: gp, agency: gp}, {value: [gp, police], agency: police}]") == (
        Statement(frozenset({"gp"}), "gp"),
        Statement(frozenset({"gp", "police"}), "police"),
    )


def test_an_empty_list_of_codes_is_a_record_that_there_was_nobody():
    assert invited("[]") == (Statement(frozenset()),)
    assert invited("{value: [], agency: gp}") == (Statement(frozenset(), "gp"),)


@pytest.mark.parametrize(
    "blank",
    ["", "~", "null", '""', "'  '", "{value: }", "{value: null, agency: gp}", '{value: " "}'],
)
def test_a_blank_is_silence(blank):
    assert born(blank) == ()
    assert born(f"[{blank}]" if blank else "[~]") == ()
    assert invited(blank) == ()


def test_a_blank_beside_other_words_leaves_them_as_they_are():
    assert born("[{value: , agency: gp}, {value: 2021-01-01, agency: police}]") == (
        Statement(JAN, "police"),
    )


def test_a_quoted_null_is_text_and_not_a_blank():
    (adult,) = case_of('adults: [{id: lee, first_language: "null"}]').adults
    assert adult.first_language == (Statement("null"),)


def test_what_stands_beside_a_blank_is_checked_too():
    with pytest.raises(BadInput) as caught:
        born("{value: , agency: nobody, wher: a letter}")
    assert [fault.field for fault in caught.value.faults] == [
        "agency (children, item 1, born)",
        "wher (children, item 1, born)",
    ]


@pytest.mark.parametrize(
    ("written", "counts_from"),
    [
        ("{value: 2021-01-01}", None),
        ("{value: 2021-01-01, date: 2021-02-01}", FEB),
        ("{value: 2021-01-01, agreed: {date: 2021-03-01, role: a, reason: b}}", MAR),
        (
            "{value: 2021-01-01, date: 2021-02-01, agreed: {date: 2021-03-01, role: a, reason: b}}",
            MAR,
        ),
        (
            "{value: 2021-01-01, date: 2021-04-01, agreed: {date: 2021-03-01, role: a, reason: b}}",
            APR,
        ),
    ],
)
def test_a_word_counts_from_the_day_it_was_both_recorded_and_agreed(written, counts_from):
    (word,) = born(written)
    assert word.said_on == counts_from


def test_an_agreed_value_recorded_earlier_replaces_what_was_said_until_it_was_agreed():
    words = born(
        "[{value: 2021-01-05, agency: gp, date: 2021-02-01}, {value: 2021-01-06, date: 2021-01-20,"
        " agreed: {date: 2021-03-01, role: chair, reason: birth certificate}}]"
    )
    assert [word.value.day for word in standing(words, FEB)] == [5]
    assert [word.value.day for word in standing(words, APR)] == [6]


def test_a_list_of_words_has_a_largest_length():
    words = ", ".join(["{value: 2021-01-01}"] * 1001)
    with pytest.raises(BadInput, match=r"born \(children, item 1\): this list has more than 1,000"):
        born(f"[{words}]")


def test_the_kind_of_value_that_a_field_holds_is_known():
    assert recorded_as(Adult.model_fields["born"]).kind == "date"
    assert recorded_as(Adult.model_fields["assessed"]).codes == ("yes", "no")
    assert recorded_as(Case.model_fields["concerns"]).kind == "codes"
    assert recorded_as(Entity.model_fields["note"]) is None
