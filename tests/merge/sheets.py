"""Builds fact sheets by hand for the tests of merging: a text in which each figure really stands, and its quantities."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Level, Locality, Report, Role, Sector
from toolkit.model.fact import CitedDocument, FactSheet, Passage, Person, Quantity, Statement, StatementKind, Theme
from toolkit.model.text import Source
from toolkit.model.vietnamese import slug

STATEMENT_FIELDS = {
    "awards": StatementKind.AWARD,
    "limitations": StatementKind.LIMITATION,
    "lessons": StatementKind.LESSON,
    "next_tasks": StatementKind.TASK,
    "initiatives": StatementKind.INITIATIVE,
}


def amount(spec: dict[str, Any]) -> Amount:
    """``{kind, value | low and high, of, unit, per, bound}`` as a case file writes it."""
    numbers = {key: Decimal(str(spec[key])) for key in ("value", "low", "high", "of") if key in spec}
    return Amount(
        Kind(spec.get("kind", "count")),
        unit=spec.get("unit", ""),
        per=tuple(spec.get("per", ())),
        bound=Bound(spec.get("bound", "exact")),
        **numbers,
    )


def locality(spec: dict[str, Any] | None) -> Locality | None:
    if spec is None:
        return None
    level = Level(spec["level"]) if spec.get("level") else None
    predecessors = tuple(spec.get("predecessors", ()))
    return Locality(spec["name"], level, tuple(spec.get("parents", ())), slug(spec["name"]), predecessors=predecessors)


def sheet(spec: dict[str, Any]) -> FactSheet:
    """A fact sheet of a case file; the text is made of the quotes, a sentence each."""
    quantities = spec.get("quantities", ())
    said = [q["quote"] for q in quantities]
    said += [p["name"] for p in spec.get("people", ())] + [d["number"] for d in spec.get("documents", ())]
    said += [text for field in STATEMENT_FIELDS for text in spec.get(field, ())] + [t for t in [spec.get("theme")] if t]
    said += list(spec.get("sentences", ()))
    text = "\n".join([spec.get("text", spec["path"]), *said])
    source = Source(
        spec["path"],
        text,
        spec.get("sha256") or hashlib.sha256(text.encode()).hexdigest(),
        title=spec.get("title"),
        published=_date(spec),
        url=spec.get("url"),
    )

    def quote(words: str) -> Any:
        start = text.index("\n" + words) + 1
        return source.quote(start, start + len(words))

    made = tuple(_quantity(one, quote(one["quote"])) for one in quantities)
    passages = tuple(Passage(quote(one), one, Sector.CHUNG) for one in spec.get("sentences", ()))
    statements = {
        field: tuple(Statement(kind, quote(one), one, Sector.CHUNG) for one in spec.get(field, ()))
        for field, kind in STATEMENT_FIELDS.items()
    }
    return FactSheet(
        source,
        locality(spec.get("locality")),
        term=spec.get("term"),
        next_term=spec.get("next_term"),
        congress=spec.get("congress"),
        report=Report(spec.get("report", "other")),
        year=spec.get("year"),
        inferred_term=spec.get("inferred_term"),
        published=_date(spec),
        theme=Theme(spec["theme"], quote(spec["theme"])) if spec.get("theme") else None,
        quantities=made,
        people=tuple(Person(p["name"], tuple(p.get("roles", ())), (quote(p["name"]),)) for p in spec.get("people", ())),
        documents=tuple(
            CitedDocument(d.get("type", "Nghị quyết"), d["number"], d.get("date"), None, (quote(d["number"]),))
            for d in spec.get("documents", ())
        ),
        sentences=passages,
        **statements,
    )


def _date(spec: dict[str, Any]) -> str | None:
    """YAML gives a date; a sheet holds its ISO form."""
    return str(spec["published"]) if "published" in spec else None


def _quantity(one: dict[str, Any], quote: Any) -> Quantity:
    role = Role(one.get("role", "result"))
    label = one.get("label", "chỉ tiêu")
    period = one.get("period")
    return Quantity(
        id=one.get("id") or ".".join(filter(None, (slug(label), period, role.value))),
        quote=quote,
        amount=amount(one),
        label=label,
        role=role,
        sector=Sector(one.get("sector", "chung")),
        period=period,
        place=one.get("place"),
        indicator=one.get("indicator"),
    )
