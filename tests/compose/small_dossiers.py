"""Small dossiers made by hand from a text and the figures in it, so that a test shows everything that it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.brief import Figure, Run, Section
from toolkit.model.context import Level, Locality, Report, Role, Sector
from toolkit.model.dossier import Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet, Mode, Passage, Quantity, Statement, StatementKind
from toolkit.model.text import Source

PLACE = Locality("Hạ Đình", Level.PHUONG, ("Thanh Xuân", "Hà Nội"), "ha-dinh")


def source(text: str, **more: Any) -> Source:
    return Source(path="seeds/bai.txt", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **more)


def amount(kind: str, value: str | None = None, **more: Any) -> Amount:
    numbers = {name: Decimal(more.pop(name)) for name in ("low", "high", "of") if name in more}
    bound = Bound(more.pop("bound", "exact"))
    return Amount(Kind(kind), value=None if value is None else Decimal(value), bound=bound, **numbers, **more)


def quantity(
    src: Source, quote: str, of: Amount, label: str, role: str = "result", sector: str = "kinh-te", **more: Any
) -> Quantity:
    start = src.text.index(quote)
    name = more.pop("id", f"{label.replace(' ', '-')}.{role}.{start}")
    return Quantity(name, src.quote(start, start + len(quote)), of, label, Role(role), Sector(sector), **more)


def settled(value: Any, src: Source) -> Settled[Any]:
    return Settled(value, Origin(OriginKind.SOURCE, src.id))


def statement(src: Source, quote: str, kind: StatementKind, sector: Sector = Sector.CHUNG) -> Settled[Statement]:
    start = src.text.index(quote)
    return settled(Statement(kind, src.quote(start, start + len(quote)), quote, sector), src)


def passage(src: Source, quote: str, sector: Sector, mode: Mode = Mode.RESULT, score: float = 1.0) -> Passage:
    start = src.text.index(quote)
    return Passage(src.quote(start, start + len(quote)), quote, sector, mode, score)


def dossier(
    src: Source,
    quantities: Sequence[Quantity] = (),
    *,
    term: str | None = "2020-2025",
    sentences: Sequence[Passage] = (),
    **more: Any,
) -> Dossier:
    place = more.pop("locality", PLACE)
    told = [q if isinstance(q, Quantity) else next((old for old, _ in q.hidden), q.value) for q in quantities]
    sheet = FactSheet(src, locality=place, quantities=tuple(told), sentences=tuple(sentences))
    return Dossier(
        locality=place,
        sheets=(sheet,),
        term=settled(term, src) if term else None,
        report=more.pop("report", Report.FULL_TERM),
        quantities=tuple(settled(q, src) if isinstance(q, Quantity) else q for q in quantities),
        **more,
    )


def words(run: Run) -> str:
    """A run's words, no-break spaces shown as ``~``."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run).replace("\u00a0", "~")


def section(sections: Sequence[Section], name: str) -> Section:
    return next(s for s in sections if s.id == name)


def by_id(sections: Sequence[Section]) -> Mapping[str, Section]:
    return {s.id: s for s in sections}
