"""A screening on the screen: the cases in order of concern, a matrix, and what each rule says.

Words beside every symbol, nothing told by colour alone, 80 columns.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.audit import WORDS
from checklist.render.terminal import print_text
from checklist.screening import (
    SMALL,
    CaseOfConcern,
    Mark,
    PublishedBeside,
    QueryCounts,
    RuleCounts,
    Screening,
)
from checklist.text import harmless

MOST_IN_A_BLOCK: Final = 12
"""The most cases that stand side by side in the matrix."""

MOST_ROWS: Final = 30
"""The most rules of one block of the matrix; the others are counted."""

MOST_NAMED: Final = 5
"""The most cases that are named after a count."""

MOST_IN_SHORT: Final = 3
"""The most points of practice that are named at the top, of each sort."""

SYMBOLS: Final[dict[Mark, str]] = {
    "gap": "G",
    "conflicting": "!",
    "not recorded": "?",
    "due": "d",
    "accepted gap": "a",
    "met": "+",
    "not applicable": ".",
    "could not be judged": "x",
}
MEANINGS: Final[dict[Mark, str]] = {"conflicting": "records disagree"}
"""What a mark means, where its name alone does not say it."""

LEFT_OUT: Final = "*"
"""What stands for a number that was left out because it is small, or would tell such a one."""

_BAR: Final = 10
_COLUMNS: Final = (("n", 8), ("gap", 8), ("disagree", 10), ("ask", 8), ("due", 8), ("met", 8))
_HOW_COUNTED: Final = (
    "A case counts once for each rule, by its most telling verdict, whatever the number of "
    "children or meetings. n is the number of cases to which the rule applies or, where that is "
    "not recorded, may apply; ask counts those where the answer is not recorded. The share is that "
    "of gaps among n, the accepted ones too; the 95% interval (Wilson) in brackets says how far "
    "chance alone can move it, which is far where n is small."
)


def print_screening(
    screening: Screening, console: Console, *, top: int = 10, receipt: str | None = None
) -> None:
    """Print a screening, with its first cases (`top` of them) and all its rules.

    `receipt` is the beginning of the hash of its receipt.
    """
    _print_head(screening, console)
    if screening.cases and top:
        _print_order(screening, console, top)
        _print_matrix(screening, console, top)
    if screening.number:
        _print_themes(screening, console)
        _print_queries(screening.queries, console)
    if receipt is not None:
        console.print()
        _say(console, f"Receipt {receipt} (--receipt FILE keeps it, for `checklist verify`)")


# -- the beginning -----------------------------------------------------------------------------


def headline(screening: Screening) -> str:
    """Return what was screened, in a sentence."""
    said = f"{cases(screening.number)} held against {_rules(len(screening.themes))}"
    if screening.audit is not None:
        said += f"; only those that audit {screening.audit} would have chosen"
    return f"{said}."


def in_short(themes: Sequence[RuleCounts]) -> list[str]:
    """Return what works well and what is most often a gap, a sentence each."""
    said = []
    met = [each for each in themes if each.n and each.counts["met"] == each.n]
    met.sort(key=lambda each: -(each.n or 0))
    if met:
        titles = "; ".join(f"{each.rule.title} ({each.n:,})" for each in met[:MOST_IN_SHORT])
        more = f"; and {_rules(len(met) - MOST_IN_SHORT)} more" if len(met) > MOST_IN_SHORT else ""
        said.append(f"Working well, met in each case to which it applies: {titles}{more}.")
    gaps = sorted((each for each in themes if each.gaps), key=lambda each: -(each.gaps or 0))
    if gaps:
        titles = "; ".join(
            f"{each.rule.title} ({each.gaps:,} of {number(each.n)})"
            for each in gaps[:MOST_IN_SHORT]
        )
        said.append(f"Most often a gap: {titles}.")
    return said


def warnings(screening: Screening) -> list[str]:
    """Return what a reader has to know before reading on, a sentence each."""
    said = []
    left, unread = screening.not_chosen, len(screening.unread)
    if screening.audit is not None and left != 0:
        number = "some cases" if left is None else cases(left)
        said.append(f"Not among those that the audit would have chosen: {number}.")
    if screening.unclear:
        number = cases(len(screening.unclear))
        said.append(f"Left out, since the record cannot tell whether it would have: {number}.")
    if unread:
        said.append(f"Could not be used, and not counted: {cases(unread)}.")
    if screening.not_judged and screening.below is None:
        said.append(f"Something could not be judged: in {cases(screening.not_judged)}.")
    said += screening.notes
    if screening.below is not None:
        said.append(
            f"{LEFT_OUT} stands for a number left out because it is less than {screening.below}, "
            "or because such a number could be worked out from it. With them the shares of those "
            "rules are left out, and all lists of single cases."
        )
    elif any(each.is_small for each in screening.themes):
        said.append(
            f"Numbers of 1 to {SMALL} can point at a family. Before this leaves the hands of those "
            f"who audit, leave them out: --suppress-below {SMALL + 1}"
        )
    return said


def _print_head(screening: Screening, console: Console) -> None:
    _say(console, f"Screening: {headline(screening)}", style="bold")
    for said in (*in_short(screening.themes), *warnings(screening)):
        _say(console, said)
    for each in screening.unclear:
        why = f": {' '.join(each.why)}" if each.why else ""
        words = {"disputed": "records disagree", "not recorded": "ask"}
        _say(console, f"- {each.case}: {words.get(each.qualifies, each.qualifies)}{why}", 2)


# -- cases -------------------------------------------------------------------------------------


def _print_order(screening: Screening, console: Console, top: int) -> None:
    titles = {each.rule.id: each.rule.title for each in screening.themes}
    shown = screening.cases[:top]
    _heading(console, "Cases in order of concern")
    _say(
        console,
        "First those with most immediate gaps; where these are as many, most disagreements; then "
        "other gaps, what is due, and what is not recorded. Points of practice are counted, each "
        "once a case. It is an order to read in, and says nothing about a family.",
    )
    for number, case in enumerate(shown, 1):
        console.print()
        _say(console, f"{number}. {case.case}", style="bold")
        _say(console, f"{wording.sentence(case.reasons.words)}.", 4)
        for rule in case.immediate:
            _say(console, f"- {titles[rule]}", 4)
        _say(console, _place(case), 4, "dim")
    left = screening.number - len(shown)
    if left:
        console.print()
        more = "case" if left == 1 else "cases"
        shows = min(2 * top, screening.number)
        _say(console, f"And {left:,} more {more}; --top {shows} shows more of them.")


def _place(case: CaseOfConcern) -> str:
    kept = case.kept
    where = kept.file if kept.line is None else f"{kept.file}, line {kept.line}"
    authority = "" if kept.authority is None else f", authority {kept.authority}"
    return f"As of {wording.day(kept.as_of)}{authority}: {where}"


# -- the matrix --------------------------------------------------------------------------------


def _print_matrix(screening: Screening, console: Console, top: int) -> None:
    _heading(console, "Case by rule")
    _say(
        console,
        f"{legend()}. The numbers are those of the cases above. Immediate rules stand first, then "
        "those open in most of these cases.",
    )
    shown = screening.cases[:top]
    for start in range(0, len(shown), MOST_IN_A_BLOCK):
        block = shown[start : start + MOST_IN_A_BLOCK]
        console.print()
        _print_block(screening, console, block, start + 1)


def legend() -> str:
    """Return what the symbols mean."""
    return ", ".join(f"{symbol} {MEANINGS.get(mark, mark)}" for mark, symbol in SYMBOLS.items())


def _print_block(
    screening: Screening, console: Console, block: Sequence[CaseOfConcern], first: int
) -> None:
    in_question = _in_question(screening.themes, block)
    if not in_question:
        _say(console, "In none of these cases is there a gap or a disagreement.")
        return
    wide = max(3, len(str(first + len(block) - 1)) + 1)
    room = console.width - wide * len(block)
    head = "".join(f"{first + at:>{wide}}" for at in range(len(block)))
    _line(console, f"{'':{room}}{head}", "dim")
    for each in in_question[:MOST_ROWS]:
        marks = "".join(
            f"{SYMBOLS[case.marks.get(each.rule.id, 'not applicable')]:>{wide}}" for case in block
        )
        first_word = "* " if each.rule.priority == "immediate" else "  "
        _line(console, f"{first_word}{each.rule.id:.<{room - 2}.{room - 2}}{marks}")
    if any(each.rule.priority == "immediate" for each in in_question[:MOST_ROWS]):
        _say(console, "* immediate", style="dim")
    left = len(in_question) - MOST_ROWS
    if left > 0:
        _say(
            console,
            f"Rules with a gap or a disagreement in one of these cases that are not shown: {left} "
            "(all are with --format json or xlsx).",
        )


def _in_question(themes: Iterable[RuleCounts], block: Sequence[CaseOfConcern]) -> list[RuleCounts]:
    """Return the rules with a gap or a disagreement in one of the cases, the most urgent first."""
    found = []
    for each in themes:
        marks = [case.marks.get(each.rule.id) for case in block]
        number = sum(marks.count(mark) for mark in ("gap", "conflicting", "could not be judged"))
        if number:
            found.append((each.rule.priority != "immediate", -number, each.rule.id, each))
    return [each for *_, each in sorted(found)]


# -- themes ------------------------------------------------------------------------------------


def _print_themes(screening: Screening, console: Console) -> None:
    _heading(console, "What each rule says across the cohort")
    _say(console, _HOW_COUNTED)
    for theme, rules in groupby(screening.themes, key=lambda each: each.theme):
        _print_theme(console, theme, list(rules))


def _print_theme(console: Console, theme: str, rules: Sequence[RuleCounts]) -> None:
    told = sorted(
        (each for each in rules if _is_told(each)),
        key=lambda each: (-(each.gaps or 0), -(each.counts["conflicting"] or 0), each.rule.id),
    )
    quiet = [each for each in rules if not _is_told(each)]
    console.print()
    _say(console, theme, style="bold underline")
    if told:
        head = "".join(f"{name:>{wide}}" for name, wide in _COLUMNS)
        _line(console, f"{head}  share of gaps (95%)", "dim")
    for each in told:
        _print_rule(console, each)
    if quiet:
        ids = ", ".join(f"{each.rule.id} ({number(each.n)})" for each in quiet)
        _say(console, f"No gap and no disagreement (n): {ids}.", style="dim")


def _is_told(each: RuleCounts) -> bool:
    """Return whether a rule says something of its own: a gap, a disagreement, or what is hidden."""
    counts = each.counts
    return bool(
        each.is_cut
        or each.gaps
        or counts["conflicting"]
        or counts["could not be judged"]
        or (each.published and each.n)
    )


def _print_rule(console: Console, each: RuleCounts) -> None:
    immediate = " (immediate)" if each.rule.priority == "immediate" else ""
    _say(console, f"{each.rule.title}{immediate}", style="bold")
    line = "".join(
        f"{number(cell):>{wide}}" for cell, (_, wide) in zip(numbers(each), _COLUMNS, strict=True)
    )
    if each.share is not None:
        line += f"  {percent(each):<17} {_bar(each)}"
    _line(console, line)
    for said in besides(each):
        _say(console, said, 4)


def numbers(each: RuleCounts) -> tuple[int | None, ...]:
    """Return n, and in how many cases there is a gap, a disagreement, silence, a due or a met."""
    others: tuple[Mark, ...] = ("conflicting", "not recorded", "due", "met")
    return each.n, each.gaps, *(each.counts[mark] for mark in others)


def besides(each: RuleCounts) -> list[str]:
    """Return what is to be said of a rule besides its counts, a sentence each."""
    said = []
    accepted, lost = each.counts["accepted gap"], each.counts["could not be judged"]
    if accepted:
        said.append(f"Gaps that were accepted: {accepted:,}.")
    if lost:
        said.append(f"Could not be judged, and not in n: {cases(lost)}.")
    return said + [published(beside) for beside in each.published]


def percent(each: RuleCounts) -> str:
    """Return the share of gaps with its interval, such as "30% (15 to 52%)"."""
    assert each.share is not None  # noqa: S101
    counted, of, low, high = each.share
    return f"{100 * counted / of:.0f}% ({100 * low:.0f} to {100 * high:.0f}%)"


def published(beside: PublishedBeside) -> str:
    """Return what an audit published, with what it counted."""
    number = beside.number
    if number.word is None:
        said = f"{number.exactly} of {number.of}"
    else:
        said = f"{wording.word(number.word)} of {number.of} ({WORDS[number.word]})"
    counted = " or ".join(MEANINGS.get(each, each) for each in beside.found_by.verdicts)
    return f"Audit {beside.audit} published {said}: {number.says} (here: {counted})."


def _bar(each: RuleCounts) -> str:
    assert each.share is not None  # noqa: S101
    counted, of, *_ = each.share
    filled = round(_BAR * counted / of)
    return "#" * filled + "." * (_BAR - filled)


# -- record queries ----------------------------------------------------------------------------


def _print_queries(queries: Sequence[QueryCounts], console: Console) -> None:
    told = [each for each in queries if each.raised != 0 or each.not_judged != 0]
    if not told:
        return
    _heading(console, "Records to check")
    _say(console, "About the record and not about practice: what does not fit together in it.")
    for each in told:
        _say(console, f"- {queried(each)}", 2)


def queried(each: QueryCounts) -> str:
    """Return in how many cases a record query was raised, and in which where they are few."""
    if each.raised is None:
        said = LEFT_OUT
    else:
        said = cases(each.raised)
        if each.cases:
            said += f" ({named(each.cases)})"
    if each.not_judged:
        said += f"; could not be judged: {each.not_judged:,}"
    return f"{each.query.title}: {said}"


# -- small parts -------------------------------------------------------------------------------


def named(ids: Sequence[str]) -> str:
    """Return the ids of the first cases, and how many more there are."""
    shown = list(ids[:MOST_NAMED])
    if len(ids) > len(shown):
        shown.append(f"{len(ids) - len(shown):,} more")
    return ", ".join(shown)


def number(cell: int | None) -> str:
    """Return a count in words: what was left out is said by a sign of its own."""
    return LEFT_OUT if cell is None else f"{cell:,}"


def cases(number: int) -> str:
    """Return a number of cases in words."""
    return f"{number:,} case{'' if number == 1 else 's'}"


def _rules(number: int) -> str:
    return f"{number:,} rule{'' if number == 1 else 's'}"


def _heading(console: Console, words: str) -> None:
    console.print()
    _say(console, words, style="bold underline")
    console.print()


def _say(console: Console, words: str, indent: int = 0, style: str = "") -> None:
    print_text(console, Text(harmless(words), style), indent)


def _line(console: Console, words: str, style: str = "") -> None:
    """Print a line whose blanks count."""
    console.print(Text(words.rstrip(), style), soft_wrap=True)
