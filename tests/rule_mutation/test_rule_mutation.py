"""Every example earns its place: of the slips a rule could hold, hardly one goes unnoticed."""

from pathlib import Path

import pytest

from checklist.rule import Rule, Term
from checklist.rulebook import Rulebook, load, standard_rules
from tests.rule_mutation import running
from tests.rule_mutation.mutants import mutants
from tests.rule_mutation.running import run

KILLED_AT_LEAST = 0.95

RULES = """\
- {{theme: test, title: Test}}
- term: is_a_concern
  for_each: case
  meaning: A concern was found.
  yes_when: {{any: [{{concerns: {{includes: neglect}}}}, {{concerns: {{includes: housing}}}}]}}
  no_when: {{concerns: {{recorded: yes}}, not: {{concerns: {{includes: neglect}}}}}}
  examples: [{{given: {{}}, says: yes}}, {{given: {{}}, says: no}}, {{given: {{}}, says: both}},
    {{given: {{}}, says: not recorded}}]
- rule: a-rule
  title: The point
  theme: test
  learned_from: [C13]
  for_each: {kind}
  expects: {expects}
  {by}
  priority: routine
  gap: Gap.
  why: It matters.
  close: Do it.
  examples:
    - {examples}
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


@pytest.fixture
def written(tmp_path: Path):
    def make(
        expects: str,
        kind: str = "meeting",
        by: str = "",
        examples: str = "{given: {}, verdict: due}",
    ) -> Rulebook:
        file = tmp_path / "rules.yaml"
        by = f"by: {by}" if by else "met: Done."
        file.write_text(RULES.format(expects=expects, kind=kind, by=by, examples=examples), "utf-8")
        return load([file], at_hand=[standard_rules()])

    return make


@pytest.fixture
def changes(written):
    def find(expects: str, **rest: str) -> list[str]:
        (rule,) = written(expects, **rest).rules
        return [mutant.change.removeprefix("expects: ") for mutant in mutants(rule)]

    return find


# -- the rules that ship -----------------------------------------------------------------------


def test_hardly_a_slip_in_the_standard_rules_goes_unnoticed(rulebook: Rulebook) -> None:
    ran = [run(rulebook, item) for item in rulebook.own]
    made = sum(each.made for each in ran)
    survivors = [f"{each.of.id}: {one.change}" for each in ran for one in each.survivors]
    assert made >= 50
    assert len(survivors) <= made * (1 - KILLED_AT_LEAST), "\n".join(
        [f"{made - len(survivors)} of {made} killed; survivors:", *survivors]
    )


# -- what a slip is ----------------------------------------------------------------------------


def test_a_group_loses_each_part_and_changes_its_kind(changes) -> None:
    kind, gp = "the meeting is of the kind MARAC", "those invited to the meeting include the GP"
    assert changes("{kind: marac, invited: {includes: gp}}") == [
        f"`all` became `any`: {kind} and {gp}",
        f"dropped: {kind}",
        f"dropped: {gp}",
    ]
    assert changes("{any: [{kind: marac}, {invited: {includes: gp}}]}") == [
        f"`any` became `all`: either {kind} or {gp}",
        f"dropped: {kind}",
        f"dropped: {gp}",
    ]


@pytest.mark.parametrize(
    "expects",
    [
        "{any: [{kind: marac}]}",
        "{any: [{kind: marac}, {kind: marac}]}",
        "{not: {kind: marac}}",
        "{kind: {in: [marac]}}",
        "{invited: {includes: gp}}",
        "{date: {before: as_of}}",
        "{case.is_a_concern: yes}",
    ],
)
def test_what_would_mean_the_same_is_no_slip(changes, expects: str) -> None:
    assert changes(expects) == []


def test_a_part_that_another_repeats_is_not_dropped(changes) -> None:
    found = changes("{any: [{kind: marac}, {kind: marac}, {invited: {includes: gp}}]}")
    assert len(found) == 2
    assert found[0].startswith("`any` became `all`")
    assert found[1].startswith("dropped: those invited")


def test_a_code_is_dropped_from_a_list(changes) -> None:
    assert [each.partition(":")[0] for each in changes("{kind: {in: [marac, strategy]}}")] == [
        "dropped marac",
        "dropped strategy",
    ]
    found = changes("{invited: {includes: [gp, police]}}")
    assert [each.partition(":")[0] for each in found] == ["dropped gp", "dropped police"]


def test_numbers_and_days_move_by_one_up_and_down(changes) -> None:
    age = "the age of the adult is"
    assert changes("{age_years: {at_least: 18}}", kind="adult") == [
        f"{age} 18 years or more -> {age} 19 years or more",
        f"{age} 18 years or more -> {age} 17 years or more",
    ]
    assert changes("{age_years: {at_least: 0}}", kind="adult") == [
        f"{age} 0 years or more -> {age} 1 year or more"
    ]
    assert len(changes("{age_years: {at_most: 0}}", kind="adult")) == 2
    assert len(changes("{age_years: 5}", kind="adult")) == 2
    for test in ("before: 2021-03-01", "after: 2021-03-01"):
        moved = changes(f"{{date: {{{test}}}}}")
        assert ["28 Feb 2021" in each for each in moved] == [False, True]
        assert ["2 Mar 2021" in each for each in moved] == [True, False]
    assert len(changes("{date: 2021-03-01}")) == 2
    weeks = changes("{date: {within: {weeks: 6, after: as_of}}}")
    assert ["7 weeks" in each for each in weeks] == [True, False]
    assert ["5 weeks" in each for each in weeks] == [False, True]
    assert len(changes("{date: {within: {weeks: 0, after: as_of}}}")) == 1


def test_a_deadline_is_dropped_and_moved(changes) -> None:
    assert changes("{kind: marac}", by="date") == ["by: dropped"]
    dropped, longer, shorter = changes("{kind: marac}", by="{days: 3, after: date}")
    assert dropped == "by: dropped"
    assert "4 days" in longer.partition("->")[2]
    assert "2 days" in shorter.partition("->")[2]
    assert len(changes("{kind: marac}", by="{days: 0, after: date}")) == 2
    assert len(changes("{kind: marac}", by="2021-03-01")) == 3


def test_some_and_every_change_places_and_a_where_loses_its_parts(changes) -> None:
    tool, done = "at least one tool is the GCP2", "at least one tool is recorded as completed"
    assert changes("{some: {tools: {state: completed}}}", kind="case") == [
        f"`some` became `every`: {done}"
    ]
    assert changes("{some: {tools: {where: {tool: gcp2}, state: completed}}}", kind="case") == [
        f"`some` became `every`: {done}",
        f"dropped from `where`: {tool}",
    ]
    found = changes(
        "{every: {tools: {where: {tool: gcp2, reason: {recorded: yes}}, state: completed}}}",
        kind="case",
    )
    assert [each.partition(":")[0] for each in found] == [
        "`every` became `some`",
        "in `where`",
        "in `where`",
        "in `where`",
    ]


def test_inside_people_lists_and_negations_too(changes) -> None:
    found = changes("{not: {father: {assessed: yes, spoken_to: yes}}}", kind="child")
    assert len(found) == 3


def test_a_where_picks_members_out_in_a_mutant_as_in_a_rule(written) -> None:
    (rule,) = written("{some: {tools: {where: {tool: gcp2}, state: completed}}}", kind="case").rules
    (other,) = written(
        "{every: {tools: {where: {tool: gcp2}, state: completed}}}", kind="case"
    ).rules
    (plain,) = written("{some: {tools: {state: completed}}}", kind="case").rules
    swapped, dropped = (each.item for each in mutants(rule))
    assert isinstance(swapped, Rule)
    assert isinstance(dropped, Rule)
    assert repr(swapped.expects) == repr(other.expects)
    assert repr(dropped.expects) == repr(plain.expects)
    assert repr(next(mutants(other)).item.expects) == repr(rule.expects)


def test_of_a_term_both_conditions_are_changed(written) -> None:
    (term,) = written("{kind: marac}").called("is_a_concern")
    found = [each.change.partition(":")[0] for each in mutants(term)]
    assert found == ["yes_when"] * 3 + ["no_when"] * 3
    assert all(isinstance(each.item, Term) for each in mutants(term))


def test_of_a_query_its_condition_is_changed(rulebook: Rulebook) -> None:
    (query,) = rulebook.called("born-and-still-unborn")
    found = list(mutants(query))
    assert {each.change.partition(":")[0] for each in found} == {"when"}
    assert len(found) == 8
    assert run(rulebook, query).survivors == ()


# -- what is noticed ---------------------------------------------------------------------------

WITH_BOTH = "{given: {meetings: [{kind: marac, invited: [gp]}]}, verdict: met}"
WITH_ONE = "{given: {meetings: [{kind: marac, invited: []}]}, verdict: gap}"
WITH_THE_OTHER = "{given: {meetings: [{kind: strategy, invited: [gp]}]}, verdict: gap}"


@pytest.mark.parametrize(
    ("examples", "survivors"),
    [
        ([WITH_BOTH], ["`all`", "dropped", "dropped"]),
        ([WITH_BOTH, WITH_ONE], ["dropped"]),
        ([WITH_BOTH, WITH_ONE, WITH_THE_OTHER], []),
    ],
)
def test_a_mutant_that_no_example_notices_survives(written, examples, survivors) -> None:
    rulebook = written("{kind: marac, invited: {includes: gp}}", examples="\n    - ".join(examples))
    (rule,) = rulebook.rules
    ours = rule._replace(examples=rule.examples[: len(examples)])
    found = run(rulebook, ours)
    assert found.made == 3
    changes = [each.change.removeprefix("expects: ") for each in found.survivors]
    assert [each.split()[0].strip(":") for each in changes] == survivors


def test_a_rule_that_fails_its_own_examples_is_told(written) -> None:
    rulebook = written("{kind: marac}")
    with pytest.raises(ValueError, match="a-rule does not pass its own examples: it should give"):
        run(rulebook, rulebook.rules[0])


def test_a_mutant_that_the_engine_cannot_judge_was_not_noticed_by_an_example(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rule,) = rulebook.called("gp-invited")
    told = "it should give met, and gives could not be judged: the engine lost a fact"
    monkeypatch.setattr(running, "problem_with", lambda *_: told)
    with pytest.raises(RuntimeError, match="the engine lost a fact"):
        run(rulebook, rule)
