"""A case file while it is being written: what stands in it stays, with its comments and its order.

Runs when a person adds to a record answer by answer. Each change is made in the text of the file,
which is then read as every case file is; what does not make a valid record is refused, and the
draft stays as it was. Knows no rules, asks nothing and prints nothing.
"""

import datetime
import difflib
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from checklist.case_file import case_from
from checklist.documents import documents
from checklist.entity import Entity
from checklist.errors import BadInput, Fault, nearest
from checklist.files import clear_left_beside, replacing_bytes
from checklist.record import Case
from checklist.recorded import recorded_as
from checklist.source import MOST_BYTES, Place, decode, name_of, parse_yaml
from checklist.subjects import CaseSubjects
from checklist.verdict import Target
from checklist.vocabulary import CASE, JUDGEMENT, subject_kinds
from checklist.word import Word, in_full, plain, said
from checklist.yaml_edit import Page, put, take_out
from checklist.yaml_words import InLine, written


class ChangedMeanwhile(BadInput):
    """Somebody else changed, removed or made the file since it was read or last saved.

    `diff` is a unified diff from theirs, as the file now stands, to ours, as it would be saved.
    It is text of the file, which a screen must not obey.
    """

    def __init__(self, problem: str, name: str, theirs: str, ours: str) -> None:
        super().__init__([Fault(problem, name)])
        lines = (theirs.splitlines(), ours.splitlines())
        names = ("theirs: the file as it now stands", "ours: as it would be saved")
        self.diff = "\n".join(difflib.unified_diff(*lines, *names, lineterm=""))


class Draft:
    """One case file while it is being written.

    `case` is the record as it now stands, `path` the file, and `as_of` the day from which members
    that have no id in the file take the one that is made up for them. Whatever changes the record
    raises BadInput with one sentence where it would no longer be valid.
    """

    def __init__(
        self, path: Path, text: str, on_disk: bytes | None, as_of: datetime.date | None
    ) -> None:
        self.path = path
        self._on_disk = on_disk  # None where there is no file yet
        self._page, self.case = _read(text, name_of(path))
        self._as_of = as_of

    @property
    def asked_for(self) -> datetime.date | None:
        """The day that was asked for, whatever the record's own is."""
        return self._as_of

    @property
    def as_of(self) -> datetime.date:
        """The day on which the record is looked at: the one asked for, its own, or today."""
        return self._as_of or self.case.as_of or datetime.date.today()

    @classmethod
    def open(cls, path: Path, as_of: datetime.date | None = None) -> "Draft":
        """Return the draft of a case file, or raise BadInput with all that is wrong with it."""
        if path.is_dir():
            raise BadInput([Fault("this is a folder; name a case file", name_of(path))])
        _check_name(path)
        document = next(documents([path]))
        if isinstance(document.content, BadInput):
            raise document.content
        # a file is replaced by another, which no such mark would hinder
        if not path.stat().st_mode & _TO_WRITE:
            problem = "this file may only be read; allow writing to it, or answer in a copy"
            raise BadInput([Fault(problem, name_of(path))])
        clear_left_beside(path)
        return cls(path, decode(document.content, document.file), document.content, as_of)

    @classmethod
    def new(cls, path: Path, case_id: str, as_of: datetime.date | None = None) -> "Draft":
        """Return the draft of a file that is not there yet; nothing is written before `save`."""
        _check_name(path)
        name = name_of(path)
        if path.exists():
            raise BadInput([Fault("there is a file of this name already; open it instead", name)])
        if not path.parent.is_dir():
            raise BadInput([Fault("there is no such folder; make it first", name)])
        try:
            return cls(path, _HEADER + written({"id": plain(case_id, "id")}), None, as_of)
        except BadInput as error:
            raise _alone(error) from None

    # -- what is recorded of a field ---------------------------------------------------------------

    def say(self, target: Target, words: Sequence[Word]) -> None:
        """Let these words be all that is recorded of a field; none of them, and it is silent."""
        self._check_field(target)
        found = self._find(target)
        if words:
            self._write(found, target.field, words)
        elif found.place is not None and target.field in self._at(found.place):
            self._adopt(take_out(self._page, (*found.place, target.field)))

    def add_word(self, target: Target, word: Word) -> None:
        """Put one more word beside what is recorded of a field."""
        self._check_field(target)
        found = self._find(target)
        before = None if found.place is None else self._at(found.place).get(target.field)
        if before is None:
            self._write(found, target.field, [word])
            return
        place = (*(found.place or ()), target.field)
        new = in_full(word, target.field)
        if isinstance(before, list) and any(isinstance(each, dict) for each in before):
            self._adopt(put(self._page, (*place, len(before)), new))
            return
        several = isinstance(before, list) and not _holds_many(found.entity, target.field)
        full = [
            InLine(each) if isinstance(each, dict) else InLine(value=each)
            for each in (before if several else [before])
        ]
        self._adopt(put(self._page, place, [*full, new]))

    def _check_field(self, target: Target) -> None:
        # a plan has a field `children` too, which is recorded in words
        is_list = target.subject == self.case.id and target.field in _lists()
        if is_list or target.field.startswith(JUDGEMENT):
            raise ValueError(f"{target.field} is not recorded in words")

    def _write(self, found: "_Found", field: str, words: Sequence[Word]) -> None:
        source = found.entity.source or self.case.source
        value = said(words, source, field)
        if found.place is None:  # a pair that nobody has written down yet
            self._append("couples", {"people": list(found.people), field: value})
            return
        order = _order(type(found.entity))
        self._adopt(put(self._page, (*found.place, field), value, order))

    # -- members, and what is said of the case as a whole ------------------------------------------

    def add_member(self, key: str, member_id: str, fields: Mapping[str, Any] | None = None) -> None:
        """Add one to a list of the case, such as a meeting; its fields hold words, or values.

        The id of one of the `agencies` is its code.
        """
        entries: dict[str, Any] = {"id": plain(member_id, "id")}
        for name, value in (fields or {}).items():
            words = value if isinstance(value, list) else [value]
            if words and all(isinstance(word, Word) for word in words):
                entries[name] = said(words, self.case.source, name)
            else:
                entries[name] = plain(value, name)
        order = _order(_lists()[key])
        at_hand = {name: entries[name] for name in order if name in entries}
        self._append(key, at_hand | entries)

    def none_of(self, key: str) -> None:
        """Record that there are none of a list, such as `meetings`."""
        if self._page.tree.get(key):
            problem = (
                "some are listed here; a list that is not empty cannot say that there are none"
            )
            raise BadInput([Fault(problem, field=key)])
        self._adopt(put(self._page, (key,), [], _order(Case)))

    def set_case(self, key: str, value: Any) -> None:
        """Record what a key of the file itself says, such as `as_of` or `source`; None removes it.

        A source is a mapping with `agency`, and if wanted `where` and `date`.
        """
        self._check_field(Target(self.case.id, key))
        if value is not None:
            self._adopt(put(self._page, (key,), plain(value, key), _order(Case)))
        elif key in self._page.tree:
            self._adopt(take_out(self._page, (key,)))

    # -- entries of the record's own lists ---------------------------------------------------------

    def accept(
        self,
        rule: str,
        subject: str,
        *,
        reason: str,
        role: str,
        review: datetime.date,
        date: datetime.date | None = None,
    ) -> None:
        """Record that a gap is accepted, until and including the day of `review`."""
        entry = {"reason": reason, "role": role, "date": date, "review": review}
        self._enter("accepted", {**self._of(rule, subject), **entry}, "rule", "subject", "date")

    def judge(
        self,
        rule: str,
        subject: str,
        answer: Any,
        *,
        reason: str,
        role: str,
        date: datetime.date,
        agency: str | None = None,
    ) -> None:
        """Record a person's judgement, in the place of one by the same agency on the same day."""
        entry = {"answer": answer, "reason": reason, "role": role, "agency": agency, "date": date}
        same = ("rule", "subject", "agency", "date")
        self._enter("judgements", {**self._of(rule, subject), **entry}, *same)

    def say_not_applicable(
        self,
        rule: str,
        subject: str,
        *,
        reason: str,
        role: str,
        date: datetime.date,
        agency: str | None = None,
    ) -> None:
        """Record a person's word that a rule does not apply to a subject."""
        entry = {"reason": reason, "role": role, "agency": agency, "date": date}
        same = ("rule", "subject", "agency", "date")
        self._enter("not_applicable", {**self._of(rule, subject), **entry}, *same)

    def look_for(self, target: Target, *, where: str, date: datetime.date) -> None:
        """Record that something was looked for and is not on file."""
        found = self._find(target)
        field = target.field if found.key == "" else f"{found.key}[{target.subject}].{target.field}"
        self._enter("looked_for", {"field": field, "where": where, "date": date}, "field", "where")

    def _of(self, rule: str, subject: str) -> dict[str, Any]:
        self._find(Target(subject, ""))
        return {"rule": rule, "subject": None if subject == self.case.id else subject}

    def _enter(self, key: str, entry: Mapping[str, Any], *same: str) -> None:
        """Add an entry to a list of the record, or put it in the place of one on the same."""
        new = {name: plain(value, name) for name, value in entry.items() if value is not None}
        for at, old in enumerate(self._page.tree.get(key) or ()):
            if all(old.get(name) == new.get(name) for name in same):
                self._adopt(put(self._page, (key, at), new))
                return
        self._append(key, new)

    # -- going back, and saving --------------------------------------------------------------------

    def snapshot(self) -> str:
        """Return all that `restore` needs to come back to the draft as it now is."""
        return self._page.text

    def restore(self, text: str) -> None:
        """Go back to a snapshot; what was saved meanwhile stays on the disk until the next save."""
        self._page, self.case = _read(text, "")

    def save(self) -> None:
        """Write the file, whole or not at all, readable by its owner alone.

        Raises ChangedMeanwhile where it is no longer what was read or last saved, and BadInput
        where it cannot be written; the file then stays as it is.
        """
        raw = self._page.text.encode("utf-8")
        if self._on_disk is not None and self._on_disk.startswith(_MARK):
            raw = _MARK + raw
        if raw == self._on_disk == self._found_on_disk():
            return
        with replacing_bytes(self.path, field="") as stream:
            stream.write(raw)
            stream.flush()
            self._check_unchanged(raw)  # as late as can be
        self._on_disk = raw

    def _check_unchanged(self, raw: bytes) -> None:
        found = self._found_on_disk()
        if found in (self._on_disk, raw):  # a save that was interrupted may have been done
            return
        if found is None:
            problem = "the file was removed or renamed since it was read; nothing was written"
        elif self._on_disk is None:
            problem = "somebody made a file of this name meanwhile; it has not been overwritten"
        else:
            problem = (
                "somebody else changed the file since it was read; it has not been overwritten"
            )
        theirs = (found or b"").decode("utf-8-sig", "replace")
        raise ChangedMeanwhile(problem, name_of(self.path), theirs, self._page.text)

    def _found_on_disk(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            problem = f"the file cannot be read ({error.strerror}); nothing was written"
            raise BadInput([Fault(problem, name_of(self.path))]) from None

    # -- the file and the record -------------------------------------------------------------------

    def _adopt(self, page: Page) -> None:
        """Take a changed page for the file's, if it holds a valid record."""
        try:
            _check_size(page.text)
            case = case_from(page.tree)
        except BadInput as error:
            raise _alone(error) from None
        self._page, self.case = page, case

    def _append(self, key: str, item: Mapping[str, Any]) -> None:
        before = self._page.tree.get(key)
        place: Place = (key, len(before)) if before else (key,)
        self._adopt(put(self._page, place, item if before else [item], _order(Case)))

    def _at(self, place: Place) -> dict[str, Any]:
        tree: Any = self._page.tree
        for step in place:
            tree = tree[step]
        return dict(tree)

    def _find(self, target: Target) -> "_Found":
        """Return where the subject of a target stands in the file."""
        case, wanted = self.case, target.subject
        if wanted == case.id:
            return _Found((), case, "")
        subjects = CaseSubjects(case, self.as_of)
        candidates: list[tuple[bool, bool, int, _Found]] = []
        known = [case.id]
        for kind in subject_kinds().values():
            # a person is found among the children or the adults
            if kind.name == CASE or len(kind.listed_under) > 1:
                continue
            key = kind.plural
            listed = getattr(case, key) or ()
            for subject in subjects.collection(key) or ():
                known.append(subject.id)
                if subject.id != wanted:
                    continue
                entity = subject.entity
                at = next((at for at, each in enumerate(listed) if each is entity), None)
                people = tuple(getattr(entity, "people", ()))
                found = _Found(None if at is None else (key, at), entity, key, people)
                has_field = target.field in type(entity).model_fields
                candidates.append((not has_field, entity.id is None, len(candidates), found))
        if not candidates:
            problem = f"there is nothing in this record with the id {wanted}"
            raise BadInput([Fault(problem + nearest(wanted, known))])
        # an id that was made up can be that of something else too
        return min(candidates, key=lambda each: each[:3])[3]


class _Found(NamedTuple):
    """A subject in the file: its place (None for a pair that is not written down), and its list."""

    place: Place | None
    entity: Entity
    key: str
    people: tuple[str, ...] = ()


_MARK: Final = b"\xef\xbb\xbf"
_TO_WRITE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_SUFFIXES: Final = (".yaml", ".yml")
_HEADER: Final = """\
# A case record for checklist. Pseudonyms only: no names, addresses or official numbers.
# Leave out what nobody recorded: a key that is not here says nothing, and never "no".

"""


def _read(text: str, file: str) -> tuple[Page, Case]:
    """Return what a text holds, or raise BadInput."""
    tree = parse_yaml(text, file)
    return Page(text, tree), case_from(tree, file)


def _check_size(text: str) -> None:
    if len(text.encode("utf-8")) > MOST_BYTES:
        problem = f"the record would be larger than {MOST_BYTES:,} bytes, the most that is accepted"
        raise BadInput([Fault(problem)])


def _alone(error: BadInput) -> BadInput:
    """Return one sentence on what was said, without the line of a file that is not written yet."""
    return BadInput([replace(error.faults[0], file="", line=None)])


def _check_name(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES:
        return
    is_json = suffix in (".json", ".jsonl", ".ndjson")
    what = "this is JSON; write the record as YAML" if is_json else "this one does not"
    problem = (
        f"the name of a case file that is written in ends in {' or '.join(_SUFFIXES)}, and {what}"
    )
    raise BadInput([Fault(problem, name_of(path))])


@cache
def _lists() -> dict[str, type[BaseModel]]:
    """Return the keys of the case that hold lists, with the models of their items."""
    found = {}
    for name, field in Case.model_fields.items():
        for part in (field.annotation, *get_args(field.annotation)):
            item = next(iter(get_args(part)), None) if get_origin(part) is tuple else None
            if isinstance(item, type) and issubclass(item, BaseModel):
                found[name] = item
    return found


def _order(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model in the order in which they are written.

    Those that say who speaks, and the note, stand last, or in the case at the end of its head.
    """
    last = [name for name in ("source", "note") if name in model.model_fields]
    names = [name for name in model.model_fields if name not in last]
    end = names.index("as_of") + 1 if model is Case else len(names)
    return [*names[:end], *last, *names[end:]]


def _holds_many(entity: Entity, field: str) -> bool:
    """Whether one word on a field is a list itself."""
    kind = recorded_as(type(entity).model_fields[field])
    return kind is not None and kind.kind in ("codes", "people")
