"""durable-rules, driven only within what has been shown to be reliable in version 2.0.28.

The only module that imports it. Typed patterns on single facts, one session at a time, every fact
with an id of its own, marks before and after them to notice a batch that was cut short, and a
session that is deleted when its answers have been read.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import durable_rules_engine as durable

Pattern = dict[str, Any]
Fired = list[tuple[int, str]]

_MARK: Final = "~"
_SESSION: Final = "0"
_MOST_MATCHES: Final = 65_535  # one message holds them all; one more would wrap to none
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class LibraryError(Exception):
    """The library failed, or did not read all that it was given."""


class Rulesets:
    """Rulesets of the library, by a key of their user's choice."""

    def __init__(self) -> None:
        self._handles: dict[int, int] = {}

    def make(self, key: int, patterns: Mapping[str, Pattern]) -> None:
        """Make a ruleset of named patterns; raise LibraryError where the library refuses them."""
        rules: dict[str, Pattern] = {
            name: {"cap": _MOST_MATCHES, "all": [{"m": pattern}]}
            for name, pattern in patterns.items()
        }
        rules[_MARK] = {"all": [{"m": {"$ex": {_MARK: 1}}}]}
        try:
            self._handles[key] = durable.create_ruleset("rule", _dumps(rules))
        except Exception as error:
            raise LibraryError(f"the engine refused the rule ({error})") from error
        self.run(key, [])  # a first session that fires makes every later deletion safe

    def run(self, key: int, facts: Sequence[Pattern]) -> Fired:
        """Return what fired in a session of its own: places among the facts, and pattern names."""
        batch = [
            {_MARK: "begin", "sid": _SESSION, "id": "0"},
            *({**fact, "sid": _SESSION, "id": str(at)} for at, fact in enumerate(facts, 1)),
            {_MARK: "end", "sid": _SESSION, "id": str(len(facts) + 1)},
        ]
        handle = self._handles[key]
        try:
            fired, marks = _drained(handle, _dumps(batch))
        except Exception as error:
            self._abandon(key)
            raise LibraryError(f"the engine failed ({error})") from error
        durable.delete_state(handle, _SESSION)
        if marks != 2:
            raise LibraryError("the engine did not read all the facts")
        return fired

    def drop(self, key: int) -> None:
        """Give a ruleset's memory back."""
        handle = self._handles.pop(key, None)
        if handle is not None:
            durable.delete_ruleset(handle)

    def _abandon(self, key: int) -> None:
        """Leave a session that failed, and its ruleset, behind: neither can be trusted again."""
        with suppress(Exception):
            durable.delete_state(self._handles[key], _SESSION)
        del self._handles[key]


def _drained(handle: int, batch: str) -> tuple[Fired, int]:
    """Put the facts in; return what fired, and how many of the two marks did."""
    fired: Fired = []
    marks = 0
    state = durable.assert_facts(handle, batch)[1]
    started = durable.start_action_for_state(handle, state)
    message = started and started[1]
    while message:
        ((name, matches),) = json.loads(message).items()
        matches = matches if isinstance(matches, list) else [matches]
        if name == _MARK:
            marks += len(matches)
        else:
            fired += [(int((match.get("m") or match)["id"]) - 1, name) for match in matches]
        message = durable.complete_and_start_action(handle, state)
    return fired, marks
