"""Folder names of localities: each its own, and the same on every run with the same sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count

from toolkit.merge.units import Unit
from toolkit.model.context import Locality
from toolkit.model.vietnamese import name_key, slug


def distinct_slugs(units: list[Unit]) -> None:
    """Two localities of one folder name are told apart by level, by parents, at last by number; a profile's slug stays."""
    for distinguish in (_by_level, _by_parent):
        shared: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            shared[unit.locality.slug].append(unit)
        for same in shared.values():
            if len(same) > 1:
                for unit in same:
                    if unit.profile is None:
                        unit.locality = replace(unit.locality, slug=distinguish(unit.locality))

    _number(units)


def _number(units: list[Unit]) -> None:
    """Names that differ only in marks (Ba Tơ, Ba Tô) have one slug: the later in order of letters gets a number.

    Sources of no known place are numbered in the same way: nobody knows that they report on one.
    """
    taken = {unit.locality.slug for unit in units if unit.profile is not None}
    for unit in sorted(units, key=_letters):
        if unit.profile is not None or unit.locality.slug not in taken:
            taken.add(unit.locality.slug)
            continue
        number = next(n for n in count(2) if f"{unit.locality.slug}-{n}" not in taken)
        unit.locality = replace(unit.locality, slug=f"{unit.locality.slug}-{number}")
        taken.add(unit.locality.slug)


def _letters(unit: Unit) -> tuple[str, tuple[str, ...], str]:
    path = unit.sheets[0].source.path if unit.sheets else ""
    return name_key(unit.locality.name), unit.locality.parents, path


def _by_level(place: Locality) -> str:
    return f"{slug(place.level)}-{slug(place.name)}" if place.level else place.slug


def _by_parent(place: Locality) -> str:
    return "-".join([place.slug, *(slug(parent) for parent in place.parents)])
