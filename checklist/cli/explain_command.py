"""`checklist explain`: one case and one rule or term in, the whole reasoning out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.record import Case

MOST_AT_ONCE: Final = 3
"""The most subjects that are explained one after the other unasked; more are listed."""


def explain(
    case_file: Annotated[
        Path,
        typer.Argument(metavar="CASE", help="A case file.", show_default=False),
    ],
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help="A rule's id, or a term's.",
            autocompletion=options.names_of("rules", "terms"),
            show_default=False,
        ),
    ],
    subject: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Only this child, adult, meeting or whatever the rule looks at.",
            show_default=False,
        ),
    ] = None,
    case: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Which case, where the file holds several.", show_default=False
        ),
    ] = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    form: options.Form = options.Format.TERMINAL,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Every subject, every member of a list, and what made no difference."
        ),
    ] = False,
) -> None:
    """Show how a verdict follows, and what would change it.

    It opens every condition of the rule: whether it is so, what the record says of it and who said
    it. RULE can be a term too: then it shows why that is so or not.
    """
    import datetime
    import sys

    from checklist.cli.exits import exit_code
    from checklist.explanation import Explainer

    day = options.day(as_of, "--as-of")
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    record = _case(case_file, case)
    day = day or record.as_of or datetime.date.today()
    explainer = Explainer(loaded, rule, record, day)
    answers = explainer.answers()
    is_json = form is options.Format.JSON
    if subject is None and len(answers) > MOST_AT_ONCE and not (everything or is_json):
        from checklist.render.explain import print_answers
        from checklist.render.terminal import console_for

        print_answers(answers, explainer.title, record.id, day, console_for(sys.stdout))
    else:
        explanations = explainer.explain(subject)
        answers = [each for each in answers if subject in (None, each.subject.id)]
        if is_json:
            from checklist.render.explain_data import as_json

            typer.echo(as_json(record.id, day, explanations))
        else:
            from checklist.render.explain import print_explanation
            from checklist.render.terminal import console_for

            console = console_for(sys.stdout)
            for number, each in enumerate(explanations):
                if number:
                    console.print("\n" + "-" * console.width + "\n")
                print_explanation(each, record.id, day, console, everything=everything)
    failed = any(each.answer == "could not be judged" for each in answers)
    raise typer.Exit(exit_code(bad_input=False, not_judged=failed, stands=False))


def _case(path: Path, name: str | None) -> "Case":
    """Return the case of a file, or the one of a name where it holds several."""
    from checklist.case_file import read_cases
    from checklist.errors import BadInput, Fault, nearest, one_of
    from checklist.text import short

    faults: list[Fault] = []
    found: list[Case] = []
    for read in read_cases([path]):
        if isinstance(read.case, BadInput):
            faults += read.case.faults
        elif name == read.case.id:
            return read.case
        else:
            found.append(read.case)
    names = [each.id for each in found]
    if name is not None:
        there = f"; there {'is' if len(names) == 1 else 'are'} {one_of(names)}" if names else ""
        problem = f"there is no case {short(name)} in this file{nearest(name, names)}{there}"
        faults.append(Fault(problem, short(str(path), 200), field="--case"))
    elif len(found) > 1:
        problem = f"there are {len(found):,} cases here; name one of {one_of(names)}"
        faults.append(Fault(problem, short(str(path), 200), field="--case"))
    if faults:
        raise BadInput(faults)
    return found[0]
