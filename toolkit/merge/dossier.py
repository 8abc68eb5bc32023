"""From a group of sources to its dossier: fuse what the sources say, then let the profile have the last word."""

from __future__ import annotations

from dataclasses import replace

from toolkit.errors import Issue, Severity
from toolkit.merge.answered import settle_conflicts, settle_findings
from toolkit.merge.display import settle_display
from toolkit.merge.entries import settle_documents, settle_people, settle_statements
from toolkit.merge.entry_rules import apply_entries
from toolkit.merge.fuse import fuse
from toolkit.merge.grouping import Group
from toolkit.merge.indicators import join_indicators, settle_indicators
from toolkit.merge.overrides import apply_facts, select
from toolkit.merge.scalars import given_term, settle_locality, settle_report, settle_value, settle_year
from toolkit.merge.sentences import unmatched as unmatched_sentences
from toolkit.model.dossier import Dossier, Origin, Settled
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.profile import Profile, Selector

STATEMENTS = ("awards", "limitations", "lessons", "next_tasks", "initiatives")


def merge(group: Group) -> Dossier:
    """Settle one group.  Pure: the same group gives the same dossier; nothing a source says is dropped without being listed."""
    group = replace(group, profile=_meant_for(group), sheets=_placed(group))
    profile = group.profile
    fused = fuse(group.sheets)
    figures: list[Settled[Quantity]] = list(fused.quantities)
    front: list[str] = []
    issues: list[Issue] = [*_of_sources(group), *fused.issues]
    if profile:
        figures, found = apply_facts(profile, figures)
        figures, front, unmatched = _highlighted(profile, figures)
        issues += [*found, *unmatched, *unmatched_sentences(profile, group.sheets)]
    indicators = settle_indicators(join_indicators(group.sheets, fused.ids), fused.quantities, figures)
    found_conflicts = settle_conflicts(fused.conflicts, figures)
    dossier = replace(_scalars(group, issues), quantities=tuple(figures), indicators=indicators, conflicts=found_conflicts)
    dossier = replace(
        dossier,
        highlight=tuple(front),
        people=settle_people(group.sheets),
        documents=settle_documents(group.sheets),
        **{field: settle_statements(group.sheets, field) for field in STATEMENTS},  # type: ignore[arg-type]
    )
    if profile:
        dossier, found = apply_entries(profile, dossier)
        issues += found
        return replace(dossier, issues=settle_findings(issues, dossier, fused.quantities))
    return replace(dossier, issues=tuple(issues))


def _placed(group: Group) -> tuple[FactSheet, ...]:
    """The sheets, the figures of a predecessor's sources under its name."""
    return tuple(
        replace(sheet, quantities=tuple(q if q.place else replace(q, place=name) for q in sheet.quantities))
        if (name := group.placed.get(sheet.source.id))
        else sheet
        for sheet in group.sheets
    )


def _meant_for(group: Group) -> Profile | None:
    """The profile as far as it speaks of this term: one that settles another term or year says only where and how, not what."""
    profile = group.profile
    if profile is None or profile.when is not None or group.when is None:
        return profile
    settled = {given.value for given in (profile.term, profile.year) if given is not None}
    if not settled or group.when in settled:
        return profile
    return Profile(
        name=profile.name,
        file=profile.file,
        slug=profile.slug,
        layers=profile.layers,
        locality=profile.locality,
        sources=profile.sources,
        display=profile.display,
        wording=profile.wording,
        distribution=profile.distribution,
        leaves=profile.leaves,
    )


def _of_sources(group: Group) -> list[Issue]:
    return [*group.issues, *(warning for sheet in group.sheets for warning in sheet.warnings)]


def _scalars(group: Group, issues: list[Issue]) -> Dossier:
    """Locality, term, congress, kind of report, theme and display; what was found on the way is added to ``issues``."""
    profile, sheets = group.profile or Profile(), group.sheets
    origins: dict[str, Origin] = {}
    locality = settle_locality(group, origins)
    report, found = settle_report(group, origins)
    year = settle_year(group, report, origins)
    term, term_issues = settle_value("term", sheets, _term, given_term(group), _inferred_term)
    following, next_issues = settle_value("next_term", sheets, _next_term, profile.next_term, _inferred_next)
    congress, congress_issues = settle_value("congress", sheets, _congress, profile.congress)
    theme, theme_issues = settle_value("theme", sheets, _theme, profile.theme)
    issues += [*found, *term_issues, *next_issues, *congress_issues, *theme_issues]
    if year is None and term is None:
        issues.append(_no_term(locality.name))
    return Dossier(
        locality=locality,
        sheets=sheets,
        term=term,
        next_term=following,
        year=year,
        congress=congress,
        report=report,
        theme=theme,
        display=settle_display(profile, origins),
        origins=origins,
    )


def _term(sheet: FactSheet) -> str | None:
    return sheet.term


def _inferred_term(sheet: FactSheet) -> str | None:
    return sheet.inferred_term


def _next_term(sheet: FactSheet) -> str | None:
    return sheet.next_term


def _inferred_next(sheet: FactSheet) -> str | None:
    return sheet.inferred_next_term


def _congress(sheet: FactSheet) -> int | None:
    return sheet.congress


def _theme(sheet: FactSheet) -> str | None:
    return sheet.theme.text if sheet.theme else None


def _no_term(name: str) -> Issue:
    return Issue(
        "no-term",
        f"the term of {name or 'this source'} is not known: the brief says so",
        Severity.WARNING,
        remedy="write into the profile: term: {value: 2020-2025, reason: …}",
    )


def _highlighted(profile: Profile, figures: list[Settled[Quantity]]) -> tuple[list[Settled[Quantity]], list[str], list[Issue]]:
    """Figures with those marked that the profile puts in front, their ids in its order, and names that fit nothing."""
    settled, order, issues = list(figures), [], []
    places = {leaf.value: leaf.mark for leaf in profile.leaves if leaf.path.startswith("highlight[")}
    for name in profile.highlight:
        found = select(Selector(name=name), settled)
        for i in found:
            settled[i] = replace(settled[i], highlight=True)
        order += [settled[i].value.id for i in found]
        if not found:
            where = str(places.get(name, profile.file))
            remedy = "write an id or a label as nhiemky extract prints it"
            what = f"highlight “{name}”: there is no such fact"
            issues.append(Issue("profile-unknown-highlight", what, Severity.WARNING, where=where, remedy=remedy))
    return settled, list(dict.fromkeys(order)), issues
