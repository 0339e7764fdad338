"""Which cases meet criteria, such as those by which an audit chose its own, and why others do not.

Criteria are a condition on a case, judged as a rule that always applies: what is not recorded is
never taken for a no, and where agencies differ it is said who says what.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from checklist import wording
from checklist.audit import Audit
from checklist.conditions import (
    All,
    Any,
    Atom,
    Condition,
    Every,
    Named,
    Not,
    Some,
    Through,
)
from checklist.grounds import who_says_what
from checklist.judging import Judged
from checklist.plain_english import clause
from checklist.reasons import rests_on
from checklist.record import Case
from checklist.review import Reviewer
from checklist.rule import Place, Rule, VerdictName, expecting
from checklist.truth import Truth
from checklist.verdict import Because
from checklist.vocabulary import CASE

Answer = Literal["yes", "no", "disputed", "not recorded", "could not be judged"]

ANSWERS: Final[dict[VerdictName, Answer]] = {
    "met": "yes",
    "gap": "no",
    "conflicting": "disputed",
    "not recorded": "not recorded",
    "could not be judged": "could not be judged",
}
"""What the verdict of a rule that always applies and has no deadline says of its condition."""

MOST_NAMED: Final = 3
"""The most members of a list of which a reason tells each by itself."""


class Belonging(NamedTuple):
    """Whether a case meets criteria, and why not, a sentence each.

    Where it does not, each says a part of the criteria that it fails; where agencies differ, who
    says what; where it is not recorded, the question that would settle it. There are none where
    the answer is yes.
    """

    case: str
    qualifies: Answer
    why: tuple[str, ...] = ()


def of_a_case(name: str, condition: Condition, says: str = "") -> Rule:
    """Return a condition on a case as a rule, for a reviewer to judge."""
    return expecting(name, says, CASE, condition, Place("", None))


def chosen_by(audit: Audit) -> Rule | None:
    """Return how an audit chose its cases as a rule; None where it does not say."""
    if audit.selection is None:
        return None
    # no rule can have such an id: it holds blanks
    name = f"selection of {audit.id}"
    return of_a_case(name, audit.selection.qualifies, audit.selection.says)


def belonging(reviewer: Reviewer, criteria: Rule, case: Case, as_of: datetime.date) -> Belonging:
    """Return whether a case meets criteria, a rule that `of_a_case` gave.

    Raises BadInput where working days cannot be counted.
    """
    ((verdict, _, judged, _),) = reviewer.reasoned(criteria, case, as_of)
    answer = ANSWERS[verdict.name]
    why: Sequence[str] = ()
    match answer:
        case "no" if judged is not None:
            why = [f"{wording.sentence(each)}." for each in dict.fromkeys(_fails(judged, None))]
        case "disputed" if judged is not None:
            said = who_says_what(tuple(dict.fromkeys(_differing(judged, None))))
            why = [f"{wording.sentence(said)}."]
        case "not recorded":
            why = list(dict.fromkeys(each.question for each in verdict.missing))
        case "could not be judged":
            why = [verdict.message]
    return Belonging(case.id, answer, tuple(why))


# -- what it fails -----------------------------------------------------------------------------


def _fails(judged: Judged, who: str | None) -> Iterator[str]:
    """Yield what is so instead of a condition that is not met, a clause for each part that fails.

    `who` is what the condition speaks of, where that is not the case.
    """
    condition = judged.evidence.condition
    match condition:
        case All() | Any() if len(judged.parts) == 1:
            yield from _fails(judged.parts[0], who)
        case All():
            for part in _failing(judged.parts):
                yield from _fails(part, who)
        case Any():
            yield wording.listed(each for part in judged.parts for each in _fails(part, who))
        case Some():
            yield from _fails_of_all(judged, condition)
        case Every():
            yield from _of_each(_failing(judged.parts))
        case Through() if len(judged.parts) == 1:
            (part,) = judged.parts
            subject = part.evidence.subject
            yield from _fails(part, None if subject.kind == CASE else subject.label)
        case Through():
            yield from _of_each(_failing(judged.parts))
        case Atom() | Named() | Not():
            yield _is_not_so(condition, who)


def _fails_of_all(judged: Judged, condition: Some) -> Iterator[str]:
    """Yield why no member of a list is as it should be.

    Of several conditions on a member the first that no member meets is named, with those before it
    that some member met; where it speaks of more than a value, of those members each by itself.
    """
    plural = condition.collection
    if not judged.parts:
        yield f"the record says that there are no {wording.word(plural)}"
        return
    asked = _asked(condition.part)
    reached: list[tuple[int, Judged]] = []  # the first condition that each member fails
    for member in judged.parts:
        found = _answered(member)
        truths = [part.truth for part in found]
        at = truths.index(Truth.FALSE) if Truth.FALSE in truths else _first_against(truths)
        reached.append((at, found[at]))
    furthest = max(at for at, _ in reached)
    nearest = [part for at, part in reached if at == furthest]
    if furthest and isinstance(asked[furthest], Some | Every | Through):
        yield from _of_each(nearest)
        return
    parts = tuple(asked[: furthest + 1])
    yield _is_not_so(condition._replace(part=parts[0] if len(parts) == 1 else All(parts)), None)


def _asked(condition: Condition) -> list[Condition]:
    """Return the conditions of which all have to be so, in the order in which they are written."""
    if not isinstance(condition, All):
        return [condition]
    return [each for part in condition.parts for each in _asked(part)]


def _answered(judged: Judged) -> list[Judged]:
    """Return the answers on the conditions that `_asked` returns, in the same order."""
    if not isinstance(judged.evidence.condition, All):
        return [judged]
    return [each for part in judged.parts for each in _answered(part)]


def _first_against(truths: Sequence[Truth]) -> int:
    return next(at for at, truth in enumerate(truths) if truth.has_against)


def _failing(parts: Sequence[Judged]) -> list[Judged]:
    """Return the parts that are not so; where agencies differ on each, those with any evidence."""
    failing = [part for part in parts if part.truth is Truth.FALSE]
    return failing or [part for part in parts if part.truth.has_against]


def _of_each(parts: Sequence[Judged]) -> Iterator[str]:
    """Yield for each of several subjects what it fails; of many only how many there are."""
    for part in parts[:MOST_NAMED]:
        subject = part.evidence.subject
        who = wording.pronoun(subject.kind)
        yield f"{subject.label}: {wording.listed(_fails(part, who))}"
    if len(parts) > MOST_NAMED:
        yield f"and so of {len(parts) - MOST_NAMED} more"


def _is_not_so(condition: Condition, who: str | None) -> str:
    match condition:
        case Named(term):
            return f'"{wording.word(term)}" is not so'
        case Not(Named(term)):
            return f'"{wording.word(term)}" is so'
        case _:
            return clause(Not(condition), who)


# -- where agencies differ ---------------------------------------------------------------------


def _differing(judged: Judged, about: str | None) -> Iterator[Because]:
    """Yield the values on which agencies differ, and not those on which they agree."""
    condition = judged.evidence.condition
    disputed = [part for part in judged.parts if part.truth is Truth.BOTH]
    if not disputed:  # the values differ here, or lead to different people
        for each in rests_on(judged, "for", "against"):
            yield each._replace(about=each.about or about)
    for part in disputed:
        of_member = isinstance(condition, Some | Every)
        yield from _differing(part, part.evidence.subject.label if of_member else about)
