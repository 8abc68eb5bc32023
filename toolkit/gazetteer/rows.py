"""Reads the mapping of old to new communes and makes frozen units of it.

Two eras: *old* units (commune, district, province) as they stood on 30 June 2025, *new* ones (commune, province) since.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import DataError
from toolkit.gazetteer.parse import place_key
from toolkit.lexicon import load
from toolkit.model.context import Level, Successor
from toolkit.model.vietnamese import strip_marks

SOURCE = "underthesea 9.5 address/data/mapping.json (vietnamadminunits 1.0.4), state of 1 July 2025"
"""Where the units come from, for whoever asks."""

_LEVEL_KEYS = (("phường", "Phường"), ("thịtrấn", "Thị trấn"), ("đặckhu", "Đặc khu"), ("xã", "Xã"))


class Era(StrEnum):
    """Before or since the reform of 1 July 2025."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit of one era.

    ``district`` is empty for units of the new era and for provinces.  ``status`` says what the reform made of an old unit
    (``kept``, ``renamed``, ``merged``, ``divided``) and how a new one came about (``kept``, ``renamed``, ``merged``).
    ``successors`` are all units that took part of it, ``share`` ``whole``, ``part`` or, where the data cross two units of one name,
    ``possible``.  ``code`` is the statistical code of a province, else None.
    """

    name: str
    level: Level
    district: str
    province: str
    era: Era
    status: str
    code: str | None = None
    successors: tuple[Successor, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """District and province, nearest first, as far as they exist and are not the unit itself."""
        return () if self.is_province else tuple(p for p in (self.district, self.province) if p)

    @property
    def is_province(self) -> bool:
        return self.code is not None


OldKey = tuple[str, str, str]
NewKey = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """The mapping as a graph, names with their level: old communes (province, district, commune), new ones (province, commune)."""

    targets: dict[OldKey, tuple[NewKey, ...]]
    origins: dict[NewKey, tuple[OldKey, ...]]
    provinces: dict[str, str]
    codes: dict[str, str]
    crossed: frozenset[OldKey] = frozenset()
    by_key: dict[str, list[OldKey | NewKey]] = field(default_factory=dict)


@cache
def table() -> Table:
    """The whole mapping, read once a process (about 0.1 s)."""
    data = _load()
    syllables = _syllables(data["ward_mapping"])
    targets: dict[OldKey, list[NewKey]] = defaultdict(list)
    origins: dict[NewKey, list[OldKey]] = defaultdict(list)
    for row in data["ward_mapping"]:
        new_name = row["new_ward"] or _restored(row["new_ward_key"], syllables)
        old_name = row["old_ward"] or _restored(row["old_ward_key"], syllables)
        if not new_name:
            continue
        old = (row["old_province"], row["old_district"], old_name)
        new = (row["new_province"], new_name)
        if new not in targets[old]:
            targets[old].append(new)
            origins[new].append(old)
    crossed = _uncross(targets, origins)
    names = {old["name"]: data["province_names"][new]["name"] for old, new in _province_pairs(data)}
    codes = {entry["name"]: entry["code"] for group in ("old_province_names", "province_names") for entry in data[group].values()}
    made = Table(
        {old: tuple(new) for old, new in targets.items()}, {new: tuple(old) for new, old in origins.items()}, names, codes, crossed
    )
    units: list[OldKey | NewKey] = [*made.targets, *made.origins]
    for unit in units:
        made.by_key.setdefault(_index_key(unit[-1]), []).append(unit)
    made.by_key.pop("", None)
    return made


def _load() -> Any:
    spec = importlib.util.find_spec("underthesea")  # finds the package without importing it: that would take seconds
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        path = Path(folder) / "address" / "data" / "mapping.json"
        if path.is_file():
            return json.loads(path.read_bytes())
    raise DataError(
        "underthesea's mapping of administrative units is missing", where="underthesea", remedy="pip install 'underthesea>=9.5'"
    )


def _province_pairs(data: Any) -> list[tuple[dict[str, str], str]]:
    return [(data["old_province_names"][old], new) for old, new in data["province_mapping"].items()]


def _syllables(rows: list[dict[str, str]]) -> dict[str, str]:
    """Every syllable of a unit's name in small letters to its usual form."""
    names = {row[side] for row in rows for side in ("old_ward", "new_ward")}
    return {word.lower(): word for name in names for word in name.split()[1:]}


def _restored(row_key: str, syllables: dict[str, str]) -> str:
    """The name behind a key whose marks survived ("xãtràdơn"), when it falls into known syllables in one way; else empty."""
    by_hand = load("vi/levels")["restored"]
    if row_key in by_hand:
        return str(by_hand[row_key])
    for prefix, level in _LEVEL_KEYS:
        if row_key.startswith(prefix):
            ways = _ways(row_key[len(prefix) :], syllables)
            short = min((len(way) for way in ways), default=0)
            best = [way for way in ways if len(way) == short]
            return f"{level} {' '.join(syllables[s] for s in best[0])}" if len(best) == 1 else ""
    return ""


def _ways(run: str, syllables: dict[str, str]) -> list[list[str]]:
    if not run:
        return [[]]
    return [[run[:n], *rest] for n in range(1, min(len(run), 7) + 1) if run[:n] in syllables for rest in _ways(run[n:], syllables)]


def _uncross(targets: dict[OldKey, list[NewKey]], origins: dict[NewKey, list[OldKey]]) -> frozenset[OldKey]:
    """Mends communes of one name whose targets the data mix up, and returns those that cannot be mended.

    Eleven pairs of communes of one name, of different districts, list each other's targets.  A target is a commune's own when
    another commune of the same old district went there too.
    """
    groups: dict[tuple[str, frozenset[NewKey]], list[OldKey]] = defaultdict(list)
    for old, news in targets.items():
        if len(news) > 1:
            groups[old[2], frozenset(news)].append(old)
    unsure = set()
    for group in groups.values():
        if len(group) < 2:
            continue
        own = {old: _of_own_district(old, group, targets, origins) for old in group}
        if all(own.values()) and len(set(map(tuple, own.values()))) == len(group):
            for old in group:
                for foreign in set(targets[old]) - set(own[old]):
                    origins[foreign].remove(old)
                targets[old] = own[old]
        else:
            unsure.update(group)
    return frozenset(unsure)


def _of_own_district(
    old: OldKey, group: list[OldKey], targets: dict[OldKey, list[NewKey]], origins: dict[NewKey, list[OldKey]]
) -> list[NewKey]:
    return [new for new in targets[old] if any(o[:2] == old[:2] and o not in group for o in origins[new])]


def _index_key(full_name: str) -> str:
    """``loose_key`` of a name of the data, which all begin with one of four words for the level."""
    level, _, name = full_name.partition(" ")
    return _compact(name.partition(" ")[2] if level in ("Thị", "Đặc") else name)


def loose_key(name: str) -> str:
    """Index key: no marks, no spaces, i for y; what it finds is compared again by ``place_key``."""
    return _compact(place_key(name))


def _compact(name: str) -> str:
    return "".join(filter(str.isalnum, strip_marks(name).lower())).replace("y", "i")
