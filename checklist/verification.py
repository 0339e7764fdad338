"""Holds a receipt against the same cases screened again: what still holds, and what does not."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, get_args

from checklist.cohort import Result, Unread
from checklist.receipt import Asked, Entry, Receipt, Recorder
from checklist.receipt_reader import Kept, Said
from checklist.screened import Screened

State = Literal[
    "the same",
    "changed, verdicts the same",
    "changed, verdicts other",
    "verdicts other",
    "missing",
    "new",
]
STATES: Final[tuple[State, ...]] = get_args(State)
"""What became of a case: of its file, or of the day as of which it is judged, and its verdicts."""


class Other(NamedTuple):
    """A verdict that is other than it was; None where there was none, or is none now."""

    rule: str
    subject: str
    then: str | None
    now: str | None


class CaseVerified(NamedTuple):
    """One case of the receipt or of now, where it stands, and what became of it.

    `others` are its verdicts that are other, where the receipt has them beside it.
    """

    case: str
    file: str
    line: int | None
    state: State
    others: tuple[Other, ...] = ()


class Made(NamedTuple):
    """What a screening was made with, then and now, such as the version of the program."""

    what: str
    then: str
    now: str


class Verification(NamedTuple):
    """What came of holding a receipt against a screening of now.

    `made` is what differs but for the cases. `cases` are those of the receipt and of now, and None
    where the receipt does not list them: then `inputs_hold` and `verdicts_hold`, which are of all
    cases together and in order, are all that can be said. `unread` are cases that cannot be used.
    """

    receipt: Receipt
    now: Receipt
    made: tuple[Made, ...]
    cases: tuple[CaseVerified, ...] | None
    unread: tuple[Unread, ...]

    @property
    def inputs_hold(self) -> bool:
        """Whether there are the same cases, unchanged."""
        if self.cases is None:
            return self.receipt.inputs == self.now.inputs and self._same_left_out
        return self._same_left_out and not any(
            each.state not in ("the same", "verdicts other") for each in self.cases
        )

    @property
    def _same_left_out(self) -> bool:
        then, now = self.receipt, self.now
        return (then.left, then.unread) == (now.left, now.unread)

    @property
    def verdicts_hold(self) -> bool:
        """Whether every verdict is the same on the cases that are there then and now."""
        if self.cases is None:
            return self.receipt.verdicts == self.now.verdicts
        return not any(
            each.state in ("verdicts other", "changed, verdicts other") for each in self.cases
        )

    @property
    def holds(self) -> bool:
        """Whether nothing at all differs."""
        return self.inputs_hold and self.verdicts_hold and not self.made

    def those(self, state: State) -> tuple[CaseVerified, ...]:
        """Return the cases that this became of."""
        return tuple(each for each in self.cases or () if each.state == state)


def verify(kept: Kept, asked: Asked, results: Iterable[Result]) -> Verification:
    """Return what came of a receipt, from the results of screening the same cases again.

    `asked` is what these were screened with. Each case is to come once (`EachOnce`).
    """
    receipt = kept.receipt
    listed = receipt.entries is not None
    then = {each.case: each for each in receipt.entries or ()}
    recorder = Recorder(asked, receipt.today or _NO_DAY, keep=0)
    cases: list[CaseVerified] = []
    unread: list[Unread] = []
    for result in results:
        now = recorder.take(result)
        if isinstance(result, Unread):
            unread.append(result)
        elif listed and now and isinstance(result, Screened):
            said = kept.said.get(now.case)
            others = () if said is None else _others(said, result.verdicts)
            cases.append(_verified(then.pop(now.case, None), now, others))
    cases += (CaseVerified(each.case, each.file, each.line, "missing") for each in then.values())
    cases.sort(key=lambda each: each.case)
    return Verification(
        receipt,
        recorder.receipt(),
        tuple(_made(receipt.asked, asked)),
        tuple(cases) if listed else None,
        tuple(unread),
    )


_NO_DAY: Final = datetime.date.min


def _verified(then: Entry | None, now: Entry, others: tuple[Other, ...]) -> CaseVerified:
    state: State
    if then is None:
        return CaseVerified(now.case, now.file, now.line, "new")
    same = then.verdicts == now.verdicts
    if (then.sha256, then.as_of) != (now.sha256, now.as_of):
        state = "changed, verdicts the same" if same else "changed, verdicts other"
    else:
        state = "the same" if same else "verdicts other"
    return CaseVerified(now.case, now.file, now.line, state, () if same else others)


def _others(then: Said, now: Said) -> tuple[Other, ...]:
    """Return the verdicts of a case that are other, by rule and subject."""
    before, after = _by_subject(then), _by_subject(now)
    return tuple(
        Other(rule, subject, before.get((rule, subject)), after.get((rule, subject)))
        for rule, subject in sorted({*before, *after})
        if before.get((rule, subject)) != after.get((rule, subject))
    )


def _by_subject(said: Said) -> Mapping[tuple[str, str], str]:
    return {
        (rule, subject): name
        for name, by_rule in said.items()
        for rule, subjects in by_rule.items()
        for subject in subjects
    }


def _made(then: Asked, now: Asked) -> Iterator[Made]:
    """Yield what the screenings were made with that differs: the settings each for itself."""
    if then.program != now.program:
        yield Made("program", then.program, now.program)
    if then.rulebook != now.rulebook:
        yield Made("rulebook", then.rulebook, now.rulebook)
    for name in sorted({*then.settings, *now.settings}):
        before, after = then.settings.get(name), now.settings.get(name)
        if before != after:
            yield Made(f"setting {name}", _value(before), _value(after))


def _value(value: int | str | None) -> str:
    return "the default" if value is None else str(value)
