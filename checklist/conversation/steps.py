"""One step of an interview: shown, asked, and its answer kept."""

from collections.abc import Sequence
from typing import Final

from checklist import answers, wording
from checklist.answers import Choice, Value
from checklist.conversation.keeping import Keeping
from checklist.conversation.lists import add_one, tell_list
from checklist.conversation.screen import NOT_ON_FILE, SKIP, WAIVE, WITHIN, Key, Pressed
from checklist.conversation.why import URGENCY, described
from checklist.interview import Step
from checklist.subjects import Subject
from checklist.verdict import Target, Verdict
from checklist.vocabulary import Field, subject_kinds
from checklist.word import Word

_MOST_TITLES: Final = 2
_SPECIAL: Final = {each.word: each for each in (NOT_ON_FILE, WAIVE, SKIP)}
_SOMEBODY_ELSE: Final = Choice("_somebody_else", "Somebody who is not listed yet")
_NOBODY: Final = Choice("_nobody", "There is nobody")
_BORN, _AGE = "born", "age_years"
_DECIDED_AGAINST: Final = "decided_against"
_BESIDE: Final = {
    "invited": ("not_invited_reason", "not_invited_decided_by"),
    "state": ("reason", "decided_by"),
}
"""The fields for why it was decided against and by whose role, beside the field that says so."""


def show(step: Step, keeping: Keeping) -> None:
    """Show a step: its question, the points that wait for it, how far the interview has come."""
    if step.key is not None and not step.waiting:
        keeping.talk.heading(f"The {wording.word(step.key)}")
        return
    progress = keeping.interview.progress
    many = "question" if progress.questions == 1 else "questions"
    open_points = "1 point" if progress.points == 1 else f"{progress.points} points"
    lines = [f"{open_points} open, {progress.questions} {many} so far"]
    titles = list(dict.fromkeys(each.rule.title for each in step.waiting))
    if titles:
        named = "; ".join(titles[:_MOST_TITLES])
        more = len(titles) - _MOST_TITLES
        said = f"{named}; {more} more" if more > 0 else named
        urgency = URGENCY[step.priority] if step.priority else ""
        lines.insert(0, f"For ({urgency}): {said}")
    if keeping.by.agency:
        lines.append(f"The next answer is said by {said_by(keeping.by.agency, keeping.by.where)}")
    keeping.talk.heading(step.question, *lines)


def said_by(agency: str | None, where: str | None) -> str:
    """Return who says something, and where, in words."""
    return ", ".join(filter(None, (wording.word(agency) if agency else "", where)))


def ask(step: Step, keeping: Keeping, keys: Sequence[Key]) -> None:
    """Show and ask a step; keep its answer. What else was pressed is raised as `Pressed`."""
    show(step, keeping)
    of_all = bool(step.others) and _for_all(step, keeping, keys)
    if step.others and not of_all:
        keeping.interview.one_by_one()
        return
    if of_all:
        keeping.talk.heading(step.stem)
    specials = [SKIP]
    if step.key is not None and not step.waiting:
        specials = []  # somebody asked for this list
    elif step.waived and not of_all:
        specials.insert(0, WAIVE)
    if specials and step.judged is None:
        specials.insert(0, NOT_ON_FILE)
    try:
        found = _answer(step, keeping, (*specials, *keys), [_as_choice(each) for each in specials])
        if found is None:
            return
        if isinstance(found, list) or found not in _SPECIAL:
            _keep(step, found, keeping, of_all=of_all)
            return
        special = _SPECIAL[str(found)]
    except Pressed as pressed:
        if pressed.key not in specials:
            raise
        special = pressed.key
    _keep_special(step, special, keeping, of_all=of_all)


def _as_choice(key: Key) -> Choice:
    words = {
        NOT_ON_FILE: "Not recorded on file",
        WAIVE: "Does not apply, because ...",
        SKIP: "Skip for now",
    }
    return Choice(key.word, words[key])


def _for_all(step: Step, keeping: Keeping, keys: Sequence[Key]) -> bool:
    labels = [each.about for each in (step, *step.others)]
    options = (
        Choice("all", f"The same answer for all {len(labels)}: {'; '.join(labels)}"),
        Choice("each", "One by one"),
    )
    return keeping.talk.choose("First", options, keys) == "all"


def _answer(
    step: Step, keeping: Keeping, keys: Sequence[Key], more: Sequence[Choice]
) -> Value | None:
    """Return what was answered, or which of `more`; None where it has been kept already."""
    talk, case = keeping.talk, keeping.interview.draft.case
    if step.key is not None:
        return tell_list(step, keeping, keys, more)
    if step.judged is not None:
        yes_no = (Choice("yes", "yes"), Choice("no", "no"))
        return talk.choose("Your judgement", [*yes_no, *more], keys)
    assert step.field is not None  # noqa: S101 (one of the three)
    others = [_SOMEBODY_ELSE] if step.field.kind in ("person", "people") else []
    if step.nobody:
        others.append(_NOBODY)
    of = keeping.interview.subject(step.at.subject)
    if step.field.name == _BORN:
        return talk.birth_or_age(keys)
    words = described(step.field)
    default = _likely(of, step.field)
    return talk.value(
        step.field,
        case,
        keys,
        words=words,
        more=more,
        others=others,
        apart_from=_never(of, step.field),
        default=default,
    )


def _never(of: Subject, field: Field) -> set[str]:
    """Return who cannot be the answer: nobody is their own partner, or both parents of a child."""
    other = {"mother": "father", "father": "mother"}.get(field.name)
    return {of.id, *(each.id for each in (of.people(other) if other else ()))}


def _likely(of: Subject, field: Field) -> str | None:
    """Return the person whom the record as it stands makes likely: whoever names this one so."""
    if field.kind != "person":
        return None
    names = [str(each) for each in of.plain[field.name]]
    if not names and field.name == "partner":
        adults = of.family.collection("adults") or ()
        names = [each.id for each in adults if of.id in each.plain["partner"]]
    return names[0] if len(names) == 1 else None


def _keep(step: Step, found: Value, keeping: Keeping, *, of_all: bool) -> None:
    interview, talk = keeping.interview, keeping.talk
    if found == _SOMEBODY_ELSE.code:
        name = _somebody_else(keeping)
        if name is not None and step.field is not None and step.field.kind == "person":
            # whom the record now lists can have changed which question is next
            keeping.keep(interview.add_word, step.at, keeping.word(name))
        return
    if found == _NOBODY.code:
        word = keeping.word("no")
        if keeping.keep(interview.say_nobody, word):
            _saved("there is nobody", word, keeping)
        return
    if step.judged is not None:
        reason = talk.text("What does that rest on")
        judge = role(keeping, "The role of the person who judges")
        agency = keeping.by.agency
        if keeping.keep(interview.judge, str(found), reason=reason, role=judge, agency=agency):
            talk.say(f"Saved: {found}, as judged by the {judge}.")
        return
    field = step.field
    assert field is not None  # noqa: S101
    if field.name == _BORN and isinstance(found, int):
        _keep_age(step, found, keeping, of_all=of_all)
        return
    beside = {}
    if found == _DECIDED_AGAINST and field.name in _BESIDE:
        reason, decided_by = _BESIDE[field.name]
        beside = {
            reason: keeping.word(talk.text("Why was it decided against")),
            decided_by: keeping.word(role(keeping, "The role of the person who decided")),
        }
    word = keeping.word(found)
    if keeping.keep(interview.say, word, of_all=of_all, beside=beside):
        said = answers.said_back(field, _known(found))
        _saved(said, word, keeping)
        for each in (step, *step.others) if of_all else (step,):
            keeping.remember(each, said)


def _saved(said: str, word: Word, keeping: Keeping) -> None:
    by = said_by(word.agency, word.where)
    keeping.talk.say(f"Saved: {said}{f' ({by})' if by else ''}.")


def _keep_age(step: Step, age: int, keeping: Keeping, *, of_all: bool) -> None:
    """Keep an age where the date of birth is not known."""
    field = subject_kinds()["family_member"].fields[_AGE]
    for each in (step, *step.others) if of_all else (step,):
        at = Target(each.at.subject, _AGE)
        if keeping.keep(keeping.interview.add_word, at, keeping.word(age)):
            keeping.talk.say(f"Saved: {answers.said_back(field, age)}.")


def _somebody_else(keeping: Keeping) -> str | None:
    """Add an adult, and return who it is; the question that this is for is asked again."""
    interview = keeping.interview
    interview.list_more("adults")
    try:
        listing = interview.step
        added = listing is not None and add_one(listing, keeping)
    finally:
        interview.all_listed()
    return (interview.draft.case.adults or ())[-1].id if added else None


def _known(found: Value) -> str | int | frozenset[str]:
    return frozenset(found) if isinstance(found, list) else found  # type: ignore[return-value]


def _keep_special(step: Step, special: Key, keeping: Keeping, *, of_all: bool) -> None:
    interview, talk = keeping.interview, keeping.talk
    if special == SKIP:
        by = keeping.by
        if keeping.keep(interview.skip, of_all=of_all or bool(step.others)):
            keeping.by = by  # it is still the next answer that they say
    elif special == NOT_ON_FILE:
        source = interview.draft.case.source
        where = keeping.by.where or (source.where if source is not None else None)
        where = where or talk.text("Where did you look, such as child's file")
        if keeping.keep(interview.not_on_file, where, of_all=of_all):
            talk.say(f"Saved: looked for in {where}, and not there.")
    else:
        _waive(step, keeping)


def _waive(step: Step, keeping: Keeping) -> None:
    talk = keeping.talk
    verdicts: Sequence[Verdict] = step.waived
    if len(verdicts) > 1:
        options = [
            Choice(str(number), point(each, step.at.subject))
            for number, each in enumerate(verdicts, 1)
        ]
        every = Choice("all", f"All {len(verdicts)} of them")
        found = talk.screen.choose_several("Which does not apply", options, [every], WITHIN)
        if found != ["all"]:
            verdicts = [each for number, each in enumerate(verdicts, 1) if str(number) in found]
        if not verdicts:
            return
    reason = talk.text("Why does it not apply")
    of_role = role(keeping)
    if keeping.keep(
        keeping.interview.does_not_apply,
        verdicts,
        reason=reason,
        role=of_role,
        agency=keeping.by.agency,
    ):
        talk.say("Saved: does not apply.")


def point(verdict: Verdict, about_whom: str = "") -> str:
    """Return the point that a verdict is about, and of whom, unless that is clear."""
    is_clear = verdict.subject.kind == "case" or verdict.subject.id == about_whom
    about = "" if is_clear else f" ({verdict.subject.label})"
    return f"{verdict.rule.title}{about}"


def role(keeping: Keeping, words: str = "The role of the person who says so") -> str:
    """Ask for somebody's role; the last one is offered again."""
    keeping.role = keeping.talk.text(words, default=keeping.role)
    return keeping.role
