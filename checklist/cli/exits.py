"""The exit codes, and which of several counts."""

from typing import Final

STANDS: Final = 1
"""A verdict that --fail-on names stands, an example fails, a clause or a learning point is not
covered, a published number is not reproduced, a sample falls short of what was asked for, or a
receipt does not hold."""

BAD_INPUT: Final = 2
"""A case, a rule or an option cannot be used."""

NOT_JUDGED: Final = 3
"""Something could not be judged."""

FAILED: Final = 4
"""The program itself failed."""

INTERRUPTED: Final = 130
"""Somebody pressed Ctrl-C."""


def exit_code(*, bad_input: bool, not_judged: bool, stands: bool) -> int:
    """Return the code of the worst that happened: bad input, then not judged, then --fail-on."""
    if bad_input:
        return BAD_INPUT
    if not_judged:
        return NOT_JUDGED
    return STANDS if stands else 0
