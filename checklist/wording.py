"""Codes, dates and tests said in plain words."""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import Any as Anything
from typing import Final, Literal, NamedTuple

from checklist.conditions import (
    CASE_STEP,
    THIS,
    After,
    Apart,
    AsOf,
    AtLeast,
    AtMost,
    Before,
    Counted,
    DateField,
    Equals,
    In,
    Includes,
    IncludesThis,
    IsRecorded,
    Moment,
    Test,
    Timescale,
    Within,
    WithinTimescale,
)
from checklist.truth import Truth
from checklist.values import NOT_KNOWN, Kind
from checklist.vocabulary import JUDGEMENT, Field, subject_kinds

_CAPITALS: Final = {
    "gp": "GP",
    "gcp2": "GCP2",
    "gcp2_antenatal": "antenatal GCP2",
    "dash": "DASH",
    "marac": "MARAC",
    "idva": "IDVA",
    "camhs": "CAMHS",
    "childrens_social_care": "children's social care",
    "honour_based_abuse": "honour-based abuse",
    "non_molestation_order": "non-molestation order",
    "honour_based_abuse_considered": "honour-based abuse considered",
    "childrens_centre": "children's centre",
    "pre_birth": "pre-birth",
    "pre_birth_conference": "pre-birth conference",
    "initial_conference": "initial child protection conference",
    "review_conference": "review child protection conference",
    "team_around_family": "team around the family",
    "neonatal": "neonatal unit",
    NOT_KNOWN: "not known",
}


class FieldWords(NamedTuple):
    """How a sentence speaks of a field; `{who}` stands for whom or what it is a field of.

    `noun` names it, and `many` says that the noun is one of several. `holds` and `fails` say that
    it has the value `{value}` and that it has not; of a field that is yes or no, that it is so and
    that it is not. `articles` says that its values are things with an article, such as "the GP".
    """

    noun: str
    holds: str
    fails: str
    unit: str = ""
    many: bool = False
    articles: bool = False


def _list(noun: str) -> FieldWords:
    holds, fails = f"{noun} include {{value}}", f"{noun} do not include {{value}}"
    return FieldWords(noun, holds, fails, many=True, articles=True)


def _value(noun: str, unit: str = "") -> FieldWords:
    return FieldWords(noun, f"{noun} is {{value}}", f"{noun} is not {{value}}", unit)


_FIELDS: Final = {
    "concerns": _list("the concerns found"),
    "next_conference": _value("the next conference"),
    "born": _value("the date of birth of {who}"),
    "age_years": _value("the age of {who}", "years"),
    "unborn": FieldWords("whether {who} is born", "{who} is not yet born", "{who} has been born"),
    "first_language": _value("the first language of {who}"),
    "interpreter_needed": FieldWords(
        "whether {who} needs an interpreter",
        "{who} needs an interpreter",
        "{who} needs no interpreter",
    ),
    "interpreters_used": _list("those who interpreted for {who}"),
    "expected": _value("the due date of {who}"),
    "mother": _value("the mother of {who}"),
    "father": _value("the father of {who}"),
    "partner": _value("the partner of {who}"),
    "relation": _value("the relation of {who} to the children"),
    "in_household": FieldWords(
        "whether {who} lives with the children",
        "{who} lives with the children",
        "{who} does not live with the children",
    ),
    "assessed": FieldWords(
        "whether an assessment looked at {who} as a parent or carer",
        "an assessment looked at {who} as a parent or carer",
        "no assessment looked at {who} as a parent or carer",
    ),
    "spoken_to": FieldWords(
        "whether a worker spoke to {who}",
        "a worker spoke to {who}",
        "no worker spoke to {who}",
    ),
    "adult.invited": FieldWords(
        "whether {who} was invited to the meetings about the children",
        "{who} was invited to the meetings about the children",
        "{who} was not invited to the meetings about the children",
    ),
    "started": _value("the start of {who}"),
    "ended": _value("the end of {who}"),
    "couple.started": _value("the start of the relationship of {who}"),
    "age_gap_years": _value("the age gap of {who}", "years"),
    "younger_age_at_start": _value(
        "the age of the younger of {who} when the relationship began", "years"
    ),
    "younger_age_at_pregnancy": _value(
        "the age of the younger of {who} when their first pregnancy began", "years"
    ),
    "age_gap_explored_for": FieldWords(
        "what the age gap of {who} was explored for",
        "the age gap of {who} was explored for {value}",
        "the age gap of {who} was not explored for {value}",
    ),
    "kind": FieldWords(
        "the kind of {who}", "{who} is of the kind {value}", "{who} is not of the kind {value}"
    ),
    "date": _value("the date of {who}"),
    "invited": _list("those invited to {who}"),
    "attended": _list("those who came to {who}"),
    "minutes_sent_to": _list("those sent the minutes of {who}"),
    "state": FieldWords(
        "the state of {who}",
        "{who} is recorded as {value}",
        "{who} is recorded as other than {value}",
    ),
    "covers": FieldWords(
        "whom {who} looks at", "{who} looks at {value}", "{who} does not look at {value}"
    ),
    "contributors": _list("those who took part in {who}"),
    "tool": FieldWords(
        "which tool it is", "{who} is {value}", "{who} is not {value}", articles=True
    ),
    "reason": _value("a reason"),
    "decided_by": _value("the role of the person who decided"),
    "used_in": FieldWords(
        "what {who} was used in",
        "{who} was used in {value}",
        "{who} was not used in {value}",
    ),
    "protects": FieldWords(
        "whom {who} protects", "{who} protects {value}", "{who} does not protect {value}"
    ),
    "on_file_of": FieldWords(
        "on whose file {who} is",
        "{who} is on the file of {value}",
        "{who} is not on the file of {value}",
    ),
    "categories": _list("the categories of {who}"),
    "children": FieldWords(
        "the children {who} is for", "{who} is for {value}", "{who} is not for {value}", many=True
    ),
}

_ARTICLES: Final = {
    **dict.fromkeys(
        ("college", "family", "gp", "hospital", "idva", "marac", "nursery", "police", "refuge",
         "school", "childrens_centre", "family_hub", "neonatal", "interpreting_service",
         "voluntary_sector", "substance_misuse_service", "gcp2", "gcp2_antenatal",
         "neglect_toolkit", "dash"),
        "the",
    ),
    **dict.fromkeys(("professional", "family_member"), "a"),
}  # fmt: skip

YES_AND_NO: Final = ("yes", "no")

TruthName = Literal["yes", "no", "records disagree", "not recorded"]
TRUTHS: Final[dict[Truth, TruthName]] = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.BOTH: "records disagree",
    Truth.NEITHER: "not recorded",
}
"""What a reader is told of a condition's value."""

_PEOPLE: Final = {"family_member": "the person", "child": "the child", "adult": "the adult"}


def of_field(field: Field) -> FieldWords:
    """Return how a sentence speaks of a field."""
    for key in (*(f"{kind}.{field.name}" for kind in _kinds_with(field)), field.name):
        if key in _FIELDS:
            return _FIELDS[key]
    if field.name.startswith(JUDGEMENT):
        return FieldWords("a person's judgement", "a person judged it so", "a person judged not so")
    # the description of the field in the case record, without what explains how to write it
    said = field.description.partition(";")[0].partition(":")[0].partition(" (worked")[0]
    noun = said or f"the {word(field.name)} of {{who}}"
    if field.codes == YES_AND_NO:
        if not noun.startswith("whether "):
            return FieldWords(noun, f"{noun} is yes", f"{noun} is no")
        that = noun.removeprefix("whether ")
        return FieldWords(noun, f"the record says that {that}", f"the record denies that {that}")
    return _list(noun) if field.kind in ("codes", "people") else _value(noun)


def subject(kind: str) -> str:
    """Return what a sentence calls a subject of a kind, such as "the meeting"."""
    return _PEOPLE.get(kind) or f"the {word(kind)}"


def pronoun(kind: str) -> str:
    """Return what a sentence calls a subject of a kind that it has just named."""
    return subject(kind) if kind in _PEOPLE or kind == "couple" else "it"


def stand_in(field: Field) -> str:
    """Return what a sentence calls the subject of a field where nothing has named it."""
    kinds = _kinds_with(field)
    return subject(kinds[0]) if kinds and kinds[0] in _PEOPLE else "it"


def person(step: str, who: str | None) -> str:
    """Return what a sentence calls the person whose id a field of `who` holds."""
    known = _FIELDS.get(step)
    noun = known.noun if known else f"the {word(step)} of {{who}}"
    return noun.format(who=who) if who else noun.replace(" of {who}", "")


def wanted(tested: Equals | In | Includes | IncludesThis, field: Field) -> str:
    """Return the values that a test of a field asks for, as a sentence holds them."""
    words = of_field(field)

    def say(found: Anything) -> str:
        if field.kind == "number":
            return quantity(found, words.unit)
        said = value(found, "code" if field.kind == "codes" else field.kind)
        return with_article(found) if words.articles and found in _ARTICLES else said

    match tested:
        case Equals(one):
            return say(one)
        case In(several):
            return listed(map(say, several), "or")
        case Includes(codes):
            return listed(map(say, codes))
        case IncludesThis(this):
            return f"this {word(this)}"


@cache
def _kinds_with(field: Field) -> tuple[str, ...]:
    """Return the kinds of subject that have a field, the widest first."""
    kinds = [kind.name for kind in subject_kinds().values() if kind.fields.get(field.name) == field]
    return tuple(sorted(kinds, key=lambda kind: kind != "family_member"))


def word(code: str) -> str:
    """Return a code in words: `health_visiting` as "health visiting", `gp` as "GP"."""
    return _CAPITALS.get(code) or code.replace("_", " ")


def with_article(code: str) -> str:
    """Return a code in words, with an article where a sentence needs one."""
    return f"{_ARTICLES[code]} {word(code)}" if code in _ARTICLES else word(code)


def name(pseudonym: str) -> str:
    """Return a person's pseudonym as it is said: `unborn-baby` as "unborn baby"."""
    return pseudonym.replace("-", " ").replace("_", " ")


def day(date: datetime.date) -> str:
    """Return a date as "8 Jan 2021"."""
    return f"{date.day} {date:%b} {date.year}"


def month(year_and_month: str) -> str:
    """Return `2021-03` as "Mar 2021"; anything else as it is."""
    try:
        return f"{datetime.date.fromisoformat(f'{year_and_month}-01'):%b %Y}"
    except ValueError:
        return year_and_month


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as "a, b and c"."""
    *others, final = list(words) or [""]
    return f"{', '.join(others)} {last} {final}" if others else final


def value(found: Anything, kind: Kind = "code") -> str:
    """Return a recorded value of a kind in words; an empty list is "none"."""
    if isinstance(found, datetime.date):
        return day(found)
    if kind in ("codes", "people"):
        say = word if kind == "codes" else name
        return listed(sorted(map(say, found))) if found else "none"
    if kind == "person":
        return word(found) if found == NOT_KNOWN else name(found)
    return word(found) if kind == "code" else str(found)


def test(tested: Test, kind: Kind) -> str:
    """Return a test of a field of a kind in words that follow its name, such as "includes GP"."""
    match tested:
        case Equals(wanted):
            return value(wanted, kind)
        case In(wanted):
            return listed([value(each, kind) for each in wanted], "or")
        case Includes(codes):
            return f"includes {listed([word(code) for code in codes])}"
        case IncludesThis(this):
            return f"includes this {word(this)}"
        case AtLeast(number):
            return f"{number} or more"
        case AtMost(number):
            return f"{number} or less"
        case Before(moment):
            return f"before {when(moment)}"
        case After(moment):
            return f"after {when(moment)}"
        case Within() | WithinTimescale() | Apart():
            return period(tested)
        case IsRecorded():
            return "recorded"


def period(counted: Counted, who: str | None = None) -> str:
    """Return a period in words, such as "within 6 weeks before the date of the meeting"."""
    how = "at least" if isinstance(counted, Apart) else "within"
    return f"{how} {length(counted)} {when(counted.moment, who)}"


def length(counted: Counted) -> str:
    """Return how long a period is and which way it counts, such as "6 weeks before"."""
    if isinstance(counted, WithinTimescale):
        return f"{allowed(counted.timescale)} after"
    return f"{quantity(counted.number, counted.unit)} {counted.direction}"


def allowed(timescale: Timescale) -> str:
    """Return the number of each edition that changed it: "9 days (from 1 May 2030 on 8 days)"."""
    said = ""
    for edition in timescale.editions:
        number = quantity(edition.number, edition.unit)
        if not said:
            said = last = number
        elif number != last:
            said += f" (from {day(edition.in_force_from)} on {number})"
            last = number
    return said


def quantity(number: int, unit: str) -> str:
    """Return a number of a unit in words: `working_days` as "15 working days"."""
    words = unit.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == 1 else words}".rstrip()


def amount(found: int | str, unit: str | None = None) -> str:
    """Return a local setting's value in words: `gcp2` as "GCP2", 6 of `weeks` as "6 weeks"."""
    return word(found) if isinstance(found, str) else quantity(found, unit or "")


def when(moment: Moment, who: str | None = None) -> str:
    """Return a moment in words; a date field is that of `who`, or of nothing in particular."""
    match moment:
        case AsOf():
            return "the day the record is looked at"
        case DateField(steps, field):
            for step in steps:
                if step.startswith(THIS):
                    who = f"this {word(step.removeprefix(THIS))}"
                    continue
                who = subject(step) if step == CASE_STEP else person(step, who)
            noun = of_field(field).noun
            return noun.format(who=who) if who else noun.replace(" of {who}", "")
        case _:
            return day(moment)


def sentence(words: str) -> str:
    """Return words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def neutral(text: str, for_each: str) -> str:
    """Return a rule's text with what it names of one subject said of any, such as "the meeting"."""

    def of_any(found: re.Match[str]) -> str:
        name = found[1]
        return subject(for_each) if name == "subject" else word(name)

    return sentence(re.sub(r"\{(\w+)\}", of_any, text))


def field_name(path: str) -> str:
    """Return a field's path in words: `father.spoken_to` as "father: spoken to"."""
    steps = (step.partition("/")[0] for step in path.split(".") if step != CASE_STEP)
    return ": ".join(map(word, steps))


def day_count(days: int) -> str:
    """Return a number of days as "today", "1 day left", "3 days ago"."""
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"{days} {unit} left" if days > 0 else f"{-days} {unit} ago"
