"""Units of before the reform and those that took them over: sources about a predecessor join the merged unit's brief.

Each figure keeps its unit's name, so that the results of the predecessors stand side by side.
"""

from __future__ import annotations

from collections import defaultdict

from toolkit.errors import Issue, Severity
from toolkit.merge.agreement import place_key
from toolkit.merge.units import Unit
from toolkit.model.context import Locality
from toolkit.model.profile import ProfileSet


def open_heirs(units: list[Unit], profiles: ProfileSet) -> None:
    """A profile that lists predecessors is a place for their sources even when no source is about the merged unit itself."""
    known = {unit.profile.slug for unit in units if unit.profile is not None}
    waiting = {place_key(unit.locality.name) for unit in units if unit.profile is None and unit.locality.name}
    for profile in profiles.profiles:
        given = profile.locality
        if profile.when is not None or profile.slug in known or not given.predecessors:
            continue
        if waiting & {place_key(name) for name in given.predecessors}:
            place = Locality(given.name or profile.slug, given.level, given.parents or (), profile.slug)
            units.append(Unit(place, profile))


def join_predecessors(units: list[Unit]) -> None:
    """Sources about a predecessor join the merged unit; their figures carry the predecessor's name."""
    heirs: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for name in _predecessors(unit):
            heirs[place_key(name)].append(unit)
    for unit in list(units):
        heir = [h for h in heirs.get(place_key(unit.locality.name), []) if h is not unit]
        if unit.profile is not None:
            continue
        if len(heir) > 1:
            unit.issues.append(_divided(unit, heir))
        if len(heir) != 1:
            continue
        heir[0].sheets.extend(unit.sheets)
        name = full_name(unit.locality)
        heir[0].placed.update({sheet.source.id: unit.placed.get(sheet.source.id, name) for sheet in unit.sheets})
        heir[0].issues.append(
            Issue(
                "predecessor-joined",
                f"sources about {full_name(unit.locality)}, a predecessor, joined {full_name(heir[0].locality)}",
                Severity.INFO,
                where=unit.sheets[0].source.path,
                remedy="if that is wrong, change `locality.predecessors` in the profile",
            )
        )
        units.remove(unit)


def _divided(unit: Unit, heirs: list[Unit]) -> Issue:
    names = ", ".join(full_name(heir.locality) for heir in heirs)
    return Issue(
        "predecessor-divided",
        f"{full_name(unit.locality)} is a predecessor of several units ({names}): its sources keep a brief of their own",
        Severity.INFO,
        where=unit.sheets[0].source.path,
        remedy="to count them to one of these, name the files under `sources` in its profile",
    )


def _predecessors(unit: Unit) -> tuple[str, ...]:
    given = unit.profile.locality.predecessors if unit.profile else None
    return given if given is not None else unit.locality.predecessors


def full_name(place: Locality) -> str:
    return f"{place.level} {place.name}" if place.level else place.name
