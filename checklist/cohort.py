"""A cohort: case documents screened one after another, here, by several processes or on a cluster.

The results come in the order of the documents, however the work was cut, and no more of them are
held at a time than are being worked on.
"""

import datetime
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from checklist.case_file import read
from checklist.collecting import collect_seldom
from checklist.documents import Document
from checklist.errors import BadInput
from checklist.interruption import ctrl_c_later
from checklist.review import Reviewer, tally_of
from checklist.rulebook import Rulebook, load, standard_rules
from checklist.screened import Screened, line_of, screened, sha256_of
from checklist.selection import Answer, belonging, chosen_by

MOST_TOGETHER: Final = 64
"""The most cases that are handed to another process at a time."""

MOST_BYTES_TOGETHER: Final = 1_000_000
"""The bytes of cases after which no other is added to those handed over together."""

AHEAD: Final = 3
"""How many parts of the work each process has waiting, so that none waits for the others."""


class Unread(NamedTuple):
    """A case that could not be used: where it stands, and what is wrong with it."""

    file: str
    line: int | None
    sentences: tuple[str, ...]


class Line(NamedTuple):
    """A screened case as a line of JSON; `whole` is false where a verdict could not be reached.

    The others are fields of `Screened`; `number` is the line on which it stands in its file.
    """

    text: str
    whole: bool
    case: str
    file: str
    number: int | None
    sha256: str


class Left(NamedTuple):
    """A case that the task's audit would not have chosen, or of which that is not clear, and why.

    `why` is as in `Belonging`.
    """

    case: str
    file: str
    line: int | None
    qualifies: Answer
    why: tuple[str, ...]


class RulesChosen(NamedTuple):
    """Which rulebook is held against cases, so that another process can load it too.

    `rules` are files and folders; without `standard` they stand alone. Of the rules those with one
    of the `ids` and one of the `themes` are chosen, where any are given.
    """

    rules: tuple[Path, ...] = ()
    standard: bool = True
    settings: Path | None = None
    ids: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    def load(self) -> Rulebook:
        """Return the rulebook, or raise BadInput with all faults."""
        if self == RulesChosen(ids=self.ids, themes=self.themes):
            from checklist.compiled import standard_rulebook

            return standard_rulebook()
        if self.standard:
            return load([standard_rules(), *self.rules], settings=self.settings)
        return load(self.rules, at_hand=[standard_rules()], settings=self.settings)


class Task(NamedTuple):
    """What is wanted of each case: `findings`, the words for what is open; or `lines` of JSON.

    Without `as_of` a case is judged as of its record's own day, and one that names none as of
    `today`. With `audit`, the id of one, only the cases that it would have chosen are screened.
    """

    rules: RulesChosen
    as_of: datetime.date | None = None
    findings: bool = False
    lines: bool = False
    today: datetime.date | None = None
    audit: str | None = None


Result = Screened | Line | Left | Unread


class Screener:
    """Screens cases for one task; keeps what the engine has learnt from case to case."""

    def __init__(self, task: Task, rulebook: Rulebook | None = None) -> None:
        self._task = task
        loaded = rulebook or task.rules.load()
        chosen = task.rules.ids or task.rules.themes
        rules = loaded.select(task.rules.ids, task.rules.themes) if chosen else None
        self._reviewer = Reviewer(loaded, rules)
        by_id = {} if task.audit is None else {audit.id: audit for audit in loaded.audits}
        self._criteria = None if task.audit is None else chosen_by(by_id[task.audit])

    def screen(self, document: Document) -> Result:
        """Return what is wanted of a case, or why it cannot be used."""
        file, line = document.file, document.line
        found = read(document).case
        if isinstance(found, BadInput) or isinstance(document.content, BadInput):
            faults = found.faults if isinstance(found, BadInput) else ()
            return Unread(file, line, tuple(fault.sentence() for fault in faults))
        task = self._task
        day = task.as_of or found.as_of or task.today or datetime.date.today()
        try:
            if self._criteria is not None:
                found_out = belonging(self._reviewer, self._criteria, found, day)
                if found_out.qualifies != "yes":
                    return Left(found.id, file, line, found_out.qualifies, found_out.why)
            review = self._reviewer.review(found, day) if task.findings else None
            tally = self._reviewer.tally(found, day) if review is None else tally_of(review)
            place = (file, line, sha256_of(document.content))
            kept = screened(found, day, tally, place, review)
        except BadInput as error:
            sentences = (f"{file}: {fault.sentence()}" for fault in error.faults)
            return Unread(file, line, tuple(sentences))
        if not task.lines:
            return kept
        return Line(line_of(kept), is_whole(kept), kept.case, file, line, kept.sha256)


def is_whole(kept: Screened) -> bool:
    """Return whether every verdict on a case was reached."""
    return "could not be judged" not in kept.verdicts and not kept.unchecked


class Cluster(Protocol):
    """What hands work to other processes: an executor of the standard library, or Dask's client."""

    def submit(
        self, function: Callable[[list[Document]], list[Result]], documents: list[Document], /
    ) -> "Future[list[Result]]":
        """Return the future result of a function."""


def screen(
    documents: Iterable[Document],
    task: Task,
    *,
    workers: int = 1,
    dask: str | None = None,
    rulebook: Rulebook | None = None,
) -> Generator[Result, None, None]:
    """Yield what is wanted of each case, in the order of the documents.

    `workers` is the number of processes, of which more than one are others than this. `dask` is
    the address of a cluster's scheduler, and takes their place; it reads rules and settings from
    the same paths as this process does. `rulebook` is the task's, where it has been loaded.
    """
    if dask is None and workers == 1:
        yield from map(Screener(task, rulebook).screen, documents)
        return
    with _processes(workers) if dask is None else _cluster(dask) as (cluster, number):
        waiting: deque[Future[list[Result]]] = deque()
        for part in _parts(documents):
            waiting.append(cluster.submit(partial(_screen_part, task), part))
            if len(waiting) > number * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _screen_part(task: Task, documents: list[Document]) -> list[Result]:
    """Screen some cases in another process, which keeps its screener for the next ones."""
    return [*map(_screener(task).screen, documents)]


_screener = lru_cache(maxsize=1)(Screener)


def _parts(documents: Iterable[Document]) -> Iterator[list[Document]]:
    part: list[Document] = []
    size = 0
    for document in documents:
        part.append(document)
        size += len(document.content) if isinstance(document.content, bytes) else 0
        if len(part) >= MOST_TOGETHER or size >= MOST_BYTES_TOGETHER:
            yield part
            part, size = [], 0
    if part:
        yield part


@contextmanager
def _processes(workers: int) -> Iterator[tuple[Cluster, int]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = frozenset(active_children())
    # started anew rather than forked: nothing of this process is in them but what they are told
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin_to_work) as pool:
        try:
            yield _Pool(pool), workers
        except BaseException:
            # nobody waits any more for what they are at, and they write nothing
            for process in frozenset(active_children()) - others:
                process.kill()
            raise
        finally:
            # whole: an interruption in the midst of it would keep hold of what has to be given back
            with ctrl_c_later():
                pool.shutdown(cancel_futures=True)


class _Pool:
    """An executor that starts its processes, when they are needed, without an ear for Ctrl-C."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    def submit(
        self, function: Callable[[list[Document]], list[Result]], documents: list[Document], /
    ) -> "Future[list[Result]]":
        """Return the future result of a function."""
        with ctrl_c_later():
            return self._pool.submit(function, documents)


def _begin_to_work() -> None:
    """Leave Ctrl-C to the process that this one works for, and garbage for later."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()


def _cluster(address: str) -> "AbstractContextManager[tuple[Cluster, int]]":
    from checklist.on_dask import connected  # only who has such a cluster needs it

    return connected(address)
