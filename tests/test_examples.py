import textwrap
from pathlib import Path

import pytest

from checklist.errors import BadInput
from checklist.examples import check_records, run_examples
from checklist.rulebook import Rulebook, load, standard_rules

RULE = """\
- rule: met-often
  title: Seen by us
  theme: neglect
  learned_from: [C13]
  for_each: adult
  expects: {seen_well: yes}
  priority: routine
  gap: Not seen.
  why: It matters.
  close: See them.
  examples:
    - {given: {adults: [{id: a, spoken_to: yes, assessed: yes}]}, verdict: met}
    - {given: {adults: [{id: a, spoken_to: no}]}, verdict: gap}
    - {given: {adults: [{id: a}]}, verdict: not recorded}
- term: seen_well
  for_each: adult
  meaning: Spoken to and assessed.
  yes_when: {spoken_to: yes, assessed: yes}
  no_when: {spoken_to: no}
  examples:
"""
NEEDED = """\
- {given: {adults: [{id: a, spoken_to: yes, assessed: yes}]}, says: yes}
- {given: {adults: [{id: a, spoken_to: no}]}, says: no}
- {given: {adults: [{id: a, assessed: no}]}, says: not recorded}
"""
DISPUTED = """\
- given:
    adults:
      - id: a
        spoken_to: [{value: yes, agency: gp}, {value: no, agency: police}]
        assessed: yes
  says: both
- given: {adults: [{id: a, spoken_to: yes, assessed: yes}, {id: b, spoken_to: no}]}
  subject: b
  says: no
- given: {adults: [{id: a, spoken_to: {value: no, agency: gp, date: 2021-05-01}}]}
  as_of: 2021-04-30
  says: not recorded
"""


@pytest.fixture
def of(tmp_path: Path):
    def make(examples: str = NEEDED) -> Rulebook:
        file = tmp_path / "rules.yaml"
        file.write_text(RULE + textwrap.indent(examples, "    "), encoding="utf-8")
        return load([file], at_hand=[standard_rules()])

    return make


def problems(rulebook: Rulebook) -> list[str | None]:
    (term,) = (term for term in rulebook.terms if term.id == "seen_well")
    return [outcome.problem for outcome in run_examples(rulebook, [term])]


def test_a_term_says_yes_no_both_or_not_recorded(of) -> None:
    assert problems(of(NEEDED + DISPUTED)) == [None] * 6


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (
            "{given: {adults: [{id: a, spoken_to: no}]}, says: yes}",
            "it should say yes, and says no",
        ),
        (
            "{given: {adults: [{id: a, spoken_to: yes, assessed: yes}]}, says: not recorded}",
            "it should say not recorded, and says yes: Spoken to and assessed.",
        ),
        (
            "{given: {adults: []}, says: no}",
            "its record holds no adult, of which the term could be said",
        ),
        (
            "{given: {}, says: not recorded}",
            "its record holds no adult, of which the term could be said",
        ),
        (
            "{given: {adults: [{id: a}, {id: b}]}, says: not recorded}",
            "there are several subjects (a, b); name one under `subject`",
        ),
        (
            "{given: {adults: [{id: a}]}, subject: b, says: not recorded}",
            "there is no subject b; there are a",
        ),
        ("{given: {adults: [{id: a, asessed: no}]}, says: no}", "did you mean assessed?"),
    ],
)
def test_an_example_of_a_term_that_fails_says_why(of, example: str, told: str) -> None:
    problem = problems(of(f"{NEEDED}- {example}\n"))[-1]
    assert problem is not None
    assert told in problem


QUERY = """\
query: seen-and-not
title: Seen and not seen
for_each: adult
when: {spoken_to: yes, assessed: no}
says: "{subject} was spoken to and not assessed."
check: Ask.
examples:
  - {given: {adults: [{id: a, spoken_to: yes, assessed: no}]}, raised: yes}
  - {given: {adults: [{id: a}]}, raised: no}
"""


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (
            "{given: {adults: [{id: a, spoken_to: yes, assessed: no}]}, raised: no}",
            "it should not be raised, and is: A was spoken to and not assessed.",
        ),
        ("{given: {adults: [{id: a}]}, raised: yes}", "it should be raised, and is not"),
        (
            "{given: {adults: []}, raised: no}",
            "its record holds no adult, on which the query could be raised",
        ),
        (
            "{given: {}, raised: no}",
            "its record holds no adult, on which the query could be raised",
        ),
        ("{given: {adults: [{id: a}, {id: b}]}, raised: no}", "name one under `subject`"),
        ("{given: {adults: [{id: a}, {id: b}]}, subject: b, raised: no}", None),
        (
            "{given: {adults: [{id: a, spoken_to: yes, assessed: [{value: yes, agency: gp},"
            " {value: no, agency: police}]}]}, raised: yes}",
            None,
        ),
    ],
)
def test_an_example_of_a_query_says_whether_it_is_raised(
    tmp_path: Path, example: str, told: str | None
) -> None:
    file = tmp_path / "query.yaml"
    file.write_text(f"{QUERY}  - {example}\n", encoding="utf-8")
    rulebook = load([file])  # a query needs no rule beside it
    passed, also_passed, problem = (
        outcome.problem for outcome in run_examples(rulebook, rulebook.queries)
    )
    assert (passed, also_passed) == (None, None)
    assert problem is None if told is None else told in str(problem)


def test_the_terms_that_only_stand_at_hand_have_no_examples_to_run(of) -> None:
    rulebook = of()
    assert [each.id for each in rulebook.own] == ["met-often", "seen_well"]
    assert len(rulebook.terms) > 1
    whole = load([standard_rules()])
    assert whole.own == (*whole.rules, *whole.terms, *whole.queries)


def test_what_has_examples_is_found_by_its_id(of) -> None:
    rulebook = of()
    assert [each.id for each in rulebook.called("seen_well")] == ["seen_well"]
    assert [each.id for each in rulebook.called("met-often")] == ["met-often"]
    with pytest.raises(
        BadInput, match=r"no rule, term or query seen_wel \(did you mean seen_well\?\)"
    ):
        rulebook.called("seen_wel")


def test_every_fault_in_the_records_of_examples_is_told(of) -> None:
    check_records(of().own)
    text = NEEDED.replace("assessed: no", "assessd: no").replace("spoken_to: no}", "spoken: no}")
    with pytest.raises(BadInput) as caught:
        check_records(of(text).own)
    assert [(fault.field, fault.line) for fault in caught.value.faults] == [
        ("spoken (adults, item 1)", 22),
        ("assessd (adults, item 1)", 23),
    ]
