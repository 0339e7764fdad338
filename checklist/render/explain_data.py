"""JSON: explanations for programs, as `checklist schema explanation` describes them."""

import datetime
import json
from collections.abc import Sequence
from typing import Any, Literal

from typing_extensions import TypedDict

from checklist import wording
from checklist.condition_tree import Node, NodeKind
from checklist.explanation import Deadline, Explanation
from checklist.render.data import (
    AcceptedData,
    MissingData,
    NeededData,
    SubjectData,
    accepted_data,
    missing_data,
    plain,
)
from checklist.text import safe_json
from checklist.verdict import Because
from checklist.wording import TruthName


class ValueData(TypedDict):
    """A recorded value, with who said it, where and when; dates are YYYY-MM-DD.

    `agreed` says when agencies settled on it, `worked_out` from what it follows.
    """

    field: str
    name: str
    value: str | int | list[str]
    agency: str | None
    where: str | None
    date: str | None
    agreed: str | None
    worked_out: str | None


class NodeData(TypedDict):
    """One condition: what it says, whether that is so, and the recorded values it rests on.

    `decided` is false where it made no difference to what stands over it. `label` names the
    member of a collection or the person that it speaks of, `way` the way of meeting a rule that it
    is, `meaning` what a term means, and `silent` what it looks at and nobody recorded.
    """

    kind: NodeKind
    words: str
    truth: TruthName
    label: str | None
    way: str | None
    decided: bool
    values: list[ValueData]
    silent: list[str]
    meaning: str | None
    parts: "list[NodeData]"


class DeadlineData(TypedDict):
    """By when it can be put right; `days` are the recorded days from which that is counted."""

    words: str
    last: str | None
    days_left: int | None
    days: list[ValueData]
    silent: str | None


class ExplanationData(TypedDict):
    """Why a rule gives a verdict on a subject, or why a term is so of it.

    `answer` is the verdict, or of a term one of yes, no, records disagree, not recorded; `follows`
    is the row of the table of verdicts that gives it. `applies` and `expects` are null where there
    was nothing to judge. `settings` holds the local settings it uses whose value is not the
    default. Each list in `would_be_met_by` would, newly recorded, make the verdict
    met, or the term so.
    """

    kind: Literal["rule", "term"]
    id: str
    title: str
    subject: SubjectData
    answer: str
    follows: str
    message: str
    applies: NodeData | None
    expects: NodeData | None
    deadline: DeadlineData | None
    accepted: AcceptedData | None
    was_accepted: AcceptedData | None
    missing: list[MissingData]
    settings: dict[str, int | str]
    would_be_met_by: list[list[NeededData]]


class ExplanationsData(TypedDict):
    """The explanations of one rule or term on one case, as its record stood on `as_of`."""

    case: str
    as_of: str
    explanations: list[ExplanationData]


def data_of(
    case: str, as_of: datetime.date, explanations: Sequence[Explanation]
) -> ExplanationsData:
    """Return explanations as plain data."""
    return {
        "case": case,
        "as_of": as_of.isoformat(),
        "explanations": [_explanation(each) for each in explanations],
    }


def as_json(case: str, as_of: datetime.date, explanations: Sequence[Explanation]) -> str:
    """Return explanations as indented JSON."""
    return safe_json(json.dumps(data_of(case, as_of, explanations), ensure_ascii=False, indent=2))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed."""
    from pydantic import TypeAdapter

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(ExplanationsData).json_schema(),
        "title": "Explanations",
    }


def _explanation(explanation: Explanation) -> ExplanationData:
    subject = explanation.subject
    return {
        "kind": explanation.kind,
        "id": explanation.id,
        "title": explanation.title,
        "subject": {"kind": subject.kind, "id": subject.id, "label": subject.label},
        "answer": explanation.answer,
        "follows": explanation.follows,
        "message": explanation.message,
        "applies": None if explanation.applies is None else _node(explanation.applies),
        "expects": None if explanation.expects is None else _node(explanation.expects),
        "deadline": None if explanation.deadline is None else _deadline(explanation.deadline),
        "accepted": accepted_data(explanation.accepted),
        "was_accepted": accepted_data(explanation.lapsed),
        "missing": [missing_data(each) for each in explanation.missing],
        "settings": {setting.id: setting.value for setting in explanation.settings},
        "would_be_met_by": [
            [{"field": each.field, "test": each.test} for each in change]
            for change in explanation.changes
        ],
    }


def _node(node: Node) -> NodeData:
    return {
        "kind": node.kind,
        "words": node.words,
        "truth": wording.TRUTHS[node.truth],
        "label": node.label,
        "way": node.way,
        "decided": node.decided,
        "values": [_value(each) for each in node.values],
        "silent": list(node.silent),
        "meaning": node.meaning,
        "parts": [_node(part) for part in node.parts],
    }


def _deadline(deadline: Deadline) -> DeadlineData:
    return {
        "words": deadline.words,
        "last": None if deadline.last is None else deadline.last.isoformat(),
        "days_left": deadline.days_left,
        "days": [_value(each) for each in deadline.days],
        "silent": deadline.silent,
    }


def _value(because: Because) -> ValueData:
    return {
        "field": because.field,
        "name": because.name,
        "value": plain(because.value),
        "agency": because.agency,
        "where": because.where,
        "date": None if because.said_on is None else because.said_on.isoformat(),
        "agreed": because.agreed,
        "worked_out": because.worked_out,
    }
