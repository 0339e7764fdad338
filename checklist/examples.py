"""The examples of rules and terms, run: each a part of a case record and what it must give.

A rule's gives a verdict. A term is judged as a rule that expects it, so that both mean the same by
a subject and by silence; what the record says of it is told in the words of `SAYS`.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from checklist.case_file import case_from
from checklist.conditions import ALWAYS, Named
from checklist.errors import BadInput, Fault
from checklist.record import Case
from checklist.review import Reviewer
from checklist.rule import Example, Place, Rule, Says, Term, TermExample, VerdictName
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


class Outcome(NamedTuple):
    """How one example of a rule or term went: `problem` is None where it gave what it names."""

    of: Rule | Term
    example: Example | TermExample
    problem: str | None


def run_examples(rulebook: Rulebook, items: Iterable[Rule | Term]) -> Iterator[Outcome]:
    """Yield the outcome of every example of the rules and terms."""
    for item in items:
        reviewer = Reviewer(rulebook, [judged_as(item)])
        for example in item.examples:
            yield Outcome(item, example, _problem(reviewer, item, example))
        reviewer.close()


def check_records(items: Iterable[Rule | Term]) -> None:
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


def read(example: Example | TermExample) -> Case:
    """Return the case record of an example, or raise BadInput."""
    return case_from(_as_case(example), example.place.file, example.place.line)


def day_of(example: Example | TermExample) -> datetime.date:
    """Return the day on which an example is judged."""
    return example.as_of or DAY_OF_EXAMPLES


def judged_as(item: Rule | Term) -> Rule:
    """Return a rule as it is, and for a term the rule that expects it of each of its subjects."""
    if isinstance(item, Rule):
        return item
    return Rule(
        id=item.id,
        title=item.meaning,
        theme="",
        learned_from=(),
        source=None,
        for_each=item.for_each,
        applies=ALWAYS,
        expects=Named(item.id, item.yes_when, item.no_when, item.for_each),
        by=None,
        priority="routine",
        gap="",
        due=None,
        met=None,
        why="",
        close="",
        ask={},
        examples=(),
        place=Place(item.file, item.line),
    )


def problem_with(
    reviewer: Reviewer, item: Rule | Term, example: Example | TermExample, case: Case
) -> str | None:
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
    if verdict.name != example.verdict:
        return f"it should give {example.verdict}, and gives {verdict.name}: {verdict.message}"
    return None


def _problem(reviewer: Reviewer, item: Rule | Term, example: Example | TermExample) -> str | None:
    try:
        case = read(example)
    except BadInput as error:
        return "; ".join(fault.sentence() for fault in error.faults)
    return problem_with(reviewer, item, example, case)


def _problem_of_term(item: Rule | Term, example: TermExample, verdict: Verdict) -> str | None:
    if verdict.subject.kind != item.for_each:  # the verdict is on a case that holds no such subject
        return f"its record holds no {word(item.for_each)}, of which the term could be said"
    said = _SAID.get(verdict.name)
    if said is None:
        return verdict.message
    if said != example.says:
        because = f": {verdict.message}" if verdict.message else ""
        return f"it should say {example.says}, and says {said}{because}"
    return None


def _as_case(example: Example | TermExample) -> dict[str, Any]:
    given = example.given
    case = LocatedDict(line_of(given, ()) or 0)
    for key, value in {"id": _CASE_ID, **given}.items():
        case[key] = value
        case.lines[key] = line_of(given, (key,)) or case.line
    return case
