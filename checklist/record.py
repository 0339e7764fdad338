"""The case record: what a file says about one case, as pydantic models. Says nothing of rules.

This is the only place that knows the shape of a case file. A field of type `Recorded[...]` can be
written plain, as a mapping with provenance, or as a list of those when several agencies recorded
it. A key that is left out, or left blank, is silence; an empty list is a record ("nobody").
"""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from checklist.codes import (
    Agencies,
    AssessmentKind,
    Categories,
    Concerns,
    Explored,
    Interpreters,
    MeetingKind,
    PlanKind,
    Progress,
    Relation,
    ToolName,
    ToolState,
    ToolUses,
)
from checklist.recorded import Recorded, Source
from checklist.values import (
    MOST_ITEMS,
    Date,
    FullText,
    Id,
    Number,
    People,
    Person,
    Text,
    Word,
    YesNo,
    wrong,
)


class Entity(BaseModel):
    """A thing the record knows: fields with provenance, an id to refer to it by, and a note.

    `happens_on` names the field with the day of an event, and `known_afterwards` the fields that
    report on the event: while that day is still ahead they are a plan and count as silence.
    """

    # built once, as parts of Case, and only when a case is read
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    happens_on: ClassVar[str | None] = None
    known_afterwards: ClassVar[frozenset[str]] = frozenset()

    id: Id | None = Field(None, description="a short name to refer to it by")
    source: Source | None = Field(
        None, description="who says the plain values beside it, and where"
    )
    note: FullText | None = Field(None, description="anything a reader should know")


class FamilyMember(Entity):
    """A child or an adult of the family, under a pseudonym."""

    id: Id = Field(description="a pseudonym, never a name")
    born: Recorded[Date] = Field((), description="the date of birth")
    age_years: Recorded[Number] = Field(
        (), description="the age in complete years (worked out from `born` where that is recorded)"
    )
    unborn: Recorded[YesNo] = Field(
        (), description="whether the child is still to be born (worked out from `born`, `expected`)"
    )
    first_language: Recorded[Word] = Field((), description="the first language")
    interpreter_needed: Recorded[YesNo] = Field((), description="whether an interpreter is needed")
    interpreters_used: Recorded[Interpreters] = Field(
        (), description="who interpreted: professional, family_member; [] for nobody"
    )


class Child(FamilyMember):
    """A child of the case, born or expected."""

    expected: Recorded[Date] = Field((), description="the due date of a child not yet born")
    mother: Recorded[Person] = Field((), description="the id of the mother, or not_known")
    father: Recorded[Person] = Field((), description="the id of the father, or not_known")


class Adult(FamilyMember):
    """A parent, partner, relative or carer."""

    relation: Recorded[Relation] = Field(
        (),
        description="the relation to the children; `mother` and `father` stand for every child "
        "that names no other",
    )
    partner: Recorded[Person] = Field((), description="the id of the partner")
    in_household: Recorded[YesNo] = Field((), description="whether they live with the children")
    assessed: Recorded[YesNo] = Field(
        (), description="whether an assessment looked at them as a parent or carer"
    )
    spoken_to: Recorded[YesNo] = Field(
        (), description="whether a worker spoke to them, and not only about them"
    )


def _two_people(value: object) -> object:
    if isinstance(value, list | tuple) and len(value) == 2 and value[0] != value[1]:
        return value
    raise wrong("a couple is two people; write both of their ids, such as [adult-1, adult-2]")


class Couple(Entity):
    """A pair of parents or partners.

    Pairs that follow from the children's parents and from `partner` need not be written out.
    """

    people: Annotated[tuple[Id, Id], BeforeValidator(_two_people)] = Field(
        description="the ids of the two adults"
    )
    started: Recorded[Date] = Field((), description="the start of the relationship")
    age_gap_years: Recorded[Number] = Field(
        (), description="the years between their births (worked out where both are recorded)"
    )
    younger_age_at_start: Recorded[Number] = Field(
        (), description="the age of the younger when the relationship started (worked out)"
    )
    younger_age_at_pregnancy: Recorded[Number] = Field(
        (), description="the age of the younger when their first pregnancy began (worked out)"
    )
    age_gap_explored_for: Recorded[Explored] = Field(
        (), description="what the gap between their ages was explored for; [] for nothing"
    )


class Meeting(Entity):
    """A meeting held or planned."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset({"attended", "minutes_sent_to"})

    kind: Recorded[MeetingKind] = Field((), description="the kind of meeting")
    date: Recorded[Date] = Field((), description="the day of the meeting")
    invited: Recorded[Agencies] = Field((), description="the agencies invited")
    attended: Recorded[Agencies] = Field((), description="the agencies that came")
    minutes_sent_to: Recorded[Agencies] = Field((), description="the agencies sent the minutes")


class Assessment(Entity):
    """An assessment of the family or of one of its members."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset({"state", "contributors"})

    kind: Recorded[AssessmentKind] = Field((), description="the kind of assessment")
    date: Recorded[Date] = Field((), description="the day it was, or is to be, finished")
    state: Recorded[Progress] = Field((), description="how far it has come")
    covers: Recorded[People] = Field((), description="the ids of the people it looks at")
    contributors: Recorded[Agencies] = Field((), description="the agencies that took part")


class Tool(Entity):
    """A practice tool: used, considered, decided against, or not considered."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {"state", "reason", "decided_by", "used_in", "contributors"}
    )

    tool: Recorded[ToolName] = Field((), description="which tool")
    date: Recorded[Date] = Field((), description="the day of the state below")
    state: Recorded[ToolState] = Field((), description="how far its use has come")
    reason: Recorded[Text] = Field((), description="the reason where it was decided against")
    decided_by: Recorded[Text] = Field((), description="the role of the person who decided")
    used_in: Recorded[ToolUses] = Field((), description="what it was used in; [] for nothing")
    contributors: Recorded[Agencies] = Field((), description="the agencies that took part")


class SafetyPlan(Entity):
    """A plan that protects a victim and children now and later."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset({"on_file_of"})

    date: Recorded[Date] = Field((), description="the day it was made")
    protects: Recorded[People] = Field((), description="the ids of the people it protects")
    on_file_of: Recorded[People] = Field(
        (), description="the ids of the people on whose own file it is; [] for nobody's"
    )


class Plan(Entity):
    """A child protection, child in need, early help or care plan."""

    kind: Recorded[PlanKind] = Field((), description="the kind of plan")
    categories: Recorded[Categories] = Field(
        (), description="the categories of abuse; for `multiple`, each of them"
    )
    children: Recorded[People] = Field((), description="the ids of the children it is for")
    started: Recorded[Date] = Field((), description="the day it started")
    ended: Recorded[Date] = Field((), description="the day it ended")


class Acceptance(BaseModel):
    """A gap that was accepted: by whose role, why, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: FullText = Field(description="the id of the rule")
    subject: Id | None = Field(
        None, description="the id of the child, adult, meeting ...; left out, the case"
    )
    reason: FullText = Field(description="why the gap is accepted")
    role: FullText = Field(description="the role of the person who accepted it")
    date: Date | None = Field(None, description="the day on which it was accepted")
    review: Date = Field(description="the last day on which the acceptance stands")


def _no_list(value: object) -> object:
    return () if value is None else value


def _listed(description: str) -> Any:
    return Field(None, max_length=MOST_ITEMS, description=f"{description}; [] for none")


class Case(Entity):
    """One case: its people, what happened and what is planned. Pseudonyms only."""

    id: Id = Field(description="a pseudonym for the case, never a name or an official number")
    about: FullText | None = Field(None, description="what this record is, in a sentence or two")
    audit: FullText | None = Field(
        None, description="the id of the audit that this record was built after"
    )
    as_of: Date | None = Field(
        None, description="the day on which to judge this record where the reader names none"
    )
    concerns: Recorded[Concerns] = Field((), description="the concerns that assessments found")
    next_conference: Recorded[Date] = Field(
        (), description="the day of the next conference (worked out from `meetings`)"
    )
    children: tuple[Child, ...] | None = _listed("the children, born or expected")
    adults: tuple[Adult, ...] | None = _listed("the parents, partners, relatives and carers")
    couples: tuple[Couple, ...] | None = _listed(
        "the pairs of parents or partners, where more is known of a pair than that it is one"
    )
    meetings: tuple[Meeting, ...] | None = _listed("the meetings held and planned")
    assessments: tuple[Assessment, ...] | None = _listed("the assessments made and planned")
    tools: tuple[Tool, ...] | None = _listed(
        "the practice tools used, considered or decided against"
    )
    safety_plans: tuple[SafetyPlan, ...] | None = _listed("the safety plans")
    plans: tuple[Plan, ...] | None = _listed(
        "the child protection, child in need, early help and care plans"
    )
    accepted: Annotated[
        tuple[Acceptance, ...],
        BeforeValidator(_no_list, json_schema_input_type=tuple[Acceptance, ...] | None),
    ] = Field((), max_length=MOST_ITEMS, description="the gaps that were accepted")

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the JSON Schema of a case file, for editors."""
        from checklist.record_schema import readable

        return readable(super().model_json_schema(*args, **kwargs))
