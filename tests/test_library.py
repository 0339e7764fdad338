import json

import durable_rules_engine
import pytest

from checklist import library
from checklist.library import LibraryError, Rulesets

PATTERNS = {"is one": {"$and": [{"t": "x"}, {"$iany": {"n": {"$i": 1}}}]}}
FACTS = [{"t": "x", "n": [1, 2]}, {"t": "x", "n": [2]}, {"t": "y", "n": [1]}]


def library_with(monkeypatch, **changed):
    class Library:
        def __getattr__(self, name):
            return changed.get(name) or getattr(durable_rules_engine, name)

    monkeypatch.setattr(library, "durable", Library())


@pytest.fixture
def rulesets():
    ours = Rulesets()
    ours.make(1, PATTERNS)
    return ours


def test_what_fires_is_told_by_place_and_name(rulesets):
    assert rulesets.run(1, FACTS) == [(0, "is one")]


def test_no_state_is_left_behind_from_one_run_to_the_next(rulesets):
    for _ in range(3):
        assert rulesets.run(1, FACTS) == [(0, "is one")]
        assert rulesets.run(1, []) == []


def test_facts_that_are_alike_each_fire(rulesets):
    assert sorted(rulesets.run(1, [FACTS[0]] * 5)) == [(place, "is one") for place in range(5)]


def test_a_dropped_ruleset_is_gone_and_its_key_can_be_used_again(rulesets):
    rulesets.drop(1)
    rulesets.drop(1)
    with pytest.raises(KeyError):
        rulesets.run(1, FACTS)
    rulesets.make(1, PATTERNS)
    assert rulesets.run(1, FACTS) == [(0, "is one")]


def test_what_the_library_refuses_is_told():
    with pytest.raises(LibraryError, match="refused"):
        Rulesets().make(1, {"too many": {"$and": [{"t": "x"}, *[{"$or": [{"a": 1}]}] * 20]}})


def test_a_failure_in_a_run_is_told_and_its_ruleset_is_not_used_again(rulesets, monkeypatch):
    def fail(*_):
        raise Exception("303")

    with monkeypatch.context() as patched:
        library_with(patched, assert_facts=fail)
        with pytest.raises(LibraryError, match="303"):
            rulesets.run(1, FACTS)
    with pytest.raises(KeyError):
        rulesets.run(1, FACTS)


def test_a_batch_that_the_library_cuts_short_is_noticed(rulesets, monkeypatch):
    def cut(handle, text):
        return durable_rules_engine.assert_facts(handle, json.dumps(json.loads(text)[:-1]))

    library_with(monkeypatch, assert_facts=cut)
    with pytest.raises(LibraryError, match="did not read all"):
        rulesets.run(1, FACTS)


def test_a_number_that_the_library_cannot_read_cuts_a_batch_short_and_is_noticed(rulesets):
    # 1e16 ends the library's parser without a word; we never send one
    with pytest.raises(LibraryError):
        rulesets.run(1, [FACTS[0], {"t": "x", "v": 1e16}, FACTS[0]])
