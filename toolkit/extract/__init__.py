"""Stage: extract.  ``extract(clean)`` reads all facts of one cleaned article; ``STEPS`` tells what runs when.

``read_quantities``, ``read_rejections``, ``read_periods`` and ``read_numeral`` are the number grammar for use alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from toolkit.extract import (
    awards,
    consistency,
    cues,
    documents,
    figures,
    initiatives,
    lessons,
    limitations,
    locality,
    modes,
    pairing,
    passages,
    people,
    publication,
    sectors,
    tasks,
    term,
    theme,
)
from toolkit.extract.dates import read_periods
from toolkit.extract.numeral_words import read_numeral
from toolkit.extract.periods import Calendar, years_told
from toolkit.extract.quantities import read_quantities, read_rejections
from toolkit.model.context import Sector
from toolkit.model.fact import FactSheet, Mode
from toolkit.model.text import CleanText

__all__ = ["STEPS", "extract", "read_numeral", "read_periods", "read_quantities", "read_rejections"]


@dataclass
class _Desk:
    """The article and what is known of it so far; each step reads it and adds to ``sheet``."""

    clean: CleanText
    sheet: FactSheet
    folded: str
    known: term.Terms = field(default_factory=term.Terms)
    modes: tuple[Mode, ...] = ()
    sectors: tuple[Sector, ...] = ()


def _times(desk: _Desk) -> None:
    """Term, next term, congress, kind of report, year, date of publication."""
    desk.known = known = term.terms(desk.clean)
    desk.sheet = replace(
        desk.sheet,
        term=known.term,
        next_term=known.next_term,
        congress=known.congress,
        report=known.report,
        year=known.year,
        inferred_term=known.inferred_term,
        inferred_next_term=known.inferred_next_term,
        published=publication.published(desk.clean),
    )


def _place(desk: _Desk) -> None:
    """The locality reported on, or the several of equal standing."""
    one, several = locality.find_localities(desk.clean)
    desk.sheet = replace(desk.sheet, locality=one, localities=several)


def _sentences(desk: _Desk) -> None:
    """What each sentence does in the report, which sector it belongs to, and the passages worth summarising."""
    desk.modes = modes.modes(desk.clean, desk.known)
    desk.sectors = sectors.sectors(desk.clean)
    desk.sheet = replace(desk.sheet, sentences=passages.passages(desk.clean, desk.modes, desk.sectors))


def _figures(desk: _Desk) -> None:
    """Every figure with its label, role, period and sector, and the indicators they make up together."""
    mentions = read_quantities(desk.clean.text)
    calendar = Calendar(_year(desk), desk.sheet.term)
    own = desk.sheet.locality.level if desk.sheet.locality else None
    told = figures.read_figures(desk.clean, desk.folded, mentions, desk.modes, desk.sectors, calendar, desk.sheet.localities, own)
    desk.sheet = replace(desk.sheet, quantities=tuple(one.quantity for one in told), indicators=pairing.pair(told))


def _year(desk: _Desk) -> int | None:
    """The year of writing, which relative times refer to: as published, else the report's year, else the last one told of."""
    if desk.sheet.published:
        return int(desk.sheet.published[:4])
    years = years_told(desk.folded)
    if desk.sheet.term:
        first, last = (int(y) for y in desk.sheet.term.split("-"))
        return max((y for y in years if first < y <= last), default=last)
    common = max(set(years), key=lambda y: (years.count(y), y)) if years else None
    return max(common or 0, int(desk.sheet.year)) if desk.sheet.year else common


def _statements(desk: _Desk) -> None:
    """Awards, limitations, lessons, tasks, initiatives and the theme."""
    clean, told = desk.clean, desk.modes
    desk.sheet = replace(
        desk.sheet,
        awards=awards.awards(clean, told),
        limitations=limitations.limitations(clean, told),
        lessons=lessons.lessons(clean, told),
        next_tasks=tasks.next_tasks(clean, told),
        initiatives=initiatives.initiatives(clean, told),
        theme=theme.theme(clean),
    )


def _names(desk: _Desk) -> None:
    """People with their posts, and the documents cited."""
    desk.sheet = replace(
        desk.sheet, people=people.people(desk.clean, desk.sheet.locality), documents=documents.documents(desk.clean)
    )


def _contradictions(desk: _Desk) -> None:
    """What the article says against itself."""
    desk.sheet = replace(desk.sheet, warnings=consistency.check(desk.sheet, desk.clean.source.text))


STEPS: tuple[Callable[[_Desk], None], ...] = (_times, _place, _sentences, _figures, _statements, _names, _contradictions)
"""What runs, in order; each step may use what those before it found."""


def extract(clean: CleanText) -> FactSheet:
    """All facts of one article.  Deterministic, offline, linear in the text; every fact quotes its source."""
    desk = _Desk(clean, FactSheet(source=clean.source, noise=clean.noise), cues.fold(clean.text))
    for step in STEPS:
        step(desk)
    return desk.sheet
