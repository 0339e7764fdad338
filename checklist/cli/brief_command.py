"""`checklist brief`: case files and an audit in, the draft of a seven-point briefing out."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.audit import Audit
    from checklist.briefing import Briefing
    from checklist.cli.cohort_run import CohortRun
    from checklist.receipt import Receipt


class Format(StrEnum):
    """The forms in which a briefing is given."""

    MARKDOWN = "markdown"
    DOCX = "docx"


def brief(
    cases: options.Cases = None,
    worked_cases: options.WorkedCases = False,
    audit: options.OneAudit = None,
    suppress_below: options.SuppressBelow = None,
    all_questions: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Put every question of the audit to a cohort or a board, also where it takes more "
            "than two pages.",
        ),
    ] = False,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    workers: options.Workers = 1,
    dask: options.Dask = None,
    form: Annotated[
        Format,
        typer.Option("--format", help="markdown, or docx for Word (with --output)."),
    ] = Format.MARKDOWN,
    output: options.Output = None,
    receipt: options.Receipt = None,
) -> None:
    """Draft a one- to two-page briefing in seven points about the cases an audit would choose.

    Why, what was looked at, what works well, what to develop, what to do, questions for the board,
    resources. Every number leads to the cases behind it. It is a draft: people check it, fill in
    owners, days and reasons, and answer for it.
    """
    import datetime

    from checklist.cli.cohort_run import CohortRun, receipt_file
    from checklist.cli.exits import exit_code
    from checklist.cohort import RulesChosen, Task
    from checklist.errors import BadInput, Fault
    from checklist.extras import check_installed

    paths = options.case_paths(cases, worked_cases=worked_cases)
    options.spare([*paths, *(rules or ()), settings], output=output, receipt=receipt)
    day = options.day(as_of, "--as-of")
    if audit is None:
        problem = "name the audit whose learning the briefing follows"
        raise BadInput([Fault(problem, field="--audit")])
    if form is Format.DOCX and output is None:
        problem = "a Word document needs a file to stand in; name one"
        raise BadInput([Fault(problem, field="--output")])
    check_installed("brief needs", "scipy", *(["docx"] if form is Format.DOCX else []))
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    (chosen,) = options.audits([audit], loaded)
    own = RulesChosen(tuple(rules or ()), standard=not only_these_rules, settings=settings)
    task = Task(own, day, today=datetime.date.today(), audit=audit)
    run = CohortRun(task, loaded, paths, workers=workers, dask=dask)
    with run.interruptible(writes=output is not None), receipt_file(receipt, output) as kept:
        run.record(kept, keep=0)
        draft = _drafted(run, chosen, below=suppress_below, all_questions=all_questions)
        _write(draft, run.receipt(), form, output)
    run.say_faults()
    raise typer.Exit(exit_code(bad_input=bool(run.faults), not_judged=run.not_judged, stands=False))


def _drafted(
    run: "CohortRun", audit: "Audit", *, below: int | None, all_questions: bool
) -> "Briefing":
    """Return the briefing about the cases of a run; raise BadInput where none can be counted."""
    from checklist.briefing import briefing
    from checklist.cohort import Left
    from checklist.errors import BadInput, Fault
    from checklist.screening import CohortTally

    tally = CohortTally(run.loaded, keep_all=True, audit=audit.id)
    left: dict[str, Left] = {}
    for result in run.results():
        tally.add(result)
        if isinstance(result, Left):
            left.setdefault(result.case, result)
    found = tally.screening()
    if found.number == 0:
        run.say_faults()
        problem = "none of these cases can be counted; checklist select says why"
        raise BadInput([Fault(problem, field="CASE")])
    return briefing(found, audit, [*left.values()], below=below, all_questions=all_questions)


def _write(draft: "Briefing", receipt: "Receipt", form: Format, output: Path | None) -> None:
    from checklist.render.briefing import blocks_of

    blocks = blocks_of(draft, receipt)
    if form is Format.DOCX and output is not None:
        from checklist.files import replacing_bytes
        from checklist.render.word_document import as_word

        content = as_word(blocks, f"Seven-point briefing (draft): {draft.audit.title}")
        with replacing_bytes(output) as binary:
            binary.write(content)
    else:
        from checklist.render.markdown import as_markdown

        with options.stream(output) as stream:
            print(as_markdown(blocks), file=stream)
            stream.flush()
