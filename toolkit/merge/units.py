"""Localities that sources report on: which name which, and whose profile fits.

Names find each other whatever their spelling; levels and parents must not contradict.  A profile may claim sources by their path,
whatever they say themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from toolkit.errors import Issue, Severity
from toolkit.model.context import Locality
from toolkit.model.fact import FactSheet
from toolkit.model.profile import Profile, ProfileSet
from toolkit.model.vietnamese import name_key, slug

UNKNOWN = "unknown"
"""Folder of sources whose locality nobody knows."""


@dataclass
class Unit:
    """A locality while its sources gather."""

    locality: Locality
    profile: Profile | None = None
    sheets: list[FactSheet] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    placed: dict[str, str] = field(default_factory=dict)
    """Sources about a predecessor by their ids, with its name: their figures bear it."""
    issues: list[Issue] = field(default_factory=list)


def find_units(sheets: Iterable[FactSheet], profiles: ProfileSet) -> list[Unit]:
    claimed: dict[str, Unit] = {}
    named: dict[str, list[Unit]] = defaultdict(list)
    unknown: list[Unit] = []
    # The best described sources first, so that a bare name joins the unit whose level and parents are known.
    for sheet in sorted(sheets, key=_described, reverse=True):
        owners = profiles.claiming(sheet.source.path)
        if owners:
            _claim(sheet, owners, claimed)
        elif sheet.locality is None or not sheet.locality.name:
            unknown.append(Unit(Locality("", slug=UNKNOWN), None, [sheet], issues=[_unknown(sheet)]))
        else:
            _name(sheet, sheet.locality, named, profiles)
    units = list(claimed.values())
    for found in (unit for same in named.values() for unit in same):
        owner = claimed.get(found.profile.slug) if found.profile else None
        if owner is None:
            units.append(found)
        else:
            owner.sheets.extend(found.sheets)
    return units + unknown


def _described(sheet: FactSheet) -> tuple[int, int, str]:
    place = sheet.locality
    return (len(place.parents), int(place.level is not None), sheet.source.path) if place else (-1, 0, sheet.source.path)


def _unknown(sheet: FactSheet) -> Issue:
    several = ", ".join(place.name for place in sheet.localities)
    what = f"the text reports on several localities ({several})" if several else "no locality was recognised"
    return Issue(
        "unknown-locality",
        f"{what}; its brief goes to the folder “{UNKNOWN}”",
        Severity.WARNING,
        where=sheet.source.path,
        remedy=f'write a profile with locality: {{name: …, level: …}} and sources: ["{sheet.source.path}"]',
    )


def _claim(sheet: FactSheet, owners: tuple[Profile, ...], claimed: dict[str, Unit]) -> None:
    owner = owners[0]
    if owner.slug not in claimed:
        given = owner.locality
        base = sheet.locality or Locality(given.name or owner.slug)
        claimed[owner.slug] = Unit(replace(base, slug=owner.slug), owner)
    unit = claimed[owner.slug]
    unit.sheets.append(sheet)
    unit.claimed.add(sheet.source.id)
    others = sorted({p.slug for p in owners} - {owner.slug})
    if others:
        unit.issues.append(
            Issue(
                "source-claimed-twice",
                f"several profiles claim this source: {owner.slug}, {', '.join(others)}; it went to {owner.slug}",
                Severity.WARNING,
                where=sheet.source.path,
                remedy="change `sources` so that one profile claims it",
            )
        )


def _name(sheet: FactSheet, place: Locality, named: dict[str, list[Unit]], profiles: ProfileSet) -> None:
    same = named[name_key(place.name)]
    for unit in same:
        if compatible(unit.locality, place):
            unit.sheets.append(sheet)
            unit.locality = _fuller(unit.locality, place)
            return
    profile, issues = _profile_of(place, profiles)
    folder = profile.slug if profile else (place.slug or slug(place.name) or UNKNOWN)
    same.append(Unit(replace(place, slug=folder), profile, [sheet], issues=issues))


def compatible(one: Locality, other: Locality) -> bool:
    """Whether two descriptions may be of one unit: levels agree or are not known, no parent contradicts."""
    if one.level is not None and other.level is not None and one.level is not other.level:
        return False
    left, right = ([name_key(parent) for parent in place.parents] for place in (one, other))
    shorter, longer = sorted((left, right), key=len)
    rest = iter(longer)
    return all(parent in rest for parent in shorter)  # an ordered sub-sequence: a text may leave the district out


def _fuller(one: Locality, other: Locality) -> Locality:
    return replace(
        one,
        level=one.level or other.level,
        parents=max(one.parents, other.parents, key=len),
        code=one.code or other.code,
        status=one.status or other.status,
        successors=one.successors or other.successors,
        predecessors=one.predecessors or other.predecessors,
    )


def _profile_of(place: Locality, profiles: ProfileSet) -> tuple[Profile | None, list[Issue]]:
    fitting = [p for p in profiles.named(place.name, place.level) if _fits(p, place)]
    if len(fitting) < 2:
        return (fitting or [None])[0], []  # type: ignore[list-item]
    names = ", ".join(p.name for p in fitting)
    issue = Issue(
        "profile-ambiguous",
        f"several profiles fit “{place.name}”: {names}; none was used",
        Severity.WARNING,
        remedy="write `sources` or `locality.parents` into each of them",
    )
    return None, [issue]


def _fits(profile: Profile, place: Locality) -> bool:
    given = profile.locality.parents
    return given is None or compatible(Locality(place.name, parents=given), Locality(place.name, parents=place.parents))
