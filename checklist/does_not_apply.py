"""A person's word that a rule does not apply to a subject: evidence against "it applies".

Where the record leaves open whether the rule applies, that settles it; where the record shows that
it does, whether it applies is disputed.
"""

from collections.abc import Sequence

from checklist import wording
from checklist.record import DoesNotApply
from checklist.subjects import Subject
from checklist.truth import Truth
from checklist.verdict import Because
from checklist.vocabulary import NOT_APPLICABLE


def said_of(rule: str, subject: Subject) -> tuple[DoesNotApply, ...]:
    """Return who says by the day of the review that a rule does not apply to a subject."""
    case, as_of = subject.family.case, subject.family.as_of
    return tuple(
        each
        for each in case.not_applicable
        if each.rule == rule and (each.subject or case.id) == subject.id and each.date <= as_of
    )


def spoken_against(applies: Truth) -> Truth:
    """Return whether a rule applies, once a person says that it does not."""
    return Truth((applies.has_for, True))


def in_words(said: Sequence[DoesNotApply]) -> str:
    """Return in a sentence who says that a rule does not apply, when and why."""
    told = []
    for each in said:
        agency = f" ({wording.word(each.agency)})" if each.agency else ""
        reason = each.reason.removesuffix(".")
        told.append(f"said by the {each.role}{agency}, {wording.day(each.date)}: {reason}")
    return f"Does not apply, {'; '.join(told)}."


def as_because(said: Sequence[DoesNotApply]) -> tuple[Because, ...]:
    """Return people's words that a rule does not apply in the form of recorded values."""
    return tuple(
        Because(
            f"{NOT_APPLICABLE}{each.rule}",
            "whether it applies",
            "no",
            "code",
            agency=each.agency,
            where=f"said by the {each.role}: {each.reason.removesuffix('.')}",
            said_on=each.date,
        )
        for each in said
    )
