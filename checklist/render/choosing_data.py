"""A cohort for programs: JSON as `checklist schema selection` describes it, CSV, and paths."""

import json
from collections.abc import Iterator
from typing import Any, Final

from typing_extensions import TypedDict

from checklist.choosing import Cohort, Considered, Sample
from checklist.selection import ANSWERS, Answer
from checklist.text import safe_json

COLUMNS: Final = (
    "case", "file", "line", "authority", "audit", "as_of", "qualifies", "why", "drawn",
)  # fmt: skip
"""The columns of the CSV."""


class ConsideredData(TypedDict):
    """A case held against the criteria as its record stood on `as_of` (YYYY-MM-DD).

    `line` is where it stands in a file of several cases. `why` holds a sentence for each part of
    the criteria that it fails; where agencies differ, who says what; where it is not recorded, the
    questions that would settle it. `drawn` is null where no sample was asked for.
    """

    case: str
    file: str
    line: int | None
    authority: str | None
    audit: str | None
    as_of: str
    qualifies: Answer
    why: list[str]
    drawn: bool | None


class StratumData(TypedDict):
    """How many of the cases with one value of the field `by` qualify, and which were drawn."""

    name: str
    qualify: int
    drawn: list[str]


class KindData(TypedDict):
    """How many cases of a kind were asked of the sample, how many there are and how many it holds.

    Among the cases that can be drawn there are `there`. `most` is how many it could hold, counted
    no further than `asked`. Of those in `unclear` the record cannot tell whether they are of the
    kind.
    """

    kind: str
    asked: int
    there: int
    drawn: int
    most: int
    unclear: list[str]


class SampleData(TypedDict):
    """A random sample of the cases that qualify; `again` is the command line that draws it again.

    `apart` are cases that qualify and could not be drawn, since their record does not hold the
    field `by`. `lacks` says in what the sample falls short of what was asked for, and `notes` what
    else the draw rests on.
    """

    asked: int
    seed: str
    by: str | None
    drawn: list[str]
    strata: list[StratumData]
    at_least: list[KindData]
    apart: list[str]
    lacks: list[str]
    notes: list[str]
    again: str


class CohortData(TypedDict):
    """The cases held against the criteria of an audit, of conditions named by `where`, or both."""

    audit: str | None
    where: list[str]
    summary: dict[Answer, int]
    cases: list[ConsideredData]
    sample: SampleData | None


def data_of(cohort: Cohort) -> CohortData:
    """Return a cohort as plain data."""
    return {
        "audit": None if cohort.audit is None else cohort.audit.id,
        "where": list(cohort.where),
        "summary": {answer: len(cohort.those(answer)) for answer in ANSWERS.values()},
        "cases": [_considered(each, cohort.sample) for each in cohort.cases],
        "sample": None if cohort.sample is None else _sample(cohort.sample),
    }


def as_json(cohort: Cohort) -> str:
    """Return a cohort as indented JSON."""
    return safe_json(json.dumps(data_of(cohort), ensure_ascii=False, indent=2))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed."""
    from pydantic import TypeAdapter

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(CohortData).json_schema(),
        "title": "Selection",
    }


def rows(cohort: Cohort) -> Iterator[dict[str, object]]:
    """Yield a row of the CSV for each case, by column."""
    drawn = {True: "yes", False: "no", None: None}
    for each in cohort.cases:
        data = _considered(each, cohort.sample)
        yield {**data, "why": " ".join(data["why"]), "drawn": drawn[data["drawn"]]}


def paths(cohort: Cohort) -> list[str]:
    """Return the files of the cases to look at, each once."""
    return list(dict.fromkeys(each.file for each in cohort.chosen))


def _considered(each: Considered, sample: Sample | None) -> ConsideredData:
    return {
        "case": each.id,
        "file": each.file,
        "line": each.line,
        "authority": each.by.get("authority"),
        "audit": each.by.get("audit"),
        "as_of": each.as_of.isoformat(),
        "qualifies": each.qualifies,
        "why": list(each.belonging.why),
        "drawn": None if sample is None else each.id in sample.drawn,
    }


def _sample(sample: Sample) -> SampleData:
    return {
        "asked": sample.asked,
        "seed": sample.seed,
        "by": sample.by,
        "drawn": list(sample.drawn),
        "strata": [
            {"name": each.name, "qualify": each.qualify, "drawn": list(each.drawn)}
            for each in sample.strata
        ],
        "at_least": [
            {
                "kind": each.name,
                "asked": each.asked,
                "there": each.there,
                "drawn": each.drawn,
                "most": each.most,
                "unclear": list(each.unclear),
            }
            for each in sample.kinds
        ],
        "apart": list(sample.apart),
        "lacks": list(sample.lacks),
        "notes": list(sample.notes),
        "again": sample.again,
    }
