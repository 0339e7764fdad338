"""A screening in Markdown: tables that read well as text too; no text of a record is markup."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from checklist import wording
from checklist.receipt import Receipt, as_json
from checklist.render.markdown import escaped, within
from checklist.render.screen import (
    SYMBOLS,
    besides,
    headline,
    in_short,
    legend,
    number,
    numbers,
    percent,
    queried,
    warnings,
)
from checklist.screened import Screened
from checklist.screening import CaseOfConcern, RuleCounts, Screening


def as_markdown(screening: Screening, *, top: int = 10, receipt: Receipt | None = None) -> str:
    """Return a screening as a Markdown document, with its first cases (`top`) and all its rules.

    Its receipt comes last: whole, or where small numbers were left out its hash alone.
    """
    lines = [*_lines(screening, top)]
    if receipt is not None:
        lines += _receipt(receipt, whole=screening.below is None)
    return "\n".join(lines) + "\n"


def _lines(screening: Screening, top: int) -> Iterator[str]:
    yield "# Screening"
    yield ""
    yield escaped(headline(screening))
    for said in (*in_short(screening.themes), *warnings(screening)):
        yield ""
        yield escaped(said)
    shown = screening.cases[:top]
    if shown:
        yield from _cases(screening, shown)
    if screening.number:
        yield from _themes(screening.themes)
    told = [each for each in screening.queries if each.raised != 0 or each.not_judged != 0]
    if told:
        yield from ("", "## Records to check", "")
        yield from (f"- {escaped(queried(each))}" for each in told)


def _receipt(receipt: Receipt, *, whole: bool) -> Iterator[str]:
    yield from ("", "## Receipt", "", f"SHA-256: {receipt.sha256}")
    if whole:
        says = "What this was made of. Saved as a file, `checklist verify` says whether it holds."
        # no line of it begins with what would end the block: each value stands behind its name
        yield from ("", says, "", "```json", *as_json(receipt).splitlines(), "```")


def _cases(screening: Screening, shown: Sequence[CaseOfConcern]) -> Iterator[str]:
    titles = {each.rule.id: each.rule.title for each in screening.themes}
    yield from ("", "## Cases in order of concern", "")
    yield from _table(
        ("", "Case", "Reasons", "Immediate gaps", "Authority", "As of", "File"),
        (
            (
                str(at),
                case.case,
                case.reasons.words,
                "; ".join(titles[rule] for rule in case.immediate),
                case.kept.authority or "",
                wording.day(case.kept.as_of),
                _place(case.kept),
            )
            for at, case in enumerate(shown, 1)
        ),
    )
    in_question = [
        each
        for each in screening.themes
        if any(case.marks.get(each.rule.id) in ("gap", "conflicting") for case in shown)
    ]
    if in_question:
        yield from ("", "## Case by rule", "", escaped(legend()), "")
        yield from _table(
            ("Rule", *(str(at) for at in range(1, len(shown) + 1))),
            (
                (
                    each.rule.id,
                    *(SYMBOLS[case.marks.get(each.rule.id, "not applicable")] for case in shown),
                )
                for each in in_question
            ),
        )


def _place(kept: Screened) -> str:
    return kept.file if kept.line is None else f"{kept.file}, line {kept.line}"


def _themes(themes: Iterable[RuleCounts]) -> Iterator[str]:
    yield from ("", "## What each rule says across the cohort")
    for theme, rules in groupby(themes, key=lambda each: each.theme):
        yield from ("", f"### {escaped(theme)}", "")
        yield from _table(
            ("Point of practice", "n", "gap", "disagree", "ask", "due", "met", "share", "besides"),
            (
                (
                    each.rule.title,
                    *(number(cell) for cell in numbers(each)),
                    "" if each.share is None else percent(each),
                    " ".join(besides(each)),
                )
                for each in rules
            ),
        )


def _table(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in cells:
        yield f"| {' | '.join(map(within, row))} |"
