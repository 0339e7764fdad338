"""Audits as written in YAML, read and checked one file at a time.

What takes the whole rulebook (a learning point that stands twice) is `rulebook`'s business.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

from checklist.audit import (
    ANSWERED_BY,
    WORDS,
    Audit,
    LearningPoint,
    OfVerdicts,
    Published,
    Selection,
    When,
)
from checklist.conditions import Condition
from checklist.errors import Fault, nearest, one_of
from checklist.item_reader import RULE_ID, ItemReader, Key
from checklist.rule import VERDICT_NAMES
from checklist.source import line_of
from checklist.text import short
from checklist.values import plain_code, read_number
from checklist.vocabulary import CASE

AUDIT_KEYS: Final[Mapping[str, Key]] = {
    "audit": Key("the audit's id"),
    "title": Key("the title it was published under"),
    "partnership": Key("the partnership that carried it out"),
    "month": Key("the month it was published, as YYYY-MM"),
    "selection": Key("how its cases were chosen", needed=False),
    "cases": Key("how many cases it looked at", needed=False),
    "authorities": Key("how many local authorities chose them", needed=False),
    "repeats": Key("how many of the cases had been before the same meeting already", needed=False),
    "points": Key("its learning points"),
    "published": Key("the numbers it published", needed=False),
}
SELECTION_KEYS: Final[Mapping[str, Key]] = {
    "says": Key("how the cases were chosen, in our own words"),
    "qualifies": Key("the same as a condition on a case"),
    "repeat": Key(
        "which of them had been before the same meeting already, as a condition on a case",
        needed=False,
    ),
}
POINT_KEYS: Final[Mapping[str, Key]] = {
    "point": Key("the learning point's id, by which rules name it"),
    "section": Key("the section of the published summary it comes from"),
    "says": Key("what it says, in our own words"),
    "answered_by": Key(
        "what can answer it: a case, a cohort of cases, a board; left out, a case", needed=False
    ),
    "strength": Key("yes where the audit found it to be working well", needed=False),
    "question": Key("the question to put to a cohort or a board", needed=False),
    "screening": Key(
        "what a screening of case records can and cannot say about that question", needed=False
    ),
}
PUBLISHED_KEYS: Final[Mapping[str, Key]] = {
    "number": Key("the number's id: lower-case words joined by hyphens"),
    "points": Key("the ids of the learning points it belongs to"),
    "says": Key("what was counted, in our own words"),
    "count": Key("the number, where the audit gave one", needed=False),
    "words": Key("the word, where the audit counted in words", needed=False),
    "of": Key("of how many cases"),
    "found_by": Key("how to count it over case records; left out, not counted yet", needed=False),
}
FOUND_BY_KEYS: Final[Mapping[str, Key]] = {
    "when": Key("a condition on a case; cases of which it is true are counted", needed=False),
    "rule": Key("a rule's id; cases with one of its verdicts are counted", needed=False),
    "verdict": Key("the verdicts of the rule that count", needed=False),
    "every": Key("yes where every verdict of the rule on a case must be one of them", needed=False),
}

MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_OF_SEVERAL: Final = ("cohort", "board")


class AuditReader(ItemReader):
    """Reads the audits of one rulebook file."""

    def audit(self, tree: Mapping[str, Any], rules: Collection[str] | None = None) -> Audit | None:
        """Return the audit, or None with the faults.

        `rules` are the ids that `found_by` can name; where it is None, they are not checked.
        """
        before = len(self.faults)
        self._keys(tree, "audit", AUDIT_KEYS)
        texts = {key: self._text(tree, key) or "" for key in ("audit", "title", "partnership")}
        cases = self._number(tree, "cases")
        audit = Audit(
            id=texts["audit"],
            title=texts["title"],
            partnership=texts["partnership"],
            month=self._month(tree),
            points=self._points(tree),
            selection=self._selection(tree),
            cases=cases,
            authorities=self._number(tree, "authorities", cases, "`cases`"),
            repeats=self._number(tree, "repeats", cases, "`cases`"),
            published=self._published(tree, cases, rules),
        )
        return audit if len(self.faults) == before else None

    def _month(self, tree: Mapping[str, Any]) -> str:
        month = self._text(tree, "month")
        if month is not None and not MONTH.fullmatch(month):
            what = f'"{short(month)}" is not a month; write it as YYYY-MM, such as 2021-02'
            self._fault("month", what, tree, "month")
        return month or ""

    # -- learning points ----------------------------------------------------------------------

    def _points(self, tree: Mapping[str, Any]) -> tuple[LearningPoint, ...]:
        return tuple(
            self._point(each)
            for each in self._mappings(tree, "points", "learning point", POINT_KEYS)
        )

    def _point(self, tree: Mapping[str, Any]) -> LearningPoint:
        answered_by = self._choices(tree, "answered_by", ANSWERED_BY)
        if any(each in _OF_SEVERAL for each in answered_by):
            for key in ("question", "screening"):
                if key not in tree:
                    what = "a learning point for a cohort or a board needs this key"
                    self._fault(key, f"{what} ({POINT_KEYS[key].says})", tree, None)
        return LearningPoint(
            self._text(tree, "point") or "",
            self._text(tree, "section") or "",
            self._text(tree, "says") or "",
            answered_by or ("case",),
            self._yes(tree, "strength"),
            self._text(tree, "question"),
            self._text(tree, "screening"),
        )

    # -- selection ----------------------------------------------------------------------------

    def _selection(self, tree: Mapping[str, Any]) -> Selection | None:
        selection = self._mapping(tree, "selection", "selection", SELECTION_KEYS)
        if selection is None:
            return None
        says = self._text(selection, "says")
        qualifies = self._of_case(selection, "qualifies")
        repeat = self._of_case(selection, "repeat")
        return None if qualifies is None else Selection(says or "", qualifies, repeat)

    # -- published numbers --------------------------------------------------------------------

    def _published(
        self, tree: Mapping[str, Any], cases: int | None, rules: Collection[str] | None
    ) -> tuple[Published, ...]:
        listed = self._mappings(tree, "published", "published number", PUBLISHED_KEYS)
        points = _ids(tree.get("points"), "point")
        found: dict[str, Published] = {}
        for each in listed:
            number = self._one_published(each, cases, points, rules)
            if number.id and number.id in found:
                line = found[number.id].place.line
                what = f"there is already a number {number.id}, on line {line}; keep one"
                self._fault("number", what, each, "number")
            found.setdefault(number.id, number)
        return tuple(found.values())

    def _one_published(
        self,
        tree: Mapping[str, Any],
        cases: int | None,
        points: Collection[str],
        rules: Collection[str] | None,
    ) -> Published:
        of = self._number(tree, "of", cases, "`cases`")
        named = self._words(tree, "points")
        for place, name in enumerate(named):
            if name not in points:
                what = f"this audit has no learning point {short(name)}{nearest(name, points)}"
                line = line_of(tree, ("points", place))
                self.faults.append(Fault(what, self.file, line, "points"))
        if "points" in tree and tree["points"] == []:
            what = "names no learning point; name at least one of this audit's"
            self._fault("points", what, tree, "points")
        if ("count" in tree) == ("words" in tree):
            which = "both `count` and `words`" if "count" in tree else "neither"
            what = f"a published number needs either `count` or `words`, and this has {which}"
            self._fault("count", what, tree, "count" if "count" in tree else None)
        return Published(
            id=self._id(tree, "number", RULE_ID, "lower-case words joined by hyphens"),
            points=named,
            says=self._text(tree, "says") or "",
            exactly=self._number(tree, "count", of, "`of`"),
            word=self._choice(tree, "words", tuple(WORDS)),
            of=of or 0,
            found_by=self._found_by(tree, rules),
            place=self._place(tree),
        )

    def _found_by(
        self, tree: Mapping[str, Any], rules: Collection[str] | None
    ) -> When | OfVerdicts | None:
        found_by = self._mapping(tree, "found_by", "found_by", FOUND_BY_KEYS)
        if found_by is None:
            return None
        if ("when" in found_by) == ("rule" in found_by):
            what = "needs either `when`, a condition on a case, or `rule` with `verdict`"
            self._fault("found_by", what, found_by, None)
            return None
        if "when" in found_by:
            for key in ("verdict", "every"):
                if key in found_by:
                    self._fault(key, "belongs to `rule`, and here is `when`", found_by, key)
            condition = self._of_case(found_by, "when")
            return None if condition is None else When(condition)
        rule = self._text(found_by, "rule")
        if rule is not None and rules is not None and rule not in rules:
            what = f"there is no rule {short(rule)}{nearest(rule, rules)}"
            self._fault("rule", what, found_by, "rule")
        if "verdict" not in found_by:
            what = f"needs this key beside `rule` ({FOUND_BY_KEYS['verdict'].says})"
            self._fault("verdict", what, found_by, None)
        verdicts = self._choices(found_by, "verdict", VERDICT_NAMES)
        return OfVerdicts(rule or "", verdicts, self._yes(found_by, "every"))

    # -- parts --------------------------------------------------------------------------------

    def _of_case(self, tree: Mapping[str, Any], key: str) -> Condition | None:
        self._put_settings(tree, [key])
        reader = self._condition_reader()
        condition = self._condition(reader, tree, key, CASE)
        self.faults += reader.faults
        return condition

    def _mapping(
        self, tree: Mapping[str, Any], key: str, what: str, keys: Mapping[str, Key]
    ) -> Mapping[str, Any] | None:
        if key not in tree:
            return None
        found = tree[key]
        if not isinstance(found, dict):
            self._fault(key, f"needs keys and values; the keys are {one_of(keys)}", tree, key)
            return None
        self._keys(found, what, keys)
        return found

    def _number(
        self, tree: Mapping[str, Any], key: str, most: int | None = None, owner: str = ""
    ) -> int | None:
        if key not in tree:
            return None
        try:
            number = read_number(tree[key])
        except PydanticCustomError as error:
            self._fault(key, error.message(), tree, key)
            return None
        if not isinstance(number, int) or number < 0:
            self._fault(key, "needs a whole number from 0 up", tree, key)
            return None
        if most is not None and number > most:
            self._fault(key, f"is {number}, and cannot be above {owner}, {most}", tree, key)
            return None
        return number

    def _choices(self, tree: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Any:
        if key not in tree:
            return ()
        listed = tree[key]
        if not isinstance(listed, list) or not listed:
            self._fault(key, f"needs a list of one or more of {one_of(choices)}", tree, key)
            return ()
        found = []
        for place, each in enumerate(listed):
            if each in choices:
                found.append(each)
                continue
            said = f'"{short(each)}"' if isinstance(each, str) else "this"
            hint = nearest(each, choices) if isinstance(each, str) else ""
            what = f"{said} is not one of its values{hint}; they are {one_of(choices)}"
            self.faults.append(Fault(what, self.file, line_of(listed, (place,)), key))
        return tuple(dict.fromkeys(found))

    def _yes(self, tree: Mapping[str, Any], key: str) -> bool:
        if key not in tree:
            return False
        said = plain_code(tree[key])
        if said in ("yes", "true", True):
            return True
        if said not in ("no", "false", False):
            self._fault(key, "can be `yes` or `no`", tree, key)
        return False


def _ids(listed: object, key: str) -> list[str]:
    """Return the ids that a list of mappings holds under a key, as written."""
    mappings = listed if isinstance(listed, list) else []
    found = [each.get(key) for each in mappings if isinstance(each, dict)]
    return [each for each in found if isinstance(each, str)]
