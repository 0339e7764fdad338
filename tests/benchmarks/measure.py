"""Measuring side by side on a machine that others use too: processor time, the least of several."""

import gc
import os
import resource
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Row(NamedTuple):
    """A line of the table: a ratio, what it is of, and what is demanded of it.

    `each` is what it takes for one case, in words, and `verdicts` how many a case has.
    """

    name: str
    each: str
    verdicts: float | None
    ratio: str
    demanded: str


def table(rows: list[Row]) -> str:
    """Return the rows as a table of Markdown, for the README as it stands."""
    lines = [
        "| measured | a case | verdicts | ratio | demanded |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        verdicts = "" if row.verdicts is None else f"{row.verdicts:.0f}"
        lines.append(f"| {row.name} | {row.each} | {verdicts} | {row.ratio} | {row.demanded} |")
    return "\n".join(lines)


def milliseconds(seconds: float, cases: int) -> str:
    """Return the time for each case in words."""
    return f"{seconds / cases * 1000:.2f} ms"


def processes_below(process: int) -> list[int]:
    """Return the ids of the processes that a process started and that still run, and of theirs."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it ended while we looked
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = []
    waiting = [process]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def processor_time() -> float:
    """Return the seconds of processor time of this process and all it started, ended or not."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = time.process_time() + ended.ru_utime + ended.ru_stime
    for process in processes_below(os.getpid()):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / _TICK
    return total


def memory() -> int:
    """Return the bytes of memory that this process and all it started have in use."""
    total = 0
    for process in (os.getpid(), *processes_below(os.getpid())):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
        except OSError:
            continue
    return total


def least(ways: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the least processor time that each way took, in seconds.

    They take turns, so that what else the machine does falls on all of them, and each has run once
    before it counts.
    """
    found: dict[str, float] = {}
    for turn in range(times + 1):
        for name, way in ways.items():
            # what the benchmark itself holds is not to be looked through for garbage while it runs
            gc.collect()
            gc.freeze()
            started = processor_time()
            way()
            took = processor_time() - started
            gc.unfreeze()
            if turn:
                found[name] = min(took, found.get(name, took))
    return found
