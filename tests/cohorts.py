"""A small cohort for tests: three rules, an audit, and cases whose verdicts are told outright."""

import datetime

from checklist.rulebook import load
from checklist.screened import Screened, sha256_of

_RULE = """
- rule: {id}
  title: {title}
  theme: {theme}
  learned_from: [Z1]
  for_each: meeting
  expects: {{minutes_sent_to: {{includes: gp}}}}
  priority: {priority}
  gap: Not sent.
  why: It matters.
  close: Send them.
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""
RULES = (
    """
- theme: first
  title: The first theme
- theme: second
  title: The second theme
- query: seen-before-birth
  title: Seen before the birth
  for_each: child
  when: {unborn: yes}
  says: It cannot be so.
  check: Look it up.
  examples:
    - {given: {}, raised: yes}
    - {given: {}, raised: no}
- audit: Z
  title: What becomes of papers
  partnership: Somewhere
  month: 2022-01
  selection:
    says: Cases of neglect.
    qualifies: {concerns: {includes: neglect}}
  points:
    - {point: Z1, section: findings, says: Minutes often did not reach the GP.}
  published:
    - number: no-minutes
      points: [Z1]
      says: cases with minutes that did not reach the GP
      words: most
      of: 6
      found_by: {rule: home-safe, verdict: [gap]}
"""
    + _RULE.format(id="alpha", title="Alpha is done", theme="second", priority="routine")
    + _RULE.format(id="beta", title="Beta is done", theme="first", priority="routine")
    + _RULE.format(id="home-safe", title="Home made safe", theme="first", priority="immediate")
)
DAY = datetime.date(2021, 6, 1)


def rules_in(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load([path])


def screened(case, verdicts, *, accepted=None, queries=(), unchecked=(), **fields):
    """Return a case of which `verdicts` says by rule which subjects have which verdict."""
    by_name = {}
    for rule, told in verdicts.items():
        for name, subjects in told.items():
            by_name.setdefault(name, {})[rule] = list(subjects)
    whole = {
        "file": f"{case}.yaml",
        "line": None,
        "sha256": sha256_of(repr((case, verdicts)).encode()),
        "as_of": DAY,
        "authority": None,
        "audit": None,
    }
    return Screened(
        case,
        **{**whole, **fields},
        verdicts=by_name,
        accepted=accepted or {},
        queries=queries,
        unchecked=unchecked,
    )


def marked(case, *marks, **fields):
    """Return a case with one verdict for each of the rules `alpha`, `beta` and `home-safe`."""
    rules = ("alpha", "beta", "home-safe")
    accepted = {
        rule: ["m"] for rule, mark in zip(rules, marks, strict=True) if mark == "accepted gap"
    }
    verdicts = {
        rule: {"gap" if mark == "accepted gap" else mark: ["m"]}
        for rule, mark in zip(rules, marks, strict=True)
    }
    return screened(case, verdicts, accepted=accepted, **fields)


COHORT = (
    marked("a", "met", "gap", "gap", authority="north"),
    marked("b", "met", "conflicting", "gap", queries=("seen-before-birth",)),
    marked("c", "not applicable", "gap", "due"),
    marked("d", "met", "accepted gap", "not recorded"),
    marked("e", "could not be judged", "met", "met"),
    marked("f", "met", "met", "met"),
)
"""Six cases, with rows of each kind of mark."""
