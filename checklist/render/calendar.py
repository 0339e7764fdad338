"""A to-do list as a calendar file (RFC 5545) that names no one.

An entry is an all-day event and not a to-do of the format's own: Outlook and Google Calendar import
events alone. Title and text hold only words of the rulebook: no case, pseudonym, authority or
other word of the record. Events are private and leave the day free.
"""

import datetime
import hashlib
import hmac
import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from checklist import wording
from checklist.text import harmless
from checklist.todo import Entry, Kind, Todo

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//checklist//to-do list//EN"

_LEADS: Final[dict[Kind, str]] = {
    "do": "Do",
    "ask": "Find out",
    "judge": "Judge",
    "settle": "Settle",
    "check": "Check the record",
    "review": "Review the acceptance",
}
_ACTIONS: Final[dict[Kind, str]] = {
    "ask": "The record does not say it. Look it up or ask, and record the answer.",
    "judge": "Let somebody judge it who did not do the work, and record the answer and reason.",
    "settle": "Agencies' records differ. Settle it with them, and record what they agree on.",
    "review": "Look again at whether this gap can stay as it was accepted.",
}

_SATURDAY: Final = 5


def as_calendar(todos: Iterable[Todo]) -> bytes:
    """Return the lists as one calendar, the same for the same lists.

    What has no day is left out. What is to be done before a conference stands on the last weekday
    before it, for the day itself would be too late, and on the day of the review if that is later.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for todo in todos:
        for event in _events(todo):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(todo: Todo) -> "Iterator[Event]":
    from icalendar import Event

    key = _key(todo.case_id)
    stamp = datetime.datetime.combine(todo.as_of, datetime.time(), datetime.UTC)
    for entry in todo.entries:
        day = _day(entry, todo.as_of)
        if day is None:
            continue
        event = Event()
        event.add("uid", _uid(entry, key))
        event.add("dtstamp", stamp)
        # a later export counts for more than an earlier one
        event.add("sequence", todo.as_of.toordinal())
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        event.add("summary", harmless(_title(entry)))
        event.add("description", harmless(_text(entry)))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        yield event


def _day(entry: Entry, as_of: datetime.date) -> datetime.date | None:
    if entry.time.when != "before the conference" or entry.time.by is None:
        return entry.time.by
    before = entry.time.by - datetime.timedelta(days=1)
    while before.weekday() >= _SATURDAY:
        before -= datetime.timedelta(days=1)
    return max(before, as_of)


def _title(entry: Entry) -> str:
    return f"{_LEADS[entry.kind]}: {_point(entry)}"


def _point(entry: Entry) -> str:
    return entry.query.title if entry.query is not None else entry.rules[0].title


def _text(entry: Entry) -> str:
    """Return what to do, who would normally do it and why, in the rulebook's own words."""
    if entry.query is not None:
        return wording.neutral(entry.query.check, entry.query.for_each)
    rule, others = entry.rules[0], entry.rules[1:]
    said = [_ACTIONS.get(entry.kind) or wording.neutral(rule.close, rule.for_each)]
    if entry.kind == "judge" and rule.judge is not None:
        said.insert(0, wording.neutral(rule.judge, rule.for_each))
    if others:
        said.append(f"It is about these points too: {'; '.join(each.title for each in others)}.")
    if entry.kind == "do" and rule.who is not None:
        said.append(f"Who would normally do it: {rule.who}.")
    said.append(f"Why: {rule.why}")
    return " ".join(map(wording.sentence, said))


def _key(case_id: str) -> bytes:
    """Return a key made of the case's id, at a cost, so that nobody can guess the id from it."""
    return hashlib.scrypt(case_id.encode(), salt=b"checklist todo", n=2**14, r=8, p=1)


def _uid(entry: Entry, key: bytes) -> str:
    """Return an id that stays while a point is open: imported again, an event takes its own place.

    A rule and its first subject have one verdict, and a question is merged into one entry.
    """
    if entry.kind in ("ask", "judge"):
        what = [entry.kind, entry.action]
    elif entry.query is not None:
        what = [entry.kind, entry.query.id, entry.action]
    else:
        first = entry.subjects[0].id if entry.subjects else ""
        what = [entry.rules[0].id, first]
    digest = hmac.digest(key, "\0".join(what).encode(), "sha256")
    return str(uuid.UUID(bytes=digest[:16], version=5))
