"""The terminal report: plain headings and words, 80 columns, colour only as an addition.

Everything from a record goes into rich as `Text`, made harmless first: never into a markup string.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO, TYPE_CHECKING, Final

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from checklist import wording
from checklist.report import Check, Entry, Question, Report, Section, SectionName
from checklist.rule import Setting, VerdictName
from checklist.text import harmless
from checklist.verdict import Accepted, Asked, Because, Verdict, asked_together

if TYPE_CHECKING:
    from checklist.audit import Audit

WIDTH: Final = 80
WIDEST: Final = 100

_TAGS: Final[dict[str, tuple[str, str]]] = {
    "met": ("MET", "green"),
    "gap": ("GAP", "bold red"),
    "due": ("DUE", "bold yellow"),
    "conflicting": ("DISAGREE", "bold magenta"),
    "not recorded": ("ASK", "bold cyan"),
    "not applicable": ("N/A", "dim"),
    "could not be judged": ("NOT JUDGED", "bold red"),
}
_TAGS_OF_TERMS: Final = {
    "yes": ("YES", "bold"),
    "no": ("NO", "bold"),
    "records disagree": _TAGS["conflicting"],
}
MOST_QUESTIONS, MOST_TITLES, MOST_LINES = 12, 3, 4
"""The most questions of a section, points of a question and lines of a record that are printed
where not all is wanted; the others are counted."""

MOST_STRENGTHS: Final = 3
"""The most points of practice that are named at the top for working well."""

_JUDGE: Final = ("JUDGE", "bold cyan")
_QUERY: Final = ("QUERY", "bold magenta")
_TITLES: Final[dict[SectionName, str]] = {
    "first": "Needs doing first",
    "next": "To be done next",
    "routine": "Also to be done",
    "disagree": "Records disagree",
    "check": "Check the record",
    "ask": "Not recorded: ask",
    "judge": "For a person to judge",
    "not judged": "Could not be judged",
    "accepted": "Gaps that were accepted",
    "working well": "What is working well",
    "not applicable": "Not applicable",
}
_COUNTED: Final[tuple[VerdictName, ...]] = (
    "gap",
    "due",
    "conflicting",
    "not recorded",
    "met",
    "not applicable",
    "could not be judged",
)


def console_for(stream: IO[str], *, plain: bool = False) -> Console:
    """Return a console on a stream: a terminal's width up to 100 columns, 80 where there is none.

    `plain` leaves colour and styles out, whatever the stream and the environment are.
    """
    console = Console(
        file=stream,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=False if plain else None,
    )
    # both are set, so that the terminal is not asked again for each line
    console.size = ConsoleDimensions(
        min(console.width, WIDEST) if console.is_terminal else WIDTH, console.height
    )
    return console


def print_text(console: Console, text: Text, indent: int = 0) -> None:
    """Print text wrapped to the console's width, without blanks at the ends of its lines.

    Indented text hangs: its later lines stand two columns further in than its first.
    """
    console.print(_wrapped(console, text, indent), soft_wrap=True)


def _wrapped(console: Console, text: Text, indent: int) -> Text:
    hang = 2 if indent else 0
    width = console.width - indent - hang
    if text.cell_len <= width and "\n" not in text.plain:
        text.rstrip()
        return Text(" " * indent).append_text(text) if indent else text
    whole = Text()
    for number, line in enumerate(text.wrap(console, width)):
        line.rstrip()
        whole.append("\n" if number else "")
        whole.append(" " * (indent + (hang if number else 0)))
        whole.append_text(line)
    return whole


def tag_of(answer: str) -> tuple[str, str]:
    """Return the word that stands before a verdict, or before what a term is, and its style."""
    return _TAGS.get(answer) or _TAGS_OF_TERMS[answer]


def print_report(
    report: Report, console: Console, *, all_verdicts: bool = False, why: bool = False
) -> None:
    """Print one gap report.

    `all_verdicts` lists also what does not apply and shows the record behind what is met; `why`
    says why each point matters and which audit taught it.
    """
    _ReportPrinter(report, console, all_verdicts=all_verdicts, why=why).print()


class _ReportPrinter:
    """Prints one report to one console."""

    def __init__(self, report: Report, console: Console, *, all_verdicts: bool, why: bool) -> None:
        self.report = report
        self.console = console
        self.all_verdicts = all_verdicts
        self.why = why
        self._explained: set[str] = set()
        self._lines: list[Text] = []

    def print(self) -> None:
        self._whole()
        # one call for the whole report: a call a line would take as long as judging the case
        if self.console.is_terminal:
            self.console.print(Text("\n").join(self._lines), soft_wrap=True)
        else:  # no styles, so nothing for rich to do
            self.console.file.write("".join(f"{line.plain}\n" for line in self._lines))

    def _whole(self) -> None:
        report = self.report
        self._say(_joined((f"Gap report: {report.case_id}", "bold")))
        if report.about:
            self._say(Text(harmless(report.about), "dim"))
        self._say(Text(summary_of(report)))
        self._strengths()
        if report.settings:
            self._say(Text(harmless(local_settings(report.settings)), "dim"))
        for section in report.sections:
            if section.name == "not applicable" and not self.all_verdicts:
                number = sum(len(entry.verdicts) for entry in section.entries)
                self._lines.append(Text())
                self._say(Text(f"{_TITLES[section.name]}: {number} (list with --all)", "dim"))
                continue
            self._heading(self._title(section))
            self._section(section)
        if report.notes:
            self._heading("About the record")
            for note in report.notes:
                self._say(Text(harmless(note)))
        if self.why:
            self._audits()

    def _strengths(self) -> None:
        """Open with what works well, as the audits do: some points here, all of them below."""
        met = [section for section in self.report.sections if section.name == "working well"]
        titles = [
            entry.rule.title
            for section in met
            for entry in section.entries
            if len(entry.verdicts) == entry.of  # not of one child, and a gap for another
        ]
        if len(titles) <= MOST_STRENGTHS:
            return
        named = "; ".join(titles[:MOST_STRENGTHS])
        self._labelled("Working well", f"{named}; {len(titles) - MOST_STRENGTHS} more below", 0)

    # -- sections -----------------------------------------------------------------------------

    def _title(self, section: Section) -> str:
        conference = self.report.next_conference
        if section.name == "next" and conference is not None:
            left = wording.day_count((conference - self.report.as_of).days)
            return f"Before the conference on {wording.day(conference)} ({left})"
        return _TITLES[section.name]

    def _section(self, section: Section) -> None:
        match section.name:
            case "ask":
                self._questions(section.questions, _TAGS["not recorded"])
            case "judge":
                self._questions(section.questions, _JUDGE)
            case "working well":
                for entry in section.entries:
                    self._met(entry)
            case "not applicable":
                for entry in section.entries:
                    self._not_applicable(entry)
            case _:
                for number, entry in enumerate(section.entries):
                    if number:
                        self._lines.append(Text())
                    self._entry(entry)
                for number, check in enumerate(section.checks):
                    if number or section.entries:
                        self._lines.append(Text())
                    self._check(check)

    def _entry(self, entry: Entry) -> None:
        self._say(_joined(_TAGS[entry.verdicts[0].name], (f" {entry.rule.title}", "bold")))
        for verdict in entry.verdicts:
            self._verdict(verdict)
        closes = dict.fromkeys(each.close for each in entry.verdicts if each.accepted is None)
        for close in closes:
            if close:
                self._labelled("Do", close)
        self._why(entry)

    def _check(self, check: Check) -> None:
        """Print one record query: what does not fit together, and what to look up."""
        is_raised = check.answers[0].state == "raised"
        tag = _QUERY if is_raised else _TAGS["could not be judged"]
        self._say(_joined(tag, (f" {check.query.title}", "bold")))
        for answer in check.answers:
            self._say(Text(harmless(answer.message)), 2)
            self._record("Record", answer.because)
        for words in dict.fromkeys(answer.check for answer in check.answers):
            if words:
                self._labelled("Check", words)

    def _verdict(self, verdict: Verdict) -> None:
        if verdict.missing:
            for question, asked in asked_together(verdict.missing).items():
                self._labelled("Ask", self._of_members(question, asked.members))
                self._looked_for(asked)
        elif verdict.name == "conflicting":
            if verdict.subject.kind != "case":
                self._say(Text(harmless(wording.sentence(verdict.subject.label))), 2)
        else:
            self._say(Text(harmless(verdict.message)), 2)
        self._time(verdict)
        self._record("Record", verdict.because)
        if verdict.applies_disputed:
            self._record("Disputed whether this applies", verdict.applies_because)
        for label, words in acceptance_lines(verdict.accepted, verdict.lapsed, self.report.as_of):
            self._labelled(label, words)

    def _questions(self, questions: Sequence[Question], tag: tuple[str, str]) -> None:
        """Print the questions for which most points wait, and all of them where all is wanted."""
        shown = questions if self.all_verdicts else questions[:MOST_QUESTIONS]
        for question in shown:
            self._question(question, tag)
        if len(shown) < len(questions):
            more = f"{len(questions) - len(shown)} more, for fewer points each (list with --all)"
            self._say(Text(f"And {more}.", "dim"))

    def _of_members(self, question: str, members: Sequence[str]) -> str:
        """Return a question with the members of a list that it is asked of, the first of many."""
        if not members:
            return question
        named = list(members if self.all_verdicts else members[:MOST_TITLES])
        if len(named) < len(members):
            named.append(f"{len(members) - len(named)} more")
        return f"{question} ({'; '.join(named)})"

    def _question(self, question: Question, tag: tuple[str, str]) -> None:
        asked = self._of_members(question.text, question.asked.members)
        self._say(_joined(tag, (f" {asked}", "bold")))
        self._looked_for(question.asked)
        entries = question.entries
        verdicts = [verdict for entry in entries for verdict in entry.verdicts]
        titles = [entry.rule.title for entry in entries]
        if len(titles) > MOST_TITLES and not self.all_verdicts:
            more = len(titles) - MOST_TITLES
            titles[MOST_TITLES:] = [f"{more} more point{'' if more == 1 else 's'}"]
        self._labelled("For", "; ".join(titles))
        ahead = [each for each in verdicts if each.days_left is not None and each.days_left >= 0]
        if ahead:
            self._time(min(ahead, key=lambda each: each.days_left or 0))
        so_far = dict.fromkeys(each for verdict in verdicts for each in verdict.because)
        if tag is _JUDGE and not so_far:  # what there is to judge by
            so_far = dict.fromkeys(each for verdict in verdicts for each in verdict.applies_because)
        self._record("Record so far", tuple(so_far))
        for entry in entries:
            disputed = [each.applies_because for each in entry.verdicts if each.applies_disputed]
            which = "this" if len(entries) == 1 else f'"{entry.rule.title}"'
            because = tuple(dict.fromkeys(chain.from_iterable(disputed)))
            self._record(f"Disputed whether {which} applies", because)
        for entry in entries:
            self._why(entry)

    def _met(self, entry: Entry) -> None:
        tag, number = _TAGS["met"], len(entry.verdicts)
        several = number > 1
        ways = [
            verdict.message.partition(f"{entry.rule.title}: ")[2].removesuffix(".")
            for verdict in entry.verdicts
        ]
        if several:
            said = f" {entry.rule.title}: {number} of {entry.of}"
            if not self.all_verdicts:
                said = ", ".join((said, *dict.fromkeys(filter(None, ways))))
                if number < entry.of:  # which of them; all of them need no list
                    said += f" ({'; '.join(verdict.subject.label for verdict in entry.verdicts)})"
            self._say(_joined(tag, (harmless(said), "")))
        for verdict, way in zip(entry.verdicts, ways, strict=True):
            label = harmless(verdict.subject.label)
            if several and self.all_verdicts:
                how = f": {way}" if way else ""
                self._say(Text(f"- {wording.sentence(label)}{how}"), 2)
            elif not several and way and verdict.subject.kind != "case":
                about = f" {harmless(verdict.message).removesuffix('.')} ({label})."
                self._say(_joined(tag, (about, "")))
            elif not several:
                self._say(_joined(tag, (f" {verdict.message}", "")))
            if self.all_verdicts:
                self._record("Record", verdict.because, 4 if several else 2)
            if verdict.applies_disputed:
                self._record("Disputed whether this applies", verdict.applies_because)
        self._why(entry)

    def _not_applicable(self, entry: Entry) -> None:
        self._say(_joined(_TAGS["not applicable"], (f" {entry.rule.title}", "")))
        for verdict in entry.verdicts:
            about = "" if verdict.subject.kind == "case" else f"{verdict.subject.label}: "
            said = wording.sentence(f"{about}{why_not(verdict)}")
            self._say(Text(harmless(said), "dim"), 2)

    # -- lines --------------------------------------------------------------------------------

    def _time(self, verdict: Verdict) -> None:
        """Say by when, unless that has passed or the section's heading says it."""
        if verdict.deadline is None or verdict.days_left is None or verdict.days_left < 0:
            return
        if verdict.name == "due" and verdict.deadline == self.report.next_conference:
            return
        left = wording.day_count(verdict.days_left)
        self._labelled("By", f"{wording.day(verdict.deadline)}, {left}")

    def _looked_for(self, asked: Asked) -> None:
        for line in looked_for_lines(asked):
            self._say(Text(harmless(line)), 2)

    def _record(self, label: str, because: Sequence[Because], indent: int = 2) -> None:
        lines = record_lines(because)
        if len(lines) > MOST_LINES and not self.all_verdicts:
            lines[MOST_LINES - 1 :] = [f"and {len(lines) - MOST_LINES + 1} more (list with --all)"]
        if len(lines) == 1:
            self._labelled(label, lines[0], indent)
        elif lines:
            self._say(Text(f"{label}:", "italic"), indent)
            for line in lines:
                self._say(Text(f"- {harmless(line)}"), indent + 2)

    def _why(self, entry: Entry) -> None:
        """Say once for each rule why it matters and which audits taught it."""
        if not self.why or entry.rule.id in self._explained:
            return
        self._explained.add(entry.rule.id)
        self._labelled("Why", entry.rule.why)
        by_audit: dict[str, list[str]] = {}
        for source in entry.sources:
            partnership = source.audit.partnership.partition(" (")[0]
            audit = f"{partnership}, {wording.month(source.audit.month)}"
            by_audit.setdefault(audit, []).append(source.point.id)
        if by_audit:
            learned = [f"{audit} ({', '.join(points)})" for audit, points in by_audit.items()]
            self._labelled("Learned from", "; ".join(learned))
        if entry.rule.source is not None:
            self._labelled("Source", entry.rule.source)

    def _audits(self) -> None:
        """Print where each learning point that the report names was taught."""
        cited: dict[str, tuple[Audit, dict[str, str]]] = {}
        for section in self.report.sections:
            for entry in section.entries:
                for source in entry.sources:
                    point, audit = source.point, source.audit
                    cited.setdefault(audit.id, (audit, {}))[1][point.id] = point.section
        if not cited:
            return
        self._heading("The audits")
        for _, (audit, points) in sorted(cited.items()):
            month = wording.month(audit.month)
            self._say(Text(harmless(f"{audit.partnership}, {month}: {audit.title}")))
            by_section: dict[str, list[str]] = {}
            for point_id, of_section in sorted(points.items()):
                by_section.setdefault(of_section, []).append(point_id)
            for of_section, ids in by_section.items():
                self._say(Text(harmless(f"{', '.join(ids)}: {of_section}")), 2)

    def _heading(self, words: str) -> None:
        self._lines.append(Text())
        self._say(Text(words, "bold underline"))
        self._lines.append(Text())

    def _labelled(self, label: str, words: str, indent: int = 2) -> None:
        self._say(_joined((f"{label}: ", "italic"), (words, "")), indent)

    def _say(self, text: Text, indent: int = 0) -> None:
        self._lines.append(_wrapped(self.console, text, indent))


def summary_of(report: Report) -> str:
    """Return how many there are of each verdict, in a line."""
    questions = sum(len(section.questions) for section in report.sections)
    counted = []
    for name in _COUNTED:
        number = report.counts[name]
        if not number:
            continue
        said = f"{number} {name}" if name != "gap" or number == 1 else f"{number} gaps"
        if name == "gap" and report.accepted:
            said += f" ({report.accepted} accepted)"
        if name == "not recorded":
            said += f" ({questions} question{'' if questions == 1 else 's'})"
        counted.append(said)
    for section in report.sections:
        number = sum(len(check.answers) for check in section.checks)
        if number:
            things = "1 thing in the record" if number == 1 else f"{number} things in the record"
            to_do = "to check" if section.name == "check" else "could not be checked"
            counted.append(f"{things} {to_do}")
    return f"As of {wording.day(report.as_of)}: {', '.join(counted) or 'nothing to judge'}."


def local_settings(settings: Iterable[Setting]) -> str:
    """Return the local settings whose value is not the default, in a sentence."""
    said = [
        f"{setting.id} {wording.amount(setting.value, setting.unit)} "
        f"(default {wording.amount(setting.default)})"
        for setting in settings
    ]
    return f"Local settings: {', '.join(said)}."


def record_lines(because: Iterable[Because]) -> list[str]:
    """Return recorded values in words, a line a field, with who said them and where."""
    by_field: dict[tuple[str | None, str], list[str]] = {}
    for each in because:
        said = wording.value(each.value, each.kind)
        who = provenance(each)
        by_field.setdefault((each.about, each.name), []).append(f"{said} ({who})" if who else said)
    return [
        f"{f'{about}, ' if about else ''}{name}: {' / '.join(values)}"
        for (about, name), values in by_field.items()
    ]


def looked_for_lines(asked: Asked) -> Iterator[str]:
    """Yield where the answers to a question were looked for, and whose where not all members'."""
    for looked, members in asked.looked_for:
        said = f"looked for {wording.day(looked.date)} ({looked.where}): not there."
        whose = "" if members == asked.members else f"{'; '.join(members)}: "
        yield wording.sentence(f"{whose}{said}")


def why_not(verdict: Verdict) -> str:
    """Return why a rule does not apply, for where it has been said that it does not."""
    return verdict.message.removeprefix("Does not apply").lstrip(":, ")


def acceptance_lines(
    accepted: Accepted | None, lapsed: Accepted | None, as_of: datetime.date
) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a gap's acceptance, each line with its label."""
    if accepted is not None:
        yield "Accepted by", f"{accepted.role}: {accepted.reason}"
        left = wording.day_count((accepted.review - as_of).days)
        yield "Review by", f"{wording.day(accepted.review)}, {left}"
    if lapsed is not None:
        said = f"{wording.day(lapsed.review)} ({lapsed.role}: {lapsed.reason})"
        yield "Was accepted until", said


def provenance(because: Because) -> str:
    """Return who said a value, where and when, or what it was worked out from."""
    agency = wording.word(because.agency) if because.agency else ""
    where = because.where or ""
    place = where.partition(":")[0]  # after it, a judgement has the reason in somebody's own words
    if agency.casefold() in place.casefold():
        agency = ""  # "early help, early help file" says it twice
    said_on = wording.day(because.said_on) if because.said_on and not because.agreed else ""
    worked_out = f"worked out from {because.worked_out}" if because.worked_out else ""
    parts = (agency, where, said_on, because.agreed, worked_out)
    return ", ".join(part.rstrip(".") for part in parts if part)


def _joined(*parts: tuple[str, str]) -> Text:
    text = Text()
    for words, style in parts:
        text.append(harmless(words), style or None)
    return text
