"""Options that several commands share, and what they stand for."""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checklist.rulebook import Rulebook


class Format(StrEnum):
    """What a command prints: a screen to read, or JSON for programs."""

    TERMINAL = "terminal"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="terminal to read, json for programs.")]

Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="PATH",
        help="Use your own rules too: a YAML file or a folder of them. Can be given again.",
        show_default=False,
    ),
]
WithoutStandard = Annotated[
    bool,
    typer.Option(
        "--only-these-rules",
        help="With --rules: use your own rules instead of the standard ones.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Judge the record as it stood on this day (YYYY-MM-DD). "
        "[default: the record's own as_of, or today]",
        show_default=False,
    ),
]

Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        envvar="CHECKLIST_SETTINGS",
        help="Your area's own values of local settings, a line each, such as NAME: 7.",
        show_default=False,
    ),
]


def rulebook(
    paths: Sequence[Path] | None,
    *,
    only: bool,
    settings: Path | None = None,
    examples: bool = True,
) -> "Rulebook":
    """Return the rulebook that --rules, --only-these-rules and --settings ask for.

    With `only` the standard terms, settings, themes and audits stay at hand: only the rules are
    left out. Without `examples` they may be left out, which is quicker.
    """
    if not (examples or only or paths or settings):
        from checklist.compiled import standard_rulebook

        return standard_rulebook()
    from checklist.errors import BadInput, Fault
    from checklist.rulebook import load, standard_rules

    if not only:
        return load([standard_rules(), *(paths or ())], settings=settings)
    if not paths:
        problem = "name your rules with --rules PATH beside it"
        raise BadInput([Fault(problem, field="--only-these-rules")])
    return load(paths, at_hand=[standard_rules()], settings=settings)


def day(text: str | None, option: str) -> datetime.date | None:
    """Return the date that an option gives, or raise BadInput."""
    if text is None:
        return None
    from pydantic_core import PydanticCustomError

    from checklist.errors import BadInput, Fault
    from checklist.values import read_date

    try:
        found = read_date(text)
    except PydanticCustomError as error:
        raise BadInput([Fault(error.message(), field=option)]) from None
    return found if isinstance(found, datetime.date) else None


def names_of(*kinds: str) -> Callable[[str], list[str]]:
    """Return a completion for the ids of what the standard rulebook holds of these kinds.

    The kinds are called as in `Rulebook`: rules, terms, queries, themes, audits.
    """

    def complete(incomplete: str) -> list[str]:
        from checklist.errors import BadInput

        try:
            loaded = rulebook(None, only=False)
        except BadInput:
            return []
        found: list[str] = []
        for kind in kinds:
            # one attribute alone: the audits are read only where they are asked for
            found += [each.id for each in getattr(loaded, kind)]
        return [name for name in found if name.startswith(incomplete)]

    return complete
