import pytest

from checklist.conditions import Atom, Named, Some
from checklist.criteria_reader import read_at_least, read_conditions
from checklist.errors import BadInput
from checklist.rulebook import load, standard_rules
from tests.conftest import load_sample


def told(read, *arguments) -> str:
    with pytest.raises(BadInput) as error:
        read(*arguments)
    return str(error.value)


def test_conditions_are_those_of_the_rules(rulebook) -> None:
    texts = [
        "{concerns: {includes: neglect}}",
        "neglect_is_a_feature: yes",
        "some:\n  children: {age_years: {at_most: 0}}\n",
    ]
    found = read_conditions(texts, rulebook, "--where")
    assert [type(each) for each in found] == [Atom, Named, Some]


def test_a_setting_has_the_value_in_force(tmp_path) -> None:
    area = tmp_path / "area.yaml"
    area.write_text("significant_age_gap_years: 7\n", encoding="utf-8")
    gap = "{some: {couples: {age_gap_years: {at_least: {setting: significant_age_gap_years}}}}}"
    (ours,) = read_conditions([gap], load_sample(settings=area), "--where")
    (written,) = read_conditions([gap.replace("{setting: significant_age_gap_years}", "7")],
                                 load_sample(), "--where")  # fmt: skip
    assert ours == written


def test_a_timescale_can_be_named() -> None:
    text = "{some: {meetings: {date: {within: {timescale: first_core_group, after: as_of}}}}}"
    assert read_conditions([text], load([standard_rules()]), "--where")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{concern: x}", "--where: concern: is neither a field of a case nor a term (did you mean "
         "concerns?); the fields are "),
        ("{concerns: {include: neglect}}", "--where: concerns: there is no test `include` (did you "
         "mean includes?); the tests are includes, recorded."),
        ("{concerns: {includes: negelct}}", '--where: concerns: "negelct" is not one of its values '
         "(did you mean neglect?); they are "),
        ("{neglect_is_a_feature: perhaps}", "--where: neglect_is_a_feature: is a term: it can be "
         '`yes` or `no`, not "perhaps".'),
        ("neglect", "--where: needs at least one condition, such as "),
        ("", "--where: needs at least one condition, such as "),
        ("[]", "--where: needs at least one condition, such as "),
        ("[{chronology: yes}]", "--where: is a list of conditions; put `all:` or `any:` over the "
         "list."),
        ("{chronology: yes", "--where: the bracket that opens here is not closed, or a comma is "
         "missing inside it."),
        ("{some: {couples: {age_gap_years: {setting: nothing}}}}", "--where: setting: there is no "
         "setting nothing"),
        ("chronology: yes\nconcern: x", "--where, line 2: concern: is neither a field"),
        ("\x1b[31m: yes", "--where: the control character <U+001B> stands here"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_that_names_the_option(rulebook, text, sentence) -> None:
    said = told(read_conditions, [text], rulebook, "--where")
    assert said.startswith(sentence)
    assert "\n" not in said


def test_of_several_conditions_each_fault_says_which(rulebook) -> None:
    texts = ["{chronology: perhaps}", "{chronology: yes}", "{x: 1}"]
    first, second = told(read_conditions, texts, rulebook, "--where").split("\n")
    assert first.startswith("--where (1 of 3): chronology: ")
    assert second.startswith("--where (3 of 3): x: ")


def test_a_condition_is_no_larger_than_a_rule(rulebook) -> None:
    large = f"any: [{', '.join(['{chronology: yes}'] * 201)}]"
    assert "--where: holds more than 200 conditions" in told(
        read_conditions, [large], rulebook, "--where"
    )


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("3 repeat", 3, "repeat"),
        (" 2   neglect_is_a_feature ", 2, "neglect_is_a_feature"),
        ("1 chronology", 1, "chronology"),
        ("12 {concerns: {includes: housing}}", 12, "{concerns: {includes: housing}}"),
    ],
)
def test_how_many_of_which_kind(standard_rulebook, text, number, name) -> None:
    (audit,) = (each for each in standard_rulebook.audits if each.id == "B")
    found = read_at_least(text, standard_rulebook, audit)
    assert (found.number, found.name) == (number, name)
    assert (found.condition == audit.selection.repeat) == (name == "repeat")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3", '--at-least: "3" needs a number from 1 up and what to count, such as `3 repeat`.'),
        ("0 repeat", '--at-least: "0 repeat" needs a number from 1 up'),
        ("-1 repeat", '--at-least: "-1 repeat" needs a number from 1 up'),
        ("repeat", '--at-least: "repeat" needs a number from 1 up'),
        (
            "2 neglect_is_feature",
            "--at-least: there is no `neglect_is_feature` to count cases by "
            "(did you mean neglect_is_a_feature?); there are ",
        ),
        # a term about somebody else, and a field that is not yes or no
        ("2 baby", "--at-least: there is no `baby` to count cases by"),
        ("2 concerns", "--at-least: there is no `concerns` to count cases by"),
        ("2 repeat", "--at-least: there is no `repeat` to count cases by"),
        ("2 {concern: x}", "--at-least: concern: is neither a field of a case nor a term"),
        ("2 \x1b[31m", "--at-least: there is no `<U+001B>[31m` to count cases by"),
    ],
)
def test_what_cannot_be_counted_is_told(rulebook, text, sentence) -> None:
    said = told(read_at_least, text, rulebook)
    assert said.startswith(sentence)
    assert "\n" not in said
