"""What the laws ask of the program: the engine's truth, and the verdicts of some rules."""

from checklist.case_file import case_from
from checklist.judging import Judging
from checklist.review import Reviewer
from checklist.rulebook import Rulebook
from checklist.subjects import CaseSubjects
from tests.conftest import load_sample
from tests.laws.strategies import DAY, TERMS, read

RULEBOOK = load_sample()
TERMS_THERE = Rulebook((), (*TERMS.values(), *RULEBOOK.terms), (), ())

_shared = [Judging()]
MOST_USES = 300
_uses = iter(range(MOST_USES))


def judging():
    """Return what judges, which many examples share and none keeps from giving memory back."""
    global _uses
    if next(_uses, None) is None:
        _shared[0], _uses = Judging(), iter(range(MOST_USES))
    return _shared[0]


def truths(kind, tree, *conditions, as_of=DAY):
    """Return for each subject of a kind, by id, the engine's value of each condition."""
    asked = tuple(read(each, kind) if isinstance(each, dict) else each for each in conditions)
    subjects = CaseSubjects(case_from(tree), as_of).of_kind(kind) or []
    ours = judging()
    made = [ours.prepare(each) for each in asked]
    values = iter(ours.truths([(each, subject) for subject in subjects for each in made]))
    return {subject.id: tuple(next(values) for _ in asked) for subject in subjects}


def review(tree, *rules, as_of=DAY):
    """Return the verdicts of rules on a case."""
    return Reviewer(TERMS_THERE, rules, judging()).review(case_from(tree), as_of).verdicts
