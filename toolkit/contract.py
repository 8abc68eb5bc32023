"""The facts contract: a ``FactSheet`` as JSON and back.  The only place that knows the JSON names.

One object a source document, versioned by ``SCHEMA``.  The JSON Schema travels with the package
(``toolkit/data/facts.schema.json``); fields are added, never renamed.  Offsets are Python string indices into the source's text
as decoded; ``text[start:end] == quote`` for every fact with a quote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from toolkit.errors import Issue, Severity
from toolkit.lexicon import DATA
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Level, Locality, Report, Role, Sector, Successor
from toolkit.model.dossier import Dossier, Settled
from toolkit.model.fact import (
    CitedDocument,
    FactSheet,
    Indicator,
    Mode,
    Passage,
    Person,
    Quantity,
    Statement,
    StatementKind,
    Status,
    Theme,
    Trace,
)
from toolkit.model.text import Noise, Quote, Source, Span

SCHEMA = "nhiemky.facts/1"
DOSSIER_SCHEMA = "nhiemky.dossier/1"

Json = dict[str, Any]


# ---------------------------------------------------------------- writing


def to_json(sheet: FactSheet) -> Json:
    """The contract's object for one source; keys in the contract's order, values plain JSON types."""
    return {
        "schema": SCHEMA,
        "source": _source(sheet),
        "locality": _locality(sheet.locality) if sheet.locality else None,
        "localities": [_locality(place) for place in sheet.localities],
        "term": sheet.term,
        "next_term": sheet.next_term,
        "congress": sheet.congress,
        "report": sheet.report.value,
        "year": sheet.year,
        "inferred": {"term": sheet.inferred_term, "next_term": sheet.inferred_next_term},
        "published": sheet.published,
        "theme": {"text": sheet.theme.text, **_quote(sheet.theme.quote)} if sheet.theme else None,
        "quantities": [_quantity(q) for q in sheet.quantities],
        "indicators": [_indicator(i) for i in sheet.indicators],
        "people": [{"name": p.name, "roles": list(p.roles), "spans": _spans(p.quotes)} for p in sheet.people],
        "documents": [_document(d) for d in sheet.documents],
        "awards": [_statement(s) for s in sheet.awards],
        "limitations": [_statement(s) for s in sheet.limitations],
        "lessons": [_statement(s) for s in sheet.lessons],
        "next_tasks": [_statement(s) for s in sheet.next_tasks],
        "initiatives": [_statement(s) for s in sheet.initiatives],
        "sentences": [_passage(p) for p in sheet.sentences],
        "noise": [{"start": n.span.start, "end": n.span.end, "why": n.why} for n in sheet.noise],
        "warnings": [_warning(w) for w in sheet.warnings],
    }


def to_line(sheet: FactSheet) -> str:
    """The contract's object on one line, without a line end."""
    return json.dumps(to_json(sheet), ensure_ascii=False, separators=(",", ":"))


def _source(sheet: FactSheet) -> Json:
    source = sheet.source
    out: Json = {
        "path": source.path,
        "sha256": source.sha256,
        "title": source.title,
        "published": sheet.published or source.published,
        "publisher": source.publisher,
        "author": source.author,
        "media_type": source.media_type,
    }
    if source.url:
        out["url"] = source.url
    if not source.own_text:
        out["text"] = source.text
    return out


def _locality(place: Locality) -> Json:
    return {
        "name": place.name,
        "level": place.level.value if place.level else None,
        "parents": list(place.parents),
        "inferred_parents": list(place.inferred_parents),
        "slug": place.slug,
        "code": place.code,
        "status": place.status,
        "successors": [
            {
                "name": s.name,
                "level": s.level.value if s.level else None,
                "province": s.province,
                "share": s.share,
                "code": s.code,
            }
            for s in place.successors
        ],
        "predecessors": list(place.predecessors),
    }


def _quote(quote: Quote) -> Json:
    return {"quote": quote.text, "start": quote.start, "end": quote.end}


def _spans(quotes: Iterable[Quote]) -> list[Json]:
    return [{"start": q.start, "end": q.end} for q in quotes]


def number_to_json(value: Decimal | None) -> int | float | None:
    """An exact decimal as the JSON number that reads the same; integral values have no fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(q: Quantity) -> Json:
    amount = q.amount
    out: Json = {"id": q.id, **_quote(q.quote), "kind": amount.kind.value}
    if amount.is_range:
        out |= {"low": number_to_json(amount.low), "high": number_to_json(amount.high)}
    else:
        out["value"] = number_to_json(amount.value)
    if amount.of is not None:
        out["of"] = number_to_json(amount.of)
    out |= {
        "unit": amount.unit,
        "per": list(amount.per),
        "bound": amount.bound.value,
        "label": q.label,
        "role": q.role.value,
        "period": q.period,
        "sector": q.sector.value,
        "place": q.place,
        "indicator": q.indicator,
        "review": q.review,
    }
    if q.why:
        out["why"] = q.why
    if q.traces:
        out["traces"] = [{"rule": t.rule, "entry": t.entry, "rejected": list(t.rejected)} for t in q.traces]
    return out


def _indicator(i: Indicator) -> Json:
    return {
        "id": i.id,
        "label": i.label,
        "sector": i.sector.value,
        "period": i.period,
        "place": i.place,
        "direction": i.direction,
        "results": list(i.results),
        "plans": list(i.plans),
        "attainments": list(i.attainments),
        "changes": list(i.changes),
        "status": i.status.value,
        "stated": i.stated,
    }


def _document(d: CitedDocument) -> Json:
    return {"type": d.type, "number": d.number, "date": d.date, "issuer": d.issuer, "spans": _spans(d.quotes)}


def _statement(s: Statement) -> Json:
    return {**_quote(s.quote), "text": s.text, "sector": s.sector.value}


def _passage(p: Passage) -> Json:
    return {
        "start": p.quote.start,
        "end": p.quote.end,
        "sector": p.sector.value,
        "score": round(p.score, 6),
        "mode": p.mode.value,
        "text": p.text,
    }


def _warning(w: Issue) -> Json:
    return {
        "code": w.code,
        "message": w.message,
        "severity": w.severity.value,
        "spans": [{"start": a, "end": b} for a, b in w.spans],
        "stated": w.stated,
        "computed": w.computed,
        "remedy": w.remedy,
    }


# ---------------------------------------------------------------- settled facts


def dossier_to_json(dossier: Dossier) -> Json:
    """What goes beside a brief as ``facts.json``: settled values with their origin, and the facts of every source."""
    return {
        "schema": DOSSIER_SCHEMA,
        "locality": _locality(dossier.locality),
        "term": _settled(dossier.term),
        "next_term": _settled(dossier.next_term),
        "year": dossier.year,
        "congress": _settled(dossier.congress),
        "report": dossier.report.value,
        "theme": _settled(dossier.theme),
        "quantities": [_settled(s, _quantity) for s in dossier.quantities],
        "indicators": [_indicator(i) for i in dossier.indicators],
        "people": [_settled(s, lambda p: {"name": p.name, "roles": list(p.roles)}) for s in dossier.people],
        "documents": [_settled(s, _document) for s in dossier.documents],
        **{
            name: [_settled(s, _statement) for s in getattr(dossier, name)]
            for name in ("awards", "limitations", "lessons", "next_tasks", "initiatives")
        },
        "conflicts": [
            {"what": c.what, "chosen": c.chosen.id, "others": [_quantity(o) for o in c.others], "rule": c.rule}
            for c in dossier.conflicts
        ],
        "sources": [to_json(sheet) for sheet in dossier.sheets],
    }


def _settled(settled: Settled[Any] | None, write: Callable[[Any], Any] = lambda value: value) -> Json | None:
    if settled is None:
        return None
    origin = settled.origin
    out: Json = {"value": write(settled.value), "origin": {"kind": origin.kind.value, "ref": origin.ref}}
    if origin.reason:
        out["origin"]["reason"] = origin.reason
    if origin.source:
        out["origin"]["source"] = origin.source
    if settled.support:
        out["support"] = [write(value) for value in settled.support]
    if settled.hidden:
        out["hidden"] = [{"value": write(value), "why": why} for value, why in settled.hidden]
    return out


# ---------------------------------------------------------------- reading


def from_json(data: Mapping[str, Any], text: str) -> FactSheet:
    """A ``FactSheet`` of the contract's object and the source's text.

    ``text`` is the decoded text that the offsets speak of (``source.text`` when the object carries it).  Raises ``ValueError`` when
    the schema is another one, or when a quote is not what stands at its place: ungrounded facts are refused, not repaired.
    """
    if data.get("schema") != SCHEMA:
        raise ValueError(f"schema is {data.get('schema')!r}, expected {SCHEMA!r}")
    source = _read_source(data["source"], text)
    theme = data.get("theme")
    return FactSheet(
        source=source,
        locality=_read_locality(data["locality"]) if data.get("locality") else None,
        localities=tuple(_read_locality(x) for x in data.get("localities", ())),
        term=data.get("term"),
        next_term=data.get("next_term"),
        congress=data.get("congress"),
        report=Report(data["report"]),
        year=data.get("year"),
        inferred_term=data.get("inferred", {}).get("term"),
        inferred_next_term=data.get("inferred", {}).get("next_term"),
        published=data.get("published"),
        theme=Theme(theme["text"], _read_quote(source, theme)) if theme else None,
        quantities=tuple(_read_quantity(source, x) for x in data["quantities"]),
        indicators=tuple(_read_indicator(x) for x in data.get("indicators", ())),
        people=tuple(Person(x["name"], tuple(x["roles"]), _read_spans(source, x)) for x in data["people"]),
        documents=tuple(
            CitedDocument(x["type"], x["number"], x["date"], x["issuer"], _read_spans(source, x)) for x in data["documents"]
        ),
        awards=_read_statements(source, data["awards"], StatementKind.AWARD),
        limitations=_read_statements(source, data["limitations"], StatementKind.LIMITATION),
        lessons=_read_statements(source, data["lessons"], StatementKind.LESSON),
        next_tasks=_read_statements(source, data["next_tasks"], StatementKind.TASK),
        initiatives=_read_statements(source, data["initiatives"], StatementKind.INITIATIVE),
        sentences=tuple(_read_passage(source, x) for x in data["sentences"]),
        noise=tuple(Noise(Span(x["start"], x["end"]), x["why"]) for x in data["noise"]),
        warnings=tuple(_read_warning(source, x) for x in data["warnings"]),
    )


def _read_source(head: Mapping[str, Any], text: str) -> Source:
    return Source(
        path=head["path"],
        text=text,
        sha256=head["sha256"],
        media_type=head.get("media_type") or "text/plain",
        own_text="text" not in head,
        title=head.get("title"),
        published=head.get("published"),
        publisher=head.get("publisher"),
        author=head.get("author"),
        url=head.get("url"),
    )


def _read_quote(source: Source, x: Mapping[str, Any]) -> Quote:
    quote = source.quote(x["start"], x["end"])
    if "quote" in x and quote.text != x["quote"]:
        raise ValueError(f"not grounded: {x['quote']!r} is not at [{x['start']}, {x['end']})")
    return quote


def _read_spans(source: Source, x: Mapping[str, Any]) -> tuple[Quote, ...]:
    return tuple(source.quote(s["start"], s["end"]) for s in x["spans"])


def _read_locality(x: Mapping[str, Any]) -> Locality:
    return Locality(
        name=x["name"],
        level=Level(x["level"]) if x.get("level") else None,
        parents=tuple(x.get("parents", ())),
        inferred_parents=tuple(x.get("inferred_parents", ())),
        slug=x.get("slug", ""),
        code=x.get("code"),
        status=x.get("status"),
        successors=tuple(
            Successor(s["name"], Level(s["level"]) if s.get("level") else None, s["province"], s["share"], s.get("code"))
            for s in x.get("successors", ())
        ),
        predecessors=tuple(x.get("predecessors", ())),
    )


def _decimal(x: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(str(x[key])) if x.get(key) is not None else None


def _read_quantity(source: Source, x: Mapping[str, Any]) -> Quantity:
    amount = Amount(
        kind=Kind(x["kind"]),
        value=_decimal(x, "value"),
        low=_decimal(x, "low"),
        high=_decimal(x, "high"),
        of=_decimal(x, "of"),
        unit=x["unit"],
        per=tuple(x.get("per", ())),
        bound=Bound(x["bound"]),
    )
    return Quantity(
        id=x["id"],
        quote=_read_quote(source, x),
        amount=amount,
        label=x["label"],
        role=Role(x["role"]),
        sector=Sector(x["sector"]),
        period=x.get("period"),
        place=x.get("place"),
        indicator=x.get("indicator"),
        review=bool(x.get("review")),
        why=x.get("why", ""),
        traces=tuple(Trace(t["rule"], t["entry"], tuple(t["rejected"])) for t in x.get("traces", ())),
    )


def _read_indicator(x: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=x["id"],
        label=x["label"],
        sector=Sector(x["sector"]),
        period=x.get("period"),
        place=x.get("place"),
        direction=x["direction"],
        results=tuple(x["results"]),
        plans=tuple(x["plans"]),
        attainments=tuple(x["attainments"]),
        changes=tuple(x["changes"]),
        status=Status(x["status"]),
        stated=x["stated"],
    )


def _read_statements(source: Source, xs: Iterable[Mapping[str, Any]], kind: StatementKind) -> tuple[Statement, ...]:
    return tuple(Statement(kind, _read_quote(source, x), x["text"], Sector(x["sector"])) for x in xs)


def _read_passage(source: Source, x: Mapping[str, Any]) -> Passage:
    quote = source.quote(x["start"], x["end"])
    return Passage(quote, x["text"], Sector(x["sector"]), Mode(x["mode"]), x["score"])


def _read_warning(source: Source, x: Mapping[str, Any]) -> Issue:
    return Issue(
        code=x["code"],
        message=x["message"],
        severity=Severity(x["severity"]),
        stated=x["stated"],
        computed=x["computed"],
        remedy=x.get("remedy", ""),
        source=source.path,
        spans=tuple((s["start"], s["end"]) for s in x["spans"]),
    )


@cache
def schema() -> Json:
    """The JSON Schema of the contract, as it travels with the package."""
    loaded: Json = json.loads((DATA / "facts.schema.json").read_text("utf-8"))
    return loaded
