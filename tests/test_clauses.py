import textwrap
from pathlib import Path

import pytest

from checklist.clauses import Covered, covered
from checklist.conditions import leaves
from checklist.errors import BadInput
from checklist.rule import Query, Rule, Term
from checklist.rulebook import Rulebook, load, standard_rules

RULES = """\
- {{theme: test, title: Test}}
- term: father_was_heard
  for_each: child
  meaning: The father was spoken to.
  yes_when: {{father.spoken_to: yes}}
  no_when:
    father:
      any:
        - spoken_to: no
        - assessed: no
  examples:
    - given: {{children: [{{id: c, father: f}}], adults: [{{id: f, spoken_to: yes}}]}}
      says: yes
    - given: {{children: [{{id: c, father: f}}], adults: [{{id: f, spoken_to: no}}]}}
      says: no
    - given: {{children: [{{id: c}}]}}
      says: not recorded
- rule: a-rule
  title: The point
  theme: test
  learned_from: [C13]
  for_each: child
  applies:
    unborn: no
    father_was_heard: yes
  expects:
    some:
      tools:
        where: {{tool: gcp2}}
        any:
          - state: completed
          - not: {{reason: {{recorded: yes}}}}
  priority: routine
  gap: Gap.
  why: It matters.
  close: Do it.
  examples:
    - {{given: {{children: []}}, verdict: met}}
    - {{given: {{children: []}}, verdict: gap}}
    - {{given: {{children: []}}, verdict: not recorded}}
{examples}
"""


@pytest.fixture
def coverage(tmp_path: Path):
    def find(examples: str = "") -> dict[str, Covered]:
        text = textwrap.indent(textwrap.dedent(examples).strip("\n"), "    ")
        file = tmp_path / "rules.yaml"
        file.write_text(RULES.format(examples=text), encoding="utf-8")
        return {each.of.id: each for each in covered(load([file], at_hand=[standard_rules()]).own)}

    return find


def never(found: Covered) -> dict[str, tuple[str, ...]]:
    return {clause.says: clause.never_seen for clause in found.clauses}


BORN = "the child has been born"
HEARD = '"father was heard"'
GCP2 = "at least one tool is the GCP2"
COMPLETED = "at least one tool is recorded as completed"
REASON = "there is at least one tool where a reason is recorded"


def test_without_examples_no_clause_is_seen_on_any_side(coverage) -> None:
    found = coverage()["a-rule"]
    assert never(found) == {
        BORN: ("for", "against"),
        HEARD: ("for", "against"),
        GCP2: ("for", "against"),
        COMPLETED: ("for", "against"),
        REASON: ("for", "not recorded"),
    }
    assert found.uncovered == found.clauses


def test_a_clause_is_seen_on_the_sides_that_the_engine_finds(coverage) -> None:
    found = coverage(
        """
        - given:
            children: [{id: c, born: 2021-01-01}]
            tools: [{tool: gcp2, state: completed, reason: It fits.}]
          verdict: not recorded
        """
    )
    assert never(found["a-rule"]) == {
        BORN: ("against",),
        HEARD: ("for", "against"),
        GCP2: ("against",),
        COMPLETED: ("against",),
        REASON: ("not recorded",),
    }


def test_members_of_a_list_and_disagreements_each_show_their_side(coverage) -> None:
    found = coverage(
        """
        - given:
            children:
              - id: c
                born: [{value: 2021-01-01, agency: gp}, {value: 2021-08-01, agency: police}]
                father: f
            adults:
              - {id: f, spoken_to: [{value: yes, agency: gp}, {value: no, agency: police}]}
            tools:
              - {tool: gcp2, state: completed, reason: It fits.}
              - {tool: dash, state: considered}
          verdict: met
        """
    )
    assert found["a-rule"].uncovered == ()


def test_only_the_subject_that_an_example_is_about_shows_anything(coverage) -> None:
    two = """\
- given: {children: [{id: c, born: 2021-01-01}, {id: d, born: 2021-08-01}], tools: []}
  verdict: not recorded
"""
    named = two + "  subject: d\n"
    assert never(coverage(two)["a-rule"])[BORN] == ("for", "against")
    assert never(coverage(named)["a-rule"])[BORN] == ("for",)
    elsewhere = two + "  subject: e\n"
    assert never(coverage(elsewhere)["a-rule"])[BORN] == ("for", "against")


def test_an_example_is_judged_on_its_own_day(coverage) -> None:
    later = """
        - {given: {children: [{id: c, born: 2021-08-01}]}, verdict: gap, as_of: 2021-09-01}
    """
    assert never(coverage(later)["a-rule"])[BORN] == ("against",)


def test_a_term_is_covered_by_its_own_examples_and_is_one_clause_where_it_is_used(
    coverage,
) -> None:
    found = coverage()["father_was_heard"]
    assert [(each.line, each.never_seen) for each in found.clauses] == [
        (5, ()),
        (9, ()),
        (10, ("for", "against")),
    ]


def test_each_clause_has_its_line(coverage) -> None:
    assert [each.line for each in coverage()["a-rule"].clauses] == [24, 25, 29, 31, 32]


def test_the_lines_of_the_rules_that_ship_are_those_of_their_clauses(rulebook: Rulebook) -> None:
    for item in rulebook.own:
        of_item = {
            Rule: ("applies", "expects"),
            Term: ("yes_when", "no_when"),
            Query: ("when",),
        }
        conditions = [getattr(item, key) for key in of_item[type(item)]]
        found = [leaf for each in conditions if each is not None for leaf in leaves(each)]
        assert len(item.lines) == len(found)
        file = Path(item.file if isinstance(item, Term) else item.place.file)
        text = file.read_text("utf-8").splitlines()
        for leaf, line in zip(found, item.lines, strict=True):
            name = getattr(leaf, "term", None) or leaf.field.name
            tests = ("includes", "in:", "at_least", "at_most", "within", "recorded")
            assert name in text[line - 1] or any(test in text[line - 1] for test in tests)


def test_a_record_that_cannot_be_read_is_bad_input(coverage) -> None:
    with pytest.raises(BadInput, match="did you mean children"):
        coverage("- {given: {childen: []}, verdict: gap}")
