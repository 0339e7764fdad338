"""Screens made-up cases in one run and says whether time and memory stay as they are.

As `checklist screen --format jsonl` does: each case once, its line, and its entry in the receipt.
Run in a process of its own, which nothing else has filled: python -m tests.benchmarks.flat CASES.
Making the cases is not counted, but timed: how busy the machine is tells there too.
"""

import datetime
import json
import sys
import tempfile
import time
from collections.abc import Iterator

from checklist.cohort import Line, RulesChosen, Task, screen
from checklist.collecting import collect_seldom
from checklist.compiled import standard_rulebook
from checklist.documents import Document
from checklist.generate.cohort import Maker
from checklist.once import EachOnce
from checklist.receipt import Recorder, asked_of
from checklist.rulebook import Rulebook
from tests.benchmarks.measure import memory, processor_time

SEED = 1
EARLY = 10_000
"""The cases after which memory is measured for the first time."""


class _Made:
    """The documents, and the seconds that it took to make them."""

    def __init__(self, rulebook: Rulebook, cases: int) -> None:
        self.seconds = 0.0
        self._lines = Maker(rulebook.rules, SEED).lines(cases)

    def __iter__(self) -> Iterator[Document]:
        number = 0
        while True:
            started = time.process_time()
            line = next(self._lines, None)
            self.seconds += time.process_time() - started
            if line is None:
                return
            number += 1
            yield Document("made-up.jsonl", number, "json line", line.encode())


def measured(cases: int) -> dict[str, float]:
    """Return seconds for a case of the first and of the last tenth, and bytes early and at the end.

    `making_first` and `making_last` are the seconds that making such a case took. Needs more than
    ten thousand cases.
    """
    rulebook = standard_rulebook()
    rules = RulesChosen()
    made, once = _Made(rulebook, cases), EachOnce()
    collect_seldom()  # as the commands do
    tenth = cases // 10
    marks = [0.0] * 11  # the processor time spent on the cases, at the end of each tenth
    makings = [0.0] * 11
    engine = 0.0
    early = number = 0
    marks[0] = time.process_time()
    with tempfile.TemporaryFile("w") as lines, tempfile.TemporaryFile("w") as entries:
        asked = asked_of(rules, rulebook, audit=None, as_of=None, command=[])
        recorder = Recorder(asked, datetime.date.today(), keep=0, to=entries)
        for result in once.of(screen(made, Task(rules, lines=True), rulebook=rulebook)):
            assert isinstance(result, Line), result
            recorder.take(result)
            lines.write(f"{result.text}\n")
            number += 1
            if number % tenth == 0 and number // tenth <= 10:
                marks[number // tenth] = time.process_time() - made.seconds
                makings[number // tenth] = made.seconds
            if number == EARLY:
                early = memory()
            if number == tenth:
                # the processor time of the engine's own process: all of it before, or after
                engine = processor_time() - time.process_time()
        assert recorder.receipt().cases == cases
    return {
        "first": (marks[1] - marks[0]) / tenth,
        "last": (marks[10] - marks[9]) / tenth,
        "making_first": (makings[1] - makings[0]) / tenth,
        "making_last": (makings[10] - makings[9]) / tenth,
        "engine_in_first": engine,
        "engine_in_rest": processor_time() - time.process_time() - engine,
        "early": early,
        "end": memory(),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
