"""What holds for the rules that ship, and that they are not special."""

import re
import string
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pytest

import checklist
from checklist.audit import When
from checklist.clauses import covered
from checklist.conditions import (
    ALWAYS,
    Atom,
    Condition,
    DateField,
    Through,
    WithinTimescale,
    moment_of,
    walk,
)
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
def test_a_rule_says_who_would_normally_do_what_closes_it(rule: Rule) -> None:
    assert rule.who is not None
    assert not rule.who.endswith(".")


def test_no_role_is_called_by_two_names() -> None:
    roles = {role for rule in RULES for role in re.split(r" or | and |, ", rule.who or "")}
    for role in roles:
        assert get_close_matches(role.casefold(), roles - {role}, cutoff=0.75) == []


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


def test_each_question_asks_for_one_value(standard_rulebook: Rulebook) -> None:
    fields: dict[str, set[str]] = {}
    for each in (*standard_rulebook.rules, *standard_rulebook.terms):
        for path, words in each.ask.items():
            fields.setdefault(words, set()).add(path.rpartition(".")[2])
    assert {words: names for words, names in fields.items() if len(names) > 1} == {}


def test_a_question_for_yes_or_no_can_be_answered_so(standard_rulebook: Rulebook) -> None:
    codes: dict[str, set[tuple[str, ...]]] = {}
    for kind in subject_kinds().values():
        for field in kind.fields.values():
            codes.setdefault(field.name, set()).add(field.codes)
    yes_or_no = {name for name, lists in codes.items() if lists == {("yes", "no")}}
    asked = [
        words
        for each in (*standard_rulebook.rules, *standard_rulebook.terms)
        for path, words in each.ask.items()
        if path.rpartition(".")[2] in yes_or_no
    ]
    assert len(asked) > 100
    assert [words for words in asked if re.match("(Wh|How)", words)] == []


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


NAMES_A_COUPLE = {("adult", "partner"), ("adult", "has_partner")}
NAMES_THE_ACTION_IN_A_REPORT = {("action", "what")}


def _conditions(rulebook: Rulebook) -> Iterator[Condition]:
    for rule in rulebook.rules:
        yield from (rule.applies, rule.expects)
    for term in rulebook.terms:
        yield from filter(None, (term.yes_when, term.no_when))
    yield from (query.when for query in rulebook.queries)
    for audit in rulebook.audits:
        if audit.selection is not None:
            yield audit.selection.qualifies
            yield from filter(None, [audit.selection.repeat])
        for number in audit.published:
            if isinstance(number.found_by, When):
                yield number.found_by.condition


def _fields_read(condition: Condition) -> Iterator[str]:
    for each in walk(condition):
        match each:
            case Atom(field):
                yield field.name
                moment = moment_of(each)
                if isinstance(moment, DateField):
                    yield from (*moment.steps, moment.field.name)
            case Through(step):
                yield step


def test_no_field_of_the_record_stands_idle(standard_rulebook: Rulebook) -> None:
    used = {name for each in _conditions(standard_rulebook) for name in _fields_read(each)}
    for rule in standard_rulebook.rules:
        moment = getattr(rule.by, "moment", rule.by)
        if isinstance(moment, DateField):
            used.update((*moment.steps, moment.field.name))
        for text in filter(None, (rule.gap, rule.due, rule.met, rule.close, *rule.ask.values())):
            used.update(name for _, name, _, _ in string.Formatter().parse(text) if name)
    idle = {
        (kind.name, name)
        for kind in subject_kinds().values()
        if kind.name != "family_member"  # its fields are those of children and adults
        for name in kind.fields
        if name not in used
    }
    assert idle == NAMES_A_COUPLE | NAMES_THE_ACTION_IN_A_REPORT


def test_no_setting_and_no_timescale_stands_idle(standard_rulebook: Rulebook) -> None:
    of_rules = [standard_rulebook.settings_of(rule) for rule in standard_rulebook.rules]
    used = {setting.id for settings in of_rules for setting in settings}
    used.update(name for query in standard_rulebook.queries for name in query.settings)
    assert {setting.id for setting in standard_rulebook.settings} == used
    counted = {
        test.timescale.id
        for condition in _conditions(standard_rulebook)
        for each in walk(condition)
        if isinstance(each, Atom) and isinstance(test := each.test, WithinTimescale)
    }
    counted.update(
        rule.by.timescale.id
        for rule in standard_rulebook.rules
        if isinstance(rule.by, WithinTimescale)
    )
    assert {timescale.id for timescale in standard_rulebook.timescales} == counted
