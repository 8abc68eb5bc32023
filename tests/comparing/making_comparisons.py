"""Small dossiers of several localities, made of facts that a case writes down, and comparisons of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.comparing import indicator_of
from toolkit.compose.comparing import compose_comparison
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.brief import Figure, Run
from toolkit.model.comparison import CellValue, Comparison, ComparisonRow
from toolkit.model.context import Level, Locality, Report, Role, Sector
from toolkit.model.dossier import Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.text import Source
from toolkit.model.vietnamese import slug

NUMBERS = ("value", "low", "high", "of")


def dossier(row: Mapping[str, Any]) -> Dossier:
    """A dossier of ``{place, level, term, report, facts}``; a fact's ``say`` is its sentence, ``figure`` what it says in it."""
    text = " ".join(f"{fact['say']}." for fact in row["facts"])
    path = f"seeds/{slug(row['place'])}-{row.get('term', row.get('year', ''))}.txt"
    source = Source(path=path, text=text, sha256=hashlib.sha256((path + text).encode()).hexdigest(), title=f"Tin {row['place']}")
    place = Locality(row["place"], Level(row.get("level", "xã")), tuple(row.get("parents", ("Bình Giang",))), slug(row["place"]))
    if "before" in row:
        place = Locality(place.name, place.level, place.parents, place.slug, predecessors=tuple(row["before"]))
    origin = Origin(OriginKind.SOURCE, source.id)
    facts: list[Settled[Quantity]] = []
    at = 0
    for number, fact in enumerate(row["facts"]):
        start = text.index(fact["figure"], text.index(fact["say"], at))
        at = start
        facts.append(Settled(_quantity(source, fact, start, number), origin))
    sheet = FactSheet(source, locality=place, quantities=tuple(fact.value for fact in facts))
    term, year = row.get("term"), row.get("year")
    return Dossier(
        locality=place,
        sheets=(sheet,),
        term=Settled(term, origin) if term else None,
        year=str(year) if year else None,
        report=Report(row.get("report", "annual" if year else "full-term")),
        quantities=tuple(facts),
    )


def _quantity(source: Source, fact: Mapping[str, Any], start: int, number: int) -> Quantity:
    amount = Amount(
        Kind(fact["kind"]),
        unit=fact.get("unit", {"money": "đồng", "percent": "%"}.get(fact["kind"], "")),
        per=tuple(fact.get("per", ())),
        bound=Bound(fact.get("bound", "exact")),
        **{name: Decimal(str(fact[name])) for name in NUMBERS if name in fact},
    )
    return Quantity(
        f"{slug(fact['label'])}.{fact.get('role', 'result')}.{number}",
        source.quote(start, start + len(fact["figure"])),
        amount,
        fact["label"],
        Role(fact.get("role", "result")),
        Sector(fact.get("sector", "kinh-te")),
        period=str(fact["period"]) if "period" in fact else None,
        place=fact.get("of_place"),
        indicator=fact.get("indicator"),
    )


def compared(rows: Sequence[Mapping[str, Any]], **more: Any) -> tuple[Comparison, tuple[Dossier, ...]]:
    """The comparison of some rows of a case, in full unless told otherwise, and its dossiers."""
    dossiers = tuple(dossier(row) for row in rows)
    return compose_comparison(dossiers, indicator_of, **{"length": "full", **more}), dossiers


def words(run: Run) -> str:
    return "".join(part.text if isinstance(part, Figure) else part for part in run).replace("\u00a0", " ")


def shown(value: CellValue) -> str:
    """A value in one line: ``[place] run (period) plan``."""
    return " ".join(
        part for part in (value.place, words(value.run), f"({value.period})" if value.period else "", words(value.plan)) if part
    ).replace("\u00a0", " ")


def table(comparison: Comparison) -> list[tuple[str, str, list[str]]]:
    """All rows as (label with measure, unit, cells), a gap as the dash."""
    return [
        (f"{row.label}, {row.measure_text}".rstrip(", "), row.unit, ["; ".join(map(shown, c.values)) or "—" for c in row.cells])
        for row in rows(comparison)
    ]


def rows(comparison: Comparison) -> list[ComparisonRow]:
    return [row for group in comparison.groups for row in group.rows]


def money(place: str, value: int, figure: str, **more: Any) -> dict[str, Any]:
    """A commune that tells its revenue and nothing else."""
    fact = {
        "say": f"Thu ngân sách của {place} đạt {figure}",
        "figure": figure,
        "kind": "money",
        "value": value,
        "label": "thu ngân sách",
    }
    return {"place": place, "term": "2020-2025", "facts": [fact], **more}
