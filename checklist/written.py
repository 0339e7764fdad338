"""How a value is written in a case file: one that is wished for, or the answer to a question."""

from collections.abc import Iterable, Sequence
from typing import Any as Anything
from typing import Final

from checklist.conditions import (
    CASE_STEP,
    THIS,
    All,
    Any,
    AtLeast,
    AtMost,
    Atom,
    Condition,
    Equals,
    In,
    Includes,
    IncludesThis,
    Named,
    Not,
    Test,
    Through,
)
from checklist.values import Kind
from checklist.vocabulary import Field
from checklist.wishes import Wish, wish_for

FREE: Final = "..."
"""What stands for words of one's own; in a list, for what already stands there."""

MOST_CODES: Final = 6
"""The most codes that are offered one by one."""

_DAY: Final = "YYYY-MM-DD"
_OPEN: Final[dict[Kind, str]] = {"date": _DAY, "codes": f"[{FREE}]", "people": f"[{FREE}]"}


def written(wishes: Sequence[Wish]) -> str:
    """Return in YAML a value that passes all that is wished of it, or "" where none can be shown.

    Several codes that would do are joined by "or"; a day to be filled in is `YYYY-MM-DD`, other
    words of one's own `...`. In a list `...` stands for what is already there, and `this_child` and
    the like for the id of the subject looked at. Of a list of the case it is one member.
    """
    field = wishes[0].field
    if field is None:
        wish = wishes[0]
        # that there is none of a kind is no line that somebody could add
        if (wish.each and not wish.holds) or isinstance(wish.test, Test):
            return ""
        members = _member(wish.test, wish.holds)
        said = ", ".join(f"{name}: {value}" for name, value in members.items())
        return f"{{{said}}}" if said else ""
    asked = [wish.test for wish in wishes if wish.holds]
    if field.kind in ("codes", "people"):
        return _listed(asked, open_ended=len(asked) == len(wishes))
    if field.kind == "date":
        return _DAY
    for test in asked:
        match test:
            case Equals(value):
                return str(value)
            case In(values):
                return " or ".join(map(str, values))
            case AtLeast(number) | AtMost(number):
                return str(number)
    if field.codes and not asked:
        return " or ".join(_others(field, wishes))
    return blank(field) if asked else ""


def blank(field: Field) -> str:
    """Return in YAML what an answer to the question about a field looks like."""
    if field.codes and field.kind == "code" and len(field.codes) <= MOST_CODES:
        return " or ".join(field.codes)
    return _OPEN.get(field.kind, FREE)


def _listed(asked: Iterable[Test | Condition], *, open_ended: bool) -> str:
    """Return a list with all that it is to hold, open for more unless something is not to be."""
    found: dict[str, None] = {}
    for test in asked:
        match test:
            case Includes(codes):
                found.update(dict.fromkeys(codes))
            case IncludesThis(kind):
                found[f"{THIS}{kind}"] = None
    if open_ended:
        found[FREE] = None
    return f"[{', '.join(found)}]" if found else ""


def _others(field: Field, wishes: Iterable[Wish]) -> list[str]:
    """Return the codes of a field that nothing speaks against, where they are few."""
    against: set[Anything] = set()
    for wish in wishes:
        match wish.test:
            case Equals(value):
                against.add(value)
            case In(values):
                against.update(values)
    others = [code for code in field.codes if code not in against]
    return others if len(others) <= MOST_CODES else []


def _member(condition: Condition, wanted: bool) -> dict[str, str]:
    """Return what a new member of a list would hold, field by field, so that a condition is so."""
    match condition:
        case Atom(field, test):
            said = written([wish_for(field.name, field, test, wanted)])
            return {field.name: said} if said else {}
        case Not(part):
            return _member(part, not wanted)
        case Named(_, yes, no):
            return _member(yes, wanted) if wanted or no is None else _member(no, True)
        case All(parts) | Any(parts):
            each = [_member(part, wanted) for part in parts]
            if isinstance(condition, All) is wanted:
                return {name: value for found in each for name, value in found.items()}
            return next(filter(None, each), {})
        case Through(step):
            return {} if step == CASE_STEP else {step: FREE}
        case _:
            return {}
