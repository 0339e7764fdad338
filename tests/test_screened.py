"""What a screening keeps of a case."""

import json

import pytest

from checklist.review import Reviewer, tally_of
from checklist.screened import data_of, from_data, line_of, says_made_up, screened, sha256_of
from tests.conftest import DAY, case_of

CASE = """
    id: family
    authority: east
    concerns: [neglect]
    tools: []
    children: [{id: baby, born: 2021-01-01}]
    meetings:
      - {id: one, kind: strategy, date: 2021-05-01, invited: [police]}
      - {id: two, kind: strategy, date: 2021-07-01}
      - {id: three, kind: strategy, date: 2021-05-02, invited: [gp]}
    accepted:
      - {rule: gp-invited, subject: one, reason: Out of hours., role: chair, review: 2021-09-01}
"""


def kept(rulebook, text=CASE, *, words=False):
    case, reviewer = case_of(text), Reviewer(rulebook)
    review = reviewer.review(case, DAY) if words else None
    return screened(case, DAY, reviewer.tally(case, DAY), ("a.yaml", None, "0" * 64), review)


def test_every_verdict_is_kept_by_rule_and_subject(rulebook):
    found = kept(rulebook)
    assert found.verdicts["gap"]["gp-invited"] == ["one"]
    assert found.verdicts["due"]["gp-invited"] == ["two"]
    assert found.verdicts["met"]["gp-invited"] == ["three"]
    assert found.accepted == {"gp-invited": ["one"]}
    assert (found.case, found.authority, found.as_of) == ("family", "east", DAY)
    assert found.findings is None


def test_words_are_there_for_what_is_open_where_they_are_wanted(rulebook):
    found = kept(rulebook, words=True)
    assert not {each.verdict for each in found.findings} & {"met", "not applicable"}
    (gap,) = (each for each in found.findings if (each.rule, each.subject) == ("gp-invited", "one"))
    assert gap.label == "strategy meeting on 1 May 2021"
    assert gap.reason.startswith("The GP was not invited")
    assert "police" in gap.says
    assert gap.accepted == "Out of hours (chair, until 2021-09-01)"
    (due,) = (each for each in found.findings if (each.rule, each.subject) == ("gp-invited", "two"))
    assert due.questions
    assert due.by.isoformat() == "2021-07-01"


@pytest.mark.parametrize(
    ("about", "made_up"),
    [
        ("Reconstruction, not a real family: a mother.", True),
        ("Synthetic: made up by a program (seed 1), and about nobody.", True),
        (" made up.", True),
        ("A mother and her baby.", False),
        ("The reconstruction of the house.", False),
        (None, False),
    ],
)
def test_a_record_that_says_it_is_about_nobody_is_made_up(about, made_up):
    assert says_made_up(about) is made_up


def test_a_made_up_case_is_kept_as_such_and_written_without_it(rulebook):
    made_up = f"{CASE}    about: Synthetic, about nobody.\n"
    assert [kept(rulebook, text).made_up for text in (CASE, made_up)] == [False, True]
    assert "made_up" not in data_of(kept(rulebook, made_up))


@pytest.mark.parametrize(
    "text", [CASE, "meetings: []", "id: x", CASE.replace("2021-01-01", "2031-01-01")]
)
def test_a_review_finds_what_is_found_without_words(rulebook, text):
    case, reviewer = case_of(text), Reviewer(rulebook)
    found = tally_of(reviewer.review(case, DAY))
    assert found == reviewer.tally(case, DAY)
    assert json.dumps(found) == json.dumps(reviewer.tally(case, DAY))  # in the same order too


def test_a_line_gives_back_what_was_kept(rulebook):
    found = kept(rulebook)
    line = line_of(found)
    assert "\n" not in line
    assert from_data(json.loads(line)) == from_data(data_of(found)) == found


def test_a_line_holds_nothing_that_a_screen_would_obey(rulebook):
    found = kept(rulebook)._replace(file="\x1b[31m\x9b.yaml")
    assert not {"\x1b", "\x9b"} & {*line_of(found)}


def test_the_hash_is_that_of_the_bytes():
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
