"""A screening as JSON (`checklist schema screening` describes it), and what is open as rows."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from typing_extensions import TypedDict

from checklist.cohort import Left, Unread
from checklist.render.screen import headline, warnings
from checklist.rule import Priority, Rule, VerdictName
from checklist.screened import Screened
from checklist.screened import data_of as data_of_case
from checklist.screening import (
    CaseOfConcern,
    Mark,
    PublishedBeside,
    QueryCounts,
    RuleCounts,
    Screening,
)
from checklist.text import safe_json


class ReasonsData(TypedDict):
    """Why a case stands where it stands: points of practice, each counted once.

    The order is that in which they count.
    """

    immediate_gaps: int
    disagreements: int
    other_gaps: int
    due: int
    not_recorded: int
    could_not_be_judged: int
    accepted_gaps: int


class CaseData(TypedDict):
    """One case: why it stands where it stands, and what each rule says of it.

    `sha256` is the hash of the case as it stands in its file. `verdicts` holds each verdict's
    subjects by rule, and `accepted` those of the gaps that were accepted. `queries` are the record
    queries raised, `unchecked` those that could not be judged. `immediate` names the rules of the
    immediate gaps. `marks` holds for each rule the most telling of its verdicts on the case.
    """

    case: str
    file: str
    line: int | None
    sha256: str
    as_of: str
    authority: str | None
    audit: str | None
    verdicts: dict[VerdictName, dict[str, list[str]]]
    accepted: dict[str, list[str]]
    queries: list[str]
    unchecked: list[str]
    reasons: ReasonsData
    in_words: str
    immediate: list[str]
    marks: dict[str, Mark]


class ShareData(TypedDict):
    """The share of gaps, open and accepted, among n, with its 95% interval (Wilson).

    `low` and `high` are proportions from 0 to 1.
    """

    count: int
    of: int
    low: float
    high: float


class PublishedData(TypedDict):
    """What an audit published of the rule: exactly so many of so many, or a word for how many.

    `verdicts` are those of the rule that count for it.
    """

    audit: str
    number: str
    says: str
    count: int | None
    words: str | None
    of: int
    verdicts: list[VerdictName]


class RuleData(TypedDict):
    """What one rule says across the cohort: each case counts once, by its most telling verdict.

    `n` is the number of cases to which it applies or may apply. A number is null where it was left
    out because it is small, or would tell such a one. `small` says that one of the numbers can
    point at a family. `cases` are the ids behind each number, null where they are not kept.
    """

    rule: str
    title: str
    theme: str
    priority: Priority
    n: int | None
    gaps: int | None
    counts: dict[Mark, int | None]
    share: ShareData | None
    small: bool
    published: list[PublishedData]
    cases: dict[Mark, list[str]] | None


class QueryCountData(TypedDict):
    """In how many cases a record query was raised, and in how many others it was not judged."""

    query: str
    title: str
    raised: int | None
    not_judged: int | None
    cases: list[str] | None


class UnreadData(TypedDict):
    """A case that could not be used, and why."""

    file: str
    line: int | None
    sentences: list[str]


class UnclearData(TypedDict):
    """A case of which it is not clear whether the audit would have chosen it, and why."""

    case: str
    file: str
    line: int | None
    qualifies: str
    why: list[str]


class ScreeningData(TypedDict):
    """A screening: `number` cases held against the rules.

    `cases` are those of most concern, in order: all of them where `all_cases`. `suppressed_below`
    is the number below which numbers were left out, and single cases with them; then `not_chosen`
    can be null, and the lists of cases are empty.
    """

    number: int
    audit: str | None
    suppressed_below: int | None
    notes: list[str]
    all_cases: bool
    cases: list[CaseData]
    rules: list[RuleData]
    queries: list[QueryCountData]
    not_chosen: int | None
    unclear: list[UnclearData]
    unread: list[UnreadData]


def data_of(screening: Screening) -> ScreeningData:
    """Return a screening as plain data."""
    return {
        "number": screening.number,
        "audit": screening.audit,
        "suppressed_below": screening.below,
        "notes": [headline(screening), *warnings(screening)],
        "all_cases": screening.is_whole,
        "cases": [_case(each) for each in screening.cases],
        "rules": [_rule(each) for each in screening.themes],
        "queries": [_query(each) for each in screening.queries],
        "not_chosen": screening.not_chosen,
        "unclear": [_unclear(each) for each in screening.unclear],
        "unread": [_unread(each) for each in screening.unread],
    }


def as_json(screening: Screening, receipt: object = None) -> str:
    """Return a screening as indented JSON, with the data of its receipt where there is one."""
    whole = {**data_of(screening), **({} if receipt is None else {"receipt": receipt})}
    return safe_json(json.dumps(whole, ensure_ascii=False, indent=2))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed."""
    from pydantic import TypeAdapter

    found = TypeAdapter(ScreeningData).json_schema()
    found["properties"]["receipt"] = {
        "type": "object",
        "properties": {"sha256": {"type": "string"}},
        "required": ["sha256"],
        "description": "What the screening was made of, as `checklist schema receipt` describes "
        "it; where small numbers were left out, its hash alone.",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Screening",
        **{name: each for name, each in found.items() if name != "title"},
    }


# -- what is open, as rows ---------------------------------------------------------------------

COLUMNS: Final = (
    "case",
    "authority",
    "as of",
    "rule",
    "point of practice",
    "theme",
    "priority",
    "subject",
    "verdict",
    "accepted",
    "what the record shows",
    "who says what",
    "to ask",
    "to close it",
    "close by",
    "agencies disagree whether it applies",
    "file",
    "line",
)


def rows(cases: Iterable[Screened], rules: Iterable[Rule]) -> Iterator[dict[str, object]]:
    """Yield what is open in the cases, a row each under `COLUMNS`, case by case as they come."""
    by_id = {rule.id: rule for rule in rules}
    for case in cases:
        for each in case.findings or ():
            rule = by_id[each.rule]
            values = (
                case.case,
                case.authority,
                case.as_of.isoformat(),
                each.rule,
                rule.title,
                rule.theme,
                rule.priority,
                each.label,
                each.verdict,
                each.accepted,
                each.reason,
                each.says,
                " ".join(each.questions),
                each.close,
                None if each.by is None else each.by.isoformat(),
                "yes" if each.disputed else None,
                case.file,
                case.line,
            )
            yield dict(zip(COLUMNS, values, strict=True))


# -- parts -------------------------------------------------------------------------------------


def _case(case: CaseOfConcern) -> CaseData:
    kept, reasons = data_of_case(case.kept), case.reasons
    return {
        "case": kept["case"],
        "file": kept["file"],
        "line": kept["line"],
        "sha256": kept["sha256"],
        "as_of": kept["as_of"],
        "authority": kept["authority"],
        "audit": kept["audit"],
        "verdicts": kept["verdicts"],
        "accepted": kept["accepted"],
        "queries": list(kept["queries"]),
        "unchecked": list(kept["unchecked"]),
        "reasons": {
            "immediate_gaps": reasons.immediate,
            "disagreements": reasons.conflicting,
            "other_gaps": reasons.other_gaps,
            "due": reasons.due,
            "not_recorded": reasons.not_recorded,
            "could_not_be_judged": reasons.not_judged,
            "accepted_gaps": reasons.accepted,
        },
        "in_words": reasons.words,
        "immediate": list(case.immediate),
        "marks": dict(sorted(case.marks.items())),
    }


def _rule(each: RuleCounts) -> RuleData:
    share = each.share
    return {
        "rule": each.rule.id,
        "title": each.rule.title,
        "theme": each.rule.theme,
        "priority": each.rule.priority,
        "n": each.n,
        "gaps": each.gaps,
        "counts": dict(each.counts),
        "share": None
        if share is None
        else {
            "count": share.counted,
            "of": share.of,
            "low": round(share.low, 6),
            "high": round(share.high, 6),
        },
        "small": each.is_small,
        "published": [_published(beside) for beside in each.published],
        "cases": None
        if each.cases is None
        else {mark: list(ids) for mark, ids in each.cases.items() if ids},
    }


def _published(beside: PublishedBeside) -> PublishedData:
    number = beside.number
    return {
        "audit": beside.audit,
        "number": number.id,
        "says": number.says,
        "count": number.exactly,
        "words": number.word,
        "of": number.of,
        "verdicts": list(beside.found_by.verdicts),
    }


def _query(each: QueryCounts) -> QueryCountData:
    return {
        "query": each.query.id,
        "title": each.query.title,
        "raised": each.raised,
        "not_judged": each.not_judged,
        "cases": None if each.cases is None else list(each.cases),
    }


def _unclear(each: Left) -> UnclearData:
    return {
        "case": each.case,
        "file": each.file,
        "line": each.line,
        "qualifies": each.qualifies,
        "why": list(each.why),
    }


def _unread(each: Unread) -> UnreadData:
    return {"file": each.file, "line": each.line, "sentences": list(each.sentences)}
