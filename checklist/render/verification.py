"""On the screen: whether the same inputs still give the same verdicts, and what differs."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist.render.terminal import print_text
from checklist.text import harmless
from checklist.verification import CaseVerified, Other, State, Verification

MOST_SHOWN: Final = 20
"""The most cases that are listed of one state, and verdicts of one case; JSON has all."""

_HEADINGS: Final[tuple[tuple[State, str], ...]] = (
    ("verdicts other", "Unchanged, and yet with other verdicts"),
    ("changed, verdicts other", "Changed since, with other verdicts"),
    ("changed, verdicts the same", "Changed since, with the same verdicts"),
    ("missing", "Missing: in the receipt, and not among these cases"),
    ("new", "New: among these cases, and not in the receipt"),
)


def print_verification(found: Verification, console: Console) -> None:
    """Print what came of holding a receipt against the same cases screened again."""
    receipt = found.receipt
    number = f"{receipt.cases:,} case{'' if receipt.cases == 1 else 's'}"
    made_by = f"screened by checklist {receipt.asked.program}"
    _say(console, f"Receipt {receipt.short}: {number}, {made_by}")
    if found.holds:
        words = "THE SAME: the same inputs still give the same verdicts."
        _say(console, words, style="bold green")
        return
    _say(console, f"NOT THE SAME: {_summary(found)}", style="bold red")
    for each in found.made:
        _say(console, f"{each.what}: {_cut(each.then)} then, {_cut(each.now)} now", 2)
    for then, now, what in (
        (receipt.left, found.now.left, "cases that are not the audit's, or not clearly"),
        (receipt.unread, found.now.unread, "cases that cannot be used"),
    ):
        if then != now:
            _say(console, f"{what}: {then:,} then, {now:,} now", 2)
    if found.cases is None:
        _print_unlisted(found, console)
    for state, heading in _HEADINGS:
        _print_cases(console, heading, found.those(state))
    if found.those("the same"):
        console.print()
        _say(console, f"The same: {len(found.those('the same')):,}", style="bold")


def _summary(found: Verification) -> str:
    """Return what differs, in a sentence."""
    made = " and ".join(
        what
        for what, differs in (
            ("the program", any(each.what == "program" for each in found.made)),
            ("the rulebook", any(each.what == "rulebook" for each in found.made)),
            ("the settings", any(each.what.startswith("setting ") for each in found.made)),
            ("the cases", not found.inputs_hold),
        )
        if differs
    )
    if not made:
        return "nothing that went in differs, and yet verdicts do."
    verb = "differs" if made in ("the program", "the rulebook") else "differ"
    hold = "verdicts do too"
    if found.verdicts_hold:
        partly = found.those("missing") or found.those("new")
        hold = f"the verdicts{' on those in both' if partly else ''} are the same"
    return f"{made} {verb}; {hold}."


def _print_unlisted(found: Verification, console: Console) -> None:
    _say(
        console,
        "This receipt does not list its cases, so nothing can be said of each. They have to be "
        "named in the same order as they were.",
        2,
    )
    then, now = found.receipt, found.now
    if then.cases != now.cases:
        _say(console, f"cases: {then.cases:,} then, {now.cases:,} now", 2)


def _print_cases(console: Console, heading: str, cases: Sequence[CaseVerified]) -> None:
    if not cases:
        return
    console.print()
    _say(console, f"{heading}: {len(cases):,}", style="bold")
    for each in cases[:MOST_SHOWN]:
        line = "" if each.line is None else f", line {each.line}"
        _say(console, f"{each.case} ({each.file}{line})", 2)
        for other in each.others[:MOST_SHOWN]:
            _say(console, _other(other), 4)
        _print_more(console, len(each.others), 4)
    _print_more(console, len(cases), 2)


def _print_more(console: Console, number: int, indent: int) -> None:
    if number > MOST_SHOWN:
        _say(console, f"and {number - MOST_SHOWN:,} more (all with --format json)", indent)


def _other(other: Other) -> str:
    then, now = other.then or "no verdict", other.now or "no verdict"
    return f"{other.rule}, {other.subject}: {then} then, {now} now"


def _cut(value: str) -> str:
    return value[:12] if len(value) == 64 else value


def _say(console: Console, words: str, indent: int = 0, style: str = "") -> None:
    print_text(console, Text(harmless(words), style), indent)
