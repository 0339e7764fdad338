"""Rules, and the themes they are sorted by. Plain data."""

import datetime
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from checklist.conditions import Condition, Moment, Within

Priority = Literal["immediate", "before-conference", "routine"]
PRIORITIES: Final[tuple[Priority, ...]] = get_args(Priority)

VerdictName = Literal[
    "met",
    "gap",
    "due",
    "conflicting",
    "not recorded",
    "not applicable",
    "could not be judged",
]
VERDICT_NAMES: Final[tuple[VerdictName, ...]] = get_args(VerdictName)


class Place(NamedTuple):
    """Where something is written."""

    file: str
    line: int | None


class Example(NamedTuple):
    """A rule's own test: a part of a case record, and the verdict the rule gives on it.

    `given` is as written; `subject` is the id of the subject meant, where there are several.
    """

    given: Mapping[str, Any]
    verdict: VerdictName
    subject: str | None
    as_of: datetime.date | None
    place: Place


class Rule(NamedTuple):
    """One point of practice: for which subjects, when it applies, what it expects, by when, why.

    `learned_from` holds ids of learning points, and `source` says what else it was taken from; a
    rule has at least one of the two. `ask` holds questions by the path of the field they settle.
    `gap`, `due`, `met`, `close` and the questions can name the subject's fields in braces. `by` is
    the last day on which it can be put right, as a moment or a period before or after one.
    """

    id: str
    title: str
    theme: str
    learned_from: tuple[str, ...]
    source: str | None
    for_each: str
    applies: Condition
    expects: Condition
    by: Moment | Within | None
    priority: Priority
    gap: str
    due: str | None
    met: str | None
    why: str
    close: str
    ask: Mapping[str, str]
    examples: tuple[Example, ...]
    place: Place


class Theme(NamedTuple):
    """A group of points of practice, by which people choose and sort."""

    id: str
    title: str
