"""Publishes the language of profiles as JSON Schema, for editors and for validators that are not ours."""

from __future__ import annotations

from typing import Any

from toolkit.lexicon import load
from toolkit.read.profile_keys import OPERABLE, OPERATIONS, OPERATORS, Profile


def brief_keys() -> tuple[frozenset[str], frozenset[str]]:
    """``(ids of sections, keys that wording may change)`` of the standard brief."""
    brief = load("brief")
    sections = frozenset(row["id"] for row in brief["sections"])
    words = set(sections) | {f"{one}.gap" for one in sections} | set(brief["words"])
    words |= {f"sectors.{one}" for one in brief["sectors"]} | {f"fields.{row['id']}" for row in brief["fields"]}
    return sections, frozenset(words)


SCHEMA_ID = "https://nhiemky.example/schemas/profile-1.json"


def profile_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a profile document, for editors: completion, descriptions, checking while typing."""
    schema = Profile.model_json_schema(by_alias=True)
    sections, words = brief_keys()
    definitions = schema["$defs"]
    _without_null(schema)
    definitions["Display"]["properties"]["titles"]["propertyNames"] = {"enum": sorted(sections)}
    # The single words of the standard brief grow with it; that one is known is checked when the profile is read.
    named = sorted(word for word in words if "." in word or word in sections)
    schema["properties"]["wording"]["propertyNames"] = {"anyOf": [{"enum": named}, {"pattern": "^[a-z_]+$"}]}
    for name, operations in OPERATIONS.items():
        definitions[name]["oneOf"] = [{"required": [one]} for one in operations]
    for model in OPERABLE:
        block = schema if model is Profile else definitions[model.__name__]
        for key, value in block["properties"].items():
            if value.get("type") == "array":
                block["properties"][key] = _operable(value)
    lists = schema["properties"]["distribution"]
    lists["additionalProperties"] = _operable(lists["additionalProperties"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "title": "nhiemky profile"}
    return {**head, **{key: value for key, value in schema.items() if key != "title"}}


def _operable(array: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list, or of operators on it."""
    items = {"type": "array", "items": array["items"]}
    shapes = dict.fromkeys(OPERATORS, items)
    shapes["remove"] = {"type": "array", "items": {"type": ["string", "integer"]}}
    shapes["update"] = {"type": "array", "items": {"type": "object", "required": ["id"]}}
    named = {name: {**shapes[name], "description": said} for name, said in OPERATORS.items()}
    operators = {"type": "object", "properties": named, "additionalProperties": False, "minProperties": 1}
    rest = {key: value for key, value in array.items() if key in ("description", "title")}
    return {**rest, "oneOf": [items, operators]}


def _without_null(schema: Any) -> None:
    """A key without a value is a fault, so null is no type of the language: ``anyOf: [X, null]`` becomes ``X``."""
    if isinstance(schema, list):
        for item in schema:
            _without_null(item)
    if not isinstance(schema, dict):
        return
    options = schema.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        kept = [option for option in options if option != {"type": "null"}]
        del schema["anyOf"]
        if len(kept) == 1:
            schema.update({**kept[0], **{k: v for k, v in schema.items() if k not in kept[0]}})
        else:
            schema["anyOf"] = kept
    if "default" in schema and schema["default"] is None:
        del schema["default"]
    for value in schema.values():
        _without_null(value)
