"""All settled figures of all columns as flat rows for programs: the CSV and the sheet of figures, whatever the table prints."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.compose.comparing.align import FindIndicator
from toolkit.compose.desk import Desk
from toolkit.model.comparison import ComparisonColumn, FactRow
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import Quantity
from toolkit.model.text import Source


def fact_rows(desks: Sequence[Desk], columns: Sequence[ComparisonColumn], find: FindIndicator) -> tuple[FactRow, ...]:
    """A row a settled figure, column by column in the order of the sources' text."""
    return tuple(
        _row(desk, column, settled, find)
        for desk, column in zip(desks, columns, strict=True)
        for settled in desk.dossier.quantities
    )


def _row(desk: Desk, column: ComparisonColumn, settled: Settled[Quantity], find: FindIndicator) -> FactRow:
    quantity, origin = settled.value, settled.origin
    amount, quote = quantity.amount, quantity.quote
    profile = origin.kind is OriginKind.PROFILE
    source = next((sheet.source for sheet in desk.dossier.sheets if sheet.source.id == quote.source), None)
    return FactRow(
        column=column.key,
        place=column.place,
        parents=", ".join(desk.dossier.locality.parents),
        term=desk.dossier.year or (desk.dossier.term.value if desk.dossier.term else ""),
        report=column.report,
        sector=desk.standard.sectors[quantity.sector],
        indicator=quantity.indicator or find(quantity.label, amount.kind, quantity.role) or "",
        label=desk.label(quantity),
        role=quantity.role.value,
        kind=amount.kind.value,
        value=_plain(amount.value),
        low=_plain(amount.low),
        high=_plain(amount.high),
        of=_plain(amount.of),
        unit=amount.unit,
        per="/".join(amount.per),
        bound=amount.bound.value,
        period=quantity.period or "",
        of_place=quantity.place or "",
        text=desk.words_of(settled),
        fact=quantity.id,
        origin=origin.kind.value,
        reason=origin.reason if profile else "",
        source=_source_text(source),
        path=source.path if source else "",
        start=quote.start if source else None,
        end=quote.end if source else None,
        quote=" ".join(quote.text.split()) if source else "",
        sentence=" ".join(desk.notes.sentence(quote).split()),
    )


def _source_text(source: Source | None) -> str:
    return (source.title or "") if source else ""


def _plain(value: Decimal | None) -> Decimal | None:
    """The same number without an exponent and without trailing zeros."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
