"""How something is recorded once it is done, or found out: which field, and a line for the file."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from checklist import wording
from checklist.conditions import THIS
from checklist.subjects import CaseSubjects, Subject, SubjectName
from checklist.verdict import Because, Missing, Needed, Sets
from checklist.vocabulary import CASE, JUDGEMENT, Field, collections, subject_kinds
from checklist.written import FREE, blank

_DAY: Final = "YYYY-MM-DD"
_HAS_ONE: Final = "has one "
_MEMBER: Final = re.compile(r"(\w+)\[([^\]]+)\]\.(.+)")
_STEP: Final = re.compile(r"(\w+)(?:\[([^\]]+)\])?\.(.+)")


class Record(NamedTuple):
    """Something to be recorded.

    `field` is the path to it in the case, as `adults[father].spoken_to`; of the case itself just
    the field, or the key of a list. `says` is what it records in words, and `test` what the value
    has to be, "" where any answer will do. `value` is it in YAML, with `...` and `YYYY-MM-DD` for
    what has to be filled in; "" where it cannot be shown. With `adds` it is a new member of the
    list.
    """

    field: str
    says: str
    test: str
    value: str
    adds: bool = False


class _Found(NamedTuple):
    """What a path leads to: the subject, where it is known, the field, and the path in the case."""

    at: Subject | None
    field: Field | None
    path: str


class Recorder:
    """Says for one case how what its verdicts ask for is recorded."""

    def __init__(self, subjects: CaseSubjects) -> None:
        self._subjects = subjects
        self._by_id: dict[str, Subject] = {subjects.whole.id: subjects.whole}
        for plural, kind in collections().items():
            if kind != "family_member":
                for subject in subjects.collection(plural) or ():
                    self._by_id.setdefault(subject.id, subject)

    def done(self, rule: str, about: SubjectName, sets: Sets) -> tuple[Record, ...]:
        """Return what is recorded when a point is put right: the likeliest of the ways to meet it.

        Preferred are those that leave the day and the report of a past event as they are, and of
        whose values something can be shown.
        """
        if not sets:
            return ()
        best = min(sets, key=lambda way: self._unlikely(about, way))
        return tuple(self._needed(rule, about, needed) for needed in best)

    def answer(self, missing: Missing, rule: str) -> Record:
        """Return how the answer to a question is recorded."""
        subject, name = self._by_id.get(missing.at.subject), missing.at.field
        if name.startswith(JUDGEMENT):
            return self.judgement(rule, missing.at.subject)
        if subject is None or name not in subject_kinds()[subject.kind].fields:
            says = f"the {wording.word(name)} that there are, or [] for none"
            return Record(name, says, "", f"{{{FREE}}}", adds=True)
        field = subject_kinds()[subject.kind].fields[name]
        return Record(self._path_of(subject, name), _said(field), "", blank(field))

    def judgement(self, rule: str, subject: str) -> Record:
        """Return how a person's judgement is recorded."""
        value = self._of_rule(rule, subject, f"answer: yes or no, reason: {FREE}, role: {FREE}")
        return Record("judgements", "a person's judgement, with role and reason", "", value, True)

    def acceptance(self, rule: str, subject: str) -> Record:
        """Return how it is recorded that a gap is accepted."""
        value = self._of_rule(rule, subject, f"reason: {FREE}, role: {FREE}, review: {_DAY}")
        says = "that the gap is accepted, with reason, role and a day to look again"
        return Record("accepted", says, "", value, True)

    def settled(self, about: SubjectName, because: Sequence[Because]) -> tuple[Record, ...]:
        """Return how the values on which agencies agreed in the end are recorded."""
        found = {}
        for path in dict.fromkeys(each.field for each in because):
            at = self._found(about, path)
            says = _said(at.field) if at.field else wording.field_name(path)
            value = f"{{value: {FREE}, agreed: {{date: {_DAY}, role: {FREE}, reason: {FREE}}}}}"
            found[at.path] = Record(at.path, says, "agreed between the agencies", value)
        return tuple(found.values())

    # -- parts --------------------------------------------------------------------------------

    def _of_rule(self, rule: str, subject: str, rest: str) -> str:
        of = "" if subject == self._subjects.whole.id else f", subject: {subject}"
        return f"{{rule: {rule}{of}, {rest}, date: {_DAY}}}"

    def _needed(self, rule: str, about: SubjectName, needed: Needed) -> Record:
        path, test, value = needed
        if JUDGEMENT in path:
            return self.judgement(rule, about.id)
        at = self._found(about, path)
        value = value.replace(f"{THIS}{about.kind}", about.id)
        value = re.sub(rf"\b{THIS}\w+", FREE, value)
        if at.field is None:
            says = f"the {wording.word(path)}"
            if collections().get(path) == "agency":  # which one it is is its id in a file
                value = value.replace("agency: ", "id: ", 1)
            if test.startswith(_HAS_ONE):
                says, test = f"one more of {says}", test.removeprefix(_HAS_ONE).strip()
            return Record(at.path, says, test, value, adds=path in collections())
        if at.field.kind in ("codes", "people") and f", {FREE}]" in value:
            value = _with_recorded(value, at)
        return Record(at.path, _said(at.field), test, value)

    def _unlikely(self, about: SubjectName, way: Sequence[Needed]) -> tuple[int, int, int]:
        """Return what speaks against a way as what people would do from now on, the worst first."""
        past = unsayable = added = 0
        for path, _, value in way:
            at = self._found(about, path)
            unsayable += not value and JUDGEMENT not in path
            added += path in collections()
            past += self._rewrites(at, about)
        return past, unsayable, added

    def _rewrites(self, at: _Found, about: SubjectName) -> bool:
        """Return whether a field is the day of an event, or tells of another one that is over."""
        if at.at is None or at.field is None or at.at.entity.happens_on is None:
            return False
        days = at.at.plain[at.at.entity.happens_on]
        if at.field.name == at.at.entity.happens_on:
            return bool(days)
        over = bool(days) and all(each <= self._subjects.as_of for each in days)
        return over and at.at.id != about.id

    def _found(self, about: SubjectName, path: str) -> _Found:
        at: Subject | None = self._by_id.get(about.id, self._subjects.whole)
        prefix = "" if at is None else self._path_of(at, "")
        kind = self._subjects.whole.kind if at is None else at.kind
        if member := _MEMBER.fullmatch(path):
            plural, name, rest = member.groups()
            if plural in collections():
                kind, path, at = collections()[plural], rest, self._by_id.get(name)
                prefix = f"{plural}[{name}]." if at is None else self._path_of(at, "")
        while step := _STEP.fullmatch(path):
            name, one, rest = step.groups()
            leads_to = self._field(kind, name)
            if leads_to is None or leads_to.leads_to is None:
                break
            people = {} if at is None else {each.id: each for each in at.people(name)}
            at = people.get(one) if one else next(iter(people.values()), None)
            kind, path = leads_to.leads_to, rest
            prefix = f"{prefix}{name}." if at is None else self._path_of(at, "")
        field = self._field(kind, path)
        if field is None and (of_case := self._field(CASE, path)) is not None:
            return _Found(self._subjects.whole, of_case, path)
        if field is None and path in collections():
            return _Found(self._subjects.whole, None, path)
        return _Found(at, field, f"{prefix}{path}")

    def _field(self, kind: str, name: str) -> Field | None:
        return subject_kinds()[kind].fields.get(name)

    def _path_of(self, subject: Subject, field: str) -> str:
        if subject.kind == CASE:
            return field
        return f"{subject_kinds()[subject.kind].plural}[{subject.id}].{field}"


def _said(field: Field) -> str:
    """Return what a field records: its description without what explains how to write it."""
    return field.description.partition(";")[0].partition(" (worked")[0].partition(": ")[0].strip()


def _with_recorded(value: str, at: _Found) -> str:
    """Return a list with what is already recorded in it, and an end."""
    assert at.field is not None  # noqa: S101
    new = value.removeprefix("[").removesuffix(f", {FREE}]").split(", ")
    there = () if at.at is None else at.at.plain[at.field.name]
    kept = sorted({each for values in there for each in values} - set(new))
    return f"[{', '.join([*kept, *new])}]"


def merged(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records without repeats; several lists for one field are one list with all of it."""
    found: dict[Record, Record] = {}
    for record in records:
        if record.adds or not record.value.startswith("["):
            found[record] = record
            continue
        # of one list, whatever it is to hold
        key = record._replace(value="[]")
        known = found.get(key, key).value[1:-1].split(", ") + record.value[1:-1].split(", ")
        found[key] = record._replace(value=f"[{', '.join(dict.fromkeys(filter(None, known)))}]")
    return tuple(found.values())
