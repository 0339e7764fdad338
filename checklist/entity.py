"""What every thing in a case record has: fields with provenance, an id, a note."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checklist.recorded import Source
from checklist.values import FullText, Id


class Entity(BaseModel):
    """A thing the record knows: fields with provenance, an id to refer to it by, and a note.

    `happens_on` names the field with the day of an event, and `known_afterwards` the fields that
    report on the event: while that day is still ahead they are a plan and count as silence.
    """

    # built once, as parts of Case, and only when a case is read
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    happens_on: ClassVar[str | None] = None
    known_afterwards: ClassVar[frozenset[str]] = frozenset()

    id: Id | None = Field(None, description="a short name to refer to it by")
    source: Source | None = Field(
        None, description="who says the plain values beside it, and where"
    )
    note: FullText | None = Field(None, description="anything a reader should know")
