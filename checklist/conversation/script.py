"""The script of a conversation: begin or go on, ask step after step, end with what to do."""

import datetime
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from checklist.conversation.actions import do, keys_for
from checklist.conversation.begin import Beginning, path_for, set_conference, welcome
from checklist.conversation.end import end, nothing_left
from checklist.conversation.keeping import Keeping
from checklist.conversation.screen import AGAIN, STOP, Pressed, Screen, Stopped
from checklist.conversation.steps import ask
from checklist.conversation.talk import Talk
from checklist.draft import Draft
from checklist.interview import Interview
from checklist.review import Reviewer


def converse(
    screen: Screen,
    reviewer: Reviewer,
    named: Path | None = None,
    as_of: datetime.date | None = None,
    conference: datetime.date | None = None,
    chosen: Sequence[str] = (),
) -> None:
    """Hold the conversation on a screen until there is nothing left to ask or the person stops.

    `named` is the case file, begun where there is none; `conference` is the day of the next one.
    `chosen` are the command's options that chose the reviewer's rules and day, to be named again.
    Raises BadInput where the file is no record that can be written in, and KeyboardInterrupt for
    Ctrl-C, when all has been saved.
    """
    talk = Talk(screen, as_of or datetime.date.today())
    try:
        draft = _opened(talk, named, as_of, conference)
        talk.today = draft.as_of
        keeping = Keeping(Interview(draft, reviewer, draft.as_of), talk)
        with suppress(Stopped, EOFError):
            _ask_all(keeping, reviewer)
        end(keeping, reviewer.rulebook, chosen)
    except (Stopped, EOFError):
        talk.say("Stopped. What you answered is saved.")
    except KeyboardInterrupt:
        talk.say("Stopped. What you answered is saved.")
        raise


def _opened(
    talk: Talk,
    named: Path | None,
    as_of: datetime.date | None,
    conference: datetime.date | None,
) -> Draft:
    """Return the draft of the file that is gone on with, or that was begun."""
    path = path_for(talk, named)
    if not path.exists():
        Draft.new(path, "case")  # says at once where no file can be begun
        welcome(talk, path, is_new=True)
        return Beginning(talk, path, as_of, conference).draft()
    draft = Draft.open(path, as_of)
    if conference is not None:
        set_conference(draft, conference)
    welcome(talk, path, is_new=False)
    return draft


def _ask_all(keeping: Keeping, reviewer: Reviewer) -> None:
    is_done = False
    while not is_done:
        try:
            if (step := keeping.interview.step) is not None:
                ask(step, keeping, keys_for(keeping))
            else:
                is_done = nothing_left(keeping)
        except Pressed as pressed:
            _do(pressed, keeping, reviewer)


def _do(pressed: Pressed, keeping: Keeping, reviewer: Reviewer) -> None:
    """Do what was pressed; what is asked in it can be left for the question again, or stopped."""
    step = keeping.interview.step
    if pressed.key == STOP:
        raise Stopped
    if pressed.key == AGAIN:
        return
    try:
        do(pressed.key, step, keeping, reviewer.rulebook)
    except Pressed as inner:
        if inner.key == STOP:
            raise Stopped from None
