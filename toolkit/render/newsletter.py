"""The newsletter format: three inserts of a brief, each as HTML fragment, plain text and Markdown, and a picture.

    newsletter/card.html   title and two large figures      newsletter/short.html  large figures and three sentences
    newsletter/full.html   the whole brief                  newsletter/card.png    the card as a picture

A fragment is one table with its styles inside, for pasting into any newsletter tool.  What would break in a mail client does not
leave (``mail_gate``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief
from toolkit.render.blocks import blocks
from toolkit.render.environment import render_template
from toolkit.render.fragment import inlined, unmarked
from toolkit.render.html import _Colours, _context
from toolkit.render.insert import PICTURE, SIZES, insert
from toolkit.render.mail_gate import check_insert
from toolkit.render.picture import STYLE as PICTURE_STYLE
from toolkit.render.picture import picture, picture_page
from toolkit.render.plain import as_markdown, as_text

FOLDER = "newsletter"
STYLE = "newsletter/insert.css"


def render_newsletter(brief: Brief, templates: Path | None = None) -> tuple[Artifact, ...]:
    """All files of the format.  Raises ``TemplateError``, and ``RenderError`` for an insert that mail clients would break."""
    return (*_inserts(brief, templates), _picture(brief, templates))


def _inserts(brief: Brief, templates: Path | None) -> Iterator[Artifact]:
    css = stylesheet(STYLE, brief, templates)
    for size in SIZES:
        holds = insert(brief, size)
        marked = render_template(f"{FOLDER}/{size}.html", context(brief, size), templates)
        name = f"{FOLDER}/{size}.html"
        page = unmarked(inlined(marked, css))
        check_insert(page, name, brief.folder)
        kept = marked.encode("utf-8")
        made = tuple(blocks(brief, holds))
        yield Artifact(name, "text/html", page.encode("utf-8"), kept)
        yield Artifact(f"{FOLDER}/{size}.txt", "text/plain", as_text(made).encode("utf-8"), kept)
        yield Artifact(f"{FOLDER}/{size}.md", "text/markdown", as_markdown(made).encode("utf-8"), kept)


def _picture(brief: Brief, templates: Path | None) -> Artifact:
    page = picture_page(context(brief, PICTURE), templates)
    return Artifact(
        f"{FOLDER}/card.png",
        "image/png",
        picture(page, stylesheet(PICTURE_STYLE, brief, templates), brief.folder),
        page.encode("utf-8"),
    )


def stylesheet(name: str, brief: Brief, templates: Path | None = None) -> str:
    """A style sheet in the colours of a brief; it may use the palette and nothing else."""
    return render_template(name, {"brief": _Colours(brief.palette)}, templates)


def context(brief: Brief, size: str) -> dict[str, Any]:
    """What the templates of an insert may use: the names of a brief, and ``insert``."""
    return {**_context(brief), "insert": insert(brief, size)}
