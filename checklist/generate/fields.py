"""What a story leaves open: every field of the record that it does not set gets a likely value.

Driven by the record's own fields and their codes, so that a new field is filled in by itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from checklist.generate.draft import Draft, Part, iso
from checklist.generate.words import ANYTHING, LANGUAGES, TEXTS
from checklist.vocabulary import CASE, Field, subject_kinds

_Draw = Callable[[Draft, Part], Any]


class _Fill(NamedTuple):
    """How a field of a kind of subject is filled in.

    Only where `word` is so of the subject, or else where its `field` holds `value`.
    """

    name: str
    draw: _Draw | None
    word: str | None = None
    field: str | None = None
    value: str | None = None


class Filler:
    """Fills in the fields of subjects; made once for a cohort."""

    def __init__(self) -> None:
        kinds = subject_kinds()
        self.fields = {name: kind.fields for name, kind in kinds.items()}
        """The fields of each kind of subject by name, in the record's order."""
        self.sections = {key: kind.name for kind in kinds.values() for key in kind.listed_under[:1]}
        """The kind of subject by the key of the case file that lists such."""
        self.sections |= {"children": "child", "adults": "adult"}
        self._fills = {
            name: [_fill(name, field) for field in kind.fields.values()]
            for name, kind in kinds.items()
        }

    def fill(self, draft: Draft, part: Part) -> None:
        """Fill in what the story left open of one subject; of an event ahead that is nothing."""
        if part.ahead:
            return
        fields, so = part.fields, part.is_so
        for name, draw, word, field, value in self._fills[part.kind]:
            if (
                draw is None
                or name in fields
                or (word is not None and word not in so)
                or (field is not None and fields.get(field) != value)
            ):
                continue
            fields[name] = draw(draft, part)


def _fill(kind: str, field: Field) -> _Fill:
    only = _ONLY_WHERE.get((kind, field.name))
    if only == _TOLD or "worked out" in field.description:
        return _Fill(field.name, None)
    draw = _draw_of(field)
    if only is None:
        return _Fill(field.name, draw)
    if "=" in only:
        other, value = only.split("=")
        return _Fill(field.name, draw, None, other, value)
    return _Fill(field.name, draw, only)


def _draw_of(field: Field) -> _Draw:
    codes = field.codes
    match field.kind:
        case "code" if codes == ("yes", "no"):
            return _done if field.name not in _LIKELY else _likely(_LIKELY[field.name])
        case "code" if field.name in _WEIGHTS:
            weights = _WEIGHTS[field.name]
            return lambda draft, _: draft.chance.weighed(weights)
        case "code" if "not_offered" in codes:
            rest = tuple(code for code in codes if code != "not_offered")
            return lambda draft, _: draft.chance.one(rest) if draft.careful() else "not_offered"
        case "code":
            return lambda draft, _: draft.chance.one(codes)
        case "codes" if codes == _agencies():
            return lambda draft, _: draft.chance.some(draft.network, 0.15 + 0.82 * draft.care)
        case "codes" if field.name in _LIKELY:
            likely = _LIKELY[field.name]
            return lambda draft, _: draft.chance.some(codes, likely)
        case "codes":
            return lambda draft, _: draft.chance.some(codes, 0.1 + 0.88 * draft.care)
        case "number":
            return lambda draft, _: draft.chance.whole(0, 9)
        case "date":
            return _soon_after
        case "person":
            return lambda draft, _: draft.chance.one(draft.ids("adults"))
        case "people":
            return lambda draft, _: draft.chance.some(draft.ids("children"), 0.8)
        case "word":
            return lambda draft, _: draft.chance.one(LANGUAGES)
        case "text":
            texts = TEXTS.get(field.name, ANYTHING)
            return lambda draft, _: draft.chance.one(texts) if draft.careful(0.1) else None


def _agencies() -> tuple[str, ...]:
    return subject_kinds()["agency"].fields["agency"].codes


def _done(draft: Draft, _: Part) -> str:
    return "yes" if draft.careful() else "no"


def _likely(chance: float) -> _Draw:
    return lambda draft, _: "yes" if draft.chance.yes(chance) else "no"


def _soon_after(draft: Draft, part: Part) -> str:
    return iso(min(part.near + draft.chance.whole(0, 14), draft.today))


_TOLD: Final = "told by the story alone"
_LIKELY: Final[Mapping[str, float]] = {
    "presses_victim": 0.3,
    "engages_better_by": 0.3,
    "disruption": 0.16,
}
"""How likely a yes, or each code, is where that does not hang on how carefully people worked."""

_WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "invited": {"yes": 6, "no": 3, "decided_against": 1.5},
    "recorded_as": {"was_not_brought": 2, "did_not_attend": 1},
}
_ONLY_WHERE: Final[Mapping[tuple[str, str], str]] = {
    **{
        (CASE, field): only
        for field, only in {
            "technology_support": "can_get_online=no",
            "taken_back_on": _TOLD,
            "taken_back_answered_on": _TOLD,
        }.items()
    },
    **{
        ("child", field): only
        for field, only in {
            "first_language": _TOLD,
            "interpreter_needed": _TOLD,
            "interpreters_used": "interpreter",
            "exploitation_signs": _TOLD,
            "exploitation_considered": "signs",
            "birth_plan_on": _TOLD,
            "expected": _TOLD,
            "born": _TOLD,
            "health_needs": _TOLD,
            "health_needs_assessed": "health_needs",
            "universal_contacts": _TOLD,
            "views_recorded": "born",
        }.items()
    },
    **{
        ("adult", field): only
        for field, only in {
            "interpreters_used": "interpreter",
            "exploitation_considered": "signs",
            "partner": _TOLD,
            "not_invited_reason": "invited=decided_against",
            "not_invited_decided_by": "invited=decided_against",
            "engages_better_by": "parent",
            "not_engaging_explored": "engages=no",
            "advice_given": "with_baby",
            "own_childhood_considered": "parent",
            "offers_support": _TOLD,
            "presses_victim": "relative",
            "support_assessed": "offers",
            "mental_health_support": "mental_ill_health",
            "alternative_offered": "mental_health_support=declined",
            "substance_accounts_compared": "misuses",
            "substance_impact_assessed": "misuses",
            "substance_support": "misuses",
            "behaviour_work": "harsh",
            "own_needs_assessed": "young",
            "control_by_own_parents_explored": "young",
            "young_parent_support": "young",
            "healthy_relationships_work": "young",
            "child_at_risk_considered": "minor",
            "idva": "victim",
            "seen_alone": "victim",
            "safe_conversation": "victim",
            "pressure_explored": "victim",
            "honour_based_abuse_considered": "victim",
            "care_and_support_needs": _TOLD,
            "adult_safeguarding_considered": "care_and_support_needs",
            "statement_withdrawn": _TOLD,
            "statement_withdrawn_on": _TOLD,
            "refuge_asked": _TOLD,
            "refuge_asked_on": _TOLD,
            "refuge_moved_on": _TOLD,
            "disruption": "perpetrator",
            "other_children": _TOLD,
            "other_children_checked": "perpetrator",
            "other_children_assessed": "other_children",
            "lone_working_worry": _TOLD,
            "lone_working_worry_assessed": "lone_working_worry",
            "in_custody": _TOLD,
            "custody_used": "in_custody",
        }.items()
    },
    ("couple", "started"): _TOLD,
    ("couple", "age_gap_explored_for"): "gap",
    ("meeting", "repeat"): _TOLD,
    ("meeting", "section_47"): _TOLD,
    ("meeting", "conference_needed"): _TOLD,
    ("meeting", "plan_made"): _TOLD,
    ("meeting", "late_reason"): "late",
    ("assessment", "late_reason"): "late",
    ("tool", "reason"): "decided_against",
    ("tool", "decided_by"): "decided_against",
    ("tool", "used_in"): "used",
    ("tool", "contributors"): "used",
    ("plan", "open"): _TOLD,
    ("plan", "ended"): _TOLD,
    ("plan", "closing_reason"): "ended",
    ("plan", "change_verified"): "ended",
    ("plan", "closing_discussed"): "ended",
    ("plan", "birth_considered"): "ended",
    ("contact", "place"): _TOLD,
    ("contact", "seen"): _TOLD,
    ("contact", "seen_alone"): _TOLD,
    ("contact", "home_seen"): "home",
    ("contact", "bedroom_seen"): "home_seen=yes",
    ("contact", "access_gained"): _TOLD,
    ("contact", "welfare_check"): _TOLD,
    ("contact", "seen_afterwards_on"): _TOLD,
    ("appointment", "outcome"): _TOLD,
    ("appointment", "recorded_as"): "childs",
    ("appointment", "reason"): "missed",
    ("appointment", "followed_up"): "missed",
    ("appointment", "impact_considered"): "missed",
    ("incident", "referred_on"): _TOLD,
    ("incident", "acted_on"): _TOLD,
    ("incident", "home_damaged"): _TOLD,
    ("incident", "home_made_safe"): _TOLD,
    ("incident", "home_made_safe_on"): _TOLD,
    ("referral", "late_reason"): "late",
    ("order", "breach_acted_on"): "breached",
    ("disagreement", "outcome"): "escalated=yes",
    ("agency", "information_asked_on"): _TOLD,
    ("agency", "information_given_on"): _TOLD,
    ("agency", "knows_neglect_tool"): "gp",
}
"""Where a field is filled in at all: where a word is so of its subject, where another field that
stands before it holds a value, or nowhere but in the story. Other fields are filled in everywhere.
"""
