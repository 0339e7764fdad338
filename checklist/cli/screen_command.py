"""`checklist screen`: a cohort of cases in; the cases to look at first, and themes, out."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.cli.cohort_run import CohortRun
    from checklist.receipt import Receipt
    from checklist.rulebook import Rulebook
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
    worked_cases: options.WorkedCases = False,
    audit: options.OneAudit = None,
    theme: options.ThemesNamed = None,
    rule: options.RulesNamed = None,
    top: Annotated[
        int, typer.Option(metavar="N", min=0, help="Show so many cases, those of most concern.")
    ] = 10,
    suppress_below: options.SuppressBelow = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    workers: options.Workers = 1,
    dask: options.Dask = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="terminal or markdown to read; xlsx, a workbook (with --output); csv, what is "
            "open, a row each; json, the whole; jsonl, a line for each case as it is done.",
        ),
    ] = Format.TERMINAL,
    output: options.Output = None,
    receipt: options.Receipt = None,
) -> None:
    """Hold a cohort of cases against the rules: which to look at first, and what recurs.

    Cases stand in order of concern by what is open: immediate gaps, then disagreements, other gaps,
    what is due, and silence. There is no score. For each rule it is said in how many cases there is
    a gap, with the share's 95% interval, and what audits published beside it: with --audit, what
    that one did, over the cases that it would have chosen. Cases that cannot be used do not stop
    the others; they are listed at the end.
    """
    import datetime

    from checklist.cli.cohort_run import CohortRun, receipt_file
    from checklist.cli.exits import exit_code
    from checklist.cohort import RulesChosen, Task
    from checklist.receipt import MOST_LISTED

    paths = options.case_paths(cases, worked_cases=worked_cases)
    options.spare([*paths, *(rules or ()), settings], output=output, receipt=receipt)
    day = options.day(as_of, "--as-of")
    _check(form, output, suppress_below)
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
    run = CohortRun(task, loaded, paths, workers=workers, dask=dask)
    with run.interruptible(writes=output is not None), receipt_file(receipt, output) as kept:
        # as JSON it lists the cases however many they are, elsewhere only where they are few
        run.record(kept, keep=sys.maxsize if form is Format.JSON else MOST_LISTED)
        if form is Format.XLSX and output is not None:
            _write_workbook(run, output, top, suppress_below)
        else:
            with options.stream(output) as stream:
                plain = output is not None
                _write(run, form, stream, top=top, below=suppress_below, plain=plain)
                stream.flush()
    run.say_faults()
    raise typer.Exit(exit_code(bad_input=bool(run.faults), not_judged=run.not_judged, stands=False))


def _check(form: Format, output: Path | None, suppress_below: int | None) -> None:
    """Raise BadInput for options that do not go together, and for what is not installed."""
    from checklist.errors import BadInput, Fault
    from checklist.extras import check_installed

    # it is better said before the work than after
    needed = {Format.XLSX: ["scipy", "xlsxwriter"], Format.JSONL: [], Format.CSV: []}
    check_installed(f"{form} needs", *needed.get(form, ["scipy"]), option="--format")
    if form is Format.XLSX and output is None:
        problem = "a workbook is a file; name it with --output FILE.xlsx"
        raise BadInput([Fault(problem, field="--format")])
    if suppress_below is not None and form in _OF_SINGLE_CASES:
        problem = f"{form} lists single cases, which this leaves out; choose another --format"
        raise BadInput([Fault(problem, field="--suppress-below")])


def _check_audit(audit: str, loaded: "Rulebook") -> None:
    from checklist.errors import BadInput, Fault

    (found,) = options.audits([audit], loaded)
    if found.selection is None:
        problem = f"audit {found.id} does not say how it chose its cases"
        raise BadInput([Fault(problem, field="--audit")])


def _write_workbook(run: "CohortRun", output: Path, top: int, below: int | None) -> None:
    from checklist.files import replacing_bytes
    from checklist.render.workbook import write_workbook

    with replacing_bytes(output) as stream:
        screening, made = _whole(run, top, below)
        write_workbook(screening, stream, made)


def _write(
    run: "CohortRun", form: Format, stream: IO[str], *, top: int, below: int | None, plain: bool
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

            write_csv(rows(run.screened(), run.loaded.rules), COLUMNS, stream, is_file=plain)
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


def _whole(run: "CohortRun", top: int, below: int | None) -> "tuple[Screening, Receipt]":
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
