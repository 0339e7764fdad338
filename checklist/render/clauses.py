"""How far examples try out the clauses of rules, terms and queries: on the screen, and as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from checklist.clauses import Clause, Covered
from checklist.render.terminal import print_text
from checklist.rule import Place, Term
from checklist.text import harmless, safe_json
from checklist.wording import listed


def print_clauses(found: Sequence[Covered], console: Console) -> None:
    """Print each item with how many clauses are covered, and those that are not."""
    for each in found:
        open_ones = each.uncovered
        total = len(each.clauses)
        state = f"{total - len(open_ones)} of {total} clauses covered"
        print_text(console, Text(f"{each.of.id}: {state}", "bold red" if open_ones else ""))
        for clause in open_ones:
            never = listed(clause.never_seen, "or")
            said = f"{_where(each, clause)}: never seen {never}: {clause.says}"
            print_text(console, Text(harmless(said)), 2)
    clauses = sum(len(each.clauses) for each in found)
    covered = clauses - sum(len(each.uncovered) for each in found)
    print_text(console, Text(f"{covered} of {clauses} clauses covered", "bold"))


def clauses_json(found: Sequence[Covered]) -> str:
    """Return the same as JSON: a list of rules, terms and queries, each with its clauses."""
    return safe_json(json.dumps([_data(each) for each in found], ensure_ascii=False, indent=2))


def _data(found: Covered) -> dict[str, Any]:
    place = _place(found)
    return {
        "id": found.of.id,
        "is": type(found.of).__name__.lower(),
        "file": place.file,
        "line": place.line,
        "clauses": len(found.clauses),
        "covered": len(found.clauses) - len(found.uncovered),
        "uncovered": [
            {"says": each.says, "line": each.line, "never_seen": list(each.never_seen)}
            for each in found.uncovered
        ],
    }


def _where(found: Covered, clause: Clause) -> str:
    place = _place(found)
    line = clause.line or place.line
    return place.file if line is None else f"{place.file}, line {line}"


def _place(found: Covered) -> Place:
    of = found.of
    return Place(of.file, of.line) if isinstance(of, Term) else of.place
