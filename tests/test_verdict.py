import datetime

import pytest

from checklist.truth import Truth
from checklist.verdict import (
    Asked,
    Because,
    Later,
    Looked,
    Missing,
    Needed,
    Target,
    Told,
    asked_together,
    name_of,
)

T, F, B, N = Truth.TRUE, Truth.FALSE, Truth.BOTH, Truth.NEITHER


# the design's table, section 3: applies x expects
@pytest.mark.parametrize(
    ("applies", "expects", "verdict", "while_the_deadline_is_ahead"),
    [
        (T, T, "met", "met"),
        (T, F, "gap", "due"),
        (T, B, "conflicting", "conflicting"),
        (T, N, "not recorded", "due"),
        (B, T, "met", "met"),
        (B, F, "gap", "due"),
        (B, B, "conflicting", "conflicting"),
        (B, N, "not recorded", "due"),
        (N, T, "met", "met"),
        (N, F, "not recorded", "not recorded"),
        (N, B, "conflicting", "conflicting"),
        (N, N, "not recorded", "not recorded"),
        *[(F, each, "not applicable", "not applicable") for each in Truth],
    ],
)
def test_two_answers_give_one_verdict(applies, expects, verdict, while_the_deadline_is_ahead):
    assert name_of(applies, expects, deadline_is_ahead=False) == verdict
    assert name_of(applies, expects, deadline_is_ahead=True) == while_the_deadline_is_ahead


ONE, OTHER = ((Needed("assessed", "yes", "yes"),),), ((Needed("spoken_to", "yes"),),)


def test_ways_are_worked_out_once_and_only_when_they_are_asked_for():
    asked = []

    def find():
        asked.append(True)
        return ONE

    ways = Later(find)
    assert asked == []
    assert (ways(), ways()) == (ONE, ONE)
    assert asked == [True]


def test_what_is_found_later_is_equal_where_it_is_the_same():
    assert Later(lambda: ONE) == Later(lambda: ONE)
    assert Later(lambda: ONE) != Later(lambda: OTHER)
    assert Later(lambda: ONE) != ONE
    assert Later(lambda: ()) != Later(lambda: ONE)
    assert Later(lambda: ()) is not None


def test_a_verdict_without_ways_would_be_met_by_nothing_and_one_with_ways_by_them(review_of):
    case = "adults: [{id: a, assessed: no}]"
    (gap,) = review_of(case, "{assessed: yes}", kind="adult").verdicts
    (met,) = review_of(case, "{assessed: no}", kind="adult").verdicts
    assert gap.would_be_met_by == ONE
    assert met.would_be_met_by == ()
    assert gap._replace(ways=Later(lambda: OTHER)).would_be_met_by == OTHER


def test_grounds_are_equal_where_all_of_them_are():
    def grounds(**other):
        said = {
            "message": "It is so.",
            "close": "Do it.",
            "missing": (Missing("b", "Is it?", Target("a", "b")),),
        }
        return Told(**(said | other))

    assert grounds() == grounds()
    assert grounds() != "It is so."
    for other in ({"message": "It is not."}, {"close": ""}, {"missing": ()}):
        assert grounds(**other) != grounds()
        assert grounds() != grounds(**other)


def test_of_what_is_known_at_once_all_but_the_words_can_be_left_out():
    told = Told("It is so.")
    assert (told.message, told.close) == ("It is so.", "")
    assert (told.because, told.applies_because, told.missing) == ((), (), ())
    said = (Because("plans", "plans", frozenset(), "codes"),)
    assert Told("It is so.", applies_because=said).applies_because == said


def test_a_question_asked_of_several_members_is_asked_once_with_their_names():
    ann, ben = "Were they seen? (ann)", "Were they seen? (ben)"
    day = Target("family", "next_conference")
    missing = [
        Missing("contacts[a].seen", ann, Target("a", "seen"), "ann"),
        Missing("next_conference", "When is it?", day),
        Missing("contacts[b].seen", ben, Target("b", "seen"), "ben"),
        Missing("contacts[c].seen", ann, Target("c", "seen"), "ann"),
        Missing("case.next_conference", "When is it?", day),
    ]
    assert asked_together(missing) == {
        "Were they seen?": Asked(("ann", "ben")),
        "When is it?": Asked(),
    }
    assert asked_together([]) == {}


def test_a_question_says_whose_answers_were_looked_for_and_where():
    file, letter = (
        Looked(where, datetime.date(2021, 5, 1)) for where in ("child's file", "letter")
    )
    missing = [
        Missing("a.seen", "Seen? (ann)", Target("a", "seen"), "ann", (file,)),
        Missing("b.seen", "Seen? (ben)", Target("b", "seen"), "ben", (letter, file)),
        Missing("c.seen", "Seen? (cas)", Target("c", "seen"), "cas"),
        Missing("meetings", "Which?", Target("family", "meetings"), None, (file,)),
    ]
    assert asked_together(missing) == {
        "Seen?": Asked(("ann", "ben", "cas"), ((file, ("ann", "ben")), (letter, ("ben",)))),
        "Which?": Asked((), ((file, ()),)),
    }
