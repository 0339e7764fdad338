"""Random rulebooks and random records to judge by them.

A rulebook holds every form of condition; a record is made for it, so that its values lie on, just
before and just after the edge of each test. Everything has an explicit id, so that ids agree.

Left out, because the specification does not settle them: a child's `born` and `expected` said
twice; an agreed value without a day of its own beside a source with one; words that differ in
capitals only.
"""

import json

from hypothesis import strategies as st

from tests.judge.judge import (
    COLLECTIONS,
    FIELDS,
    LISTS,
    PERSON_FIELDS,
    UNITS,
    shifted,
    without_settings,
)

FIRST_DAYS = ("2021-02-26", "2021-03-01", "2021-03-31", "2021-04-02", "2021-12-24", "2020-02-29")
DAYS, RECORDS = 4, 3  # for each rulebook
AGENCIES = ("gp", "police", "school")
NUMBERS = (0, 1, 4, 5, 17, 18)
CODES = {
    "unborn": ("yes", "no"),
    "interpreter_needed": ("yes", "no"),
    "in_household": ("yes", "no"),
    "assessed": ("yes", "no"),
    "spoken_to": ("yes", "no"),
    "interpreters_used": ("professional", "family_member"),
    "concerns": ("neglect", "domestic_abuse", "housing"),
    "relation": ("mother", "father", "step_parent"),
    "age_gap_explored_for": ("grooming", "exploitation", "control"),
    ("meeting", "kind"): ("strategy", "initial_conference", "review_conference"),
    "invited": AGENCIES,
    "attended": AGENCIES,
    "minutes_sent_to": AGENCIES,
    "contributors": AGENCIES,
    ("assessment", "kind"): ("single", "pre_birth"),
    ("assessment", "state"): ("planned", "in_progress", "completed"),
    "tool": ("gcp2", "dash"),
    ("tool", "state"): ("not_considered", "decided_against", "completed"),
    "used_in": ("assessment", "planning"),
    ("plan", "kind"): ("child_protection", "child_in_need"),
    "categories": ("neglect", "physical_abuse"),
}
WORDS = ("English", "Polish", "Urdu")
TERM_KINDS = ("case", "child", "adult", "family_member", "couple", "meeting", "tool")


def codes_of(kind, field):
    return CODES.get((kind, field)) or CODES[field]


# One draw of hypothesis's is made for a rulebook and one for a record, and all else from the Random
# that it gives: a draw for each choice would take more time than all the judging, and
# `both.smallest` makes what is found small.
RANDOM = st.randoms(use_true_random=True)


def often(random, times, out_of):
    return random.randint(1, out_of) <= times


def some_of(random, values, least=0):
    return random.sample(values, min(len(values), random.randint(least, 3)))


# -- rules -------------------------------------------------------------------------------------


class Author:
    """Writes conditions; `terms` are those that it can use, by name, with their kind of subject."""

    def __init__(self, random):
        self.random = random
        self.terms = {}
        self.settings = []
        self.timescales = [self.timescale(number) for number in range(2)]

    def rulebook(self):
        items = []
        for number in range(self.random.randint(0, 3)):
            kind = self.pick(TERM_KINDS)
            term = {"term": f"term_{number}", "for_each": kind}
            term["yes_when"] = self.condition((kind,), 3)
            if self.flip():
                term["no_when"] = self.condition((kind,), 3)
            items.append(term)
            self.terms[term["term"]] = kind
        for number in range(4 + self.random.randint(0, 3)):
            kind = self.pick(tuple(FIELDS))
            rule = {"rule": f"rule-{number}", "for_each": kind}
            if self.flip():
                rule["applies"] = self.condition((kind,), 2)
            rule["expects"] = self.condition((kind,), 4)
            if self.flip():
                rule["by"] = self.deadline((kind,))
            items.append(rule)
        return [*items, *self.settings, *self.timescales]

    def timescale(self, number):
        starts = self.random.sample(FIRST_DAYS, 1 + self.flip())
        editions = [
            {"in_force_from": day, "number": str(1 + self.random.randint(0, 20)), "unit": unit}
            for day, unit in zip(starts, self.random.sample(UNITS, 2), strict=False)
        ]
        return {"timescale": f"timescale_{number}", "editions": editions}

    def set_locally(self, value, **unit):
        """Return a value, or now and then the name of a setting with this default."""
        if not often(self.random, 1, 8):
            return value
        name = f"setting_{len(self.settings)}"
        self.settings.append({"setting": name, "default": value, **unit})
        return {"setting": name}

    def pick(self, values):
        return self.random.choice(values)

    def flip(self):
        return often(self.random, 1, 2)

    def condition(self, scopes, depth):
        """Return a mapping of one condition or two, nested to so many levels."""
        entries = [self.entry(scopes, depth) for _ in range(1 + often(self.random, 1, 4))]
        if often(self.random, 1, 10):
            entries.append(("way", "in this way"))
        return dict(entries)

    def entry(self, scopes, depth):
        kind = scopes[-1]
        terms = [
            name
            for name, of in self.terms.items()
            if of == kind or (of == "family_member" and kind in ("child", "adult"))
        ]
        forms = ["field", "field"]
        if depth > 1:
            forms += ["any", "all", "not", "over", "over", "through"]
        if terms:
            forms += ["term", "term"]
        form = self.pick(forms)
        if form in ("any", "all"):
            several = range(1 + self.random.randint(0, 2))
            return form, [self.condition(scopes, depth - 1) for _ in several]
        if form == "not":
            return "not", self.condition(scopes, depth - 1)
        if form == "over":
            return self.over(scopes, depth)
        if form == "through":
            return self.through(scopes, depth)
        if form == "term":
            return self.pick(terms), self.pick(("yes", "no"))
        return self.field(scopes)

    def over(self, scopes, depth):
        name = self.pick(tuple(COLLECTIONS))
        inner = (*scopes, COLLECTIONS[name])
        tree = self.condition(inner, depth - 1)
        if self.flip():
            tree["where"] = self.condition(inner, min(2, depth - 1))
        prefix = "case." if often(self.random, 1, 6) else ""
        return self.pick(("some", "every")), {prefix + name: tree}

    def through(self, scopes, depth):
        steps = [field for field in FIELDS[scopes[-1]] if field in PERSON_FIELDS]
        step = self.pick((*steps, *steps, "case"))
        if step != "case" and self.flip():
            return step, self.condition((*scopes, "adult"), depth - 1)
        inner = (*scopes, "case" if step == "case" else "adult")
        key, value = self.field(inner)
        return f"{step}.{key}", value

    def field(self, scopes):
        kind = scopes[-1]
        field = self.pick(tuple(FIELDS[kind]))
        return field, self.test(kind, field, scopes)

    def test(self, kind, field, scopes):
        match FIELDS[kind][field]:
            case "code":
                forms = [self.set_locally(self.pick(codes_of(kind, field)))] * 3
                forms.append({"in": some_of(self.random, codes_of(kind, field), 1)})
            case "word":
                forms = [self.pick(WORDS), {"in": some_of(self.random, WORDS, 1)}]
            case "codes":
                one, several = codes_of(kind, field), some_of(self.random, codes_of(kind, field), 1)
                forms = [{"includes": self.set_locally(self.pick(one))}, {"includes": several}]
                forms.append({"includes": [self.set_locally(each) for each in several]})
            case "people":
                forms = [{"includes": f"this_{each}"} for each in around(scopes)] * 3
            case "number":
                low, high = (self.set_locally(str(self.pick(NUMBERS))) for _ in range(2))
                forms = [low, {"at_least": low}, {"at_most": high}, {"in": [low, high]}]
                forms.append({"at_least": low, "at_most": high})
            case "date":
                forms = [self.pick(FIRST_DAYS), {"before": self.moment(scopes)}]
                forms += [{"after": self.moment(scopes)}]
                forms += [{"within": self.period(scopes, ("of", "after", "before"))}] * 3
            case _:
                forms = []
        return self.pick([*forms, {"recorded": "yes"}])

    def moment(self, scopes):
        kind = scopes[-1]
        dates = [field for field, of in FIELDS[kind].items() if of == "date"]
        people = [field for field in FIELDS[kind] if field in PERSON_FIELDS]
        through = [f"{field}.born" for field in people]
        return self.pick(
            ["as_of", self.pick(FIRST_DAYS), "case.next_conference", *dates, *dates, *through]
        )

    def period(self, scopes, directions):
        if often(self.random, 1, 4):
            named = self.pick(self.timescales)["timescale"]
            return {"timescale": named, "after": self.moment(scopes)}
        unit = self.pick(UNITS)
        number = self.pick((0, 1, 2, 6, 13) if unit != "months" else (0, 1, 12, 60))
        number = self.set_locally(str(number), unit=unit)
        return {unit: number, self.pick(directions): self.moment(scopes)}

    def deadline(self, scopes):
        if self.flip():
            return self.moment(scopes)
        return self.period(scopes, ("after", "before"))


def around(scopes):
    """Return whom `includes: this_...` can mean here."""
    return [kind for kind in ("child", "adult", "family_member") if kind in scopes]


@st.composite
def rulebooks(draw):
    """Rules and terms as written, without what says nothing about a verdict (title, why ...)."""
    return Author(draw(RANDOM)).rulebook()


# -- records -----------------------------------------------------------------------------------


def edges(items, days):
    """Return the days on, just before and just after the edge of each date test."""
    bases = {day for day in (*FIRST_DAYS, *days) if day in days or day in json.dumps(items)}
    found = set(bases)

    def walk(tree):
        if isinstance(tree, list):
            for each in tree:
                walk(each)
        if not isinstance(tree, dict):
            return
        unit = next((unit for unit in UNITS if unit in tree), None)
        if unit and isinstance(tree[unit], str):
            for sign in (-1, 1):
                found.update(shifted(day, sign * int(tree[unit]), unit) for day in days[:1])
        if "in_force_from" in tree:
            started = tree["in_force_from"]
            for day in (started, days[0]):
                found.update((day, shifted(day, int(tree["number"]), tree["unit"])))
        for each in tree.values():
            walk(each)

    walk(without_settings(items))
    around_them = {shifted(day, by, "days") for day in found for by in (-1, 0, 1)}
    return sorted(around_them)


def birthdays(days):
    """Return days of birth on which the ages that rules ask for are just reached, or not quite."""
    return [
        shifted(shifted(days[0], -12 * number, "months"), by, "days")
        for number in NUMBERS
        for by in (-1, 0, 1)
    ]


class Clerk:
    """Writes a record for a rulebook: what its tests look at, or nothing."""

    def __init__(self, random, items, days):
        self.random = random
        self.written = json.dumps(items)
        self.days = edges(items, days)
        self.births = birthdays(days)
        self.dated_sources = often(random, 1, 2)
        self.ids = {}

    def record(self):
        record = {"id": "the-case"}
        if often(self.random, 1, 2):
            record["source"] = self.source()
        sizes = {name: self.random.choice((-1, 0, 1, 2, 2, 3, 3)) for name in LISTS}  # -1: silent
        if often(self.random, 2, 3):
            sizes["adults"] = max(2, sizes["adults"])
            sizes["children"] = max(1, sizes["children"])
        self.ids = {
            name: [f"{name.rstrip('s')}-{n}" for n in range(size)] for name, size in sizes.items()
        }
        self.fields("case", record)
        for name, kind in LISTS.items():
            if name == "couples":
                continue
            if sizes[name] >= 0:
                record[name] = [self.entity(kind, own) for own in self.ids[name]]
        if sizes["couples"] >= 0:
            record["couples"] = self.couples()
        return record

    def source(self):
        source = {"agency": self.random.choice(AGENCIES)}
        if self.dated_sources and often(self.random, 1, 2):
            source["date"] = self.random.choice(self.days)
        return source

    def couples(self):
        adults = self.ids["adults"]
        pairs = [[one, other] for one in adults for other in adults if one < other]
        chosen = some_of(self.random, list(range(len(pairs)))) if pairs else []
        return [{**self.entity("couple", f"couple-{n}"), "people": pairs[n]} for n in chosen]

    def entity(self, kind, own):
        entity = {"id": own}
        if often(self.random, 1, 4):
            entity["source"] = self.source()
        self.fields(kind, entity)
        return entity

    def fields(self, kind, entity):
        for field, value_kind in FIELDS[kind].items():
            if field not in self.written and value_kind not in ("person", "date"):
                continue  # no rule looks at it
            value = self.value(kind, field, value_kind)
            if value is None:
                continue
            if kind == "child" and value_kind == "date":
                written = self.once(value)
            else:
                written = self.written_as(value, value_kind)
            if written is not None:
                entity[field] = written

    def once(self, value):
        """Return one agency's one word on a child's birth, or none."""
        return [{"value": value(), "agency": "gp"}] if often(self.random, 3, 4) else None

    def value(self, kind, field, value_kind):
        people = self.ids["adults"]
        if value_kind == "people":
            people = self.ids["children"] + ([] if field == "children" else people)
        match value_kind:
            case "code":
                return self.one_of(codes_of(kind, field))
            case "word":
                return self.one_of(WORDS)
            case "text":
                return self.one_of(("a reason",))
            case "number":
                return self.one_of([str(n + by) for n in NUMBERS for by in (-1, 0, 1)])
            case "codes":
                return lambda: some_of(self.random, codes_of(kind, field))
            case "people":
                return lambda: some_of(self.random, people) if people else []
            case "person":
                return self.one_of([*people, *people, "not_known"])
            case _:
                return self.one_of(self.births if field == "born" else self.days)

    def one_of(self, values):
        return lambda: self.random.choice(values)

    def written_as(self, value, value_kind):
        """Return a value as it can be written: silent, blank, plain, or who said it."""
        form = self.random.randint(0, 9)
        if form < 2:
            return None
        if form == 2:
            return ""
        if form < 6:
            return value()
        words = [self.word(value) for _ in range(1 if form == 6 else 2 + self.random.randint(0, 2))]
        if len(words) == 1:
            return words[0]
        if value_kind not in ("codes", "people"):
            words = [self.plain(word) for word in words]
        return words

    def plain(self, word):
        return word["value"] if set(word) == {"value"} and often(self.random, 1, 2) else word

    def word(self, value):
        word = {"value": "" if often(self.random, 1, 12) else value()}
        if often(self.random, 3, 4):
            word["agency"] = self.random.choice(AGENCIES)
        if often(self.random, 1, 2):
            word["date"] = self.random.choice(self.days)
        if often(self.random, 1, 10):
            day = self.random.choice(self.days)
            word["agreed"] = {"date": day, "role": "chair", "reason": "both had met"}
            if self.dated_sources:
                word.setdefault("date", day)
        return word


@st.composite
def records(draw, items, days):
    """A record for these rules: what stands on the days lies at the edges of their tests."""
    return Clerk(draw(RANDOM), items, days).record()


@st.composite
def judgements(draw):
    """A rulebook, the days on which to judge, and records."""
    items = draw(rulebooks())
    random = draw(RANDOM)
    days = [random.choice(FIRST_DAYS)]
    for _ in range(DAYS - 1):
        days.append(shifted(days[-1], random.choice((1, 2, 14)), "days"))
    return items, days, [draw(records(items, days)) for _ in range(RECORDS)]
