import datetime
import io
import json
import os
from pathlib import Path

import pytest

from checklist.cohort import RulesChosen, Task, screen
from checklist.comparison import Side, compare
from checklist.documents import documents
from checklist.render.blocks_terminal import print_blocks
from checklist.render.comparison import MOST_CASES, blocks_of, told
from checklist.render.comparison_data import data_of
from checklist.render.markdown import as_markdown
from checklist.render.terminal import WIDTH, console_for
from checklist.rulebook import worked_cases
from tests.test_comparison import DAY, LATER, case, compared, rule_of, side

SCREENS = Path(__file__).parent / "screens" / "compare"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal


def printed_of(found, titles=None, **options):
    stream = io.StringIO()
    print_blocks(blocks_of(found, titles or {}, **options), console_for(stream))
    return stream.getvalue()


def flat(text):
    return " ".join(text.split())


def of_folder(rulebook, name, as_of=None):
    task = Task(RulesChosen(), as_of)
    found = screen(documents([worked_cases() / name]), task, rulebook=rulebook)
    return Side(name, {each.case: each for each in found}, "this one")


@pytest.fixture(scope="module")
def comparisons(standard_rulebook):
    return {
        "two-areas": compare(
            of_folder(standard_rulebook, "marac"), of_folder(standard_rulebook, "under-ones")
        ),
        "two-days": compare(
            of_folder(standard_rulebook, "wakefield", datetime.date(2021, 1, 11)),
            of_folder(standard_rulebook, "wakefield", datetime.date(2021, 3, 8)),
        ),
    }


@pytest.mark.parametrize("name", ["two-areas", "two-days"])
@pytest.mark.parametrize("form", ["txt", "md"])
def test_the_worked_cases_compared_print_this_screen(name, form, comparisons, standard_rulebook):
    titles = {rule.id: rule.title for rule in standard_rulebook.rules}
    found = comparisons[name]
    if form == "txt":
        printed = printed_of(found, titles)
        assert all(len(line) <= WIDTH for line in printed.splitlines())
    else:
        printed = as_markdown(blocks_of(found, titles)) + "\n"
    expected = SCREENS / f"{name}.{form}"
    if RECORD:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


def test_no_screen_is_left_that_nothing_prints():
    from tests.render.test_since import DAYS

    known = {
        f"{name}.{form}" for name in (*DAYS, "two-areas", "two-days") for form in ("txt", "md")
    }
    assert {path.name for path in SCREENS.iterdir()} == known


def gaps(number, of, prefix=""):
    return [case(f"{prefix}{n:02}", rule="gap" if n < number else "met") for n in range(of)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (gaps(5, 6, "b"), gaps(2, 6, "a"),
         "gaps in 5 of 6 before, 2 of 6 after: with so few cases this can be chance "
         "(exact test, p = 0.24)."),
        (gaps(5, 6), gaps(2, 6),
         "gaps in 5 of 6 before, 2 of 6 after: with so few cases this can be chance "
         "(exact test, p = 0.25)."),
        (gaps(3, 6), gaps(3, 6), "gaps in 3 of 6 before, 3 of 6 after: the same."),
        (gaps(20, 40), gaps(18, 40),
         "gaps in 20 of 40 before, 18 of 40 after: this can be chance (exact test, p = 0.5)."),
        (gaps(8, 8), gaps(0, 8),
         "gaps in 8 of 8 before, 0 of 8 after: fewer than chance would bring (exact test, "
         "p = 0.0078; p = 0.0078 after allowing for 1 rule tested at once)."),
        (gaps(0, 20), gaps(20, 20),
         "gaps in 0 of 20 before, 20 of 20 after: more than chance would bring (exact test, "
         "p < 0.001; p < 0.001 after allowing for 1 rule tested at once)."),
    ],
)  # fmt: skip
def test_whether_a_change_can_be_chance_is_said_in_words(before, after, words):
    found = compared(before, after)
    assert told(rule_of(found), found.tested) == words


def test_a_change_that_does_not_hold_among_many_rules_is_not_claimed():
    others = {f"r{n}": "met" for n in range(20)}
    names = [f"{n}" for n in range(8)]
    found = compared(
        [case(n, rule="gap", **others) for n in names],
        [case(n, rule="met", **others) for n in names],
    )
    assert told(rule_of(found), found.tested) == (
        "gaps in 8 of 8 before, 0 of 8 after: alone this would seldom be chance (exact test, "
        "p = 0.0078), but 21 rules were tested at once, and allowing for that it can be "
        "(p = 0.16)."
    )
    printed = flat(printed_of(found))
    assert "no change is more than chance" in printed
    assert "With the same gaps on both sides: 20 rules." in printed


def test_a_gap_that_became_silence_is_told_as_such():
    found = compared([case("a", rule="gap")], [case("a", rule="not recorded")])
    assert "Not recorded: 0 of 1 before, 1 of 1 after" in flat(printed_of(found))


def test_several_causes_at_once_are_said_and_not_settled():
    before = [case("a", rule="gap")]
    after = [case("a", rule="met", sha256="1", as_of=LATER)]
    assert (
        "CASE a: the record and the day differ, so it cannot be told which of them changed a "
        "verdict" in flat(printed_of(compared(before, after)))
    )
    unknown = compare(side("x", before[0], rulebook=None), side("y", case("a", rule="met")))
    assert (
        "CASE a: neither the record nor the day differs; the rulebook may" in
        flat(printed_of(unknown))
    )  # fmt: skip


def test_different_rulebooks_say_nothing_about_practice():
    found = compare(
        side("x", case("a", rule="gap")), side("y", case("a", rule="met"), rulebook="s")
    )
    assert "says nothing about practice" in flat(printed_of(found))
    assert "CASE a: the rulebook differs" in printed_of(found)


def test_many_cases_are_listed_with_all_and_counted_without():
    names = [f"{n:03}" for n in range(MOST_CASES + 5)]
    found = compared([case(n, rule="gap") for n in names], [case(n, rule="met") for n in names])
    assert "5 more cases (list with --all)." in printed_of(found)
    assert "CASE 024" not in printed_of(found)
    assert "CASE 024" in printed_of(found, everything=True)


def test_json_holds_every_rule_and_case():
    found = compared(gaps(5, 6), gaps(2, 6))
    data = json.loads(json.dumps(data_of(found)))
    (rule,) = data["rules"]
    assert (rule["rule"], rule["p"], rule["adjusted"], rule["more_than_chance"]) == (
        "rule", 0.25, 0.25, False
    )  # fmt: skip
    assert rule["before"] == {"of": 6, "gaps": 5, "not_recorded": 0}
    assert [each["case"] for each in data["cases"]] == ["02", "03", "04"]
    assert data["cases"][0]["changed"] == [
        {"rule": "rule", "subject": "subject", "before": "gap", "after": "met"}
    ]
    assert (data["test"], data["before"]["first_day"]) == ("McNemar, exact", DAY.isoformat())
