"""What in a text looks like personal data, which no case record should hold.

Used on what a person types, before it is kept; it warns and decides nothing. A warning that is
often wrong is soon ignored, so each pattern asks for a form that hardly anything else has. Not
found: a first name or a surname that stands alone, other titles ("PC"), initials ("Mr A"), a
title in an id ("mr-smith"), the first half of a postcode, a postcode in small letters without its
space, an address without its postcode, a number with a digit mistyped, and the telephone numbers
of helplines and organisations (03 and 08).
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple


class Found(NamedTuple):
    """One thing that looks like personal data: what it is in words, as it stands, and why not."""

    kind: str
    text: str
    why: str


def looks_personal(text: str) -> tuple[Found, ...]:
    """Return what looks like personal data, in the order of the text."""
    even = text.translate(_EVEN)
    places: list[tuple[int, int, _Sought]] = []
    for sought in _SOUGHT:
        for found in sought.pattern.finditer(even):
            start, end = found.span()
            taken = any(start < other_end and other < end for other, other_end, _ in places)
            if not taken and sought.confirmed(found):
                places.append((start, end, sought))
    return tuple(
        Found(sought.kind, text[start:end], sought.why)
        for start, end, sought in sorted(places, key=lambda place: place[0])
    )


# spaces, hyphens and apostrophes as word processors write them, one for one
_EVEN: Final = {
    **dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x09), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-"),
    0x2019: "'",
}


class _Sought(NamedTuple):
    """One kind of personal data: the form that it has, and what else must hold of what has it."""

    kind: str
    why: str
    pattern: re.Pattern[str]
    confirmed: Callable[[re.Match[str]], bool] = lambda _: True


# -- names -------------------------------------------------------------------------------------

# what follows a title, or "miss" or "MS" meant otherwise, and is no name
_NO_NAMES: Final = re.sub(
    r"\s+",
    "|",
    """
    a an and as at but by for from had has in is it no not of on or out said she he her his their
    they the this that to was we when who with after before
    monday tuesday wednesday thursday friday saturday sunday
    appointment appointments baby camhs child children clinic college contact family father gp
    health hospital idva letter letters marac meeting midwife mother nhs notes nursery parents plan
    police practice report reports review school sessions social surgery visit visits
    excel office outlook society teams word
    """.strip(),
)
_PARTICLES: Final = "(?:(?:van|von|der|den|de|del|di|la|le|al|el|bin|ibn) )*"
_NAME: Final = re.compile(
    r"(?<![\w'-])(?P<title>Mrs?|mrs?|MRS?|Ms|MS|Miss|Mx|MX|Dr|DR|Prof|PROF|Professor)"
    rf"(?P<stop>\. *| +){_PARTICLES}(?!(?i:{_NO_NAMES})\b)"
    r"(?P<name>[^\W\d_](?:[\w-]|'(?!s\b))+)(?: (?!M|Dr)[A-Z][a-z]+\b){0,2}"
)
_BEFORE_A_NOUN: Final = re.compile(r"\b(?:the|a|her|his|their|our|this|that|your|my) $", re.I)


def _is_name(found: re.Match[str]) -> bool:
    title, name = found["title"], found["name"]
    if name.isupper() and len(name) == 2:
        return False  # Mr AB hides a name
    if found["stop"].startswith(".") and _BEFORE_A_NOUN.search(found.string, 0, found.start()):
        return False  # she saw the Dr. Afterwards ...
    if title == "MS":
        return name.isupper()  # multiple sclerosis, Microsoft
    return name[0].isupper() or title in ("Mr", "Mrs", "mr", "mrs")


# -- numbers -----------------------------------------------------------------------------------


def _is_nhs_number(found: re.Match[str]) -> bool:
    from stdnum.gb import nhs  # only where ten digits stand together

    return nhs.is_valid(found[0]) and len(set(nhs.compact(found[0]))) > 1


def _is_upn(found: re.Match[str]) -> bool:
    from stdnum.gb import upn  # only where thirteen characters have the form

    # by its check letter alone: the library's list of local authorities ends in 2011
    number = upn.compact(found[0])
    return upn.calc_check_digit(number[1:]) == number[0]


def _is_national_insurance(found: re.Match[str]) -> bool:
    return found[0].isupper() or " " not in found[0]  # "by 12 10 20 a" is a date


def _is_telephone(found: re.Match[str]) -> bool:
    if found[0].startswith(("+", "0044")):
        return True
    first = re.split("[ ()-]+", found[0].lstrip("("))[0]
    return len(first) > 2  # two digits begin a date


# -- places ------------------------------------------------------------------------------------

_UNITS: Final = ("st", "nd", "rd", "th", "yr", "hr")


def _is_postcode(found: re.Match[str]) -> bool:
    code = found[0]
    return code.isupper() or (" " in code and not code.endswith(_UNITS))  # not "s47 2nd"


# in the order in which they are looked for: what one has found is not found by another
_SOUGHT: Final = (
    _Sought(
        "an e-mail address",
        "An address like this leads to a person; write the role instead.",
        re.compile(
            r"(?<![\w.%+'-])[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}"
            r"@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}"
        ),
    ),
    _Sought(
        "a telephone number",
        "A number like this leads to a person; keep it where the family's own file is kept.",
        re.compile(
            r"(?<![\w+./-])(?:(?:\+[1-9]|0044)(?:[ ()-]{0,3}[0-9]){8,13}"
            r"|\(?01[1-9](?:[ ()-]{0,2}[0-9]){7,8}|\(?0[27](?:[ ()-]{0,2}[0-9]){9})(?![\w/])"
        ),
        _is_telephone,
    ),
    _Sought(
        "an NHS number",
        "It names one person in every health record; write the pseudonym instead.",
        re.compile(r"(?<![0-9./])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])"),
        _is_nhs_number,
    ),
    _Sought(
        "a unique pupil number",
        "It names one child in every school record; write the pseudonym instead.",
        re.compile(
            r"(?<![A-Z0-9])[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z](?![A-Z0-9])", re.IGNORECASE
        ),
        _is_upn,
    ),
    _Sought(
        "a National Insurance number",
        "It names one person for life; write the pseudonym instead.",
        re.compile(  # HM Revenue and Customs, National Insurance Manual, NIM39110
            r"(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r" ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![A-Z0-9])",
            re.IGNORECASE,
        ),
        _is_national_insurance,
    ),
    _Sought(
        "a postcode",
        "It says where the family lives to within a few doors; leave it out.",
        re.compile(  # the forms that Royal Mail gives out, whole codes only
            r"(?<!\w)(?<!\w-)(?:GIR {0,2}0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}"
            r"|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
            r" {0,2}[0-9][ABD-HJLNP-UW-Z]{2})(?!\w)",
            re.IGNORECASE | re.ASCII,
        ),
        _is_postcode,
    ),
    _Sought(
        "a name",
        "A record holds no names; write the role or the pseudonym.",
        _NAME,
        _is_name,
    ),
)
