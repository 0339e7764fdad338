"""Verdicts: the answer of one rule on one subject, with its reasons. Plain, frozen data.

A verdict speaks about the record, never about the family or the worker.
"""

import datetime
from collections.abc import Callable, Container, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from checklist.rule import Rule, VerdictName
from checklist.subjects import SubjectName
from checklist.truth import Truth
from checklist.values import Kind


class Because(NamedTuple):
    """A recorded value that a verdict rests on.

    `field` is the path from the subject; a member of a collection stands in it with its id, as in
    `tools[gcp2].state`. For a reader `about` names that member in words, and `name` the field.
    `said_on` is the day it was recorded, `agreed` says when agencies settled on the value, and
    `worked_out` from what it follows, where nobody wrote it down.
    """

    field: str
    name: str
    value: Any
    kind: Kind
    about: str | None = None
    agency: str | None = None
    where: str | None = None
    said_on: datetime.date | None = None
    agreed: str | None = None
    worked_out: str | None = None


class Target(NamedTuple):
    """Where something can be recorded: the id of what it is said of, and the field.

    Of the case the field can also be the key of a list, such as `meetings`.
    """

    subject: str
    field: str


class Looked(NamedTuple):
    """Where and on which day something was looked for that is not on file."""

    where: str
    date: datetime.date


class Missing(NamedTuple):
    """A value that is not recorded, the question that would settle it, and where it belongs.

    `field` is the path to it from the subject of the verdict. `member` is the one of a list that
    the question names at its end, in brackets. `looked_for` says where it has been looked for.
    """

    field: str
    question: str
    at: Target
    member: str | None = None
    looked_for: tuple[Looked, ...] = ()


def stem_of(question: str, member: str | None) -> str:
    """Return a question without the member of a list that it names at its end, in brackets."""
    return question if member is None else question.removesuffix(f" ({member})")


class Asked(NamedTuple):
    """Whom a question is asked of: members of a list, or none where it names nobody.

    `looked_for` says where the answers have been looked for, each with the members whose it is.
    """

    members: tuple[str, ...] = ()
    looked_for: tuple[tuple[Looked, tuple[str, ...]], ...] = ()


def asked_together(missing: Iterable[Missing]) -> dict[str, Asked]:
    """Return each question once, without the members it is asked of, and whom it is asked of."""
    members: dict[str, dict[str, None]] = {}
    looked: dict[str, dict[Looked, dict[str, None]]] = {}
    for each in missing:
        question = stem_of(each.question, each.member)
        member = {} if each.member is None else {each.member: None}
        members.setdefault(question, {}).update(member)
        for found in each.looked_for:
            looked.setdefault(question, {}).setdefault(found, {}).update(member)
    return {
        question: Asked(
            tuple(of),
            tuple((each, tuple(whose)) for each, whose in looked.get(question, {}).items()),
        )
        for question, of in members.items()
    }


class Needed(NamedTuple):
    """A newly recorded value that helps to meet the rule: a field and the test it must pass.

    `value` is one that passes, as `written.written` writes it; "" where none can be shown.
    """

    field: str
    test: str
    value: str = ""


class Accepted(NamedTuple):
    """A gap that was accepted; it stands up to and including the day of `review`."""

    reason: str
    role: str
    review: datetime.date


class Grounds:
    """Why a verdict is what it is, in words and as recorded values; equal where all of it is.

    `message` is the verdict in a sentence, and `close` what closes a gap or settles a disagreement.
    `because` holds the values that decide what is expected, `applies_because` those that decide
    whether the rule applies, `missing` what is not recorded.
    """

    message: str
    close: str
    because: tuple[Because, ...]
    applies_because: tuple[Because, ...]
    missing: tuple[Missing, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grounds) and self._whole == other._whole

    __hash__ = None  # type: ignore[assignment]

    def missing_beyond(self, asked: Container[Target]) -> tuple[Missing, ...]:
        """Return what is not recorded and was not asked for before."""
        return tuple(each for each in self.missing if each.at not in asked)

    def hangs_on(self, asked: Container[Target]) -> dict[Target, float]:
        """Return how much of an open verdict hangs on each value not asked for before.

        About 1 in all, where a verdict that hangs on one value alone is 1.
        """
        missing = self.missing_beyond(asked)
        return {each.at: 1 / len(missing) for each in missing}

    def unsettled(self, asked: Container[Target], days_left: int | None) -> tuple[Missing, ...]:
        """Return all that can still change the verdict and was not asked for before.

        `days_left` are those to the day by which the point is to be put right, where it is known.
        """
        del days_left
        return self.missing_beyond(asked)

    @property
    def may_not_apply(self) -> bool:
        """Whether a person's word that the rule does not apply would settle the verdict."""
        return bool(self.missing)

    @property
    def _whole(self) -> tuple[Any, ...]:
        return self.message, self.close, self.because, self.applies_because, self.missing


class Told(Grounds):
    """Grounds that are known at once."""

    def __init__(
        self,
        message: str,
        close: str = "",
        applies_because: tuple[Because, ...] = (),
        missing: tuple[Missing, ...] = (),
    ) -> None:
        self.message = message
        self.close = close
        self.because = ()
        self.applies_because = applies_because
        self.missing = missing


Sets = tuple[tuple[Needed, ...], ...]

T = TypeVar("T")


class Later(Generic[T]):
    """What a function gives, found when it is first asked for; equal where both give the same."""

    __slots__ = ("_arguments", "_find", "_found")

    def __init__(self, find: Callable[..., T], *arguments: Any) -> None:
        self._find = find
        self._arguments = arguments
        self._found: T | None = None

    def __call__(self) -> T:
        """Return it."""
        if self._found is None:
            self._found = self._find(*self._arguments)
        return self._found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and bool(self() == other())

    __hash__ = None  # type: ignore[assignment]


class Verdict(NamedTuple):
    """The answer of one rule on one subject.

    `lapsed` is an acceptance whose review date has passed. `deadline` is the last day on which the
    point can be put right, `days_left` the days to it from the day of the review (negative once it
    has passed). `applies_disputed` says that agencies disagree on whether the rule applies, or
    that a person says that it does not where the record says that it does. Its grounds,
    and what would make it met, are worked out when they are asked for: each takes longer than the
    verdict itself.
    """

    rule: Rule
    subject: SubjectName
    name: VerdictName
    grounds: Grounds
    accepted: Accepted | None = None
    lapsed: Accepted | None = None
    deadline: datetime.date | None = None
    days_left: int | None = None
    applies_disputed: bool = False
    ways: Later[Sets] | None = None

    @property
    def message(self) -> str:
        """The verdict in a sentence."""
        return self.grounds.message

    @property
    def close(self) -> str:
        """What closes a gap, or settles a disagreement."""
        return self.grounds.close

    @property
    def because(self) -> tuple[Because, ...]:
        """The values that decide what is expected."""
        return self.grounds.because

    @property
    def applies_because(self) -> tuple[Because, ...]:
        """The values that decide whether the rule applies."""
        return self.grounds.applies_because

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not recorded."""
        return self.grounds.missing

    @property
    def would_be_met_by(self) -> Sets:
        """The smallest sets of newly recorded values that would make the verdict met."""
        return self.ways() if self.ways is not None else ()


def name_of(applies: Truth, expects: Truth, *, deadline_is_ahead: bool) -> VerdictName:
    """Return the verdict that two four-valued answers give (the table of the design, section 3)."""
    if applies is Truth.FALSE:
        return "not applicable"
    if expects is Truth.TRUE:
        return "met"
    if expects is Truth.BOTH:
        return "conflicting"
    if applies is Truth.NEITHER:
        return "not recorded"
    if deadline_is_ahead:
        return "due"
    return "gap" if expects is Truth.FALSE else "not recorded"
