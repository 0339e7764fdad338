"""Questions put to the library, and what becomes of them when it fails."""

import pytest

from checklist import engine, watchdog
from checklist.conditions import Not, walk
from checklist.engine import Engine, EngineError, Question
from checklist.truth import Truth

T, F, B, N = Truth.TRUE, Truth.FALSE, Truth.BOTH, Truth.NEITHER


class Noted:
    """The library's rulesets, noting what is asked of them."""

    def __init__(self):
        self._theirs = watchdog.rulesets()
        self.keys, self.prepared, self.runs, self.dropped = [], {}, [], []

    def __getattr__(self, name):
        return getattr(self._theirs, name)

    def new_key(self):
        self.keys.append(self._theirs.new_key())
        return self.keys[-1]

    def prepare(self, key, patterns):
        self.prepared[key] = patterns
        self._theirs.prepare(key, patterns)

    def run(self, batches):
        for batch in batches:
            self.runs.append((batch.key, len(batch.facts)))
            assert batch.patterns == self.prepared[batch.key]
        return self._theirs.run(batches)

    def drop(self, key):
        self.dropped.append(key)
        self._theirs.drop(key)


@pytest.fixture
def noted(monkeypatch):
    ours = Noted()
    monkeypatch.setattr(engine, "rulesets", lambda: ours)
    return ours


@pytest.fixture
def condition(rule_of):
    (rule,) = rule_of("{concerns: {includes: neglect}}").rules
    return rule.expects


HELD, LACKED = ((1,),), ((0,),)  # rows: whether the list holds the code


def ask(ours, condition, *contents):
    test = ours.test_of(condition)
    answers, failed = ours.ask([Question(test, content) for content in contents])
    assert not failed
    return [answers[Question(test, content)] for content in contents]


def test_a_question_has_the_value_that_its_content_gives(condition):
    assert ask(Engine(), condition, HELD, LACKED, (*LACKED, *HELD), ()) == [T, F, B, N]


def test_a_test_is_made_into_one_ruleset_however_often_it_is_asked(noted, condition):
    ours = Engine()
    for content, value in ((HELD, T), (LACKED, F), (HELD, T)):
        assert ask(ours, condition, content) == [value]
    assert [*noted.prepared] == noted.keys
    assert [key for key, _ in noted.runs] == noted.keys * 3
    assert len(noted.keys) == 1


def test_conditions_that_ask_the_same_share_a_test_whatever_field_they_ask_it_of(rule_of):
    (rule,) = rule_of(
        "{any: [{assessed: yes}, {spoken_to: yes}, {not: {in_household: yes}}, "
        "{not: {assessed: no}}, {age_years: 5}, {age_years: {at_least: 5}}]}",
        kind="adult",
    ).rules
    ours = Engine()
    tests = {ours.test_of(each) for each in walk(rule.expects)}
    # yes, no, 5, at least 5, not and any
    assert len(tests) == 6


def test_all_that_a_review_asks_is_some_hundred_tests(standard_rulebook):
    ours = Engine()
    rules = standard_rulebook.rules
    for rule in rules:
        for condition in (*walk(rule.applies), *walk(rule.expects)):
            ours.test_of(condition)
    assert ours.test_of(Not(rules[0].expects)) < 150


def test_a_closed_engine_gives_the_memory_of_its_rulesets_back_and_can_be_used_again(
    noted, condition
):
    ours = Engine()
    for _ in range(3):
        assert ask(ours, condition, HELD) == [T]
        noted.dropped.clear()
        ours.close()
        assert noted.dropped == noted.keys


def test_an_engine_that_is_let_go_gives_its_memory_back(noted, condition):
    ask(Engine(), condition, HELD)
    assert noted.dropped == noted.keys


def test_more_facts_than_one_session_takes_are_judged_in_several(rule_of, noted, monkeypatch):
    monkeypatch.setattr(engine, "MOST_FACTS", 3)
    (rule,) = rule_of("{age_gap_years: {at_least: 50}}", kind="couple").rules
    found = ask(Engine(), rule.expects, *((gap,) for gap in range(100)))
    assert found == [F] * 50 + [T] * 50
    assert [facts for _, facts in noted.runs] == [3] * 33 + [1]


def test_nothing_asked_is_nothing_answered():
    assert Engine().ask([]) == ({}, {})


def test_an_engine_outlives_the_librarys_process(condition):
    ours = Engine()
    assert ask(ours, condition, HELD) == [T]
    watchdog.rulesets().close()
    assert ask(ours, condition, LACKED) == [F]


def test_of_what_is_asked_together_only_what_fails_is_without_an_answer(condition, library_fails):
    library_fails(lambda _, fact: fact.get("r") == [{"c0": 0}], "303")
    ours = Engine()
    test = ours.test_of(condition)
    answers, failed = ours.ask([Question(test, HELD), Question(test, LACKED), Question(test, ())])
    assert answers == {Question(test, HELD): T, Question(test, ()): N}
    ((question, error),) = failed.items()
    assert question == Question(test, LACKED)
    assert isinstance(error, EngineError)
    assert str(error) == "303"


def test_a_process_that_ends_costs_only_the_question_that_ended_it(condition, monkeypatch):
    run = watchdog.WatchedRulesets.run

    def ends(self, batches):
        if any(fact.get("r") == [{"c0": 0}] for batch in batches for fact in batch.facts):
            raise watchdog.LibraryError("the engine crashed")
        return run(self, batches)

    monkeypatch.setattr(watchdog.WatchedRulesets, "run", ends)
    ours = Engine()
    one, other = ours.test_of(condition), ours.test_of(Not(condition))
    fine = [Question(one, HELD), Question(other, (T,))]
    answers, failed = ours.ask([fine[0], Question(one, LACKED), fine[1]])
    assert answers == {fine[0]: T, fine[1]: F}
    assert [*failed] == [Question(one, LACKED)]


def test_a_fact_that_the_library_loses_is_not_taken_for_silence(condition, monkeypatch):
    monkeypatch.setattr(
        watchdog.WatchedRulesets, "run", lambda _, batches: [[] for _batch in batches]
    )
    ours = Engine()
    question = Question(ours.test_of(condition), HELD)
    answers, failed = ours.ask([question])
    assert not answers
    assert str(failed[question]) == "the engine lost a fact"


def test_no_names_of_facts_share_a_hash_in_the_library():
    # the library tells property names apart by 32 bits of FNV-1a alone
    def fnv(name):
        found = 0x811C9DC5
        for byte in name.encode():
            found = (found ^ byte) * 0x01000193 % 2**32
        return found

    columns = [f"c{number}" for number in range(400)]
    names = ["t", "n", "s", "r", "f", "a", "~", "seen", "sid", "id", *columns]
    names += [f"r.{column}" for column in columns]
    assert len({fnv(name) for name in names}) == len(names)
    ids = [str(number) for number in range(engine.MOST_FACTS + 2)]
    assert len({fnv(each) for each in ids}) == len(ids)


def test_every_standard_rule_keeps_far_from_the_librarys_limits(rulebook):
    for rule in rulebook.rules:
        assert sum(1 for each in (rule.applies, rule.expects) for _ in walk(each)) < 100
