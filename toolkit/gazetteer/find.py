"""Finds units by name and says what became of them.  Every question gets all its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from toolkit.gazetteer.parse import parse_place, place_key, split_level
from toolkit.gazetteer.rows import Era, NewKey, OldKey, Table, Unit, loose_key, table
from toolkit.messages import say
from toolkit.model.context import Level, Locality, Successor
from toolkit.model.vietnamese import slug

REFORM = "2025-07-01"
"""First day of the new units (Nghị quyết 202/2025/QH15 and those of the communes)."""


_DISTRICTS = (Level.QUAN, Level.HUYEN, Level.THI_XA)


class Gazetteer:
    """The administrative units of both eras.  Loads its data at the first question; safe to share between threads."""

    def __init__(self) -> None:
        self._units: dict[OldKey | NewKey, Unit] = {}

    def find(self, name: str, level: Level | None = None, parents: Sequence[str] = ()) -> list[Unit]:
        """Units called ``name`` (a level before it counts as ``level``), of both eras, that stand under all of ``parents``.

        Old units first, then by province and district.  An empty list means unknown.
        """
        named_level, bare = split_level(name)
        level = level or named_level
        wanted = [(parent_level, place_key(bare_parent)) for parent_level, bare_parent in map(split_level, parents)]
        found = [unit for unit in self._called(bare) if _fits(unit, level) and self._under(unit, wanted)]
        return sorted(found, key=lambda u: (u.era is Era.NEW, u.province, u.district, u.level.value))

    def _called(self, name: str) -> list[Unit]:
        """Units of that name in any level; spelled with i for y only when no exact name exists."""
        data, wanted = table(), loose_key(name)
        same = [self._unit(key, data) for key in data.by_key.get(wanted, ())]
        same += (_district(*key) for key in _districts().get(wanted, ()))
        same += _provinces().get(wanted, ())
        exact = [unit for unit in same if place_key(unit.name) == place_key(name)]
        return exact or [unit for unit in same if _vowel_key(unit.name) == _vowel_key(name)]

    def _under(self, unit: Unit, wanted: Sequence[tuple[Level | None, str]]) -> bool:
        """Whether each parent is the unit's district or province, the province of its time or of the other era.

        A parent named twice is district and province of one name ("Cao Bằng, Cao Bằng"); a level says which of them is meant.
        """
        if not wanted:
            return True
        district = place_key(unit.district)
        provinces = {place_key(unit.province)} | _provinces_across(unit.era).get(unit.province, set())
        twice = {key for _, key in wanted if sum(key == other for _, other in wanted) > 1}
        for level, key in wanted:
            in_district, in_province = key == district, key in provinces
            if level in _DISTRICTS:
                in_province = False
            elif level is Level.TINH:
                in_district = False
            if not (in_district or in_province) or (key in twice and key != district):
                return False
        return True

    def _unit(self, key: OldKey | NewKey, data: Table) -> Unit:
        if key not in self._units:
            self._units[key] = _old_unit(key, data) if len(key) == 3 else _new_unit(key, data)
        return self._units[key]

    def resolve(self, locality: Locality, when: str | None = None) -> Locality:
        """``locality`` with status, code, successors, predecessors and inferred parents, where the gazetteer is sure.

        ``when`` (an ISO date, or the beginning of one) chooses between an old and a new unit of one name.  Several candidates give
        status ``ambiguous`` and only the parents they have in common; none leaves the locality as it is.
        """
        locality = replace(locality, slug=locality.slug or slug(locality.name))
        units = self.find(locality.name, locality.level, locality.parents)
        if when:
            era = Era.NEW if when >= REFORM else Era.OLD
            units = [unit for unit in units if unit.era is era] or units
        if not units:
            return locality
        common = [p for p in units[0].parents if all(p in unit.parents for unit in units)]
        named = {place_key(parent) for parent in locality.parents}
        inferred = tuple(p for p in common if place_key(p) not in named)
        if len(units) > 1:
            return replace(locality, status="ambiguous", inferred_parents=inferred)
        unit = units[0]
        return replace(
            locality,
            level=locality.level or unit.level,
            code=unit.code,
            status=unit.status,
            successors=unit.successors,
            predecessors=locality.predecessors or unit.predecessors,
            inferred_parents=inferred,
        )


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of a process."""
    return Gazetteer()


def resolve(locality: Locality, when: str | None = None) -> Locality:
    """``Gazetteer.resolve`` of the shared gazetteer."""
    return gazetteer().resolve(locality, when)


@cache
def _provinces_across(era: Era) -> dict[str, set[str]]:
    """Province of an era to the keys of the provinces of the other era that share its ground."""
    found: dict[str, set[str]] = {}
    for old, new in table().provinces.items():
        here, there = (old, new) if era is Era.OLD else (new, old)
        found.setdefault(_bare(here), set()).add(place_key(_bare(there)))
    return found


def _fits(unit: Unit, level: Level | None) -> bool:
    """Whether a unit may be called by ``level``; a province may have been raised to a city."""
    both = (Level.TINH, Level.THANH_PHO)
    return level in (None, unit.level) or (unit.is_province and level in both)


def _vowel_key(name: str) -> str:
    return place_key(name).translate(str.maketrans("yýỳỷỹỵ", "iíìỉĩị"))


def _bare(full_name: str) -> str:
    return split_level(full_name)[1]


def _level(full_name: str) -> Level:
    return split_level(full_name)[0] or Level.XA


def _old_unit(key: OldKey, data: Table) -> Unit:
    province, district, name = key
    news = data.targets[key]
    share = "possible" if key in data.crossed else "whole" if len(news) == 1 else "part"
    successors = tuple(Successor(_bare(n[1]), _level(n[1]), _bare(n[0]), share) for n in news)
    return Unit(_bare(name), _level(name), _bare(district), _bare(province), Era.OLD, _fate(key, data), successors=successors)


def _fate(key: OldKey, data: Table) -> str:
    """What the reform made of an old commune, computed from the rows."""
    news = data.targets[key]
    if len(news) > 1:
        return "ambiguous" if key in data.crossed else "divided"
    if len(data.origins[news[0]]) > 1:
        return "merged"
    return "kept" if place_key(news[0][1]) == place_key(key[2]) else "renamed"


def _new_unit(key: NewKey, data: Table) -> Unit:
    province, name = key
    olds = [old for old in data.origins[key] if old[2]]
    if not olds:  # an island district without communes became a special zone
        return Unit(_bare(name), _level(name), "", _bare(province), Era.NEW, "kept")
    alone = len(olds) == 1 and len(data.targets[olds[0]]) == 1
    status = "merged" if not alone else "kept" if place_key(olds[0][2]) == place_key(name) else "renamed"
    return Unit(_bare(name), _level(name), "", _bare(province), Era.NEW, status, predecessors=tuple(_bare(o[2]) for o in olds))


@cache
def _districts() -> dict[str, list[tuple[str, str]]]:
    """Index key to the old districts (province, district) of that name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for province, district in dict.fromkeys((province, district) for province, district, _ in table().targets):
        found.setdefault(loose_key(_bare(district)), []).append((province, district))
    return found


@cache
def _district(province: str, district: str) -> Unit:
    """An old district: the level ended, and the new communes share its ground."""
    news = list(
        dict.fromkeys(new for old, targets in table().targets.items() if old[:2] == (province, district) for new in targets)
    )
    share = "whole" if len(news) == 1 else "part"
    successors = tuple(Successor(_bare(n[1]), _level(n[1]), _bare(n[0]), share) for n in news)
    status = "divided" if len(news) > 1 else "renamed"
    return Unit(_bare(district), _level(district), "", _bare(province), Era.OLD, status, successors=successors)


@cache
def _provinces() -> dict[str, list[Unit]]:
    """Provinces of both eras by ``loose_key``; one that stayed as it was stands once for each era."""
    data = table()
    origins: dict[str, list[str]] = {}
    for old, new in data.provinces.items():
        origins.setdefault(new, []).append(old)
    units = []
    for old, new in data.provinces.items():
        status = "merged" if len(origins[new]) > 1 else "kept"
        successor = Successor(_bare(new), _level(new), _bare(new), "whole", data.codes.get(new))
        units.append(Unit(_bare(old), _level(old), "", _bare(old), Era.OLD, status, data.codes.get(old), (successor,)))
    for new, olds in origins.items():
        status = "merged" if len(olds) > 1 else "kept"
        units.append(
            Unit(_bare(new), _level(new), "", _bare(new), Era.NEW, status, data.codes.get(new), (), tuple(map(_bare, olds)))
        )
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(loose_key(unit.name), []).append(unit)
    return found


def describe_place(text: str) -> list[str]:
    """Lines in the user's language about every unit that ``text`` may mean; empty when none is known."""
    place = parse_place(text)
    return [line for unit in gazetteer().find(place.name, place.level, place.parents) for line in _described(unit)]


def _described(unit: Unit) -> list[str]:
    parents = "".join(f", {Level.QUAN.value} {p}" if p.isdecimal() else f", {p}" for p in unit.parents)
    lines = [f"{unit.level.value} {unit.name}{parents} ({say(f'place.{unit.era}')}; {say(f'place.{unit.status}')})"]
    for s in unit.successors:
        name = f"{s.level.value} {s.name}" if s.level else s.name
        lines.append(f"  → {name}{'' if s.name == s.province else f', {s.province}'} ({say(f'place.{s.share}')})")
    if unit.predecessors:
        lines.append(f"  ← {', '.join(unit.predecessors)}")
    return lines
