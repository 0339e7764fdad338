"""The line of a made-up story: what came to notice, and the help that followed, step by step."""

from typing import Final

from checklist.generate.draft import Draft, Part, iso, workday
from checklist.generate.steps import assessment, contact, meeting, plan

_REFERRERS: Final = ("gp", "midwifery", "health_visiting", "police", "school", "nursery")
_MOST_CORE_GROUPS, _MOST_VISITS = 5, 8
"""How many of each the record still lists: the latest ones."""


def tell_story(draft: Draft) -> None:
    """Tell what happened, from the first referral to what is planned after the review."""
    if draft.chance.yes(draft.shape.earlier_plan):
        earlier_help(draft)
    referred = referral(draft, draft.began)
    match draft.path:
        case "enquiry":
            # what began long ago is over, or led to more: an enquiry is of these weeks
            draft.began = draft.today - draft.chance.whole(2, 14)
            referral(draft, draft.began)
            strategy(draft, draft.began)
            conference(draft, draft.began + draft.chance.whole(14, 24), None)
            assessment(draft, "single", draft.began, draft.chance.whole(25, 60))
        case "child_protection":
            child_protection(draft)
        case "child_in_need":
            child_in_need(draft)
        case "early_help":
            early_help(draft)
    if draft.path != "early_help":
        around_the_birth(draft)
    if draft.chance.yes(0.15) and referred.near + 40 < draft.today:
        referral(draft, referred.near + draft.chance.whole(20, 40))


def referral(draft: Draft, day: int) -> Part:
    """Add a referral, and the day on which the concern was first known."""
    chance = draft.chance
    agency = chance.one([each for each in _REFERRERS if each in draft.network] or ["other"])
    late = not draft.careful(0.25)
    part = draft.add("referrals", Part("referral", day, agency=agency, date=iso(day)))
    part.fields["concern_on"] = iso(day - (chance.whole(6, 40) if late else chance.whole(0, 1)))
    if late:
        part.is_so.add("late")
    part.source = agency
    return part


def earlier_help(draft: Draft) -> None:
    """Add a plan of earlier years or months that ended before this story, or gave way to it."""
    chance = draft.chance
    kind = chance.weighed({"early_help": 4, "child_in_need": 3, "child_protection": 2})
    moved_up = kind == "early_help" and draft.path != "early_help" and chance.yes(0.4)
    ended = draft.began + 10 if moved_up else draft.began - chance.whole(30, 500)
    ended = min(ended, draft.today)
    part = plan(draft, kind, ended - chance.whole(90, 400), ended)
    born = [each for each in draft.listed("children") if each.near < ended - 90]
    part.fields["children"] = [each.fields["id"] for each in born] or draft.ids("children")


def strategy(draft: Draft, began: int) -> Part:
    """Add the strategy meeting after a referral."""
    day = min(workday(began + draft.chance.whole(1, 4)), draft.today)
    return meeting(draft, "strategy", day, section_47="yes", conference_needed="yes")


def conference(draft: Draft, day: int, plan_made: str | None) -> Part:
    """Add the conference that an enquiry led to: before the birth, where a child is unborn."""
    youngest = draft.listed("children")[-1]
    unborn = youngest.near > day
    kind = "initial_conference"
    if unborn and (len(draft.listed("children")) == 1 or draft.chance.yes(0.6)):
        kind = "pre_birth_conference"
    part = meeting(draft, kind, workday(day))
    if plan_made is not None and not part.ahead:
        part.fields["plan_made"] = plan_made
    return part


def child_protection(draft: Draft) -> None:
    """Tell of an enquiry, a conference and a plan, and of the meetings that keep it going."""
    chance, today = draft.chance, draft.today
    talked = strategy(draft, draft.began)
    late = not draft.careful(0.15)
    held = workday(talked.near + (chance.whole(26, 45) if late else chance.whole(9, 19)))
    if held > today:
        held = max(talked.near, today - 1)
    if late:
        talked.is_so.add("late")
    conference(draft, held, "yes")
    still_open = chance.yes(draft.shape.open) or today - held < 100
    ended = None if still_open else today - chance.whole(2, today - held - 90)
    birth = draft.listed("children")[-1].near
    if ended is not None and held + 30 < birth < today and chance.yes(0.5):
        ended = min(birth + chance.whole(-20, 20), today)  # closed around a birth
    plan(draft, "child_protection", held, ended, "long")
    if ended is not None and chance.yes(0.4):
        plan(draft, "child_in_need", ended, None)
    until = ended or today
    groups(draft, "core_group", held, until, ended is None)
    reviews(draft, held, until, ended is None)
    assessment(draft, "single", draft.began, assessment_days(draft))
    visits(
        draft, "childrens_social_care", draft.began, until, (6, 12) if draft.careful() else (12, 30)
    )
    if chance.yes(0.12):
        meeting(draft, "legal_planning", workday(min(held + 40, today)))


def assessment_days(draft: Draft) -> int:
    """Return how many days an assessment takes: sometimes longer than it may."""
    if draft.careful(0.2):
        return draft.chance.whole(20, 56)
    return draft.chance.whole(66, 95)


def groups(draft: Draft, kind: str, start: int, until: int, goes_on: bool) -> None:
    """Add regular meetings from the start on, and the next one where they go on."""
    chance = draft.chance
    first = chance.whole(5, 12) if draft.careful(0.15) else chance.whole(16, 35)
    every = chance.whole(26, 40) if draft.careful() else chance.whole(40, 80)
    days, day = [], start + first
    while day <= until:
        days.append(workday(day))
        day += every + chance.whole(-5, 5)
    if len(days) > _MOST_CORE_GROUPS:
        days[1 : 1 - _MOST_CORE_GROUPS] = []
    if goes_on and chance.yes(0.75):
        days.append(max(workday(day), draft.today + 1))
    for each in days:
        if each <= until or goes_on:
            meeting(draft, kind, each)


def reviews(draft: Draft, start: int, until: int, goes_on: bool) -> None:
    """Add the review conferences, and the next one where the plan goes on."""
    chance = draft.chance
    day = start + (chance.whole(70, 89) if draft.careful(0.2) else chance.whole(96, 130))
    while day <= until:
        meeting(draft, "review_conference", workday(day), plan_made="yes")
        day += chance.whole(150, 178) if draft.careful(0.2) else chance.whole(190, 230)
    if not goes_on:
        return
    if chance.yes(0.75):
        # the day is set for once the last was held: seldom more than half a year ahead
        meeting(draft, "review_conference", max(workday(day), draft.today + 1))


def child_in_need(draft: Draft) -> None:
    """Tell of an assessment, and of a plan for a child in need."""
    chance, today = draft.chance, draft.today
    if chance.yes(0.35):
        talked = strategy(draft, draft.began)
        talked.fields["conference_needed"] = "no"
        talked.fields["section_47"] = chance.one(("yes", "no"))
    finished = assessment(draft, "single", draft.began, assessment_days(draft))
    started = min(finished.near, today)
    still_open = chance.yes(draft.shape.open) or today - started < 60
    ended = None if still_open else today - chance.whole(1, today - started - 50)
    plan(draft, "child_in_need", started, ended, "long")
    groups(draft, "child_in_need", started, ended or today, ended is None)
    visits(draft, "childrens_social_care", draft.began, ended or today, (14, 40))


def early_help(draft: Draft) -> None:
    """Tell of help without children's social care, or before it."""
    chance, today = draft.chance, draft.today
    finished = assessment(draft, "early_help", draft.began, chance.whole(14, 50))
    started = min(finished.near, today)
    still_open = chance.yes(draft.shape.open) or today - started < 60
    ended = None if still_open else today - chance.whole(1, today - started - 50)
    plan(draft, "early_help", started, ended, "long")
    groups(draft, "team_around_family", started, ended or today, ended is None)
    visits(draft, "early_help", draft.began, ended or today, (14, 35))


def visits(draft: Draft, agency: str, start: int, until: int, every: tuple[int, int]) -> None:
    """Add the contacts of the agency that leads, the latest ones, and the next one planned."""
    chance = draft.chance
    days: list[int] = []
    day = until - chance.whole(0, every[1])
    while day > start and len(days) < _MOST_VISITS:
        days.insert(0, workday(day))
        day -= chance.whole(*every)
    for each in days:
        mode = chance.weighed({"in_person": 7, "video": 1.5, "phone": 1, "message": 0.3})
        place = (
            chance.weighed({"home": 8, "office": 1, "outdoors": 0.7})
            if mode == "in_person"
            else None
        )
        contact(draft, agency, min(each, draft.today), mode, place)
    if until == draft.today and chance.yes(0.2):
        contact(draft, agency, workday(until + chance.whole(1, 12)), "in_person", "home")


def around_the_birth(draft: Draft) -> None:
    """Add what is done before and after a birth that falls into the story."""
    chance, today = draft.chance, draft.today
    youngest = draft.listed("children")[-1]
    birth = youngest.near
    if birth <= draft.began - 30 or "baby" not in youngest.is_so:
        return
    if draft.careful(0.1):
        days = birth - draft.began - chance.whole(-10, 60)
        if days > 15:
            assessment(draft, "pre_birth", draft.began, days)
    planned = birth - chance.whole(40, 130)
    if planned > draft.began - 20 and draft.careful(-0.1):
        meeting(draft, "pregnancy_liaison", workday(planned))
    if "neonatal" in youngest.is_so and chance.yes(0.6):
        meeting(draft, "discharge_planning", min(workday(birth + 9), today), "neonatal")
    if today - birth > 25 and draft.careful(-0.15):
        assessment(draft, "single", birth + 1, chance.whole(18, 50))
