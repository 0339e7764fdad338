"""Progress on standard error, where a person watches and it takes longer than a second."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

_T = TypeVar("_T")

PATIENCE: Final = 1.0
"""The seconds before anything is shown."""


Done = Callable[[], tuple[int, int]]
"""Tells how much of how much is done, such as bytes read of bytes to read."""


def counted(items: Iterable[_T], what: str, done: Done | None = None) -> Iterator[_T]:
    """Yield the items; after a second, keep their number, rate and time on the terminal.

    With `done` the time that is left is shown too.
    """
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
    yield from _shown(remaining, what, number, started, done)


def _shown(
    items: Iterable[_T], what: str, number: int, started: float, done: Done | None
) -> Iterator[_T]:
    # only what takes long needs it, so only that waits for its import
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(_said(number, what, started, done), total=None)
        for so_far, item in enumerate(items, number + 1):
            progress.update(task, description=_said(so_far, what, started, done))
            yield item


def _said(number: int, what: str, started: float, done: Done | None) -> str:
    seconds = time.monotonic() - started
    said = f"{number:,} {what}, {number / seconds:,.0f} a second" if seconds > 0 else what
    if done is None:
        return said
    so_far, whole = done()
    if not 0 < so_far <= whole:
        return said
    left = round(seconds * (whole - so_far) / so_far)
    hours, minutes = left // 3600, left // 60 % 60
    return f"{said}, {hours}:{minutes:02}:{left % 60:02} left after"
