"""A comparison as finished files: HTML and PDF by the templates, a spreadsheet and a CSV of its rows.

The page goes the same way as a brief's: the same environment, style sheets, fonts and PDF engine.  The PDF carries the CSV as its
associated file, as a brief's carries its facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.errors import UsageError
from toolkit.model.artifact import Artifact
from toolkit.model.comparison import Comparison
from toolkit.model.walk import every
from toolkit.render.csv import MEDIA_TYPE as CSV
from toolkit.render.csv import render_csv
from toolkit.render.environment import render_template
from toolkit.render.fonts import check_coverage
from toolkit.render.html import bound_figures, font_css, tidy
from toolkit.render.logo import data_uri
from toolkit.render.official_fonts import faces_of
from toolkit.render.variants import Variant, variant
from toolkit.styles import style

DEFAULT = ("html", "pdf", "xlsx", "csv")
"""What is made when nobody asks for anything else."""


def render_comparison(
    comparison: Comparison, formats: Sequence[str] = DEFAULT, *, templates: Path | None = None, pdf_variant: str | None = None
) -> tuple[Artifact, ...]:
    """The comparison in each of ``formats``; ``pdf_variant`` is one of ``toolkit.render.variants``.

    Raises ``UsageError`` for an unknown format, ``TemplateError`` for a faulty template, ``RenderError`` when the engine cannot
    make the document or a character has no glyph.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"unknown format {name!r}", remedy=f"choose among: {', '.join(FORMATS)}")
    if {"html", "pdf"} & set(formats):
        check_coverage(printed(comparison), comparison.folder, faces_of(style(comparison.style).faces))
    kind = variant(pdf_variant)
    return tuple(_RENDERERS[name](comparison, templates, kind) for name in FORMATS if name in formats)


def printed(comparison: Comparison) -> Iterator[str]:
    """All strings that the page may print."""
    parts = (comparison.columns, comparison.groups, comparison.panels, comparison.own, comparison.remarks, comparison.notes)
    yield from (comparison.title, comparison.subtitle, comparison.summary, comparison.date_text)
    yield from every(str, parts)
    yield from (source.text for source in comparison.sources)


def context(comparison: Comparison) -> dict[str, Any]:
    """What the templates of a comparison may use; documented in templates/README.md."""
    return {
        "comparison": replace(comparison, logo=data_uri(comparison.logo, comparison.folder)),
        "words": comparison.words,
        "sources": {source.id: source for source in comparison.sources},
        "notes": {note.number: note for note in comparison.notes},
    }


def comparison_html(comparison: Comparison, templates: Path | None = None) -> bytes:
    """The page for readers, self-contained."""
    given = {**context(comparison), "target": "screen", "font_faces": font_css()}
    return tidy(render_template(style(comparison.style).page, given, templates)).encode("utf-8")


def comparison_pdf(comparison: Comparison, templates: Path | None = None, kind: Variant | None = None) -> bytes:
    """The printed page, tagged and archivable, with the CSV inside."""
    from toolkit.render.pdf import Attached, print_page

    given = {**context(comparison), "target": "print", "font_faces": ""}
    page = bound_figures(tidy(render_template(style(comparison.style).page, given, templates)))
    attached = Attached("comparison.csv", comparison.words["attached"], render_csv(comparison))
    return print_page(comparison, page, templates, attached, kind)


def _html(comparison: Comparison, templates: Path | None, _kind: Variant) -> Artifact:
    return Artifact("comparison.html", "text/html", comparison_html(comparison, templates))


def _pdf(comparison: Comparison, templates: Path | None, kind: Variant) -> Artifact:
    return Artifact("comparison.pdf", "application/pdf", comparison_pdf(comparison, templates, kind))


def _xlsx(comparison: Comparison, _templates: Path | None, _kind: Variant) -> Artifact:
    from toolkit.render.xlsx import MEDIA_TYPE, render_xlsx

    return Artifact("comparison.xlsx", MEDIA_TYPE, render_xlsx(comparison))


def _csv(comparison: Comparison, _templates: Path | None, _kind: Variant) -> Artifact:
    return Artifact("comparison.csv", CSV, render_csv(comparison))


_RENDERERS: Mapping[str, Callable[[Comparison, Path | None, Variant], Artifact]] = {
    "html": _html,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "csv": _csv,
}

FORMATS = tuple(_RENDERERS)
"""The formats of a comparison, in the order in which they are made."""
