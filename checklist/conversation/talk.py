"""Asking for one value: typed or chosen, asked again until it is one, checked for personal data."""

import datetime
import re
from collections.abc import Container, Sequence
from typing import Final

from pydantic_core import PydanticCustomError

from checklist import answers, wording
from checklist.answers import Choice, Value
from checklist.conversation.screen import LEAVE_OUT, WITHIN, Key, Pressed, Screen
from checklist.errors import NotAnAnswer
from checklist.privacy import looks_personal
from checklist.record import Case
from checklist.render.blocks import Block, Heading, Say
from checklist.typed_dates import Direction, read_day
from checklist.values import quoted, read_id
from checklist.vocabulary import Field

NONE: Final = Choice("_none", "None of these")
_NOBODY: Final = Choice("_none", "Nobody")
_YES_AND_NO: Final = (Choice("yes", "yes"), Choice("no", "no"))
_AHEAD: Final = frozenset({"due", "expected", "next_conference", "review"})
"""The fields whose day, typed without its year, lies ahead."""


class Talk:
    """A screen, and the day from which the days that are typed are counted."""

    def __init__(self, screen: Screen, today: datetime.date) -> None:
        self.screen = screen
        self.today = today

    def tell(self, *blocks: Block) -> None:
        """Show blocks."""
        self.screen.tell(*blocks)

    def say(self, *texts: str) -> None:
        """Show paragraphs."""
        self.screen.tell(*map(Say, texts))

    def aside(self, *texts: str) -> None:
        """Show what stands back behind the rest."""
        self.screen.tell(*(Say(text, aside=True) for text in texts))

    def heading(self, text: str, *asides: str) -> None:
        """Show a question or a title, with what belongs to it behind it."""
        self.screen.tell(Heading(text, 1), *(Say(each, aside=True) for each in asides))

    def choose(
        self,
        words: str,
        options: Sequence[Choice],
        keys: Sequence[Key] = WITHIN,
        default: str | None = None,
    ) -> str:
        """Return the code of the one that was chosen."""
        return self.screen.choose(words, options, keys, default)

    def agrees(self, words: str, keys: Sequence[Key] = WITHIN, *, default: bool = True) -> bool:
        """Return whether the answer is yes."""
        preset = "yes" if default else "no"
        return self.screen.choose(words, _YES_AND_NO, keys, preset) == "yes"

    def text(self, words: str, keys: Sequence[Key] = WITHIN, default: str = "") -> str:
        """Return a text that was typed and holds nothing personal that was not meant."""
        while True:
            try:
                typed = answers.read(_TEXT, self._typed(words, keys, default), self.today)
            except NotAnAnswer as error:
                self.say(str(error))
                continue
            if self._keeps(str(typed)):
                return str(typed)

    def pseudonym(
        self,
        words: str,
        taken: Container[str],
        default: str,
        keys: Sequence[Key] = WITHIN,
    ) -> str:
        """Return an id that nobody has yet; blanks in it become hyphens."""
        while True:
            typed = "-".join(self.screen.type_in(words, keys, default).split())
            try:
                name = str(read_id(typed))
            except PydanticCustomError as error:
                self.say(wording.sentence(error.message()) + ".")
                continue
            if name in taken:
                self.say(f"{quoted(name)} is taken already; choose another pseudonym.")
            elif self._keeps(wording.name(name)):
                return name

    def _typed(self, words: str, keys: Sequence[Key], default: str = "") -> str:
        typed = self.screen.type_in(words, keys, default)
        if not typed and LEAVE_OUT in keys:
            raise Pressed(LEAVE_OUT)
        return typed

    def checked(self, typed: str) -> str:
        """Return a text that was typed, or another where it held something personal."""
        return typed if self._keeps(typed) else self.text("Again, without it")

    def _keeps(self, text: str) -> bool:
        """Return whether a text is kept: the person is asked where it looks like personal data."""
        found = looks_personal(text)
        if not found:
            return True
        self.say(*(f"This looks like {each.kind}: {each.text}. {each.why}" for each in found))
        options = (Choice("change", "Write it again"), Choice("keep", "Keep it as it is"))
        return self.choose("Which", options, WITHIN, "change") == "keep"

    def day(
        self,
        words: str,
        keys: Sequence[Key] = WITHIN,
        direction: Direction = "past",
    ) -> datetime.date:
        """Return a day that was typed, and confirmed once it was said back in full."""
        while True:
            found = self._day(self._typed(words, keys), direction)
            if found is not None:
                return found

    def birth_or_age(self, keys: Sequence[Key] = WITHIN) -> datetime.date | int:
        """Return the day of a birth, or an age in years where only that is known."""
        words = "The date of birth (such as 3 Feb 2001), or the age in years"
        while True:
            typed = self._typed(words, keys)
            age = _AGE.fullmatch(typed)
            if age is not None:
                return int(age["years"])
            found = self._day(typed, "past")
            if found is not None:
                return found

    def _day(self, typed: str, direction: Direction) -> datetime.date | None:
        """Return the day that was typed; None where it is none, or not the one that was meant."""
        try:
            found = read_day(typed, self.today, direction)
        except NotAnAnswer as error:
            self.say(wording.sentence(str(error)))
            return None
        return found if self.agrees(f"{answers.said_back(_DAY, found)}. Is that right?") else None

    def value(
        self,
        field: Field,
        case: Case,
        keys: Sequence[Key] = WITHIN,
        *,
        words: str = "",
        more: Sequence[Choice] = (),
        others: Sequence[Choice] = (),
        apart_from: Container[str] = (),
        default: str | None = None,
    ) -> Value:
        """Return a value of a field; or the code of one of `more`, which stand beside its own.

        `others` stand beside the people listed, before that nobody knows; of those, the ones
        `apart_from` cannot be the answer. `default` is offered.
        """
        people = [each for each in answers.people_for(field, case) if each not in apart_from]
        words = wording.sentence(words or "your answer")
        if field.kind == "date":
            words = f"{words} ({_hint('such as 3 Feb 2021', keys)})"
            return self.day(words, keys, "future" if field.name in _AHEAD else "past")
        if field.kind == "number":
            return self._number(field, f"{words} ({_hint('in figures', keys)})", keys)
        if field.kind in ("text", "word"):
            return self.text(f"{words} ({_hint('no names', keys)})", keys)
        options = answers.choices(field, people)
        if field.kind == "person":
            options[len(people) : len(people)] = others
        if field.kind in ("code", "person"):
            return self.choose(words, [*options, *more], keys, default)
        more = [*others, *more]
        none = _NOBODY if field.kind == "people" else NONE
        found = self.screen.choose_several(words, options, [none, *more], keys)
        if found == [none.code]:
            return []
        if len(found) == 1 and found[0] in {each.code for each in more}:
            return found[0]
        return found

    def _number(self, field: Field, words: str, keys: Sequence[Key]) -> Value:
        while True:
            try:
                return answers.read(field, self._typed(words, keys), self.today)
            except NotAnAnswer as error:
                self.say(str(error))


def _hint(form: str, keys: Sequence[Key]) -> str:
    return f"{form}; Enter leaves it out" if LEAVE_OUT in keys else form


_AGE: Final = re.compile(r"(?P<years>[0-9]{1,2}) *(?:y|yrs?|years?)?(?: old)?", re.IGNORECASE)
_TEXT: Final = Field("text", "text", "")
_DAY: Final = Field("day", "date", "")
