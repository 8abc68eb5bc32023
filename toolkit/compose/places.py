"""Places in words: the locality with its level, its parents with theirs where a source tells them.

The dossier holds parents as bare names; a brief says ``quận Thanh Xuân``.  The level is not guessed: it is looked up in the
sources' own text, where the level word stands before the name, else among the districts of the gazetteer; it is left out when
neither has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.gazetteer import gazetteer
from toolkit.model.context import Level, Locality
from toolkit.model.wording import capitalise

_LEVELS = "|".join(sorted((level.value for level in Level), key=len, reverse=True))

_NAMED = re.compile(rf"(?:{_LEVELS}|TP|TX|TT)\b", re.IGNORECASE)
"""A name that says its level itself (``TP HCM``) takes no level before it."""


def place_text(locality: Locality, unknown: str) -> str:
    """``Phường Hạ Đình``; the wording for an unknown place when there is no name."""
    if not locality.name:
        return unknown
    named = locality.level is None or _NAMED.match(locality.name)
    return capitalise(locality.name if named else f"{locality.level.value} {locality.name}")  # type: ignore[union-attr]


def parents_text(locality: Locality, texts: Iterable[str]) -> tuple[str, ...]:
    """The parents, nearest first, with their level where one of ``texts`` gives it: ``("quận Thanh Xuân", "Hà Nội")``."""
    bodies = tuple(texts)
    return tuple(_with_level(name, bodies, locality) for name in locality.parents)


def _with_level(name: str, texts: tuple[str, ...], locality: Locality) -> str:
    pattern = re.compile(rf"\b({_LEVELS})\s+{re.escape(name)}\b", re.IGNORECASE)
    own = locality.level.value if locality.level and locality.name == name else ""
    for text in texts:
        for match in pattern.finditer(text):
            level = match[1].lower()
            if level != own:
                return f"{level} {name}"
    return _of_gazetteer(name, locality)


DISTRICTS = (Level.QUAN, Level.HUYEN, Level.THI_XA, Level.THANH_PHO)


def _of_gazetteer(name: str, locality: Locality) -> str:
    """A district with the level that the gazetteer knows for it below the same parents; provinces go by their names."""
    at = locality.parents.index(name)
    above = locality.parents[at + 1 :]
    if not above or _NAMED.match(name):
        return name
    levels = {unit.level for unit in gazetteer().find(name, parents=above) if unit.level in DISTRICTS and unit.parents}
    return f"{levels.pop().value} {name}" if len(levels) == 1 else name
