"""Conditions on a case as somebody writes them on the command line, in the language of the rules.

What is wrong is told of the option they were given with, with the nearest name.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from checklist.audit import Audit
from checklist.condition_reader import ConditionReader
from checklist.conditions import Condition
from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.item_reader import TERM_ID, ItemReader
from checklist.rulebook import Rulebook
from checklist.settings import Settings
from checklist.source import LocatedDict, parse_yaml
from checklist.text import short
from checklist.vocabulary import CASE, subject_kinds
from checklist.wording import YES_AND_NO

REPEAT: Final = "repeat"
"""The name of what an audit calls a case that had come back."""

_AT_LEAST: Final = re.compile(r"\s*([0-9]{1,6})\s+(\S.*)", re.DOTALL)


class AtLeast(NamedTuple):
    """How many cases of a sample have to be of a kind, and what makes a case one of them.

    `name` is what the kind was called: a name, or the condition as written.
    """

    number: int
    name: str
    condition: Condition


def read_conditions(texts: Sequence[str], rulebook: Rulebook, option: str) -> list[Condition]:
    """Return conditions on a case, as YAML, such as `{concerns: {includes: neglect}}`.

    Raises BadInput with what is wrong with any of them.
    """
    found: list[Condition] = []
    faults: list[Fault] = []
    for number, text in enumerate(texts, 1):
        called = option if len(texts) == 1 else f"{option} ({number} of {len(texts)})"
        try:
            found.append(_condition(text, rulebook, called))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found


def read_at_least(
    text: str, rulebook: Rulebook, audit: Audit | None = None, option: str = "--at-least"
) -> AtLeast:
    """Return what a text such as `3 repeat` asks of a sample.

    After the number stands a term about a case, a field of it that is yes or no, `repeat` where the
    audit says what that is, or a condition in braces. Raises BadInput.
    """
    parts = _AT_LEAST.fullmatch(text)
    if parts is None or int(parts[1]) == 0:
        problem = f'"{short(text)}" needs a number from 1 up and what to count, such as `3 repeat`'
        raise BadInput([Fault(problem, field=option)])
    number, name = int(parts[1]), " ".join(parts[2].split())
    repeat = None if audit is None or audit.selection is None else audit.selection.repeat
    if name.startswith("{"):
        condition = _condition(name, rulebook, option)
    elif name == REPEAT and repeat is not None:
        condition = repeat
    else:
        names = [REPEAT] if repeat is not None else []
        names += [term.id for term in rulebook.terms if term.for_each == CASE]
        fields = subject_kinds()[CASE].fields.values()
        names += [field.name for field in fields if field.codes == YES_AND_NO]
        if not TERM_ID.fullmatch(name) or name not in names:
            problem = (
                f"there is no `{short(name)}` to count cases by{nearest(name, names)}; there are "
                f"{one_of(names, 40)}, or write a condition in braces"
            )
            raise BadInput([Fault(problem, field=option)])
        condition = _condition(f"{{{name}: yes}}", rulebook, option)
    return AtLeast(number, name, condition)


class _Reader(ItemReader):
    """Reads one condition that is no part of a rulebook."""

    def on_a_case(self, tree: object) -> Condition | None:
        holder = LocatedDict(1)  # no key: the messages name the option instead
        holder[""] = tree
        self._put_settings(holder, [""])
        reader: ConditionReader = self._condition_reader()
        condition = self._condition(reader, holder, "", CASE)
        self.faults += reader.faults
        return condition


def _condition(text: str, rulebook: Rulebook, option: str) -> Condition:
    terms = {term.id: term for term in rulebook.terms}
    reader = _Reader(
        option,
        terms.get,
        lambda: list(terms),
        Settings(rulebook.settings),
        {timescale.id: timescale for timescale in rulebook.timescales},
    )
    try:
        condition = reader.on_a_case(parse_yaml(text, option))
    except BadInput as error:
        reader.faults += error.faults
        condition = None
    if condition is None:
        # of one line nobody needs the number
        one_line = "\n" not in text.strip()
        raise BadInput(replace(each, line=None) if one_line else each for each in reader.faults)
    return condition
