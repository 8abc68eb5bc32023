"""Stage: compose.  Settled facts and the digest become the standard brief: finished Vietnamese strings, in order, with no markup.

    compose(dossier, digest, length="standard") → Brief

``beforehand`` says which figures the table tells anyway and which sentences the profile bars, before the digest is made.

``standard`` reads what the brief consists of (``data/brief.yaml``), ``wording`` writes numbers, money and dates, ``labels`` gives
labels their capitals back, ``lines`` brings the figures of one thing together, ``indicators`` picks what the table shows, ``runs``
words it, ``sections`` and its neighbours build the sections, ``citations`` numbers the notes, ``gaps`` words what is missing,
``headline`` makes title and summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.compose import gaps, headline, sections
from toolkit.compose.beforehand import figures_shown, sentences_barred
from toolkit.compose.desk import Desk
from toolkit.compose.indicators import weighed
from toolkit.compose.keyfigures import key_figures
from toolkit.compose.lines import lines
from toolkit.compose.palette import palette
from toolkit.compose.sources import source_lines
from toolkit.compose.standard import standard, worded
from toolkit.model.brief import Brief, Section
from toolkit.model.context import Sector
from toolkit.model.dossier import Dossier
from toolkit.model.fact import Passage

__all__ = ["compose", "digest_budget", "figures_shown", "lengths", "sentences_barred"]


def lengths() -> tuple[str, ...]:
    """Names of the lengths a brief can have."""
    return tuple(standard().lengths)


def digest_budget(dossier: Dossier, length: str | None = None) -> int:
    """Syllables that the sentences of a brief may take together, at a length (None: the dossier's own)."""
    return standard().length(length or dossier.display.length).digest


def compose(dossier: Dossier, digest: Mapping[Sector, tuple[Passage, ...]], *, length: str | None = None) -> Brief:
    """The brief of one locality and term.

    ``digest`` are the sentences chosen a sector, in reading order; ``length`` is one of ``lengths()`` and overrides the dossier's
    own.  Raises ``ValueError`` for an unknown length, ``DataError`` when the packaged standard is broken.
    """
    base = worded(standard(), dossier.display)
    desk = Desk.of(dossier, base, base.length(length or dossier.display.length))
    all_lines = weighed(desk, lines(desk))
    cards = key_figures(desk, all_lines)
    made = sections.build(desk, sections.material(desk, all_lines, dict(digest)))
    sectors = tuple(part.sector for section in made for part in section.parts)
    quiet = replace(desk, notes=desk.notes.scratch())
    return Brief(
        locality=dossier.locality,
        report=dossier.report,
        folder=dossier.folder,
        title=headline.title(desk),
        kicker=headline.kicker(desk),
        subtitle=base.reports[dossier.report],
        summary=headline.summary(quiet, all_lines, sectors),
        date=headline.iso_date(desk),
        date_text=headline.date_text(desk),
        length=desk.length.name,
        style=dossier.display.style,
        key_figures=cards,
        sections=made,
        notes=desk.notes.notes,
        sources=source_lines(desk),
        issues=(*dossier.issues, *gaps.issues(desk, made)),
        constants=_counters(made, len(dossier.sheets)),
        place_text=headline.place(desk),
        headline=headline.headline(desk),
        words=base.words,
        palette=palette(_text(dossier, "colour")),
        logo=_text(dossier, "logo"),
    )


def _text(dossier: Dossier, key: str) -> str:
    """A wish of the profile's ``display`` that is a text; empty without one."""
    value = dossier.display.extra.get(key)
    return value if isinstance(value, str) else ""


def _counters(made: tuple[Section, ...], sources: int) -> tuple[str, ...]:
    """Numbers that a page prints by counting: its sources, the items of ordered lists."""
    counted = max([sources, *(len(section.items) for section in made if section.ordered)])
    return tuple(str(i) for i in range(1, counted + 1))
