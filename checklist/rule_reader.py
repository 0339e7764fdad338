"""The items of a rule file as written in YAML, read and checked one file at a time.

What can only be checked with the whole rulebook in hand (a duplicate id, an unknown theme or
learning point) is `rulebook`'s business.
"""

import datetime
import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from checklist import wording
from checklist.condition_reader import MOST_IN_PERIOD, TIMESCALE, ConditionReader, asked_paths
from checklist.condition_words import UNITS
from checklist.conditions import (
    ALWAYS,
    CASE_STEP,
    All,
    Atom,
    Condition,
    Edition,
    Equals,
    Moment,
    Period,
    Timescale,
    Within,
    walk,
)
from checklist.errors import Fault, nearest, one_of
from checklist.rule import (
    PRIORITIES,
    SAYS,
    VERDICT_NAMES,
    Audit,
    Example,
    LearningPoint,
    Place,
    Rule,
    Setting,
    Term,
    TermExample,
    Theme,
)
from checklist.settings import KEY, SETTING_UNITS, Settings, value_of
from checklist.source import LocatedDict, line_of
from checklist.text import short
from checklist.values import read_date, read_number
from checklist.vocabulary import CASE, collections, judgement_on, subject_kinds

MOST_CONDITIONS: Final = 200
"""The most conditions that one rule or term may hold, those of the terms it uses counted in."""

EXAMPLES_NEEDED: Final = ("met", "gap", "not recorded")
"""The verdicts that every rule must show an example of."""

TERM_EXAMPLES_NEEDED: Final = ("yes", "no", "not recorded")
"""What the examples of every term must show the record to say of it."""

RULE_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TERM_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_ID: Final = 60

CONDITION_KEYS: Final = ("all", "any", "not", "some", "every", "where", "way", KEY, TIMESCALE)
"""The words of the condition language itself, which no term can be called."""


class Key(NamedTuple):
    """What a key of a rule file is for, and whether it must be there."""

    says: str
    needed: bool = True


RULE_KEYS: Final[Mapping[str, Key]] = {
    "rule": Key("the rule's id, and the name of its file: lower-case words joined by hyphens"),
    "title": Key("the point of practice in one line"),
    "theme": Key("the theme it belongs to"),
    "learned_from": Key("the ids of the learning points it was taken from", needed=False),
    "for_each": Key("what it looks at: each child, each meeting, the case ..."),
    "applies": Key("when it applies; left out, always", needed=False),
    "expects": Key("what the record should show; needed where there is no `judge`", needed=False),
    "judge": Key(
        "the question to a person, where the point takes judgement; their recorded answer is then "
        "expected too; {field} is filled in",
        needed=False,
    ),
    "by": Key(
        "the last day on which it can be put right: a date field, or a period before or after one; "
        "until then it is due, not a gap",
        needed=False,
    ),
    "priority": Key("how soon a gap has to be closed"),
    "gap": Key("what the record shows where it was not done; {field} is filled in"),
    "due": Key("what a gap says while there is still time; {field} is filled in", needed=False),
    "met": Key("what is said where it was done; {field} is filled in", needed=False),
    "why": Key("why it matters"),
    "close": Key("what closes the gap: who does what, and records what; {field} is filled in"),
    "ask": Key(
        "the question that settles a field where the record is silent, by the field; "
        "{field} is filled in",
        needed=False,
    ),
    "examples": Key("the rule's own tests, at least one each for met, gap and not recorded"),
}
EXAMPLE_KEYS: Final[Mapping[str, Key]] = {
    "given": Key("a part of a case record"),
    "verdict": Key("the verdict that the rule gives on it"),
    "subject": Key("the id of the subject meant, where there are several", needed=False),
    "as_of": Key("the day on which the record is judged", needed=False),
}
TERM_EXAMPLE_KEYS: Final[Mapping[str, Key]] = {
    "given": EXAMPLE_KEYS["given"],
    "says": Key("what the record says of the term: yes, no, both or not recorded"),
    "subject": EXAMPLE_KEYS["subject"],
    "as_of": EXAMPLE_KEYS["as_of"],
}
TERM_KEYS: Final[Mapping[str, Key]] = {
    "term": Key("the term's name, used like a field: lower-case words joined by underscores"),
    "for_each": Key("what it is said of: a child, a couple, the case ..."),
    "meaning": Key("what it means, in words"),
    "yes_when": Key("what counts as evidence for it"),
    "no_when": Key(
        "what counts as evidence against it; left out, whatever is evidence against `yes_when`",
        needed=False,
    ),
    "ask": RULE_KEYS["ask"],
    "examples": Key("the term's own tests, at least one each for yes, no and not recorded"),
}
THEME_KEYS: Final[Mapping[str, Key]] = {
    "theme": Key("the theme's id: lower-case words joined by hyphens"),
    "title": Key("what people call it"),
}
SETTING_KEYS: Final[Mapping[str, Key]] = {
    "setting": Key("the setting's name, by which rules name it: words joined by underscores"),
    "meaning": Key("what it sets, in words"),
    "default": Key("its value where a partnership sets none: a whole number, or a code"),
    "unit": Key("what a number counts", needed=False),
    "source": Key("where the default comes from"),
}
TIMESCALE_KEYS: Final[Mapping[str, Key]] = {
    "timescale": Key("the timescale's name, by which rules name it: words joined by underscores"),
    "says": Key("what has to follow what, in words"),
    "editions": Key("how long each edition of the guidance or law allows, from which day on"),
}
EDITION_KEYS: Final[Mapping[str, Key]] = {
    "edition": Key("the edition of the guidance or law"),
    "in_force_from": Key("the first day on which it counts"),
    "number": Key("how many units it allows"),
    "unit": Key("what is counted"),
    "source": Key("where that is written"),
}
AUDIT_KEYS: Final[Mapping[str, Key]] = {
    "audit": Key("the audit's id"),
    "title": Key("the title it was published under"),
    "partnership": Key("the partnership that carried it out"),
    "month": Key("the month it was published, as YYYY-MM"),
    "points": Key("its learning points"),
}
POINT_KEYS: Final[Mapping[str, Key]] = {
    "point": Key("the learning point's id, by which rules name it"),
    "section": Key("the section of the published summary it comes from"),
    "says": Key("what it says, in our own words"),
}

_EXAMPLES_OF: Final = {
    "rule": (EXAMPLE_KEYS, "verdict", VERDICT_NAMES, EXAMPLES_NEEDED, "none has the verdict"),
    "term": (TERM_EXAMPLE_KEYS, "says", SAYS, TERM_EXAMPLES_NEEDED, "none says"),
}
"""Of the examples of a rule and of a term: keys, that of the answer, answers, those needed."""

_FILLED: Final = ("gap", "due", "met", "close", "judge")
_AS_IT_STANDS: Final = ("title", "why", "meaning")
_CONDITIONS: Final = ("applies", "expects", "by", "yes_when", "no_when")


@dataclass
class RuleReader:
    """Reads the items of one rulebook file; `faults` gathers what is wrong with them.

    `term`, `term_names` and `timescales` are as in `ConditionReader`; `settings` are in force.
    """

    file: str
    term: Callable[[str], Term | None]
    term_names: Callable[[], list[str]]
    settings: Settings = field(default_factory=Settings)
    timescales: Mapping[str, Timescale] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _unread: set[str] = field(default_factory=set)  # the conditions whose settings have a fault

    def rule(self, tree: LocatedDict) -> Rule | None:
        """Return the rule, or None with the faults."""
        before = len(self.faults)
        settings = self._with_settings(tree)
        self._keys(tree, "rule", RULE_KEYS)
        rule_id = self._id(tree, "rule", RULE_ID, "lower-case words joined by hyphens")
        texts = {key: self._text(tree, key) for key in ("title", "theme", "why", *_FILLED)}
        learned_from = self._words(tree, "learned_from")
        priority = self._choice(tree, "priority", PRIORITIES)
        kind = self._choice(tree, "for_each", tuple(subject_kinds()))
        examples = tuple(Example(*each) for each in self._examples(tree, "rule"))
        self._shown_as_they_stand(tree)
        if kind is None:
            return None
        reader = ConditionReader(self.file, self.term, self.term_names, self.timescales)
        applies: Condition | None = ALWAYS
        if "applies" in tree:
            applies = self._condition(reader, tree, "applies", kind)
        expects = self._expects(reader, tree, kind, rule_id)
        by = self._deadline(reader, tree, kind)
        self.faults += reader.faults
        ask = self._ask(
            tree, kind, [applies, expects], filled=[key for key in _FILLED if key in tree]
        )
        if len(self.faults) > before or applies is None or expects is None or priority is None:
            return None
        if texts["judge"] is not None:
            ask[judgement_on(rule_id).name] = texts["judge"]
        return Rule(
            id=rule_id,
            title=texts["title"] or "",
            theme=texts["theme"] or "",
            learned_from=learned_from,
            for_each=kind,
            applies=applies,
            expects=expects,
            judge=texts["judge"],
            by=by,
            priority=priority,
            gap=texts["gap"] or "",
            due=texts["due"],
            met=texts["met"],
            why=texts["why"] or "",
            close=texts["close"] or "",
            ask=ask,
            examples=examples,
            place=self._place(tree),
            settings=settings,
            lines=(*reader.lines, *([line_of(tree, ("judge",))] if "judge" in tree else [])),
        )

    def read_term(self, tree: LocatedDict) -> Term | None:
        """Return the term, or None with the faults."""
        before = len(self.faults)
        settings = self._with_settings(tree)
        self._keys(tree, "term", TERM_KEYS)
        term_id = self._id(tree, "term", TERM_ID, "lower-case words joined by underscores")
        meaning = self._text(tree, "meaning")
        kind = self._choice(tree, "for_each", tuple(subject_kinds()))
        self._shown_as_they_stand(tree)
        if kind is None:
            return None
        self._name_is_free(tree, term_id)
        examples = tuple(TermExample(*each) for each in self._examples(tree, "term"))
        reader = ConditionReader(self.file, self.term, self.term_names, self.timescales)
        yes_when = self._condition(reader, tree, "yes_when", kind)
        no_when = self._condition(reader, tree, "no_when", kind)
        self.faults += reader.faults
        conditions = [yes_when, no_when] if "no_when" in tree else [yes_when]
        ask = self._ask(tree, kind, conditions, filled=[])
        if len(self.faults) > before or None in conditions or yes_when is None:
            return None
        place = self._place(tree)
        return Term(
            id=term_id,
            for_each=kind,
            meaning=meaning or "",
            yes_when=yes_when,
            no_when=no_when,
            ask=ask,
            file=place.file,
            line=place.line,
            examples=examples,
            settings=settings,
            lines=tuple(reader.lines),
        )

    def setting(self, tree: Mapping[str, Any]) -> Setting | None:
        """Return the setting with its default in force, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "setting", SETTING_KEYS)
        setting_id = self._id(tree, "setting", TERM_ID, "lower-case words joined by underscores")
        texts = [self._text(tree, key) or "" for key in ("meaning", "source")]
        unit = self._choice(tree, "unit", SETTING_UNITS)
        default: int | str = ""
        if "default" in tree:
            try:
                default = value_of(tree["default"])
            except PydanticCustomError as error:
                self._fault("default", error.message(), tree, "default")
        if unit is not None and isinstance(default, str) and default:
            self._fault("unit", "only a number counts something; leave it out", tree, "unit")
        if len(self.faults) > before:
            return None
        return Setting(setting_id, texts[0], unit, default, default, texts[1])

    def timescale(self, tree: Mapping[str, Any]) -> Timescale | None:
        """Return the timescale with its editions in order, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "timescale", TIMESCALE_KEYS)
        timescale_id = self._id(
            tree, "timescale", TERM_ID, "lower-case words joined by underscores"
        )
        says = self._text(tree, "says") or ""
        written = self._mappings(tree, "editions", "edition", EDITION_KEYS)
        if tree.get("editions") == []:
            self._fault("editions", "needs at least one edition", tree, "editions")
        found: dict[datetime.date, Edition] = {}
        for each in written:
            edition = self._edition(each)
            if edition is not None and edition.in_force_from in found:
                what = "two editions cannot come into force on the same day; keep one"
                self._fault("in_force_from", what, each, "in_force_from")
            elif edition is not None:
                found[edition.in_force_from] = edition
        if len(self.faults) > before:
            return None
        return Timescale(timescale_id, says, tuple(found[day] for day in sorted(found)))

    def _edition(self, tree: Mapping[str, Any]) -> Edition | None:
        before = len(self.faults)
        texts = [self._text(tree, key) or "" for key in ("edition", "source")]
        unit = self._choice(tree, "unit", UNITS)
        day, number = None, None
        for key in ("in_force_from", "number"):
            if key not in tree:
                continue
            try:
                if key == "number":
                    number = read_number(tree[key])
                else:
                    day = read_date(tree[key])
            except PydanticCustomError as error:
                self._fault(key, error.message(), tree, key)
        if isinstance(number, int) and not 1 <= number <= MOST_IN_PERIOD:
            self._fault("number", f"must be between 1 and {MOST_IN_PERIOD:,}", tree, "number")
        if len(self.faults) > before or not isinstance(day, datetime.date):
            return None
        return Edition(texts[0], day, number, unit, texts[1]) if isinstance(number, int) else None

    def theme(self, tree: Mapping[str, Any]) -> Theme | None:
        """Return the theme, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "theme", THEME_KEYS)
        theme = Theme(
            self._id(tree, "theme", RULE_ID, "lower-case words joined by hyphens"),
            self._text(tree, "title") or "",
        )
        return theme if len(self.faults) == before else None

    def audit(self, tree: Mapping[str, Any]) -> Audit | None:
        """Return the audit with its learning points, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "audit", AUDIT_KEYS)
        points = tuple(
            LearningPoint(
                self._text(each, "point") or "",
                self._text(each, "section") or "",
                self._text(each, "says") or "",
            )
            for each in self._mappings(tree, "points", "learning point", POINT_KEYS)
        )
        audit = Audit(
            self._text(tree, "audit") or "",
            self._text(tree, "title") or "",
            self._text(tree, "partnership") or "",
            self._text(tree, "month") or "",
            points,
        )
        return audit if len(self.faults) == before else None

    # -- parts --------------------------------------------------------------------------------

    def _with_settings(self, tree: LocatedDict) -> tuple[str, ...]:
        """Put the values of the settings in their place in conditions and texts; return the ids."""
        faults: list[Fault] = []
        found: set[str] = set()
        self._unread = set()
        for key in _CONDITIONS:
            if isinstance(part := tree.get(key), LocatedDict):
                found |= self.settings.put_in(part, self.file, faults)
                if faults:
                    self._unread.add(key)
                    self.faults += faults
                    faults.clear()
        found |= self._fill(tree, _FILLED)
        if isinstance(ask := tree.get("ask"), LocatedDict):
            found |= self._fill(ask, tuple(ask), "ask: ")
        return tuple(sorted(found))

    def _fill(self, tree: LocatedDict, keys: tuple[str, ...], under: str = "") -> set[str]:
        """Fill the settings in the texts under these keys, and return their ids."""
        found: set[str] = set()
        for key in keys:
            text = tree.get(key)
            if isinstance(text, str) and "{setting." in text:
                tree[key], named, problems = self.settings.fill(text)
                found |= named
                for problem in problems:
                    self._fault(f"{under}{short(key)}", problem, tree, key)
        return found

    def _condition(
        self, reader: ConditionReader, tree: Mapping[str, Any], key: str, kind: str
    ) -> Condition | None:
        if key not in tree or key in self._unread:
            return None
        condition = reader.read(tree[key], kind, key, line_of(tree, (key,)))
        if condition is None:
            return None
        # counted before anything else walks it: terms within terms grow faster than a file does
        for size, _ in enumerate(walk(condition), 1):
            if size > MOST_CONDITIONS:
                what = f"holds more than {MOST_CONDITIONS} conditions, its terms counted in"
                self._fault(key, f"{what}; split it", tree, key)
                return None
        return condition

    def _expects(
        self, reader: ConditionReader, tree: Mapping[str, Any], kind: str, rule_id: str
    ) -> Condition | None:
        if "expects" not in tree and "judge" not in tree:
            what = "a rule needs this key (what the record should show), or `judge`"
            self._fault("expects", what, tree, None)
            return None
        expects = self._condition(reader, tree, "expects", kind)
        if "judge" not in tree:
            return expects
        field = judgement_on(rule_id)
        judged = Atom(field, Equals("yes"), field.name)
        if "expects" not in tree:
            return judged
        return None if expects is None else All((expects, judged))

    def _deadline(
        self, reader: ConditionReader, tree: Mapping[str, Any], kind: str
    ) -> Moment | Period | None:
        if "by" not in tree or "by" in self._unread:
            return None
        by, line = tree["by"], line_of(tree, ("by",))
        if not isinstance(by, dict):
            return reader.moment(by, kind, "by", line)
        period = reader.period(by, kind, "by", line)
        if isinstance(period, Within) and period.direction == "of":
            what = "needs `after` or `before`, not `of`: a deadline is one day"
            self._fault("by", what, tree, "by")
            return None
        return period

    def _ask(
        self,
        tree: Mapping[str, Any],
        kind: str,
        conditions: list[Condition | None],
        filled: list[str],
    ) -> dict[str, str]:
        """Return the questions; check that each is read, and what they and `filled` fill in."""
        for key in filled:
            self._placeholders(key, tree[key], kind, tree, key)
        asked = tree.get("ask")
        if asked is None:
            return {}
        if not isinstance(asked, dict):
            what = "needs questions, each after the field it settles, such as `date: When was it?`"
            self._fault("ask", what, tree, "ask")
            return {}
        own_list = "" if kind == CASE else subject_kinds()[kind].plural
        read = [condition for condition in conditions if condition is not None]
        paths = {own_list}.union(*map(asked_paths, read)) - {""}
        for key, question in asked.items():
            name = f"ask: {short(key)}"
            # where a condition could not be read, what it reads is not known
            if len(read) == len(conditions) and key not in paths:
                what = f"nothing here asks about it{nearest(key, paths)}"
                can = one_of(sorted(paths), 40)
                self._fault(name, f"{what}; a question can stand under {can}", asked, key)
            elif not isinstance(question, str) or not question.strip():
                self._fault(name, "needs a question", asked, key)
            elif key == own_list and _has_braces(question):
                what = f"is asked where there is no {_bare(kind)} yet: leave the braces out"
                self._fault(name, what, asked, key)
            else:
                self._placeholders(name, question, kind, asked, key)
        return {key: " ".join(text.split()) for key, text in asked.items() if isinstance(text, str)}

    def _examples(self, tree: Mapping[str, Any], of: str) -> Iterator[tuple[Any, ...]]:
        """Yield what the examples of a rule or term hold, in the order of their keys.

        The place comes last. Those with a fault are left out.
        """
        if "examples" not in tree:
            return
        before, shown = len(self.faults), set()
        keys, answer_key, answers, needed, none = _EXAMPLES_OF[of]
        for each in self._mappings(tree, "examples", "example", keys):
            answer = self._choice(each, answer_key, answers)
            given = each.get("given")
            if "given" in each and not isinstance(given, dict):
                what = "needs a part of a case record, such as {children: [{id: baby}]}"
                self._fault("given", what, each, "given")
            as_of = None
            if "as_of" in each:
                try:
                    as_of = read_date(each["as_of"])
                except PydanticCustomError as error:
                    self._fault("as_of", error.message(), each, "as_of")
            subject = self._text(each, "subject")
            if answer is not None and isinstance(given, dict):
                shown.add(answer)
                yield given, answer, subject, as_of, self._place(each)
        missing = [name for name in needed if name not in shown]
        if missing and len(self.faults) == before:
            what = (
                f"{none} {wording.listed(missing, 'or')}; a {of} needs at least one "
                f"each for {wording.listed(needed)}"
            )
            self._fault("examples", what, tree, "examples")

    def _placeholders(
        self, owner: str, text: Any, kind: str, tree: Mapping[str, Any], key: str
    ) -> None:
        if not isinstance(text, str):
            return
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            what = "has a brace without a partner; write {subject} or {field}, or leave it out"
            self._fault(owner, what, tree, key)
            return
        known = ["subject", *subject_kinds()[kind].fields]
        for _, name, form, conversion in parts:
            if name is None or (name in known and not form and not conversion):
                continue
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            what = f"there is no {{{short(written)}}} to fill in{nearest(name, known)}"
            self._fault(owner, f"{what}; there are {one_of(known, 40)}", tree, key)

    def _shown_as_they_stand(self, tree: Mapping[str, Any]) -> None:
        for key in _AS_IT_STANDS:
            if _has_braces(tree.get(key)):
                what = f"is shown as it stands: only {one_of(_FILLED)} and ask can hold braces"
                self._fault(key, what, tree, key)

    def _name_is_free(self, tree: Mapping[str, Any], term_id: str) -> None:
        # of any subject: a term is to mean the same wherever a condition uses it
        if any(term_id in kind.fields for kind in subject_kinds().values()):
            what = "is already a field of the case record; give the term another name"
        elif term_id in (*CONDITION_KEYS, CASE_STEP, *collections()):
            what = "already means something else in a condition; give the term another name"
        else:
            return
        self._fault("term", f"{term_id} {what}", tree, "term")

    # -- envelope -----------------------------------------------------------------------------

    def _keys(self, tree: Mapping[str, Any], what: str, keys: Mapping[str, Key]) -> None:
        unknown = [key for key in tree if key not in keys]
        for key in unknown:
            hint = nearest(key, keys) or f"; there are {one_of(keys, 40)}"
            self._fault(short(key), f"there is no such key in {_article(what)}{hint}", tree, key)
        for name, key_of in keys.items():
            # a misspelt key is one mistake, not two
            misspelt = any(nearest(key, keys) == nearest(key, [name]) != "" for key in unknown)
            if key_of.needed and name not in tree and not misspelt:
                self._fault(name, f"{_article(what)} needs this key ({key_of.says})", tree, None)

    def _mappings(
        self, tree: Mapping[str, Any], key: str, what: str, keys: Mapping[str, Key]
    ) -> list[Mapping[str, Any]]:
        """Return the mappings in a list, their keys checked, those with other keys left in."""
        if key not in tree:
            return []
        needed = wording.listed(f"`{name}`" for name in keys if keys[name].needed)
        listed = tree[key]
        if not isinstance(listed, list):
            self._fault(key, f"needs a list, each item after a dash, with {needed}", tree, key)
            return []
        found: list[Mapping[str, Any]] = []
        for place, each in enumerate(listed):
            if isinstance(each, dict):
                self._keys(each, what, keys)
                found.append(each)
            else:
                line = line_of(listed, (place,))
                problem = f"{_article(what)} needs {needed}"
                self.faults.append(Fault(problem, self.file, line, key))
        return found

    def _text(self, tree: Mapping[str, Any], key: str) -> str | None:
        if key not in tree:
            return None
        text = tree[key]
        if not isinstance(text, str) or not text.strip():
            said = "a list" if isinstance(text, list) else "keys and values"
            blank = text is None or isinstance(text, str)
            self._fault(
                key, "is blank; write it out" if blank else f"needs text, not {said}", tree, key
            )
            return None
        return " ".join(text.split())

    def _words(self, tree: Mapping[str, Any], key: str) -> tuple[str, ...]:
        words = tree.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            such_as = words if isinstance(words, str) else "C13, C21"
            self._fault(key, f"needs a list, such as [{short(such_as)}]", tree, key)
            return ()
        return tuple(words)

    def _id(self, tree: Mapping[str, Any], key: str, form: re.Pattern[str], better: str) -> str:
        text = self._text(tree, key)
        if text is not None and (len(text) > LONGEST_ID or not form.fullmatch(text)):
            what = (
                f'"{short(text)}" cannot be an id; write at most {LONGEST_ID} characters, {better}'
            )
            self._fault(key, what, tree, key)
        return text or ""

    def _choice(self, tree: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Any:
        if key not in tree:
            return None
        choice = tree[key]
        if choice in choices:
            return choice
        said = f'"{short(choice)}"' if isinstance(choice, str) else "this"
        hint = nearest(choice, choices) if isinstance(choice, str) else ""
        self._fault(
            key, f"{said} is not one of its values{hint}; they are {one_of(choices, 40)}", tree, key
        )
        return None

    def _place(self, tree: Mapping[str, Any]) -> Place:
        return Place(self.file, line_of(tree, ()))

    def _fault(self, owner: str, problem: str, tree: Mapping[str, Any], key: str | None) -> None:
        line = line_of(tree, (key,) if key is not None else ())
        self.faults.append(Fault(problem, self.file, line, owner))


def _has_braces(text: object) -> bool:
    return isinstance(text, str) and ("{" in text or "}" in text)


def _bare(name: str) -> str:
    return name.replace("_", " ")


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
