"""`checklist schema`: the JSON Schemas of what the program reads and prints."""

import typer

app = typer.Typer(
    help="Print a JSON Schema, for editors that complete and check as one types.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("case")
def case() -> None:
    """Print the schema of a case file."""
    from checklist.record import Case

    _print({"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()})


@app.command("rules")
def rules() -> None:
    """Print the schema of a rule file."""
    from checklist.rule_schema import schema

    _print(schema())


@app.command("report")
def report() -> None:
    """Print the schema of what `checklist review --format json` prints."""
    from checklist.render.data import schema

    _print(schema())


@app.command("todo")
def todo() -> None:
    """Print the schema of what `checklist todo --format json` prints."""
    from checklist.render.todo_data import schema

    _print(schema())


@app.command("screening")
def screening() -> None:
    """Print the schema of what `checklist screen --format json` prints."""
    from checklist.render.screen_data import schema

    _print(schema())


@app.command("explanation")
def explanation() -> None:
    """Print the schema of what `checklist explain --format json` prints."""
    from checklist.render.explain_data import schema

    _print(schema())


@app.command("selection")
def selection() -> None:
    """Print the schema of what `checklist select --format json` prints."""
    from checklist.render.choosing_data import schema

    _print(schema())


@app.command("comparison")
def comparison() -> None:
    """Print the schema of what `checklist compare --format json` prints."""
    from checklist.render.comparison_data import schema

    _print(schema())


@app.command("receipt")
def receipt() -> None:
    """Print the schema of the receipt of a screening."""
    from checklist.receipt_reader import schema

    _print(schema())


@app.command("verification")
def verification() -> None:
    """Print the schema of what `checklist verify --format json` prints."""
    from checklist.render.verification_data import schema

    _print(schema())


def _print(schema: object) -> None:
    import json

    typer.echo(json.dumps(schema, indent=2, ensure_ascii=False))
