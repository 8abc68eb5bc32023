"""A brief's colours from the one that a profile gives, darkened or lightened until everything on them and in them can be read.

Contrast is that of WCAG 2: the ratio of two relative luminances, of which text needs 4.5.
"""

from __future__ import annotations

from toolkit.model.brief import Palette

READABLE = 4.5
"""Least contrast of text."""

STEP = 0.04
"""How far one step goes towards black or white."""

WHITE, BLACK = "#ffffff", "#000000"
PAPERS = ("#ffffff", "#fdfdfb", "#f2f5f3")
"""What the strong colour stands on in print and on screen; the last is the tint behind the general information."""

DARK_PAPERS = ("#121a1b", "#192425")


def palette(colour: str | None) -> Palette:
    """The palette of a main colour ``#rrggbb``; the house's own without one."""
    if not colour:
        return Palette()
    house = Palette()
    soft = mix(WHITE, colour, 0.14)
    band = _until(colour, BLACK, (WHITE, soft, house.kicker))
    strong = _until(colour, BLACK, PAPERS)
    dark_strong = _until(colour, WHITE, DARK_PAPERS)
    return Palette(
        band=band,
        soft=soft,
        strong=strong,
        pale=mix(strong, WHITE, 0.45),
        dark_band=_until(mix(band, BLACK, 0.3), BLACK, (WHITE, soft, house.kicker)),
        dark_strong=dark_strong,
        dark_pale=mix(dark_strong, BLACK, 0.35),
    )


def _until(colour: str, towards: str, others: tuple[str, ...]) -> str:
    """``colour`` moved ``towards`` black or white until it can be read beside all ``others``."""
    share, moved = 0.0, colour
    while share < 1 and any(contrast(moved, other) < READABLE for other in others):
        share += STEP
        moved = mix(colour, towards, min(share, 1.0))
    return moved


def mix(one: str, other: str, share: float) -> str:
    """``one`` with so much of ``other`` in it, 0 to 1."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_parts(one), _parts(other), strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in _parts(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
