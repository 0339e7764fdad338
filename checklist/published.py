"""The numbers that audits published, beside what the rules find on case records.

Reviews in, plain data out. How an audit chose its cases, and what a number counts, are conditions
on a case: `rules_to_judge` gives them as rules, for a reviewer to judge beside the others, and
`reproduce` counts the verdicts.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from checklist.audit import Audit, OfVerdicts, Published, When, fits
from checklist.review import Review, Reviewer
from checklist.rule import Rule, VerdictName
from checklist.rulebook import Rulebook
from checklist.selection import ANSWERS, Belonging, belonging, chosen_by, of_a_case
from checklist.verdict import Verdict


class Counted(NamedTuple):
    """A published number beside what is found over the cases that qualify.

    `found` holds the ids of the cases counted, and `unclear` those of which the record cannot tell.
    Both are None where it is not counted: `why_not` then says why.
    """

    published: Published
    of: int
    found: tuple[str, ...] | None
    unclear: tuple[str, ...] | None
    why_not: str | None

    @property
    def reproduced(self) -> bool | None:
        """Whether the same was found, of as many cases; None where it is not counted.

        That no case was found counts only where every record is clear: silence is never "no".
        """
        if self.found is None:
            return None
        number = len(self.found)
        if self.of != self.published.of or (number == 0 and self.unclear):
            return False
        if self.published.word is not None:
            return fits(self.published.word, number, self.of)
        return number == self.published.exactly


class Reproduced(NamedTuple):
    """An audit, the cases that belong to it, and its numbers."""

    audit: Audit
    belonging: tuple[Belonging, ...]
    counted: tuple[Counted, ...]

    @property
    def qualifying(self) -> int:
        """How many of the cases qualify."""
        return sum(each.qualifies == "yes" for each in self.belonging)

    @property
    def as_many_cases(self) -> bool | None:
        """Whether as many qualify as the audit looked at; None where it does not say."""
        return None if self.audit.cases is None else self.qualifying == self.audit.cases

    def as_published(self, *, all_counted: bool = False) -> bool:
        """Whether nothing counted differs from what was published.

        With `all_counted`, what is not counted yet differs too.
        """
        wrong = (False, None) if all_counted else (False,)
        return self.as_many_cases is not False and not any(
            each.reproduced in wrong for each in self.counted
        )


def rules_to_judge(rulebook: Rulebook, audits: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return what must be judged of each case to count the published numbers."""
    rules: dict[str, Rule] = {}
    for audit in _chosen(rulebook, audits):
        criteria = chosen_by(audit)
        if criteria is not None:
            rules[criteria.id] = criteria
        for number in audit.published:
            match number.found_by:
                case When(condition):
                    name = _number(audit, number)
                    rules[name] = of_a_case(name, condition, number.says)
                case OfVerdicts(rule) if rule in rulebook.by_id:
                    rules[rule] = rulebook.by_id[rule]
    return tuple(rules.values())


def reproduce(
    reviewer: Reviewer, reviews: Sequence[Review], audits: Collection[str] = ()
) -> tuple[Reproduced, ...]:
    """Return each audit's numbers beside those found by the reviews of the cases that belong to it.

    The reviews are the reviewer's, and hold the verdicts of `rules_to_judge`. A case belongs to the
    audit that its record names.
    """
    return tuple(
        _reproduced(reviewer, audit, [each for each in reviews if each.case.audit == audit.id])
        for audit in _chosen(reviewer.rulebook, audits)
    )


def _chosen(rulebook: Rulebook, audits: Collection[str]) -> list[Audit]:
    return [audit for audit in rulebook.audits if not audits or audit.id in audits]


def _reproduced(reviewer: Reviewer, audit: Audit, reviews: list[Review]) -> Reproduced:
    criteria = chosen_by(audit)
    belong = tuple(
        Belonging(each.case.id, "yes")
        if criteria is None
        else belonging(reviewer, criteria, each.case, each.as_of)
        for each in reviews
    )
    cohort = [
        review for review, each in zip(reviews, belong, strict=True) if each.qualifies == "yes"
    ]
    counted = tuple(
        _counted(reviewer.rulebook, audit, number, cohort) for number in audit.published
    )
    return Reproduced(audit, belong, counted)


def _counted(rulebook: Rulebook, audit: Audit, number: Published, cohort: list[Review]) -> Counted:
    found: list[str] = []
    unclear: list[str] = []
    match number.found_by:
        case None:
            return Counted(number, len(cohort), None, None, "nothing counts it yet")
        case OfVerdicts(rule) if rule not in rulebook.by_id:
            why_not = f"it is counted by the rule {rule}, which is not in use"
            return Counted(number, len(cohort), None, None, why_not)
        case OfVerdicts() as wanted:
            for review in cohort:
                verdicts = [each.name for each in _verdicts(review, wanted.rule)]
                if "could not be judged" in verdicts:
                    unclear.append(review.case.id)
                elif _holds(wanted, verdicts):
                    found.append(review.case.id)
        case When():
            for review in cohort:
                (verdict,) = _verdicts(review, _number(audit, number))
                answer = ANSWERS[verdict.name]
                if answer == "yes":
                    found.append(review.case.id)
                elif answer != "no":
                    unclear.append(review.case.id)
    return Counted(number, len(cohort), tuple(found), tuple(unclear), None)


def _holds(wanted: OfVerdicts, verdicts: Iterable[VerdictName]) -> bool:
    if not wanted.every:
        return any(each in wanted.verdicts for each in verdicts)
    applying = [each for each in verdicts if each != "not applicable"]
    return bool(applying) and all(each in wanted.verdicts for each in applying)


def _verdicts(review: Review, rule: str) -> list[Verdict]:
    return [verdict for verdict in review.verdicts if verdict.rule.id == rule]


# no rule can have such an id: it holds blanks
def _number(audit: Audit, number: Published) -> str:
    return f"{number.id} of {audit.id}"
