"""What several tests share: rules and cases written as small pieces of YAML."""

import datetime
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from checklist.case_file import case_from
from checklist.library import LibraryError, Pattern
from checklist.record import Case
from checklist.review import Review, Reviewer
from checklist.rulebook import Rulebook, load, standard_rules
from checklist.source import parse_yaml
from checklist.watchdog import Batch, Outcome, WatchedRulesets

# how long an example takes is the machine's affair
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DAY = datetime.date(2021, 6, 1)

SAMPLE = Path(__file__).parent / "sample"
SAMPLE_RULES, SAMPLE_CASES = SAMPLE / "rules", SAMPLE / "cases"
"""A few rules and cases that stay as they are, for tests of everything but the rules themselves."""

RULE = """
- theme: test
  title: Test
- rule: test-rule
  title: The point
  theme: test
  source: A test.
  for_each: {kind}
  {by}
  priority: routine
  gap: There is a gap for {{subject}}.
  why: It matters.
  close: Do it.
  applies: {applies}
  expects: {expects}
  examples:
    - {{given: {{}}, verdict: met}}
    - {{given: {{}}, verdict: gap}}
    - {{given: {{}}, verdict: not recorded}}
"""


def case_of(text: str) -> Case:
    tree = parse_yaml(textwrap.dedent(text), "case.yaml")
    tree.setdefault("id", "a-case")
    return case_from(tree, "case.yaml")


def load_sample(**options: Any) -> Rulebook:
    return load([SAMPLE_RULES], at_hand=[standard_rules()], **options)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_sample()


@pytest.fixture(scope="session")
def standard_rulebook() -> Rulebook:
    return load([standard_rules()])


@pytest.fixture
def rule_of(tmp_path: Path) -> Callable[..., Rulebook]:
    def make(
        expects: str, kind: str = "case", applies: str = "", by: str = "", terms: str = ""
    ) -> Rulebook:
        text = RULE.format(
            kind=kind, expects=expects, applies=applies, by=f"by: {by}" if by else ""
        )
        lines = [line for line in text.splitlines() if line.strip() not in ("", "applies:")]
        path = tmp_path / "rules.yaml"
        path.write_text("\n".join([*lines, textwrap.dedent(terms)]), encoding="utf-8")
        return load([path])

    return make


@pytest.fixture
def verdicts(rule_of: Callable[..., Rulebook]) -> Callable[..., dict[str, str]]:
    """Return a function from a rule's parts and a case to its verdicts by subject."""

    def judge(case: str, expects: str, as_of: datetime.date = DAY, **rule: str) -> dict[str, str]:
        review = Reviewer(rule_of(expects, **rule)).review(case_of(case), as_of)
        return {verdict.subject.id: verdict.name for verdict in review.verdicts}

    return judge


@pytest.fixture
def library_fails(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes the library fail wherever one of its facts is picked."""

    def arrange(picks: Callable[[Batch, Pattern], bool], problem: str = "it hangs") -> None:
        run = WatchedRulesets.run

        def failing(self: WatchedRulesets, batches: Sequence[Batch]) -> list[Outcome]:
            return [
                LibraryError(problem) if any(picks(batch, fact) for fact in batch.facts) else found
                for batch, found in zip(batches, run(self, batches), strict=True)
            ]

        monkeypatch.setattr(WatchedRulesets, "run", failing)

    return arrange


@pytest.fixture
def review_of(rule_of: Callable[..., Rulebook]) -> Callable[..., Review]:
    def review(case: str, expects: str, as_of: datetime.date = DAY, **rule: str) -> Review:
        return Reviewer(rule_of(expects, **rule)).review(case_of(case), as_of)

    return review


QUESTIONS = "questions of an interview"
"""The property under which a test reports how many questions something took."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests measured of interviews: it stands in the README too."""
    told = [
        found
        for state in ("passed", "failed")
        for report in terminalreporter.getreports(state)
        for name, found in report.user_properties
        if name == QUESTIONS
    ]
    if not told:
        return
    terminalreporter.section(QUESTIONS)
    of_every, of_read = [], []
    for name, ours, read, every in sorted(each for each in told if len(each) == 4):
        line = f"{name}: {ours} of {every} fields ({ours / every:.0%}); rules read {read}"
        terminalreporter.line(line)
        of_every.append(ours / every)
        of_read.append(read / every)
    if of_every:
        mean_of_every, mean_of_read = (sum(of) / len(of) for of in (of_every, of_read))
        means = f"{mean_of_every:.1%}; rules read {mean_of_read:.1%}"
        terminalreporter.line(f"on average of {len(of_every)} cases: {means}")
    for name, *measured in (each for each in told if len(each) == 3):
        if isinstance(name, str):
            at_random, ours = measured
            line = f"{name}, drawn at random: {at_random} ({at_random / ours:.2f} times as many)"
        else:
            worst, at_random = measured
            line = (
                f"small rulebooks: {name:.3f} times as many as the best order there is (at worst "
                f"{worst:.2f}), drawn at random {at_random:.2f} times"
            )
        terminalreporter.line(line)
