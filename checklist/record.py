"""The case record: what a file says about one case, as pydantic models. Says nothing of rules.

This, with the models of its parts, is the only place that knows the shape of a case file. A field
of type `Recorded[...]` can be written plain, as a mapping with provenance, or as a list of those
when several agencies recorded it. A key that is left out, or left blank, is silence; an empty list
is a record ("nobody").
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from checklist.codes import Agency, Concerns, FamilyGroupConference, Support
from checklist.entity import Entity
from checklist.people import Adult, Child, Couple
from checklist.recorded import Recorded
from checklist.values import MOST_ITEMS, Date, FullText, Id, YesNo
from checklist.work import (
    Action,
    AgencyInvolvement,
    Agreement,
    Appointment,
    Assessment,
    Contact,
    Disagreement,
    Incident,
    Meeting,
    Order,
    Plan,
    Referral,
    SafetyPlan,
    Supervision,
    Tool,
)


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


class Judgement(BaseModel):
    """A person's answer to a point that no program can decide: by whose role, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: FullText = Field(description="the id of the rule")
    subject: Id | None = Field(
        None, description="the id of the child, adult, meeting ...; left out, the case"
    )
    answer: YesNo = Field(description="whether what the rule asks is so")
    reason: FullText = Field(description="what the judgement rests on")
    role: FullText = Field(description="the role of the person who judged")
    agency: Agency | None = Field(None, description="the agency of that person")
    date: Date = Field(description="the day of the judgement")


class DoesNotApply(BaseModel):
    """A person's word that a rule does not apply to a subject: by whose role, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: FullText = Field(description="the id of the rule")
    subject: Id | None = Field(
        None, description="the id of the child, adult, meeting ...; left out, the case"
    )
    reason: FullText = Field(description="why the rule does not apply")
    role: FullText = Field(description="the role of the person who says so")
    agency: Agency | None = Field(None, description="the agency of that person")
    date: Date = Field(description="the day on which it was said, from which it counts")


class LookedFor(BaseModel):
    """Something that was looked for and is not on file: it stays not recorded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: FullText = Field(
        description="what was looked for: the list, the id and the field, such as "
        "adults[father].assessed; of the case the field alone, or the key of a list"
    )
    where: FullText = Field(description="the file or document in which it was looked for")
    date: Date = Field(description="the day on which it was looked for")


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
    authority: FullText | None = Field(
        None, description="the local authority whose case it is, under a pseudonym"
    )
    as_of: Date | None = Field(
        None, description="the day on which to judge this record where the reader names none"
    )
    concerns: Recorded[Concerns] = Field((), description="the concerns that assessments found")
    contact_preference_asked: Recorded[YesNo] = Field(
        (), description="whether the family was asked which way of keeping in touch suits them"
    )
    can_get_online: Recorded[YesNo] = Field(
        (), description="whether the family has the devices, data and skill to meet online"
    )
    technology_support: Recorded[Support] = Field(
        (), description="how far help to get online has come"
    )
    support_explained: Recorded[YesNo] = Field(
        (), description="whether the family was told what support there is and how to use it"
    )
    family_group_conference: Recorded[FamilyGroupConference] = Field(
        (), description="how far a family group conference has come"
    )
    chronology: Recorded[YesNo] = Field(
        (), description="whether a chronology or summary draws together what agencies shared"
    )
    taken_back: Recorded[YesNo] = Field(
        (), description="whether an audit asked for immediate action on the case"
    )
    taken_back_on: Recorded[Date] = Field(
        (), description="the day an audit asked for immediate action on the case"
    )
    taken_back_answered_on: Recorded[Date] = Field(
        (), description="the day the agencies answered that"
    )
    next_conference: Recorded[Date] = Field(
        (), description="the day of the next conference (worked out from `meetings`)"
    )
    children: tuple[Child, ...] | None = _listed("the children, born or expected")
    adults: tuple[Adult, ...] | None = _listed("the parents, partners, relatives and carers")
    couples: tuple[Couple, ...] | None = _listed(
        "the pairs of parents or partners; where more is known of a pair than that it is one"
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
    actions: tuple[Action, ...] | None = _listed("the actions of the plans")
    agreements: tuple[Agreement, ...] | None = _listed("the working agreements")
    contacts: tuple[Contact, ...] | None = _listed("the visits, calls and other contacts")
    appointments: tuple[Appointment, ...] | None = _listed("the appointments")
    incidents: tuple[Incident, ...] | None = _listed("the incidents")
    referrals: tuple[Referral, ...] | None = _listed("the referrals")
    disagreements: tuple[Disagreement, ...] | None = _listed("the disagreements between agencies")
    supervisions: tuple[Supervision, ...] | None = _listed(
        "the supervisions of the case and managers' notes on it"
    )
    orders: tuple[Order, ...] | None = _listed("the legal orders and conditions")
    agencies: tuple[AgencyInvolvement, ...] | None = _listed(
        "the agencies that work with the family; what each gave and was given"
    )
    accepted: Annotated[
        tuple[Acceptance, ...],
        BeforeValidator(_no_list, json_schema_input_type=tuple[Acceptance, ...] | None),
    ] = Field((), max_length=MOST_ITEMS, description="the gaps that were accepted")
    judgements: Annotated[
        tuple[Judgement, ...],
        BeforeValidator(_no_list, json_schema_input_type=tuple[Judgement, ...] | None),
    ] = Field((), max_length=MOST_ITEMS, description="what people judged of points that need it")
    not_applicable: Annotated[
        tuple[DoesNotApply, ...],
        BeforeValidator(_no_list, json_schema_input_type=tuple[DoesNotApply, ...] | None),
    ] = Field((), max_length=MOST_ITEMS, description="which rules people say do not apply, and why")
    looked_for: Annotated[
        tuple[LookedFor, ...],
        BeforeValidator(_no_list, json_schema_input_type=tuple[LookedFor, ...] | None),
    ] = Field(
        (),
        max_length=MOST_ITEMS,
        description="what was looked for and is not on file; it stays not recorded",
    )

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the JSON Schema of a case file, for editors."""
        from checklist.record_schema import readable

        return readable(super().model_json_schema(*args, **kwargs))
