"""The judge: a second way from rules and a record to every verdict, sharing no code with ours.

Written from the design and the README. The recorded values go into SQLite, each condition becomes
two SQL expressions, one for and one against, and SQL answers. Rules and records come in as plain
trees: mappings, lists and text, as PyYAML's BaseLoader or json returns them. Which
fields there are it reads from the published JSON Schema.

Where the specification leaves a choice, the judge takes ours, so that here it is no second opinion:
what is worked out stands beside what is recorded; a child is unborn up to the due date itself; a
due date comes before a date of birth in telling when a pregnancy began; `not_known` is no person
recorded; nothing is due where it is not known whether the rule applies; a later word of an agency
does not replace an agreed value; the id of a pair that follows is that of both, joined by `and`.
"""

# ruff: noqa: S608 - the SQL is made of our own names, by design
import calendar
import datetime
import sqlite3
from pathlib import Path

import holidays
import yaml

from tests.judge.published import FIELDS, LISTS

COLLECTIONS = {**LISTS, "family_members": "family_member"}
LIST_OF = {kind: name for name, kind in COLLECTIONS.items()}
# what an event that is still ahead cannot have shown, taken from the descriptions of the fields
KNOWN_AFTERWARDS = {
    "meeting": (
        "attended",
        "minutes_sent_to",
        "apologies",
        "information_from",
        "impact_on_child_recorded",
        "plan_made",
        "section_47",
        "conference_needed",
    ),
    "assessment": (
        "state",
        "contributors",
        "shared_with",
        "observed_in_person",
        "history_considered",
        "exploitation_considered",
        "trauma_considered",
        "apparent_compliance_considered",
        "parents_age_considered",
        "long_term_considered",
        "money_worries_asked",
        "analysis_recorded",
        "used_in_plan",
        "signed_off",
    ),
    "tool": ("state", "reason", "decided_by", "used_in", "contributors"),
    "safety_plan": ("on_file_of", "reviewed_on", "shared_with"),
    "contact": (
        "seen",
        "seen_alone",
        "home_seen",
        "bedroom_seen",
        "access_gained",
        "welfare_check",
        "seen_afterwards_on",
    ),
    "appointment": ("outcome", "recorded_as", "reason", "followed_up", "impact_considered"),
}
PERSON_FIELDS = ("mother", "father", "partner")
TESTS = ("in", "includes", "at_least", "at_most", "before", "after", "within", "recorded")
UNITS = ("days", "working_days", "weeks", "months")
CONFERENCES = ("initial_conference", "pre_birth_conference", "review_conference")

VERDICTS = {  # applies, expects: the design's table; None is due or what stands beside it
    ("TRUE", "TRUE"): "met",
    ("TRUE", "FALSE"): "gap",
    ("TRUE", "BOTH"): "conflicting",
    ("TRUE", "NEITHER"): "not recorded",
    ("BOTH", "TRUE"): "met",
    ("BOTH", "FALSE"): "gap",
    ("BOTH", "BOTH"): "conflicting",
    ("BOTH", "NEITHER"): "not recorded",
    ("NEITHER", "TRUE"): "met",
    ("NEITHER", "FALSE"): "not recorded",
    ("NEITHER", "BOTH"): "conflicting",
    ("NEITHER", "NEITHER"): "not recorded",
}

SCHEMA = """
CREATE TABLE thing (id TEXT PRIMARY KEY, kind TEXT, follows INTEGER DEFAULT 0);
CREATE TABLE member (list TEXT, id TEXT, follows INTEGER DEFAULT 0);
CREATE TABLE listed (list TEXT, follows INTEGER DEFAULT 0);
CREATE TABLE pair (couple TEXT, one TEXT, other TEXT, follows INTEGER DEFAULT 0);
CREATE TABLE word (n INTEGER PRIMARY KEY, thing TEXT, field TEXT, value, agency TEXT,
                   day TEXT, counts_from TEXT, agreed INTEGER);
CREATE TABLE item (n INTEGER, code TEXT);
CREATE TABLE spoken_against (rule TEXT, thing TEXT, day TEXT);
CREATE TABLE value (n INTEGER, thing TEXT, field TEXT, value);
CREATE TABLE afterwards (kind TEXT, field TEXT);
CREATE INDEX of_member ON member (list);
CREATE INDEX of_word ON word (thing, field);
CREATE INDEX of_item ON item (n, code);
CREATE INDEX of_value ON value (thing, field);
"""

STANDING = """
INSERT INTO value SELECT w.n, w.thing, w.field, w.value FROM word w
WHERE w.counts_from <= :as_of
  AND NOT EXISTS (SELECT 1 FROM word a WHERE a.thing = w.thing AND a.field = w.field
                  AND a.agreed AND a.counts_from <= :as_of AND (a.day, a.n) > (w.day, w.n))
  AND NOT EXISTS (SELECT 1 FROM word l WHERE l.thing = w.thing AND l.field = w.field
                  AND NOT w.agreed AND NOT l.agreed AND l.agency = w.agency
                  AND l.counts_from <= :as_of AND (l.day, l.n) > (w.day, w.n))
"""
STANDING_WITHOUT_REPLACING = STANDING.replace("l.agency = w.agency", "FALSE")
STANDING_AS_FIRST_JUDGED = STANDING.replace(
    "(l.day, l.n) > (w.day, w.n))",
    "iif(w.field LIKE 'judgement %', (l.day, l.n) < (w.day, w.n), (l.day, l.n) > (w.day, w.n)))",
)

AHEAD = """
DELETE FROM value WHERE n IN (
  SELECT v.n FROM value v JOIN thing t ON t.id = v.thing
  JOIN afterwards a ON a.kind = t.kind AND a.field = v.field
  WHERE EXISTS (SELECT 1 FROM value d WHERE d.thing = t.id AND d.field = 'date')
    AND NOT EXISTS (SELECT 1 FROM value d WHERE d.thing = t.id AND d.field = 'date'
                    AND d.value <= :as_of))
"""

# what is worked out, from the descriptions of the fields; n is NULL for such a value
PARENTS = """
INSERT INTO value SELECT NULL, c.id, :role, r.thing FROM thing c, value r
WHERE c.kind = 'child' AND r.field = 'relation' AND r.value = :role
  AND NOT EXISTS (SELECT 1 FROM value v WHERE v.thing = c.id AND v.field = :role)
  AND (SELECT count(DISTINCT x.thing) FROM value x
       WHERE x.field = 'relation' AND x.value = :role) = 1
"""
PAIRS = """
SELECT min(m.value, f.value) AS one, max(m.value, f.value) AS other FROM value m, value f
WHERE m.thing = f.thing AND m.field = 'mother' AND f.field = 'father'
  AND m.value <> 'not_known' AND f.value <> 'not_known' AND m.value <> f.value
UNION
SELECT min(thing, value), max(thing, value) FROM value
WHERE field = 'partner' AND value <> 'not_known' AND value <> thing
"""
# they stand beside what is recorded: nothing is settled silently
WORKED_OUT = (
    """INSERT INTO value SELECT NULL, thing, 'age_years', years(value, :as_of) FROM value
       WHERE field = 'born' AND value <= :as_of""",
    """INSERT INTO value SELECT NULL, thing, 'unborn', iif(value <= :as_of, 'no', 'yes')
       FROM value WHERE field = 'born'""",
    """INSERT INTO value SELECT NULL, e.thing, 'unborn', 'yes' FROM value e
       WHERE e.field = 'expected' AND e.value >= :as_of AND NOT EXISTS
         (SELECT 1 FROM value b WHERE b.thing = e.thing AND b.field = 'born')""",
    """INSERT INTO value SELECT NULL, thing, 'born_or_due', value
       FROM value WHERE field = 'born'""",
    """INSERT INTO value SELECT NULL, e.thing, 'born_or_due', e.value FROM value e
       WHERE e.field = 'expected' AND NOT EXISTS
         (SELECT 1 FROM value b WHERE b.thing = e.thing AND b.field = 'born')""",
    """INSERT INTO value SELECT NULL, thing, 'open', iif(value <= :as_of, 'no', 'yes')
       FROM value WHERE field = 'ended'""",
    """INSERT INTO value SELECT NULL, id, 'agency', id FROM thing WHERE kind = 'agency'""",
    f"""INSERT INTO value SELECT NULL, c.id, 'next_conference', min(d.value)
       FROM thing c, value k, value d
       WHERE c.kind = 'case' AND k.thing = d.thing AND k.field = 'kind' AND d.field = 'date'
         AND k.value IN {CONFERENCES} AND d.value >= :as_of
       HAVING min(d.value) IS NOT NULL""",
    """INSERT INTO value SELECT NULL, p.couple, 'age_gap_years',
         years(min(a.value, b.value), max(a.value, b.value)) FROM pair p, value a, value b
       WHERE a.thing = p.one AND a.field = 'born' AND b.thing = p.other AND b.field = 'born'""",
    """INSERT INTO value SELECT NULL, p.couple, 'younger_age_at_start',
         years(max(a.value, b.value), s.value) FROM pair p, value a, value b, value s
       WHERE a.thing = p.one AND a.field = 'born' AND b.thing = p.other AND b.field = 'born'
         AND s.thing = p.couple AND s.field = 'started' AND s.value >= max(a.value, b.value)""",
    """INSERT INTO value SELECT NULL, p.couple, 'younger_age_at_pregnancy',
         years(max(a.value, b.value), min(shifted(d.value, -40, 'weeks'))) AS age
       FROM pair p, value a, value b, value m, value f, value d
       WHERE a.thing = p.one AND a.field = 'born' AND b.thing = p.other AND b.field = 'born'
         AND m.field = 'mother' AND f.field = 'father' AND m.thing = f.thing
         AND ((m.value = p.one AND f.value = p.other) OR (m.value = p.other AND f.value = p.one))
         AND d.thing = m.thing AND d.field = iif(EXISTS (SELECT 1 FROM value x
           WHERE x.thing = m.thing AND x.field = 'expected'), 'expected', 'born')
       GROUP BY p.couple, a.value, b.value
       HAVING age >= 0""",
)


# -- days --------------------------------------------------------------------------------------


def years(earlier, later):
    """Return the complete years from one day to another."""
    (y1, *rest1), (y2, *rest2) = (
        [int(part) for part in day.split("-")] for day in (earlier, later)
    )
    return y2 - y1 - (rest2 < rest1)


_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")


def shifted(day, number, unit):
    """Return the day so many days, weeks, months or working days later, or earlier."""
    found = datetime.date.fromisoformat(day)
    if unit == "months":
        month = found.year * 12 + found.month - 1 + number
        year, month = month // 12, month % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, min(found.day, last)).isoformat()
    if unit in ("days", "weeks"):
        return (found + datetime.timedelta(number * (7 if unit == "weeks" else 1))).isoformat()
    one = datetime.timedelta(1 if number > 0 else -1)
    left = abs(number)
    while left:
        found += one
        left -= found.weekday() < 5 and found not in _HOLIDAYS
    return found.isoformat()


# -- conditions --------------------------------------------------------------------------------


def quoted(value):
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def code_of(value):
    text = {"true": "yes", "false": "no"}.get(str(value).lower(), str(value).lower())
    return "_".join(text.replace("'", "").replace("-", " ").replace("_", " ").split())


def literal(kind, value):
    if kind == "number":
        return int(value)
    return value if kind in ("date", "word") else code_of(value)


def spoken_against(rule, thing, faults):
    """Return SQL for whether somebody has said that a rule does not apply to a thing."""
    counts = "" if "a word that it does not apply counts at once" in faults else "AND day <= :as_of"
    return (
        f"EXISTS (SELECT 1 FROM spoken_against WHERE rule = {quoted(rule)} AND thing = {thing} "
        f"{counts})"
    )


def judgement_on(rule):
    """Return the field that holds what people judged of a rule."""
    return f"judgement {rule['rule']}"


class Compiler:
    """Turns conditions into two SQL expressions each: evidence for and evidence against.

    `scope` holds the kinds of subject that the condition stands in, the innermost last, each with
    the SQL name of its id.
    """

    def __init__(self, terms, faults=frozenset()):
        self.terms = terms
        self.faults = faults
        self.names = 0

    def name(self):
        self.names += 1
        return f"x{self.names}"

    def mapping(self, tree, scope):
        return self.all([self.entry(key, tree[key], scope) for key in tree if key != "way"])

    def all(self, parts):
        if len(parts) == 1:
            return parts[0]  # SQLite's parser goes only so deep
        fors, againsts = zip(*parts, strict=True)
        return f"({' AND '.join(fors)})", f"({' OR '.join(againsts)})"

    def any(self, parts):
        againsts, fors = self.all([(no, yes) for yes, no in parts])
        return fors, againsts

    def entry(self, key, value, scope):
        if key == "all":
            return self.all([self.mapping(each, scope) for each in value])
        if key == "any":
            return self.any([self.mapping(each, scope) for each in value])
        if key == "not":
            return self.mapping(value, scope)[::-1]
        if key in ("some", "every"):
            return self.all(
                [self.over(key, name.removeprefix("case."), value[name], scope) for name in value]
            )
        return self.field(key, value, scope)

    def over(self, key, name, tree, scope):
        member = self.name()
        inner = [*scope, (COLLECTIONS[name], f"{member}.id")]
        then = self.mapping({k: tree[k] for k in tree if k != "where"}, inner)
        if "where" in tree:
            where = self.mapping(tree["where"], inner)
            then = self.all([where, then]) if key == "some" else self.any([where[::-1], then])
        members = f"SELECT 1 FROM member {member} WHERE {member}.list = {quoted(name)} AND"
        known = f"EXISTS (SELECT 1 FROM listed WHERE list = {quoted(name)})"
        if "an empty list is silence" in self.faults:
            known = f"EXISTS (SELECT 1 FROM member WHERE list = {quoted(name)})"
        one_for, one_against = (f"EXISTS ({members} {side})" for side in then)
        all_for, all_against = (f"({known} AND NOT EXISTS ({members} NOT {s}))" for s in then)
        return (one_for, all_against) if key == "some" else (all_for, one_against)

    def field(self, key, value, scope):
        kind = scope[-1][0]
        step, _, rest = key.partition(".")
        if rest:
            return self.through(step, lambda inner: self.field(rest, value, inner), scope)
        if key not in FIELDS[kind]:
            return self.term(key, value, scope)
        if key in PERSON_FIELDS and not set(value) <= set(TESTS):
            return self.through(key, lambda inner: self.mapping(value, inner), scope)
        tests = value if isinstance(value, dict) else {"is": value}
        return self.all(
            [self.atom(key, FIELDS[kind][key], name, tests[name], scope) for name in tests]
        )

    def through(self, step, inner, scope):
        there = self.name()
        if step == "case":
            part = inner([*scope, ("case", f"{there}.id")])
            found = f"SELECT 1 FROM thing {there} WHERE {there}.kind = 'case' AND"
        else:
            part = inner([*scope, ("adult", f"{there}.value")])
            found = (
                f"SELECT 1 FROM value {there} WHERE {there}.thing = {scope[-1][1]} "
                f"AND {there}.field = '{step}' AND {there}.value <> 'not_known' AND"
            )
        return tuple(f"EXISTS ({found} {side})" for side in part)

    def term(self, key, value, scope):
        term = self.terms[key]
        inner = [(term["for_each"], scope[-1][1])]  # who stands around its subject is not meant
        yes = self.mapping(term["yes_when"], inner)
        if "no_when" in term:
            yes = yes[0], self.mapping(term["no_when"], inner)[0]
        return yes if code_of(value) == "yes" else yes[::-1]

    def atom(self, field, kind, test, operand, scope):
        v = self.name()
        here = f"FROM value {v} WHERE {v}.thing = {scope[-1][1]} AND {v}.field = '{field}'"
        if test == "recorded":  # an unknown father is a question
            return f"EXISTS (SELECT 1 {here} AND {v}.value IS NOT 'not_known')", "0"
        passes, more = self.passes(v, kind, test, operand, scope)
        here = here.replace(" WHERE", f"{more} WHERE", 1)
        return (
            f"EXISTS (SELECT 1 {here} AND {passes})",
            f"EXISTS (SELECT 1 {here} AND NOT {passes})",
        )

    def passes(self, v, kind, test, operand, scope):
        """Return SQL that says whether a recorded value passes a test, and what else it reads."""
        value = f"{v}.value"
        if test == "is":
            return f"({value} = {quoted(literal(kind, operand))})", ""
        if test == "in":
            return f"({value} IN ({', '.join(quoted(literal(kind, o)) for o in operand)}))", ""
        if test == "at_least" and kind == "date":
            number, unit, direction, day, more = self.period(operand, scope)
            or_so_many = "" if "just so many days are too few" in self.faults else "="
            if direction == "before":
                return f"({value} <{or_so_many} shifted({day}, -{number}, '{unit}'))", more
            return f"({value} >{or_so_many} shifted({day}, {number}, '{unit}'))", more
        if test == "at_least":
            return f"({value} >= {int(operand)})", ""
        if test == "at_most":
            return f"({value} <= {int(operand)})", ""
        items = f"SELECT count(*) FROM item i WHERE i.n = {v}.n AND i.code"
        if test == "includes" and (kind == "people" or operand == "this_agency"):
            return f"(({items} = {self.this(operand, scope)}) = 1)", ""
        if test == "includes":
            codes = {code_of(o) for o in ([operand] if isinstance(operand, str) else operand)}
            return f"(({items} IN ({', '.join(map(quoted, codes))})) = {len(codes)})", ""
        if test in ("before", "after"):
            day, more = self.moment(operand, scope)
            return f"({value} {'<' if test == 'before' else '>'} {day})", more
        if "timescale" in operand:
            day, more = self.moment(operand["after"], scope)
            last = f"allowed({day}, {quoted(operand['timescale'])})"
            # NULL where no edition is known: then neither this nor NOT this is so
            return f"iif({last} IS NULL, NULL, {value} BETWEEN {day} AND {last})", more
        number, unit, direction, day, more = self.period(operand, scope)
        first, last = day, day
        if direction in ("before", "of"):
            first = f"shifted({day}, -{number}, '{unit}')"
        if direction in ("after", "of"):
            last = f"shifted({day}, {number}, '{unit}')"
        return f"({value} BETWEEN {first} AND {last})", more

    def period(self, tree, scope):
        unit = next(each for each in UNITS if each in tree)
        direction = next(each for each in ("of", "after", "before") if each in tree)
        return int(tree[unit]), unit, direction, *self.moment(tree[direction], scope)

    def moment(self, text, scope):
        """Return SQL for a day, and the join that reads it where it is a recorded value."""
        if text == "as_of":
            return ":as_of", ""
        if text[0].isdigit():
            return quoted(text), ""
        *steps, field = text.split(".")
        thing, joins = scope[-1][1], ""
        if steps and steps[0].startswith("this_"):
            thing, steps = self.this(steps[0], scope), steps[1:]
        for step in steps:
            s = self.name()
            if step == "case":
                joins += f" JOIN thing {s} ON {s}.kind = 'case'"
                thing = f"{s}.id"
            else:
                joins += f" JOIN value {s} ON {s}.thing = {thing} AND {s}.field = '{step}'"
                thing = f"{s}.value"
        m = self.name()
        return (
            f"{m}.value",
            f"{joins} JOIN value {m} ON {m}.thing = {thing} AND {m}.field = '{field}'",
        )

    def this(self, step, scope):
        """Return the SQL name of what `this_child` and the like mean: the innermost around.

        In a list of children `this_child` is the one around the list, not its member.
        """
        *around, here = scope
        named = [thing for kind, thing in [here, *around] if kind == step.removeprefix("this_")]
        return named[0 if "this is the member itself" in self.faults else -1]

    def deadline(self, by, scope):
        """Return SQL for whether the last day, the earliest of those recorded, is still ahead."""
        if isinstance(by, dict) and "timescale" in by:
            day, more = self.moment(by["after"], scope)
            day = f"allowed({day}, {quoted(by['timescale'])})"
        elif isinstance(by, dict):
            number, unit, direction, day, more = self.period(by, scope)
            day = f"shifted({day}, {'-' if direction == 'before' else ''}{number}, '{unit}')"
        else:
            day, more = self.moment(by, scope)
        sign = ">" if "the last day is over" in self.faults else ">="
        return f"coalesce((SELECT min({day}) FROM (SELECT 1) one{more}) {sign} :as_of, 0)"


# -- the judge ---------------------------------------------------------------------------------


def without_settings(items):
    """Return items in which each `{setting: NAME}` is the setting's default."""
    defaults = {item["setting"]: item["default"] for item in items if "setting" in item}

    def put_in(tree):
        if isinstance(tree, list):
            return [put_in(each) for each in tree]
        if not isinstance(tree, dict):
            return tree
        if "setting" in tree:
            return defaults[tree["setting"]]
        return {key: put_in(value) for key, value in tree.items()}

    return [put_in(item) for item in items if "setting" not in item]


def allowed(day, editions):
    """Return the last day that the edition in force on a day allows; None where none was."""
    known = [each for each in editions if each["in_force_from"] <= day]
    if not known:
        return None
    last = max(known, key=lambda each: each["in_force_from"])
    return shifted(day, int(last["number"]), last["unit"])


class Judge:
    """Judges records by rules; `faults` are the ones planted to see that they are found."""

    def __init__(self, items, faults=frozenset()):
        self.faults = faults
        items = without_settings(items)
        terms = {item["term"]: item for item in items if "term" in item}
        self.rules = {item["rule"]: item for item in items if "rule" in item}
        self.queries = {
            name: self.query(Compiler(terms, faults), rule) for name, rule in self.rules.items()
        }
        self.db = sqlite3.connect(":memory:", cached_statements=1000)
        self.db.create_function("years", 2, years, deterministic=True)
        self.db.create_function("shifted", 3, lambda *a: a[0] and shifted(*a), deterministic=True)
        editions = {item["timescale"]: item["editions"] for item in items if "timescale" in item}
        self.db.create_function(
            "allowed", 2, lambda day, name: day and allowed(day, editions[name]), deterministic=True
        )
        self.db.executescript(SCHEMA)
        for kind, fields in KNOWN_AFTERWARDS.items():
            self.db.executemany("INSERT INTO afterwards VALUES (?, ?)", [(kind, f) for f in fields])

    def query(self, compiler, rule):
        kind = rule["for_each"]
        scope = [(kind, "subject.id")]
        applies = compiler.mapping(rule["applies"], scope) if "applies" in rule else ("1", "0")
        if "a word that it does not apply is not heard" not in self.faults:
            said = spoken_against(rule["rule"], "subject.id", self.faults)
            applies = applies[0], f"({applies[1]} OR {said})"
        parts = [compiler.mapping(rule["expects"], scope)] if "expects" in rule else []
        if "judge" in rule:
            parts.append(compiler.atom(judgement_on(rule), "code", "is", "yes", scope))
        expects = compiler.all(parts)
        ahead = compiler.deadline(rule["by"], scope) if "by" in rule else "0"
        subjects = (
            "thing WHERE kind = 'case'"
            if kind == "case"
            else f"member WHERE list = '{LIST_OF[kind]}'"
        )
        sides = ", ".join((*applies, *expects, ahead))
        return f"SELECT id, {sides} FROM (SELECT id FROM {subjects}) subject"

    def verdicts_on(self, as_of, only=None):
        """Return the verdict's name by rule and subject id, of all rules or of one only."""
        self.stand(as_of)
        found = {}
        for rule_id in [only] if only else self.queries:
            query = self.queries[rule_id]
            rows = self.db.execute(query, {"as_of": as_of}).fetchall()
            for subject, *sides, ahead in rows:
                found[rule_id, subject] = self.verdict(*sides, ahead)
            name = LIST_OF.get(self.rules[rule_id]["for_each"])
            known = (
                name is None
                or self.db.execute("SELECT 1 FROM listed WHERE list = ?", (name,)).fetchone()
            )
            if not known:
                said = spoken_against(rule_id, ":case", self.faults)
                heard = {"as_of": as_of, "case": self.case_id}
                (is_not_for_it,) = self.db.execute(f"SELECT {said}", heard).fetchone()
                verdict = "not applicable" if is_not_for_it else "not recorded"
                found[rule_id, self.case_id] = verdict
            elif not rows:
                found[rule_id, self.case_id] = "not applicable"
        return found

    def verdict(self, applies_for, applies_against, expects_for, expects_against, ahead):
        names = {(1, 0): "TRUE", (0, 1): "FALSE", (1, 1): "BOTH", (0, 0): "NEITHER"}
        applies = names[applies_for, applies_against]
        if applies == "FALSE":
            return "not applicable"
        verdict = VERDICTS[applies, names[expects_for, expects_against]]
        if ahead and applies != "NEITHER" and verdict in ("gap", "not recorded"):
            return "due"  # where it is known to apply: the table's third row has no due
        return verdict

    # -- the record ----------------------------------------------------------------------------

    def read(self, record):
        """Put a case record into the database."""
        for table in ("thing", "member", "listed", "pair", "word", "item", "spoken_against"):
            self.db.execute(f"DELETE FROM {table}")
        self.case_id = str(record["id"])
        source = record.get("source") or {}
        self.thing("case", record, self.case_id, source)
        for name, kind in LISTS.items():
            listed = record.get(name)
            if listed is None or listed == "":
                continue
            self.db.execute("INSERT INTO listed (list) VALUES (?)", (name,))
            for place, tree in enumerate(listed):
                own = str(tree.get("id") or f"{name}-{place}")
                if kind == "agency":
                    own = code_of(own)
                self.thing(kind, tree, own, tree.get("source") or source)
                self.member(name, own)
                if kind in ("child", "adult"):
                    self.member("family_members", own)
                if kind == "couple":
                    one, other = sorted(map(str, tree["people"]))
                    self.db.execute("INSERT INTO pair VALUES (?, ?, ?, 0)", (own, one, other))
        if all(record.get(name) not in (None, "") for name in ("children", "adults")):
            self.db.execute("INSERT INTO listed (list) VALUES ('family_members')")
        for each in record.get("judgements") or ():
            # the source of the plain values beside it says nothing of who judged
            word = {**each, "value": each["answer"]}
            self.word(each.get("subject") or self.case_id, judgement_on(each), "code", word, {})

        for each in record.get("not_applicable") or ():
            row = (each["rule"], each.get("subject") or self.case_id, each["date"])
            self.db.execute("INSERT INTO spoken_against VALUES (?, ?, ?)", row)

    def member(self, name, own):
        self.db.execute("INSERT INTO member (list, id) VALUES (?, ?)", (name, own))

    def thing(self, kind, tree, own, source):
        self.db.execute("INSERT INTO thing (id, kind) VALUES (?, ?)", (own, kind))
        for field, value_kind in FIELDS[kind].items():
            for word in words(tree.get(field), value_kind):
                self.word(own, field, value_kind, word, source)

    def word(self, own, field, kind, word, source):
        value = word.get("value")
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        agency, date = word.get("agency") or None, word.get("date") or ""
        if agency is None:
            agency = source.get("agency") or None
            date = date or source.get("date") or ""
        agreed = word.get("agreed") or None
        day, counts_from = date, date
        if agreed:
            day, counts_from = agreed["date"], max(date, agreed["date"])
        several = kind in ("codes", "people")
        read = None if several else int(value) if kind == "number" else value
        if kind == "code" or (kind == "person" and code_of(value) == "not_known"):
            read = code_of(value)
        row = (own, field, read, agency and code_of(agency), day, counts_from, agreed is not None)
        insert = "INSERT INTO word VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
        number = self.db.execute(insert, row).lastrowid
        if several:
            each = [value] if isinstance(value, str) else value
            codes = {code_of(one) if kind == "codes" else str(one) for one in each}
            self.db.executemany("INSERT INTO item VALUES (?, ?)", [(number, one) for one in codes])

    def stand(self, as_of):
        """Keep what stands on a day, and add what can be worked out."""
        day = {"as_of": as_of}
        self.db.execute("DELETE FROM value")
        for table in ("thing", "member", "listed", "pair"):
            self.db.execute(f"DELETE FROM {table} WHERE follows")
        standing = STANDING
        if "an agency's words all stand" in self.faults:
            standing = STANDING_WITHOUT_REPLACING
        if "an older judgement stands" in self.faults:
            standing = STANDING_AS_FIRST_JUDGED
        self.db.execute(standing, day)
        self.db.execute(AHEAD, day)
        for role in ("mother", "father"):
            self.db.execute(PARENTS, {"role": role})
        for one, other in self.db.execute(PAIRS).fetchall():
            if self.db.execute(
                "SELECT 1 FROM pair WHERE one = ? AND other = ?", (one, other)
            ).fetchone():
                continue
            own = f"{one}-and-{other}"
            self.db.execute("INSERT INTO thing VALUES (?, 'couple', 1)", (own,))
            self.db.execute("INSERT INTO member VALUES ('couples', ?, 1)", (own,))
            self.db.execute("INSERT INTO listed VALUES ('couples', 1)")
            self.db.execute("INSERT INTO pair VALUES (?, ?, ?, 1)", (own, one, other))
        for statement in WORKED_OUT:
            self.db.execute(statement, day if ":as_of" in statement else {})


def words(written, kind):
    """Return the words of a field as mappings, however they are written."""
    if written is None:
        return []
    if isinstance(written, dict):
        return [written]
    several = kind in ("codes", "people")
    if isinstance(written, list) and (not several or any(isinstance(w, dict) for w in written)):
        return [word if isinstance(word, dict) else {"value": word} for word in written]
    return [{"value": written}]


def as_text(tree):
    """Return a tree whose scalars are text, as YAML's BaseLoader reads them."""
    if isinstance(tree, dict):
        return {key: as_text(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_text(value) for value in tree]
    if isinstance(tree, bool):
        return "yes" if tree else "no"
    return "" if tree is None else str(tree)


def read_yaml(path):
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def read_rules(paths):
    """Return what rule files and folders hold, as written, without themes and audits."""
    items = []
    for path in map(Path, paths):
        for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
            tree = read_yaml(file)
            items += tree if isinstance(tree, list) else [tree]
    return [item for item in items if {"rule", "term", "setting", "timescale"} & set(item)]
