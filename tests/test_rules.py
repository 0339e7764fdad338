"""What holds for the rules that ship, and that they are not special."""

import re
from pathlib import Path

import pytest

import checklist
from checklist.clauses import covered
from checklist.conditions import ALWAYS
from checklist.examples import check_records, run_examples
from checklist.rule import Rule
from checklist.rulebook import Rulebook, load, standard_rules
from checklist.source import parse_yaml
from checklist.vocabulary import CASE, subject_kinds

HEADLINES = {
    "age-gap-explored",
    "father-engaged",
    "neglect-tool-considered",
    "gp-invited",
    "interpreter-used",
    "neglect-tool-applied",
    "safety-plan-on-childs-file",
}
RULES = load([standard_rules()]).rules
OURS = """\
rule: dash-done
title: A DASH where there is domestic abuse
theme: safety-planning
source: Our own practice guidance.
for_each: case
applies: {concerns: {includes: domestic_abuse}}
expects: {some: {tools: {tool: dash, state: completed}}}
priority: routine
gap: Domestic abuse is a concern, and the record shows no DASH.
why: It orders what is known of the risk.
close: Do a DASH with the victim, and record it.
examples:
  - {given: {concerns: [domestic_abuse], tools: [{tool: dash, state: completed}]}, verdict: met}
  - {given: {concerns: [domestic_abuse], tools: []}, verdict: gap}
  - {given: {concerns: [domestic_abuse]}, verdict: not recorded}
  - {given: {concerns: [neglect]}, verdict: not applicable}
"""

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_the_headline_rules_are_all_there(standard_rulebook: Rulebook) -> None:
    assert set(standard_rulebook.by_id) >= HEADLINES


@each_rule
def test_a_rule_has_a_file_of_its_own_in_a_folder(rule: Rule) -> None:
    file = Path(rule.place.file)
    assert file.stem == rule.id
    assert file.parent.parent == standard_rules()
    assert isinstance(parse_yaml(file.read_text("utf-8"), file.name), dict)  # and nothing beside it


def test_a_term_has_a_file_of_its_own(standard_rulebook: Rulebook) -> None:
    for term in standard_rulebook.terms:
        file = Path(term.file)
        assert file.stem.replace("-", "_") == term.id
        assert file.parent == standard_rules() / "terms"


def test_a_query_has_a_file_of_its_own(standard_rulebook: Rulebook) -> None:
    for query in standard_rulebook.queries:
        file = Path(query.place.file)
        assert file.stem == query.id
        assert file.parent == standard_rules() / "queries"


@each_rule
def test_a_rule_names_what_it_was_learned_from(rule: Rule, standard_rulebook: Rulebook) -> None:
    assert rule.learned_from or rule.source
    assert set(rule.learned_from) <= set(standard_rulebook.points)


def test_every_example_of_a_term_says_what_it_names(standard_rulebook: Rulebook) -> None:
    outcomes = list(run_examples(standard_rulebook, standard_rulebook.terms))
    assert {outcome.of.id for outcome in outcomes} == {term.id for term in standard_rulebook.terms}
    assert [outcome for outcome in outcomes if outcome.problem is not None] == []


@each_rule
def test_every_example_gives_its_verdict(rule: Rule, standard_rulebook: Rulebook) -> None:
    outcomes = list(run_examples(standard_rulebook, [rule]))
    assert [outcome.problem for outcome in outcomes] == [None] * len(rule.examples)


def test_every_example_of_a_query_is_raised_or_not_as_it_says(standard_rulebook: Rulebook) -> None:
    outcomes = list(run_examples(standard_rulebook, standard_rulebook.queries))
    ids = {query.id for query in standard_rulebook.queries}
    assert len(ids) >= 14
    assert {outcome.of.id for outcome in outcomes} == ids
    assert [outcome for outcome in outcomes if outcome.problem is not None] == []


def test_the_examples_hold_records_that_can_be_read() -> None:
    check_records(load([standard_rules()]).own)


def test_every_clause_is_shown_for_and_against(standard_rulebook: Rulebook) -> None:
    found = list(covered(standard_rulebook.own))
    assert [each.of for each in found] == list(standard_rulebook.own)
    assert [(each.of.id, each.uncovered) for each in found if each.uncovered] == []


@each_rule
def test_a_rule_is_shown_to_disagree_and_not_to_apply(rule: Rule) -> None:
    shown = {example.verdict for example in rule.examples}
    assert "conflicting" in shown
    assert "not applicable" in shown or (rule.for_each == CASE and rule.applies == ALWAYS)
    if rule.by is not None:
        assert "due" in {example.verdict for example in rule.examples}


@each_rule
def test_a_rule_words_the_question_for_a_record_without_its_subjects(rule: Rule) -> None:
    if rule.for_each != CASE:
        assert subject_kinds()[rule.for_each].plural in rule.ask


def test_no_rule_is_known_to_the_program(standard_rulebook: Rulebook) -> None:
    names = [each.id for each in standard_rulebook.own]
    names += [name.replace("-", "_") for name in names]
    kinds = subject_kinds().values()
    fields = {field.name for kind in kinds for field in kind.fields.values()}
    codes = {code for kind in kinds for field in kind.fields.values() for code in field.codes}
    # some rules are called what the record calls the thing they ask for
    names = [name for name in names if re.search("[-_]", name) and name not in fields | codes]
    any_name = re.compile(rf"(?<![\w-])({'|'.join(names)})(?![\w-])")
    for file in Path(checklist.__file__).parent.rglob("*.py"):
        assert any_name.findall(file.read_text("utf-8")) == [], file


def test_a_rule_of_ones_own_needs_nothing_but_its_file(tmp_path: Path) -> None:
    file = tmp_path / "ours" / "dash-done.yaml"
    file.parent.mkdir()
    file.write_text(OURS, encoding="utf-8")
    beside = load([standard_rules(), file.parent])
    assert set(beside.by_id) == {rule.id for rule in RULES} | {"dash-done"}
    outcomes = list(run_examples(beside, [beside.by_id["dash-done"]]))
    assert [outcome.problem for outcome in outcomes] == [None] * 4
    instead = load([file], at_hand=[standard_rules()])
    assert set(instead.by_id) == {"dash-done"}


def test_no_text_says_a_word_twice_running(standard_rulebook: Rulebook) -> None:
    said = [
        text
        for rule in standard_rulebook.rules
        for text in (
            *(rule.title, rule.gap, rule.due, rule.met, rule.why, rule.close),
            *rule.ask.values(),
        )
    ]
    for query in standard_rulebook.queries:
        said += [query.title, query.says, query.check]
    for text in filter(None, said):
        assert not re.search(r"\b(\w+(?: \w+)?) \1\b", text), text
