"""Some rules as functions by hand, to see that those written by `plain` are no straw men."""

from checklist.worked_out import shifted

MEETINGS = {
    "strategy",
    "initial_conference",
    "pre_birth_conference",
    "review_conference",
    "core_group",
    "child_in_need",
    "team_around_family",
    "pregnancy_liaison",
    "discharge_planning",
    "professionals",
}


def gp_invited(meeting, family):
    kinds = meeting.kind_
    if kinds and MEETINGS.isdisjoint(kinds):
        return "not applicable"
    invitations = meeting.invited
    if not invitations:
        answers = (False, False)
    else:
        with_gp = ["gp" in invited for invited in invitations]
        answers = (any(with_gp), not all(with_gp))
    return named(answers, meeting.date, family.today, unsure=not kinds)


def father_engaged(child, family):
    is_so = is_not = False
    for father in child.people(child.father):
        assessed, spoken_to = father.assessed, father.spoken_to
        is_so |= "yes" in assessed and "yes" in spoken_to
        is_not |= "no" in assessed or "no" in spoken_to
    return named((is_so, is_not), family.whole.next_conference, family.today)


def child_seen_within_the_interval(child, family):
    planned, unborn = on_a_protection_plan(child, family), child.unborn
    if planned == (False, True) or unborn == ("yes",):
        return "not applicable"
    contacts = family.contacts
    if contacts is None:
        answers = (False, False)
    else:
        today = family.today
        since = shifted(today, -10, "working_days")
        own, is_so, all_not = child.id, False, True
        for contact in contacts:
            by, mode, seen, days = contact.agency, contact.mode, contact.seen, contact.date
            if (
                "childrens_social_care" in by
                and "in_person" in mode
                and any(own in each for each in seen)
                and any(since <= day <= today for day in days)
            ):
                is_so = True
            if not (
                any(each != "childrens_social_care" for each in by)
                or any(each != "in_person" for each in mode)
                or any(own not in each for each in seen)
                or any(not since <= day <= today for day in days)
            ):
                all_not = False
                if is_so:
                    break
        answers = (is_so, all_not)
    return named(answers, (), None, unsure=not (planned[0] and "no" in unborn))


def on_a_protection_plan(child, family):
    """Return whether something is for it, and whether something is against it."""
    found = child.__dict__.get("protected")
    if found is None:
        plans = family.plans
        own, is_so, all_not = child.id, False, plans is not None
        for plan in plans or ():
            kinds, children, is_open = plan.kind_, plan.children, plan.open
            if (
                "child_protection" in kinds
                and "yes" in is_open
                and any(own in each for each in children)
            ):
                is_so = True
            if not (
                any(each != "child_protection" for each in kinds)
                or "no" in is_open
                or any(own not in each for each in children)
            ):
                all_not = False
        found = child.protected = (is_so, all_not)
    return found


def named(answers, days, today, *, unsure=False):
    """Return the verdict's name, from what is for and what is against what is expected."""
    if answers == (True, False):
        return "met"
    if answers == (True, True):
        return "conflicting"
    if unsure:
        return "not recorded"
    if days and min(days) >= today:
        return "due"
    return "gap" if answers[1] else "not recorded"


BY_HAND = {
    "gp-invited": gp_invited,
    "father-engaged": father_engaged,
    "child-seen-within-the-interval": child_seen_within_the_interval,
}
