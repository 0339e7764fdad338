"""The case record's JSON Schema in a form to read: what is said often stands once, under $defs.

Runs only when the schema is asked for, on what pydantic makes of the models.
"""

from typing import Any, Final, get_args

from checklist import codes, values
from checklist.values import MOST_ITEMS, SHARED

_LISTS_OF_CODES: Final = {
    get_args(kind): name for name, kind in vars(codes).items() if name.endswith("Code")
}
_OF_SCHEMAS: Final = ("properties", "$defs")


def recorded(
    kind: object, parts: dict[str, Any], descriptions: dict[str, str], *, several: bool
) -> dict[str, Any]:
    """Return the schema of a recorded value from those of its parts, the value and its provenance.

    It can be written plain, as a mapping with provenance, or as a list of what several said.
    """
    types = (*vars(codes).items(), *vars(values).items())
    name = next(name for name, each in types if each is kind)
    plain = parts["value"]["anyOf"]
    if several:  # one of them can be written without a list
        plain = [*plain, plain[0]["items"]]
    provenance = {
        key: {**part, SHARED: f"Source{key.title()}"}
        for key, part in parts.items()
        if key != "value"
    }
    described = {
        key: {**part, "description": descriptions[key]}
        for key, part in {"value": {"anyOf": plain}, **provenance}.items()
    }
    mapping = {
        SHARED: f"{name}WithSource",
        "type": "object",
        "properties": described,
        "required": ["value"],
        "additionalProperties": False,
    }
    words = {
        "type": "array",
        "items": mapping if several else {"anyOf": [*plain, mapping]},
        "minItems": 1,
        "maxItems": MOST_ITEMS,
    }
    return {SHARED: f"Recorded{name}", "anyOf": [*plain, mapping, words]}


def readable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without titles and defaults, with its shared parts under $defs.

    A default would mislead: a key that is left out is silence, and nothing stands in for it.
    """
    definitions: dict[str, Any] = {}
    plain = _plain(schema, definitions)
    definitions |= plain.pop("$defs", {})
    return {"title": "Case record", **plain, "$defs": dict(sorted(definitions.items()))}


def _plain(part: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_plain(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    schema: dict[str, Any] = {
        key: {name: _plain(each, definitions) for name, each in value.items()}
        if key in _OF_SCHEMAS
        else _plain(value, definitions)
        for key, value in part.items()
        if key not in ("title", "default")
    }
    if schema.get("type") == "array" and "maxLength" in schema:
        schema["maxItems"] = schema.pop("maxLength")  # pydantic takes a set for text
    name = schema.pop(SHARED, None) or _LISTS_OF_CODES.get(tuple(schema.get("enum", ())))
    if name is None:
        return schema
    reference = {"$ref": f"#/$defs/{name}"}
    if "description" in schema:  # says what the value means here, not what it is
        reference["description"] = schema.pop("description")
    definitions[name] = schema
    return reference
