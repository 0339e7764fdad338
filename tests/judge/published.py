"""What a case record can say, read from the JSON Schemas that the program publishes.

The schemas are the specification that anybody can read; nothing else of ours is looked at.
"""

import json
import subprocess
import sys
from pathlib import Path

_KINDS = {  # the other definitions of recorded values hold closed lists of codes
    "RecordedDate": "date",
    "RecordedNumber": "number",
    "RecordedPeople": "people",
    "RecordedPerson": "person",
    "RecordedText": "text",
    "RecordedWord": "word",
}
_NOT_SUBJECTS = ("accepted", "judgements", "looked_for", "not_applicable")


def _published(name):
    command = [sys.executable, "-m", "checklist", "schema", name]
    root = Path(__file__).resolve().parents[2]
    return json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)


def _named(schema):
    return schema.get("$ref", "").rpartition("/")[2]


def _fields(properties, definitions):
    """Return the kind of value of each field that is recorded, and its codes where it has any."""
    kinds, codes = {}, {}
    for field, schema in properties.items():
        name = _named(schema)
        if not name.startswith("Recorded"):
            continue
        kinds[field] = _KINDS.get(name)
        if kinds[field] is None:
            plain = definitions[name]["anyOf"][0]
            kinds[field] = "codes" if "items" in plain else "code"
            listed = definitions[_named(plain.get("items", plain))]["enum"]
            codes[field] = tuple(code for code in listed if isinstance(code, str))
    return kinds, codes


def _singular(plural):
    return {"children": "child", "agencies": "agency"}.get(plural, plural.removesuffix("s"))


_CASE, _RULES = _published("case"), _published("rules")
_LISTED = {
    name: _named(schema["anyOf"][0]["items"])
    for name, schema in _CASE["properties"].items()
    if "items" in schema.get("anyOf", [{}])[0] and name not in _NOT_SUBJECTS
}

LISTS = {plural: _singular(plural) for plural in _LISTED}
"""The lists of a case and the kind of subject that each holds."""

FIELDS, CODES = {}, {}
"""By kind of subject: the kind of value of each field, and the codes of those that have some."""

for _kind, _properties in {
    "case": _CASE["properties"],
    **{LISTS[name]: _CASE["$defs"][model]["properties"] for name, model in _LISTED.items()},
}.items():
    FIELDS[_kind], CODES[_kind] = _fields(_properties, _CASE["$defs"])

_OF_FAMILY = [
    name.partition(".")[2] for name in _RULES["$defs"] if name.startswith("family_member.")
]
FIELDS["family_member"] = {field: FIELDS["child"][field] for field in _OF_FAMILY}
CODES["family_member"] = {
    field: CODES["child"][field] for field in _OF_FAMILY if field in CODES["child"]
}

AGENCIES = tuple(_CASE["$defs"]["AgencyCode"]["enum"])
