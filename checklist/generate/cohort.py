"""Made-up cases one after another, each from its own seed, as lines of JSON."""

import datetime
import json
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, Final

from checklist.generate.around import tell_around
from checklist.generate.chance import Chance
from checklist.generate.draft import Draft
from checklist.generate.family import tell_family
from checklist.generate.fields import Filler
from checklist.generate.points import Points, Told
from checklist.generate.saying import Teller
from checklist.generate.shapes import EVERY_KIND, Cohort
from checklist.generate.story import tell_story
from checklist.generate.trouble import tell_trouble
from checklist.generate.words import WHERE
from checklist.rule import Rule

FIRST_DAY, LAST_DAY = datetime.date(1980, 1, 1), datetime.date(2095, 12, 31)
"""The days on which a made-up record can be judged: all of its days are those of a calendar."""

AS_OF: Final = datetime.date(2025, 3, 31)
"""The day where nobody names one: always the same, so that the cases are."""

SILENCE, DISAGREEMENT = 0.15, 0.03
"""The shares where nobody names any."""

_BY_DAY: Final = frozenset(
    ("meetings", "assessments", "contacts", "appointments", "incidents", "referrals")
)
_near = attrgetter("near")
_AUTHORITIES: Final = ("east", "south", "west", "north")
_dumps = json.JSONEncoder(separators=(",", ":")).encode


class Maker:
    """Makes cases of one cohort: case `number` of a seed is the same, however many are made.

    `silence` is the share of what the story tells that the record leaves out, and `disagreement`
    the share of what it holds that a second agency recorded otherwise; both from 0 to 1.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        seed: int,
        cohort: Cohort = EVERY_KIND,
        *,
        silence: float = SILENCE,
        disagreement: float = DISAGREEMENT,
        as_of: datetime.date = AS_OF,
    ) -> None:
        self._points = Points(rules)
        self._filler = Filler()
        self._seed = seed
        self._cohort = cohort
        self._silence = silence
        self._disagreement = disagreement
        self._today = as_of.toordinal()
        self._as_of = as_of.isoformat()

    def lines(self, count: int) -> Iterator[str]:
        """Yield the first `count` cases of the seed, each a line of JSON without its end."""
        for number in range(1, count + 1):
            yield _dumps(self.case(number))

    def case(self, number: int) -> dict[str, Any]:
        """Return one case in the form of a case file; the first has the number 1."""
        seed = f"{self._seed}-{number}"
        chance = Chance(seed)
        cohort = self._cohort
        shape = cohort.chosen if chance.yes(cohort.chosen_share) else cohort.other
        draft = Draft(chance, shape, self._today)
        tell_family(draft)
        tell_story(draft)
        tell_trouble(draft)
        tell_around(draft)
        return self._written(draft, seed, number)

    def _written(self, draft: Draft, seed: str, number: int) -> dict[str, Any]:
        filler = self._filler
        teller = Teller(draft, seed, self._silence, self._disagreement)
        filler.fill(draft, draft.whole)
        case: dict[str, Any] = {
            "id": f"synthetic-{number:06d}",
            "about": f"Synthetic: made up by a program (seed {self._seed}), and about nobody.",
            "authority": draft.chance.one(_AUTHORITIES),
            "as_of": self._as_of,
            "source": {"agency": teller.lead, "where": WHERE[teller.lead]},
        }
        case |= teller.told(draft.whole, filler.fields["case"])
        told: Told = {}
        for section, kind in filler.sections.items():
            parts = draft.listed(section)
            if section in _BY_DAY:
                parts.sort(key=_near)
            for part in parts:
                filler.fill(draft, part)
            if parts:
                case[section] = told[section] = [
                    teller.told(part, filler.fields[kind]) for part in parts
                ]
            elif teller.says_none():
                case[section] = []
        self._points.add(case, told, draft, teller, seed)
        return case
