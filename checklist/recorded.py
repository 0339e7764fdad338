"""Recorded values: what was said, by which agency, where and when, and which words stand.

The meaning is the design's: silence is never "no"; an agency's later word replaces its own earlier
one; different agencies' words stand side by side; an agreed value replaces all said before it.
"""

import datetime
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from checklist.codes import Agency
from checklist.values import MOST_ITEMS, Date, FullText, ValueKind, wrong


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Agreement(_Frozen):
    """Agencies settled on one value: when, by whose role, and why."""

    date: Date = Field(description="the day on which the agencies agreed")
    role: FullText = Field(description="the role of the person who recorded the agreement")
    reason: FullText = Field(description="why the agencies agreed on this value")


T = TypeVar("T")


class Statement(NamedTuple, Generic[T]):
    """One agency's word on one value, and where it was recorded.

    `said_on` is the day on which it was recorded, or agreed where the agencies agreed on it.
    """

    value: T
    agency: str | None = None
    where: str | None = None
    said_on: datetime.date | None = None
    note: str | None = None
    agreed: Agreement | None = None


class Source(_Frozen):
    """Who says the plain values beside it, and where: what counts for those that name no agency."""

    agency: Agency = Field(description="the agency that said it")
    where: FullText | None = Field(None, description="the document it stands in")
    date: Date | None = Field(None, description="the day on which it was recorded")


class _RecordedAs:
    """Reads a field written plain, as a mapping with provenance, or as a list of either.

    Written against pydantic's core rather than as a generic model: a model for each kind of value
    would cost every start of the program more than everything else together.
    """

    def __init__(self, value: Any) -> None:
        self.value = value
        self.schema: core_schema.ChainSchema | None = None
        markers = getattr(value, "__metadata__", ())
        self.kind = next(marker for marker in markers if isinstance(marker, ValueKind))

    def __get_pydantic_core_schema__(
        self, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if self.schema is None:
            self.schema = self._built(handler)
        return self.schema.copy()  # pydantic adds each field's own metadata to what it gets

    def _built(self, handler: GetCoreSchemaHandler) -> core_schema.ChainSchema:
        value = handler.generate_schema(self.value)
        fields = {"value": core_schema.typed_dict_field(value, required=True)}
        if not _provenance_schemas:
            for name, (annotation, _) in _PROVENANCE.items():
                part = core_schema.nullable_schema(handler.generate_schema(annotation))
                _provenance_schemas[name] = core_schema.typed_dict_field(part, required=False)
        fields |= _provenance_schemas
        several = self.kind.kind in ("codes", "people")
        words = core_schema.list_schema(
            core_schema.typed_dict_schema(fields, extra_behavior="forbid"), max_length=MOST_ITEMS
        )
        return core_schema.chain_schema(
            [
                core_schema.no_info_plain_validator_function(
                    _words_on_set if several else _words_on_one
                ),
                words,
                core_schema.no_info_plain_validator_function(_statements),
            ]
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        words = _schema["steps"][1]["items_schema"]
        plain = handler(words["fields"]["value"]["schema"])
        properties = {"value": plain}
        for name, (_, description) in _PROVENANCE.items():
            part = handler(words["fields"][name]["schema"]["schema"])
            properties[name] = {**part, "description": description}
        mapping = {
            "type": "object",
            "properties": properties,
            "required": ["value"],
            "additionalProperties": False,
        }
        return {"anyOf": [plain, mapping, {"type": "array", "items": mapping}, {"type": "null"}]}


_recorded_as = cache(_RecordedAs)  # one for each kind of value, whatever fields hold it

_PROVENANCE: Final = {
    "agency": (Agency, "the agency that said it"),
    "where": (FullText, "the document it stands in"),
    "date": (Date, "the day on which it was recorded"),
    "note": (FullText, "anything a reader should know"),
    "agreed": (Agreement, "the agencies agreed on this value: it replaces all said before"),
}

_provenance_schemas: dict[str, core_schema.TypedDictField] = {}  # the same for every field

if TYPE_CHECKING:
    Recorded = tuple[Statement[T], ...]
else:

    class Recorded:
        """A field's recorded words, in file order; empty where the record is silent."""

        def __class_getitem__(cls, value: Any) -> Any:
            return Annotated[tuple[Statement, ...], _recorded_as(value)]


def recorded_as(field: FieldInfo) -> ValueKind | None:
    """Return the kind of value that a model's field holds, or None where it is not Recorded."""
    return next((mark.kind for mark in field.metadata if isinstance(mark, _RecordedAs)), None)


def _words_on_one(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list):
        if not value:
            raise wrong("an empty list says nothing here; leave the key out if it is not recorded")
        return [word for word in map(_word, value) if word is not None]
    word = _word(value)
    return () if word is None else [word]


def _words_on_set(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list):
        mappings = sum(isinstance(item, dict) for item in value)
        if mappings == 0:
            return [{"value": value}]
        if mappings < len(value):
            raise wrong(
                "this list mixes plain values with mappings; write either all plain or all mappings"
            )
        return [word for word in map(_word, value) if word is not None]
    word = _word(value)
    return () if word is None else [word]


def _word(value: object) -> object:
    """Return one word as a mapping with its provenance, or None where it is blank."""
    if isinstance(value, dict):
        if "value" not in value:
            raise wrong("a mapping here needs the key `value`, with `agency` and `where` beside it")
        if value["value"] is None or _is_blank(value["value"]):
            return None
        return value
    if value is None or _is_blank(value):
        return None
    return {"value": value}


def _statements(words: list[dict[str, Any]]) -> tuple[Statement[Any], ...]:
    return tuple(
        Statement(
            word["value"],
            word.get("agency"),
            word.get("where"),
            word.get("date") or (agreed.date if (agreed := word.get("agreed")) else None),
            word.get("note"),
            word.get("agreed"),
        )
        for word in words
    )


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def standing(words: Sequence[Statement[Any]], as_of: datetime.date) -> tuple[Statement[Any], ...]:
    """Return the words that stand on the day `as_of`, in file order.

    Only words recorded on or before that day count. An agency's later word replaces its own
    earlier one (undated counts as earliest, then file order). Words that name no agency stand by
    themselves: nothing says that they are the same agency's. An agreed value replaces all that was
    said before it, whoever said it.
    """
    if len(words) == 1 and words[0].said_on is None:
        return tuple(words)
    counted = [
        ((word.said_on or datetime.date.min, place), word)
        for place, word in enumerate(words)
        if word.said_on is None or word.said_on <= as_of
    ]
    agreed = max((key for key, word in counted if word.agreed), default=None)
    last_of: dict[str, tuple[datetime.date, int]] = {}
    for key, word in counted:
        if word.agency is not None and not word.agreed:
            last_of[word.agency] = max(key, last_of.get(word.agency, key))
    return tuple(
        word
        for key, word in counted
        if (agreed is None or key >= agreed)
        and (word.agreed or word.agency is None or last_of[word.agency] == key)
    )
