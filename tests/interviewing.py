"""A practitioner for tests: knows all that one case record says, and answers an interview from it.

What nobody recorded they have looked for in vain. Questions are counted alike on both sides: a
list is one, and so is each of its members, and each field that is asked of one.
"""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from checklist.case_file import case_from
from checklist.draft import Draft
from checklist.interview import Interview, Step, named_by
from checklist.record import Case
from checklist.recorded import Statement
from checklist.review import Review, Reviewer
from checklist.rulebook import worked_cases
from checklist.source import parse_yaml
from checklist.subjects import CaseSubjects, Subject
from checklist.verdict import Target
from checklist.vocabulary import CASE, JUDGEMENT, subject_kinds
from checklist.word import Word

WORKED = {path.stem: path for path in sorted(worked_cases().glob("*/*.yaml"))}
"""The files of the worked cases by name."""

LISTS = tuple(dict.fromkeys(key for kind in subject_kinds().values() for key in kind.listed_under))
"""The keys of a case that list what is asked about."""


def case_in(path: Path) -> Case:
    return case_from(parse_yaml(path.read_text(encoding="utf-8"), str(path)))


class Practitioner:
    """Answers from `case`; `took` is how many questions they were asked so far."""

    def __init__(self, case: Case) -> None:
        assert case.as_of is not None
        self.case = case
        self.as_of = case.as_of
        self.took = 0
        self._said: dict[tuple[Subject, str], tuple[Statement[Any], ...]] = {}
        self._family = CaseSubjects(case, self.as_of)
        self._listed = {
            key: None
            if getattr(case, key) is None
            else [each for each in self._family.collection(key) or () if _is_written(each)]
            for key in LISTS
        }

    @property
    def fields(self) -> set[Target]:
        """Every field that the record has a place for, of all who are in it."""
        members = [each for listed in self._listed.values() for each in listed or ()]
        return {
            Target(each.id, field)
            for each in (self._family.whole, *members)
            for field in subject_kinds()[each.kind].fields
        }

    @property
    def every_field(self) -> int:
        """How many questions it takes to ask for all of them, and for all lists and members."""
        return len(self.fields) + sum(1 + len(listed or ()) for listed in self._listed.values())

    def begin(self, path: Path, reviewer: Reviewer) -> Interview:
        """Return an interview of which nothing is answered yet."""
        draft = Draft.new(path, self.case.id, self.as_of)
        draft.set_case("as_of", self.as_of)
        if self.case.source is not None:
            draft.set_case("source", self.case.source.model_dump(exclude_none=True))
        return Interview(draft, reviewer, self.as_of)

    def hold(self, interview: Interview) -> Review:
        """Answer until there is nothing left to ask; return the review at the end."""
        while interview.step is not None:
            self.answer(interview, interview.step)
        return interview.review

    def answer(self, interview: Interview, step: Step) -> None:
        """Answer the step that is asked now; nothing but it is answered."""
        self.took += 1
        if step.key is not None:
            self._list(interview, step.key)
        elif step.judged is not None:
            self._judge(interview, step)
        else:
            self._say(interview, step)

    def words(self, subject: Subject, field: str) -> list[Word]:
        """Return what stands in the record of a field of what an interview calls `subject`."""
        found = self._known(subject)
        values = () if found is None else found.values(field)
        return [Word(each.value, each.agency, each.where, each.said_on) for each in values]

    def told(self, asked: Container[Target]) -> Case:
        """Return the record as it stands once these were asked, each answered with all it holds.

        As after an interview, save that the words of agencies which were overtaken are left out.
        """
        whole = self._family.whole
        known = {
            key: tuple(self._shown(each, asked) for each in listed or ())
            if listed is not None and Target(self.case.id, key) in asked
            else None
            for key, listed in self._listed.items()
        }
        pairs = [self._shown(each, asked) for each in self._family.collection("couples") or ()]
        if known["couples"] is None:
            # of those who are a couple as the parents of a child more can be said
            known["couples"] = tuple(each for each in pairs if _says_something(each)) or None
        judged = tuple(
            each
            for each in self.case.judgements
            if Target(each.subject or self.case.id, JUDGEMENT + each.rule) in asked
        )
        shown = self._shown(whole, asked, id=self.case.id, source=self.case.source)
        return shown.model_copy(update={**known, "judgements": judged, "accepted": ()})

    def costs(self, at: Target) -> int:
        """Return how many questions it is to ask for this: more than one where it is a list."""
        if at.subject != self.case.id or at.field not in LISTS:
            return 1
        return 1 + sum(
            1 + len(self._naming(at.field, each)) for each in self._listed[at.field] or ()
        )

    def _shown(self, subject: Subject, asked: Container[Target], **more: Any) -> Any:
        fields = subject_kinds()[subject.kind].fields
        key = subject_kinds()[subject.kind].plural
        naming = self._naming(key, subject) if key in LISTS else []
        names = {subject.id}
        if subject.kind == "couple":
            names.add("-and-".join(sorted(subject.entity.people)))
        said = {
            name: self._statements(subject, name)
            if name in naming or any(Target(each, name) in asked for each in names)
            else ()
            for name in fields
        }
        kept = {"id": subject.id, "source": None, **more}
        if subject.kind == "couple":
            kept["people"] = subject.entity.people
        return subject.entity.model_copy(update={**said, **kept})

    def _statements(self, subject: Subject, field: str) -> tuple[Statement[Any], ...]:
        found = self._said.get((subject, field))
        if found is None:
            found = self._said[subject, field] = tuple(
                Statement(each.value, each.agency, each.where, each.said_on)
                for each in subject.values(field)
            )
        return found

    def _naming(self, key: str, member: Subject) -> list[str]:
        """Return the fields that are asked for when a member of a list is told."""
        # who is born is no longer expected
        born = member.values("born") if key == "children" else ()
        return [field for field in named_by(key) if not (field == "expected" and born)]

    def _say(self, interview: Interview, step: Step) -> None:
        first, *others = self.words(interview.subject(step.at.subject), step.at.field) or [None]
        if first is None:
            interview.not_on_file("child's file")
            return
        interview.say(first)
        for word in others:
            interview.add_word(step.at, word)

    def _list(self, interview: Interview, key: str) -> None:
        listed = self._listed[key]
        if listed is None:
            interview.not_on_file("child's file")
        elif not listed:
            interview.no_members()
        else:
            for each in listed:
                self.took += 1
                interview.list_member(each.id, dict(self._told(key, each)))
            interview.all_listed()

    def _told(self, key: str, member: Subject) -> Iterator[tuple[str, Any]]:
        if key == "couples":
            yield "people", list(member.entity.people)
        for field in self._naming(key, member):
            self.took += 1
            if words := self.words(member, field):
                yield field, words

    def _judge(self, interview: Interview, step: Step) -> None:
        found = [
            each
            for each in self.case.judgements
            if each.rule == step.judged.id and (each.subject or self.case.id) == step.at.subject
        ]
        if not found:
            interview.not_on_file("child's file")
            return
        last = found[-1]
        interview.judge(last.answer, reason=last.reason, role=last.role, agency=last.agency)

    def _known(self, subject: Subject) -> Subject | None:
        """Return the same of this record; two people may be a couple here by another name."""
        if subject.kind == CASE:
            return self._family.whole
        of_kind = self._family.of_kind(subject.kind) or ()
        return next((each for each in of_kind if identity(each) == identity(subject)), None)


def identity(subject: Subject) -> object:
    """Return what a subject is known by: the two people of a couple, of any other its id."""
    return frozenset(subject.entity.people) if subject.kind == "couple" else subject.id


def verdict_names(review: Review) -> dict[tuple[str, object], str]:
    """Return a review's verdicts by rule and subject, whatever a couple is called."""
    couples = CaseSubjects(review.case, review.as_of).collection("couples") or ()
    pairs = {each.id: identity(each) for each in couples}
    return {
        (each.rule.id, pairs.get(each.subject.id, each.subject.id)): each.name
        for each in review.verdicts
    }


def _says_something(couple: Any) -> bool:
    return any(getattr(couple, name) for name in subject_kinds()["couple"].fields)


def _is_written(subject: Subject) -> bool:
    key = subject_kinds()[subject.kind].plural
    return any(each is subject.entity for each in getattr(subject.family.case, key) or ())
