"""Telling the members of a list of the case, one after another."""

from collections.abc import Sequence
from typing import Any, Final

from checklist import wording
from checklist.answers import Choice, Value
from checklist.conversation.keeping import Keeping
from checklist.conversation.screen import LEAVE_OUT, WITHIN, Key, Pressed
from checklist.conversation.why import described
from checklist.interview import Step, free_id
from checklist.vocabulary import Field, collections, subject_kinds

_PEOPLE: Final = ("children", "adults")
_ADD, _NONE, _ALL = Choice("add", "Add one"), Choice("none", "There are none"), "all"
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
    if told:
        talk.say(f"So far: {wording.listed(told)}.")
        options = [Choice("add", "Add another"), Choice(_ALL, "That is all")]
        chosen = talk.choose("Your answer", options, keys, _ALL)
    elif step.waiting:
        chosen = talk.choose("Your answer", [_ADD, _NONE, *more], keys)
    else:
        chosen = talk.choose("Your answer", [_ADD, _NONE, Choice(_ALL, "Leave it")], keys)
    match chosen:
        case "add":
            add_one(step, keeping)
        case "none":
            keeping.keep(interview.no_members)
            interview.all_listed()
        case "all":
            interview.all_listed()
        case _:
            return chosen
    return None


def add_one(step: Step, keeping: Keeping) -> bool:
    """Ask for one member of a list and add it; of agencies, all that are chosen."""
    key = step.key or ""
    interview, talk = keeping.interview, keeping.talk
    if key == "agencies":
        codes = talk.value(_AGENCY, interview.draft.case)
        known = {each.id for each in interview.subjects.collection(key) or ()}
        new = [code for code in codes if code not in known] if isinstance(codes, list) else []
        return all(keeping.keep(interview.list_member, code, {}) for code in new)
    values: dict[str, Value] = {}
    if key == "couples":
        values["people"] = _pair(keeping)
    for field in step.named_by:
        if _EITHER.get(field.name) in values:
            continue
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
