import copy
import datetime
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing.exceptions import Unresolvable

from checklist.case_file import case_from, read_cases
from checklist.codes import Agencies
from checklist.errors import BadInput
from checklist.record import Case
from checklist.recorded import recorded_as
from checklist.source import parse_yaml
from checklist.values import ValueKind
from tests.conftest import case_of

CASES = Path(__file__).parent.parent / "cases"

FORMS = """
id: 12
about: 2021
as_of: 2021-06-01
source: {agency: gp, where: 7, date: 2021-01-01}
note: true
concerns: [neglect, domestic_abuse]
next_conference:
children:
  - id: kim
    born: 2021-02-01
    unborn: no
    first_language:
    interpreters_used: []
    mother: lee
    father: {value: not_known, agency: police, where: 3, date: 2021-01-02, note: 4}
  - id: pat
    expected:
      - {value: 2021-08-01, agency: midwifery}
      - {value: 2021-08-03, agency: gp}
      - value: 2021-08-02
        agreed: {date: 2021-02-03, role: chair, reason: scan}
    interpreters_used: professional
adults:
  - id: lee
    age_years: 19
    assessed: yes
    spoken_to: [{value: yes, agency: gp}, {value: no, agency: }]
    in_household: [yes, {value: no, agency: gp}]
    interpreter_needed: true
    partner: jo
  - {id: jo, age_years: {value: 24}, assessed: {value: false, agency: gp}, relation: father}
couples:
  - people: [lee, jo]
    age_gap_explored_for: []
meetings:
  - kind: strategy
    date: 2021-01-08
    invited: gp
    attended: {value: gp, agency: police}
    minutes_sent_to:
      - {value: [gp, police], agency: police}
      - {value: [], agency: gp}
assessments:
tools: []
accepted:
  - {rule: gp-invited, subject: 5, reason: 6, role: manager, review: 2021-08-01, date: }
not_applicable:
  - {rule: gp-invited, subject: , reason: 6, role: manager, agency: gp, date: 2021-01-03}
looked_for:
  - {field: "adults[lee].assessed", where: 7, date: 2021-01-03}
  - {field: assessments, where: file, date: 2021-01-03}
"""


class Editor(yaml.SafeLoader):
    """Reads YAML as the editors do that complete and check: by YAML 1.2, so that yes is text."""


Editor.yaml_implicit_resolvers = {}
for kind, first, words in [
    ("null", ["~", "n", "N", ""], r"~|null|Null|NULL|"),
    ("bool", "tTfF", r"true|True|TRUE|false|False|FALSE"),
    ("int", "-+0123456789", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", "-+.0123456789", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
]:
    pattern = yaml.reader.re.compile(f"^(?:{words})$")
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", pattern, list(first))


def as_an_editor_reads(text):
    return yaml.load(text, Editor)  # noqa: S506 (a safe loader)


@pytest.fixture(scope="module")
def schema():
    return Case.model_json_schema()


@pytest.fixture(scope="module")
def faults(schema):
    """Return a function to what an editor would mark in a case file."""
    validator = Draft202012Validator(schema)
    return lambda tree: [error.message for error in validator.iter_errors(tree)]


def parts_of(tree):
    """Yield every mapping in a schema."""
    if isinstance(tree, dict):
        yield tree
    for inner in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(inner, dict | list):
            yield from parts_of(inner)


# -- reading -----------------------------------------------------------------------------------


def test_every_form_of_a_value_is_read():
    case = case_from(parse_yaml(FORMS, "forms.yaml"), "forms.yaml")
    assert (case.id, case.about, case.note) == ("12", "2021", "true")
    assert case.as_of == datetime.date(2021, 6, 1)
    assert case.next_conference == ()
    kim, pat = case.children
    assert [word.value for word in kim.unborn] == ["no"]
    assert kim.first_language == ()
    assert [word.value for word in kim.interpreters_used] == [frozenset()]
    assert [word.value.day for word in pat.expected] == [1, 3, 2]
    lee, jo = case.adults
    assert [word.value for word in lee.spoken_to] == ["yes", "no"]
    assert [word.value for word in lee.interpreter_needed] == ["yes"]
    assert [word.value for word in jo.assessed] == ["no"]
    assert case.meetings[0].invited[0].value == {"gp"}
    assert [word.value for word in case.meetings[0].minutes_sent_to] == [{"gp", "police"}, set()]
    assert [(each.subject, each.agency) for each in case.not_applicable] == [(None, "gp")]
    assert [each.where for each in case.looked_for] == ["7", "file"]


@pytest.mark.parametrize("key", ["children", "meetings", "tools", "safety_plans", "plans"])
def test_a_key_left_out_or_blank_is_silence_and_an_empty_list_a_record(key):
    assert getattr(case_of(""" {} """), key) is None
    assert getattr(case_of(f"{key}:"), key) is None
    assert getattr(case_of(f"{key}: []"), key) == ()


@pytest.mark.parametrize("key", ["accepted", "judgements", "not_applicable", "looked_for"])
def test_of_what_people_say_about_the_record_none_and_a_blank_are_the_same(key):
    for text in ("{}", f"{key}:", f"{key}: []"):
        assert getattr(case_of(text), key) == ()


def test_a_couple_is_two_different_people():
    for people in ("[lee]", "[lee, lee]", "[lee, jo, pat]", "lee", "", "[]", "{lee: jo}"):
        with pytest.raises(BadInput, match=r"people \(couples, item 1\): a couple is two people"):
            case_of(f"adults: [{{id: lee}}, {{id: jo}}]\ncouples:\n  - people: {people}")


def test_a_record_cannot_be_changed_once_it_is_read():
    case = case_of("about: one")
    with pytest.raises(ValueError, match="frozen"):
        case.about = "two"


# -- the schema --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.*")), ids=lambda path: path.name)
def test_the_schema_accepts_the_worked_cases_and_the_program_too(faults, path):
    assert faults(as_an_editor_reads(path.read_text(encoding="utf-8"))) == []
    (read,) = read_cases([path])
    assert isinstance(read.case, Case)


def test_the_schema_accepts_every_form_of_a_value(faults):
    assert faults(as_an_editor_reads(FORMS)) == []


def test_an_editor_takes_yes_for_text_and_true_for_a_truth_value():
    read = as_an_editor_reads("[yes, no, on, true, 2021-02-03, 12, 1.5, ~, null, 012x]")
    assert read == ["yes", "no", "on", True, "2021-02-03", 12, 1.5, None, None, "012x"]


@pytest.mark.parametrize(
    "place",
    [
        (),
        ("source",),
        ("children", 0),
        ("children", 0, "father"),
        ("children", 1, "expected", 0),
        ("children", 1, "expected", 2, "agreed"),
        ("adults", 0),
        ("adults", 0, "spoken_to", 1),
        ("couples", 0),
        ("meetings", 0),
        ("meetings", 0, "minutes_sent_to", 0),
        ("accepted", 0),
        ("not_applicable", 0),
        ("looked_for", 1),
    ],
)
def test_the_schema_and_the_program_refuse_an_unknown_key_wherever_it_stands(faults, place):
    tree = as_an_editor_reads(FORMS)
    inner = tree
    for step in place:
        inner = inner[step]
    inner["unheard_of"] = "x"
    assert faults(tree)
    with pytest.raises(BadInput, match="there is no such key here"):
        case_from(tree)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../etc/passwd"),
        ("id", "Mary Smith"),
        ("id", None),
        ("about", ["x"]),
        ("concerns", "witchcraft"),
        ("concerns", ["neglect", {"value": ["neglect"]}]),
        ("concerns", {"agency": "gp"}),
        ("children", {"id": "kim"}),
        ("children", [{}]),
        ("adults", [{"id": "lee", "assessed": "maybe"}]),
        ("adults", [{"id": "lee", "assessed": []}]),
        ("adults", [{"id": "lee", "age_years": "nineteen"}]),
        ("couples", [{"people": ["lee"]}]),
        ("source", {"agency": "nobody"}),
        ("source", {"where": "a letter"}),
        ("accepted", [{"rule": "gp-invited"}]),
        ("not_applicable", [{"rule": "gp-invited", "reason": "r", "role": "chair"}]),
        ("looked_for", [{"field": "meetings", "date": "2021-01-03"}]),
    ],
)
def test_what_the_schema_refuses_the_program_refuses_too(faults, key, value):
    tree = {"id": "family-1", key: value}
    assert faults(tree)
    with pytest.raises(BadInput):
        case_from(tree)


def test_the_schema_is_one(schema):
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Case record"
    definitions = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert {part["$ref"] for part in parts_of(schema) if "$ref" in part} == definitions


def test_every_key_of_the_schema_says_what_it_is_for(schema):
    for part in parts_of(schema):
        for name, described in part.get("properties", {}).items():
            assert described["description"], name


def test_the_schema_names_no_default_since_silence_has_none(schema):
    for part in parts_of(schema):
        assert isinstance(part.get("default", {}), dict)  # a schema, where a key is called so


def test_the_schema_says_each_list_of_words_once(schema):
    lists = [json.dumps(part["enum"]) for part in parts_of(schema) if "enum" in part]
    assert len(lists) == len(set(lists))
    assert len(json.dumps(schema)) < 100_000


def test_the_schema_names_every_word_of_every_field(schema):
    (kind,) = (marker for marker in Agencies.__metadata__ if isinstance(marker, ValueKind))
    assert schema["$defs"]["AgencyCode"]["enum"] == list(kind.codes)
    assert set(schema["properties"]) == set(Case.model_fields)
    assert recorded_as(Case.model_fields["concerns"]).codes == tuple(
        schema["$defs"]["ConcernCode"]["enum"]
    )


def test_the_schema_is_the_same_each_time_and_leaves_the_models_alone(schema):
    before = copy.deepcopy(schema)
    assert Case.model_json_schema() == before
    assert case_of("concerns: neglect").concerns[0].value == {"neglect"}


def test_no_reference_of_the_schema_leads_nowhere(faults):
    try:
        faults(as_an_editor_reads(FORMS) | {"plans": [{}], "safety_plans": [{}], "tools": [{}]})
    except Unresolvable as error:
        pytest.fail(str(error))
