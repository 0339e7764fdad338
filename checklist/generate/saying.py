"""How a made-up record says what is so: plainly, by whom and where, in two ways, or not at all."""

import datetime
from typing import Any, Final

from checklist.generate.chance import Chance
from checklist.generate.draft import Draft, Part, iso
from checklist.generate.words import AGREED, ELSEWHERE, JUDGES, LANGUAGES, NOTES, WHERE
from checklist.values import NOT_KNOWN
from checklist.vocabulary import Field

TENTH: Final = frozenset(
    (
        *("kind", "date", "mode", "tool", "agency", "started", "ended"),
        *("born", "expected", "relation", "mother", "father"),
    )
)
"""What a thing is, when it was and who belongs to whom: left out and disagreed on a tenth as often,
since hardly any record is without it."""

_NAMED: Final = 0.07
_NOTED: Final = {"contact": 0.35, "meeting": 0.25, "appointment": 0.2}
"""How often a note stands with what has one at all."""

SETTLED: Final = 0.2
"""The share of the disagreements that the agencies have settled since."""


class Teller:
    """Writes down one case: what is left out and what is disagreed on have chances of their own.

    So the story of a case is the same, however much of it is silence or disagreement.
    """

    def __init__(self, draft: Draft, seed: str, silence: float, disagreement: float) -> None:
        self._draft = draft
        self._silent = Chance(f"{seed} silence").share
        self._disagreed = Chance(f"{seed} disagreement").share
        self._chance = Chance(f"{seed} words")
        self._silence = silence
        self._disagreement = disagreement
        self._kept = draft.shape.kept
        self.lead = "early_help" if draft.path == "early_help" else "childrens_social_care"

    def says_none(self) -> bool:
        """Return whether the record says of something that there is none, and is not silent."""
        return self._silent() >= self._silence

    def disagrees(self) -> bool:
        """Return whether the agencies see one more thing in two ways."""
        return self._disagreed() < self._disagreement

    def told(self, part: Part, fields: dict[str, Field]) -> dict[str, Any]:
        """Return what the record says of a subject, in the form of a case file."""
        told: dict[str, Any] = {}
        values = part.fields
        if "id" in values:
            told["id"] = values["id"]
        if "people" in values and part.kind == "couple":
            told["people"] = values["people"]
        silent, disagreed, chance = self._silent, self._disagreed, self._chance
        for name, field in fields.items():
            value = values.get(name)
            if value is None:
                continue
            left_out, in_two_ways = silent(), disagreed()
            if name in self._kept:
                told[name] = value
                continue
            share = 0.1 if name in TENTH else 1
            if left_out < self._silence * share:
                continue
            if in_two_ways < self._disagreement * share:
                other = self._contrary(field, value)
                if other is not None:
                    told[name] = self._in_two_ways(part, value, other)
                    continue
            told[name] = value if chance.share() >= _NAMED else self._named(part, value)
        if chance.share() < _NOTED.get(part.kind, 0):
            told["note"] = chance.one(NOTES)
        if part.source is not None:
            told["source"] = {"agency": part.source, "where": WHERE.get(part.source, ELSEWHERE)}
        return told

    def day(self) -> str:
        """Return a day of the story on which something could have been written down."""
        draft = self._draft
        return iso(self._chance.whole(draft.began, draft.today))

    def other_agency(self, than: str) -> str:
        """Return an agency of the case beside one."""
        others = [agency for agency in self._draft.network if agency != than]
        return self._chance.one(others) if others else "family"

    def _named(self, part: Part, value: Any) -> dict[str, Any]:
        agency = part.source or self.other_agency(self.lead)
        return {"value": value, "agency": agency, "where": WHERE.get(agency, ELSEWHERE)}

    def _in_two_ways(self, part: Part, value: Any, other: Any) -> list[dict[str, Any]]:
        chance = self._chance
        first = part.source or self.lead
        second = self.other_agency(first)
        words: list[dict[str, Any]] = [
            {
                "value": said,
                "agency": agency,
                "where": WHERE.get(agency, ELSEWHERE),
                "date": self.day(),
            }
            for said, agency in ((value, first), (other, second))
        ]
        if chance.share() < SETTLED:
            last = max(word["date"] for word in words)
            agreed = {"date": last, "role": chance.one(JUDGES), "reason": chance.one(AGREED)}
            words.append({"value": chance.one((value, other)), "agreed": agreed})
        return words

    def _contrary(self, field: Field, value: Any) -> Any:
        """Return another value that the field could hold, or None where there is no other."""
        draft, chance = self._draft, self._chance
        match field.kind:
            case "code":
                return chance.one([code for code in field.codes if code != value])
            case "codes":
                # housing is an agency and a concern too
                agencies = set(field.codes).issuperset(draft.network)
                ours = agencies and value and value[0] in draft.network
                known = draft.network if ours else field.codes
                return _one_less_or_more(chance, value, known)
            case "people":
                known = draft.ids("children")
                if field.name != "children":
                    known = [*known, *draft.ids("adults")]
                return _one_less_or_more(chance, value, known)
            case "person":
                return chance.one(
                    [name for name in (*draft.ids("adults"), NOT_KNOWN) if name != value]
                )
            case "date":
                day = datetime.date.fromisoformat(value).toordinal()
                moved = day + chance.one((-14, -7, -5, -2, -1, 1, 2, 5, 7, 14))
                return iso(moved if (moved > draft.today) == (day > draft.today) else day - 3)
            case "number":
                return value + 1
            case "word":
                return chance.one([word for word in ("English", *LANGUAGES) if word != value])
            case "text":
                return None


def _one_less_or_more(chance: Chance, value: list[str], known: Any) -> list[str]:
    more = [each for each in known if each not in value]
    if value and (not more or chance.yes(0.6)):
        less = list(value)
        del less[chance.whole(0, len(value) - 1)]
        return less
    return [*value, chance.one(more)]
