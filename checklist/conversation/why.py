"""Why a question is asked: what waits for it, what audits saw, what a good answer would hold."""

import re
from collections.abc import Iterator
from typing import Final

from checklist import wording
from checklist.answers import choices
from checklist.interview import Step
from checklist.render.blocks import Block, Entry, Heading, Say
from checklist.rule import Priority, Rule
from checklist.rulebook import Rulebook
from checklist.vocabulary import Field

URGENCY: Final[dict[Priority, str]] = {
    "immediate": "at once",
    "before-conference": "before the conference",
    "routine": "in the ordinary course",
}
_IN_FULL: Final = 2
_POINTS: Final = 2
_BY_TITLE: Final = 6


def why(step: Step, rulebook: Rulebook) -> list[Block]:
    """Return why a step is asked."""
    return [Heading("Why you are asked", 1), *_points(step, rulebook), *_answer(step)]


def _points(step: Step, rulebook: Rulebook) -> Iterator[Block]:
    rules = list({each.rule.id: each.rule for each in step.waiting}.values())
    if not rules:
        yield Say("What is asked next depends on who is who and on what there is.")
    for rule in rules[:_IN_FULL]:
        yield Entry("-", rule.title, tuple(_reasons(rule, rulebook)))
    if others := rules[_IN_FULL:]:
        titles = [rule.title for rule in others[:_BY_TITLE]]
        if more := len(others) - len(titles):
            titles.append(f"{more} more points of practice")
        yield Say(f"It also settles: {'; '.join(titles)}.")


def _reasons(rule: Rule, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    yield "To be done", URGENCY[rule.priority]
    yield "Why it matters", rule.why
    for point_id in rule.learned_from[:_POINTS]:
        audit, point = rulebook.points[point_id]
        partnership = audit.partnership.partition(" (")[0]
        place = f"{partnership}, {wording.month(audit.month)}, {point.section}"
        yield "An audit saw", f"{point.says} ({place})"
    if (more := len(rule.learned_from) - _POINTS) > 0:
        yield "", f"and {more} more learning point{'' if more == 1 else 's'} of the audits"
    if rule.source is not None:
        yield "Source", rule.source


def _answer(step: Step) -> Iterator[Block]:
    if step.judged is not None:
        yield Say("A good answer is yes or no, what that rests on, and the role of who judges.")
    elif step.key is not None:
        told = [described(each) for each in step.named_by]
        said = f", each with {wording.listed(told)}" if told else ""
        yield Say(
            f"A good answer tells the {wording.word(step.key)}{said}; or says that there are none."
        )
    elif step.field is not None:
        yield Say(f"A good answer says {_in_full(step.field)}.")
        words = [each.words for each in choices(step.field)]
        if words:
            yield Say(
                f"It is one of: {', '.join(words)}."
                if step.field.kind == "code"
                else f"Any of: {', '.join(words)}; or none of them."
            )


def _in_full(field: Field) -> str:
    """Return what a field holds, as its description says it."""
    return _without_ids(field.description.partition(" (worked out")[0].partition("; []")[0])


def described(field: Field) -> str:
    """Return what a field holds in a few words, without how to write it in a file."""
    said = field.description.partition(";")[0].partition(" (worked out")[0].partition(":")[0]
    said = said.strip().removesuffix(", or not_known")
    if field.codes and said.startswith(f"{wording.word(field.codes[0])},"):
        return "all that fit" if field.kind == "codes" else "which of them"
    return _without_ids(said) or wording.word(field.name)


def _without_ids(said: str) -> str:
    return re.sub(r"\bthe ids? of ", "", said)
