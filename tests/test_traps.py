"""None of the library's traps can be walked into: not by any rule, and not by any record.

What is sent to the library (patterns for a rule, facts for a case) is held against the traps and
limits measured on version 2.0.28, for random rules and cases and for all that come with the
program. What could go beyond them is refused when it is loaded.
"""

import json
import time
from math import prod
from typing import get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checklist import condition_reader, engine, item_reader
from checklist.case_file import case_from
from checklist.codes import AgencyCode
from checklist.condition_reader import ConditionReader
from checklist.conditions import walk
from checklist.errors import BadInput
from checklist.judging import Judging
from checklist.review import Reviewer
from checklist.rulebook import Rulebook, load
from checklist.source import parse_yaml, read_text
from checklist.subjects import CaseSubjects
from checklist.vocabulary import subject_kinds
from tests.conftest import SAMPLE_CASES, load_sample
from tests.laws import strategies as ours

RULEBOOK = load_sample()
TREES = [parse_yaml(read_text(path), path.name) for path in sorted(SAMPLE_CASES.glob("*.yaml"))]
COMPARISONS = {"$neq", "$lt", "$lte", "$gt", "$gte"}
MARKS = ({"seen": 1}, {"$ex": {"~": 1}})

MOST_PATHS = 64
MOST_JOINED = 15
MOST_SIBLINGS = 511
MOST_ALIKE = 255
MOST_OF_A_BRANCH = 127
MOST_PROPERTIES = 252


def rulesets_of(rule):
    """Return the rulesets that a rule is to the library, each as its patterns by name."""
    conditions = (*walk(rule.applies), *walk(rule.expects))
    return [engine._named_productions(condition) for condition in conditions]


def facts_of(rule, *trees, as_of=ours.DAY):
    """Return the facts that cases are to the library when a rule is asked of them."""
    found = []
    made = engine._fact

    def noted(content):
        found.append(made(content))
        return found[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "_fact", noted)
        for tree in trees:
            subjects = CaseSubjects(case_from(tree), as_of).of_kind(rule.for_each) or []
            judging = Judging()
            for each in subjects:
                judging.judged(rule.applies, each)
                judging.judged(rule.expects, each)
    return found


# -- patterns ----------------------------------------------------------------------------------


def objects(pattern):
    """Yield each condition object in a pattern, with the words around it."""
    waiting = [(pattern, ())]
    while waiting:
        found, around = waiting.pop()
        yield found, around
        ((word, inner),) = found.items()  # one key per condition object: others would be ignored
        if word in ("$and", "$or"):
            waiting += [(each, (*around, word)) for each in inner]
        elif word in ("$iany", "$iall"):
            ((_, test),) = inner.items()
            waiting.append((test, (*around, word)))


def paths(pattern):
    ((word, inner),) = pattern.items()
    if word == "$or":
        return sum(map(paths, inner))
    return prod(map(paths, inner)) if word == "$and" else 1


def names_in(pattern):
    """Yield the names of properties in a pattern, as the library flattens them."""
    for found, _ in objects(pattern):
        ((word, inner),) = found.items()
        if word in ("$iany", "$iall") or word in COMPARISONS or word == "$ex":
            yield next(iter(inner))
        elif word not in ("$and", "$or"):
            yield word


def literals_in(pattern):
    for found, _ in objects(pattern):
        ((word, inner),) = found.items()
        if word in COMPARISONS:
            yield next(iter(inner.values()))
        elif not word.startswith("$") or word.startswith("$i."):
            yield inner


def fnv(name):
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 0x01000193 % 2**32
    return found


def assert_safe(rule):
    for patterns in rulesets_of(rule):
        assert_safe_patterns(patterns)


def assert_safe_patterns(patterns):
    by_type = {}
    names = {"sid", "id", "~"}
    for pattern in patterns.values():
        names.update(names_in(pattern))
        if pattern in MARKS:
            continue
        assert list(pattern) == ["$and"]
        typed, condition = pattern["$and"]
        assert list(typed) == ["t"]
        by_type.setdefault(typed["t"], []).append(condition)
        joined = 0
        for found, around in objects(pattern):
            ((word, inner),) = found.items()
            known = word in {"$and", "$or", "$iany", "$iall", *COMPARISONS}
            assert known or not word.startswith("$") or word == "$i" or word.startswith("$i.c")
            if word in ("$and", "$or"):
                joined += 1
                assert len(inner) > 1  # an empty one would match everything
                assert len(inner) <= MOST_OF_A_BRANCH
                if word == "$or":
                    assert not {"$iany", "$iall"} & {*around}
            if word in ("$iany", "$iall"):
                assert not {"$iany", "$iall"} & {*around}
        assert joined <= MOST_JOINED
        for literal in literals_in(pattern):
            assert type(literal) in (int, str)
            assert literal != ""
            assert not isinstance(literal, int) or abs(literal) < 2**53
    for conditions in by_type.values():
        assert sum(map(paths, conditions)) <= MOST_PATHS
        leaves = [json.dumps(each) for every in conditions for each, _ in objects(every)]
        assert len(leaves) <= MOST_SIBLINGS
        assert max(map(leaves.count, leaves)) <= MOST_ALIKE
    assert len(by_type) <= MOST_SIBLINGS
    assert len({json.dumps(each) for each in patterns.values()}) == len(patterns)
    assert not {name for name in names if name in ("$s", "$f", "exception")}
    flat = {name.replace("$i", "r") for name in names}
    assert len({fnv(name) for name in flat}) == len(flat)


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_no_standard_rule_holds_a_trap(rule):
    assert_safe(rule)


@settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.data(), ours.KINDS)
def test_no_random_rule_holds_a_trap(data, kind):
    one, other = data.draw(ours.conditions(kind, depth=4)), data.draw(ours.conditions(kind))
    assert_safe(ours.rule(kind, one, other))


# -- facts -------------------------------------------------------------------------------------


def assert_sound(facts):
    types = {}
    for fact in facts:
        flat = [(name, value) for name, value in fact.items() if not isinstance(value, list)]
        flat += [
            (name, each)
            for name, value in fact.items()
            if isinstance(value, list)
            for each in value
        ]
        rows = [row for name, row in flat if isinstance(row, dict)]
        flat = [(name, value) for name, value in flat if not isinstance(value, dict)]
        flat += [(f"r.{name}", cell) for row in rows for name, cell in row.items()]
        assert not {"sid", "id", "~"} & {*fact}
        assert len(fact) + max((len(row) for row in rows), default=0) <= MOST_PROPERTIES
        for name, value in flat:
            assert types.setdefault(name, type(value)) is type(value) is not float
            assert value != ""
            assert not isinstance(value, int) or abs(value) < 2**53
            assert not isinstance(value, str) or len(value.encode()) < 65_536


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_no_worked_case_holds_a_trap_for_a_standard_rule(rule):
    facts = facts_of(rule, *TREES)
    assert facts
    assert_sound(facts)


@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.data(), ours.KINDS, ours.cases())
def test_no_random_case_holds_a_trap(data, kind, case):
    assert_sound(facts_of(ours.rule(kind, data.draw(ours.conditions(kind))), case))


@pytest.mark.parametrize("language", ["\u00e9" * 5_000, '"\\\n', "'", "true", "1", "$ex", "null"])
def test_the_longest_and_the_oddest_words_are_told_apart(language):
    case = {"id": "c", "adults": [{"id": "a", "first_language": language}]}
    for asked, name in ((language, "met"), (f"{language[:4990]}x", "gap")):
        rule = ours.rule("adult", {"first_language": asked})
        assert_safe(rule)
        assert_sound(facts_of(rule, case))
        (verdict,) = (
            Reviewer(Rulebook((rule,), (), (), ())).review(case_from(case), ours.DAY).verdicts
        )
        assert verdict.name == name


# -- what loading refuses ----------------------------------------------------------------------


def faults_of(tree, kind):
    reader = ConditionReader("rules.yaml", lambda _: None, list)
    assert reader.read(tree, kind, "expects") is None
    return " ".join(str(fault) for fault in reader.faults)


@pytest.mark.parametrize(
    ("kind", "tree", "sentence"),
    [
        ("couple", {"age_gap_years": {"at_least": 100_001}}, "between -100,000 and 100,000"),
        ("couple", {"age_gap_years": str(2**63)}, "not a whole number"),
        ("couple", {"age_gap_years": 1e16}, "not a whole number"),
        ("couple", {"age_gap_years": {"in": [*range(61)]}}, "a list of 1 to 60 values"),
        ("couple", {"age_gap_years": {"in": []}}, "a list of 1 to 60 values"),
        ("adult", {"first_language": "  "}, "not a blank"),
        ("adult", {"first_language": "x" * 5_001}, "at most 5,000 are accepted"),
        ("adult", {"first_language": {"in": ["x" * 70_000]}}, "at most 5,000 are accepted"),
        ("meeting", {"date": {"within": {"days": 10_001, "of": "as_of"}}}, "between 0 and 10,000"),
        ("meeting", {"date": "9999-01-01"}, "the year must be"),
        ("meeting", {"all": []}, "needs a list of conditions"),
        ("meeting", {"any": []}, "needs a list of conditions"),
        ("meeting", {}, "at least one condition"),
        ("meeting", {"invited": {"includes": []}}, "at least one value"),
    ],
)
def test_a_condition_beyond_the_limits_is_refused_with_a_sentence(kind, tree, sentence):
    assert sentence in faults_of(tree, kind)


RULE = """
- {{theme: test, title: Test}}
- rule: test-rule
  title: The point
  theme: test
  source: A test.
  for_each: case
  priority: routine
  gap: There is a gap.
  why: It matters.
  close: Do it.
  expects: {expects}
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


def rulebook_of(expects, tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULE.format(expects=expects), encoding="utf-8")
    return load([path])


def test_a_rule_of_too_many_conditions_is_refused(tmp_path):
    part = "{concerns: {includes: neglect}}"
    most = item_reader.MOST_CONDITIONS
    largest = rulebook_of(f"{{any: [{', '.join([part] * (most - 1))}]}}", tmp_path)
    assert len(list(walk(largest.rules[0].expects))) == most
    with pytest.raises(BadInput, match=f"more than {most} conditions"):
        rulebook_of(f"{{any: [{', '.join([part] * most)}]}}", tmp_path)


def test_a_rule_that_is_nested_too_deep_is_refused(tmp_path):
    with pytest.raises(BadInput, match="levels deep"):
        rulebook_of("{not: " * 200 + "{concerns: {includes: neglect}}" + "}" * 200, tmp_path)


def test_the_longest_lists_that_a_test_can_name_are_within_the_limits():
    most = condition_reader.MOST_IN_LIST
    assert_safe(ours.rule("couple", {"age_gap_years": {"in": [*range(most)]}}))
    agencies = [*get_args(AgencyCode)]
    assert_safe(ours.rule("meeting", {"invited": {"includes": agencies}}))
    for kind in subject_kinds().values():
        for field in kind.fields.values():  # all codes and one path beside them
            assert len(field.codes) < MOST_PATHS
    for names in (60, 400):  # the types of facts of the largest rule, and the columns of a row
        flat = {f"c{number}" for number in range(names)}
        assert len({fnv(name) for name in flat}) == len(flat)


# -- the largest -------------------------------------------------------------------------------


def test_the_largest_rule_is_judged_on_the_largest_case_in_reasonable_time():
    """Measured on two shared cores: see the seconds below, which leave room for a slow machine."""
    agencies = [*get_args(AgencyCode)]
    meetings = [
        {
            "id": f"m{number}",
            "kind": ("strategy", "core_group", "professionals")[number % 3],
            "date": f"2021-0{number % 9 + 1}-{number % 28 + 1:02}",
            "invited": agencies[number % 7 : number % 31 + 1],
        }
        for number in range(1_000)
    ]
    case = case_from({"id": "large", "meetings": meetings})
    one = {"all": [{"kind": "strategy"}, {"invited": {"includes": agencies[:2]}}]}
    largest = ours.rule("meeting", {"any": [one] * 65 + [{"kind": "core_group"}] * 4})
    assert len(list(walk(largest.expects))) == item_reader.MOST_CONDITIONS
    assert_safe(largest)
    over = ours.rule("case", {"some": {"meetings": {"any": [one] * 20}}}, name="over")
    start = time.perf_counter()
    found = Reviewer(Rulebook((largest, over), (), (), ())).review(case, ours.DAY).verdicts
    assert time.perf_counter() - start < 60
    assert len(found) == 1_001
    assert {"met", "gap"} <= {each.name for each in found}
    assert "could not be judged" not in {each.name for each in found}
