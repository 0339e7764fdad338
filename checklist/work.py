"""What agencies did and planned, as a case record lists it: meetings, contacts, plans and so on."""

from typing import ClassVar

from pydantic import Field

from checklist.codes import (
    Agencies,
    Agency,
    AppointmentKind,
    AppointmentOutcome,
    AssessmentKind,
    Categories,
    ContactMode,
    ContactPlace,
    Horizon,
    IncidentKind,
    Information,
    MeetingKind,
    MeetingMode,
    MissedAs,
    OrderKind,
    PlanKind,
    Progress,
    SupervisionKind,
    ToolName,
    ToolState,
    ToolUses,
)
from checklist.entity import Entity
from checklist.recorded import Recorded
from checklist.values import Date, People, Text, YesNo


class Meeting(Entity):
    """A meeting held or planned."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {
            "attended",
            "apologies",
            "information_from",
            "minutes_sent_to",
            "conference_needed",
            "plan_made",
            "section_47",
            "impact_on_child_recorded",
        }
    )

    kind: Recorded[MeetingKind] = Field((), description="the kind of meeting")
    date: Recorded[Date] = Field((), description="the day of the meeting")
    invited: Recorded[Agencies] = Field((), description="the agencies invited")
    attended: Recorded[Agencies] = Field((), description="the agencies that came")
    minutes_sent_to: Recorded[Agencies] = Field((), description="the agencies sent the minutes")
    mode: Recorded[MeetingMode] = Field(
        (), description="how it was held: in_person, virtual, hybrid"
    )
    apologies: Recorded[Agencies] = Field((), description="the agencies that sent apologies")
    information_from: Recorded[Agencies] = Field(
        (), description="the agencies that gave a report or information for it"
    )
    reports_shared: Recorded[YesNo] = Field(
        (),
        description="whether its reports were shared with the family beforehand: the parents and, "
        "where old enough, the child",
    )
    reports_shared_on: Recorded[Date] = Field(
        (),
        description="the day its reports were shared with the family: the parents and, where old "
        "enough, the child",
    )
    impact_on_child_recorded: Recorded[YesNo] = Field(
        (), description="whether each decision is recorded with what it means for the child"
    )
    repeat: Recorded[YesNo] = Field(
        (),
        description="whether a MARAC heard the case again within the time that makes it a repeat ",
    )
    section_47: Recorded[YesNo] = Field(
        (), description="whether a strategy meeting began an enquiry under section 47"
    )
    conference_needed: Recorded[YesNo] = Field(
        (), description="whether the enquiry that it began called for a child protection conference"
    )
    plan_made: Recorded[YesNo] = Field(
        (), description="whether a conference made or kept a child protection plan"
    )
    late_reason: Recorded[Text] = Field(
        (), description="why what had to follow this meeting followed late"
    )


class Assessment(Entity):
    """An assessment of the family or of one of its members."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {
            "state",
            "contributors",
            "shared_with",
            "observed_in_person",
            "history_considered",
            "exploitation_considered",
            "trauma_considered",
            "apparent_compliance_considered",
            "parents_age_considered",
            "long_term_considered",
            "money_worries_asked",
            "analysis_recorded",
            "used_in_plan",
            "signed_off",
        }
    )

    kind: Recorded[AssessmentKind] = Field((), description="the kind of assessment")
    date: Recorded[Date] = Field((), description="the day it was, or is to be, finished")
    state: Recorded[Progress] = Field((), description="how far it has come")
    covers: Recorded[People] = Field((), description="the ids of the people it looks at")
    contributors: Recorded[Agencies] = Field((), description="the agencies that took part")
    referral_on: Recorded[Date] = Field((), description="the day of the referral that led to it")
    late_reason: Recorded[Text] = Field((), description="why it took longer than it should")
    shared_with: Recorded[Agencies] = Field(
        (), description="the agencies that were sent the result"
    )
    observed_in_person: Recorded[YesNo] = Field(
        (), description="whether the family was observed in person, and not only on a screen"
    )
    history_considered: Recorded[YesNo] = Field(
        (), description="whether it looked at the family's history and earlier assessments"
    )
    exploitation_considered: Recorded[YesNo] = Field(
        (), description="whether it considered grooming and exploitation"
    )
    trauma_considered: Recorded[YesNo] = Field(
        (), description="whether it weighed trauma and adverse childhood experiences"
    )
    apparent_compliance_considered: Recorded[YesNo] = Field(
        (), description="whether it considered that compliance may be only apparent"
    )
    parents_age_considered: Recorded[YesNo] = Field(
        (), description="whether it considered what a young parent's age means for parenting"
    )
    long_term_considered: Recorded[YesNo] = Field(
        (), description="whether it considered the effect on the child in the long term"
    )
    money_worries_asked: Recorded[YesNo] = Field(
        (), description="whether it asked about money worries"
    )
    analysis_recorded: Recorded[YesNo] = Field(
        (), description="whether it says what the facts mean for the child"
    )
    used_in_plan: Recorded[YesNo] = Field(
        (), description="whether the plan builds on what it found"
    )
    signed_off: Recorded[YesNo] = Field((), description="whether a manager signed it off")


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
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {"on_file_of", "reviewed_on", "shared_with"}
    )

    date: Recorded[Date] = Field((), description="the day it was made")
    protects: Recorded[People] = Field((), description="the ids of the people it protects")
    on_file_of: Recorded[People] = Field(
        (), description="the ids of the people on whose own file it is; [] for nobody's"
    )
    current: Recorded[YesNo] = Field((), description="whether it is the one in force")
    owner: Recorded[Text] = Field((), description="the role of the person who sees that it is kept")
    reviewed_on: Recorded[Date] = Field((), description="the day it was last reviewed")
    shared_with: Recorded[Agencies] = Field((), description="the agencies that have it")


class Plan(Entity):
    """A child protection, child in need, early help or care plan."""

    kind: Recorded[PlanKind] = Field((), description="the kind of plan")
    categories: Recorded[Categories] = Field(
        (), description="the categories of abuse; for `multiple`, each of them"
    )
    children: Recorded[People] = Field((), description="the ids of the children it is for")
    started: Recorded[Date] = Field((), description="the day it started")
    ended: Recorded[Date] = Field((), description="the day it ended")
    open: Recorded[YesNo] = Field(
        (), description="whether it is in force (worked out where `ended` is recorded)"
    )
    lead: Recorded[Text] = Field((), description="the role of the lead worker or lead practitioner")
    sent_to: Recorded[Agencies] = Field((), description="the agencies that were sent the plan")
    closing_reason: Recorded[Text] = Field((), description="why it ended")
    change_verified: Recorded[YesNo] = Field(
        (), description="whether what had changed by the end was checked, and by whom is recorded"
    )
    closing_discussed: Recorded[YesNo] = Field(
        (), description="whether ending it was discussed with a manager or the other agencies"
    )
    birth_considered: Recorded[YesNo] = Field(
        (), description="whether a birth at that time was considered in the decision to end it"
    )


class Action(Entity):
    """An action of a plan."""

    what: Recorded[Text] = Field((), description="what is to be done")
    owner: Recorded[Text] = Field((), description="the role of the person who does it")
    due: Recorded[Date] = Field((), description="the day by which it is to be done")
    meets_assessed_need: Recorded[YesNo] = Field(
        (), description="whether it answers a need that an assessment found"
    )
    measured_by: Recorded[Text] = Field(
        (), description="how it will be seen that it made a difference"
    )
    outcome: Recorded[Text] = Field((), description="what came of it, and how that is known")
    horizon: Recorded[Horizon] = Field(
        (), description="the time it is meant for: immediate, long_term"
    )


class Agreement(Entity):
    """A working agreement: what parents and others agreed to do."""

    date: Recorded[Date] = Field((), description="the day it was made")
    parties: Recorded[People] = Field((), description="the ids of the people who are part of it")


class Contact(Entity):
    """A visit, call or other contact of an agency with the family."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {
            "seen",
            "seen_alone",
            "home_seen",
            "bedroom_seen",
            "access_gained",
            "welfare_check",
            "seen_afterwards_on",
        }
    )

    date: Recorded[Date] = Field((), description="the day of the contact")
    agency: Recorded[Agency] = Field((), description="the agency that made it")
    mode: Recorded[ContactMode] = Field(
        (), description="how it was made: in_person, video, phone, message"
    )
    place: Recorded[ContactPlace] = Field((), description="where it took place")
    purpose: Recorded[Text] = Field((), description="what it was to find out, set beforehand")
    seen: Recorded[People] = Field(
        (), description="the ids of the people seen, in person or on a screen; [] for nobody"
    )
    seen_alone: Recorded[People] = Field(
        (), description="the ids of those seen away from the others; [] for nobody"
    )
    home_seen: Recorded[YesNo] = Field((), description="whether the home was seen")
    bedroom_seen: Recorded[YesNo] = Field(
        (), description="whether the place where the child sleeps was seen"
    )
    access_gained: Recorded[YesNo] = Field(
        (), description="whether the worker was let in or the call was answered"
    )
    welfare_check: Recorded[YesNo] = Field(
        (), description="whether the police were asked for a welfare check"
    )
    seen_afterwards_on: Recorded[Date] = Field(
        (), description="the day the children were next seen where access was not gained"
    )


class Incident(Entity):
    """An incident of abuse or neglect that came to an agency's notice."""

    happens_on: ClassVar[str | None] = "date"

    date: Recorded[Date] = Field((), description="the day of the incident")
    kind: Recorded[IncidentKind] = Field((), description="the kind of incident")
    in_pregnancy: Recorded[YesNo] = Field((), description="whether the victim was pregnant")
    police_attended: Recorded[YesNo] = Field((), description="whether the police attended")
    referred: Recorded[YesNo] = Field((), description="whether children's social care was told")
    referred_on: Recorded[Date] = Field((), description="the day children's social care was told")
    support_offered: Recorded[YesNo] = Field(
        (),
        description="whether the victim was offered support, whether or not they wished to engage",
    )
    decided_together: Recorded[YesNo] = Field(
        (), description="whether agencies decided together what to do about it"
    )
    acted_on: Recorded[Date] = Field(
        (), description="the day agencies decided together what to do about it"
    )
    home_damaged: Recorded[YesNo] = Field(
        (), description="whether the home was left unsafe, such as a broken door"
    )
    home_made_safe: Recorded[YesNo] = Field((), description="whether the home was made safe again")
    home_made_safe_on: Recorded[Date] = Field((), description="the day the home was made safe")


class Referral(Entity):
    """A referral to children's social care or early help."""

    happens_on: ClassVar[str | None] = "date"

    date: Recorded[Date] = Field((), description="the day of the referral")
    agency: Recorded[Agency] = Field((), description="the agency that referred")
    concern_on: Recorded[Date] = Field(
        (), description="the day the concern first came to that agency's notice"
    )
    detailed: Recorded[YesNo] = Field(
        (), description="whether it says what the concern is, for which child, and what is known"
    )
    late_reason: Recorded[Text] = Field((), description="why it was made late")
    threshold_recorded: Recorded[YesNo] = Field(
        (), description="whether the decision on the level of help is recorded with its reason"
    )


class Disagreement(Entity):
    """A disagreement between agencies about a decision or a level of help."""

    happens_on: ClassVar[str | None] = "date"

    date: Recorded[Date] = Field((), description="the day it was recorded")
    agency: Recorded[Agency] = Field((), description="the agency that disagreed")
    escalated: Recorded[YesNo] = Field(
        (), description="whether it was taken to those who could settle it"
    )
    outcome: Recorded[Text] = Field((), description="how it was settled")


class Appointment(Entity):
    """A health or other appointment of a child or an adult."""

    happens_on: ClassVar[str | None] = "date"
    known_afterwards: ClassVar[frozenset[str]] = frozenset(
        {"outcome", "recorded_as", "reason", "followed_up", "impact_considered"}
    )

    date: Recorded[Date] = Field((), description="the day of the appointment")
    kind: Recorded[AppointmentKind] = Field((), description="the kind of appointment")
    people: Recorded[People] = Field((), description="the ids of those it was for")
    outcome: Recorded[AppointmentOutcome] = Field((), description="attended, missed, cancelled")
    recorded_as: Recorded[MissedAs] = Field(
        (), description="how a missed one is recorded: was_not_brought, did_not_attend"
    )
    reason: Recorded[Text] = Field((), description="why it was missed")
    followed_up: Recorded[YesNo] = Field((), description="whether somebody followed it up")
    impact_considered: Recorded[YesNo] = Field(
        (), description="whether what missing it means for the child was considered"
    )


class Supervision(Entity):
    """A supervision of the case, or a manager's note on it."""

    happens_on: ClassVar[str | None] = "date"

    date: Recorded[Date] = Field((), description="the day")
    kind: Recorded[SupervisionKind] = Field((), description="supervision, management_oversight")


class Order(Entity):
    """A legal order or condition that protects a victim or a child."""

    kind: Recorded[OrderKind] = Field((), description="the kind of order")
    date: Recorded[Date] = Field((), description="the day it was made")
    protects: Recorded[People] = Field((), description="the ids of the people it protects")
    breached: Recorded[YesNo] = Field((), description="whether it was breached")
    breach_acted_on: Recorded[YesNo] = Field((), description="whether a breach was acted on")


class AgencyInvolvement(Entity):
    """What one agency gave to the work and was given."""

    id: Agency = Field(description="which agency")
    agency: Recorded[Agency] = Field((), description="the agency (worked out from `id`)")
    involved: Recorded[YesNo] = Field((), description="whether it works with the family")
    information_asked_on: Recorded[Date] = Field(
        (), description="the day it was asked for information"
    )
    information_given_on: Recorded[Date] = Field((), description="the day it gave information")
    information: Recorded[Information] = Field(
        (), description="how much information it gave: none, limited, full"
    )
    knows_neglect_tool: Recorded[YesNo] = Field(
        (), description="whether it knows of the neglect tool in use"
    )
