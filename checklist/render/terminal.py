"""The terminal report: plain headings and words, 80 columns, colour only as an addition.

Everything from a record goes into rich as `Text`, made harmless first: never into a markup string.
"""

from collections.abc import Iterable, Sequence
from typing import IO, Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.report import Entry, Question, Report, Section, Source
from checklist.rule import VerdictName
from checklist.text import harmless
from checklist.verdict import Because, Verdict

WIDTH: Final = 80

_TAGS: Final[dict[VerdictName, tuple[str, str]]] = {
    "met": ("MET", "green"),
    "gap": ("GAP", "bold red"),
    "due": ("DUE", "bold yellow"),
    "conflicting": ("DISAGREE", "bold magenta"),
    "not recorded": ("ASK", "bold cyan"),
    "not applicable": ("N/A", "dim"),
    "could not be judged": ("NOT JUDGED", "bold red"),
}
_COUNTED: Final[tuple[tuple[VerdictName, str, str], ...]] = (
    ("gap", "gap", "gaps"),
    ("due", "due", "due"),
    ("conflicting", "conflicting", "conflicting"),
    ("not recorded", "not recorded", "not recorded"),
    ("met", "met", "met"),
    ("not applicable", "not applicable", "not applicable"),
    ("could not be judged", "could not be judged", "could not be judged"),
)


def console_for(stream: IO[str], *, plain: bool = False) -> Console:
    """Return a console on a stream: the terminal's width up to 100 columns, 80 where there is none.

    `plain` leaves colour out whatever the stream is.
    """
    console = Console(
        file=stream, highlight=False, markup=False, emoji=False, no_color=plain or None
    )
    width = min(console.width, 100) if console.is_terminal and not plain else WIDTH
    console.width = width
    return console


def print_text(console: Console, text: Text, indent: int = 0) -> None:
    """Print text wrapped to the console's width, without blanks at the ends of its lines.

    Indented text hangs: its later lines stand two columns further in than its first.
    """
    hang = 2 if indent else 0
    for number, line in enumerate(text.wrap(console, console.width - indent - hang)):
        line.rstrip()
        console.print(Text(" " * (indent + (hang if number else 0))) + line, soft_wrap=True)


def print_report(
    report: Report, console: Console, *, all_verdicts: bool = False, why: bool = False
) -> None:
    """Print one gap report.

    `all_verdicts` lists also what does not apply and shows the record behind what is met; `why`
    says why each point matters and which audit taught it.
    """
    print_text(console, _joined(("Gap report: ", "bold"), (report.case_id, "bold")))
    if report.about:
        print_text(console, Text(harmless(report.about), "dim"))
    print_text(console, Text(_summary(report)))
    for section in report.sections:
        if section.name == "not applicable" and not all_verdicts:
            points = sum(len(entry.verdicts) for entry in section.entries)
            console.print()
            word = "verdict" if points == 1 else "verdicts"
            print_text(console, Text(f"{section.title}: {points} {word} (list with --all)", "dim"))
            continue
        console.print()
        print_text(console, Text(section.title, "bold underline"))
        _print_section(section, console, all_verdicts=all_verdicts, why=why)
    for note in report.notes:
        console.print()
        print_text(console, _joined(("About the record: ", "bold"), (note, "")))


def _print_section(section: Section, console: Console, *, all_verdicts: bool, why: bool) -> None:
    if section.name == "ask":
        for question in section.questions:
            _print_question(question, console, why=why)
        return
    brief = section.name in ("working well", "not applicable")
    for entry in section.entries:
        if brief:
            for verdict in entry.verdicts:
                _print_brief(verdict, console, with_record=all_verdicts)
            if why:
                _print_why(entry, console)
        else:
            _print_entry(entry, console, why=why)


def _print_entry(entry: Entry, console: Console, *, why: bool) -> None:
    console.print()
    print_text(console, _joined(_tag(entry.verdicts[0]), (" ", ""), (entry.rule.title, "bold")))
    for verdict in entry.verdicts:
        if verdict.missing:
            for missing in verdict.missing:
                print_text(console, _labelled("Ask", missing.question), 2)
        else:
            print_text(console, Text(harmless(verdict.message)), 2)
        _print_time(verdict, console)
        if verdict.because:
            print_text(console, _labelled("Record", _record(verdict.because)), 2)
        if verdict.applies_disputed:
            said = _record(verdict.applies_because)
            print_text(console, _labelled("Agencies disagree whether this applies", said), 2)
        if verdict.accepted is not None:
            accepted = verdict.accepted
            said = f"{accepted.reason} ({accepted.role}; until {wording.day(accepted.review)})"
            print_text(console, _labelled("Accepted", said), 2)
    for close in dict.fromkeys(verdict.close for verdict in entry.verdicts):
        if close:
            print_text(console, _labelled("Do", close), 2)
    if why:
        _print_why(entry, console)


def _print_question(question: Question, console: Console, *, why: bool) -> None:
    console.print()
    tag, style = _TAGS["not recorded"]
    print_text(console, _joined((tag, style), (" ", ""), (question.text, "bold")))
    for entry in question.entries:
        print_text(console, _labelled("For", entry.rule.title), 2)
        for verdict in entry.verdicts:
            _print_time(verdict, console)
            if verdict.because:
                print_text(console, _labelled("Record so far", _record(verdict.because)), 2)
        if why:
            _print_why(entry, console)


def _print_brief(verdict: Verdict, console: Console, *, with_record: bool) -> None:
    if verdict.name == "not applicable":
        about = "" if verdict.subject.kind == "case" else f" ({verdict.subject.label})"
        print_text(console, _joined(_tag(verdict), (f" {verdict.rule.title}{about}", "")))
        print_text(console, Text(harmless(verdict.message), "dim"), 2)
        return
    print_text(console, _joined(_tag(verdict), (f" {verdict.message}", "")))
    if with_record and verdict.because:
        print_text(console, _labelled("Record", _record(verdict.because)), 2)
    if verdict.applies_disputed:
        said = _record(verdict.applies_because)
        print_text(console, _labelled("Agencies disagree whether this applies", said), 2)


def _print_time(verdict: Verdict, console: Console) -> None:
    if verdict.deadline is None or verdict.days_left is None:
        return
    if verdict.name == "due" or verdict.days_left >= 0:
        said = f"{wording.day(verdict.deadline)}, {wording.day_count(verdict.days_left)}"
        print_text(console, _labelled("By", said), 2)


def _print_why(entry: Entry, console: Console) -> None:
    print_text(console, _labelled("Why", entry.rule.why), 2)
    for audit, points in _by_audit(entry.sources).items():
        print_text(console, _labelled("Learned from", f"{audit}: {points}"), 2)


def _by_audit(sources: Sequence[Source]) -> dict[str, str]:
    """Return for each audit, in words, the sections and points that a rule was learned from."""
    found: dict[str, list[str]] = {}
    for source in sources:
        audit = f"{source.partnership}, {source.audit} ({source.month})"
        found.setdefault(audit, []).append(f"{source.section} ({source.point})")
    return {audit: "; ".join(points) for audit, points in found.items()}


def _summary(report: Report) -> str:
    counted = []
    for name, one, more in _COUNTED:
        number = report.counts[name]
        if number:
            said = f"{number} {one if number == 1 else more}"
            if name == "gap" and report.accepted:
                said += f" ({report.accepted} accepted)"
            counted.append(said)
    return f"As of {wording.day(report.as_of)}: {', '.join(counted) or 'nothing to judge'}."


def _tag(verdict: Verdict) -> tuple[str, str]:
    return _TAGS[verdict.name]


def _record(because: Iterable[Because]) -> str:
    """Return recorded values in words: each field's values, with who said them and where."""
    by_field: dict[str, list[str]] = {}
    for each in because:
        who = [
            *([wording.word(each.agency)] if each.agency else []),
            *([each.where] if each.where else []),
            *([f"worked out from {each.worked_out}"] if each.worked_out else []),
        ]
        said = wording.value(each.value, each.kind)
        words = f"{said} ({', '.join(who)})" if who else said
        by_field.setdefault(wording.field_name(each.field), []).append(words)
    return "; ".join(f"{field}: {' / '.join(values)}" for field, values in by_field.items())


def _labelled(label: str, words: str) -> Text:
    return _joined((f"{label}: ", "italic"), (words, ""))


def _joined(*parts: tuple[str, str]) -> Text:
    text = Text()
    for words, style in parts:
        # a space that stands at the edge of a part is ours, and harmless() would keep it
        text.append(harmless(words), style or None)
    return text
