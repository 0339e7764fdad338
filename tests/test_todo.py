"""What to do, in order of date: one entry an action."""

import datetime
import re
from pathlib import Path

import pytest

from checklist.case_file import case_from, read_cases
from checklist.review import Reviewer
from checklist.rulebook import load, worked_cases
from checklist.source import parse_yaml
from checklist.todo import JUDGE, KEEPER, Time, todo_of
from checklist.verdict import Looked
from tests.conftest import DAY, SAMPLE_CASES, case_of

CONFERENCE = "{id: rcpc, kind: review_conference, date: 2021-06-20, invited: [gp]}"


@pytest.fixture
def listed(rulebook):
    def make(text, rules=("gp-invited",)):
        return todo_of(Reviewer(rulebook, rulebook.select(rules)).review(case_of(text), DAY))

    return make


def day(number, month=6):
    return datetime.date(2021, month, number)


def meetings(*described):
    return f"meetings: [{', '.join((*described, CONFERENCE))}]"


def missed(name, on):
    return f"{{id: {name}, kind: strategy, date: {on}, invited: [police]}}"


def test_subjects_whose_gap_closes_the_same_way_are_one_entry_with_the_first_day_that_passed(
    listed,
):
    (entry,) = listed(meetings(missed("one", "2021-03-01"), missed("two", "2021-02-01"))).entries
    assert entry.kind == "do"
    assert [subject.id for subject in entry.subjects] == ["one", "two"]
    assert entry.time == Time("at once", DAY, day(1, 2))
    assert entry.who == "social worker"
    assert [record.field for record in entry.records] == [
        "meetings[one].invited",
        "meetings[two].invited",
    ]
    assert len(entry.instead) == 2


def test_each_entry_has_its_own_day_and_they_come_in_order(listed):
    todo = listed(
        meetings(
            missed("late", "2021-07-09"),
            missed("soon", "2021-06-09"),
            missed("past", "2021-05-09"),
        ).replace(CONFERENCE, CONFERENCE.replace("invited: [gp]", "invited: []"))
    )
    assert [(each.time.when, each.time.by) for each in todo.entries] == [
        ("at once", DAY),
        ("by its day", day(9)),
        ("before the conference", day(20)),
        ("by its day", day(9, 7)),
    ]
    assert todo.next_conference == day(20)
    assert [each.instead for each in todo.entries[1:]] == [()] * 3


def test_what_has_no_day_is_for_the_next_conference_and_immediate_points_at_once(listed):
    plan = "safety_plans: [{id: plan, on_file_of: [], protects: [child]}]\nchildren: [{id: child}]"
    rules = ("safety-plan-on-childs-file", "gp-invited")
    todo = listed(f"{plan}\nmeetings: [{{id: m, kind: strategy, invited: [police]}}]", rules)
    assert [(each.rules[0].id, each.time) for each in todo.entries] == [
        ("safety-plan-on-childs-file", Time("at once", DAY)),
        ("gp-invited", Time("no day", None)),
    ]
    with_conference = listed(meetings("{id: m, kind: strategy, invited: [police]}"))
    assert with_conference.entries[0].time == Time("before the conference", day(20))


def test_within_a_day_what_is_immediate_comes_first(listed):
    plan = "safety_plans: [{id: plan, on_file_of: [], protects: [child]}]\nchildren: [{id: child}]"
    todo = listed(
        f"{plan}\n{meetings(missed('past', '2021-05-01'))}",
        ("safety-plan-on-childs-file", "gp-invited"),
    )
    assert [(each.time.by, each.priority) for each in todo.entries] == [
        (DAY, "immediate"),
        (DAY, "before-conference"),
    ]


ASKING = """
- rule: {name}
  title: {name}
  theme: ours
  source: A test.
  for_each: case
  expects: {{every: {{adults: {{spoken_to: yes}}}}}}
  priority: {priority}
  gap: It was not.
  why: It matters.
  close: Do it.
  ask: {{adults.spoken_to: Has a worker spoken to them?}}
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


def test_points_that_wait_for_one_question_are_one_entry(tmp_path):
    path = tmp_path / "rules.yaml"
    rules = [("later", "routine"), ("now", "immediate")]
    text = "".join(ASKING.format(name=name, priority=each) for name, each in rules)
    path.write_text(f"- theme: ours\n  title: Ours{text}", encoding="utf-8")
    review = Reviewer(load([path])).review(case_of("adults: [{id: ann}, {id: bob}]"), DAY)
    (entry,) = todo_of(review).entries
    assert (entry.kind, entry.who) == ("ask", KEEPER)
    assert (entry.title, entry.asked.members) == ("Has a worker spoken to them?", ("ann", "bob"))
    assert [rule.id for rule in entry.rules] == ["now", "later"]
    assert (entry.priority, entry.time) == ("immediate", Time("at once", DAY))
    assert [record.field for record in entry.records] == [
        "adults[ann].spoken_to",
        "adults[bob].spoken_to",
    ]


def test_a_question_about_a_silent_list_says_which_list(listed):
    (entry,) = listed("children: [{id: child}]").entries
    assert entry.kind == "ask"
    assert entry.action == entry.title
    assert entry.subjects == ()
    assert [(record.field, record.adds) for record in entry.records] == [("meetings", True)]
    assert entry.time == Time("no day", None)


def test_what_is_silent_and_still_ahead_is_done_and_asked(listed):
    (entry,) = listed("meetings: [{id: m, kind: strategy, date: 2021-06-09}]").entries
    assert entry.kind == "do"
    assert entry.time == Time("by its day", day(9))
    assert [question for question, _ in entry.questions if "GP" in question]


@pytest.mark.parametrize(
    ("expects", "ways"), [("{engages: yes}", 1), ("{any: [{engages: yes}, {assessed: yes}]}", 2)]
)
def test_an_entry_says_that_there_are_other_ways(expects, ways, rule_of):
    case = case_of("adults: [{id: dad, engages: no, assessed: no}]")
    review = Reviewer(rule_of(expects, kind="adult")).review(case, DAY)
    (entry,) = todo_of(review).entries
    assert (entry.kind, entry.ways, len(entry.records)) == ("do", ways, 1)


LOOKED = "looked_for: [{field: %s, where: child's file, date: 2021-05-20}]"


def test_what_was_looked_for_is_said_beside_the_question(listed):
    (entry,) = listed("children: [{id: child}]\n" + LOOKED % "meetings").entries
    assert entry.asked.looked_for == ((Looked("child's file", day(20, 5)), ()),)
    meeting = "meetings: [{id: m, kind: strategy, date: 2021-06-09}]\n"
    (entry,) = listed(meeting + LOOKED % '"meetings[m].invited"').entries
    (asked,) = [asked for question, asked in entry.questions if "GP" in question]
    assert [each for each, _ in asked.looked_for] == [Looked("child's file", day(20, 5))]


def test_a_disagreement_names_the_agencies_once_for_all_points_about_it(rulebook):
    case = case_of(
        """
        meetings:
          - id: m
            kind: strategy
            date: 2021-05-01
            invited:
              - {value: [gp], agency: childrens_social_care}
              - {value: [], agency: gp}
        """
    )
    (entry,) = todo_of(
        Reviewer(rulebook, rulebook.select(["gp-invited"])).review(case, DAY)
    ).entries
    assert entry.kind == "settle"
    assert entry.action.startswith("Settle with children's social care and the GP what is so.")
    assert "GP (children's social care) but none (GP)" in entry.action
    assert [record.value for record in entry.records] == [
        "{value: ..., agreed: {date: YYYY-MM-DD, role: ..., reason: ...}}"
    ]


ACCEPTED = """
accepted:
  - {{rule: gp-invited, subject: one, reason: No GP yet., role: team manager, review: {review}}}
"""


def test_an_accepted_gap_is_left_out_but_for_its_review(listed):
    text = meetings(missed("one", "2021-03-01")) + ACCEPTED.format(review="2021-06-15")
    (entry,) = listed(text).entries
    assert (entry.kind, entry.who) == ("review", "team manager")
    assert entry.time == Time("by its day", day(15))
    assert "Invite" not in entry.action
    assert [record.field for record in entry.records] == ["accepted"]


def test_a_gap_whose_acceptance_ran_out_is_to_be_done_again(listed):
    text = meetings(missed("one", "2021-03-01")) + ACCEPTED.format(review="2021-05-31")
    (entry,) = listed(text).entries
    assert (entry.kind, entry.lapsed) == ("do", day(31, 5))


JUDGED = """
- theme: ours
  title: Ours
- rule: weighed
  title: It was weighed
  theme: ours
  source: A test.
  for_each: child
  judge: Was it weighed for {subject}?
  priority: routine
  gap: It was not.
  why: It matters a lot. More so for a baby.
  close: Weigh it.
  examples:
    - given: {}
      verdict: met
    - given: {}
      verdict: gap
    - given: {}
      verdict: not recorded
"""


def test_what_takes_judgement_is_for_somebody_else_to_judge(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(JUDGED, encoding="utf-8")
    review = Reviewer(load([path])).review(case_of("children: [{id: child}]"), DAY)
    (entry,) = todo_of(review).entries
    assert (entry.kind, entry.who) == ("judge", JUDGE)
    assert entry.title == "Was it weighed for child?"
    assert entry.why == "It matters a lot."
    assert [record.field for record in entry.records] == ["judgements"]


def test_a_rule_without_who_leaves_it_open(review_of):
    review = review_of("adults: [{id: a, spoken_to: no}]", "{spoken_to: yes}", kind="adult")
    (entry,) = todo_of(review).entries
    assert entry.who is None


def test_a_raised_query_is_to_be_checked_in_the_record(rulebook):
    (case,) = [
        read.case
        for read in read_cases([SAMPLE_CASES])
        if read.case.id == "record-that-does-not-fit-together"
    ]
    todo = todo_of(Reviewer(rulebook).review(case, case.as_of))
    checks = [each for each in todo.entries if each.kind == "check"]
    assert [each.query.id for each in checks] == [
        "born-and-still-unborn",
        "appointment-attended-and-missed",
    ]
    assert all(each.who == KEEPER and "{" not in each.action for each in checks)


def test_what_could_not_be_judged_is_counted_and_nothing_is_said_of_it(rulebook, library_fails):
    library_fails(lambda *_: True)
    todo = todo_of(
        Reviewer(rulebook, rulebook.select(["gp-invited"])).review(
            case_of(meetings(missed("m", "2021-05-01"))), DAY
        )
    )
    assert todo.entries == ()
    assert todo.not_judged == 2


def test_every_open_verdict_of_the_sample_cases_is_in_an_entry(rulebook):
    for read in read_cases([SAMPLE_CASES]):
        review = Reviewer(rulebook).review(read.case, read.case.as_of or DAY)
        told = {rule.id for entry in todo_of(review).entries for rule in entry.rules}
        open_rules = {
            verdict.rule.id
            for verdict in review.verdicts
            if verdict.name not in ("met", "not applicable")
        }
        assert told == open_rules


_FIELD = re.compile(r"(\w+)\[([^\]]+)\]\.(\w+)")


def _applied(tree, records):
    """Return a case with records written into it, or None where one has no place in it."""
    for record in records:
        value = re.sub(r"(\w+)( or \w+)+", r"\1", record.value)  # the first of several
        if not value or "YYYY" in value or record.field == "judgements":
            return None
        value = value.replace(", ...]", "]").replace("...", "something")
        value = parse_yaml(f"x: {value}", "x")["x"]
        if record.adds:
            tree.setdefault(record.field, []).append(value)
            continue
        if (path := _FIELD.fullmatch(record.field)) is None:
            tree[record.field] = value
            continue
        plural, name, field = path.groups()
        here = [each for each in tree.get(plural, []) if each.get("id") == name]
        if not here:
            return None  # its id is made up from what is recorded of it
        here[0][field] = value
    return tree


def test_what_an_entry_says_to_record_meets_the_rule(standard_rulebook):
    tried = 0
    for read in read_cases([worked_cases() / "marac", worked_cases() / "wakefield"]):
        as_of = read.case.as_of
        for entry in todo_of(Reviewer(standard_rulebook).review(read.case, as_of)).entries:
            text = Path(read.file).read_text(encoding="utf-8")
            tree = _applied(parse_yaml(text, read.file), entry.records)
            if entry.kind != "do" or tree is None or not entry.records:
                continue
            review = Reviewer(standard_rulebook, entry.rules).review(case_from(tree, "x"), as_of)
            ids = {subject.id for subject in entry.subjects} or {read.case.id}
            names = {each.name for each in review.verdicts if each.subject.id in ids}
            assert names == {"met"}, (read.case.id, entry.rules[0].id, entry.records)
            tried += 1
    assert tried > 100
