"""What reading any item of a rule file takes: its keys, texts and lists, and its faults' lines."""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from checklist import wording
from checklist.condition_reader import ConditionReader
from checklist.conditions import Condition, Timescale, walk
from checklist.errors import Fault, nearest, one_of
from checklist.rule import Place, Term
from checklist.settings import Settings
from checklist.source import LocatedDict, line_of
from checklist.text import short
from checklist.values import read_date
from checklist.vocabulary import subject_kinds

MOST_CONDITIONS: Final = 200
"""The most conditions that one rule or term may hold, those of the terms it uses counted in."""

RULE_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TERM_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_ID: Final = 60


class Key(NamedTuple):
    """What a key of a rule file is for, and whether it must be there."""

    says: str
    needed: bool = True


class Examples(NamedTuple):
    """How the examples of a kind of item are written.

    `answer` is the key of what an example must give, one of `answers`; each of `needed` must be
    shown by one. `none` says of those that are not shown that no example has them.
    """

    of: str
    answer: str
    means: str
    answers: tuple[str, ...]
    needed: tuple[str, ...]
    none: str

    @property
    def keys(self) -> dict[str, Key]:
        """The keys of an example."""
        return {
            "given": Key("a part of a case record"),
            self.answer: Key(self.means),
            "subject": Key("the id of the subject meant, where there are several", needed=False),
            "as_of": Key("the day on which the record is judged", needed=False),
        }


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

    def _fill(self, tree: LocatedDict, keys: tuple[str, ...], under: str = "") -> set[str]:
        """Fill the settings in the texts under these keys, and return their ids."""
        found: set[str] = set()
        for key in keys:
            text = tree.get(key)
            if isinstance(text, str) and "{setting." in text:
                tree[key], named, problems = self.settings.fill(text)
                found |= named
                for problem in problems:
                    self._fault(f"{under}{short(key)}", problem, tree, key)
        return found

    def _examples(self, tree: Mapping[str, Any], form: Examples) -> Iterator[tuple[Any, ...]]:
        """Yield what the examples of an item hold, in the order of their keys.

        The place comes last. Those with a fault are left out.
        """
        if "examples" not in tree:
            return
        before, shown = len(self.faults), set()
        for each in self._mappings(tree, "examples", "example", form.keys):
            answer = self._choice(each, form.answer, form.answers)
            given = each.get("given")
            if "given" in each and not isinstance(given, dict):
                what = "needs a part of a case record, such as {children: [{id: baby}]}"
                self._fault("given", what, each, "given")
            as_of = None
            if "as_of" in each:
                try:
                    as_of = read_date(each["as_of"])
                except PydanticCustomError as error:
                    self._fault("as_of", error.message(), each, "as_of")
            subject = self._text(each, "subject")
            if answer is not None and isinstance(given, dict):
                shown.add(answer)
                yield given, answer, subject, as_of, self._place(each)
        missing = [name for name in form.needed if name not in shown]
        if missing and len(self.faults) == before:
            what = (
                f"{form.none} {wording.listed(missing, 'or')}; a {form.of} needs at least one "
                f"each for {wording.listed(form.needed)}"
            )
            self._fault("examples", what, tree, "examples")

    def _placeholders(
        self, owner: str, text: Any, kind: str, tree: Mapping[str, Any], key: str
    ) -> None:
        if not isinstance(text, str):
            return
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            what = "has a brace without a partner; write {subject} or {field}, or leave it out"
            self._fault(owner, what, tree, key)
            return
        known = ["subject", *subject_kinds()[kind].fields]
        for _, name, form, conversion in parts:
            if name is None or (name in known and not form and not conversion):
                continue
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            what = f"there is no {{{short(written)}}} to fill in{nearest(name, known)}"
            self._fault(owner, f"{what}; there are {one_of(known, 40)}", tree, key)

    def _shown_as_they_stand(
        self, tree: Mapping[str, Any], keys: Iterable[str], filled: Iterable[str]
    ) -> None:
        """Check that the texts under these keys hold no braces; those under `filled` can."""
        for key in keys:
            if has_braces(tree.get(key)):
                what = f"is shown as it stands: only {wording.listed(filled)} can hold braces"
                self._fault(key, what, tree, key)

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


def has_braces(text: object) -> bool:
    """Return whether something is text that is filled in, or would be with another brace."""
    return isinstance(text, str) and ("{" in text or "}" in text)


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
