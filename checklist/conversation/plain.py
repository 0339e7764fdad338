"""A screen line by line: for screen readers, for scripts, and where there is no terminal.

It never moves the cursor and has no colour. Each line that is read is an answer.
"""

import sys
from collections.abc import Sequence
from typing import IO, Final

from checklist import answers
from checklist.answers import Choice
from checklist.conversation.screen import Key, Pressed, told
from checklist.conversation.telling import Telling
from checklist.errors import NotAnAnswer
from checklist.render.blocks import Say
from checklist.render.blocks_terminal import print_blocks
from checklist.text import harmless

_MANY: Final = 6
"""More keys than this are told once in full; then only the one that lists them is."""

_LONG: Final = 14
"""More options than this stand in one paragraph, to keep the question on the screen."""


class PlainScreen(Telling):
    """Numbered choices and typed lines on two streams."""

    def __init__(self, lines: IO[str] | None = None, out: IO[str] | None = None) -> None:
        self._lines = lines or sys.stdin
        self._out = out or sys.stdout
        super().__init__(self._out, plain=True)
        self._told: set[str] = set()

    def choose(
        self,
        words: str,
        options: Sequence[Choice],
        keys: Sequence[Key],
        default: str | None = None,
    ) -> str:
        """Return the code of the one that was chosen."""
        preset = next((each.words for each in options if each.code == default), "")
        if [each.code for each in options] == ["yes", "no"]:
            words = f"{words} (yes or no)"
        else:
            self._list(options)
        while True:
            typed = self._line(words, keys, preset, options)
            if not typed and default is not None:
                return default
            try:
                return answers.chosen(typed, options)
            except NotAnAnswer as error:
                self._say(str(error))

    def choose_several(
        self, words: str, options: Sequence[Choice], alone: Sequence[Choice], keys: Sequence[Key]
    ) -> list[str]:
        """Return the codes of all that were chosen: of the options, or one that stands alone."""
        every = [*options, *alone]
        self._list(every)
        while True:
            typed = self._line(words, keys, "", every)
            try:
                return self._several(typed, every, alone)
            except NotAnAnswer as error:
                self._say(str(error))

    @staticmethod
    def _several(typed: str, every: Sequence[Choice], alone: Sequence[Choice]) -> list[str]:
        found = answers.chosen_several(typed, every)
        one = next((each for each in alone if each.code in found), None)
        if one is not None and len(found) > 1:
            raise NotAnAnswer(f'"{one.words}" stands alone; write it, or the others.')
        return found

    def type_in(self, words: str, keys: Sequence[Key], default: str = "") -> str:
        """Return the line that was typed."""
        self._told.clear()  # what cannot be chosen by its number is told each time
        return self._line(words, keys, default, ()) or default

    def _list(self, options: Sequence[Choice]) -> None:
        numbered = [f"{number} {each.words}" for number, each in enumerate(options, 1)]
        if len(numbered) > _LONG:
            self._say("; ".join(numbered))
            return
        for each in numbered:
            self._out.write(f"  {harmless(each)}\n")

    def _say(self, words: str) -> None:
        print_blocks([Say(words)], self._console)

    def _line(self, words: str, keys: Sequence[Key], preset: str, options: Sequence[Choice]) -> str:
        shown = told(keys, options)
        if len(keys) > _MANY and not {each.word for each in shown} <= self._told:
            self._told |= {each.word for each in shown}
            said = ", ".join(f"{each.letter} {each.word}" for each in shown)
            self._say(f"Or type one of these alone: {said}.")
        offered = f" [{harmless(preset)}]" if preset else ""
        self._out.write(f"{harmless(words)}{offered}: ")
        self._out.flush()
        line = self._lines.readline()
        if not self._lines.isatty():  # so that what is said back stands below what was answered
            self._out.write(f"{harmless(line.strip())}\n")
        if not line:
            raise EOFError
        typed = line.strip()
        named = {name.casefold() for each in options for name in each if len(name) > 1}
        if typed.casefold() not in named:
            for key in keys:
                if typed in (key.letter, key.word):
                    raise Pressed(key)
        return typed
