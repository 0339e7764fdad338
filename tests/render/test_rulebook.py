import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checklist.examples import Outcome, run_examples
from checklist.render.rulebook import (
    print_list,
    print_outcomes,
    print_query,
    print_rule,
    print_settings,
)
from checklist.render.terminal import console_for
from checklist.rule import Query, Rule
from checklist.rulebook import Rulebook, load, standard_rules

RULES = """\
- theme: our-theme
  title: What we look at
- audit: Z
  title: An audit
  partnership: Somewhere
  month: 2022-01
  points:
    - {point: Z1, section: Findings, says: Papers were not always sent.}
    - {point: Z2, section: Questions, says: Who reads them?}
- term: large_meeting
  for_each: meeting
  meaning: The police were there too.
  yes_when: {attended: {includes: police}}
  no_when: {attended: {recorded: yes}, not: {attended: {includes: police}}}
  ask:
    attended: Who came to the {subject}?
  examples:
    - {given: {meetings: [{attended: [police]}]}, says: yes}
    - {given: {meetings: [{attended: []}]}, says: no}
    - {given: {meetings: [{attended: []}]}, says: not recorded}
- rule: minutes-sent
  title: Minutes sent to those who need them
  theme: our-theme
  learned_from: [Z1, Z2]
  for_each: meeting
  applies:
    large_meeting: yes
    kind: {in: [strategy, core_group]}
  expects:
    any:
      - way: sent to the GP
        minutes_sent_to: {includes: gp}
      - way: nobody to send them to
        minutes_sent_to: {recorded: yes}
        case.concerns: {includes: neglect}
  by: {working_days: 15, after: date}
  priority: routine
  gap: The minutes of the {subject} ({kind}) were not sent.
  due: The minutes of the {subject} are still to be sent.
  met: The minutes were sent.
  why: >-
    Whoever was not there knows only what the minutes say, and may be the one who sees the family
    next.
  close: Send them, and record to whom.
  who: meeting chair
  ask:
    meetings: Which meetings were held?
    minutes_sent_to: Who was sent the minutes of the {subject}?
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
"""

SHOWN = """\
Minutes sent to those who need them
minutes-sent, in rules.yaml

Looks at
  each meeting

Applies when all of these are so
  - "large meeting", as defined below
  - the meeting is of the kind strategy or core group

Expects any of these
  - sent to the GP: those sent the minutes of the meeting include the GP
  - nobody to send them to; that is, all of these:
    - those sent the minutes of the meeting are recorded
    - the concerns found include neglect

Can be put right
  until 15 working days after the date of the meeting; until then it is due, not
  yet a gap

"Large meeting" means
  The police were there too.

"Large meeting" is so when
  - those who came to the meeting include the police

"Large meeting" is not so when all of these are so
  - those who came to the meeting are recorded
  - those who came to the meeting do not include the police

How soon a gap has to be closed
  in the course of the work

A gap reads
  The minutes of the [meeting] ([kind]) were not sent.

While there is still time, it reads
  The minutes of the [meeting] are still to be sent.

Where it was done, it reads
  The minutes were sent.

Why
  Whoever was not there knows only what the minutes say, and may be the one who
  sees the family next.

What closes it
  Send them, and record to whom.

Who would normally do it
  meeting chair

What it asks where the record is silent
  - Which meetings were held?
  - Who was sent the minutes of the [meeting]?
  - Who came to the [meeting]?

Learned from
  An audit (Somewhere, Jan 2022)
    - Z1, Findings: Papers were not always sent.
    - Z2, Questions: Who reads them?

Examples
  1 met, 1 gap and 1 not recorded
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    return load([Path("rules.yaml")])


def printed(print_it: Callable[..., object], *what: object) -> str:
    stream = io.StringIO()
    print_it(*what, console_for(stream))
    return stream.getvalue()


def test_a_rule_reads_like_plain_english(own: Rulebook) -> None:
    assert printed(print_rule, own.by_id["minutes-sent"], own) == SHOWN


def test_what_is_shown_follows_from_the_conditions(own: Rulebook) -> None:
    rule = own.by_id["minutes-sent"]
    assert "the next conference" not in printed(print_rule, rule, own)
    Path("rules.yaml").write_text(
        RULES.replace("{working_days: 15, after: date}", "case.next_conference").replace(
            "includes: gp", "includes: midwifery"
        ),
        encoding="utf-8",
    )
    other = load([Path("rules.yaml")])
    shown = printed(print_rule, other.by_id["minutes-sent"], other)
    assert "until the next conference;" in shown
    assert "those sent the minutes of the meeting include midwifery" in shown


@pytest.mark.parametrize("rule", load([standard_rules()]).rules, ids=lambda rule: rule.id)
def test_the_rules_that_ship_can_be_signed_off(rule: Rule, rulebook: Rulebook) -> None:
    shown = printed(print_rule, rule, rulebook)
    for line in shown.splitlines()[2:]:
        assert len(line) <= 80
        assert line == line.rstrip()
        assert not re.search(r"[{}_<>]|\bis (yes|no)(?=[.,;:]|$)", line), line
    for heading in ("Looks at", "Expects", "Why", "What closes it", "Examples"):
        assert f"\n{heading}" in shown
    assert re.search(r"^(Learned from|Source)$", shown, re.MULTILINE)


def test_a_rule_learned_elsewhere_shows_its_source(own: Rulebook) -> None:
    rule = own.by_id["minutes-sent"]
    shown = printed(print_rule, rule._replace(source="Guidance of 2023, chapter 3"), own)
    assert shown == SHOWN.replace(
        "Learned from\n", "Source\n  Guidance of 2023, chapter 3\n\nLearned from\n"
    )
    alone = rule._replace(source="Guidance of 2023, chapter 3", learned_from=())
    assert "Learned from" not in printed(print_rule, alone, own)


def test_rules_are_listed_by_theme(own: Rulebook, rulebook: Rulebook) -> None:
    assert printed(print_list, own) == (
        "What we look at (our-theme)\n"
        "  minutes-sent  routine\n"
        "      Minutes sent to those who need them\n"
    )
    shown = printed(print_list, rulebook)
    assert all(rule.id in shown for rule in rulebook.rules)
    assert max(map(len, shown.splitlines())) <= 80


def test_text_from_a_rule_cannot_command_the_screen(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    harmful = RULES.replace("title: Minutes sent", 'title: "\\e[31mMinutes [red]sent').replace(
        "those who need them", 'those who need them"'
    )
    file.write_text(harmful, encoding="utf-8")
    own = load([file])
    for shown in (printed(print_rule, own.by_id["minutes-sent"], own), printed(print_list, own)):
        assert "\x1b" not in shown
        assert "<U+001B>[31mMinutes [red]sent" in shown


# -- record queries ----------------------------------------------------------------------------

QUERY = """\
- query: minutes-before-the-meeting
  title: Minutes of a meeting that was not held
  for_each: meeting
  when:
    large_meeting: yes
    date: {after: as_of}
    minutes_sent_to: {recorded: yes}
  says: The minutes of the {subject} were sent to {minutes_sent_to}, and it is still to be held.
  check: Look up the day of the {subject}.
  examples:
    - {given: {meetings: [{date: 2021-07-01, attended: [police]}]}, raised: yes}
    - {given: {meetings: [{date: 2021-07-01}]}, raised: no}
    - {given: {meetings: [{date: 2021-06-01}]}, raised: no}
"""
SHOWN_QUERY = """\
Minutes of a meeting that was not held
minutes-before-the-meeting, in rules.yaml

Looks at
  each meeting

Is raised when all of these are so
  - "large meeting", as defined below
  - the date of the meeting is after the day the record is looked at
  - those sent the minutes of the meeting are recorded

"Large meeting" means
  The police were there too.

"Large meeting" is so when
  - those who came to the meeting include the police

"Large meeting" is not so when all of these are so
  - those who came to the meeting are recorded
  - those who came to the meeting do not include the police

It reads
  The minutes of the [meeting] were sent to [minutes sent to], and it is still
  to be held.

What to check
  Look up the day of the [meeting].

Examples
  1 raised and 2 not raised
"""


@pytest.fixture
def with_query(own: Rulebook) -> Rulebook:
    Path("rules.yaml").write_text(RULES + QUERY, encoding="utf-8")
    return load([Path("rules.yaml")])


def test_a_query_reads_like_plain_english(with_query: Rulebook) -> None:
    (query,) = with_query.queries
    assert printed(print_query, query, with_query) == SHOWN_QUERY


def test_queries_are_listed_after_the_rules(with_query: Rulebook) -> None:
    assert printed(print_list, with_query).endswith(
        "      Minutes sent to those who need them\n"
        "\n"
        "Record queries: what does not fit together in a record\n"
        "  minutes-before-the-meeting\n"
        "      Minutes of a meeting that was not held\n"
    )


@pytest.mark.parametrize("query", load([standard_rules()]).queries, ids=lambda query: query.id)
def test_the_queries_that_ship_can_be_signed_off(query: Query, rulebook: Rulebook) -> None:
    shown = printed(print_query, query, rulebook)
    for line in shown.splitlines()[2:]:
        assert len(line) <= 80
        assert line == line.rstrip()
        assert not re.search(r"[{}_<>]|\bis (yes|no)(?=[.,;:]|$)", line), line
    for heading in ("Looks at", "Is raised when", "It reads", "What to check", "Examples"):
        assert f"\n{heading}" in shown


# -- examples ----------------------------------------------------------------------------------


def test_examples_that_fail_are_named_with_their_place(own: Rulebook) -> None:
    shown = printed(print_outcomes, run_examples(own, own.own))
    assert shown.startswith(
        "minutes-sent: 2 of 3 FAILED\n  rules.yaml, line 50: it should give met"
    )
    assert shown.endswith(
        "\nlarge_meeting: 1 of 3 FAILED\n"
        "  rules.yaml, line 20: it should say not recorded, and says no\n"
        "3 passed, 3 failed\n"
    )


def test_examples_that_pass_are_counted(rulebook: Rulebook) -> None:
    (rule,) = rulebook.select(["gp-invited"])
    outcomes = [Outcome(rule, example, None) for example in rule.examples]
    assert printed(print_outcomes, outcomes) == (
        f"gp-invited: {len(outcomes)} passed\n{len(outcomes)} passed, 0 failed\n"
    )


def test_no_example_at_all_is_no_success() -> None:
    assert not print_outcomes([], console_for(io.StringIO()))
    assert printed(print_outcomes, []) == "There was no example to run.\n"


# -- local settings ----------------------------------------------------------------------------


def with_settings(tmp_path: Path, changed: str) -> Rulebook:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        """\
- setting: our_days
  meaning: How soon the minutes are sent.
  unit: working_days
  default: 15
  source: Our procedures.
- setting: our_tool
  meaning: What we use.
  default: gcp2
  source: Our procedures.
"""
        + RULES.replace("working_days: 15", "working_days: {setting: our_days}"),
        encoding="utf-8",
    )
    area = tmp_path / "area.yaml"
    area.write_text(changed, encoding="utf-8")
    return load([ours], settings=area)


def test_settings_say_what_is_in_force_why_and_for_whom(tmp_path: Path) -> None:
    rulebook = with_settings(tmp_path, "our_days: 5\n")
    assert printed(print_settings, rulebook) == (
        "our_days: 5 working days (default 15 working days)\n"
        "  How soon the minutes are sent.\n"
        "  Source of the default: Our procedures.\n"
        "  Used by: minutes-sent\n"
        "\n"
        "our_tool: GCP2 (default)\n"
        "  What we use.\n"
        "  Source of the default: Our procedures.\n"
        "  No rule uses it.\n"
    )


def test_a_rule_says_which_settings_it_takes_and_speaks_of_those_in_force(tmp_path: Path) -> None:
    rulebook = with_settings(tmp_path, "our_days: 1\n")
    shown = printed(print_rule, rulebook.by_id["minutes-sent"], rulebook)
    assert "  until 1 working day after the date of the meeting; until then" in shown
    assert (
        "Local settings in this\n  - our days: 1 working day (default 15 working days)\n" in shown
    )


def test_a_rulebook_without_settings_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES, encoding="utf-8")
    assert printed(print_settings, load([file])) == "This rulebook has no local settings.\n"


# -- timescales --------------------------------------------------------------------------------

TIMESCALE = """\
- timescale: minutes
  says: The minutes follow the meeting.
  editions:
    - edition: Guidance 2023
      in_force_from: 2023-12-15
      number: 10
      unit: working_days
      source: Page 9.
    - {edition: Guidance 2018, in_force_from: 2018-07-04, number: 3, unit: weeks, source: Page 7.}
"""


def test_a_rule_says_by_which_timescale_it_counts_and_where_that_is_written(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rules.yaml"
    by = "by: {timescale: minutes, after: date}"
    text = TIMESCALE + RULES.replace("by: {working_days: 15, after: date}", by)
    file.write_text(text, encoding="utf-8")
    loaded = load([file])
    shown = printed(print_rule, loaded.by_id["minutes-sent"], loaded)
    assert (
        "  until 3 weeks (from 15 Dec 2023 on 10 working days) after the date of the\n"
        "  meeting; until then it is due, not yet a gap\n"
    ) in shown
    assert (
        "Timescales in this\n"
        "  The minutes follow the meeting.\n"
        "    - 3 weeks from 4 Jul 2018 on (Guidance 2018): Page 7.\n"
        "    - 10 working days from 15 Dec 2023 on (Guidance 2023): Page 9.\n"
    ) in shown
