"""`checklist todo`: case files in, what to do in order of date out."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checklist.todo import Todo


class Format(StrEnum):
    """The forms in which a to-do list is given."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    ICS = "ics"
    JSON = "json"


def todo(
    cases: options.Cases = None,
    worked_cases: Annotated[
        bool, typer.Option("--worked-cases", help="Use the worked cases that come with it.")
    ] = False,
    as_of: options.AsOf = None,
    rule: options.RulesNamed = None,
    theme: options.ThemesNamed = None,
    priority: options.PrioritiesNamed = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="terminal to read, markdown with boxes to tick, ics for a calendar, "
            "json for programs.",
        ),
    ] = Format.TERMINAL,
    output: options.Output = None,
) -> None:
    """List what to do about case records, in order of date.

    Each thing to do with by when, what, who would normally do it, why, and how it is recorded when
    it is done. What needs doing at once comes first. The calendar names no one: no case, no
    pseudonym and no word of the record, only the rules' own words and the day.
    """
    from checklist.cli.case_run import CaseRun
    from checklist.cli.exits import exit_code
    from checklist.review import Reviewer
    from checklist.todo import todo_of

    paths = options.case_paths(cases, worked_cases=worked_cases)
    options.spare([*paths, *(rules or ()), settings], output=output)
    day = options.day(as_of, "--as-of")
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    reviewer = Reviewer(loaded, options.chosen(loaded, rule, theme, priority))
    run = CaseRun(paths, day)
    not_judged = False

    def made() -> "Iterator[Todo]":
        nonlocal not_judged
        for each in run.over(lambda case, on, _: todo_of(reviewer.review(case, on))):
            not_judged |= bool(each.not_judged)
            yield each

    _print(made(), form, output)
    run.say_faults()
    raise typer.Exit(exit_code(bad_input=bool(run.faults), not_judged=not_judged, stands=False))


def _print(made: "Iterator[Todo]", form: Format, output: "Path | None") -> None:
    if form is Format.ICS:
        from checklist.render.calendar import as_calendar

        with options.binary_stream(output) as binary:
            binary.write(as_calendar(made))
            binary.flush()
        return
    with options.stream(output) as stream:
        match form:
            case Format.JSON:
                from checklist.render.data import json_list
                from checklist.render.todo_data import as_json

                for line in json_list(map(as_json, made)):
                    print(line, file=stream)
            case Format.MARKDOWN:
                from checklist.render.markdown import as_markdown
                from checklist.render.todo import blocks_of

                for number, each in enumerate(made):
                    print(("\n" if number else "") + as_markdown(blocks_of(each)), file=stream)
            case Format.TERMINAL:
                from checklist.render.blocks_terminal import print_blocks
                from checklist.render.terminal import console_for
                from checklist.render.todo import blocks_of

                console = console_for(stream, plain=output is not None)
                for number, each in enumerate(made):
                    if number:
                        console.print("\n" + "-" * console.width + "\n")
                    print_blocks(blocks_of(each), console)
        stream.flush()
