"""A learning briefing in words, in the seven parts that partnerships' own briefings have."""

from collections.abc import Iterator
from typing import Final

from checklist import wording
from checklist.briefing import Briefing, Number, Practice, Question
from checklist.receipt import Receipt
from checklist.render.blocks import Block, Bullets, Heading, Notes, Say, Table
from checklist.render.screen import published

MOST_IDS: Final = 40
"""The most cases that a note names."""

BLANK: Final = "__________"
"""What people have to fill in."""

_UNCLEAR: Final = {
    "no": "would not have been chosen",
    "disputed": "agencies differ on what decides it",
    "not recorded": "what decides it is not recorded",
    "could not be judged": "could not be judged",
}


def blocks_of(found: Briefing, receipt: Receipt | None = None) -> list[Block]:
    """Return a briefing as blocks, with what tells its receipt from others at the end."""
    blocks = _Writer(found).blocks()
    return blocks if receipt is None else [*blocks, _receipt(receipt)]


class _Writer:
    """Writes one briefing, and numbers the notes that say which cases a number counts."""

    def __init__(self, found: Briefing) -> None:
        self.found = found
        self._notes: dict[tuple[str, ...], int] = {}

    def blocks(self) -> list[Block]:
        return [
            *self._opening(),
            *self._why(),
            *self._looked_at(),
            *self._working_well(),
            *self._to_develop(),
            *self._actions(),
            *self._questions(),
            *self._resources(),
            *self._behind(),
        ]

    # -- the seven parts -----------------------------------------------------------------------

    def _opening(self) -> Iterator[Block]:
        audit = self.found.audit
        yield Heading("Seven-point briefing: what our case records show", 1)
        yield Say(f"After the audit: {_document(audit.partnership, audit.month, audit.title)}")
        said = (
            "DRAFT for people to check, correct and complete. It was put together by a program "
            "from case records. It speaks of the records, never of a family or a worker, and gives "
            "no grade."
        )
        if self.found.below is None:
            said += " A number in square brackets leads to the cases behind a count, at the end."
        yield Say(said, aside=True)
        yield from self._made_up()

    def _made_up(self) -> Iterator[Block]:
        made_up, cases = self.found.made_up, self.found.cases
        if made_up.number == 0:
            return
        if made_up.number is None:
            which = "Some of the cases are"
        elif made_up.number == cases.number:
            which = "All of the cases are"
        else:
            which = f"{self._count(made_up)} of the {cases.number} cases are"
        yield Say(
            f"{which} made up (reconstructed or synthetic), about no real family: what they "
            "show says nothing about practice anywhere."
        )

    def _why(self) -> Iterator[Block]:
        found = self.found
        yield Heading("1. Why look at this?")
        points = len(found.audit.points)
        yield Say(
            f"This audit taught {points} points. The question here is which of them our own case "
            f"records bear out. Our reason for asking now: {BLANK}"
        )
        reasons = [(f"{each.rule.title}.", each.rule.why) for each in found.to_develop[:3]]
        if reasons:
            yield Say("Why the points that stand out below matter:")
            yield Bullets(tuple(reasons))

    def _looked_at(self) -> Iterator[Block]:
        found = self.found
        yield Heading("2. What we looked at")
        if found.audit.selection is None:
            chosen = "that were given; the audit does not say how it chose its own."
        else:
            chosen = (
                "whose records fit how the audit chose its own. That audit looked at: "
                f"{found.audit.selection.says}"
            )
        yield Say(f"{wording.sentence(self._cases(found.cases))} {chosen}")
        yield Say(f"{self._areas()}{self._days()} Each was held against {found.rules} rules.")
        if found.left_out.number != 0:
            said = wording.sentence(self._cases(found.left_out))
            one = found.left_out.number == 1
            yield Say(f"{said} would not have been chosen, and {_are(one)} not counted.")
        if found.unclear.number != 0:
            said = wording.sentence(self._cases(found.unclear))
            one = found.unclear.number == 1
            why = "its record leaves open whether it fits"
            if not one:
                why = "their records leave open whether they fit"
            yield Say(f"{said} {_are(one)} not counted, since {why}.")
        if found.unread:
            yield Say(f"Records that could not be used: {found.unread}.")

    def _areas(self) -> str:
        areas = self.found.areas
        if not areas:
            return ""
        said = [f"{area.name or 'no authority named'}: {self._count(area.cases)}" for area in areas]
        return f"By authority: {wording.listed(said)}. "

    def _days(self) -> str:
        first, last = self.found.first_day, self.found.last_day
        if first is None or last is None:
            return ""
        until = "" if first == last else f" to {wording.day(last)}"
        return f"The records were read as they stood on {wording.day(first)}{until}."

    def _working_well(self) -> Iterator[Block]:
        yield Heading("3. What is working well")
        found = self.found.working_well
        if not found:
            yield Say("No point of practice is on record as met in most cases.")
            return
        yield Bullets(
            tuple(
                (
                    f"{each.rule.title}:",
                    f"met in {self._of(each.met, each)}.{self._published(each)}",
                )
                for each in found
            )
        )

    def _to_develop(self) -> Iterator[Block]:
        yield Heading("4. What to develop")
        found = self.found.to_develop
        if not found:
            yield Say("Nothing is open that could be shown.")
            return
        yield Say(self._about_the_numbers())
        yield Bullets(
            tuple(
                (f"{each.rule.title}:", f"{self._open(each)}.{self._published(each)}")
                for each in found
            )
        )

    def _actions(self) -> Iterator[Block]:
        yield Heading("5. What we will do")
        found = self.found.actions
        if not found:
            yield Say(f"To be agreed: {BLANK}")
            return
        yield Say("Draft actions, from what closes such a gap; to be agreed, changed or dropped.")
        rows = tuple(
            (each.rule.title, wording.neutral(each.rule.close, each.rule.for_each), "", "")
            for each in found
        )
        yield Table(("For", "Draft action", "Owner", "By when"), rows, (24, 50, 14, 12))

    def _questions(self) -> Iterator[Block]:
        yield Heading("6. Questions for the board")
        found = self.found.questions
        if not found:
            yield Say("The audit left no question to a board.")
            return
        rows = tuple((each.point.question or "", self._answer(each)) for each in found)
        yield Table(("Question", "What a screening of these cases can say"), rows, (40, 60))
        if self.found.more_questions:
            more = self.found.more_questions
            yield Say(
                f"{more} more question{'' if more == 1 else 's'} of the audit: checklist rules "
                f"coverage --audit {self.found.audit.id}",
                aside=True,
            )

    def _resources(self) -> Iterator[Block]:
        audit = self.found.audit
        yield Heading("7. Resources")
        named = [*self.found.to_develop, *self.found.working_well]
        taught = [
            point.id
            for point in audit.points
            if any(point.id in each.rule.learned_from for each in named)
        ]
        own = f"; its points {', '.join(taught)}" if taught else ""
        items = [("", f"{_document(audit.partnership, audit.month, audit.title)}{own}.")]
        sources = dict.fromkeys(each.rule.source for each in named if each.rule.source is not None)
        items += [("", source) for source in sources]
        items.append(
            (
                "",
                "The rule behind each point: checklist rules show ID ("
                + ", ".join(each.rule.id for each in self.found.to_develop)
                + ").",
            )
        )
        items.append(("", f"Local guidance and services: {BLANK}"))
        yield Bullets(tuple(items))

    def _behind(self) -> Iterator[Block]:
        found = self.found
        yield Heading("Where the numbers come from")
        if found.below is not None:
            yield Say(
                f"Numbers of cases from 1 to {found.below - 1} are left out, and further ones from "
                "which they could be worked out, so that nothing here points at a family. For the "
                "same reason it is not said which cases are behind a number.",
                aside=True,
            )
            return
        yield Notes(tuple((f"[{mark}]", _ids(cases)) for cases, mark in self._notes.items()))
        if found.why_not:
            yield Say("Why cases were not counted:")
            yield Bullets(
                tuple(
                    (f"{each.case}:", " ".join(each.why) or f"{_UNCLEAR[each.qualifies]}.")
                    for each in found.why_not[:MOST_IDS]
                )
            )
            if len(found.why_not) > MOST_IDS:
                yield Say(f"And {len(found.why_not) - MOST_IDS:,} more.", aside=True)

    # -- numbers ---------------------------------------------------------------------------------

    def _about_the_numbers(self) -> str:
        said = (
            "A gap is what the record shows was not done; not recorded means that nobody wrote it "
            "down, which is not the same."
        )
        number = self.found.cases.number
        if number is not None and number < 30:
            said += (
                f" These are {number} cases: the intervals are wide, one more case would change "
                "each number, and nothing here is a trend."
            )
        return said

    def _open(self, practice: Practice, *, intervals: bool = True) -> str:
        said = []
        if practice.gaps.number is None:
            said.append("gap: number left out")
        elif practice.gaps.number:
            interval = ""
            if practice.share is not None and intervals:
                low, high = round(practice.share.low * 100), round(practice.share.high * 100)
                interval = f" (95% interval {low} to {high}%)"
            said.append(f"gap in {self._of(practice.gaps, practice, interval)}")
        for number, words in (
            (practice.conflicting, "records disagree in"),
            (practice.not_recorded, "not recorded in"),
        ):
            if number.number:
                said.append(f"{words} {self._of(number, practice)}")
        return "; ".join(said)

    def _answer(self, question: Question) -> str:
        said = [f"{each.rule.title}: {self._says(each)}." for each in question.practices[:1]]
        return " ".join((*said, question.point.screening or ""))

    def _says(self, practice: Practice) -> str:
        if practice.met.number is None:
            return self._open(practice, intervals=False) or "met: number left out"
        return self._open(practice, intervals=False) or f"met in {self._of(practice.met, practice)}"

    def _of(self, number: Number, practice: Practice, interval: str = "") -> str:
        """Return a number of the cases to which a rule applies, with the mark of its note."""
        of = "" if practice.of.number is None else f" of {practice.of.number:,}"
        return f"{number.number or 0:,}{of}{interval}{self._mark(number)}"

    def _count(self, number: Number) -> str:
        if number.number is None:
            return "number left out"
        return f"{number.number:,}{self._mark(number)}"

    def _cases(self, number: Number) -> str:
        if number.number is None:
            return f"fewer than {self.found.below} cases"
        return f"{number.number:,} case{'' if number.number == 1 else 's'}{self._mark(number)}"

    def _mark(self, number: Number) -> str:
        """Return the mark of the note that names the cases; the same cases have the same mark."""
        if not number.cases:
            return ""
        return f" [{self._notes.setdefault(number.cases, len(self._notes) + 1)}]"

    def _published(self, practice: Practice) -> str:
        """Return what the audit published of a point of practice."""
        own = [each for each in practice.published if each.audit == self.found.audit.id]
        return "".join(f" {published(each)}" for each in own)


def _receipt(receipt: Receipt) -> Say:
    asked = receipt.asked
    days = "each record as of its own day" if asked.as_of is None else wording.day(asked.as_of)
    if receipt.today is not None:
        days += f", or {wording.day(receipt.today)} where it names none"
    return Say(
        f"Receipt {receipt.sha256}: a hash over the cases, what was found in them and the rulebook "
        f"(checklist {asked.program}; {days}). With --receipt FILE the same command writes the "
        "receipt, and checklist verify FILE CASE... says whether the same cases still give the "
        "same verdicts.",
        aside=True,
    )


def _are(one: bool) -> str:
    return "is" if one else "are"


def _document(partnership: str, month: str, title: str) -> str:
    return f"{partnership}, {wording.month(month)}: {title}"


def _ids(cases: tuple[str, ...]) -> str:
    named = [*cases[:MOST_IDS]]
    if len(named) < len(cases):
        named.append(f"and {len(cases) - MOST_IDS:,} more")
    return ", ".join(named)
