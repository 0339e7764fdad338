"""Rules, and what stands beside them in a rulebook: terms, record queries, settings, themes.

Plain data.
"""

import datetime
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from checklist.conditions import ALWAYS, Condition, Moment, Named, Not, Period

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

Says = Literal["yes", "no", "both", "not recorded"]
SAYS: Final[tuple[Says, ...]] = get_args(Says)
"""What the record says of a term: the four values of a condition in words."""


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


class TermExample(NamedTuple):
    """A term's own test: as a rule's, with what the record says of the term on the subject."""

    given: Mapping[str, Any]
    says: Says
    subject: str | None
    as_of: datetime.date | None
    place: Place


class Term(NamedTuple):
    """A condition with a name, for one kind of subject, for rules to use like a field.

    `no_when`, where there is one, is what counts as evidence against it; without it, whatever is
    against `yes_when` is. `ask` holds questions by the path of the field they settle. `lines` are
    those of the leaves of both conditions, in their order. `settings` are the ids of the local
    settings that it names.
    """

    id: str
    for_each: str
    meaning: str
    yes_when: Condition
    no_when: Condition | None
    ask: Mapping[str, str]
    file: str
    line: int | None
    examples: tuple[TermExample, ...] = ()
    lines: tuple[int | None, ...] = ()
    settings: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One point of practice: for which subjects, when it applies, what it expects, by when, why.

    `learned_from` holds ids of learning points, and `source` says what else it was taken from; a
    rule has at least one of the two. `judge` is the question to a person of a point that takes
    judgement; the answer that somebody recorded is then a part of what is expected. `ask` holds
    questions by the path of the field they settle. `gap`, `due`, `met`, `close` and the questions
    can name the subject's fields in braces. `who` is the role that would normally do what `close`
    asks. `by` is the last day on which it can be put right, as a moment or a period before or after
    one. `settings` are the ids of the local settings that it names itself, without those of its
    terms. `lines` are those of the leaves of `applies` and `expects`, in their order.
    """

    id: str
    title: str
    theme: str
    learned_from: tuple[str, ...]
    source: str | None
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
    judge: str | None = None
    who: str | None = None
    settings: tuple[str, ...] = ()
    lines: tuple[int | None, ...] = ()


class QueryExample(NamedTuple):
    """A record query's own test: as a rule's, with whether the query is raised on the subject."""

    given: Mapping[str, Any]
    raised: bool
    subject: str | None
    as_of: datetime.date | None
    place: Place


class Query(NamedTuple):
    """What cannot be so in one record: about the record, and not about practice.

    It is raised on each subject for which there is evidence for `when`. `says` is what does not fit
    together, and `check` what to look up and put right; both can name the subject's fields in
    braces. `settings` and `lines` are as those of a rule.
    """

    id: str
    title: str
    for_each: str
    when: Condition
    says: str
    check: str
    examples: tuple[QueryExample, ...]
    place: Place
    settings: tuple[str, ...] = ()
    lines: tuple[int | None, ...] = ()


Item = Rule | Term | Query
"""What has a condition on a subject, and examples of its own."""

ItemExample = Example | TermExample | QueryExample


def judged_as(item: Item) -> Rule:
    """Return the rule that an item is judged as.

    For a term that is the rule that expects it of each of its subjects, and for a record query the
    rule that expects it not to be so: both mean the same as a rule by a subject and by silence.
    """
    match item:
        case Rule():
            return item
        case Term():
            expects: Condition = Named(item.id, item.yes_when, item.no_when, item.for_each)
            title, gap, close = item.meaning, "", ""
            place = Place(item.file, item.line)
        case Query():
            expects = Not(item.when)
            title, gap, close = item.title, item.says, item.check
            place = item.place
    rule = expecting(item.id, title, item.for_each, expects, place)
    return rule._replace(gap=gap, close=close, settings=item.settings)


def expecting(name: str, title: str, for_each: str, expects: Condition, place: Place) -> Rule:
    """Return a rule that always applies, has no deadline, and expects a condition to be so."""
    return Rule(
        id=name,
        title=title,
        theme="",
        learned_from=(),
        source=None,
        for_each=for_each,
        applies=ALWAYS,
        expects=expects,
        by=None,
        priority="routine",
        gap="",
        due=None,
        met=None,
        why="",
        close="",
        ask={},
        examples=(),
        place=place,
    )


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
