import datetime
from pathlib import Path

import pytest

from checklist.published import Reproduced, reproduce, rules_to_judge
from checklist.review import Reviewer
from checklist.rulebook import Rulebook, load
from tests.conftest import case_of

AUDIT = """\
- audit: Z
  title: An audit
  partnership: Somewhere
  month: 2022-01
  selection:
    says: Cases of neglect.
    qualifies: {concerns: {includes: neglect}}
  cases: 3
  points:
    - {point: Z1, section: Findings, says: One thing.}
  published:
"""
RULE = """\
- theme: test
  title: Test
- rule: gp-there
  title: The GP came
  theme: test
  learned_from: [Z1]
  for_each: meeting
  applies: {kind: strategy}
  expects: {attended: {includes: gp}}
  priority: routine
  gap: The GP did not come.
  why: It matters.
  close: Ask the GP.
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
"""
NUMBER = "    - {{number: one-thing, points: [Z1], says: cases, of: 3, {what}}}\n"
DAY = datetime.date(2022, 2, 1)
STRATEGY = "{{kind: strategy, date: 2022-01-0{day}, attended: [{who}]}}"


def case(name: str, *meetings: str, audit: str = "Z", concerns: str = "[neglect]") -> str:
    listed = ", ".join(meetings)
    return f"id: {name}\naudit: {audit}\nconcerns: {concerns}\nmeetings: [{listed}]\n"


def gp(day: int, there: bool) -> str:
    return STRATEGY.format(day=day, who="gp" if there else "police")


@pytest.fixture
def held(tmp_path: Path):
    def hold(what: str, *cases: str, rules: str = RULE) -> Reproduced:
        file = tmp_path / "rules.yaml"
        file.write_text(AUDIT + NUMBER.format(what=what) + rules, encoding="utf-8")
        return against(load([file]), *cases)

    return hold


def against(rulebook: Rulebook, *cases: str) -> Reproduced:
    reviewer = Reviewer(rulebook, rules_to_judge(rulebook))
    reviews = [reviewer.review(case_of(text), DAY) for text in cases]
    return next(each for each in reproduce(reviewer, reviews) if each.audit.id == "Z")


THREE = (
    case("one", gp(1, True), gp(2, False)),
    case("two", gp(1, False)),
    case("three", gp(1, True)),
)


@pytest.mark.parametrize(
    ("found_by", "counted"),
    [
        ("{rule: gp-there, verdict: [gap]}", ("one", "two")),
        ("{rule: gp-there, verdict: [gap], every: yes}", ("two",)),
        ("{rule: gp-there, verdict: [met]}", ("one", "three")),
        ("{rule: gp-there, verdict: [gap, met], every: yes}", ("one", "two", "three")),
        ("{rule: gp-there, verdict: [due]}", ()),
        ("{when: {every: {meetings: {attended: {includes: gp}}}}}", ("three",)),
    ],
)
def test_cases_are_counted_by_verdict_or_by_a_condition(held, found_by, counted) -> None:
    (number,) = held(f"count: 1, found_by: {found_by}", *THREE).counted
    assert number.found == counted
    assert number.reproduced == (len(counted) == 1)


def test_where_a_rule_does_not_apply_nothing_speaks_for_every_verdict(held) -> None:
    other = "{kind: core_group, date: 2022-01-05}"
    found_by = "{rule: gp-there, verdict: [gap], every: yes}"
    cases = (
        case("beside", gp(1, False), other),
        case("alone", other),
        case("none"),
    )
    (number,) = held(f"count: 1, found_by: {found_by}", *cases).counted
    assert number.found == ("beside",)


@pytest.mark.parametrize(
    ("words", "reproduced"),
    [("most", True), ("majority", True), ("all", False), ("all_but_one", True), ("few", False),
     ("a_number", True), ("some", True)],
)  # fmt: skip
def test_a_number_in_words_is_held_against_what_they_are_taken_to_mean(
    held, words, reproduced
) -> None:
    what = f"words: {words}, found_by: {{rule: gp-there, verdict: [gap]}}"
    (number,) = held(what, *THREE).counted
    assert number.reproduced is reproduced


def test_the_same_count_of_fewer_cases_is_another_number(held) -> None:
    found = held("count: 1, found_by: {rule: gp-there, verdict: [gap]}", *THREE[1:])
    (number,) = found.counted
    assert (number.found, number.of) == (("two",), 2)
    assert number.reproduced is False
    assert found.as_many_cases is False


def test_a_number_that_nothing_counts_is_neither_reproduced_nor_not(held) -> None:
    found = held("count: 1", *THREE)
    (number,) = found.counted
    assert (number.found, number.unclear, number.reproduced) == (None, None, None)
    assert number.why_not == "nothing counts it yet"
    assert found.as_published()
    assert not found.as_published(all_counted=True)


def test_a_number_counted_by_a_rule_that_is_left_out_is_not_counted(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.yaml", tmp_path / "theirs.yaml"
    ours.write_text(RULE.replace("gp-there", "gp-came"), encoding="utf-8")
    what = "count: 1, found_by: {rule: gp-there, verdict: [gap]}"
    theirs.write_text(AUDIT + NUMBER.format(what=what) + RULE, encoding="utf-8")
    (number,) = against(load([ours], at_hand=[theirs]), *THREE).counted
    assert number.why_not == "it is counted by the rule gp-there, which is not in use"


def test_only_cases_that_name_the_audit_and_qualify_are_counted(held) -> None:
    cases = (
        *THREE,
        case("elsewhere", gp(1, False), audit="A"),
        "id: nowhere\nconcerns: [neglect]\n",
        case("other", gp(1, False), concerns="[housing]"),
        "id: silent\naudit: Z\n",
        case(
            "disputed",
            concerns="[{value: [neglect], agency: gp}, {value: [housing], agency: police}]",
        ),
    )
    found = held("count: 2, found_by: {rule: gp-there, verdict: [gap]}", *cases)
    assert {each.case: each.qualifies for each in found.belonging} == {
        "one": "yes", "two": "yes", "three": "yes",
        "other": "no", "silent": "not recorded", "disputed": "disputed",
    }  # fmt: skip
    why = {each.case: each.why for each in found.belonging}
    assert why["one"] == ()
    assert why["other"] == ("The concerns found do not include neglect.",)
    assert "concerns" in " ".join(why["silent"])
    assert why["disputed"] == ("Concerns: neglect (GP) but housing (police).",)
    (number,) = found.counted
    assert (number.found, number.of) == (("one", "two"), 3)
    assert found.qualifying == 3
    assert found.as_many_cases
    assert found.as_published(all_counted=True)


def test_a_case_of_which_the_record_cannot_tell_is_named_and_not_counted(held) -> None:
    cases = (
        case("yes", gp(1, True)),
        case("no", gp(1, False)),
        "id: silent\naudit: Z\nconcerns: [neglect]\n",
    )
    what = "count: 1, found_by: {when: {some: {meetings: {attended: {includes: gp}}}}}"
    (number,) = held(what, *cases).counted
    assert (number.found, number.unclear) == (("yes",), ("silent",))


@pytest.mark.parametrize(("attended", "reproduced"), [("[police]", True), ("", False)])
def test_silence_does_not_make_none_of_three(held, attended, reproduced) -> None:
    meeting = f"{{kind: strategy, date: 2022-01-01, attended: {attended}}}"
    what = "count: 0, found_by: {when: {some: {meetings: {attended: {includes: gp}}}}}"
    cases = [case(name, meeting) for name in ("one", "two", "three")]
    (number,) = held(what, *cases).counted
    assert (number.found, number.of) == ((), 3)
    assert number.reproduced is reproduced


def test_an_audit_without_a_selection_takes_every_case_that_names_it(held, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    start = AUDIT.index("  selection:")
    text = AUDIT[:start] + AUDIT[AUDIT.index("  cases:") :]
    what = "count: 2, found_by: {rule: gp-there, verdict: [gap]}"
    file.write_text(text + NUMBER.format(what=what) + RULE, encoding="utf-8")
    found = against(load([file]), *THREE)
    assert [each.qualifies for each in found.belonging] == ["yes"] * 3
    assert found.as_published(all_counted=True)


def test_only_what_is_counted_is_judged(rulebook: Rulebook) -> None:
    asked = {rule.id for rule in rules_to_judge(rulebook, ["C"])}
    assert "selection of C" in asked
    assert not any(name.endswith((" of A", " of B")) for name in asked)


# -- the audits that come with the program -----------------------------------------------------

QUALIFY = {
    "A": """\
        id: a
        audit: A
        as_of: 2020-08-01
        children: [{id: baby, born: 2019-09-01}]
        plans:
          - {kind: child_protection, open: yes, categories: [neglect], children: [baby]}
        """,
    "B": """\
        id: b
        audit: B
        as_of: 2021-02-15
        children: [{id: child, born: 2009-09-01, in_household: yes}]
        meetings: [{kind: marac, date: 2020-10-02}]
        """,
    "C": """\
        id: c
        audit: C
        as_of: 2021-03-15
        children: [{id: baby, born: 2020-10-01}]
        plans: [{kind: child_protection, ended: 2020-08-01}]
        """,
}
CHOSEN_TOO = {
    "A": [("born: 2019-09-01", "expected: 2020-09-01, unborn: yes")],
    "C": [
        ("ended: 2020-08-01", "started: 2018-01-01, open: yes"),
        ("ended: 2020-08-01", "started: 2020-08-01"),
    ],
}
NOT_CHOSEN = {
    "A": [
        ("born: 2019-09-01", "born: 2019-07-31"),
        ("[neglect]", "[physical_abuse]"),
        ("open: yes", "open: no"),
    ],
    "B": [
        ("born: 2009-09-01", "born: 2001-01-01"),
        ("2020-10-02", "2020-06-02"),
        ("in_household: yes", "in_household: no"),
    ],
    "C": [("born: 2020-10-01", "born: 2020-08-01"), ("ended: 2020-08-01", "ended: 2019-08-01")],
}


def qualifies(rulebook: Rulebook, audit: str, text: str) -> str:
    case = case_of(text)
    assert case.as_of is not None
    reviewer = Reviewer(rulebook, rules_to_judge(rulebook, [audit]))
    (found,) = reproduce(reviewer, [reviewer.review(case, case.as_of)], [audit])
    (belonging,) = found.belonging
    return belonging.qualifies


@pytest.mark.parametrize("audit", "ABC")
def test_our_audits_choose_by_what_they_say(rulebook: Rulebook, audit: str) -> None:
    assert qualifies(rulebook, audit, QUALIFY[audit]) == "yes"
    for written, instead in CHOSEN_TOO.get(audit, []):
        assert qualifies(rulebook, audit, QUALIFY[audit].replace(written, instead)) == "yes"
    for written, instead in NOT_CHOSEN[audit]:
        assert written in QUALIFY[audit]
        text = QUALIFY[audit].replace(written, instead)
        assert qualifies(rulebook, audit, text) in ("no", "not recorded")


def test_our_audits_publish_numbers_of_all_their_cases(rulebook: Rulebook) -> None:
    assert {audit.id: audit.cases for audit in rulebook.audits} == {"A": 6, "B": 6, "C": 8}
    for audit in rulebook.audits:
        assert audit.published
        assert {number.of for number in audit.published} == {audit.cases}


def test_a_number_of_ours_never_rests_on_a_condition_that_silence_meets(rulebook: Rulebook) -> None:
    reviewer = Reviewer(rulebook, rules_to_judge(rulebook))
    review = reviewer.review(case_of("id: nothing-known"), DAY)
    counted = [verdict.rule.id for verdict in review.verdicts if verdict.name == "met"]
    assert counted == []
