"""The library in a process of its own: one that hangs or crashes takes only its question with it.

The kernel's timer ends a process that takes too long, also in the middle of the library's C code,
where no Python could; whoever waits for it then reads the end of its pipe. Where a system cannot
fork (Windows), the library runs in this process and nothing watches it.
"""

import faulthandler
import itertools
import json
import os
import signal
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, Final, NamedTuple

from checklist.library import Fired, LibraryError, Pattern, Rulesets

LIMIT: Final = 10.0
"""The seconds that the library may take over one batch of facts."""

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Batch(NamedTuple):
    """Facts for one ruleset: its key, its patterns by name, and the facts."""

    key: int
    patterns: Mapping[str, Pattern]
    facts: Sequence[Pattern]


Outcome = Fired | LibraryError
"""What fired for a batch: places among the facts, and the names of patterns; or what failed."""


class _Worker(NamedTuple):
    """A process that runs the library, the pipes to and from it, and their descriptors."""

    pid: int
    descriptors: tuple[int, int]
    requests: IO[bytes]
    replies: IO[bytes]


class WatchedRulesets:
    """Rulesets of the library in a process of their own, made there when they are first needed.

    `limit` is the number of seconds that the making of a ruleset and one batch may take.
    """

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._owner = os.getpid()
        self._worker: _Worker | None = None
        self._made: set[int] = set()  # keys of the rulesets that the worker has
        self._dropped: list[int] = []  # keys that it can forget, told with the next request
        self._unconfirmed = False  # whether it has been told things that it has not answered yet
        self._keys = itertools.count()

    def new_key(self) -> int:
        """Return a key that no other ruleset has."""
        return next(self._keys)

    def start(self) -> None:
        """Start the process now rather than with the first request."""
        self._ready()

    def prepare(self, key: int, patterns: Mapping[str, Pattern]) -> None:
        """Let a ruleset be made without waiting for it; what goes wrong is told when it is run."""
        worker = self._ready()
        with suppress(BrokenPipeError):
            self._tell(worker, [(key, patterns, None)])
            self._made.add(key)
            self._unconfirmed = True

    def run(self, batches: Sequence[Batch]) -> list[Outcome]:
        """Return the outcome of each batch; there must be one.

        Raises LibraryError where the process crashes or takes too long: then nothing was answered.
        """
        try:
            replies = self._ask(batches)
        except LibraryError:
            if not self._unconfirmed:
                raise
            # what ended the process may have been another ruleset that was only being prepared
            self._unconfirmed = False
            replies = self._ask(batches)
        self._unconfirmed = False
        outcomes: list[Outcome] = []
        for batch, reply in zip(batches, replies, strict=True):
            if isinstance(reply, str):
                self._made.discard(batch.key)
                outcomes.append(LibraryError(reply))
            else:
                self._made.add(batch.key)
                outcomes.append([(place, name) for place, name in reply])
        return outcomes

    def drop(self, key: int) -> None:
        """Let a ruleset go; its memory is given back with the next request."""
        self._dropped.append(key)

    def close(self) -> None:
        """End the process; the next request starts another."""
        if self._worker is not None:
            _end(self._worker)
            self._worker = None

    def _ready(self) -> _Worker:
        if self._worker is None or self._owner != os.getpid():
            self._worker = self._started()
        return self._worker

    def _tell(
        self,
        worker: _Worker,
        asked: Sequence[tuple[int, Mapping[str, Pattern], Sequence[Pattern] | None]],
    ) -> None:
        dropped, self._dropped = self._dropped, []
        self._made.difference_update(dropped)
        told = []
        there = self._made.copy()
        for key, patterns, facts in asked:
            told.append([key, None if key in there else patterns, facts])
            there.add(key)
        worker.requests.write(_dumps([dropped, told]).encode() + b"\n")
        worker.requests.flush()

    def _ask(self, batches: Sequence[Batch]) -> list[Any]:
        worker = self._ready()
        try:
            self._tell(worker, batches)
            line = worker.replies.readline()
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            self._worker = None
            raise LibraryError(_why(_end(worker), self._limit))
        replies: list[Any] = json.loads(line)
        return replies

    def _started(self) -> _Worker:
        requests, to_worker = os.pipe()
        from_worker, replies = os.pipe()
        with warnings.catch_warnings():
            # the child runs nothing that a thread of ours could hold a lock on
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            try:
                os.close(to_worker)
                os.close(from_worker)
                _serve(requests, replies, self._limit)
            finally:
                os._exit(0)
        os.close(requests)
        os.close(replies)
        self._owner = os.getpid()
        self._made.clear()
        return _Worker(
            pid,
            (to_worker, from_worker),
            open(to_worker, "wb", closefd=False),
            open(from_worker, "rb", closefd=False),
        )


class UnwatchedRulesets:
    """The same rulesets in this process, for a system that cannot fork."""

    def __init__(self) -> None:
        self._rulesets = Rulesets()
        self._made: set[int] = set()
        self._keys = itertools.count()

    def new_key(self) -> int:
        """Return a key that no other ruleset has."""
        return next(self._keys)

    def start(self) -> None:
        """Do nothing: there is no other process."""

    def prepare(self, key: int, patterns: Mapping[str, Pattern]) -> None:
        """Do nothing: here a ruleset is made when it is first run."""

    def run(self, batches: Sequence[Batch]) -> list[Outcome]:
        """Return the outcome of each batch."""
        return [self._run(batch) for batch in batches]

    def _run(self, batch: Batch) -> Outcome:
        try:
            if batch.key not in self._made:
                self._rulesets.make(batch.key, batch.patterns)
                self._made.add(batch.key)
            return self._rulesets.run(batch.key, batch.facts)
        except LibraryError as error:
            self._made.discard(batch.key)
            return error

    def drop(self, key: int) -> None:
        """Give a ruleset's memory back."""
        self._made.discard(key)
        self._rulesets.drop(key)


def rulesets() -> WatchedRulesets | UnwatchedRulesets:
    """Return the rulesets that all engines of this process share."""
    global _shared
    if _shared is None:
        _shared = WatchedRulesets() if hasattr(os, "fork") else UnwatchedRulesets()
    return _shared


_shared: WatchedRulesets | UnwatchedRulesets | None = None


def _serve(requests: int, replies: int, limit: float) -> None:
    """Answer requests until their pipe is closed; the child's whole life."""
    faulthandler.disable()  # a crash is told by whoever asked
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the timer ends this process, whatever it does
    ours = Rulesets()
    refused: dict[int, str] = {}  # why a ruleset that was prepared could not be made
    with os.fdopen(requests, "rb") as asked, os.fdopen(replies, "wb") as said:
        while line := asked.readline():
            dropped, batches = json.loads(line)
            for key in dropped:
                ours.drop(key)
            outcomes = []
            for key, patterns, facts in batches:
                signal.setitimer(signal.ITIMER_REAL, limit)
                outcomes.append(_outcome(ours, refused, key, patterns, facts))
            signal.setitimer(signal.ITIMER_REAL, 0)
            if all(outcome is None for outcome in outcomes):
                continue
            said.write(_dumps(outcomes).encode() + b"\n")
            said.flush()


def _outcome(
    rulesets: Rulesets,
    refused: dict[int, str],
    key: int,
    patterns: Mapping[str, Pattern] | None,
    facts: Sequence[Pattern] | None,
) -> Fired | str | None:
    """Return what fired, or what is wrong; None where a ruleset was only to be prepared."""
    try:
        if patterns is not None:
            refused.pop(key, None)
            rulesets.make(key, patterns)
        if facts is None:
            return None
        return refused[key] if key in refused else rulesets.run(key, facts)
    except LibraryError as error:
        refused[key] = str(error)
        return None if facts is None else str(error)


def _end(worker: _Worker) -> int:
    """Close the pipes to a process, wait for its end, and return its exit status."""
    with suppress(BrokenPipeError):
        worker.requests.close()
    for descriptor in worker.descriptors:
        os.close(descriptor)
    try:
        return os.waitpid(worker.pid, 0)[1]
    except ChildProcessError:  # somebody else waited for it
        return 0


def _why(status: int, limit: float) -> str:
    if not os.WIFSIGNALED(status):
        return "the engine ended without an answer"
    number = os.WTERMSIG(status)
    if number == signal.SIGALRM:
        return f"the engine took longer than {limit:g} seconds"
    return f"the engine crashed ({signal.Signals(number).name})"
