"""One run over a cohort, as `screen`, `brief` and `verify` make it: each case once, faults last."""

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import typer

from checklist.cli.exits import INTERRUPTED

if TYPE_CHECKING:
    from checklist.cohort import Result, Task
    from checklist.documents import Document
    from checklist.receipt import Receipt, Recorder
    from checklist.rulebook import Rulebook
    from checklist.screened import Screened

_CHANGES_NOTHING: Final = ("--workers", "--dask", "--output", "--receipt")
"""The options that only say who does the work and where it goes: they change no result."""


class CohortRun:
    """One run over a cohort: gives the results, and gathers what went wrong on the way.

    `faults` are sentences about the cases that cannot be used, `number` counts the cases done, and
    `not_judged` says whether something could not be judged.
    """

    def __init__(
        self,
        task: "Task",
        loaded: "Rulebook",
        paths: Sequence[Path],
        *,
        workers: int,
        dask: str | None,
    ) -> None:
        from checklist.once import EachOnce

        self.task = task
        self.loaded = loaded
        chosen = task.rules.ids or task.rules.themes
        self.rules = loaded.select(task.rules.ids, task.rules.themes) if chosen else None
        self.faults: list[str] = []
        self.not_judged = False
        self.number = 0
        self.once = EachOnce()
        self._paths = paths
        self._workers, self._dask = workers, dask
        self._sizes: deque[int] = deque()
        self._done = 0
        self._recorder: Recorder | None = None
        self._working: Generator[Result, None, None] | None = None

    def record(self, to: IO[str] | None, *, keep: int) -> None:
        """Begin the receipt of this run, which goes to a stream where there is one.

        It lists the cases where they are no more than `keep`; the stream is given all of them.
        """
        import datetime

        from checklist.receipt import Recorder, asked_of

        asked = asked_of(
            self.task.rules,
            self.loaded,
            audit=self.task.audit,
            as_of=self.task.as_of,
            command=[*_as_typed(sys.argv[1:])],
        )
        today = self.task.today or datetime.date.today()
        self._recorder = Recorder(asked, today, keep=keep, to=to)

    def receipt(self) -> "Receipt":
        """Return the receipt of all results, which ends it."""
        assert self._recorder is not None  # noqa: S101
        return self._recorder.receipt()

    def results(self) -> "Iterator[Result]":
        """Yield the results in the order of the documents, each case once."""
        from checklist.cohort import Left, Line, Unread, is_whole
        from checklist.cohort import screen as screen_cohort
        from checklist.collecting import collect_seldom
        from checklist.documents import bytes_of, documents
        from checklist.render.progress import counted

        collect_seldom()
        self._working = found = screen_cohort(
            self._sized(documents(self._paths)),
            self.task,
            workers=self._workers,
            dask=self._dask,
            rulebook=self.loaded,
        )
        whole = bytes_of(self._paths)
        done = None if whole is None else lambda: (self._done, whole)
        watched = counted(self._counted(found), "cases", done)
        for result in self.once.of(watched):
            if self._recorder is not None:
                self._recorder.take(result)
            match result:
                case Unread():
                    self.faults += result.sentences
                case Left():
                    self.not_judged |= result.qualifies == "could not be judged"
                case Line():
                    self.not_judged |= not result.whole
                case _:
                    self.not_judged |= not is_whole(result)
            yield result

    def screened(self) -> "Iterator[Screened]":
        """Yield the cases that were screened, as they come."""
        from checklist.screened import Screened

        for result in self.results():
            if isinstance(result, Screened):
                yield result

    @contextmanager
    def interruptible(self, *, writes: bool) -> Iterator[None]:
        """Say how far it came where somebody presses Ctrl-C, and leave with the code for that.

        `writes`: the output goes to a file, which then stays as it was. However the block ends,
        nothing works on after it.
        """
        try:
            yield
        except KeyboardInterrupt:
            left = "nothing was written" if writes else "what was printed is not the whole"
            typer.echo(f"checklist: interrupted after {self.number:,} cases; {left}.", err=True)
            raise typer.Exit(INTERRUPTED) from None
        finally:
            if self._working is not None:
                self._working.close()

    def say_faults(self) -> None:
        """Print what could not be used, after everything else, on standard error."""
        for sentence in dict.fromkeys(self.faults):  # a file can be named twice
            typer.echo(f"checklist: {sentence}", err=True)

    def _sized(self, documents: "Iterable[Document]") -> "Iterator[Document]":
        for document in documents:
            content = document.content
            self._sizes.append(len(content) if isinstance(content, bytes) else 0)
            yield document

    def _counted(self, results: "Iterable[Result]") -> "Iterator[Result]":
        for result in results:
            self.number += 1
            self._done += self._sizes.popleft()
            yield result


def receipt_file(
    receipt: Path | None, output: Path | None
) -> AbstractContextManager[IO[str] | None]:
    """Return where the receipt goes to, if it is wanted as a file of its own.

    Raises BadInput where the output would go there too.
    """
    if receipt is None:
        return nullcontext()
    from checklist.errors import BadInput, Fault
    from checklist.files import replacing

    if output is not None and receipt.resolve() == output.resolve():
        problem = "this is the file of --output too; name another"
        raise BadInput([Fault(problem, field="--receipt")])
    return replacing(receipt, field="--receipt")


def _as_typed(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the arguments without those that change no result."""
    remaining = iter(arguments)
    for each in remaining:
        if each in _CHANGES_NOTHING:
            next(remaining, None)
        elif not each.startswith(tuple(f"{name}=" for name in _CHANGES_NOTHING)):
            yield each
