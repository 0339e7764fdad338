"""A screening: what the verdicts on a cohort of cases say together. Results in, plain data out.

Each case counts once for each rule, by its most telling verdict, since what stands in one record is
not independent. Cases stand in order of concern by stated reasons, never by a score. Of a large
cohort only the first cases are kept, so that any number of cases takes the same memory.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, get_args

from checklist.audit import OfVerdicts, Published
from checklist.cohort import Left, Line, Result, Unread
from checklist.intervals import Share, share
from checklist.once import EachOnce
from checklist.rule import Query, Rule
from checklist.rulebook import Rulebook
from checklist.screened import Screened

Mark = Literal[
    "could not be judged",
    "gap",
    "conflicting",
    "not recorded",
    "due",
    "accepted gap",
    "met",
    "not applicable",
]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
"""What a rule says of a case as a whole, the most telling first.

A gap is open: one that was accepted is a mark of its own. Not applicable is what all verdicts of
the rule on the case are.
"""

APPLYING: Final[tuple[Mark, ...]] = (
    "met",
    "gap",
    "accepted gap",
    "due",
    "conflicting",
    "not recorded",
)
"""The marks of the cases that make up n: those to which the rule applies, or may."""

MOST_KEPT: Final = 2_000
"""The size of a cohort up to which all its cases are kept, not only the first."""

SMALL: Final = 4
"""The largest number of cases that can point at a family."""


class Reasons(NamedTuple):
    """Why a case is of concern: points of practice (rules), counted once each.

    In the order in which they count: of two cases, the one with more of the first comes first, and
    so on. Where a rule could not be judged for one subject of the case, what it says of the others
    counts too.
    """

    immediate: int
    conflicting: int
    other_gaps: int
    due: int
    not_recorded: int
    not_judged: int
    accepted: int

    @property
    def words(self) -> str:
        """The reasons in words, such as "2 immediate gaps, 1 disagreement"."""
        said = [
            f"{number:,} {one if number == 1 else many}"
            for number, (one, many) in zip(self, _REASONS, strict=True)
            if number
        ]
        return ", ".join(said) or "nothing open"


_REASONS: Final = (
    ("immediate gap", "immediate gaps"),
    ("disagreement", "disagreements"),
    ("other gap", "other gaps"),
    ("due", "due"),
    ("not recorded", "not recorded"),
    ("could not be judged", "could not be judged"),
    ("accepted gap", "accepted gaps"),
)


class CaseOfConcern(NamedTuple):
    """One case, why it stands where it stands, and what each rule says of it.

    `kept` is the case with all its verdicts, and with what is open in words where the task was to
    find that. `immediate` are the rules with an open gap that are immediate. `marks` are by rule.
    """

    kept: Screened
    reasons: Reasons
    immediate: tuple[str, ...]
    marks: Mapping[str, Mark]

    @property
    def case(self) -> str:
        """The id of the case."""
        return self.kept.case


class PublishedBeside(NamedTuple):
    """What an audit published of a rule."""

    audit: str
    number: Published
    found_by: OfVerdicts


class RuleCounts(NamedTuple):
    """A theme: what one rule says across the cohort, in cases.

    `n` is the number of cases to which the rule applies, or may, by a verdict that was reached.
    `counts` has each mark; None is a number that was left out because it is small, or because such
    a one could be worked out from it. `share` is that of gaps, open and accepted, among n; None
    where n is 0 or numbers were left out. `cases` are the ids behind each number, and None where
    not all cases were kept.
    """

    rule: Rule
    theme: str
    n: int | None
    counts: Mapping[Mark, int | None]
    share: Share | None
    published: tuple[PublishedBeside, ...]
    cases: Mapping[Mark, tuple[str, ...]] | None

    @property
    def gaps(self) -> int | None:
        """The number of cases with a gap, open or accepted."""
        opened, accepted = self.counts["gap"], self.counts["accepted gap"]
        return None if opened is None or accepted is None else opened + accepted

    @property
    def is_small(self) -> bool:
        """Whether one of the numbers can point at a family."""
        return any(0 < (self.counts[mark] or 0) <= SMALL for mark in MARKS)

    @property
    def is_cut(self) -> bool:
        """Whether numbers were left out."""
        return None in self.counts.values()


class QueryCounts(NamedTuple):
    """In how many cases a record query was raised, and in how many others it could not be judged.

    None is as in `RuleCounts`.
    """

    query: Query
    raised: int | None
    not_judged: int | None
    cases: tuple[str, ...] | None


class Screening(NamedTuple):
    """What a screening found.

    `number` is that of all cases screened; `cases` are those of most concern among them, in order:
    all where `is_whole`. `themes` has each rule, by theme and then as in the rulebook. `queries` is
    empty where a part of the rules was chosen. `audit` is the one whose cases alone were screened.
    `not_chosen` counts the cases that it would not have chosen, and `unclear` are those of which
    that is not clear, with why. `not_judged` counts the cases with something that could not be
    judged. `below` is the number below which numbers were left out: then there are no single cases
    here.
    """

    number: int
    cases: tuple[CaseOfConcern, ...]
    is_whole: bool
    themes: tuple[RuleCounts, ...]
    queries: tuple[QueryCounts, ...]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    not_judged: int = 0
    audit: str | None = None
    not_chosen: int | None = 0
    unclear: tuple[Left, ...] = ()
    below: int | None = None


class CohortTally:
    """Takes up results one by one, in any order, and gives the screening of them all.

    `top` cases at least are kept, and all of them up to `MOST_KEPT`, or however many they are where
    `keep_all`.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Iterable[Rule] | None = None,
        *,
        top: int = 10,
        keep_all: bool = False,
        audit: str | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._rules = rulebook.rules if rules is None else tuple(rules)
        self._queries = rulebook.queries if rules is None else ()
        self._immediate = {rule.id for rule in self._rules if rule.priority == "immediate"}
        self._top, self._keep_all, self._audit = top, keep_all, audit
        self._counts: dict[str, Counter[Mark]] = {rule.id: Counter() for rule in self._rules}
        self._raised: Counter[str] = Counter()
        self._unchecked: Counter[str] = Counter()
        self._cases: list[CaseOfConcern] = []
        self._cut = False
        self._number = self._not_judged = self._not_chosen = 0
        self._unread: list[Unread] = []
        self._unclear: list[Left] = []

    def add(self, result: Result) -> None:
        """Take up one result of a cohort; each case is to come once (`EachOnce`)."""
        match result:
            case Unread():
                self._unread.append(result)
            case Left(qualifies="no"):
                self._not_chosen += 1
            case Left():
                self._unclear.append(result)
            case Line():
                raise TypeError("a line of JSON cannot be counted")
            case Screened():
                self._add(result)

    def screening(self, notes: Iterable[str] = ()) -> Screening:
        """Return the screening of all results so far, with what a reader should know of it."""
        self._cases.sort(key=_order)
        whole = not self._cut
        return Screening(
            self._number,
            tuple(self._cases if whole else self._cases[: self._top]),
            whole,
            self._themes(whole),
            self._counted_queries(whole),
            tuple(sorted(self._unread, key=lambda each: (each.file, each.line or 0))),
            tuple(notes),
            self._not_judged,
            self._audit,
            self._not_chosen,
            tuple(sorted(self._unclear)),
        )

    def _add(self, case: Screened) -> None:
        self._number += 1
        marks, reached = marks_of(case)
        for rule, mark in marks.items():
            self._counts[rule][mark] += 1
        self._raised.update(case.queries)
        self._unchecked.update(set(case.unchecked) - set(case.queries))
        self._not_judged += "could not be judged" in case.verdicts or bool(case.unchecked)
        immediate, reasons = self._reasons(marks, reached)
        self._cases.append(CaseOfConcern(case, reasons, immediate, marks))
        if not self._keep_all and len(self._cases) > max(MOST_KEPT, 2 * self._top):
            self._cut = True
            self._cases.sort(key=_order)
            del self._cases[self._top :]

    def _reasons(
        self, marks: Mapping[str, Mark], reached: Mapping[str, Mark]
    ) -> tuple[tuple[str, ...], Reasons]:
        number = Counter(reached.values())
        gaps = {rule for rule, mark in reached.items() if mark == "gap"}
        immediate = tuple(rule.id for rule in self._rules if rule.id in gaps & self._immediate)
        return immediate, Reasons(
            len(immediate),
            number["conflicting"],
            number["gap"] - len(immediate),
            number["due"],
            number["not recorded"],
            sum(mark == "could not be judged" for mark in marks.values()),
            number["accepted gap"],
        )

    def _themes(self, whole: bool) -> tuple[RuleCounts, ...]:
        titles = {theme.id: theme.title for theme in self._rulebook.themes}
        order = {theme: number for number, theme in enumerate(titles)}
        behind: dict[str, dict[Mark, list[str]]] = {rule.id: {} for rule in self._rules}
        for case in sorted(self._cases, key=lambda each: each.case) if whole else ():
            for rule, mark in case.marks.items():
                behind[rule].setdefault(mark, []).append(case.case)
        published = self._published()
        return tuple(
            _counts_of(
                rule,
                titles.get(rule.theme, rule.theme),
                self._counts[rule.id],
                tuple(published.get(rule.id, ())),
                behind[rule.id] if whole else None,
            )
            for rule in sorted(self._rules, key=lambda rule: order.get(rule.theme, len(order)))
        )

    def _published(self) -> dict[str, list[PublishedBeside]]:
        found: dict[str, list[PublishedBeside]] = {}
        for audit in self._rulebook.audits:
            for number in audit.published:
                if self._audit in (None, audit.id) and isinstance(number.found_by, OfVerdicts):
                    beside = PublishedBeside(audit.id, number, number.found_by)
                    found.setdefault(number.found_by.rule, []).append(beside)
        return found

    def _counted_queries(self, whole: bool) -> tuple[QueryCounts, ...]:
        return tuple(
            QueryCounts(
                query,
                self._raised[query.id],
                self._unchecked[query.id],
                tuple(sorted(each.case for each in self._cases if query.id in each.kept.queries))
                if whole
                else None,
            )
            for query in self._queries
        )


def screening_of(
    results: Iterable[Result],
    rulebook: Rulebook,
    rules: Iterable[Rule] | None = None,
    *,
    top: int = 10,
    keep_all: bool = False,
    audit: str | None = None,
) -> Screening:
    """Return the screening of results of a cohort; without `rules`, by the whole rulebook.

    What is kept is as with `CohortTally`.
    """
    tally = CohortTally(rulebook, rules, top=top, keep_all=keep_all, audit=audit)
    once = EachOnce()
    for result in once.of(results):
        tally.add(result)
    return tally.screening(once.notes)


def marks_of(case: Screened) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """Return what each rule says of a case, and what it says where it could be judged."""
    marks: dict[str, Mark] = {}
    reached: dict[str, Mark] = {}
    for mark in MARKS:
        if mark == "accepted gap":  # where there were others they are marked as a gap by now
            found: Iterable[str] = case.accepted
        else:
            found = case.verdicts.get(mark, ())
        for rule in found:
            if mark == "gap" and len(case.accepted.get(rule, ())) == len(
                case.verdicts["gap"][rule]
            ):
                continue
            marks.setdefault(rule, mark)
            if mark != "could not be judged":
                reached.setdefault(rule, mark)
    return marks, reached


def _order(case: CaseOfConcern) -> tuple[object, ...]:
    return (*(-number for number in case.reasons), case.case)


def _counts_of(
    rule: Rule,
    theme: str,
    counted: Mapping[Mark, int],
    published: tuple[PublishedBeside, ...],
    cases: Mapping[Mark, list[str]] | None,
) -> RuleCounts:
    counts: dict[Mark, int | None] = {mark: counted[mark] for mark in MARKS}
    behind = None
    if cases is not None:
        behind = {mark: tuple(cases.get(mark, ())) for mark in MARKS}
    n = sum(counted[mark] for mark in APPLYING)
    gaps = counted["gap"] + counted["accepted gap"]
    return RuleCounts(rule, theme, n, counts, share(gaps, n) if n else None, published, behind)
