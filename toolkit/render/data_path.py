"""Which piece of a brief a template was at when it broke: ``brief.sections[2].rows[0].label``.

Templates hand the brief's own objects around (to loops, macros, filters), so an object that a template's variable holds is found
again by walking the brief.  An object that stands in several places is told by the variables around it: of all places of a row,
the one inside the section that the outer loop is at.  What stays in doubt is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

Path = tuple[str | int, ...]
"""``("brief", "sections", 2, "rows")``: names are attributes or keys, numbers are places in a sequence."""

MOST = 64
"""Places that are kept of one object; small numbers stand in more, and then say nothing."""


class Places:
    """Where each object of the data stands; ``roots`` are the names that a template was given."""

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self._places: dict[int, list[Path]] = {}
        self._kept: list[Any] = []  # an id is only an object's own while the object lives
        for name in sorted(roots, key=lambda name: (name != "brief", name)):
            self._walk(roots[name], (name,))

    def _walk(self, value: Any, path: Path) -> None:
        if value is None or isinstance(value, bool | Enum) or len(path) > 12:
            return
        known = self._places.setdefault(id(value), [])
        if len(known) == MOST or (known and path[0] != known[0][0]):
            return  # what a second name gives as well (``notes[1]``) is told by the first
        known.append(path)
        self._kept.append(value)
        for step, part in _parts(value):
            self._walk(part, (*path, step))

    def count(self, value: Any) -> int:
        """In how many places an object stands."""
        return len(self._places.get(id(value), ()))

    def find(self, value: Any, around: Iterable[Path] = ()) -> Path | None:
        """The place of an object: its only one, or the only one within the innermost of ``around`` that holds any."""
        places = self._places.get(id(value), [])
        if len(places) == 1:
            return places[0]
        for outer in sorted(around, key=len, reverse=True):
            within = [place for place in places if place[: len(outer)] == outer]
            if within:
                return within[0] if len(within) == 1 or not isinstance(value, str | int | float) else None
        return places[0] if places and not isinstance(value, str | int | float) else None


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield field.name, getattr(value, field.name)
    elif isinstance(value, Mapping):
        yield from ((key, part) for key, part in value.items() if isinstance(key, str | int))
    elif isinstance(value, tuple | list):
        yield from enumerate(value)


def written(path: Path) -> str:
    """A path as a template would write it."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{step!r}]"
    return text


def shown(value: Any) -> str:
    """A plain value in a few words; empty for what has none."""
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= 40 else f"“{value[:39]}…”"
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
