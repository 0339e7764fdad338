"""`checklist select`: case files and an audit's criteria in; who qualifies, and a sample, out."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    import datetime

    from checklist.case_file import Read
    from checklist.choosing import Cohort, Considered
    from checklist.criteria_reader import AtLeast
    from checklist.errors import Fault
    from checklist.record import Case


class Format(StrEnum):
    """The forms in which a cohort is given."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    PATHS = "paths"


def select(
    context: typer.Context,
    cases: options.Cases = None,
    worked_cases: options.WorkedCases = False,
    audit: options.OneAudit = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="A condition on the case in the language of the rules, such as "
            "'{concerns: {includes: neglect}}'. Can be given again: all have to be so.",
            show_default=False,
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Draw so many of those that qualify.", show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="Draw equal numbers, as far as they go, for each value of this field: "
            "authority or audit.",
            show_default=False,
        ),
    ] = None,
    at_least: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'N KIND'",
            help="At least so many of the sample have to be of a kind, such as '3 repeat': a term "
            "about a case, a field of it that is yes or no, what the audit calls a repeat, or a "
            "condition in braces. Can be given again.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Draw with this seed, as somebody did before. [default: a fresh one, printed]",
            show_default=False,
        ),
    ] = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="terminal to read, json for programs, csv for spreadsheets, or paths: the files "
            "of the cases chosen, one a line, for another command.",
        ),
    ] = Format.TERMINAL,
    output: options.Output = None,
) -> None:
    """Say which cases an audit would choose, why not the others, and draw a sample.

    What is not recorded is never taken for a no: such a case, and one on which agencies differ, is
    listed apart, with what to ask before it is left out. A sample can be drawn again by anybody
    from its seed, in whatever order the files are named. Exits with 1 where the sample falls short
    of what was asked for; what there is is drawn all the same.
    """
    from checklist.choosing import Chooser, Cohort
    from checklist.cli.case_run import CaseRun
    from checklist.cli.exits import exit_code
    from checklist.criteria_reader import read_at_least, read_conditions
    from checklist.errors import BadInput, Fault

    paths = options.case_paths(cases, worked_cases=worked_cases)
    options.spare([*paths, *(rules or ()), settings], output=output)
    if audit is None and not where:
        problem = "name the criteria: an audit here, or a condition with --where"
        raise BadInput([Fault(problem, field="--audit")])
    _check_sample(sample, by, at_least, seed)
    day = options.day(as_of, "--as-of")
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    (chosen,) = options.audits([audit], loaded) if audit is not None else (None,)
    conditions = read_conditions(where or (), loaded, "--where")
    if chosen is not None and chosen.selection is None and not conditions:
        problem = f"audit {audit} does not say how it chose its cases; say it with --where"
        raise BadInput([Fault(problem, field="--audit")])
    kinds = [read_at_least(each, loaded, chosen) for each in at_least or ()]
    _check_kinds(kinds, sample)

    chooser = Chooser(loaded, chosen, conditions, kinds)
    seen: set[tuple[Path, int | None]] = set()

    def consider(case: "Case", on: "datetime.date", read: "Read") -> "Considered | None":
        place = (Path(read.file).resolve(), read.line)
        if place in seen:  # named twice, or in a folder that is named too
            return None
        seen.add(place)
        return chooser.consider(case, on, read.file, read.line)

    run = CaseRun(paths, day)
    considered, repeated = _each_once(run.over(consider))
    run.faults += repeated
    cohort = Cohort(chosen, tuple(where or ()), tuple(considered))
    if sample is not None:
        from checklist.choosing import take_sample

        asked = {each.name: each.number for each in kinds}
        taken = take_sample(considered, sample, seed or _fresh_seed(), by, asked)
        told = _again(context, taken.seed, [each for each in considered if day is None])
        cohort = cohort._replace(sample=taken._replace(again=told[0], notes=told[1]))
    with options.stream(output) as stream:
        _print(cohort, form, stream, plain=output is not None)
        stream.flush()
    _say_beside(cohort, form)
    run.say_faults()
    raise typer.Exit(
        exit_code(
            bad_input=bool(run.faults),
            not_judged=bool(cohort.those("could not be judged")),
            stands=cohort.sample is not None and bool(cohort.sample.lacks),
        )
    )


def _check_sample(
    sample: int | None, by: str | None, at_least: Sequence[str] | None, seed: str | None
) -> None:
    """Raise BadInput for what cannot be drawn, and for what goes with --sample alone."""
    from checklist.choosing import FIELDS
    from checklist.errors import BadInput, Fault, nearest, one_of
    from checklist.text import short

    given = {"--by": by is not None, "--at-least": bool(at_least), "--seed": seed is not None}
    if sample is None and (apart := [name for name, each in given.items() if each]):
        raise BadInput([Fault("this goes with --sample, which is not given", field=apart[0])])
    if by is not None and by not in FIELDS:
        problem = f"a sample cannot be drawn by {short(by)}{nearest(by, FIELDS)}"
        raise BadInput([Fault(f"{problem}; it can by {one_of(FIELDS)}", field="--by")])
    if seed is not None and not seed.strip():
        raise BadInput([Fault("is blank; leave it out for a fresh one", field="--seed")])


def _check_kinds(kinds: "Sequence[AtLeast]", sample: int | None) -> None:
    """Raise BadInput for kinds of which a sample cannot hold so many."""
    from checklist.errors import BadInput, Fault
    from checklist.text import short

    names = [each.name for each in kinds]
    for at, each in enumerate(kinds):
        if sample is not None and each.number > sample:
            problem = f"{each.number} {short(each.name)} cannot be in a sample of {sample}"
        elif each.name in names[:at]:
            problem = f"{short(each.name)} is asked for twice; keep one"
        else:
            continue
        raise BadInput([Fault(problem, field="--at-least")])


def _each_once(found: "Iterable[Considered]") -> "tuple[list[Considered], list[Fault]]":
    """Return the cases by id, and the faults of those whose id another record has already."""
    from checklist.errors import Fault

    kept: dict[str, Considered] = {}
    faults = []
    for each in sorted(found, key=lambda each: (each.id, each.file, each.line or 0)):
        first = kept.setdefault(each.id, each)
        if first is not each:
            where = first.file if first.line is None else f"{first.file}, line {first.line}"
            problem = f"there is already a case {each.id}, in {where}; this one is left out"
            faults.append(Fault(problem, each.file, each.line, "id"))
    return list(kept.values()), faults


def _fresh_seed() -> str:
    import secrets

    return secrets.token_hex(4)


def _again(
    context: typer.Context, seed: str, undated: "Sequence[Considered]"
) -> tuple[str, tuple[str, ...]]:
    """Return the command line that draws a sample again, and what it rests on besides.

    `undated` are the cases for which no day was named on the command line.
    """
    import datetime
    import shlex

    values = {**context.params, "seed": seed}
    today = datetime.date.today()
    of_today = [each for each in undated if each.as_of == today]
    notes: tuple[str, ...] = ()
    if of_today and len(of_today) == len(undated):
        values["as_of"] = today.isoformat()
    elif of_today:
        notes = (
            f"Cases judged as of today, {today.isoformat()}, since they name no day of their own: "
            f"{len(of_today)}. On another day the draw is the same only if they still qualify.",
        )
    words = ["checklist", "select"]
    for option in context.command.params:
        value = values.get(option.name or "")
        if option.name in ("form", "output") or value is None or value is False:
            continue
        several = value if isinstance(value, list | tuple) else [value]
        if option.param_type_name == "argument":
            words += map(str, several)
        elif value is True:
            words.append(option.opts[0])
        else:
            words += [word for each in several for word in (option.opts[0], str(each))]
    return shlex.join(words), notes


def _print(cohort: "Cohort", form: Format, stream: IO[str], *, plain: bool) -> None:
    match form:
        case Format.JSON:
            from checklist.render.choosing_data import as_json

            print(as_json(cohort), file=stream)
        case Format.CSV:
            from checklist.render.choosing_data import COLUMNS, rows
            from checklist.render.spreadsheet import write_csv

            write_csv(rows(cohort), COLUMNS, stream, is_file=plain)
        case Format.PATHS:
            from checklist.render.choosing_data import paths

            for path in paths(cohort):
                print(path, file=stream)
        case Format.TERMINAL:
            from checklist.render.choosing import print_cohort
            from checklist.render.terminal import console_for

            print_cohort(cohort, console_for(stream, plain=plain))


def _say_beside(cohort: "Cohort", form: Format) -> None:
    """Say on standard error what the form has no place for."""
    if form is Format.PATHS:
        chosen = {each.id for each in cohort.chosen}
        named = {each.file for each in cohort.chosen}
        others = {each.file for each in cohort.cases if each.id not in chosen}
        for file in sorted(others & named):
            typer.echo(f"checklist: {file} holds cases that were not chosen too.", err=True)
    if cohort.sample is not None and form in (Format.CSV, Format.PATHS):
        for said in (*cohort.sample.lacks, *cohort.sample.notes):
            typer.echo(f"checklist: {said}", err=True)
        typer.echo(f"checklist: this draws it again: {cohort.sample.again}", err=True)
