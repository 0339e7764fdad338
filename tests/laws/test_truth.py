"""Laws of the four values, on the truth that the engine finds."""

import copy

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checklist.truth import Truth
from tests.laws import strategies as ours
from tests.laws.judging import RULEBOOK, review, truths

laws = settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
KINDS = ours.KINDS


@laws
@given(st.data(), KINDS, ours.cases())
def test_not_all_is_any_not_and_not_any_is_all_not(data, kind, case):
    parts = data.draw(st.lists(ours.conditions(kind), min_size=1, max_size=3))
    nots = [{"not": part} for part in parts]
    found = truths(
        kind, case, {"not": {"all": parts}}, {"any": nots}, {"not": {"any": parts}}, {"all": nots}
    )
    for not_all, any_not, not_any, all_not in found.values():
        assert not_all is any_not
        assert not_any is all_not


@laws
@given(st.data(), ours.cases(), st.sampled_from([*ours.LISTS]))
def test_not_every_is_some_not_and_not_some_is_every_not(data, case, plural):
    part = data.draw(ours.conditions(ours.LISTS[plural]))

    def over(word, tree):
        return {word: {plural: {"all": [tree]}}}

    ((not_every, some_not, not_some, every_not),) = truths(
        "case",
        case,
        {"not": over("every", part)},
        over("some", {"not": part}),
        {"not": over("some", part)},
        over("every", {"not": part}),
    ).values()
    assert not_every is some_not
    assert not_some is every_not


@laws
@given(st.data(), KINDS, ours.cases())
def test_not_changes_for_and_against_and_twice_changes_nothing(data, kind, case):
    part = data.draw(ours.conditions(kind, depth=4))
    found = truths(kind, case, part, {"not": part}, {"not": {"not": part}})
    for plain, negated, twice in found.values():
        assert negated is plain.negated
        assert twice is plain


@laws
@given(st.data(), KINDS, ours.cases())
def test_a_part_written_twice_and_the_order_of_parts_change_nothing(data, kind, case):
    parts = data.draw(st.lists(ours.conditions(kind, depth=2), min_size=1, max_size=3))
    other = data.draw(st.permutations([*parts, parts[0]]))
    for word in ("all", "any"):
        for one, two in truths(kind, case, {word: parts}, {word: other}).values():
            assert one is two


# -- more evidence -----------------------------------------------------------------------------


def _places(tree):
    """Yield each thing of a case with its kind."""
    yield "case", tree
    for plural, kind in {**ours.LISTS, "children": "child", "couples": "couple"}.items():
        for each in tree.get(plural) or ():
            yield kind, each


def _with_word(words, added):
    """Return what a field holds, and beside it another word."""
    if words is None:
        return [added]
    if isinstance(words, list) and words and isinstance(words[0], dict):
        return [*words, added]
    return [words if isinstance(words, dict) else {"value": words}, added]


@settings(laws, max_examples=150)
@given(st.data(), KINDS, ours.cases())
def test_a_new_agencys_word_adds_evidence_and_never_takes_any_away(data, kind, case):
    parts = data.draw(st.lists(ours.conditions(kind), min_size=3, max_size=3))
    more = copy.deepcopy(case)
    # its word on the day of a conference could make that the next one, which is worked out
    of, thing = data.draw(st.sampled_from([each for each in _places(more) if each[0] != "meeting"]))
    field = data.draw(st.sampled_from([*ours.VALUES[of]]))
    word = {"value": data.draw(ours.VALUES[of][field]), "agency": "housing"}
    thing[field] = _with_word(thing.get(field), word)
    before, after = truths(kind, case, *parts), truths(kind, more, *parts)
    for subject, values in before.items():
        for was, now in zip(values, after[subject], strict=True):
            assert now.has_for >= was.has_for
            assert now.has_against >= was.has_against


# -- silence -----------------------------------------------------------------------------------


@st.composite
def only_ids(draw):
    """Return a case in which nothing is recorded but who and what there is: no list is empty."""
    tree = {"id": "a-case"}
    for plural in ("adults", "children", "meetings", "plans"):
        count = draw(st.integers(0, 2))
        if count:
            tree[plural] = [{"id": f"{plural}-{number}"} for number in range(count)]
    if len(tree.get("adults", ())) == 2:
        tree["couples"] = [{"people": ["adults-0", "adults-1"]}]
    return tree


@laws
@given(st.data(), KINDS, only_ids())
def test_of_silence_every_condition_is_neither(data, kind, case):
    part = data.draw(ours.conditions(kind, depth=4))
    for values in truths(kind, case, part).values():
        assert values == (Truth.NEITHER,)


@laws
@given(st.data(), KINDS, only_ids(), st.sampled_from([None, "2021-06-01", "2021-05-31"]))
def test_silence_alone_meets_no_rule_and_is_no_gap(data, kind, case, by):
    rule = ours.rule(kind, data.draw(ours.conditions(kind)), by=by)
    for verdict in review(case, rule):
        ahead = by == "2021-06-01" and verdict.deadline is not None
        assert verdict.name == ("due" if ahead else "not recorded")


@laws
@given(only_ids())
def test_silence_alone_meets_no_standard_rule_and_is_no_gap(case):
    found = review(case, *RULEBOOK.rules)
    assert {verdict.name for verdict in found} <= {"not recorded", "not applicable", "due"}


# -- what nobody reads -------------------------------------------------------------------------


@settings(laws, max_examples=100)
@given(st.data(), KINDS, ours.cases())
def test_a_recorded_value_that_no_rule_reads_changes_nothing(data, kind, case):
    part = data.draw(ours.conditions(kind))
    rule = ours.rule(kind, part, data.draw(st.none() | ours.conditions(kind, depth=1)))
    # the kind and the day of a thing are its name to a reader, and conferences give the next one
    names = {"kind", "date", "started", *ours.SIDES}
    read = str(rule.applies) + str(rule.expects)
    more = copy.deepcopy(case)
    for of, thing in _places(more):
        thing["note"] = "Nobody reads this."
        for field, values in ours.VALUES[of].items():
            if field not in names and f"name='{field}'" not in read:
                thing[field] = data.draw(values)
    assert review(case, rule) == review(more, rule)
