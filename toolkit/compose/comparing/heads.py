"""Heads of a comparison: columns, title, sources, colours; never from a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.compose import headline
from toolkit.compose.comparing.standard import Comparing
from toolkit.compose.desk import Desk
from toolkit.compose.palette import palette
from toolkit.compose.sources import source_lines
from toolkit.model.brief import Palette, SourceLine
from toolkit.model.comparison import ComparisonColumn
from toolkit.model.dossier import Dossier, OriginKind
from toolkit.model.vietnamese import collation, slug
from toolkit.model.wording import listing, lowered, years

NAMED = 4
"""Most places that a title names; more are counted."""


def in_order(dossiers: Sequence[Dossier]) -> tuple[Dossier, ...]:
    """Places by the alphabet, terms of one place by time."""
    return tuple(sorted(dossiers, key=lambda d: (collation(d.locality.name), d.locality.slug, d.year or _term(d), d.folder)))


def is_over_terms(dossiers: Sequence[Dossier]) -> bool:
    """Whether all dossiers are of one locality."""
    return len({dossier.locality.slug for dossier in dossiers}) == 1


def folder_name(dossiers: Sequence[Dossier]) -> str:
    """``ha-dinh-kien-hung``; ``ha-dinh-2015-2020-2020-2025`` for terms; the first and a count where they are many."""
    ordered = in_order(dossiers)
    if is_over_terms(ordered):
        parts = [ordered[0].locality.slug or "dia-phuong", *(slug(d.year or _term(d)) for d in ordered)]
    else:
        parts = list(dict.fromkeys(d.locality.slug or "dia-phuong" for d in ordered))
    if len(parts) > NAMED + 1:
        parts = [parts[0], "va", str(len(parts) - 1), "noi-khac"]
    return "-".join(part for part in parts if part)


def _term(dossier: Dossier) -> str:
    return dossier.term.value if dossier.term else ""


@dataclass(frozen=True)
class Titles:
    """What stands above a comparison."""

    title: str
    headline: str
    subtitle: str


def columns(desks: Sequence[Desk], data: Comparing, numbers: dict[str, int], *, over_terms: bool) -> tuple[ComparisonColumn, ...]:
    """The columns; ``numbers`` gives each source its number in the list."""
    made = [_column(desk, data, numbers, over_terms=over_terms) for desk in desks]
    parents = {column.parents for column in made}
    several = len(parents) > 1 or over_terms
    return tuple(column if several else replace(column, parents="") for column in made)


def _column(desk: Desk, data: Comparing, numbers: dict[str, int], *, over_terms: bool) -> ComparisonColumn:
    dossier = desk.dossier
    if dossier.year:
        when = data.words["year"].format(year=dossier.year)
    else:
        when = data.words["term"].format(term=years(_term(dossier))) if dossier.term else ""
    place = headline.place(desk)
    by_term = over_terms and bool(when)
    return ComparisonColumn(
        key=dossier.folder,
        name=when if by_term else place,
        parents="" if by_term else headline.kicker(desk),
        when="" if by_term else when,
        report=desk.standard.reports[dossier.report],
        date_text=headline.date_text(desk),
        sources=tuple(numbers[sheet.source.id] for sheet in dossier.sheets),
        place=place,
    )


def titles(
    desks: Sequence[Desk], made: Sequence[ComparisonColumn], data: Comparing, given: str | None, *, over_terms: bool
) -> Titles:
    """Title, headline and the line of names below it; ``given`` is the caller's own title."""
    first, words = desks[0].dossier, data.words
    places = list(dict.fromkeys(column.place for column in made))
    if over_terms:
        key = "years" if any(d.dossier.year for d in desks) else "terms"
        head = words[key].format(place=made[0].place, n=len(made))
    elif len(places) < len(made):
        head = words["mixed"].format(n=len(made), places=len(places))
    else:
        terms, annual = {_term(d.dossier) for d in desks}, {d.dossier.year for d in desks}
        key = (
            "places_year"
            if annual != {None} and len(annual) == 1
            else "places_term"
            if annual == {None} and len(terms) == 1
            else "places"
        )
        key = "places" if key == "places_term" and not first.term else key
        head = words[key].format(n=len(places), term=years(_term(first)), year=first.year or "")
    names = [made[0].name, *(lowered(column.name) for column in made[1:])] if over_terms else places
    named = listing(names) if len(names) <= NAMED + 2 else ""
    return Titles(given or head, head, named)


def sources(desks: Sequence[Desk]) -> tuple[tuple[SourceLine, ...], dict[str, int]]:
    """All sources of all columns, each once, numbered; and the numbers by id."""
    lines: dict[str, SourceLine] = {}
    for desk in desks:
        for line in source_lines(desk):
            lines.setdefault(line.id, replace(line, number=len(lines) + 1))
    return tuple(lines.values()), {line.id: line.number for line in lines.values()}


def colours(dossiers: Sequence[Dossier]) -> Palette:
    """The colours of the profiles where they agree on one, else the house's."""
    return palette(_shared(dossiers, "colour"))


def logo(dossiers: Sequence[Dossier]) -> str:
    """The logo of the profiles where they agree on one."""
    return _shared(dossiers, "logo")


def _shared(dossiers: Sequence[Dossier], key: str) -> str:
    values = {dossier.display.extra.get(key) for dossier in dossiers}
    value = values.pop() if len(values) == 1 else None
    return value if isinstance(value, str) else ""


def latest(desks: Sequence[Desk]) -> str | None:
    """The latest day of any column."""
    return max((day for desk in desks if (day := headline.iso_date(desk))), default=None)


def inferred_names(desks: Sequence[Desk], made: Sequence[ComparisonColumn]) -> list[str]:
    """The columns whose term follows from the calendar alone."""
    return [
        column.place
        for desk, column in zip(desks, made, strict=True)
        if desk.dossier.term is not None and desk.dossier.term.origin.kind is OriginKind.INFERRED and not desk.dossier.year
    ]
