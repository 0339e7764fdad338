"""Screens made-up cases one after another and says whether time and memory stay as they are.

Run in a process of its own, which nothing else has filled: python -m tests.benchmarks.flat CASES.
Making the cases is not counted.
"""

import json
import sys
import time

from checklist.cohort import RulesChosen, Screener, Task
from checklist.collecting import collect_seldom
from checklist.compiled import standard_rulebook
from checklist.documents import Document
from checklist.generate.cohort import Maker
from tests.benchmarks.measure import memory, processor_time

SEED = 1
EARLY = 10_000
"""The cases after which memory is measured for the first time."""


def measured(cases: int) -> dict[str, float]:
    """Return seconds for the first and the last tenth of the cases, and bytes early and at the end.

    Needs more than ten thousand cases.
    """
    rulebook = standard_rulebook()
    screener = Screener(Task(RulesChosen(), lines=True), rulebook)
    collect_seldom()  # as the commands do
    tenth = cases // 10
    engine = 0.0
    took = [0.0] * 10
    early = 0
    for at, line in enumerate(Maker(rulebook.rules, SEED).lines(cases)):
        document = Document("made-up.jsonl", at + 1, "json line", line.encode())
        started = time.process_time()
        screener.screen(document)
        took[min(at // tenth, 9)] += time.process_time() - started
        if at + 1 == EARLY:
            early = memory()
        if at + 1 == tenth:
            # the processor time of the engine's own process: all of it before, or after
            engine = processor_time() - time.process_time()
    end = processor_time() - time.process_time()
    return {
        "first": took[0] / tenth,
        "last": took[9] / (cases - 9 * tenth),
        "engine_in_first": engine,
        "engine_in_rest": end - engine,
        "early": early,
        "end": memory(),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
