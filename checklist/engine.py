"""The engine: each condition as two positive productions of durable-rules, for and against.

Whole numbers and short texts in lists under `$iany` and `$iall`, no joins, no negation, one small
ruleset a rule. A rule's conditions are judged from the inside out. Each condition is one fact with
its own type; a leaf's fact holds the recorded values, an outer condition's the answers of its
parts. Each fact also fires a production that says it was seen, so that an answer lost on the way
cannot pass for silence.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any as Anything
from typing import Final, NamedTuple
from weakref import finalize

from checklist.conditions import (
    After,
    All,
    Any,
    Apart,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    Equals,
    Every,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Named,
    Not,
    Some,
    Test,
    Through,
    Within,
    WithinTimescale,
    walk,
)
from checklist.evidence import Evidence
from checklist.library import LibraryError, Pattern
from checklist.rule import Rule
from checklist.truth import Truth
from checklist.values import Kind
from checklist.watchdog import rulesets

MOST_FACTS: Final = 10_000
"""The most facts put into one session; more are judged in several."""

MOST_REMEMBERED: Final = 20_000
"""The most answers that a rule remembers before it forgets them all."""

_Question = tuple[int, Anything]  # a condition's number, and what the engine is to know for it

_TYPE, _NUMBERS, _TEXTS, _ROWS, _FOR, _AGAINST = "t", "n", "s", "r", "f", "a"
_SEEN: Final = "seen"


class EngineError(Exception):
    """The library failed, or gave fewer answers than it was asked for."""


class Judged(NamedTuple):
    """Evidence with the value that the engine found, and so for each condition inside it."""

    evidence: Evidence
    truth: Truth
    parts: "tuple[Judged, ...]"


class Engine:
    """Judges the conditions of rules; makes a rule's ruleset when it is first needed."""

    def __init__(self) -> None:
        self._rulesets: dict[str, _Ruleset] = {}

    def prepare(self, rules: Iterable[Rule]) -> None:
        """Begin to make the rulesets of rules that will be judged, while other work goes on."""
        for rule in rules:
            self._ruleset(rule)

    def judge(self, rule: Rule, evidence: Sequence[Evidence]) -> list[Judged]:
        """Return the evidence judged, in order; each piece is for one of the rule's conditions.

        Raises EngineError.
        """
        return self._ruleset(rule).judge(evidence)

    def _ruleset(self, rule: Rule) -> "_Ruleset":
        ruleset = self._rulesets.get(rule.id)
        if ruleset is None or ruleset.rule is not rule:
            ruleset = self._rulesets[rule.id] = _Ruleset(rule)
        return ruleset

    def close(self) -> None:
        """Give the memory of all rulesets back."""
        self._rulesets.clear()


class _Ruleset:
    """One rule's conditions as a ruleset of the library, and the answers it has given."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._walked = [*walk(rule.applies), *walk(rule.expects)]
        # conditions that ask the same of a fact are one to the library: fewer productions to make,
        # and what one of them was answered serves the others
        self._numbers: dict[int, int] = {}
        alike: dict[str, int] = {}
        for number, condition in enumerate(self._walked):
            asks = repr(_productions(condition))
            self._numbers[id(condition)] = alike.setdefault(asks, number)
        self._answers: dict[_Question, Truth] = {}
        self._patterns = self._named_productions()
        self._rulesets = rulesets()
        self._key = self._rulesets.new_key()
        self._rulesets.prepare(self._key, self._patterns)
        finalize(self, self._rulesets.drop, self._key).atexit = False

    def judge(self, evidence: Sequence[Evidence]) -> list[Judged]:
        if len(self._answers) > MOST_REMEMBERED:
            self._answers.clear()
        levels: list[list[Evidence]] = []
        level = list(evidence)
        while level:
            levels.append(level)
            level = [part for each in level for part in each.parts]
        truths: dict[int, Truth] = {}
        for level in reversed(levels):
            self._answer(level, truths)
        return [self._judged(each, truths) for each in evidence]

    def _answer(self, level: list[Evidence], truths: dict[int, Truth]) -> None:
        questions = {
            id(each): (self._numbers[id(each.condition)], _content(each, truths)) for each in level
        }
        asked = dict.fromkeys(questions.values())
        new = [question for question in asked if question not in self._answers]
        for start in range(0, len(new), MOST_FACTS):
            self._answers.update(self._ask(new[start : start + MOST_FACTS]))
        truths.update((place, self._answers[question]) for place, question in questions.items())

    def _judged(self, evidence: Evidence, truths: dict[int, Truth]) -> Judged:
        parts = tuple(self._judged(part, truths) for part in evidence.parts)
        return Judged(evidence, truths[id(evidence)], parts)

    def _ask(self, questions: Sequence[_Question]) -> dict[_Question, Truth]:
        facts = [_fact(f"c{number}", content) for number, content in questions]
        try:
            answers = self._rulesets.run(self._key, self._patterns, facts)
        except LibraryError as error:
            raise EngineError(str(error)) from error
        fired = {(place, name.rpartition(" ")[2]) for place, name in answers}
        truths = {}
        for place, question in enumerate(questions):
            if (place, _SEEN) not in fired:
                raise EngineError("the engine lost a fact")
            truths[question] = Truth(((place, "for") in fired, (place, "against") in fired))
        return truths

    def _named_productions(self) -> dict[str, Pattern]:
        """Return the productions, by the condition's number and "for" or "against"."""
        patterns: dict[str, Pattern] = {_SEEN: {_SEEN: 1}}
        for number in sorted(set(self._numbers.values())):
            kind = f"c{number}"
            for_it, against_it = _productions(self._walked[number])
            patterns[f"{kind} for"] = {"$and": [{_TYPE: kind}, for_it]}
            if against_it is not None:
                patterns[f"{kind} against"] = {"$and": [{_TYPE: kind}, against_it]}
        return patterns


def _content(evidence: Evidence, truths: dict[int, Truth]) -> Anything:
    """Return what the engine is to know: a leaf's key, or the answers of the parts."""
    if evidence.key is not None:
        return evidence.key
    condition = evidence.condition
    answers = tuple(truths[id(part)] for part in evidence.parts)
    if isinstance(condition, Named) and condition.no_when is not None:
        yes, no = answers
        return (Truth((yes.has_for, no.has_for)),)
    if isinstance(condition, Any | All | Some | Every | Through):
        # their answers have no order, and a repeat says nothing more
        unheard = {Truth.NEITHER} if evidence.silent else set()
        answers = tuple(sorted({*answers, *unheard}, key=lambda truth: truth.value))
    if answers:
        return answers
    # all of nothing is true, some of nothing is false
    return (Truth.TRUE if isinstance(condition, All | Every) else Truth.FALSE,)


def _fact(kind: str, content: Anything) -> Pattern:
    fact: Pattern = {_TYPE: kind, _SEEN: 1}
    if content and isinstance(content[0], Truth):
        fact[_FOR] = [int(truth.has_for) for truth in content]
        fact[_AGAINST] = [int(truth.has_against) for truth in content]
    elif content and isinstance(content[0], tuple):
        fact[_ROWS] = [{_column(at): cell for at, cell in enumerate(row)} for row in content]
    elif content and isinstance(content[0], str):
        fact[_TEXTS] = list(content)
    elif content:
        fact[_NUMBERS] = list(content)
    return fact


# -- productions -------------------------------------------------------------------------------


def _productions(condition: Condition) -> tuple[Pattern, Pattern | None]:
    """Return the patterns for and against a condition; None where nothing can be against it."""
    match condition:
        case Atom():
            return _of_test(condition.test, condition.field.kind)
        case All() | Every():
            return _each(_FOR), _one(_AGAINST)
        case Any() | Some():
            return _one(_FOR), _each(_AGAINST)
        case Not():
            return _one(_AGAINST), _one(_FOR)
        case Through() | Named():
            return _one(_FOR), _one(_AGAINST)


def _of_test(test: Test, kind: Kind) -> tuple[Pattern, Pattern | None]:
    match test:
        case IsRecorded():
            return _in_list(_NUMBERS, {"$i": 1}), None
        case Equals(wanted):
            name, literal = _list_of(kind), _literal(wanted)
            return _in_list(name, {"$i": literal}), _in_list(name, {"$neq": {"$i": literal}})
        case In(wanted):
            name, literals = _list_of(kind), [_literal(each) for each in wanted]
            is_one = [_in_list(name, {"$i": literal}) for literal in literals]
            is_none: list[Pattern] = [{"$neq": {"$i": literal}} for literal in literals]
            return _joined("$or", is_one), _in_list(name, _joined("$and", is_none))
        case Includes(codes):
            return _rows_with(len(codes), lambda cell: ({cell: 1}, {cell: 0}))
        case IncludesThis():
            return _rows_with(1, lambda cell: ({cell: 1}, {cell: 0}))
        case Within() | WithinTimescale() | Apart():
            return _rows_with(2, lambda cell: ({"$gte": {cell: 0}}, {"$lt": {cell: 0}}))
        case AtLeast(number):
            return _compared("$gte", "$lt", number)
        case AtMost(number):
            return _compared("$lte", "$gt", number)
        case Before():
            return _compared("$lt", "$gte", 0)
        case After():
            return _compared("$gt", "$lte", 0)


def _one(name: str) -> Pattern:
    return _in_list(name, {"$i": 1})


def _each(name: str) -> Pattern:
    return {"$iall": {name: {"$i": 1}}}


def _in_list(name: str, test: Pattern) -> Pattern:
    """Return the pattern that some item of the list passes the test."""
    # a comparison stands around the item's name, an equality in its place
    return {"$iany": {name: test}}


def _compared(passes: str, fails: str, number: int) -> tuple[Pattern, Pattern]:
    return (
        _in_list(_NUMBERS, {passes: {"$i": number}}),
        _in_list(_NUMBERS, {fails: {"$i": number}}),
    )


def _rows_with(
    columns: int, tests: Callable[[str], tuple[Pattern, Pattern]]
) -> tuple[Pattern, Pattern]:
    """Return the patterns that all cells of some row pass, and that some cell of some row fails."""
    cells = [tests(f"$i.{_column(at)}") for at in range(columns)]
    return (
        _in_list(_ROWS, _joined("$and", [passes for passes, _ in cells])),
        # an `$or` inside `$iany` is wrongly judged by the library, so it stands outside
        _joined("$or", [_in_list(_ROWS, fails) for _, fails in cells]),
    )


def _joined(word: str, patterns: list[Pattern]) -> Pattern:
    return patterns[0] if len(patterns) == 1 else {word: patterns}


def _column(at: int) -> str:
    return f"c{at}"


def _list_of(kind: Kind) -> str:
    return _NUMBERS if kind in ("number", "date") else _TEXTS


def _literal(value: str | int | datetime.date) -> str | int:
    """Return a rule's value in the form in which evidence gives the record's."""
    if isinstance(value, datetime.date):
        return value.toordinal()
    return value.casefold() if isinstance(value, str) else value
