from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from checklist.coverage import coverage
from checklist.rulebook import Rulebook, load

RULES = """\
- theme: test
  title: Test
- audit: Y
  title: Another audit
  partnership: Elsewhere
  month: 2021-05
  points:
    - {point: Y1, section: Findings, says: One thing.}
- audit: Z
  title: An audit
  partnership: Somewhere
  month: 2022-01
  points:
    - {point: Z1, section: Findings, says: One thing.}
    - {point: Z2, section: Findings, says: Another thing.}
    - point: Z3
      section: Findings
      says: Seldom done.
      answered_by: [case, cohort]
      question: How often?
      screening: It can count.
    - point: Z4
      section: Questions
      says: What do we think?
      answered_by: [board]
      question: What do we think?
      screening: It cannot tell.
"""
RULE = """\
- rule: {id}
  title: A point of practice
  theme: test
  {learned}
  for_each: case
  expects: {{concerns: {{includes: neglect}}}}
  priority: routine
  gap: It was not done.
  why: It matters.
  close: Do it.
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


def rulebook_of(tmp_path: Path, **learned: str) -> Rulebook:
    file = tmp_path / "rules.yaml"
    rules = [RULE.format(id=name, learned=text) for name, text in learned.items()]
    file.write_text("".join([RULES, *rules]), encoding="utf-8")
    return load([file])


def uncovered(rulebook: Rulebook) -> list[str]:
    """Return what the rulebook leaves uncovered: learning points, and rules without a source."""
    found = coverage(rulebook)
    return [each.id for each in (*found.uncovered, *found.unsourced)]


def test_a_point_is_covered_by_a_rule_or_by_its_question(tmp_path: Path) -> None:
    rulebook = rulebook_of(tmp_path, one="learned_from: [Z1]", other="learned_from: [Z1, Y1]")
    found = coverage(rulebook)
    y, z = found.audits
    assert (y.audit.id, z.audit.id) == ("Y", "Z")
    by_point = {each.point.id: each for each in (*y.points, *z.points)}
    assert [rule.id for rule in by_point["Z1"].rules] == ["one", "other"]
    assert [rule.id for rule in by_point["Y1"].rules] == ["other"]
    assert {name: each.covered for name, each in by_point.items()} == {
        "Y1": True, "Z1": True, "Z2": False, "Z3": True, "Z4": True,
    }  # fmt: skip
    assert uncovered(rulebook) == ["Z2"]
    assert not found.whole


def test_what_a_record_can_answer_and_no_rule_does_is_told_beside_its_question(
    tmp_path: Path,
) -> None:
    found = coverage(rulebook_of(tmp_path, one="learned_from: [Z1, Y1]"))
    assert [point.id for point in found.without_a_rule] == ["Z2", "Z3"]


@pytest.mark.parametrize(("audits", "left"), [((), ["Z2"]), (["Z"], ["Z2"]), (["Y"], [])])
def test_one_audit_can_be_chosen(audits: Collection[str], left: list[str], tmp_path: Path) -> None:
    found = coverage(rulebook_of(tmp_path, one="learned_from: [Z1, Y1]"), audits)
    assert [point.id for point in found.uncovered] == left
    assert found.whole == (not left)


def test_a_rule_learned_from_statute_covers_no_point_and_needs_none(tmp_path: Path) -> None:
    rulebook = rulebook_of(
        tmp_path, one="learned_from: [Z1, Z2, Y1]", other="source: Guidance of 2023, chapter 3"
    )
    found = coverage(rulebook)
    assert [(rule.id, rule.source) for rule in found.from_elsewhere] == [
        ("other", "Guidance of 2023, chapter 3")
    ]
    assert found.whole


def test_a_rule_that_was_learned_nowhere_is_named(tmp_path: Path) -> None:
    # loading refuses such a rule: coverage does not trust that it was loaded
    rulebook = rulebook_of(tmp_path, one="learned_from: [Z1, Z2, Y1]", other="source: Guidance")
    one, other = rulebook.rules
    found = coverage(replace(rulebook, rules=(one, other._replace(source=None))))
    assert [rule.id for rule in found.unsourced] == ["other"]
    assert found.uncovered == ()
    assert not found.whole


def test_every_learning_point_of_ours_stands_in_the_coverage_once(rulebook: Rulebook) -> None:
    listed = [each.point.id for audit in coverage(rulebook).audits for each in audit.points]
    assert sorted(listed) == sorted(rulebook.points)
    assert len(listed) == 169
