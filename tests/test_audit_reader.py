from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.audit import (
    Audit,
    LearningPoint,
    OfVerdicts,
    Published,
    Selection,
    When,
)
from checklist.audit_reader import (
    AUDIT_KEYS,
    FOUND_BY_KEYS,
    POINT_KEYS,
    PUBLISHED_KEYS,
    SELECTION_KEYS,
    AuditReader,
)
from checklist.conditions import Atom, Equals, Includes
from checklist.item_reader import MOST_CONDITIONS
from checklist.rule import Place
from checklist.source import parse_yaml
from checklist.vocabulary import subject_kinds

AUDIT = """\
audit: Z
title: An audit
partnership: Somewhere
month: 2022-01
selection:
  says: Cases of neglect.
  qualifies: {concerns: {includes: neglect}}
  repeat: {chronology: yes}
cases: 6
authorities: 3
repeats: 2
points:
  - point: Z1
    section: Findings
    says: Papers were not always sent.
    answered_by: [case, board]
    strength: yes
    question: Who sends them?
    screening: It cannot tell.
  - {point: Z2, section: Findings, says: Another thing.}
published:
  - number: papers-missing
    points: [Z1, Z2]
    says: cases with papers missing
    count: 2
    of: 6
    found_by: {rule: a-rule, verdict: [gap, due], every: yes}
  - number: neglect
    points: [Z2]
    says: cases of neglect
    words: all_but_one
    of: 6
    found_by: {when: {concerns: {includes: neglect}}}
  - {number: not-counted, points: [Z2], says: cases, count: 0, of: 6}
"""


def reader() -> AuditReader:
    return AuditReader("audit.yaml", lambda _: None, list)


def faults(text: str) -> list[str]:
    reading = reader()
    assert reading.audit(parse_yaml(text, "audit.yaml"), ["a-rule"]) is None
    return [fault.sentence().removeprefix("audit.yaml, ") for fault in reading.faults]


def test_an_audit_is_read_with_all_it_says() -> None:
    reading = reader()
    found = reading.audit(parse_yaml(AUDIT, "audit.yaml"), ["a-rule"])
    assert [fault.sentence() for fault in reading.faults] == []
    concerns = subject_kinds()["case"].fields["concerns"]
    neglect = Atom(concerns, Includes(("neglect",)), "concerns")
    chronology = Atom(subject_kinds()["case"].fields["chronology"], Equals("yes"), "chronology")
    assert found == Audit(
        "Z",
        "An audit",
        "Somewhere",
        "2022-01",
        (
            LearningPoint(
                "Z1",
                "Findings",
                "Papers were not always sent.",
                ("case", "board"),
                strength=True,
                question="Who sends them?",
                screening="It cannot tell.",
            ),
            LearningPoint("Z2", "Findings", "Another thing."),
        ),
        Selection("Cases of neglect.", neglect, chronology),
        cases=6,
        authorities=3,
        repeats=2,
        published=(
            Published(
                "papers-missing", ("Z1", "Z2"), "cases with papers missing", 2, None, 6,
                OfVerdicts("a-rule", ("gap", "due"), every=True), Place("audit.yaml", 22),
            ),
            Published(
                "neglect", ("Z2",), "cases of neglect", None, "all_but_one", 6,
                When(neglect), Place("audit.yaml", 28),
            ),
            Published("not-counted", ("Z2",), "cases", 0, None, 6, None, Place("audit.yaml", 34)),
        ),
    )  # fmt: skip
    assert isinstance(found.published[1].found_by, When)


def test_what_an_audit_may_leave_out() -> None:
    text = "audit: Z\ntitle: T\npartnership: P\nmonth: 2022-01\npoints: []\n"
    reading = reader()
    found = reading.audit(parse_yaml(text, "audit.yaml"))
    assert found == Audit("Z", "T", "P", "2022-01", ())
    assert reading.faults == []


@pytest.mark.parametrize("key", [key for key, each in AUDIT_KEYS.items() if each.needed])
def test_what_an_audit_may_not_leave_out(key: str) -> None:
    text = "audit: Z\ntitle: T\npartnership: P\nmonth: 2022-01\npoints: []\n"
    kept = "\n".join(line for line in text.splitlines() if not line.startswith(key))
    assert faults(kept) == [f"line 1: {key}: an audit needs this key ({AUDIT_KEYS[key].says})."]


def test_rules_that_are_not_named_are_not_checked() -> None:
    # an audit that is only at hand counts by rules that were left out
    assert reader().audit(parse_yaml(AUDIT, "audit.yaml"), None) is not None
    assert faults(AUDIT.replace("rule: a-rule", "rule: a-rul")) == [
        "line 27: rule: there is no rule a-rul (did you mean a-rule?)."
    ]


def test_all_faults_of_an_audit_are_told_together() -> None:
    text = (
        AUDIT.replace("cases: 6", "cases: six")
        .replace("answered_by: [case, board]", "answered_by: [case, bord]")
        .replace("count: 2", "count: 7")
        .replace("words: all_but_one", "words: all_but_two")
    )
    assert [told.split(": ")[1] for told in faults(text)] == [
        "cases", "answered_by", "count", "words",
    ]  # fmt: skip


def test_a_condition_of_an_audit_can_hold_only_so_many_parts() -> None:
    parts = ", ".join(["{concerns: {includes: neglect}}"] * MOST_CONDITIONS)
    (told,) = faults(AUDIT.replace("{concerns: {includes: neglect}}", f"{{any: [{parts}]}}", 1))
    assert f"qualifies: holds more than {MOST_CONDITIONS} conditions" in told


# -- whatever stands in a file -----------------------------------------------------------------

JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.sampled_from(["", "{", "Z1", "yes", "gap", "board", "most", "7", "-1", "9" * 30]),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [*POINT_KEYS, *PUBLISHED_KEYS, *FOUND_BY_KEYS, *SELECTION_KEYS, "concerns", "some"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


@given(st.sampled_from(list(AUDIT_KEYS)), JUNK)
def test_no_file_can_break_the_reader(key: str, junk: Any) -> None:
    tree = parse_yaml(AUDIT, "audit.yaml")
    tree[key] = junk
    reading = reader()
    found = reading.audit(tree, ["a-rule"])
    assert (found is None) == bool(reading.faults)
