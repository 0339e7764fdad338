from pathlib import Path

import pytest

from checklist.case_file import read_cases
from checklist.criteria_reader import read_conditions
from checklist.review import Reviewer
from checklist.rulebook import Rulebook
from checklist.selection import Belonging, belonging, chosen_by, of_a_case
from tests.conftest import DAY, case_of

CASES = Path(__file__).parents[1] / "cases"


def held(rulebook: Rulebook, condition: str, case: str) -> tuple[str, list[str]]:
    (read,) = read_conditions([condition], rulebook, "--where")
    rule = of_a_case("criteria", read)
    found = belonging(Reviewer(rulebook, [rule]), rule, case_of(case), DAY)
    return found.qualifies, list(found.why)


BABY = "{children: {age_years: {at_most: 0}}}"
MARAC = "{meetings: {kind: marac, date: {within: {months: 6, before: as_of}}}}"
PLAN = """{children: {age_years: {at_most: 0}, some: {plans: {kind: child_protection,
  categories: {includes: neglect}, children: {includes: this_child}}}}}"""


@pytest.mark.parametrize(
    ("condition", "case", "answer", "why"),
    [
        ("{concerns: {includes: neglect}}", "concerns: [neglect]", "yes", []),
        (
            "{concerns: {includes: neglect}, chronology: yes}",
            "{concerns: [housing], chronology: no}",
            "no",
            [
                "The concerns found do not include neglect.",
                "The record denies that a chronology or summary draws together what agencies "
                "shared.",
            ],
        ),
        # the part that is met is not told of
        (
            "{concerns: {includes: neglect}, chronology: yes}",
            "{concerns: [housing], chronology: yes}",
            "no",
            ["The concerns found do not include neglect."],
        ),
        (
            f"{{some: {BABY}}}",
            "children: [{id: a, born: 2010-01-01}, {id: b, born: 2012-01-01}]",
            "no",
            ["There is no child where the age of the child is 0 years or less."],
        ),
        (f"{{some: {BABY}}}", "children: []", "no",
         ["The record says that there are no children."]),
        # the first condition that no member meets, with those before it that some member met
        (f"{{some: {MARAC}}}", "meetings: [{kind: strategy, date: 2021-05-01}]", "no",
         ["No meeting is of the kind MARAC."]),
        (
            f"{{some: {MARAC}}}",
            "meetings: [{kind: strategy, date: 2021-05-01}, {kind: marac, date: 2020-05-01}]",
            "no",
            [
                "There is no meeting where it is of the kind MARAC and its date is within 6 "
                "months before the day the record is looked at."
            ],
        ),
        # members that come that far are told each by itself
        (
            f"{{some: {PLAN}}}",
            """
            children: [{id: old, born: 2010-01-01}, {id: twin-a, born: 2021-01-01},
                       {id: twin-b, born: 2021-01-01}]
            plans: [{kind: child_protection, categories: [physical_abuse], children: [twin-a]}]
            """,
            "no",
            [
                "Twin a: there is no plan where it is of the kind child protection and its "
                "categories include neglect.",
                "Twin b: there is no plan where it is of the kind child protection and its "
                "categories include neglect.",
            ],
        ),
        (
            "{every: {children: {in_household: yes}}}",
            "children: [" + ", ".join(f"{{id: c-{at}, in_household: no}}" for at in range(5)) + "]",
            "no",
            [
                *(f"C {at}: the child does not live with the children." for at in range(3)),
                "And so of 2 more.",
            ],
        ),
        ("neglect_is_a_feature: yes", "{concerns: [housing], plans: []}", "no",
         ['"neglect is a feature" is not so.']),
        ("neglect_is_a_feature: no", "{concerns: [neglect], plans: []}", "no",
         ['"neglect is a feature" is so.']),
        (
            "any: [{concerns: {includes: neglect}}, {chronology: yes}]",
            "{concerns: [housing], chronology: no}",
            "no",
            [
                "The concerns found do not include neglect and the record denies that a "
                "chronology or summary draws together what agencies shared."
            ],
        ),
        (
            "{concerns: {includes: neglect}, chronology: yes}",
            "chronology: yes",
            "not recorded",
            ["What is recorded of the concerns that assessments found?"],
        ),
        # nothing is asked once another part settles it
        (
            "{concerns: {includes: neglect}, chronology: yes}",
            "chronology: no",
            "no",
            ["The record denies that a chronology or summary draws together what agencies shared."],
        ),
        (
            "{concerns: {includes: neglect}, chronology: yes}",
            """
            concerns: [{value: [neglect], agency: gp}, {value: [housing], agency: police}]
            chronology: {value: yes, agency: school}
            """,
            "disputed",
            ["Concerns: neglect (GP) but housing (police)."],
        ),
        (
            "{some: {children: {in_household: yes}}}",
            """
            children:
              - {id: twin, in_household: [{value: yes, agency: gp}, {value: no, agency: school}]}
            """,
            "disputed",
            ["Twin, in household: yes (GP) but no (school)."],
        ),
    ],
)  # fmt: skip
def test_a_case_that_does_not_qualify_says_why(rulebook, condition, case, answer, why) -> None:
    assert held(rulebook, condition, case) == (answer, why)


def test_what_the_engine_cannot_judge_says_so_and_nothing_else(rulebook, library_fails) -> None:
    library_fails(lambda *_: True, "the engine lost a fact")
    answer, why = held(rulebook, "{chronology: yes}", "chronology: yes")
    assert answer == "could not be judged"
    assert why == [
        "This could not be judged for the case: the engine lost a fact. It says nothing about the "
        "case."
    ]


# -- the audits that come with the program -----------------------------------------------------

OWN = {"A": 6, "B": 6, "C": 8}
OTHERS_TOO = {
    "A": {
        "mothers-low-mood-after-late-booking",
        "overcrowded-home-with-interpreter",
        "premature-baby-after-neonatal-care",
        "unborn-siblings-plan-kept-after-birth",
        "young-mother-idva-and-college",
    },
    "B": {"father-in-custody-abuse-in-pregnancy", "statement-withdrawn-history-unread"},
    "C": {
        "abuse-in-pregnancy-at-early-help",
        "closed-as-the-baby-was-born",
        "closed-while-mother-saw-her-midwife",
        "father-known-to-the-police-only",
        "mothers-drug-use-recorded-two-ways",
    },
}
"""The worked cases of other audits that meet an audit's criteria too, as their records stand."""


@pytest.mark.parametrize("audit", "ABC")
def test_an_audit_chooses_its_own_cases_and_others_that_truly_qualify(
    standard_rulebook: Rulebook, audit: str
) -> None:
    (chosen,) = (each for each in standard_rulebook.audits if each.id == audit)
    criteria = chosen_by(chosen)
    assert criteria is not None
    reviewer = Reviewer(standard_rulebook, [criteria])
    own, others = set(), set()
    found: dict[str, Belonging] = {}
    for read in read_cases([CASES]):
        case = read.case
        assert not isinstance(case, Exception)
        assert case.as_of is not None
        found[case.id] = belonging(reviewer, criteria, case, case.as_of)
        (own if case.audit == audit else others).add(case.id)
    chose = {name for name, each in found.items() if each.qualifies == "yes"}
    assert len(own) == OWN[audit] == chosen.cases
    assert own <= chose
    assert chose & others == OTHERS_TOO[audit]
    for name in others - chose:
        assert found[name].qualifies == "no"
        assert found[name].why
        assert all(len(each) < 180 for each in found[name].why)
