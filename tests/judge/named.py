"""Ids for what a record leaves unnamed, so that both ways to a verdict call it the same.

As the README has it, an id is made of the kind and the day; where that stands already, a number
follows.
"""

from tests.judge.judge import words
from tests.judge.published import FIELDS, LISTS

_DAY = {"plan": "started", "action": "due"}  # of the others it is `date`


def with_ids(tree):
    """Return a record in which everything has an id."""
    listed = {name: tree[name] for name in LISTS if isinstance(tree.get(name), list)}
    taken = {each["id"] for members in listed.values() for each in members if each.get("id")}
    return tree | {
        name: [_with_id(LISTS[name], each, taken) for each in members]
        for name, members in listed.items()
    }


def _with_id(kind, tree, taken):
    if tree.get("id"):
        return tree
    made = _made_of(kind, tree)
    number, own = 1, made
    while own in taken:
        number += 1
        own = f"{made}-{number}"
    taken.add(own)
    return {"id": own, **tree}


def _made_of(kind, tree):
    if kind == "couple":
        return "-and-".join(sorted(tree["people"]))
    names = [said for field in ("kind", "tool") for said in _said(kind, field, tree)]
    days = _said(kind, _DAY.get(kind, "date"), tree)
    return "-".join([*(names[:1] or [kind]), *([min(days)] if days else [])])


def _said(kind, field, tree):
    if field not in FIELDS[kind]:
        return []
    return [word["value"] for word in words(tree.get(field), FIELDS[kind][field]) if word["value"]]
