import io
import os
from pathlib import Path

import pytest

from checklist.choosing import Chooser, Cohort, Considered, take_sample
from checklist.criteria_reader import read_at_least
from checklist.render.choosing import print_cohort
from checklist.render.terminal import WIDTH, console_for
from checklist.rulebook import Rulebook, load
from checklist.selection import Belonging
from tests.conftest import DAY, case_of
from tests.test_published import AUDIT, NUMBER, RULE

SCREENS = Path(__file__).parent / "screens" / "select"
RECORD = bool(os.environ.get("RECORD_SCREENS"))  # as in test_terminal

CASES = """\
id: one
authority: hither
concerns: [neglect]
chronology: yes
---
id: two
authority: hither
concerns: [neglect]
chronology: no
---
id: three
authority: thither
concerns: [neglect]
---
id: four
authority: thither
concerns: [housing]
---
id: five
---
id: six
concerns:
  - {value: [neglect], agency: gp}
  - {value: [housing, domestic_abuse], agency: childrens_social_care}
---
id: seven
concerns: [neglect]
chronology: yes
"""


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    file = tmp_path / "rules.yaml"
    audit = AUDIT.replace("  cases: 3\n", "  cases: 4\n  authorities: 2\n  repeats: 1\n").replace(
        "  cases: 4", "    repeat: {chronology: yes}\n  cases: 4"
    )
    file.write_text(audit + NUMBER.format(what="count: 1") + RULE, encoding="utf-8")
    return load([file])


@pytest.fixture
def cohort(rulebook: Rulebook) -> Cohort:
    (audit,) = rulebook.audits
    chooser = Chooser(rulebook, audit, (), [read_at_least("2 repeat", rulebook, audit)])
    cases = [
        chooser.consider(case_of(text), DAY, f"cases/{number}.yaml", number if number > 5 else None)
        for number, text in enumerate(CASES.split("---\n"), 1)
    ]
    return Cohort(audit, (), tuple(sorted(cases, key=lambda each: each.id)))


def printed(cohort: Cohort) -> str:
    stream = io.StringIO()
    print_cohort(cohort, console_for(stream))
    return stream.getvalue()


def expect(name: str, screen: str) -> None:
    file = SCREENS / f"{name}.txt"
    if RECORD:
        file.parent.mkdir(exist_ok=True)
        file.write_text(screen, encoding="utf-8")
    assert screen == file.read_text(encoding="utf-8")


def test_a_cohort_prints_this_screen(cohort) -> None:
    expect("cohort", printed(cohort))


def test_a_sample_prints_this_screen(cohort) -> None:
    sample = take_sample(cohort.cases, 4, "2021", "authority", {"repeat": 2})
    again = "checklist select cases/ --audit Z --sample 4 --by authority --at-least '2 repeat'"
    sample = sample._replace(again=f"{again} --seed 2021", notes=("This it rests on besides.",))
    screen = printed(cohort._replace(sample=sample, where=("{concerns: {includes: neglect}}",)))
    expect("sample", screen)
    assert f"  {again} --seed 2021\n" in screen  # on one line, to be copied


def test_lines_fit_the_screen_and_text_from_outside_is_harmless(cohort) -> None:
    hostile = "[red]\x1b[31m\u202e word" * 5
    case = Considered(
        Belonging("bad", "not recorded", (hostile,) * 5), hostile, None, DAY, {"authority": hostile}
    )
    screen = printed(cohort._replace(cases=(*cohort.cases, case), where=(hostile,)))
    assert "and 2 more (all with --format json)" in screen
    assert "\x1b" not in screen
    assert "\u202e" not in screen
    assert "[red]" in screen
    for line in screen.splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_the_hint_does_as_the_audit_did(standard_rulebook) -> None:
    hints = {
        audit.id: next(line for line in printed(Cohort(audit, (), ())).split("\n") if "--" in line)
        for audit in standard_rulebook.audits
    }
    assert hints == {
        "A": "  --sample 6 --by authority",
        "B": '  --sample 6 --by authority --at-least "3 repeat"',
        "C": "  --sample 8",
    }
