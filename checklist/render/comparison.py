"""What differs between two screenings, in words: the cohort first, then the cases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from checklist import wording
from checklist.comparison import (
    LEVEL,
    CaseChange,
    Changed,
    Comparison,
    RuleChange,
    SideData,
    Why,
)
from checklist.render.blocks import Block, Entry, Heading, Say

MOST_CASES, MOST_CHANGES, MOST_RULES = 20, 8, 15
"""The most cases, changes of one case and rules that are listed where not all is wanted."""

FEW: Final = 30
"""The number of cases below which it is said that they are few."""

_WHY: Final[Mapping[Why, str]] = {
    "record": "the record",
    "day": "the day",
    "rulebook": "the rulebook",
}


def blocks_of(
    found: Comparison, titles: Mapping[str, str], *, everything: bool = False
) -> list[Block]:
    """Return what differs between two screenings as blocks; `titles` are the rules' by id."""
    return [
        *_opening(found),
        *_cohort(found, titles, everything=everything),
        *_cases(found, titles, everything=everything),
        *_only_in_one(found),
    ]


def p_words(p: float) -> str:
    """Return a p as it is printed: two figures, and no more exact than anybody needs."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def told(rule: RuleChange, tested: int) -> str:
    """Return in a sentence what a rule's gaps were and are, and whether that can be chance."""
    said = (
        f"gaps in {rule.before.gaps:,} of {rule.before.of:,} before, "
        f"{rule.after.gaps:,} of {rule.after.of:,} after"
    )
    if rule.p is None or rule.adjusted is None:
        return f"{said}: nothing to compare, since it applies on one side alone."
    if not rule.differs:
        return f"{said}: the same."
    cases = rule.before.of + (rule.after.of if rule.fewer is None else 0)
    few = "with so few cases this" if cases < FEW else "this"
    number = f"{tested:,} rule{'' if tested == 1 else 's'}"
    if rule.is_more_than_chance:
        fewer = rule.after.gaps * rule.before.of < rule.before.gaps * rule.after.of
        return (
            f"{said}: {'fewer' if fewer else 'more'} than chance would bring (exact test, "
            f"{p_words(rule.p)}; {p_words(rule.adjusted)} after allowing for {number} tested at "
            "once)."
        )
    if rule.p < LEVEL:
        return (
            f"{said}: alone this would seldom be chance (exact test, {p_words(rule.p)}), but "
            f"{number} were tested at once, and allowing for that it can be "
            f"({p_words(rule.adjusted)})."
        )
    return f"{said}: {few} can be chance (exact test, {p_words(rule.p)})."


def _opening(found: Comparison) -> Iterator[Block]:
    yield Heading("Two screenings compared", 1)
    yield Say(f"Before: {_side(found.before)}")
    yield Say(f"After: {_side(found.after)}")
    if not found.paired:
        yield Say("No case is on both sides: the cases are others, and are compared as two groups.")
    else:
        same = found.unchanged + len(found.cases)
        changed = f"verdicts changed in {len(found.cases):,} of them"
        yield Say(f"{_many(same, 'case')} on both sides: {changed}.")
    match found.same_rulebook:
        case True:
            yield Say("Both were judged by the same rulebook.")
        case False:
            yield Say(
                "They were judged by different rulebooks: a change can come from the rules alone, "
                "and then says nothing about practice."
            )
        case None:
            yield Say("Whether both were judged by the same rulebook is not known.")
    for side, when in ((found.before, "before"), (found.after, "after")):
        if side.rules_only_here and found.paired:
            yield Say(f"Rules that were judged only {when}: {', '.join(side.rules_only_here)}.")
    if found.elsewhere:
        yield Say(
            "These ids name another authority on each side; look whether they are the same case: "
            f"{', '.join(found.elsewhere)}."
        )


def _side(side: SideData) -> str:
    days = ""
    if side.first_day is not None and side.last_day is not None:
        days = f", as of {wording.day(side.first_day)}"
        if side.last_day != side.first_day:
            days += f" to {wording.day(side.last_day)}"
    areas = f", of {wording.listed(side.authorities)}" if side.authorities else ""
    return f"{side.name} ({_many(side.cases, 'case')}{areas}{days})."


# -- the cohort --------------------------------------------------------------------------------


def _cohort(found: Comparison, titles: Mapping[str, str], *, everything: bool) -> Iterator[Block]:
    differ = [rule for rule in found.rules if rule.differs]
    yield Heading("In the cohort: gaps by rule")
    if not found.rules:
        yield Say("There is nothing to compare.")
        return
    held = sum(rule.is_more_than_chance for rule in differ)
    those = "the cases on both sides" if found.paired else "the two groups"
    yield Say(
        f"Each case counts once for a rule. {_many(found.tested, 'rule')} tested at once on "
        f"{those}; where so many are tested some differ by chance alone. Allowing for that "
        f"(Holm), {_many(held, 'change') if held else 'no change'} "
        f"{'is' if held == 1 else 'are' if held else 'is'} more than chance."
    )
    ordered = sorted(differ, key=lambda rule: (not rule.is_more_than_chance, _p(rule), rule.rule))
    shown = ordered if everything else ordered[:MOST_RULES]
    for rule in shown:
        lines = [("", wording.sentence(told(rule, found.tested)))]
        lines += _beside(rule)
        yield Entry("RULE", titles.get(rule.rule, rule.rule), tuple(lines))
    if len(shown) < len(ordered):
        others = _many(len(ordered) - len(shown), "more rule")
        yield Say(f"{others} with other gaps than before (list with --all).", aside=True)
    same = sum(not rule.differs and rule.p is not None for rule in found.rules)
    untested = sum(rule.p is None for rule in found.rules)
    if same:
        yield Say(f"With the same gaps on both sides: {_many(same, 'rule')}.")
    if untested:
        yield Say(f"Not compared, since no case lets it: {_many(untested, 'rule')}.")


def _beside(rule: RuleChange) -> Iterator[tuple[str, str]]:
    """Yield what else changed: a gap that has become silence is no progress."""
    if rule.before.not_recorded != rule.after.not_recorded:
        yield (
            "Not recorded",
            f"{rule.before.not_recorded:,} of {rule.before.of:,} before, "
            f"{rule.after.not_recorded:,} of {rule.after.of:,} after",
        )
    if rule.left_out:
        said = f"{_many(rule.left_out, 'case')} to which it applies on one side alone"
        yield "Left out", said


def _p(rule: RuleChange) -> float:
    return 1.0 if rule.p is None else rule.p


# -- the cases ---------------------------------------------------------------------------------


def _cases(found: Comparison, titles: Mapping[str, str], *, everything: bool) -> Iterator[Block]:
    if not found.paired:
        return
    yield Heading(f"Cases in which verdicts changed: {len(found.cases):,}")
    if found.touched:
        yield Say(f"In {_many(found.touched, 'more case')} the record changed, and no verdict did.")
    shown = found.cases if everything else found.cases[:MOST_CASES]
    for case in shown:
        changed = case.changed if everything else case.changed[:MOST_CHANGES]
        lines = [*_changes(changed, titles, case.case)]
        if len(changed) < len(case.changed):
            more = len(case.changed) - len(changed)
            lines.append(("", f"And {more:,} more (list with --all)."))
        yield Entry("CASE", f"{case.case}: {_why(case, found.same_rulebook)}", tuple(lines))
    if len(shown) < len(found.cases):
        others = _many(len(found.cases) - len(shown), "more case")
        yield Say(f"{others} (list with --all).", aside=True)


def _why(case: CaseChange, same_rulebook: bool | None) -> str:
    """Return in words what differs between the sides for a case whose verdicts changed."""
    differs = [_WHY[each] for each in case.why]
    if not differs:
        if same_rulebook is None:
            return "neither the record nor the day differs; the rulebook may"
        return "neither the record, the day nor the rulebook differs; the program may"
    said = f"{wording.listed(differs)} {'differs' if len(differs) == 1 else 'differ'}"
    if len(differs) > 1:
        said += ", so it cannot be told which of them changed a verdict"
    if same_rulebook is None:
        said += "; the rulebook may"
    return said


def _changes(
    changed: Iterable[Changed], titles: Mapping[str, str], case: str
) -> Iterator[tuple[str, str]]:
    for each in changed:
        title = titles.get(each.rule, each.rule)
        about = "" if each.subject == case else f" ({each.subject})"
        before, after = each.before or "not there", each.after or "not there"
        yield f"{title}{about}", f"{before} before, {after} after"


def _only_in_one(found: Comparison) -> Iterator[Block]:
    if not found.paired:
        return
    for side, when in ((found.before, "before"), (found.after, "after")):
        if side.only_here:
            yield Heading(f"Cases there only {when}: {len(side.only_here):,}")
            yield Say(_first(side.only_here))


def _first(ids: Sequence[str]) -> str:
    named = [*ids[:MOST_CASES]]
    if len(named) < len(ids):
        named.append(f"{len(ids) - len(named):,} more")
    return f"{wording.listed(named)}."


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
