"""The kinds of PDF that can be asked for, one table: ``--pdf-variant``, the library and the validators read it.

Every variant here passes veraPDF in each of its flavours with all briefs of ``seeds/`` (``make validate``).  Left out of what
WeasyPrint 70 can write: ``pdf/ua-2`` fails (links inside a document must lead to structure elements, ISO 14289-2, 8.8, and it
writes places on pages), ``pdf/a-4u`` names a level that PDF/A-4 does not have, ``pdf/a-4e`` is for engineering drawings,
``pdf/x-*`` for print shops.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of PDF.  ``engine`` is what WeasyPrint is told, ``flavours`` what veraPDF is asked."""

    name: str
    engine: str | None
    tags: bool = False
    """Tagged, so that assistive technology can read it."""
    claims_ua: bool = False
    """Says that it is PDF/UA-1 beside what the engine writes."""
    attaches: bool = False
    """``facts.json`` is attached.  PDF/A-1 allows no attachment, PDF/A-2 none but PDF/A; the file lies beside the brief anyway."""
    flavours: tuple[str, ...] = ()
    groups_rows: bool = True
    """Its version of PDF knows head, body and foot of a table."""


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("ua-1+a-3a", "pdf/a-3a", tags=True, claims_ua=True, attaches=True, flavours=("ua1", "3a")),
        Variant("ua-1+a-2a", "pdf/a-2a", tags=True, claims_ua=True, flavours=("ua1", "2a")),
        Variant("ua-1", "pdf/ua-1", tags=True, attaches=True, flavours=("ua1",)),
        Variant("a-3a", "pdf/a-3a", tags=True, attaches=True, flavours=("3a",)),
        Variant("a-3u", "pdf/a-3u", attaches=True, flavours=("3u",)),
        Variant("a-3b", "pdf/a-3b", attaches=True, flavours=("3b",)),
        Variant("a-2a", "pdf/a-2a", tags=True, flavours=("2a",)),
        Variant("a-2u", "pdf/a-2u", flavours=("2u",)),
        Variant("a-2b", "pdf/a-2b", flavours=("2b",)),
        Variant("a-1a", "pdf/a-1a", tags=True, flavours=("1a",), groups_rows=False),
        Variant("a-1b", "pdf/a-1b", flavours=("1b",)),
        Variant("a-4f", "pdf/a-4f", attaches=True, flavours=("4f",)),
        Variant("plain", None),
    )
}

DEFAULT = "ua-1+a-3a"


def variant(name: str | None) -> Variant:
    """The variant of that name, the default for None.  Raises ``UsageError``, with the name that was probably meant."""
    found = VARIANTS.get((name or DEFAULT).lower())
    if found is None:
        known = ", ".join(VARIANTS)
        near = _nearest(str(name))
        remedy = f"did you mean {near}? choose among: {known}" if near else f"choose among: {known}"
        raise UsageError(f"unknown PDF variant {name!r}", remedy=remedy)
    return found


def _nearest(name: str) -> str | None:
    from rapidfuzz import fuzz, process

    folded = {_bare(known): known for known in VARIANTS}
    found = process.extractOne(_bare(name), list(folded), scorer=fuzz.ratio, score_cutoff=60)
    return folded[found[0]] if found else None


def _bare(name: str) -> str:
    """``PDF/A-3a`` and ``a3a`` are the same to a person."""
    return "".join(char for char in name.lower().replace("pdf", "") if char.isalnum())
