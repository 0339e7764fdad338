"""The people of a made-up case: children, adults, couples, and what is true of them."""

from typing import Final

from checklist.generate.draft import Draft, Part, iso
from checklist.generate.words import LANGUAGES

_YEAR: Final = 365.25


def tell_family(draft: Draft) -> None:
    """Make up the family, and which agencies work with it."""
    children(draft)
    adults(draft)
    couples(draft)
    network(draft)


def children(draft: Draft) -> None:
    """Make up the children, the eldest first."""
    chance, today = draft.chance, draft.today
    kind = chance.weighed(draft.shape.youngest)
    if kind == "unborn":
        birth = today + chance.whole(7, 170)
    elif kind == "newborn":
        birth = today - chance.whole(2, 175)
    elif kind == "under_one":
        birth = today - chance.whole(195, 355)
    else:
        birth = today - chance.whole(380, 365 * 14)
    days = [birth]
    for _ in range(chance.weighed({0: 4, 1: 3, 2: 2, 3: 1})):
        days.insert(0, days[0] - chance.whole(460, 1500))
    for number, day in enumerate(days, 1):
        age = (today - day) / _YEAR
        child = draft.add("children", Part("child", day, id=f"child-{number}"))
        fields = child.fields
        due = day + chance.whole(-10, 14)
        if age < 0:
            fields["expected"] = iso(day)
            fields["in_household"] = None
        else:
            fields["born"] = iso(day)
            fields["expected"] = iso(due) if age < 1 else None
            at_home = chance.yes(draft.shape.at_home)
            fields["in_household"] = "yes" if at_home else "no"
            if at_home:
                child.is_so.add("at_home")
        if age >= 18:  # a grown sibling is no child of the case
            draft.parts["children"].remove(child)
        elif age >= 1:
            child.is_so.add("past_one")
        else:
            _baby(draft, child, day)
        if age >= 0:
            child.is_so.add("born")
        if age >= 10 and chance.yes(0.3):
            child.is_so.add("signs")
        if age >= 10:
            fields["exploitation_signs"] = "yes" if "signs" in child.is_so else "no"


def _baby(draft: Draft, child: Part, birth: int) -> None:
    chance, today, fields = draft.chance, draft.today, child.fields
    child.is_so.add("baby")
    made = birth - chance.whole(-12, 70)
    fields["birth_plan_on"] = iso(made) if made <= today and draft.careful() else None
    weeks = (today - birth) / 7
    # the window of each contact, counted from the birth
    windows = {"antenatal": -9.0, "new_birth": 2.0, "six_to_eight_weeks": 7.0}
    contacts = [name for name, week in windows.items() if weeks >= week]
    fields["universal_contacts"] = chance.some(contacts, 0.25 + 0.75 * draft.care)
    if weeks < 0:
        return
    needs = chance.some(("premature", "neonatal_care", "ongoing_health_needs"), 0.27)
    fields["health_needs"] = needs
    if needs:
        child.is_so.add("health_needs")
    if "neonatal_care" in needs:
        child.is_so.add("neonatal")


def adults(draft: Draft) -> None:
    """Make up the adults and who they are to the children."""
    chance, today = draft.chance, draft.today
    eldest = draft.listed("children")[0].near
    age_then = chance.whole(15, 19) if chance.yes(0.3) else chance.whole(18, 36)
    mothers_birth = eldest - int(age_then * _YEAR) - chance.whole(1, 364)
    language = chance.one(LANGUAGES) if chance.yes(0.18) else "English"
    mother = _adult(draft, "mother", mothers_birth, "mother", "parent")
    together = chance.yes(0.6)
    father = None
    if chance.yes(0.93):
        gap = chance.whole(5, 17) if chance.yes(0.3) else chance.whole(-2, 4)
        fathers_birth = mothers_birth - int(gap * _YEAR) - chance.whole(0, 200)
        father = _adult(draft, "father", fathers_birth, "father", "parent")
        if together:
            mother.fields["partner"] = "father"
    partner = None
    if not together and chance.yes(0.45):
        partner = _adult(
            draft, "partner", mothers_birth - chance.whole(-900, 5000), "parent", "partner"
        )
        partner.fields["relation"] = chance.one(("partner_of_parent", "step_parent"))
        mother.fields["partner"] = "partner"
    if chance.yes(0.3):
        grandmother = _adult(
            draft, "grandmother", mothers_birth - chance.whole(6600, 14000), "relative"
        )
        grandmother.fields["relation"] = "grandparent"
        if chance.yes(0.7):
            grandmother.is_so.add("offers")
        grandmother.fields["offers_support"] = "yes" if "offers" in grandmother.is_so else "no"
    mother.is_so.add("at_home")
    for man in (father, partner):
        if man is not None and chance.yes(0.85 if together or man is partner else 0.1):
            man.is_so.add("at_home")
    for child in draft.listed("children"):
        child.fields["mother"] = "mother"
        child.fields["father"] = "father" if father is not None else "not_known"
    if draft.abuse:
        _abuse(draft, mother, [man for man in (father, partner) if man is not None])
    for part in draft.listed("adults"):
        part.fields["in_household"] = "yes" if "at_home" in part.is_so else "no"
        part.fields["first_language"] = language
        _troubles(draft, part)
        if part.near > today - 19 * _YEAR and "parent" in part.is_so:
            part.is_so.add("young")
        if part.near > today - 18 * _YEAR:
            part.is_so.add("minor")
        if "parent" in part.is_so and draft.listed("children")[-1].near > today - _YEAR:
            part.is_so.add("with_baby")
    _languages(draft, language)


def _adult(draft: Draft, name: str, birth: int, *is_so: str) -> Part:
    part = draft.add("adults", Part("adult", birth, *is_so, id=name))
    if name in ("mother", "father"):
        part.fields["relation"] = name
    if draft.chance.yes(0.12):  # some records hold an age only
        part.fields["age_years"] = int((draft.today - birth) / _YEAR)
        part.fields["born"] = None
    else:
        part.fields["born"] = iso(birth)
    return part


def _abuse(draft: Draft, mother: Part, men: list[Part]) -> None:
    """Say who is the victim and who the perpetrator."""
    chance = draft.chance
    if not men:
        mother.is_so.add("victim")
        return
    other = men[-1]
    victim, perpetrator = (mother, other) if chance.yes(0.9) else (other, mother)
    victim.is_so.add("victim")
    perpetrator.is_so.add("perpetrator")


def _troubles(draft: Draft, part: Part) -> None:
    """Say what is true of an adult: not of practice, which follows later."""
    chance, so, fields = draft.chance, part.is_so, part.fields
    chances = {
        "mental_ill_health": 0.45 if "mother" in so or "victim" in so else 0.25,
        "misuses_alcohol": 0.25 if "parent" in so else 0.05,
        "misuses_drugs": 0.25 if "parent" in so else 0.03,
        "aggressive": 0.6 if "perpetrator" in so else 0.06,
        "harmed_in_childhood": 0.4,
        "engages": 0.75 if "mother" in so else 0.55,
        "exploitation_signs": 0.14,
    }
    for field, likely in chances.items():
        answer = chance.yes(likely)
        fields[field] = "yes" if answer else "no"
        if answer:
            so.add(field)
    if fields["engages"] == "no":
        so.add("not_engaging")
    if "exploitation_signs" in so:
        so.add("signs")
    if "misuses_alcohol" in so or "misuses_drugs" in so:
        so.add("misuses")
    if "aggressive" in so or "perpetrator" in so:
        so.add("harsh")
    roles = [role for role in ("victim", "perpetrator") if role in so]
    fields["in_domestic_abuse_as"] = roles
    answers = {
        "victim": {"care_and_support_needs": 0.3, "statement_withdrawn": 0.3, "refuge_asked": 0.3},
        "perpetrator": {"lone_working_worry": 0.4, "in_custody": 0.35, "other_children": 0.5},
    }
    for role in roles:
        for field, likely in answers[role].items():
            answer = chance.yes(likely)
            fields[field] = "yes" if answer else "no"
            if answer:
                so.add(field)


def _languages(draft: Draft, language: str) -> None:
    """Say who needs an interpreter."""
    chance = draft.chance
    needed = language != "English" and chance.yes(0.75)
    for section in ("children", "adults"):
        for part in draft.listed(section):
            if section == "children":
                speaks = part.near < draft.today - 3 * _YEAR
                part.fields["first_language"] = language if speaks else None
                needs = speaks and needed and chance.yes(0.2)  # most learn English at school
                part.fields["interpreter_needed"] = ("yes" if needs else "no") if speaks else None
                if needs:
                    part.is_so.add("interpreter")
                continue
            needs = needed and chance.yes(0.8)
            part.fields["interpreter_needed"] = "yes" if needs else "no"
            if needs:
                part.is_so.add("interpreter")
                draft.whole.is_so.add("interpreter")


def couples(draft: Draft) -> None:
    """Write out the pairs of whom more is known than that they are one."""
    chance, today = draft.chance, draft.today
    mother = draft.listed("adults")[0]
    eldest = draft.listed("children")[0].near
    for name, part in zip(draft.ids("adults"), draft.listed("adults"), strict=True):
        if part is mother or "parent" not in part.is_so:
            continue
        of_children = name == "father"
        start = eldest - chance.whole(300, 1500) if of_children else today - chance.whole(60, 900)
        # nobody is in a couple before they are about fifteen
        start = max(start, max(mother.near, part.near) + int(15 * _YEAR))
        couple = draft.add("couples", Part("couple", start, people=["mother", name]))
        couple.fields["started"] = iso(start) if start < today else None
        together = mother.fields.get("partner") == name
        couple.fields["together"] = "yes" if together else "no"
        if (part.near - mother.near) / _YEAR > 5 or (mother.near - part.near) / _YEAR > 5:
            couple.is_so.add("gap")


def network(draft: Draft) -> None:
    """Say which agencies work with the family."""
    chance, today = draft.chance, draft.today
    so = {word for part in draft.listed("adults") for word in part.is_so}
    ages = [(today - part.near) / _YEAR for part in draft.listed("children")]
    neonatal = any("neonatal" in part.is_so for part in draft.listed("children"))
    likely = {
        "childrens_social_care": 0.0 if draft.path == "early_help" else 1.0,
        "early_help": 1.0 if draft.path == "early_help" else 0.1,
        "gp": 0.93,
        "midwifery": 0.95 if min(ages) < 0.3 else 0.0,
        "health_visiting": 0.95 if min(ages) < 5 else 0.0,
        "police": 0.9 if draft.abuse else 0.5,
        "nursery": 0.7 if any(2 <= age < 5 for age in ages) else 0.0,
        "school": 0.95 if any(5 <= age < 18 for age in ages) else 0.0,
        "school_nursing": 0.4 if any(5 <= age < 18 for age in ages) else 0.0,
        "college": 0.6 if "young" in so else 0.0,
        "family_nurse_partnership": 0.4 if "young" in so and min(ages) < 2 else 0.0,
        "neonatal": 0.6 if neonatal else 0.0,
        "adult_mental_health": 0.5 if "mental_ill_health" in so else 0.0,
        "substance_misuse_service": 0.55 if "misuses" in so else 0.0,
        "idva": 0.6 if draft.abuse else 0.0,
        "probation": 0.25 if "perpetrator" in so else 0.0,
        "housing": 0.3,
        "interpreting_service": 0.6 if "interpreter" in so else 0.0,
        "childrens_centre": 0.3 if min(ages) < 5 else 0.0,
        "family_hub": 0.12,
    }
    draft.network = [agency for agency, chances in likely.items() if chance.share() < chances]
