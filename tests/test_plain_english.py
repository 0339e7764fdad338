import pytest

from checklist.condition_reader import ConditionReader
from checklist.conditions import Condition
from checklist.plain_english import clause, deadline, outline
from checklist.rule import Term
from checklist.source import parse_yaml
from checklist.wording import subject

MARAC = ConditionReader("", lambda _: None, list).read({"kind": "marac"}, "meeting", "yes_when")
assert MARAC is not None
TERMS = {
    "large_meeting": Term("large_meeting", "meeting", "", MARAC, None, {}, "", None),
    "known_to_us": Term("known_to_us", "case", "", MARAC, None, {}, "", None),
}


def read(text: str, kind: str) -> Condition:
    reader = ConditionReader("rules.yaml", TERMS.get, lambda: list(TERMS))
    condition = reader.read(parse_yaml(text, "rules.yaml"), kind, "expects")
    assert reader.faults == []
    assert condition is not None
    return condition


def outlined(text: str, kind: str) -> str:
    lines = outline(read(text, kind), subject(kind))
    return "\n".join("  " * depth + words for depth, words in lines)


# -- one field ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("meeting", "kind: strategy", "the meeting is of the kind strategy"),
        ("meeting", "kind: {in: [marac, core_group]}",
         "the meeting is of the kind MARAC or core group"),
        ("meeting", "not: {kind: strategy}", "the meeting is not of the kind strategy"),
        ("meeting", "kind: {recorded: yes}", "the kind of the meeting is recorded"),
        ("meeting", "invited: {includes: gp}", "those invited to the meeting include the GP"),
        ("meeting", "invited: {includes: [gp, police]}",
         "those invited to the meeting include the GP and the police"),
        ("meeting", "invited: {includes: marac}", "those invited to the meeting include the MARAC"),
        ("meeting", "not: {invited: {includes: gp}}",
         "those invited to the meeting do not include the GP"),
        # that not all of them were invited does not say that none was
        ("meeting", "not: {invited: {includes: [gp, police]}}",
         "it is not so that those invited to the meeting include the GP and the police"),
        ("meeting", "invited: {recorded: yes}", "those invited to the meeting are recorded"),
        ("meeting", "date: 2021-01-08", "the date of the meeting is 8 Jan 2021"),
        ("meeting", "date: {before: case.next_conference}",
         "the date of the meeting is before the next conference"),
        ("meeting", "not: {date: {after: as_of}}",
         "the date of the meeting is not after the day the record is looked at"),
        ("child", "born: {within: {working_days: 1, after: expected}}",
         "the date of birth of the child is within 1 working day after the due date of the child"),
        ("meeting", "date: {at_least: {working_days: 3, before: case.next_conference}}",
         "the date of the meeting is at least 3 working days before the next conference"),
        ("child", "not: {born: {at_least: {weeks: 1, after: expected}}}",
         "the date of birth of the child is not at least 1 week after the due date of the child"),
        ("child", "age_years: {at_least: 5}", "the age of the child is 5 years or more"),
        ("child", "age_years: {at_most: 1}", "the age of the child is 1 year or less"),
        ("child", "age_years: 1", "the age of the child is 1 year"),
        ("child", "age_years: {in: [0, 1]}", "the age of the child is 0 years or 1 year"),
        ("child", "not: {age_years: {at_least: 5}}", "the age of the child is less than 5 years"),
        ("child", "not: {age_years: {at_most: 5}}", "the age of the child is more than 5 years"),
        ("child", "unborn: yes", "the child is not yet born"),
        ("child", "unborn: no", "the child has been born"),
        ("child", "not: {unborn: yes}", "the child has been born"),
        ("child", "not: {not: {unborn: yes}}", "the child is not yet born"),
        ("child", "father: {recorded: yes}", "the father of the child is recorded"),
        ("child", "father.assessed: yes",
         "an assessment looked at the father of the child as a parent or carer"),
        ("child", "father.partner.spoken_to: no",
         "no worker spoke to the partner of the father of the child"),
        ("adult", "first_language: English", "the first language of the adult is English"),
        ("family_member", "interpreter_needed: yes", "the person needs an interpreter"),
        ("family_member", "not: {interpreters_used: {includes: family_member}}",
         "those who interpreted for the person do not include a family member"),
        ("tool", "tool: gcp2", "the tool is the GCP2"),
        ("tool", "state: completed", "the tool is recorded as completed"),
        ("tool", "reason: {recorded: yes}", "a reason is recorded"),
        ("couple", "age_gap_explored_for: {includes: [grooming, control]}",
         "the age gap of the couple was explored for control and grooming"),
        ("meeting", "case.concerns: {includes: neglect}", "the concerns found include neglect"),
    ],
)  # fmt: skip
def test_a_test_of_a_field_is_a_sentence(kind: str, text: str, said: str) -> None:
    assert clause(read(text, kind), subject(kind)) == said


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("meeting", "invited: {includes: gp}", "those invited to it include the GP"),
        ("plan", "categories: {includes: neglect}", "its categories include neglect"),
        ("meeting", "date: {before: as_of}", "its date is before the day the record is looked at"),
        ("tool", "tool: gcp2", "it is the GCP2"),
        ("child", "father: {recorded: yes}", "the father of the child is recorded"),
        ("family_member", "unborn: no", "the person has been born"),
    ],
)
def test_without_a_subject_a_sentence_says_it(kind: str, text: str, said: str) -> None:
    assert clause(read(text, kind)) == said


# -- joined ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("child", "{unborn: no, age_years: 1}",
         "the child has been born and the age of the child is 1 year"),
        ("meeting", "{kind: {in: [marac, strategy]}, invited: {includes: gp}}",
         "the meeting is of the kind MARAC or strategy, and those invited to the meeting include "
         "the GP"),
        ("child", "any: [{unborn: no}, {age_years: 1}]",
         "either the child has been born or the age of the child is 1 year"),
        ("child", "{any: [{unborn: no}, {age_years: 1}], interpreter_needed: no}",
         "(either the child has been born or the age of the child is 1 year), and the child needs "
         "no interpreter"),
        ("tool", "any: [{way: done, state: completed}, {way: not done, state: decided_against, "
                 "reason: {recorded: yes}}]",
         "either the tool is recorded as completed, or (the tool is recorded as decided against "
         "and a reason is recorded)"),
        ("child", "not: {unborn: no, age_years: 1}",
         "it is not so that the child has been born and the age of the child is 1 year"),
        ("case", "some: {children: {unborn: no}}", "at least one child has been born"),
        ("case", "every: {children: {unborn: no}}", "each child has been born"),
        ("case", "every: {tools: {not: {tool: gcp2}}}", "for each tool: it is not the GCP2"),
        ("case", "not: {some: {children: {unborn: no}}}", "no child has been born"),
        ("case", "not: {every: {children: {unborn: no}}}",
         "it is not so that each child has been born"),
        ("case", "some: {plans: {categories: {includes: neglect}}}",
         "there is at least one plan where its categories include neglect"),
        # not "no worker spoke to each adult", which could mean two things
        ("case", "every: {adults: {spoken_to: no}}",
         "for each adult: no worker spoke to the adult"),
        ("case", "some: {tools: {tool: gcp2, state: completed}}",
         "there is at least one tool where it is the GCP2 and it is recorded as completed"),
        ("child", "every: {safety_plans: {where: {protects: {includes: this_child}}, "
                  "on_file_of: {includes: this_child}}}",
         "for each safety plan: either it does not protect this child or it is on the file of "
         "this child"),
        ("meeting", "large_meeting: yes", '"large meeting"'),
        ("meeting", "large_meeting: no", 'not "large meeting"'),
        ("meeting", "case.known_to_us: yes", '"known to us" of the case'),
        ("case", "some: {meetings: {large_meeting: yes}}",
         'there is at least one meeting where "large meeting" of it'),
    ],
)  # fmt: skip
def test_conditions_are_joined_in_one_line(kind: str, text: str, said: str) -> None:
    found = clause(read(text, kind), subject(kind))
    assert found == said
    assert "\n" not in found


# -- outlines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        ("meeting", "kind: marac", "the meeting is of the kind MARAC"),
        (
            "child",
            "{unborn: no, not: {any: [{age_years: 1}, {interpreter_needed: yes}]}}",
            """\
all of these:
  the child has been born
  none of these:
    the age of the child is 1 year
    the child needs an interpreter""",
        ),
        (
            "child",
            "{father: {assessed: yes, spoken_to: yes}}",
            """\
all of these:
  an assessment looked at the father of the child as a parent or carer
  a worker spoke to the father of the child""",
        ),
        (
            "case",
            """
some:
  tools:
    where: {tool: gcp2}
    any:
      - {way: done, state: completed}
      - {way: decided against, state: decided_against, reason: {recorded: yes}}
      - not: {state: in_progress, used_in: {includes: planning}}
""",
            """\
at least one tool where it is the GCP2, with any of these:
  done: it is recorded as completed
  decided against; that is, all of these:
    it is recorded as decided against
    a reason is recorded
  not all of these:
    it is recorded as in progress
    it was used in planning""",
        ),
        (
            "child",
            """
every:
  safety_plans:
    where: {protects: {includes: this_child}}
    on_file_of: {includes: this_child}
""",
            "each safety plan where it protects this child: it is on the file of this child",
        ),
        (
            "case",
            "{every: {tools: {where: {tool: gcp2}, state: completed, used_in: "
            "{includes: planning}}}}",
            """\
each tool where it is the GCP2, with all of these:
  it is recorded as completed
  it was used in planning""",
        ),
        (
            "meeting",
            "any: [{large_meeting: yes}, {not: {case.known_to_us: yes}}, {kind: marac}]",
            """\
any of these:
  "large meeting", as defined below
  not "known to us" of the case, as defined below
  the meeting is of the kind MARAC""",
        ),
    ],
    ids=["leaf", "none", "through", "ways", "every-where", "every-several", "terms"],
)
def test_a_condition_is_outlined(kind: str, text: str, lines: str) -> None:
    assert outlined(text, kind) == lines


# -- deadlines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("date", "until the date of the meeting"),
        ("case.next_conference", "until the next conference"),
        ("2021-01-08", "until 8 Jan 2021"),
        ("{weeks: 6, before: date}", "until 6 weeks before the date of the meeting"),
        ("{working_days: 1, after: date}", "until 1 working day after the date of the meeting"),
        ("{days: 0, after: date}", "until the date of the meeting"),
    ],
)
def test_a_deadline_in_words(by: str, said: str) -> None:
    reader = ConditionReader("rules.yaml", lambda _: None, list)
    tree = parse_yaml(by, "rules.yaml")
    read = reader.period if isinstance(tree, dict) else reader.moment
    found = read(tree, "meeting", "by", 1)
    assert found is not None
    assert deadline(found, "the meeting") == said
