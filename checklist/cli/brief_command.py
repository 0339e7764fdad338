"""`checklist brief`: case files and an audit in, the draft of a seven-point briefing out."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    import datetime

    from checklist.cohort import Left, Result, Unread
    from checklist.documents import Document
    from checklist.rulebook import Rulebook
    from checklist.screening import Screening


class Format(StrEnum):
    """The forms in which a briefing is given."""

    MARKDOWN = "markdown"
    DOCX = "docx"


def brief(
    cases: options.Cases = None,
    worked_cases: Annotated[
        bool, typer.Option("--worked-cases", help="Use the worked cases that come with it.")
    ] = False,
    audit: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The audit whose learning the briefing follows. Only cases that it would have "
            "chosen are counted.",
            autocompletion=options.names_of("audits"),
            show_default=False,
        ),
    ] = None,
    suppress_below: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Leave out numbers of cases below this, and which cases are behind a number, so "
            "that a briefing that goes further does not point at a family.",
            show_default=False,
        ),
    ] = None,
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
    form: Annotated[
        Format,
        typer.Option("--format", help="markdown, or docx for Word (with --output)."),
    ] = Format.MARKDOWN,
    output: options.Output = None,
) -> None:
    """Draft a one- to two-page briefing in seven points about the cases an audit would choose.

    Why, what was looked at, what works well, what to develop, what to do, questions for the board,
    resources. Every number leads to the cases behind it. It is a draft: people check it, fill in
    owners, days and reasons, and answer for it.
    """
    from checklist.briefing import briefing
    from checklist.cli.exits import exit_code
    from checklist.errors import BadInput, Fault
    from checklist.render.briefing import blocks_of

    paths = options.case_paths(cases, worked_cases=worked_cases)
    day = options.day(as_of, "--as-of")
    if audit is None:
        problem = "name the audit whose learning the briefing follows"
        raise BadInput([Fault(problem, field="--audit")])
    if suppress_below is not None and suppress_below < 2:
        raise BadInput([Fault("needs a number from 2 up", field="--suppress-below")])
    if form is Format.DOCX and output is None:
        problem = "a Word document needs a file to stand in; name one"
        raise BadInput([Fault(problem, field="--output")])
    options.check_installed("brief", "scipy", *(["docx"] if form is Format.DOCX else []))
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    (chosen,) = options.audits([audit], loaded)
    found, left, made_up = _screened(paths, day, loaded, audit)
    if found.number == 0:
        _say(found.unread)
        problem = "none of these cases can be counted; checklist select says why"
        raise BadInput([Fault(problem, field="CASE")])
    draft = briefing(
        found, chosen, left, made_up, below=suppress_below, all_questions=all_questions
    )
    blocks = blocks_of(draft)
    if form is Format.DOCX and output is not None:
        from checklist.files import replacing_bytes
        from checklist.render.word_document import as_word

        content = as_word(blocks, f"Seven-point briefing (draft): {chosen.title}")
        with replacing_bytes(output) as binary:
            binary.write(content)
    else:
        from checklist.render.markdown import as_markdown

        with options.stream(output) as stream:
            print(as_markdown(blocks), file=stream)
    _say(found.unread)
    raise typer.Exit(
        exit_code(bad_input=bool(found.unread), not_judged=bool(found.not_judged), stands=False)
    )


def _screened(
    paths: list[Path], day: "datetime.date | None", loaded: "Rulebook", audit: str
) -> "tuple[Screening, list[Left], list[str]]":
    """Return the screening, the cases that the audit would not have chosen, and those made up."""
    from checklist.cohort import Left, RulesChosen, Screener, Task
    from checklist.documents import documents
    from checklist.render.progress import counted
    from checklist.screened import Screened
    from checklist.screening import screening_of

    screener = Screener(Task(RulesChosen(), day, audit=audit), loaded)
    left: dict[str, Left] = {}
    made_up: list[str] = []

    def results() -> "Iterator[Result]":
        for document in counted(documents(paths), "cases"):
            result = screener.screen(document)
            if isinstance(result, Left):
                left.setdefault(result.case, result)
            elif isinstance(result, Screened) and _is_made_up(document):
                made_up.append(result.case)
            yield result

    found = screening_of(results(), loaded, keep_all=True, audit=audit)
    return found, [*left.values()], made_up


def _is_made_up(document: "Document") -> bool:
    """Return whether a case says of itself that it is about nobody."""
    from checklist.briefing import says_made_up
    from checklist.case_file import read
    from checklist.errors import BadInput

    found = read(document).case
    return not isinstance(found, BadInput) and says_made_up(found.about)


def _say(unread: "tuple[Unread, ...]") -> None:
    """Print what could not be used on standard error."""
    for sentence in dict.fromkeys(each for found in unread for each in found.sentences):
        typer.echo(f"checklist: {sentence}", err=True)
