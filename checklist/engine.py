"""The engine: what a condition asks, as two positive productions of durable-rules, for and against.

Whole numbers and short texts in lists under `$iany` and `$iall`, no joins, no negation. Conditions
that ask the same share one small ruleset, whatever rules and fields they stand in: "is it yes?" is
one test. A question is one fact: to a leaf's test the recorded values, to an outer condition's the
answers of its parts. Each fact also fires a production that says it was seen, so that an answer
lost on the way cannot pass for silence.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
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
)
from checklist.library import LibraryError, Pattern
from checklist.truth import Truth
from checklist.values import Kind
from checklist.watchdog import Batch, rulesets

MOST_FACTS: Final = 10_000
"""The most facts put into one session; more are judged in several."""

_TYPE, _NUMBERS, _TEXTS, _ROWS, _FOR, _AGAINST = "t", "n", "s", "r", "f", "a"
_ASKED: Final = "c"
_SEEN: Final = "seen"


class EngineError(Exception):
    """The library failed, or gave fewer answers than it was asked for."""


class Question(NamedTuple):
    """A test's number, and what the engine is to know to answer it.

    `content` is sorted whole numbers, texts, or rows of whole numbers, or the answers of parts.
    """

    test: int
    content: tuple[Anything, ...]


class Engine:
    """Answers questions; makes the ruleset of a test while other work goes on."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Anything, ...], int] = {}
        self._patterns: list[dict[str, Pattern]] = []
        self._rulesets = rulesets()
        self._keys: list[int] = []
        finalize(self, _drop, self._rulesets.drop, self._keys).atexit = False

    def test_of(self, condition: Condition) -> int:
        """Return the number of what a condition asks, and begin to make its ruleset."""
        asks = _asks(condition)
        number = self._numbers.get(asks)
        if number is None:
            number = self._numbers[asks] = len(self._patterns)
            self._patterns.append(_named_productions(condition))
            self._keys.append(self._rulesets.new_key())
            self._rulesets.prepare(self._keys[-1], self._patterns[-1])
        return number

    def ask(
        self, questions: Collection[Question]
    ) -> tuple[dict[Question, Truth], dict[Question, EngineError]]:
        """Return the answers, and the questions to which there is none, each with why."""
        by_test: dict[int, list[Question]] = {}
        for question in questions:
            by_test.setdefault(question.test, []).append(question)
        parts = [
            asked[start : start + MOST_FACTS]
            for asked in by_test.values()
            for start in range(0, len(asked), MOST_FACTS)
        ]
        answers: dict[Question, Truth] = {}
        failed: dict[Question, EngineError] = {}
        if parts:
            self._ask(parts, answers, failed)
        return answers, failed

    def close(self) -> None:
        """Give the memory of all rulesets back; one that is asked again is made again."""
        _drop(self._rulesets.drop, self._keys)

    def _ask(
        self,
        parts: Sequence[Sequence[Question]],
        answers: dict[Question, Truth],
        failed: dict[Question, EngineError],
    ) -> None:
        """Answer each part, all of one test; one that fails is asked again question by question."""
        batches = [
            Batch(
                self._keys[part[0].test],
                self._patterns[part[0].test],
                [_fact(each.content) for each in part],
            )
            for part in parts
        ]
        try:
            outcomes = self._rulesets.run(batches)
        except LibraryError as error:
            if len(parts) > 1:  # what ended the process must not cost the others their answer
                for part in parts:
                    self._ask([part], answers, failed)
                return
            outcomes = [error]
        for part, outcome in zip(parts, outcomes, strict=True):
            try:
                if isinstance(outcome, LibraryError):
                    raise EngineError(str(outcome)) from outcome
                answers.update(_answers(part, outcome))
            except EngineError as error:
                if len(part) == 1:
                    failed[part[0]] = error
                else:
                    for question in part:
                        self._ask([[question]], answers, failed)


def _answers(
    questions: Sequence[Question], answered: Iterable[tuple[int, str]]
) -> dict[Question, Truth]:
    fired = {*answered}
    if any((place, _SEEN) not in fired for place in range(len(questions))):
        raise EngineError("the engine lost a fact")
    return {
        question: Truth(((place, "for") in fired, (place, "against") in fired))
        for place, question in enumerate(questions)
    }


def _drop(drop: Callable[[int], None], keys: Iterable[int]) -> None:
    for key in keys:
        drop(key)


def _fact(content: tuple[Anything, ...]) -> Pattern:
    fact: Pattern = {_TYPE: _ASKED, _SEEN: 1}
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


def _asks(condition: Condition) -> tuple[Anything, ...]:
    """Return what is the same for conditions that ask the same, whatever field they ask it of."""
    if not isinstance(condition, Atom):
        return (type(condition).__name__,)
    test = condition.test
    name = type(test).__name__
    match test:
        case Equals() | In():
            return (name, _list_of(condition.field.kind), test)
        case Includes(codes):
            return (name, len(codes))
        case AtLeast() | AtMost():
            return (name, test)
        case _:
            return (name,)


def _named_productions(condition: Condition) -> dict[str, Pattern]:
    """Return the productions of what a condition asks, by "for" and "against"."""
    for_it, against_it = _productions(condition)
    typed = {_TYPE: _ASKED}
    patterns: dict[str, Pattern] = {_SEEN: {_SEEN: 1}, "for": {"$and": [typed, for_it]}}
    if against_it is not None:
        patterns["against"] = {"$and": [typed, against_it]}
    return patterns


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
