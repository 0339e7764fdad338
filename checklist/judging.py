"""Which of the four values conditions have on the subjects of a case: the engine's answers, once.

Each condition is made into a function that looks up what the engine has answered. What it has not
answered yet is left open, the questions of a whole case are put to it together, and the answers
are remembered: from case to case nearly all are the same. An outer condition needs no more than
which values its parts have, sixteen questions in all.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, count, product
from typing import Any as Anything
from typing import Final, NamedTuple, cast

from checklist.conditions import (
    THIS,
    All,
    Any,
    Atom,
    Condition,
    DateField,
    Every,
    IncludesThis,
    Named,
    Not,
    Some,
    Through,
    moment_of,
    parts_of,
)
from checklist.content import Read, is_worth_remembering, reader
from checklist.engine import Engine, EngineError, Question
from checklist.evidence import Evidence, gather
from checklist.scope import Scope, led_to
from checklist.subjects import Subject
from checklist.truth import Truth

MOST_REMEMBERED: Final = 5_000
"""The most answers to one test that are remembered before all of them are forgotten."""

MOST_VALUES: Final = 200
"""The most values of a field whose answer one condition remembers before it forgets them all."""

# A value is a bit, so that those of many parts are one number.
_BIT: Final = {Truth.TRUE: 1, Truth.FALSE: 2, Truth.BOTH: 4, Truth.NEITHER: 8}
_VALUE: Final = {bit: truth for truth, bit in _BIT.items()}
_FALSE: Final = _BIT[Truth.FALSE]
_SILENT: Final = _BIT[Truth.NEITHER]
_PAIRS: Final = {
    (one, other): (_VALUE[one], _VALUE[other]) for one, other in product(_VALUE, _VALUE)
}
_OPEN: Final = 16  # the engine has not been asked yet
_FAILED: Final = 32  # the engine gave no answer
_SETS: Final = 64

_numbers = count()  # unique among all that can judge the same subjects

_Judge = Callable[[Subject, Scope], int]


class Judged(NamedTuple):
    """Evidence with the value that the engine found, and so for each condition inside it."""

    evidence: Evidence
    truth: Truth
    parts: "tuple[Judged, ...]"


class _Table:
    """What an outer condition is for each set of its parts' values; a set is the sum of its bits.

    `settled` tells the sets to which no further part makes a difference.
    """

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self.value = [_OPEN] * _SETS
        self.settled = [False] * _SETS
        self.is_ready = False

    def questions(self, test: int) -> dict[int, Question]:
        """Return what to ask the engine of each set."""
        asked = {}
        for size in range(5):
            for truths in combinations(_BIT, size):
                known = tuple(sorted(truths, key=lambda truth: truth.value))
                if not known:  # all of nothing is true, some of nothing is false
                    of_all = isinstance(self.condition, All | Every)
                    known = (Truth.TRUE if of_all else Truth.FALSE,)
                asked[sum(_BIT[truth] for truth in truths)] = Question(test, known)
        return asked

    def fill(self, answers: dict[int, Truth] | None) -> None:
        """Take the engine's answers by set; None where it failed."""
        for number in range(_SETS):
            known = number & 15
            if answers is None:
                self.value[number] = _FAILED
                continue
            possible = {answers[more] for more in range(16) if more & known == known}
            self.settled[number] = bool(known) and len(possible) == 1
            if number == known or self.settled[number]:
                self.value[number] = _BIT[answers[known]]
            else:
                self.value[number] = _FAILED if number & _FAILED else _OPEN
        self.is_ready = answers is not None


class Judgeable(NamedTuple):
    """A condition made ready: its number, its test's, what judges it, and what combines parts.

    `read` makes a leaf's values into what the engine is to see; an outer condition has a table.
    `looks_around` says that it names a subject around its own, as `this_child` does.
    """

    condition: Condition
    number: int
    test: int
    judge: _Judge
    looks_around: bool
    read: Read | None = None
    table: _Table | None = None


class Judging:
    """Judges conditions on subjects; keeps what the engine has answered from case to case."""

    def __init__(self) -> None:
        self._engine = Engine()
        self._known: dict[int, dict[Anything, int]] = {}  # by test, then by what the engine sees
        self._open: dict[Question, None] = {}
        self._failed: dict[Question, EngineError] = {}
        self._tables: dict[int, _Table] = {}
        self._alike: dict[tuple[Anything, ...], Judgeable] = {}
        self._made: dict[int, tuple[Condition, Judgeable]] = {}

    def prepare(self, condition: Condition) -> Judgeable:
        """Return a condition made ready; the engine makes itself ready while other work goes on."""
        known = self._made.get(id(condition))
        if known is None:
            made = self._shared(condition)
            # kept with it, so that no other condition gets its id
            known = self._made[id(condition)] = (condition, made)
        return known[1]

    def truths(self, asked: Sequence[tuple[Judgeable, Subject]]) -> list[Truth | EngineError]:
        """Return the value of each condition on each subject, or why there is none.

        Raises BadInput where working days cannot be counted.
        """
        self._begin()
        found = [made.judge(subject, (subject,)) for made, subject in asked]
        if self._ask_all():
            found = [made.judge(subject, (subject,)) for made, subject in asked]
        return [
            _VALUE[value] if value < _OPEN else self._why(*each)
            for value, each in zip(found, asked, strict=True)
        ]

    def pairs(
        self, asked: Sequence[tuple[Judgeable, Judgeable, Sequence[Subject]]]
    ) -> list[tuple[Truth, Truth] | EngineError]:
        """Return the values of two conditions on each of some subjects, or why there are none.

        The second is needed only where the first is not FALSE: elsewhere it is not asked, and
        given as NEITHER. Raises BadInput where working days cannot be counted.
        """
        self._begin()
        found = self._pairs(asked)
        if self._ask_all():
            found = self._pairs(asked)
        if all(found):
            return cast("list[tuple[Truth, Truth] | EngineError]", found)
        told = [(one, other, subject) for one, other, subjects in asked for subject in subjects]
        return [pair or self._why_pair(*each) for pair, each in zip(found, told, strict=True)]

    def _pairs(
        self, asked: Sequence[tuple[Judgeable, Judgeable, Sequence[Subject]]]
    ) -> list[tuple[Truth, Truth] | None]:
        """Return the pairs of values; None where one is open or failed."""
        found = []
        pair_of = _PAIRS.get
        for one, other, subjects in asked:
            judge_one, judge_other = one.judge, other.judge
            for subject in subjects:
                scope = (subject,)
                first = judge_one(subject, scope)
                second = _SILENT if first == _FALSE else judge_other(subject, scope)
                found.append(pair_of((first, second)))
        return found

    def judged(self, condition: Condition, subject: Subject) -> Judged:
        """Return the evidence for a condition on a subject, judged, and all inside it.

        Raises EngineError, and BadInput where working days cannot be counted.
        """
        self.prepare(condition)
        self._ready_tables()
        return self._judged(gather(condition, subject))

    def look_ahead(self, asked: Iterable[tuple[Condition, Subject]]) -> None:
        """Ask the engine in one request what judging these with all inside them will need.

        Judging stops where the rest makes no difference; who wants to know why goes on.
        """
        waiting = [gather(*each) for each in asked]
        while waiting:
            evidence = waiting.pop()
            if evidence.parts:
                waiting += evidence.parts
            elif isinstance(evidence.condition, Atom):
                self.prepare(evidence.condition).judge(evidence.subject, evidence.scope)
        self._ask_all()

    def close(self) -> None:
        """Give the engine's memory back, and forget its answers."""
        self._engine.close()
        for known in self._known.values():
            known.clear()

    # -- asking -------------------------------------------------------------------------------

    def _ready_tables(self) -> None:
        wanted = {
            test: table.questions(test)
            for test, table in self._tables.items()
            if not table.is_ready
        }
        if not wanted:
            return
        asked = [question for questions in wanted.values() for question in questions.values()]
        answers, failed = self._engine.ask(dict.fromkeys(asked))
        self._failed.update(failed)
        for test, questions in wanted.items():
            lost = not failed.keys().isdisjoint(questions.values())
            known = (
                {number: answers[each] for number, each in questions.items()} if not lost else None
            )
            self._tables[test].fill(known)

    def _begin(self) -> None:
        self._failed.clear()
        self._open.clear()
        # only here: what one look at a case has found has to be there for the next
        for known in self._known.values():
            if len(known) > MOST_REMEMBERED:
                known.clear()
        self._ready_tables()

    def _ask_all(self) -> bool:
        """Put all open questions to the engine; return whether there were any."""
        if not self._open:
            return False
        answers, failed = self._engine.ask(self._open)
        for (test, seen), truth in answers.items():
            self._known[test][seen] = _BIT[truth]
        self._failed.update(failed)
        self._open.clear()
        return True

    def _look_up(self, test: int, seen: tuple[Anything, ...]) -> int:
        found = self._known[test].get(seen)
        if found is None:
            question = Question(test, seen)
            if question in self._failed:
                return _FAILED
            self._open[question] = None
            return _OPEN
        return found

    def _why(self, made: Judgeable, subject: Subject) -> EngineError:
        """Return why a condition has no value on a subject."""
        try:
            self.judged(made.condition, subject)
        except EngineError as error:
            return error
        raise AssertionError("a condition was left open and yet can be judged")

    def _judged(self, evidence: Evidence) -> Judged:
        condition = evidence.condition
        made = self.prepare(condition)
        parts = tuple(self._judged(part) for part in evidence.parts)
        if made.table is None:
            value = made.judge(evidence.subject, evidence.scope)
            if value == _OPEN:
                self._ask_all()
                value = made.judge(evidence.subject, evidence.scope)
        else:
            value = made.table.value[_together(condition, parts, evidence.silent)]
        if value not in _VALUE:
            raise self._failure(made, evidence)
        return Judged(evidence, _VALUE[value], parts)

    def _why_pair(self, one: Judgeable, other: Judgeable, subject: Subject) -> EngineError:
        try:
            self.judged(one.condition, subject)
        except EngineError as error:
            return error
        return self._why(other, subject)

    def _failure(self, made: Judgeable, evidence: Evidence) -> EngineError:
        if isinstance(evidence.condition, Atom) and made.read is not None:
            values = evidence.subject.plain[evidence.condition.field.name]
            return self._failed[Question(made.test, made.read(values, evidence.scope))]
        return next(error for asked, error in self._failed.items() if asked.test == made.test)

    # -- making ready -------------------------------------------------------------------------

    def _shared(self, condition: Condition) -> Judgeable:
        """Return what judges a condition: the same for all that say the same."""
        parts = tuple(map(self.prepare, parts_of(condition)))
        says = (*_says(condition), *(part.number for part in parts))
        made = self._alike.get(says)
        if made is None:
            made = self._alike[says] = self._new(condition, parts)
        return made

    def _new(self, condition: Condition, parts: tuple[Judgeable, ...]) -> Judgeable:
        number, test = next(_numbers), self._engine.test_of(condition)
        if isinstance(condition, Atom):
            self._known.setdefault(test, {})
            read = reader(condition)
            judge = self._leaf(condition, test, read)
            return Judgeable(condition, number, test, judge, _looks_around(condition), read)
        judges = [part.judge for part in parts]
        looks_around = any(part.looks_around for part in parts)
        if test not in self._tables:
            self._tables[test] = _Table(condition)
        table = self._tables[test]
        match condition:
            case Some(plural) | Every(plural):
                judge = _of_members(plural, judges[0], table, looks_around=looks_around)
            case Through(step):
                judge = _of_step(step, judges[0], table, looks_around=looks_around)
            case Named(of=kind):
                judge, looks_around = _of_term(kind, judges, table), False
            case _:
                judge = _of_parts(judges, table)
        if not (isinstance(condition, All | Any | Not) or looks_around):
            judge = _remembered(number, judge, of_case=isinstance(condition, Some | Every))
        return Judgeable(condition, number, test, judge, looks_around, table=table)

    def _leaf(self, atom: Atom, test: int, read: Read) -> _Judge:
        name, look_up = atom.field.name, self._look_up
        if not is_worth_remembering(atom):
            known = self._known[test].get

            def judge(subject: Subject, scope: Scope) -> int:
                values = subject.plain[name]
                seen = read(values, scope) if values else ()
                return known(seen) or look_up(test, seen)

            return judge

        remembered: dict[tuple[Anything, ...], int] = {}
        known_of = remembered.get

        def judge_values(subject: Subject, scope: Scope) -> int:
            values = subject.plain[name]
            found = known_of(values)
            if found is None:
                found = look_up(test, read(values, scope))
                if found < _OPEN:
                    if len(remembered) >= MOST_VALUES:
                        remembered.clear()
                    remembered[values] = found
            return found

        return judge_values


# -- conditions of parts -----------------------------------------------------------------------


def _of_parts(judges: Sequence[_Judge], table: _Table) -> _Judge:
    value, settled = table.value, table.settled
    first, *others = judges or (lambda _subject, _scope: 0,)

    def judge(subject: Subject, scope: Scope) -> int:
        found = first(subject, scope)
        for part in others:
            if settled[found]:
                break
            found |= part(subject, scope)
        return value[found]

    return judge


def _of_members(plural: str, part: _Judge, table: _Table, *, looks_around: bool) -> _Judge:
    value, settled = table.value, table.settled

    def judge(subject: Subject, scope: Scope) -> int:
        members, silent = subject.family.members(plural)
        found = _SILENT if silent else 0
        for member in members:
            found |= part(member, (*scope, member) if looks_around else (member,))
            if settled[found]:
                break
        return value[found]

    return judge


def _of_step(step: str, part: _Judge, table: _Table, *, looks_around: bool) -> _Judge:
    value = table.value

    def judge(subject: Subject, scope: Scope) -> int:
        found = 0
        for reached in led_to(subject, step):
            found |= part(reached, (*scope, reached) if looks_around else (reached,))
        return value[found or _SILENT]

    return judge


def _of_term(kind: str, judges: Sequence[_Judge], table: _Table) -> _Judge:
    value = table.value

    def judge(subject: Subject, _scope: Scope) -> int:
        # a term is written without knowing who is around its subject where it is used
        seen = subject.seen_as(kind)
        found = [part(seen, (seen,)) for part in judges]
        return value[found[0] if len(found) == 1 else _apart(*found)]

    return judge


def _remembered(number: int, judge: _Judge, *, of_case: bool) -> _Judge:
    """Return the same function, which remembers what it found of a subject, or of its case."""

    def remembering(subject: Subject, scope: Scope) -> int:
        truths = (subject.family.whole if of_case else subject).truths
        found = truths.get(number)
        if found is None:
            found = judge(subject, scope)
            if found < _OPEN:
                truths[number] = found
        return found

    return remembering


def _together(condition: Condition, parts: Sequence[Judged], silent: bool) -> int:
    """Return the set of the values of parts that have been judged."""
    values = [_BIT[part.truth] for part in parts]
    if isinstance(condition, Named) and condition.no_when is not None:
        return _apart(*values)
    found = _SILENT if silent else 0
    for value in values:
        found |= value
    return found


def _apart(yes: int, no: int) -> int:
    """Return the value of a term that says apart what is for it and what is against it."""
    if yes >= _OPEN or no >= _OPEN:
        return (yes | no) & (_OPEN | _FAILED)
    return _BIT[Truth((_VALUE[yes].has_for, _VALUE[no].has_for))]


def _says(condition: Condition) -> tuple[Anything, ...]:
    """Return what a condition says itself, without its parts.

    Named tuples of different types are equal where their values are, hence the types' names.
    """
    name = type(condition).__name__
    match condition:
        case Atom(field, test):
            return (name, field.name, field.kind, type(test).__name__, test)
        case Some(plural) | Every(plural):
            return (name, plural)
        case Through(step):
            return (name, step)
        case Named(of=kind):
            return (name, kind)
        case _:
            return (name,)


def _looks_around(atom: Atom) -> bool:
    moment = moment_of(atom)
    return isinstance(atom.test, IncludesThis) or (
        isinstance(moment, DateField) and any(step.startswith(THIS) for step in moment.steps[:1])
    )
