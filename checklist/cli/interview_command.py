"""`checklist interview`: a person's answers in, a case file and what to do out."""

import datetime
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checklist.conversation.screen import Screen


def interview(
    case: Annotated[
        Path | None,
        typer.Argument(
            metavar="CASE.yaml",
            help="The case file to go on with, or to begin. [default: case.yaml in this folder]",
            show_default=False,
        ),
    ] = None,
    conference: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day of the next conference, such as 2021-03-10 or '10 March'.",
            show_default=False,
        ),
    ] = None,
    as_of: options.AsOf = None,
    rule: options.RulesNamed = None,
    theme: options.ThemesNamed = None,
    priority: options.PrioritiesNamed = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Ask line by line, without moving the cursor: for screen readers and scripts.",
        ),
    ] = False,
) -> None:
    """Answer what matters about a case, before the conference; end with what to do.

    Begins a case file or goes on with one. Asks only what can still change a verdict, the most
    urgent first, and saves after every answer; stop with q and go on another time.
    """
    from checklist.collecting import collect_seldom
    from checklist.conversation.script import converse
    from checklist.review import Reviewer

    day = options.day(as_of, "--as-of")
    ahead = _conference(conference, day)
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    reviewer = Reviewer(loaded, options.chosen(loaded, rule, theme, priority))
    collect_seldom()  # it would make every tenth question wait
    chosen = [
        *_typed("--rule", rule),
        *_typed("--theme", theme),
        *_typed("--priority", priority),
        *_typed("--rules", rules),
        *(["--only-these-rules"] if only_these_rules else []),
        *_typed("--settings", [settings] if settings else None),
        *_typed("--as-of", [as_of] if as_of else None),
    ]
    converse(_screen(plain=plain), reviewer, case, day, ahead, chosen)


def _typed(option: str, values: "Iterable[object] | None") -> list[str]:
    return [part for each in values or () for part in (option, str(each))]


def _conference(typed: str | None, as_of: datetime.date | None) -> datetime.date | None:
    if typed is None:
        return None
    from checklist.errors import BadInput, Fault, NotAnAnswer
    from checklist.typed_dates import read_day

    try:
        return read_day(typed, as_of or datetime.date.today(), "future")
    except NotAnAnswer as error:
        raise BadInput([Fault(str(error).removesuffix("."), field="--conference")]) from None


def _screen(*, plain: bool) -> "Screen":
    at_a_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if sys.stdin.isatty() and not at_a_terminal and sys.stderr.isatty():
        typer.echo("checklist: the questions go where the output goes; Ctrl-C stops.", err=True)
    if plain or not at_a_terminal or os.environ.get("TERM", "dumb") == "dumb":
        from checklist.conversation.plain import PlainScreen

        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # what is no text is no answer
        return PlainScreen()
    from checklist.conversation.arrow_keys import ArrowKeys

    return ArrowKeys()
