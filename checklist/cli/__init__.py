"""The command line: parses, calls one function, prints, and says how it went by its exit code.

Each command's own work is imported when it runs, so that no command waits for another's.
"""

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from checklist.cli import (
    brief_command,
    compare_command,
    explain_command,
    generate_command,
    interview_command,
    review_command,
    rules_command,
    schema_command,
    screen_command,
    select_command,
    todo_command,
    verify_command,
)
from checklist.cli.exits import BAD_INPUT, FAILED, INTERRUPTED
from checklist.cli.usage import USAGE_ERROR, usage_fault

_EPILOG = (
    "Exit codes: 0 done; 1 a verdict named by --fail-on stands, an example fails, what "
    "`rules coverage` looks for is missing, a sample falls short, or what `verify` "
    "was given differs; "
    "2 bad input; 3 something could not be judged; 4 the program itself failed. "
    "Nothing is sent anywhere."
)

app = typer.Typer(
    name="checklist",
    help="Hold a children's safeguarding case record against rules learned from multi-agency "
    "audits, and get a gap report: what is missing, what can still be put right, what to do.\n\n"
    "Start with: checklist interview, or checklist review CASE.yaml",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback could show what a record says
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"checklist {version('checklist')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Hold for the options that come before a command."""


app.command("review", epilog=_EPILOG)(review_command.review)
app.command("interview", epilog=_EPILOG)(interview_command.interview)
app.command("todo", epilog=_EPILOG)(todo_command.todo)
app.command("screen", epilog=_EPILOG)(screen_command.screen)
app.command("select", epilog=_EPILOG)(select_command.select)
app.command("verify", epilog=_EPILOG)(verify_command.verify)
app.command("compare", epilog=_EPILOG)(compare_command.compare)
app.command("brief", epilog=_EPILOG)(brief_command.brief)
app.command("explain", epilog=_EPILOG)(explain_command.explain)
app.add_typer(rules_command.app, name="rules")
app.add_typer(schema_command.app, name="schema")
app.command("generate", epilog=_EPILOG)(generate_command.generate)


def main() -> NoReturn:
    """Run the program; the only place that turns an error into words and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what a terminal lacks is still said
    code = _code_of_run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # whoever read our output has had enough
    # everything is written and closed; taking the process apart piece by piece only costs time
    os._exit(code)


def _code_of_run() -> int:
    from checklist.errors import BadInput

    try:
        return int(app(prog_name="checklist", standalone_mode=False) or 0)
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else int(bool(asked.code))
    except USAGE_ERROR as error:
        fault = usage_fault(error, sys.argv[1:])
        print(error if fault is None else f"checklist: {fault.sentence()}", file=sys.stderr)  # noqa: T201
        return BAD_INPUT
    except BadInput as error:
        for fault in error.faults:
            print(f"checklist: {fault.sentence()}", file=sys.stderr)  # noqa: T201
        return BAD_INPUT
    except BrokenPipeError:
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (a traceback could show what a record says)
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say where the program failed, without any value it was working on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
    print(  # noqa: T201
        f"checklist: the program itself failed ({type(error).__name__}{place}); "
        "this is a fault of checklist, not of your file.",
        file=sys.stderr,
    )
    return FAILED
