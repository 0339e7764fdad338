"""What rules can look at: the kinds of subject, their fields, and the collections of a case.

Taken from the case record's models, so that a rule is checked against exactly what a file can say.
"""

from functools import cache
from typing import Final, NamedTuple

from checklist import record
from checklist.recorded import recorded_as
from checklist.values import Kind


class Field(NamedTuple):
    """One field of one kind of subject.

    `codes` are the values it can have, where they are a closed list. `leads_to` is the kind of
    subject that the value is the id of, where it is one.
    """

    name: str
    kind: Kind
    description: str
    codes: tuple[str, ...] = ()
    leads_to: str | None = None


class SubjectKind(NamedTuple):
    """One kind of subject: what it is called and what can be said of it.

    `listed_under` are the keys of the case file that list such subjects; a case lists itself.
    """

    name: str
    plural: str
    listed_under: tuple[str, ...]
    fields: dict[str, Field]


CASE: Final = "case"

_KINDS: Final[dict[str, tuple[str, tuple[str, ...], type[record.Entity]]]] = {
    CASE: ("cases", (), record.Case),
    "child": ("children", ("children",), record.Child),
    "adult": ("adults", ("adults",), record.Adult),
    "family_member": ("family_members", ("children", "adults"), record.FamilyMember),
    "couple": ("couples", ("couples",), record.Couple),
    "meeting": ("meetings", ("meetings",), record.Meeting),
    "assessment": ("assessments", ("assessments",), record.Assessment),
    "tool": ("tools", ("tools",), record.Tool),
    "safety_plan": ("safety_plans", ("safety_plans",), record.SafetyPlan),
    "plan": ("plans", ("plans",), record.Plan),
}
_LEADS_TO: Final = {"mother": "adult", "father": "adult", "partner": "adult"}


@cache
def subject_kinds() -> dict[str, SubjectKind]:
    """Return every kind of subject by name."""
    return {
        name: SubjectKind(name, plural, listed_under, _fields(model))
        for name, (plural, listed_under, model) in _KINDS.items()
    }


@cache
def collections() -> dict[str, str]:
    """Return the kind of subject that each collection of a case holds, by the collection's name."""
    return {kind.plural: kind.name for kind in subject_kinds().values() if kind.name != CASE}


def _fields(model: type[record.Entity]) -> dict[str, Field]:
    fields = {}
    for name, info in model.model_fields.items():
        kind = recorded_as(info)
        if kind is not None:
            fields[name] = Field(
                name, kind.kind, info.description or "", kind.codes, _LEADS_TO.get(name)
            )
    return fields
