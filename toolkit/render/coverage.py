"""Every string of a brief held against the fonts before anything is printed: a missing glyph fails the brief and is named."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.brief import Brief
from toolkit.model.walk import every
from toolkit.render.fonts import check_coverage
from toolkit.render.official_fonts import faces_of
from toolkit.styles import style


def check_brief(brief: Brief) -> None:
    """Raise ``RenderError`` when a printed character of the brief is in none of the faces of its style."""
    check_coverage(printed(brief), brief.folder, faces_of(style(brief.style).faces))


def printed(brief: Brief) -> Iterator[str]:
    """All strings that templates may print, markup apart."""
    yield from (brief.title, brief.kicker, brief.subtitle, brief.summary, brief.date_text, brief.place_text, brief.headline)
    for part in (*brief.key_figures, *brief.sections, *brief.notes, brief.form, brief.appendix):
        yield from every(str, part)
    for source in brief.sources:
        yield source.text
