"""What differs between two screenings as plain data, as `checklist schema comparison` says."""

from typing import Any, cast

from typing_extensions import TypedDict

from checklist.comparison import Comparison, RuleChange, SideData, Why
from checklist.render.since_data import CaseSinceData
from checklist.screening import Mark


class SideOfComparison(TypedDict):
    """One of the two screenings; the days, YYYY-MM-DD, are the first and last of its cases.

    `only_here` are the ids of cases, and `rules_only_here` of rules, that the other one lacks.
    """

    name: str
    cases: int
    only_here: list[str]
    first_day: str | None
    last_day: str | None
    authorities: list[str]
    rules_only_here: list[str]


class ChangedData(TypedDict):
    """A verdict that is another in the two; null where there was no such subject."""

    rule: str
    subject: str
    before: Mark | None
    after: Mark | None


class CaseChangeData(TypedDict):
    """A case of which a verdict changed, and what differs that can have changed it."""

    case: str
    differs: list[Why]
    changed: list[ChangedData]


class CountsData(TypedDict):
    """To how many cases a rule applies (or may), and how many have a gap or are silent."""

    of: int
    gaps: int
    not_recorded: int


class RuleChangeData(TypedDict):
    """One rule in both screenings, and whether the share of gaps changed by more than chance.

    Of the same cases `fewer` had a gap before and not after, and `more` the other way round; null
    where the cases are others. `left_out` counts the cases in both to which the rule applies, or
    could be judged, in one alone. `p` and `adjusted`, for all rules tested, are null where one side
    has no case to test.
    """

    rule: str
    before: CountsData
    after: CountsData
    fewer: int | None
    more: int | None
    left_out: int
    p: float | None
    adjusted: float | None
    more_than_chance: bool


class ComparisonData(TypedDict):
    """What differs between two screenings.

    `same_rulebook` is null where that is not known. `test` is the exact test by which shares of
    gaps were compared, McNemar's for cases that are in both, and `rules_tested` how many at once.
    """

    before: SideOfComparison
    after: SideOfComparison
    same_rulebook: bool | None
    test: str
    rules_tested: int
    rules: list[RuleChangeData]
    cases: list[CaseChangeData]
    cases_without_another_verdict: int
    of_which_the_record_changed: int
    cases_that_name_another_authority: list[str]


def data_of(found: Comparison) -> ComparisonData:
    """Return what differs between two screenings."""
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "same_rulebook": found.same_rulebook,
        "test": "McNemar, exact" if found.paired else "Fisher, exact",
        "rules_tested": found.tested,
        "rules": [_rule(each) for each in found.rules],
        "cases": [
            {
                "case": each.case,
                "differs": list(each.why),
                "changed": [cast("ChangedData", changed._asdict()) for changed in each.changed],
            }
            for each in found.cases
        ],
        "cases_without_another_verdict": found.unchanged,
        "of_which_the_record_changed": found.touched,
        "cases_that_name_another_authority": list(found.elsewhere),
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what is printed: of two screenings, or of cases on two days."""
    from pydantic import TypeAdapter

    found = TypeAdapter(ComparisonData | list[CaseSinceData]).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Comparison",
        "description": "What `checklist compare --format json` prints: what differs between two "
        "screenings; or of two days a list, with what has changed in each case.",
        **found,
    }


def _side(side: SideData) -> SideOfComparison:
    return {
        "name": side.name,
        "cases": side.cases,
        "only_here": list(side.only_here),
        "first_day": None if side.first_day is None else side.first_day.isoformat(),
        "last_day": None if side.last_day is None else side.last_day.isoformat(),
        "authorities": list(side.authorities),
        "rules_only_here": list(side.rules_only_here),
    }


def _rule(rule: RuleChange) -> RuleChangeData:
    return {
        "rule": rule.rule,
        "before": cast("CountsData", rule.before._asdict()),
        "after": cast("CountsData", rule.after._asdict()),
        "fewer": rule.fewer,
        "more": rule.more,
        "left_out": rule.left_out,
        "p": rule.p,
        "adjusted": rule.adjusted,
        "more_than_chance": rule.is_more_than_chance,
    }
