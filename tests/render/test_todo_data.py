import json

import jsonschema
import pytest

from checklist.case_file import read_cases
from checklist.render.data import json_list
from checklist.render.todo_data import as_json, data_of, schema
from checklist.review import Reviewer
from checklist.todo import todo_of
from tests.conftest import DAY, SAMPLE_CASES


@pytest.fixture(scope="module")
def todos(rulebook):
    reviewer = Reviewer(rulebook)
    return [
        todo_of(reviewer.review(read.case, read.case.as_of or DAY))
        for read in read_cases([SAMPLE_CASES])
    ]


def test_what_is_printed_fits_the_published_schema(todos):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for todo in todos:
        validator.validate(json.loads(as_json(todo)))
    whole = json.loads("\n".join(json_list(map(as_json, todos))))
    validator.validate(whole)
    assert whole == [data_of(todo) for todo in todos]


def test_an_entry_has_the_promised_keys(todos):
    data = data_of(todos[0])
    assert list(data) == ["case", "as_of", "next_conference", "not_judged", "entries"]
    for entry in data["entries"]:
        assert list(entry) == [
            "kind", "when", "by", "overdue_since", "priority", "title", "action", "who", "why",
            "subjects", "members", "looked_for", "questions", "record", "ways",
            "accept", "accepted_until", "rules", "query",
        ]  # fmt: skip
        for record in entry["record"]:
            assert list(record) == ["field", "says", "test", "value", "adds"]


def test_days_are_in_order_and_what_has_none_is_last(todos):
    for todo in todos:
        days = [each["by"] or "9999" for each in data_of(todo)["entries"]]
        assert days == sorted(days)


def test_what_there_is_none_of_is_null(todos):
    entries = [each for todo in todos for each in data_of(todo)["entries"]]
    for key in ("by", "overdue_since", "who", "query"):
        assert {None} < {each[key] for each in entries}
    assert {None} < {each["test"] for entry in entries for each in entry["record"]}
