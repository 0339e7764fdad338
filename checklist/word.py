"""Words that a person says, and how they stand in a case file. Knows no file and no rule."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from checklist.errors import BadInput, Fault
from checklist.recorded import Source
from checklist.values import BLANK
from checklist.yaml_words import InLine


class Word(NamedTuple):
    """What is said of a field: a value, by which agency, in which document, recorded when.

    The value is text, a date, a whole number, a truth value, or a list or set of codes or ids; an
    empty one says that there are none. Without agency and place it counts as said by the `source`
    of the file, or of the member, where there is one.
    """

    value: Any
    agency: str | None = None
    where: str | None = None
    date: datetime.date | None = None


def said(words: Sequence[Word], source: Source | None, field: str) -> Any:
    """Return the words on a field as they stand in a file; what its `source` says is plain."""
    first, *others = words
    provenance = first[1:]
    usual = (None, None, None) if source is None else (source.agency, source.where, source.date)
    if not others and provenance in (usual, (None, None, None)):
        return plain(first.value, field)
    return [in_full(word, field) for word in words] if others else in_full(first, field)


def in_full(word: Word, field: str) -> InLine:
    """Return a word with its provenance as it stands in a file."""
    return InLine(_parts(word._asdict(), field))


def _parts(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    return {
        name: plain(value, field if name == "value" else f"{name} ({field})")
        for name, value in values.items()
        if value is not None
    }


def plain(value: Any, field: str) -> Any:
    """Return a value as text, or as a list or mapping of texts, as YAML is to hold it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return InLine(_parts(value, field))
        case frozenset() | set():
            return [plain(each, field) for each in sorted(value)]
        case list() | tuple():
            return [plain(each, field) for each in value]
        case str():
            return _text(value, field)
        case _:
            raise TypeError(f"{field}: {type(value).__name__}")


def _text(text: str, field: str) -> str:
    found = _CONTROL.search(text)
    if found:
        problem = (
            f"this holds a character that no screen shows (U+{ord(found[0]):04X}); write it again "
            "without it"
        )
        raise BadInput([Fault(problem, field=field)])
    if not text.strip():
        raise BadInput([Fault(BLANK, field=field)])
    return text.strip()


# the controls but tab and line feed, and halves of characters
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
