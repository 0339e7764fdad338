"""The JSON Schema of a rule file, made from the vocabulary, for editors that complete and check.

Looks at one file alone. What takes the whole rulebook to know (whether a term, a theme or a
learning point exists) only loading the rules can tell.
"""

from collections.abc import Mapping
from typing import Any, Final

from checklist import wording
from checklist.audit import ANSWERED_BY, WORDS
from checklist.audit_reader import (
    AUDIT_KEYS,
    FOUND_BY_KEYS,
    MONTH,
    POINT_KEYS,
    PUBLISHED_KEYS,
    SELECTION_KEYS,
)
from checklist.condition_reader import MOST_IN_LIST, MOST_IN_PERIOD, MOST_NUMBER, TIMESCALE
from checklist.condition_words import DIRECTIONS, HAS_PLAIN_FORM, TESTS, UNITS, included
from checklist.conditions import CASE_STEP, THIS
from checklist.item_reader import LONGEST_ID, RULE_ID, TERM_ID, Examples, Key
from checklist.query_reader import QUERY_EXAMPLES, QUERY_KEYS
from checklist.record import Case
from checklist.rule import PRIORITIES, VERDICT_NAMES
from checklist.rule_reader import (
    CONDITION_KEYS,
    RULE_EXAMPLES,
    RULE_KEYS,
    TERM_EXAMPLES,
    TERM_KEYS,
    THEME_KEYS,
)
from checklist.setting_reader import EDITION_KEYS, SETTING_KEYS, TIMESCALE_KEYS
from checklist.settings import KEY, MOST, SETTING_UNITS
from checklist.values import MOST_ITEMS
from checklist.vocabulary import CASE, Field, SubjectKind, collections, subject_kinds

Schema = dict[str, Any]

_DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AS_READ: Final[Mapping[str, list[Any]]] = {"yes": ["yes", True], "no": ["no", False]}
"""An editor that reads YAML as version 1.1 takes a plain `yes` for a truth value."""

_YES_OR_NO: Final = [way for ways in _AS_READ.values() for way in ways]


def schema() -> Schema:
    """Return the schema of a rule file: one item of a rulebook, or a list of them."""
    kinds = subject_kinds().values()
    record = _moved(Case.model_json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule file of checklist",
        "description": "One rule, term, query, setting, timescale, theme or audit, or a list "
        "of them.",
        "if": {"type": "array"},
        "then": {"items": _ref("item")},
        "else": _ref("item"),
        "$defs": {
            "item": _item(),
            "rule": _rule(),
            "term": _term(),
            "query": _query(),
            "setting": _setting(),
            "in_place": _in_place(),
            "timescale": _timescale(),
            "theme": _mapping(THEME_KEYS, {"theme": _id(RULE_ID.pattern), "title": _ref("text")}),
            "audit": _audit(),
            "example": _example(RULE_EXAMPLES),
            "term_example": _example(TERM_EXAMPLES),
            "query_example": _example(QUERY_EXAMPLES),
            "given": _without_id(record),
            "text": {"type": "string", "pattern": r"\S"},
            "as_it_stands": {"type": "string", "pattern": r"^[^{}]*[^{}\s][^{}]*$"},
            "questions": {"type": "object", "additionalProperties": _ref("text")},
            "yes_only": {"enum": ["yes", True]},
            "term_name": _term_name(),
            "yes_or_no": {"enum": _YES_OR_NO},
            **{f"on_{kind.name}": _conditions(kind) for kind in kinds},
            "lists": _lists(),
            **{f"members_{kind.name}": _members(kind) for kind in kinds if kind.name != CASE},
            **{
                f"{kind.name}.{name}": _tests(field, kind)
                for kind in kinds
                for name, field in kind.fields.items()
            },
            **{f"day_from_{kind.name}": _moment(kind) for kind in kinds},
            **{f"period_from_{kind.name}": _period(kind) for kind in kinds},
            **{f"record_{name}": each for name, each in record["$defs"].items()},
        },
    }


# -- items -------------------------------------------------------------------------------------


def _item() -> Schema:
    # told by the key it begins with; a rule has a theme too, so that comes last
    chosen: Any = False
    for name in ("theme", "audit", "timescale", "setting", "query", "term", "rule"):
        chosen = {"if": {"required": [name]}, "then": _ref(name), "else": chosen}
    return {"type": "object", "minProperties": 1, **chosen}


def _rule() -> Schema:
    filled = _ref("text")
    types = {
        "rule": _id(RULE_ID.pattern),
        "title": _ref("as_it_stands"),
        "theme": _id(RULE_ID.pattern),
        "learned_from": {"type": "array", "items": _ref("text")},
        "source": _ref("text"),
        "for_each": _kind(),
        "applies": {"type": "object"},
        "expects": {"type": "object"},
        "judge": filled,
        "by": {"type": ["object", "string"]},
        "priority": {"enum": list(PRIORITIES)},
        "gap": filled,
        "due": filled,
        "met": filled,
        "why": _ref("as_it_stands"),
        "close": filled,
        "who": _ref("as_it_stands"),
        "ask": _ref("questions"),
        "examples": _examples("example", RULE_EXAMPLES),
    }
    learned = {"required": ["learned_from"], "properties": {"learned_from": {"minItems": 1}}}
    return {
        **_mapping(RULE_KEYS, types),
        "allOf": [
            {"anyOf": [learned, {"required": ["source"]}]},
            {"anyOf": [{"required": ["expects"]}, {"required": ["judge"]}]},
            *(
                _for(
                    kind.name,
                    {
                        "applies": _ref(f"on_{kind.name}"),
                        "expects": _ref(f"on_{kind.name}"),
                        "by": _deadline(kind),
                    },
                )
                for kind in subject_kinds().values()
            ),
        ],
    }


def _term() -> Schema:
    types = {
        "term": _id(TERM_ID.pattern),
        "for_each": _kind(),
        "meaning": _ref("as_it_stands"),
        "yes_when": {"type": "object"},
        "no_when": {"type": "object"},
        "ask": _ref("questions"),
        "examples": _examples("term_example", TERM_EXAMPLES),
    }
    return {
        **_mapping(TERM_KEYS, types),
        "allOf": [
            _for(
                kind,
                {
                    "yes_when": _ref(f"on_{kind}"),
                    "no_when": _ref(f"on_{kind}"),
                },
            )
            for kind in subject_kinds()
        ],
    }


def _query() -> Schema:
    types = {
        "query": _id(RULE_ID.pattern),
        "title": _ref("as_it_stands"),
        "for_each": _kind(),
        "when": {"type": "object"},
        "says": _ref("text"),
        "check": _ref("text"),
        "examples": _examples("query_example", QUERY_EXAMPLES),
    }
    return {
        **_mapping(QUERY_KEYS, types),
        "allOf": [_for(kind, {"when": _ref(f"on_{kind}")}) for kind in subject_kinds()],
    }


def _setting() -> Schema:
    types = {
        "setting": _id(TERM_ID.pattern),
        "meaning": _ref("as_it_stands"),
        "default": {"type": ["integer", "string"], "minimum": 0, "maximum": MOST, "pattern": r"\S"},
        "unit": {"enum": list(SETTING_UNITS)},
        "source": _ref("text"),
    }
    return _mapping(SETTING_KEYS, types)


def _in_place() -> Schema:
    """Return the schema of what stands in a condition for a setting's value."""
    return {
        "description": "a local setting's value",
        "type": "object",
        "properties": {KEY: _id(TERM_ID.pattern)},
        "required": [KEY],
        "additionalProperties": False,
    }


def _timescale() -> Schema:
    edition = {
        "edition": _ref("text"),
        "in_force_from": _day(),
        "number": {"type": "integer", "minimum": 1, "maximum": MOST_IN_PERIOD},
        "unit": {"enum": list(UNITS)},
        "source": _ref("text"),
    }
    types = {
        "timescale": _id(TERM_ID.pattern),
        "says": _ref("text"),
        "editions": {"type": "array", "minItems": 1, "items": _mapping(EDITION_KEYS, edition)},
    }
    return _mapping(TIMESCALE_KEYS, types)


def _audit() -> Schema:
    number = {"type": "integer", "minimum": 0}
    on_case = _ref(f"on_{CASE}")
    selection = {"says": _ref("text"), "qualifies": on_case, "repeat": on_case}
    types = {
        "audit": _ref("text"),
        "title": _ref("text"),
        "partnership": _ref("text"),
        "month": {"type": "string", "pattern": f"^{MONTH.pattern}$"},
        "selection": _mapping(SELECTION_KEYS, selection),
        **dict.fromkeys(("cases", "authorities", "repeats"), number),
        "points": {"type": "array", "items": _point()},
        "published": {"type": "array", "items": _published()},
    }
    return _mapping(AUDIT_KEYS, types)


def _point() -> Schema:
    types = {
        **dict.fromkeys(("point", "section", "says", "question", "screening"), _ref("text")),
        "answered_by": {"type": "array", "items": {"enum": list(ANSWERED_BY)}, "minItems": 1},
        "strength": _ref("yes_or_no"),
    }
    of_several = {"contains": {"enum": [each for each in ANSWERED_BY if each != CASE]}}
    return {
        **_mapping(POINT_KEYS, types),
        "if": {"properties": {"answered_by": of_several}, "required": ["answered_by"]},
        "then": {"required": ["question", "screening"]},
    }


def _published() -> Schema:
    number = {"type": "integer", "minimum": 0}
    types = {
        "number": _id(RULE_ID.pattern),
        "points": {"type": "array", "items": _ref("text"), "minItems": 1},
        "says": _ref("text"),
        "count": number,
        "words": {"enum": list(WORDS)},
        "of": number,
        "found_by": _found_by(),
    }
    either = [{"required": ["count"]}, {"required": ["words"]}]
    return {**_mapping(PUBLISHED_KEYS, types), "oneOf": either}


def _found_by() -> Schema:
    types = {
        "when": _ref(f"on_{CASE}"),
        "rule": _ref("text"),
        "verdict": {"type": "array", "items": {"enum": list(VERDICT_NAMES)}, "minItems": 1},
        "every": _ref("yes_or_no"),
    }
    either = [
        {"required": ["when"], "maxProperties": 1},
        {"required": ["rule", "verdict"]},
    ]
    return {**_mapping(FOUND_BY_KEYS, types), "oneOf": either}


def _examples(item: str, form: Examples) -> Schema:
    """Return the schema of a list of examples that shows each of the answers needed."""
    return {
        "type": "array",
        "items": _ref(item),
        "allOf": [
            {"contains": {"properties": {form.answer: _answers(name)}, "required": [form.answer]}}
            for name in form.needed
        ],
    }


def _example(form: Examples) -> Schema:
    types = {
        "given": _ref("given"),
        form.answer: _answers(*form.answers),
        "subject": _ref("text"),
        "as_of": _day(),
    }
    return _mapping(form.keys, types)


def _answers(*names: str) -> Schema:
    return {"enum": [way for name in names for way in _AS_READ.get(name, [name])]}


def _moved(schema: Any) -> Any:
    """Return the schema of a case with its references to where its parts stand in this one."""
    if isinstance(schema, list):
        return [_moved(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: each.replace("#/$defs/", "#/$defs/record_") if key == "$ref" else _moved(each)
        for key, each in schema.items()
    }


def _without_id(record: Schema) -> Schema:
    """Return the schema of a case as an example gives it: any part of it will do."""
    return {key: value for key, value in record.items() if key not in ("$defs", "required")}


def _for(kind: str, properties: Schema) -> Schema:
    chosen = {"properties": {"for_each": {"const": kind}}, "required": ["for_each"]}
    return {"if": chosen, "then": {"properties": properties}}


def _kind() -> Schema:
    return {"enum": list(subject_kinds())}


# -- conditions --------------------------------------------------------------------------------


def _conditions(kind: SubjectKind) -> Schema:
    here = _ref(f"on_{kind.name}")
    several = {"type": "array", "items": here, "minItems": 1}
    fields = {name: _ref(f"{kind.name}.{name}") for name in kind.fields}
    # the fields one step away, by the path to them
    for step, led_to in _steps(kind).items():
        fields |= {f"{step}.{name}": _ref(f"{led_to.name}.{name}") for name in led_to.fields}
    own = [*(key for key in CONDITION_KEYS if key != "where"), *fields]
    return {
        "description": f"what a condition can ask of {wording.subject(kind.name)}",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": {"description": "each of these is so", **several},
            "any": {"description": "at least one of these is so", **several},
            "not": {"description": "this is not so", **here},
            "some": {"description": "at least one member of a list of the case", **_ref("lists")},
            "every": {"description": "each member of a list of the case", **_ref("lists")},
            "way": {
                "description": "in words, how the rule is met this way; the report says it",
                **_ref("as_it_stands"),
            },
            **fields,
        },
        # two steps away and more
        "patternProperties": {_FAR: {}},
        # what is no field anywhere may be a term
        "additionalProperties": _ref("yes_or_no"),
        "propertyNames": {"anyOf": [{"enum": own}, {"pattern": _FAR}, _ref("term_name")]},
    }


def _term_name() -> Schema:
    fields = {name for kind in subject_kinds().values() for name in kind.fields}
    taken = "|".join(sorted({*fields, *collections(), *CONDITION_KEYS}))
    steps = "|".join(_ALL_STEPS)
    return {
        "pattern": rf"^(({steps})\.)?{TERM_ID.pattern}$",
        "not": {"pattern": rf"^(({steps})\.)?({taken})$"},
    }


def _lists() -> Schema:
    lists = {
        name: _ref(f"members_{kind}")
        for plural, kind in collections().items()
        for name in (plural, f"{CASE_STEP}.{plural}")
    }
    return {
        "type": "object",
        "minProperties": 1,
        "properties": lists,
        "additionalProperties": False,
    }


def _members(kind: SubjectKind) -> Schema:
    """Return the schema of what is asked of the members of a list, and of which of them."""
    asked = _conditions(kind)
    where = {"description": "which members are meant", **_ref(f"on_{kind.name}")}
    asked["properties"]["where"] = where
    asked["propertyNames"]["anyOf"][0]["enum"].append("where")
    return {**asked, "if": {"required": ["where"]}, "then": {"minProperties": 2}}


def _tests(field: Field, kind: SubjectKind) -> Schema:
    by_test = {name: _operand(name, field, kind) for name in TESTS[field.kind]}
    tests = {
        "type": "object",
        "minProperties": 1,
        "properties": by_test,
        "additionalProperties": False,
    }
    said: Schema = {"description": field.description}
    if field.leads_to:
        is_test = {"required": ["recorded"]}
        return {
            **said,
            "if": is_test,
            "then": tests,
            "else": _ref(f"on_{field.leads_to}"),
        }
    if field.kind in HAS_PLAIN_FORM:
        by_form = {"if": {"type": "object"}, "then": tests, "else": _plain(field)}
        # no setting is a day
        return {**said, **(by_form if field.kind == "date" else _or_setting(by_form))}
    return {**said, **tests}


def _operand(test: str, field: Field, kind: SubjectKind) -> Schema:
    match test:
        case "recorded":
            return _ref("yes_only")
        case "in":
            several = {"minItems": 1, "maxItems": MOST_IN_LIST}
            return {"type": "array", "items": _value(field), **several}
        case "includes" if field.kind == "people":
            return {"enum": [f"{THIS}{around}" for around in included(field)]}
        case "includes":
            one = _value(field)
            many = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_ITEMS}
            this = [{"enum": [f"{THIS}{around}"]} for around in included(field)]
            return {"if": {"type": "array"}, "then": many, "else": {"anyOf": [one, *this]}}
        case "at_least" if field.kind == "date":
            one_way = {"not": {"anyOf": [{"required": [each]} for each in ("of", TIMESCALE)]}}
            return {"allOf": [_ref(f"period_from_{kind.name}"), one_way]}
        case "at_least" | "at_most":
            return _value(field)
        case "before" | "after":
            return _ref(f"day_from_{kind.name}")
        case _:
            return _ref(f"period_from_{kind.name}")


def _value(field: Field) -> Schema:
    """Return the schema of one value of a field, or of the setting that stands for it."""
    return _or_setting(_plain(field))


def _or_setting(otherwise: Schema) -> Schema:
    named = {"type": "object", "required": [KEY]}
    return {"if": named, "then": _ref("in_place"), "else": otherwise}


def _plain(field: Field) -> Schema:
    """Return the schema of one value of a field, as a condition writes it."""
    match field.kind:
        case "number":
            return {"type": "integer", "minimum": -MOST_NUMBER, "maximum": MOST_NUMBER}
        case "date":
            return _day()
        case "code" | "codes" if set(field.codes) == {"yes", "no"}:
            return _ref("yes_or_no")
        case "code" | "codes":
            return {"enum": list(field.codes)}
        case _:
            return _ref("text")


# -- days --------------------------------------------------------------------------------------


def _deadline(kind: SubjectKind) -> Schema:
    period = {
        "allOf": [_ref(f"period_from_{kind.name}"), {"not": {"required": ["of"]}}],
    }
    moment = _ref(f"day_from_{kind.name}")
    return {"if": {"type": "object"}, "then": period, "else": moment}


def _moment(kind: SubjectKind) -> Schema:
    """Return the schema of a day: one written out, `as_of`, or a date field."""
    dates = _dates(kind)
    for step, led_to in _steps(kind).items():
        dates += [f"{step}.{name}" for name in _dates(led_to)]
    all_dates = sorted({name for each in subject_kinds().values() for name in _dates(each)})
    far = rf"{_FAR}({'|'.join(all_dates)})$"
    around = rf"^{THIS}({'|'.join(subject_kinds())})\.({'|'.join(all_dates)})$"
    return {
        "type": "string",
        "anyOf": [
            {"enum": ["as_of", *dates]},
            *({"pattern": each} for each in (f"^{_DATE}$", far, around)),
        ],
    }


def _period(kind: SubjectKind) -> Schema:
    moment = _ref(f"day_from_{kind.name}")
    number = _or_setting({"type": "integer", "minimum": 0, "maximum": MOST_IN_PERIOD})
    own: Schema = {
        "type": "object",
        "properties": {**dict.fromkeys(UNITS, number), **dict.fromkeys(DIRECTIONS, moment)},
        "additionalProperties": False,
        "minProperties": 2,
        "maxProperties": 2,
        "allOf": [
            {"oneOf": [{"required": [name]} for name in UNITS]},
            {"oneOf": [{"required": [name]} for name in DIRECTIONS]},
        ],
    }
    of_timescale = {
        "description": "as long as a timescale of the rulebook allows",
        "type": "object",
        "properties": {TIMESCALE: _id(TERM_ID.pattern), "after": moment},
        "required": [TIMESCALE, "after"],
        "additionalProperties": False,
    }
    return {"if": {"required": [TIMESCALE]}, "then": of_timescale, "else": own}


def _dates(kind: SubjectKind) -> list[str]:
    return [field.name for field in kind.fields.values() if field.kind == "date"]


# -- small parts -------------------------------------------------------------------------------


def _steps(kind: SubjectKind) -> dict[str, SubjectKind]:
    """Return the subjects one step away, by the step."""
    kinds = subject_kinds()
    led = {name: kinds[each.leads_to] for name, each in kind.fields.items() if each.leads_to}
    return {**led, CASE_STEP: kinds[CASE]}


_ALL_STEPS: Final = sorted({step for kind in subject_kinds().values() for step in _steps(kind)})
_FAR: Final = rf"^(({'|'.join(_ALL_STEPS)})\.){{2,}}"


def _mapping(keys: Mapping[str, Key], types: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {
            name: {"description": key.says, **types[name]} for name, key in keys.items()
        },
        "required": [name for name, key in keys.items() if key.needed],
        "additionalProperties": False,
    }


def _id(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^({pattern})$", "maxLength": LONGEST_ID}


def _day() -> Schema:
    return {"type": "string", "format": "date", "pattern": f"^{_DATE}$"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
