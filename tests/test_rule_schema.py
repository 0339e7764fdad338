import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.audit import ANSWERED_BY, WORDS
from checklist.audit_reader import (
    AUDIT_KEYS,
    FOUND_BY_KEYS,
    POINT_KEYS,
    PUBLISHED_KEYS,
    SELECTION_KEYS,
)
from checklist.condition_reader import ConditionReader
from checklist.condition_words import TESTS
from checklist.query_reader import QUERY_EXAMPLES, QUERY_KEYS
from checklist.rule import PRIORITIES, VERDICT_NAMES
from checklist.rule_reader import (
    RULE_EXAMPLES,
    RULE_KEYS,
    TERM_EXAMPLES,
    TERM_KEYS,
    THEME_KEYS,
)
from checklist.rule_schema import schema
from checklist.rulebook import standard_rules
from checklist.setting_reader import SETTING_KEYS, TIMESCALE_KEYS
from checklist.vocabulary import Field, collections, subject_kinds

BAD = Path(__file__).parent / "bad" / "rules"
# what one file cannot tell, or what the schema leaves to the reader
BEYOND_THE_SCHEMA = {
    "ask-for-a-field-not-read",
    "count-above-of",
    "of-above-cases",
    "repeats-above-cases",
    "found-by-an-unknown-rule",
    "published-for-an-unknown-point",
    "published-number-twice",
    "brace-without-partner",
    "day-that-does-not-exist",
    "duplicate-id",
    "duplicate-term",
    "empty-way",
    "includes-no-agency",
    "includes-nobody",
    "learning-point-twice",
    "placeholder-with-a-form",
    "duplicate-query",
    "query-with-an-unknown-placeholder",
    "query-with-an-unknown-setting",
    "query-with-the-id-of-a-rule",
    "question-about-nobody-yet",
    "duplicate-setting",
    "duplicate-timescale",
    "edition-from-no-day",
    "editions-from-the-same-day",
    "unknown-timescale",
    "setting-in-another-unit",
    "setting-that-does-not-fit",
    "setting-that-is-a-word-with-a-unit",
    "setting-that-is-no-code",
    "term-about-another-subject",
    "term-about-the-case",
    "term-in-its-own-definition",
    "term-with-a-name-of-the-language",
    "term-with-the-name-of-a-field",
    "terms-that-define-each-other",
    "unknown-learning-point",
    "unknown-placeholder",
    "unknown-placeholder-in-a-question",
    "unknown-setting",
    "unknown-setting-in-a-text",
    "unknown-theme",
}


class _Editor(yaml.SafeLoader):
    """Reads plain scalars as YAML 1.2 does: `yes` is text, a number is one, a date is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own name and type)


for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first)


def as_an_editor_reads(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Editor)  # noqa: S506 (is a safe one)


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


def accepts(tree: object) -> bool:
    return bool(validator().is_valid(tree))


RULE: dict[str, Any] = {
    "rule": "a-rule",
    "title": "A point",
    "theme": "neglect",
    "source": "A test.",
    "for_each": "meeting",
    "expects": {"invited": {"includes": "gp"}},
    "priority": "routine",
    "gap": "It was not done.",
    "why": "It matters.",
    "close": "Do it.",
    "examples": [{"given": {}, "verdict": verdict} for verdict in ("met", "gap", "not recorded")],
}


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_reference_leads_somewhere_and_nothing_stands_idle() -> None:
    made = schema()
    led_to = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(made)))
    assert led_to == set(made["$defs"])


@pytest.mark.parametrize(
    "file",
    sorted(standard_rules().rglob("*.yaml")),
    ids=lambda file: str(file.relative_to(standard_rules())),
)
def test_the_rules_that_ship_fit_it(file: Path) -> None:
    errors = [error.message for error in validator().iter_errors(as_an_editor_reads(file))]
    assert errors == []


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_bad_rules_do_not_fit_it(file: Path) -> None:
    assert accepts(as_an_editor_reads(file)) == (file.stem in BEYOND_THE_SCHEMA)


def test_a_minimal_rule_fits_alone_and_in_a_list() -> None:
    assert accepts(RULE)
    assert accepts([RULE, {"theme": "housing", "title": "Housing"}])


@pytest.mark.parametrize(
    "change",
    [
        {"for_each": "meetings"},
        {"priority": "soon"},
        {"rule": "A Rule"},
        {"title": " "},
        {"title": "About {kind}"},
        {"expects": {}},
        {"expects": None},
        {"expects": {"kind": "stratgy"}},
        {"expects": {"kind": None}},
        {"expects": {"assessed": {"recorded": "yes"}}},
        {"expects": {"father.assessed": "yes"}, "for_each": "meeting"},
        {"expects": {"meetings": {"kind": "strategy"}}},
        {"expects": {"some": {"meetings": {"state": "completed"}}}},
        {"expects": {"any": [{"kind": "stratgy"}]}},
        {"expects": {"not": {"invited": {"includes": "the_gp"}}}},
        {"expects": {"date": {"after": "next_conference"}}},
        {"by": "dat"},
        {"by": {"weeks": 6, "of": "date"}},
        {"by": {"weeks": "six", "before": "date"}},
        {"ask": {"invited": ""}},
        {"learned_from": "C13"},
        {"examples": RULE["examples"][:2]},
        {
            "examples": [
                *RULE["examples"],
                {"given": {"meetings": [{"invitd": []}]}, "verdict": "met"},
            ]
        },
        {"severity": "high"},
        {"expects": {"kind": {"setting": "our_meeting", "in": ["strategy"]}}},
        {"expects": {"kind": {"setting": ["our_meeting"]}}},
        {"expects": {"date": {"setting": "our_day"}}},
        {"by": {"timescale": "review", "before": "date"}},
        {"by": {"timescale": "review", "of": "date"}},
        {"by": {"timescale": "Review", "after": "date"}},
    ],
    ids=str,
)
def test_what_is_obviously_wrong_does_not_fit(change: dict[str, Any]) -> None:
    assert not accepts({**RULE, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"for_each": "child", "expects": {"father": {"assessed": "yes"}}},
        {"for_each": "child", "expects": {"father": {"recorded": "yes"}}},
        {"for_each": "child", "expects": {"father.assessed": "yes", "case.a_term": "no"}},
        {"for_each": "child", "expects": {"father.case.concerns": {"includes": "neglect"}}},
        {"expects": {"a_term": "yes"}},
        {"expects": {"a_term": True}},
        {"by": "case.next_conference"},
        {"by": {"working_days": 15, "after": "date"}},
        {"expects": {"date": {"after": "2021-01-01", "within": {"months": 2, "of": "as_of"}}}},
        {"expects": {"every": {"case.tools": {"where": {"tool": "gcp2"}, "state": "completed"}}}},
        {"expects": {"kind": {"setting": "our_meeting"}}},
        {"expects": {"kind": {"in": ["strategy", {"setting": "our_meeting"}]}}},
        {"expects": {"invited": {"includes": {"setting": "our_agency"}}}},
        {"expects": {"date": {"within": {"weeks": {"setting": "weeks"}, "before": "as_of"}}}},
        {"expects": {"date": {"at_least": {"weeks": {"setting": "weeks"}, "before": "as_of"}}}},
        {"by": {"working_days": {"setting": "days"}, "after": "date"}},
        {"by": {"timescale": "review", "after": "date"}},
        {"expects": {"date": {"within": {"timescale": "review", "after": "case.next_conference"}}}},
        {"for_each": "child", "expects": {"age_years": {"at_least": {"setting": "years"}}}},
    ],
    ids=str,
)
def test_what_a_rule_can_say_fits(change: dict[str, Any]) -> None:
    assert accepts({**RULE, **change})


def test_its_keys_and_codes_are_the_readers() -> None:
    made = schema()["$defs"]
    for name, keys in (
        ("rule", RULE_KEYS),
        ("term", TERM_KEYS),
        ("setting", SETTING_KEYS),
        ("timescale", TIMESCALE_KEYS),
        ("theme", THEME_KEYS),
        ("audit", AUDIT_KEYS),
        ("example", RULE_EXAMPLES.keys),
        ("term_example", TERM_EXAMPLES.keys),
        ("query", QUERY_KEYS),
        ("query_example", QUERY_EXAMPLES.keys),
    ):
        assert list(made[name]["properties"]) == list(keys)
        assert made[name]["required"] == [key for key, each in keys.items() if each.needed]
    audit = made["audit"]["properties"]
    point, number = audit["points"]["items"], audit["published"]["items"]
    for each, keys in (
        (point, POINT_KEYS),
        (number, PUBLISHED_KEYS),
        (number["properties"]["found_by"], FOUND_BY_KEYS),
        (audit["selection"], SELECTION_KEYS),
    ):
        assert list(each["properties"]) == list(keys)
    assert point["properties"]["answered_by"]["items"]["enum"] == list(ANSWERED_BY)
    assert number["properties"]["words"]["enum"] == list(WORDS)
    assert made["rule"]["properties"]["priority"]["enum"] == list(PRIORITIES)
    assert made["example"]["properties"]["verdict"]["enum"] == list(VERDICT_NAMES)


def test_every_field_stands_in_it_with_its_description() -> None:
    made = schema()["$defs"]
    for kind in subject_kinds().values():
        for name, field in kind.fields.items():
            assert made[f"{kind.name}.{name}"]["description"] == field.description
            assert name in made[f"on_{kind.name}"]["properties"]


# -- the schema and the reader on the same conditions ------------------------------------------

_PLAIN = st.sampled_from(
    [
        "strategy",
        "gp",
        "neglect",
        "yes",
        "no",
        "as_of",
        "date",
        "2021-03-01",
        "this_child",
        "",
        5,
        -1,
    ]
)


def _operands(field: Field) -> dict[str, st.SearchStrategy[Any]]:
    plain: dict[str, st.SearchStrategy[Any]] = {
        "number": st.integers(-200_000, 200_000),
        "date": st.sampled_from(["2021-03-01", "2020-02-29", "1 March"]),
        "word": st.sampled_from(["English", "Polish"]),
    }
    one = plain.get(field.kind, st.sampled_from([*field.codes, "another"]))
    days = st.sampled_from(["as_of", "2021-03-01", "date", "born", "case.next_conference"])
    period = st.fixed_dictionaries(
        {"weeks": st.integers(-1, 9)}, optional={"before": days, "of": days, "years": days}
    )
    return {
        "": one,
        "in": st.lists(one, max_size=3),
        "includes": st.one_of(one, st.lists(one, max_size=3), st.just("this_child")),
        "at_least": period if field.kind == "date" else one,
        "at_most": one,
        "before": days,
        "after": days,
        "within": period,
        "recorded": st.sampled_from(["yes", "no"]),
    }


@cache
def _conditions(kind: str, depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    fields = subject_kinds()[kind].fields
    entries: list[st.SearchStrategy[tuple[str, Any]]] = []
    for name, field in fields.items():
        operands = _operands(field)
        fitting = [test for test in TESTS[field.kind] for _ in range(4)]  # mostly what can be read
        entries += [
            st.tuples(st.just(name), st.fixed_dictionaries({test: operands[test]}))
            for test in [*fitting, "in", "before"]
        ]
        entries.append(st.tuples(st.just(name), operands[""]))
    entries.append(st.tuples(st.sampled_from(["unknown field", "kinds", "way", "all"]), _PLAIN))
    if depth:
        inner = _conditions(kind, depth - 1)
        entries += [
            st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, max_size=2)),
            st.tuples(st.just("not"), inner),
            st.tuples(
                st.sampled_from(["some", "every"]),
                st.sampled_from(sorted(collections())).flatmap(
                    lambda plural: st.fixed_dictionaries(
                        {plural: _conditions(collections()[plural], 0)}
                    )
                ),
            ),
        ]
    return st.lists(st.one_of(entries), max_size=3).map(dict)


@settings(deadline=None)  # the first draw makes the schema
@given(st.data())
def test_what_the_reader_accepts_fits_the_schema(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(subject_kinds())))
    tree = data.draw(_conditions(kind))
    reader = ConditionReader("rules.yaml", lambda _: None, list)
    read = reader.read(tree, kind, "expects")
    assert (read is None) == bool(reader.faults)
    if read is not None:
        assert accepts({**RULE, "for_each": kind, "expects": tree})
