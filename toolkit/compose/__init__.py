"""Stage: compose.  Settled facts and the digest become the standard brief: finished Vietnamese strings, in order, with no markup.

    compose(dossier, digest, length="standard") → Brief

``beforehand`` says which figures the table tells anyway and which sentences the profile bars, before the digest is made.

``standard`` reads what the brief consists of (``data/brief.yaml``), ``labels`` gives labels their capitals back, ``lines``
brings the figures of one thing together, ``indicators`` picks what the table shows, ``runs`` words it, ``sections`` and its
neighbours build the sections, ``citations`` numbers the notes, ``gaps`` words what is missing, ``headline`` makes title and
summary, ``form`` what an official document bears around the text, ``appendix`` its table of indicators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.compose import gaps, headline, sections
from toolkit.compose.appendix import appendix
from toolkit.compose.beforehand import figures_shown, sentences_barred
from toolkit.compose.desk import Desk
from toolkit.compose.form import as_form, form
from toolkit.compose.form import issues as form_issues
from toolkit.compose.indicators import weighed
from toolkit.compose.keyfigures import key_figures
from toolkit.compose.lines import lines
from toolkit.compose.palette import palette
from toolkit.compose.sources import source_lines
from toolkit.compose.standard import Length, standard, worded
from toolkit.model.brief import Appendix, Brief, Section
from toolkit.model.context import Sector
from toolkit.model.dossier import Dossier
from toolkit.model.fact import Passage
from toolkit.styles import style

__all__ = ["compose", "digest_budget", "figures_shown", "lengths", "sentences_barred"]


def lengths() -> tuple[str, ...]:
    """Names of the lengths a brief can have."""
    return tuple(standard().lengths)


def length_of(dossier: Dossier, length: str | None = None, step: int = 0) -> Length:
    """How much the brief holds: its style's only length, else ``length``, else the dossier's own; tighter by ``step``."""
    name = style(dossier.display.style).length or length or dossier.display.length
    return standard().length(name).tighter(step)


def digest_budget(dossier: Dossier, length: str | None = None, step: int = 0) -> int:
    """Syllables that the sentences of a brief may take together, at a length (None: the dossier's own)."""
    return length_of(dossier, length, step).digest


def compose(dossier: Dossier, digest: Mapping[Sector, tuple[Passage, ...]], *, length: str | None = None, step: int = 0) -> Brief:
    """The brief of one locality and term, in the form of its style.

    ``digest`` are the sentences chosen a sector, in reading order; ``length`` is one of ``lengths()`` and overrides the dossier's
    own; each ``step`` takes a little out, for a style that must keep to its pages.  Raises ``ValueError`` for an unknown length,
    ``UsageError`` for an unknown style, ``DataError`` when the packaged standard is broken.
    """
    house = style(dossier.display.style)
    base = worded(standard(), dossier.display)
    desk = Desk.of(dossier, base, length_of(dossier, length, step))
    all_lines = weighed(desk, lines(desk))
    cards = () if house.official else key_figures(desk, all_lines)
    made = as_form(sections.build(desk, sections.material(desk, all_lines, dict(digest))), house)
    official = form(desk, house)
    table = appendix(desk, all_lines) if dossier.display.appendix else None
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
        style=house.id,
        key_figures=cards,
        sections=made,
        notes=desk.notes.notes,
        sources=source_lines(desk),
        issues=(*dossier.issues, *gaps.issues(desk, made), *form_issues(desk, official)),
        constants=_counters(made, table, len(dossier.sheets)),
        place_text=headline.place(desk),
        headline=headline.headline(desk),
        words=base.words,
        palette=palette(_text(dossier, "colour")),
        logo=_text(dossier, "logo"),
        form=official,
        appendix=table,
    )


def _text(dossier: Dossier, key: str) -> str:
    """A wish of the profile's ``display`` that is a text; empty without one."""
    value = dossier.display.extra.get(key)
    return value if isinstance(value, str) else ""


def _counters(made: tuple[Section, ...], table: Appendix | None, sources: int) -> tuple[str, ...]:
    """Numbers that a page prints by counting: its sources, the items of ordered lists, headings, rows of the appendix."""
    lists = [len(section.items) for section in made if section.ordered]
    parts = [len(section.parts) for section in made if any(part.number for part in section.parts)]
    rows = sum(len(group.rows) for group in table.groups) if table else 0
    counted = max([sources, rows, *lists, *parts])
    return tuple(str(i) for i in range(1, counted + 1))
