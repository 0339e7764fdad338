"""Both ways to a verdict, side by side: ours and the judge's."""

import datetime
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import yaml

from checklist.case_file import case_from
from checklist.review import Reviewer
from checklist.rulebook import load
from tests.judge.judge import Judge, as_text

THEME = {"theme": "test", "title": "Test"}
BESIDE = {
    "title": "The point",
    "theme": "test",
    "source": "A test.",
    "priority": "routine",
    "gap": "There is a gap.",
    "why": "It matters.",
    "close": "Do it.",
    "examples": [{"given": {}, "verdict": name} for name in ("met", "gap", "not recorded")],
}
BESIDE_A_TERM = {
    "meaning": "It is so.",
    "examples": [{"given": {}, "says": said} for said in ("yes", "no", "not recorded")],
}


class Difference(NamedTuple):
    items: list
    record: dict
    as_of: str
    rule: str
    subject: str
    ours: str
    judge: str
    faults: frozenset = frozenset()

    def __str__(self):
        shown = [item for item in self.items if item.get("rule") in (None, self.rule)]
        return "\n".join(
            [
                f"as of {self.as_of}, rule {self.rule}, subject {self.subject}: "
                f"ours says {self.ours}, the judge says {self.judge}",
                "--- rules (beside title, theme and so on)",
                yaml.safe_dump(shown, sort_keys=False, width=100),
                "--- record",
                yaml.safe_dump(self.record, sort_keys=False, width=100),
            ]
        )


def loaded(items):
    """Return our rulebook of rules and terms that are written as short as the judge needs them."""
    whole = []
    for item in items:
        if "rule" in item:
            whole.append({**item, **BESIDE})
        elif "setting" in item:
            whole.append({**item, "meaning": "A number or a code.", "source": "None."})
        elif "timescale" in item:
            editions = [{**each, "edition": "One", "source": "No."} for each in item["editions"]]
            whole.append({**item, "says": "Soon.", "editions": editions})
        else:
            whole.append({**item, **BESIDE_A_TERM})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rules.yaml")
        path.write_text(json.dumps([THEME, *whole]), encoding="utf-8")  # JSON is YAML
        return load([path])


class Both:
    """Judges records by the same rules in both ways."""

    def __init__(self, items, rulebook=None, faults=frozenset()):
        self.items = items
        self.faults = faults
        self.reviewer = Reviewer(rulebook or loaded(items))
        self.judge = Judge(items, faults)

    def differences(self, record, days, only=None):
        """Return the judge's verdicts, counted by name, and those on which the two differ.

        `only` is the id of a rule that alone is looked at.
        """
        case = case_from(record)
        self.judge.read(as_text(record))
        verdicts, found = Counter(), []
        for day in days:
            ours = self.ours(case, datetime.date.fromisoformat(day), only)
            judge = self.judge.verdicts_on(day, only)
            verdicts.update(judge.values())
            for rule, subject in sorted(ours.keys() | judge.keys()):
                one, other = ours.get((rule, subject)), judge.get((rule, subject))
                if one != other:
                    which = (self.items, record, day, rule, subject)
                    found.append(Difference(*which, str(one), str(other), self.faults))
        return verdicts, found

    def ours(self, case, as_of, only):
        if only is None:
            verdicts = self.reviewer.review(case, as_of).verdicts
        else:
            rule = self.reviewer.rulebook.by_id[only]
            verdicts = [each.verdict for each in self.reviewer.reasoned(rule, case, as_of)]
        return {(each.rule.id, each.subject.id): each.name for each in verdicts}

    def close(self):
        self.reviewer.close()


def smallest(difference, tries=1500):
    """Return a difference without what it does not need, as far as that is found soon."""
    items = [item for item in difference.items if item.get("rule") in (None, difference.rule)]
    kept = _again(difference, items, difference.record) or difference
    smaller = True
    while smaller and tries > 0:
        smaller = False
        for parts in _without_one([kept.items, kept.record]):
            if len(parts) < 2:
                continue
            items, record = parts
            tries -= 1
            found = _again(kept, items, record)
            if found is not None:
                kept, smaller = found, True
                break
            if tries <= 0:
                break
    return kept


def _again(difference, items, record):
    try:
        both = Both(items, faults=difference.faults)
        try:
            found = both.differences(record, [difference.as_of])[1]
        finally:
            both.close()
    except Exception:  # noqa: BLE001 - what cannot be read is no smaller form of it
        return None
    same = (difference.rule, difference.subject)
    return next((each for each in found if (each.rule, each.subject) == same), None)


def _without_one(tree):
    """Yield the tree without each of its parts in turn, the larger parts first."""
    keys = list(range(len(tree))) if isinstance(tree, list) else list(tree)
    for key in keys:
        if key not in ("id", "rule", "term", "setting", "default", "timescale", "for_each"):
            yield (
                [each for at, each in enumerate(tree) if at != key]
                if isinstance(tree, list)
                else {at: each for at, each in tree.items() if at != key}
            )
    for key in keys:
        if isinstance(tree[key], list | dict):
            for part in _without_one(tree[key]):
                if isinstance(tree, list):
                    yield [*tree[:key], part, *tree[key + 1 :]]
                else:
                    yield {**tree, key: part}
