"""What the rules cover and which published numbers they reproduce: on the screen and as JSON."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.audit import WORDS, Audit, Published
from checklist.coverage import Coverage, CoveredAudit, CoveredPoint
from checklist.published import Counted, Reproduced
from checklist.render.terminal import print_text
from checklist.rule import Rule
from checklist.selection import Belonging
from checklist.text import escape_controls, harmless

_ASKED: Final = ("cohort", "board")


def print_coverage(coverage: Coverage, console: Console) -> None:
    """Print each learning point with its rules or its question, and what has neither."""
    for number, audit in enumerate(coverage.audits):
        if number:
            console.print()
        _print_audit(audit, console)
    _print_rules("Rules learned from other sources", coverage.from_elsewhere, console)
    _print_rules("UNCOVERED: rules that name no source", coverage.unsourced, console)
    uncovered = [point.id for point in coverage.uncovered]
    if uncovered:
        _heading(console, f"UNCOVERED: {_points(len(uncovered))}")
        _say(console, ", ".join(uncovered), 2)
    if len(coverage.audits) > 1:
        console.print()
        _say(console, _summary([point for audit in coverage.audits for point in audit.points]))


def print_reproduced(reproduced: Sequence[Reproduced], console: Console) -> None:
    """Print each audit's cases and numbers beside what is found on case records."""
    for number, each in enumerate(reproduced):
        if number:
            console.print()
        _print_reproduced(each, console)
    if any(counted.published.word for each in reproduced for counted in each.counted):
        console.print()
        _say(
            console,
            "What a word is taken to mean is our own reading: no audit says it.",
            style="dim",
        )


def coverage_json(coverage: Coverage) -> str:
    """Return what the rules cover as JSON."""
    return _json(
        {
            "audits": [
                {**_audit_data(each.audit), "points": [_point_data(point) for point in each.points]}
                for each in coverage.audits
            ],
            "rules_from_other_sources": [
                {"rule": rule.id, "source": rule.source} for rule in coverage.from_elsewhere
            ],
            "rules_without_a_source": [rule.id for rule in coverage.unsourced],
            "uncovered": [point.id for point in coverage.uncovered],
            "without_a_rule": [point.id for point in coverage.without_a_rule],
        }
    )


def reproduced_json(reproduced: Sequence[Reproduced]) -> str:
    """Return the published numbers beside those found as JSON."""
    return _json({"audits": [_reproduced_data(each) for each in reproduced]})


# -- coverage ----------------------------------------------------------------------------------


def _print_audit(covered: CoveredAudit, console: Console) -> None:
    _title(console, covered.audit)
    _say(console, _summary(covered.points))
    for section, points in groupby(covered.points, key=lambda each: each.point.section):
        _heading(console, wording.sentence(section))
        for point in points:
            _print_point(point, console)


def _print_point(covered: CoveredPoint, console: Console) -> None:
    point = covered.point
    strength = " (working well)" if point.strength else ""
    _say(console, f"{point.id} {point.says}{strength}", 2)
    if covered.rules:
        _say(console, f"Rules: {', '.join(rule.id for rule in covered.rules)}", 4)
    if not covered.covered:
        _say(console, "UNCOVERED: no rule, and no question for a cohort or a board", 4, "bold red")
    elif covered.could_have_a_rule:
        _say(console, "No rule yet, though a case record can answer it too", 4)
    asked = [f"a {each}" for each in point.answered_by if each in _ASKED]
    if asked:
        _say(console, f"Ask {wording.listed(asked, 'or')}: {point.question}", 4)
        _say(console, f"Screening: {point.screening}", 4)


def _summary(points: Sequence[CoveredPoint]) -> str:
    with_rules = sum(bool(each.rules) for each in points)
    asked = [each for each in points if each.covered and not each.rules]
    also = sum(each.could_have_a_rule for each in asked)
    return (
        f"{_points(len(points))}: {with_rules} with rules; {len(asked)} as questions for a cohort "
        f"or a board, of which a case record can answer {also or 'none'} too; "
        f"{len(points) - with_rules - len(asked)} uncovered."
    )


def _points(number: int) -> str:
    return f"{number} learning point{'' if number == 1 else 's'}"


def _print_rules(heading: str, rules: Sequence[Rule], console: Console) -> None:
    if not rules:
        return
    _heading(console, heading)
    for rule in rules:
        _say(console, f"{rule.id}: {rule.source}" if rule.source else rule.id, 2)


def _point_data(covered: CoveredPoint) -> dict[str, Any]:
    point = covered.point
    return {
        "point": point.id,
        "section": point.section,
        "says": point.says,
        "strength": point.strength,
        "answered_by": list(point.answered_by),
        "rules": [rule.id for rule in covered.rules],
        "question": point.question,
        "screening": point.screening,
        "covered": covered.covered,
    }


# -- published numbers -------------------------------------------------------------------------


def _print_reproduced(reproduced: Reproduced, console: Console) -> None:
    audit = reproduced.audit
    _title(console, audit)
    if audit.selection is not None:
        _say(console, f"How its cases were chosen: {audit.selection.says}")
    looked_at = "" if audit.cases is None else f"{_looked_at(audit, audit.cases)}; "
    belong = "belongs" if len(reproduced.belonging) == 1 else "belong"
    qualify = "qualifies" if reproduced.qualifying == 1 else "qualify"
    found = f"{_cases(len(reproduced.belonging))} {belong} to it, {reproduced.qualifying} {qualify}"
    tag = _tag(reproduced.as_many_cases)
    _say(console, f"{tag + ' ' if tag else ''}{looked_at}{found}.")
    for each in reproduced.belonging:
        if each.qualifies != "yes":
            _say(console, f"{each.case}: {_not_qualifying(each)}", 2)
    said = [each.reproduced for each in reproduced.counted]
    counts = f"{said.count(True)} reproduced, {said.count(False)} not"
    _say(console, f"Numbers published: {len(said)}; {counts}, {said.count(None)} not counted yet.")
    for counted in reproduced.counted:
        _print_counted(counted, console)


def _print_counted(counted: Counted, console: Console) -> None:
    number = counted.published
    console.print()
    style = {True: "green", False: "bold red", None: "dim"}[counted.reproduced]
    text = Text(f"{_tag(counted.reproduced) or 'NOT COUNTED'} ", style)
    text.append(harmless(wording.sentence(number.says)))
    print_text(console, text)
    found = (
        counted.why_not if counted.found is None else f"found: {len(counted.found)} of {counted.of}"
    )
    published = f"Published ({', '.join(number.points)}): {_published(number)}; {found}"
    _say(console, published, 2)
    if counted.found:
        _say(console, f"Found in: {', '.join(counted.found)}", 2)
    if counted.unclear:
        _say(console, f"The record cannot tell: {', '.join(counted.unclear)}", 2)


def _not_qualifying(each: Belonging) -> str:
    why = " ".join(each.why)
    match each.qualifies:
        case "no":
            return f"does not qualify: {why}"
        case "disputed":
            return f"the records disagree on whether it qualifies: {why}"
        case "not recorded":
            return f"the record cannot tell whether it qualifies. Ask: {why}"
        case _:
            return why


def _published(number: Published) -> str:
    if number.word is None:
        return f"{number.exactly} of {number.of}"
    return f"{wording.word(number.word)} of {number.of} ({WORDS[number.word]})"


def _looked_at(audit: Audit, cases: int) -> str:
    more = []
    if audit.authorities is not None:
        more.append(f"local authorities: {audit.authorities}")
    if audit.repeats is not None:
        more.append(f"repeat cases: {audit.repeats}")
    said = f" ({', '.join(more)})" if more else ""
    return f"{_cases(cases)} published{said}"


def _tag(reproduced: bool | None) -> str:
    if reproduced is None:
        return ""
    return "REPRODUCED" if reproduced else "NOT REPRODUCED"


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"


def _reproduced_data(reproduced: Reproduced) -> dict[str, Any]:
    audit = reproduced.audit
    return {
        **_audit_data(audit),
        "selection": None if audit.selection is None else audit.selection.says,
        "cases": audit.cases,
        "authorities": audit.authorities,
        "repeats": audit.repeats,
        "belonging": [
            {"case": each.case, "qualifies": each.qualifies, "why": " ".join(each.why) or None}
            for each in reproduced.belonging
        ],
        "qualifying": reproduced.qualifying,
        "as_many_cases": reproduced.as_many_cases,
        "published": [_counted_data(each) for each in reproduced.counted],
    }


def _counted_data(counted: Counted) -> dict[str, Any]:
    number = counted.published
    return {
        "number": number.id,
        "points": list(number.points),
        "says": number.says,
        "count": number.exactly,
        "words": number.word,
        "means": None if number.word is None else WORDS[number.word],
        "of": number.of,
        "found": None
        if counted.found is None
        else {
            "count": len(counted.found),
            "of": counted.of,
            "cases": list(counted.found),
            "unclear": list(counted.unclear or ()),
        },
        "why_not_counted": counted.why_not,
        "reproduced": counted.reproduced,
    }


# -- small parts -------------------------------------------------------------------------------


def _audit_data(audit: Audit) -> dict[str, Any]:
    return {
        "audit": audit.id,
        "title": audit.title,
        "partnership": audit.partnership,
        "month": audit.month,
    }


def _title(console: Console, audit: Audit) -> None:
    _say(console, f"Audit {audit.id}: {audit.title}", style="bold underline")
    _say(console, f"{audit.partnership}, {wording.month(audit.month)}")


def _heading(console: Console, words: str) -> None:
    console.print()
    _say(console, words, style="bold")


def _say(console: Console, words: str, indent: int = 0, style: str = "") -> None:
    print_text(console, Text(harmless(words), style), indent)


def _json(data: dict[str, Any]) -> str:
    lines = json.dumps(data, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(escape_controls(line, "\\u{:04x}") for line in lines)
