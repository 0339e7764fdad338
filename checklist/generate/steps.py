"""The steps that stories are made of: a meeting, a plan, an assessment, a contact."""

from typing import Any, Final

from checklist.generate.draft import Draft, Part, iso, workday

_WITH_FAMILY: Final = frozenset(
    (
        "initial_conference",
        "pre_birth_conference",
        "review_conference",
        "core_group",
        "child_in_need",
        "team_around_family",
        "family_group_conference",
    )
)
_DECIDING: Final = frozenset(
    ("strategy", "initial_conference", "pre_birth_conference", "review_conference")
)


def meeting(draft: Draft, kind: str, day: int, *is_so: str, **fields: Any) -> Part:
    """Add a meeting of the agencies; one still ahead holds only who is invited."""
    chance, care = draft.chance, draft.care
    part = draft.add("meetings", Part("meeting", day, kind, *is_so, kind=kind, date=iso(day)))
    part.fields.update(fields)
    part.ahead = day > draft.today
    likely = 0.45 + 0.5 * care
    invited = chance.some(draft.network, likely)
    if kind in _WITH_FAMILY and chance.yes(likely):
        invited.append("family")
    part.fields["invited"] = invited
    part.fields["mode"] = chance.weighed({"in_person": 3, "virtual": 3, "hybrid": 2})
    if part.ahead:
        return part
    came = chance.some(invited, 0.5 + 0.45 * care)
    part.fields["attended"] = came
    part.fields["apologies"] = [
        agency for agency in invited if agency not in came and chance.yes(0.6)
    ]
    part.fields["information_from"] = chance.some(invited, 0.35 + 0.5 * care)
    sent = chance.some(invited, 0.2 + 0.78 * care)
    if kind in _DECIDING and draft.abuse and chance.yes(care - 0.2):
        sent.append("marac")
    part.fields["minutes_sent_to"] = sent
    return part


def plan(draft: Draft, kind: str, started: int, ended: int | None, *is_so: str) -> Part:
    """Add a plan for the children; with a day on which it ended, what is recorded of that too."""
    part = draft.add(
        "plans", Part("plan", ended or started, *is_so, id=f"{kind.replace('_', '-')}-plan")
    )
    fields = part.fields
    fields["kind"] = kind
    fields["children"] = draft.ids("children")
    fields["started"] = iso(started)
    if kind == "child_protection":
        fields["categories"] = categories(draft)
    else:
        fields["categories"] = None
    if ended is None:
        fields["open"] = "yes"
    else:
        fields["ended"] = iso(ended)
        part.is_so.add("ended")
    number = sum(each.fields["id"].startswith(fields["id"]) for each in draft.listed("plans"))
    if number > 1:
        fields["id"] += f"-{number}"
    return part


def categories(draft: Draft) -> list[str]:
    """Return the categories of a child protection plan."""
    found = ["neglect"] if draft.neglect else []
    if draft.abuse and (not found or draft.chance.yes(0.5)):
        found.append("emotional_abuse")
    if not found:
        found.append(draft.chance.one(("emotional_abuse", "physical_abuse", "sexual_abuse")))
    return found


def assessment(draft: Draft, kind: str, begun: int, days: int, *is_so: str) -> Part:
    """Add an assessment that a referral led to, finished or to be finished after so many days."""
    chance, today = draft.chance, draft.today
    day = workday(begun + days)
    number = 1 + len(draft.listed("assessments"))
    part = draft.add(
        "assessments", Part("assessment", day, kind, *is_so, id=f"assessment-{number}")
    )
    fields = part.fields
    fields["kind"] = kind
    fields["date"] = iso(day)
    fields["referral_on"] = iso(begun)
    covers = [
        each.fields["id"]
        for each in (*draft.listed("children"), *draft.listed("adults"))
        if chance.yes(0.95 if each.kind == "child" or "mother" in each.is_so else draft.care)
    ]
    fields["covers"] = covers
    if day > today:
        fields["state"] = chance.one(("planned", "in_progress"))
        part.ahead = True
        return part
    fields["state"] = "completed" if chance.yes(0.93) else "in_progress"
    if fields["state"] == "completed":
        for adult in draft.listed("adults"):
            if adult.fields["id"] in covers:
                adult.fields["assessed"] = "yes"
    if days > 60:
        part.is_so.add("late")
    return part


def contact(draft: Draft, agency: str, day: int, mode: str, place: str | None = None) -> Part:
    """Add a contact of an agency with the family, and whom it saw."""
    chance = draft.chance
    part = draft.add("contacts", Part("contact", day, agency=agency, date=iso(day), mode=mode))
    fields = part.fields
    if place is not None:
        fields["place"] = place
    if agency not in ("childrens_social_care", "early_help"):
        part.source = agency
    part.ahead = day > draft.today
    if not part.ahead:
        part.is_so.add(mode)
        there = [*draft.at_home(day), *chance.some(draft.adults_at_home(), 0.75)]
        if mode == "in_person":
            _visited(draft, part, place, there)
        else:
            fields["seen"] = chance.some(there, 0.8) if mode == "video" else []
    return part


def _visited(draft: Draft, part: Part, place: str | None, there: list[str]) -> None:
    chance, fields = draft.chance, part.fields
    if place == "home" and chance.yes(0.09):
        fields["access_gained"] = "no"
        fields["seen"] = []
        fields["welfare_check"] = "yes" if draft.careful(-0.2) else "no"
        later = part.near + chance.weighed({0: 2, 1: 3, 3: 2, 8: 2})
        if later <= draft.today:
            fields["seen_afterwards_on"] = iso(later)
        return
    fields["access_gained"] = "yes"
    fields["seen"] = seen = chance.some(there, 0.85)
    fields["seen_alone"] = chance.some(seen, 0.35 * draft.care)
    if place == "home":
        part.is_so.add("home")
