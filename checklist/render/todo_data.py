"""JSON: what to do, for programs, as `checklist schema todo` describes it."""

import json
from typing import Any

from typing_extensions import TypedDict

from checklist.recording import Record
from checklist.render.data import LookedForData, SubjectData, looked_for_data, subject_data
from checklist.rule import Priority
from checklist.text import safe_json
from checklist.todo import Entry, Kind, Todo, When
from checklist.verdict import Asked


class RecordData(TypedDict):
    """Something to be recorded: the field by its path in the case, and what of it.

    `test` is what the value has to be in words, null where any answer will do. `value` is it in
    YAML, with `...` and `YYYY-MM-DD` for what has to be filled in; null where it cannot be shown.
    With `adds` it is a new member of the list that `field` names.
    """

    field: str
    says: str
    test: str | None
    value: str | None
    adds: bool


class QuestionData(TypedDict):
    """A question, the members of a list it is asked of, and where the answer was looked for."""

    question: str
    members: list[str]
    looked_for: list[LookedForData]


class EntryData(TypedDict):
    """One thing to do; dates are YYYY-MM-DD.

    `by` is the last day for it, null where no conference is known. `overdue_since` is the day by
    which it should have been done. `title` is the point of practice, or the question. `questions`
    is what is not recorded yet of something that can still be done in time; `members` are the
    members of a list of which a question is asked, and `looked_for` is where its answer was looked
    for and not found. `record` is one of so many `ways` to put it right. `accept` is how it is
    recorded that a gap is accepted that nothing can put right any more. `accepted_until` is the day
    an acceptance ran out.
    """

    kind: Kind
    when: When
    by: str | None
    overdue_since: str | None
    priority: Priority
    title: str
    action: str
    who: str | None
    why: str
    subjects: list[SubjectData]
    members: list[str]
    looked_for: list[LookedForData]
    questions: list[QuestionData]
    record: list[RecordData]
    ways: int
    accept: list[RecordData]
    accepted_until: str | None
    rules: list[str]
    query: str | None


class TodoData(TypedDict):
    """What to do about one case, in order of date, as its record stood on `as_of` (YYYY-MM-DD).

    `not_judged` is how many points could not be judged, which may add to it.
    """

    case: str
    as_of: str
    next_conference: str | None
    not_judged: int
    entries: list[EntryData]


def data_of(todo: Todo) -> TodoData:
    """Return a to-do list as plain data."""
    conference = todo.next_conference
    return {
        "case": todo.case_id,
        "as_of": todo.as_of.isoformat(),
        "next_conference": None if conference is None else conference.isoformat(),
        "not_judged": todo.not_judged,
        "entries": [_entry(entry) for entry in todo.entries],
    }


def as_json(todo: Todo) -> str:
    """Return a to-do list as indented JSON."""
    return safe_json(json.dumps(data_of(todo), ensure_ascii=False, indent=2))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed for one case or several."""
    from pydantic import TypeAdapter

    one = TypeAdapter(TodoData).json_schema()
    definitions = one.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "To-do list",
        "description": "What `checklist todo --format json` prints: one list, or a list of them "
        "for several cases.",
        "anyOf": [
            {"$ref": "#/$defs/TodoData"},
            {"type": "array", "items": {"$ref": "#/$defs/TodoData"}},
        ],
        "$defs": {**definitions, "TodoData": one},
    }


def _entry(entry: Entry) -> EntryData:
    time, lapsed = entry.time, entry.lapsed
    return {
        "kind": entry.kind,
        "when": time.when,
        "by": None if time.by is None else time.by.isoformat(),
        "overdue_since": None if time.passed is None else time.passed.isoformat(),
        "priority": entry.priority,
        "title": entry.title,
        "action": entry.action,
        "who": entry.who,
        "why": entry.why,
        "subjects": [subject_data(subject) for subject in entry.subjects],
        "members": list(entry.asked.members),
        "looked_for": _looked_for(entry.asked),
        "questions": [
            {
                "question": question,
                "members": list(asked.members),
                "looked_for": _looked_for(asked),
            }
            for question, asked in entry.questions
        ],
        "record": [_record(record) for record in entry.records],
        "ways": entry.ways,
        "accept": [_record(record) for record in entry.instead],
        "accepted_until": None if lapsed is None else lapsed.isoformat(),
        "rules": [rule.id for rule in entry.rules],
        "query": None if entry.query is None else entry.query.id,
    }


def _looked_for(asked: Asked) -> list[LookedForData]:
    return [looked_for_data(each) for each, _ in asked.looked_for]


def _record(record: Record) -> RecordData:
    return {
        "field": record.field,
        "says": record.says,
        "test": record.test or None,
        "value": record.value or None,
        "adds": record.adds,
    }
