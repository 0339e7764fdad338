"""A rulebook: the rules of one or more folders or files, checked as a whole.

A file is one item or a list of items; an item is told by its first key: `rule`, `term`, `query`,
`setting`, `timescale`, `theme` or `audit`. Loading refuses a rulebook with any fault in it and
names them all; only where a file cannot be read, and others may miss what it holds, that alone.

The audits that come with the program are put aside where nothing but the ids of their learning
points is needed to check the rules, and read when somebody first asks for them: they are longer
than all the rules together, and few reports need them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from checklist import wording
from checklist.conditions import Named, Timescale, walk
from checklist.errors import BadInput, Fault, nearest, one_of
from checklist.query_reader import QueryReader
from checklist.rule import PRIORITIES, Item, Query, Rule, Setting, Term, Theme, judged_as
from checklist.rule_files import files_in
from checklist.rule_reader import RuleReader
from checklist.setting_reader import SettingReader
from checklist.settings import Settings, changed_in
from checklist.source import LocatedDict, line_of, parse_yaml, read_text
from checklist.text import short

if TYPE_CHECKING:
    from checklist.audit import Audit, LearningPoint
    from checklist.audit_reader import AuditReader

_ITEMS: Final = ("rule", "term", "query", "setting", "timescale", "theme", "audit")
_TELLING: Final = ("rule", "term", "query", "setting", "timescale", "audit")
_MOST_FAULTS: Final = 50

_OUR_POINT: Final = re.compile(r"^  - point: (\S+)$", re.MULTILINE)
"""How a learning point begins in the audits that come with the program."""

_Owned = TypeVar("_Owned", Rule, Query, Setting, Timescale, Theme)


@dataclass(frozen=True)
class Rulebook:
    """Rules, with all that they use and name: terms, settings, timescales, themes and audits.

    Record queries stand beside the rules, and no rule names one.

    `at_hand` names the terms that only stand beside: their examples are not this rulebook's.
    `read_audits` gives the audits; it is called when they are first asked for.
    """

    rules: tuple[Rule, ...]
    terms: tuple[Term, ...]
    themes: tuple[Theme, ...]
    settings: tuple[Setting, ...] = ()
    timescales: tuple[Timescale, ...] = ()
    queries: tuple[Query, ...] = ()
    at_hand: frozenset[str] = frozenset()
    read_audits: "Callable[[], tuple[Audit, ...]]" = field(default=tuple, compare=False)

    @cached_property
    def audits(self) -> "tuple[Audit, ...]":
        """The audits by id; raises BadInput with every fault in them."""
        return self.read_audits()

    @property
    def own(self) -> tuple[Item, ...]:
        """What has examples to run: rules, the terms that are not only at hand, and queries."""
        terms = (term for term in self.terms if term.id not in self.at_hand)
        return (*self.rules, *terms, *self.queries)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def points(self) -> "dict[str, tuple[Audit, LearningPoint]]":
        """The learning points by id, each with its audit."""
        return {point.id: (audit, point) for audit in self.audits for point in audit.points}

    @cached_property
    def changed_settings(self) -> tuple[Setting, ...]:
        """The settings whose value in force is not their default."""
        return tuple(setting for setting in self.settings if setting.is_changed)

    def settings_of(self, item: Item) -> tuple[Setting, ...]:
        """Return the settings that a rule, term or query uses, those of its terms with them."""
        terms = {term.id: term for term in self.terms}
        rule = judged_as(item)
        used = set(rule.settings)
        for condition in (rule.applies, rule.expects):
            for each in walk(condition):
                if isinstance(each, Named):
                    used.update(terms[each.term].settings)
        return tuple(setting for setting in self.settings if setting.id in used)

    def select(
        self,
        ids: Sequence[str] = (),
        themes: Sequence[str] = (),
        priorities: Sequence[str] = (),
    ) -> tuple[Rule, ...]:
        """Return the rules with one of the ids, themes and priorities, where any are given.

        Raises BadInput for an id, a theme or a priority that there is not.
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
        faults += [
            Fault(
                f"there is no priority {short(name)}{nearest(name, PRIORITIES)}; "
                f"there are {one_of(PRIORITIES)}",
                field="--priority",
            )
            for name in priorities
            if name not in PRIORITIES
        ]
        if faults:
            raise BadInput(faults)
        return tuple(
            rule
            for rule in self.rules
            if (not ids or rule.id in ids)
            and (not themes or rule.theme in themes)
            and (not priorities or rule.priority in priorities)
        )

    def called(
        self,
        name: str,
        *,
        among: tuple[type[Rule] | type[Term] | type[Query], ...] = (Rule, Term, Query),
        field: str = "ID",
    ) -> tuple[Item, ...]:
        """Return what has this id `among` these: one item, or a term and what is called like it.

        Raises BadInput where nothing has; `field` is what the command line calls the id.
        """
        everything: tuple[Item, ...] = (*self.rules, *self.terms, *self.queries)
        items = [each for each in everything if type(each) in among]
        found = tuple(item for item in items if item.id == name)
        if not found:
            kinds = wording.listed([kind.__name__.lower() for kind in among], "or")
            hint = nearest(name, [item.id for item in items])
            raise BadInput([Fault(f"there is no {kinds} {short(name)}{hint}", field=field)])
        return found


def standard_rules() -> Path:
    """Return the folder with the rules that come with the program."""
    return _data("rules")


def worked_cases() -> Path:
    """Return the folder with the worked cases that come with the program."""
    return _data("cases")


def load(
    paths: Iterable[Path], *, at_hand: Iterable[Path] = (), settings: Path | None = None
) -> Rulebook:
    """Return the rulebook of all rule files at the paths, or raise BadInput with all faults.

    All but the rules and queries of the files `at_hand` can be used too, and what the paths define
    under the same id replaces theirs. `settings` is a file with a partnership's own values of
    settings.
    """
    items: list[_Item] = []
    aside: list[_Aside] = []
    faults: list[Fault] = []
    read: dict[Path, str] = {}
    ours = standard_rules() / "audits"
    for path, own in [*((path, True) for path in paths), *((path, False) for path in at_hand)]:
        for file in _files(path, faults):
            resolved = file.resolve()
            if resolved in read:  # named twice, or in a folder that is named too
                continue
            name = read[resolved] = short(str(file), 200)
            try:
                if resolved.parent == ours:
                    aside.append(_Aside(name, read_text(file), own))
                else:
                    items += _items(read_text(file), name, faults, own=own)
            except BadInput as error:
                faults += error.faults
    if not _can_wait(aside, items):
        items += _taken_up(aside, faults)
        aside = []
        in_order = {name: at for at, name in enumerate(read.values())}
        items.sort(key=lambda item: in_order[item.file])
    if faults:  # more would follow from them: what others name may stand in what was not read
        raise BadInput(_shortened(_in_order(faults, list(read.values()))))
    rulebook = _read(_in_use(items), aside, settings, faults)
    if not (faults or rulebook.rules or rulebook.queries):
        files = sorted({item.file for item in items if item.own})
        where = files[0] if len(files) == 1 else ""
        faults.append(Fault(f"there is no rule in {'it' if where else 'any of the files'}", where))
    if faults:
        raise BadInput(_shortened(_in_order(faults, list(read.values()))))
    return rulebook


class _Item(NamedTuple):
    """An item of a rulebook as written; `own`: it is not only at hand."""

    kind: str
    file: str
    tree: LocatedDict
    own: bool

    @property
    def name(self) -> str | None:
        name = self.tree[self.kind]
        return name if isinstance(name, str) else None

    @property
    def line(self) -> int | None:
        return line_of(self.tree, (self.kind,))


def _in_use(items: list[_Item]) -> list[_Item]:
    own = {(item.kind, item.name) for item in items if item.own}
    return [
        item
        for item in items
        if item.own or (item.kind not in ("rule", "query") and (item.kind, item.name) not in own)
    ]


class _Aside(NamedTuple):
    """An audit that comes with the program, as text."""

    file: str
    text: str
    own: bool

    @property
    def points(self) -> list[str]:
        """The ids of its learning points."""
        return _OUR_POINT.findall(self.text)


def _can_wait(aside: list[_Aside], items: list[_Item]) -> bool:
    """Return whether the rules can be checked without reading the audits that were put aside."""
    named: set[object] = set()
    for item in items:
        if item.kind == "audit":
            return False  # it may have the same id, or learning points of the same ids
        learned_from = item.tree.get("learned_from")
        named.update(map(str, learned_from) if isinstance(learned_from, list) else ())
    return named.issubset(point for audit in aside for point in audit.points)


def _taken_up(aside: list[_Aside], faults: list[Fault]) -> list[_Item]:
    """Return what was put aside as items."""
    return [item for each in aside for item in _items(each.text, each.file, faults, own=each.own)]


def _read(
    items: list[_Item], aside: list[_Aside], changed: Path | None, faults: list[Fault]
) -> Rulebook:
    items = _without_repeats(items, faults)
    settings = _settings([item for item in items if item.kind == "setting"], changed, faults)
    timescales = _timescales([item for item in items if item.kind == "timescale"], faults)
    terms = _Terms(items, settings, timescales, faults)
    rules: list[Rule] = []
    queries: list[Query] = []
    themes: list[Theme] = []
    for item in items:
        if item.kind == "term" and item.name is not None:
            terms.of(item.name)
            continue
        reader = terms.reader_for(item.file)
        match item.kind:
            case "rule":
                _keep(rules, reader.rule(item.tree))
            case "query":
                of_queries = terms.query_reader_for(item.file)
                _keep(queries, of_queries.query(item.tree))
                faults += of_queries.faults
            case "theme":
                _keep(themes, reader.theme(item.tree))
            case "term":
                reader.read_term(item.tree)
        faults += reader.faults
    names = {item.name for item in items if item.kind == "rule" and item.name}

    def read_audits() -> "tuple[Audit, ...]":
        wrong: list[Fault] = []
        taken = _without_repeats(_taken_up(aside, wrong), wrong)
        found = _audits(taken, terms, names, wrong)
        if wrong:
            raise BadInput(_shortened(settings.told_of_their_file(wrong)))
        return found

    points: Collection[str] = [point for audit in aside for point in audit.points]
    if not aside:
        audits = [item for item in items if item.kind == "audit"]
        points = _points(audits, faults)
        found = _audits(audits, terms, names, faults)
    faults[:] = settings.told_of_their_file([*faults, *_unknown_names(items, points)])
    return Rulebook(
        tuple(sorted(rules, key=lambda rule: rule.id)),
        tuple(sorted(terms.read, key=lambda term: term.id)),
        tuple(sorted(themes, key=lambda theme: theme.id)),
        tuple(sorted(settings.in_force.values(), key=lambda setting: setting.id)),
        tuple(sorted(timescales.values(), key=lambda timescale: timescale.id)),
        tuple(sorted(queries, key=lambda query: query.id)),
        frozenset(
            item.name for item in items if item.kind == "term" and item.name and not item.own
        ),
        read_audits if aside else lambda: found,
    )


def _audits(
    items: list[_Item], terms: "_Terms", rules: Collection[str], faults: list[Fault]
) -> "tuple[Audit, ...]":
    audits = []
    for item in items:
        reader = terms.audit_reader_for(item.file)
        # an audit that is only at hand may count by rules that were left out
        audit = reader.audit(item.tree, rules if item.own else None)
        faults += reader.faults
        if audit is not None:
            audits.append(audit)
    return tuple(sorted(audits, key=lambda audit: audit.id))


def _settings(items: list[_Item], changed: Path | None, faults: list[Fault]) -> Settings:
    """Return the settings with the values in force: the defaults, or those of a file."""
    known: list[Setting] = []
    for item in items:
        reader = SettingReader(item.file)
        _keep(known, reader.setting(item.tree))
        faults += reader.faults
    if changed is None:
        return Settings(known)
    return Settings(known, changed_in(changed, {each.id: each for each in known}, faults))


def _timescales(items: list[_Item], faults: list[Fault]) -> dict[str, Timescale]:
    known: list[Timescale] = []
    for item in items:
        reader = SettingReader(item.file)
        _keep(known, reader.timescale(item.tree))
        faults += reader.faults
    return {each.id: each for each in known}


class _Terms:
    """The terms of a rulebook, each read when something first uses it."""

    def __init__(
        self,
        items: list[_Item],
        settings: Settings,
        timescales: dict[str, Timescale],
        faults: list[Fault],
    ) -> None:
        self._written = {item.name: item for item in items if item.kind == "term" and item.name}
        self._read: dict[str, Term | None] = {}
        self._open: list[str] = []
        self._settings = settings
        self._timescales = timescales
        self._faults = faults

    @property
    def read(self) -> list[Term]:
        """The terms that are free of faults."""
        return [term for term in self._read.values() if term is not None]

    def of(self, name: str) -> Term | None:
        """Return the term of a name, or None where there is none or it has faults."""
        if name in self._read or name not in self._written:
            return self._read.get(name)
        item = self._written[name]
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            what = f"stands in its own definition ({circle}); say what it means without it"
            self._faults.append(Fault(what, item.file, item.line, short(name)))
            return None
        self._open.append(name)
        reader = self.reader_for(item.file)
        self._read[name] = reader.read_term(item.tree)
        self._faults.extend(reader.faults)
        self._open.pop()
        return self._read[name]

    def reader_for(self, file: str) -> RuleReader:
        """Return a reader for the items of a file, which can use the terms."""
        return RuleReader(file, self.of, self._names, self._settings, self._timescales)

    def query_reader_for(self, file: str) -> QueryReader:
        """Return a reader for the record queries of a file, which can use the terms."""
        return QueryReader(file, self.of, self._names, self._settings, self._timescales)

    def audit_reader_for(self, file: str) -> "AuditReader":
        """Return a reader for the audits of a file, which can use the terms."""
        from checklist.audit_reader import AuditReader

        return AuditReader(file, self.of, self._names, self._settings, self._timescales)

    def _names(self) -> list[str]:
        return list(self._written)


def _without_repeats(items: list[_Item], faults: list[Fault]) -> list[_Item]:
    first: dict[tuple[str, str], _Item] = {}
    kept = []
    for item in items:
        if item.name is not None:
            # a rule and a query are called for in the same places
            kind = "rule" if item.kind == "query" else item.kind
            other = first.setdefault((kind, item.name), item)
            if other is not item:
                what = (
                    f"there is already {_an(other.kind)} {short(item.name)}, in {other.file}, "
                    f"line {other.line}; give this one an id of its own"
                )
                faults.append(Fault(what, item.file, item.line, item.kind))
                continue
        kept.append(item)
    return kept


def _points(audits: list[_Item], faults: list[Fault]) -> Collection[str]:
    """Return the ids of the learning points, as written."""
    points: dict[str, tuple[str, int | None]] = {}
    for audit in audits:
        listed = audit.tree.get("points")
        for point in listed if isinstance(listed, list) else []:
            name = point.get("point") if isinstance(point, dict) else None
            if not isinstance(name, str):
                continue
            line = line_of(point, ("point",))
            if name in points:
                file, at = points[name]
                what = f"there is already a learning point {short(name)}, in {file}, line {at}"
                faults.append(Fault(f"{what}; keep one", audit.file, line, "point"))
            points.setdefault(name, (audit.file, line))
    return points


def _unknown_names(items: list[_Item], points: Collection[str]) -> list[Fault]:
    """Return the faults of rules that name a theme or a learning point that there is not.

    Looks at the rules as written, so that nothing is missed of a rule with other faults.
    """
    faults = []
    themes = {item.name for item in items if item.kind == "theme" and item.name}
    for rule in (item for item in items if item.kind == "rule"):
        theme = rule.tree.get("theme")
        if isinstance(theme, str) and theme not in themes:
            what = (
                f"there is no theme {short(theme)}{nearest(theme, themes)}; "
                f"there are {one_of(sorted(themes)) or 'none'}"
            )
            faults.append(Fault(what, rule.file, line_of(rule.tree, ("theme",)), "theme"))
        learned_from = rule.tree.get("learned_from")
        for place, name in enumerate(learned_from if isinstance(learned_from, list) else []):
            if isinstance(name, str) and name not in points:
                what = f"there is no learning point {short(name)}{nearest(name, points)}"
                line = line_of(learned_from, (place,))
                faults.append(Fault(what, rule.file, line, "learned_from"))
    return faults


def _items(text: str, name: str, faults: list[Fault], *, own: bool) -> list[_Item]:
    tree = parse_yaml(text, name)
    if tree is None:
        faults.append(Fault("there is nothing in this file", name))
        return []
    listed = tree if isinstance(tree, list) else [tree]
    items = []
    for place, item in enumerate(listed):
        kind = _kind_of(item)
        if kind is not None:
            items.append(_Item(kind, name, item, own))
            continue
        first = next(iter(item), "") if isinstance(item, dict) else ""
        kinds = [f"`{name}:`" for name in _ITEMS]
        what = (
            f"this is no item of a rulebook{nearest(first, _ITEMS)}; "
            f"begin it with {', '.join(kinds[:-1])} or {kinds[-1]}"
        )
        line = line_of(tree, (place,)) if isinstance(tree, list) else line_of(tree, ()) or 1
        faults.append(Fault(what, name, line))
    return items


def _kind_of(item: object) -> str | None:
    """Return what an item is by its first key, or by one that no other kind of item has."""
    if not isinstance(item, dict) or not item:
        return None
    first = next(iter(item))
    # a rule has a theme too: without this, one with a misspelt first key would pass for a theme
    return first if first in _ITEMS else next((key for key in _TELLING if key in item), None)


def _files(path: Path, faults: list[Fault]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = files_in(path)
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


def _in_order(faults: list[Fault], files: list[str]) -> list[Fault]:
    """Return the faults in the order of the files and their lines, those of no file last."""
    place = {file: at for at, file in enumerate(files)}
    return sorted(faults, key=lambda each: (place.get(each.file, len(place)), each.line or 0))


def _shortened(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= _MOST_FAULTS:
        return faults
    more = Fault(f"there are {len(faults) - _MOST_FAULTS:,} more faults after these")
    return [*faults[:_MOST_FAULTS], more]
