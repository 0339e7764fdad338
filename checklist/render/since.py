"""What has changed in one case between two days, in words: new first, then open, then closed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from checklist import wording
from checklist.render.blocks import Block, Entry, Heading, Say
from checklist.render.terminal import (
    MOST_LINES,
    MOST_QUESTIONS,
    MOST_TITLES,
    looked_for_lines,
    record_lines,
    tag_of,
    why_not,
)
from checklist.since import Point, Since
from checklist.verdict import Because, Verdict, asked_together

_STATES: Final = {
    "met": "met",
    "gap": "a gap",
    "due": "due",
    "conflicting": "records disagreed",
    "not recorded": "not recorded",
    "not applicable": "did not apply",
}


def blocks_of(found: Since, *, everything: bool = False) -> list[Block]:
    """Return what has changed in a case as blocks; `everything` lists also what is cut short."""
    return [*_opening(found), *_sections(found, everything=everything)]


def _opening(found: Since) -> Iterator[Block]:
    days = (found.after - found.before).days
    yield Heading(f"What has changed: {found.case}", 1)
    if found.about:
        yield Say(found.about, aside=True)
    yield Say(
        f"From {wording.day(found.before)} to {wording.day(found.after)} "
        f"({days:,} day{'' if days == 1 else 's'}): {len(found.new)} new, "
        f"{len(found.open)} still open, {len(found.closed)} closed."
    )
    filled = sum(each.silence_filled for each in found.points)
    due = sum(each.due_since for each in found.points)
    passed = sum(
        each.was is not None and each.was.name == "due" and each.step == "worse"
        for each in found.new
    )
    said = [
        words.format("1 point was" if number == 1 else f"{number} points were")
        for number, words in (
            (passed, "{} due, and the day has passed since"),
            (due, "{} not due before and now can still be put right in time"),
            (filled, "{} not recorded before and now the record says more"),
        )
        if number
    ]
    if said:
        yield Say(f"{'; '.join(said)}.")
    if found.met:
        yield Say(f"Met on both days: {found.met}.")


def _sections(found: Since, *, everything: bool) -> Iterator[Block]:
    for title, points in (
        ("New", found.new),
        ("Still open", found.open),
    ):
        if not points:
            continue
        yield Heading(f"{title}: {len(points)}")
        loud = [each for each in points if each.shown.name != "not recorded"]
        yield from _open_points(loud, found, everything=everything)
        silent = [each for each in points if each.shown.name == "not recorded"]
        yield from _questions(silent, found, everything=everything)
    if found.closed:
        yield Heading(f"Closed: {len(found.closed)}")
        yield from _closed_points(found.closed, everything=everything)
    if found.unclear:
        yield Heading(f"Could not be judged on one of the days: {len(found.unclear)}")
        for point in found.unclear:
            yield Entry("NOT JUDGED", point.rule.title, (("", _subject(point)),))


def _open_points(points: Sequence[Point], found: Since, *, everything: bool) -> Iterator[Block]:
    """Yield the points that are open, those of one rule with the same verdict together."""
    for (rule, name), group in groupby(points, key=lambda each: (each.rule, each.shown.name)):
        lines: list[tuple[str, str]] = []
        closes: dict[str, None] = {}
        for point in group:
            verdict = point.shown
            lines += _what_it_says(point)
            lines += _before(point)
            lines += [("Record", each) for each in _record(verdict.because, everything=everything)]
            if verdict.accepted is not None:
                until = wording.day(verdict.accepted.review)
                lines.append(("Accepted by", f"{verdict.accepted.role} until {until}"))
            elif verdict.close:
                closes[verdict.close] = None
            lines += _close_by(verdict, found)
        lines += [("Do", close) for close in closes]
        yield Entry(tag_of(name)[0], rule.title, tuple(lines))


def _questions(points: Sequence[Point], found: Since, *, everything: bool) -> Iterator[Block]:
    """Yield the questions, each once, with the points of practice that wait for it."""
    waiting: dict[str, list[Verdict]] = {}
    for point in points:
        for question in asked_together(point.shown.missing):
            waiting.setdefault(question, []).append(point.shown)
    ordered = sorted(waiting.items(), key=lambda each: -len({one.rule.id for one in each[1]}))
    shown = ordered if everything else ordered[:MOST_QUESTIONS]
    asked = asked_together(each for point in points for each in point.shown.missing)
    for question, verdicts in shown:
        titles = dict.fromkeys(each.rule.title for each in verdicts)
        lines = [("", each) for each in looked_for_lines(asked[question])]
        lines.append(("For", "; ".join(_first(titles, everything=everything))))
        dated = [each for each in verdicts if each.deadline is not None]
        if dated:
            lines += _close_by(min(dated, key=lambda each: each.days_left or 0), found)
        so_far = tuple(dict.fromkeys(each for one in verdicts for each in one.because))
        lines += [("Record so far", each) for each in _record(so_far, everything=everything)]
        yield Entry("ASK", question, tuple(lines))
    if len(shown) < len(ordered):
        more = len(ordered) - len(shown)
        said = "1 more question" if more == 1 else f"{more} more questions"
        yield Say(f"And {said}, for fewer points each (list with --all).", aside=True)


def _closed_points(points: Sequence[Point], *, everything: bool) -> Iterator[Block]:
    for rule, group in groupby(points, key=lambda each: each.rule):
        lines: list[tuple[str, str]] = []
        for point in group:
            lines.append((wording.sentence(_subject(point)), _closed(point)))
            if point.now is not None and point.now.name == "met":
                of_now = _record(point.now.because, everything=everything)
                lines += [("Record", each) for each in of_now]
        yield Entry("CLOSED", rule.title, tuple(lines))


def _closed(point: Point) -> str:
    """Return how a point was closed: met, or without anybody having done what it asks for."""
    was = _STATES[point.was.name] if point.was is not None else ""
    if point.now is None:
        silent = point.was is not None and point.was.name == "not recorded"
        now = "the record now says which there are" if silent else "no longer on the record"
    elif point.now.name == "met":
        way = point.now.message.partition(f"{point.rule.title}: ")[2].removesuffix(".")
        now = f"now met: {way}" if way else "now met"
    else:
        now = f"no longer applies: {why_not(point.now).removesuffix('.')}"
    return f"was {was}; {now}." if was else f"{wording.sentence(now)}."


def _what_it_says(point: Point) -> Iterator[tuple[str, str]]:
    verdict = point.shown
    if verdict.missing:
        for question, asked in asked_together(verdict.missing).items():
            yield "Ask", question
            yield from (("", each) for each in looked_for_lines(asked))
    elif verdict.name == "conflicting":
        yield "", wording.sentence(_subject(point))
    else:
        yield "", verdict.message


def _before(point: Point) -> Iterator[tuple[str, str]]:
    """Yield what a point was, where it was something else."""
    was, now = point.was, point.now
    if was is None:
        yield "Before", "not on the record"
    elif now is None or was.name != now.name:
        until = ""
        if was.name == "due" and was.deadline is not None:
            until = f" until {wording.day(was.deadline)}"
        yield "Before", f"{_STATES[was.name]}{until}"
    elif was.accepted is not None and now.accepted is None:
        yield "Before", f"accepted until {wording.day(was.accepted.review)}"


def _close_by(verdict: Verdict, found: Since) -> Iterator[tuple[str, str]]:
    if verdict.deadline is not None:
        days = (verdict.deadline - found.after).days
        label = "By" if days >= 0 else "Was to be done by"
        yield label, f"{wording.day(verdict.deadline)}, {wording.day_count(days)}"


def _record(because: Sequence[Because], *, everything: bool) -> list[str]:
    lines = record_lines(because)
    if len(lines) > MOST_LINES and not everything:
        lines[MOST_LINES - 1 :] = [f"and {len(lines) - MOST_LINES + 1} more (list with --all)"]
    return lines


def _first(titles: Iterable[str], *, everything: bool) -> list[str]:
    named = list(titles)
    if len(named) > MOST_TITLES and not everything:
        more = len(named) - MOST_TITLES
        named[MOST_TITLES:] = [f"{more} more point{'' if more == 1 else 's'}"]
    return named


def _subject(point: Point) -> str:
    return "the case" if point.subject.kind == "case" else point.subject.label
