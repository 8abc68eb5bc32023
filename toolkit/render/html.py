"""The brief as HTML: one self-contained file for readers, and the bare page that the PDF engine takes.

Fonts: four faces cut to Vietnamese, together some 60 kB, are embedded, because system fonts draw Vietnamese marks badly on too many
machines and a brief should look alike everywhere.  ``embed_fonts=False`` leaves the choice to the reader's system; the official
forms always do, since Times New Roman is on every office's machine and may not be handed on.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.model.brief import Brief, Palette
from toolkit.render.environment import render_template
from toolkit.render.fonts import FACES, web_faces
from toolkit.render.logo import data_uri
from toolkit.styles import DEFAULT, Faces, style

LONG_FIGURE = 22
"""Characters that a column of figures holds on one line in the largest type."""

_AFTER_WORD = re.compile(r"(?<![\d,.])[\u00a0 ]")

_FIGURE = re.compile(r'( ?)(<data class="fig[^>]*>)([^<]*)(?=</data>)')


@dataclass(frozen=True)
class _Colours:
    """All that the style sheet may use of a brief, so that briefs of the same colours share it."""

    palette: Palette
    family: str = ""
    """CSS name of the text face: the official forms' depends on what the machine has."""


def render_html(brief: Brief, templates: Path | None = None, *, embed_fonts: bool = True) -> bytes:
    """The page for readers: style, fonts and the little script inside, nothing fetched.  Raises ``TemplateError``."""
    house = style(brief.style)
    embedded = embed_fonts and house.faces is Faces.HOUSE  # readers have Times New Roman, and it may not be handed on
    page = render_template(
        house.page, {**_context(brief), "target": "screen", "font_faces": font_css() if embedded else ""}, templates
    )
    return tidy(page).encode("utf-8")


def print_html(brief: Brief, templates: Path | None = None) -> str:
    """The same page for the PDF engine, which brings the style sheet and the fonts itself.

    Figures are kept on one line by their spaces, and take the space before them inside: where a figure begins a line, WeasyPrint
    70 may otherwise break the line before it after its first word.
    """
    page = tidy(render_template(style(brief.style).page, {**_context(brief), "target": "print", "font_faces": ""}, templates))
    return bound_figures(page)


def bound_figures(page: str) -> str:
    """Every figure on one line by its spaces, with the space before it inside (see ``print_html``)."""
    return _FIGURE.sub(lambda found: found[2] + found[1] + _kept(found[3]), page)


def _kept(figure: str) -> str:
    """A figure on one line; one that is too long for a column may break, but never between a number and the word behind it."""
    if len(figure) <= LONG_FIGURE:
        return figure.replace(" ", "\u00a0")
    return _AFTER_WORD.sub(" ", figure)


def stylesheet(templates: Path | None = None, palette: Palette | None = None, name: str = DEFAULT) -> str:
    """A style's print sheet in a brief's colours, a template as well so that a user can override it alone."""
    house = style(name)
    return render_template(house.sheet("print"), {"brief": _Colours(palette or Palette(), _family(house.faces))}, templates)


def _family(faces: Faces) -> str:
    from toolkit.render.official_fonts import family

    return family() if faces is Faces.OFFICIAL else FACES[0].family


def _context(brief: Brief) -> dict[str, Any]:
    """What templates may use; documented in templates/README.md."""
    return {
        "brief": replace(brief, logo=data_uri(brief.logo, brief.folder)),
        "words": brief.words,
        "sources": {source.id: source for source in brief.sources},
        "notes": {note.number: note for note in brief.notes},
    }


def tidy(page: str) -> str:
    """Without the blank lines and indents that template tags leave behind; no ``pre`` stands in a brief."""
    return "\n".join(line for raw in page.splitlines() if (line := raw.strip())) + "\n"


def font_css() -> str:
    """The rules of the embedded faces, as ``data:`` addresses."""
    rules = []
    for face, data in web_faces().items():
        url = "data:font/woff2;base64," + base64.b64encode(data).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-display:swap;src:url({url}) format('woff2')}}"
        )
    return "\n".join(rules)
