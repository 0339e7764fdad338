"""`checklist verify`: a receipt and its cases in; whether the verdicts are still the same, out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.receipt import Asked
    from checklist.rulebook import Rulebook


def verify(
    receipt: Annotated[
        Path,
        typer.Argument(
            metavar="RECEIPT",
            help="What `checklist screen --receipt` wrote, or the JSON, JSON Lines or workbook of "
            "a screening.",
            show_default=False,
        ),
    ],
    cases: Annotated[
        list[Path],
        typer.Argument(
            metavar="CASE...",
            help="The cases that were screened: the same files and folders.",
            show_default=False,
        ),
    ],
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    workers: options.Workers = 1,
    dask: options.Dask = None,
    form: options.Form = options.Format.TERMINAL,
) -> None:
    """Say whether the cases of a screening still give the same verdicts.

    The cases are screened again, by the rules and themes and as of the days that the receipt names.
    Where your own rules or settings were used, name them here too. It says which cases changed
    since, are missing or new, and whether the program, the rulebook or the settings differ; which
    verdicts are other is said in full where RECEIPT is a screening as JSON or JSON Lines. Exits
    with 0 where nothing differs, and with 1 where anything does.
    """
    from checklist.cli.cohort_run import CohortRun
    from checklist.cli.exits import exit_code
    from checklist.cohort import RulesChosen, Task
    from checklist.receipt import asked_of
    from checklist.receipt_reader import read_receipt
    from checklist.verification import verify as verified

    kept = read_receipt(receipt)
    was = kept.receipt.asked
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    chosen = RulesChosen(tuple(rules or ()), not only_these_rules, settings, was.rules, was.themes)
    _check(was, loaded, receipt)
    asked = asked_of(chosen, loaded, audit=was.audit, as_of=was.as_of, command=sys.argv[1:])
    task = Task(chosen, was.as_of, audit=was.audit, today=kept.receipt.today)
    run = CohortRun(task, loaded, cases, workers=workers, dask=dask)
    with run.interruptible(writes=False):
        found = verified(kept, asked, run.results())
    if form is options.Format.JSON:
        from checklist.render.verification_data import as_json

        print(as_json(found))  # noqa: T201
    else:
        from checklist.render.terminal import console_for
        from checklist.render.verification import print_verification

        print_verification(found, console_for(sys.stdout))
    sys.stdout.flush()
    run.say_faults()
    raise typer.Exit(
        exit_code(bad_input=bool(found.unread), not_judged=False, stands=not found.holds)
    )


def _check(was: "Asked", loaded: "Rulebook", receipt: Path) -> None:
    """Raise BadInput where the rulebook has not what the receipt chose."""
    from checklist.errors import BadInput, Fault, one_of
    from checklist.source import name_of

    themes = {theme.id for theme in loaded.themes}
    gone = [
        *(f"rule {name}" for name in was.rules if name not in loaded.by_id),
        *(f"theme {name}" for name in was.themes if name not in themes),
    ]
    if was.audit is not None and was.audit not in {audit.id for audit in loaded.audits}:
        gone.append(f"audit {was.audit}")
    if gone:
        problem = (
            f"this screening was by what the rulebook of now does not have: {one_of(gone)}; name "
            "the rules that it was made with by --rules"
        )
        raise BadInput([Fault(problem, name_of(receipt))])
