import itertools

import pytest

from checklist.explanation import Explainer
from checklist.truth import Truth
from tests.conftest import DAY, case_of

SAID = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.BOTH: "[{value: yes, agency: gp}, {value: no, agency: police}]",
    Truth.NEITHER: "",
}
TERM = """
- term: known_well
  for_each: adult
  meaning: Somebody knows them.
  examples:
    - {given: {adults: [{id: a, spoken_to: yes}]}, says: yes}
    - {given: {adults: [{id: a, spoken_to: no}]}, says: no}
    - {given: {adults: [{id: a}]}, says: not recorded}
  yes_when: {spoken_to: yes}
"""


@pytest.fixture
def tree_of(rule_of):
    def tree(case, expects, subject=None, **rule):
        explainer = Explainer(rule_of(expects, **rule), "test-rule", case_of(case), DAY)
        return explainer.explain(subject)[0].expects

    return tree


def lines(node, depth=0):
    label = f"{node.label}: " if node.label else ""
    mark = "" if node.decided else " (idle)"
    yield f"{'  ' * depth}{node.kind} {node.truth.name}{mark} {label}{node.words}".rstrip()
    for part in node.parts:
        yield from lines(part, depth + 1)


def drawn(node):
    return "\n".join(lines(node))


def is_tree(node, text):
    rows = [line for line in text.splitlines() if line.strip()]
    indent = len(rows[0]) - len(rows[0].lstrip())
    assert drawn(node) == "\n".join(line[indent:] for line in rows)


# -- what a condition says ---------------------------------------------------------------------


def test_a_test_carries_what_was_recorded_and_who_said_it(tree_of):
    node = tree_of(
        "adults: [{id: dad, assessed: {value: no, agency: gp, where: letter, date: 2021-02-03}}]",
        "{assessed: yes}",
        kind="adult",
    )
    assert node.words == "an assessment looked at dad as a parent or carer"
    (value,) = node.values
    assert (value.field, value.value, value.agency, value.where) == (
        "assessed", "no", "gp", "letter",
    )  # fmt: skip
    assert node.silent == ()


def test_a_test_of_what_nobody_recorded_names_it(tree_of):
    node = tree_of("adults: [{id: dad}]", "{assessed: yes}", kind="adult")
    assert (node.truth, node.values, node.silent) == (Truth.NEITHER, (), ("assessed",))


def test_a_test_of_a_date_shows_the_day_it_is_held_against(tree_of):
    case = "next_conference: 2021-07-01\nmeetings: [{date: 2021-06-01}]"
    node = tree_of(case, "{date: {before: case.next_conference}}", kind="meeting")
    assert [(each.field, each.name) for each in node.values] == [
        ("date", "date"),
        ("next_conference", "next conference"),
    ]
    silent = tree_of(
        "meetings: [{date: 2021-05-01}]", "{date: {before: case.next_conference}}", kind="meeting"
    )
    assert silent.truth is Truth.NEITHER
    assert silent.silent == ("next conference",)


def test_the_not_of_a_test_is_one_line_with_its_own_value(tree_of):
    node = tree_of("adults: [{id: dad, assessed: no}]", "{not: {assessed: yes}}", kind="adult")
    is_tree(node, "test TRUE no assessment looked at dad as a parent or carer")
    assert [value.value for value in node.values] == ["no"]


def test_the_not_of_a_group_joins_its_parts_the_other_way(tree_of):
    case = "adults: [{id: dad, assessed: no, spoken_to: yes}]"
    is_tree(
        tree_of(case, "{not: {assessed: yes, spoken_to: yes}}", kind="adult"),
        """
        not all TRUE not all of these:
          test FALSE an assessment looked at dad as a parent or carer
          test TRUE (idle) a worker spoke to dad
        """,
    )
    is_tree(
        tree_of(case, "{not: {any: [{assessed: yes}, {spoken_to: yes}]}}", kind="adult"),
        """
        none FALSE none of these:
          test FALSE (idle) an assessment looked at dad as a parent or carer
          test TRUE a worker spoke to dad
        """,
    )


def test_the_not_of_anything_else_stands_over_it(tree_of):
    is_tree(
        tree_of(
            "adults: [{id: dad, spoken_to: yes}]", "{known_well: no}", kind="adult", terms=TERM
        ),
        """
        not FALSE not "known well"
          term TRUE "known well"
            test TRUE a worker spoke to dad
        """,
    )
    is_tree(
        tree_of("meetings: [{kind: marac}]", "{not: {some: {meetings: {kind: marac}}}}"),
        """
        not FALSE no meeting is of the kind MARAC
          some TRUE at least one meeting is of the kind MARAC
            member TRUE MARAC meeting: it is of the kind MARAC
        """,
    )


def test_a_way_stands_beside_the_words(tree_of):
    expects = (
        "{any: [{way: seen, assessed: yes}, {way: met and seen, spoken_to: yes, assessed: no}]}"
    )
    node = tree_of("adults: [{id: dad, assessed: yes}]", expects, kind="adult")
    assert [(part.way, part.kind, part.decided) for part in node.parts] == [
        ("seen", "test", True),
        ("met and seen", "all", False),
    ]


# -- terms -------------------------------------------------------------------------------------


def test_a_term_is_opened_with_its_meaning(tree_of):
    node = tree_of("adults: [{id: dad}]", "{known_well: yes}", kind="adult", terms=TERM)
    assert node.meaning == "Somebody knows them."
    is_tree(
        node,
        """
        term NEITHER "known well"
          test NEITHER a worker spoke to dad
        """,
    )


def test_evidence_for_and_against_a_term_are_its_parts(tree_of):
    terms = f"{TERM.rstrip()}\n  no_when: {{in_household: no}}\n"
    case = "adults: [{id: dad, spoken_to: no, in_household: no}]"
    is_tree(
        tree_of(case, "{known_well: yes}", kind="adult", terms=terms),
        """
        term FALSE "known well"
          evidence for FALSE it counts as so when: a worker spoke to dad
          evidence against TRUE it counts as not so when: dad does not live with the children
        """,
    )


# -- other people ------------------------------------------------------------------------------

FATHER = "{father: {assessed: yes, spoken_to: yes}}"


def test_a_person_that_a_field_leads_to_is_named_with_who_says_so(tree_of):
    case = "children: [{id: baby, father: dad}]\nadults: [{id: dad, assessed: yes}]"
    node = tree_of(case, FATHER, kind="child")
    is_tree(
        node,
        """
        all NEITHER of the father of baby, all of these:
          test TRUE an assessment looked at the father of baby as a parent or carer
          test NEITHER a worker spoke to the father of baby
        """,
    )
    assert [each.field for each in node.values] == ["father"]
    assert [each.field for each in node.parts[0].values] == ["father.assessed"]


def test_of_several_people_each_is_told(tree_of):
    case = """
        children: [{id: baby, father: [{value: dad, agency: gp}, {value: pop, agency: police}]}]
        adults: [{id: dad, assessed: yes, spoken_to: yes}, {id: pop, assessed: no}]
        """
    node = tree_of(case, FATHER, kind="child")
    assert [(part.kind, part.label, part.truth) for part in node.parts] == [
        ("person", "dad", Truth.TRUE),
        ("person", "pop", Truth.FALSE),
    ]
    assert node.truth is Truth.BOTH


def test_a_person_nobody_knows_is_a_record_and_one_nobody_named_is_silence(tree_of):
    unknown = tree_of("children: [{id: baby, father: not_known}]", FATHER, kind="child")
    assert [value.value for value in unknown.values] == ["not_known"]
    silent = tree_of("children: [{id: baby}]", FATHER, kind="child")
    assert (silent.values, silent.silent, silent.parts) == ((), ("father",), ())


# -- collections -------------------------------------------------------------------------------

GCP2 = "{some: {tools: {where: {tool: gcp2}, state: completed}}}"


def test_each_member_is_told_and_those_not_meant_are_idle(tree_of):
    case = """
        tools:
          - {tool: gcp2, date: 2021-01-01, state: considered}
          - {tool: dash, date: 2021-02-01, state: completed}
          - {id: t3, state: completed}
        """
    is_tree(
        tree_of(case, GCP2),
        """
        some NEITHER at least one tool where it is the GCP2, with what is asked:
          member FALSE GCP2 of 1 Jan 2021: it is recorded as completed
            where TRUE it is the GCP2
          member FALSE (idle) DASH of 1 Feb 2021:
            where FALSE it is the GCP2
          member NEITHER tool:
            where NEITHER it is the GCP2
            test TRUE it is recorded as completed
        """,
    )


def test_where_no_member_is_meant_the_whole_is_said(tree_of):
    node = tree_of("tools: [{tool: dash}]", GCP2)
    assert node.truth is Truth.FALSE
    assert node.words == (
        "there is at least one tool where it is the GCP2 and it is recorded as completed"
    )


def test_where_no_member_is_meant_what_is_asked_of_one_is_told_line_by_line(tree_of):
    expects = (
        "{some: {tools: {where: {tool: gcp2}, any: [{way: done, state: completed}, {well: yes}]}}}"
    )
    terms = (
        TERM.replace("known_well", "well")
        .replace("adult", "tool")
        .replace("spoken_to: yes", "state: considered")
        .replace("spoken_to: no", "state: completed")
    )
    node = tree_of("tools: []", expects, terms=terms.replace("adults", "tools"))
    assert node.outline == (
        (0, "at least one tool where it is the GCP2, with any of these:"),
        (1, "done: it is recorded as completed"),
        (1, '"well" of it'),
    )
    case = "tools: [{tool: gcp2, state: completed}]"
    assert tree_of(case, expects, terms=terms.replace("adults", "tools")).outline == ()


def test_of_every_member_those_a_where_leaves_out_are_idle(tree_of):
    expects = "{every: {tools: {where: {tool: gcp2}, state: completed}}}"
    case = "tools: [{tool: gcp2, state: completed}, {tool: dash}]"
    is_tree(
        tree_of(case, expects),
        """
        every TRUE each tool where it is the GCP2, with what is asked:
          member TRUE GCP2: it is recorded as completed
            where TRUE it is the GCP2
          member TRUE (idle) DASH:
            where FALSE it is the GCP2
        """,
    )


def test_an_empty_list_is_a_record_and_a_silent_one_is_not(tree_of):
    empty = tree_of("tools: []", GCP2)
    assert [(each.field, each.value) for each in empty.values] == [("tools", frozenset())]
    silent = tree_of("note: nothing", GCP2)
    assert (silent.truth, silent.values, silent.silent) == (Truth.NEITHER, (), ("tools",))


def test_of_a_family_in_part_recorded_the_silent_part_is_named(tree_of):
    expects = "{some: {family_members: {interpreter_needed: yes}}}"
    node = tree_of("children: [{id: baby, interpreter_needed: no}]", expects)
    assert (node.truth, node.silent) == (Truth.NEITHER, ("adults",))
    assert [part.label for part in node.parts] == ["baby"]


def test_members_with_the_same_words_are_told_apart_by_their_ids(tree_of):
    node = tree_of("tools: [{id: a, tool: gcp2}, {id: b, tool: gcp2}, {tool: dash}]", GCP2)
    assert [part.label for part in node.parts] == ["GCP2 (a)", "GCP2 (b)", "DASH"]


# -- what made no difference -------------------------------------------------------------------

FIELDS = ("in_household", "assessed", "spoken_to")


@pytest.mark.parametrize("joint", ["all", "any"])
def test_nothing_an_idle_part_could_be_would_change_the_whole(joint, rule_of):
    book = rule_of(
        f"{{{joint}: [{', '.join(f'{{{name}: yes}}' for name in FIELDS)}]}}", kind="adult"
    )
    every = list(itertools.product(Truth, repeat=3))
    adults = [
        f"{{id: a{at}, in_household: {SAID[one]}, assessed: {SAID[two]}, spoken_to: {SAID[three]}}}"
        for at, (one, two, three) in enumerate(every)
    ]
    found = Explainer(book, "test-rule", case_of(f"adults: [{', '.join(adults)}]"), DAY).explain()
    trees = {truths: each.expects for truths, each in zip(every, found, strict=True)}
    idle = 0
    for truths, node in trees.items():
        assert any(part.decided for part in node.parts)
        for at, part in enumerate(node.parts):
            assert part.truth is truths[at]
            if part.decided:
                continue
            idle += 1
            for other in Truth:
                changed = (*truths[:at], other, *truths[at + 1 :])
                assert trees[changed].truth is node.truth
    assert idle
