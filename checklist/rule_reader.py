"""Rules, terms, themes and audits as written in YAML, read and checked one file at a time.

What can only be checked with the whole rulebook in hand (a duplicate id, an unknown theme or
learning point) is `rulebook`'s business.
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic_core import PydanticCustomError

from checklist.condition_reader import ConditionReader, Term, asked_paths
from checklist.conditions import ALWAYS, Condition, Moment, Within
from checklist.errors import Fault, nearest, one_of
from checklist.rule import (
    PRIORITIES,
    VERDICT_NAMES,
    Audit,
    Example,
    LearningPoint,
    Place,
    Rule,
    Theme,
)
from checklist.source import line_of
from checklist.text import short
from checklist.values import read_date
from checklist.vocabulary import subject_kinds

MOST_CONDITIONS: Final = 200
"""The most conditions that one rule may hold, its terms counted in."""

_RULE_NEEDS: Final = (
    "rule", "title", "theme", "for_each", "expects", "priority", "gap", "why", "close", "examples",
)  # fmt: skip
_RULE_MAY: Final = ("learned_from", "applies", "by", "due", "met", "ask")
_EXAMPLES_NEEDED: Final = ("met", "gap", "not recorded")
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TERM_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass
class RuleReader:
    """Reads the items of one rulebook file; `faults` gathers what is wrong with them."""

    file: str
    term: Callable[[str], Term | None]
    term_names: Callable[[], list[str]]
    faults: list[Fault] = field(default_factory=list)

    def rule(self, tree: Mapping[str, Any]) -> Rule | None:
        """Return the rule, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "rule", _RULE_NEEDS, _RULE_MAY)
        texts = {
            key: self._text(tree, key)
            for key in ("title", "theme", "gap", "why", "close", "due", "met")
        }
        rule_id = self._id(tree, "rule", _ID, "lower-case words joined by hyphens")
        learned_from = self._words(tree, "learned_from")
        priority = self._choice(tree, "priority", PRIORITIES)
        kind = self._kind(tree)
        examples = self._examples(tree)
        if kind is None:
            return None
        reader = self._conditions()
        applies: Condition | None = ALWAYS
        if "applies" in tree:
            applies = reader.read(tree["applies"], kind, "applies")
        expects = reader.read(tree.get("expects"), kind, "expects") if "expects" in tree else None
        by = self._deadline(reader, tree, kind)
        self.faults += reader.faults
        ask = self._ask(tree, kind, [part for part in (applies, expects) if part is not None])
        self._placeholders(
            tree, kind, {**texts, **{f"ask {key}": text for key, text in ask.items()}}
        )
        if len(self.faults) > before or applies is None or expects is None or priority is None:
            return None
        self._size(tree, applies, expects)
        return Rule(
            id=rule_id,
            title=texts["title"] or "",
            theme=texts["theme"] or "",
            learned_from=learned_from,
            for_each=kind,
            applies=applies,
            expects=expects,
            by=by,
            priority=priority,
            gap=texts["gap"] or "",
            due=texts["due"],
            met=texts["met"],
            why=texts["why"] or "",
            close=texts["close"] or "",
            ask=ask,
            examples=examples,
            place=self._place(tree),
        )

    def read_term(self, tree: Mapping[str, Any]) -> Term | None:
        """Return the term, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "term", ("term", "for_each", "meaning", "yes_when"), ("no_when", "ask"))
        term_id = self._id(tree, "term", _TERM_ID, "lower-case words joined by underscores")
        meaning = self._text(tree, "meaning")
        kind = self._kind(tree)
        if kind is None:
            return None
        if term_id in subject_kinds()[kind].fields:
            self._fault("term", f"{term_id} is already a field of the case record", tree, "term")
        reader = self._conditions()
        yes_when = (
            reader.read(tree.get("yes_when"), kind, "yes_when") if "yes_when" in tree else None
        )
        no_when = reader.read(tree["no_when"], kind, "no_when") if "no_when" in tree else None
        self.faults += reader.faults
        ask = self._ask(tree, kind, [part for part in (yes_when, no_when) if part is not None])
        self._placeholders(tree, kind, {f"ask {key}": text for key, text in ask.items()})
        if len(self.faults) > before or yes_when is None:
            return None
        place = self._place(tree)
        return Term(term_id, kind, meaning or "", yes_when, no_when, ask, place.file, place.line)

    def theme(self, tree: Mapping[str, Any]) -> Theme | None:
        """Return the theme, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "theme", ("theme", "title"), ())
        theme = Theme(
            self._id(tree, "theme", _ID, "lower-case words joined by hyphens"),
            self._text(tree, "title") or "",
        )
        return theme if len(self.faults) == before else None

    def audit(self, tree: Mapping[str, Any]) -> Audit | None:
        """Return the audit with its learning points, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "audit", ("audit", "title", "partnership", "month", "points"), ())
        points = []
        listed = tree.get("points")
        if not isinstance(listed, list):
            self._fault("points", "needs a list of learning points", tree, "points")
            listed = []
        for each in listed:
            if not isinstance(each, dict):
                self._fault(
                    "points", "each point is a mapping of point, section and says", tree, "points"
                )
                continue
            self._keys(each, "point", ("point", "section", "says"), ())
            points.append(
                LearningPoint(
                    self._text(each, "point") or "",
                    self._text(each, "section") or "",
                    self._text(each, "says") or "",
                )
            )
        audit = Audit(
            self._text(tree, "audit") or "",
            self._text(tree, "title") or "",
            self._text(tree, "partnership") or "",
            self._text(tree, "month") or "",
            tuple(points),
        )
        return audit if len(self.faults) == before else None

    # -- parts --------------------------------------------------------------------------------

    def _conditions(self) -> ConditionReader:
        return ConditionReader(self.file, self.term, self.term_names)

    def _deadline(
        self, reader: ConditionReader, tree: Mapping[str, Any], kind: str
    ) -> Moment | Within | None:
        if "by" not in tree:
            return None
        by, line = tree["by"], line_of(tree, ("by",))
        if not isinstance(by, dict):
            return reader.moment(by, kind, "by", line)
        period = reader.period(by, kind, "by", line)
        if period is not None and period.direction == "of":
            self._fault("by", "needs `after` or `before`: a deadline is one day", tree, "by")
            return None
        return period

    def _ask(
        self, tree: Mapping[str, Any], kind: str, conditions: list[Condition]
    ) -> dict[str, str]:
        asked = tree.get("ask")
        if asked is None:
            return {}
        if not isinstance(asked, dict):
            self._fault("ask", "needs questions, each under the field it settles", tree, "ask")
            return {}
        paths: set[str] = {subject_kinds()[kind].plural}
        for condition in conditions:
            paths |= asked_paths(condition)
        for key, question in asked.items():
            if conditions and key not in paths:
                what = (
                    f"nothing here reads it{nearest(key, paths)}; it reads {one_of(sorted(paths))}"
                )
                self._fault(f"ask {short(key)}", what, asked, key)
            if not isinstance(question, str) or not question.strip():
                self._fault(f"ask {short(key)}", "needs a question", asked, key)
        return {key: text.strip() for key, text in asked.items() if isinstance(text, str)}

    def _examples(self, tree: Mapping[str, Any]) -> tuple[Example, ...]:
        listed = tree.get("examples")
        if listed is None:
            return ()
        if not isinstance(listed, list):
            self._fault(
                "examples", "needs a list, each with `given` and `verdict`", tree, "examples"
            )
            return ()
        examples = []
        for each in listed:
            if not isinstance(each, dict):
                self._fault("examples", "each needs `given` and `verdict`", tree, "examples")
                continue
            self._keys(each, "example", ("given", "verdict"), ("subject", "as_of"))
            verdict = self._choice(each, "verdict", VERDICT_NAMES)
            given = each.get("given")
            if not isinstance(given, dict):
                self._fault("given", "needs a part of a case record", each, "given")
            as_of = None
            if "as_of" in each:
                try:
                    as_of = read_date(each["as_of"])
                except PydanticCustomError as error:
                    self._fault("as_of", error.message(), each, "as_of")
            subject = self._text(each, "subject")
            if verdict is not None and isinstance(given, dict):
                examples.append(
                    Example(given, verdict, subject, as_of, self._place(each))  # type: ignore[arg-type]
                )
        missing = [
            name for name in _EXAMPLES_NEEDED if name not in {each.verdict for each in examples}
        ]
        if missing:
            self._fault(
                "examples", f"there is none with the verdict {one_of(missing)}", tree, "examples"
            )
        return tuple(examples)

    def _placeholders(
        self, tree: Mapping[str, Any], kind: str, texts: Mapping[str, str | None]
    ) -> None:
        known = ["subject", *subject_kinds()[kind].fields]
        for key, text in texts.items():
            try:
                parts = list(string.Formatter().parse(text or ""))
            except ValueError:
                self._fault(
                    key, "has a brace with no partner; write {field} for a field", tree, key
                )
                continue
            for _, name, form, conversion in parts:
                if name is None:
                    continue
                if name not in known or form or conversion:
                    what = (
                        f"there is no field {{{short(name)}}} to fill in{nearest(name, known)}; "
                        f"there are {one_of(known)}"
                    )
                    self._fault(key, what, tree, key)

    def _size(self, tree: Mapping[str, Any], *conditions: Condition) -> None:
        from checklist.conditions import walk

        size = 0
        for condition in conditions:
            for _ in walk(condition):
                size += 1
                if size > MOST_CONDITIONS:
                    what = f"this holds more than {MOST_CONDITIONS} conditions; split the rule"
                    self._fault("rule", what, tree, "rule")
                    return

    def _kind(self, tree: Mapping[str, Any]) -> str | None:
        kind: str | None = self._choice(tree, "for_each", tuple(subject_kinds()))
        return kind

    # -- envelope -----------------------------------------------------------------------------

    def _keys(
        self, tree: Mapping[str, Any], what: str, needs: Iterable[str], may: Iterable[str]
    ) -> None:
        known = [*needs, *may]
        for key in tree:
            if key not in known:
                problem = f"there is no such key in {_article(what)}{nearest(key, known)}"
                self._fault(short(key), problem, tree, key)
        for key in needs:
            if key not in tree:
                self._fault(key, f"{_article(what)} needs this key", tree, None)

    def _text(self, tree: Mapping[str, Any], key: str) -> str | None:
        if key not in tree:
            return None
        text = tree[key]
        if not isinstance(text, str) or not text.strip():
            self._fault(key, "needs text", tree, key)
            return None
        return " ".join(text.split())

    def _words(self, tree: Mapping[str, Any], key: str) -> tuple[str, ...]:
        words = tree.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self._fault(key, "needs a list, such as [C13, C21]", tree, key)
            return ()
        return tuple(words)

    def _id(self, tree: Mapping[str, Any], key: str, form: re.Pattern[str], better: str) -> str:
        text = self._text(tree, key)
        if text is not None and (len(text) > 60 or not form.fullmatch(text)):
            self._fault(key, f'"{short(text)}" cannot be an id; use {better}', tree, key)
        return text or ""

    def _choice(self, tree: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Any:
        if key not in tree:
            return None
        choice = tree[key]
        if choice in choices:
            return choice
        said = f'"{short(choice)}"' if isinstance(choice, str) else "this"
        hint = nearest(choice, choices) if isinstance(choice, str) else ""
        self._fault(key, f"{said} is not one of {one_of(choices)}{hint}", tree, key)
        return None

    def _place(self, tree: Mapping[str, Any]) -> Place:
        return Place(self.file, line_of(tree, ()))

    def _fault(self, owner: str, problem: str, tree: Mapping[str, Any], key: str | None) -> None:
        at = key.split(" ", 1) if key and key.startswith("ask ") else [key] if key else []
        self.faults.append(Fault(problem, self.file, line_of(tree, tuple(at)), owner))


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
