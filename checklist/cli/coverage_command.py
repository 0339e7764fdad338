"""`checklist rules coverage`: which rules answer what the audits taught, and what has no rule."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    import datetime

    from checklist.case_file import Read
    from checklist.record import Case
    from checklist.review import Review
    from checklist.rulebook import Rulebook


def coverage(
    cases: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CASE... or ID...",
            help="With --published: the case files or folders to count over. "
            "[default: the worked cases that come with it] With --clauses: only these rules, "
            "terms and record queries.",
            show_default=False,
        ),
    ] = None,
    audit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only this audit. Can be given again.",
            autocompletion=options.names_of("audits"),
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        bool,
        typer.Option(
            "--published", help="Put the numbers that audits published beside what the rules find."
        ),
    ] = False,
    all_counted: Annotated[
        bool,
        typer.Option(
            "--all-counted", help="With --published: exit with 1 where a number is not counted yet."
        ),
    ] = False,
    clauses: Annotated[
        bool,
        typer.Option(
            "--clauses",
            help="Say which clauses of rules, terms and record queries their own examples never "
            "show for, or never against. Exits with 1 where there is one.",
        ),
    ] = False,
    form: options.Form = options.Format.TERMINAL,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
) -> None:
    """List each learning point with its rules, or as a question for a cohort or a board.

    Exits with 1 where a learning point has neither, or a rule names nothing that it was learned
    from; with --published, where a number is not reproduced; with --clauses, where an example is
    missing.
    """
    from checklist.errors import BadInput, Fault

    if clauses:
        given = {"--published": published, "--audit": audit, "--all-counted": all_counted}
        if apart := [name for name, each in given.items() if each]:
            raise BadInput([Fault("this does not go with --clauses", field=apart[0])])
        from checklist.cli.clauses_command import cover_clauses

        chosen = options.rulebook(rules, only=only_these_rules)
        cover_clauses(
            chosen, [str(each) for each in cases or ()], as_json=form is options.Format.JSON
        )
        return
    if not published and (cases or all_counted):
        problem = "this goes with --published, which is not given"
        raise BadInput([Fault(problem, field="CASE" if cases else "--all-counted")])
    loaded = options.rulebook(rules, only=only_these_rules)
    audits = [each.id for each in options.audits(audit or (), loaded)]
    if published:
        _published(loaded, audits, cases, form, all_counted=all_counted)
    else:
        _covered(loaded, audits, form)


def _covered(loaded: "Rulebook", audits: Sequence[str], form: options.Format) -> None:
    import sys

    from checklist.cli.exits import STANDS
    from checklist.coverage import coverage as covered_by
    from checklist.render.coverage import coverage_json, print_coverage
    from checklist.render.terminal import console_for

    found = covered_by(loaded, audits)
    if form is options.Format.JSON:
        typer.echo(coverage_json(found))
    else:
        print_coverage(found, console_for(sys.stdout))
    if not found.whole:
        raise typer.Exit(STANDS)


def _published(
    loaded: "Rulebook",
    audits: Sequence[str],
    cases: Sequence[Path] | None,
    form: options.Format,
    *,
    all_counted: bool,
) -> None:
    import sys

    from checklist.cli.case_run import CaseRun
    from checklist.cli.exits import exit_code
    from checklist.errors import BadInput, Fault
    from checklist.published import reproduce, rules_to_judge
    from checklist.render.coverage import print_reproduced, reproduced_json
    from checklist.render.terminal import console_for
    from checklist.review import Reviewer
    from checklist.rulebook import worked_cases

    reviewer = Reviewer(loaded, rules_to_judge(loaded, audits))
    known = [audit.id for audit in loaded.audits]

    def judge(case: "Case", day: "datetime.date", _: "Read") -> "Review | None":
        if case.audit is None:
            return None
        if case.audit not in known:
            raise BadInput([Fault(options.no_such_audit(case.audit, loaded), field="audit")])
        return reviewer.review(case, day) if not audits or case.audit in audits else None

    run = CaseRun(cases or [worked_cases()])
    reviews = list(run.over(judge))
    found = reproduce(reviewer, reviews, audits)
    if form is options.Format.JSON:
        typer.echo(reproduced_json(found))
    else:
        print_reproduced(found, console_for(sys.stdout))
    run.say_faults()
    verdicts = [verdict.name for review in reviews for verdict in review.verdicts]
    differs = not all(each.as_published(all_counted=all_counted) for each in found)
    raise typer.Exit(
        exit_code(
            bad_input=bool(run.faults),
            not_judged="could not be judged" in verdicts,
            stands=differs,
        )
    )
