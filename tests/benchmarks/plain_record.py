"""A case as a plain program would hold it: for each thing in it, the values that stand on the day.

Written by hand: what is the same for all rules. One pass over what the validated record holds;
what can be worked out is found when it is first asked for, and kept. With the program it shares
the models of the record, which words stand where there are several, and the arithmetic of days.
"""

from itertools import product

from checklist.people import Couple
from checklist.recorded import Statement, standing
from checklist.vocabulary import subject_kinds
from checklist.worked_out import start_of_pregnancy, years_between

CONFERENCES = {"initial_conference", "pre_birth_conference", "review_conference"}
DATED = {"plan": "started", "action": "due"}
LISTED = [
    (each.plural, each.name)
    for each in subject_kinds().values()
    if each.listed_under == (each.plural,) and each.name != "couple"
]
"""The lists of a case, and the kind of thing in each."""

READ_BY_THIS = {
    *("kind", "tool", "date", "started", "due", "ended"),
    *("born", "expected", "mother", "father", "partner", "relation"),
}
"""The fields that the functions below read, whatever rules there are."""


class Thing:
    """A child, a meeting ...: its id, and of each field the different values that stand.

    What terms are for it is kept on it, under their names, once it is found.
    """

    def __init__(self, entity, family):
        self.id = entity.id
        self.entity = entity
        self.family = family
        self.read(entity, family)

    def read(self, entity, family):
        today, source = family.today, entity.source or family.case.source
        source_day = None if source is None else source.date
        held, names, own = entity.__dict__, self.names, self.__dict__
        skipped = ()
        if entity.known_afterwards:
            on = entity.happens_on
            if held[on]:
                days = stand(held[on], source, today)
                if days and all(day > today for day in days):
                    skipped = entity.known_afterwards
        for field in entity.model_fields_set:
            name = names.get(field)
            if name is None:
                continue
            words = held[field]
            if len(words) == 1:
                (word,) = words
                day = word.said_on
                if day is None and word.agency is None:
                    day = source_day
                if (day is None or day <= today) and field not in skipped:
                    own[name] = (word.value,)
            elif words and field not in skipped:
                own[name] = stand(words, source, today)

    def people(self, ids):
        people = self.family.people
        return [people[name] for name in ids if name in people]

    def judged(self, rule):
        said = self.family.judgements.get((rule, self.id))
        return () if said is None else different(standing(said, self.family.today))


class Once:
    """What a function finds of a thing, found when it is first asked for and then kept."""

    def __init__(self, name, find):
        self.name = name
        self.find = find

    def __get__(self, thing, kind=None):
        found = thing.__dict__[self.name] = self.find(thing)
        return found


def different(words):
    return tuple(dict.fromkeys([word.value for word in words]))


def stand(words, source, today):
    """Return the different values that stand, of several words."""
    if source is not None:
        words = [
            word
            if word.agency is not None or word.agreed is not None
            else Statement(word.value, source.agency, None, word.said_on or source.date)
            for word in words
        ]
    return different(standing(words, today))


# worked out: each returns the values that follow from others


def age_years(person):
    today = person.family.today
    return [years_between(born, today) for born in person.born if born <= today]


def unborn(person):
    today = person.family.today
    if person.born or person.kind != "child":
        return ["no" if born <= today else "yes" for born in person.born]
    return ["yes" for due in person.expected if due >= today]


def born_or_due(child):
    return child.born or child.expected


def plan_open(plan):
    today = plan.family.today
    return ["no" if ended <= today else "yes" for ended in plan.ended]


def own_code(agency):
    return [agency.id]


def mother(child):
    return [] if child.said_mother else the_only(child, "mother")


def father(child):
    return [] if child.said_father else the_only(child, "father")


def the_only(child, relation):
    found = [adult.id for adult in child.family.adults or () if relation in adult.relation]
    return found if len(found) == 1 else []


def next_conference(case):
    ahead = [
        day
        for meeting in case.family.meetings or ()
        if not CONFERENCES.isdisjoint(meeting.kind_)
        for day in meeting.date
        if day >= case.family.today
    ]
    return [min(ahead)] if ahead else []


def births(couple):
    pair = couple.people(couple.entity.people)
    if len(pair) != 2:
        return []
    return [(min(two), max(two)) for two in product(pair[0].born, pair[1].born)]


def age_gap_years(couple):
    return [years_between(older, younger) for older, younger in births(couple)]


def younger_age_at_start(couple):
    return [
        years_between(younger, start)
        for (_, younger), start in product(births(couple), couple.started)
        if start >= younger
    ]


def younger_age_at_pregnancy(couple):
    pair = set(couple.entity.people) & couple.family.people.keys()
    pregnancies = []
    for child in couple.family.children or ():
        parents = product(child.people(child.mother), child.people(child.father))
        days = child.expected or child.born
        if days and any({one.id, other.id} == pair for one, other in parents):
            pregnancies.append(days)
    if not pregnancies:
        return []
    begun = [start_of_pregnancy(day) for day in min(pregnancies, key=min)]
    return [
        years_between(younger, day)
        for (_, younger), day in product(births(couple), begun)
        if day >= younger
    ]


WORKED_OUT = {
    "child": {
        "age_years": age_years,
        "unborn": unborn,
        "born_or_due": born_or_due,
        "mother": mother,
        "father": father,
    },
    "adult": {"age_years": age_years, "unborn": unborn},
    "plan": {"open": plan_open},
    "agency": {"agency": own_code},
    "case": {"next_conference": next_conference},
    "couple": {
        "age_gap_years": age_gap_years,
        "younger_age_at_start": younger_age_at_start,
        "younger_age_at_pregnancy": younger_age_at_pregnancy,
    },
}


def attribute(field):
    """Return the attribute of a thing that holds a field; its kind and its id are its own."""
    return f"{field}_" if field in ("kind", "people", "family", "id", "entity", "read") else field


def thing_of(kind, terms, wanted):
    """Return the class of a kind of thing, which reads the fields that are wanted.

    `terms` are the names under which terms are kept.
    """
    known = {"kind": kind.name, "names": {}, **dict.fromkeys(terms)}
    worked_out = WORKED_OUT.get(kind.name, {})
    for field in kind.fields:
        name = attribute(field)
        known[name] = ()
        if field in worked_out:
            said = f"said_{field}"
            known[said] = ()
            known[name] = Once(name, added(said, worked_out[field]))
            known["names"][field] = said
        elif field in wanted or field in READ_BY_THIS:
            known["names"][field] = name
    return type(kind.name, (Thing,), known)


def added(said, work_out):
    return lambda thing: tuple(dict.fromkeys([*getattr(thing, said), *work_out(thing)]))


class Family:
    """The things of one case on a day, by list; None for a list of which the record says nothing.

    `kinds` holds the class of each kind of thing.
    """

    def __init__(self, case, today, kinds):
        self.case = case
        self.today = today
        self.id = case.id
        self.judgements = {}
        for each in case.judgements:
            word = Statement(each.answer, each.agency, None, each.date)
            of = (each.rule, each.subject or case.id)
            self.judgements.setdefault(of, []).append(word)
        self.whole = kinds["case"](case, self)
        self.cases = [self.whole]
        for name, kind in LISTED:
            entities = getattr(case, name)
            setattr(self, name, None if entities is None else self.things(entities, kinds[kind]))
        children, adults = self.children, self.adults
        both = [*(children or ()), *(adults or ())]
        self.family_members = None if children is None and adults is None else both
        self.people_are_silent = children is None or adults is None
        self.people = {person.id: person for person in both}
        self.couples = self.all_couples(kinds["couple"])

    def things(self, entities, kind):
        taken = {entity.id for entity in entities}
        things = []
        for entity in entities:
            thing = kind(entity, self)
            if thing.id is None:
                name = made_up = name_of(thing)
                number = 1
                while name in taken:
                    number += 1
                    name = f"{made_up}-{number}"
                thing.id = name
                taken.add(name)
            things.append(thing)
        return things

    def all_couples(self, kind):
        written = self.case.couples
        couples = {frozenset(couple.people): couple for couple in written or ()}
        pairs = [
            (one.id, other.id)
            for child in self.children or ()
            for one, other in product(child.people(child.mother), child.people(child.father))
        ]
        pairs += [
            (adult.id, partner.id)
            for adult in self.adults or ()
            for partner in adult.people(adult.partner)
        ]
        for one, other in pairs:
            if one != other:
                couples.setdefault(
                    frozenset((one, other)), Couple.model_construct(people=(one, other))
                )
        if written is None and not couples:
            return None
        things = []
        for couple in couples.values():
            thing = kind(couple, self)
            thing.id = couple.id or "-and-".join(sorted(couple.people))
            things.append(thing)
        return things


def name_of(thing):
    names = getattr(thing, "kind_", ()) or getattr(thing, "tool", ()) or (thing.kind,)
    days = getattr(thing, DATED.get(thing.kind, "date"), ())
    return f"{names[0]}-{min(days).isoformat()}" if days else str(names[0])
