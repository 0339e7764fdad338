"""Local settings and timescales as written in YAML, read and checked one file at a time."""

import datetime
from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

from checklist.condition_reader import MOST_IN_PERIOD
from checklist.condition_words import UNITS
from checklist.conditions import Edition, Timescale
from checklist.item_reader import TERM_ID, ItemReader, Key
from checklist.rule import Setting
from checklist.settings import SETTING_UNITS, value_of
from checklist.values import read_date, read_number

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


class SettingReader(ItemReader):
    """Reads the settings and timescales of one rulebook file; neither holds a condition."""

    def __init__(self, file: str) -> None:
        super().__init__(file, lambda _: None, list)

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
