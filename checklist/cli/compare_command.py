"""`checklist compare`: two screenings, or cases and two days, in; what has changed, out."""

import datetime
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.case_file import Read
    from checklist.cohort import Task
    from checklist.comparison import Side
    from checklist.errors import Fault
    from checklist.record import Case
    from checklist.render.blocks import Block
    from checklist.rulebook import Rulebook
    from checklist.screened import Screened
    from checklist.since import Since


class Format(StrEnum):
    """The forms in which a comparison is given."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"


def compare(
    sides: Annotated[
        list[Path],
        typer.Argument(
            metavar="BEFORE AFTER, or CASE...",
            help="Two screenings, each what `checklist screen` wrote, or case files or a folder of "
            "them, which are screened here. With two --as-of: case files or folders.",
            show_default=False,
        ),
    ],
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATE",
            help="Given twice: compare each case as its record stood on these two days "
            "(YYYY-MM-DD). Given once: the day on which cases that are screened here are judged.",
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List also what is cut short without it.")
    ] = False,
    form: Annotated[
        Format,
        typer.Option(
            "--format", help="terminal to read, markdown for a document, json for programs."
        ),
    ] = Format.TERMINAL,
    output: options.Output = None,
) -> None:
    """Say what has changed between two screenings, or in a case between two days.

    Of two screenings: which verdicts changed in which cases and why (the record, the day or the
    rulebook), and for each rule whether the share of gaps changed by more than chance, which with
    few cases it seldom does. Of a case on two days: what is new, still open and closed.
    """
    from checklist.cli.exits import exit_code
    from checklist.errors import BadInput, Fault

    options.spare([*sides, *(rules or ()), settings], output=output)
    days = [day for text in as_of or () if (day := options.day(text, "--as-of")) is not None]
    if len(days) > 2:
        raise BadInput([Fault("give it once, or twice for two days", field="--as-of")])
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    if len(days) == 2:
        bad_input, not_judged = _two_days(sides, days, loaded, form, output, everything=everything)
    else:
        from checklist.cohort import RulesChosen, Task

        chosen = RulesChosen(tuple(rules or ()), standard=not only_these_rules, settings=settings)
        task = Task(chosen, next(iter(days), None))
        bad_input, not_judged = _two_screenings(
            sides, task, loaded, form, output, everything=everything
        )
    raise typer.Exit(exit_code(bad_input=bad_input, not_judged=not_judged, stands=False))


# -- a case on two days ------------------------------------------------------------------------


def _two_days(
    paths: Sequence[Path],
    days: Sequence[datetime.date],
    loaded: "Rulebook",
    form: Format,
    output: Path | None,
    *,
    everything: bool,
) -> tuple[bool, bool]:
    """Print what has changed in each case; return whether there was bad input, or no verdict."""
    from checklist.cli.case_run import CaseRun
    from checklist.errors import BadInput, Fault
    from checklist.review import Reviewer
    from checklist.since import since

    before, after = days
    if before >= after:
        problem = "the first of the two days must be before the second"
        raise BadInput([Fault(problem, field="--as-of")])
    reviewer = Reviewer(loaded)

    def judge(case: "Case", _day: datetime.date, _read: "Read") -> "Since":
        return since(reviewer.review(case, before), reviewer.review(case, after))

    run = CaseRun(paths, after)
    not_judged = False
    with options.stream(output) as stream:
        if form is Format.JSON:
            from checklist.render.since_data import data_of

            found = list(run.over(judge))
            not_judged = any(each.unclear for each in found)
            _print_json([data_of(each) for each in found], stream)
        else:
            from checklist.render.since import blocks_of

            for number, each in enumerate(run.over(judge)):
                not_judged |= bool(each.unclear)
                if number:
                    print("\n---\n", file=stream)
                _print(blocks_of(each, everything=everything), form, stream, plain=bool(output))
        stream.flush()
    run.say_faults()
    return bool(run.faults), not_judged


# -- two screenings ----------------------------------------------------------------------------


def _two_screenings(
    paths: Sequence[Path],
    task: "Task",
    loaded: "Rulebook",
    form: Format,
    output: Path | None,
    *,
    everything: bool,
) -> tuple[bool, bool]:
    """Print what differs between two screenings; return as `_two_days` does."""
    from checklist.cohort import is_whole
    from checklist.comparison import compare as compared
    from checklist.errors import BadInput, Fault
    from checklist.extras import check_installed

    if len(paths) != 2:
        problem = (
            f"name two screenings, the earlier one first ({len(paths)} named); to compare cases on "
            "two days, give --as-of twice"
        )
        raise BadInput([Fault(problem, field="BEFORE AFTER")])
    check_installed("compare needs", "scipy")
    faults: list[Fault] = []
    before, after = (_side(path, task, loaded, faults) for path in paths)
    found = compared(before, after)
    with options.stream(output) as stream:
        if form is Format.JSON:
            from checklist.render.comparison_data import data_of

            _print_json(data_of(found), stream)
        else:
            from checklist.render.comparison import blocks_of

            titles = {rule.id: rule.title for rule in loaded.rules}
            blocks = blocks_of(found, titles, everything=everything)
            _print(blocks, form, stream, plain=output is not None)
        stream.flush()
    for sentence in dict.fromkeys(fault.sentence() for fault in faults):
        typer.echo(f"checklist: {sentence}", err=True)
    not_judged = any(not is_whole(case) for side in (before, after) for case in side.cases.values())
    return bool(faults), not_judged


def _side(path: Path, task: "Task", loaded: "Rulebook", faults: "list[Fault]") -> "Side":
    """Return one side: a screening read back, or cases screened here. Adds to the faults."""
    from checklist.comparison import Side
    from checklist.errors import BadInput, Fault
    from checklist.screening_reader import by_id, is_screening, read_screening
    from checklist.text import short

    name = short(str(path), 200)
    if is_screening(path):
        if task.as_of is not None:
            problem = f"{name} was screened already, on its own days; leave --as-of out"
            raise BadInput([Fault(problem, field="--as-of")])
        cases, wrong, rulebook = read_screening(path)
        faults += wrong
    else:
        from checklist.receipt import asked_of

        cases = tuple(_screened(path, task, loaded, faults))
        rulebook = asked_of(task.rules, loaded, audit=None, as_of=None, command=()).rulebook
    found, twice = by_id(cases, name)
    faults += twice
    if not found:
        raise BadInput([*faults, Fault("there is no case here that can be used", name)])
    return Side(name, found, rulebook)


def _screened(
    path: Path, task: "Task", loaded: "Rulebook", faults: "list[Fault]"
) -> "Iterator[Screened]":
    from checklist.cohort import Unread, screen
    from checklist.documents import documents
    from checklist.errors import Fault
    from checklist.render.progress import counted
    from checklist.screened import Screened

    results = screen(documents([path]), task, rulebook=loaded)
    for result in counted(results, "cases"):
        match result:
            case Screened():
                yield result
            case Unread(sentences=sentences):
                faults += [Fault(each.removesuffix(".")) for each in sentences]


def _print(blocks: "Sequence[Block]", form: Format, stream: IO[str], *, plain: bool) -> None:
    if form is Format.MARKDOWN:
        from checklist.render.markdown import as_markdown

        print(as_markdown(blocks), file=stream)
    else:
        from checklist.render.blocks_terminal import print_blocks
        from checklist.render.terminal import console_for

        print_blocks(blocks, console_for(stream, plain=plain))


def _print_json(data: object, stream: IO[str]) -> None:
    import json

    from checklist.text import safe_json

    print(safe_json(json.dumps(data, ensure_ascii=False, indent=2)), file=stream)
