"""Rules on the screen: a list, one rule or query in plain English, how the examples went."""

import string
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.conditions import ALWAYS, Atom, Condition, Named, WithinTimescale, walk
from checklist.examples import Outcome
from checklist.plain_english import ALL_OF_THESE, ANY_OF_THESE, deadline, outline
from checklist.render.terminal import print_text
from checklist.rule import Priority, Query, Rule, Setting, Term, judged_as
from checklist.rulebook import Rulebook
from checklist.text import harmless
from checklist.vocabulary import CASE

_HOW_SOON: Final[dict[Priority, str]] = {
    "immediate": "at once",
    "before-conference": "before the next conference",
    "routine": "in the course of the work",
}


def print_list(rulebook: Rulebook, console: Console) -> None:
    """Print every rule under its theme, and then the record queries."""
    titles = {theme.id: theme.title for theme in rulebook.themes}
    ordered = sorted(rulebook.rules, key=lambda rule: (rule.theme, rule.id))
    width = max((len(rule.id) for rule in ordered), default=0)
    for number, (theme, rules) in enumerate(groupby(ordered, key=lambda rule: rule.theme)):
        if number:
            console.print()
        print_text(console, Text(f"{titles[theme]} ({theme})", "bold"))
        for rule in rules:
            print_text(console, Text(f"{rule.id:<{width}}  {rule.priority}", "cyan"), 2)
            print_text(console, Text(harmless(rule.title)), 6)
    if rulebook.queries:
        if ordered:
            console.print()
        print_text(console, Text("Record queries: what does not fit together in a record", "bold"))
    for query in rulebook.queries:
        print_text(console, Text(query.id, "cyan"), 2)
        print_text(console, Text(harmless(query.title)), 6)


def print_rule(rule: Rule, rulebook: Rulebook, console: Console) -> None:
    """Print one rule in plain English, made from what it says and not from a copy."""
    who = wording.subject(rule.for_each)
    _print_head(rule, console)
    if rule.applies is ALWAYS:
        _heading(console, "Applies")
        _paragraph(console, "always")
    else:
        _conditions(console, "Applies when", rule.applies, who, so=True)
    _conditions(console, "Expects", rule.expects, who)
    if rule.by is not None:
        _heading(console, "Can be put right")
        _paragraph(console, f"{deadline(rule.by, who)}; until then it is due, not yet a gap")
    _print_used(rule, rulebook, console)
    _heading(console, "How soon a gap has to be closed")
    _paragraph(console, _HOW_SOON[rule.priority])
    for heading, text in (
        ("A gap reads", rule.gap),
        ("While there is still time, it reads", rule.due),
        ("Where it was done, it reads", rule.met),
    ):
        if text is not None:
            _heading(console, heading)
            _paragraph(console, _with_blanks(text, rule.for_each))
    _heading(console, "Why")
    _paragraph(console, rule.why)
    _heading(console, "What closes it")
    _paragraph(console, _with_blanks(rule.close, rule.for_each))
    if rule.who is not None:
        _heading(console, "Who would normally do it")
        _paragraph(console, rule.who)
    terms = _terms_in(rule, rulebook)
    asked = [
        _with_blanks(text, kind)
        for kind, questions in ((rule.for_each, rule.ask), *((t.for_each, t.ask) for t in terms))
        for text in questions.values()
    ]
    if asked:
        _heading(console, "What it asks where the record is silent")
        for question in dict.fromkeys(asked):
            _item(console, question)
    _print_sources(rule, rulebook, console)
    _heading(console, "Examples")
    _print_answers([example.verdict for example in rule.examples], console)


def print_query(query: Query, rulebook: Rulebook, console: Console) -> None:
    """Print one record query in plain English, made from what it says as a rule is."""
    _print_head(query, console)
    _conditions(console, "Is raised when", query.when, wording.subject(query.for_each), so=True)
    _print_used(judged_as(query), rulebook, console)
    for heading, text in (("It reads", query.says), ("What to check", query.check)):
        _heading(console, heading)
        _paragraph(console, _with_blanks(text, query.for_each))
    _heading(console, "Examples")
    raised = ["raised" if example.raised else "not raised" for example in query.examples]
    _print_answers(raised, console)


def print_settings(rulebook: Rulebook, console: Console) -> None:
    """Print every local setting: the value in force, its default, what it sets, who uses it."""
    if not rulebook.settings:
        print_text(console, Text("This rulebook has no local settings."))
    users: dict[str, list[str]] = {}
    items: tuple[Rule | Query, ...] = (*rulebook.rules, *rulebook.queries)
    for item in items:
        for used in rulebook.settings_of(item):
            users.setdefault(used.id, []).append(item.id)
    for number, setting in enumerate(rulebook.settings):
        if number:
            console.print()
        print_text(console, Text(_in_force(setting), "bold"))
        _paragraph(console, setting.meaning)
        _paragraph(console, f"Source of the default: {setting.source}")
        used_by = users.get(setting.id)
        _paragraph(console, f"Used by: {', '.join(used_by)}" if used_by else "No rule uses it.")


def print_outcomes(outcomes: Iterable[Outcome], console: Console) -> bool:
    """Print how the examples of each item went; return whether any ran and all passed."""
    total = failed = 0
    for name, group in groupby(outcomes, key=lambda outcome: outcome.of.id):
        of_one = list(group)
        wrong = [outcome for outcome in of_one if outcome.problem is not None]
        total += len(of_one)
        failed += len(wrong)
        state = f"{len(wrong)} of {len(of_one)} FAILED" if wrong else f"{len(of_one)} passed"
        print_text(console, Text(f"{name}: {state}", "bold red" if wrong else ""))
        for outcome in wrong:
            place = outcome.example.place
            said = f"{place.file}, line {place.line}: {outcome.problem}"
            print_text(console, Text(harmless(said)), 2)
    if not total:
        print_text(console, Text("There was no example to run.", "bold red"))
        return False
    print_text(console, Text(f"{total - failed} passed, {failed} failed", "bold"))
    return not failed


def _print_head(item: Rule | Query, console: Console) -> None:
    kind = item.for_each
    print_text(console, Text(harmless(item.title), "bold"))
    print_text(console, Text(f"{item.id}, in {harmless(_shown(item.place.file))}", "dim"))
    _heading(console, "Looks at")
    _paragraph(console, wording.subject(kind) if kind == CASE else f"each {wording.word(kind)}")


def _print_used(rule: Rule, rulebook: Rulebook, console: Console) -> None:
    """Print the terms, local settings and timescales that the conditions of a rule name."""
    for term in _terms_in(rule, rulebook):
        _print_term(term, console)
    settings = rulebook.settings_of(rule)
    if settings:
        _heading(console, "Local settings in this")
        for setting in settings:
            _item(console, wording.word(_in_force(setting)))
    _print_timescales(rule, console)


def _print_answers(answers: list[str], console: Console) -> None:
    """Print how many examples there are of each answer."""
    counted = [f"{answers.count(name)} {name}" for name in dict.fromkeys(answers)]
    _paragraph(console, wording.listed(counted))


def _print_term(term: Term, console: Console) -> None:
    who = wording.subject(term.for_each)
    name = f'"{wording.sentence(wording.word(term.id))}"'
    _heading(console, f"{name} means")
    _paragraph(console, term.meaning)
    _conditions(console, f"{name} is so when", term.yes_when, who, so=True)
    if term.no_when is not None:
        _conditions(console, f"{name} is not so when", term.no_when, who, so=True)


def _in_force(setting: Setting) -> str:
    value = wording.amount(setting.value, setting.unit)
    default = wording.amount(setting.default, setting.unit)
    return f"{setting.id}: {value} ({f'default {default}' if setting.is_changed else 'default'})"


def _print_timescales(rule: Rule, console: Console) -> None:
    tests = [
        each.test
        for condition in (rule.applies, rule.expects)
        for each in walk(condition)
        if isinstance(each, Atom)
    ]
    used = [each.timescale for each in (*tests, rule.by) if isinstance(each, WithinTimescale)]
    for number, timescale in enumerate(dict.fromkeys(used)):
        if not number:
            _heading(console, "Timescales in this")
        _paragraph(console, timescale.says)
        for edition in timescale.editions:
            length = wording.quantity(edition.number, edition.unit)
            since = wording.day(edition.in_force_from)
            _item(console, f"{length} from {since} on ({edition.edition}): {edition.source}", 1)


def _print_sources(rule: Rule, rulebook: Rulebook, console: Console) -> None:
    if rule.source is not None:
        _heading(console, "Source")
        _paragraph(console, rule.source)
    if not rule.learned_from:
        return
    _heading(console, "Learned from")
    found = [rulebook.points[point_id] for point_id in rule.learned_from]
    for audit in dict.fromkeys(audit for audit, _ in found):
        where = f"{audit.title} ({audit.partnership}, {wording.month(audit.month)})"
        _paragraph(console, where)
        for of, point in found:
            if of is audit:
                _item(console, f"{point.id}, {point.section}: {point.says}", 1)


def _terms_in(rule: Rule, rulebook: Rulebook) -> list[Term]:
    """Return the terms that a rule uses, also within one another, in the order of their use."""
    terms = {term.id: term for term in rulebook.terms}
    named = [
        each.term
        for condition in (rule.applies, rule.expects)
        for each in walk(condition)
        if isinstance(each, Named)
    ]
    return [terms[name] for name in dict.fromkeys(named)]


def _conditions(
    console: Console, heading: str, condition: Condition, who: str, *, so: bool = False
) -> None:
    """Print a condition as a list; how its parts are joined goes into the heading."""
    lines = list(outline(condition, who))
    first = lines[0][1]
    depth = 0
    if first in (ALL_OF_THESE, ANY_OF_THESE):
        joint = first.removesuffix(":")
        heading += f" {joint}" + ((" are so" if first == ALL_OF_THESE else " is so") if so else "")
        depth = 1
    _heading(console, heading)
    for at, words in lines[depth:]:
        _item(console, words, at - depth)


def _with_blanks(text: str, kind: str) -> str:
    """Return a rule's text with what is filled in shown as a blank, such as "[meeting]"."""
    blanks = {"subject": kind}
    return "".join(
        before + ("" if name is None else f"[{wording.word(blanks.get(name, name))}]")
        for before, name, _, _ in string.Formatter().parse(text)
    )


def _shown(file: str) -> str:
    """Return a file's path as seen from the current folder, where it lies in it."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


def _paragraph(console: Console, words: str) -> None:
    # not print_text, which lets later lines hang
    for line in Text(harmless(words)).wrap(console, console.width - 2):
        line.rstrip()
        console.print(Text("  ") + line, soft_wrap=True)


def _item(console: Console, words: str, depth: int = 0) -> None:
    print_text(console, Text(harmless(f"- {words}")), 2 + 2 * depth)


def _heading(console: Console, words: str) -> None:
    console.print()
    print_text(console, Text(harmless(words), "bold"))
