"""How soon the next question is there, beside one review of the same record.

Run by hand: python -m pytest tests/benchmarks/test_interview.py -n 0 -s. Worked cases are asked for
from the first question to the last, with a file that is saved after each answer. Each step is timed
as processor time, and so is one review of the record as it then stands, with all its messages.
"""

import datetime
import statistics
import time
from collections.abc import Iterator

import pytest

from checklist.collecting import collect_seldom
from checklist.compiled import standard_rulebook
from checklist.interview import Interview
from checklist.review import Reviewer
from tests.benchmarks.measure import Row, milliseconds, table
from tests.interviewing import WORKED, Practitioner, case_in

NAMES = (
    "young-mother-idva-and-college",
    "abuse-in-pregnancy-at-early-help",
    "unborn-siblings-plan-kept-after-birth",
)
DEMANDED = 0.1
"""The most seconds to the next question, on the machine that measures; at the median."""


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    """The lines of the table, printed when all is measured."""
    found: list[Row] = []
    yield found
    print(f"\n\n{table(found)}")


@pytest.fixture(scope="module")
def reviewer():
    reviewer = Reviewer(standard_rulebook())
    collect_seldom()  # as the commands do
    return reviewer


def seconds(call) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def reviewed(reviewer: Reviewer, interview: Interview, as_of: datetime.date) -> None:
    for verdict in reviewer.review(interview.draft.case, as_of).verdicts:
        assert verdict.message


@pytest.mark.parametrize("name", NAMES)
def test_the_next_question(name, rows, reviewer, tmp_path):
    practitioner = Practitioner(case_in(WORKED[name]))
    as_of = practitioner.as_of
    interview = practitioner.begin(tmp_path / "case.yaml", reviewer)
    steps, reviews = [], []
    while True:
        steps.append(seconds(lambda: interview.step))
        reviews.append(seconds(lambda: reviewed(reviewer, interview, as_of)))
        if interview.step is None:
            break
        practitioner.answer(interview, interview.step)
    # the first has the engine learn the rules, as any review does
    steps, reviews = steps[1:], reviews[1:]
    verdicts = len(interview.review.verdicts)
    for what, of in (("median", statistics.median), ("worst", max)):
        took = of(steps)
        ratio = f"{took / statistics.median(reviews):.2f} of a review"
        demanded = f"under {DEMANDED * 1000:.0f} ms" if of is statistics.median else ""
        rows.append(
            Row(f"next question, {what}: {name}", milliseconds(took, 1), verdicts, ratio, demanded)
        )
    assert statistics.median(steps) < DEMANDED
