"""A screen on which one chooses with the arrow keys, by questionary.

What was asked and answered stays above; only the question on the screen is drawn again. Nothing
typed is kept anywhere: the prompts have no history file.
"""

import sys
from collections.abc import Sequence
from string import ascii_lowercase
from time import monotonic
from typing import Any, Final

import questionary
from prompt_toolkit.filters import Condition, is_done, to_filter
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import (
    ConditionalContainer,
    Dimension,
    HSplit,
    Layout,
    VerticalAlign,
    Window,
)
from prompt_toolkit.layout.controls import FormattedTextControl
from questionary.prompts.common import InquirerControl

from checklist.answers import Choice
from checklist.conversation.screen import Key, Pressed, told
from checklist.conversation.telling import Telling
from checklist.text import harmless

_STYLE: Final = questionary.Style(
    [
        ("qmark", ""),
        ("question", ""),
        ("answer", "bold"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", ""),
        ("footer", "italic"),
    ]
)
_SAME_WORD: Final = 1.0
"""Seconds within which the next letter of a word is typed."""

_MOST_LINES: Final = 12
"""The most options on the screen at once: the question above them stays in sight."""

_MOVE: Final = "arrows and Enter"

_LOOK: Final[dict[str, Any]] = {"qmark": "", "style": _STYLE}


class ArrowKeys(Telling):
    """Choices and typed lines on a terminal."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)

    def choose(
        self,
        words: str,
        options: Sequence[Choice],
        keys: Sequence[Key],
        default: str | None = None,
    ) -> str:
        """Return the code of the one that was chosen."""
        question = questionary.select(
            harmless(words),
            choices=_choices(options),
            default=default,
            instruction=" ",
            pointer=">",
            show_selected=False,
            use_jk_keys=False,
            use_emacs_keys=False,
            **_LOOK,
        )
        bindings = _bindings(keys)
        control = _control(question)
        ahead = _let_letters_jump(bindings, control, options, keys)
        for letter, place in _letters(options, keys).items():
            alone = ~_going_on(ahead, letter)
            bindings.add(letter, eager=True, filter=alone)(_chooser(control, place))
        return str(_asked(question, bindings, told(keys, options), _how(_MOVE, options)))

    def choose_several(
        self, words: str, options: Sequence[Choice], alone: Sequence[Choice], keys: Sequence[Key]
    ) -> list[str]:
        """Return the codes of all that were chosen: of the options, or one that stands alone."""
        lone = {each.code for each in alone}

        def wrong(ticked: list[str]) -> bool | str:
            if not ticked:
                return "Tick what fits with the space bar, then press Enter."
            if len(ticked) > 1 and lone & set(ticked):
                return "What stands at the end goes alone: untick it, or the others."
            return True

        question = questionary.checkbox(
            harmless(words),
            choices=_choices([*options, *alone]),
            validate=wrong,
            instruction=" ",
            pointer=">",
            use_jk_keys=False,
            use_emacs_keys=False,
            **_LOOK,
        )
        control = _control(question)
        bindings = _bindings(keys)

        @bindings.add("enter", eager=True, filter=_points_at(control, lone))
        def _(event: KeyPressEvent) -> None:
            control.is_answered = True
            control.selected_options = [control.get_pointed_at().value]
            event.app.exit(result=control.selected_options)

        _let_letters_jump(bindings, control, [*options, *alone], keys)
        shown = told(keys, [*options, *alone])
        how = _how("arrows  space to tick  Enter", [*options, *alone])
        found = _asked(question, bindings, shown, how)
        return [str(each) for each in found]

    def type_in(self, words: str, keys: Sequence[Key], default: str = "") -> str:
        """Return the line that was typed; a key is its letter or word alone."""
        # beside the line and not in it, where it would have to be deleted, and no key be alone
        offered = f" [{harmless(default)}]" if default else ""
        question = questionary.text(
            f"{harmless(words)}{offered}:", reserve_space_for_menu=0, **_LOOK
        )
        typed = str(_asked(question, KeyBindings(), keys, "type, then Enter; or alone:")).strip()
        for key in keys:
            if typed in (key.letter, key.word):
                raise Pressed(key)
        return typed or default


def _how(moving: str, options: Sequence[Choice]) -> str:
    """Return how one chooses; where not all options are in sight, with how many there are."""
    many = f"{moving} ({len(options)} in all; typing jumps)"
    return many if len(options) > _MOST_LINES else moving


def _choices(options: Sequence[Choice]) -> list[questionary.Choice]:
    return [
        questionary.Choice(harmless(each.words), value=each.code, shortcut_key=False)
        for each in options
    ]


def _control(question: questionary.Question) -> InquirerControl:
    controls = question.application.layout.find_all_controls()
    return next(each for each in controls if isinstance(each, InquirerControl))


def _letters(options: Sequence[Choice], keys: Sequence[Key]) -> dict[str, int]:
    """Return what chooses at once: the numbers of nine options or fewer, y and n."""
    found = {} if len(options) > 9 else {str(at + 1): at for at in range(len(options))}
    for place, option in enumerate(options):
        if option.code in ("yes", "no"):
            found[option.code[0]] = place
    return {
        letter: place for letter, place in found.items() if letter not in {k.letter for k in keys}
    }


class _TypeAhead:
    """Leads to the option that begins with what is typed; letters in quick succession are a word.

    A letter alone, or one that goes on with no option's words, leads to the next that begins with
    it.
    """

    def __init__(self, control: InquirerControl, options: Sequence[Choice]) -> None:
        self._control = control
        self._words = [option.words.casefold().replace(" ", "") for option in options]
        self._typed, self._until = "", 0.0

    def goes_on(self, letter: str) -> bool:
        """Whether a letter typed now goes on with a word that has been begun."""
        begun = self._typed + letter if self._typed and monotonic() < self._until else letter
        return len(begun) > 1 and any(each.startswith(begun) for each in self._words)

    def type(self, letter: str) -> None:
        """Point at the option that is meant."""
        goes_on = self.goes_on(letter)
        self._typed = self._typed + letter if goes_on else letter
        self._until = monotonic() + _SAME_WORD
        places = [at for at, each in enumerate(self._words) if each.startswith(self._typed)]
        if places:
            here = self._control.pointed_at
            later = [place for place in places if (place >= here if goes_on else place > here)]
            self._control.pointed_at = (later or places)[0]


def _let_letters_jump(
    bindings: KeyBindings,
    control: InquirerControl,
    options: Sequence[Choice],
    keys: Sequence[Key],
) -> _TypeAhead:
    """Let letters lead to the option that begins with them; a key's only within a word begun.

    With "a" and "i" questionary itself would tick all, or all others.
    """
    ahead = _TypeAhead(control, options)
    of_keys = {key.letter for key in keys}
    for letter in ascii_lowercase:
        when = _going_on(ahead, letter) if letter in of_keys else True
        bindings.add(letter, eager=True, filter=when)(_typer(ahead, letter))
    return ahead


def _going_on(ahead: _TypeAhead, letter: str) -> Condition:
    return Condition(lambda: ahead.goes_on(letter))


def _typer(ahead: _TypeAhead, letter: str) -> Any:
    def type_letter(event: KeyPressEvent) -> None:  # noqa: ARG001 (prompt_toolkit gives it)
        ahead.type(letter)

    return type_letter


def _chooser(control: InquirerControl, place: int) -> Any:
    def choose(event: KeyPressEvent) -> None:
        control.pointed_at = place
        control.is_answered = True
        event.app.exit(result=control.get_pointed_at().value)

    return choose


def _points_at(control: InquirerControl, codes: set[str]) -> Any:
    return Condition(
        lambda: control.get_pointed_at().value in codes and not control.selected_options
    )


def _bindings(keys: Sequence[Key]) -> KeyBindings:
    bindings = KeyBindings()
    for key in keys:
        bindings.add(key.letter, eager=True)(_presser(key))

    @bindings.add("c-d", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    return bindings


def _presser(key: Key) -> Any:
    def press(event: KeyPressEvent) -> None:
        event.app.exit(result=key)

    return press


def _lines(parts: Sequence[str], columns: int) -> list[str]:
    """Return the parts on as few lines as hold them, none of them broken."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}  {part}" if lines[-1] else part
        if len(longer) < columns or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _asked(
    question: questionary.Question, bindings: KeyBindings, keys: Sequence[Key], how: str
) -> Any:
    """Ask a question with a footer that tells the keys, and return its result."""
    app = question.application
    parts = [how, *(f"{key.letter} {key.word}" for key in keys)]

    def footer() -> FormattedText:
        columns = app.output.get_size().columns
        return FormattedText([("class:footer", "\n".join(_lines(parts, columns)))])

    for window in app.layout.find_all_windows():
        window.dont_extend_height = to_filter(True)
        if isinstance(window.content, InquirerControl):
            window.height = Dimension(max=_MOST_LINES)
            window.wrap_lines = to_filter(True)
    below = Window(FormattedTextControl(footer), dont_extend_height=True)
    app.layout = Layout(
        HSplit(
            [app.layout.container, ConditionalContainer(below, filter=~is_done)],
            align=VerticalAlign.TOP,
        ),
        focused_element=app.layout.current_window,
    )
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), bindings])
    found = question.unsafe_ask()
    if isinstance(found, Key):
        raise Pressed(found)
    return found
