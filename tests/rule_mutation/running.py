"""The examples of an item run on its mutants: which of them does no example notice?"""

from typing import NamedTuple

from checklist.examples import problem_with, read
from checklist.judging import Judging
from checklist.record import Case
from checklist.review import Reviewer
from checklist.rule import Item, ItemExample, judged_as
from checklist.rulebook import Rulebook
from tests.rule_mutation.mutants import Mutant, mutants

JUDGING = Judging()  # mutants ask much the same


class Run(NamedTuple):
    """How many mutants there were, and those on which every example still gave what it names."""

    of: Item
    made: int
    survivors: tuple[Mutant, ...]


def run(rulebook: Rulebook, item: Item) -> Run:
    """Return how the mutants of an item fared; it must itself pass its examples."""
    cases = [(example, read(example)) for example in item.examples]
    problem = _first_problem(rulebook, item, cases)
    if problem is not None:
        raise ValueError(f"{item.id} does not pass its own examples: {problem}")
    made = list(mutants(item))
    survivors = [each for each in made if _first_problem(rulebook, each.item, cases) is None]
    return Run(item, len(made), tuple(survivors))


def _first_problem(
    rulebook: Rulebook, item: Item, cases: list[tuple[ItemExample, Case]]
) -> str | None:
    reviewer = Reviewer(rulebook, [judged_as(item)], JUDGING)
    problems = (problem_with(reviewer, item, example, case) for example, case in cases)
    problem = next(filter(None, problems), None)
    if problem is not None and "could not be judged" in problem:
        raise RuntimeError(f"{item.id}: {problem}")  # no example has noticed anything
    return problem
