"""Local settings, put in the place of their names while rules are read.

A partnership's own values come from one small file, a line a setting. All checks of a condition
then look at the value in force; where they refuse one of the partnership's, the fault is told of
that file.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from checklist import wording
from checklist.condition_words import UNITS
from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.rule import Setting
from checklist.source import LocatedDict, LocatedList, line_of, parse_yaml, read_text
from checklist.text import short
from checklist.values import plain_code, quoted, read_number, wrong

MOST: Final = 10_000
"""The largest number that a setting can be; none is less than nothing."""

KEY: Final = "setting"
"""The key of the mapping that stands for a setting's value in a condition."""

SETTING_UNITS: Final = (*UNITS, "years")

_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_IN_TEXT: Final = re.compile(r"(?<!\{)\{setting\.([^{}]*)\}")


class Changed(NamedTuple):
    """A setting's value as a partnership's own file gives it."""

    value: int | str
    file: str
    line: int | None


class Settings:
    """The settings in force, by id, and where their values were put in."""

    def __init__(
        self, known: Iterable[Setting] = (), changed: Mapping[str, Changed] | None = None
    ) -> None:
        self._changed = changed or {}
        self.in_force = {
            each.id: each._replace(value=self._changed[each.id].value)
            if each.id in self._changed
            else each
            for each in known
        }
        self._put_in: dict[tuple[str, int | None], list[str]] = {}

    def put_in(self, holder: LocatedDict | LocatedList, file: str, faults: list[Fault]) -> set[str]:
        """Put each setting's value in the place of its name, in all that the tree holds.

        Returns the ids of the settings; `faults` gathers what is wrong with how they are named.
        """
        found: set[str] = set()
        steps: Iterable[Any] = holder if isinstance(holder, dict) else range(len(holder))
        for step in list(steps):
            part = holder[step]
            if isinstance(part, LocatedDict) and KEY in part:
                line = line_of(part, (KEY,))
                problem = self._problem(part, step)
                if problem is not None:
                    faults.append(Fault(problem, file, line, KEY))
                    holder[step] = None
                    continue
                name = part[KEY]
                holder[step] = str(self.in_force[name].value)
                found.add(name)
                if name in self._changed:
                    self._put_in.setdefault((file, line_of(holder, (step,))), []).append(name)
            elif isinstance(part, LocatedDict | LocatedList):
                found |= self.put_in(part, file, faults)
        return found

    def fill(self, text: str) -> tuple[str, set[str], list[str]]:
        """Return a text with `{setting.NAME}` filled in, the names, and what is wrong with them."""
        found: set[str] = set()
        problems: list[str] = []

        def words(place: re.Match[str]) -> str:
            name = place[1]
            if name not in self.in_force:
                problems.append(self._unknown(name))
                return ""
            found.add(name)
            setting = self.in_force[name]
            return wording.amount(setting.value, setting.unit)

        return _IN_TEXT.sub(words, text), found, problems

    def told_of_their_file(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults, with those that a partnership's value gave told of its own file."""
        told = []
        for fault in faults:
            names = self._put_in.get((fault.file, fault.line), [])
            for name in names:
                changed = self._changed[name]
                told.append(Fault(fault.problem, changed.file, changed.line, name))
            if not names:
                told.append(fault)
        return list(dict.fromkeys(told))

    def _problem(self, part: LocatedDict, step: str | int) -> str | None:
        """Return what is wrong with a mapping that names a setting, standing at a key or place."""
        name = part[KEY]
        if len(part) > 1:
            return "stands alone: write {setting: NAME}, with nothing beside it"
        if not isinstance(name, str) or name not in self.in_force:
            return self._unknown(name)
        unit = self.in_force[name].unit
        if step in UNITS and unit is not None and unit != step:
            return f"{name} counts {unit.replace('_', ' ')}, not {str(step).replace('_', ' ')}"
        return None

    def _unknown(self, name: object) -> str:
        if not isinstance(name, str):
            return f"needs the name of a setting; there are {one_of(self.in_force, 40) or 'none'}"
        hint = nearest(name, self.in_force)
        there = hint or f"; there are {one_of(self.in_force, 40) or 'none'}"
        return f"there is no setting {short(name)}{there}"


def value_of(written: object, like: int | str | None = None) -> int | str:
    """Return a setting's value as written: a whole number from 0 to MOST, or a code.

    With `like`, of the same kind as that. Raises PydanticCustomError with what is wrong.
    """
    if isinstance(written, dict | list):
        raise wrong(f"needs one plain value, not {quoted(written)}")
    text = "" if written is None else str(written).strip()
    if not text:
        raise wrong("is blank; write its value" + (", or take the line out" if like else ""))
    code = plain_code(text)
    if isinstance(like, str) or (like is None and not text.lstrip("-").isdigit()):
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            such_as = f", such as {like}" if like else ""
            raise wrong(f"{quoted(text)} is not a word that a case record can hold{such_as}")
        return code
    number = read_number(text)
    if not isinstance(number, int) or not 0 <= number <= MOST:
        raise wrong(f"{quoted(text)} is out of range; it must be between 0 and {MOST:,}")
    return number


def changed_in(path: Path, known: Mapping[str, Setting], faults: list[Fault]) -> dict[str, Changed]:
    """Return the values that a partnership's own file gives; `faults` gathers what is wrong."""
    name = short(str(path), 200)
    try:
        tree = parse_yaml(read_text(path), name)
    except BadInput as error:
        faults += error.faults
        return {}
    such_as = next((f"`{each.id}: {each.default}`" for each in known.values()), "`name: value`")
    if not isinstance(tree, LocatedDict):
        what = "there is nothing in this file" if tree is None else "these are no names with values"
        better = f"write each setting on a line of its own, such as {such_as}"
        faults.append(Fault(f"{what}; {better}", name, line_of(tree, ())))
        return {}
    changed = {}
    for key, written in tree.items():
        line = line_of(tree, (key,))
        setting = known.get(key)
        if setting is None:
            there = nearest(key, known) or f"; there are {one_of(known, 40) or 'none'}"
            faults.append(Fault(f"there is no such setting{there}", name, line, short(key)))
            continue
        try:
            changed[key] = Changed(value_of(written, setting.default), name, line)
        except PydanticCustomError as error:
            faults.append(Fault(error.message(), name, line, key))
    return changed
