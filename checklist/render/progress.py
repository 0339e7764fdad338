"""Progress on standard error, where a person watches and it takes longer than a second."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

_T = TypeVar("_T")

_PATIENCE: Final = 1.0  # seconds before anything is shown
_PAUSE: Final = 0.2  # seconds between two updates


def counted(items: Iterable[_T], what: str) -> Iterator[_T]:
    """Yield the items; after a second, keep a line with their number and rate on the terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = shown = time.monotonic()
    number = 0
    try:
        for item in items:
            number += 1
            now = time.monotonic()
            if now - started > _PATIENCE and now - shown > _PAUSE:
                shown = now
                rate = number / (now - started)
                print(f"\r{number:,} {what}, {rate:,.0f} a second ", end="", file=sys.stderr)  # noqa: T201
            yield item
    finally:
        if shown != started:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr)  # noqa: T201
