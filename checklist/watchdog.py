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


class _Worker(NamedTuple):
    """A process that runs the library, the pipes to and from it, and their descriptors."""

    pid: int
    descriptors: tuple[int, int]
    requests: IO[bytes]
    replies: IO[bytes]


class WatchedRulesets:
    """Rulesets of the library in a process of their own, made there when they are first needed.

    `limit` is the number of seconds that one request may take.
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
            self._tell(worker, key, patterns, None)
            self._made.add(key)
            self._unconfirmed = True

    def run(self, key: int, patterns: Mapping[str, Pattern], facts: Sequence[Pattern]) -> Fired:
        """Return what fired: places among the facts, and the names of patterns.

        Raises LibraryError where the library fails, crashes, takes too long, or loses facts.
        """
        try:
            reply = self._ask(key, patterns, facts)
        except LibraryError:
            if not self._unconfirmed:
                raise
            # what ended the process may have been another ruleset that was only being prepared
            self._unconfirmed = False
            reply = self._ask(key, patterns, facts)
        self._unconfirmed = False
        if "error" in reply:
            self._made.discard(key)
            raise LibraryError(reply["error"])
        self._made.add(key)
        return [(place, name) for place, name in reply["fired"]]

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
        key: int,
        patterns: Mapping[str, Pattern],
        facts: Sequence[Pattern] | None,
    ) -> None:
        dropped, self._dropped = self._dropped, []
        self._made.difference_update(dropped)
        told = [key, None if key in self._made else patterns, facts, dropped]
        worker.requests.write(_dumps(told).encode() + b"\n")
        worker.requests.flush()

    def _ask(
        self, key: int, patterns: Mapping[str, Pattern], facts: Sequence[Pattern]
    ) -> dict[str, Any]:
        worker = self._ready()
        try:
            self._tell(worker, key, patterns, facts)
            line = worker.replies.readline()
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            self._worker = None
            raise LibraryError(_why(_end(worker), self._limit))
        reply: dict[str, Any] = json.loads(line)
        return reply

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

    def run(self, key: int, patterns: Mapping[str, Pattern], facts: Sequence[Pattern]) -> Fired:
        """Return what fired: places among the facts, and the names of patterns."""
        try:
            if key not in self._made:
                self._rulesets.make(key, patterns)
                self._made.add(key)
            return self._rulesets.run(key, facts)
        except LibraryError:
            self._made.discard(key)
            raise

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
            key, patterns, facts, dropped = json.loads(line)
            signal.setitimer(signal.ITIMER_REAL, limit)
            reply: dict[str, Any] = {}
            try:
                for each in dropped:
                    ours.drop(each)
                if patterns is not None:
                    refused.pop(key, None)
                    ours.make(key, patterns)
                if facts is not None:
                    reply = _answer(ours, refused, key, facts)
            except LibraryError as error:
                refused[key] = str(error)
                reply = {"error": str(error)}
            signal.setitimer(signal.ITIMER_REAL, 0)
            if facts is None:
                continue
            said.write(_dumps(reply).encode() + b"\n")
            said.flush()


def _answer(
    rulesets: Rulesets, refused: Mapping[int, str], key: int, facts: Sequence[Pattern]
) -> dict[str, Any]:
    if key in refused:
        return {"error": refused[key]}
    return {"fired": rulesets.run(key, facts)}


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
