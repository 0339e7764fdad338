"""A fault planted on either side is found, so that finding none means something."""

import datetime

import pytest

from checklist import content, engine, scope, subjects
from checklist.conditions import Timescale
from tests.judge.search import Search

ENOUGH = 20_000  # a fifth of what the default run of `test_differential` compares


def assert_found(faults=frozenset()):
    search = Search(faults)
    with pytest.raises(AssertionError, match="the judge says"):
        search.until(ENOUGH)


def test_ours_taking_any_for_all(monkeypatch):
    all_, any_ = engine.All, engine.Any
    monkeypatch.setattr(engine, "All", any_)
    monkeypatch.setattr(engine, "Any", all_)
    assert_found()


def test_ours_ending_a_period_a_day_late(monkeypatch):
    span = content.span

    def a_day_late(test, moment):
        found = span(test, moment)
        return found and (found[0], found[1] + datetime.timedelta(days=1))

    monkeypatch.setattr(content, "span", a_day_late)
    assert_found()


def test_ours_counting_by_the_first_edition_always(monkeypatch):
    monkeypatch.setattr(Timescale, "on", lambda self, _day: self.editions[0])
    assert_found()


def test_ours_dropping_the_second_agencys_words(monkeypatch):
    standing = subjects.standing
    monkeypatch.setattr(subjects, "standing", lambda words, as_of: standing(words, as_of)[:1])
    assert_found()


def test_ours_meaning_only_the_rules_own_subject_by_this(monkeypatch):
    theirs = scope.around

    def of_the_rule(step, subjects):
        return theirs(step, (subjects[0],) * 2)

    for module in (content, scope):
        monkeypatch.setattr(module, "around", of_the_rule)
    assert_found()


@pytest.mark.parametrize(
    "fault",
    [
        "an agency's words all stand",
        "an empty list is silence",
        "the last day is over",
        "an older judgement stands",
        "this is the member itself",
        "just so many days are too few",
        "a word that it does not apply is not heard",
        "a word that it does not apply counts at once",
    ],
)
def test_the_judge(fault):
    assert_found({fault})
