"""What the program says of bad input: faults are data, collected before they are raised."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one file.

    `problem` is a clause or two without a full stop at the end that says what is wrong and what
    would be right; `line` counts from 1 and is None where the place has no line (JSON Lines give
    the line of the record).
    """

    problem: str
    file: str = ""
    line: int | None = None
    field: str = ""

    def sentence(self) -> str:
        """Return the fault as one line: file, line, field, what is wrong, what would be right."""
        place = self.file
        if self.line is not None:
            place = f"{place}, line {self.line}" if place else f"line {self.line}"
        return ": ".join(part for part in (place, self.field, self.problem) if part) + "."


class BadInput(Exception):  # noqa: N818 (it is the input that is bad, not the program)
    """Input that cannot be used, with every fault that was found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence() for fault in self.faults))


class NotAnAnswer(Exception):  # noqa: N818 (no fault of the program)
    """What was typed cannot be taken as the answer; its one sentence shows a form that can."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean X?)" for the known name most like `name`, or an empty string."""
    from difflib import get_close_matches  # only a misspelt name needs it

    by_plain_form = {_plain(option): option for option in known}
    match = get_close_matches(_plain(name), by_plain_form, n=1, cutoff=0.6)
    return f" (did you mean {by_plain_form[match[0]]}?)" if match else ""


def one_of(names: Iterable[str], most: int = 12) -> str:
    """Return the names as a list in words, cut after `most` of them."""
    listed = list(names)
    shown = ", ".join(listed[:most])
    return shown if len(listed) <= most else f"{shown} and {len(listed) - most} more"


def _plain(name: str) -> str:
    return name[:80].casefold().replace("-", "_").replace(" ", "_")
