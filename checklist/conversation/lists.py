"""Telling the members of a list of the case, one after another."""

import datetime
from collections.abc import Container, Mapping, Sequence
from typing import Any, Final

from checklist import wording
from checklist.answers import Choice, Value
from checklist.conversation.keeping import Keeping
from checklist.conversation.screen import LEAVE_OUT, WITHIN, Key, Pressed
from checklist.conversation.why import described
from checklist.interview import Step, free_id
from checklist.subjects import CONFERENCES
from checklist.vocabulary import Field, collections, subject_kinds

_PEOPLE: Final = ("children", "adults")
_ADD, _NONE, _ALL = Choice("add", "Add one"), Choice("none", "There are none"), "all"
_CONFERENCE: Final = "conference"
_AGENCY: Final = Field("agency", "codes", "", subject_kinds()["contact"].fields["agency"].codes)
_EITHER: Final = {"expected": "born"}
"""A field that is asked for only where the other was left out."""


def tell_list(
    step: Step, keeping: Keeping, keys: Sequence[Key], more: Sequence[Choice]
) -> str | None:
    """Ask for the next member of a list; return the code of one of `more` where that is chosen."""
    key = step.key or ""
    interview, talk = keeping.interview, keeping.talk
    told = [each.label for each in interview.subjects.collection(key) or ()]
    ahead = _conference_ahead(keeping) if key == "meetings" else None
    conference = [Choice(_CONFERENCE, f"The conference on {wording.day(ahead)}")] if ahead else []
    if told:
        talk.say(f"So far: {wording.listed(told)}.")
        options = [*conference, Choice("add", "Add another"), Choice(_ALL, "That is all")]
        chosen = talk.choose("Your answer", options, keys, _CONFERENCE if ahead else _ALL)
    else:
        options = [*conference, _ADD, *([] if ahead else [_NONE])]
        options += more if step.waiting else [Choice(_ALL, "Leave it")]
        chosen = talk.choose("Your answer", options, keys)
    match chosen:
        case "add":
            add_one(step, keeping)
        case "conference" if ahead is not None:
            add_one(step, keeping, {"date": ahead}, {"kind": CONFERENCES})
        case "none":
            keeping.keep(interview.no_members)
            interview.all_listed()
        case "all":
            interview.all_listed()
        case _:
            return chosen
    return None


def _conference_ahead(keeping: Keeping) -> datetime.date | None:
    """Return the day of the next conference where it is not among the meetings yet."""
    subjects = keeping.interview.subjects
    today = keeping.interview.draft.as_of
    days = {day for day in subjects.whole.plain["next_conference"] if day >= today}
    for each in subjects.collection("meetings") or ():
        if CONFERENCES.intersection(each.plain["kind"]):
            days.difference_update(each.plain["date"])
    return min(days, default=None)


def add_one(
    step: Step,
    keeping: Keeping,
    known: Mapping[str, Value] | None = None,
    among: Mapping[str, Container[str]] | None = None,
) -> bool:
    """Ask for one member of a list and add it; of agencies, all that are chosen.

    What is `known` of it is not asked for, and of a field only the codes that it is `among`.
    """
    key = step.key or ""
    interview, talk = keeping.interview, keeping.talk
    if key == "agencies":
        codes = talk.value(_AGENCY, interview.draft.case)
        there = {each.id for each in interview.subjects.collection(key) or ()}
        new = [code for code in codes if code not in there] if isinstance(codes, list) else []
        return all(keeping.keep(interview.list_member, code, {}) for code in new)
    values: dict[str, Value] = dict(known or {})
    if key == "couples":
        values["people"] = _pair(keeping)
    for field in step.named_by:
        if field.name in values or _EITHER.get(field.name) in values:
            continue
        if among and field.name in among:
            fitting = tuple(code for code in field.codes if code in among[field.name])
            field = field._replace(codes=fitting)
        found = _of(field, keeping)
        if found is not None:
            values[field.name] = found
    name = free_id(key, values, interview.subjects)
    if key in _PEOPLE:
        taken = {
            each
            for one in collections()
            if one != "family_members"
            for each in (sub.id for sub in interview.subjects.collection(one) or ())
        }
        taken.add(interview.draft.case.id)
        name = talk.pseudonym("A pseudonym", taken, name)
    words: dict[str, Any] = {
        each: value if each == "people" else keeping.word(value) for each, value in values.items()
    }
    return keeping.keep(interview.list_member, name, words)


def _of(field: Field, keeping: Keeping) -> Value | None:
    """Ask for one field of a new member; None where that is left out."""
    more = () if field.kind in ("date", "number", "text", "word") else (_LEFT_OUT,)
    case, keys = keeping.interview.draft.case, (LEAVE_OUT, *WITHIN)
    try:
        found = keeping.talk.value(field, case, keys, words=described(field), more=more)
    except Pressed as pressed:
        if pressed.key == LEAVE_OUT:
            return None
        raise
    return None if found == _LEFT_OUT.code else found


def _pair(keeping: Keeping) -> list[str]:
    adults = [each.id for each in keeping.interview.draft.case.adults or ()]
    options = [Choice(each, wording.name(each)) for each in adults]
    while True:
        found = keeping.talk.screen.choose_several("The two of them", options, (), WITHIN)
        if len(found) == 2:
            return found
        keeping.talk.say("A couple is two people; choose both.")


_LEFT_OUT: Final = Choice(LEAVE_OUT.word, "Leave it out")
