"""What a conversation needs of a screen, and the keys that a person can press at a question."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from checklist.answers import Choice
from checklist.render.blocks import Block
from checklist.review import Review
from checklist.rulebook import Rulebook


class Key(NamedTuple):
    """A key that does something at a question: its letter, its word, what it does."""

    letter: str
    word: str
    does: str


NOT_ON_FILE: Final = Key("-", "not recorded", "looked for and not recorded on file")
WAIVE: Final = Key("x", "does not apply", "this does not apply, because ...")
SKIP: Final = Key("s", "skip", "leave the question for another time")
WHY: Final = Key("?", "why", "why you are asked, and what a good answer holds")
REPORT: Final = Key("r", "report", "the gap report so far")
BACK: Final = Key("b", "back", "go back to before the last answer")
WHO: Final = Key("w", "who", "another agency or document says the next answer")
SAME: Final = Key("=", "same", "the next answer is said by the same as you last named with w")
OTHER: Final = Key("o", "other", "another agency says otherwise on something answered before")
ACCEPT: Final = Key("a", "accept", "accept a gap, with a reason and a day to look at it again")
ADD: Final = Key("+", "add", "add to a list: a person, a meeting, a plan ...")
HELP: Final = Key("h", "help", "these keys")
STOP: Final = Key("q", "stop", "stop; all you have answered is saved")
AGAIN: Final = Key("b", "back", "go back to the question")

LEAVE_OUT: Final = Key("-", "leave out", "leave it out; so does Enter where a line is typed")

WITHIN: Final = (AGAIN, STOP)
"""The keys where something is asked that belongs to a question."""


def told(keys: Sequence[Key], options: Sequence[Choice]) -> list[Key]:
    """Return the keys that are to be told of beside options: those that are none of them."""
    codes = {each.code for each in options}
    return [key for key in keys if key.word not in codes]


class Pressed(Exception):  # noqa: N818 (no error)
    """One of the keys was pressed instead of an answer."""

    def __init__(self, key: Key) -> None:
        super().__init__(key.word)
        self.key = key


class Stopped(Exception):  # noqa: N818 (no error)
    """The person wants to stop, or there is nobody at the other end any more."""


class Screen(Protocol):
    """A screen with a person before it.

    What asks raises `Pressed` where one of the `keys` was pressed, EOFError where the input has
    ended, and KeyboardInterrupt for Ctrl-C.
    """

    def tell(self, *blocks: Block) -> None:
        """Show something, set apart from what stands above."""

    def lines(self, lines: Iterable[str]) -> None:
        """Show lines of a file as they stand in it."""

    def report(self, review: Review, rulebook: Rulebook) -> None:
        """Show the gap report of a review."""

    def choose(
        self,
        words: str,
        options: Sequence[Choice],
        keys: Sequence[Key],
        default: str | None = None,
    ) -> str:
        """Return the code of the one that was chosen."""

    def choose_several(
        self, words: str, options: Sequence[Choice], alone: Sequence[Choice], keys: Sequence[Key]
    ) -> list[str]:
        """Return the codes of all that were chosen: of the options, or one that stands alone."""

    def type_in(self, words: str, keys: Sequence[Key], default: str = "") -> str:
        """Return the line that was typed."""
