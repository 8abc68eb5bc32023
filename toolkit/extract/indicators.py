"""The catalogue of common indicators: one key for one thing measured, however an article words it.

Content in ``data/vi/indicators.yaml``.  A label finds its entry when it begins with one of the aliases, after at most a few
other words; the longest alias wins, and the kind of the figure must be one that the indicator can have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.extract.cues import fold
from toolkit.lexicon import load
from toolkit.model.amount import Kind
from toolkit.model.context import Role, Sector

_LATEST = 3
"""Words of a label that may stand before the alias (``hoàn thành …``, ``duy trì …``)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator: ``direction`` is ``up``, ``down``, ``state`` or ``neutral``; ``kinds`` those of a level of it."""

    key: str
    label: str
    sector: Sector
    direction: str
    kinds: frozenset[Kind]


@cache
def catalogue() -> Mapping[str, Entry]:
    """All entries by key."""
    rows: dict[str, Any] = load("vi/indicators")
    return {
        key: Entry(key, row["label"], Sector(row["sector"]), row["direction"], frozenset(Kind(k) for k in row["kinds"]))
        for key, row in rows.items()
    }


@cache
def _aliases() -> tuple[Mapping[tuple[str, ...], tuple[str, ...]], int]:
    rows: dict[str, Any] = load("vi/indicators")
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key, row in rows.items():
        for alias in row["aliases"]:
            words = tuple(fold(str(alias)).split())
            found[words] = (*found.get(words, ()), key)
    return found, max(len(words) for words in found)


def find(label: str, kind: Kind, role: Role) -> Entry | None:
    """The entry that a label names, or None.  Changes and attainments fit an indicator whatever their kind."""
    words = tuple(w for w in fold(label).replace(",", " ").split() if w not in ("-", "–"))
    aliases, longest = _aliases()
    level = role in (Role.RESULT, Role.PLAN)
    best: tuple[int, str] | None = None
    for start in range(min(_LATEST + 1, len(words))):
        for size in range(min(longest, len(words) - start), 0, -1):
            for key in aliases.get(words[start : start + size], ()):
                fits = not level or kind in catalogue()[key].kinds
                if fits and (best is None or size > best[0]):
                    best = (size, key)
        if best is not None:
            break
    return catalogue()[best[1]] if best else None
