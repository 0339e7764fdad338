import csv
import io
import json

import jsonschema

from checklist.choosing import Cohort, Considered, take_sample
from checklist.render.choosing_data import COLUMNS, as_json, data_of, paths, rows, schema
from checklist.render.spreadsheet import write_csv
from checklist.selection import Belonging
from tests.conftest import DAY

CASES = (
    Considered(Belonging("a", "yes"), "one.yaml", None, DAY, {"authority": "north", "audit": "A"},
               {"repeat": "yes"}),
    Considered(Belonging("b", "yes"), "many.jsonl", 2, DAY, {"authority": "south"},
               {"repeat": "not recorded"}),
    Considered(Belonging("c", "yes"), "many.jsonl", 3, DAY, {}, {"repeat": "no"}),
    Considered(Belonging("d", "no", ("No plan is open.", "=cmd\x1b.")), "d.yaml", None, DAY, {}),
)  # fmt: skip
PLAIN = Cohort(None, ("{chronology: yes}",), CASES)
SAMPLED = PLAIN._replace(
    sample=take_sample(CASES, 2, "s", "authority", {"repeat": 2})._replace(again="checklist select")
)


def test_what_is_printed_fits_the_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for cohort in (PLAIN, SAMPLED, Cohort(None, (), ())):
        validator.validate(json.loads(as_json(cohort)))
        assert "\x1b" not in as_json(cohort)


def test_a_cohort_has_the_promised_keys(standard_rulebook) -> None:
    data = data_of(SAMPLED._replace(audit=standard_rulebook.audits[0]))
    assert list(data) == ["audit", "where", "summary", "cases", "sample"]
    assert (data["audit"], data["where"]) == ("A", ["{chronology: yes}"])
    assert data["summary"] == {
        "yes": 3, "no": 1, "disputed": 0, "not recorded": 0, "could not be judged": 0,
    }  # fmt: skip
    assert data["cases"][1] == {
        "case": "b", "file": "many.jsonl", "line": 2, "authority": "south", "audit": None,
        "as_of": "2021-06-01", "qualifies": "yes", "why": [], "drawn": True,
    }  # fmt: skip
    sample = data["sample"]
    assert sample is not None
    assert sample["drawn"] == ["a", "b"]
    assert sample["strata"] == [
        {"name": "north", "qualify": 1, "drawn": ["a"]},
        {"name": "south", "qualify": 1, "drawn": ["b"]},
    ]
    assert sample["at_least"] == [
        {"kind": "repeat", "asked": 2, "there": 1, "drawn": 1, "most": 1, "unclear": ["b"]}
    ]
    assert sample["apart"] == ["c"]
    assert len(sample["lacks"]) == 1
    assert sample["again"] == "checklist select"


def test_a_table_has_a_row_for_each_case() -> None:
    stream = io.StringIO()
    write_csv(rows(SAMPLED), COLUMNS, stream, is_file=False)
    table = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [(row["case"], row["drawn"]) for row in table] == [
        ("a", "yes"), ("b", "yes"), ("c", "no"), ("d", "no"),
    ]  # fmt: skip
    assert table[3]["why"] == "No plan is open. =cmd<U+001B>."
    assert [row["drawn"] for row in rows(PLAIN)] == [None] * 4


def test_paths_are_those_of_the_cases_chosen_each_once() -> None:
    assert paths(PLAIN) == ["one.yaml", "many.jsonl"]
    assert paths(SAMPLED) == ["one.yaml", "many.jsonl"]
    assert paths(PLAIN._replace(cases=CASES[3:])) == []
