"""Two screenings side by side: what changed in which cases and why, and in the cohort by rule.

Plain data in and out. The sides can be two days, two areas or two versions of the rulebook. Whether
a share of gaps changed by more than chance is for exact tests to say, and holds only where it does
after allowing for all rules having been tested at once.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from checklist.exact_tests import fisher, holm, mcnemar
from checklist.screened import Screened
from checklist.screening import APPLYING, MARKS, Mark, marks_of

LEVEL: Final = 0.05
"""The adjusted p below which a change is taken to be more than chance."""

Why = Literal["record", "day", "rulebook"]


class Side(NamedTuple):
    """One screening: its name, its cases by id, and what tells its rulebook from another.

    `rulebook` is None where the screening does not say.
    """

    name: str
    cases: Mapping[str, Screened]
    rulebook: str | None = None


class SideData(NamedTuple):
    """What there is to say of one side as a whole; the days are the first and last of its cases."""

    name: str
    cases: int
    only_here: tuple[str, ...]
    first_day: datetime.date | None
    last_day: datetime.date | None
    authorities: tuple[str, ...]
    rules_only_here: tuple[str, ...]


class Changed(NamedTuple):
    """A verdict that is another on the two sides; None where there was no such subject."""

    rule: str
    subject: str
    before: Mark | None
    after: Mark | None


class CaseChange(NamedTuple):
    """What changed in a case that is on both sides, and what can have changed it.

    `why` is empty where neither the record, nor the day, nor as far as known the rulebook differs.
    """

    case: str
    why: tuple[Why, ...]
    changed: tuple[Changed, ...]


class Counts(NamedTuple):
    """In cases: to how many a rule applies (or may), and how many have a gap or are silent."""

    of: int
    gaps: int
    not_recorded: int


class RuleChange(NamedTuple):
    """One rule in the cohort on both sides, and whether the share of gaps changed by chance.

    Of the same cases, `fewer` had a gap before and not after, and `more` the other way round; both
    are None where the cases are others. `left_out` counts the cases on both sides to which the rule
    applies, or could be judged, on one of them alone. `p` and `adjusted` are None where one side
    has no case to test.
    """

    rule: str
    before: Counts
    after: Counts
    fewer: int | None
    more: int | None
    left_out: int
    p: float | None = None
    adjusted: float | None = None

    @property
    def differs(self) -> bool:
        """Whether the gaps are others on the two sides at all."""
        if self.fewer is not None:
            return bool(self.fewer or self.more)
        return self.before.gaps * self.after.of != self.after.gaps * self.before.of

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the change holds after all rules having been tested at once."""
        return self.adjusted is not None and self.adjusted < LEVEL


class Comparison(NamedTuple):
    """What differs between two screenings.

    `paired`: some cases are on both sides, and what is said of the cohort is said of them.
    `same_rulebook` is None where that is not known. `unchanged` counts the cases on both sides
    without another verdict, `touched` those of them whose record is another all the same, and
    `elsewhere` are those that name another authority on the other side. `tested` is how many rules
    were tested at once; `rules` are all that apply to a case.
    """

    before: SideData
    after: SideData
    paired: bool
    same_rulebook: bool | None
    cases: tuple[CaseChange, ...]
    unchanged: int
    touched: int
    elsewhere: tuple[str, ...]
    rules: tuple[RuleChange, ...]
    tested: int


def compare(before: Side, after: Side) -> Comparison:
    """Return what differs between two screenings; raises BadInput where SciPy is not installed."""
    both = [case for case in before.cases if case in after.cases]
    rules_before, rules_after = _rules_of(before), _rules_of(after)
    same_rulebook = _same_rulebook(before, after, both, rules_before == rules_after)
    known_on_both = rules_before & rules_after
    changes: list[CaseChange] = []
    touched = 0
    for case in sorted(both):
        was, now = before.cases[case], after.cases[case]
        changed = tuple(_changed(was, now, known_on_both))
        if changed:
            changes.append(CaseChange(case, tuple(_why(was, now, same_rulebook)), changed))
        touched += not changed and was.sha256 != now.sha256
    rules = _tested(
        _paired([(before.cases[case], after.cases[case]) for case in both])
        if both
        else _apart(before.cases.values(), after.cases.values())
    )
    return Comparison(
        _side_data(before, after, rules_before - rules_after),
        _side_data(after, before, rules_after - rules_before),
        bool(both),
        same_rulebook,
        tuple(changes),
        len(both) - len(changes),
        touched,
        tuple(
            sorted(
                case for case in both if before.cases[case].authority != after.cases[case].authority
            )
        ),
        tuple(rules),
        sum(rule.p is not None for rule in rules),
    )


# -- the cases -----------------------------------------------------------------------------------


def _side_data(side: Side, other: Side, rules_only_here: Iterable[str]) -> SideData:
    days = [case.as_of for case in side.cases.values()]
    named = {case.authority for case in side.cases.values()}
    return SideData(
        side.name,
        len(side.cases),
        tuple(sorted(case for case in side.cases if case not in other.cases)),
        min(days, default=None),
        max(days, default=None),
        tuple(sorted(name for name in named if name is not None)),
        tuple(sorted(rules_only_here)),
    )


def _rules_of(side: Side) -> frozenset[str]:
    """Return the rules that a side was judged by: each gives every case some verdict."""
    return frozenset(
        rule
        for case in side.cases.values()
        for by_rule in case.verdicts.values()
        for rule in by_rule
    )


def _same_rulebook(before: Side, after: Side, both: Iterable[str], same_rules: bool) -> bool | None:
    if not same_rules and any(True for _ in both):
        return False
    if before.rulebook is None or after.rulebook is None:
        return None
    return before.rulebook == after.rulebook


def _why(was: Screened, now: Screened, same_rulebook: bool | None) -> Iterator[Why]:
    if was.sha256 != now.sha256:
        yield "record"
    if was.as_of != now.as_of:
        yield "day"
    if same_rulebook is False:
        yield "rulebook"


def _changed(was: Screened, now: Screened, rules: frozenset[str]) -> Iterator[Changed]:
    """Yield the verdicts that changed, those that are now the most telling first.

    That a rule found nothing to look at, and so did not apply, is no verdict on anything: it is the
    same as no such subject.
    """
    if was.verdicts == now.verdicts and was.accepted == now.accepted:
        return
    before, after = _by_subject(was), _by_subject(now)
    found = []
    for rule, subject in before.keys() | after.keys():
        one, other = before.get((rule, subject)), after.get((rule, subject))
        silent = {one, other} <= {None, "not applicable"}
        if one != other and not silent and rule in rules:
            found.append(Changed(rule, subject, one, other))
    yield from sorted(found, key=_most_telling_first)


def _most_telling_first(changed: Changed) -> tuple[int, str, str]:
    telling = len(MARKS) if changed.after is None else MARKS.index(changed.after)
    return telling, changed.rule, changed.subject


def _by_subject(case: Screened) -> dict[tuple[str, str], Mark]:
    found: dict[tuple[str, str], Mark] = {
        (rule, subject): name
        for name, by_rule in case.verdicts.items()
        for rule, subjects in by_rule.items()
        for subject in subjects
    }
    for rule, subjects in case.accepted.items():
        for subject in subjects:
            found[rule, subject] = "accepted gap"
    return found


# -- the cohort --------------------------------------------------------------------------------

_GAPS: Final[frozenset[Mark]] = frozenset({"gap", "accepted gap"})


def _paired(cases: Iterable[tuple[Screened, Screened]]) -> Iterator[RuleChange]:
    """Yield each rule over the cases on both sides to which it applies on both."""
    pairs: dict[str, list[tuple[Mark, Mark]]] = {}
    left_out: dict[str, int] = {}
    for was, now in cases:
        before, after = marks_of(was)[0], marks_of(now)[0]
        for rule in before.keys() | after.keys():
            one, other = before.get(rule), after.get(rule)
            if one in APPLYING and other in APPLYING:
                pairs.setdefault(rule, []).append((one, other))
            elif one in APPLYING or other in APPLYING:
                left_out[rule] = left_out.get(rule, 0) + 1
    for rule in sorted(pairs.keys() | left_out.keys()):
        found = pairs.get(rule, [])
        fewer = sum(one in _GAPS and other not in _GAPS for one, other in found)
        more = sum(other in _GAPS and one not in _GAPS for one, other in found)
        yield RuleChange(
            rule,
            _counts(one for one, _ in found),
            _counts(other for _, other in found),
            fewer,
            more,
            left_out.get(rule, 0),
            mcnemar(fewer, more) if found else None,
        )


def _apart(before: Iterable[Screened], after: Iterable[Screened]) -> Iterator[RuleChange]:
    """Yield each rule over the cases of each side by itself."""
    was, now = _applying(before), _applying(after)
    for rule in sorted(was.keys() | now.keys()):
        one, other = _counts(was.get(rule, ())), _counts(now.get(rule, ()))
        p = fisher((one.gaps, one.of), (other.gaps, other.of)) if one.of and other.of else None
        yield RuleChange(rule, one, other, None, None, 0, p)


def _applying(cases: Iterable[Screened]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for case in cases:
        for rule, mark in marks_of(case)[0].items():
            if mark in APPLYING:
                found.setdefault(rule, []).append(mark)
    return found


def _counts(marks: Iterable[Mark]) -> Counts:
    found = [*marks]
    return Counts(len(found), sum(mark in _GAPS for mark in found), found.count("not recorded"))


def _tested(rules: Iterable[RuleChange]) -> list[RuleChange]:
    """Return the rules with each p adjusted for all that were tested."""
    found = [*rules]
    adjusted = iter(holm([rule.p for rule in found if rule.p is not None]))
    return [rule if rule.p is None else rule._replace(adjusted=next(adjusted)) for rule in found]
