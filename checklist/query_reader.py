"""Record queries as written in YAML, read and checked one file at a time."""

from collections.abc import Mapping
from typing import Final

from checklist.item_reader import RULE_ID, Examples, ItemReader, Key
from checklist.rule import Query, QueryExample
from checklist.source import LocatedDict
from checklist.vocabulary import subject_kinds

QUERY_EXAMPLES: Final = Examples(
    of="query",
    answer="raised",
    means="whether the query is raised on it: yes or no",
    answers=("yes", "no"),
    needed=("yes", "no"),
    none="none has raised:",
)
QUERY_KEYS: Final[Mapping[str, Key]] = {
    "query": Key("the query's id, and the name of its file: lower-case words joined by hyphens"),
    "title": Key("what does not fit together, in one line"),
    "for_each": Key("what it looks at: each child, each meeting, the case ..."),
    "when": Key("what cannot be so in one record; raised where there is evidence for it"),
    "says": Key("what the record holds that does not fit together; {field} is filled in"),
    "check": Key("what to look up and put right; {field} is filled in"),
    "examples": Key("the query's own tests, at least one raised and one not"),
}

_FILLED: Final = ("says", "check")


class QueryReader(ItemReader):
    """Reads the record queries of one rulebook file."""

    def query(self, tree: LocatedDict) -> Query | None:
        """Return the query, or None with the faults."""
        before = len(self.faults)
        settings = self._put_settings(tree, ("when",)) | self._fill(tree, _FILLED)
        self._keys(tree, "query", QUERY_KEYS)
        query_id = self._id(tree, "query", RULE_ID, "lower-case words joined by hyphens")
        title, says, check = (self._text(tree, key) or "" for key in ("title", *_FILLED))
        kind = self._choice(tree, "for_each", tuple(subject_kinds()))
        examples = tuple(
            QueryExample(given, raised == "yes", *rest)
            for given, raised, *rest in self._examples(tree, QUERY_EXAMPLES)
        )
        self._shown_as_they_stand(tree, ("title",), _FILLED)
        if kind is None:
            return None
        reader = self._condition_reader()
        when = self._condition(reader, tree, "when", kind)
        self.faults += reader.faults
        for key in _FILLED:
            self._placeholders(key, tree.get(key), kind, tree, key)
        if len(self.faults) > before or when is None:
            return None
        return Query(
            id=query_id,
            title=title,
            for_each=kind,
            when=when,
            says=says,
            check=check,
            examples=examples,
            place=self._place(tree),
            settings=tuple(sorted(settings)),
            lines=tuple(reader.lines),
        )
