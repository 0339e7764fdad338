from dataclasses import replace

import pytest

from checklist.report import arrange
from checklist.review import Reviewer
from tests.conftest import DAY, case_of


@pytest.fixture
def report_of(rulebook):
    def report(case):
        return arrange(Reviewer(rulebook).review(case_of(case), DAY), rulebook)

    return report


def sections(report):
    return {section.name: section for section in report.sections}


def rules(section):
    return [entry.rule.id for entry in section.entries]


def test_an_immediate_gap_needs_doing_first_and_others_come_next(report_of):
    found = sections(
        report_of(
            """
            children: [{id: baby, born: 2021-01-01, father: dad}]
            adults: [{id: dad, first_language: English, assessed: no, spoken_to: yes}]
            safety_plans: [{protects: [baby], on_file_of: []}]
            """
        )
    )
    assert rules(found["first"]) == ["safety-plan-on-childs-file"]
    assert rules(found["next"]) == ["father-engaged"]


def test_a_gap_comes_before_what_is_due_and_what_is_due_sooner_before_what_is_due_later(report_of):
    found = sections(
        report_of(
            """
            meetings:
              - {id: later, kind: core_group, date: 2021-07-09, invited: []}
              - {id: past, kind: core_group, date: 2021-05-09, invited: []}
              - {id: sooner, kind: core_group, date: 2021-06-09, invited: []}
            """
        )
    )
    order = [verdict.subject.id for entry in found["next"].entries for verdict in entry.verdicts]
    assert order == ["past", "sooner", "later"]


def test_a_question_is_asked_once_for_all_that_wait_for_it(report_of):
    found = sections(report_of("children: [{id: baby, born: 2021-01-01}]"))
    questions = [question.text for question in found["ask"].questions]
    assert len(set(questions)) == len(questions)
    first = found["ask"].questions[0]
    assert [entry.rule.id for entry in first.entries] == [
        "gcp2-considered",
        "neglect-toolkit-applied",
    ]


def test_an_accepted_gap_stays_visible_in_a_section_of_its_own(report_of):
    report = report_of(
        """
        meetings: [{id: one, kind: strategy, date: 2021-05-01, invited: []}]
        accepted:
          - {rule: gp-invited, subject: one, reason: No GP yet., role: manager, review: 2021-07-01}
        """
    )
    assert rules(sections(report)["accepted"]) == ["gp-invited"]
    assert (report.counts["gap"], report.accepted) == (1, 1)


def test_every_verdict_stands_in_exactly_one_section(report_of, rulebook):
    case = case_of("children: [{id: baby}]\nadults: [{id: dad}]\nmeetings: [{kind: strategy}]")
    review = Reviewer(rulebook).review(case, DAY)
    report = arrange(review, rulebook)
    placed = [
        verdict
        for section in report.sections
        for entry in section.entries
        for verdict in entry.verdicts
    ]
    assert sorted(map(id, placed)) == sorted(map(id, review.verdicts))
    assert sum(report.counts.values()) == len(review.verdicts)


def test_queries_stand_in_a_section_of_their_own_after_what_agencies_disagree_on(report_of):
    report = report_of(
        """
        children: [{id: baby, born: 2021-03-02, unborn: yes, father: dad}]
        adults:
          - id: dad
            assessed: yes
            spoken_to: [{value: yes, agency: gp}, {value: no, agency: police}]
        """
    )
    names = [section.name for section in report.sections]
    assert names.index("check") == names.index("disagree") + 1
    section = sections(report)["check"]
    assert section.entries == ()
    (check,) = section.checks
    assert check.query.id == "born-and-still-unborn"
    assert [answer.subject.id for answer in check.answers] == ["baby"]
    assert not any(other.checks for other in report.sections if other is not section)


def test_an_entry_names_where_its_rule_was_learned(report_of):
    found = sections(report_of("meetings: [{kind: strategy, date: 2021-05-01, invited: []}]"))
    (entry,) = found["next"].entries
    assert {source.point.id for source in entry.sources} == set(entry.rule.learned_from)
    assert {source.audit.id for source in entry.sources} == {"A", "B", "C"}


def test_a_report_without_sources_reads_no_audit(rulebook):
    def refuse():
        raise AssertionError("the audits were read")

    case = case_of("meetings: [{kind: strategy, date: 2021-05-01, invited: []}]")
    review = Reviewer(rulebook).review(case, DAY)
    report = arrange(review, replace(rulebook, read_audits=refuse), sources=False)
    entries = [entry for section in report.sections for entry in section.entries]
    assert entries
    assert not any(entry.sources for entry in entries)
