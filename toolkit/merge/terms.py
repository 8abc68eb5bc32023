"""Which term of office or year a source of a locality belongs to: what it says, what its date implies, what a profile settles."""

from __future__ import annotations

from collections import defaultdict

from toolkit.errors import Issue, Severity
from toolkit.merge.units import Unit
from toolkit.model.context import Report
from toolkit.model.fact import FactSheet
from toolkit.model.profile import Profile, ProfileSet


def by_time(unit: Unit, profiles: ProfileSet) -> dict[str | None, list[FactSheet]]:
    """The sources of a locality by term or year (None: not known); what had to be decided is added to the unit's issues."""
    whens = {sheet.source.id: _when(sheet) for sheet in unit.sheets}
    _apply_profile_term(unit, whens, profiles)
    _place_timeless(unit, whens)
    parts: dict[str | None, list[FactSheet]] = defaultdict(list)
    for sheet in unit.sheets:
        parts[whens[sheet.source.id]].append(sheet)
    return parts


def _when(sheet: FactSheet) -> str | None:
    if sheet.report is Report.ANNUAL and sheet.year:
        return sheet.year
    return sheet.term or sheet.inferred_term


def _given_when(profile: Profile) -> str | None:
    if profile.when is not None:
        return profile.when
    given = profile.year or profile.term
    return given.value if given else None


def _apply_profile_term(unit: Unit, whens: dict[str, str | None], profiles: ProfileSet) -> None:
    """A term layer takes the sources it names; a locality's profile takes all sources of its only term, else those without one."""
    folder = unit.profile.slug if unit.profile else None
    for sheet in unit.sheets if folder is not None else ():
        layers = [p for p in profiles.claiming(sheet.source.path) if p.slug == folder and p.when is not None]
        if layers:
            whens[sheet.source.id] = layers[0].when
    base = profiles.of(folder) if folder is not None else profiles.fallback
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


def _place_timeless(unit: Unit, whens: dict[str, str | None]) -> None:
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
