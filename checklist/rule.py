"""Rules, and what stands beside them in a rulebook: settings, themes, audits. Plain data."""

import datetime
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from checklist.conditions import Condition, Moment, Period

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

    `ask` holds questions by the path of the field they settle. `gap`, `due`, `met`, `close` and the
    questions can name the subject's fields in braces. `by` is the last day on which it can be put
    right, as a moment or a period before or after one. `settings` are the ids of the local settings
    that it names itself; what its terms name is theirs.
    """

    id: str
    title: str
    theme: str
    learned_from: tuple[str, ...]
    for_each: str
    applies: Condition
    expects: Condition
    by: Moment | Period | None
    priority: Priority
    gap: str
    due: str | None
    met: str | None
    why: str
    close: str
    ask: Mapping[str, str]
    examples: tuple[Example, ...]
    place: Place
    settings: tuple[str, ...] = ()


class Setting(NamedTuple):
    """What differs from area to area: a whole number or a code that rules name instead of writing.

    `value` is the one in force. `unit` says what a number counts, where it counts anything.
    """

    id: str
    meaning: str
    unit: str | None
    default: int | str
    value: int | str
    source: str

    @property
    def is_changed(self) -> bool:
        """Whether the value in force is another than the default."""
        return self.value != self.default


class Theme(NamedTuple):
    """A group of points of practice, by which people choose and sort."""

    id: str
    title: str


class LearningPoint(NamedTuple):
    """One point that an audit taught, in our own words, with the section it came from."""

    id: str
    section: str
    says: str


class Audit(NamedTuple):
    """One published audit and its learning points."""

    id: str
    title: str
    partnership: str
    month: str
    points: tuple[LearningPoint, ...]
