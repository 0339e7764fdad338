import datetime

import pytest

from checklist import wording
from checklist.conditions import (
    After,
    Apart,
    AsOf,
    AtLeast,
    AtMost,
    Before,
    DateField,
    Equals,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Test,
    Within,
)
from checklist.values import Kind
from checklist.vocabulary import Field, subject_kinds

DAY = datetime.date(2021, 1, 8)
DATE = DateField((), subject_kinds()["meeting"].fields["date"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("health_visiting", "health visiting"),
        ("gp", "GP"),
        ("gcp2_antenatal", "antenatal GCP2"),
        ("childrens_social_care", "children's social care"),
        ("pre_birth", "pre-birth"),
        ("not_known", "not known"),
    ],
)
def test_a_code_in_words(code: str, said: str) -> None:
    assert wording.word(code) == said


def test_words_are_listed() -> None:
    assert wording.listed([]) == ""
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b"]) == "a and b"
    assert wording.listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("found", "kind", "said"),
    [
        (DAY, "date", "8 Jan 2021"),
        ("gp", "code", "GP"),
        (frozenset({"police", "gp"}), "codes", "GP and police"),
        (frozenset(), "codes", "none"),
        (frozenset(), "people", "none"),
        (frozenset({"unborn-baby", "mother"}), "people", "mother and unborn baby"),
        (7, "number", "7"),
        ("gp", "text", "gp"),
        ("English", "word", "English"),
    ],
)
def test_a_value_in_words(found: object, kind: Kind, said: str) -> None:
    assert wording.value(found, kind) == said


@pytest.mark.parametrize(
    ("tested", "kind", "said"),
    [
        (Equals("core_group"), "code", "core group"),
        (In(("marac", "strategy")), "code", "MARAC or strategy"),
        (Includes(("gp", "police")), "codes", "includes GP and police"),
        (IncludesThis("family_member"), "people", "includes this family member"),
        (AtLeast(5), "number", "5 or more"),
        (AtMost(4), "number", "4 or less"),
        (Before(DAY), "date", "before 8 Jan 2021"),
        (After(AsOf()), "date", "after the day the record is looked at"),
        (Within(6, "weeks", "before", DATE), "date", "within 6 weeks before the date"),
        (
            Apart(3, "working_days", "before", DATE),
            "date",
            "at least 3 working days before the date",
        ),
        (IsRecorded(), "text", "recorded"),
    ],
)
def test_a_test_in_words(tested: Test, kind: Kind, said: str) -> None:
    assert wording.test(tested, kind) == said


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (15, "working_days", "15 working days"),
        (1, "working_days", "1 working day"),
        (1, "weeks", "1 week"),
        (0, "days", "0 days"),
        (5, "", "5"),
    ],
)
def test_a_quantity_in_words(number: int, unit: str, said: str) -> None:
    assert wording.quantity(number, unit) == said


@pytest.mark.parametrize(
    ("moment", "said", "of_the_meeting"),
    [
        (AsOf(), "the day the record is looked at", "the day the record is looked at"),
        (DAY, "8 Jan 2021", "8 Jan 2021"),
        (DATE, "the date", "the date of the meeting"),
        (
            DateField(("case",), subject_kinds()["case"].fields["next_conference"]),
            "the next conference",
            "the next conference",
        ),
        (
            DateField(("father", "partner"), subject_kinds()["adult"].fields["born"]),
            "the date of birth of the partner of the father",
            "the date of birth of the partner of the father of the meeting",
        ),
    ],
)
def test_a_moment_in_words(moment: Moment, said: str, of_the_meeting: str) -> None:
    assert wording.when(moment) == said
    assert wording.when(moment, "the meeting") == of_the_meeting


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "1 day left"), (9, "9 days left"), (-1, "1 day ago"), (-3, "3 days ago")],
)
def test_a_number_of_days_in_words(days: int, said: str) -> None:
    assert wording.day_count(days) == said


def test_a_path_in_words() -> None:
    assert wording.field_name("invited") == "invited"
    assert wording.field_name("case.next_conference") == "next conference"


# -- fields in sentences -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind.name, name) for kind in subject_kinds().values() for name in kind.fields],
)
def test_every_field_can_be_spoken_of(kind: str, field: str) -> None:
    words = wording.of_field(subject_kinds()[kind].fields[field])
    for template in (words.noun, words.holds, words.fails):
        said = template.format(who="the subject", value="a value")
        assert said
        assert "_" not in said
    assert words.holds != words.fails


def test_a_field_is_spoken_of_as_that_of_its_subject() -> None:
    def noun(kind: str) -> str:
        return wording.of_field(subject_kinds()[kind].fields["started"]).noun.format(who="X")

    assert noun("couple") == "the start of the relationship of X"
    assert noun("plan") == "the start of X"


@pytest.mark.parametrize(
    ("field", "noun", "holds"),
    [
        (Field("shoe_size", "number", ""), "the shoe size of X", "the shoe size of X is V"),
        (Field("left_handed", "code", "", ("yes", "no")), "the left handed of X",
         "the left handed of X is yes"),
        (Field("hobbies", "codes", "", ("chess",)), "the hobbies of X",
         "the hobbies of X include V"),
    ],
)  # fmt: skip
def test_a_field_that_has_no_words_of_its_own_is_still_spoken_of(
    field: Field, noun: str, holds: str
) -> None:
    words = wording.of_field(field)
    assert words.noun.format(who="X") == noun
    assert words.holds.format(who="X", value="V") == holds


def test_values_in_a_sentence_have_their_article_and_unit() -> None:
    kinds = subject_kinds()
    meeting, tool = kinds["meeting"].fields, kinds["tool"].fields
    assert (
        wording.wanted(Includes(("gp", "midwifery")), meeting["invited"]) == "the GP and midwifery"
    )
    assert wording.wanted(In(("gcp2", "dash")), tool["tool"]) == "the GCP2 or the DASH"
    # a MARAC is an agency among others, and a kind of meeting
    assert wording.wanted(Includes(("marac",)), meeting["invited"]) == "the MARAC"
    assert wording.wanted(Equals("marac"), meeting["kind"]) == "MARAC"
    assert wording.wanted(Equals("English"), kinds["adult"].fields["first_language"]) == "English"
    assert wording.wanted(In((0, 1)), kinds["child"].fields["age_years"]) == "0 years or 1 year"
    assert wording.wanted(IncludesThis("child"), kinds["plan"].fields["children"]) == "this child"


def test_a_text_of_a_rule_is_said_of_any_subject() -> None:
    text = "look again at {subject} ({kind}), with {health_needs}"
    assert wording.neutral(text, "meeting") == (
        "Look again at the meeting (kind), with health needs"
    )
    assert wording.neutral("Ask {subject}.", "adult") == "Ask the adult."
