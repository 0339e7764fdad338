"""A rule's own examples, run: each a part of a case record and the verdict that it must give."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from checklist.case_file import case_from
from checklist.errors import BadInput, Fault
from checklist.review import Reviewer
from checklist.rule import Example, Rule
from checklist.rulebook import Rulebook
from checklist.source import LocatedDict, line_of

DAY_OF_EXAMPLES: Final = datetime.date(2021, 6, 1)
"""The day on which an example is judged that names none."""

_CASE_ID: Final = "example"


class Outcome(NamedTuple):
    """How one example went: `problem` is None where it gave its verdict."""

    rule: Rule
    example: Example
    problem: str | None


def run_examples(rulebook: Rulebook, rules: Iterable[Rule]) -> Iterator[Outcome]:
    """Yield the outcome of every example of the rules."""
    for rule in rules:
        reviewer = Reviewer(rulebook, [rule])
        for example in rule.examples:
            yield Outcome(rule, example, _problem(reviewer, example))
        reviewer.close()


def check_records(rules: Iterable[Rule]) -> None:
    """Raise BadInput with every fault in the case records of the rules' examples."""
    faults: list[Fault] = []
    for rule in rules:
        for example in rule.examples:
            try:
                case_from(_as_case(example), example.place.file, example.place.line)
            except BadInput as error:
                faults += error.faults
    if faults:
        raise BadInput(faults)


def _problem(reviewer: Reviewer, example: Example) -> str | None:
    try:
        case = case_from(_as_case(example), example.place.file, example.place.line)
        review = reviewer.review(case, example.as_of or DAY_OF_EXAMPLES)
    except BadInput as error:
        return "; ".join(fault.sentence() for fault in error.faults)
    verdicts = [
        verdict for verdict in review.verdicts if example.subject in (None, verdict.subject.id)
    ]
    if not verdicts:
        there = ", ".join(verdict.subject.id for verdict in review.verdicts)
        return f"there is no subject {example.subject}; there are {there}"
    if len(verdicts) > 1:
        there = ", ".join(verdict.subject.id for verdict in verdicts)
        return f"there are several subjects ({there}); name one under `subject`"
    (verdict,) = verdicts
    if verdict.name != example.verdict:
        return f"it should give {example.verdict}, and gives {verdict.name}: {verdict.message}"
    return None


def _as_case(example: Example) -> dict[str, Any]:
    given = example.given
    case = LocatedDict(line_of(given, ()) or 0)
    for key, value in {"id": _CASE_ID, **given}.items():
        case[key] = value
        case.lines[key] = line_of(given, (key,)) or case.line
    return case
