"""A rulebook: the rules of one or more folders or files, checked as a whole.

A file is one item or a list of items; an item is told by its first key: `rule`, `term`, `theme` or
`audit`. Loading refuses a rulebook with any fault in it and names them all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from checklist.condition_reader import Term
from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.rule import Audit, LearningPoint, Rule, Theme
from checklist.rule_reader import RuleReader
from checklist.source import line_of, parse_yaml, read_text
from checklist.text import short

_ITEMS: Final = ("rule", "term", "theme", "audit")
_MOST_FAULTS: Final = 50

_Owned = TypeVar("_Owned", Rule, Theme, Term, Audit)


@dataclass(frozen=True)
class Rulebook:
    """Rules, with the terms they use and the themes and audits they name."""

    rules: tuple[Rule, ...]
    terms: tuple[Term, ...]
    themes: tuple[Theme, ...]
    audits: tuple[Audit, ...]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def points(self) -> dict[str, tuple[Audit, LearningPoint]]:
        """The learning points by id, each with its audit."""
        return {point.id: (audit, point) for audit in self.audits for point in audit.points}

    def select(self, ids: Sequence[str] = (), themes: Sequence[str] = ()) -> tuple[Rule, ...]:
        """Return the rules with one of the ids and one of the themes, where any are given.

        Raises BadInput for an id or a theme that there is not.
        """
        known_themes = {theme.id for theme in self.themes}
        faults = [
            Fault(f"there is no rule {short(name)}{nearest(name, self.by_id)}", field="--rule")
            for name in ids
            if name not in self.by_id
        ] + [
            Fault(
                f"there is no theme {short(name)}{nearest(name, known_themes)}; "
                f"there are {one_of(sorted(known_themes))}",
                field="--theme",
            )
            for name in themes
            if name not in known_themes
        ]
        if faults:
            raise BadInput(faults)
        return tuple(
            rule
            for rule in self.rules
            if (not ids or rule.id in ids) and (not themes or rule.theme in themes)
        )


def standard_rules() -> Path:
    """Return the folder with the rules that come with the program."""
    return _data("rules")


def worked_cases() -> Path:
    """Return the folder with the worked cases that come with the program."""
    return _data("cases")


def load(paths: Iterable[Path]) -> Rulebook:
    """Return the rulebook of all rule files at the paths, or raise BadInput with all faults."""
    items: list[tuple[str, str, dict[str, Any]]] = []
    faults: list[Fault] = []
    for path in paths:
        for file in _files(path, faults):
            try:
                items += _items(file, faults)
            except BadInput as error:
                faults += error.faults
    rulebook = _read(items, faults)
    if not faults and not rulebook.rules:
        faults.append(
            Fault("there is no rule in any of the files", short(str(next(iter(paths), ""))))
        )
    if faults:
        raise BadInput(_shortened(faults))
    return rulebook


def _read(items: list[tuple[str, str, dict[str, Any]]], faults: list[Fault]) -> Rulebook:
    waiting = {
        tree["term"]: (file, tree)
        for kind, file, tree in items
        if kind == "term" and isinstance(tree["term"], str)
    }
    terms: dict[str, Term | None] = {}
    open_terms: list[str] = []

    def term(name: str) -> Term | None:
        if name in terms or name not in waiting:
            return terms.get(name)
        file, tree = waiting[name]
        if name in open_terms:
            what = f"the term stands in its own definition: {' -> '.join([*open_terms, name])}"
            faults.append(Fault(what, file, line_of(tree, ("term",)), name))
            return None
        open_terms.append(name)
        reader = reader_for(file)
        terms[name] = reader.read_term(tree)
        faults.extend(reader.faults)
        open_terms.pop()
        return terms[name]

    def reader_for(file: str) -> RuleReader:
        return RuleReader(file, term, lambda: list(waiting))

    rules: list[Rule] = []
    themes: list[Theme] = []
    audits: list[Audit] = []
    counted: dict[tuple[str, str], tuple[str, int | None]] = {}
    for kind, file, tree in items:
        reader = reader_for(file)
        name = tree[kind]
        line = line_of(tree, (kind,))
        if isinstance(name, str):
            if (kind, name) in counted:
                other, at = counted[kind, name]
                what = f"there is already {_an(kind)} {short(name)}, in {other}, line {at}"
                faults.append(Fault(what, file, line, kind))
                continue
            counted[kind, name] = (file, line)
        match kind:
            case "rule":
                _keep(rules, reader.rule(tree))
            case "theme":
                _keep(themes, reader.theme(tree))
            case "audit":
                _keep(audits, reader.audit(tree))
            case "term":
                if isinstance(name, str):
                    term(name)
                else:
                    reader.read_term(tree)
        faults += reader.faults
    rulebook = Rulebook(
        tuple(sorted(rules, key=lambda rule: rule.id)),
        tuple(sorted((each for each in terms.values() if each), key=lambda each: each.id)),
        tuple(sorted(themes, key=lambda theme: theme.id)),
        tuple(sorted(audits, key=lambda audit: audit.id)),
    )
    faults += _across(rulebook)
    return rulebook


def _across(rulebook: Rulebook) -> list[Fault]:
    faults = []
    themes = {theme.id for theme in rulebook.themes}
    for rule in rulebook.rules:
        place = rule.place
        if rule.theme not in themes:
            what = (
                f"there is no theme {short(rule.theme)}{nearest(rule.theme, themes)}; "
                f"there are {one_of(sorted(themes))}"
            )
            faults.append(Fault(what, place.file, place.line, f"{rule.id}: theme"))
        for point in rule.learned_from:
            if point not in rulebook.points:
                what = f"there is no learning point {short(point)}{nearest(point, rulebook.points)}"
                faults.append(Fault(what, place.file, place.line, f"{rule.id}: learned_from"))
    counts = Counter(point.id for audit in rulebook.audits for point in audit.points)
    faults += [
        Fault(f"the learning point {short(point)} stands {count} times; keep one", field="audit")
        for point, count in counts.items()
        if count > 1
    ]
    return faults


def _items(file: Path, faults: list[Fault]) -> list[tuple[str, str, dict[str, Any]]]:
    name = short(str(file), 200)
    tree = parse_yaml(read_text(file), name)
    listed = tree if isinstance(tree, list) else [tree]
    items = []
    for place, item in enumerate(listed):
        line = line_of(tree, (place,)) if isinstance(tree, list) else 1
        kind = next((key for key in _ITEMS if isinstance(item, dict) and key in item), None)
        if kind is None:
            first = next(iter(item), "") if isinstance(item, dict) else ""
            what = (
                f"this is neither a rule, a term, a theme nor an audit{nearest(first, _ITEMS)}; "
                "begin it with `rule:`, `term:`, `theme:` or `audit:`"
            )
            faults.append(Fault(what, name, line))
            continue
        items.append((kind, name, item))
    return items


def _files(path: Path, faults: list[Fault]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(
        file for file in path.rglob("*") if file.suffix in (".yaml", ".yml") and file.is_file()
    )
    if not found:
        faults.append(Fault("there is no .yaml file in this folder", short(str(path), 200)))
    return found


def _data(name: str) -> Path:
    here = Path(__file__).resolve().parent
    packed = here / "_data" / name
    return packed if packed.is_dir() else here.parent / name


def _keep(kept: list[_Owned], found: _Owned | None) -> None:
    if found is not None:
        kept.append(found)


def _an(kind: str) -> str:
    return f"an {kind}" if kind == "audit" else f"a {kind}"


def _shortened(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= _MOST_FAULTS:
        return faults
    more = Fault(f"there are {len(faults) - _MOST_FAULTS} more faults after these")
    return [*faults[:_MOST_FAULTS], more]
