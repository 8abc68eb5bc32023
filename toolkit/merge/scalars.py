"""The single values of a dossier: locality, term, congress, kind of report, theme; each with who said it and what it replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from toolkit.errors import Issue
from toolkit.gazetteer import resolve
from toolkit.gazetteer.find import REFORM
from toolkit.merge import conflicts, precedence
from toolkit.merge.agreement import place_key
from toolkit.merge.grouping import Group
from toolkit.model.context import Locality, Report
from toolkit.model.dossier import Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet
from toolkit.model.profile import Given, Mark, Profile
from toolkit.model.vietnamese import name_key, slug

T = TypeVar("T", str, int)


def given_origin(given: Given[object] | Given[str] | Given[int] | Given[Report]) -> Origin:
    return Origin(OriginKind.PROFILE, str(given.mark), given.reason, given.source)


def settle_value(
    what: str,
    sheets: Sequence[FactSheet],
    read: Callable[[FactSheet], T | None],
    given: Given[T] | None = None,
    inferred: Callable[[FactSheet], T | None] | None = None,
) -> tuple[Settled[T] | None, list[Issue]]:
    """The profile's value, else the highest source's, else one inferred from the calendar; and a warning when sources differ.

    A profile that says what all sources say settles nothing: the value stays the sources'.
    """
    stated = [(value, sheet) for sheet in sheets if (value := read(sheet)) is not None]
    guessed = [(value, sheet) for sheet in sheets if (value := inferred(sheet)) is not None] if inferred is not None else []
    if given is not None and not (stated and all(_key(value) == _key(given.value) for value, _ in stated)):
        return _from_profile(given, stated or guessed), []
    if stated:
        return _from_sources(what, stated)
    if guessed:
        value, sheet = guessed[0]
        return Settled(value, Origin(OriginKind.INFERRED, sheet.source.id, precedence.reason("calendar"))), []
    return None, []


def _from_profile(given: Given[T], stated: list[tuple[T, FactSheet]]) -> Settled[T]:
    others = dict.fromkeys(value for value, _ in stated if _key(value) != _key(given.value))
    return Settled(given.value, given_origin(given), hidden=tuple((value, given.reason) for value in others))


def _from_sources(what: str, stated: list[tuple[T, FactSheet]]) -> tuple[Settled[T], list[Issue]]:
    value, sheet = stated[0]
    others = [(v, s) for v, s in stated[1:] if _key(v) != _key(value)]
    rule = _sheet_rule(sheet, others[0][1]) if others else ""
    settled = Settled(value, Origin(OriginKind.SOURCE, sheet.source.id), hidden=tuple((v, rule) for v, _ in others))
    if not others:
        return settled, []
    return settled, [conflicts.differing(what, str(value), [(str(v), s.source.path) for v, s in others], rule)]


def _sheet_rule(winner: FactSheet, loser: FactSheet) -> str:
    if precedence.is_official(winner) != precedence.is_official(loser):
        return precedence.rule("official-report").text
    if precedence.date_of(winner) != precedence.date_of(loser):
        return precedence.rule("later-date").text
    return precedence.rule("first-read").text


def _key(value: object) -> object:
    return name_key(value) if isinstance(value, str) else value


def given_term(group: Group) -> Given[str] | None:
    """The term that the profile settles for this group: its own layer's, else its ``term`` unless that is another group's."""
    profile = group.profile
    if profile is None:
        return None
    if profile.when is not None and "-" in profile.when:
        own = profile.term if profile.term and profile.term.value == profile.when else None
        return own or Given(profile.when, precedence.reason("own-term"), Mark(profile.file))
    return profile.term if profile.term and group.when in (None, profile.term.value) else None


def given_year(group: Group) -> Given[str] | None:
    """The year that the profile settles for this group, in the same way."""
    profile = group.profile
    if profile is None:
        return None
    if profile.when is not None and profile.when.isdigit():
        return Given(profile.when, precedence.reason("own-year"), Mark(profile.file))
    return profile.year if profile.year and group.when in (None, profile.year.value) else None


def settle_report(group: Group, origins: dict[str, Origin]) -> tuple[Report, list[Issue]]:
    """Kind of report: the profile's, else that of the highest source that tells one."""
    given = group.profile.report if group.profile else None
    year = given_year(group)
    if given is None and year is not None:
        given = Given(Report.ANNUAL, year.reason, year.mark, year.source)  # who settles a year speaks of an annual report
    kinds = [(sheet.report, sheet) for sheet in group.sheets if sheet.report is not Report.OTHER]
    if given is not None:
        if any(kind is not given.value for kind, _ in kinds) or not kinds:
            origins["report"] = given_origin(given)
        return given.value, []
    if not kinds:
        return Report.OTHER, []
    report, first = kinds[0]
    others = [(kind.value, sheet.source.path) for kind, sheet in kinds[1:] if kind is not report]
    if not others:
        return report, []
    loser = next(sheet for kind, sheet in kinds[1:] if kind is not report)
    return report, [conflicts.differing("report", report.value, others, _sheet_rule(first, loser))]


def settle_year(group: Group, report: Report, origins: dict[str, Origin]) -> str | None:
    """The year of an annual report, None for every other kind."""
    given = given_year(group)
    stated = next((sheet.year for sheet in group.sheets if sheet.year), None)
    if given is not None and report is Report.ANNUAL:
        if given.value != stated:
            origins["year"] = given_origin(given)
        return given.value
    return stated if report is Report.ANNUAL else None


def settle_locality(group: Group, origins: dict[str, Origin]) -> Locality:
    """The unit as its sources name it, the profile over it, and what the gazetteer surely knows of it beside it.

    ``origins`` gets what the profile changed and what the gazetteer added.
    """
    place = _as_given(group, origins)
    known = resolve(place, _era(group, place))
    for name in ("successors", "predecessors", "inferred_parents"):
        if getattr(known, name) != getattr(place, name):
            origins[f"locality.{name}"] = Origin(OriginKind.INFERRED, GAZETTEER, precedence.reason("gazetteer"))
    return known


GAZETTEER = "gazetteer"
"""``Origin.ref`` of what the gazetteer adds to a locality."""


def _era(group: Group, place: Locality) -> str | None:
    """A date that tells a unit of before July 2025 from a later one of the same name: when the sources were published, at least
    when their term ended.  A unit with predecessors is one of the reform."""
    if place.predecessors:
        return REFORM
    dates = [date for sheet in group.sheets if (date := precedence.date_of(sheet))]
    if dates:
        return max(dates)
    year = (group.when or "").rpartition("-")[2]
    return year if year and year < REFORM[:4] else None


def _as_given(group: Group, origins: dict[str, Origin]) -> Locality:
    """The unit by its sources and its profile alone."""
    profile = group.profile
    place = _best_known(group)
    if profile is None:
        return place
    given = profile.locality
    for name in ("name", "level", "parents", "predecessors", "code"):
        value = getattr(given, name)
        if value is None or value == getattr(place, name) or _same_places(value, getattr(place, name)):
            continue
        if name == "name" and name_key(value) == name_key(place.name):
            value = place.name if place.name else value  # another spelling of the same name: the source's own stays
            continue
        origins[f"locality.{name}"] = _locality_origin(profile, name)
        place = replace(place, **{name: value})
    return place if place.slug else replace(place, slug=slug(place.name))


def _same_places(one: object, other: object) -> bool:
    """The same units in other spellings, or with and without their level: nothing that a profile would change."""
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return [place_key(str(name)) for name in one] == [place_key(str(name)) for name in other]


def _locality_origin(profile: Profile, name: str) -> Origin:
    given = profile.locality
    mark = given.marks.get(name)
    return Origin(
        OriginKind.PROFILE, str(mark) if mark else profile.file, given.reason or precedence.reason("profile"), given.source
    )


def _best_known(group: Group) -> Locality:
    known = [s.locality for s in group.sheets if s.locality and name_key(s.locality.name) == name_key(group.locality.name)]
    named = max(known, key=lambda place: len(place.parents), default=group.locality)
    return replace(named, slug=group.locality.slug, level=named.level or group.locality.level)
