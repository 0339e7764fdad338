"""What differs between two screenings as plain data, for JSON."""

from typing import Any

from checklist.comparison import Comparison, RuleChange, SideData


def data_of(found: Comparison) -> dict[str, Any]:
    """Return what differs between two screenings; days are YYYY-MM-DD."""
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
                "changed": [changed._asdict() for changed in each.changed],
            }
            for each in found.cases
        ],
        "cases_without_another_verdict": found.unchanged,
        "of_which_the_record_changed": found.touched,
        "cases_that_name_another_authority": list(found.elsewhere),
    }


def _side(side: SideData) -> dict[str, Any]:
    return {
        **side._asdict(),
        "first_day": side.first_day and side.first_day.isoformat(),
        "last_day": side.last_day and side.last_day.isoformat(),
    }


def _rule(rule: RuleChange) -> dict[str, Any]:
    return {
        **rule._asdict(),
        "before": rule.before._asdict(),
        "after": rule.after._asdict(),
        "more_than_chance": rule.is_more_than_chance,
    }
