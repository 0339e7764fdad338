"""The grounds of a verdict: what it says in words, the values behind it, and what is missing."""

from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import product

from checklist import wording
from checklist.conditions import Condition, moment_of_deadline, walk
from checklist.does_not_apply import as_because, in_words, said_of
from checklist.engine import EngineError
from checklist.judging import Judged
from checklist.looked_for import with_looked_for
from checklist.questions import Questions, of_collection, summed
from checklist.reasons import fill, rests_on
from checklist.record import DoesNotApply
from checklist.rule import Rule, Term, VerdictName
from checklist.subjects import Subject
from checklist.truth import Truth
from checklist.verdict import Because, Grounds, Missing, Target, Told, name_of
from checklist.vocabulary import subject_kinds


class GroundsOf(Grounds):
    """The grounds of the verdict on a subject, each part found when it is asked for.

    `judge` gives a condition judged on the subject; it raises EngineError where one that the
    verdict does not hang on cannot be.
    """

    def __init__(
        self,
        rule: Rule,
        subject: Subject,
        name: VerdictName,
        judge: Callable[[Condition, Subject], Judged],
        terms: Mapping[str, Term],
    ) -> None:
        self._rule = rule
        self._subject = subject
        self._name = name
        self._judge = judge
        self._terms = terms

    @cached_property
    def message(self) -> str:  # type: ignore[override]
        """The verdict in a sentence."""
        try:
            return self._message()
        except EngineError as error:
            return f"{self._rule.title}. What this rests on could not be worked out: {error}."

    @cached_property
    def close(self) -> str:  # type: ignore[override]
        """What closes a gap, or settles a disagreement."""
        return _close(self._rule, self._subject, self._name)

    @cached_property
    def because(self) -> tuple[Because, ...]:  # type: ignore[override]
        """The values that decide what is expected."""
        with suppress(EngineError):
            if self._name != "not applicable":
                return _because(self._rule, self._name, self._expects)
        return ()

    @cached_property
    def applies_because(self) -> tuple[Because, ...]:  # type: ignore[override]
        """The values that decide whether the rule applies, and who says that it does not."""
        found: tuple[Because, ...] = ()
        with suppress(EngineError):
            applies = self._applies
            if self._name == "not applicable":
                found = rests_on(applies, "against")
            else:
                found = _applies_because(applies)
        return (*found, *as_because(self._said))

    @property
    def may_not_apply(self) -> bool:
        """Whether a person's word that the rule does not apply would settle the verdict."""
        with suppress(EngineError):
            return self._applies.truth is Truth.NEITHER
        return False

    @cached_property
    def missing(self) -> tuple[Missing, ...]:  # type: ignore[override]
        """What is not recorded."""
        return self.missing_beyond(())

    def missing_beyond(self, asked: Container[Target]) -> tuple[Missing, ...]:
        """Return what is not recorded and was not asked for before."""
        if self._name not in ("not recorded", "due"):
            return ()
        with suppress(EngineError):
            # whether it applies comes first: a no to that settles it without another question
            questions = Questions(self._rule, self._terms, self._subject, asked)
            missing = questions.missing(self._applies, first=True) or questions.missing(
                self._expects
            )
            return with_looked_for(missing, self._subject.family)
        return ()

    def hangs_on(self, asked: Container[Target]) -> dict[Target, float]:
        """Return how much of an open verdict hangs on each value not asked for before."""
        with suppress(EngineError):
            questions = Questions(self._rule, self._terms, self._subject, asked)
            of_expects = questions.hangs_on(self._expects)
            if self._applies.truth is not Truth.NEITHER:
                return of_expects
            # what is expected is of use only if the rule turns out to apply
            return summed([questions.hangs_on(self._applies), summed([of_expects], 1 / 4)])
        return {}

    def unsettled(self, asked: Container[Target], days_left: int | None) -> tuple[Missing, ...]:
        """Return all that can still change the verdict and was not asked for before."""
        with suppress(EngineError):
            applies = self._applies
            questions = Questions(self._rule, self._terms, self._subject, asked, thorough=True)
            can_apply = questions.possible(applies)
            if can_apply == {Truth.FALSE}:  # as of most subjects: what is expected is no matter
                return ()
            expects = self._expects
            by, is_ahead = self._rule.by, days_left is not None and days_left >= 0
            if self._said:
                can_apply = frozenset(Truth((each.has_for, True)) for each in can_apply)
            pairs = [*product(can_apply, questions.possible(expects))]
            found: list[Missing] = []
            if len({name_of(*pair, deadline_is_ahead=is_ahead) for pair in pairs}) > 1:
                found += [*questions.missing(applies), *questions.missing(expects)]
            can_be_due = any(name_of(*pair, deadline_is_ahead=True) == "due" for pair in pairs)
            if by is not None and days_left is None and can_be_due:
                found += questions.missing_day(moment_of_deadline(by))
            return tuple(found)
        return ()

    @cached_property
    def _said(self) -> tuple[DoesNotApply, ...]:
        return said_of(self._rule.id, self._subject)

    @cached_property
    def _applies(self) -> Judged:
        return self._judge(self._rule.applies, self._subject)

    @cached_property
    def _expects(self) -> Judged:
        return self._judge(self._rule.expects, self._subject)

    def _message(self) -> str:
        rule, subject = self._rule, self._subject
        match self._name:
            case "met":
                ways = _has_ways(rule.expects) and dict.fromkeys(_ways_taken(self._expects))
                if ways:
                    return f"{rule.title}: {wording.listed(ways)}."
                return fill(rule.met, subject) if rule.met else f"{rule.title}."
            case "gap":
                return fill(rule.gap, subject)
            case "due" if not self.missing:
                return fill(rule.due or rule.gap, subject)
            case "conflicting":
                said = who_says_what(self.because or self.applies_because)
                return f"The records disagree about {subject.label}: {said}."
            case "not applicable":
                applies = self._applies
                if applies.truth is not Truth.FALSE:
                    return in_words(self._said)
                return f"Does not apply: {who_says_what(rests_on(applies, 'against'))}."
            case _:
                asked = " ".join(each.question for each in self.missing)
                return asked or f"{rule.title}: not recorded."


def of_nothing_recorded(rule: Rule, silent: Sequence[str], whole: Subject) -> Grounds:
    """Return the grounds where the record is silent of all that a rule looks at.

    `silent` are the keys of the file under which such would stand, and `whole` is the case.
    """
    worded = rule.ask.get(subject_kinds()[rule.for_each].plural)
    missing = tuple(
        Missing(key, worded or of_collection(key), Target(whole.id, key)) for key in silent
    )
    missing = with_looked_for(missing, whole.family)
    return Told(" ".join(dict.fromkeys(each.question for each in missing)), missing=missing)


def of_a_word_against(said: Sequence[DoesNotApply]) -> Grounds:
    """Return the grounds where the record is silent, and a person says that the rule is not for it.

    `said` are the words, at least one.
    """
    return Told(in_words(said), applies_because=as_because(said))


def of_none_there(rule: Rule) -> Grounds:
    """Return the grounds where the record says that there is nothing that a rule looks at."""
    plural = subject_kinds()[rule.for_each].plural
    there_are_none = Because(plural, wording.word(plural), frozenset(), "codes")
    return Told(
        f"Does not apply: the record says that there are no {wording.word(plural)}.",
        applies_because=(there_are_none,),
    )


def of_a_failure(subject: Subject, problem: str) -> Grounds:
    """Return the grounds where the engine gave no answer on a subject."""
    return Told(
        f"This could not be judged for {subject.label}: {problem}. It says nothing about the case."
    )


def _because(rule: Rule, name: VerdictName, expects: Judged) -> tuple[Because, ...]:
    """Return the values behind what is expected."""
    if rule.judge is not None and expects.truth is Truth.NEITHER:  # what there is to judge by
        of_parts = (rests_on(part, "for", "against") for part in expects.parts)
        return tuple(dict.fromkeys(each for found in of_parts for each in found))
    sides = {"met": ("for",), "gap": ("against",)}.get(name, ("for", "against"))
    if expects.truth is Truth.FALSE:
        sides = ("against",)
    return rests_on(expects, *sides)


def _applies_because(applies: Judged) -> tuple[Because, ...]:
    """Return the values behind whether a rule applies; where that is disputed, those in dispute."""
    found = rests_on(applies, "for", "against")
    if applies.truth is not Truth.BOTH:
        return found
    on_each_side = {*rests_on(applies, "for")} & {*rests_on(applies, "against")}
    return tuple(each for each in found if each in on_each_side) or found


def _close(rule: Rule, subject: Subject, name: VerdictName) -> str:
    """Return what to do about a verdict: what closes a gap, or how to settle a disagreement."""
    if name in ("met", "not applicable"):
        return ""
    if name == "conflicting":
        return (
            "Settle it with the agencies, and record the value they agree on, with the day, the "
            "role of who records it and the reason."
        )
    return fill(rule.close, subject)


def _has_ways(condition: Condition) -> bool:
    return any(getattr(each, "way", None) is not None for each in walk(condition))


def _ways_taken(judged: Judged) -> list[str]:
    """Return in words the ways in which a condition that is met was met."""
    if judged.truth is not Truth.TRUE:
        return []
    way = getattr(judged.evidence.condition, "way", None)
    if way is not None:
        return [way]
    return [found for part in judged.parts for found in _ways_taken(part)]


def who_says_what(because: Sequence[Because]) -> str:
    """Return the values in words, by field, each with the agencies that said it."""
    by_field: dict[str, dict[str, list[str]]] = {}
    for each in because:
        field = f"{each.about}, {each.name}" if each.about else each.name
        said = by_field.setdefault(field, {}).setdefault(wording.value(each.value, each.kind), [])
        if each.worked_out is not None:
            said.append(f"worked out from {each.worked_out}")
        elif each.agency is not None:
            said.append(wording.word(each.agency))
    fields = []
    for field, values in by_field.items():
        words = [
            f"{value} ({wording.listed(agencies)})" if agencies else value
            for value, agencies in values.items()
        ]
        fields.append(f"{field}: {wording.listed(words, 'but')}")
    return "; ".join(fields)
