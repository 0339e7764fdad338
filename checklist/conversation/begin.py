"""The beginning of a conversation: what this is, whose case, who answers, the next conference."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from checklist import answers
from checklist.answers import Choice
from checklist.conversation.actions import AGENCY
from checklist.conversation.screen import AGAIN, SKIP, STOP, Pressed, Stopped
from checklist.conversation.talk import Talk
from checklist.draft import Draft
from checklist.errors import BadInput
from checklist.render.blocks import Bullets, Heading, Say
from checklist.verdict import Target
from checklist.word import Word

USUAL: Final = Path("case.yaml")
_LEAVE: Final = SKIP._replace(does="leave it for later")


def path_for(talk: Talk, named: Path | None) -> Path:
    """Return the case file to write in: the one named, or one in this folder."""
    if named is not None:
        return named
    if not USUAL.exists():
        return USUAL
    other = _free()
    options = (
        Choice("on", f"Go on with {USUAL}"),
        Choice("new", f"Begin another case, in {other}"),
    )
    talk.say(f"There is a case in {USUAL} already. It is not overwritten.")
    try:
        chosen = talk.choose("Your choice", options, (STOP,), "on")
    except Pressed:
        raise Stopped from None
    return USUAL if chosen == "on" else other


def _free() -> Path:
    number = 2
    while (path := Path(f"case-{number}.yaml")).exists():
        number += 1
    return path


def welcome(talk: Talk, path: Path, *, is_new: bool) -> None:
    """Say what this is, in few words."""
    new = ", a new file" if is_new else ""
    talk.tell(
        Heading("Checklist: a self-check before a conference", 1),
        Say(
            "You are asked only what can still change what there is to do, the most urgent first. "
            "Take the answers from the file. At the end there is a list of what to do."
        ),
        Bullets(
            (
                ("", "Pseudonyms only: no names, addresses or official numbers."),
                (
                    "",
                    f"Every answer is saved at once in {path}{new}, and sent nowhere.",
                ),
                (
                    "",
                    "At every question: ? says why you are asked, b goes back, s skips, "
                    "q stops. h lists all keys.",
                ),
            )
        ),
    )


class Beginning:
    """Begins a case file: each answer is saved, and one can go back."""

    def __init__(
        self,
        talk: Talk,
        path: Path,
        as_of: datetime.date | None,
        conference: datetime.date | None,
    ) -> None:
        self._talk = talk
        self._path = path
        self._as_of = as_of
        self._conference = conference
        self._agency = ""
        self._draft: Draft | None = None

    def draft(self) -> Draft:
        """Return the draft of the file, once it has a pseudonym, a source and a conference."""
        ask = [self._pseudonym, self._source_agency, self._source_place]
        if self._conference is None:
            ask.append(self._next_conference)
        at = 0
        while at < len(ask):
            try:
                at += ask[at]()
            except Pressed as pressed:
                if pressed.key == STOP:
                    raise Stopped from None
                at = max(0, at - 1)
        if self._draft is None:
            raise Stopped
        if self._conference is not None:
            set_conference(self._draft, self._conference)
        return self._draft

    def _saved(self, change: Callable[[Draft], Any]) -> bool:
        """Make a change and save it; whether that went well."""
        draft = self._draft
        if draft is None:
            return False
        before = draft.snapshot()
        try:
            change(draft)
            draft.save()
        except BadInput as error:
            draft.restore(before)
            self._talk.say(*(fault.sentence() for fault in error.faults))
            return False
        return True

    def _pseudonym(self) -> bool:
        self._talk.heading(
            "A pseudonym for the case?", "Whatever you will know it by: no name, no number of it."
        )
        preset = self._draft.case.id if self._draft is not None else "case-1"
        name = self._talk.pseudonym("Pseudonym", (), preset, (STOP,))
        if self._draft is None:
            self._draft = Draft.new(self._path, name, self._as_of)
        return self._saved(lambda draft: draft.set_case("id", name))

    def _source_agency(self) -> bool:
        self._talk.heading(
            "From which agency's records do you answer?",
            "It counts as saying all that you answer, unless you say otherwise.",
        )
        self._agency = self._talk.choose("Agency", answers.choices(AGENCY), (AGAIN, STOP))
        return True

    def _source_place(self) -> bool:
        self._talk.heading("From which file or document?")
        where = self._talk.text("File or document", (AGAIN, STOP), "child's file")
        source = {"agency": self._agency, "where": where}
        return self._saved(lambda draft: draft.set_case("source", source))

    def _next_conference(self) -> bool:
        self._talk.heading(
            "On which day is the next conference?", "s alone, if there is none or you do not know."
        )
        try:
            day = self._talk.day(
                "The day, such as 3 Feb or next Monday", (_LEAVE, AGAIN, STOP), "future"
            )
        except Pressed as pressed:
            if pressed.key == _LEAVE:
                return True
            raise
        return self._saved(lambda draft: _say_conference(draft, day))


def set_conference(draft: Draft, day: datetime.date) -> None:
    """Record the day of the next conference and save, or raise BadInput."""
    _say_conference(draft, day)
    draft.save()


def _say_conference(draft: Draft, day: datetime.date) -> None:
    """Record the day in the place of the file's own earlier one, beside what agencies say."""
    at, said = Target(draft.case.id, "next_conference"), draft.case.next_conference
    if any(each.agency is not None for each in said) or len(said) > 1:
        if day not in (each.value for each in said):
            draft.add_word(at, Word(day))
    else:
        draft.say(at, [Word(day)])
