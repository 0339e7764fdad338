"""What the laws ask of the program: the engine's truth, and the verdicts of some rules."""

from checklist.case_file import case_from
from checklist.conditions import All
from checklist.engine import Engine
from checklist.evidence import gather
from checklist.review import Reviewer
from checklist.rulebook import Rulebook
from checklist.subjects import CaseSubjects
from tests.conftest import load_sample
from tests.laws.strategies import DAY, TERMS, read, rule

ENGINE = Engine()
RULEBOOK = load_sample()
REVIEWER = Reviewer(Rulebook((), (*TERMS.values(), *RULEBOOK.terms), (), ()))


def truths(kind, tree, *conditions, as_of=DAY):
    """Return for each subject of a kind, by id, the engine's value of each condition."""
    asked = tuple(read(each, kind) if isinstance(each, dict) else each for each in conditions)
    subjects = CaseSubjects(case_from(tree), as_of).of_kind(kind) or []
    found = ENGINE.judge(
        _rule_of(kind, asked), [gather(each, subject) for subject in subjects for each in asked]
    )
    values = iter(found)
    return {subject.id: tuple(next(values).truth for _ in asked) for subject in subjects}


def _rule_of(kind, asked):
    return ANY_RULE._replace(for_each=kind, applies=All(asked))


ANY_RULE = rule("adult", {"assessed": "yes"})


def review(tree, *rules, as_of=DAY):
    """Return the verdicts of rules on a case."""
    REVIEWER.rules = rules
    return REVIEWER.review(case_from(tree), as_of).verdicts
