"""`checklist rules`: look at the rules, check your own, run their examples."""

from pathlib import Path
from typing import Annotated

import typer

from checklist.cli import coverage_command, options

app = typer.Typer(
    help="Look at the rules, check your own, and run their examples.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_RuleId = Annotated[
    str,
    typer.Argument(metavar="ID", help="A rule's id.", autocompletion=options.names_of("rule")),
]


@app.command("list")
def list_rules(
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
) -> None:
    """List the rules by theme: id, priority and title."""
    import sys

    from checklist.render.rulebook import print_list
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules, settings=settings)
    print_list(loaded, console_for(sys.stdout))


@app.command("show")
def show(
    rule: _RuleId,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
) -> None:
    """Print a rule in plain English: when it applies, what it expects, by when, why."""
    import sys

    from checklist.render.rulebook import print_rule
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules, settings=settings)
    (found,) = loaded.select([rule])
    print_rule(found, loaded, console_for(sys.stdout))


@app.command("settings")
def show_settings(
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
) -> None:
    """List the local settings: value in force, default, meaning, source, and the rules using it."""
    import sys

    from checklist.render.rulebook import print_settings
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules, settings=settings)
    print_settings(loaded, console_for(sys.stdout))


@app.command("check")
def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A rule file or folder of your own, read beside the standard rules. "
            "[default: the standard rules]",
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    settings: options.Settings = None,
) -> None:
    """Check rules completely, the case records of their examples too; name every fault."""
    from checklist.examples import check_records

    paths = [*([path] if path else ()), *(rules or ())]
    loaded = options.rulebook(paths, only=bool(paths), settings=settings)
    loaded.read_audits()
    check_records(loaded.own)
    examples = sum(len(each.examples) for each in loaded.own)
    found = _counted(len(loaded.rules), "rule")
    if len(loaded.own) > len(loaded.rules):
        found += f" and {_counted(len(loaded.own) - len(loaded.rules), 'term')}"
    typer.echo(f"{found} with {examples} examples: no faults.")


app.command("coverage")(coverage_command.coverage)


@app.command("test")
def test(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Only this rule's or term's examples.",
            autocompletion=options.names_of("rule", "term"),
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
) -> None:
    """Run the examples of every rule and term, or of one: each must give what it names.

    Always with the settings' defaults: the examples are the rules' own tests.
    """
    import sys

    from checklist.cli.exits import STANDS
    from checklist.examples import run_examples
    from checklist.render.rulebook import print_outcomes
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules)
    chosen = loaded.called(name) if name else loaded.own
    if not print_outcomes(run_examples(loaded, chosen), console_for(sys.stdout)):
        raise typer.Exit(STANDS)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
