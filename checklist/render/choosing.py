"""A cohort on the screen: the sample, who qualifies, whom to ask about, and why others do not."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.audit import Audit
from checklist.choosing import Cohort, Considered, Sample
from checklist.render.terminal import print_text
from checklist.text import harmless

MOST_WHY: Final = 3
"""The most sentences that are printed of why one case does not qualify; JSON and CSV have all."""


def print_cohort(cohort: Cohort, console: Console) -> None:
    """Print the cases held against the criteria, and the sample where one was drawn."""
    _print_criteria(cohort, console)
    _say(console, _summary(cohort))
    if cohort.sample is not None:
        _print_sample(cohort, cohort.sample, console)
    elif cohort.audit is not None and cohort.audit.cases is not None:
        took, options = _hint(cohort.audit, cohort.audit.cases)
        _say(console, f"{took}; a sample like it:")
        _say(console, options, 2)
    drawn = frozenset() if cohort.sample is None else frozenset(cohort.sample.drawn)
    qualify = cohort.those("yes")
    if qualify:
        words = "Qualify" if cohort.sample is None else "Qualify (* drawn)"
        _heading(console, words, len(qualify))
    for each in qualify:
        mark = "" if cohort.sample is None else "* " if each.id in drawn else "- "
        _say(console, f"{mark}{_case(each)}", 2)
    unclear = [*cohort.those("not recorded"), *cohort.those("disputed")]
    _print_others(console, "Ask before you leave them out", unclear)
    _print_others(console, "Could not be judged", cohort.those("could not be judged"))
    _print_others(console, "Do not qualify", cohort.those("no"))


def _print_criteria(cohort: Cohort, console: Console) -> None:
    audit = cohort.audit
    if audit is not None:
        _say(console, f"Audit {audit.id}: {audit.title}", style="bold underline")
        _say(console, f"{audit.partnership}, {wording.month(audit.month)}")
        if audit.selection is not None:
            _say(console, f"How its cases were chosen: {audit.selection.says}")
    for where in cohort.where:
        _say(console, f"{'Where' if audit is None else 'And where'}: {where}")


def _summary(cohort: Cohort) -> str:
    words = (
        ("yes", "qualify", "qualifies"),
        ("not recorded", "not recorded", "not recorded"),
        ("disputed", "where records disagree", "where records disagree"),
        ("could not be judged", "could not be judged", "could not be judged"),
        ("no", "do not", "does not"),
    )
    counts = []
    for answer, several, one in words:
        number = sum(each.qualifies == answer for each in cohort.cases)
        if number or answer == "yes":
            counts.append(f"{number} {one if number == 1 else several}")
    return f"{_cases(len(cohort.cases))}: {', '.join(counts)}."


def _hint(audit: Audit, cases: int) -> tuple[str, str]:
    """Return how many cases an audit took and of which kinds, and the options that do the same."""
    took, options = [_cases(cases)], [f"--sample {cases}"]
    if audit.authorities is not None and audit.authorities > 1:
        each = f"{cases // audit.authorities} from each of"
        even = cases % audit.authorities == 0
        took.append(f"{each if even else 'from'} {audit.authorities} authorities")
        options.append("--by authority")
    if audit.repeats:
        took.append(f"{audit.repeats} of them {'a repeat' if audit.repeats == 1 else 'repeats'}")
        if audit.selection is not None and audit.selection.repeat is not None:
            options.append(f'--at-least "{audit.repeats} repeat"')
    return f"The audit took {', '.join(took)}", " ".join(options)


def _print_sample(cohort: Cohort, sample: Sample, console: Console) -> None:
    qualify = len(cohort.those("yes"))
    _heading(console, f"Sample: {len(sample.drawn)} of the {_cases(qualify)} that qualify", None)
    if sample.by is None:
        for name in sample.drawn:
            _say(console, name, 2)
    for stratum in sample.strata:
        drawn = ", ".join(stratum.drawn) or "none"
        _say(
            console,
            f"{sample.by} {stratum.name}, {len(stratum.drawn)} of {stratum.qualify}: {drawn}",
            2,
        )
    for kind in sample.kinds:
        _say(console, f"Of the kind {kind.name}: {kind.drawn} (asked for: {kind.asked} or more).")
        if kind.unclear:
            _say(
                console,
                f"The record cannot tell whether these are {kind.name}: {', '.join(kind.unclear)}",
            )
    for lack in sample.lacks:
        _say(console, f"FALLS SHORT: {lack}", style="bold red")
    if sample.apart:
        _say(
            console,
            f"Not drawn, since the record does not name the {sample.by} (ask before you leave them "
            f"out): {', '.join(sample.apart)}",
        )
    for note in sample.notes:
        _say(console, note)
    _say(console, f"Seed: {sample.seed}. From the same records this draws it again:")
    # on one line, however long, so that it can be copied
    console.print(Text(f"  {harmless(sample.again)}"), soft_wrap=True)


def _print_others(console: Console, heading: str, cases: Sequence[Considered]) -> None:
    if not cases:
        return
    _heading(console, heading, len(cases))
    for each in cases:
        _say(console, _case(each), 2)
        ask = {"not recorded": "Ask: ", "disputed": "The records disagree. "}
        for at, why in enumerate(each.belonging.why[:MOST_WHY]):
            _say(console, f"{ask.get(each.qualifies, '') if at == 0 else ''}{why}", 4)
        if (more := len(each.belonging.why) - MOST_WHY) > 0:
            _say(console, f"and {more} more (all with --format json)", 4)


def _case(each: Considered) -> str:
    authority = f", {each.by['authority']}" if "authority" in each.by else ""
    line = "" if each.line is None else f", line {each.line}"
    return f"{each.id}{authority} ({each.file}{line})"


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"


def _heading(console: Console, words: str, number: int | None) -> None:
    console.print()
    _say(console, words if number is None else f"{words}: {number}", style="bold")


def _say(console: Console, words: str, indent: int = 0, style: str = "") -> None:
    print_text(console, Text(harmless(words), style), indent)
