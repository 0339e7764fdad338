"""The grounds of a verdict: what it says in words, the values behind it, and what is missing."""

from collections.abc import Mapping, Sequence

from checklist import wording
from checklist.judging import Judged
from checklist.reasons import Questions, fill, of_collection, rests_on
from checklist.rule import Rule, Term, VerdictName
from checklist.subjects import Subject
from checklist.truth import Truth
from checklist.verdict import Because, Grounds, Missing
from checklist.vocabulary import subject_kinds


def grounds(
    rule: Rule,
    subject: Subject,
    name: VerdictName,
    judged: tuple[Judged, Judged],
    terms: Mapping[str, Term],
) -> Grounds:
    """Return the grounds of the verdict on a subject to which a rule applies, or may apply."""
    applies, expects = judged
    missing: tuple[Missing, ...] = ()
    if name in ("not recorded", "due"):
        # whether it applies comes first: a no to that settles it without another question
        questions = Questions(rule, terms, subject)
        missing = questions.missing(applies, first=True) or questions.missing(expects)
    because, applies_because = _values(rule, name, applies, expects)
    return Grounds(
        _message(rule, subject, name, because or applies_because, missing, expects),
        _close(rule, subject, name),
        because,
        applies_because,
        missing,
    )


def of_not_applicable(applies: Judged) -> Grounds:
    """Return the grounds where a rule does not apply."""
    because = rests_on(applies, "against")
    return Grounds(f"Does not apply: {who_says_what(because)}.", "", applies_because=because)


def of_nothing_recorded(rule: Rule, silent: Sequence[str]) -> Grounds:
    """Return the grounds where the record is silent of all that a rule looks at.

    `silent` are the keys of the file under which such would stand.
    """
    worded = rule.ask.get(subject_kinds()[rule.for_each].plural)
    missing = tuple(Missing(key, worded or of_collection(key)) for key in silent)
    return Grounds(" ".join(dict.fromkeys(each.question for each in missing)), "", missing=missing)


def of_none_there(rule: Rule) -> Grounds:
    """Return the grounds where the record says that there is nothing that a rule looks at."""
    plural = subject_kinds()[rule.for_each].plural
    there_are_none = Because(plural, wording.word(plural), frozenset(), "codes")
    return Grounds(
        f"Does not apply: the record says that there are no {wording.word(plural)}.",
        "",
        applies_because=(there_are_none,),
    )


def of_lost_grounds(rule: Rule, problem: str) -> Grounds:
    """Return the grounds where the engine failed on a part that the verdict does not hang on."""
    return Grounds(f"{rule.title}. What this rests on could not be worked out: {problem}.", "")


def of_a_failure(subject: Subject, problem: str) -> Grounds:
    """Return the grounds where the engine gave no answer on a subject."""
    return Grounds(
        f"This could not be judged for {subject.label}: {problem}. It says nothing about the case.",
        "",
    )


def _values(
    rule: Rule, name: VerdictName, applies: Judged, expects: Judged
) -> tuple[tuple[Because, ...], tuple[Because, ...]]:
    """Return the values behind what is expected, and those behind whether the rule applies."""
    sides = {"met": ("for",), "gap": ("against",)}.get(name, ("for", "against"))
    if expects.truth is Truth.FALSE:
        sides = ("against",)
    because = rests_on(expects, *sides)
    if rule.judge is not None and expects.truth is Truth.NEITHER:  # what there is to judge by
        of_parts = (rests_on(part, "for", "against") for part in expects.parts)
        because = tuple(dict.fromkeys(each for found in of_parts for each in found))
    return because, _applies_because(applies)


def _applies_because(applies: Judged) -> tuple[Because, ...]:
    """Return the values behind whether a rule applies; where that is disputed, those in dispute."""
    found = rests_on(applies, "for", "against")
    if applies.truth is not Truth.BOTH:
        return found
    on_each_side = {*rests_on(applies, "for")} & {*rests_on(applies, "against")}
    return tuple(each for each in found if each in on_each_side) or found


def _message(
    rule: Rule,
    subject: Subject,
    name: VerdictName,
    because: Sequence[Because],
    missing: Sequence[Missing],
    expects: Judged,
) -> str:
    match name:
        case "met":
            ways = list(dict.fromkeys(_ways_taken(expects)))
            if ways:
                return f"{rule.title}: {wording.listed(ways)}."
            return fill(rule.met, subject) if rule.met else f"{rule.title}."
        case "gap":
            return fill(rule.gap, subject)
        case "due" if not missing:
            return fill(rule.due or rule.gap, subject)
        case "conflicting":
            return f"The records disagree about {subject.label}: {who_says_what(because)}."
        case _:
            return " ".join(each.question for each in missing) or f"{rule.title}: not recorded."


def _close(rule: Rule, subject: Subject, name: VerdictName) -> str:
    """Return what to do about a verdict: what closes a gap, or how to settle a disagreement."""
    if name == "met":
        return ""
    if name == "conflicting":
        return (
            "Settle it with the agencies, and record the value they agree on, with the day, the "
            "role of who records it and the reason."
        )
    return fill(rule.close, subject)


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
