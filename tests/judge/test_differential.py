"""Ours and the judge come to the same verdicts; those that once differed are at the end.

`CHECKLIST_VERDICTS=5000000 pytest tests/judge` compares millions; `CHECKLIST_SEED` starts
elsewhere (each seed is one batch of examples, and the default run takes the first ones).
"""

import datetime
import os
from pathlib import Path

import pytest

from checklist.rulebook import load
from tests.judge.both import Both
from tests.judge.judge import LISTS, as_text, read_rules, read_yaml
from tests.judge.search import Search

ROOT = Path(__file__).resolve().parents[2]
WANTED = int(os.environ.get("CHECKLIST_VERDICTS", "100000"))
FIRST_SEED = int(os.environ.get("CHECKLIST_SEED", "0"))
RULES = read_rules([ROOT / "rules"])


def test_random_rules_and_records_have_the_same_verdicts():
    verdicts = Search().until(WANTED, FIRST_SEED)
    assert verdicts.total() >= WANTED
    names = ("met", "gap", "due", "conflicting", "not recorded", "not applicable")
    assert set(verdicts) == set(names)
    assert min(verdicts.values()) > WANTED / 100, verdicts


# -- the rules and cases that come with the program --------------------------------------------


def with_ids(tree):
    """Return a record in which everything has an id, so that both call it the same."""
    record = dict(tree)
    for name in LISTS:
        if isinstance(record.get(name), list):
            record[name] = [
                {"id": f"{name}-{place}", **each} for place, each in enumerate(record[name])
            ]
    return record


@pytest.fixture(scope="module")
def both():
    made = Both(RULES, load([ROOT / "rules"]))
    yield made
    made.close()


@pytest.mark.parametrize(
    "rule", [each for each in RULES if "rule" in each], ids=lambda r: r["rule"]
)
def test_the_examples_of_the_rules(both, rule):
    for example in rule["examples"]:
        record = as_text(with_ids({"id": "example", **example["given"]}))
        day = example.get("as_of", "2021-06-01")
        _, found = both.differences(record, [day])
        assert not found, found[0]
        said = both.judge.verdicts(record, day)
        of_rule = {
            subject: name for (name_of, subject), name in said.items() if name_of == rule["rule"]
        }
        if "subject" in example:
            of_rule = {example["subject"]: of_rule[example["subject"]]}
        assert list(of_rule.values()) == [example["verdict"]], example


@pytest.mark.parametrize(
    "term", [each for each in RULES if "term" in each], ids=lambda t: t["term"]
)
def test_the_examples_of_the_terms(term):
    says = {"yes": "met", "no": "gap", "both": "conflicting", "not recorded": "not recorded"}
    rule = {"rule": "rule-0", "for_each": term["for_each"], "expects": {term["term"]: "yes"}}
    both = Both([*(each for each in RULES if "term" in each), rule])
    for example in term["examples"]:
        record = as_text(with_ids({"id": "example", **example["given"]}))
        day = example.get("as_of", "2021-06-01")
        _, found = both.differences(record, [day])
        assert not found, found[0]
        said = {subject: name for (_, subject), name in both.judge.verdicts(record, day).items()}
        if "subject" in example:
            said = {example["subject"]: said[example["subject"]]}
        assert list(said.values()) == [says[example["says"]]], example
    both.close()


@pytest.mark.parametrize("path", sorted((ROOT / "cases").iterdir()), ids=lambda path: path.stem)
def test_the_worked_cases(both, path):
    record = as_text(with_ids(read_yaml(path)))  # JSON is YAML
    last = datetime.date.fromisoformat(record.get("as_of", "2021-06-01"))
    days = [(last + datetime.timedelta(by)).isoformat() for by in range(-400, 101, 20)]
    verdicts, found = both.differences(record, [*days, last.isoformat()])
    assert verdicts.total() >= 27
    assert not found, found[0]


# -- differences there once were ---------------------------------------------------------------


def differences(record, kind, expects, as_of="2021-03-01", terms=()):
    both = Both([*terms, {"rule": "rule-0", "for_each": kind, "expects": expects}])
    try:
        return both.differences({"id": "the-case", **record}, [as_of])[1]
    finally:
        both.close()


EVERY = {"every": {"family_members": {"first_language": "English"}}}
SOME = {"some": {"family_members": {"first_language": "English"}}}


@pytest.mark.parametrize(
    ("record", "expects"),
    [
        ({"adults": [{"id": "adult-0", "first_language": "English"}]}, EVERY),
        ({"adults": [{"id": "adult-0", "first_language": "Polish"}]}, SOME),
        ({"adults": []}, EVERY),
        ({"children": []}, SOME),
    ],
)
def test_half_a_family_is_not_the_family(record, expects):
    assert not differences(record, "case", expects)


def test_a_father_recorded_later_does_not_count_yet():
    later = {"value": "adult-1", "agency": "gp", "date": "2022-01-01"}
    record = {
        "children": [{"id": "child-0", "father": later}],
        "adults": [{"id": "adult-0", "relation": "father", "assessed": "yes"}, {"id": "adult-1"}],
    }
    assert not differences(record, "child", {"father.assessed": "yes"})


IN_A_SIBLINGS_PLAN = {
    "term": "in_a_plan",
    "for_each": "family_member",
    "yes_when": {
        "some": {"children": {"some": {"plans": {"children": {"includes": "this_family_member"}}}}}
    },
}


@pytest.mark.parametrize("kind", ["family_member", "child"])
def test_a_term_means_the_same_on_a_child_as_on_a_family_member(kind):
    record = {
        "children": [{"id": "child-0"}, {"id": "child-1"}],
        "adults": [],
        "plans": [{"id": "plan-0", "children": ["child-0"]}],
    }
    assert not differences(record, kind, {"in_a_plan": "yes"}, terms=[IN_A_SIBLINGS_PLAN])


def test_two_who_may_be_the_father_have_no_pregnancy_together():
    record = {
        "children": [
            {
                "id": "child-0",
                "born": "2020-03-02",
                "father": [
                    {"value": "adult-0", "agency": "gp"},
                    {"value": "adult-1", "agency": "police"},
                ],
            }
        ],
        "adults": [
            {"id": "adult-0", "born": "2003-03-01"},
            {"id": "adult-1", "born": "2004-03-01"},
        ],
        "couples": [{"id": "couple-0", "people": ["adult-0", "adult-1"]}],
    }
    assert not differences(record, "couple", {"younger_age_at_pregnancy": {"recorded": "yes"}})
