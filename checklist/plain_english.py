"""Conditions said in plain English, from the conditions themselves, for people who sign off."""

from collections.abc import Iterator

from checklist import wording
from checklist.conditions import (
    CASE_STEP,
    All,
    Any,
    Atom,
    Condition,
    Every,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Named,
    Not,
    Some,
    Through,
    Within,
)


def clause(condition: Condition) -> str:
    """Return a condition as one clause, such as "kind is strategy and invited includes GP"."""
    match condition:
        case Atom():
            return _atom(condition)
        case All(parts, way) if not parts:
            return way or "always"
        case All(parts):
            return wording.listed([_grouped(part, Any) for part in parts])
        case Any(parts):
            return f"either {wording.listed([_grouped(part, All) for part in parts], 'or')}"
        case Not(part):
            return f"it is not so that {clause(part)}"
        case Some(collection, part):
            return f"some of the {wording.word(collection)} have {clause(part)}"
        case Every(collection, part):
            return f"each of the {wording.word(collection)} has {clause(part)}"
        case Through(step, part):
            of = "the case" if step == CASE_STEP else f"the {wording.word(step)}"
            return f"of {of}: {clause(part)}"
        case Named(term):
            return wording.word(term)


def outline(condition: Condition, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield a condition as lines of an outline, each with its depth."""
    match condition:
        case All(parts, way) | Any(parts, way) if len(parts) > 1:
            heading = "all of these:" if isinstance(condition, All) else "any of these:"
            yield depth, f"{way}; that is, {heading}" if way else heading
            for part in parts:
                yield from outline(part, depth + 1)
        case Not(part):
            yield depth, "not:"
            yield from outline(part, depth + 1)
        case Some(collection, part):
            yield depth, f"at least one of the {wording.word(collection)}:"
            yield from outline(part, depth + 1)
        case Every(collection, part):
            yield depth, f"each of the {wording.word(collection)}:"
            yield from outline(part, depth + 1)
        case Through(step, part):
            yield depth, f"of {'the case' if step == CASE_STEP else f'the {wording.word(step)}'}:"
            yield from outline(part, depth + 1)
        case All((part,), way) if way:
            yield depth, f"{way}; that is:"
            yield from outline(part, depth + 1)
        case _:
            yield depth, clause(condition)


def deadline(by: Moment | Within) -> str:
    """Return a rule's deadline in words."""
    return wording.period(by) if isinstance(by, Within) else f"by {wording.when(by)}"


def _atom(atom: Atom) -> str:
    joint = "" if isinstance(atom.test, Includes | IncludesThis) else "is "
    if isinstance(atom.test, IsRecorded):
        joint = "is "
    return f"{wording.word(atom.field.name)} {joint}{wording.test(atom.test, atom.field.kind)}"


def _grouped(part: Condition, needs_brackets: type) -> str:
    said = clause(part)
    return f"({said})" if isinstance(part, needs_brackets) else said
