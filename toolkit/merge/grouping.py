"""Which sources belong together: by locality, then by term of office, or by year for an annual report.

Names find each other whatever their spelling; levels and parents must not contradict.  A profile may claim sources by their path,
and says which predecessor units a merged locality has: their sources join its group, each figure keeping its unit's name.  Whatever
is decided without a source saying so is an issue of the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from toolkit.errors import Issue, Severity
from toolkit.merge.agreement import place_key
from toolkit.merge.precedence import sheet_order
from toolkit.model.context import Locality, Report
from toolkit.model.fact import FactSheet
from toolkit.model.names import name_key, slug
from toolkit.model.profile import NO_PROFILES, Profile, ProfileSet

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Group:
    """The sources of one brief, in order of rank.  ``when`` is the term or the year; ``issues`` say what grouping decided."""

    locality: Locality
    when: str | None
    sheets: tuple[FactSheet, ...]
    profile: Profile | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def slug(self) -> str:
        return self.locality.slug or UNKNOWN


@dataclass
class _Unit:
    """A locality while its sources gather."""

    locality: Locality
    profile: Profile | None = None
    sheets: list[FactSheet] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


def group(sheets: Sequence[FactSheet], profiles: ProfileSet = NO_PROFILES) -> list[Group]:
    """Sources grouped by locality and term, sorted by folder; every sheet is in exactly one group (exact copies collapse)."""
    distinct, copies = _without_copies(sheets)
    units = _units(distinct, profiles)
    _open_heirs(units, profiles)
    _join_predecessors(units)
    _distinct_slugs(units)
    groups = [made for unit in units for made in _by_when(unit, profiles)]
    return sorted((_with_copies(one, copies) for one in groups), key=lambda g: (g.slug, g.when or ""))


def _without_copies(sheets: Sequence[FactSheet]) -> tuple[list[FactSheet], dict[str, list[str]]]:
    """The first source (by path) of each content, and the paths of its copies."""
    first: dict[str, FactSheet] = {}
    copies: dict[str, list[str]] = defaultdict(list)
    for sheet in sorted(sheets, key=lambda s: s.source.path):
        sha = sheet.source.sha256
        if sha in first:
            copies[sha].append(sheet.source.path)
        else:
            first[sha] = sheet
    return list(first.values()), copies


def _with_copies(one: Group, copies: dict[str, list[str]]) -> Group:
    issues = tuple(
        Issue(
            "duplicate-source",
            f"{', '.join(copies[s.source.sha256])} has the same content as {s.source.path}: it counts once",
            Severity.INFO,
            where=s.source.path,
            remedy="remove the copy",
        )
        for s in one.sheets
        if s.source.sha256 in copies
    )
    return replace(one, issues=one.issues + issues) if issues else one


# --- localities -------------------------------------------------------------------------------------------------------------


def _units(sheets: Iterable[FactSheet], profiles: ProfileSet) -> list[_Unit]:
    claimed: dict[str, _Unit] = {}
    named: dict[str, list[_Unit]] = defaultdict(list)
    unknown: list[_Unit] = []
    # The best described sources first, so that a bare name joins the unit whose level and parents are known.
    for sheet in sorted(sheets, key=_described, reverse=True):
        owners = profiles.claiming(sheet.source.path)
        if owners:
            _claim(sheet, owners, claimed)
        elif sheet.locality is None or not sheet.locality.name:
            unknown.append(_Unit(Locality("", slug=UNKNOWN), None, [sheet], issues=[_unknown(sheet)]))
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


def _claim(sheet: FactSheet, owners: tuple[Profile, ...], claimed: dict[str, _Unit]) -> None:
    owner = owners[0]
    if owner.slug not in claimed:
        given = owner.locality
        base = sheet.locality or Locality(given.name or owner.slug)
        claimed[owner.slug] = _Unit(replace(base, slug=owner.slug), owner)
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


def _name(sheet: FactSheet, place: Locality, named: dict[str, list[_Unit]], profiles: ProfileSet) -> None:
    same = named[name_key(place.name)]
    for unit in same:
        if compatible(unit.locality, place):
            unit.sheets.append(sheet)
            unit.locality = _fuller(unit.locality, place)
            return
    profile, issues = _profile_of(place, profiles)
    folder = profile.slug if profile else (place.slug or slug(place.name) or UNKNOWN)
    same.append(_Unit(replace(place, slug=folder), profile, [sheet], issues=issues))


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


def _open_heirs(units: list[_Unit], profiles: ProfileSet) -> None:
    """A profile that lists predecessors is a place for their sources even when no source is about the merged unit itself."""
    known = {unit.profile.slug for unit in units if unit.profile is not None}
    waiting = {place_key(unit.locality.name) for unit in units if unit.profile is None and unit.locality.name}
    for profile in profiles.profiles:
        given = profile.locality
        if profile.when is not None or profile.slug in known or not given.predecessors:
            continue
        if waiting & {place_key(name) for name in given.predecessors}:
            place = Locality(given.name or profile.slug, given.level, given.parents or (), profile.slug)
            units.append(_Unit(place, profile))


def _join_predecessors(units: list[_Unit]) -> None:
    """Sources about a predecessor join the merged unit; their figures carry the predecessor's name."""
    heirs: dict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        for name in _predecessors(unit):
            heirs[place_key(name)].append(unit)
    for unit in list(units):
        heir = [h for h in heirs.get(name_key(unit.locality.name), []) if h is not unit]
        if unit.profile is not None:
            continue
        if len(heir) > 1:
            unit.issues.append(_divided(unit, heir))
        if len(heir) != 1:
            continue
        heir[0].sheets.extend(_placed(sheet, unit.locality) for sheet in unit.sheets)
        heir[0].issues.append(
            Issue(
                "predecessor-joined",
                f"sources about {_full_name(unit.locality)}, a predecessor, joined {_full_name(heir[0].locality)}",
                Severity.INFO,
                where=unit.sheets[0].source.path,
                remedy="if that is wrong, change `locality.predecessors` in the profile",
            )
        )
        units.remove(unit)


def _divided(unit: _Unit, heirs: list[_Unit]) -> Issue:
    names = ", ".join(_full_name(heir.locality) for heir in heirs)
    return Issue(
        "predecessor-divided",
        f"{_full_name(unit.locality)} is a predecessor of several units ({names}): its sources keep a brief of their own",
        Severity.INFO,
        where=unit.sheets[0].source.path,
        remedy="to count them to one of these, name the files under `sources` in its profile",
    )


def _predecessors(unit: _Unit) -> tuple[str, ...]:
    given = unit.profile.locality.predecessors if unit.profile else None
    return given if given is not None else unit.locality.predecessors


def _full_name(place: Locality) -> str:
    return f"{place.level} {place.name}" if place.level else place.name


def _placed(sheet: FactSheet, place: Locality) -> FactSheet:
    name = _full_name(place)
    return replace(sheet, quantities=tuple(q if q.place else replace(q, place=name) for q in sheet.quantities))


def _distinct_slugs(units: list[_Unit]) -> None:
    """Two localities of one folder name are told apart by level, by parents, at last by number; a profile's slug stays."""
    for distinguish in (_by_level, _by_parent):
        shared: dict[str, list[_Unit]] = defaultdict(list)
        for unit in units:
            shared[unit.locality.slug].append(unit)
        for same in shared.values():
            if len(same) > 1:
                for unit in same:
                    if unit.profile is None:
                        unit.locality = replace(unit.locality, slug=distinguish(unit.locality))

    _number(units)


def _number(units: list[_Unit]) -> None:
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


def _letters(unit: _Unit) -> tuple[str, tuple[str, ...], str]:
    path = unit.sheets[0].source.path if unit.sheets else ""
    return name_key(unit.locality.name), unit.locality.parents, path


def _by_level(place: Locality) -> str:
    return f"{slug(place.level)}-{slug(place.name)}" if place.level else place.slug


def _by_parent(place: Locality) -> str:
    return "-".join([place.slug, *(slug(parent) for parent in place.parents)])


# --- terms and years --------------------------------------------------------------------------------------------------------


def _by_when(unit: _Unit, profiles: ProfileSet) -> list[Group]:
    whens = {sheet.source.id: _when(sheet) for sheet in unit.sheets}
    _apply_profile_term(unit, whens, profiles)
    _place_timeless(unit, whens)
    parts: dict[str | None, list[FactSheet]] = defaultdict(list)
    for sheet in unit.sheets:
        parts[whens[sheet.source.id]].append(sheet)
    made = []
    for when, sheets in parts.items():
        profile = profiles.of(unit.profile.slug, when) if unit.profile else None
        here = {sheet.source.path for sheet in sheets}
        issues = [i for i in unit.issues if i.where in here or not i.where or len(parts) == 1]
        made.append(Group(unit.locality, when, tuple(sheet_order(sheets)), profile or unit.profile, tuple(issues)))
    return made


def _when(sheet: FactSheet) -> str | None:
    if sheet.report is Report.ANNUAL and sheet.year:
        return sheet.year
    return sheet.term or sheet.inferred_term


def _given_when(profile: Profile) -> str | None:
    if profile.when is not None:
        return profile.when
    given = profile.year or profile.term
    return given.value if given else None


def _apply_profile_term(unit: _Unit, whens: dict[str, str | None], profiles: ProfileSet) -> None:
    """A term layer takes the sources it names; a locality's profile takes all sources of its only term, else those without one."""
    if unit.profile is None:
        return
    for sheet in unit.sheets:
        layers = [p for p in profiles.claiming(sheet.source.path) if p.slug == unit.profile.slug and p.when is not None]
        if layers:
            whens[sheet.source.id] = layers[0].when
    base = profiles.of(unit.profile.slug)
    given = _given_when(base) if base else None
    if base is None or given is None:
        return
    one_only = len(set(whens.values()) - {None}) <= 1
    for sheet in unit.sheets:
        if one_only or base.claims(sheet.source.path) or (sheet.term is None and sheet.year is None):
            whens[sheet.source.id] = given
        elif whens[sheet.source.id] != given:
            unit.issues.append(_term_kept(sheet, whens[sheet.source.id], given, base))


def _term_kept(sheet: FactSheet, own: str | None, given: str, profile: Profile) -> Issue:
    return Issue(
        "profile-term-not-applied",
        f"the source says {own}, profile {profile.name} says {given}: {own} was kept",
        Severity.INFO,
        where=sheet.source.path,
        remedy=f"if the source belongs to {given}, name it under `sources` in the profile",
    )


def _place_timeless(unit: _Unit, whens: dict[str, str | None]) -> None:
    """A source that names no time joins the only term of its locality, and the group says so."""
    terms = {when for when in whens.values() if when is not None}
    for sheet in unit.sheets:
        if whens[sheet.source.id] is not None:
            continue
        if len(terms) == 1:
            whens[sheet.source.id] = next(iter(terms))
            what = f"the source names no term; it was counted to {next(iter(terms))}, the only one of its locality"
            remedy = "if that is wrong"
        else:
            what, remedy = "the source names no term, and none follows from its date", "to give the brief its term"
        unit.issues.append(
            Issue(
                "unknown-term",
                what,
                Severity.INFO if terms else Severity.WARNING,
                where=sheet.source.path,
                remedy=f"{remedy}, write into the profile: term: {{value: …, reason: …}}",
            )
        )
