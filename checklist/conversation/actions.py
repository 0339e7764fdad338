"""What the keys do at a question, besides answering it."""

from collections.abc import Sequence

from checklist import answers, wording
from checklist.answers import Choice
from checklist.conversation.keeping import By, Keeping
from checklist.conversation.screen import (
    ACCEPT,
    ADD,
    BACK,
    HELP,
    NOT_ON_FILE,
    OTHER,
    REPORT,
    SAME,
    SKIP,
    STOP,
    WAIVE,
    WHO,
    WHY,
    WITHIN,
    Key,
    Stopped,
)
from checklist.conversation.steps import point, role, said_by
from checklist.conversation.why import described, why
from checklist.interview import Step
from checklist.render.blocks import Bullets, Heading
from checklist.rulebook import Rulebook
from checklist.verdict import Verdict
from checklist.vocabulary import CASE, Field, subject_kinds

AGENCY: Field = subject_kinds()["contact"].fields["agency"]
"""A field that holds one agency: for asking which."""


def keys_for(keeping: Keeping) -> list[Key]:
    """Return the keys that do something now, at a question or where none is left."""
    at_a_question = keeping.interview.step is not None
    return [
        *([WHY] if at_a_question else []),
        REPORT,
        *([BACK] if keeping.interview.progress.answered else []),
        *([WHO] if at_a_question else []),
        *([SAME] if at_a_question and keeping.last_by.agency else []),
        *([OTHER] if keeping.answered else []),
        *([ACCEPT] if open_gaps(keeping) else []),
        ADD,
        HELP,
        STOP,
    ]


def do(key: Key, step: Step | None, keeping: Keeping, rulebook: Rulebook) -> None:
    """Do what a key stands for at a step; the question is asked again afterwards."""
    match key.word:
        case WHY.word if step is not None:
            keeping.talk.tell(*why(step, rulebook))
        case REPORT.word:
            keeping.talk.screen.report(keeping.interview.review, rulebook)
        case BACK.word:
            keeping.keep(keeping.interview.back)
        case WHO.word:
            keeping.by = keeping.last_by = _who(keeping)
        case SAME.word:
            keeping.by = keeping.last_by
        case OTHER.word:
            _other(keeping)
        case ACCEPT.word:
            _accept(keeping)
        case ADD.word:
            _add(keeping)
        case HELP.word:
            beside = [NOT_ON_FILE, WAIVE, SKIP] if step is not None else []
            show_keys(keeping, [*beside, *keys_for(keeping)])
        case STOP.word:
            raise Stopped


def show_keys(keeping: Keeping, keys: Sequence[Key]) -> None:
    """Show what each key does."""
    keeping.talk.tell(Heading("Keys", 1), Bullets(tuple((each.letter, each.does) for each in keys)))


def _who(keeping: Keeping) -> By:
    agency = keeping.talk.choose("Which agency says it", answers.choices(AGENCY))
    where = keeping.talk.screen.type_in("In which document (Enter if you do not know)", WITHIN)
    return By(agency, keeping.talk.checked(where) or None)


def _other(keeping: Keeping) -> None:
    """Put what another agency says beside what was answered before."""
    talk, interview = keeping.talk, keeping.interview
    said = {each.at: each for each in keeping.answered}
    options = [
        Choice(str(number), f"{each.question} You said: {each.said}.")
        for number, each in enumerate(said.values(), 1)
    ]
    number = int(talk.choose("On which answer", options, WITHIN, "1"))
    of = list(said.values())[number - 1]
    subject = interview.subject(of.at.subject)
    field = subject_kinds()[subject.kind].fields[of.at.field]
    talk.heading(of.question, "What the other agency says.")
    value = talk.value(field, interview.draft.case, words=described(field))
    keeping.by = _who(keeping)
    word = keeping.word(value)
    if keeping.keep(interview.add_word, of.at, word):
        talk.say(
            f"Saved beside the first answer, said by {said_by(word.agency, word.where)}. "
            "Where the two differ the report says that records disagree."
        )


def open_gaps(keeping: Keeping) -> list[Verdict]:
    """Return the gaps that nobody has accepted."""
    verdicts = keeping.interview.review.verdicts
    return [each for each in verdicts if each.name == "gap" and each.accepted is None]


def _accept(keeping: Keeping) -> None:
    talk, gaps = keeping.talk, open_gaps(keeping)
    options = [Choice(str(number), point(each)) for number, each in enumerate(gaps, 1)]
    number = int(talk.choose("Which gap", options))
    reason = talk.text("Why is it accepted")
    of_role = role(keeping, "The role of the person who accepts it")
    review = talk.day("The day on which it is looked at again", direction="future")
    if keeping.keep(
        keeping.interview.accept, gaps[number - 1], reason=reason, role=of_role, review=review
    ):
        talk.say(f"Saved: accepted until {wording.day(review)}.")


def _add(keeping: Keeping) -> None:
    kinds = [each for each in subject_kinds().values() if each.name not in (CASE, "family_member")]
    options = [Choice(each.plural, wording.word(each.plural)) for each in kinds]
    keeping.interview.list_more(keeping.talk.choose("To which list", options))
