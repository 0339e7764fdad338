"""The four values of a condition and what they mean (Belnap's four-valued logic, FDE).

A condition is two questions, each with positive parts only: is there evidence for it, and is there
evidence against it? Silence is neither.
"""

from enum import Enum


class Truth(Enum):
    """Whether the record holds evidence for a condition, against it, both, or neither."""

    TRUE = (True, False)
    FALSE = (False, True)
    BOTH = (True, True)
    NEITHER = (False, False)

    # there is one of each; Enum's own hash is far slower, and a cohort needs it millions of times
    __hash__ = object.__hash__

    @property
    def has_for(self) -> bool:
        """Whether there is evidence for the condition."""
        return self.value[0]

    @property
    def has_against(self) -> bool:
        """Whether there is evidence against the condition."""
        return self.value[1]

    @property
    def negated(self) -> "Truth":
        """The value of the condition's `not`: for and against change places."""
        return Truth((self.has_against, self.has_for))
