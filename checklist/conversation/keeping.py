"""Keeping what was answered: who says it, and what to do where it cannot be saved."""

from collections.abc import Callable
from typing import Any, NamedTuple

from checklist.answers import Choice, Value
from checklist.conversation.screen import STOP, Stopped
from checklist.conversation.talk import Talk
from checklist.draft import ChangedMeanwhile
from checklist.errors import BadInput
from checklist.interview import Interview, Step
from checklist.render.blocks import Say
from checklist.verdict import Target
from checklist.word import Word


class By(NamedTuple):
    """Who says something, and in which document."""

    agency: str | None = None
    where: str | None = None


class Answered(NamedTuple):
    """Something that was answered in this conversation, as which answer, and what was said."""

    number: int
    at: Target
    question: str
    said: str


class Keeping:
    """What a conversation keeps: in the interview the record, and beside it how one goes about it.

    `by` is who says the next answer where it is not the source of the file, `last_by` who was
    named last. `role` is the role that was given last, offered again.
    """

    def __init__(self, interview: Interview, talk: Talk) -> None:
        self.interview = interview
        self.talk = talk
        self.by = By()
        self.last_by = By()
        self.role = ""
        self._answered: list[Answered] = []

    @property
    def answered(self) -> list[Answered]:
        """What was answered and not taken back, the last first."""
        count = self.interview.progress.answered
        self._answered = [each for each in self._answered if each.number <= count]
        return self._answered[::-1]

    def remember(self, step: Step, said: str) -> None:
        """Remember the answer that was kept last, for what others say beside it."""
        number = self.interview.progress.answered
        self._answered.append(Answered(number, step.at, step.question, said))

    def word(self, value: Value) -> Word:
        """Return a value as said by whom it is said."""
        return Word(value, *self.by)

    def keep(self, save: Callable[..., Any], *arguments: Any, **options: Any) -> bool:
        """Do what saves an answer; whether it was kept. The person is told where it was not."""
        try:
            save(*arguments, **options)
        except ChangedMeanwhile as error:
            self._settle(error)
            return False
        except BadInput as error:
            self.talk.say(*(fault.sentence() for fault in error.faults), "It has not been kept.")
            return False
        self.by = By()
        return True

    def _settle(self, error: ChangedMeanwhile) -> None:
        """Show how the file was changed by somebody else, and go on from there or stop."""
        self.talk.tell(
            *(Say(fault.sentence()) for fault in error.faults),
            Say("What differs (- stands in the file now, + is what you have):"),
        )
        self.talk.screen.lines(error.diff.splitlines())
        options = (
            Choice("theirs", "Go on from the file as it now stands, and ask this again"),
            Choice("stop", "Stop, and leave the file as it is"),
        )
        while True:
            if self.talk.choose("What now", options, (STOP,)) == "stop":
                raise Stopped
            try:
                self.interview.read_again()
            except BadInput as problem:
                self.talk.say(*(fault.sentence() for fault in problem.faults))
                continue
            return
