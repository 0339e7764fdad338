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
    rules: options.Rules = None, only_these_rules: options.WithoutStandard = False
) -> None:
    """List the rules by theme: id, priority and title."""
    import sys

    from checklist.render.rulebook import print_list
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules)
    print_list(loaded, console_for(sys.stdout))


@app.command("show")
def show(
    rule: _RuleId,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
) -> None:
    """Print a rule in plain English: when it applies, what it expects, by when, why."""
    import sys

    from checklist.render.rulebook import print_rule
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules)
    (found,) = loaded.select([rule])
    print_rule(found, loaded, console_for(sys.stdout))


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
) -> None:
    """Check rules completely, the case records of their examples too; name every fault."""
    from checklist.examples import check_records

    paths = [*([path] if path else ()), *(rules or ())]
    loaded = options.rulebook(paths, only=bool(paths))
    loaded.read_audits()
    check_records(loaded.rules)
    examples = sum(len(rule.examples) for rule in loaded.rules)
    rules_found = "1 rule" if len(loaded.rules) == 1 else f"{len(loaded.rules)} rules"
    typer.echo(f"{rules_found} with {examples} examples: no faults.")


app.command("coverage")(coverage_command.coverage)


@app.command("test")
def test(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Only this rule's examples.",
            autocompletion=options.names_of("rule"),
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
) -> None:
    """Run the examples of every rule, or of one: each must give the verdict it names."""
    import sys

    from checklist.cli.exits import STANDS
    from checklist.examples import run_examples
    from checklist.render.rulebook import print_outcomes
    from checklist.render.terminal import console_for

    loaded = options.rulebook(rules, only=only_these_rules)
    chosen = loaded.select([rule] if rule else [])
    if not print_outcomes(run_examples(loaded, chosen), console_for(sys.stdout)):
        raise typer.Exit(STANDS)
