import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.conditions import ALWAYS, AsOf, DateField, Within
from checklist.rule import Place, Rule, TermExample, Theme
from checklist.rule_reader import (
    RULE_EXAMPLES,
    RULE_KEYS,
    TERM_KEYS,
    RuleReader,
)
from checklist.source import parse_yaml
from checklist.vocabulary import subject_kinds

RULE = """\
rule: gp-invited
title: GP invited
theme: information-sharing
learned_from: [C13, C21]
for_each: meeting
applies: {kind: strategy}
expects: {invited: {includes: gp}}
by: date
priority: before-conference
gap: >-
  The GP was not invited
  to the {kind} meeting on {date}.
due: The GP is not yet invited to {subject}.
met: The GP was invited.
why: It matters.
close: Invite the GP.
who: meeting chair
ask:
  invited: Who was invited to the {subject}?
  meetings: Which meetings were held?
examples:
  - given: {meetings: [{kind: strategy, invited: [gp]}]}
    verdict: met
    subject: strategy
    as_of: 2021-01-08
  - {given: {}, verdict: gap}
  - {given: {}, verdict: not recorded}
"""
TERM = """\
term: large_meeting
for_each: meeting
meaning: The police were there too.
yes_when: {invited: {includes: police}}
ask: {invited: Who was invited?}
examples:
  - given: {meetings: [{id: m, invited: [police]}]}
    says: yes
    subject: m
    as_of: 2021-01-08
  - {given: {meetings: [{invited: []}]}, says: no}
  - {given: {meetings: [{}]}, says: not recorded}
  - {given: {}, says: both}
"""


def reader() -> RuleReader:
    return RuleReader("rules.yaml", lambda _: None, list)


def rule(text: str = RULE) -> Rule:
    reading = reader()
    found = reading.rule(parse_yaml(text, "rules.yaml"))
    assert [fault.sentence() for fault in reading.faults] == []
    assert found is not None
    return found


def faults(text: str, kind: str = "rule") -> list[str]:
    reading = reader()
    read = {"rule": reading.rule, "term": reading.read_term}[kind]
    assert read(parse_yaml(text, "rules.yaml")) is None
    return [fault.sentence().removeprefix("rules.yaml, ") for fault in reading.faults]


# -- rules -------------------------------------------------------------------------------------


def test_a_rule_is_read_with_all_it_says() -> None:
    found = rule()
    assert found.id == "gp-invited"
    assert (found.title, found.theme, found.for_each) == (
        "GP invited", "information-sharing", "meeting",
    )  # fmt: skip
    assert found.learned_from == ("C13", "C21")
    assert found.by == DateField((), subject_kinds()["meeting"].fields["date"])
    assert found.priority == "before-conference"
    assert found.gap == "The GP was not invited to the {kind} meeting on {date}."
    assert (found.due, found.met) == (
        "The GP is not yet invited to {subject}.", "The GP was invited.",
    )  # fmt: skip
    assert (found.why, found.close) == ("It matters.", "Invite the GP.")
    assert found.who == "meeting chair"
    assert dict(found.ask) == {
        "invited": "Who was invited to the {subject}?",
        "meetings": "Which meetings were held?",
    }
    assert found.place == Place("rules.yaml", 1)


def test_an_example_is_read_with_its_place() -> None:
    first, second, _ = rule().examples
    assert first.given == {"meetings": [{"kind": "strategy", "invited": ["gp"]}]}
    assert (first.verdict, first.subject, first.as_of) == (
        "met", "strategy", datetime.date(2021, 1, 8),
    )  # fmt: skip
    assert first.place == Place("rules.yaml", 22)
    assert (second.verdict, second.subject, second.as_of) == ("gap", None, None)
    assert second.place == Place("rules.yaml", 26)


def test_what_a_rule_may_leave_out() -> None:
    kept = ["source: Our own."] + [
        line
        for line in RULE.splitlines()
        if not line.startswith(("learned_from", "applies", "by", "due", "met", "who", "ask",
                                "  invited", "  meetings"))
    ]  # fmt: skip
    found = rule("\n".join(kept))
    assert (found.learned_from, found.source) == ((), "Our own.")
    assert found.applies is ALWAYS
    assert (found.by, found.due, found.met, found.who) == (None, None, None, None)
    assert found.ask == {}


@pytest.mark.parametrize("learned", ["", "learned_from: []\n"])
def test_a_rule_was_learned_somewhere(learned: str) -> None:
    (told,) = faults(RULE.replace("learned_from: [C13, C21]\n", learned))
    assert "learned_from: a rule needs this key with at least one learning point, or" in told


def test_a_misspelt_source_is_one_fault_and_not_two() -> None:
    assert faults(RULE.replace("learned_from: [C13, C21]", "sorce: Guidance, chapter 3")) == [
        "line 4: sorce: there is no such key in a rule (did you mean source?)."
    ]


@pytest.mark.parametrize("key", [key for key, each in RULE_KEYS.items() if each.needed])
def test_what_a_rule_may_not_leave_out(key: str) -> None:
    text = re.sub(rf"^{key}:.*\n(?:[ ].*\n)*", "", RULE, flags=re.MULTILINE)
    assert text != RULE
    assert faults(text)[0] == f"line 1: {key}: a rule needs this key ({RULE_KEYS[key].says})."


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("as_of", AsOf()),
        ("2021-03-01", datetime.date(2021, 3, 1)),
        ("case.next_conference",
         DateField(("case",), subject_kinds()["case"].fields["next_conference"])),
        ("{working_days: 15, after: date}",
         Within(15, "working_days", "after",
                DateField((), subject_kinds()["meeting"].fields["date"]))),
    ],
)  # fmt: skip
def test_a_deadline_is_a_day_or_a_period_from_one(by: str, expected: object) -> None:
    found = rule(RULE.replace("by: date", f"by: {by}")).by
    assert repr(found) == repr(expected)


def test_a_misspelt_key_is_one_fault_and_not_two() -> None:
    assert faults(RULE.replace("close:", "closes:")) == [
        "line 16: closes: there is no such key in a rule (did you mean close?)."
    ]


def test_a_question_that_cannot_name_its_subject_is_told() -> None:
    # it is asked of the case, where no meeting is recorded yet; it used to be asked with its braces
    told = faults(RULE.replace("Which meetings", "When was {subject}, which meetings"))
    assert told == [
        "line 20: ask: meetings: is asked where there is no meeting yet: leave the braces out."
    ]


@pytest.mark.parametrize("key", ["title", "why"])
def test_braces_that_nothing_fills_in_are_told(key: str) -> None:
    text = re.sub(rf"^{key}: ", f"{key}: About the {{kind}}; ", RULE, flags=re.MULTILINE)
    (told,) = faults(text)
    assert told.endswith(
        f": {key}: is shown as it stands: only gap, due, met, close, judge and ask can hold braces."
    )


def test_braces_that_are_meant_are_written_twice() -> None:
    assert rule(RULE.replace("gap: >-", "gap: >-\n  {{sic}}")).gap.startswith("{{sic}} The GP")


def test_an_unknown_kind_of_subject_still_lets_the_other_faults_be_told() -> None:
    text = RULE.replace("for_each: meeting", "for_each: meting").replace("why: It matters.", "why:")
    assert [told.split(": ")[1] for told in faults(text)] == ["why", "for_each"]


def test_faults_in_examples_are_told_at_the_example() -> None:
    text = RULE.replace("verdict: gap}", "verdit: gap}").replace("as_of: 2021-01-08", "as_of: soon")
    assert sorted(told.split(": ")[:2] for told in faults(text)) == [
        ["line 25", "as_of"],
        ["line 26", "verdit"],
    ]


# -- terms and themes --------------------------------------------------------------------------


def test_a_term_is_read() -> None:
    reading = reader()
    found = reading.read_term(parse_yaml(TERM, "rules.yaml"))
    assert reading.faults == []
    assert found is not None
    assert (found.id, found.for_each, found.meaning) == (
        "large_meeting", "meeting", "The police were there too.",
    )  # fmt: skip
    assert found.no_when is None
    assert found.ask == {"invited": "Who was invited?"}
    assert (found.file, found.line) == ("rules.yaml", 1)
    yes, no, not_recorded, both = found.examples
    assert yes == TermExample(
        {"meetings": [{"id": "m", "invited": ["police"]}]},
        "yes",
        "m",
        datetime.date(2021, 1, 8),
        Place("rules.yaml", 7),
    )
    assert [each.says for each in (no, not_recorded, both)] == ["no", "not recorded", "both"]


def test_a_term_shows_when_it_is_so_when_not_and_when_that_is_not_recorded() -> None:
    (told,) = faults(
        TERM.replace("says: yes", "says: both").replace("says: no}", "says: both}"), "term"
    )
    assert told == (
        "line 6: examples: none says yes or no; a term needs at least one each for yes, no and "
        "not recorded."
    )


@pytest.mark.parametrize("key", [key for key, each in TERM_KEYS.items() if each.needed])
def test_what_a_term_may_not_leave_out(key: str) -> None:
    text = re.sub(rf"^{key}:.*\n(  .*\n)*", "", TERM, flags=re.MULTILINE)
    assert f"line 1: {key}: a term needs this key ({TERM_KEYS[key].says})." in faults(text, "term")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Large-Meeting", "cannot be an id"),
        ("spoken_to", "is already a field of the case record"),
        ("meetings", "already means something else in a condition"),
        ("way", "already means something else in a condition"),
        ("case", "already means something else in a condition"),
    ],
)
def test_a_term_needs_a_name_that_is_free(name: str, why: str) -> None:
    (told,) = faults(TERM.replace("large_meeting", name), "term")
    assert why in told


def test_a_theme_is_read() -> None:
    found = reader().theme(parse_yaml("{theme: neglect, title: Neglect}", "rules.yaml"))
    assert found == Theme("neglect", "Neglect")


# -- whatever stands in a file -----------------------------------------------------------------

JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.sampled_from(["", "{", "{}", "{0}", "a.b", "case.", ".x", "as_of", "yes", "9" * 30]),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*RULE_KEYS, *RULE_EXAMPLES.keys, "says", "kind", "some", "any", "not",
                             "way", "", "where", "meetings", "case.x", "in", "within", "days",
                             "after"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from([*RULE_KEYS, *TERM_KEYS]), JUNK)
def test_no_file_can_break_the_reader(key: str, junk: Any) -> None:
    for text, read in (
        (RULE, RuleReader.rule),
        (TERM, RuleReader.read_term),
        ("theme: z", RuleReader.theme),
    ):
        tree = parse_yaml(text, "rules.yaml")
        tree[key] = junk
        tree.lines.setdefault(key, 1)
        reading = reader()
        found: object = read(reading, tree)
        assert (found is None) == bool(reading.faults)
