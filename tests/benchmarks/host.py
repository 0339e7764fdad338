"""The rules asserted to durable-rules as its users do: through `durable.engine.Host`.

The productions are the program's own, and what they are to see of the record as well; but each
condition on each subject is a fact of its own in the session of its case, and nothing is kept from
case to case. A part is not asked where those before it settle the answer, as in the program.
"""

from itertools import count

from durable import engine

from checklist import engine as ours
from checklist.conditions import All, Any, Atom, Every, Named, Some, Through, parts_of
from checklist.content import reader
from checklist.scope import led_to
from checklist.subjects import CaseSubjects
from checklist.truth import Truth
from tests.benchmarks.plain import looks_around, says

RULESET, SESSION = "case", "1"


class QuietHost(engine.Host):
    """Its threads for timers, which no rule here has, would run some actions at their own time."""

    def _run(self):
        pass


class Asked:
    """A condition: its number, the type of its facts, what reads a leaf, and its parts."""

    def __init__(self, number, condition, kind, parts):
        self.number = number
        self.condition = condition
        self.kind = kind
        self.parts = parts
        self.looks_around = looks_around(condition)
        self.read = reader(condition) if isinstance(condition, Atom) else None
        self.settled_by = {All: Truth.FALSE, Every: Truth.FALSE, Any: Truth.TRUE, Some: Truth.TRUE}
        self.settled_by = self.settled_by.get(type(condition))


class HostRules:
    """The rules of a rulebook in a Host."""

    def __init__(self, rulebook):
        self._asked = {}
        self._kinds = {}
        self._fired = {}
        self._definition = {"seen": {"all": [{"m": {ours._SEEN: 1}}], "run": self._action("seen")}}
        self._rules = [
            (rule, self._ask(rule.applies), self._ask(rule.expects)) for rule in rulebook.rules
        ]
        self._host = QuietHost({RULESET: self._definition})
        # a session without any action must not be deleted: the library frees what it never set
        self._host.assert_fact(RULESET, {"sid": SESSION, "id": "0", ours._SEEN: 1})
        self._host.delete_state(RULESET, SESSION)

    def pairs(self, case):
        """Return the truths of each rule and subject; NEITHER where the second is not needed."""
        subjects = CaseSubjects(case, case.as_of)
        self._known = {}
        self._ids = count(1)
        pairs = {}
        for rule, applies, expects in self._rules:
            for subject in subjects.of_kind(rule.for_each) or ():
                scope = (subject,)
                first = self._truth(applies, scope)
                second = Truth.NEITHER if first is Truth.FALSE else self._truth(expects, scope)
                pairs[rule.id, subject.id] = (first, second)
        self._host.delete_state(RULESET, SESSION)
        self.facts = next(self._ids) - 1
        return pairs

    def _action(self, side):
        def run(c):
            fact = c.m
            self._fired.setdefault(fact.id, set()).add(side)

        return run

    def _ask(self, condition):
        key = says(condition)
        if key not in self._asked:
            parts = tuple(map(self._ask, parts_of(condition)))
            kind = self._kind(condition)
            self._asked[key] = Asked(len(self._asked), condition, kind, parts)
        return self._asked[key]

    def _kind(self, condition):
        """Return the type of a condition's facts; those that ask the same share productions."""
        asks = ours._asks(condition)
        if asks not in self._kinds:
            kind = self._kinds[asks] = f"c{len(self._kinds)}"
            for side, pattern in ours._named_productions(condition).items():
                if side != ours._SEEN:  # one is enough for all of them
                    typed = {"$and": [{ours._TYPE: kind}, *pattern["$and"][1:]]}
                    rule = {"all": [{"m": typed}], "run": self._action(side)}
                    self._definition[f"{kind}-{side}"] = rule
        return self._kinds[asks]

    def _truth(self, asked, scope):
        if not asked.looks_around:
            scope = scope[-1:]
        key = (asked.number, *scope)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._answer(asked, self._content(asked, scope))
        return found

    def _content(self, asked, scope):
        """Return what the engine is to see."""
        subject, condition = scope[-1], asked.condition
        match condition:
            case Atom(field):
                values = subject.plain[field.name]
                return asked.read(values, scope) if values else ()
            case Some(plural) | Every(plural):
                members, silent = subject.family.members(plural)
                around = [(asked.parts[0], (*scope, member)) for member in members]
                return self._together(asked, around, [Truth.NEITHER] if silent else [])
            case Through(step):
                around = [(asked.parts[0], (*scope, each)) for each in led_to(subject, step)]
                return self._together(asked, around, [] if around else [Truth.NEITHER])
            case Named(of=kind):
                seen = (subject.seen_as(kind),)
                truths = [self._truth(part, seen) for part in asked.parts]
                if len(truths) == 2:
                    return (Truth((truths[0].has_for, truths[1].has_for)),)
                return tuple(truths)
            case _:
                return self._together(asked, [(part, scope) for part in asked.parts], [])

    def _together(self, asked, around, known):
        for part, scope in around:
            truth = self._truth(part, scope)
            if truth not in known:
                known.append(truth)
            if truth is asked.settled_by:
                break
        if not known:  # all of nothing is true, some of nothing is false
            return (Truth.TRUE if asked.settled_by is Truth.FALSE else Truth.FALSE,)
        return tuple(known)

    def _answer(self, asked, content):
        number = str(next(self._ids))
        fact = ours._fact(content) | {"sid": SESSION, "id": number, ours._TYPE: asked.kind}
        self._host.assert_fact(RULESET, fact)
        fired = self._fired.pop(number)
        return Truth(("for" in fired, "against" in fired))
