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

    `said_on` is the day from which it counts: on which it was recorded, and agreed where the
    agencies agreed on it.
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
        # a blank is read with its provenance, so that faults beside it are told, and then dropped
        value = core_schema.nullable_schema(value)
        fields = {"value": core_schema.typed_dict_field(value, required=True)}
        if not _provenance_schemas:
            for name, (annotation, _) in _PROVENANCE.items():
                part = core_schema.nullable_schema(handler.generate_schema(annotation))
                _provenance_schemas[name] = core_schema.typed_dict_field(part, required=False)
        fields |= _provenance_schemas
        several = self.kind.kind in _SEVERAL
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
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        from checklist.record_schema import recorded

        fields = schema["steps"][1]["items_schema"]["fields"]
        parts = {name: handler(field["schema"]) for name, field in fields.items()}
        return recorded(self.value, parts, WORD_KEYS, several=self.kind.kind in _SEVERAL)


_recorded_as = cache(_RecordedAs)  # one for each kind of value, whatever fields hold it

_SEVERAL: Final = ("codes", "people")  # the kinds of value that are a list each
_PROVENANCE: Final = {
    "agency": (Agency, "the agency that said it"),
    "where": (FullText, "the document it stands in"),
    "date": (Date, "the day on which it was recorded"),
    "note": (FullText, "anything a reader should know"),
    "agreed": (Agreement, "the agencies agreed on this value: it replaces all said before"),
}

WORD_KEYS: Final = {
    "value": "what was said",
    **{name: words for name, (_, words) in _PROVENANCE.items()},
}
"""The keys of a recorded value that is written as a mapping, each with its description."""

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
        return [_word(each) for each in value]
    return [_word(value)]


def _words_on_set(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list):
        mappings = sum(isinstance(item, dict) for item in value)
        if mappings == 0:
            return [{"value": value}]
        if mappings < len(value):
            raise wrong(
                "some items of this list are plain and some have the key `value`; "
                "write all of them one way"
            )
        return [_word(each) for each in value]
    return [_word(value)]


def _word(value: object) -> dict[str, Any]:
    """Return one word as a mapping with its provenance; its value is None where it is blank."""
    if not isinstance(value, dict):
        return {"value": None if _is_blank(value) else value}
    return {**value, "value": None} if _is_blank(value.get("value")) else value


def _statements(words: list[dict[str, Any]]) -> tuple[Statement[Any], ...]:
    return tuple(
        Statement(
            word["value"],
            word.get("agency"),
            word.get("where"),
            _said_on(word.get("date"), word.get("agreed")),
            word.get("note"),
            word.get("agreed"),
        )
        for word in words
        if word["value"] is not None
    )


def _said_on(date: datetime.date | None, agreed: Agreement | None) -> datetime.date | None:
    if agreed is None:
        return date
    return agreed.date if date is None else max(date, agreed.date)


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
        ((_day_of(word) or datetime.date.min, place), word)
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


def _day_of(word: Statement[Any]) -> datetime.date | None:
    """Return the day that says what a word comes before and after."""
    return word.said_on if word.agreed is None else word.agreed.date
