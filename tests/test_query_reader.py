from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.conditions import walk
from checklist.query_reader import QUERY_EXAMPLES, QUERY_KEYS, QueryReader
from checklist.rule import Place, Query, Setting
from checklist.settings import Settings
from checklist.source import parse_yaml
from tests.test_rule_reader import JUNK

QUERY = """\
query: plan-ended-first
title: A plan that ended before it started
for_each: plan
when:
  kind: child_protection
  ended: {within: {weeks: {setting: weeks_back}, before: started}}
says: >-
  The {subject} ended on {ended},
  within {setting.weeks_back} of its start.
check: Look up {started}.
examples:
  - {given: {plans: [{started: 2021-03-02, ended: 2021-03-01}]}, raised: yes}
  - {given: {plans: [{id: a}, {id: b}]}, raised: no, subject: b, as_of: 2021-04-01}
"""
SETTINGS = Settings([Setting("weeks_back", "How far back.", "weeks", 6, 6, "Ours.")])


def reader() -> QueryReader:
    return QueryReader("queries.yaml", lambda _: None, list, SETTINGS)


def read(text: str = QUERY) -> Query:
    reading = reader()
    query = reading.query(parse_yaml(text, "queries.yaml"))
    assert reading.faults == []
    assert query is not None
    return query


def test_a_query_holds_what_is_written() -> None:
    query = read()
    assert (query.id, query.for_each) == ("plan-ended-first", "plan")
    assert query.title == "A plan that ended before it started"
    assert query.says == "The {subject} ended on {ended}, within 6 weeks of its start."
    assert query.check == "Look up {started}."
    assert query.place == Place("queries.yaml", 1)
    assert query.settings == ("weeks_back",)
    assert query.lines == (5, 6)
    assert len(list(walk(query.when))) == 3


def test_its_examples_are_raised_or_not() -> None:
    raised, silent = read().examples
    assert (raised.raised, raised.subject, raised.as_of) == (True, None, None)
    assert (silent.raised, silent.subject, str(silent.as_of)) == (False, "b", "2021-04-01")
    assert raised.place == Place("queries.yaml", 12)


@pytest.mark.parametrize("key", QUERY_KEYS)
def test_each_key_is_needed(key: str) -> None:
    tree = parse_yaml(QUERY, "queries.yaml")
    del tree[key]
    reading = reader()
    assert reading.query(tree) is None
    (fault,) = reading.faults
    assert fault.sentence().startswith(f"queries.yaml, line 1: {key}: a query needs this key (")


@given(st.sampled_from([*QUERY_KEYS, *QUERY_EXAMPLES.keys]), JUNK)
def test_no_file_can_break_the_reader(key: str, junk: Any) -> None:
    tree = parse_yaml(QUERY, "queries.yaml")
    tree[key] = junk
    tree.lines.setdefault(key, 1)
    reading = reader()
    assert (reading.query(tree) is None) == bool(reading.faults)
