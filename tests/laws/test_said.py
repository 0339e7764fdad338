"""What people say beside the record: that a rule does not apply, and where something was sought."""

import copy

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checklist.case_file import case_from
from checklist.conditions import ALWAYS
from checklist.review import Reviewer
from checklist.subjects import CaseSubjects
from checklist.truth import Truth
from checklist.vocabulary import subject_kinds
from tests.laws import strategies as ours
from tests.laws.judging import TERMS_THERE, judging, review, truths

laws = settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])


def a_rule(data, kind):
    applies = data.draw(st.none() | ours.conditions(kind, depth=2))
    by = data.draw(st.sampled_from([None, "2021-05-31", "2021-06-01"]))
    return ours.rule(kind, data.draw(ours.conditions(kind)), applies, by=by), applies or ALWAYS


@laws
@given(st.data(), ours.cases(), ours.KINDS)
def test_a_word_that_a_rule_does_not_apply_settles_silence_and_else_only_disputes(data, case, kind):
    rule, applies = a_rule(data, kind)
    words = data.draw(ours.words_against("law"))
    named = {each.get("subject", "a-case") for each in words}
    known = truths(kind, case, applies)
    without, after = review(case, rule), review({**case, "not_applicable": words}, rule)
    for was, now in zip(without, after, strict=True):
        if was.subject.id not in named:
            assert now == was
            continue
        (truth,) = known.get(was.subject.id, (None,))
        if truth is None:  # there is no such subject, or the record is silent of some
            assert now.name == "not applicable"
        elif truth in (Truth.NEITHER, Truth.FALSE):
            assert (now.name, now.applies_disputed) == ("not applicable", False)
        else:
            assert (now.name, now.applies_disputed) == (was.name, True)
            assert (now.days_left, now.because, now.missing) == (
                was.days_left,
                was.because,
                was.missing,
            )


@laws
@given(st.data(), ours.cases(), ours.KINDS)
def test_it_counts_for_nothing_before_its_day(data, case, kind):
    rule, _ = a_rule(data, kind)
    words = data.draw(ours.words_against("law", days=("2021-06-02", "2021-09-01")))
    assert review({**case, "not_applicable": words}, rule) == review(case, rule)


@laws
@given(st.data(), ours.cases(), ours.KINDS)
def test_a_tally_and_what_is_explained_say_what_the_verdicts_say(data, case, kind):
    rule, _ = a_rule(data, kind)
    tree = {**case, "not_applicable": data.draw(ours.words_against("law"))}
    reviewer = Reviewer(TERMS_THERE, [rule], judging())
    verdicts = reviewer.review(case_from(tree), ours.DAY).verdicts
    tally = reviewer.tally(case_from(tree), ours.DAY)
    told = [(name, each) for name, by in tally.verdicts.items() for each in by["law"]]
    assert sorted(told) == sorted((each.name, each.subject.id) for each in verdicts)
    reasoned = reviewer.reasoned(rule, case_from(tree), ours.DAY)
    assert tuple(each.verdict for each in reasoned) == verdicts


@st.composite
def looked_for(draw, case):
    """Return where something of a case was looked for, by a path or by a field of the case."""
    subjects = CaseSubjects(case_from(case), ours.DAY)
    paths = [*ours.VALUES["case"], "adults", "children", "couples", *ours.LISTS]
    for kind in subject_kinds().values():
        if kind.name != "case":
            paths += [
                f"{kind.plural}[{subject.id}].{field}"
                for subject in subjects.of_kind(kind.name) or ()
                for field in ours.VALUES.get(kind.name, kind.fields)
            ]
    entry = st.fixed_dictionaries(
        {
            "field": st.sampled_from(paths),
            "where": st.just("the file"),
            "date": st.sampled_from(ours.DAYS),
        }
    )
    return draw(st.lists(entry, min_size=1, max_size=30))


def without_it(verdict):
    """Return a verdict as it is but for where what is missing was looked for."""
    missing = tuple(each._replace(looked_for=()) for each in verdict.missing)
    grounds = (verdict.message, verdict.close, verdict.because, verdict.applies_because, missing)
    return verdict._replace(grounds=grounds)


@laws
@given(st.data(), ours.cases(), ours.KINDS)
def test_where_something_was_looked_for_changes_no_verdict(data, case, kind):
    rule, _ = a_rule(data, kind)
    more = {**copy.deepcopy(case), "looked_for": data.draw(looked_for(case))}
    without, after = review(case, rule), review(more, rule)
    assert [*map(without_it, after)] == [*map(without_it, without)]
    assert not any(each.looked_for for verdict in without for each in verdict.missing)
