"""Which question to ask next: of all that the record leaves open, the one that settles most.

What keeps a verdict open is what its grounds say is missing. An answer can only settle a verdict
that lacks it, and the fewer other answers that verdict lacks the likelier it does; so each open
verdict gives one vote, shared among what it hangs on. Who is who comes first: the people, since
nothing can be asked of those nobody has named, how old they are and what they speak, the agencies,
the plans. Then come points that need doing at once, then the rest.
"""

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from typing import Final, NamedTuple

from checklist.conditions import CASE_STEP, Through, walk
from checklist.questions import asked_at, of_collection
from checklist.rule import PRIORITIES
from checklist.subjects import CaseSubjects
from checklist.verdict import Missing, Target, Verdict
from checklist.vocabulary import collections

OPEN: Final = frozenset({"not recorded", "due"})
"""The verdicts that wait for an answer."""

_WHO: Final = (
    *((True, each) for each in ("children", "adults")),
    *((False, each) for each in ("born", "expected", "age_years")),
    *((False, each) for each in ("first_language", "interpreter_needed")),
    *((True, each) for each in ("agencies", "plans")),
)
"""Who is who, in order: lists of the case itself, and what is asked of each of the people."""
_PARENTS: Final = ("mother", "father")

NOBODY_SAID_BY: Final = {"partner": "has_partner"}
"""Of fields that name somebody, the one whose "no" says that there is nobody to name."""

_OF_A_BIRTH: Final = {
    "born": "On which day was {} born?",
    "expected": "If {} is not born yet: on which day is the birth expected?",
}


class Ask(NamedTuple):
    """A question that is open: where its answer belongs, and the verdicts that wait for it.

    `settles` is how much of them hangs on it, in verdicts.
    """

    at: Target
    question: str
    waiting: tuple[Verdict, ...]
    settles: float


def asks(
    verdicts: Sequence[Verdict],
    subjects: CaseSubjects,
    asked: Set[Target] = frozenset(),
    last: str | None = None,
) -> list[Ask]:
    """Return the open questions, which to ask first, first; none that was asked before.

    `verdicts` are those of a review of the case whose `subjects` these are. Of questions that
    settle about as much, those about `last`, the subject asked of last, come first: people think
    of one person or meeting at a time. What can only change how a point was met, or whether what
    agencies dispute is disputed, is asked last.
    """
    asked = asked | {
        Target(each.id, field)
        for each in subjects.collection("adults") or ()
        for field, said_by in NOBODY_SAID_BY.items()
        if set(each.plain[said_by]) == {"no"}
    }
    kin = _kin(subjects, asked) if any(map(_hangs_on_kin, verdicts)) else []
    found = _asks(
        (
            _Lacking(each, each.grounds.missing_beyond(asked), each.grounds.hangs_on(asked))
            for each in verdicts
            if each.name in OPEN
        ),
        subjects,
        asked,
    )
    if not (kin or found):
        found = _asks(
            (_Lacking(each, each.grounds.unsettled(asked, each.days_left)) for each in verdicts),
            subjects,
            asked,
        )
    return [*kin, *sorted(found, key=lambda ask: _order(ask, subjects.whole.id, last))]


class _Lacking(NamedTuple):
    """What an open verdict lacks, and how much of it hangs on each; evenly where that is None."""

    verdict: Verdict
    missing: Sequence[Missing]
    hangs_on: Mapping[Target, float] | None = None


def _asks(
    lacking: Iterable[_Lacking], subjects: CaseSubjects, asked: Container[Target]
) -> list[Ask]:
    votes: dict[Target, float] = {}
    waiting: dict[Target, list[Verdict]] = {}
    worded: dict[Target, list[Missing]] = {}
    for verdict, missing, hangs_on in lacking:
        wanted = {
            at: each for each in missing for at in asked_at(each.at, subjects) if at not in asked
        }
        for at, each in wanted.items():
            waiting.setdefault(at, []).append(verdict)
            worded.setdefault(at, []).append(each)
        if hangs_on is None:
            hangs_on = dict.fromkeys(wanted, 1 / max(len(wanted), 1))
        # also where another question has to come first: it is one fewer to ask then
        for at, share in hangs_on.items():
            votes[at] = votes.get(at, 0.0) + share
    return [
        Ask(at, _words(at, missing, subjects), tuple(waiting[at]), votes.get(at, 0.0))
        for at, missing in worded.items()
    ]


def _words(at: Target, missing: Sequence[Missing], subjects: CaseSubjects) -> str:
    """Return the question; its own, where what is missing follows from what is asked for.

    Each rule words it for what it needs. The shortest asks for least besides; a list is asked for
    in words of its own, so that nobody leaves out members who do not matter to one rule.
    """
    if at.field in _OF_A_BIRTH and any(at.field != each.at.field for each in missing):
        return _OF_A_BIRTH[at.field].format(subjects.people[at.subject].label)
    words = {each.question for each in missing}
    if len(words) > 1 and at.subject == subjects.whole.id and at.field in collections():
        return of_collection(at.field)
    return min(words, key=lambda each: (len(each), each))


def _order(ask: Ask, case: str, last: str | None) -> tuple[object, ...]:
    first = min(PRIORITIES.index(each.rule.priority) for each in ask.waiting)
    name = ask.at.subject
    return _who(ask.at, case), first, -int(ask.settles), name != last, -ask.settles, ask.at


def _who(at: Target, case: str) -> int:
    """Return the place of a question among those who is who; all others come after these."""
    of = (at.subject == case, at.field)  # a plan has a field `children` too
    return _WHO.index(of) if of in _WHO else len(_WHO)


def _hangs_on_kin(verdict: Verdict) -> bool:
    rule = verdict.rule
    return rule.for_each == "couple" or any(
        isinstance(each, Through) and each.step != CASE_STEP
        for each in (*walk(rule.applies), *walk(rule.expects))
    )


def _kin(subjects: CaseSubjects, asked: Container[Target]) -> list[Ask]:
    """Return the questions who belongs to whom: what is asked of a father hangs on who he is."""
    adults, children = (subjects.collection(each) or () for each in ("adults", "children"))
    if subjects.collection("adults") is None:
        return []
    # whoever was named as somebody's partner has told whose they are
    told = {Target(other.id, "partner") for each in adults for other in each.people("partner")}
    if len(children) == 1:
        # the relation tells; of several children each can have a father who is not listed yet
        (child,) = children
        told |= {Target(child.id, field) for field in _PARENTS if child.people(field)}
    return [
        Ask(at, f"Who is the {field} of {each.label}?", (), 0)
        for listed, fields in ((children, _PARENTS), (adults, ("partner",)))
        for each in listed
        for field in fields
        if (at := Target(each.id, field)) not in asked and at not in told and not each.says(field)
    ]
