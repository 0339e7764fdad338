"""What people add to a made-up record about rules: judgements of a point, and accepted gaps."""

from collections.abc import Iterable
from typing import Any as Anything

from checklist.conditions import All, Any, Atom, Condition, Equals, In, Includes, Named, parts_of
from checklist.generate.chance import Chance
from checklist.generate.draft import Draft, iso
from checklist.generate.saying import Teller
from checklist.generate.words import ACCEPTED, JUDGED, JUDGES
from checklist.rule import Rule
from checklist.vocabulary import CASE, subject_kinds

_JUDGED = 0.55
_ACCEPTS = 0.3
_ELSE = {"yes": "no", "no": "yes"}

Told = dict[str, list[dict[str, Anything]]]
"""What a record says of the subjects under each key of a case file."""


class Points:
    """The rules on which a made-up record holds a person's word; made once for a cohort."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        kinds = subject_kinds()
        self._judged: list[tuple[str, tuple[str, ...]]] = []
        self._asked: list[tuple[Rule, tuple[str, ...], tuple[str, ...]]] = []
        for rule in rules:
            kind = kinds[rule.for_each]
            if rule.judge is not None:
                self._judged.append((rule.id, kind.listed_under))
            # only what a rule asks of its subject itself, and not of others or by way of a term
            asked = (rule.expects, *parts_of(rule.expects))
            own = tuple(each.field.name for each in asked if isinstance(each, Atom))
            if own and rule.judge is None and rule.for_each not in (CASE, "couple"):
                self._asked.append((rule, kind.listed_under, own))

    def add(
        self, case: dict[str, Anything], told: Told, draft: Draft, teller: Teller, seed: str
    ) -> None:
        """Add judgements and, to some cases, an accepted gap."""
        chance = Chance(f"{seed} points")
        judgements = []
        for rule, sections in self._judged:
            for subject in self._subjects(sections, told):
                if not chance.yes(_JUDGED):
                    continue
                answer = "yes" if chance.yes(draft.care) else "no"
                judgements.append(_judgement(chance, rule, subject, answer, teller))
                if teller.disagrees():
                    other = _judgement(chance, rule, subject, _ELSE[answer], teller)
                    judgements[-1]["agency"] = teller.lead
                    other["agency"] = teller.other_agency(teller.lead)
                    judgements.append(other)
        if chance.yes(_ACCEPTS):
            self._accept(case, told, draft, chance)
        if judgements:
            case["judgements"] = judgements

    def _subjects(self, sections: tuple[str, ...], told: Told) -> list[str | None]:
        if not sections:
            return [None]
        return [each["id"] for key in sections for each in told.get(key, ()) if "id" in each]

    def _accept(self, case: dict[str, Anything], told: Told, draft: Draft, chance: Chance) -> None:
        """Accept something that the record says was not done and that a rule asks for."""
        candidates = [
            (rule.id, key, each)
            for rule, sections, fields in self._asked
            for key in sections
            for each in told.get(key, ())
            for field in fields
            if each.get(field) in ("no", "not_offered", []) and _applies(rule.applies, each)
        ]
        if not candidates:
            return
        rule, key, subject = chance.one(candidates)
        if "id" not in subject:
            subject["id"] = f"{key}-{told[key].index(subject) + 1}"
        day = chance.whole(draft.began, draft.today)
        case["accepted"] = [
            {
                "rule": rule,
                "subject": subject["id"],
                "reason": chance.one(ACCEPTED),
                "role": chance.one(JUDGES),
                "date": iso(day),
                # most are still to be reviewed; what was accepted long ago may have lapsed
                "review": iso(day + chance.one((60, 120, 365, 500))),
            }
        ]


def _applies(condition: Condition, subject: dict[str, Anything]) -> bool:
    """Return whether what a file plainly says of a subject is enough for a condition to be true.

    Of anything but plain values of its own it is not: the engine alone can tell.
    """
    match condition:
        case All(parts):
            return all(_applies(part, subject) for part in parts)
        case Any(parts):
            return any(_applies(part, subject) for part in parts)
        case Named(_, yes_when):
            return _applies(yes_when, subject)
        case Atom(field, Equals(value)):
            return bool(subject.get(field.name) == value)
        case Atom(field, In(values)):
            return any(subject.get(field.name) == value for value in values)
        case Atom(field, Includes(codes)):
            held = subject.get(field.name)
            return isinstance(held, list) and all(code in held for code in codes)
        case _:
            return False


def _judgement(
    chance: Chance, rule: str, subject: str | None, answer: str, teller: Teller
) -> dict[str, Anything]:
    judgement = {
        "rule": rule,
        "answer": answer,
        "reason": chance.one(JUDGED[answer]),
        "role": chance.one(JUDGES),
        "date": teller.day(),
    }
    if subject is not None:
        judgement["subject"] = subject
    return judgement
