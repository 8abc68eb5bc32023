"""Which lines are indicators.

A line is worth a row of the table when it measures a result: an attainment, a part of a whole, money, a rate, a known indicator.
Counts without a plan are told with their sector instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.compose.desk import Desk
from toolkit.compose.lines import Line
from toolkit.compose.verdicts import is_tally
from toolkit.model.amount import Kind
from toolkit.model.context import Sector
from toolkit.model.fact import Quantity, Status
from toolkit.model.vietnamese import key

ORDER = (Sector.CHUNG, *(s for s in Sector if s is not Sector.CHUNG))


def weighed(desk: Desk, some: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with their weights.

    Counts of targets met lead where nothing says of how many: ``22/24 chỉ tiêu`` needs no ``9 chỉ tiêu vượt`` beside it.
    """
    made = [replace(line, weight=_weight(desk, line)) for line in some]
    if any(line.sector is Sector.CHUNG and _of_targets(desk, line) for line in made):
        return tuple(made)
    return tuple(replace(line, weight=line.weight + 2 * (line.weight >= 0 and _sums_up(desk, line))) for line in made)


def _weight(desk: Desk, line: Line) -> int:
    """How much a line tells about results; 2 and more is worth a row of the table."""
    if line.place and not desk.is_own_place(line.place):
        return -1
    weight = 0
    outcome = (*line.results, *line.attainments, *line.changes)
    if not outcome:
        return -1
    if any(f.value.amount.kind in (Kind.PERCENT, Kind.FRACTION, Kind.MONEY, Kind.RATIO) for f in line.attainments):
        weight += 3
    if line.plans and line.results:
        weight += 3
    weight += max((_kind_weight(f.value) for f in (*line.results, *line.changes)), default=0)
    weight += 2 * any(f.value.indicator for f in outcome)
    weight += line.status is not Status.UNKNOWN
    weight += 2 * (line.sector is Sector.CHUNG and any(f.value.amount.kind is Kind.FRACTION for f in outcome))
    if not desk.standard.names(line.label) and not any(f.value.indicator for f in outcome):
        weight -= 3
    return weight + 10 * any(f.highlight for f in line.facts)


def _of_targets(desk: Desk, line: Line) -> bool:
    facts = [fact.value for fact in (*line.results, *line.attainments)]
    return any(f.amount.kind is Kind.FRACTION and key(f.amount.unit) in desk.standard.verdict_units for f in facts)


def _sums_up(desk: Desk, line: Line) -> bool:
    """Whether a line counts the targets that were met (``35 chỉ tiêu đạt``), as a part of a whole or alone."""
    counts = line.attainments and all(f.value.amount.kind is Kind.COUNT and is_tally(desk, f.value) for f in line.attainments)
    label = f" {line.label.lower()} "
    return bool(counts) and line.sector is Sector.CHUNG and not any(f" {words} " in label for words in desk.standard.weak_verdicts)


def _kind_weight(quantity: Quantity) -> int:
    amount = quantity.amount
    if amount.kind in (Kind.MONEY, Kind.FRACTION):
        return 2
    if amount.kind is Kind.PERCENT:
        return 1 if amount.value == 100 else 2  # "100% of them have a plan" measures diligence, not a result
    return 1 if amount.kind in (Kind.RATIO, Kind.RANK) else 0


def choose_rows(all_lines: Iterable[Line], limit: int, enough: int = 6) -> tuple[Line, ...]:
    """The lines of the table: the weightiest ``limit``, in the order of sectors; light ones only while there are few."""
    candidates = [line for line in all_lines if not line.future]
    chosen = [line for line in candidates if line.weight >= 2]
    if len(chosen) < enough:
        light = [line for line in candidates if line.weight == 1]
        chosen += light[: enough - len(chosen)]
    chosen = sorted(chosen, key=lambda line: (-line.weight, line.order))[:limit]
    return tuple(sorted(chosen, key=lambda line: (ORDER.index(line.sector), line.order)))
