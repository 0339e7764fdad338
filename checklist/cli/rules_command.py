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
    typer.Argument(
        metavar="ID",
        help="A rule's id, or a record query's.",
        autocompletion=options.names_of("rules", "queries"),
    ),
]


@app.command("list")
def list_rules(
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
) -> None:
    """List the rules by theme: id, priority and title; then the record queries."""
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
    """Print a rule in plain English: when it applies, what it expects, by when, why.

    Of a record query: when it is raised, what it says, and what to check.
    """
    import sys

    from checklist.render.rulebook import print_query, print_rule
    from checklist.render.terminal import console_for
    from checklist.rule import Query, Rule

    loaded = options.rulebook(rules, only=only_these_rules, settings=settings)
    (found,) = loaded.called(rule, among=(Rule, Query))
    match found:
        case Rule():
            print_rule(found, loaded, console_for(sys.stdout))
        case Query():
            print_query(found, loaded, console_for(sys.stdout))


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
    from collections import Counter

    from checklist.examples import check_records
    from checklist.rule import Query, Rule, Term
    from checklist.wording import listed

    paths = [*([path] if path else ()), *(rules or ())]
    loaded = options.rulebook(paths, only=bool(paths), settings=settings)
    loaded.read_audits()
    check_records(loaded.own)
    examples = sum(len(each.examples) for each in loaded.own)
    kinds = Counter(type(each) for each in loaded.own)
    found = [
        _counted(kinds[kind], one, several)
        for kind, one, several in (
            (Rule, "rule", "rules"),
            (Term, "term", "terms"),
            (Query, "record query", "record queries"),
        )
        if kinds[kind]
    ]
    typer.echo(f"{listed(found)} with {examples} examples: no faults.")


app.command("coverage")(coverage_command.coverage)


@app.command("test")
def test(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Only this rule's, term's or record query's examples.",
            autocompletion=options.names_of("rules", "terms", "queries"),
            show_default=False,
        ),
    ] = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
) -> None:
    """Run the examples of every rule, term and record query, or of one: each must give its own.

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


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
