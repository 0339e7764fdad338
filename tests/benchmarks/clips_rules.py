"""The rules written for CLIPS, as somebody would who knows it: templates, patterns, chaining.

A fact for each value that stands, for each thing and for each list that is recorded. From those,
rules derive what is for and what is against each condition, for the things it depends on and no
others; conditions that say the same are one. The environment is built once and reset for each case.
"""

import datetime
from functools import cache
from typing import NamedTuple

import clips

from checklist.conditions import (
    THIS,
    After,
    All,
    Any,
    Apart,
    AsOf,
    AtLeast,
    AtMost,
    Atom,
    Before,
    DateField,
    Equals,
    Every,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Named,
    Not,
    Some,
    Through,
    Within,
    WithinTimescale,
)
from checklist.rule import Rule
from checklist.truth import Truth
from checklist.values import NOT_KNOWN
from checklist.vocabulary import JUDGEMENT, subject_kinds
from checklist.worked_out import last_day, shifted
from tests.benchmarks.plain import DAYS, looks_around, says
from tests.benchmarks.plain_record import Family, attribute, thing_of

KIND_OF = {kind.plural: kind.name for kind in subject_kinds().values()}
PLURAL = {kind.name: kind.plural for kind in subject_kinds().values()}
IN_LISTS = ("codes", "people")


class Side(NamedTuple):
    """What is for a condition, or against it: the template of its facts, and what they name.

    `of` are places among the things around, each in a slot of its own.
    """

    template: str
    of: tuple[int, ...]


ALWAYS = Side("", ())
NEVER = None


class Clips:
    """The rules of a rulebook in a CLIPS environment; `source` is their text.

    The facts of a case go through `file`, which is best held in memory.
    """

    def __init__(self, rulebook, file):
        self._file = file
        self._timescales = []
        self._templates = {}
        self._rules = []
        self._relations = {}
        self._sides = {}
        self._ids = {}
        self.asked = []
        for rule in rulebook.rules:
            scope = (rule.for_each,)
            pair = (self._both(rule.applies, scope), self._both(rule.expects, scope))
            self._ask(rule, pair)
        for query in rulebook.queries:
            self._ask(
                query, ((ALWAYS, NEVER), (self._side(query.when, (query.for_each,), True), NEVER))
            )
        self.source = "\n".join([*self._templates.values(), *self._rules])
        self._environment = self._built()
        wanted = {field for kind, field in self._relations}
        self.kinds = {name: thing_of(kind, (), wanted) for name, kind in subject_kinds().items()}
        self._fields = {}
        for (kind, field), many in self._relations.items():
            self._fields.setdefault(kind, []).append((field, many))

    def _built(self):
        environment = clips.Environment()
        day = cache(datetime.date.fromordinal)

        @cache
        def moved(ordinal, number, unit):
            return shifted(day(ordinal), number, unit).toordinal()

        @cache
        def end_of(number, ordinal):
            found = last_day(self._timescales[number], day(ordinal))
            return -1 if found is None else found.toordinal()

        self._found = []
        environment.define_function(moved, "moved")
        environment.define_function(end_of, "end-of")
        environment.define_function(self._answer, "answer")
        for construct in self.source.split("\n"):
            environment.build(construct)
        return environment

    # writing the rules

    def _ask(self, item, pair):
        """Write the rules that tell the two bits of the two conditions of a rule or query."""
        number = len(self.asked)
        self.asked.append((item, pair[0][0] is ALWAYS))
        for shift, side in enumerate([*pair[0], *pair[1]]):
            if side in (ALWAYS, NEVER):
                continue
            who = f"?v{side.of[0]}" if side.of else '""'
            self._rule(f"{self._pattern(side)} => (answer {number * 16 + (1 << shift)} {who})")

    def _answer(self, what, who):
        self._found.append((what, who))

    def _rule(self, text):
        self._rules.append(f"(defrule r{len(self._rules)} {text})")

    def _template(self, name, slots):
        self._templates.setdefault(name, f"(deftemplate {name} {slots})")
        return name

    def _thing(self, kind, place):
        """Return the pattern that there is a thing of a kind."""
        return f"({self._template(f'a-{kind}', '(slot of)')} (of ?v{place}))"

    def _values(self, kind, atom_field, of, pattern):
        """Return the pattern of a value of a field; a thing stands in the slot `of`."""
        field, many = atom_field.name, atom_field.kind in IN_LISTS
        self._relations[kind, field] = many
        name = f"{kind}-{field.replace('/', '-')}"
        slot = "(multislot is)" if many else "(slot is)"
        self._template(name, slot if kind == "case" else f"(slot of) {slot}")
        return (
            f"({name} (is {pattern}))" if kind == "case" else f"({name} (of {of}) (is {pattern}))"
        )

    def _pattern(self, side):
        """Return the pattern of a side's fact."""
        slots = " ".join(f"(s{at} ?v{place})" for at, place in enumerate(side.of))
        return f"({side.template} {slots})"

    def _both(self, condition, scope):
        return (self._side(condition, scope, True), self._side(condition, scope, False))

    def _side(self, condition, scope, wanted):
        """Return what is for a condition (or against it), with its places in the scope."""
        if looks_around(condition):
            return self._shared(condition, scope, wanted)
        found = self._shared(condition, scope[-1:], wanted)
        if found in (ALWAYS, NEVER):
            return found
        return found._replace(of=tuple(place + len(scope) - 1 for place in found.of))

    def _shared(self, condition, scope, wanted):
        key = (says(condition), scope, wanted)
        if key not in self._sides:
            self._sides[key] = self._new(condition, scope, wanted)
        return self._sides[key]

    def _new(self, condition, scope, wanted):
        last = len(scope) - 1
        match condition:
            case Atom():
                return self._test(condition, scope, wanted)
            case Not(part):
                return self._side(part, scope, not wanted)
            case All(parts) | Any(parts):
                sides = [self._side(part, scope, wanted) for part in parts]
                if isinstance(condition, All) == wanted:
                    return self._all_of(sides)
                return self._one_of(sides, scope)
            case Named(_, yes, no, kind):
                of, bit = (yes, wanted) if no is None else (yes if wanted else no, True)
                side = self._side(of, (kind,), bit)
                if side in (ALWAYS, NEVER):
                    return side
                return side._replace(of=tuple(last for _ in side.of))
            case Through("case", part):
                return self._side(part, (*scope, "case"), wanted)
            case Through(step, part):
                side = self._side(part, (*scope, "adult"), wanted)
                if side is NEVER:
                    return NEVER
                field = subject_kinds()[scope[-1]].fields[step]
                body = [self._values(scope[-1], field, f"?v{last}", f"?v{last + 1}")]
                body.append(self._thing("adult", last + 1))
                if side is not ALWAYS:
                    body.append(self._pattern(side))
                places = {last, *(() if side is ALWAYS else side.of)} - {last + 1}
                return self._derived(tuple(sorted(places)), [body])
            case Some(plural, part) | Every(plural, part):
                kind = KIND_OF[plural]
                side = self._side(part, (*scope, kind), wanted)
                if isinstance(condition, Some) == wanted:
                    return self._of_a_member(kind, side, scope)
                return self._of_each_member(plural, kind, side, scope)

    def _of_a_member(self, kind, side, scope):
        if side is NEVER:
            return NEVER
        body = [self._thing(kind, len(scope))]
        if side is not ALWAYS:
            # a term can be so of a child as well, where the list is one of adults
            body = [self._pattern(side), *body]
        places = () if side is ALWAYS else side.of
        return self._derived(tuple(p for p in places if p != len(scope)), [body])

    def _of_each_member(self, plural, kind, side, scope):
        recorded = f'({self._template("recorded", "(slot list)")} (list "{plural}"))'
        member = self._thing(kind, len(scope))
        if side is ALWAYS:
            return self._derived((), [[recorded]])
        if side is NEVER:
            return self._derived((), [[recorded, f"(not {member})"]])
        places = tuple(place for place in side.of if place != len(scope))
        around = [self._thing(scope[place], place) for place in places if scope[place] != "case"]
        body = [recorded, *around, f"(forall {member} {self._pattern(side)})"]
        return self._derived(places, [body])

    def _all_of(self, sides):
        if NEVER in sides:
            return NEVER
        sides = [side for side in sides if side is not ALWAYS]
        if not sides:
            return ALWAYS
        if len(sides) == 1:
            return sides[0]
        places = tuple(sorted({place for side in sides for place in side.of}))
        return self._derived(places, [[self._pattern(side) for side in sides]])

    def _one_of(self, sides, scope):
        if ALWAYS in sides:
            return ALWAYS
        sides = [side for side in dict.fromkeys(sides) if side is not NEVER]
        if len(sides) < 2:
            return sides[0] if sides else NEVER
        places = tuple(sorted({place for side in sides for place in side.of}))
        bodies = []
        for side in sides:
            missing = [self._thing(scope[p], p) for p in places if p not in side.of]
            bodies.append([self._pattern(side), *missing])
        return self._derived(places, bodies)

    def _derived(self, places, bodies):
        """Write a rule for each body, whose facts name the things at the places."""
        name = f"c{len(self._ids)}"
        self._ids[name] = None
        slots = " ".join(f"(slot s{at})" for at in range(len(places)))
        side = Side(self._template(name, slots), places)
        for body in bodies:
            self._rule(f"{' '.join(body)} => (assert {self._pattern(side)})")
        return side

    # tests

    def _test(self, atom, scope, wanted):
        kind, last = scope[-1], len(scope) - 1
        own = () if kind == "case" else (last,)

        def value(pattern):
            return self._values(kind, atom.field, f"?v{last}", pattern)

        def compared(test):
            test = test if wanted else f"(not {test})"
            return self._derived(own, [[value(f"?x&:{test}")]])

        match atom.test:
            case IsRecorded():
                if not wanted:
                    return NEVER
                known = f"~{literal(NOT_KNOWN)}" if atom.field.kind == "person" else "$?"
                if known == "$?" and atom.field.kind not in IN_LISTS:
                    known = "?"
                return self._derived(own, [[value(known)]])
            case Equals(one):
                return self._derived(own, [[value(("" if wanted else "~") + literal(one))]])
            case In(several):
                mark, joined = ("", "|") if wanted else ("~", "&~")
                pattern = mark + joined.join(map(literal, several))
                return self._derived(own, [[value(pattern)]])
            case Includes((code,)) if wanted:
                return self._derived(own, [[value(f"$? {literal(code)} $?")]])
            case Includes(codes):
                there = f"(subsetp (create$ {' '.join(map(literal, codes))}) $?x)"
                there = there if wanted else f"(not {there})"
                return self._derived(own, [[value(f"$?x&:{there}")]])
            case IncludesThis(step):
                place = place_of(step, scope)
                if place is None:
                    return NEVER if wanted else self._derived(own, [[value("$?")]])
                this = self._thing(scope[place], place)
                there = f"(member$ ?v{place} $?x)"
                body = [this, value(f"$?x&:(not {there})")]
                if wanted:
                    body = [value(f"$? ?v{place} $?"), this]
                return self._derived(tuple(sorted({*own, place})), [body])
            case AtLeast(number):
                return compared(f"(>= ?x {number})")
            case AtMost(number):
                return compared(f"(<= ?x {number})")
            case Before(moment):
                test = "(< ?x ?y)"
            case After(moment):
                test = "(> ?x ?y)"
            case Within(number, unit, direction, moment):
                first = "?y" if direction == "after" else moved("?y", -number, unit)
                end = "?y" if direction == "before" else moved("?y", number, unit)
                test = f"(<= {first} ?x {end})"
            case Apart(number, unit, "before", moment):
                test = f"(<= ?x {moved('?y', -number, unit)})"
            case Apart(number, unit, _, moment):
                test = f"(>= ?x {moved('?y', number, unit)})"
            case WithinTimescale(_, moment):
                if atom.test not in self._timescales:
                    self._timescales.append(atom.test)
                number = self._timescales.index(atom.test)
                # before the first edition nothing is known, neither for nor against
                end = f"(end-of {number} ?y)"
                test = f"(<= ?y ?x {end})" if wanted else f"(or (= {end} -1) (<= ?y ?x {end}))"
        test = test if wanted else f"(not {test})"
        days, places = self._days(moment, scope)
        if days is None:
            return NEVER
        places = tuple(sorted({*own, *places}))
        return self._derived(places, [[*days, value(f"?x&:{test}")]])

    def _days(self, moment, scope):
        """Return patterns that put a day that a moment means into ?y, and the places they name."""
        last = len(scope) - 1
        match moment:
            case AsOf():
                return [f"({self._template('today', '(slot is)')} (is ?y))"], ()
            case DateField(steps, field):
                place = last
                if steps and steps[0].startswith(THIS):
                    place, steps = place_of(steps[0].removeprefix(THIS), scope), steps[1:]
                    if place is None:
                        return None, ()
                if steps == ("case",):
                    return [self._values("case", field, "", "?y")], ()
                if not steps:
                    here = () if scope[place] == "case" else (place,)
                    return [self._values(scope[place], field, f"?v{place}", "?y")], here
                (step,) = steps
                led = subject_kinds()[scope[place]].fields[step]
                return [
                    self._values(scope[place], led, f"?v{place}", "?p"),
                    self._values("adult", field, "?p", "?y"),
                ], (place,)
            case _:
                return [f"(test (bind ?y {moment.toordinal()}))"], ()

    # running them

    def facts(self, case):
        """Return the facts of a case as CLIPS reads them, and its things by kind."""
        family = Family(case, case.as_of, self.kinds)
        facts = [f"(today (is {case.as_of.toordinal()}))"]
        things = {}
        for kind, plural in PLURAL.items():
            listed = family.cases if kind == "case" else getattr(family, plural)
            things[kind] = listed
            silent = kind == "family_member" and family.people_are_silent
            if listed is not None and not silent and "recorded" in self._templates:
                facts.append(f'(recorded (list "{plural}"))')
            fields = self._fields.get(kind, ())
            counts = f"a-{kind}" in self._templates
            for thing in listed or ():
                own = f'(of "{thing.id}") '
                if kind == "case":
                    own = ""
                elif counts:
                    facts.append(f"(a-{kind} {own})")
                for field, many in fields:
                    if field.startswith(JUDGEMENT):
                        values = thing.judged(field.removeprefix(JUDGEMENT))
                    else:
                        values = getattr(thing, attribute(field))
                    for value in values:
                        told = " ".join(map(literal, value)) if many else literal(value)
                        facts.append(f"({kind}-{field.replace('/', '-')} {own}(is {told}))")
        return "\n".join(facts), things

    def run(self, facts):
        """Return what CLIPS tells of a case: numbers of what was asked, each with a thing's id."""
        self._environment.reset()
        # from a file it takes a fifth of what it takes from a string, or as calls
        self._file.write_text(facts, encoding="utf-8")
        self._environment.eval(f'(load-facts "{self._file}")')
        self._found.clear()
        self._environment.run()
        return self._found

    def pairs(self, case):
        """Return the two truths of each rule and thing, and the ids of the queries raised."""
        facts, things = self.facts(case)
        bits = {}
        for what, who in self.run(facts):
            number, bit = what >> 4, what & 15
            bits[number, who] = bits.get((number, who), 0) | bit
        pairs, raised = {}, []
        for number, (item, always) in enumerate(self.asked):
            of_all = bits.get((number, ""), 0) | always
            for thing in things[item.for_each] or ():
                found = of_all | bits.get((number, thing.id), 0)
                if isinstance(item, Rule):
                    pairs[item.id, thing.id] = (TRUTHS[found & 3], TRUTHS[found >> 2])
                elif found >> 2 and item.id not in raised:
                    raised.append(item.id)
        return pairs, tuple(raised)


TRUTHS = (Truth.NEITHER, Truth.TRUE, Truth.FALSE, Truth.BOTH)


def literal(value):
    """Return a value as CLIPS reads it."""
    if isinstance(value, datetime.date):
        return str(value.toordinal())
    if isinstance(value, int):
        return str(value)
    escaped = value.casefold().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def moved(day, number, unit):
    if unit in DAYS:
        return f"(+ {day} {number * DAYS[unit]})" if number else day
    return f'(moved {day} {number} "{unit}")'


def place_of(kind, scope):
    """Return the place of the innermost thing around the last of a kind, or else of the last."""
    for place in range(len(scope) - 2, -1, -1):
        if scope[place] == kind:
            return place
    return len(scope) - 1 if scope[-1] == kind else None
