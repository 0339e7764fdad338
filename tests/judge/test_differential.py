"""Ours and the judge come to the same verdicts; those that once differed are at the end.

`CHECKLIST_VERDICTS=5000000 pytest tests/judge` compares millions; `CHECKLIST_SEED` starts
elsewhere (each seed is one batch of examples, and the default run takes the first ones).
"""

import datetime
import os
from pathlib import Path

import pytest

from checklist.rulebook import load
from tests.conftest import SAMPLE_CASES, SAMPLE_RULES
from tests.judge.both import Both
from tests.judge.judge import LIST_OF, as_text, read_rules, read_yaml
from tests.judge.named import with_ids
from tests.judge.published import CODES, FIELDS
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


SAYS = {"yes": "met", "no": "gap", "both": "conflicting", "not recorded": "not recorded"}
TERMS = {
    f"says-{item['term'].replace('_', '-')}": {
        "for_each": item["for_each"],
        "expects": {item["term"]: "yes"},
        "examples": [{**each, "verdict": SAYS[each["says"]]} for each in item["examples"]],
    }
    for item in RULES
    if "term" in item
}


@pytest.fixture(scope="module")
def both():
    made = Both(RULES, load([ROOT / "rules"]))
    yield made
    made.close()


@pytest.fixture(scope="module")
def both_on_terms():
    beside = [item for item in RULES if "rule" not in item]
    made = Both([*beside, *({"rule": name, **rule} for name, rule in TERMS.items())])
    yield made
    made.close()


@pytest.fixture(scope="module")
def both_on_samples():
    beside = [item for item in RULES if "rule" not in item]
    rulebook = load([SAMPLE_RULES], at_hand=[ROOT / "rules"])
    made = Both([*beside, *read_rules([SAMPLE_RULES])], rulebook)
    yield made
    made.close()


def assert_examples_hold(both, name, examples):
    """Ours and the judge agree with each other and with each example of a rule."""
    for example in examples:
        record = as_text(with_ids({"id": "example", **example["given"]}))
        day = example.get("as_of", "2021-06-01")
        _, found = both.differences(record, [day], only=name)
        assert not found, found[0]
        said = both.judge.verdicts_on(day, only=name)
        by_subject = {subject: verdict for (_, subject), verdict in said.items()}
        if "subject" in example:
            by_subject = {example["subject"]: by_subject[example["subject"]]}
        assert list(by_subject.values()) == [example["verdict"]], example


@pytest.mark.parametrize(
    "rule", [each for each in RULES if "rule" in each], ids=lambda rule: rule["rule"]
)
def test_the_examples_of_the_rules(both, rule):
    assert_examples_hold(both, rule["rule"], rule["examples"])


@pytest.mark.parametrize("name", TERMS)
def test_the_examples_of_the_terms(both_on_terms, name):
    assert_examples_hold(both_on_terms, name, TERMS[name]["examples"])


def assert_they_agree_on(both, path):
    record = as_text(with_ids(read_yaml(path)))  # JSON is YAML
    last = datetime.date.fromisoformat(record.get("as_of", "2021-06-01"))
    days = [(last + datetime.timedelta(by)).isoformat() for by in range(-400, 101, 50)]
    days.append(last.isoformat())
    verdicts, found = both.differences(record, days)
    assert verdicts.total() >= len(days) * len(both.reviewer.rules)
    assert not found, found[0]


@pytest.mark.parametrize(
    "path",
    [file for file in sorted((ROOT / "cases").rglob("*")) if file.is_file()],
    ids=lambda path: path.stem,
)
def test_the_worked_cases(both, path):
    assert_they_agree_on(both, path)


@pytest.mark.parametrize("path", sorted(SAMPLE_CASES.iterdir()), ids=lambda path: path.stem)
def test_the_samples(both_on_samples, path):
    assert_they_agree_on(both_on_samples, path)


# -- what random records meet too seldom -------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind, fields in FIELDS.items() if "date" in fields])
def test_an_event_ahead_has_shown_the_same(kind):
    values = {"date": "2021-03-02", "number": "1", "people": [], "text": "Some", "word": "Some"}
    tree = {"id": "gp"}
    for field, value_kind in FIELDS[kind].items():
        tree[field] = values.get(value_kind) or []
        if field in CODES[kind]:
            code = CODES[kind][field][0]
            tree[field] = code if value_kind == "code" else [code]
    rules = [
        {"rule": field.replace("_", "-"), "for_each": kind, "expects": {field: {"recorded": "yes"}}}
        for field in FIELDS[kind]
    ]
    both = Both(rules)
    verdicts, found = both.differences(
        {"id": "the-case", LIST_OF[kind]: [tree]}, ["2021-03-01", "2021-03-02"]
    )
    both.close()
    assert verdicts.total() == 2 * len(rules)
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
