"""Rules, terms and themes as written in YAML, read and checked one file at a time.

What can only be checked with the whole rulebook in hand (a duplicate id, an unknown theme or
learning point) is `rulebook`'s business.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from checklist.condition_reader import TIMESCALE, ConditionReader
from checklist.conditions import (
    ALWAYS,
    CASE_STEP,
    All,
    Atom,
    Condition,
    DateField,
    Equals,
    Moment,
    Period,
    Within,
    asked_paths,
    moment_of_deadline,
)
from checklist.errors import nearest, one_of
from checklist.item_reader import RULE_ID, TERM_ID, Examples, ItemReader, Key, has_braces
from checklist.rule import (
    PRIORITIES,
    SAYS,
    VERDICT_NAMES,
    Example,
    Rule,
    Term,
    TermExample,
    Theme,
)
from checklist.settings import KEY
from checklist.source import LocatedDict, line_of
from checklist.text import short
from checklist.vocabulary import CASE, collections, judgement_on, subject_kinds

RULE_EXAMPLES: Final = Examples(
    of="rule",
    answer="verdict",
    means="the verdict that the rule gives on it",
    answers=VERDICT_NAMES,
    needed=("met", "gap", "not recorded"),
    none="none has the verdict",
)
TERM_EXAMPLES: Final = Examples(
    of="term",
    answer="says",
    means="what the record says of the term: yes, no, both or not recorded",
    answers=SAYS,
    needed=("yes", "no", "not recorded"),
    none="none says",
)

CONDITION_KEYS: Final = ("all", "any", "not", "some", "every", "where", "way", KEY, TIMESCALE)
"""The words of the condition language itself, which no term can be called."""

RULE_KEYS: Final[Mapping[str, Key]] = {
    "rule": Key("the rule's id, and the name of its file: lower-case words joined by hyphens"),
    "title": Key("the point of practice in one line"),
    "theme": Key("the theme it belongs to"),
    "learned_from": Key("the ids of the learning points it was taken from", needed=False),
    "source": Key(
        "what else it was taken from, such as statutory guidance with the section; a rule needs "
        "this or `learned_from`",
        needed=False,
    ),
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
    "who": Key(
        "who would normally do what closes the gap, as a role, such as social worker or midwife",
        needed=False,
    ),
    "ask": Key(
        "the question that settles a field where the record is silent, by the field; "
        "{field} is filled in",
        needed=False,
    ),
    "examples": Key("the rule's own tests, at least one each for met, gap and not recorded"),
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

_FILLED: Final = ("gap", "due", "met", "close", "judge")
_AS_IT_STANDS: Final = ("title", "why", "who", "meaning")
_CONDITIONS: Final = ("applies", "expects", "by", "yes_when", "no_when")


class RuleReader(ItemReader):
    """Reads the rules, terms and themes of one rulebook file."""

    def rule(self, tree: LocatedDict) -> Rule | None:
        """Return the rule, or None with the faults."""
        before = len(self.faults)
        settings = self._with_settings(tree)
        self._keys(tree, "rule", RULE_KEYS)
        rule_id = self._id(tree, "rule", RULE_ID, "lower-case words joined by hyphens")
        texts = {key: self._text(tree, key) for key in ("title", "theme", "why", "who", *_FILLED)}
        learned_from = self._words(tree, "learned_from")
        source = self._text(tree, "source")
        self._has_a_source(tree)
        priority = self._choice(tree, "priority", PRIORITIES)
        kind = self._choice(tree, "for_each", tuple(subject_kinds()))
        examples = tuple(Example(*each) for each in self._examples(tree, RULE_EXAMPLES))
        self._shown_as_they_stand(tree, _AS_IT_STANDS, (*_FILLED, "ask"))
        if kind is None:
            return None
        reader = self._condition_reader()
        applies: Condition | None = ALWAYS
        if "applies" in tree:
            applies = self._condition(reader, tree, "applies", kind)
        expects = self._expects(reader, tree, kind, rule_id)
        by = self._deadline(reader, tree, kind)
        self.faults += reader.faults
        ask = self._ask(
            tree, kind, [applies, expects], by=by, filled=[key for key in _FILLED if key in tree]
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
            source=source,
            for_each=kind,
            applies=applies,
            expects=expects,
            judge=texts["judge"],
            who=texts["who"],
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
            lines=tuple(reader.lines),
        )

    def read_term(self, tree: LocatedDict) -> Term | None:
        """Return the term, or None with the faults."""
        before = len(self.faults)
        settings = self._with_settings(tree)
        self._keys(tree, "term", TERM_KEYS)
        term_id = self._id(tree, "term", TERM_ID, "lower-case words joined by underscores")
        meaning = self._text(tree, "meaning")
        kind = self._choice(tree, "for_each", tuple(subject_kinds()))
        self._shown_as_they_stand(tree, _AS_IT_STANDS, (*_FILLED, "ask"))
        if kind is None:
            return None
        self._name_is_free(tree, term_id)
        examples = tuple(TermExample(*each) for each in self._examples(tree, TERM_EXAMPLES))
        reader = self._condition_reader()
        yes_when = self._condition(reader, tree, "yes_when", kind)
        no_when = self._condition(reader, tree, "no_when", kind)
        self.faults += reader.faults
        conditions = [yes_when, no_when] if "no_when" in tree else [yes_when]
        ask = self._ask(tree, kind, conditions)
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

    def theme(self, tree: Mapping[str, Any]) -> Theme | None:
        """Return the theme, or None with the faults."""
        before = len(self.faults)
        self._keys(tree, "theme", THEME_KEYS)
        theme = Theme(
            self._id(tree, "theme", RULE_ID, "lower-case words joined by hyphens"),
            self._text(tree, "title") or "",
        )
        return theme if len(self.faults) == before else None

    # -- parts --------------------------------------------------------------------------------

    def _with_settings(self, tree: LocatedDict) -> tuple[str, ...]:
        """Put the values of the settings in their place in conditions and texts; return the ids."""
        found = self._put_settings(tree, _CONDITIONS) | self._fill(tree, _FILLED)
        if isinstance(ask := tree.get("ask"), LocatedDict):
            found |= self._fill(ask, tuple(ask), "ask: ")
        return tuple(sorted(found))

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
        reader.lines.append(line_of(tree, ("judge",)))
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
        *,
        by: Moment | Period | None = None,
        filled: Sequence[str] = (),
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
        if by is not None and isinstance(day := moment_of_deadline(by), DateField):
            paths.add(day.asked_as())
        for key, question in asked.items():
            name = f"ask: {short(key)}"
            # where a condition could not be read, what it reads is not known
            if len(read) == len(conditions) and key not in paths:
                what = f"nothing here asks about it{nearest(key, paths)}"
                can = one_of(sorted(paths), 40)
                self._fault(name, f"{what}; a question can stand under {can}", asked, key)
            elif not isinstance(question, str) or not question.strip():
                self._fault(name, "needs a question", asked, key)
            elif key == own_list and has_braces(question):
                what = f"is asked where there is no {_bare(kind)} yet: leave the braces out"
                self._fault(name, what, asked, key)
            else:
                self._placeholders(name, question, kind, asked, key)
        return {key: " ".join(text.split()) for key, text in asked.items() if isinstance(text, str)}

    def _has_a_source(self, tree: Mapping[str, Any]) -> None:
        if tree.get("learned_from", []) != [] or "source" in tree or set(tree) - set(RULE_KEYS):
            return  # a key that there is not may be one of the two, misspelt
        what = (
            "a rule needs this key with at least one learning point, or `source` with what else it "
            "was taken from, such as statutory guidance and its section"
        )
        self._fault("learned_from", what, tree, "learned_from")

    def _name_is_free(self, tree: Mapping[str, Any], term_id: str) -> None:
        # of any subject: a term is to mean the same wherever a condition uses it
        if any(term_id in kind.fields for kind in subject_kinds().values()):
            what = "is already a field of the case record; give the term another name"
        elif term_id in (*CONDITION_KEYS, CASE_STEP, *collections()):
            what = "already means something else in a condition; give the term another name"
        else:
            return
        self._fault("term", f"{term_id} {what}", tree, "term")


def _bare(name: str) -> str:
    return name.replace("_", " ")
