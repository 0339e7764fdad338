"""What came of a receipt for programs: JSON as `checklist schema verification` describes it."""

import json
from typing import Any

from typing_extensions import TypedDict

from checklist.text import safe_json
from checklist.verification import STATES, CaseVerified, State, Verification


class OtherData(TypedDict):
    """A verdict that is other than it was; null where there was none, or is none now."""

    rule: str
    subject: str
    then: str | None
    now: str | None


class MadeData(TypedDict):
    """What a screening was made with that differs: program, rulebook (its hash) or a setting."""

    what: str
    then: str
    now: str


class CaseVerifiedData(TypedDict):
    """A case of the receipt or of now, where it stands, and what became of it.

    `others` is filled in where the receipt has the verdicts beside it.
    """

    case: str
    file: str
    line: int | None
    state: State
    others: list[OtherData]


class VerificationData(TypedDict):
    """Whether the same inputs still give the same verdicts.

    `holds` says that nothing differs. `receipt` and `now` are the hashes of the two receipts, which
    are the same only where the same command was given. `summary` counts the cases by state.
    `cases` is null where the receipt does not list them. `unread` has a sentence for each case that
    cannot be used now.
    """

    holds: bool
    inputs_hold: bool
    verdicts_hold: bool
    receipt: str
    now: str
    made: list[MadeData]
    summary: dict[State, int]
    cases: list[CaseVerifiedData] | None
    unread: list[str]


def data_of(found: Verification) -> VerificationData:
    """Return what came of a receipt as plain data."""
    return {
        "holds": found.holds,
        "inputs_hold": found.inputs_hold,
        "verdicts_hold": found.verdicts_hold,
        "receipt": found.receipt.sha256,
        "now": found.now.sha256,
        "made": [{"what": each.what, "then": each.then, "now": each.now} for each in found.made],
        "summary": {state: len(found.those(state)) for state in STATES},
        "cases": None if found.cases is None else [_case(each) for each in found.cases],
        "unread": [sentence for each in found.unread for sentence in each.sentences],
    }


def as_json(found: Verification) -> str:
    """Return what came of a receipt as indented JSON."""
    return safe_json(json.dumps(data_of(found), ensure_ascii=False, indent=2))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what `checklist verify --format json` prints."""
    from pydantic import TypeAdapter

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(VerificationData).json_schema(),
    }


def _case(case: CaseVerified) -> CaseVerifiedData:
    return {
        "case": case.case,
        "file": case.file,
        "line": case.line,
        "state": case.state,
        "others": [
            {"rule": each.rule, "subject": each.subject, "then": each.then, "now": each.now}
            for each in case.others
        ],
    }
