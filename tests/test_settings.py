import datetime
from pathlib import Path

import pytest

from checklist.errors import BadInput
from checklist.examples import run_examples
from checklist.render.data import data_of
from checklist.review import Reviewer
from checklist.rulebook import Rulebook, load, standard_rules
from tests.conftest import DAY, case_of

BAD = Path(__file__).parent / "bad" / "settings"
SENTENCES = {
    "a-list-for-a-number": (
        "FILE, line 1: significant_age_gap_years: needs one plain value, not a list."
    ),
    "a-list-of-settings": (
        "FILE, line 1: these are no names with values; write each setting on a line of its own, "
        "such as `neglect_tool: gcp2`."
    ),
    "a-number-for-a-word": (
        'FILE, line 1: neglect_tool: "7" is not a word that a case record can hold, such as gcp2.'
    ),
    "a-part-of-a-number": (
        'FILE, line 1: significant_age_gap_years: "7.5" is not a whole number; write digits and '
        "nothing else, such as 12."
    ),
    "a-word-for-a-number": (
        'FILE, line 1: significant_age_gap_years: "seven" is not a whole number; write digits and '
        "nothing else, such as 12."
    ),
    "blank": (
        "FILE, line 1: significant_age_gap_years: is blank; write its value, or take the line out."
    ),
    "empty-file": (
        "FILE: there is nothing in this file; write each setting on a line of its own, such as "
        "`neglect_tool: gcp2`."
    ),
    "less-than-nothing": (
        'FILE, line 1: significant_age_gap_years: "-1" is out of range; it must be between 0 and '
        "10,000."
    ),
    "misspelt-beyond-guessing": (
        "FILE, line 1: zzz: there is no such setting; there are <settings>."
    ),
    "out-of-range": (
        'FILE, line 1: significant_age_gap_years: "20000" is out of range; it must be between 0 '
        "and 10,000."
    ),
    "the-same-twice": (
        "FILE, line 2: the key `significant_age_gap_years` stands here a second time (the first is "
        "on line 1); keep one of them."
    ),
    "unknown-name": (
        "FILE, line 2: significant_age_gap_year: there is no such setting (did you mean "
        "significant_age_gap_years?)."
    ),
}
RULES = """\
- theme: ours
  title: Ours
- setting: our_meeting
  meaning: What we call it.
  default: strategy
  source: We do.
- setting: our_days
  meaning: How soon the minutes are sent.
  unit: working_days
  default: 10
  source: Our procedures.
- setting: our_years
  meaning: A number that no rule reads.
  default: 5
  source: None.
- term: ours
  for_each: meeting
  meaning: One of our meetings.
  yes_when:
    kind:
      in:
        - core_group
        - setting: our_meeting
  ask: {kind: "Was it a {setting.our_meeting} meeting?"}
  examples:
    - {given: {meetings: [{kind: strategy}]}, says: yes}
    - {given: {meetings: [{kind: marac}]}, says: no}
    - {given: {meetings: [{date: 2021-01-08}]}, says: not recorded}
- rule: a-rule
  title: A point
  theme: ours
  source: A test.
  for_each: meeting
  applies: {ours: yes}
  expects:
    minutes_sent_to: {includes: gp}
  by: {working_days: {setting: our_days}, after: date}
  priority: routine
  gap: The minutes of the {subject} did not go out within {setting.our_days}.
  why: It matters.
  close: Send them within {setting.our_days} of a {setting.our_meeting} meeting.
  examples:
    - given: {meetings: [{kind: strategy, date: 2021-01-08, minutes_sent_to: [gp]}]}
      verdict: met
    - given: {meetings: [{kind: strategy, date: 2021-01-08, minutes_sent_to: []}]}
      verdict: gap
    - given: {meetings: [{kind: strategy, date: 2021-01-08}]}
      verdict: not recorded
"""


def in_full(sentence: str, file: Path, rulebook: Rulebook) -> str:
    names = [line.split()[-1] for line in _settings_text().splitlines() if "- setting:" in line]
    assert sorted(names) == [setting.id for setting in rulebook.settings]
    return sentence.replace("<settings>", ", ".join(names)).replace("FILE", str(file))


def _settings_text() -> str:
    return (standard_rules() / "settings.yaml").read_text(encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def area(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "area.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# -- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_fault_in_a_file_of_settings_is_told(file: Path, standard_rulebook: Rulebook) -> None:
    with pytest.raises(BadInput) as caught:
        load([standard_rules()], settings=file)
    told = [fault.sentence() for fault in caught.value.faults]
    assert told == [in_full(SENTENCES[file.stem], file, standard_rulebook)]


def test_no_promise_is_without_its_file() -> None:
    assert sorted(SENTENCES) == sorted(file.stem for file in BAD.glob("*.yaml"))


def test_a_value_that_its_field_cannot_have_is_told_of_the_areas_own_file(
    rules: Path, tmp_path: Path
) -> None:
    ours = area(tmp_path, "# ours\nour_meeting: stratgy\n")
    with pytest.raises(BadInput) as caught:
        load([rules], settings=ours)
    (fault,) = caught.value.faults
    start = (
        f'{ours}, line 2: our_meeting: "stratgy" is not one of its values (did you mean strategy?)'
    )
    assert fault.sentence().startswith(start)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        load([standard_rules()], settings=tmp_path / "area.yaml")


# -- values in force ---------------------------------------------------------------------------


def test_without_a_file_the_defaults_are_in_force(rules: Path) -> None:
    loaded = load([rules])
    assert {each.id: each.value for each in loaded.settings} == {
        "our_meeting": "strategy",
        "our_days": 10,
        "our_years": 5,
    }
    assert loaded.changed_settings == ()


def test_a_value_counts_in_conditions_deadlines_and_texts(rules: Path, tmp_path: Path) -> None:
    loaded = load(
        [rules], settings=area(tmp_path, "our_meeting: pre birth-conference\nour_days: 2\n")
    )
    case = case_of(
        """
        meetings:
          - {id: strategy, kind: strategy, date: 2021-05-27, minutes_sent_to: []}
          - {id: ours, kind: pre_birth_conference, date: 2021-05-27, minutes_sent_to: []}
        """
    )
    review = Reviewer(loaded).review(case, DAY)
    ours, strategy = sorted(review.verdicts, key=lambda each: each.subject.id)
    assert (ours.name, strategy.name) == ("due", "not applicable")
    assert ours.deadline == datetime.date(2021, 6, 1)  # 31 May was a bank holiday
    meeting = "the pre-birth conference on 27 May 2021"
    assert ours.message == f"The minutes of {meeting} did not go out within 2 working days."
    assert ours.close == "Send them within 2 working days of a pre-birth conference meeting."
    assert data_of(review)["settings"] == {"our_days": 2, "our_meeting": "pre_birth_conference"}


def test_a_value_that_is_the_default_is_no_change(rules: Path, tmp_path: Path) -> None:
    loaded = load([rules], settings=area(tmp_path, "our_days: 10\n"))
    assert loaded.changed_settings == ()


def test_a_rule_uses_the_settings_of_its_terms_too(rules: Path) -> None:
    loaded = load([rules])
    used = [setting.id for setting in loaded.settings_of(loaded.by_id["a-rule"])]
    assert used == ["our_days", "our_meeting"]


def test_a_question_of_a_term_names_the_value(rules: Path) -> None:
    (term,) = load([rules]).terms
    assert term.ask == {"kind": "Was it a strategy meeting?"}


def test_own_rules_use_the_settings_at_hand(tmp_path: Path) -> None:
    text = RULES[RULES.index("- rule:") :].replace("our_days", "minutes_working_days")
    text = text.replace("our_meeting", "neglect_tool").replace("ours: yes", "kind: strategy")
    file = area(tmp_path, text.replace("theme: ours", "theme: neglect"))
    loaded = load([file], at_hand=[standard_rules()])
    assert loaded.by_id["a-rule"].gap.endswith("within 10 working days.")
    outcomes = list(run_examples(loaded, loaded.rules))
    assert [outcome.problem for outcome in outcomes] == [None] * 3


def test_the_age_gap_is_the_areas_own(tmp_path: Path) -> None:
    case = case_of(
        """
        adults: [{id: mother, born: 1994-06-15}, {id: father, born: 1990-06-15}]
        couples: [{people: [mother, father], started: 2015-01-01, age_gap_explored_for: []}]
        """
    )

    def verdict(settings: Path | None) -> str:
        loaded = load([standard_rules()], settings=settings)
        reviewer = Reviewer(loaded, loaded.select(["age-gap-explored"]))
        (found,) = reviewer.review(case, DAY).verdicts
        return found.name

    assert verdict(None) == "not applicable"
    assert verdict(area(tmp_path, "significant_age_gap_years: 4\n")) == "gap"


def test_every_setting_that_ships_says_where_its_default_comes_from(rulebook: Rulebook) -> None:
    assert rulebook.settings
    for setting in rulebook.settings:
        assert setting.source
        assert (setting.unit is None) or isinstance(setting.default, int)
