"""Localities of profiles that no list of units knows: reported with the nearest names, never a fault.

A unit may be younger than the data, or named as nobody else does; but far more often its name is misspelt, and then no source finds
its profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from toolkit.errors import Issue, Severity
from toolkit.model.profile import GivenLocality, Profile
from toolkit.read.profile_faults import excerpt

if TYPE_CHECKING:
    from toolkit.gazetteer import Unit

MOST = 20
"""Unknown places that get a search for near names (some milliseconds each); more than these are a list of their own making."""


def unknown_places(profiles: Iterable[Profile], texts: Mapping[str, str]) -> list[Issue]:
    """A warning for each profile whose locality the gazetteer does not know under its parents and level."""
    named = [profile for profile in profiles if profile.when is None and profile.locality.name]
    unknown = [profile for profile in named if not _units(profile.locality)]
    return [_issue(profile, texts, search=i < MOST) for i, profile in enumerate(unknown)]


def _units(place: GivenLocality) -> list[Unit]:
    from toolkit.gazetteer import gazetteer

    return gazetteer().find(place.name or "", place.level, place.parents or ())


def _issue(profile: Profile, texts: Mapping[str, str], *, search: bool) -> Issue:
    place = profile.locality
    mark = place.marks["name"]
    level = f"{place.level} " if place.level else ""
    above = f" ({', '.join(place.parents)})" if place.parents else ""
    near = _nearest(place) if search else []
    return Issue(
        "profile-unknown-place",
        f"locality.name: no unit is known as “{level}{place.name}”{above}",
        Severity.WARNING,
        where=str(mark),
        remedy=f"did you mean {' or '.join(near)}?" if near else "check name, level and parents; nhiemky place shows what is known",
        excerpt=excerpt(texts.get(mark.file, ""), mark.line, mark.column),
    )


def _nearest(place: GivenLocality) -> list[str]:
    """Up to three units: of that name with another level or parent, else of a similar name, those under its parents first."""
    from toolkit.gazetteer import gazetteer

    find = gazetteer().find
    units = find(place.name or "")
    if not units:
        under = [unit for name in _similar(place.name or "") for unit in find(name, None, place.parents or ())]
        units = under or [unit for name in _similar(place.name or "") for unit in find(name)]
    said = (f"“{unit.level} {unit.name}” ({', '.join(unit.parents)})" for unit in units)
    return list(islice(dict.fromkeys(said), 3))


def _similar(name: str) -> list[str]:
    """Names of units that are spelled like ``name``, the nearest first."""
    from rapidfuzz import fuzz, process

    from toolkit.gazetteer.rows import loose_key, table

    keys = list(table().by_key)
    found = process.extract(loose_key(name), keys, scorer=fuzz.ratio, limit=8, score_cutoff=75)
    return [table().by_key[key][0][-1] for key, _, _ in found]
