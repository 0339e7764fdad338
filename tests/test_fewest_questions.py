"""How many questions an interview takes, beside asking for everything, chance and the best order.

What was measured stands in the report of the tests, below the line "questions of an interview".
"""

from random import Random
from statistics import mean

import pytest

from checklist.review import Reviewer
from checklist.subjects import CaseSubjects
from tests.conftest import QUESTIONS
from tests.interviewing import WORKED, Practitioner, case_in, verdict_names
from tests.orders import AtRandom, InOrder, read_by
from tests.small_rulebooks import Small, rules_of

MOST = {
    "front-door-broken-for-a-week": 379,
    "honour-not-recognised": 310,
    "hospital-asks-for-welfare-check": 343,
    "refuge-and-pressure-to-return": 349,
    "together-despite-denial": 362,
    "young-mother-idva-and-college": 401,
    "abuse-in-pregnancy-at-early-help": 347,
    "closed-as-the-baby-was-born": 348,
    "closed-while-mother-saw-her-midwife": 316,
    "father-known-to-the-police-only": 290,
    "mothers-drug-use-recorded-two-ways": 374,
    "statement-withdrawn-history-unread": 397,
    "care-leaver-risk-held-together": 446,
    "father-in-custody-abuse-in-pregnancy": 504,
    "home-conditions-early-help-without-lead": 364,
    "mothers-low-mood-after-late-booking": 413,
    "overcrowded-home-with-interpreter": 373,
    "premature-baby-after-neonatal-care": 404,
    "second-baby-after-sisters-plan": 385,
    "unborn-siblings-plan-kept-after-birth": 483,
}
"""The most questions that a worked case may take, by the name of its file.

As many as each takes: they hold the average, which no test alone can see, to what is demanded. Who
adds a rule that asks for something new, or a case, puts down the new number.
"""

DRAWN = (
    "honour-not-recognised",
    "father-known-to-the-police-only",
    "abuse-in-pregnancy-at-early-help",
    "mothers-low-mood-after-late-booking",
)
"""The worked cases whose questions are drawn at random too."""

SMALL = 40
"""The small rulebooks that are gone through."""


@pytest.fixture(scope="module")
def reviewer(standard_rulebook):
    return Reviewer(standard_rulebook, standard_rulebook.rules)


@pytest.mark.parametrize("name", WORKED)
def test_fewer_questions_lead_to_the_same_verdicts(name, reviewer, record_property):
    practitioner = Practitioner(case_in(WORKED[name]))
    reviewed = verdict_names(reviewer.review(practitioner.case, practitioner.as_of))
    ours = InOrder(practitioner, reviewer)
    assert verdict_names(ours.hold()) == reviewed

    every = practitioner.every_field
    unread = len(practitioner.fields - fields_read(practitioner, reviewer))
    record_property(QUESTIONS, [name, ours.took, every - unread, every])
    assert ours.took <= MOST[name]


@pytest.mark.parametrize("name", DRAWN)
def test_a_random_order_does_clearly_worse(name, reviewer, record_property):
    practitioner = Practitioner(case_in(WORKED[name]))
    at_random = AtRandom(practitioner, reviewer, Random(1))  # noqa: S311
    reviewed = reviewer.review(practitioner.case, practitioner.as_of)
    assert verdict_names(at_random.hold()) == verdict_names(reviewed)
    record_property(QUESTIONS, [name, at_random.took, MOST[name]])
    assert at_random.took > 1.3 * MOST[name]


def test_on_average_at_most_half_of_all_fields_are_asked_for():
    assert MOST.keys() == WORKED.keys()
    every = {name: Practitioner(case_in(path)).every_field for name, path in WORKED.items()}
    assert mean(MOST[name] / every[name] for name in WORKED) <= 0.5


@pytest.mark.parametrize("name", ["father-known-to-the-police-only"])
def test_an_interview_with_its_file_asks_the_same_and_ends_with_the_same(name, reviewer, tmp_path):
    practitioner = Practitioner(case_in(WORKED[name]))
    interview = practitioner.begin(tmp_path / "case.yaml", reviewer)
    found = verdict_names(practitioner.hold(interview))
    ours = InOrder(practitioner, reviewer)
    assert found == verdict_names(ours.hold())
    assert practitioner.took == ours.took

    # the file alone says it all
    case = case_in(tmp_path / "case.yaml")
    assert verdict_names(reviewer.review(case, practitioner.as_of)) == found


def test_of_small_rulebooks_the_order_is_close_to_the_best_there_is(tmp_path, record_property):
    found = []
    for seed in range(SMALL):
        random = Random(seed)  # noqa: S311
        fields, rules = random.randint(4, 6), random.randint(3, 6)
        found.append(Small(rules_of(random, fields, rules), tmp_path / "rules.yaml").averages())
    random = Random(SMALL)  # noqa: S311
    found.append(Small(rules_of(random, 8, 5), tmp_path / "rules.yaml").averages())
    ours = [each.ours / each.best for each in found]
    at_random = [each.random / each.best for each in found]
    record_property(QUESTIONS, [mean(ours), max(ours), mean(at_random)])
    assert min(ours) >= 1 - 1e-9
    assert mean(ours) <= 1.03
    assert max(ours) <= 1.3
    assert mean(at_random) >= 1.15


def fields_read(practitioner, reviewer):
    """Return the fields that any rule reads, of all who are in the record."""
    subjects = CaseSubjects(practitioner.case, practitioner.as_of)
    return {
        at
        for rule in reviewer.rules
        for subject in subjects.of_kind(rule.for_each) or ()
        for at in read_by(rule, subject)
    }
