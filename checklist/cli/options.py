"""Options that several commands share, and what they stand for."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checklist.rulebook import Rulebook

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


def rulebook(paths: Sequence[Path] | None, *, only: bool) -> "Rulebook":
    """Return the rulebook that --rules and --only-these-rules ask for.

    With `only` the standard themes, terms and audits stay at hand: only the rules are left out.
    """
    from checklist.errors import BadInput, Fault
    from checklist.rulebook import load, standard_rules

    if not only:
        return load([standard_rules(), *(paths or ())])
    if not paths:
        problem = "name your rules with --rules PATH beside it"
        raise BadInput([Fault(problem, field="--only-these-rules")])
    return load(paths, at_hand=[standard_rules()])


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


def names_of(kind: str) -> Callable[[str], list[str]]:
    """Return a completion for the ids of the standard rules, of their themes, or of the audits."""

    def complete(incomplete: str) -> list[str]:
        from checklist.errors import BadInput

        try:
            loaded = rulebook(None, only=False)
        except BadInput:
            return []
        match kind:
            case "rule":
                ids = [rule.id for rule in loaded.rules]
            case "theme":
                ids = [theme.id for theme in loaded.themes]
            case _:
                ids = [audit.id for audit in loaded.audits]
        return [each for each in ids if each.startswith(incomplete)]

    return complete
