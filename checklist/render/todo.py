"""A to-do list in words, for the screen and for Markdown with boxes to tick."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from checklist import wording
from checklist.recording import Record
from checklist.render.blocks import Block, Heading, Say, Task
from checklist.render.terminal import looked_for_lines
from checklist.todo import Entry, Kind, Time, Todo
from checklist.verdict import Asked

MOST_LINES: Final = 3
"""The most lines for the file that one entry shows; the others are counted."""

TAGS: Final[dict[Kind, str]] = {
    "do": "DO",
    "ask": "ASK",
    "judge": "JUDGE",
    "settle": "SETTLE",
    "check": "CHECK",
    "review": "REVIEW",
}


def blocks_of(todo: Todo) -> list[Block]:
    """Return a to-do list as blocks, what comes first at the top."""
    return [*_opening(todo), *_sections(todo)]


def _opening(todo: Todo) -> Iterator[Block]:
    yield Heading(f"To do: {todo.case_id}", 1)
    number = len(todo.entries)
    at_once = sum(entry.time.when == "at once" for entry in todo.entries)
    things = "1 thing" if number == 1 else f"{number or 'no'} things"
    said = f"As of {wording.day(todo.as_of)}: {things} to do"
    if at_once:
        said += ", at once" if at_once == number else f", {at_once} of them at once"
    said += "."
    if todo.next_conference is not None:
        said += f" {_the_conference(todo.next_conference, todo.as_of, 'The next conference is')}."
    yield Say(said)
    if todo.not_judged:
        points = "1 point" if todo.not_judged == 1 else f"{todo.not_judged} points"
        yield Say(f"{points} could not be judged, and may add to this list.")


def _sections(todo: Todo) -> Iterator[Block]:
    def day(entry: Entry) -> tuple[str, datetime.date | None]:
        return entry.time.when, entry.time.by

    for _, group in groupby(todo.entries, key=day):
        entries = list(group)
        yield Heading(_title(entries[0].time, todo.as_of))
        for entry in entries:
            yield Task(TAGS[entry.kind], _head(entry), tuple(_lines(entry)))


def _title(time: Time, as_of: datetime.date) -> str:
    match time.when, time.by:
        case _, None:
            return "Before the next conference, whose day is not recorded"
        case "at once", day:
            return f"At once ({wording.day(day)})"
        case "before the conference", day:
            return _the_conference(day, as_of, "Before the conference")
        case _, day:
            return f"By {wording.day(day)} ({wording.day_count((day - as_of).days)})"


def _the_conference(day: datetime.date, as_of: datetime.date, words: str) -> str:
    return f"{words} on {wording.day(day)} ({wording.day_count((day - as_of).days)})"


def _head(entry: Entry) -> str:
    return _of_members(entry.title, entry.asked)


def _of_members(question: str, asked: Asked) -> str:
    return f"{question} ({'; '.join(asked.members)})" if asked.members else question


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    is_question = entry.kind in ("ask", "judge")
    if is_question:
        yield "For", "; ".join(rule.title for rule in entry.rules)
    else:
        if entry.subjects:
            yield "For", "; ".join(each.label for each in entry.subjects)
        yield "Do", entry.action
    if entry.time.passed is not None:
        yield "Overdue since", wording.day(entry.time.passed)
    if entry.lapsed is not None:
        yield "Was accepted until", wording.day(entry.lapsed)
    yield from (("", line) for line in looked_for_lines(entry.asked))
    for question, asked in entry.questions:
        yield "Not recorded yet", _of_members(question, asked)
        yield from (("", line) for line in looked_for_lines(asked))
    if entry.who is not None:
        yield "Who", entry.who
    yield ("What does not fit" if entry.kind == "check" else "Why"), entry.why
    if is_question:
        label = "Record"
    else:
        label = "Record when done" if entry.time.passed is None else "Record, if it is so"
        label += ", for example" if entry.ways > 1 else ""
    yield from _recorded(label, entry.records, MOST_LINES)
    # the same for each subject: one shows it
    yield from _recorded("Or record", entry.instead, 1)


def _recorded(label: str, records: Sequence[Record], most: int) -> Iterator[tuple[str, str]]:
    """Yield what is to be recorded in words, each thing once, and then the lines for the file."""
    says = dict.fromkeys(_in_words(record) for record in records)
    if not says:
        return
    yield label, "; ".join(says)
    lines = [line for line in map(_line, records) if line]
    for line in lines[:most]:
        yield "In the file", line
    if more := len(lines[most:]):
        yield "In the file", f"and {more} more such line{'' if more == 1 else 's'}"


def _in_words(record: Record) -> str:
    if not record.test:
        return record.says
    return f"{record.says}{',' if record.adds else ':'} {record.test}"


def _line(record: Record) -> str:
    if not record.value:
        return ""
    return f"{record.field}: {'one more: ' if record.adds else ''}{record.value}"
