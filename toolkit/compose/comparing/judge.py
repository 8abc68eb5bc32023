"""What may be compared with what: ranks among places, differences between terms.

Only single figures of the same unit and the same sort of period are compared, and only where none of them is bounded or a range: a
``hơn 90%`` beside a ``91%`` has no rank.  Absolute amounts of units of different levels are of different size by nature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.compose.comparing.scale import Scale
from toolkit.compose.comparing.standard import Comparing
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.brief import Figure
from toolkit.model.comparison import CellValue, ComparisonRow, Difference, Measure
from toolkit.model.context import Report
from toolkit.model.wording import NBSP, number

FEW = 3
"""Least number of values of which a rank says something."""

COMPARED = (Measure.RESULT, Measure.PART, Measure.RATE)
_YEAR = re.compile(r"^\D*\d{4}$")


@dataclass(frozen=True, slots=True)
class Known:
    """One value that can be compared: its figure, its number (of a part of a whole the share), the sort of its period."""

    column: int
    figure: Figure
    amount: Amount
    size: Decimal
    span: str
    place: str = ""

    @property
    def exact(self) -> bool:
        return self.amount.bound is Bound.EXACT and not self.amount.is_range


def known(row: ComparisonRow, spans: Sequence[str]) -> list[Known]:
    """The values of a row that are one figure and nothing else; ``spans`` are the sorts of the columns' own periods."""
    found: list[Known] = []
    for column, cell in enumerate(row.cells):
        whole = [value for value in cell.values if not value.place]
        for value in whole if len(whole) == 1 else [v for v in cell.values if v.place]:
            one = _single(value)
            if one is not None and one.amount is not None and (size := _size(one.amount)) is not None:
                span = spans[column] if not value.period else "year" if _YEAR.match(value.period) else "span"
                found.append(Known(column, one, one.amount, size, span, value.place))
    return found


def _single(value: CellValue) -> Figure | None:
    """The figure of a value that consists of nothing else."""
    return value.run[0] if len(value.run) == 1 and isinstance(value.run[0], Figure) else None


def _size(amount: Amount) -> Decimal | None:
    if amount.kind is Kind.FRACTION:
        return amount.value / amount.of if amount.value is not None and amount.of else None
    return amount.value if amount.value is not None else amount.low


def span_of(report: Report) -> str:
    """The sort of period that a report is about."""
    return {Report.ANNUAL: "year", Report.FULL_TERM: "term", Report.HALF_TERM: "half"}.get(report, "other")


def alike(values: Sequence[Known]) -> list[Known]:
    """The values of the commonest sort of period; the first one where two are equally common."""
    by_span: dict[str, list[Known]] = {}
    for value in values:
        by_span.setdefault(value.span, []).append(value)
    return max(by_span.values(), key=len, default=[])


def ranked(row: ComparisonRow, values: Sequence[Known], data: Comparing, *, one_level: bool) -> ComparisonRow:
    """The row with ranks, where there is a direction and everything in it can be compared."""
    own = [value for value in values if not value.place]
    relative = all(v.amount.kind in (Kind.PERCENT, Kind.FRACTION) or v.amount.per for v in own)
    same = alike(own)
    if (
        row.direction not in ("up", "down")
        or row.measure not in COMPARED
        or len(same) < FEW
        or len(same) < row.held
        or not all(value.exact for value in same)
        or not (one_level or relative)
    ):
        return row
    ranks = _ranks(same, down=row.direction == "down" and row.measure is not Measure.RATE)
    cells = tuple(
        replace(cell, rank=data.words["rank"].format(n=ranks[i])) if i in ranks else cell for i, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)


def _ranks(values: Sequence[Known], *, down: bool) -> Mapping[int, int]:
    """Rank by column, equal values sharing the better one."""
    order = sorted(values, key=lambda v: v.size if down else -v.size)
    ranks: dict[int, int] = {}
    for i, value in enumerate(order):
        before = order[i - 1] if i else None
        ranks[value.column] = ranks[before.column] if before is not None and before.size == value.size else i + 1
    return ranks


def differing(row: ComparisonRow, values: Sequence[Known], data: Comparing) -> ComparisonRow:
    """The row with what changed from the last column but one to the last, where the two can be compared."""
    last = len(row.cells) - 1
    at = {value.column: value for value in values if not value.place}
    now, before = at.get(last), at.get(last - 1)
    if now is None or before is None or now.span != before.span or not (now.exact and before.exact):
        return row
    if row.measure is not Measure.RESULT or now.amount.kind in (Kind.FRACTION, Kind.RANK):
        return row
    return replace(row, difference=_difference(now, before, row, data))


def _difference(now: Known, before: Known, row: ComparisonRow, data: Comparing) -> Difference:
    words = data.words
    value = now.size - before.size
    unit = words["points"] if now.amount.kind is Kind.PERCENT else row.unit
    size = _in_unit(abs(value), row.unit) if now.amount.kind is Kind.MONEY else abs(value)
    said = words["up"] if value > 0 else words["down"]
    text = f"{said} {number(size)}{NBSP}{unit}" if value else words["same"]
    return Difference(
        text=text, value=value, unit=unit, figure=replace(now.figure, note=None), less=replace(before.figure, note=None)
    )


def _in_unit(value: Decimal, unit: str) -> Decimal:
    """Money in the row's own unit, which more columns than two may have settled."""
    for word, size in (("tỷ", Decimal(10) ** 9), ("triệu", Decimal(10) ** 6)):
        if unit.startswith(word):
            return Scale(size, unit).of(value)
    return value
