"""A screening as a workbook: a sheet for each thing that an auditor asks of it.

Nothing is told by colour alone, no cell is a formula, and the same screening gives the same bytes.
"""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO, Final, NamedTuple

from checklist import wording
from checklist.receipt import MOST_LISTED, Receipt, as_json
from checklist.receipt_reader import SHEET
from checklist.render.screen import (
    LEFT_OUT,
    besides,
    cases,
    headline,
    in_short,
    named,
    warnings,
)
from checklist.render.sheets import MOST_ROWS, Cell, Column, Marked, Sheet, Sheets, making
from checklist.rule import PRIORITIES
from checklist.screened import Finding
from checklist.screening import MARKS, CaseOfConcern, Mark, RuleCounts, Screening

_ORDER: Final = (
    "Cases stand in an order to read in: first those with most immediate gaps; where these are as "
    "many, most disagreements; then other gaps, what is due, and what is not recorded. It is no "
    "score, and says nothing about a family."
)
_COUNTED: Final = (
    "A case counts once for each rule, by its most telling verdict, whatever the number of "
    "children or meetings. n is the number of cases to which the rule applies or, where that is "
    "not recorded, may apply. The share is that of gaps among n, the accepted ones too; the 95% "
    "interval (Wilson) says how far chance alone can move it, which is far where n is small."
)
_MARKED: Final[dict[Mark, str]] = {
    "could not be judged": "the engine failed on this rule; it says nothing about the case",
    "gap": "the record shows that it was not done",
    "conflicting": "agencies' records disagree",
    "not recorded": "the record cannot tell; ask",
    "due": "still to be done, and the day by which it must be is ahead",
    "accepted gap": "a gap that was accepted, with a reason and a day on which to look again",
    "met": "what the learning asks for is on the record",
    "not applicable": "the rule does not apply to this case (n/a in the matrix)",
}
_WIDE: Final = 110
_A3: Final = 8
_CHUNK: Final = 30_000


def write_workbook(screening: Screening, to: IO[bytes], receipt: Receipt) -> None:
    """Write a screening, whose cases have their findings, and its receipt as a workbook.

    Raises BadInput where XlsxWriter is not installed.
    """
    with making(to, "Screening of case records") as sheets:
        _Workbook(screening, receipt, sheets).write()


class _Question(NamedTuple):
    """A question, with the cases and the rules that wait for its answer."""

    question: str
    cases: dict[str, None]
    rules: dict[str, None]


class _Workbook:
    def __init__(self, screening: Screening, receipt: Receipt, sheets: Sheets) -> None:
        self._screening = screening
        self._receipt = receipt
        self._sheets = sheets
        self._rules = {each.rule.id: each for each in screening.themes}
        self._lists_cases = screening.below is None
        self._told: list[tuple[str, str]] = []
        self._cut: list[str] = []

    def write(self) -> None:
        overview = self._sheet("Overview", "#1F3864")
        if self._lists_cases:
            self._write_cases()
            self._write_matrix()
        self._write_themes()
        if self._lists_cases:
            self._write_open_points()
            self._write_questions()
        self._write_queries()
        self._write_making()
        if self._lists_cases:
            self._write_receipt()
        self._write_overview(overview)

    def _sheet(self, name: str, tab: str | None = None) -> Sheet:
        return self._sheets.add(name, footer=f"Receipt {self._receipt.short}", tab=tab)

    def _table(
        self,
        name: str,
        says: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        frozen: int = 1,
        printed: int | None = None,
    ) -> Sheet:
        sheet = self._sheet(name)
        number = sheet.table(columns, rows, frozen=frozen, printed=printed)
        self._tell(name, says, number)
        return sheet

    def _tell(self, name: str, says: str, rows: int | None = None) -> None:
        self._told.append((name, says if rows is None else f"{says}: {rows:,}"))
        if rows is not None and rows >= MOST_ROWS:
            self._cut.append(
                f"A sheet holds {MOST_ROWS:,} rows and no more. {name} would have {rows + 1:,}, so "
                "the last ones are left out here; --format jsonl has every case."
            )

    # -- the sheets ----------------------------------------------------------------------------

    def _write_overview(self, sheet: Sheet) -> None:
        screening = self._screening
        sheet.widths((24, _WIDE))
        sheet.write(0, 0, "Screening of case records", "title")
        row = 2
        said = [headline(screening), *in_short(screening.themes), *warnings(screening)]
        if self._lists_cases and not screening.is_whole:
            said.append(f"Of these the {cases(len(screening.cases))} that stand first are listed.")
        for heading, lines in (
            ("In short", [("", each) for each in (*said, *self._cut)]),
            ("Sheets", self._told),
            ("How it was counted", [("", _COUNTED)]),
        ):
            sheet.write(row, 0, heading, "heading")
            for row, line in enumerate(lines, row + 1):  # noqa: B020
                sheet.row(row, line, ("plain bold", "plain"))
            row += 2
        sheet.write(row, 0, "What the words mean", "heading")
        for row, mark in enumerate(MARKS, row + 1):  # noqa: B020
            sheet.row(row, (Marked(mark, mark), _MARKED[mark]), ("text", "plain"))

    def _write_cases(self) -> None:
        columns = (
            Column("Order", 7), Column("Case", 32, "bold"), Column("Authority", 12),
            Column("Audit", 7), Column("As of", 13), Column("Why it stands here", 38),
            Column("Immediate gaps", 11), Column("Records disagree", 10),
            Column("Other gaps", 8), Column("Due", 7), Column("Not recorded", 10),
            Column("Could not be judged", 10), Column("Accepted gaps", 10),
            Column("Which immediate gaps", 50), Column("Records to check", 30),
            Column("File", 60), Column("Line", 8),
        )  # fmt: skip
        says = f"{_ORDER} Cases"
        self._table("Cases", says, columns, self._case_rows(), frozen=2, printed=14)

    def _case_rows(self) -> Iterator[Sequence[Cell]]:
        titles = {each.query.id: each.query.title for each in self._screening.queries}
        for number, case in enumerate(self._screening.cases, 1):
            kept, why = case.kept, case.reasons
            yield (
                number, case.case, kept.authority, kept.audit, kept.as_of,
                wording.sentence(why.words), why.immediate, why.conflicting, why.other_gaps,
                why.due, why.not_recorded, why.not_judged, why.accepted,
                "; ".join(self._rules[rule].rule.title for rule in case.immediate),
                "; ".join(titles[query] for query in kept.queries), kept.file, kept.line,
            )  # fmt: skip

    def _write_matrix(self) -> None:
        """Write what each rule says of each case; a theme's name stands above its first rule."""
        sheet = self._sheet("Matrix")
        themes = self._screening.themes
        sheet.widths((7, 34, *(9.5 for _ in themes)))
        sheet.raw.set_row(0, 18)
        sheet.raw.set_row(1, 230)
        sheet.write(1, 0, "Order", "head")
        sheet.write(1, 1, "Case", "head")
        for column, each in enumerate(themes, 2):
            immediate = " (immediate)" if each.rule.priority == "immediate" else ""
            sheet.write(1, column, f"{each.rule.title}{immediate}", "turned")
        column = 2
        for theme, rules in groupby(themes, key=lambda each: each.theme):
            sheet.write(0, column, theme, "heading")
            column += len(list(rules))
        for row, case in enumerate(self._screening.cases, 2):
            sheet.row(row, (row - 1, case.case), ("text", "bold"))
            sheet.raw.set_row(row, 26)
            for column, each in enumerate(themes, 2):
                mark = case.marks.get(each.rule.id, "not applicable")
                sheet.write(row, column, Marked(_short(mark), mark))
        sheet.raw.freeze_panes(2, 2)
        sheet.raw.autofilter(1, 0, max(len(self._screening.cases) + 1, 2), len(themes) + 1)
        sheet.raw.set_paper(_A3)
        sheet.raw.fit_to_pages(0, 0)
        sheet.raw.set_print_scale(50)
        sheet.raw.repeat_rows(0, 1)
        sheet.raw.repeat_columns(0, 1)
        self._tell("Matrix", "What each rule says of each case, by its most telling verdict")

    def _write_themes(self) -> None:
        columns = (
            Column("Theme", 20), Column("Rule", 44, "bold"), Column("Priority", 13),
            Column("n", 7), Column("Gaps", 7), Column("Share of gaps", 10, "percent"),
            Column("95% from", 8, "percent"), Column("95% to", 8, "percent"),
            Column("Of these accepted", 10), Column("Records disagree", 10),
            Column("Not recorded", 10), Column("Due", 7), Column("Met", 7),
            Column("Not applicable", 11), Column("Could not be judged", 10),
            Column("Published by audits, and to be said besides", 56),
            Column("Cases with an open gap", 80), Column("Rule's id", 32),
        )  # fmt: skip
        says = "What each rule says across the cohort, with what audits published. Rules"
        rows = [self._theme_row(each) for each in self._screening.themes]
        sheet = self._table("Themes", says, columns, rows, frozen=2, printed=16)
        sheet.raw.conditional_format(
            1, 5, max(len(rows), 1), 5,
            {
                "type": "data_bar", "bar_color": "#F4A6A0", "bar_solid": True,
                "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
            },
        )  # fmt: skip

    def _theme_row(self, each: RuleCounts) -> Sequence[Cell]:
        counts, share = each.counts, each.share
        low, high = (None, None) if share is None else (share.low, share.high)
        behind = None if each.cases is None else each.cases["gap"]
        return (
            each.theme, each.rule.title, each.rule.priority, _count(each.n), _count(each.gaps),
            None if share is None else share.counted / share.of, low, high,
            *(_count(counts[mark]) for mark in (
                "accepted gap", "conflicting", "not recorded", "due", "met", "not applicable",
                "could not be judged",
            )),
            " ".join(besides(each)), named(behind) if behind else None, each.rule.id,
        )  # fmt: skip

    def _write_open_points(self) -> None:
        columns = (
            Column("Case", 30, "bold"), Column("Authority", 14), Column("Verdict", 14),
            Column("Priority", 13), Column("Theme", 18), Column("Title", 34), Column("About", 26),
            Column("What was found", 50), Column("Who says what", 50), Column("What closes it", 50),
            Column("Close by", 13), Column("Accepted", 30), Column("Rule", 26),
        )  # fmt: skip
        says = (
            "Every verdict that leaves something to do, to settle or to ask, one a row, ready to "
            "filter. Open points"
        )
        sheet = self._table("Open points", says, columns, self._open_rows(), printed=11)
        sheet.raw.set_paper(_A3)

    def _open_rows(self) -> Iterator[Sequence[Cell]]:
        for case, found in self._findings():
            each = self._rules[found.rule]
            mark = _mark(found)
            reason = found.reason
            if found.disputed:
                reason += " Whether this applies is disputed."
            yield (
                case.case, case.kept.authority, Marked(mark, mark), each.rule.priority, each.theme,
                each.rule.title, found.label, reason, found.says, found.close, found.by,
                found.accepted, found.rule,
            )  # fmt: skip

    def _findings(self) -> Iterator[tuple[CaseOfConcern, Finding]]:
        """Yield what is open, by case in their order; in a case the most urgent comes first."""
        for case in self._screening.cases:
            for found in sorted(case.kept.findings or (), key=self._of_finding):
                yield case, found

    def _of_finding(self, found: Finding) -> tuple[int, int]:
        return PRIORITIES.index(self._rules[found.rule].rule.priority), MARKS.index(_mark(found))

    def _write_questions(self) -> None:
        columns = (
            Column("Question", 70, "bold"), Column("Number of cases", 9), Column("Cases", 50),
            Column("Most urgent", 17), Column("Rules that wait", 70),
        )  # fmt: skip
        says = (
            "What to ask, since it is not recorded; one answer can serve several rules. Questions"
        )
        self._table("Questions", says, columns, self._question_rows())

    def _question_rows(self) -> Iterator[Sequence[Cell]]:
        asked: dict[str, _Question] = {}
        for case, found in self._findings():
            for question in found.questions:
                each = asked.setdefault(question, _Question(question, {}, {}))
                each.cases[case.case] = None
                each.rules[found.rule] = None
        for each in sorted(asked.values(), key=self._urgency):
            rules = [self._rules[rule].rule for rule in each.rules]
            yield (
                each.question, len(each.cases), ", ".join(each.cases),
                min((rule.priority for rule in rules), key=PRIORITIES.index),
                "; ".join(rule.title for rule in rules),
            )  # fmt: skip

    def _urgency(self, each: _Question) -> tuple[object, ...]:
        first = min(PRIORITIES.index(self._rules[rule].rule.priority) for rule in each.rules)
        return first, -len(each.cases), -len(each.rules), each.question

    def _write_queries(self) -> None:
        columns = (
            Column("What does not fit together", 60, "bold"), Column("Cases", 9),
            Column("Could not be judged", 10), Column("Which cases", 60), Column("Query", 34),
        )  # fmt: skip
        rows: list[Sequence[Cell]] = [
            (
                each.query.title, _count(each.raised), _count(each.not_judged),
                ", ".join(each.cases or ()), each.query.id,
            )
            for each in self._screening.queries
            if each.raised != 0 or each.not_judged != 0
        ]  # fmt: skip
        says = "What to check in the records: about the record, and not about practice. Queries"
        self._table("Records to check", says, columns, rows)

    def _write_making(self) -> None:
        receipt, asked = self._receipt, self._receipt.asked
        settings = ", ".join(f"{name}: {value}" for name, value in asked.settings.items())
        days = "each as of its record's own day"
        if receipt.today is not None:
            days += f", or of {wording.day(receipt.today)} where it names none"
        rows: list[tuple[str, Cell]] = [
            ("Program", f"checklist {asked.program}"),
            ("Rulebook (SHA-256)", asked.rulebook),
            ("Settings other than the default", settings or "none"),
            ("Rules chosen", ", ".join(asked.rules) or "all"),
            ("Themes chosen", ", ".join(asked.themes) or "all"),
            ("Only the cases of audit", asked.audit or "no audit: all cases"),
            ("Judged as of", days if asked.as_of is None else asked.as_of),
            ("Cases screened", receipt.cases),
            *(self._of_single_cases() if self._lists_cases else ()),
            ("Receipt (SHA-256)", receipt.sha256),
        ]
        sheet = self._sheet("How it was made")
        sheet.widths((44, _WIDE))
        for row, line in enumerate(rows):
            number = isinstance(line[1], int)
            sheet.row(row, line, ("bold", "left number" if number else "text"))
        self._tell("How it was made", "The program, the rulebook, the settings and the command")

    def _of_single_cases(self) -> Iterator[tuple[str, Cell]]:
        """Yield what can name a case, or is a small number itself, and how to verify it all."""
        receipt = self._receipt
        yield "Command", shlex.join(("checklist", *receipt.asked.command))
        yield "Cases that are not the audit's, or not clearly", receipt.left
        yield "Cases that cannot be used", receipt.unread
        for each in self._screening.unread:
            yield from (("", sentence) for sentence in each.sentences)
        yield (
            "To check that it still holds",
            "checklist verify THIS-WORKBOOK.xlsx CASE... says whether the same cases still give "
            "the same verdicts. The hash shows that nobody changed the receipt, as long as it is "
            "also kept somewhere else, such as in the minutes.",
        )

    def _write_receipt(self) -> None:
        receipt = self._receipt
        sheet = self._sheet(SHEET)
        sheet.widths((_WIDE,))
        row = 0
        for line in as_json(receipt).splitlines():
            for at in range(0, len(line), _CHUNK):
                sheet.write(row, 0, line[at : at + _CHUNK], "mono")
                row += 1
        says = "For `checklist verify`: the hashes of what went in and of what came out"
        if receipt.entries is None:
            says += f" (without the single cases, which are listed up to {MOST_LISTED})"
        self._tell(SHEET, says)


def _mark(found: Finding) -> Mark:
    return "accepted gap" if found.accepted else found.verdict


def _short(mark: Mark) -> str:
    return "n/a" if mark == "not applicable" else mark


def _count(number: int | None) -> Cell:
    return LEFT_OUT if number is None else number
