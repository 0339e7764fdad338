"""What is said of a command line that cannot be understood: one sentence, as of other bad input.

Typer finds what is wrong. What would be right comes from the types of our own commands, so that
neither its words nor its inner workings matter.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, cast, get_args, get_type_hints

import typer

from checklist.errors import Fault, nearest, one_of
from checklist.text import short

USAGE_ERROR: Final = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""The error of any command line that cannot be understood; Typer has no public name for it."""


def usage_fault(error: Exception, arguments: Sequence[str]) -> Fault | None:
    """Return the fault of a command line, or None where the help page says it all.

    `error` is a `USAGE_ERROR`, and `arguments` are those of the command line.
    """
    found: Any = error
    context = found.ctx
    option, parameter = getattr(found, "option_name", None), getattr(found, "param", None)
    if type(found).__name__ == "NoArgsIsHelpError":
        return None
    if option is not None and context is not None and hasattr(found, "possibilities"):
        known = [name for each in context.command.params for name in each.opts if name[0] == "-"]
        problem = f"there is no option {short(option)}{nearest(option, known)}"
        return Fault(f"{problem}; {_help(context)}", field=_command(context))
    if option is not None:
        if any(each.startswith(f"{option}=") for each in arguments):
            return Fault("takes no value; write it alone", field=option)
        return Fault("needs a value after it", field=option)
    if parameter is not None:
        field = _field(parameter)
        if hasattr(found, "param_type"):  # a required one that is not there
            right = f"write {field} {parameter.metavar}" if field[0] == "-" else _help(context)
            return Fault(f"is missing; {right}", field=field)
        return Fault(_wrong(context, parameter, _typed(parameter, arguments)), field=field)
    return Fault(_other(found, arguments), field=_command(context))


def _wrong(context: Any, parameter: Any, value: str | None) -> str:
    """Return what is wrong with the value of a parameter, and what would be right."""
    hint = get_type_hints(context.command.callback, include_extras=True).get(parameter.name)
    annotated, *more = get_args(hint)
    kinds = [each for each in get_args(annotated) or (annotated,) if isinstance(each, type)]
    info: Any = more[0] if more else None
    said = "this" if value is None else short(value) or "a blank"
    for kind in kinds:
        if issubclass(kind, Enum):
            names = [str(each.value) for each in kind]
            return f"there is no {said}{nearest(value or '', names)}; there are {one_of(names)}"
        if kind in (int, float):
            return _no_such_number(said, value, kind, info)
    return f"{said} cannot be used; {_help(context)}"


def _no_such_number(said: str, value: str | None, kind: type, info: Any) -> str:
    least, most = getattr(info, "min", None), getattr(info, "max", None)
    number = "a whole number" if kind is int else "a number"
    example = "10" if kind is int else "0.1"
    bounds = "" if least is None else f" from {least} up" if most is None else f" {least} to {most}"
    right = f"write {number}{bounds}" if bounds else f"write one in figures, such as {example}"
    try:
        given = kind(value or "")
    except ValueError:
        return f"{said} is not {number}; {right}"
    return f"{said} is too {'large' if most is not None and given > most else 'small'}; {right}"


def _other(error: Any, arguments: Sequence[str]) -> str:
    """Return what is wrong where it is neither an option nor a value."""
    context = error.ctx
    commands = getattr(context and context.command, "commands", None)
    words = [each for each in arguments if not each.startswith("-")]
    depth = len(_command(context).split())
    if commands and len(words) > depth:
        name = words[depth]
        problem = f"there is no command {short(name)}{nearest(name, commands)}"
        return f"{problem}; there are {one_of(commands)}"
    _, _, extra = error.message.partition("extra argument")
    if extra:
        more = short(extra.partition("(s) ")[2].strip("() ") or extra, 200)
        return f"there is more than this command takes: {more}; {_help(context)}"
    return f"{short(error.message, 200).rstrip('.')}; {_help(context)}"


def _typed(parameter: Any, arguments: Sequence[str]) -> str | None:
    """Return the value of an option as it was typed: the last one, as that counts."""
    found = None
    for at, each in enumerate(arguments):
        name, sign, value = each.partition("=")
        if name in parameter.opts and sign:
            found = value
        elif each in parameter.opts and at + 1 < len(arguments):
            found = arguments[at + 1]
    return found


def _field(parameter: Any) -> str:
    name: str = parameter.opts[0]
    return name if name.startswith("-") else str(parameter.metavar or name.upper())


def _command(context: Any) -> str:
    """Return the name of the command without that of the program; blank where there is none."""
    return "" if context is None else str(context.command_path).partition(" ")[2]


def _help(context: Any) -> str:
    command = _command(context)
    return f"checklist {command} --help says how" if command else "checklist --help says how"
