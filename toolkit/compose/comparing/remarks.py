"""What a reader must know before comparing: gaps, periods, levels, kinds of report, and what stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.compose.comparing import heads
from toolkit.compose.comparing.table import Gathered, Matter
from toolkit.model.brief import Figure
from toolkit.model.comparison import ComparisonGroup, ComparisonRow, Layout
from toolkit.model.walk import every
from toolkit.model.wording import listing, lowered

if TYPE_CHECKING:
    from toolkit.compose.comparing import _Composer

FEW = 8
"""Most names or counts that one remark lists."""


def remarks(of: _Composer, gathered: Gathered, groups: Sequence[ComparisonGroup], shared: Sequence[Matter]) -> tuple[str, ...]:
    """The remarks that apply, the most needed first."""
    rows = [row for group in groups for row in group.rows]
    words = of.data.words
    told = [words["nothing"]] if not shared else []
    told += _about_cells(of, rows)
    told += _about_columns(of, rows)
    if of.layout is Layout.ROWS or len(shared) > of.extent.shared:
        things = len({row.label for row in rows})
        told += [words["more_rows"].format(shown=things, all=len(shared))] if things < len(shared) else []
    if of.layout is Layout.ROWS:
        told += _counted_alone(of, gathered)
    if gathered.foreign:
        told.append(words["foreign"].format(n=gathered.foreign))
    return tuple(told)


def _about_cells(of: _Composer, rows: Sequence[ComparisonRow]) -> list[str]:
    words = of.data.words
    told = []
    if any(cell.gap for row in rows for cell in row.cells):
        told.append(words["dash_means"])
    if any(value.period for row in rows for cell in row.cells for value in cell.values):
        told.append(words["own_period" if of.layout is Layout.COLUMNS else "own_period_rows"])
    if any(cell.rank for row in rows for cell in row.cells):
        told.append(words["ranked"])
    if any(row.difference for row in rows):
        told.append(words["differences"])
    if any(figure.settled for row in rows for figure in every(Figure, row)):
        told.append(words["settled"])
    return told


def _about_columns(of: _Composer, rows: Sequence[ComparisonRow]) -> list[str]:
    words = of.data.words
    told = []
    levels = list(dict.fromkeys(d.locality.level.value for d in of.dossiers if d.locality.level))
    if len(levels) > 1 and rows:
        told.append(words["levels"].format(levels=listing(levels)))
    reports = list(dict.fromkeys(lowered(column.report) for column in of.columns))
    if len(reports) > 1 and rows:
        told.append(words["reports"].format(reports=listing(reports)))
    inferred = heads.inferred_names(of.desks, of.columns)
    if inferred:
        names = listing(inferred) if len(inferred) <= FEW else f"{len(inferred)} {lowered(words['place'])}"
        told.append(words["inferred"].format(names=names))
    return told


def _counted_alone(of: _Composer, gathered: Gathered) -> list[str]:
    """How many figures stand in one column alone, where the table has no room to tell them."""
    alone = sum(
        len(piece.facts) + len(piece.plans)
        for matter in gathered.matters
        if len(matter.held) == 1
        for strand in matter.strands.values()
        for some in strand.by_column.values()
        for piece in some
    )
    words = of.data.words
    return [words["own_counted"].format(counts=words["rest_only"].format(n=alone))] if alone else []
