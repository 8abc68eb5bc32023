"""Stage: render.  A composed brief becomes finished files; templates place its strings and decide nothing.

    render(brief, ("html", "pdf"), templates=None, facts=None) → (Artifact, ...)

``environment`` is the one Jinja environment, ``html`` makes the page, ``pdf`` prints it by WeasyPrint, ``docx`` writes a
Word document of the brief itself, ``newsletter`` makes inserts with their plain twins and a picture, ``embed`` a page for frames,
``fonts`` cuts the faces and checks that every character can be printed.  The templates are in ``templates/`` (see its README for
what a template may use).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief
from toolkit.render.coverage import check_brief
from toolkit.render.variants import Variant, variant

__all__ = ["FORMATS", "render"]

Artifacts = tuple[Artifact, ...]


def _html(brief: Brief, templates: Path | None, _facts: bytes | None, _kind: Variant) -> Artifacts:
    from toolkit.render.html import render_html

    return (Artifact("brief.html", "text/html", render_html(brief, templates)),)


def _pdf(brief: Brief, templates: Path | None, facts: bytes | None, kind: Variant) -> Artifacts:
    from toolkit.render.pdf import render_pdf

    return (Artifact("brief.pdf", "application/pdf", render_pdf(brief, templates, facts, kind)),)


def _docx(brief: Brief, templates: Path | None, _facts: bytes | None, _kind: Variant) -> Artifacts:
    from toolkit.render.docx import MEDIA_TYPE, render_docx

    return (Artifact("brief.docx", MEDIA_TYPE, render_docx(brief, templates)),)


def _newsletter(brief: Brief, templates: Path | None, _facts: bytes | None, _kind: Variant) -> Artifacts:
    from toolkit.render.newsletter import render_newsletter

    return render_newsletter(brief, templates)


def _embed(brief: Brief, templates: Path | None, _facts: bytes | None, _kind: Variant) -> Artifacts:
    from toolkit.render.embed import render_embed

    return render_embed(brief, templates)


_RENDERERS: dict[str, Callable[[Brief, Path | None, bytes | None, Variant], Artifacts]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "newsletter": _newsletter,
    "embed": _embed,
}

FORMATS = tuple(_RENDERERS)
"""The formats that ``render`` makes, in the order in which it makes them."""

DEFAULT = ("html", "pdf")
"""What is made when nobody asks for anything else."""


def render(
    brief: Brief,
    formats: Sequence[str] = DEFAULT,
    *,
    templates: Path | None = None,
    facts: bytes | None = None,
    pdf_variant: str | None = None,
) -> tuple[Artifact, ...]:
    """The brief in each of ``formats``.

    ``templates`` is a user's folder whose files replace packaged templates of the same path; ``facts`` is attached to the PDF;
    ``pdf_variant`` is a name of ``toolkit.render.variants``.

    Raises ``UsageError`` for an unknown format or variant, ``TemplateError`` for a faulty template, ``RenderError`` when the
    engine cannot make the document or a character has no glyph.
    """
    for name in formats:
        if name not in _RENDERERS:
            raise UsageError(f"unknown format {name!r}", remedy=f"choose of: {', '.join(FORMATS)}")
    kind = variant(pdf_variant)
    check_brief(brief)
    return tuple(made for name in FORMATS if name in formats for made in _RENDERERS[name](brief, templates, facts, kind))
