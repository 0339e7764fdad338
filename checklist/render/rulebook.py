"""Rules on the screen: a list, one rule in plain English, and how the examples went."""

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.conditions import ALWAYS, Condition, Named, walk
from checklist.examples import Outcome
from checklist.plain_english import deadline, outline
from checklist.render.terminal import print_text
from checklist.rule import Rule
from checklist.rulebook import Rulebook
from checklist.text import harmless


def print_list(rulebook: Rulebook, console: Console) -> None:
    """Print every rule under its theme."""
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


def print_rule(rule: Rule, rulebook: Rulebook, console: Console) -> None:
    """Print one rule in plain English, made from what it says and not from a copy."""
    print_text(console, Text(harmless(rule.title), "bold"))
    line = f", line {rule.place.line}" if rule.place.line else ""
    print_text(console, Text(f"{rule.id}, in {harmless(rule.place.file)}{line}", "dim"))
    _heading(console, "For each")
    print_text(console, Text(wording.word(rule.for_each)), 2)
    if rule.applies is not ALWAYS:
        _heading(console, "Applies when")
        _outline(console, rule.applies)
    _heading(console, "Expects")
    _outline(console, rule.expects)
    if rule.by is not None:
        _heading(console, "Can be put right")
        print_text(console, Text(deadline(rule.by)), 2)
    terms = {term.id: term for term in rulebook.terms}
    used = {
        each.term: terms[each.term]
        for condition in (rule.applies, rule.expects)
        for each in walk(condition)
        if isinstance(each, Named)
    }
    for name, term in used.items():
        _heading(console, f'What "{wording.word(name)}" means')
        print_text(console, Text(harmless(term.meaning)), 2)
        _outline(console, term.yes_when)
        if term.no_when is not None:
            print_text(console, Text("Against it speaks:"), 2)
            _outline(console, term.no_when)
    for heading, text in (
        ("Priority", rule.priority),
        ("A gap reads", rule.gap),
        ("Why", rule.why),
        ("What closes it", rule.close),
    ):
        _heading(console, heading)
        print_text(console, Text(harmless(text)), 2)
    if rule.learned_from:
        _heading(console, "Learned from")
        for point_id in rule.learned_from:
            audit, point = rulebook.points[point_id]
            said = f"{point_id}: {point.says} ({audit.partnership}, {audit.month}; {point.section})"
            print_text(console, Text(harmless(said)), 2)
    _heading(console, "Examples")
    verdicts = [example.verdict for example in rule.examples]
    counted = [f"{verdicts.count(name)} {name}" for name in dict.fromkeys(verdicts)]
    print_text(console, Text(wording.listed(counted)), 2)


def print_outcomes(outcomes: Iterable[Outcome], console: Console) -> bool:
    """Print how each rule's examples went; return whether there were any and all went well."""
    total = failed = 0
    for rule_id, group in groupby(outcomes, key=lambda outcome: outcome.rule.id):
        of_rule = list(group)
        wrong = [outcome for outcome in of_rule if outcome.problem is not None]
        total += len(of_rule)
        failed += len(wrong)
        state = f"{len(wrong)} of {len(of_rule)} FAILED" if wrong else f"{len(of_rule)} passed"
        print_text(console, Text(f"{rule_id}: {state}", "bold red" if wrong else ""))
        for outcome in wrong:
            place = outcome.example.place
            said = f"{place.file}, line {place.line}: {outcome.problem}"
            print_text(console, Text(harmless(said)), 2)
    if not total:
        print_text(console, Text("There was no example to run.", "bold red"))
        return False
    print_text(console, Text(f"{total - failed} passed, {failed} failed", "bold"))
    return not failed


def _outline(console: Console, condition: Condition) -> None:
    for depth, words in outline(condition):
        print_text(console, Text(harmless(f"- {words}")), 2 + 2 * depth)


def _heading(console: Console, words: str) -> None:
    console.print()
    print_text(console, Text(harmless(words), "bold"))
