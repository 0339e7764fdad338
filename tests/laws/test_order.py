"""Nothing that has no meaning in its order changes an answer by it."""

import re

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checklist.case_file import case_from
from checklist.judging import Judging
from checklist.review import Reviewer
from checklist.rulebook import load, standard_rules
from checklist.source import parse_yaml, read_text
from checklist.subjects import CaseSubjects
from tests.conftest import SAMPLE_CASES, SAMPLE_RULES
from tests.laws import strategies as ours
from tests.laws.judging import RULEBOOK, review

laws = settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])


def shuffled(tree, draw):
    """Return a tree with its keys and lists in another order, but for one agency's own words."""
    if isinstance(tree, dict):
        return {key: shuffled(tree[key], draw) for key in draw(st.permutations(list(tree)))}
    if not isinstance(tree, list):
        return tree
    order = draw(st.permutations(tree))
    if all(isinstance(item, dict) and "value" in item for item in tree):
        # each agency's words keep the order they have among themselves
        waiting = {item.get("agency"): [] for item in tree}
        for item in tree:
            waiting[item.get("agency")].append(item)
        return [waiting[item.get("agency")].pop(0) for item in order]
    return [shuffled(item, draw) for item in order]


def told(verdicts):
    """Return verdicts by rule and subject; where two words stand, either can be named first."""
    return {
        (each.rule.id, each.subject.kind, each.subject.id): (
            each._replace(subject=sorted_words(each.subject.label), grounds=None),
            frozenset(because._replace(about=None) for because in each.because),
            frozenset(because._replace(about=None) for because in each.applies_because),
            frozenset((missing.field, sorted_words(missing.question)) for missing in each.missing),
            sorted_words(each.message),
            sorted_words(each.close),
        )
        for each in verdicts
    }


def sorted_words(text):
    return " ".join(sorted(re.findall(r"\w+", text)))


@settings(laws, max_examples=100)
@given(st.data(), ours.cases(), ours.KINDS, ours.KINDS)
def test_the_order_of_keys_lists_agencies_and_rules_changes_nothing(data, case, one, other):
    rules = [
        ours.rule(kind, data.draw(ours.conditions(kind)), name=name)
        for kind, name in ((one, "one"), (other, "other"))
    ]
    case["not_applicable"] = data.draw(ours.words_against("one", "two"))
    first = review(case, *rules)
    second = review(shuffled(case, data.draw), *data.draw(st.permutations(rules)))
    assert told(first) == told(second)


@laws
@given(st.data(), ours.cases(), ours.KINDS)
def test_the_order_of_facts_changes_no_answer(data, case, kind):
    rule = ours.rule(kind, data.draw(ours.conditions(kind)))
    subjects = CaseSubjects(case_from(case), ours.DAY).of_kind(kind) or []
    places = [*range(len(subjects))]
    order = data.draw(st.permutations(places))

    def answers(places):
        ours = Judging()  # which remembers nothing
        made = ours.prepare(rule.expects)
        return ours.truths([(made, subjects[at]) for at in places])

    first = answers(places)
    # what a subject remembers must not carry over either
    subjects = CaseSubjects(case_from(case), ours.DAY).of_kind(kind) or []
    assert [first[at] for at in order] == answers(order)


AUDITS = sorted((standard_rules() / "audits").glob("*.yaml"))
FILES = [*sorted(SAMPLE_RULES.rglob("*.yaml")), *AUDITS]
TREES = [parse_yaml(read_text(path), path.name) for path in sorted(SAMPLE_CASES.glob("*.yaml"))]


@settings(laws, max_examples=10)
@given(st.permutations(FILES), st.permutations(TREES))
def test_the_order_of_files_of_rules_and_of_cases_changes_nothing(files, trees):
    def by_case(reviewer, trees):
        cases = [case_from(tree) for tree in trees]
        return {
            case.id: told(
                each._replace(rule=each.rule._replace(place=None))
                for each in reviewer.review(case, case.as_of or ours.DAY).verdicts
            )
            for case in cases
        }

    assert by_case(Reviewer(load(files)), trees) == by_case(Reviewer(RULEBOOK), TREES)
