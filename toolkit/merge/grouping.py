"""Which sources belong together: by locality, then by term of office, or by year for an annual report.

    units (who is meant) → heirs (predecessors join) → folders (one name each) → terms (which time)

Whatever is decided without a source saying so is an issue of the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.errors import Issue, Severity
from toolkit.merge.folders import distinct_slugs
from toolkit.merge.heirs import join_predecessors, open_heirs
from toolkit.merge.precedence import sheet_order
from toolkit.merge.terms import by_time
from toolkit.merge.units import UNKNOWN, Unit, find_units
from toolkit.model.context import Locality
from toolkit.model.fact import FactSheet
from toolkit.model.profile import NO_PROFILES, Profile, ProfileSet


@dataclass(frozen=True)
class Group:
    """The sources of one brief, in order of rank.  ``when`` is the term or the year; ``issues`` say what grouping decided."""

    locality: Locality
    when: str | None
    sheets: tuple[FactSheet, ...]
    profile: Profile | None = None
    issues: tuple[Issue, ...] = ()
    placed: Mapping[str, str] = field(default_factory=dict)
    """Sources about a predecessor, by their ids, with its name: their figures bear it."""

    def filled(self, sheets: Mapping[str, FactSheet]) -> Group:
        """The group with whole sheets in the place of their cards, found by the paths of their sources."""
        return replace(self, sheets=tuple(sheets[sheet.source.path] for sheet in self.sheets))

    @property
    def slug(self) -> str:
        return self.locality.slug or UNKNOWN

    @property
    def folder(self) -> str:
        """Where the group's brief goes below the output folder, the same as its dossier's."""
        return f"{self.slug}/{self.when or 'unknown-term'}"


def group(sheets: Sequence[FactSheet], profiles: ProfileSet = NO_PROFILES) -> list[Group]:
    """Sources grouped by locality and term, sorted by folder; every sheet is in exactly one group (exact copies collapse)."""
    distinct, copies = _without_copies(sheets)
    units = find_units(distinct, profiles)
    open_heirs(units, profiles)
    join_predecessors(units)
    distinct_slugs(units)
    groups = [made for unit in units for made in _groups(unit, profiles)]
    return sorted((_with_copies(one, copies) for one in groups), key=lambda g: (g.slug, g.when or ""))


def _groups(unit: Unit, profiles: ProfileSet) -> list[Group]:
    """A group for each term or year of a locality, with the profile that is meant for it."""
    parts = by_time(unit, profiles)
    made = []
    for when, sheets in parts.items():
        profile = profiles.of(unit.profile.slug, when) if unit.profile else None
        here = {sheet.source.path for sheet in sheets}
        issues = [i for i in unit.issues if i.where in here or not i.where or len(parts) == 1]
        ids = {sheet.source.id for sheet in sheets}
        placed = {source: name for source, name in unit.placed.items() if source in ids}
        made.append(Group(unit.locality, when, tuple(sheet_order(sheets)), profile or profiles.fallback, tuple(issues), placed))
    return made


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


def card(sheet: FactSheet) -> FactSheet:
    """All that grouping looks at: the sheet without its text and facts, small enough to keep thousands of them."""
    source = replace(sheet.source, text="", blocks=())
    kept = {name: getattr(sheet, name) for name in _OF_CARDS}
    return FactSheet(source, **kept)


_OF_CARDS = (
    "locality",
    "localities",
    "term",
    "next_term",
    "congress",
    "report",
    "year",
    "inferred_term",
    "inferred_next_term",
    "published",
)


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
