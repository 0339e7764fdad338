"""The end of a conversation: how the record now stands, and what to do before the conference."""

import shlex
from collections.abc import Sequence
from typing import Final

from checklist.answers import Choice
from checklist.conversation.actions import keys_for, open_gaps
from checklist.conversation.keeping import Keeping
from checklist.conversation.screen import ACCEPT, Pressed
from checklist.interview import Interview
from checklist.render.blocks import Say
from checklist.render.terminal import summary_of
from checklist.render.todo import blocks_of
from checklist.report import arrange
from checklist.rulebook import Rulebook
from checklist.todo import todo_of

_DONE: Final = Choice("done", "Show what to do")
_ACCEPT: Final = Choice(ACCEPT.word, "Accept a gap, with a reason and a day to look at it again")


def nothing_left(keeping: Keeping) -> bool:
    """Say that nothing is left to ask, and offer what else there is; whether that is all.

    Raises `Pressed` for what is chosen instead. Where nothing was answered and no gap is open there
    is nothing to offer.
    """
    gaps = open_gaps(keeping)
    if not gaps and not keeping.interview.progress.answered:
        return True
    many = "1 gap is" if len(gaps) == 1 else f"{len(gaps)} gaps are"
    keeping.talk.heading("Nothing else is left to ask.", *([f"{many} open."] if gaps else []))
    options = [_DONE, *([_ACCEPT] if gaps else [])]
    if keeping.talk.choose("What now", options, keys_for(keeping), _DONE.code) == ACCEPT.word:
        raise Pressed(ACCEPT)
    return True


def end(keeping: Keeping, rulebook: Rulebook, chosen: Sequence[str] = ()) -> None:
    """Tell how the record stands, what to do, and where to go on.

    `chosen` are the options that chose rules, which go with each command to go on with.
    """
    interview, talk = keeping.interview, keeping.talk
    review = interview.review
    talk.say(summary_of(arrange(review, rulebook, sources=False)))
    todo = todo_of(review)
    is_done = interview.step is None
    asked = sum(each.kind in ("ask", "judge") for each in todo.entries)
    entries = [each for each in todo.entries if is_done or each.kind not in ("ask", "judge")]
    blocks = blocks_of(todo._replace(entries=tuple(entries)))
    if entries or is_done:
        talk.tell(*blocks)
    if not is_done:
        talk.say(f"Stopped here: {_left(interview.progress.questions)}.")
    _where(interview, keeping, chosen, is_left=bool(asked) or not is_done)


def _left(number: int) -> str:
    return "about 1 question is left" if number == 1 else f"about {number} questions are left"


def _where(interview: Interview, keeping: Keeping, chosen: Sequence[str], *, is_left: bool) -> None:
    path = str(interview.draft.path)
    case = shlex.join([path, *chosen])
    commands = [
        f"To go on: checklist interview {case}",
        f"The whole report: checklist review {case}",
        f"The whole list: checklist todo {case}",
        f"For a calendar: checklist todo {case} --format ics --output todo.ics",
    ]
    keeping.talk.tell(Say(f"All you answered is in {path}."))
    keeping.talk.screen.lines(commands[not is_left :])  # in one piece, to be copied
