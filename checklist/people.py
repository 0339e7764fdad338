"""The people of a case record: children, adults, and pairs of parents or partners."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from checklist.codes import (
    AbuseRoles,
    Advice,
    ContactModes,
    Disruption,
    Explored,
    HealthNeeds,
    Identity,
    Interpreters,
    Invitation,
    Relation,
    Support,
    UniversalContacts,
)
from checklist.entity import Entity
from checklist.recorded import Recorded
from checklist.values import Date, Id, Number, Person, Text, Word, YesNo, wrong


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
    identity_recorded: Recorded[Identity] = Field(
        (),
        description="what of their identity is recorded: ethnicity, religion, language, gender, "
        "disability",
    )
    exploitation_signs: Recorded[YesNo] = Field(
        (),
        description="whether there are signs of sexual or criminal exploitation, now or in the "
        "past",
    )
    exploitation_considered: Recorded[YesNo] = Field(
        (), description="whether what the signs of exploitation mean was considered"
    )


class Child(FamilyMember):
    """A child of the case, born or expected."""

    expected: Recorded[Date] = Field((), description="the due date of a child not yet born")
    mother: Recorded[Person] = Field((), description="the id of the mother, or not_known")
    father: Recorded[Person] = Field((), description="the id of the father, or not_known")
    in_household: Recorded[YesNo] = Field(
        (), description="whether the child lives in the household"
    )
    born_or_due: Recorded[Date] = Field(
        (), description="the date of birth, or the due date where there is none (worked out)"
    )
    birth_plan_on: Recorded[Date] = Field((), description="the day the birth plan was made")
    health_needs: Recorded[HealthNeeds] = Field(
        (),
        description="the health needs: premature, neonatal_care, ongoing_health_needs; [] for none",
    )
    health_needs_assessed: Recorded[YesNo] = Field(
        (), description="whether an assessment took the health needs into account"
    )
    universal_contacts: Recorded[UniversalContacts] = Field(
        (),
        description="the health visiting contacts made: antenatal, new_birth, six_to_eight_weeks ",
    )
    identity_impact_assessed: Recorded[YesNo] = Field(
        (),
        description="whether an assessment says what the family's identity and culture mean for "
        "the child",
    )
    views_recorded: Recorded[YesNo] = Field(
        (), description="whether the child's views are recorded, or what life is like for a baby"
    )


class Adult(FamilyMember):
    """A parent, partner, relative or carer."""

    relation: Recorded[Relation] = Field(
        (),
        description="the relation to the children; `mother` and `father` stand for every child "
        "that names no other",
    )
    partner: Recorded[Person] = Field((), description="the id of the partner")
    has_partner: Recorded[YesNo] = Field((), description="whether they have a partner")
    in_household: Recorded[YesNo] = Field((), description="whether they live with the children")
    assessed: Recorded[YesNo] = Field(
        (), description="whether an assessment looked at them as a parent or carer"
    )
    spoken_to: Recorded[YesNo] = Field(
        (), description="whether a worker spoke to them, and not only about them"
    )
    invited: Recorded[Invitation] = Field(
        (),
        description="whether they were invited to the meetings about the children: yes, no, "
        "decided_against",
    )
    not_invited_reason: Recorded[Text] = Field(
        (), description="the reason where it was decided against, such as a victim's safety"
    )
    not_invited_decided_by: Recorded[Text] = Field(
        (), description="the role of the person who decided against it"
    )
    engages: Recorded[YesNo] = Field(
        (), description="whether they take part in the work with the family"
    )
    engages_better_by: Recorded[ContactModes] = Field(
        (),
        description="the ways of contact in which they take part better than in others: in_person, "
        "video, phone, message; [] for no difference",
    )
    not_engaging_explored: Recorded[YesNo] = Field(
        (), description="whether the reasons for not taking part were explored"
    )
    advice_given: Recorded[Advice] = Field(
        (), description="advice on the care of a baby given to them: icon, safer_sleep; [] for none"
    )
    harmed_in_childhood: Recorded[YesNo] = Field(
        (), description="whether they were harmed in their own childhood, by abuse or as a witness"
    )
    own_childhood_considered: Recorded[YesNo] = Field(
        (), description="whether harm in their own childhood was considered"
    )
    offers_support: Recorded[YesNo] = Field(
        (), description="whether they are counted on to support the family"
    )
    presses_victim: Recorded[YesNo] = Field(
        (), description="whether they press a victim to leave, to stay or to go back"
    )
    support_assessed: Recorded[YesNo] = Field(
        (), description="whether it was assessed if their support protects or puts under pressure"
    )
    mental_ill_health: Recorded[YesNo] = Field(
        (), description="whether they have mental ill-health"
    )
    mental_health_support: Recorded[Support] = Field(
        (), description="how far support for their mental health has come"
    )
    alternative_offered: Recorded[YesNo] = Field(
        (), description="whether something else was offered after support was declined"
    )
    misuses_alcohol: Recorded[YesNo] = Field((), description="whether they misuse alcohol")
    misuses_drugs: Recorded[YesNo] = Field((), description="whether they misuse drugs")
    substance_accounts_compared: Recorded[YesNo] = Field(
        (), description="whether the agencies put what each knows of substance misuse side by side"
    )
    substance_impact_assessed: Recorded[YesNo] = Field(
        (), description="whether the effect of the substance misuse on the children was assessed"
    )
    substance_support: Recorded[Support] = Field(
        (), description="how far support to stop the substance misuse has come"
    )
    aggressive: Recorded[YesNo] = Field(
        (), description="whether they are recorded as aggressive towards family or workers"
    )
    behaviour_work: Recorded[Support] = Field(
        (), description="how far work to change abusive or aggressive behaviour has come"
    )
    own_needs_assessed: Recorded[YesNo] = Field(
        (), description="whether a young parent's own needs were assessed"
    )
    control_by_own_parents_explored: Recorded[YesNo] = Field(
        (),
        description="whether it was explored if a young parent is controlled by their own parents",
    )
    young_parent_support: Recorded[Support] = Field(
        (), description="how far support meant for young parents has come"
    )
    healthy_relationships_work: Recorded[Support] = Field(
        (), description="how far work on healthy relationships has come"
    )
    in_domestic_abuse_as: Recorded[AbuseRoles] = Field(
        (), description="victim, perpetrator (alleged or found); [] for neither"
    )
    child_at_risk_considered: Recorded[YesNo] = Field(
        (),
        description="whether it was considered that a victim under 18 is a child at risk too",
    )
    idva: Recorded[Support] = Field(
        (), description="how far the support of an independent domestic violence adviser has come"
    )
    seen_alone: Recorded[YesNo] = Field(
        (), description="whether a worker saw them away from their partner and family"
    )
    safe_conversation: Recorded[YesNo] = Field(
        (), description="whether a victim was asked about the perpetrator openly and in safety"
    )
    pressure_explored: Recorded[YesNo] = Field(
        (), description="whether pressure on a victim to stay or to go back was explored"
    )
    honour_based_abuse_considered: Recorded[YesNo] = Field(
        (), description="whether the risk of honour-based abuse was considered"
    )
    care_and_support_needs: Recorded[YesNo] = Field(
        (), description="whether they have needs for care and support"
    )
    adult_safeguarding_considered: Recorded[YesNo] = Field(
        (), description="whether adult safeguarding was considered"
    )
    statement_withdrawn: Recorded[YesNo] = Field(
        (), description="whether a statement to the police or the court was withdrawn"
    )
    statement_withdrawn_on: Recorded[Date] = Field(
        (), description="the day a statement to the police or the court was withdrawn"
    )
    refuge_asked: Recorded[YesNo] = Field(
        (), description="whether a place in a refuge was asked for"
    )
    refuge_asked_on: Recorded[Date] = Field(
        (), description="the day a place in a refuge was asked for"
    )
    refuge_moved_on: Recorded[Date] = Field((), description="the day of the move to a refuge")
    disruption: Recorded[Disruption] = Field(
        (),
        description="what was done to stop the perpetrator: arrest, bail_conditions, order ...; "
        "[] for nothing",
    )
    other_children_checked: Recorded[YesNo] = Field(
        (), description="whether it was checked if a perpetrator has other children"
    )
    other_children: Recorded[YesNo] = Field(
        (), description="whether a perpetrator has other children"
    )
    other_children_assessed: Recorded[YesNo] = Field(
        (), description="whether the risk to a perpetrator's other children was assessed"
    )
    lone_working_worry: Recorded[YesNo] = Field(
        (), description="whether workers are uncomfortable to see them alone"
    )
    lone_working_worry_assessed: Recorded[YesNo] = Field(
        (), description="whether that worry was used in the assessment of risk"
    )
    in_custody: Recorded[YesNo] = Field(
        (), description="whether they were in custody at some time in this work"
    )
    custody_used: Recorded[YesNo] = Field(
        (), description="whether that time was used to work with the victim and the children"
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
    together: Recorded[YesNo] = Field((), description="whether they are in a relationship now")
    together_checked: Recorded[YesNo] = Field(
        (), description="whether the agencies compared what each knows of whether they are together"
    )
