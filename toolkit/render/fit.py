"""Whether a brief keeps to the pages that its style promises."""

from __future__ import annotations

from pathlib import Path

from toolkit.model.brief import Brief
from toolkit.styles import style


def overrun(brief: Brief, templates: Path | None = None) -> int:
    """Pages beyond those of a style that promises them (``exact``); 0 for every other style, without a look at the engine."""
    house = style(brief.style)
    limit = house.pages.get(brief.length)
    if not house.exact or limit is None:
        return 0
    from toolkit.render.pdf import count_pages

    return max(0, count_pages(brief, templates) - limit)
