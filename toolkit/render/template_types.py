"""What a template's expressions are, as far as it is known before rendering: the types of ``model/brief.py``, walked by attribute.

A type is a hint as the dataclasses write it (``tuple[Section, ...]``, ``str | Figure``), ``Any`` where nothing is known, or one of
the classes below for what only Jinja has.  Unknown things are never faults: a checker that cries wolf is switched off.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from toolkit.lexicon import load
from toolkit.model.brief import Brief, Note, SourceLine
from toolkit.model.comparison import Comparison
from toolkit.model.context import Level, Locality, Report
from toolkit.model.mail import Letter
from toolkit.render.html import _Colours as StyleNames
from toolkit.render.html import _context as template_names
from toolkit.render.mail import OUTBOX, Sample

MISSING = object()
"""The attribute is not there."""


@dataclass(frozen=True)
class Keys:
    """A mapping whose keys are known, as ``words``; its values are strings."""

    names: frozenset[str]


@dataclass(frozen=True)
class Module:
    """An imported template: what it exports."""

    exports: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Macro:
    """A macro: its template and its name, by which its node is found there (nodes are not hashable)."""

    template: str
    name: str


@dataclass(frozen=True)
class Loop:
    """``loop`` inside a ``for``."""


_COUNTS = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0")
LOOP = frozenset((*_COUNTS, "previtem", "nextitem", "cycle", "changed"))
_MAPPING = frozenset(("items", "keys", "values", "get"))


_TYPES: Mapping[str, Any] = {"sources": Mapping[str, SourceLine], "notes": Mapping[int, Note], "target": str, "font_faces": str}
"""Types of names that an empty brief does not show."""


@cache
def context() -> Mapping[str, Any]:
    """Names that every template may use, with their types: what the renderer passes for an empty brief."""
    place = Locality("", Level.PHUONG, (), "")
    empty = Brief(place, Report.OTHER, "", "", "", "", "", None, "", "standard", "")
    given = {
        name: type(value) if isinstance(value, str) or is_dataclass(value) else Any for name, value in template_names(empty).items()
    }
    return {**given, **_TYPES, "words": Keys(frozenset(load("brief")["words"]))}


@cache
def comparison_context() -> Mapping[str, Any]:
    """Names that the templates of a comparison may use, with their types."""
    words = frozenset((*load("brief")["words"], *load("comparison")["words"]))
    return {**_TYPES, "comparison": Comparison, "words": Keys(words)}


def style_context() -> Mapping[str, Any]:
    """Names of the PDF's style sheet, which all briefs of a colour share: of a brief it knows the palette alone."""
    return {"brief": StyleNames}


def mail_context(name: str) -> Mapping[str, Any]:
    """Names that a page of ``mail/`` may use."""
    words = Keys(frozenset(load("mail")["words"]))
    if name == OUTBOX:
        return {"samples": tuple[Sample, ...], "total": int, "words": words}
    return {"letter": Letter, "words": words}


@cache
def embedded_context(name: str) -> Mapping[str, Any]:
    """Names that a page of ``newsletter/``, ``embed/`` or ``index/`` may use."""
    from toolkit.render.digest import Digest
    from toolkit.render.index import IndexGroup
    from toolkit.render.insert import Insert

    words = Mapping[str, str]
    inlined = {"style": str, "style_hash": str}
    if name == "newsletter/digest.html":
        return {"digest": Digest}
    if name.startswith("newsletter/"):
        return {**context(), "insert": Insert}
    if name == "embed/snippet.html":
        return {"address": str, "frame_title": str, "width": int, "height": int}
    if name.startswith("embed/"):
        return {**context(), "insert": Insert, **inlined}
    if name == "index/index.js":
        return {"say": words}
    given = {"groups": tuple[IndexGroup, ...], "terms": tuple[str, ...], "counted": str, "say": words, "feeds": bool}
    return {**given, **inlined, "script": str, "script_hash": str}


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def members(hint: Any) -> tuple[Any, ...]:
    """The types that a hint allows, None apart."""
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(part for part in get_args(hint) if part is not type(None))
    return (hint,)


def union(hints: Iterable[Any]) -> Any:
    """One hint for several; ``Any`` where one of them is unknown."""
    whole = list(dict.fromkeys(part for hint in hints for part in members(hint)))
    if not whole or Any in whole:
        return Any
    try:
        return Union[tuple(whole)] if len(whole) > 1 else whole[0]  # noqa: UP007 - built from a list
    except TypeError:
        return Any


def attribute(hint: Any, name: str) -> Any:
    """The type of ``value.name``, or ``MISSING`` when no value of this type has it."""
    found = [made for part in members(hint) if (made := _attribute(part, name)) is not MISSING]
    return union(found) if found else MISSING


def _attribute(hint: Any, name: str) -> Any:
    if isinstance(hint, Keys):
        return str if name in hint.names else Any if name in _MAPPING else MISSING
    if isinstance(hint, Module):
        return dict(hint.exports).get(name, MISSING)
    if isinstance(hint, Loop):
        return int if name in _COUNTS else Any if name in LOOP else MISSING
    if isinstance(hint, Macro) or hint is Any:
        return Any
    origin = get_origin(hint) or hint
    if not isinstance(origin, type):
        return Any
    if is_dataclass(origin) and name in {field.name for field in fields(origin)}:
        return _hints(origin)[name]
    if issubclass(origin, Mapping) and name not in _MAPPING:
        return item(hint) if get_args(hint)[:1] == (str,) else MISSING
    if issubclass(origin, Enum) and name in ("value", "name"):
        return str
    if not hasattr(origin, name):
        return MISSING
    member = getattr(origin, name)
    return get_type_hints(member.fget).get("return", Any) if isinstance(member, property) and member.fget else Any


def no_text(hint: Any) -> bool:
    """Whether a value of this type shows as Python writes it, where it is printed."""
    return hint is not Any and all(_no_text(part) for part in members(hint))


def _no_text(hint: Any) -> bool:
    if isinstance(hint, Keys | Module | Macro | Loop):
        return True
    origin = get_origin(hint) or hint
    return isinstance(origin, type) and (is_dataclass(origin) or issubclass(origin, tuple | list | Mapping))


def names(hint: Any) -> tuple[str, ...]:
    """The names that a value of this type has, for the nearest one."""
    found: list[str] = []
    for part in members(hint):
        if isinstance(part, Keys):
            found += part.names
        elif isinstance(part, Module):
            found += dict(part.exports)
        elif isinstance(part, Loop):
            found += LOOP
        else:
            origin = get_origin(part) or part
            if isinstance(origin, type):
                found += [name for name in dir(origin) if not name.startswith("_")]
                found += [field.name for field in fields(origin)] if is_dataclass(origin) else []
    return tuple(sorted(set(found)))


def item(hint: Any, index: object = None) -> Any:
    """The type of what a value holds: ``value[index]`` or one round of a loop."""
    return union(_item(part, index) for part in members(hint))


def _item(hint: Any, index: object) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is str:
        return str
    if isinstance(hint, Keys):
        return str
    if origin is tuple and inner and inner[-1] is not Ellipsis:
        return inner[index] if isinstance(index, int) and -len(inner) <= index < len(inner) else union(inner)
    if origin in (tuple, list) and inner:
        return inner[0]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return inner[1]
    return inner[0] if isinstance(origin, type) and issubclass(origin, Sequence) and inner else Any


def loops_over(hint: Any) -> Any:
    """What ``for`` gives of a value: keys of a mapping, items of anything else."""
    if isinstance(hint, Keys):
        return str
    origin = get_origin(hint)
    return get_args(hint)[0] if isinstance(origin, type) and issubclass(origin, Mapping) else item(hint)


def called(hint: Any) -> str:
    """A type's name for people."""
    kinds = [getattr(get_origin(part) or part, "__name__", type(part).__name__) for part in members(hint)]
    return " | ".join(kinds)
