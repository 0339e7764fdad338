"""What stands around a made-up story: health contacts, appointments, tools, actions, oversight."""

from checklist.generate.draft import Draft, Part, iso, workday
from checklist.generate.steps import contact


def tell_around(draft: Draft) -> None:
    """Add what agencies do beside the line of the story."""
    health(draft)
    appointments(draft)
    tools(draft)
    actions(draft)
    oversight(draft)
    agencies(draft)
    concerns(draft)
    whole(draft)


def health(draft: Draft) -> None:
    """Add contacts of the services that are open to every family."""
    chance, today = draft.chance, draft.today
    places = {
        "health_visiting": "home",
        "midwifery": "clinic",
        "gp": "clinic",
        "family_nurse_partnership": "home",
        "childrens_centre": "childrens_centre",
        "idva": "office",
        "family_hub": "other",
    }
    for agency, place in places.items():
        if agency not in draft.network or not chance.yes(0.7):
            continue
        for _ in range(chance.weighed({1: 3, 2: 1})):
            day = workday(today - chance.whole(3, 110))
            if day > today or (
                agency == "midwifery" and day > draft.listed("children")[-1].near + 30
            ):
                continue
            mode = "in_person" if chance.yes(0.75) else chance.one(("phone", "video"))
            contact(draft, agency, day, mode, place if mode == "in_person" else None)


def appointments(draft: Draft) -> None:
    """Add appointments of children and adults: kept, missed or cancelled."""
    chance, today = draft.chance, draft.today
    youngest = draft.listed("children")[-1]
    if "baby" in youngest.is_so:
        for _ in range(chance.whole(1, 2)):
            day = youngest.near - chance.whole(15, 190)
            _appointment(draft, "antenatal", day, "mother", "midwifery")
    for child in draft.listed("children"):
        if child.near < today - 20 and chance.yes(0.6):
            day = max(child.near + 5, today - chance.whole(-15, 120))
            _appointment(draft, "child_health", day, child.fields["id"], "health_visiting")
    for adult in draft.listed("adults"):
        so = adult.is_so
        if "mental_ill_health" in so and chance.yes(0.6):
            day = today - chance.whole(-15, 120)
            name = adult.fields["id"]
            _appointment(draft, "mental_health", day, name, "adult_mental_health")


def _appointment(draft: Draft, kind: str, day: int, person: str, agency: str) -> None:
    day = workday(day)
    part = draft.add("appointments", Part("appointment", day, kind=kind, date=iso(day)))
    part.fields["people"] = [person]
    part.source = agency
    part.ahead = day > draft.today
    if part.ahead:
        return
    outcome = draft.chance.weighed({"attended": 6, "missed": 3, "cancelled": 1})
    part.fields["outcome"] = outcome
    if outcome == "missed":
        part.is_so.add("missed")
        # was_not_brought is said of children
        if person.startswith("child"):
            part.is_so.add("childs")
        else:
            part.fields["recorded_as"] = "did_not_attend"


def tools(draft: Draft) -> None:
    """Add the neglect tools that were considered, whether or not they came to be used."""
    chance, today = draft.chance, draft.today
    if not draft.neglect:
        return
    names = [chance.one(("gcp2", "gcp2", "neglect_toolkit"))]
    if draft.listed("children")[-1].near > today - 20:
        names.append("gcp2_antenatal")
    for name in names:
        if not chance.yes(0.8):
            continue
        good = {"considered": 1, "decided_against": 2, "in_progress": 1.5, "completed": 2.5}
        state = chance.weighed(good) if draft.careful() else "not_considered"
        day = workday(chance.whole(draft.began, today - 1))
        part = draft.add("tools", Part("tool", day, state, tool=name, state=state, date=iso(day)))
        part.ahead = day > today
        if state in ("in_progress", "completed"):
            part.is_so.add("used")


def actions(draft: Draft) -> None:
    """Add the actions of the plans, some due and some still ahead."""
    chance, today = draft.chance, draft.today
    if not draft.listed("plans"):
        return
    for number in range(1, 1 + chance.whole(1, 4)):
        due = workday(today + chance.whole(-120, 120))
        part = draft.add("actions", Part("action", due, id=f"action-{number}", due=iso(due)))
        part.fields["horizon"] = "long_term" if due > today + 60 else "immediate"
        if due >= today:
            part.fields["outcome"] = None


def oversight(draft: Draft) -> None:
    """Add supervisions, working agreements and disagreements between agencies."""
    chance, today = draft.chance, draft.today
    every = chance.whole(22, 45) if draft.careful() else chance.whole(60, 110)
    day, number = today - chance.whole(1, every), 0
    while day > draft.began and number < 5:
        part = draft.add("supervisions", Part("supervision", day, date=iso(day)))
        part.fields["kind"] = chance.weighed({"supervision": 3, "management_oversight": 2})
        day, number = day - every, number + 1
    draft.listed("supervisions").reverse()
    if chance.yes(0.3):
        made = chance.whole(draft.began, today)
        part = draft.add("agreements", Part("agreement", made, id="agreement-1", date=iso(made)))
        part.fields["parties"] = chance.some(draft.ids("adults"), 0.75)
    if chance.yes(0.3):
        day = chance.whole(draft.began, today)
        part = draft.add("disagreements", Part("disagreement", day, id="disagreement-1"))
        part.fields["date"] = iso(day)
        part.fields["agency"] = chance.one(draft.network)


def agencies(draft: Draft) -> None:
    """Add what each agency gave to the work and was given."""
    chance, today = draft.chance, draft.today
    outside = ["housing", "probation", "school_nursing", "adult_mental_health", "police", "gp"]
    others = [each for each in outside if each not in draft.network]
    for agency in [*draft.network, *chance.some(others, 0.35)]:
        if agency == "interpreting_service":
            continue
        part = draft.add("agencies", Part("agency", draft.began, agency, id=agency))
        fields = part.fields
        fields["involved"] = "yes" if agency in draft.network else "no"
        asked = draft.began + chance.whole(0, 20)
        given = asked + (chance.whole(0, 6) if draft.careful(0.1) else chance.whole(10, 30))
        leads = agency in ("childrens_social_care", "early_help")
        fields["information_asked_on"] = None if leads or asked > today else iso(asked)
        if leads:
            fields["information"] = "full"
        elif given <= today and chance.yes(0.9):
            fields["information_given_on"] = iso(given)
            fields["information"] = chance.weighed({"limited": 1, "full": 3})
        else:
            fields["information"] = "none"


def concerns(draft: Draft) -> None:
    """Set the concerns that assessments found: what is true of the family, mostly."""
    chance = draft.chance
    so = {word for part in draft.listed("adults") for word in part.is_so}
    incidents = draft.listed("incidents")
    honour = any(part.fields.get("kind") == "honour_based_abuse" for part in incidents)
    true = {
        "neglect": draft.neglect,
        "emotional_abuse": draft.abuse and chance.yes(0.4),
        "domestic_abuse": draft.abuse,
        "honour_based_abuse": honour,
        "parental_alcohol_misuse": "misuses_alcohol" in so,
        "parental_drug_misuse": "misuses_drugs" in so,
        "parental_mental_ill_health": "mental_ill_health" in so,
        "housing": "housing" in draft.network and chance.yes(0.5),
    }
    draft.whole.fields["concerns"] = [
        each for each, is_true in true.items() if is_true and chance.yes(0.93)
    ]


def whole(draft: Draft) -> None:
    """Set what the case as a whole says beside its parts."""
    chance, today, fields = draft.chance, draft.today, draft.whole.fields
    online = chance.yes(0.75)
    fields["can_get_online"] = "yes" if online else "no"
    if not online:
        draft.whole.is_so.add("offline")
    taken = chance.yes(0.12)
    fields["taken_back"] = "yes" if taken else "no"
    if taken:
        day = today - chance.whole(1, 40)
        answered = day + (chance.whole(1, 6) if draft.careful() else chance.whole(10, 25))
        fields["taken_back_on"] = iso(day)
        if answered <= today:
            fields["taken_back_answered_on"] = iso(answered)
    for part in draft.listed("adults"):
        # nobody is at once unassessed and looked at in a completed assessment
        part.fields.setdefault("assessed", "no")
