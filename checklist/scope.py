"""Where a condition stands: the subjects around it, and those that its steps lead to."""

from collections.abc import Sequence
from typing import Final

from checklist.conditions import CASE_STEP, THIS, DateField, Moment
from checklist.errors import BadInput, Fault
from checklist.subjects import Subject
from checklist.vocabulary import CASE, subject_kinds

Scope = tuple[Subject, ...]
"""Subjects, each inside the one before: the last is the one that a condition speaks of."""

_AFTER_THIS: Final = len(THIS)


def around(step: str, scope: Scope) -> Subject | None:
    """Return the innermost subject of the kind that a step such as `this_child` names.

    In a list of meetings `this_meeting` is the one around the list: a member needs no name for
    itself.
    """
    kind = step[_AFTER_THIS:] if step.startswith(THIS) else step
    for place in range(len(scope) - 2, -1, -1):
        if scope[place].kind == kind:
            return scope[place]
    return scope[-1] if scope[-1].kind == kind else None


def led_to(subject: Subject, step: str) -> Sequence[Subject]:
    """Return the subjects that a step leads to: the case, or the people whose ids a field holds."""
    return (subject.family.whole,) if step == CASE_STEP else subject.people(step)


def reached(steps: Sequence[str], scope: Scope) -> Sequence[Subject]:
    """Return the subjects that steps lead to from the last of the scope, or from one around it."""
    found: Sequence[Subject] = scope[-1:]
    if steps and steps[0].startswith(THIS):
        this = around(steps[0], scope)
        found, steps = () if this is None else (this,), steps[1:]
    for step in steps:
        found = [led for each in found for led in led_to(each, step)]
    return found


def uncounted(error: BadInput, moment: Moment, subject: Subject) -> BadInput:
    """Return what to say of a day from which nothing can be counted: which field holds it."""
    path = "as_of"
    if isinstance(moment, DateField):
        path = ".".join((*moment.steps, moment.field.name))
        if subject.kind != CASE:
            path = f"{subject_kinds()[subject.kind].plural}[{subject.id}].{path}"
    return BadInput(Fault(fault.problem, field=path) for fault in error.faults)
