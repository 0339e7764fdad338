"""The cases that an audit is to look at: held against its criteria, and a sample of them drawn.

Plain data, for a renderer to show. Whether a case meets the criteria is `selection`'s business, and
which of them are drawn `sampling`'s.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from checklist.audit import Audit
from checklist.conditions import All, Condition
from checklist.criteria_reader import AtLeast
from checklist.record import Case
from checklist.review import Reviewer
from checklist.rule import Rule
from checklist.rulebook import Rulebook
from checklist.sampling import Candidate, draw
from checklist.selection import Answer, Belonging, belonging, of_a_case

FIELDS: Final = ("authority", "audit")
"""The fields of a case by which a sample can be drawn in equal numbers."""


class Considered(NamedTuple):
    """A case held against the criteria, and where its record stands.

    `by` holds the fields of `FIELDS` that it has, and `kinds` for each kind of which a sample has
    to hold some whether it is one; of a case that does not qualify that is not asked.
    """

    belonging: Belonging
    file: str
    line: int | None
    as_of: datetime.date
    by: Mapping[str, str]
    kinds: Mapping[str, Answer] = {}

    @property
    def id(self) -> str:
        """The case's id."""
        return self.belonging.case

    @property
    def qualifies(self) -> Answer:
        """Whether the case meets the criteria."""
        return self.belonging.qualifies


class Stratum(NamedTuple):
    """The cases with one value of the field by which a sample is drawn; `drawn` are the ids."""

    name: str
    qualify: int
    drawn: tuple[str, ...]


class Kind(NamedTuple):
    """How many cases of a kind were asked of a sample, how many there are and how many it holds.

    Among the cases that can be drawn there are `there`. `most` is how many a sample of these
    numbers can hold, counted no further than `asked`, and `unclear` the ids of those of which the
    record cannot tell it.
    """

    name: str
    asked: int
    there: int
    drawn: int
    most: int
    unclear: tuple[str, ...]


class Sample(NamedTuple):
    """A random sample of the cases that qualify, by id, and how to draw it again.

    `apart` are the ids of those that qualify and could not be drawn, since their record does not
    hold the field `by`. `again` is the command line, and `notes` say what it rests on besides.
    """

    asked: int
    seed: str
    drawn: tuple[str, ...]
    by: str | None = None
    strata: tuple[Stratum, ...] = ()
    kinds: tuple[Kind, ...] = ()
    apart: tuple[str, ...] = ()
    again: str = ""
    notes: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """In what the sample falls short of what was asked for, a sentence each."""
        return tuple(_lacks(self))


class Cohort(NamedTuple):
    """All cases held against criteria, by id, and the sample where one was asked for.

    `where` are the conditions added to those of the audit, as written.
    """

    audit: Audit | None
    where: tuple[str, ...]
    cases: tuple[Considered, ...]
    sample: Sample | None = None

    def those(self, answer: Answer) -> list[Considered]:
        """Return the cases with one answer to whether they qualify."""
        return [each for each in self.cases if each.qualifies == answer]

    @property
    def chosen(self) -> list[Considered]:
        """The cases to look at: those drawn, or without a sample all that qualify."""
        if self.sample is None:
            return self.those("yes")
        return [each for each in self.cases if each.id in self.sample.drawn]


class Chooser:
    """Holds cases against the criteria of an audit, of further conditions, or of both."""

    def __init__(
        self,
        rulebook: Rulebook,
        audit: Audit | None,
        where: Sequence[Condition],
        at_least: Sequence[AtLeast] = (),
    ) -> None:
        selection = () if audit is None or audit.selection is None else (audit.selection.qualifies,)
        self._criteria = of_a_case("criteria", All((*selection, *where)))
        self._kinds: dict[str, Rule] = {
            each.name: of_a_case(f"at least {each.name}", each.condition) for each in at_least
        }
        self._reviewer = Reviewer(rulebook, [self._criteria, *self._kinds.values()])

    def consider(
        self, case: Case, as_of: datetime.date, file: str, line: int | None = None
    ) -> Considered:
        """Return a case held against the criteria as its record stood on the day `as_of`.

        Raises BadInput where working days cannot be counted.
        """
        found = belonging(self._reviewer, self._criteria, case, as_of)
        kinds = {}
        if found.qualifies == "yes":
            kinds = {
                name: belonging(self._reviewer, rule, case, as_of).qualifies
                for name, rule in self._kinds.items()
            }
        by = {name: value for name in FIELDS if (value := getattr(case, name)) is not None}
        return Considered(found, file, line, as_of, by, kinds)


def take_sample(
    considered: Sequence[Considered],
    number: int,
    seed: str,
    by: str | None = None,
    at_least: Mapping[str, int] | None = None,
) -> Sample:
    """Return a random sample of the cases that qualify.

    `by` is one of `FIELDS`: its values give equal numbers, as `sampling.draw` says. `at_least` is
    how many of the sample have to be of a kind. A case whose record does not hold the field is not
    drawn: to count it to any of the values, or to one of its own, would be a guess.
    """
    asked = at_least or {}
    qualify = [each for each in considered if each.qualifies == "yes"]
    can_be_drawn = [each for each in qualify if by is None or by in each.by]
    found = draw(
        (
            Candidate(
                each.id,
                "" if by is None else each.by[by],
                frozenset(name for name, answer in each.kinds.items() if answer == "yes"),
            )
            for each in can_be_drawn
        ),
        number,
        seed,
        asked,
    )
    strata = () if by is None else _strata(can_be_drawn, by, found.ids)
    kinds = tuple(
        _kind(name, wanted, found.most[name], can_be_drawn, found.ids)
        for name, wanted in asked.items()
    )
    apart = tuple(sorted(each.id for each in qualify if by is not None and by not in each.by))
    return Sample(number, seed, found.ids, by, strata, kinds, apart)


def _strata(cases: Sequence[Considered], by: str, drawn: Sequence[str]) -> tuple[Stratum, ...]:
    found: dict[str, list[str]] = {}
    for each in cases:
        found.setdefault(each.by[by], []).append(each.id)
    return tuple(
        Stratum(name, len(ids), tuple(sorted(set(ids).intersection(drawn))))
        for name, ids in sorted(found.items())
    )


def _kind(
    name: str, asked: int, most: int, cases: Sequence[Considered], drawn: Sequence[str]
) -> Kind:
    of_kind = {each.id for each in cases if each.kinds[name] == "yes"}
    unclear = sorted(each.id for each in cases if each.kinds[name] not in ("yes", "no"))
    return Kind(name, asked, len(of_kind), len(of_kind.intersection(drawn)), most, tuple(unclear))


def _lacks(sample: Sample) -> list[str]:
    found = []
    if len(sample.drawn) < sample.asked:
        named = "" if sample.by is None else f" and name their {sample.by}"
        found.append(
            f"{_cases(sample.asked)} asked for, and only {len(sample.drawn)} can be drawn: no more "
            f"qualify{named}."
        )
    for kind in sample.kinds:
        if kind.most == kind.asked:
            continue
        asked = f"At least {kind.asked} {kind.name} were asked for, and "
        if kind.there <= kind.most:
            are = "is" if kind.there == 1 else "are"
            found.append(f"{asked}{kind.there} of the cases that can be drawn {are} such.")
        else:
            numbers = "this number" if sample.by is None else f"equal numbers by {sample.by}"
            found.append(f"{asked}with {numbers} a sample can hold no more than {kind.most}.")
    return found


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"
