"""The embed format: a page for a frame on somebody's web site, the piece of HTML that shows it, and its oEmbed description.

    embed.html            the short insert as a page: no script, nothing fetched, light and dark, from 280 pixels on
    embed-snippet.html    an <iframe> for pasting, and
    oembed.json           what a site that knows oEmbed asks for; both only where the address of the page is known

The page's policy lets through its own style (by its hash) and the faces inside it, and nothing else; the frame is sandboxed and may
open the whole brief in a new tab.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from toolkit.lexicon import load
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief
from toolkit.render.environment import render_template
from toolkit.render.html import font_css
from toolkit.render.insert import Insert, words
from toolkit.render.newsletter import context, stylesheet

PAGE = "embed.html"
WIDTH = 600
_HEADER, _FIGURE, _LINE, _REST = 150, 105, 27, 150
"""Heights in pixels at full width, a little generous: a frame that is too low scrolls."""
_SYLLABLES = 15
"""Syllables on a line of the page."""


def render_embed(brief: Brief, templates: Path | None = None) -> tuple[Artifact, ...]:
    """All files of the format.  Raises ``TemplateError``."""
    names = context(brief, "short")
    style = "\n" + font_css() + "\n" + stylesheet("embed/embed.css", brief, templates) + "\n"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = render_template("embed/embed.html", {**names, "style": style, "style_hash": f"sha256-{digest}"}, templates)
    made = [Artifact(PAGE, "text/html", page.encode("utf-8"))]
    if brief.published.base:
        made += _for_sites(brief, names["insert"], templates)
    return tuple(made)


def _for_sites(brief: Brief, insert: Insert, templates: Path | None) -> list[Artifact]:
    """The snippet and its description: both name the address of the page."""
    height = frame_height(insert)
    given = {
        "address": brief.published.base + PAGE,
        "frame_title": load("newsletter")["embed"]["frame"].format(title=brief.title),
        "width": WIDTH,
        "height": height,
    }
    snippet = render_template("embed/snippet.html", given, templates).strip()
    about = {
        "version": "1.0",
        "type": "rich",
        "title": brief.title,
        "provider_name": brief.place_text,
        "provider_url": brief.published.base,
        "html": snippet,
        "width": WIDTH,
        "height": height,
    }
    return [
        Artifact("embed-snippet.html", "text/html", (snippet + "\n").encode("utf-8")),
        Artifact("oembed.json", "application/json+oembed", (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()),
    ]


def frame_height(insert: Insert) -> int:
    """The height of the frame, by what it holds: scripts that would measure it are not allowed."""
    lines = sum(-(-len(words(item.text).split()) // _SYLLABLES) for item in insert.sentences)
    return _HEADER + _FIGURE * -(-len(insert.cards) // 2) + _LINE * lines + _REST
