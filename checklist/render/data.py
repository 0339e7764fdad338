"""JSON: the verdicts of a review for programs, as `checklist schema report` describes them."""

import datetime
import json
from collections.abc import Iterator
from typing import Any, Literal

from typing_extensions import TypedDict

from checklist.report import count
from checklist.review import QueryAnswer, Review
from checklist.rule import Priority, VerdictName
from checklist.subjects import SubjectName
from checklist.text import safe_json
from checklist.verdict import Accepted, Because, Looked, Missing, Verdict


class SubjectData(TypedDict):
    """Which subject the verdict is about: its kind, its id in the case file, and words for it."""

    kind: str
    id: str
    label: str


class AcceptedData(TypedDict):
    """The gap was accepted: why, by whose role, and the last day on which that stands."""

    reason: str
    role: str
    review: str


class BecauseData(TypedDict):
    """A recorded value that the verdict rests on; dates are YYYY-MM-DD, lists are sorted."""

    field: str
    value: str | int | list[str]
    agency: str | None
    where: str | None


class LookedForData(TypedDict):
    """Where and on which day (YYYY-MM-DD) a value was looked for that is not on file."""

    where: str
    date: str


class MissingData(TypedDict):
    """A value that is not recorded, and the question that would settle it.

    `looked_for` is empty where nobody recorded having looked for it.
    """

    field: str
    question: str
    looked_for: list[LookedForData]


class NeededData(TypedDict):
    """A newly recorded value: the field, and in words the test that it must pass."""

    field: str
    test: str


class VerdictData(TypedDict):
    """The answer of one rule on one subject.

    `deadline` is YYYY-MM-DD; `days_left` is negative once it has passed. Each list in
    `would_be_met_by` would, newly recorded, make the verdict met.
    """

    rule: str
    title: str
    theme: str
    priority: Priority
    subject: SubjectData
    verdict: VerdictName
    accepted: AcceptedData | None
    deadline: str | None
    days_left: int | None
    because: list[BecauseData]
    missing: list[MissingData]
    would_be_met_by: list[list[NeededData]]
    message: str
    close: str


class QueryData(TypedDict):
    """What does not fit together in the record about one subject, and what to look up.

    It is about the record and not about practice, so no verdict counts it. A query on which the
    engine failed is told too: its `state` says so, and it says nothing about the case.
    """

    query: str
    title: str
    subject: SubjectData
    state: Literal["raised", "could not be judged"]
    because: list[BecauseData]
    message: str
    check: str


class ReviewData(TypedDict):
    """One case, judged as its record stood on `as_of` (YYYY-MM-DD).

    `settings` holds the local settings in force whose value is not the default. `queries` is empty
    where a part of the rules was chosen.
    """

    case: str
    as_of: str
    settings: dict[str, int | str]
    summary: dict[VerdictName, int]
    verdicts: list[VerdictData]
    queries: list[QueryData]


def data_of(review: Review) -> ReviewData:
    """Return a review as plain data."""
    return {
        "case": review.case.id,
        "as_of": review.as_of.isoformat(),
        "settings": {setting.id: setting.value for setting in review.settings},
        "summary": count(review.verdicts),
        "verdicts": [_verdict(verdict) for verdict in review.verdicts],
        "queries": [_query(answer) for answer in review.queries],
    }


def as_json(review: Review) -> str:
    """Return a review as indented JSON."""
    return safe_json(json.dumps(data_of(review), ensure_ascii=False, indent=2))


def as_json_line(review: Review) -> str:
    """Return a review as JSON on one line."""
    return safe_json(json.dumps(data_of(review), ensure_ascii=False, separators=(",", ":")))


def json_list(documents: Iterator[str]) -> Iterator[str]:
    """Yield JSON in pieces: the document where there is one, a list of any other number."""
    first = next(documents, None)
    if first is None:
        yield "[]"
        return
    last = next(documents, None)
    if last is None:
        yield first
        return
    yield "["
    yield f"{first},"
    for document in documents:
        yield f"{last},"
        last = document
    yield last
    yield "]"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed for one case or several."""
    from pydantic import TypeAdapter

    one = TypeAdapter(ReviewData).json_schema()
    definitions = one.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Gap report",
        "description": "What `checklist review --format json` prints: one review, or a list of "
        "them for several cases. With `--format jsonl` each line is one review.",
        "anyOf": [
            {"$ref": "#/$defs/ReviewData"},
            {"type": "array", "items": {"$ref": "#/$defs/ReviewData"}},
        ],
        "$defs": {**definitions, "ReviewData": one},
    }


def _verdict(verdict: Verdict) -> VerdictData:
    return {
        "rule": verdict.rule.id,
        "title": verdict.rule.title,
        "theme": verdict.rule.theme,
        "priority": verdict.rule.priority,
        "subject": subject_data(verdict.subject),
        "verdict": verdict.name,
        "accepted": accepted_data(verdict.accepted),
        "deadline": None if verdict.deadline is None else verdict.deadline.isoformat(),
        "days_left": verdict.days_left,
        "because": [
            because_data(each)
            for each in dict.fromkeys((*verdict.because, *verdict.applies_because))
        ],
        "missing": [missing_data(each) for each in verdict.missing],
        "would_be_met_by": [
            [{"field": each.field, "test": each.test} for each in needed]
            for needed in verdict.would_be_met_by
        ],
        "message": verdict.message,
        "close": verdict.close,
    }


def _query(answer: QueryAnswer) -> QueryData:
    return {
        "query": answer.query.id,
        "title": answer.query.title,
        "subject": subject_data(answer.subject),
        "state": answer.state,
        "because": [because_data(each) for each in answer.because],
        "message": answer.message,
        "check": answer.check,
    }


def subject_data(subject: SubjectName) -> SubjectData:
    """Return which subject a verdict is about as plain data."""
    return {"kind": subject.kind, "id": subject.id, "label": subject.label}


def accepted_data(accepted: Accepted | None) -> AcceptedData | None:
    """Return an acceptance as plain data, where there is one."""
    if accepted is None:
        return None
    return {
        "reason": accepted.reason,
        "role": accepted.role,
        "review": accepted.review.isoformat(),
    }


def missing_data(missing: Missing) -> MissingData:
    """Return what is not recorded as plain data."""
    return {
        "field": missing.field,
        "question": missing.question,
        "looked_for": [looked_for_data(each) for each in missing.looked_for],
    }


def looked_for_data(looked: Looked) -> LookedForData:
    """Return where a value was looked for as plain data."""
    return {"where": looked.where, "date": looked.date.isoformat()}


def plain(value: Any) -> Any:
    """Return a recorded value as JSON holds it: a date as YYYY-MM-DD, a set as a sorted list."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def because_data(because: Because) -> BecauseData:
    """Return a recorded value as plain data."""
    return {
        "field": because.field,
        "value": plain(because.value),
        "agency": because.agency,
        "where": because.where or because.agreed or _worked_out(because),
    }


def _worked_out(because: Because) -> str | None:
    return because.worked_out and f"worked out from {because.worked_out}"
