"""What a screening keeps of one case: plain data that goes from process to process, and as a line.

Every verdict by rule and subject; words only for what is open, and only where they are wanted.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from checklist.grounds import who_says_what
from checklist.record import Case
from checklist.review import Review, Tally
from checklist.rule import VerdictName
from checklist.text import safe_json
from checklist.verdict import Verdict

OPEN: Final = frozenset({"gap", "due", "conflicting", "not recorded", "could not be judged"})
"""The verdicts that leave something to do, to settle or to ask."""

Subjects = Mapping[str, Sequence[str]]
"""The ids of subjects, by rule."""


class Finding(NamedTuple):
    """One open verdict in words.

    `says` is who says what, `questions` what would settle a silence, `close` what closes it, and
    `by` the last day on which it can be put right. `disputed`: there is evidence for and
    against the rule's applying. An accepted gap says why and until when in `accepted`.
    """

    rule: str
    kind: str
    subject: str
    label: str
    verdict: VerdictName
    reason: str
    says: str
    questions: tuple[str, ...]
    close: str
    by: datetime.date | None
    disputed: bool
    accepted: str | None


class Screened(NamedTuple):
    """One case of a screening: where it stands, what it is, and all its verdicts.

    `sha256` is the hash of the case as it stands in its file. `verdicts` holds each verdict's
    subjects by rule, and `accepted` those of the gaps that were accepted. `findings` are there
    where they were wanted. `queries` are the ids of record queries raised, `unchecked` of those
    that could not be judged.
    """

    case: str
    file: str
    line: int | None
    sha256: str
    as_of: datetime.date
    authority: str | None
    audit: str | None
    verdicts: Mapping[VerdictName, Subjects]
    accepted: Subjects
    queries: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    findings: tuple[Finding, ...] | None = None


def sha256_of(content: bytes) -> str:
    """Return the hash of a case as it stands in its file."""
    return hashlib.sha256(content).hexdigest()


def screened(
    case: Case,
    as_of: datetime.date,
    tally: Tally,
    place: tuple[str, int | None, str],
    review: Review | None = None,
) -> Screened:
    """Return what is kept of a case, with what is open in words where there is a review.

    `place` is the file, the line and the hash.
    """
    file, line, sha256 = place
    findings = None if review is None else tuple(map(_finding, filter(_is_open, review.verdicts)))
    return Screened(
        case.id,
        file,
        line,
        sha256,
        as_of,
        case.authority,
        case.audit,
        tally.verdicts,
        tally.accepted,
        tally.queries,
        tally.unchecked,
        findings,
    )


def line_of(kept: Screened) -> str:
    """Return what is kept of a case as JSON on one line."""
    return safe_json(json.dumps(data_of(kept), ensure_ascii=False, separators=(",", ":")))


def data_of(kept: Screened) -> dict[str, Any]:
    """Return what is kept of a case as JSON holds it; the words are left out."""
    data = kept._asdict()
    del data["findings"]
    data["as_of"] = kept.as_of.isoformat()
    return data


def from_data(data: Mapping[str, Any]) -> Screened:
    """Return what was kept of a case, from what `data_of` made of it."""
    known = {name: data[name] for name in Screened._fields if name != "findings"}
    known["as_of"] = datetime.date.fromisoformat(data["as_of"])
    known["queries"], known["unchecked"] = tuple(data["queries"]), tuple(data["unchecked"])
    return Screened(**known)


def _is_open(verdict: Verdict) -> bool:
    return verdict.name in OPEN


def _finding(verdict: Verdict) -> Finding:
    subject, accepted = verdict.subject, verdict.accepted
    return Finding(
        verdict.rule.id,
        subject.kind,
        subject.id,
        subject.label,
        verdict.name,
        verdict.message,
        who_says_what(verdict.because or verdict.applies_because),
        tuple(each.question for each in verdict.missing),
        verdict.close,
        verdict.deadline,
        verdict.applies_disputed,
        accepted
        and f"{accepted.reason.rstrip('.')} ({accepted.role}, until {accepted.review.isoformat()})",
    )
