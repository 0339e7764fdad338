import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist import answers
from checklist.case_file import case_from
from checklist.errors import NotAnAnswer
from checklist.text import harmless
from checklist.values import MOST_TEXT
from checklist.vocabulary import CASE, Field, judgement_on, subject_kinds

TODAY = datetime.date(2021, 2, 10)
PEOPLE = ("mother", "step-father", "child-1")
KINDS = subject_kinds()
FIELDS = [(kind.name, name) for kind in KINDS.values() for name in kind.fields]


def field(kind: str, name: str) -> Field:
    return KINDS[kind].fields[name]


INVITED = field("meeting", "invited")
MEETING_KIND = field("meeting", "kind")
SUPPORT = field("adult", "idva")
MOTHER = field("child", "mother")
SEEN = field("contact", "seen")
REASON = field("tool", "reason")
AGE = field("adult", "age_years")


def read(of: Field, typed: str, people: tuple[str, ...] = PEOPLE) -> answers.Value:
    return answers.read(of, typed, TODAY, people=people)


def refusal(of: Field, typed: str, people: tuple[str, ...] = PEOPLE) -> str:
    with pytest.raises(NotAnAnswer) as caught:
        read(of, typed, people)
    return str(caught.value)


# -- yes and no --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [("y", "yes"), ("Y", "yes"), ("YES", "yes"), (" yes ", "yes"), ("yes.", "yes"), ("1", "yes"),
     ("n", "no"), ("No", "no"), ("2", "no")],
)  # fmt: skip
@pytest.mark.parametrize("of", [field("meeting", "repeat"), judgement_on("voice-analysed")])
def test_yes_and_no_are_read_from_a_letter_a_word_or_a_number(of, typed, value):
    assert read(of, typed) == value


@pytest.mark.parametrize("typed", ["maybe", "nope", "not known", "0", "3", "10", "none"])
def test_what_is_neither_yes_nor_no_is_refused(typed):
    assert refusal(field("meeting", "repeat"), typed).endswith("; write y or n.")


def test_a_nearly_typed_yes_is_suggested_and_not_taken():
    assert refusal(field("meeting", "repeat"), "yess") == (
        '"yess" is none of the choices (did you mean yes?); write y or n.'
    )


def test_yes_and_no_beside_other_choices_are_read_as_they_are_elsewhere():
    invited = field("adult", "invited")
    assert [read(invited, typed) for typed in ("y", "n", "decided")] == [
        "yes", "no", "decided_against",
    ]  # fmt: skip
    assert refusal(invited, "d") == (
        '"d" is none of the choices; write yes, no or decided against.'
    )


# -- one of several choices --------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["initial_conference", "initial child protection conference", "Initial conference", "initial",
     "Initial Child", "ICPC", "icpc", "2", "#2", "2."],
)  # fmt: skip
def test_a_choice_is_named_by_code_words_beginning_initials_or_number(typed):
    assert read(MEETING_KIND, typed) == "initial_conference"


def test_what_could_be_several_choices_is_refused_with_all_of_them():
    assert refusal(MEETING_KIND, "conference") == (
        '"conference" could be initial child protection conference, pre-birth conference, '
        "review child protection conference or family group conference; write one of them in full."
    )


def test_a_beginning_that_other_choices_hold_as_a_word_is_refused():
    assert refusal(INVITED, "health").startswith('"health" could be health visiting, adult mental')
    assert read(INVITED, "health v") == ["health_visiting"]


def test_a_long_list_of_what_it_could_be_is_cut():
    people = tuple(f"child-{number}" for number in range(1, 12))
    assert refusal(SEEN, "child", people) == (
        '"child" could be child 1, child 2, child 3, child 4, child 5, child 6, child 7, child 8 '
        "or 3 more; write one of them in full."
    )


@pytest.mark.parametrize(
    ("of", "typed", "why"),
    [
        (INVITED, "helth visiting",
         "is none of the choices (did you mean health visiting?); write children's social care, "
         "for example, or a number from 1 to 36."),
        (MEETING_KIND, "strategy meeting",
         "is none of the choices (did you mean strategy?); write strategy, for example, or a "
         "number from 1 to 13."),
        (SUPPORT, "no",
         "is none of the choices; write not offered, offered, declined, taken up or completed."),
        (SUPPORT, "6",
         "is no number of a choice; write not offered, offered, declined, taken up or completed."),
        (SUPPORT, "0",
         "is no number of a choice; write not offered, offered, declined, taken up or completed."),
    ],
)  # fmt: skip
def test_what_is_no_choice_is_refused_with_the_nearest_and_what_to_write(of, typed, why):
    assert refusal(of, typed) == f'"{typed}" {why}'


# -- several of them ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["police and GP", "GP, police", "gp; police", "GP & Police", "gp, and police", "8 21", "21, 8",
     "gp and gp, pol", "#8 and 21", "gp, police,"],
)  # fmt: skip
def test_several_are_named_in_any_order_and_stand_in_that_of_the_record(typed):
    assert read(INVITED, typed) == ["gp", "police"]


@pytest.mark.parametrize("typed", ["none", "Nobody", "no one", "no-one", "nothing", "None."])
@pytest.mark.parametrize("of", [INVITED, SEEN])
def test_none_is_an_empty_list(of, typed):
    assert read(of, typed) == []


def test_none_beside_others_is_refused():
    assert refusal(INVITED, "GP, none") == (
        '"GP, none" names some and none; write "none" alone, or leave it out.'
    )


def test_a_no_is_not_taken_for_none():
    assert refusal(INVITED, "no") == ('"no" names none of the choices; write "none" if that is so.')


@pytest.mark.parametrize(
    "typed", ["GP, helth visiting", "helth visiting and GP", "1, helth visitn"]
)
def test_one_part_that_is_no_choice_refuses_the_whole(typed):
    assert "did you mean health visiting?" in refusal(INVITED, typed)


@pytest.mark.parametrize("typed", [",", "and", "-", "1-3", "#", ", and ,"])
def test_marks_that_name_nothing_are_refused(typed):
    assert refusal(INVITED, typed).endswith("or a number from 1 to 36.")


# -- people ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["step-father", "Step father", "step", "2", "STEP_FATHER", "sf"])
def test_a_person_is_named_by_id_words_beginning_or_number(typed):
    assert read(MOTHER, typed) == "step-father"
    assert read(SEEN, typed) == ["step-father"]


@pytest.mark.parametrize("typed", ["not known", "Not known", "not_known", "4"])
def test_one_person_may_be_not_known(typed):
    assert read(MOTHER, typed) == "not_known"


@pytest.mark.parametrize("typed", ["not known", "4"])
def test_not_known_is_nobody_in_a_list(typed):
    assert refusal(SEEN, typed).endswith("; write mother, step father or child 1.")


def test_a_misspelt_person_is_suggested():
    assert refusal(MOTHER, "mothr") == (
        '"mothr" is none of the choices (did you mean mother?); '
        "write mother, step father, child 1 or not known."
    )


def test_an_and_in_a_pseudonym_takes_nobody_apart():
    people = ("mother", "mother-and-aunt", "aunt")
    assert read(SEEN, "mother and aunt", people) == ["mother-and-aunt"]
    assert read(SEEN, "mother, aunt", people) == ["mother", "aunt"]


def test_ids_that_differ_in_writing_only_are_named_exactly():
    people = ("child-1", "child_1", "Child-1")
    assert [read(SEEN, each, people) for each in people] == [[each] for each in people]
    assert refusal(SEEN, "child 1", people).startswith('"child 1" could be ')


def test_an_id_of_digits_is_not_taken_for_a_number():
    people = ("1", "3", "2")
    assert read(SEEN, "1", people) == ["1"]
    assert refusal(SEEN, "2", people) == (
        '"2" is an id and the number of another choice; write #2 for the choice with that number.'
    )
    assert read(SEEN, "#2, #3", people) == ["3", "2"]


def test_nobody_can_be_named_where_nobody_is_listed():
    assert refusal(SEEN, "mother", ()) == (
        '"mother" is nobody whom the record lists yet; list them first, or write none.'
    )
    assert read(SEEN, "none", ()) == []


def test_those_whom_a_field_can_name_are_the_records_own():
    case = case_from(
        {"id": "family-1", "children": [{"id": "child-1"}], "adults": [{"id": "mother"}]}
    )
    assert answers.people_for(MOTHER, case) == ["mother"]
    assert answers.people_for(field("plan", "children"), case) == ["child-1"]
    assert answers.people_for(SEEN, case) == ["child-1", "mother"]
    assert answers.people_for(SEEN, case_from({"id": "family-1"})) == []


# -- numbers, text, dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["17", " 17 ", "17 years", "17yrs", "17 y", "17 Years old", "017"]
)
def test_a_number_is_read_from_its_digits(typed):
    assert read(AGE, typed) == 17


@pytest.mark.parametrize("typed", ["seventeen", "17.5", "8 months", "9999999999", "years", "1,000"])
def test_what_is_no_whole_number_is_refused(typed):
    assert refusal(AGE, typed) == (
        f'"{typed}" is not a whole number of at most nine digits; write it in digits, such as 12.'
    )


def test_text_is_kept_as_typed():
    assert read(REASON, "  The tool did not fit: an unborn child.  “Later”  ") == (
        "The tool did not fit: an unborn child.  “Later”"
    )
    assert read(field("adult", "first_language"), "yes") == "yes"
    assert read(REASON, "x" * MOST_TEXT) == "x" * MOST_TEXT


@pytest.mark.parametrize("typed", ["a\tb", "a\nb", "\x1b[31mred", "a\u202eb", "a\u200bb", "\ud800"])
def test_controls_and_hidden_characters_are_refused(typed):
    for of in (REASON, INVITED, AGE, MOTHER, field("meeting", "date")):
        assert refusal(of, typed) == (
            "This answer holds a line break, a tab or a character that no screen shows; "
            "write it on one line with letters, digits and punctuation only."
        )


@pytest.mark.parametrize("typed", ["", "   ", "\n"])
def test_a_blank_is_no_answer(typed):
    for of in (REASON, INVITED, AGE, MOTHER, field("meeting", "date")):
        assert refusal(of, typed) == ("Nothing was typed; write an answer, or skip the question.")


def test_text_beyond_the_records_limit_is_refused():
    assert refusal(REASON, "x" * 5001) == (
        "This answer has 5,001 characters; write it in at most 5,000."
    )


def test_a_day_is_counted_from_the_day_given_in_the_direction_asked_for():
    conference = field("case", "next_conference")
    assert answers.read(conference, "3 Feb", TODAY) == datetime.date(2021, 2, 3)
    ahead = answers.read(conference, "3 Feb", TODAY, direction="future")
    assert ahead == datetime.date(2022, 2, 3)


# -- what is offered, and said back ------------------------------------------------------------


def test_choices_stand_in_the_order_of_the_record_in_words():
    assert answers.choices(SUPPORT)[0] == ("not_offered", "not offered")
    assert [choice.code for choice in answers.choices(INVITED)] == list(INVITED.codes)
    assert answers.choices(MEETING_KIND)[1].words == "initial child protection conference"
    assert answers.choices(MOTHER, ["step-mother"]) == [
        ("step-mother", "step mother"), ("not_known", "not known"),
    ]  # fmt: skip
    assert answers.choices(SEEN, ["child-1"]) == [("child-1", "child 1")]
    for of in (REASON, AGE, field("meeting", "date")):
        assert answers.choices(of, PEOPLE) == []


@pytest.mark.parametrize(
    ("of", "value", "said"),
    [
        (field("meeting", "date"), datetime.date(2021, 2, 3), "Wednesday 3 February 2021"),
        (field("meeting", "repeat"), "yes", "yes"),
        (INVITED, ["police", "gp"], "GP and police"),
        (INVITED, frozenset({"police", "gp"}), "GP and police"),
        (INVITED, [], "none"),
        (MEETING_KIND, "initial_conference", "initial child protection conference"),
        (MOTHER, "not_known", "not known"),
        (MOTHER, "step-mother", "step mother"),
        (SEEN, ["child-1", "mother"], "child 1 and mother"),
        (AGE, 17, "17 years"),
        (AGE, 1, "1 year"),
        (REASON, "It did not fit_.", "It did not fit_."),
    ],
)
def test_a_value_is_said_back_in_full(of, value, said):
    assert answers.said_back(of, value) == said


# -- the record accepts what was read ----------------------------------------------------------


def accepted(kind: str, name: str, value: answers.Value) -> object:
    """Return a field's value as the record reads it."""
    tree: dict = {"id": "case-1", "children": [{"id": "child-1"}], "adults": [{"id": "mother"}]}
    tree["adults"].append({"id": "step-father"})
    if kind == CASE:
        subject = tree
    elif kind in ("child", "adult", "family_member"):
        subject = tree["children" if kind == "child" else "adults"][0]
    else:
        needed = {"couple": {"people": ["mother", "step-father"]}, "agency": {"id": "gp"}}
        subject = needed.get(kind, {})
        tree[KINDS[kind].plural] = [subject]
    subject[name] = value
    case = case_from(tree)
    found = case
    if kind != CASE:
        key = "adults" if kind == "family_member" else KINDS[kind].plural
        found = getattr(case, key)[0]
    (statement,) = getattr(found, name)
    return statement.value


def people_of(of: Field) -> list[str]:
    tree = {"id": "case-1", "children": [{"id": "child-1"}]}
    tree["adults"] = [{"id": "mother"}, {"id": "step-father"}]
    return answers.people_for(of, case_from(tree))


SAID = ("3 Feb", "last Monday", "17", "-4", "a reason: with {marks} [and] #more", "yes", "none")


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_the_record_accepts_every_answer_that_is_read(kind, name):
    of = field(kind, name)
    people = people_of(of)
    offered = answers.choices(of, people)
    every_way = itertools.chain(
        SAID, *offered, map(str, range(1, len(offered) + 1)),
        (", ".join(choice.words for choice in offered),),
    )  # fmt: skip
    read_at_all = 0
    for typed in every_way:
        try:
            value = answers.read(of, typed, TODAY, people=people)
        except NotAnAnswer:
            continue
        read_at_all += 1
        found = accepted(kind, name, value)
        assert found == (frozenset(value) if isinstance(value, list) else value)
        assert answers.said_back(of, value) == answers.said_back(of, found)
    assert read_at_all >= max(2, 2 * len(offered))


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_each_choice_is_read_from_its_code_its_words_and_its_number(kind, name):
    of = field(kind, name)
    people = people_of(of)
    several = of.kind in ("codes", "people")
    for at, choice in enumerate(answers.choices(of, people), start=1):
        for typed in (*choice, choice.words.upper(), str(at), f"#{at}"):
            value = answers.read(of, typed, TODAY, people=people)
            assert value == ([choice.code] if several else choice.code)


PARTS = st.sampled_from(
    ["gp", "police", "health", "child", "mother", "1", "2", "#", ",", "and", "&", "none", "no",
     "yes", "y", "not known", "-", "'", "years", "3 Feb", "conference", "\u0663", "\u0130", "."]
)  # fmt: skip
ONE_OF_EACH = st.sampled_from(
    [("meeting", "invited"), ("meeting", "kind"), ("meeting", "repeat"), ("child", "mother"),
     ("contact", "seen"), ("tool", "reason"), ("adult", "first_language"), ("adult", "age_years"),
     ("meeting", "date"), ("plan", "children"), ("case", "concerns")]
)  # fmt: skip


@given(
    ONE_OF_EACH,
    st.text(max_size=60)
    | st.text(st.characters(codec="latin-1"), max_size=60)
    | st.lists(PARTS, max_size=6).map(" ".join)
    | st.lists(PARTS, max_size=6).map("".join),
)
def test_any_text_is_an_answer_that_the_record_accepts_or_refused_in_one_sentence(which, typed):
    of = field(*which)
    try:
        value = answers.read(of, typed, TODAY, people=people_of(of))
    except NotAnAnswer as refused:
        refusal = str(refused)
    else:
        found = accepted(*which, value)
        assert found == (frozenset(value) if isinstance(value, list) else value)
        return
    assert refusal.endswith(".")
    assert refusal == harmless(refusal)
