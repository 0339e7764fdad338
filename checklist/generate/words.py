"""The texts of made-up records: short, neutral, and about nobody."""

from collections.abc import Mapping
from typing import Final

ROLES: Final = (
    "social worker",
    "health visitor",
    "family support worker",
    "team manager",
    "designated safeguarding lead",
    "midwife",
)
REASONS: Final = (
    "The date was moved because two of the agencies could not come.",
    "The family was away, and the day was changed with them.",
    "An interpreter could not be found for the first day.",
    "The worker changed, and the new one needed time to read.",
    "What the hospital knew came late, and it was waited for.",
)
ANYTHING: Final = (
    "Written up from the notes of that week.",
    "As told to the worker on that day.",
    "See the file for what was said.",
)

TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": ROLES,
    "lead": ROLES,
    "decided_by": ROLES,
    "not_invited_decided_by": ROLES,
    "not_invited_reason": (
        "The chair and the police thought it unsafe for the other parent.",
        "A bail condition forbids contact; his views are to be heard apart.",
    ),
    "late_reason": REASONS,
    "reason": (
        "The home was in order at three visits, one of them unannounced.",
        "No bus on that day, and nobody to mind the other children.",
        "It was mixed up with another appointment of the same week.",
        "Work of the same kind is going on already.",
    ),
    "what": (
        "A cot and bedding in the bedroom",
        "Weekly sessions on routines and safety at home",
        "Registration with a dentist for each child",
        "A plan of contact between the parents, with times and places",
        "Work on what the children see and hear at home",
        "Support with debts and benefits",
    ),
    "measured_by": (
        "seen at the next two visits",
        "what the children say of it in six weeks",
        "attendance, and the score of the tool when repeated",
        "the health visitor's record at the next contact",
    ),
    "outcome": (
        "Done, and seen at a visit by the health visitor.",
        "Settled between the two managers and told to the family.",
        "Begun late; half of the sessions were kept.",
        "Not yet clear. To be looked at again by the core group.",
    ),
    "purpose": (
        "See the bedroom, and each child on their own",
        "Ask how the week went and who was at home",
        "Go through the plan, point by point",
        "See how the baby is fed and settled",
    ),
    "closing_reason": (
        "The aims of the plan were reached and had held for three months.",
        "The family asked for no more help, and universal services carry on.",
        "Another plan took its place.",
    ),
}
"""Texts by the name of the field that holds them; other fields of text hold `ANYTHING`."""

WHERE: Final[Mapping[str, str]] = {
    "childrens_social_care": "child's file",
    "early_help": "early help record",
    "police": "incident log",
    "gp": "patient record",
    "midwifery": "maternity notes",
    "health_visiting": "child health record",
    "school": "safeguarding record",
    "nursery": "safeguarding record",
    "marac": "minutes",
}
"""Where agencies keep what they know; of others it stands in `ELSEWHERE`."""

ELSEWHERE: Final = "case notes"

LANGUAGES: Final = ("Polish", "Urdu", "Romanian", "Bengali", "Arabic", "Portuguese")

AGREED: Final = (
    "The agencies compared their notes and settled on this.",
    "Both had seen it for themselves by then.",
    "Asked again at the meeting, the family said the same to everybody.",
)
JUDGED: Final = {
    "yes": (
        "Each worry is followed to what it means for the child, and by whom it was seen.",
        "What the agencies knew is set side by side, and the plan follows from it.",
        "It was asked at each meeting, and the answers changed what was done.",
    ),
    "no": (
        "The facts are listed; what they mean from day to day is left to the reader.",
        "Two of the agencies were not asked, and it shows in what was decided.",
        "It was raised once, early on, and nobody came back to it.",
    ),
}
ACCEPTED: Final = (
    "Too late to put right now; the next step is agreed and dated.",
    "The family was told why, and agreed to wait for the review.",
)
JUDGES: Final = ("conference chair", "audit panel", "independent reviewer", "team manager")
NOTES: Final = (
    "Rung back the same day; nothing new was said.",
    "A colleague came along, since the worker was new to the family.",
    "Kept short: one of the children had a cold.",
    "It had been put off once before.",
    "The next step was agreed before everybody left.",
    "Told to the manager the day after.",
)
