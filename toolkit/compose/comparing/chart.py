"""Small charts of horizontal bars: one panel a row of the table with two or more values that can be compared.

Lengths begin at zero.  A panel of percentages or shares goes to 100 or as far as its longest value, any other to its longest.
Shares of reports of other periods may stand beside each other, named as such; amounts only where their periods are of one sort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.compose.comparing.judge import COMPARED, Known, alike, known
from toolkit.compose.comparing.standard import Comparing
from toolkit.model.amount import Kind
from toolkit.model.comparison import ChartBar, ChartPanel, ComparisonColumn, ComparisonRow, Measure
from toolkit.model.wording import lowered

LEAST = 2
"""Bars without which there is nothing to see."""


def panels(
    rows: Sequence[ComparisonRow], columns: Sequence[ComparisonColumn], spans: Sequence[str], data: Comparing
) -> tuple[ChartPanel, ...]:
    """The panels of the rows that most columns fill, in the order of the table."""
    fit: list[tuple[int, ComparisonRow, list[Known]]] = []
    for i, row in enumerate(rows):
        values = _drawable(row, spans)
        if len({value.column for value in values}) >= LEAST and any(value.size for value in values):
            fit.append((i, row, values))
    chosen = sorted(fit, key=lambda one: (-len(one[2]), one[1].measure is Measure.RATE, not one[1].direction, one[0]))[
        : data.panels
    ]
    return tuple(_panel(row, values, columns, data) for _, row, values in sorted(chosen, key=lambda one: one[0]))


def _drawable(row: ComparisonRow, spans: Sequence[str]) -> list[Known]:
    """The values of a row that bars may show together."""
    values = known(row, spans) if row.measure in COMPARED else []
    relative = all(value.amount.kind in (Kind.PERCENT, Kind.FRACTION) for value in values)
    fit = values if relative else alike(values)
    return [] if any(value.size < 0 for value in fit) else fit


def _panel(row: ComparisonRow, values: Sequence[Known], columns: Sequence[ComparisonColumn], data: Comparing) -> ChartPanel:
    kind = values[0].amount.kind
    whole = {Kind.PERCENT: Decimal(100), Kind.FRACTION: Decimal(1)}.get(kind, Decimal(0))
    scale = max(whole, *(value.amount.high or value.size for value in values))
    mixed = len({value.span for value in values}) > 1
    bars: list[ChartBar] = []
    for i, column in enumerate(columns):
        own = [_bar(value, row, column, scale, mixed=mixed) for value in values if value.column == i]
        missing = ChartBar(column.name, note=data.words["not_told" if row.cells[i].gap else "other_period"])
        bars += own or [missing]
    label = f"{row.label}, {row.measure_text}" if row.measure_text else row.label
    unit = data.words["share_of"] if kind is Kind.FRACTION else row.unit
    return ChartPanel(title=label, unit=unit, hint=_hint(row, data), bars=tuple(bars))


def _bar(value: Known, row: ComparisonRow, column: ComparisonColumn, scale: Decimal, *, mixed: bool) -> ChartBar:
    high = value.amount.high
    period = next((v.period for v in row.cells[value.column].values if value.figure in v.run), "")
    return ChartBar(
        name=value.place or column.name,
        figure=replace(value.figure, note=None),
        share=float(value.size / scale),
        high=None if high is None else float(high / scale),
        note=period or (lowered(column.report) if mixed else ""),
    )


def _hint(row: ComparisonRow, data: Comparing) -> str:
    """A word of warning where the longer bar is not the better one."""
    return data.words["better_down"] if row.direction == "down" and row.measure is not Measure.RATE else ""
