"""Options that several commands share, and what they stand for."""

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checklist.audit import Audit
    from checklist.rule import Rule
    from checklist.rulebook import Rulebook


class Format(StrEnum):
    """What a command prints: a screen to read, or JSON for programs."""

    TERMINAL = "terminal"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="terminal to read, json for programs.")]

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
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Judge the record as it stood on this day (YYYY-MM-DD). "
        "[default: the record's own as_of, or today]",
        show_default=False,
    ),
]

Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        envvar="CHECKLIST_SETTINGS",
        help="Your area's own values of local settings, a line each, such as NAME: 7.",
        show_default=False,
    ),
]

Cases = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="CASE...",
        help="Case files (.yaml, .json: one case; .jsonl: one a line), or folders of them.",
        show_default=False,
    ),
]
WorkedCases = Annotated[
    bool, typer.Option("--worked-cases", help="Use the worked cases that come with it.")
]
SuppressBelow = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=2,
        help="Leave out numbers of cases from 1 to N - 1, with what they could be worked out "
        "from, and all lists of single cases: for what leaves the hands of those who audit.",
        show_default=False,
    ),
]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="Work with so many processes.")
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Work on a Dask cluster with this scheduler, such as tcp://host:8786; it needs "
        "checklist[dask], and the rules at the same paths.",
        show_default=False,
    ),
]
Receipt = Annotated[
    Path | None,
    typer.Option(
        "--receipt",
        metavar="FILE",
        help="Write a receipt too: which cases, rules and settings it was made of, as hashes.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write to this file, readable by you alone, instead of the screen.",
        show_default=False,
    ),
]


def case_paths(cases: Sequence[Path] | None, *, worked_cases: bool) -> list[Path]:
    """Return the paths of the cases named, and of those that come with it where they are asked for.

    Raises BadInput where there are none.
    """
    from checklist.errors import BadInput, Fault
    from checklist.rulebook import worked_cases as folder_of_worked_cases

    paths = [*(cases or ()), *([folder_of_worked_cases()] if worked_cases else ())]
    if not paths:
        problem = "name a case file or a folder; to see how it looks, use --worked-cases"
        raise BadInput([Fault(problem, field="CASE")])
    return paths


def spare(read: Iterable[Path | None], *, output: Path | None, receipt: Path | None = None) -> None:
    """Raise BadInput where what is written would take the place of a file that is read.

    `read` are the files and folders that the command was given.
    """
    for option, path in (("--output", output), ("--receipt", receipt)):
        if path is None or not os.path.exists(path):  # noqa: PTH110 (never raises)
            continue
        from checklist.documents import SUFFIXES
        from checklist.errors import BadInput, Fault

        written = path.resolve()
        for each in (found.resolve() for found in read if found is not None):
            within = each in written.parents and written.suffix.lower() in SUFFIXES
            if within or each == written:
                problem = "this is one of the files that are read; name another"
                raise BadInput([Fault(problem, str(path), field=option)])


def stream(output: Path | None) -> AbstractContextManager[IO[str]]:
    """Return where a command prints to: a file that `--output` names, or standard output."""
    if output is None:
        return nullcontext(sys.stdout)
    from checklist.files import replacing

    return replacing(output)


def binary_stream(output: Path | None) -> AbstractContextManager[IO[bytes]]:
    """Return where a command writes bytes to, as `stream` does for text."""
    if output is None:
        return nullcontext(sys.stdout.buffer)
    from checklist.files import replacing_bytes

    return replacing_bytes(output)


def rulebook(
    paths: Sequence[Path] | None,
    *,
    only: bool,
    settings: Path | None = None,
    examples: bool = True,
) -> "Rulebook":
    """Return the rulebook that --rules, --only-these-rules and --settings ask for.

    With `only` the standard terms, settings, themes and audits stay at hand: only the rules are
    left out. Without `examples` they may be left out, which is quicker.
    """
    if not (examples or only or paths or settings):
        from checklist.compiled import standard_rulebook

        return standard_rulebook()
    from checklist.errors import BadInput, Fault
    from checklist.rulebook import load, standard_rules

    if not only:
        return load([standard_rules(), *(paths or ())], settings=settings)
    if not paths:
        problem = "name your rules with --rules PATH beside it"
        raise BadInput([Fault(problem, field="--only-these-rules")])
    return load(paths, at_hand=[standard_rules()], settings=settings)


def chosen(
    loaded: "Rulebook",
    rules: Sequence[str] | None,
    themes: Sequence[str] | None,
    priorities: Sequence[str] | None,
) -> "tuple[Rule, ...] | None":
    """Return the rules that --rule, --theme and --priority choose, or raise BadInput.

    None where nothing is chosen: then the record queries belong to it too.
    """
    if not (rules or themes or priorities):
        return None
    return loaded.select(rules or (), themes or (), priorities or ())


def audits(names: Sequence[str], loaded: "Rulebook") -> "list[Audit]":
    """Return the audits of a rulebook that --audit names, or raise BadInput."""
    from checklist.errors import BadInput, Fault

    by_id = {audit.id: audit for audit in loaded.audits}
    faults = [
        Fault(no_such_audit(name, loaded), field="--audit") for name in names if name not in by_id
    ]
    if faults:
        raise BadInput(faults)
    return [by_id[name] for name in names]


def no_such_audit(name: str, loaded: "Rulebook") -> str:
    """Return what to say of an audit that a rulebook does not have."""
    from checklist.errors import nearest, one_of
    from checklist.text import short

    known = [audit.id for audit in loaded.audits]
    return f"there is no audit {short(name)}{nearest(name, known)}; there are {one_of(known)}"


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


def names_of(*kinds: str) -> Callable[[str], list[str]]:
    """Return a completion for the ids of what the standard rulebook holds of these kinds.

    The kinds are called as in `Rulebook`: rules, terms, queries, themes, audits.
    """

    def complete(incomplete: str) -> list[str]:
        from checklist.errors import BadInput

        try:
            loaded = rulebook(None, only=False)
        except BadInput:
            return []
        found: list[str] = []
        for kind in kinds:
            # one attribute alone: the audits are read only where they are asked for
            found += [each.id for each in getattr(loaded, kind)]
        return [name for name in found if name.startswith(incomplete)]

    return complete


RulesNamed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="Only this rule. Can be given again.",
        autocompletion=names_of("rules"),
        show_default=False,
    ),
]
ThemesNamed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only rules of this theme. Can be given again.",
        autocompletion=names_of("themes"),
        show_default=False,
    ),
]
OneAudit = Annotated[
    str | None,
    typer.Option(
        "--audit",
        metavar="ID",
        help="The audit by whose published criteria cases are chosen.",
        autocompletion=names_of("audits"),
        show_default=False,
    ),
]


def _priorities(incomplete: str) -> list[str]:
    from checklist.rule import PRIORITIES

    return [name for name in PRIORITIES if name.startswith(incomplete)]


PrioritiesNamed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only rules of this priority: immediate, before-conference or routine. "
        "Can be given again.",
        autocompletion=_priorities,
        show_default=False,
    ),
]
