"""`checklist review`: case files in, gap reports out."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    import datetime

    from checklist.review import Review, Reviewer


class Format(StrEnum):
    """The forms in which a gap report is given."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"


def review(
    cases: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CASE...",
            help="Case files (.yaml, .json: one case; .jsonl: one a line), or folders of them.",
            show_default=False,
        ),
    ] = None,
    worked_cases: Annotated[
        bool, typer.Option("--worked-cases", help="Review the worked cases that come with it.")
    ] = False,
    as_of: options.AsOf = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only this rule. Can be given again.",
            autocompletion=options.names_of("rules"),
            show_default=False,
        ),
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only rules of this theme. Can be given again.",
            autocompletion=options.names_of("themes"),
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    form: Annotated[
        Format, typer.Option("--format", help="terminal to read, json or jsonl for programs.")
    ] = Format.TERMINAL,
    all_verdicts: Annotated[
        bool,
        typer.Option("--all", help="List also what does not apply, and the record behind a met."),
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Say why each point matters and which audit taught it.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="VERDICT,...",
            help="Exit with 1 where such a verdict stands, such as gap,due. "
            "An accepted gap does not count.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write to this file, readable by you alone, instead of the screen.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Hold case records against the rules and print a gap report for each.

    A gap report says what needs doing first, what is due before the conference, where agencies'
    records disagree, what to ask because it is not recorded, and what is working well.
    """
    from checklist.cli.exits import exit_code
    from checklist.errors import BadInput, Fault
    from checklist.review import Reviewer
    from checklist.rulebook import worked_cases as folder_of_worked_cases

    paths = [*(cases or ()), *([folder_of_worked_cases()] if worked_cases else ())]
    if not paths:
        problem = "name a case file or a folder; to see how it looks, use --worked-cases"
        raise BadInput([Fault(problem, field="CASE")])
    day = options.day(as_of, "--as-of")
    failing = _failing(fail_on)
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    # where nothing is chosen, the record queries belong to it too
    chosen = loaded.select(rule or (), theme or ()) if rule or theme else None
    reviewer = Reviewer(loaded, chosen)
    run = _Run(reviewer, paths, day, failing)
    gc.freeze()
    gc.enable()
    with _stream(output) as stream:
        match form:
            case Format.JSON:
                from checklist.render.data import json_list

                for line in json_list(run.reviews()):
                    print(line, file=stream)
            case Format.JSONL:
                from checklist.render.data import as_json_line

                for each in run.reviews():
                    print(as_json_line(each), file=stream)
            case Format.TERMINAL:
                from checklist.render.terminal import console_for, print_report
                from checklist.report import arrange

                console = console_for(stream, plain=output is not None)
                for number, each in enumerate(run.reviews()):
                    if number:
                        console.print("\n" + "-" * console.width + "\n")
                    report = arrange(each, loaded, sources=why)
                    print_report(report, console, all_verdicts=all_verdicts, why=why)
        stream.flush()
    run.say_faults()
    raise typer.Exit(
        exit_code(bad_input=bool(run.faults), not_judged=run.not_judged, stands=run.stands)
    )


def _stream(output: Path | None) -> AbstractContextManager[IO[str]]:
    if output is None:
        return nullcontext(sys.stdout)
    from checklist.files import replacing

    return replacing(output)


class _Run:
    """One run over case files: gives the reviews, and gathers what went wrong on the way."""

    def __init__(
        self,
        reviewer: "Reviewer",
        paths: Sequence[Path],
        as_of: "datetime.date | None",
        failing: frozenset[str],
    ) -> None:
        self.faults: list[str] = []
        self.not_judged = False
        self.stands = False
        self._reviewer = reviewer
        self._paths = paths
        self._as_of = as_of
        self._failing = failing

    def reviews(self) -> "Iterator[Review]":
        """Yield the review of every case that can be read."""
        import datetime

        from checklist.case_file import read_cases
        from checklist.errors import BadInput
        from checklist.render.progress import counted

        for read in counted(read_cases(self._paths), "cases"):
            if isinstance(read.case, BadInput):
                self.faults += [fault.sentence() for fault in read.case.faults]
                continue
            day = self._as_of or read.case.as_of or datetime.date.today()
            try:
                found = self._reviewer.review(read.case, day)
            except BadInput as error:
                self.faults += [f"{read.file}: {fault.sentence()}" for fault in error.faults]
                continue
            for verdict in found.verdicts:
                self.not_judged |= verdict.name == "could not be judged"
                self.stands |= verdict.name in self._failing and verdict.accepted is None
            self.not_judged |= any(each.state == "could not be judged" for each in found.queries)
            yield found

    def say_faults(self) -> None:
        """Print what could not be used, after everything else, on standard error."""
        for sentence in self.faults:
            print(f"checklist: {sentence}", file=sys.stderr)  # noqa: T201


def _failing(text: str | None) -> frozenset[str]:
    from checklist.errors import BadInput, Fault, nearest, one_of
    from checklist.rule import VERDICT_NAMES
    from checklist.text import short

    names = {name.strip().replace("-", " ") for name in (text or "").split(",") if name.strip()}
    unknown = sorted(names - set(VERDICT_NAMES))
    if unknown:
        raise BadInput(
            Fault(
                f"{short(name)} is not a verdict{nearest(name, VERDICT_NAMES)}; "
                f"there are {one_of(VERDICT_NAMES)}",
                field="--fail-on",
            )
            for name in unknown
        )
    return frozenset(names)
