"""The picture of a brief for social media and for clients that show pictures: 1200 by 630 pixels, set like the brief.

A template makes a small page, WeasyPrint a PDF of it with the brief's own faces, pypdfium2 the pixels.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from toolkit.render.environment import render_template

SIZE = (1200, 630)
"""Pixels; what Facebook, Zalo and the Open Graph protocol take whole."""

ENTRY = "newsletter/picture.html"
STYLE = "newsletter/picture.css"

_PIXELS_A_POINT = 96 / 72


def picture_page(context: dict[str, Any], templates: Path | None = None) -> str:
    """The page that becomes the picture.  Raises ``TemplateError``."""
    return render_template(ENTRY, context, templates)


def picture(page: str, style: str, where: str) -> bytes:
    """The page as PNG.  Raises ``RenderError`` when the engine cannot set it."""
    import pypdfium2

    from toolkit.render.pdf import print_small

    document = pypdfium2.PdfDocument(print_small(page, style, where))
    try:
        image = document[0].render(scale=_PIXELS_A_POINT).to_pil().convert("RGB")
    finally:
        document.close()
    if image.size != SIZE:
        image = image.crop((0, 0, *SIZE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
