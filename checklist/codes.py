"""The closed lists of the case record: agencies, meetings, tools, concerns and so on.

The words are the field's own, written out; where the Department for Education's children in need
census has a code for one, its text follows the census (factors identified at the end of
assessment, category of abuse).
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from checklist.values import MOST_ITEMS, ValueKind, one_or_many, plain_code

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
InterpreterCode = Literal["professional", "family_member"]
ExploredCode = Literal["grooming", "exploitation", "control"]

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
Interpreters = Annotated[
    frozenset[Annotated[InterpreterCode, _CODE]],
    _CODES,
    _MOST,
    _kind(InterpreterCode, several=True),
]
Explored = Annotated[
    frozenset[Annotated[ExploredCode, _CODE]], _CODES, _MOST, _kind(ExploredCode, several=True)
]
