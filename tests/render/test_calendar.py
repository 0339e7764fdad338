"""The calendar file: what common calendars take, and nobody named."""

import datetime
import re

import pytest
from icalendar import Calendar

from checklist.case_file import read_cases
from checklist.render.calendar import as_calendar
from checklist.review import Reviewer
from checklist.rulebook import worked_cases
from checklist.subjects import CaseSubjects
from checklist.todo import todo_of
from tests.conftest import DAY, SAMPLE_CASES, case_of

CASES = [read.case for read in read_cases([SAMPLE_CASES])]
GAP = """
id: {case}
meetings:
  - {{id: one, kind: strategy, date: {date}, invited: []}}
  - {{id: rcpc, kind: review_conference, date: {conference}, invited: [gp]}}
"""


@pytest.fixture(scope="module")
def reviewer(rulebook):
    return Reviewer(rulebook)


def todos(reviewer, cases=CASES):
    return [todo_of(reviewer.review(case, case.as_of or DAY)) for case in cases]


def events_of(calendar):
    return Calendar.from_ical(calendar).walk("VEVENT")


def gap(rulebook, case="c", date="2021-05-01", conference="2021-06-20", as_of=DAY):
    made = Reviewer(rulebook, rulebook.select(["gp-invited"]))
    text = GAP.format(case=case, date=date, conference=conference)
    return as_calendar([todo_of(made.review(case_of(text), as_of))])


def test_it_is_read_back_with_an_all_day_event_for_each_entry_that_has_a_day(reviewer):
    made = todos(reviewer)
    with_a_day = [each for todo in made for each in todo.entries if each.time.by is not None]
    calendar = Calendar.from_ical(as_calendar(made))
    assert calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert len(events) == len(with_a_day) > 0
    for event in events:
        assert event.errors == []
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is datetime.date
        assert end == start + datetime.timedelta(days=1)
        assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
        assert event["SUMMARY"]
        assert event["DESCRIPTION"]
        assert "{" not in event["SUMMARY"] + event["DESCRIPTION"]


def test_lines_are_folded_and_end_as_the_format_asks(reviewer):
    lines = as_calendar(todos(reviewer)).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_the_same_lists_give_the_same_bytes_and_no_two_events_one_id(reviewer):
    written = as_calendar(todos(reviewer))
    assert written == as_calendar(todos(reviewer))
    ids = [event["UID"] for event in events_of(written)]
    assert len(ids) == len(set(ids))


def test_an_open_point_keeps_its_id_from_day_to_day_and_case_to_case_it_differs(rulebook):
    (early,) = events_of(gap(rulebook, as_of=datetime.date(2021, 4, 20)))
    (late,) = events_of(gap(rulebook))
    (other,) = events_of(gap(rulebook, case="d"))
    assert early["UID"] == late["UID"] != other["UID"]
    assert early["DTSTART"].dt == datetime.date(2021, 5, 1)
    assert late["DTSTART"].dt == DAY  # its day has passed
    assert early["SEQUENCE"] < late["SEQUENCE"]
    assert late["DTSTAMP"].dt == datetime.datetime(2021, 6, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("conference", "day"),
    [
        ("2021-06-10", "2021-06-09"),  # a Thursday
        ("2021-06-14", "2021-06-11"),  # a Monday
        ("2021-06-13", "2021-06-11"),  # a Sunday
        ("2021-06-01", "2021-06-01"),  # the day of the review itself
    ],
)
def test_what_is_for_the_conference_stands_on_the_last_weekday_before_it(rulebook, conference, day):
    text = f"meetings: [{{kind: review_conference, date: {conference}}}]"
    made = Reviewer(rulebook, rulebook.select(["gp-invited"])).review(case_of(text), DAY)
    (event,) = events_of(as_calendar([todo_of(made)]))
    assert event["DTSTART"].dt.isoformat() == day


def test_nobody_and_nothing_of_a_record_is_named(standard_rulebook):
    """Every id, every free text and every authority of the worked cases, looked for as a word."""
    reviewer = Reviewer(standard_rulebook)
    of_rules = " ".join(
        f"{rule.title} {rule.close} {rule.why} {rule.who} {rule.judge}"
        for rule in standard_rulebook.rules
    ).casefold()
    for read in read_cases([worked_cases() / "marac", SAMPLE_CASES]):
        case = read.case
        todo = todo_of(reviewer.review(case, case.as_of or DAY))
        said = "\n".join(
            f"{event['SUMMARY']}\n{event['DESCRIPTION']}\n{event['UID']}"
            for event in events_of(as_calendar([todo]))
        ).casefold()
        for word in _own_words(case, todo):
            if not _stands_in(word, of_rules):  # "mother" is a pseudonym and a word
                assert not _stands_in(word, said), (case.id, word)


def _own_words(case, todo):
    """Return what a case holds that could point at it: ids, free texts, days, its authority."""
    subjects = CaseSubjects(case, todo.as_of)
    found = {case.id, case.authority or "", case.about or "", *subjects.people}
    for text in re.findall(r'"([^"]{4,})"', case.model_dump_json()):
        if not re.fullmatch(r"[a-z_]+", text):  # codes are the record's language, not its content
            found.add(text)
    for entry in todo.entries:
        found.update(subject.id for subject in entry.subjects)
        found.update(subject.label for subject in entry.subjects)
    return {word.casefold() for word in found if word}


def _stands_in(word, text):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
