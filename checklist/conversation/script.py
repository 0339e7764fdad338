"""The script of a conversation: begin or go on, ask step after step, end with what to do."""

import datetime
from pathlib import Path

from checklist.conversation.actions import do, keys_for
from checklist.conversation.begin import Beginning, path_for, set_conference, welcome
from checklist.conversation.end import end
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
) -> None:
    """Hold the conversation on a screen until there is nothing left to ask or the person stops.

    `named` is the case file, begun where there is none; `conference` is the day of the next one.
    Raises BadInput where the file is no record that can be written in, and KeyboardInterrupt for
    Ctrl-C, when all has been saved.
    """
    talk = Talk(screen, as_of or datetime.date.today())
    try:
        path = path_for(talk, named)
        is_new = not path.exists()
        welcome(talk, path, is_new=is_new)
        if is_new:
            draft = Beginning(talk, path, as_of, conference).draft()
        else:
            draft = Draft.open(path, as_of)
            if conference is not None:
                set_conference(draft, conference)
    except (Stopped, EOFError, Pressed):
        talk.say("Stopped. What you answered is saved.")
        return
    talk.today = draft.as_of
    keeping = Keeping(Interview(draft, reviewer, draft.as_of), talk)
    try:
        _ask_all(keeping, reviewer)
    except (Stopped, EOFError):
        pass
    except KeyboardInterrupt:
        talk.say(f"Stopped. All you answered is saved in {draft.path}.")
        raise
    end(keeping, reviewer.rulebook)


def _ask_all(keeping: Keeping, reviewer: Reviewer) -> None:
    while (step := keeping.interview.step) is not None:
        try:
            ask(step, keeping, keys_for(keeping))
        except Pressed as pressed:
            _do(pressed, keeping, reviewer)


def _do(pressed: Pressed, keeping: Keeping, reviewer: Reviewer) -> None:
    """Do what was pressed; what is asked in it can be left for the question again, or stopped."""
    step = keeping.interview.step
    if pressed.key == STOP:
        raise Stopped
    if pressed.key == AGAIN or step is None:
        return
    try:
        do(pressed.key, step, keeping, reviewer.rulebook)
    except Pressed as inner:
        if inner.key == STOP:
            raise Stopped from None
