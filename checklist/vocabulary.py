"""What rules can look at: the kinds of subject, their fields, and the collections of a case.

Taken from the case record's models, so that a rule is checked against exactly what a file can say.
"""

from functools import cache
from typing import Final, NamedTuple

from checklist import people, record, work
from checklist.entity import Entity
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

JUDGEMENT: Final = "judgement/"
"""What the name of a field begins with that holds what people judged of a rule, by its id."""

NOT_APPLICABLE: Final = "not_applicable/"
"""What the path begins with under which a person's word stands that a rule does not apply."""

_KINDS: Final[dict[str, tuple[str, tuple[str, ...], type[Entity]]]] = {
    CASE: ("cases", (), record.Case),
    "child": ("children", ("children",), people.Child),
    "adult": ("adults", ("adults",), people.Adult),
    "family_member": ("family_members", ("children", "adults"), people.FamilyMember),
    "couple": ("couples", ("couples",), people.Couple),
    **{
        kind: (plural, (plural,), model)
        for kind, plural, model in (
            ("meeting", "meetings", work.Meeting),
            ("assessment", "assessments", work.Assessment),
            ("tool", "tools", work.Tool),
            ("safety_plan", "safety_plans", work.SafetyPlan),
            ("plan", "plans", work.Plan),
            ("action", "actions", work.Action),
            ("agreement", "agreements", work.Agreement),
            ("contact", "contacts", work.Contact),
            ("appointment", "appointments", work.Appointment),
            ("incident", "incidents", work.Incident),
            ("referral", "referrals", work.Referral),
            ("disagreement", "disagreements", work.Disagreement),
            ("supervision", "supervisions", work.Supervision),
            ("order", "orders", work.Order),
            ("agency", "agencies", work.AgencyInvolvement),
        )
    },
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


def judgement_on(rule: str) -> Field:
    """Return the field of every subject that holds what people judged of a rule."""
    return Field(f"{JUDGEMENT}{rule}", "code", "a person's judgement", ("yes", "no"))


def _fields(model: type[Entity]) -> dict[str, Field]:
    fields = {}
    for name, info in model.model_fields.items():
        kind = recorded_as(info)
        if kind is not None:
            fields[name] = Field(
                name, kind.kind, info.description or "", kind.codes, _LEADS_TO.get(name)
            )
    return fields
