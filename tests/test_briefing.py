from checklist.audit import Audit, LearningPoint
from checklist.briefing import (
    MOST_OF_A_THEME,
    MOST_POINTS,
    MOST_QUESTIONS,
    briefing,
)
from checklist.cohort import Left
from checklist.conditions import ALWAYS
from checklist.rule import Place, expecting
from checklist.screened import Screened
from checklist.screening import screening_of
from tests.conftest import DAY


class Book:
    """A rulebook of nothing but rules, which is all that a screening asks it for."""

    def __init__(self, *rules):
        self.rules = rules
        self.queries = self.themes = self.audits = ()


def rule(name, theme="theme", learned_from=()):
    made = expecting(name, f"Title of {name}", "case", ALWAYS, Place("", None))
    return made._replace(theme=theme, learned_from=learned_from, close=f"Do {name}.")


def cohort(book, *cases):
    """Return the screening of cases, each the verdict of each rule, as in `{"rule": "gap"}`."""
    found = []
    for number, said in enumerate(cases):
        verdicts = {}
        for name, verdict in said.items():
            if name not in ("authority", "made_up"):
                verdicts.setdefault(verdict, {})[name] = [f"case-{number}"]
        name, authority = f"case-{number}", said.get("authority")
        made = Screened(name, "f", number, f"{number}", DAY, authority, None, verdicts, {})
        found.append(made._replace(made_up=said.get("made_up", False)))
    return screening_of(found, book, keep_all=True)


def point(name, answered_by, question="Why?"):
    return LearningPoint(name, "s", "says", answered_by, question=question, screening="It can.")


def audit(*points):
    return Audit("A", "Title", "Partnership", "2021-03", points)


def test_every_number_comes_with_the_cases_behind_it():
    book = Book(rule("r"))
    found = briefing(
        cohort(book, {"r": "gap"}, {"r": "gap"}, {"r": "conflicting"}, {"r": "not recorded"},
               {"r": "not applicable"}),
        audit(),
    )  # fmt: skip
    (practice,) = found.to_develop
    assert (practice.gaps.number, practice.gaps.cases) == (2, ("case-0", "case-1"))
    assert practice.conflicting.cases == ("case-2",)
    assert practice.not_recorded.cases == ("case-3",)
    assert (practice.of.number, practice.of.cases) == (4, tuple(f"case-{n}" for n in range(4)))
    assert found.cases.cases == tuple(f"case-{n}" for n in range(5))


def test_what_is_open_in_most_cases_is_to_be_developed_first():
    book = Book(rule("few", "a"), rule("silent", "b"), rule("gaps", "c"), rule("met", "d"))
    cases = [
        {"few": "gap", "silent": "not recorded", "gaps": "gap", "met": "met"},
        {"few": "met", "silent": "not recorded", "gaps": "gap", "met": "met"},
        {"few": "met", "silent": "met", "gaps": "met", "met": "met"},
    ]
    found = briefing(cohort(book, *cases), audit())
    assert [each.rule.id for each in found.to_develop] == ["gaps", "silent", "few"]
    assert [each.rule.id for each in found.working_well] == ["met", "few"]
    assert found.actions == found.to_develop


def test_of_two_points_alike_that_which_the_audit_taught_comes_first():
    book = Book(rule("other", "a"), rule("taught", "b", ("A01",)))
    cases = cohort(book, {"other": "gap", "taught": "gap"})
    found = briefing(cases, audit(point("A01", ("case",), None)))
    assert [each.rule.id for each in found.to_develop] == ["taught", "other"]


def test_no_theme_crowds_the_others_out():
    rules = [rule(f"one-{n}", "one") for n in range(9)]
    rules += [rule(f"{name}-1", name) for name in "abcdefgh"]
    book = Book(*rules)
    found = briefing(cohort(book, {each.id: "met" for each in rules}), audit())
    themes = [each.rule.theme for each in found.working_well]
    assert len(themes) == MOST_POINTS
    assert themes.count("one") <= MOST_OF_A_THEME


def test_questions_to_a_board_come_first_and_those_of_which_cases_can_show_something():
    book = Book(rule("r", learned_from=("A02", "A04")))
    points = [
        point("A01", ("cohort",)),
        point("A02", ("case", "cohort")),
        point("A03", ("board",)),
        point("A04", ("case", "board")),
        point("A05", ("case",), None),
    ]
    found = briefing(cohort(book, {"r": "gap"}), audit(*points))
    assert [each.point.id for each in found.questions] == ["A04", "A03", "A02", "A01"]
    assert [each.rule.id for each in found.questions[0].practices] == ["r"]
    assert found.more_questions == 0


def test_more_questions_are_counted_or_all_of_them_there():
    points = [point(f"A{n:02}", ("board",)) for n in range(MOST_QUESTIONS + 3)]
    cases = cohort(Book(), {})
    found = briefing(cases, audit(*points))
    assert (len(found.questions), found.more_questions) == (MOST_QUESTIONS, 3)
    whole = briefing(cases, audit(*points), all_questions=True)
    assert (len(whole.questions), whole.more_questions) == (MOST_QUESTIONS + 3, 0)


def test_what_was_looked_at_and_what_was_not():
    book = Book(rule("r"))
    left = [Left("no", "f", None, "no", ("Too old.",)), Left("open", "f", None, "not recorded", ())]
    cases = cohort(
        book, {"r": "met", "authority": "b"}, {"r": "met", "made_up": True}, {"r": "met"}
    )
    found = briefing(cases, audit(), left)
    assert [(area.name, area.cases.number) for area in found.areas] == [("b", 1), (None, 2)]
    assert (found.left_out.cases, found.unclear.cases) == (("no",), ("open",))
    assert found.made_up.cases == ("case-1",)
    assert (found.first_day, found.last_day, found.rules) == (DAY, DAY, 1)
    assert [each.case for each in found.why_not] == ["no", "open"]


def test_small_numbers_are_left_out_and_with_them_which_cases_they_are():
    book = Book(rule("r"))
    cases = [{"r": "gap", "authority": "a"}] * 2 + [{"r": "met", "authority": "b"}] * 6
    left = [Left("no", "f", None, "no", ())]
    found = briefing(cohort(book, *cases), audit(), left, below=5)
    assert (found.cases.number, found.cases.cases) == (8, None)
    assert [area.cases.number for area in found.areas] == [None, None]
    assert found.to_develop == ()
    assert (found.left_out.number, found.why_not) == (None, ())
    assert all(each.share is None for each in found.working_well)
    for practice in found.working_well:
        for number in practice[1:6]:
            assert number.cases is None


def test_a_cohort_of_nothing_has_no_days():
    found = briefing(cohort(Book()), audit())
    assert (found.first_day, found.cases.number) == (None, 0)
