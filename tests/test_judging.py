import datetime
from typing import get_args

import pytest

from checklist import engine, judging
from checklist.conditions import Condition, Test
from checklist.engine import EngineError
from checklist.judging import Judging
from checklist.subjects import CaseSubjects
from checklist.truth import Truth
from checklist.watchdog import WatchedRulesets
from tests.conftest import DAY, case_of

T, F, B, N = Truth.TRUE, Truth.FALSE, Truth.BOTH, Truth.NEITHER


@pytest.fixture
def truth(rule_of):
    """Return a function from a condition and a case to the value the engine finds."""

    def find(case: str, expects: str, kind: str = "case", terms: str = "") -> Truth:
        (rule,) = rule_of(expects, kind=kind, terms=terms).rules
        subjects = CaseSubjects(case_of(case), DAY)
        (subject, *_) = subjects.of_kind(kind)
        ours = Judging()
        (found,) = ours.truths([(ours.prepare(rule.expects), subject)])
        assert ours.judged(rule.expects, subject).truth is found
        return found

    return find


MEETING = "meetings: [{{kind: {kind}, date: 2021-02-03, invited: {invited}}}]"
SAID = "[{{value: {0}, agency: gp}}, {{value: {1}, agency: police}}]"


@pytest.mark.parametrize(
    ("test", "for_it", "against_it"),
    [
        ("kind: strategy", "strategy", "core_group"),
        ("kind: {in: [strategy, professionals]}", "professionals", "core_group"),
    ],
)
def test_a_code_has_all_four_values(truth, test, for_it, against_it):
    def of(kind):
        return truth(f"meetings: [{{kind: {kind}}}]", f"{{{test}}}", "meeting")

    assert of(for_it) is T
    assert of(against_it) is F
    assert of(SAID.format(for_it, against_it)) is B
    assert of("") is N


@pytest.mark.parametrize(
    ("test", "for_it", "against_it"),
    [
        ("{at_least: 5}", 5, 4),
        ("{at_most: 5}", 5, 6),
        ("5", 5, 4),
        ("{in: [3, 5]}", 5, 4),
        ("{at_least: -3}", -3, -4),
        ("{at_least: 5, at_most: 7}", 7, 8),
    ],
)
def test_a_number_is_judged_at_its_edge(truth, test, for_it, against_it):
    def of(number):
        couple = f"{{people: [a, b], age_gap_years: {number}}}"
        case = f"adults: [{{id: a}}, {{id: b}}]\ncouples: [{couple}]"
        return truth(case, f"{{age_gap_years: {test}}}", "couple")

    assert of(for_it) is T
    assert of(against_it) is F
    assert of(SAID.format(for_it, against_it)) is B
    assert of("") is N


@pytest.mark.parametrize(
    ("test", "for_it", "against_it"),
    [
        ("2021-02-03", "2021-02-03", "2021-02-04"),
        ("{before: 2021-02-03}", "2021-02-02", "2021-02-03"),
        ("{after: 2021-02-03}", "2021-02-04", "2021-02-03"),
        ("{before: as_of}", "2021-05-31", "2021-06-01"),
        ("{within: {days: 10, after: 2021-02-03}}", "2021-02-13", "2021-02-14"),
        ("{within: {days: 10, after: 2021-02-03}}", "2021-02-03", "2021-02-02"),
        ("{within: {weeks: 2, before: 2021-02-15}}", "2021-02-01", "2021-01-31"),
        ("{within: {weeks: 2, before: 2021-02-15}}", "2021-02-15", "2021-02-16"),
        ("{within: {months: 1, of: 2021-01-31}}", "2021-02-28", "2021-03-01"),
        ("{within: {months: 1, of: 2021-01-31}}", "2020-12-31", "2020-12-30"),
        ("{within: {working_days: 15, after: 2022-06-02}}", "2022-06-24", "2022-06-25"),
        ("{within: {days: 10, after: case.next_conference}}", "2021-07-11", "2021-07-12"),
        ("{at_least: {days: 3, before: 2021-02-15}}", "2021-02-12", "2021-02-13"),
        ("{at_least: {days: 3, before: 2021-02-15}}", "2020-02-12", "2021-02-16"),
        ("{at_least: {weeks: 2, after: 2021-02-01}}", "2021-02-15", "2021-02-14"),
        ("{at_least: {weeks: 2, after: 2021-02-01}}", "2022-02-15", "2021-01-01"),
        ("{at_least: {days: 0, before: 2021-02-15}}", "2021-02-15", "2021-02-16"),
        ("{at_least: {months: 1, before: 2021-03-31}}", "2021-02-28", "2021-03-01"),
        # over Easter: Good Friday and Easter Monday are no working days
        ("{at_least: {working_days: 3, before: 2021-04-07}}", "2021-03-31", "2021-04-01"),
        ("{at_least: {days: 10, before: case.next_conference}}", "2021-06-21", "2021-06-22"),
    ],
)
def test_a_date_is_judged_at_its_edge(truth, test, for_it, against_it):
    def of(day):
        case = f"next_conference: 2021-07-01\nmeetings: [{{date: {day}}}]"
        return truth(case, f"{{date: {test}}}", "meeting")

    assert of(for_it) is T
    assert of(against_it) is F
    assert of(SAID.format(for_it, against_it)) is B
    assert of("") is N


def test_a_date_against_a_field_that_is_silent_is_not_recorded(truth):
    case = "meetings: [{date: 2021-02-03}]"
    assert truth(case, "{date: {before: case.next_conference}}", "meeting") is N


def test_a_list_includes_or_lacks_a_code(truth):
    def of(invited, test="{includes: gp}"):
        return truth(f"meetings: [{{invited: {invited}}}]", f"{{invited: {test}}}", "meeting")

    assert of("[gp, police]") is T
    assert of("[police]") is F
    assert of("[]") is F
    assert of("[{value: [gp], agency: gp}, {value: [], agency: police}]") is B
    assert of("") is N
    assert of("[gp, police, school]", "{includes: [gp, police]}") is T
    assert of("[gp]", "{includes: [gp, police]}") is F
    # neither agency's own list has both
    split = "[{value: [gp], agency: gp}, {value: [police], agency: police}]"
    assert of(split, "{includes: [gp, police]}") is F


def test_recorded_is_never_false(truth):
    def of(reason):
        return truth(f"tools: [{{reason: {reason}}}]", "{reason: {recorded: yes}}", "tool")

    assert of("It did not fit.") is T
    assert of('""') is N
    assert of("") is N


def test_that_nobody_knows_who_it_is_is_not_who_it_is(truth):
    child = "adults: [{{id: dad}}]\nchildren: [{{id: baby, father: {0}}}]"
    for father, found in (("dad", T), ("not_known", N)):
        assert truth(child.format(father), "{father: {recorded: yes}}", "child") is found


MEMBER = {
    T: "{kind: strategy}",
    F: "{kind: core_group}",
    B: "{kind: " + SAID.format("strategy", "core_group") + "}",
    N: "{note: nothing}",
}


@pytest.mark.parametrize("one", Truth)
@pytest.mark.parametrize("other", Truth)
def test_some_is_any_and_every_is_all_over_the_members(truth, one, other):
    case = f"meetings: [{MEMBER[one]}, {MEMBER[other]}]"
    some = truth(case, "{some: {meetings: {kind: strategy}}}")
    every = truth(case, "{every: {meetings: {kind: strategy}}}")
    assert some is Truth((one.has_for or other.has_for, one.has_against and other.has_against))
    assert every is Truth((one.has_for and other.has_for, one.has_against or other.has_against))


def test_an_empty_collection_is_a_record_and_a_missing_one_is_silence(truth):
    assert truth("meetings: []", "{some: {meetings: {kind: strategy}}}") is F
    assert truth("meetings: []", "{every: {meetings: {kind: strategy}}}") is T
    assert truth("{id: x}", "{some: {meetings: {kind: strategy}}}") is N
    assert truth("{id: x}", "{every: {meetings: {kind: strategy}}}") is N


VALUE = {
    T: "yes",
    F: "no",
    B: SAID.format("yes", "no"),
    N: "",
}


@pytest.mark.parametrize("one", Truth)
@pytest.mark.parametrize("other", Truth)
def test_all_any_and_not_over_all_pairs_of_values(truth, one, other):
    adult = f"{{id: a, assessed: {VALUE[one]}, spoken_to: {VALUE[other]}}}"
    case = f"adults: [{adult}]"
    parts = "[{assessed: yes}, {spoken_to: yes}]"
    both = truth(case, f"{{all: {parts}}}", "adult")
    either = truth(case, f"{{any: {parts}}}", "adult")
    assert both is Truth((one.has_for and other.has_for, one.has_against or other.has_against))
    assert either is Truth((one.has_for or other.has_for, one.has_against and other.has_against))
    assert truth(case, f"{{not: {{all: {parts}}}}}", "adult") is both.negated
    assert truth(case, "{assessed: yes, spoken_to: yes}", "adult") is both


def test_a_step_through_a_person_is_silent_where_nobody_is_named(truth):
    def of(father):
        case = f"""
            children: [{{id: baby, father: {father}}}]
            adults: [{{id: one, assessed: yes}}, {{id: other, assessed: no}}, {{id: third}}]
        """
        return truth(case, "{father.assessed: yes}", "child")

    assert of("one") is T
    assert of("other") is F
    assert of("third") is N
    assert of("not_known") is N
    assert of("") is N
    assert of(SAID.format("one", "other")) is B


TERM = """
- term: needs_help
  for_each: adult
  meaning: For tests.
  yes_when: {interpreter_needed: yes}
  no_when: {first_language: English}
  examples: [{given: {}, says: yes}, {given: {}, says: no}, {given: {}, says: not recorded}]
"""


@pytest.mark.parametrize(
    ("adult", "value"),
    [
        ("interpreter_needed: yes", T),
        ("first_language: English", F),
        ("first_language: ENGLISH", F),
        ("interpreter_needed: no", N),
        ("first_language: Polish", N),
        ("interpreter_needed: yes, first_language: English", B),
        ("note: nothing", N),
    ],
)
def test_a_term_can_say_apart_what_is_for_it_and_what_is_against_it(truth, adult, value):
    case = f"adults: [{{id: a, {adult}}}]"
    assert truth(case, "{needs_help: yes}", "adult", TERM) is value
    assert truth(case, "{needs_help: no}", "adult", TERM) is value.negated


def test_every_condition_inside_is_judged_too(rule_of):
    (rule,) = rule_of("{any: [{assessed: yes}, {not: {spoken_to: yes}}]}", kind="adult").rules
    subjects = CaseSubjects(case_of("adults: [{id: a, spoken_to: yes}]"), DAY)
    judged = Judging().judged(rule.expects, *subjects.of_kind("adult"))
    assert judged.truth is N
    assert [part.truth for part in judged.parts] == [N, F]
    assert judged.parts[1].parts[0].truth is T


def test_evidence_of_the_future_is_judged_on_its_own_day(rule_of):
    (rule,) = rule_of("{attended: {includes: gp}}", kind="meeting").rules
    case = case_of("meetings: [{date: 2021-06-02, attended: [gp]}]")
    for day, value in ((1, N), (2, T)):
        subjects = CaseSubjects(case, datetime.date(2021, 6, day))
        assert Judging().judged(rule.expects, *subjects.of_kind("meeting")).truth is value


TIMESCALE = """
- timescale: a_day
  says: Soon.
  editions: [{edition: One, in_force_from: 2020-01-01, number: 1, unit: days, source: None.}]
"""
ADULT = "adults: [{id: a, assessed: no, spoken_to: no}]"
AGAINST = {
    "Equals": (ADULT, "{assessed: yes}", "adult"),
    "In": ("meetings: [{kind: core_group}]", "{kind: {in: [strategy, marac]}}", "meeting"),
    "Includes": ("meetings: [{invited: []}]", "{invited: {includes: gp}}", "meeting"),
    "IncludesThis": (
        "children: [{id: c}]\nplans: [{children: []}]",
        "{some: {plans: {children: {includes: this_child}}}}",
        "child",
    ),
    "AtLeast": ("adults: [{id: a, age_years: 3}]", "{age_years: {at_least: 4}}", "adult"),
    "AtMost": ("adults: [{id: a, age_years: 3}]", "{age_years: {at_most: 2}}", "adult"),
    "Before": ("meetings: [{date: 2021-02-03}]", "{date: {before: 2021-02-03}}", "meeting"),
    "After": ("meetings: [{date: 2021-02-03}]", "{date: {after: 2021-02-03}}", "meeting"),
    "Within": (
        "meetings: [{date: 2021-02-03}]",
        "{date: {within: {days: 1, after: 2021-02-01}}}",
        "meeting",
    ),
    "WithinTimescale": (
        "meetings: [{date: 2021-02-03}]",
        "{date: {within: {timescale: a_day, after: 2021-02-01}}}",
        "meeting",
    ),
    "Apart": (
        "meetings: [{date: 2021-02-03}]",
        "{date: {at_least: {days: 1, before: 2021-02-03}}}",
        "meeting",
    ),
    "All": (ADULT, "{all: [{assessed: yes}, {spoken_to: yes}]}", "adult"),
    "Any": (ADULT, "{any: [{assessed: yes}, {spoken_to: yes}]}", "adult"),
    "Not": (ADULT, "{not: {assessed: no}}", "adult"),
    "Some": ("tools: [{tool: dash}]", "{some: {tools: {tool: gcp2}}}", "case"),
    "Every": ("tools: [{tool: dash}]", "{every: {tools: {tool: gcp2}}}", "case"),
    "Through": (ADULT + "\nchildren: [{id: c, father: a}]", "{father.assessed: yes}", "child"),
    "Named": ("adults: [{id: a, first_language: English}]", "{needs_help: yes}", "adult"),
}


@pytest.mark.parametrize("form", AGAINST)
def test_without_its_production_against_a_condition_form_is_never_false(truth, form, monkeypatch):
    # so each of these FALSEs hangs on that one production, and its loss would fail the tests
    case, expects, kind = AGAINST[form]
    terms = {"Named": TERM, "WithinTimescale": TIMESCALE}.get(form, "")
    assert truth(case, expects, kind, terms) is F
    theirs = engine._productions

    def without(condition):
        for_it, against_it = theirs(condition)
        names = {type(condition).__name__, type(getattr(condition, "test", None)).__name__}
        return for_it, None if form in names else against_it

    monkeypatch.setattr(engine, "_productions", without)
    assert truth(case, expects, kind, terms) is not F


def test_every_condition_form_is_among_them():
    forms = {each.__name__ for each in (*get_args(Condition), *get_args(Test))}
    assert set(AGAINST) == forms - {"Atom", "IsRecorded"}  # nothing is against `recorded`


@pytest.fixture
def concerns(rule_of):
    """Return a condition and a function from the recorded concerns to their subject."""
    (rule,) = rule_of("{concerns: {includes: neglect}}").rules

    def subject(recorded):
        return CaseSubjects(case_of(f"concerns: {recorded}"), DAY).whole

    return rule.expects, subject


@pytest.fixture
def batches(monkeypatch):
    """Return a list of what is asked of the library: the number of facts of each batch."""
    noted = []
    run = WatchedRulesets.run

    def noting(self, asked):
        noted.extend(len(batch.facts) for batch in asked)
        return run(self, asked)

    monkeypatch.setattr(WatchedRulesets, "run", noting)
    return noted


def test_what_was_asked_before_is_remembered_up_to_a_number_and_then_forgotten(
    batches, concerns, monkeypatch
):
    condition, subject = concerns
    monkeypatch.setattr(judging, "MOST_REMEMBERED", 1)
    ours = Judging()
    made = ours.prepare(condition)

    def asked(recorded):
        before = len(batches)
        ours.truths([(made, subject(recorded))])
        return len(batches) - before

    assert [asked("[neglect]"), asked("[neglect]")] == [1, 0]
    assert [asked("[]"), asked("[neglect]")] == [1, 1]


def test_what_is_known_of_a_case_is_not_forgotten_while_it_is_judged(rule_of, monkeypatch):
    monkeypatch.setattr(judging, "MOST_REMEMBERED", 1)
    monkeypatch.setattr(judging, "MOST_VALUES", 1)
    (rule,) = rule_of("{age_gap_years: {at_least: 5}}", kind="couple").rules
    couple = "adults: [{{id: a}}, {{id: b}}]\ncouples: [{{people: [a, b], age_gap_years: {}}}]"
    ours = Judging()
    made = ours.prepare(rule.expects)
    for gaps in ((3, 4, 5, 6), (7, 3, 8, 4), (3, 9)):
        couples = [
            CaseSubjects(case_of(couple.format(gap)), DAY).of_kind("couple")[0] for gap in gaps
        ]
        assert ours.truths([(made, each) for each in couples]) == [
            T if gap >= 5 else F for gap in gaps
        ]


def test_answers_are_the_same_when_they_are_remembered_and_when_they_are_not(rule_of, monkeypatch):
    (rule,) = rule_of("{some: {meetings: {invited: {includes: gp}}}}").rules
    case = case_of("meetings: [{invited: [gp]}, {invited: []}]")
    ours = Judging()
    made = ours.prepare(rule.expects)

    def truth():
        return ours.truths([(made, CaseSubjects(case, DAY).whole)])

    first = truth()
    monkeypatch.setattr(judging, "MOST_REMEMBERED", 0)
    assert [truth() for _ in range(5)] == [first] * 5


def test_a_whole_case_is_asked_in_one_request_and_no_question_twice(rule_of, monkeypatch):
    requests = []
    run = WatchedRulesets.run
    monkeypatch.setattr(
        WatchedRulesets, "run", lambda self, asked: requests.append(asked) or run(self, asked)
    )
    (rule,) = rule_of(
        "{any: [{kind: strategy}, {invited: {includes: gp}}, {not: {date: {before: as_of}}}]}",
        kind="meeting",
    ).rules
    meetings = ", ".join(
        f"{{kind: core_group, date: 2021-01-0{day}, invited: [police]}}" for day in range(1, 10)
    )
    subjects = CaseSubjects(case_of(f"meetings: [{meetings}]"), DAY)
    ours = Judging()
    made = ours.prepare(rule.expects)
    found = ours.truths([(made, each) for each in subjects.of_kind("meeting")])
    assert found == [F] * 9
    _of_tables, of_case = requests
    assert sorted(len(batch.facts) for batch in of_case) == [1, 1, 9]
    assert ours.truths([(made, each) for each in subjects.of_kind("meeting")]) == found
    assert len(requests) == 2


def test_an_outer_condition_is_asked_of_each_set_of_values_that_its_parts_can_have(
    rule_of, batches
):
    (rule,) = rule_of("{any: [{concerns: {includes: neglect}}]}").rules
    whole = CaseSubjects(case_of("concerns: [neglect]"), DAY).whole
    ours = Judging()
    ours.truths([(ours.prepare(rule.expects), whole)])
    assert batches[0] == 15  # the empty set asks what {FALSE} asks


def test_of_two_conditions_the_second_is_not_asked_where_the_first_is_false(concerns, rule_of):
    condition, subject = concerns
    (silent,) = rule_of("{next_conference: {before: 2021-01-01}}").rules
    ours = Judging()
    one, other = ours.prepare(condition), ours.prepare(silent.expects)
    assert ours.pairs([(one, other, [subject("[neglect]"), subject("[]")])]) == [(T, N), (F, N)]
    assert ours.pairs([(one, one, [subject("[]")])]) == [(F, N)]


def test_a_library_that_fails_is_told_for_what_hangs_on_it_and_the_rest_is_judged(
    concerns, library_fails
):
    condition, subject = concerns
    library_fails(lambda _, fact: fact.get("r") == [{"c0": 0}], "303")
    ours = Judging()
    made = ours.prepare(condition)
    bad, good = ours.truths([(made, subject("[]")), (made, subject("[neglect]"))])
    assert isinstance(bad, EngineError)
    assert str(bad) == "303"
    assert good is T
    first, second = ours.pairs([(made, made, [subject("[neglect]"), subject("[]")])])
    assert first == (T, T)
    assert str(second) == "303"
    with pytest.raises(EngineError, match="303"):
        ours.judged(condition, subject("[]"))


def test_of_several_that_failed_each_is_told_its_own_failure(rule_of, monkeypatch):
    (rule,) = rule_of("{any: [{concerns: {includes: neglect}}, {can_get_online: yes}]}").rules
    monkeypatch.setattr(
        engine.Engine,
        "ask",
        lambda _, questions: ({}, {each: EngineError(str(each.content)) for each in questions}),
    )
    ours = Judging()
    whole = CaseSubjects(case_of("concerns: []\ncan_get_online: yes"), DAY).whole
    for part, told in zip(rule.expects.parts, ("((0,),)", "('yes',)"), strict=True):
        (failed,) = ours.truths([(ours.prepare(part), whole)])
        assert str(failed) == told
        with pytest.raises(EngineError) as caught:
            ours.judged(part, whole)
        assert str(caught.value) == told


def test_what_failed_once_is_asked_again_with_the_next_case(concerns, library_fails):
    condition, subject = concerns
    failures = iter([True])
    library_fails(lambda _, fact: "r" in fact and next(failures, False))
    ours = Judging()
    made = ours.prepare(condition)
    (failed,) = ours.truths([(made, subject("[neglect]"))])
    assert isinstance(failed, EngineError)
    assert ours.truths([(made, subject("[neglect]"))]) == [T]


def test_where_an_outer_condition_cannot_be_asked_all_of_its_kind_are_told(rule_of, library_fails):
    (rule,) = rule_of("{any: [{concerns: {includes: neglect}}]}").rules
    library_fails(lambda _, fact: "f" in fact, "303")
    ours = Judging()
    whole = CaseSubjects(case_of("concerns: [neglect]"), DAY).whole
    (failed,) = ours.truths([(ours.prepare(rule.expects), whole)])
    assert str(failed) == "303"
