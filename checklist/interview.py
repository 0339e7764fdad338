"""An interview: the questions that settle a case's verdicts, one after another, and their answers.

A conversation without a screen: whoever holds it asks for the next step, shows it, and says what
was answered. Each answer is in the case file before the next step is given; nothing else is
written anywhere.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final, NamedTuple

from checklist.asking import NOBODY_SAID_BY, OPEN, Ask, asks
from checklist.draft import Draft
from checklist.looked_for import looked_for_in
from checklist.questions import of_collection
from checklist.reasons import fill
from checklist.review import Review, Reviewer
from checklist.rule import PRIORITIES, Priority, Rule
from checklist.subjects import DATED, CaseSubjects, Subject, free
from checklist.verdict import Target, Verdict
from checklist.vocabulary import JUDGEMENT, Field, collections, subject_kinds
from checklist.word import Word

_NAMED_BY: Final[dict[str, tuple[str, ...]]] = {
    "child": ("born", "expected"),
    "adult": ("relation",),
    "contact": ("date", "agency", "mode"),
    "agency": (),
    "couple": (),
}
"""The fields by which people tell one from another, where it is not a kind and a day."""


class Step(NamedTuple):
    """One question of an interview, and where its answer belongs.

    Either `field` is what is asked for; or `key` is the list of the case whose members are asked
    for, each with the fields `named_by`; or `judged` is the rule on which a person's judgement is
    asked. `about` is the subject in words. `waiting` are the verdicts that wait for the answer.
    With `others` the same question is open for them too, and one answer can serve all.
    """

    at: Target
    question: str
    about: str
    waiting: tuple[Verdict, ...]
    field: Field | None = None
    key: str | None = None
    named_by: tuple[Field, ...] = ()
    judged: Rule | None = None
    of_person: bool = False
    others: tuple["Step", ...] = ()

    @property
    def nobody(self) -> Target | None:
        """Where it is said that there is nobody whom the answer could name, if that can be said."""
        said_by = None if self.field is None else NOBODY_SAID_BY.get(self.field.name)
        return None if said_by is None else Target(self.at.subject, said_by)

    @property
    def stem(self) -> str:
        """The question without the subject that it names: the same for all it is open for.

        People are left in it, unless they stand in brackets: what is so of one of them seldom is of
        all, as it is of meetings.
        """
        stem = self.question.replace(f" ({self.about})", "", 1)
        return stem if self.of_person else stem.replace(self.about, "...")

    @property
    def priority(self) -> Priority | None:
        """How urgent the most urgent of the points is that wait; None where none waits yet."""
        return min(
            (each.rule.priority for each in self.waiting), key=_URGENCY.__getitem__, default=None
        )

    @property
    def waived(self) -> tuple[Verdict, ...]:
        """The verdicts that a reason why they do not apply would settle."""
        return tuple(each for each in self.waiting if each.grounds.may_not_apply)


class Progress(NamedTuple):
    """How far an interview has come: answers given, points open, questions open so far as known."""

    answered: int
    points: int
    questions: int


class _Before(NamedTuple):
    """All that it takes to go back to before an answer."""

    text: str
    asked: frozenset[Target]
    apart: frozenset[str]
    last: str | None
    listing: str | None


class Interview:
    """An interview about one case, whose file is `draft`, with the rules of a reviewer.

    `step` is the question to ask now, None where there is none left. Every answer is saved at
    once; where that fails (BadInput, ChangedMeanwhile) the draft is as it was before it.
    """

    def __init__(self, draft: Draft, reviewer: Reviewer, today: datetime.date) -> None:
        self.draft = draft
        self.today = today
        self._reviewer = reviewer
        self._asked = frozenset(looked_for_in(draft.case, draft.as_of))
        self._apart: frozenset[str] = frozenset()
        self._last: str | None = None
        self._listing: str | None = None
        self._history: list[_Before] = []

    # -- what to ask --------------------------------------------------------------------------

    @cached_property
    def review(self) -> Review:
        """The review of the record as it now stands."""
        return self._reviewer.review(self.draft.case, self.draft.as_of)

    @cached_property
    def step(self) -> Step | None:
        """The question to ask now."""
        if self._listing is not None:
            key = self._listing
            words = of_collection(key)
            return self._step(Ask(Target(self.draft.case.id, key), words, (), 0))
        if not self._asks:
            return None
        first = self._asks[0]
        stem, field = self._step(first).stem, first.at.field
        alike = (each for each in self._asks if each.at.field == field)
        steps = [self._step(each) for each in alike if self._step(each).stem == stem]
        if stem in self._apart or steps[0].field is None:
            return steps[0]
        return steps[0]._replace(others=tuple(steps[1:]))

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        points = sum(each.name in OPEN for each in self.review.verdicts)
        return Progress(len(self._history), points, len(self._asks))

    def subject(self, name: str) -> Subject:
        """Return what an id stands for in the record as it now stands."""
        return self._by_id[name]

    @cached_property
    def subjects(self) -> CaseSubjects:
        """All subjects of the record as it now stands."""
        return CaseSubjects(self.draft.case, self.draft.as_of)

    @cached_property
    def _by_id(self) -> dict[str, Subject]:
        found = {self.subjects.whole.id: self.subjects.whole}
        for plural, kind in collections().items():
            if kind != "family_member":
                found |= {each.id: each for each in self.subjects.collection(plural) or ()}
        return found

    @cached_property
    def _asks(self) -> list[Ask]:
        return asks(self.review.verdicts, self.subjects, self._asked, self._last)

    def _step(self, ask: Ask) -> Step:
        name, field = ask.at
        subject = self._by_id[name]
        of_person = subject.kind in ("child", "adult")
        step = Step(ask.at, ask.question, subject.label, ask.waiting, of_person=of_person)
        if field.startswith(JUDGEMENT):
            rule = self._reviewer.rulebook.by_id[field.removeprefix(JUDGEMENT)]
            question = ask.question if rule.judge is None else fill(rule.judge, subject)
            return step._replace(judged=rule, question=question)
        known = subject_kinds()[subject.kind].fields
        if field in known:
            return step._replace(field=known[field])
        fields = subject_kinds()[collections()[field]].fields
        return step._replace(key=field, named_by=tuple(fields[each] for each in named_by(field)))

    # -- answers ------------------------------------------------------------------------------

    def say(
        self, word: Word, *, of_all: bool = False, beside: Mapping[str, Word] | None = None
    ) -> None:
        """Answer the step with a value, or with it also those of `others`.

        `beside` holds what is said at once of other fields of the same subject, such as the reason.
        """
        step = self._now()
        steps = (step, *step.others) if of_all else (step,)
        with self._answering(steps):
            for each in steps:
                self.draft.say(each.at, [word])
                for field, other in (beside or {}).items():
                    self.draft.say(Target(each.at.subject, field), [other])

    def say_nobody(self, word: Word) -> None:
        """Answer a step that asks who somebody is with a "no": there is nobody."""
        step = self._now()
        assert step.nobody is not None  # noqa: S101
        with self._answering((step,)):
            self.draft.say(step.nobody, [word])

    def add_word(self, at: Target, word: Word) -> None:
        """Put what another agency says beside what is recorded of a field."""
        with self._answering(()):
            self.draft.add_word(at, word)

    def list_member(self, name: str, fields: Mapping[str, Word | Any]) -> None:
        """Answer a step that asks for a list with one of its members; more of them can follow.

        The step stays until `all_listed`.
        """
        key = self._now().key
        assert key is not None  # noqa: S101
        with self._answering(()):
            self.draft.add_member(key, name, fields)
            self._listing = key

    def all_listed(self) -> None:
        """End a list whose members have been told, or that nobody wants to add to after all."""
        self._listing = None
        self._forget()

    def list_more(self, key: str) -> None:
        """Ask for a list of the case, such as `meetings`, though some of it has been told."""
        self._listing = key
        self._forget()

    def no_members(self) -> None:
        """Answer a step that asks for a list: there are none."""
        step = self._now()
        assert step.key is not None  # noqa: S101
        with self._answering((step,)):
            self.draft.none_of(step.key)

    def judge(self, answer: str, *, reason: str, role: str, agency: str | None = None) -> None:
        """Answer a step that asks for a person's judgement: "yes" or "no"."""
        step = self._now()
        assert step.judged is not None  # noqa: S101
        with self._answering((step,)):
            self.draft.judge(
                step.judged.id,
                step.at.subject,
                answer,
                reason=reason,
                role=role,
                date=self.today,
                agency=agency,
            )

    def not_on_file(self, where: str, *, of_all: bool = False) -> None:
        """Answer the step: it was looked for there and is not recorded; it stays so."""
        step = self._now()
        steps = (step, *step.others) if of_all else (step,)
        with self._answering(steps):
            for each in steps:
                if each.judged is None:
                    self.draft.look_for(each.at, where=where, date=self.today)

    def does_not_apply(
        self,
        verdicts: Iterable[Verdict],
        *,
        reason: str,
        role: str,
        agency: str | None = None,
    ) -> None:
        """Answer the step: these points do not apply, for a reason that somebody answers for."""
        step = self._now()
        with self._answering((step,)):
            for each in verdicts:
                self.draft.say_not_applicable(
                    each.rule.id,
                    each.subject.id,
                    reason=reason,
                    role=role,
                    date=self.today,
                    agency=agency,
                )

    def accept(self, verdict: Verdict, *, reason: str, role: str, review: datetime.date) -> None:
        """Record that a gap is accepted, until and including the day of `review`."""
        with self._answering(()):
            self.draft.accept(
                verdict.rule.id,
                verdict.subject.id,
                reason=reason,
                role=role,
                review=review,
                date=self.today,
            )

    def skip(self, *, of_all: bool = False) -> None:
        """Leave the step for another time; it is not asked again in this interview."""
        step = self._now()
        with self._answering((step, *step.others) if of_all else (step,)):
            pass

    def one_by_one(self) -> None:
        """Ask the step and its `others` one after another."""
        self._apart |= {self._step(self._asks[0]).stem}
        self._forget()

    def back(self) -> bool:
        """Go back to before the last answer; whether there was one."""
        if not self._history:
            return False
        before = self._history.pop()
        text = self.draft.snapshot()
        self.draft.restore(before.text)
        try:
            self.draft.save()
        except Exception:
            self.draft.restore(text)
            self._history.append(before)
            raise
        _, self._asked, self._apart, self._last, self._listing = before
        self._forget()
        return True

    def read_again(self) -> None:
        """Go on from the file as somebody else has left it; what was skipped stays skipped.

        Raises BadInput where it is no valid record any more. One cannot go back beyond this.
        """
        self.draft = Draft.open(self.draft.path, self.draft.asked_for)
        self._history.clear()
        self._listing = None
        self._forget()

    def _now(self) -> Step:
        if self.step is None:
            raise ValueError("there is nothing left to ask")
        return self.step

    @contextmanager
    def _answering(self, steps: Sequence[Step]) -> Iterator[None]:
        """Save what is done to the draft inside, and take the steps as asked; or undo it all."""
        before = _Before(self.draft.snapshot(), self._asked, self._apart, self._last, self._listing)
        try:
            yield
            self.draft.save()
        except BaseException:
            self.draft.restore(before.text)
            self._listing = before.listing
            raise
        self._history.append(before)
        self._asked |= {each.at for each in steps}
        if steps:
            self._last = steps[-1].at.subject
        self._forget()

    def _forget(self) -> None:
        for name in ("review", "step", "subjects", "_by_id", "_asks"):
            self.__dict__.pop(name, None)


def named_by(key: str) -> tuple[str, ...]:
    """Return the fields that tell the members of a list of the case from one another."""
    kind = subject_kinds()[collections()[key]]
    found = _NAMED_BY.get(kind.name)
    if found is None:
        wanted = ("kind", "tool", "what", "agency", DATED.get(kind.name, "date"))
        found = tuple(name for name in wanted if name in kind.fields)
    return found


def free_id(key: str, fields: Mapping[str, Any], subjects: CaseSubjects) -> str:
    """Return an id for a new member of a list, made of what tells it from the others.

    `fields` holds plain values. A meeting's is as one that the file leaves without an id gets.
    """
    kind = collections()[key]
    told = [fields[name] for name in ("relation", "kind", "tool") if fields.get(name)]
    day = fields.get(DATED.get(kind, "date"))
    name = str(told[0] if told else kind)
    name = name if day is None else f"{name}-{day}"
    taken = {subjects.whole.id}
    for plural in collections():
        taken |= {each.id for each in subjects.collection(plural) or ()}
    return free(name, taken)


_URGENCY: Final = {priority: place for place, priority in enumerate(PRIORITIES)}
