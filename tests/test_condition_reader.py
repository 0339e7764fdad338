import datetime
from collections.abc import Callable, Mapping

import pytest

from checklist.condition_reader import MOST_IN_LIST, ConditionReader
from checklist.conditions import (
    After,
    All,
    Any,
    Apart,
    AsOf,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    DateField,
    Direction,
    Equals,
    Every,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Named,
    Not,
    Some,
    Test,
    Through,
    Within,
    asked_paths,
)
from checklist.rule import Term
from checklist.source import parse_yaml
from checklist.vocabulary import subject_kinds

DAY = datetime.date(2021, 3, 2)


def reader_with(terms: Mapping[str, Term | None] | None = None) -> ConditionReader:
    known = terms or {}
    return ConditionReader("rules.yaml", known.get, lambda: list(known))


def read(text: str, kind: str = "meeting", terms: Mapping[str, Term] | None = None) -> Condition:
    reader = reader_with(terms)
    condition = reader.read(parse_yaml(text, "rules.yaml"), kind, "expects")
    assert [fault.sentence() for fault in reader.faults] == []
    assert condition is not None
    return condition


def same(found: Condition | None, expected: Condition) -> None:
    # named tuples of different types are equal where their values are
    assert repr(found) == repr(expected)


def faults(text: str, kind: str = "meeting") -> list[tuple[int | None, str]]:
    reader = reader_with()
    assert reader.read(parse_yaml(text, "rules.yaml"), kind, "expects") is None
    return [(fault.line, fault.field) for fault in reader.faults]


def atom(kind: str, name: str, test: Test, asked_as: str = "", *, given: bool = False) -> Atom:
    return Atom(subject_kinds()[kind].fields[name], test, asked_as or name, given)


def term(name: str, kind: str, yes: str, no: str = "") -> Term:
    no_when = read(no, kind) if no else None
    return Term(name, kind, "What it means.", read(yes, kind), no_when, {}, "rules.yaml", 1)


# -- tests -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: strategy", atom("meeting", "kind", Equals("strategy"))),
        ("kind: Core Group", atom("meeting", "kind", Equals("core_group"))),
        ("kind: {in: [marac, strategy]}", atom("meeting", "kind", In(("marac", "strategy")))),
        ("kind: {in: [marac, marac]}", atom("meeting", "kind", In(("marac",)))),
        ("kind: {recorded: yes}", atom("meeting", "kind", IsRecorded())),
        ("invited: {includes: gp}", atom("meeting", "invited", Includes(("gp",)))),
        (
            "invited: {includes: [police, gp]}",
            atom("meeting", "invited", Includes(("gp", "police"))),
        ),
        ("date: 2021-03-02", atom("meeting", "date", Equals(DAY))),
        ("date: {before: 2021-03-02}", atom("meeting", "date", Before(DAY))),
        ("date: {after: as_of}", atom("meeting", "date", After(AsOf()))),
    ],
)  # fmt: skip
def test_a_test_is_read(text: str, expected: Condition) -> None:
    same(read(text), expected)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("unborn: yes", "child", atom("child", "unborn", Equals("yes"))),
        ("unborn: true", "child", atom("child", "unborn", Equals("yes"))),
        ("age_years: {at_least: 5}", "child", atom("child", "age_years", AtLeast(5))),
        ("age_years: {at_most: -5}", "child", atom("child", "age_years", AtMost(-5))),
        ("age_years: 7", "child", atom("child", "age_years", Equals(7))),
        ("age_years: {in: [7, 8]}", "child", atom("child", "age_years", In((7, 8)))),
        ("reason: {recorded: yes}", "tool", atom("tool", "reason", IsRecorded())),
        ("father: {recorded: yes}", "child", atom("child", "father", IsRecorded())),
        ("first_language: '  British  Sign Language '", "adult",
         atom("adult", "first_language", Equals("British Sign Language"))),
    ],
)  # fmt: skip
def test_a_test_of_another_kind_of_value_is_read(text: str, kind: str, expected: Condition) -> None:
    same(read(text, kind), expected)


def test_several_tests_of_a_field_must_all_hold() -> None:
    same(
        read("age_years: {at_least: 5, at_most: 9}", "child"),
        All((atom("child", "age_years", AtLeast(5)), atom("child", "age_years", AtMost(9)))),
    )


@pytest.mark.parametrize("unit", ["days", "working_days", "weeks", "months"])
@pytest.mark.parametrize("direction", ["of", "after", "before"])
def test_a_period_is_read_in_each_unit_and_direction(unit: str, direction: str) -> None:
    born = DateField((), subject_kinds()["child"].fields["born"])
    found = read(f"expected: {{within: {{{unit}: 6, {direction}: born}}}}", "child")
    same(found, atom("child", "expected", Within(6, unit, direction, born)))  # type: ignore[arg-type]


@pytest.mark.parametrize("direction", ["after", "before"])
def test_how_far_a_day_is_at_least_from_another_is_read(direction: Direction) -> None:
    born = DateField((), subject_kinds()["child"].fields["born"])
    found = read(f"expected: {{at_least: {{weeks: 6, {direction}: born}}}}", "child")
    same(found, atom("child", "expected", Apart(6, "weeks", direction, born)))


def test_a_day_can_be_reached_through_the_case_and_a_person() -> None:
    case, adult = subject_kinds()["case"].fields, subject_kinds()["adult"].fields
    same(
        read("date: {before: case.next_conference}"),
        atom("meeting", "date", Before(DateField(("case",), case["next_conference"]))),
    )
    same(
        read("born: {after: father.partner.born}", "child"),
        atom("child", "born", After(DateField(("father", "partner"), adult["born"]))),
    )


# -- joining -----------------------------------------------------------------------------------

MARAC = atom("meeting", "kind", Equals("marac"))
GP = atom("meeting", "invited", Includes(("gp",)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{kind: marac, invited: {includes: gp}}", All((MARAC, GP))),
        ("{all: [{kind: marac}, {invited: {includes: gp}}]}", All((MARAC, GP))),
        ("{any: [{kind: marac}, {invited: {includes: gp}}]}", Any((MARAC, GP))),
        ("{not: {kind: marac}}", Not(MARAC)),
        ("{not: {kind: marac, invited: {includes: gp}}}", Not(All((MARAC, GP)))),
        ("{any: [{way: told, kind: marac}]}", Any((All((MARAC,), "told"),))),
        ("{way: told  so, kind: marac, invited: {includes: gp}}", All((MARAC, GP), "told so")),
    ],
)  # fmt: skip
def test_conditions_are_joined(text: str, expected: Condition) -> None:
    same(read(text), expected)


def test_some_and_every_ask_the_members_of_a_list() -> None:
    part = atom("tool", "state", Equals("completed"), "tools.state")
    same(read("some: {tools: {state: completed}}", "case"), Some("tools", part, "tools"))
    same(read("every: {case.tools: {state: completed}}", "child"), Every("tools", part, "tools"))
    both = read("some: {tools: {state: completed}, meetings: {kind: marac}}", "case")
    assert isinstance(both, All)
    assert [type(each) for each in both.parts] == [Some, Some]


def test_where_picks_members_out_and_is_never_to_be_changed() -> None:
    where = atom("tool", "tool", Equals("gcp2"), "tools.tool", given=True)
    then = atom("tool", "state", Equals("completed"), "tools.state")
    text = "{tools: {where: {tool: gcp2}, state: completed}}"
    same(read(f"some: {text}", "case"), Some("tools", All((where, then)), "tools"))
    same(read(f"every: {text}", "case"), Every("tools", Any((Not(where), then)), "tools"))


def test_everything_inside_where_is_given() -> None:
    text = """
        some:
          children:
            where:
              any: [{father: {assessed: yes}}, {not: {born: {recorded: yes}}}]
              some: {tools: {tool: gcp2}}
              a_term: yes
            unborn: no
    """
    terms = {"a_term": term("a_term", "child", "{unborn: no}", "{unborn: yes}")}
    found = read(text, "case", terms)
    assert isinstance(found, Some)
    assert isinstance(found.part, All)
    given, then = found.part.parts
    assert {each.given for each in _leaves(given)} == {True}
    assert {each.given for each in _leaves(then)} == {False}


def _leaves(condition: Condition) -> list[Atom | Through]:
    from checklist.conditions import walk

    return [each for each in walk(condition) if isinstance(each, Atom | Through)]


# -- looking through ---------------------------------------------------------------------------


def test_a_step_leads_to_a_person_or_to_the_case() -> None:
    assessed = atom("adult", "assessed", Equals("yes"), "father.assessed")
    same(read("father.assessed: yes", "child"), Through("father", assessed, "father"))
    same(read("father: {assessed: yes}", "child"), Through("father", assessed, "father"))
    concerns = atom("case", "concerns", Includes(("neglect",)), "concerns")
    same(read("case.concerns: {includes: neglect}"), Through("case", concerns, ""))
    found = read("father.case.concerns: {includes: neglect}", "child")
    assert isinstance(found, Through)
    assert isinstance(found.part, Through)


def test_this_child_is_the_one_around_the_list() -> None:
    found = read("some: {safety_plans: {protects: {includes: this_child}}}", "child")
    assert isinstance(found, Some)
    assert isinstance(found.part, Atom)
    assert found.part.test == IncludesThis("child")
    inner = read(
        "every: {children: {some: {safety_plans: {protects: {includes: this_child}}}}}", "case"
    )
    assert isinstance(inner, Every)


def test_the_paths_of_questions_are_those_of_what_is_read() -> None:
    text = """
        some: {tools: {where: {tool: gcp2}, state: completed}}
        father: {assessed: yes}
        case.concerns: {includes: neglect}
    """
    assert asked_paths(read(text, "child")) == {
        "tools", "tools.tool", "tools.state", "father", "father.assessed", "concerns",
    }  # fmt: skip


# -- terms -------------------------------------------------------------------------------------


def test_a_term_is_used_like_a_field() -> None:
    large = term(
        "large", "meeting", "{invited: {includes: police}}", "{invited: {includes: family}}"
    )
    named = Named("large", large.yes_when, large.no_when, "meeting")
    same(read("large: yes", terms={"large": large}), named)
    same(read("large: no", terms={"large": large}), Not(named))


def test_a_term_on_the_case_is_reached_through_it() -> None:
    known = term("known", "case", "{concerns: {includes: neglect}}")
    same(
        read("case.known: yes", terms={"known": known}),
        Through("case", Named("known", known.yes_when, None, "case"), ""),
    )


def test_a_term_on_a_family_member_can_be_used_of_a_child_or_an_adult() -> None:
    plan = "{some: {safety_plans: {protects: {includes: this_family_member}}}}"
    planned = term("planned", "family_member", plan)
    for kind in ("child", "adult", "family_member"):
        found = read("planned: yes", kind, {"planned": planned})
        same(found, Named("planned", planned.yes_when, None, "family_member"))


def test_a_term_with_faults_of_its_own_spoils_the_condition_without_another_fault() -> None:
    reader = ConditionReader("rules.yaml", lambda _: None, lambda: ["broken"])
    assert reader.read({"broken": "yes", "kind": "marac"}, "meeting", "expects") is None
    assert reader.faults == []
    same(reader.read({"kind": "marac"}, "meeting", "expects"), MARAC)


# -- faults ------------------------------------------------------------------------------------


def test_every_fault_is_gathered_with_its_own_line() -> None:
    text = """\
any:
  - invitd: {includes: gp}
  - kind:
      in:
        - strategy
        - stratgy
        - marax
  - not:
      date: {before: dat}
some:
  meetings:
    where:
      kind: stratgy
    attended:
      includes: [gp,
        gpp]
"""
    assert faults(text) == [
        (2, "invitd"), (6, "kind"), (7, "kind"), (9, "date"), (13, "kind"), (16, "attended"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [0, MOST_IN_LIST + 1])
def test_a_list_to_choose_from_is_neither_empty_nor_endless(number: int) -> None:
    values = ", ".join(["1"] * number)
    assert faults(f"age_years: {{in: [{values}]}}", "child") == [(1, "age_years")]


def test_a_field_that_other_subjects_have_is_told_how_to_reach() -> None:
    reader = reader_with()
    reader.read({"concerns": {"includes": "neglect"}}, "meeting", "expects")
    reader.read({"kind": "marac"}, "child", "expects")
    told = [fault.problem.partition("; ")[2] for fault in reader.faults]
    assert told == [
        "write case.concerns",
        "write `some: {meetings: {kind: ...}}` or `some: {assessments: {kind: ...}}` or "
        "`some: {plans: {kind: ...}}`",
    ]


def test_a_term_on_a_family_member_can_mean_the_child_it_is_used_of(
    verdicts: Callable[..., dict[str, str]],
) -> None:
    terms = """
        - term: planned_for
          for_each: family_member
          meaning: A safety plan protects them.
          yes_when: {some: {safety_plans: {protects: {includes: this_family_member}}}}
          examples: [{given: {}, says: yes}, {given: {}, says: no}, {given: {}, says: not recorded}]
    """
    case = "{children: [{id: a}, {id: b}], safety_plans: [{protects: [b]}]}"
    found = verdicts(case, "{planned_for: yes}", kind="child", terms=terms)
    assert found == {"a": "gap", "b": "met"}
