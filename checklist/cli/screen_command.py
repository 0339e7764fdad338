"""`checklist screen`: a cohort of cases in; the cases to look at first, and themes, out."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from checklist.cli import options
from checklist.cli.exits import INTERRUPTED

if TYPE_CHECKING:
    from checklist.cohort import Result, Task
    from checklist.documents import Document
    from checklist.receipt import Receipt, Recorder
    from checklist.rulebook import Rulebook
    from checklist.screened import Screened
    from checklist.screening import Screening


class Format(StrEnum):
    """The forms in which a screening is given."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"


_OF_SINGLE_CASES = (Format.JSONL, Format.CSV)


def screen(
    cases: options.Cases = None,
    worked_cases: Annotated[
        bool, typer.Option("--worked-cases", help="Screen the worked cases that come with it.")
    ] = False,
    audit: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Screen only the cases that this audit would have chosen, and put only its "
            "published numbers beside.",
            autocompletion=options.names_of("audits"),
            show_default=False,
        ),
    ] = None,
    theme: options.ThemesNamed = None,
    rule: options.RulesNamed = None,
    top: Annotated[
        int, typer.Option(metavar="N", min=0, help="Show so many cases, those of most concern.")
    ] = 10,
    suppress_below: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=2,
            help="Leave out numbers of cases from 1 to N - 1, with what they could be worked out "
            "from, and all lists of single cases: for what leaves the hands of those who audit.",
            show_default=False,
        ),
    ] = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Work with so many processes.")
    ] = 1,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Work on a Dask cluster with this scheduler, such as tcp://host:8786; it needs "
            "checklist[dask], and the rules at the same paths.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="terminal or markdown to read; xlsx, a workbook (with --output); csv, what is "
            "open, a row each; json, the whole; jsonl, a line for each case as it is done.",
        ),
    ] = Format.TERMINAL,
    output: options.Output = None,
    receipt: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write a receipt too: which cases, rules and settings it was made of, as hashes.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Hold a cohort of cases against the rules: which to look at first, and what recurs.

    Cases stand in order of concern by what is open: immediate gaps, then disagreements, other gaps,
    what is due, and silence. There is no score. For each rule it is said in how many cases there is
    a gap, with the share's 95% interval, and what audits published beside it. Cases that cannot be
    used do not stop the others; they are listed at the end.
    """
    import datetime

    from checklist.cli.exits import exit_code
    from checklist.cohort import RulesChosen, Task

    paths = options.case_paths(cases, worked_cases=worked_cases)
    day = options.day(as_of, "--as-of")
    _check(form, output, receipt, suppress_below)
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    if audit is not None:
        _check_audit(audit, loaded)
    chosen = RulesChosen(
        tuple(rules or ()),
        standard=not only_these_rules,
        settings=settings,
        ids=tuple(rule or ()),
        themes=tuple(theme or ()),
    )
    task = Task(
        chosen,
        day,
        findings=form in (Format.CSV, Format.XLSX),
        lines=form is Format.JSONL,
        today=datetime.date.today(),
        audit=audit,
    )
    run = _Run(task, loaded, paths, workers=workers, dask=dask)
    try:
        with _beside(receipt) as kept:
            run.record(kept, whole=form is Format.JSON)
            if form is Format.XLSX and output is not None:
                _write_workbook(run, output, top, suppress_below)
            else:
                with options.stream(output) as stream:
                    plain = output is not None
                    _write(run, form, stream, top=top, below=suppress_below, plain=plain)
                    stream.flush()
    except KeyboardInterrupt:
        left = "nothing was written" if output else "what was printed is not the whole"
        typer.echo(f"checklist: interrupted after {run.number:,} cases; {left}.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    for sentence in run.faults:
        typer.echo(f"checklist: {sentence}", err=True)
    raise typer.Exit(exit_code(bad_input=bool(run.faults), not_judged=run.not_judged, stands=False))


def _check(
    form: Format, output: Path | None, receipt: Path | None, suppress_below: int | None
) -> None:
    """Raise BadInput for options that do not go together, and for what is not installed."""
    from importlib.util import find_spec

    from checklist.errors import BadInput, Fault
    from checklist.intervals import MISSING

    # it is better said before the work than after
    needed = {Format.XLSX: ["scipy", "xlsxwriter"], Format.JSONL: [], Format.CSV: []}
    if missing := [name for name in needed.get(form, ["scipy"]) if find_spec(name) is None]:
        problem = f"{form} needs {' and '.join(missing)}; {MISSING}"
        raise BadInput([Fault(problem, field="--format")])
    if form is Format.XLSX and output is None:
        problem = "a workbook is a file; name it with --output FILE.xlsx"
        raise BadInput([Fault(problem, field="--format")])
    if suppress_below is not None and form in _OF_SINGLE_CASES:
        problem = f"{form} lists single cases, which this leaves out; choose another --format"
        raise BadInput([Fault(problem, field="--suppress-below")])
    if receipt is not None and output is not None and receipt.resolve() == output.resolve():
        problem = "this is the file of --output too; name another"
        raise BadInput([Fault(problem, field="--receipt")])


def _check_audit(audit: str, loaded: "Rulebook") -> None:
    from checklist.errors import BadInput, Fault

    (found,) = options.audits([audit], loaded)
    if found.selection is None:
        problem = f"audit {found.id} does not say how it chose its cases"
        raise BadInput([Fault(problem, field="--audit")])


def _beside(receipt: Path | None) -> AbstractContextManager[IO[str] | None]:
    """Return where the receipt goes to, if it is wanted as a file of its own."""
    if receipt is None:
        return nullcontext()
    from checklist.files import replacing

    return replacing(receipt, field="--receipt")


class _Run:
    """One run over a cohort: gives the results, and gathers what went wrong on the way."""

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

    def record(self, kept: IO[str] | None, *, whole: bool) -> None:
        """Begin the receipt, which goes to a stream where there is one.

        `whole`: it lists the cases however many they are, not only where they are few.
        """
        import datetime

        from checklist.receipt import MOST_LISTED, Recorder, asked_of

        asked = asked_of(
            self.task.rules,
            self.loaded,
            audit=self.task.audit,
            as_of=self.task.as_of,
            command=[*_as_typed(sys.argv[1:])],
        )
        today = self.task.today or datetime.date.today()
        most = sys.maxsize if whole else MOST_LISTED
        self._recorder = Recorder(asked, today, keep=most, to=kept)

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
        found = screen_cohort(
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


def _as_typed(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the arguments without those that only say who does the work: they change no result."""
    remaining = iter(arguments)
    for each in remaining:
        if each in ("--workers", "--dask"):
            next(remaining, None)
        elif not each.startswith(("--workers=", "--dask=")):
            yield each


def _write_workbook(run: _Run, output: Path, top: int, below: int | None) -> None:
    from checklist.files import replacing_bytes
    from checklist.render.workbook import write_workbook

    with replacing_bytes(output) as stream:
        screening, made = _whole(run, top, below)
        write_workbook(screening, stream, made)


def _write(
    run: _Run, form: Format, stream: IO[str], *, top: int, below: int | None, plain: bool
) -> None:
    """Write what does not go to a workbook."""
    match form:
        case Format.JSONL:
            from checklist.cohort import Line
            from checklist.receipt import as_json_line

            for result in run.results():
                if isinstance(result, Line):
                    print(result.text, file=stream)
            print(as_json_line(run.receipt()), file=stream)
        case Format.CSV:
            from checklist.render.screen_data import COLUMNS, rows
            from checklist.render.spreadsheet import write_csv

            write_csv(rows(run.screened(), run.loaded.rules), COLUMNS, stream)
            run.receipt()
        case Format.JSON:
            from checklist.receipt import data_of
            from checklist.render.screen_data import as_json

            screening, made = _whole(run, top, below)
            receipt = data_of(made) if below is None else {"sha256": made.sha256}
            print(as_json(screening, receipt), file=stream)
        case Format.MARKDOWN:
            from checklist.render.screen_markdown import as_markdown

            screening, made = _whole(run, top, below)
            print(as_markdown(screening, top=top, receipt=made), end="", file=stream)
        case _:
            from checklist.render.screen import print_screening
            from checklist.render.terminal import console_for

            screening, made = _whole(run, top, below)
            console = console_for(stream, plain=plain)
            print_screening(screening, console, top=top, receipt=made.short)


def _whole(run: _Run, top: int, below: int | None) -> "tuple[Screening, Receipt]":
    """Return the screening of all results, and the receipt, which it ends."""
    from checklist.screening import CohortTally

    tally = CohortTally(run.loaded, run.rules, top=top, audit=run.task.audit)
    for result in run.results():
        tally.add(result)
    screening, made = tally.screening(run.once.notes), run.receipt()
    if below is None:
        return screening, made
    from checklist.small_cells import without_small

    return without_small(screening, below), made
