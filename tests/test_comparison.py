import datetime

from hypothesis import given
from hypothesis import strategies as st

from checklist.comparison import Changed, Side, compare
from checklist.screened import Screened

DAY = datetime.date(2021, 6, 1)
LATER = datetime.date(2021, 9, 1)


def case(name, *, sha256="0", as_of=DAY, authority=None, accepted=(), **verdicts):
    """A case of which each rule says something of one subject: `rule="gap"`."""
    by_verdict = {}
    for rule, said in verdicts.items():
        by_verdict.setdefault(said, {})[rule] = ["subject"]
    return Screened(
        name,
        f"{name}.yaml",
        None,
        sha256,
        as_of,
        authority,
        None,
        by_verdict,
        {rule: ["subject"] for rule in accepted},
    )


def side(name, *cases, rulebook="r"):
    return Side(name, {each.case: each for each in cases}, rulebook)


def compared(before, after):
    return compare(side("before", *before), side("after", *after))


def rule_of(found, rule="rule"):
    (only,) = [each for each in found.rules if each.rule == rule]
    return only


def test_a_change_is_told_with_what_differs_between_the_sides():
    found = compared(
        [case("a", rule="gap"), case("b", rule="gap"), case("c", rule="gap")],
        [
            case("a", rule="met", sha256="1"),
            case("b", rule="met", sha256="1", as_of=LATER),
            case("c", rule="gap", sha256="1"),
        ],
    )
    assert [(each.case, each.why) for each in found.cases] == [
        ("a", ("record",)),
        ("b", ("record", "day")),
    ]
    assert found.cases[0].changed == (Changed("rule", "subject", "gap", "met"),)
    assert (found.unchanged, found.touched) == (1, 1)


def test_another_rulebook_is_told_and_so_is_one_that_is_not_known():
    before, after = case("a", rule="gap"), case("a", rule="met")
    found = compare(side("x", before), side("y", after, rulebook="s"))
    assert (found.same_rulebook, found.cases[0].why) == (False, ("rulebook",))
    unknown = compare(side("x", before), side("y", after, rulebook=None))
    assert (unknown.same_rulebook, unknown.cases[0].why) == (None, ())


def test_rules_of_one_side_alone_are_named_and_change_no_verdict():
    found = compare(
        side("x", case("a", rule="gap"), rulebook=None),
        side("y", case("a", rule="gap", other="gap"), rulebook=None),
    )
    assert found.same_rulebook is False
    assert (found.before.rules_only_here, found.after.rules_only_here) == ((), ("other",))
    assert found.cases == ()


def test_cases_of_one_side_alone_are_named():
    found = compared([case("a", rule="gap"), case("b")], [case("b"), case("c"), case("d")])
    assert found.before.only_here == ("a",)
    assert found.after.only_here == ("c", "d")


def test_no_subject_and_nothing_to_look_at_are_the_same():
    before = case("a", rule="not applicable")._replace(verdicts={"not applicable": {"rule": ["a"]}})
    assert compared([before], [case("a", rule="not applicable")]).cases == ()
    (changed,) = compared([before], [case("a", rule="due")]).cases[0].changed
    assert changed == Changed("rule", "subject", None, "due")


def test_a_gap_that_was_accepted_is_another_verdict_and_still_a_gap_in_the_share():
    found = compared([case("a", rule="gap")], [case("a", rule="gap", accepted=["rule"])])
    assert found.cases[0].changed == (Changed("rule", "subject", "gap", "accepted gap"),)
    assert not rule_of(found).differs


def test_the_same_cases_are_tested_by_those_that_changed():
    before = [case(f"{n}", rule="gap") for n in range(5)] + [case("5", rule="met")]
    after = [case(f"{n}", rule="met") for n in range(3)] + [
        case(f"{n}", rule="gap") for n in (3, 4)
    ]
    found = compared(before, [*after, case("5", rule="met")])
    rule = rule_of(found)
    assert (rule.before.gaps, rule.before.of, rule.after.gaps, rule.after.of) == (5, 6, 2, 6)
    assert (rule.fewer, rule.more, rule.p) == (3, 0, 0.25)
    assert found.paired
    assert not rule.is_more_than_chance


def test_other_cases_are_tested_as_two_groups():
    before = [case(f"b{n}", rule="gap" if n < 5 else "met") for n in range(6)]
    after = [case(f"a{n}", rule="gap" if n < 2 else "not recorded") for n in range(6)]
    found = compared(before, after)
    rule = rule_of(found)
    assert not found.paired
    assert (rule.fewer, rule.more, rule.left_out) == (None, None, 0)
    assert round(rule.p, 4) == round(192 / 792, 4)
    assert (rule.before.not_recorded, rule.after.not_recorded) == (0, 4)


def test_a_case_to_which_a_rule_applies_on_one_side_alone_is_left_out_and_counted():
    found = compared(
        [case("a", rule="gap"), case("b", rule="gap"), case("c", rule="could not be judged")],
        [case("a", rule="met"), case("b", rule="not applicable"), case("c", rule="gap")],
    )
    rule = rule_of(found)
    assert (rule.before.of, rule.after.of, rule.left_out) == (1, 1, 2)


def test_a_rule_on_one_side_alone_is_not_tested():
    found = compared([case("a", rule="gap")], [case("b", other="gap")])
    assert [rule.p for rule in found.rules] == [None, None]
    assert found.tested == 0


def test_a_change_holds_only_after_allowing_for_all_rules_tested():
    names = [f"{n:02}" for n in range(8)]
    alone = compared([case(n, rule="gap") for n in names], [case(n, rule="met") for n in names])
    assert rule_of(alone).is_more_than_chance
    others = {f"r{n}": "met" for n in range(20)}
    among = compared(
        [case(n, rule="gap", **others) for n in names],
        [case(n, rule="met", **others) for n in names],
    )
    assert among.tested == 21
    assert rule_of(among).p == rule_of(alone).p
    assert not rule_of(among).is_more_than_chance


def test_the_same_id_in_another_authority_is_pointed_out():
    found = compared([case("a", authority="north")], [case("a", authority="south")])
    assert found.elsewhere == ("a",)


VERDICTS = ["met", "gap", "due", "conflicting", "not recorded", "not applicable",
            "could not be judged"]  # fmt: skip


@st.composite
def screenings(draw):
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1))
    return [
        case(
            name,
            sha256=draw(st.sampled_from("01")),
            as_of=draw(st.sampled_from([DAY, LATER])),
            **{rule: draw(st.sampled_from(VERDICTS)) for rule in ("one", "two")},
        )
        for name in names
    ]


@given(screenings())
def test_a_screening_compared_with_itself_has_no_change(cases):
    found = compared(cases, cases)
    assert found.cases == ()
    assert found.unchanged == len(cases)
    assert not any(rule.differs or rule.is_more_than_chance for rule in found.rules)
    assert all(rule.p in (None, 1.0) for rule in found.rules)


@given(screenings(), screenings())
def test_swapping_the_sides_swaps_what_is_said_of_them(before, after):
    there, back = compared(before, after), compared(after, before)
    assert there.before.only_here == back.after.only_here
    assert {
        (each.case, each.why, frozenset(each.changed)) for each in there.cases
    } == {
        (each.case, each.why, frozenset(c._replace(before=c.after, after=c.before) for c in
         each.changed))
        for each in back.cases
    }  # fmt: skip
    for one, other in zip(there.rules, back.rules, strict=True):
        assert (one.rule, one.before, one.after) == (other.rule, other.after, other.before)
        assert (one.fewer, one.more) == (other.more, other.fewer)
        assert one.p == other.p
