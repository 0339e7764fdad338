"""Coverage: for each learning point the rules that hold records against it, or who else answers it.

Rulebook in, plain data out; no case is read.
"""

from collections.abc import Collection
from typing import NamedTuple

from checklist.audit import Audit, LearningPoint
from checklist.rule import Rule
from checklist.rulebook import Rulebook


class CoveredPoint(NamedTuple):
    """A learning point and the rules that were learned from it."""

    point: LearningPoint
    rules: tuple[Rule, ...]

    @property
    def covered(self) -> bool:
        """Whether it has a rule, or its place as a question for a cohort or a board."""
        return bool(self.rules) or any(each != "case" for each in self.point.answered_by)

    @property
    def could_have_a_rule(self) -> bool:
        """Whether a case record can answer it and no rule does."""
        return not self.rules and "case" in self.point.answered_by


class CoveredAudit(NamedTuple):
    """An audit and its learning points, in the order of its file."""

    audit: Audit
    points: tuple[CoveredPoint, ...]


class Coverage(NamedTuple):
    """What the rules of a rulebook cover.

    `from_elsewhere` are the rules that name another source, such as statutory guidance; `unsourced`
    name neither that nor a learning point.
    """

    audits: tuple[CoveredAudit, ...]
    from_elsewhere: tuple[Rule, ...]
    unsourced: tuple[Rule, ...]

    @property
    def uncovered(self) -> tuple[LearningPoint, ...]:
        """The learning points with neither a rule nor a place as a question."""
        return tuple(
            each.point for audit in self.audits for each in audit.points if not each.covered
        )

    @property
    def without_a_rule(self) -> tuple[LearningPoint, ...]:
        """The learning points that a case record can answer and no rule does, covered or not."""
        return tuple(
            each.point for audit in self.audits for each in audit.points if each.could_have_a_rule
        )

    @property
    def whole(self) -> bool:
        """Whether every learning point is covered and every rule says where it was learned."""
        return not self.uncovered and not self.unsourced


def coverage(rulebook: Rulebook, audits: Collection[str] = ()) -> Coverage:
    """Return what the rules cover of the audits with these ids, or of all where none is given."""
    by_point: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        for point in rule.learned_from:
            by_point.setdefault(point, []).append(rule)
    return Coverage(
        tuple(
            CoveredAudit(
                audit,
                tuple(
                    CoveredPoint(point, tuple(by_point.get(point.id, ()))) for point in audit.points
                ),
            )
            for audit in rulebook.audits
            if not audits or audit.id in audits
        ),
        tuple(rule for rule in rulebook.rules if rule.source is not None),
        tuple(rule for rule in rulebook.rules if rule.source is None and not rule.learned_from),
    )
