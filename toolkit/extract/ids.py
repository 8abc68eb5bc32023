"""Readable, stable ids of quantities: label, period and role (``thu-ngan-sach.2019.attainment``).

Profiles refer to them, so an edit elsewhere in the article must not change them: the first figure of a name has the bare id,
later ones of the same name add their own words (``….12-5-ty-dong``), and only figures written alike in every respect are counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.model.vietnamese import slug

_LONGEST = 60
"""Characters of the part that comes from the label."""


def _short(text: str) -> str:
    whole = slug(text)
    return whole if len(whole) <= _LONGEST else whole[:_LONGEST].rsplit("-", 1)[0]


def name(label: str, period: str | None, role: str) -> str:
    """The id of a figure that shares its name with no other."""
    return ".".join(part for part in (_short(label) or "so-lieu", period, role) if part)


def distinct(names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Ids for (name, quote) pairs in text order, all different."""
    taken: dict[str, int] = {}
    out: list[str] = []
    for base, quote in names:
        chosen = base
        if chosen in taken:
            chosen = f"{base}.{_short(quote)}"
        if chosen in taken:
            taken[chosen] += 1
            chosen = f"{chosen}.{taken[chosen]}"
        taken.setdefault(chosen, 1)
        out.append(chosen)
    return tuple(out)
