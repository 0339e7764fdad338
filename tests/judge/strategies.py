"""Random rulebooks and random records to judge by them.

A rulebook holds every form of condition; a record is made for it, so that its values lie on, just
before and just after the edge of each test. Everything has an explicit id, so that ids agree.

Left out, because the specification does not settle them: a child's `born` and `expected` said
twice; an agreed value without a day of its own beside a source with one; words that differ in
capitals only.
"""

import json

from hypothesis import strategies as st

from tests.judge.judge import LIST_OF, PERSON_FIELDS, UNITS, shifted, without_settings
from tests.judge.published import AGENCIES, CODES, FIELDS, LISTS

FIRST_DAYS = ("2021-02-26", "2021-03-01", "2021-03-31", "2021-04-02", "2021-12-24", "2020-02-29")
DAYS, RECORDS = 4, 3  # for each rulebook
NUMBERS = (0, 1, 4, 5, 17, 18)
WORDS = ("English", "Polish", "Urdu")

# Of the codes of a list a few are enough, so that rules and records name the same ones.
FEW_AGENCIES = ("gp", "police", "school")
FEW = {
    ("meeting", "kind"): ("strategy", "initial_conference", "review_conference"),
    ("adult", "relation"): ("mother", "father", "step_parent"),
}

# Of the fields of a kind a rulebook uses a few, and always those that lead to other values.
FIELDS_OF_A_KIND, KINDS_OF_A_RULEBOOK = 5, 4
TELLING = {
    "case": ("next_conference",),
    "child": ("born", "expected", "born_or_due", "unborn", "age_years", "mother", "father"),
    "adult": ("born", "relation", "partner"),
    "family_member": ("born", "age_years", "unborn"),
    "couple": tuple(FIELDS["couple"]),
    "plan": ("children", "started", "ended", "open"),
    "agency": ("agency",),
}
PEOPLE = ("child", "adult", "family_member")


def codes_of(kind, field):
    codes = CODES[kind][field]
    return FEW_AGENCIES if codes == AGENCIES else FEW.get((kind, field), codes[:3])


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
        others = [kind for kind in FIELDS if kind not in ("case", *PEOPLE)]
        self.kinds = ("case", *PEOPLE, *random.sample(others, KINDS_OF_A_RULEBOOK))
        self.lists = [LIST_OF[kind] for kind in self.kinds if kind != "case"]
        self.fields = {kind: self.some_fields(kind) for kind in self.kinds}
        self.timescales = [self.timescale(number) for number in range(2)]

    def rulebook(self):
        items = []
        for number in range(self.random.randint(0, 3)):
            kind = self.pick(self.kinds)
            term = {"term": f"term_{number}", "for_each": kind}
            term["yes_when"] = self.condition((kind,), 3)
            if self.flip():
                term["no_when"] = self.condition((kind,), 3)
            items.append(term)
            self.terms[term["term"]] = kind
        for number in range(4 + self.random.randint(0, 3)):
            kind = self.pick(self.kinds)
            rule = {"rule": f"rule-{number}", "for_each": kind}
            if self.flip():
                rule["applies"] = self.condition((kind,), 2)
            if often(self.random, 1, 4):
                rule["judge"] = "Is it so?"
            if "judge" not in rule or self.flip():
                rule["expects"] = self.condition((kind,), 4)
            if self.flip():
                rule["by"] = self.deadline((kind,))
            items.append(rule)
        return [*items, *self.settings, *self.timescales]

    def some_fields(self, kind):
        some = self.random.sample(list(FIELDS[kind]), min(FIELDS_OF_A_KIND, len(FIELDS[kind])))
        return tuple(dict.fromkeys([*TELLING.get(kind, ()), *some]))

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
        name = self.pick(self.lists)
        inner = (*scopes, next(kind for kind in self.kinds if LIST_OF.get(kind) == name))
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
        field = self.pick(self.fields[kind])
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
                if CODES[kind][field] == AGENCIES and "agency" in scopes:
                    forms += [{"includes": "this_agency"}] * 6
            case "people":
                around = [each for each in PEOPLE if each in scopes]
                forms = [{"includes": f"this_{each}"} for each in around] * 3
            case "number":
                low, high = (self.set_locally(str(self.pick(NUMBERS))) for _ in range(2))
                forms = [low, {"at_least": low}, {"at_most": high}, {"in": [low, high]}]
                forms.append({"at_least": low, "at_most": high})
            case "date":
                forms = [self.pick(FIRST_DAYS), {"before": self.moment(scopes)}]
                forms += [{"after": self.moment(scopes)}]
                forms += [{"within": self.period(scopes, ("of", "after", "before"))}] * 3
                forms += [{"at_least": self.counted(scopes, ("after", "before"))}] * 2
            case _:
                forms = []
        return self.pick([*forms, {"recorded": "yes"}])

    def moment(self, scopes):
        if often(self.random, 1, 2 if len(scopes) > 1 else 8):
            around = self.pick(scopes)
            days = [f"this_{around}.{day}" for day in self.days_of(around)]
            if days:
                return self.pick(days)
        days = self.days_of(scopes[-1])
        return self.pick(["as_of", self.pick(FIRST_DAYS), "case.next_conference", *days, *days])

    def days_of(self, kind):
        """Return the dates of a kind of subject, and those of the people it names."""
        dates = [field for field in self.fields[kind] if FIELDS[kind][field] == "date"]
        people = [field for field in self.fields[kind] if field in PERSON_FIELDS]
        return [*dates, *(f"{field}.born" for field in people)]

    def period(self, scopes, directions):
        if often(self.random, 1, 4):
            named = self.pick(self.timescales)["timescale"]
            return {"timescale": named, "after": self.moment(scopes)}
        return self.counted(scopes, directions)

    def counted(self, scopes, directions):
        unit = self.pick(UNITS)
        number = self.pick((0, 1, 2, 6, 13) if unit != "months" else (0, 1, 12, 60))
        number = self.set_locally(str(number), unit=unit)
        return {unit: number, self.pick(directions): self.moment(scopes)}

    def deadline(self, scopes):
        if self.flip():
            return self.moment(scopes)
        return self.period(scopes, ("after", "before"))


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


# what is worked out from other fields than those that a rule names
NEEDED = ("kind", "date", "born", "expected", "mother", "father", "relation", "partner")
NEEDED_OF = {"plan": ("ended",), "couple": ("started",)}


class Clerk:
    """Writes a record for a rulebook: what its tests look at, or nothing."""

    def __init__(self, random, items, days):
        self.random = random
        self.written = json.dumps(items)
        self.rules = [item for item in items if "rule" in item]
        self.judged = [item for item in items if "judge" in item]
        self.days = edges(items, days)
        self.births = birthdays(days)
        self.dated_sources = often(random, 1, 2)
        self.ids = {}

    def record(self):
        record = {"id": "the-case"}
        if often(self.random, 1, 2):
            record["source"] = self.source()
        sizes = {
            name: self.random.choice((-1, 0, 1, 2, 2, 3, 3)) if self.is_looked_at(name) else -1
            for name in LISTS  # -1: silent
        }
        if often(self.random, 2, 3):
            sizes["adults"] = max(2, sizes["adults"])
            sizes["children"] = max(1, sizes["children"])
        self.ids = {
            name: [f"{name.rstrip('s')}-{n}" for n in range(size)] for name, size in sizes.items()
        }
        if self.ids["agencies"]:
            self.ids["agencies"] = self.random.sample(FEW_AGENCIES, sizes["agencies"])
        self.fields("case", record)
        for name, kind in LISTS.items():
            if name == "couples":
                continue
            if sizes[name] >= 0:
                record[name] = [self.entity(kind, own) for own in self.ids[name]]
        if sizes["couples"] >= 0:
            record["couples"] = self.couples()
        if self.judged and often(self.random, 4, 5):
            record["judgements"] = [
                self.judgement(rule)
                for rule in self.judged
                for _ in range(self.random.randint(0, 5))
            ]
        if often(self.random, 1, 2):
            some = self.random.sample(self.rules, self.random.randint(1, 3))
            record["not_applicable"] = [
                self.said_on(rule) for rule in some for _ in range(self.random.randint(1, 2))
            ]
        return record

    def is_looked_at(self, name):
        """Whether a rule can look at a list, or at something that follows from it."""
        return (
            name in ("children", "adults")
            or f'"{LISTS[name]}"' in self.written
            or name in self.written
            or (name == "meetings" and "next_conference" in self.written)
        )

    def judgement(self, rule):
        return {**self.said_on(rule), "answer": self.random.choice(("yes", "yes", "no"))}

    def said_on(self, rule):
        """Return what every word of a person on a rule has: on what, by whom and when."""
        kind = rule["for_each"]
        lists = ("children", "adults") if kind == "family_member" else (LIST_OF.get(kind, ""),)
        subjects = [own for name in lists for own in self.ids.get(name, ())]
        if kind == "couple" and len(self.ids["adults"]) > 1:
            pair = sorted(self.random.sample(self.ids["adults"], 2))
            subjects.append("-and-".join(pair))
        said = {
            "rule": rule["rule"],
            "reason": "we asked them",
            "role": "team manager",
            "date": self.random.choice(self.days),
        }
        if subjects and often(self.random, 9, 10):
            said["subject"] = self.random.choice(subjects)
        elif often(self.random, 1, 2):
            said["subject"] = "the-case"
        if often(self.random, 3, 4):
            said["agency"] = self.random.choice(FEW_AGENCIES[:2])
        return said

    def source(self):
        source = {"agency": self.random.choice(FEW_AGENCIES)}
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
            if field not in self.written and field not in (*NEEDED, *NEEDED_OF.get(kind, ())):
                continue  # no rule looks at it
            value = self.value(kind, field, value_kind)
            if value is None:
                continue
            if kind == "child" and field in ("born", "expected"):
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
                near = often(self.random, 1, 2)  # to the days of other events
                return self.one_of(self.births if field == "born" and not near else self.days)

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
            word["agency"] = self.random.choice(FEW_AGENCIES)
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
