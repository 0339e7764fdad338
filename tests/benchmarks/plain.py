"""The rules as plain Python functions, as somebody would write them who needed no rules in YAML.

This small program writes them: a straight-line function for each rule, with direct access to what
the record holds, local variables and early returns. Terms, and questions about a whole list of the
case that several rules ask, are functions whose answer is kept. A condition is a number of two
bits: 1 where something is for it, 2 where something is against it.
"""

import datetime
from collections import Counter
from functools import cache
from itertools import count

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
    walk,
)
from checklist.rule import VERDICT_NAMES
from checklist.screened import Screened, line_of, sha256_of
from checklist.values import NOT_KNOWN
from checklist.vocabulary import JUDGEMENT, subject_kinds
from checklist.worked_out import last_day, shifted
from tests.benchmarks.plain_record import Family, attribute, thing_of

DAYS = {"days": 1, "weeks": 7}


class Plain:
    """The rules of a rulebook as plain functions; `source` is their text."""

    def __init__(self, rulebook):
        writer = Writer(rulebook)
        self.source = writer.source()
        exec(compile(self.source, "plain rules", "exec"), writer.constants)  # noqa: S102
        made = writer.constants
        plurals = {kind.name: kind.plural for kind in subject_kinds().values()}
        self.rules = [
            (rule.id, plurals[rule.for_each], made[writer.name_of(rule.id)])
            for rule in rulebook.rules
        ]
        self.queries = [
            (query.id, plurals[query.for_each], made[writer.name_of(query.id)])
            for query in rulebook.queries
        ]
        self.kinds = {
            name: thing_of(kind, writer.kept, writer.wanted)
            for name, kind in subject_kinds().items()
        }

    def family(self, case):
        """Return the things of a case, on the day that it names."""
        return Family(case, case.as_of, self.kinds)

    def line(self, case, document):
        """Return the same line of JSON for a case as the program writes."""
        family = self.family(case)
        verdicts = {name: {} for name in VERDICT_NAMES}
        accepted = {}
        for rule, plural, judge in self.rules:
            told = {}
            things = getattr(family, plural)
            for thing in things or ():
                name = judge(thing, family)
                if name in told:
                    told[name].append(thing.id)
                else:
                    told[name] = [thing.id]
                if name == "gap" and case.accepted and is_accepted(case, rule, thing.id):
                    accepted.setdefault(rule, []).append(thing.id)
            if things is None or (plural == "family_members" and family.people_are_silent):
                told.setdefault("not recorded", []).append(case.id)
            elif not things:
                told["not applicable"] = [case.id]
            for name, ids in told.items():
                verdicts[name][rule] = ids
        raised = []
        for query, plural, is_raised in self.queries:
            if any(is_raised(thing, family) for thing in getattr(family, plural) or ()):
                raised.append(query)
        return line_of(
            Screened(
                case.id,
                document.file,
                document.line,
                sha256_of(document.content),
                case.as_of,
                case.authority,
                case.audit,
                {name: told for name, told in verdicts.items() if told},
                accepted,
                tuple(raised),
            )
        )


def things_of(family, plural):
    """Return the things in a list of a case."""
    return getattr(family, plural) or ()


def is_accepted(case, rule, thing):
    last = max(
        (
            each.review
            for each in case.accepted
            if each.rule == rule
            and (each.subject or case.id) == thing
            and (each.date is None or each.date <= case.as_of)
        ),
        default=None,
    )
    return last is not None and last >= case.as_of


class Writer:
    """Writes the functions; `kept` are the attributes under which answers are kept."""

    def __init__(self, rulebook):
        self.rulebook = rulebook
        # what takes long to count is kept, as anybody would
        self.constants = {"shifted": cache(shifted), "last_day": cache(last_day)}
        self.kept = []
        self.wanted = set()
        self._functions = []
        self._lines = []
        self._depth = 1
        self._number = count()
        self._terms = {}
        self._lists = {}
        conditions = [each for rule in rulebook.rules for each in (rule.applies, rule.expects)]
        conditions += [query.when for query in rulebook.queries]
        self._asked = Counter(
            says(each)
            for condition in conditions
            for each in walk(condition)
            if isinstance(each, Some | Every)
        )

    def source(self):
        for rule in self.rulebook.rules:
            self._functions.append(self._rule(rule))
        for query in self.rulebook.queries:
            lines = self._function(query.for_each, lambda scope, q=query: self._query(q, scope))
            self._functions.append(f"def {self.name_of(query.id)}(s, family):\n{lines}")
        return "\n\n".join(self._functions)

    def name_of(self, rule):
        return "check_" + rule.replace("-", "_")

    def _function(self, kind, write):
        """Return the lines of a function about a thing of a kind, which `write` writes."""
        lines, depth = self._lines, self._depth
        self._lines, self._depth = ["    today = family.today"], 1
        write([(kind, "s")])
        body = "\n".join(self._lines)
        self._lines, self._depth = lines, depth
        return body

    def _put(self, line):
        self._lines.append("    " * self._depth + line)

    def _new(self, letter="t"):
        return f"{letter}{next(self._number)}"

    def _constant(self, value):
        if isinstance(value, str | int):
            return repr(value)
        for name, known in self.constants.items():
            if type(known) is type(value) and known == value:
                return name
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    # rules and terms

    def _rule(self, rule):
        body = self._function(rule.for_each, lambda scope: self._verdict(rule, scope))
        return f"def {self.name_of(rule.id)}(s, family):\n{body}"

    def _query(self, query, scope):
        self._write(query.when, scope, "t")
        self._put("return t & 1")

    def _verdict(self, rule, scope):
        parts = rule.applies.parts if isinstance(rule.applies, All) else (rule.applies,)
        for at, part in enumerate(parts):
            self._write(part, scope, "part" if at else "applies")
            if at:
                self._put("applies = applies & part & 1 | (applies | part) & 2")
            self._put("if applies == 2:")
            self._put("    return 'not applicable'")
        self._write(rule.expects, scope, "expects")
        self._put("if expects == 1:")
        self._put("    return 'met'")
        self._put("if expects == 3:")
        self._put("    return 'conflicting'")
        if parts:
            self._put("if applies == 0:")
            self._put("    return 'not recorded'")
        if rule.by is not None:
            self._deadline(rule.by, scope)
        self._put("return 'gap' if expects == 2 else 'not recorded'")

    def _deadline(self, by, scope):
        if isinstance(by, Within | WithinTimescale):
            day = self._last_day(by)
            self._put(f"days = [{day} for y in {self._days(by.moment, scope)}]")
            if isinstance(by, WithinTimescale):
                self._put("days = [day for day in days if day is not None]")
        else:
            self._put(f"days = {self._days(by, scope)}")
        self._put("if days and min(days) >= today:")
        self._put("    return 'due'")

    def _last_day(self, by):
        """Return the expression of the last day of a period from the day y."""
        if isinstance(by, WithinTimescale):
            return f"last_day({self._constant(by)}, y)"
        return self._moved("y", -by.number if by.direction == "before" else by.number, by.unit)

    def _moved(self, day, number, unit):
        if number == 0:
            return day
        if unit in DAYS:
            length = datetime.timedelta(days=abs(number) * DAYS[unit])
            return f"{day} {'-' if number < 0 else '+'} {self._constant(length)}"
        return f"shifted({day}, {number}, {unit!r})"

    def _term(self, term):
        """Return the name of the function of a term."""
        name = self._terms.get(term.term)
        if name is None:
            name = self._terms[term.term] = f"is_{term.term}"
            self.kept.append(name)

            def write(scope):
                self._write(term.yes_when, scope, "t")
                if term.no_when is not None:
                    self._write(term.no_when, scope, "no")
                    self._put("t = t & 1 | (no & 1) << 1")
                self._put(f"s.{name} = t")
                self._put("return t")

            self._functions.append(f"def find_{name}(s, family):\n{self._function(term.of, write)}")
        return name

    def _list(self, condition):
        """Return the name of the function of a question about a whole list, asked several times."""
        name = self._lists.get(says(condition))
        if name is None:
            name = self._lists[says(condition)] = f"{condition.collection}_{len(self._lists)}"
            self.kept.append(name)

            def write(scope):
                self._members(condition, [], "t")
                self._put(f"family.whole.{name} = t")
                self._put("return t")

            self._functions.append(f"def find_{name}(family):\n{self._function('', write)}")
        return name

    # conditions

    def _write(self, condition, scope, into):
        """Write what finds the condition's two bits and puts them into a variable."""
        subject = scope[-1][1] if scope else ""
        match condition:
            case Atom():
                self._test(condition, scope, into)
            case All(parts):
                self._joined(parts, scope, into, 2, "{0} & {1} & 1 | ({0} | {1}) & 2")
            case Any(parts):
                self._joined(parts, scope, into, 1, "({0} | {1}) & 1 | {0} & {1} & 2")
            case Not(part):
                self._write(part, scope, into)
                self._put(f"{into} = {into} >> 1 | ({into} & 1) << 1")
            case Named():
                name = self._term(condition)
                self._put(f"{into} = {subject}.{name}")
                self._put(f"if {into} is None:")
                self._put(f"    {into} = find_{name}({subject}, family)")
            case Some() | Every() if looks_around(condition) or self._asked[says(condition)] == 1:
                self._members(condition, scope, into)
            case Some() | Every():
                name = self._list(condition)
                self._put(f"{into} = family.whole.{name}")
                self._put(f"if {into} is None:")
                self._put(f"    {into} = find_{name}(family)")
            case Through("case", part):
                whole = self._new("whole")
                self._put(f"{whole} = family.whole")
                self._write(part, [*scope, ("case", whole)], into)
            case Through(step, part):
                person, found = self._new("person"), self._new()
                self.wanted.add(step)
                self._put(f"{into} = 0")
                self._put(f"for {person} in {subject}.people({subject}.{attribute(step)}):")
                self._depth += 1
                self._write(part, [*scope, ("adult", person)], found)
                self._put(f"{into} |= {found}")
                self._depth -= 1

    def _joined(self, parts, scope, into, settled, together):
        if not parts:
            self._put(f"{into} = {3 - settled}")
            return
        self._write(parts[0], scope, into)
        depth = self._depth
        for part in parts[1:]:
            other = self._new()
            self._put(f"if {into} != {settled}:")
            self._depth += 1
            self._write(part, scope, other)
            self._put(f"{into} = {together.format(into, other)}")
        self._depth = depth

    def _members(self, condition, scope, into):
        is_some = isinstance(condition, Some)
        settled = 1 if is_some else 2
        together = (
            "({0} | {1}) & 1 | {0} & {1} & 2" if is_some else "{0} & {1} & 1 | ({0} | {1}) & 2"
        )
        kind = next(k.name for k in subject_kinds().values() if k.plural == condition.collection)
        member, found = self._new(kind), self._new()
        members = f"family.{condition.collection}"
        silent = f"{members} is None"
        if kind == "family_member":
            silent = "family.people_are_silent"
        self._put(f"{into} = 0 if {silent} else {3 - settled}")
        self._put(f"for {member} in {members} or ():")
        self._depth += 1
        self._write(condition.part, [*scope, (kind, member)], found)
        self._put(f"{into} = {together.format(into, found)}")
        self._put(f"if {into} == {settled}:")
        self._put("    break")
        self._depth -= 1

    # tests

    def _values(self, field, subject):
        if field.startswith(JUDGEMENT):
            return f"{subject}.judged({field.removeprefix(JUDGEMENT)!r})"
        self.wanted.add(field)
        return f"{subject}.{attribute(field)}"

    def _test(self, atom, scope, into):
        values = self._values(atom.field.name, scope[-1][1])
        text = atom.field.kind in ("text", "word")

        def each(passes):
            self._put(f"{into} = 0")
            self._put(f"for x in {values}:")
            self._put(f"    {into} |= 1 if {passes} else 2")

        match atom.test:
            case IsRecorded():
                self._put(f"v = {values}")
                self._put(f"{into} = 1 if v and v != ({NOT_KNOWN!r},) else 0")
            case Equals(wanted) if text:
                each(f"x.casefold() == {wanted.casefold()!r}")
            case Equals(wanted):
                one = self._constant(wanted)
                self._put(f"v = {values}")
                self._put(
                    f"{into} = 0 if not v else 1 if v == ({one},) else 3 if {one} in v else 2"
                )
            case In(wanted):
                each(f"x in {self._constant(frozenset(wanted))}")
            case Includes((code,)):
                each(f"{code!r} in x")
            case Includes(codes):
                each(f"x >= {self._constant(frozenset(codes))}")
            case IncludesThis(kind):
                around = var_of(kind, scope)
                each("False" if around is None else f"{around}.id in x")
            case AtLeast(number):
                each(f"x >= {number}")
            case AtMost(number):
                each(f"x <= {number}")
            case Before(moment):
                self._dated(values, moment, scope, into, "x < y")
            case After(moment):
                self._dated(values, moment, scope, into, "x > y")
            case WithinTimescale(_, moment):
                end = self._last_day(atom.test)
                self._dated(values, moment, scope, into, "y <= x <= end", end)
            case Apart(number, unit, direction, moment):
                passes = "x >= " + self._moved("y", number, unit)
                if direction == "before":
                    passes = "x <= " + self._moved("y", -number, unit)
                self._dated(values, moment, scope, into, passes)
            case Within(number, unit, direction, moment):
                first = "y" if direction == "after" else self._moved("y", -number, unit)
                last = "y" if direction == "before" else self._moved("y", number, unit)
                self._dated(values, moment, scope, into, f"{first} <= x <= {last}")

    def _dated(self, values, moment, scope, into, passes, end=None):
        self._put(f"{into} = 0")
        if isinstance(moment, AsOf | datetime.date):
            day = "today" if isinstance(moment, AsOf) else self._constant(moment)
            # a day that is always the same needs no second loop
            self._put(f"y = {day}")
            if end is not None:
                self._put(f"end = {end}")
            self._put(f"for x in {values}{'' if end is None else ' if end is not None else ()'}:")
            self._put(f"    {into} |= 1 if {passes} else 2")
            return
        self._put(f"for x in {values}:")
        self._put(f"    for y in {self._days(moment, scope)}:")
        if end is not None:
            self._put(f"        end = {end}")
            self._put("        if end is None:")
            self._put("            continue")
        self._put(f"        {into} |= 1 if {passes} else 2")

    def _days(self, moment, scope):
        """Return the expression of the days that a moment means."""
        match moment:
            case AsOf():
                return "(today,)"
            case DateField(steps, field):
                subject = scope[-1][1]
                if steps and steps[0].startswith(THIS):
                    subject, steps = var_of(steps[0].removeprefix(THIS), scope), steps[1:]
                    if subject is None:
                        return "()"
                if not steps:
                    return self._values(field.name, subject)
                if steps == ("case",):
                    return self._values(field.name, "family.whole")
                (step,) = steps
                self.wanted.add(step)
                people = f"{subject}.people({subject}.{attribute(step)})"
                return f"[day for p in {people} for day in {self._values(field.name, 'p')}]"
            case _:
                return f"({self._constant(moment)},)"


def var_of(kind, scope):
    """Return the variable of the innermost thing of a kind around the last, or else the last."""
    for name, variable in reversed(scope[:-1]):
        if name == kind:
            return variable
    return scope[-1][1] if scope[-1][0] == kind else None


def looks_around(condition):
    """Whether a condition names a thing around a list; a term never does."""
    match condition:
        case Atom(test=IncludesThis()):
            return True
        case Atom(test=test):
            moment = getattr(test, "moment", None)
            return (
                isinstance(moment, DateField)
                and moment.steps[:1] != ()
                and moment.steps[0].startswith(THIS)
            )
        case Named():
            return False
        case All(parts) | Any(parts):
            return any(map(looks_around, parts))
        case _:
            return looks_around(condition.part)


def says(condition):
    """Return what a condition asks, the same for all that ask the same."""
    match condition:
        case Atom(field, test):
            return (field.name, field.kind, type(test).__name__, test)
        case Named(term):
            return ("term", term)
        case All(parts) | Any(parts):
            return (type(condition).__name__, *map(says, parts))
        case Not(part):
            return ("Not", says(part))
        case Some(what, part) | Every(what, part) | Through(what, part):
            return (type(condition).__name__, what, says(part))
