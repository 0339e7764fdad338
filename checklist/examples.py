"""The examples of rules, terms and queries, run: each a part of a case record and what it gives.

A rule's gives a verdict. A term is judged as a rule that expects it (`judged_as`), and what the
record says of it is told in the words of `SAYS`; of a record query the verdict tells whether it is
raised.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from checklist.case_file import case_from
from checklist.errors import BadInput, Fault
from checklist.judging import Judging
from checklist.record import Case
from checklist.review import Reviewer
from checklist.rule import (
    Item,
    ItemExample,
    QueryExample,
    Says,
    TermExample,
    VerdictName,
    judged_as,
)
from checklist.rulebook import Rulebook
from checklist.source import LocatedDict, line_of
from checklist.verdict import Verdict
from checklist.wording import word

DAY_OF_EXAMPLES: Final = datetime.date(2021, 6, 1)
"""The day on which an example is judged that names none."""

_CASE_ID: Final = "example"

_SAID: Final[dict[VerdictName, Says]] = {
    "met": "yes",
    "gap": "no",
    "conflicting": "both",
    "not recorded": "not recorded",
}
_RAISED: Final = ("gap", "conflicting")
"""The verdicts of the rule that a query is judged as, where there is evidence for the query."""


class Outcome(NamedTuple):
    """How one example of an item went: `problem` is None where it gave what it names."""

    of: Item
    example: ItemExample
    problem: str | None


def run_examples(rulebook: Rulebook, items: Iterable[Item]) -> Iterator[Outcome]:
    """Yield the outcome of every example of the items."""
    judging = Judging()  # items ask much the same
    for item in items:
        reviewer = Reviewer(rulebook, [judged_as(item)], judging)
        for example in item.examples:
            yield Outcome(item, example, _problem(reviewer, item, example))
    judging.close()


def check_records(items: Iterable[Item]) -> None:
    """Raise BadInput with every fault in the case records of the examples."""
    faults: list[Fault] = []
    for item in items:
        for example in item.examples:
            try:
                read(example)
            except BadInput as error:
                faults += error.faults
    if faults:
        raise BadInput(faults)


def read(example: ItemExample) -> Case:
    """Return the case record of an example, or raise BadInput."""
    return case_from(_as_case(example), example.place.file, example.place.line)


def day_of(example: ItemExample) -> datetime.date:
    """Return the day on which an example is judged."""
    return example.as_of or DAY_OF_EXAMPLES


def problem_with(reviewer: Reviewer, item: Item, example: ItemExample, case: Case) -> str | None:
    """Return why an example does not give what it names, or None where it does.

    `case` is the example's record, and `reviewer` holds it against the rule that the item is
    judged as.
    """
    try:
        review = reviewer.review(case, day_of(example))
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
    if isinstance(example, TermExample):
        return _problem_of_term(item, example, verdict)
    if isinstance(example, QueryExample):
        return _problem_of_query(item, example, verdict)
    if verdict.name != example.verdict:
        return f"it should give {example.verdict}, and gives {verdict.name}: {verdict.message}"
    return None


def _problem(reviewer: Reviewer, item: Item, example: ItemExample) -> str | None:
    try:
        case = read(example)
    except BadInput as error:
        return "; ".join(fault.sentence() for fault in error.faults)
    return problem_with(reviewer, item, example, case)


def _problem_of_term(item: Item, example: TermExample, verdict: Verdict) -> str | None:
    if _is_about_no_subject(verdict, item):
        return f"its record holds no {word(item.for_each)}, of which the term could be said"
    said = _SAID.get(verdict.name)
    if said is None:
        return verdict.message
    if said != example.says:
        because = f": {verdict.message}" if verdict.message else ""
        return f"it should say {example.says}, and says {said}{because}"
    return None


def _problem_of_query(item: Item, example: QueryExample, verdict: Verdict) -> str | None:
    if _is_about_no_subject(verdict, item):
        return f"its record holds no {word(item.for_each)}, on which the query could be raised"
    if verdict.name not in _SAID:
        return verdict.message
    if (verdict.name in _RAISED) == example.raised:
        return None
    if example.raised:
        return "it should be raised, and is not"
    return f"it should not be raised, and is: {verdict.message}"


def _is_about_no_subject(verdict: Verdict, item: Item) -> bool:
    """Return whether a verdict is on the case because it holds no subject of the item's kind."""
    return verdict.subject.kind != item.for_each


def _as_case(example: ItemExample) -> dict[str, Any]:
    given = example.given
    case = LocatedDict(line_of(given, ()) or 0)
    for key, value in {"id": _CASE_ID, **given}.items():
        case[key] = value
        case.lines[key] = line_of(given, (key,)) or case.line
    return case
