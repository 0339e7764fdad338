"""The standard rulebook made ready on installation, so that a review need not read YAML first.

The package holds the checked rulebook, and England's bank holidays, as a pickle beside the files
it was made from, with their hash. Where they fit each other it stands for the files; where they do
not, or where there is none, as in a checkout, the files are read. It is made by this program's own
build and never from anybody's input. Examples are left out: only commands about rules need them,
and those read the files.
"""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checklist.rule_files import hash_of
from checklist.rulebook import Rulebook, load, standard_rules
from checklist.values import FIRST_YEAR, LAST_YEAR
from checklist.worked_out import bank_holidays_of, remember

if TYPE_CHECKING:
    from checklist.audit import Audit

NAME: Final = "rulebook.pickle"
"""The file's name, beside the folder of the rules."""


def compiled(rules: Path) -> bytes:
    """Return the content of the file for a folder of rules, or raise BadInput with all faults."""
    loaded = load([rules])
    _ = loaded.audits  # their faults count too
    small = replace(
        loaded,
        rules=tuple(rule._replace(examples=()) for rule in loaded.rules),
        terms=tuple(term._replace(examples=()) for term in loaded.terms),
        queries=tuple(query._replace(examples=()) for query in loaded.queries),
        read_audits=_read_audits,
    )
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return hash_of([rules]) + pickle.dumps((small, bank_holidays_of(years)), protocol=5)


def standard_rulebook() -> Rulebook:
    """Return the standard rulebook without examples, made ready where that fits its files."""
    rules = standard_rules()
    try:
        content = rules.with_name(NAME).read_bytes()
    except OSError:
        return load([rules])
    known = hash_of([rules])
    if not content.startswith(known):
        return load([rules])
    # nosec: the pickle is a part of the installed program, as its modules are
    found, bank_holidays = pickle.loads(content[len(known) :])  # noqa: S301
    assert isinstance(found, Rulebook)  # noqa: S101
    remember(bank_holidays)
    return found


def _read_audits() -> "tuple[Audit, ...]":
    return load([standard_rules()]).audits
