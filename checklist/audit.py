"""Audits: what they taught, how they chose their cases, and the numbers they published. Plain data.

Read only where somebody asks for them: the gap report of one case needs none of this.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args

from checklist.conditions import Condition
from checklist.rule import Place, VerdictName

AnsweredBy = Literal["case", "cohort", "board"]
ANSWERED_BY: Final[tuple[AnsweredBy, ...]] = get_args(AnsweredBy)
"""What can answer a learning point: one case's record, the records of several cases together, or
the partnership itself."""

Word = Literal["all", "all_but_one", "most", "majority", "few", "a_number", "some"]
WORDS: Final[Mapping[Word, str]] = {
    "all": "every one",
    "all_but_one": "all except one",
    "most": "more than half",
    "majority": "more than half",
    "few": "fewer than half",
    "a_number": "two or more",
    "some": "one or more",
}
"""The words in which audits count, and how many each is taken to mean.

No audit says what it means by them: this is our own reading.
"""


def fits(word: Word, count: int, of: int) -> bool:
    """Return whether so many of so many are what the word is taken to mean; of none, nothing is."""
    if of == 0:
        return False
    match word:
        case "all":
            return count == of
        case "all_but_one":
            return count == of - 1
        case "most" | "majority":
            return 2 * count > of
        case "few":
            return 2 * count < of
        case "a_number":
            return count >= 2
        case "some":
            return count >= 1


class LearningPoint(NamedTuple):
    """One point that an audit taught, in our own words, with the section it came from.

    `strength` marks what the audit found to be working well. Where a cohort or a board answers it,
    `question` is what to put to them, and `screening` what a screening of case records can and
    cannot say about it.
    """

    id: str
    section: str
    says: str
    answered_by: tuple[AnsweredBy, ...] = ("case",)
    strength: bool = False
    question: str | None = None
    screening: str | None = None


class Selection(NamedTuple):
    """How an audit chose its cases: in words, and as a condition on a case.

    `repeat` is so of a case that had been before the same meeting already; None where the audit
    does not tell such cases apart.
    """

    says: str
    qualifies: Condition
    repeat: Condition | None = None


class When(NamedTuple):
    """Counts the cases of which a condition is true."""

    condition: Condition


class OfVerdicts(NamedTuple):
    """Counts the cases with one of these verdicts of a rule.

    With `every`, all the rule's verdicts on the case must be among them, save those where it does
    not apply, and there must be one.
    """

    rule: str
    verdicts: tuple[VerdictName, ...]
    every: bool = False


class Published(NamedTuple):
    """One number that an audit published, of so many cases: counted exactly, or in a word.

    `found_by` says how to count it over case records; None where nothing does yet.
    """

    id: str
    points: tuple[str, ...]
    says: str
    exactly: int | None
    word: Word | None
    of: int
    found_by: When | OfVerdicts | None
    place: Place


class Audit(NamedTuple):
    """One published audit.

    `cases` is how many it looked at, `authorities` how many local authorities chose them, and
    `repeats` how many of the cases had been before the same meeting already; None where it does
    not say.
    """

    id: str
    title: str
    partnership: str
    month: str
    points: tuple[LearningPoint, ...]
    selection: Selection | None = None
    cases: int | None = None
    authorities: int | None = None
    repeats: int | None = None
    published: tuple[Published, ...] = ()
