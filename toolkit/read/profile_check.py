"""Checks one document of a profile against the language: pydantic over the tree's values, each error put back to its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args, get_origin

from toolkit.model.profile import Mark
from toolkit.read.profile_faults import did_you_mean
from toolkit.read.profile_yaml import Fault, Node, Path

if TYPE_CHECKING:
    from pydantic import BaseModel

TAGS = ("name", "selector")
"""Names of the branches that pydantic puts into the place of an error where a target is a text or a selector."""


def check_document(document: Node) -> list[Fault]:
    """All faults of form: unknown keys, missing ones, values of the wrong type or that cannot be."""
    from pydantic import ValidationError

    from toolkit.read.profile_keys import Profile

    if not isinstance(document.value, dict):
        what, remedy = "a profile is a mapping of keys", "begin with a key, as in locality: {name: …}"
        return [Fault("profile-type", document.mark, (), what, remedy)]
    flat = _Flat(document)
    try:
        Profile.model_validate(flat.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return [*flat.faults, *(_translate(document, flat, one) for one in found)]
    return flat.faults


class _Flat:
    """The values of a document with every operator list taken apart: pydantic sees one plain list.

    ``places`` maps (path of the list, index there) back to the path as written (``facts.append[0]``).
    """

    def __init__(self, document: Node) -> None:
        from toolkit.read.profile_keys import list_paths

        self.faults: list[Fault] = []
        self.places: dict[tuple[Path, int], Path] = {}
        self.data: dict[str, Any] = document.plain()
        for path in list_paths():
            for written in _expand(path, document):
                self._flatten(document, written)

    def _flatten(self, document: Node, path: tuple[str, ...]) -> None:
        node = document.get(*path)
        if node is None or not isinstance(node.value, dict):
            return
        block = self.data
        for key in path[:-1]:
            block = block[key]
        block[path[-1]] = self._items(node, path)

    def _items(self, node: Node, path: tuple[str, ...]) -> list[Any]:
        from toolkit.read.profile_keys import OPERATORS

        items: list[Any] = []
        for name, child in node.value.items():
            where = (*path, name)
            if name not in OPERATORS:
                what = f"“{name}” is neither an item of a list nor an operator on one"
                remedy = f"begin each item with “- ”; or {did_you_mean(name, OPERATORS)}"
                self.faults.append(Fault("profile-unknown-operator", node.keys[name], where, what, remedy))
            elif not isinstance(child.value, list):
                self.faults.append(Fault("profile-type", child.mark, where, "a list is needed here", "write each item as “- …”"))
            elif name == "remove":
                self._names(child, where)
            elif name == "update":
                self._updates(child, where)
            else:
                for i, item in enumerate(child.value):
                    self.places[path, len(items)] = (*where, i)
                    items.append(item.plain())
        return items

    def _names(self, node: Node, path: Path) -> None:
        for i, item in enumerate(node.value):
            if isinstance(item.value, dict | list):
                what, remedy = "an id is needed here", "write the id or the text of the entry to take out"
                self.faults.append(Fault("profile-type", item.mark, (*path, i), what, remedy))

    def _updates(self, node: Node, path: Path) -> None:
        """An update is checked as a whole entry only when it is merged; here its id and its keys."""
        from toolkit.read.profile_keys import fields_of, list_paths

        model = list_paths()[_pattern(path[:-1])]
        known = set(fields_of(model)) | {"id"} if model is not str else set()
        for i, item in enumerate(node.value):
            where = (*path, i)
            if not isinstance(item.value, dict) or "id" not in item.value:
                what, remedy = "an update names its entry by id", "write id: … and the keys to change"
                self.faults.append(Fault("profile-type", item.mark, where, what, remedy))
                continue
            for key in item.value:
                if key not in known:
                    fault = Fault(
                        "profile-unknown-key", item.keys[key], (*where, key), f"there is no key “{key}”", did_you_mean(key, known)
                    )
                    self.faults.append(fault)


def _expand(path: tuple[str, ...], document: Node) -> list[tuple[str, ...]]:
    """The paths of a document that a path with ``*`` stands for."""
    if "*" not in path:
        return [path]
    block = document.get(*path[: path.index("*")])
    names = block.value if block is not None and isinstance(block.value, dict) else {}
    return [tuple(name if part == "*" else part for part in path) for name in names]


def _pattern(path: Path) -> tuple[str, ...]:
    return ("distribution", "*") if path[0] == "distribution" else tuple(str(part) for part in path)


# --- from pydantic's errors to faults ---------------------------------------------------------------------------------------


def _translate(document: Node, flat: _Flat, error: Mapping[str, Any]) -> Fault:
    path = _written(flat, error["loc"])
    kind = error["type"]
    node = _at(document, path)
    if kind == "extra_forbidden":
        owner = _at(document, path[:-1]) or document
        key = str(path[-1])
        return Fault("profile-unknown-key", owner.keys.get(key, owner.mark), path, f"there is no key “{key}” here", _known(path))
    if kind == "missing":
        owner = _at(document, path[:-1]) or document
        return Fault("profile-missing", owner.mark, path[:-1], f"“{path[-1]}” is missing", _how_to_write(path))
    mark = node.mark if node is not None else Mark(document.mark.file, 1, 1)
    value = node.value if node is not None else None
    code, message, remedy = _explain(kind, error, value, path)
    return Fault(code, mark, path, message, remedy)


def _written(flat: _Flat, loc: tuple[str | int, ...]) -> Path:
    """The path as the person wrote it: without pydantic's branch names, operators put back."""
    path: Path = ()
    for i, part in enumerate(loc):
        if part in TAGS and i and loc[i - 1] in ("set", "correct", "hide"):
            continue
        path = flat.places[path, part] if isinstance(part, int) and (path, part) in flat.places else (*path, part)
    return path


def _at(document: Node, path: Path) -> Node | None:
    node: Node | None = document
    for part in path:
        if node is None:
            return None
        if isinstance(part, int):
            node = node.value[part] if isinstance(node.value, list) and part < len(node.value) else None
        else:
            node = node.get(part)
    return node


def _explain(kind: str, error: Mapping[str, Any], value: object, path: Path) -> tuple[str, str, str]:
    """``(code, message, remedy)`` of an error about a value that is there."""
    context = error.get("ctx", {})
    if kind == "profile":
        return "profile-value", error["msg"], context["remedy"]
    if kind in ("enum", "literal_error"):
        known = re.findall(r"'([^']*)'", context["expected"])
        if not known:
            return "profile-value", f"“{value}” is not known here", f"write {context['expected']}"
        what = f"{_shown(value)} is no {str(path[-1] if path[-1] != 'value' else path[-2]).replace('_', ' ')}"
        return "profile-value", what, did_you_mean(str(value), known, "values")
    if kind == "string_type" and path[-1] in ("set", "correct", "hide"):
        what = f"an id, a label or a selector is needed here, not {_shown(value)}"
        return "profile-type", what, "write one fact an entry, or {sector: kinh-te}"
    if kind == "string_type":
        return "profile-type", f"a text is needed here, not {_shown(value)}", "write it on this line, in quotes if it holds a colon"
    if kind == "list_type":
        return "profile-type", f"a list is needed here, not {_shown(value)}", "begin each item on a line of its own with “- ”"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "profile-type", f"keys are needed here, not {_shown(value)}", _how_to_give(path, value)
    if kind == "string_pattern_mismatch":
        return "profile-value", f"“{value}” is not possible here", "write lower-case letters, digits and “-”, without marks"
    if kind in ("string_too_short", "int_type", "int_parsing"):
        return "profile-value", f"{_shown(value)} is too short or no number", "write it out"
    return "profile-value", error["msg"], "see profiles/README.md"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, dict):
        return "a block of keys"
    if isinstance(value, int):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else f"“{value}”"


def _how_to_give(path: Path, value: object) -> str:
    """How a block is written where only its value was given."""
    from toolkit.read.profile_keys import Given, fields_of

    model = _model_at(path)
    if isinstance(model, type) and issubclass(model, Given):
        shown = value if isinstance(value, str | int) and not isinstance(value, bool) else "…"
        return f'write {path[-1]}: {{value: {shown}, reason: "why"}}'
    if isinstance(model, type) and get_origin(model) is None and model is not str and hasattr(model, "model_fields"):
        first = "name" if "name" in fields_of(model) else next(iter(fields_of(model)))
        return f"write its keys on the next lines, indented: {first}: …"
    return "write key: value on the next lines, indented"


_EXAMPLES = {
    "reason": 'write reason: "why the brief should differ from its source"',
    "email": "write email: vanphong@example.vn",
    "term.value": "write value: 2020-2025",
    "next_term.value": "write value: 2025-2030",
    "year.value": "write value: 2022",
    "report.value": "write value: half-term",
    "congress.value": "write value: XXII",
    "date.value": "write value: 2023-04-03",
}


def _how_to_write(path: Path) -> str:
    key = str(path[-1])
    return _EXAMPLES.get(".".join(map(str, path)), _EXAMPLES.get(key, f"write {key}: …"))


def _known(path: Path) -> str:
    """The remedy for an unknown key: the nearest of those that may stand there."""
    from toolkit.read.profile_keys import fields_of

    model = _model_at(path[:-1])
    known = set(fields_of(model)) if hasattr(model, "model_fields") else set()
    return did_you_mean(str(path[-1]), known) if known else "take it out"


def _model_at(path: Path) -> Any:
    """The type of the language that stands at a path."""
    from toolkit.read.profile_keys import OPERATORS, Profile, Selector, fields_of

    kind: Any = Profile
    for part in path:
        if part in OPERATORS and get_origin(kind) is list:
            continue
        if isinstance(part, int) or get_origin(kind) is dict:
            kind = _inner(kind)
        elif hasattr(kind, "model_fields"):
            kind = fields_of(kind).get(str(part))
            if part in ("set", "correct", "hide") and kind is not str:
                kind = Selector
    return kind


def _inner(kind: Any) -> type[BaseModel] | Any:
    from toolkit.read.profile_keys import bare

    return bare(get_args(kind)[-1]) if get_args(kind) else kind
