"""How often Python looks for garbage while many cases are worked on."""

import gc
from typing import Final

SELDOM: Final = 200_000
"""Objects made and not given back before garbage is looked for: those of some twenty reviews."""


def collect_seldom() -> None:
    """Look for garbage seldom, and never among what there is by now, which stays until the end.

    A case that is only tallied leaves none, and looking would take a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(SELDOM)
    gc.enable()
