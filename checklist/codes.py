"""The closed lists of the case record: agencies, meetings, tools, concerns and so on.

The words are the field's own, written out; where the Department for Education's children in need
census has a code for one, its text follows the census (factors identified at the end of
assessment, category of abuse).
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from checklist.values import MOST_ITEMS, Shown, ValueKind, one_or_many, plain_code, yes_or_no

AgencyCode = Literal[
    "childrens_social_care",
    "early_help",
    "family_hub",
    "childrens_centre",
    "nursery",
    "school",
    "college",
    "gp",
    "midwifery",
    "health_visiting",
    "school_nursing",
    "family_nurse_partnership",
    "hospital",
    "neonatal",
    "paediatrics",
    "adult_mental_health",
    "perinatal_mental_health",
    "camhs",
    "substance_misuse_service",
    "safeguarding_health",
    "police",
    "probation",
    "youth_justice",
    "housing",
    "idva",
    "victim_support",
    "refuge",
    "voluntary_sector",
    "adult_social_care",
    "cafcass",
    "legal",
    "interpreting_service",
    "marac",
    "another_authority",
    "family",
    "other",
]
MeetingCode = Literal[
    "strategy",
    "initial_conference",
    "pre_birth_conference",
    "review_conference",
    "core_group",
    "child_in_need",
    "team_around_family",
    "marac",
    "pregnancy_liaison",
    "discharge_planning",
    "professionals",
    "legal_planning",
    "family_group_conference",
]
AssessmentCode = Literal[
    "single",
    "pre_birth",
    "parenting",
    "cognitive",
    "risk",
    "early_help",
]
ProgressCode = Literal["planned", "in_progress", "completed"]
ToolCode = Literal["gcp2", "gcp2_antenatal", "neglect_toolkit", "dash"]
ToolStateCode = Literal[
    "not_considered",
    "considered",
    "decided_against",
    "in_progress",
    "completed",
]
ToolUseCode = Literal["assessment", "planning"]
PlanCode = Literal["child_protection", "child_in_need", "early_help", "looked_after"]
CategoryCode = Literal["neglect", "emotional_abuse", "physical_abuse", "sexual_abuse"]
ConcernCode = Literal[
    "neglect",
    "emotional_abuse",
    "physical_abuse",
    "sexual_abuse",
    "domestic_abuse",
    "honour_based_abuse",
    "parental_alcohol_misuse",
    "parental_drug_misuse",
    "parental_mental_ill_health",
    "parental_learning_disability",
    "child_sexual_exploitation",
    "child_criminal_exploitation",
    "housing",
]
RelationCode = Literal[
    "mother",
    "father",
    "step_parent",
    "partner_of_parent",
    "grandparent",
    "other_relative",
    "carer",
    "other",
]
InvitationCode = Literal["yes", "no", "decided_against"]
InterpreterCode = Literal["professional", "family_member"]
ExploredCode = Literal["grooming", "exploitation", "control"]
InformationCode = Literal["none", "limited", "full"]
MeetingModeCode = Literal["in_person", "virtual", "hybrid"]
ContactModeCode = Literal["in_person", "video", "phone", "message"]
ContactPlaceCode = Literal[
    "home",
    "outdoors",
    "office",
    "clinic",
    "hospital",
    "school",
    "childrens_centre",
    "other",
]
HealthNeedCode = Literal["premature", "neonatal_care", "ongoing_health_needs"]
UniversalContactCode = Literal["antenatal", "new_birth", "six_to_eight_weeks"]
AdviceCode = Literal["icon", "safer_sleep"]
IdentityCode = Literal["ethnicity", "religion", "language", "gender", "disability"]
SupportCode = Literal["not_offered", "offered", "declined", "taken_up", "completed"]
AbuseRoleCode = Literal["victim", "perpetrator"]
DisruptionCode = Literal[
    "arrest",
    "charge",
    "bail_conditions",
    "protective_order",
    "licence_conditions",
    "police_tasking",
    "other_offences",
]
FamilyGroupConferenceCode = Literal["not_offered", "offered", "accepted", "declined", "held"]
HorizonCode = Literal["immediate", "long_term"]
IncidentCode = Literal["domestic_abuse", "honour_based_abuse", "neglect", "physical_harm", "other"]
AppointmentCode = Literal["antenatal", "child_health", "adult_health", "mental_health", "other"]
AppointmentOutcomeCode = Literal["attended", "missed", "cancelled"]
MissedAsCode = Literal["was_not_brought", "did_not_attend"]
SupervisionCode = Literal["supervision", "management_oversight"]
OrderCode = Literal[
    "non_molestation_order",
    "occupation_order",
    "restraining_order",
    "domestic_violence_protection_order",
    "bail_conditions",
    "care_order",
    "other",
]

_CODE, _CODES = BeforeValidator(plain_code), BeforeValidator(one_or_many)
_MOST = Field(max_length=MOST_ITEMS)


def _kind(codes: object, several: bool = False) -> ValueKind:
    return ValueKind("codes" if several else "code", codes.__args__)  # type: ignore[attr-defined]


Agency = Annotated[AgencyCode, _CODE, _kind(AgencyCode)]
Agencies = Annotated[
    frozenset[Annotated[AgencyCode, _CODE]], _CODES, _MOST, _kind(AgencyCode, several=True)
]
MeetingKind = Annotated[MeetingCode, _CODE, _kind(MeetingCode)]
AssessmentKind = Annotated[AssessmentCode, _CODE, _kind(AssessmentCode)]
Progress = Annotated[ProgressCode, _CODE, _kind(ProgressCode)]
ToolName = Annotated[ToolCode, _CODE, _kind(ToolCode)]
ToolState = Annotated[ToolStateCode, _CODE, _kind(ToolStateCode)]
ToolUses = Annotated[
    frozenset[Annotated[ToolUseCode, _CODE]], _CODES, _MOST, _kind(ToolUseCode, several=True)
]
PlanKind = Annotated[PlanCode, _CODE, _kind(PlanCode)]
Categories = Annotated[
    frozenset[Annotated[CategoryCode, _CODE]], _CODES, _MOST, _kind(CategoryCode, several=True)
]
Concerns = Annotated[
    frozenset[Annotated[ConcernCode, _CODE]], _CODES, _MOST, _kind(ConcernCode, several=True)
]
Relation = Annotated[RelationCode, _CODE, _kind(RelationCode)]
Invitation = Annotated[
    InvitationCode,
    BeforeValidator(yes_or_no),
    Shown("Invitation", enum=["yes", "no", "decided_against", True, False]),
    _kind(InvitationCode),
]
Interpreters = Annotated[
    frozenset[Annotated[InterpreterCode, _CODE]],
    _CODES,
    _MOST,
    _kind(InterpreterCode, several=True),
]
Explored = Annotated[
    frozenset[Annotated[ExploredCode, _CODE]], _CODES, _MOST, _kind(ExploredCode, several=True)
]
MeetingMode = Annotated[MeetingModeCode, _CODE, _kind(MeetingModeCode)]
ContactMode = Annotated[ContactModeCode, _CODE, _kind(ContactModeCode)]
ContactModes = Annotated[
    frozenset[Annotated[ContactModeCode, _CODE]],
    _CODES,
    _MOST,
    _kind(ContactModeCode, several=True),
]
ContactPlace = Annotated[ContactPlaceCode, _CODE, _kind(ContactPlaceCode)]
Information = Annotated[InformationCode, _CODE, _kind(InformationCode)]
Support = Annotated[SupportCode, _CODE, _kind(SupportCode)]
FamilyGroupConference = Annotated[
    FamilyGroupConferenceCode, _CODE, _kind(FamilyGroupConferenceCode)
]
Horizon = Annotated[HorizonCode, _CODE, _kind(HorizonCode)]
IncidentKind = Annotated[IncidentCode, _CODE, _kind(IncidentCode)]
AppointmentKind = Annotated[AppointmentCode, _CODE, _kind(AppointmentCode)]
AppointmentOutcome = Annotated[AppointmentOutcomeCode, _CODE, _kind(AppointmentOutcomeCode)]
MissedAs = Annotated[MissedAsCode, _CODE, _kind(MissedAsCode)]
SupervisionKind = Annotated[SupervisionCode, _CODE, _kind(SupervisionCode)]
OrderKind = Annotated[OrderCode, _CODE, _kind(OrderCode)]
HealthNeeds = Annotated[
    frozenset[Annotated[HealthNeedCode, _CODE]], _CODES, _MOST, _kind(HealthNeedCode, several=True)
]
UniversalContacts = Annotated[
    frozenset[Annotated[UniversalContactCode, _CODE]],
    _CODES,
    _MOST,
    _kind(UniversalContactCode, several=True),
]
Advice = Annotated[
    frozenset[Annotated[AdviceCode, _CODE]], _CODES, _MOST, _kind(AdviceCode, several=True)
]
Identity = Annotated[
    frozenset[Annotated[IdentityCode, _CODE]], _CODES, _MOST, _kind(IdentityCode, several=True)
]
AbuseRoles = Annotated[
    frozenset[Annotated[AbuseRoleCode, _CODE]], _CODES, _MOST, _kind(AbuseRoleCode, several=True)
]
Disruption = Annotated[
    frozenset[Annotated[DisruptionCode, _CODE]], _CODES, _MOST, _kind(DisruptionCode, several=True)
]
