"""Small rulebooks about one adult, and how many questions it takes on average to settle them.

Every answer is taken to be as likely as every other. A rulebook is small enough for all records to
be gone through, so that the averages are exact: of the best order there can be, of ours, and of
questions drawn at random.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from checklist.asking import asks
from checklist.case_file import case_from
from checklist.review import Reviewer
from checklist.rulebook import load
from checklist.subjects import CaseSubjects
from tests.conftest import DAY

YES_NO = (
    "assessed",
    "spoken_to",
    "engages",
    "seen_alone",
    "in_household",
    "offers_support",
    "mental_ill_health",
)
CODES = {"invited": ("yes", "no", "decided_against")}
"""The fields that the rules can ask about, those with codes beside those with yes and no."""

State = tuple[str | None, ...]
"""What is recorded of each field; None where nothing is yet."""


class Averages(NamedTuple):
    """How many questions it takes on average."""

    best: float
    ours: float
    random: float


def rules_of(random: Random, fields: int, rules: int) -> list[dict[str, Any]]:
    """Return rules that share some of the fields, as a file of rules holds them."""
    known = random.sample([*YES_NO, *CODES], fields)
    written: list[dict[str, Any]] = [{"theme": "test", "title": "Test"}]
    for number in range(rules):
        rule = {
            "rule": f"rule-{number}",
            "title": "The point",
            "theme": "test",
            "source": "A test.",
            "for_each": "adult",
            "priority": "routine",
            "gap": "There is a gap.",
            "why": "It matters.",
            "close": "Do it.",
            "expects": _condition(random, known, 2),
            "examples": [{"given": {}, "verdict": name} for name in ("met", "gap", "not recorded")],
        }
        if random.random() < 0.7:
            rule["applies"] = _condition(random, known, 1)
        written.append(rule)
    return written


def _condition(random: Random, known: list[str], depth: int) -> dict[str, Any]:
    form = random.choice(("field", "all", "any")) if depth else "field"
    if form == "field":
        field = random.choice(known)
        if field in CODES:
            return {field: {"in": random.sample(CODES[field], random.randint(1, 2))}}
        return {field: random.choice(("yes", "yes", "no"))}
    parts = random.randint(2, 3)
    return {form: [_condition(random, known, depth - 1) for _ in range(parts)]}


class Small:
    """A small rulebook, with the fields that its rules read."""

    def __init__(self, written: list[dict[str, Any]], path: Path) -> None:
        path.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
        self._reviewer = Reviewer(load([path]))
        self.reads = {
            rule["rule"]: {name for name in (*YES_NO, *CODES) if name in str(rule)}
            for rule in written
            if "rule" in rule
        }
        self.fields = sorted(set().union(*self.reads.values()))
        self.nothing: State = (None,) * len(self.fields)
        self._seen: dict[State, tuple[list[int], list[int]]] = {}

    def averages(self) -> Averages:
        return Averages(self._best(), self._mean(self._ours), self._mean(self._random))

    def _best(self) -> float:
        @cache
        def of(state: State) -> float:
            if not self._look(state)[0]:
                return 0.0
            unasked = [at for at, value in enumerate(state) if value is None]
            return 1 + min(self._over(state, at, of) for at in unasked)

        return of(self.nothing)

    def _mean(self, choose: Callable[[State], list[int]]) -> float:
        @cache
        def of(state: State) -> float:
            chosen = choose(state)
            if not chosen:
                return 0.0
            return 1 + sum(self._over(state, at, of) for at in chosen) / len(chosen)

        return of(self.nothing)

    def _ours(self, state: State) -> list[int]:
        return self._look(state)[0][:1]

    def _random(self, state: State) -> list[int]:
        return self._look(state)[1]

    def _over(self, state: State, at: int, of: Callable[[State], float]) -> float:
        values = CODES.get(self.fields[at], ("yes", "no"))
        return sum(of((*state[:at], each, *state[at + 1 :])) for each in values) / len(values)

    def _look(self, state: State) -> tuple[list[int], list[int]]:
        """Return our questions in order, and all that a rule reads which is not settled yet."""
        found = self._seen.get(state)
        if found is None:
            found = self._seen[state] = self._looked(state)
        return found

    def _looked(self, state: State) -> tuple[list[int], list[int]]:
        said = {f: v for f, v in zip(self.fields, state, strict=True) if v is not None}
        case = case_from({"id": "c", "children": [], "adults": [{"id": "a", **said}]})
        review = self._reviewer.review(case, DAY)
        open_rules = {
            each.rule.id
            for each in review.verdicts
            if each.grounds.missing_beyond(()) or each.grounds.unsettled((), each.days_left)
        }
        read = {name for rule in open_rules for name in self.reads[rule]}
        ours = [
            self.fields.index(each.at.field)
            for each in asks(review.verdicts, CaseSubjects(case, DAY))
            if each.at.field in self.fields
        ]
        left = [at for at, name in enumerate(self.fields) if name in read and name not in said]
        return ours, left
