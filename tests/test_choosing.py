import datetime
from pathlib import Path

import pytest

from checklist.choosing import Chooser, Cohort, Considered, take_sample
from checklist.criteria_reader import AtLeast, read_at_least, read_conditions
from checklist.selection import Belonging
from tests.conftest import DAY, case_of

NEGLECT = "concerns: [neglect]"
REPEAT = "{chronology: yes}"


def considered(name: str, answer="yes", authority: str | None = "north", **kinds) -> Considered:
    by = {} if authority is None else {"authority": authority}
    return Considered(Belonging(name, answer), f"{name}.yaml", None, DAY, by, kinds)


@pytest.fixture
def chooser(rulebook) -> Chooser:
    where = read_conditions(["{concerns: {includes: neglect}}"], rulebook, "--where")
    return Chooser(rulebook, None, where, [read_at_least(f"2 {REPEAT}", rulebook)])


def test_a_case_is_held_against_the_criteria_with_where_it_stands(chooser) -> None:
    case = case_of(f"id: one\nauthority: north\naudit: A\n{NEGLECT}\nchronology: yes")
    found = chooser.consider(case, DAY, "cases.jsonl", 7)
    assert found == Considered(
        Belonging("one", "yes"), "cases.jsonl", 7, DAY,
        {"authority": "north", "audit": "A"}, {REPEAT: "yes"},
    )  # fmt: skip
    assert (found.id, found.qualifies) == ("one", "yes")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("chronology: no", "no"), ("", "not recorded"),
     ("chronology: [{value: yes, agency: gp}, {value: no, agency: school}]", "disputed")],
)  # fmt: skip
def test_of_what_kind_a_case_is_has_the_same_answers(chooser, said, answer) -> None:
    found = chooser.consider(case_of(f"{NEGLECT}\n{said}"), DAY, "a.yaml")
    assert found.kinds == {REPEAT: answer}


def test_of_a_case_that_does_not_qualify_nothing_else_is_asked(chooser) -> None:
    found = chooser.consider(case_of("concerns: [housing]\nchronology: yes"), DAY, "a.yaml")
    assert (found.qualifies, found.kinds, found.by) == ("no", {}, {})


def test_the_audits_criteria_and_further_conditions_all_have_to_be_met(standard_rulebook) -> None:
    (audit,) = (each for each in standard_rulebook.audits if each.id == "B")
    heard = """
        as_of: 2021-02-15
        children: [{id: child, born: 2009-09-01, in_household: yes}]
        meetings: [{kind: marac, date: 2020-10-02, repeat: yes}]
        """
    day = datetime.date(2021, 2, 15)
    where = read_conditions(["{chronology: yes}"], standard_rulebook, "--where")
    at_least = read_at_least("1 repeat", standard_rulebook, audit)
    assert isinstance(at_least, AtLeast)
    both = Chooser(standard_rulebook, audit, where, [at_least])
    for said, answer, kinds in (
        ("chronology: yes", "yes", {"repeat": "yes"}),
        ("chronology: no", "no", {}),
        ("", "not recorded", {}),
    ):
        found = both.consider(case_of(f"{heard}\n        {said}"), day, "a.yaml")
        assert (found.qualifies, found.kinds) == (answer, kinds)


def test_only_cases_that_qualify_are_drawn() -> None:
    cases = [
        considered("a"),
        considered("b", "no"),
        considered("c", "not recorded"),
        considered("d", "disputed"),
        considered("e", "could not be judged"),
        considered("f"),
    ]
    sample = take_sample(cases, 4, "seed")
    assert sample.drawn == ("a", "f")
    assert sample.lacks == ("4 cases asked for, and only 2 can be drawn: no more qualify.",)
    cohort = Cohort(None, (), tuple(cases), sample._replace(drawn=("f",)))
    assert [each.id for each in cohort.chosen] == ["f"]
    assert [each.id for each in cohort._replace(sample=None).chosen] == ["a", "f"]


def test_a_case_without_the_field_is_told_and_not_drawn() -> None:
    cases = [
        *(considered(f"n-{at}", authority="north") for at in range(3)),
        *(considered(f"s-{at}", authority="south") for at in range(3)),
        considered("nowhere", authority=None),
    ]
    sample = take_sample(cases, 4, "seed", "authority")
    assert sample.apart == ("nowhere",)
    assert [(each.name, each.qualify, len(each.drawn)) for each in sample.strata] == [
        ("north", 3, 2),
        ("south", 3, 2),
    ]
    assert sample.lacks == ()
    every = take_sample(cases, 7, "seed", "authority")
    assert every.lacks == (
        "7 cases asked for, and only 6 can be drawn: no more qualify and name their authority.",
    )
    assert "nowhere" in take_sample(cases, 7, "seed").drawn


def test_a_sample_that_cannot_hold_enough_of_a_kind_says_why() -> None:
    cases = [
        considered("a", repeat="yes"),
        considered("b", repeat="yes"),
        considered("c", repeat="no"),
        considered("d", repeat="not recorded"),
        considered("e", authority="south", repeat="disputed"),
        considered("f", authority="south", repeat="no"),
    ]
    few = take_sample(cases, 4, "seed", at_least={"repeat": 3})
    (kind,) = few.kinds
    assert (kind.there, kind.drawn, kind.most, kind.unclear) == (2, 2, 2, ("d", "e"))
    assert few.lacks == (
        "At least 3 repeat were asked for, and 2 of the cases that can be drawn are such.",
    )
    apart = take_sample(cases, 2, "seed", "authority", {"repeat": 2})
    assert apart.lacks == (
        "At least 2 repeat were asked for, and with equal numbers by authority a sample can hold "
        "no more than 1.",
    )
    assert take_sample(cases, 2, "seed", at_least={"repeat": 2}).drawn == ("a", "b")


def test_the_order_of_the_cases_changes_no_sample() -> None:
    cases = [considered(f"c-{at}", authority=f"area {at % 3}") for at in range(12)]
    sample = take_sample(cases, 5, "seed", "authority")
    assert take_sample(cases[::-1], 5, "seed", "authority") == sample
    elsewhere = [each._replace(file=str(Path("other") / each.file)) for each in cases]
    assert take_sample(elsewhere, 5, "seed", "authority") == sample
