"""Why the facts at one place of an article are as they are, or why there are none.

``explain`` gives lines of plain text: the fact, the rule and lexicon entry of each of its readings, what was rejected, and what
stands around it (sector, mode, furniture).  Offsets are those of the source, as in every quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.extract.not_quantities import masks
from toolkit.extract.scan import prepare
from toolkit.model.amount import Amount
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.text import CleanText

_ASPECTS = ("figure", "label", "role", "period")


def explain(clean: CleanText, sheet: FactSheet, offset: int) -> str:
    """What is known of the source offset, as lines of text; never empty.

    Raises ``ValueError`` for an offset outside the source's text.
    """
    if not 0 <= offset < max(1, len(clean.source.text)):
        raise ValueError(f"{offset} is not inside a text of {len(clean.source.text)} characters")
    lines = [line for part in (_quantities, _named, _statements, _around) for line in part(sheet, offset)]
    if not any(q.quote.start <= offset < q.quote.end for q in sheet.quantities):
        lines = [*_no_figure(clean, offset), *lines]
    return "\n".join(lines) or "nothing was extracted here"


def find(sheet: FactSheet, written: str) -> int | None:
    """Offset of the first figure written so (``"11 tỷ 708 triệu đồng"``, also its beginning), or of the words in the text."""
    for q in sheet.quantities:
        if q.quote.text.startswith(written):
            return q.quote.start
    place = sheet.source.text.find(written)
    return place if place >= 0 else None


def _quantities(sheet: FactSheet, offset: int) -> Iterator[str]:
    for q in sheet.quantities:
        if q.quote.start <= offset < q.quote.end:
            yield from _quantity(q)


def _quantity(q: Quantity) -> Iterator[str]:
    yield f"{q.id}: “{q.quote.text}” [{q.quote.start}, {q.quote.end})"
    yield f"  value    {amount(q.amount)}"
    told = {"label": q.label, "role": q.role.value, "period": q.period or "none"}
    for aspect, trace in zip(_ASPECTS, q.traces, strict=False):
        entry = f" ({trace.entry})" if trace.entry else ""
        yield f"  {aspect:8} {told.get(aspect, q.amount.kind.value)} by {trace.rule}{entry}"
        for other in trace.rejected:
            yield f"           rejected: {other}"
    yield f"  sector   {q.sector.value}"
    if q.indicator:
        yield f"  known as {q.indicator} (vi/indicators)"
    if q.place:
        yield f"  place    {q.place}"
    if q.review:
        yield f"  look at  {q.why}"


def amount(value: Amount) -> str:
    """An amount in plain figures: ``over 11708000000 đồng``."""
    number = f"{value.low} to {value.high}" if value.is_range else str(value.value)
    of = f" of {value.of}" if value.of is not None else ""
    per = "".join(f"/{p}" for p in value.per)
    bound = "" if value.bound.value == "exact" else f"{value.bound.value} "
    return f"{bound}{number}{of} {value.unit}{per}".strip()


def _named(sheet: FactSheet, offset: int) -> Iterator[str]:
    for person in sheet.people:
        if any(quote.start <= offset < quote.end for quote in person.quotes):
            yield f"person: {person.name}" + (f" ({'; '.join(person.roles)})" if person.roles else "")
    for document in sheet.documents:
        if any(quote.start <= offset < quote.end for quote in document.quotes):
            yield f"document: {document.type} {document.number or ''}".rstrip()


def _statements(sheet: FactSheet, offset: int) -> Iterator[str]:
    groups = (sheet.awards, sheet.limitations, sheet.lessons, sheet.next_tasks, sheet.initiatives)
    for statement in (s for group in groups for s in group):
        if statement.quote.start <= offset < statement.quote.end:
            by = f" by {statement.trace.rule}" if statement.trace else ""
            yield f"{statement.kind.value}: “{statement.quote.text}”{by}"


def _around(sheet: FactSheet, offset: int) -> Iterator[str]:
    for noise in sheet.noise:
        if noise.span.start <= offset < noise.span.end:
            yield f"left out as page furniture: {noise.why}"
    for passage in sheet.sentences:
        if passage.quote.start <= offset < passage.quote.end:
            yield f"sentence: sector {passage.sector.value}, mode {passage.mode.value}"
            break


def _no_figure(clean: CleanText, offset: int) -> Iterator[str]:
    """Why digits at the offset make no quantity."""
    place = clean.clean_offset(offset)
    word = next((m for m in re.finditer(r"\S+", clean.text[max(0, place - 40) : place + 40]) if m.end() > min(place, 40)), None)
    if word is None or not re.search(r"\d", word.group()):
        return
    reason = next((why for start, end, why in masks(prepare(clean.text)) if start <= place < end), None)
    yield f"no figure: {reason}" if reason else "no figure: the words around the digits name no quantity"
