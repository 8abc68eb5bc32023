"""The brief as HTML: one self-contained file for readers, and the bare page that the PDF engine takes.

Fonts: four faces cut to Vietnamese, together some 60 kB, are embedded, because system fonts draw Vietnamese marks badly on too many
machines and a brief should look alike everywhere.  ``embed_fonts=False`` leaves the choice to the reader's system.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from toolkit.model.brief import Brief
from toolkit.render.environment import render_template
from toolkit.render.fonts import web_faces

ENTRY = "brief/brief.html"


def render_html(brief: Brief, templates: Path | None = None, *, embed_fonts: bool = True) -> bytes:
    """The page for readers: style, fonts and the little script inside, nothing fetched.  Raises ``TemplateError``."""
    page = render_template(
        ENTRY, {**_context(brief), "target": "screen", "font_faces": _font_css() if embed_fonts else ""}, templates
    )
    return _tidy(page).encode("utf-8")


def print_html(brief: Brief, templates: Path | None = None) -> str:
    """The same page for the PDF engine, which brings the style sheet and the fonts itself."""
    return _tidy(render_template(ENTRY, {**_context(brief), "target": "print", "font_faces": ""}, templates))


def stylesheet(templates: Path | None = None) -> str:
    """The print style sheet, a template as well so that a user can override it alone."""
    return render_template("styles/print.css", {}, templates)


def _context(brief: Brief) -> dict[str, Any]:
    """What templates may use; documented in templates/README.md."""
    return {
        "brief": brief,
        "words": brief.words,
        "sources": {source.id: source for source in brief.sources},
        "notes": {note.number: note for note in brief.notes},
    }


def _tidy(page: str) -> str:
    """Without the blank lines and indents that template tags leave behind; no ``pre`` stands in a brief."""
    return "\n".join(line for raw in page.splitlines() if (line := raw.strip())) + "\n"


def _font_css() -> str:
    rules = []
    for face, data in web_faces().items():
        url = "data:font/woff2;base64," + base64.b64encode(data).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-display:swap;src:url({url}) format('woff2')}}"
        )
    return "\n".join(rules)
