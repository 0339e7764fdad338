"""Progress on standard error, where a person watches and it takes longer than a second."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

_T = TypeVar("_T")

PATIENCE: Final = 1.0
"""The seconds before anything is shown."""


def counted(items: Iterable[_T], what: str) -> Iterator[_T]:
    """Yield the items; after a second, keep their number, rate and time on the terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = time.monotonic()
    remaining = iter(items)
    number = 0
    for item in remaining:
        number += 1
        yield item
        if time.monotonic() - started > PATIENCE:
            break
    else:
        return
    yield from _shown(remaining, what, number)


def _shown(items: Iterable[_T], what: str, number: int) -> Iterator[_T]:
    # only what takes long needs it, so only that waits for its import
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} {task.description}"))
    console = Console(file=sys.stderr)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(what, total=None, completed=number)
        for item in items:
            progress.advance(task)
            yield item
