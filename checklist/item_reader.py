"""What reading any item of a rule file takes: its keys, texts and lists, and its faults' lines."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from checklist import wording
from checklist.condition_reader import ConditionReader
from checklist.conditions import Condition, Timescale, walk
from checklist.errors import Fault, nearest, one_of
from checklist.rule import Place, Term
from checklist.settings import Settings
from checklist.source import LocatedDict, line_of
from checklist.text import short

MOST_CONDITIONS: Final = 200
"""The most conditions that one rule or term may hold, those of the terms it uses counted in."""

RULE_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TERM_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_ID: Final = 60


class Key(NamedTuple):
    """What a key of a rule file is for, and whether it must be there."""

    says: str
    needed: bool = True


@dataclass
class ItemReader:
    """Reads the items of one rulebook file; `faults` gathers what is wrong with them.

    `term`, `term_names` and `timescales` are as in `ConditionReader`; `settings` are in force.
    """

    file: str
    term: Callable[[str], Term | None]
    term_names: Callable[[], list[str]]
    settings: Settings = field(default_factory=Settings)
    timescales: Mapping[str, Timescale] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _unread: set[str] = field(default_factory=set)  # the conditions whose settings have a fault

    def _condition_reader(self) -> ConditionReader:
        return ConditionReader(self.file, self.term, self.term_names, self.timescales)

    def _put_settings(self, tree: Mapping[str, Any], keys: Iterable[str]) -> set[str]:
        """Put the values of the settings in their place under these keys, and return their ids.

        What has a fault there is not read as a condition afterwards.
        """
        faults: list[Fault] = []
        found: set[str] = set()
        self._unread = set()
        for key in keys:
            if isinstance(part := tree.get(key), LocatedDict):
                found |= self.settings.put_in(part, self.file, faults)
                if faults:
                    self._unread.add(key)
                    self.faults += faults
                    faults.clear()
        return found

    def _condition(
        self, reader: ConditionReader, tree: Mapping[str, Any], key: str, kind: str
    ) -> Condition | None:
        if key not in tree or key in self._unread:
            return None
        condition = reader.read(tree[key], kind, key, line_of(tree, (key,)))
        if condition is None:
            return None
        # counted before anything else walks it: terms within terms grow faster than a file does
        for size, _ in enumerate(walk(condition), 1):
            if size > MOST_CONDITIONS:
                what = f"holds more than {MOST_CONDITIONS} conditions, its terms counted in"
                self._fault(key, f"{what}; split it", tree, key)
                return None
        return condition

    def _keys(self, tree: Mapping[str, Any], what: str, keys: Mapping[str, Key]) -> None:
        unknown = [key for key in tree if key not in keys]
        for key in unknown:
            hint = nearest(key, keys) or f"; there are {one_of(keys, 40)}"
            self._fault(short(key), f"there is no such key in {_article(what)}{hint}", tree, key)
        for name, key_of in keys.items():
            # a misspelt key is one mistake, not two
            misspelt = any(nearest(key, keys) == nearest(key, [name]) != "" for key in unknown)
            if key_of.needed and name not in tree and not misspelt:
                self._fault(name, f"{_article(what)} needs this key ({key_of.says})", tree, None)

    def _mappings(
        self, tree: Mapping[str, Any], key: str, what: str, keys: Mapping[str, Key]
    ) -> list[Mapping[str, Any]]:
        """Return the mappings in a list, their keys checked, those with other keys left in."""
        if key not in tree:
            return []
        needed = wording.listed(f"`{name}`" for name in keys if keys[name].needed)
        listed = tree[key]
        if not isinstance(listed, list):
            self._fault(key, f"needs a list, each item after a dash, with {needed}", tree, key)
            return []
        found: list[Mapping[str, Any]] = []
        for place, each in enumerate(listed):
            if isinstance(each, dict):
                self._keys(each, what, keys)
                found.append(each)
            else:
                line = line_of(listed, (place,))
                problem = f"{_article(what)} needs {needed}"
                self.faults.append(Fault(problem, self.file, line, key))
        return found

    def _text(self, tree: Mapping[str, Any], key: str) -> str | None:
        if key not in tree:
            return None
        text = tree[key]
        if not isinstance(text, str) or not text.strip():
            said = "a list" if isinstance(text, list) else "keys and values"
            blank = text is None or isinstance(text, str)
            self._fault(
                key, "is blank; write it out" if blank else f"needs text, not {said}", tree, key
            )
            return None
        return " ".join(text.split())

    def _words(self, tree: Mapping[str, Any], key: str) -> tuple[str, ...]:
        words = tree.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            such_as = words if isinstance(words, str) else "C13, C21"
            self._fault(key, f"needs a list, such as [{short(such_as)}]", tree, key)
            return ()
        return tuple(words)

    def _id(self, tree: Mapping[str, Any], key: str, form: re.Pattern[str], better: str) -> str:
        text = self._text(tree, key)
        if text is not None and (len(text) > LONGEST_ID or not form.fullmatch(text)):
            what = (
                f'"{short(text)}" cannot be an id; write at most {LONGEST_ID} characters, {better}'
            )
            self._fault(key, what, tree, key)
        return text or ""

    def _choice(self, tree: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Any:
        if key not in tree:
            return None
        choice = tree[key]
        if choice in choices:
            return choice
        said = f'"{short(choice)}"' if isinstance(choice, str) else "this"
        hint = nearest(choice, choices) if isinstance(choice, str) else ""
        self._fault(
            key, f"{said} is not one of its values{hint}; they are {one_of(choices, 40)}", tree, key
        )
        return None

    def _place(self, tree: Mapping[str, Any]) -> Place:
        return Place(self.file, line_of(tree, ()))

    def _fault(self, owner: str, problem: str, tree: Mapping[str, Any], key: str | None) -> None:
        line = line_of(tree, (key,) if key is not None else ())
        self.faults.append(Fault(problem, self.file, line, owner))


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
