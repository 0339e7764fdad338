"""Rules, terms and queries with one small change each, as a slip of the pen would make it.

A change that cannot alter what a rule means is not made: a part dropped that another one repeats, a
group of one turned from `any` to `all`, a period below nothing.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

from checklist.conditions import (
    After,
    All,
    Any,
    Apart,
    AtLeast,
    AtMost,
    Atom,
    Before,
    Condition,
    Equals,
    Every,
    In,
    Includes,
    Moment,
    Named,
    Not,
    Some,
    Test,
    Through,
    Within,
    parts_of,
)
from checklist.plain_english import clause, deadline, picked_out
from checklist.rule import Item, Query, Rule, Term
from checklist.wording import subject

DAY = datetime.timedelta(days=1)

CONDITIONS = {Rule: ("applies", "expects"), Term: ("yes_when", "no_when"), Query: ("when",)}
"""The conditions of an item."""

Changed = Iterator[tuple[Condition, str]]
Said = Callable[[Condition], str]
"""Returns a condition in words, inside the lists and steps that lead to it."""


class Mutant(NamedTuple):
    """An item with one change, and the change in words."""

    item: Item
    change: str


def mutants(item: Item) -> Iterator[Mutant]:
    """Yield an item with each change in turn; the terms that it uses stay as they are."""
    who = subject(item.for_each)
    for key in CONDITIONS[type(item)]:
        condition = getattr(item, key)
        if condition is not None:
            for changed, words in _changed(condition, lambda each: clause(each, who)):
                yield Mutant(item._replace(**{key: changed}), f"{key}: {words}")
    if isinstance(item, Rule) and item.by is not None:
        yield Mutant(item._replace(by=None), "by: dropped")
        for by in _moved(item.by):
            words = f"{deadline(item.by, who)} -> {deadline(by, who)}"
            yield Mutant(item._replace(by=by), f"by: {words}")


def _changed(condition: Condition, said: Said) -> Changed:
    match condition:
        case Atom(test=test):
            for other in _tests(test):
                changed = condition._replace(test=other)
                yield changed, f"{said(condition)} -> {said(changed)}"
            for other, code in _without_a_code(test):
                yield condition._replace(test=other), f"dropped {code}: {said(condition)}"
        case All(parts) | Any(parts):
            yield from _of_group(condition, said)
            for place, part in enumerate(parts):
                for changed, words in _changed(part, said):
                    others = (*parts[:place], changed, *parts[place + 1 :])
                    yield condition._replace(parts=others), words
        case Some() | Every():
            yield from _of_members(condition, lambda part: said(condition._replace(part=part)))
        case Through():
            for changed, words in _changed(
                condition.part, lambda part: said(condition._replace(part=part))
            ):
                yield condition._replace(part=changed), words
        case Not(part):
            for changed, words in _changed(part, said):
                yield Not(changed), words
        case Named():
            return
        case _:
            raise TypeError(f"no changes are known for a {type(condition).__name__}")


def _of_group(group: All | Any, said: Said) -> Changed:
    written = [repr(part) for part in group.parts]  # tuples of different types can be equal
    if len(set(written)) < 2:
        return
    other = Any(*group) if isinstance(group, All) else All(*group)
    was, became = ("all", "any") if isinstance(group, All) else ("any", "all")
    yield other, f"`{was}` became `{became}`: {said(group._replace(way=None))}"
    for place, part in enumerate(group.parts):
        others = (*group.parts[:place], *group.parts[place + 1 :])
        if written.count(written[place]) == 1:
            yield group._replace(parts=others), f"dropped: {said(part)}"


def _of_members(condition: Some | Every, said: Said) -> Changed:
    where, then = picked_out(condition)
    was, became = ("some", "every") if isinstance(condition, Some) else ("every", "some")
    swapped = Every if isinstance(condition, Some) else Some

    def over(where: Condition | None, then: Condition, kind: type[Some] | type[Every]) -> Condition:
        if where is not None:
            then = All((where, then)) if kind is Some else Any((Not(where), then))
        return kind(condition.collection, then, condition.asked_as)

    here = type(condition)
    yield over(where, then, swapped), f"`{was}` became `{became}`: {said(then)}"
    if where is not None:
        if not isinstance(where, All) or len(parts_of(where)) < 2:
            yield over(None, then, here), f"dropped from `where`: {said(where)}"
        for changed, words in _changed(where, said):
            yield over(changed, then, here), f"in `where`: {words}"
    for changed, words in _changed(then, said):
        yield over(where, changed, here), words


def _tests(test: Test) -> Iterator[Test]:
    match test:
        case Equals(value) if isinstance(value, int):
            yield from (Equals(value + 1), Equals(value - 1))
        case Equals(value) if isinstance(value, datetime.date):
            yield from (Equals(value + DAY), Equals(value - DAY))
        case AtLeast(number) | AtMost(number):
            yield test._replace(number=number + 1)
            if number or isinstance(test, AtMost):  # every number is at least 0, and at least -1
                yield test._replace(number=number - 1)
        case Before(moment) | After(moment):
            for other in _moved(moment):
                yield test._replace(moment=other)
        case Within() | Apart():
            yield from _moved(test)


def _without_a_code(test: Test) -> Iterator[tuple[Test, str | int]]:
    match test:
        case In(values) | Includes(values) if len(set(values)) > 1:
            for value in dict.fromkeys(values):
                yield type(test)(tuple(each for each in values if each != value)), value


def _moved(when: Moment | Within | Apart) -> Iterator[Moment | Within | Apart]:
    """Yield a period one longer and one shorter, or a day that is written out one on and back."""
    match when:
        case Within(number=number) | Apart(number=number):
            yield when._replace(number=number + 1)
            if number:
                yield when._replace(number=number - 1)
        case datetime.date():
            yield from (when + DAY, when - DAY)
