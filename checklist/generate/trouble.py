"""Domestic abuse in a made-up story: incidents, MARAC, safety plans, orders, and other harm."""

from checklist.generate.draft import Draft, Part, iso, workday
from checklist.generate.steps import assessment, contact, meeting, plan


def tell_trouble(draft: Draft) -> None:
    """Tell the incidents of a story and what was done about them."""
    chance = draft.chance
    if draft.abuse:
        domestic_abuse(draft)
    elif chance.yes(0.25):
        incident(draft, draft.began - chance.whole(0, 3), "neglect" if draft.neglect else "other")
    ended = [part for part in draft.listed("plans") if "ended" in part.is_so]
    if ended and ended[-1].near < draft.today - 10 and chance.yes(0.4):
        again(draft, ended[-1].near)


def domestic_abuse(draft: Draft) -> None:
    """Tell of the abuse of one adult by another."""
    chance, today = draft.chance, draft.today
    first = draft.began - chance.whole(0, 3)
    days = [first]
    heard = None
    # early help seldom goes on beside a risk so high
    if chance.yes(draft.shape.marac * (0.2 if draft.path == "early_help" else 1)):
        heard = workday(today - chance.whole(*draft.shape.heard))
        heard = min(max(heard, first + 7), today)
        # the MARAC hears of something new
        days.append(max(first, heard - chance.whole(7, 32)))
    days += [chance.whole(first + 1, today) for _ in range(chance.weighed({0: 3, 1: 2, 2: 1}))]
    for day in sorted(dict.fromkeys(days)):
        kind = "honour_based_abuse" if chance.yes(0.07) else "domestic_abuse"
        incident(draft, day, kind)
    if heard is not None:
        marac(draft, first, heard)
    for victim in draft.listed("adults"):
        if "victim" in victim.is_so:
            flight(draft, victim, first)
    dash(draft, first)
    if draft.careful():
        safety_plan(draft, first)
    if chance.yes(0.45):
        order(draft, first)
    if chance.yes(0.3):
        assessment(draft, "risk", chance.whole(first, today), chance.whole(3, 20))


def marac(draft: Draft, first: int, heard: int) -> None:
    """Add the MARAC that heard the case last, and an earlier one where that was a repeat."""
    before = heard - draft.chance.whole(40, 200)
    repeat = draft.chance.yes(draft.shape.repeat)
    if repeat:
        if before < first:
            incident(draft, before - 14, "domestic_abuse")
        meeting(draft, "marac", workday(before), repeat="no").source = "marac"
    part = meeting(draft, "marac", heard, repeat="yes" if repeat else "no")
    part.source = "marac"


def incident(draft: Draft, day: int, kind: str) -> Part:
    """Add an incident, whether the police came, and what was decided after it."""
    chance, today = draft.chance, draft.today
    number = 1 + len(draft.listed("incidents"))
    part = draft.add("incidents", Part("incident", day, id=f"incident-{number}", date=iso(day)))
    fields = part.fields
    fields["kind"] = kind
    abuse = kind in ("domestic_abuse", "honour_based_abuse")
    pregnant = any(0 < child.near - day < 280 for child in draft.listed("children"))
    fields["in_pregnancy"] = ("yes" if pregnant else "no") if abuse else None
    attended = chance.yes(0.75 if abuse else 0.2)
    fields["police_attended"] = "yes" if attended else "no"
    told = day + (chance.whole(0, 2) if draft.careful(0.1) else chance.whole(5, 20))
    if chance.yes(0.9) and told <= today:
        fields["referred"] = "yes"
        fields["referred_on"] = iso(told)
    else:
        fields["referred"] = "no"
    decided = day + (chance.whole(0, 3) if draft.careful() else chance.whole(8, 25))
    if draft.careful(0.2) and decided <= today:
        fields["decided_together"] = "yes"
        fields["acted_on"] = iso(decided)
    else:
        fields["decided_together"] = "no"
    damaged = abuse and chance.yes(0.25)
    fields["home_damaged"] = ("yes" if damaged else "no") if abuse else None
    if damaged:
        safe = day + (chance.whole(0, 1) if draft.careful() else chance.whole(3, 12))
        fields["home_made_safe"] = "yes" if safe <= today and chance.yes(0.85) else "no"
        if fields["home_made_safe"] == "yes":
            fields["home_made_safe_on"] = iso(safe)
    if not abuse:
        fields["support_offered"] = None
    if attended:
        part.source = "police"
        contact(draft, "police", day, "in_person", "home")
    return part


def flight(draft: Draft, victim: Part, first: int) -> None:
    """Tell when a victim asked for a refuge or withdrew a statement, where they did."""
    chance, today = draft.chance, draft.today
    if "refuge_asked" in victim.is_so:
        asked = chance.whole(first, today)
        victim.fields["refuge_asked_on"] = iso(asked)
        moved = asked + (chance.whole(0, 6) if draft.careful() else chance.whole(9, 30))
        if moved <= today and chance.yes(0.7):
            victim.fields["refuge_moved_on"] = iso(moved)
    if "statement_withdrawn" in victim.is_so:
        withdrawn = chance.whole(first, today)
        victim.fields["statement_withdrawn_on"] = iso(withdrawn)
        if withdrawn + 12 <= today and draft.careful(-0.2):
            assessment(draft, "risk", withdrawn, chance.whole(3, 11))


def dash(draft: Draft, first: int) -> None:
    """Add the assessment of risk that the police make with a victim."""
    state = "completed" if draft.careful(0.25) else "not_considered"
    day = min(first + draft.chance.whole(0, 2), draft.today)
    part = draft.add("tools", Part("tool", day, "dash", tool="dash", date=iso(day), state=state))
    part.source = "police"


def safety_plan(draft: Draft, first: int) -> None:
    """Add a safety plan for the victim and the children."""
    chance, today = draft.chance, draft.today
    made = min(first + chance.whole(3, 40), today)
    part = draft.add("safety_plans", Part("safety_plan", made, id="safety-plan", date=iso(made)))
    people = [each.fields["id"] for each in draft.listed("adults") if "victim" in each.is_so]
    people += chance.some(draft.ids("children"), 0.9)
    part.fields["protects"] = people
    part.fields["on_file_of"] = chance.some(people, 0.2 + 0.75 * draft.care)
    part.fields["current"] = "yes" if chance.yes(0.88) else "no"
    if draft.careful() and made < today:
        reviewed = max(made, today - (chance.whole(0, 60) if draft.careful() else 90))
        part.fields["reviewed_on"] = iso(reviewed)
    else:
        part.fields["reviewed_on"] = None


def order(draft: Draft, first: int) -> None:
    """Add an order or condition that protects the victim, and the children where it names them."""
    chance = draft.chance
    made = min(first + chance.whole(1, 60), draft.today)
    part = draft.add("orders", Part("order", made, id="order-1", date=iso(made)))
    people = [each.fields["id"] for each in draft.listed("adults") if "victim" in each.is_so]
    part.fields["protects"] = people + chance.some(draft.ids("children"), 0.6)
    breached = chance.yes(0.35)
    part.fields["breached"] = "yes" if breached else "no"
    if breached:
        part.is_so.add("breached")
    part.source = "police"


def again(draft: Draft, ended: int) -> None:
    """Tell of a new incident after a plan had ended, and of what followed."""
    day = ended + draft.chance.whole(5, min(300, draft.today - ended))
    incident(draft, day, "domestic_abuse" if draft.abuse else "neglect")
    if draft.careful():
        assessment(draft, "single", day, draft.chance.whole(10, 50))
    if draft.chance.yes(0.3) and day < draft.today - 20:
        plan(draft, "child_in_need", day + 20, None)
