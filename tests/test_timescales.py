import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checklist.errors import BadInput
from checklist.examples import run_examples
from checklist.plain_english import clause, deadline
from checklist.render.data import data_of
from checklist.review import Review
from checklist.rulebook import Rulebook

TIMESCALE = """
- timescale: review
  says: The review follows the meeting.
  editions:
    - {edition: Two, in_force_from: 2023-12-15, number: 2, unit: weeks, source: The guidance.}
    - {edition: One, in_force_from: 2018-07-04, number: 15, unit: working_days, source: It.}
"""
PLAN = "plans: [{{id: plan, kind: child_protection, started: {started}, ended: {ended}}}]"
IN_TIME = "{ended: {within: {timescale: review, after: started}}}"
AHEAD = datetime.date(2024, 6, 1)


@pytest.fixture
def verdict_on(verdicts: Callable[..., dict[str, str]]) -> Callable[..., str]:
    def judge(started: str, ended: str, as_of: datetime.date = AHEAD, **rule: str) -> str:
        case = PLAN.format(started=started, ended=ended)
        return verdicts(case, IN_TIME, as_of, kind="plan", terms=TIMESCALE, **rule)["plan"]

    return judge


@pytest.mark.parametrize(
    ("started", "ended", "verdict"),
    [
        ("2022-06-02", "2022-06-24", "met"),
        ("2022-06-02", "2022-06-25", "gap"),
        ("2022-06-02", "2022-06-02", "met"),  # on day 0 itself
        ("2022-06-02", "2022-06-01", "gap"),
        ("2023-12-14", "2024-01-09", "met"),  # by the edition of the day it counts from
        ("2023-12-14", "2024-01-10", "gap"),
        ("2023-12-15", "2023-12-29", "met"),
        ("2023-12-15", "2023-12-30", "gap"),
        ("2018-07-03", "2018-07-04", "not recorded"),
        ("2018-07-03", "2018-07-02", "not recorded"),
    ],
)
def test_a_timescale_counts_by_its_edition(
    verdict_on: Callable[..., str], started: str, ended: str, verdict: str
) -> None:
    assert verdict_on(started, ended) == verdict


def test_where_agencies_name_two_days_only_those_with_an_edition_tell(
    verdict_on: Callable[..., str],
) -> None:
    days = "[{value: 2018-07-03, agency: gp}, {value: 2018-07-04, agency: police}]"
    assert verdict_on(days, "2018-07-05") == "met"
    assert verdict_on(days, "2018-12-01") == "gap"


@pytest.mark.parametrize(
    ("as_of", "verdict"), [("2022-06-24", "due"), ("2022-06-25", "not recorded")]
)
def test_a_deadline_can_be_a_timescales(
    verdict_on: Callable[..., str], as_of: str, verdict: str
) -> None:
    day = datetime.date.fromisoformat(as_of)
    by = "{timescale: review, after: started}"
    assert verdict_on("2022-06-02", "", day, by=by) == verdict


def test_without_an_edition_there_is_no_deadline(verdict_on: Callable[..., str]) -> None:
    day = datetime.date(2018, 7, 3)
    assert verdict_on("2018-07-03", "", day, by="{timescale: review, after: started}") == (
        "not recorded"
    )


# -- what is said ------------------------------------------------------------------------------


@pytest.fixture
def of_plan(review_of: Callable[..., Review]) -> Callable[..., Review]:
    def review(case: str, as_of: datetime.date = AHEAD, **rule: str) -> Review:
        return review_of(case, IN_TIME, as_of, kind="plan", terms=TIMESCALE, **rule)

    return review


def test_where_no_edition_is_known_the_report_says_so(of_plan: Callable[..., Review]) -> None:
    (verdict,) = of_plan(PLAN.format(started="2018-07-03", ended="2018-07-05")).verdicts
    (missing,) = verdict.missing
    assert missing.field == "ended"
    assert missing.question == (
        "Was it in time, counted from 3 Jul 2018? The first edition known here, One, is in force "
        "from 4 Jul 2018: ask what held then."
    )
    # no other end would tell, counted from that day
    assert [[(each.field, each.test) for each in way] for way in verdict.would_be_met_by] == [
        [
            (
                "started",
                "such that 5 Jul 2018 is within 15 working days (from 15 Dec 2023 on 2 weeks) "
                "after it",
            )
        ]
    ]


def test_what_would_meet_it_is_within_the_time_allowed(of_plan: Callable[..., Review]) -> None:
    (verdict,) = of_plan(PLAN.format(started="2022-06-02", ended="2022-06-25")).verdicts
    assert [(each.field, each.test) for each in verdict.would_be_met_by[0]] == [
        ("ended", "within 15 working days (from 15 Dec 2023 on 2 weeks) after the start")
    ]


def test_it_reads_like_plain_english(rule_of: Callable[..., Rulebook]) -> None:
    by = "{timescale: review, after: started}"
    (rule,) = rule_of(IN_TIME, kind="plan", by=by, terms=TIMESCALE).rules
    allowed = "15 working days (from 15 Dec 2023 on 2 weeks) after the start of the plan"
    assert clause(rule.expects, "the plan") == f"the end of the plan is within {allowed}"
    assert rule.by is not None
    assert deadline(rule.by, "the plan") == f"until {allowed}"


def test_editions_that_keep_the_number_are_not_repeated(rule_of: Callable[..., Rulebook]) -> None:
    kept = TIMESCALE.replace("number: 2, unit: weeks", "number: 15, unit: working_days")
    (rule,) = rule_of(IN_TIME, kind="plan", terms=kept).rules
    assert clause(rule.expects) == "its end is within 15 working days after the start"


# -- beyond the years whose bank holidays are known --------------------------------------------

TOO_LATE = PLAN.format(started="2100-12-20", ended="2100-12-21")
TOLD = "plans[plan].started: working days can be counted in the years 1872 to 2100, not in 2101."


@pytest.mark.parametrize(
    ("expects", "by"),
    [
        ("{ended: {within: {timescale: review, after: started}}}", ""),
        ("{ended: {within: {working_days: 15, after: started}}}", ""),
        ("{ended: {recorded: yes}}", "{timescale: review, after: started}"),
        ("{ended: {recorded: yes}}", "{working_days: 15, after: started}"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_field(
    review_of: Callable[..., Review], expects: str, by: str
) -> None:
    terms = TIMESCALE.replace("number: 2, unit: weeks", "number: 15, unit: working_days")
    day = datetime.date(2100, 12, 31)
    with pytest.raises(BadInput) as caught:
        review_of(TOO_LATE, expects, day, kind="plan", by=by, terms=terms)
    assert [fault.sentence() for fault in caught.value.faults] == [TOLD]


def test_where_the_day_of_the_review_cannot_be_counted_from_it_is_told_as_that(
    review_of: Callable[..., Review],
) -> None:
    expects = "{started: {within: {working_days: 15, after: as_of}}}"
    with pytest.raises(BadInput) as caught:
        review_of(TOO_LATE, expects, datetime.date(2100, 12, 31), kind="plan")
    assert [fault.field for fault in caught.value.faults] == ["as_of"]


def test_of_somebody_not_yet_there_nothing_is_asked_that_cannot_be_counted(
    review_of: Callable[..., Review],
) -> None:
    expects = "{some: {meetings: {date: {within: {working_days: 15, after: 2100-12-20}}}}}"
    review = review_of("meetings: []", expects)
    (verdict,) = data_of(review)["verdicts"]
    assert json.dumps(verdict["would_be_met_by"]) == "[]"


def test_an_example_that_cannot_be_counted_fails_in_words(tmp_path: Path, rule_of) -> None:  # type: ignore[no-untyped-def]
    loaded = rule_of("{ended: {within: {working_days: 15, after: started}}}", kind="plan")
    (rule,) = loaded.rules
    given = {"plans": [{"id": "plan", "started": "2100-12-20", "ended": "2100-12-21"}]}
    example = rule.examples[0]._replace(given=given, as_of=datetime.date(2100, 12, 31))
    (outcome,) = run_examples(loaded, [rule._replace(examples=(example,))])
    assert outcome.problem == TOLD


# -- those that ship ---------------------------------------------------------------------------


def test_every_edition_that_ships_is_named_with_its_source(rulebook: Rulebook) -> None:
    assert {each.id for each in rulebook.timescales} >= {"initial_conference", "assessment"}
    for timescale in rulebook.timescales:
        for edition in timescale.editions:
            assert edition.edition.startswith("Working Together")
            assert edition.source


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("initial_conference", "2022-06-24"),
        ("first_core_group", "2022-06-17"),
        ("first_review_conference", "2022-09-02"),
        ("later_review_conference", "2022-12-02"),
        ("assessment", "2022-08-05"),
    ],
)
def test_the_timescales_of_working_together(rulebook: Rulebook, name: str, last: str) -> None:
    from checklist.conditions import AsOf, WithinTimescale
    from checklist.worked_out import last_day

    (timescale,) = [each for each in rulebook.timescales if each.id == name]
    found = last_day(WithinTimescale(timescale, AsOf()), datetime.date(2022, 6, 2))
    assert str(found) == last
