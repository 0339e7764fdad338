"""`checklist rules coverage --clauses`: which clauses no example of their own shows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from checklist.rulebook import Rulebook


def cover_clauses(loaded: "Rulebook", names: Sequence[str], *, as_json: bool) -> None:
    """Print how far the examples show each clause, of the items named or of all.

    Exits with 1 where a clause is not covered, and with 3 where the engine fails.
    """
    import sys

    from checklist.clauses import covered
    from checklist.cli.exits import NOT_JUDGED, STANDS
    from checklist.engine import EngineError
    from checklist.render.clauses import clauses_json, print_clauses
    from checklist.render.terminal import console_for

    chosen = [item for name in names for item in loaded.called(name)] or loaded.own
    try:
        found = list(covered(chosen))
    except EngineError as error:
        typer.echo(f"checklist: the examples could not be judged: {error}.", err=True)
        raise typer.Exit(NOT_JUDGED) from None
    if as_json:
        typer.echo(clauses_json(found))
    else:
        print_clauses(found, console_for(sys.stdout))
    if any(each.uncovered for each in found):
        raise typer.Exit(STANDS)
