"""Ruled tables on a PDF page: the drawn lines make the grid, the engine says what stands in each cell.

Word, LibreOffice and WeasyPrint draw the borders of a table as thin lines or boxes.  Vertical lines whose heights touch belong to
one table; a cell reaches over a column or row boundary where no line is drawn.  A table without lines stays text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

THIN, SHORTEST = 2.5, 5.0
"""Points: thickest line, shortest line that can border a cell."""
NEAR = 2.5
"""Points within which two lines are one."""
CUT = 6.0
"""Points by which the lines down reach beyond the last line across where a row is cut by the end of the page."""
MOST_LINES, MOST_COLUMNS, MOST_ROWS = 20_000, 40, 500
"""Above these a page is a drawing, not a table."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: its place on the other axis, and from where to where it runs."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table of a page: its bounds in points from the page's lower left corner, and its rows from the top.

    ``goes_on``: no line is drawn above the first row, because a row of the page before goes on there.
    """

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]
    goes_on: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left - NEAR <= x <= self.right + NEAR and self.bottom <= y <= self.top


def tables_of(page: Any, textpage: Any) -> list[PdfTable]:
    """The ruled tables of a page with at least two columns and two rows, from the top."""
    across, down = _rules(page)
    found = []
    for group in _groups(down):
        xs = _places(rule.at for rule in group)
        low, high = min(rule.low for rule in group), max(rule.high for rule in group)
        inside = [rule for rule in across if low - NEAR <= rule.at <= high + NEAR and rule.low < xs[-1] and rule.high > xs[0]]
        drawn = _places(rule.at for rule in inside)
        if not drawn:
            continue
        open_below, open_above = drawn[0] - low > CUT, high - drawn[-1] > CUT
        ys = [low] * open_below + drawn + [high] * open_above
        inside += [Rule(y, xs[0], xs[-1]) for y in (ys[0], ys[-1])]
        if 3 <= len(xs) <= MOST_COLUMNS and 3 <= len(ys) <= MOST_ROWS:
            rows = _rows(textpage, xs, ys[::-1], inside, group)
            found.append(PdfTable(xs[0], ys[0], xs[-1], ys[-1], rows, goes_on=open_above))
    return sorted(found, key=lambda table: -table.top)


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Lines across and lines down, the edges of boxes included."""
    import pypdfium2.raw as pdfium

    across: list[Rule] = []
    down: list[Rule] = []
    for number, drawn in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if number > MOST_LINES:
            return [], []
        left, bottom, right, top = drawn.get_bounds()
        wide, high = right - left, top - bottom
        if high <= THIN and wide >= SHORTEST:
            across.append(Rule((bottom + top) / 2, left, right))
        elif wide <= THIN and high >= SHORTEST:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide > THIN and high > THIN:
            across += (Rule(bottom, left, right), Rule(top, left, right))
            down += (Rule(left, bottom, top), Rule(right, bottom, top))
    return across, down


def _groups(down: list[Rule]) -> list[list[Rule]]:
    """Lines down whose heights overlap or touch, one group a table."""
    groups: list[list[Rule]] = []
    top = 0.0
    for rule in sorted(down, key=lambda r: r.low):
        if groups and rule.low <= top + NEAR:
            groups[-1].append(rule)
            top = max(top, rule.high)
        else:
            groups.append([rule])
            top = rule.high
    return groups


def _places(values: Iterable[float]) -> list[float]:
    """Distinct places in rising order; those within ``NEAR`` are one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _rows(
    textpage: Any, xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> tuple[tuple[str, ...], ...]:
    """The cells' texts, row by row from the top (``ys`` falls); a cell's text stands in its upper left place, the rest is empty."""
    borders = _Borders(xs, ys, across, down)
    rows = []
    for i in range(len(ys) - 1):
        row = [""] * (len(xs) - 1)
        j = 0
        while j < len(row):
            right = borders.right_of(i, j)
            if i == 0 or borders.above(i, j):
                bottom = borders.bottom_of(i, j)
                row[j] = _text(textpage, xs[j], ys[bottom], xs[right], ys[i])
            j = right
        rows.append(tuple(row))
    return tuple(row for row in rows if any(row))


class _Borders:
    """Which boundaries of the grid are drawn; each line is sorted to the boundaries it covers once."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]) -> None:
        self._columns, self._rows = len(xs) - 1, len(ys) - 1
        rising = list(ys)[::-1]
        self._left: set[tuple[int, int]] = set()
        self._top: set[tuple[int, int]] = set()
        for rule in down:
            j = _nearest(xs, rule.at)
            for i in range(self._rows):
                if rule.low - NEAR <= (ys[i] + ys[i + 1]) / 2 <= rule.high + NEAR:
                    self._left.add((i, j))
        for rule in across:
            i = self._rows - _nearest(rising, rule.at)
            for j in range(self._columns):
                if rule.low - NEAR <= (xs[j] + xs[j + 1]) / 2 <= rule.high + NEAR:
                    self._top.add((i, j))

    def right_of(self, i: int, j: int) -> int:
        """First boundary to the right of place ``(i, j)`` that is drawn."""
        return next((k for k in range(j + 1, self._columns) if (i, k) in self._left), self._columns)

    def above(self, i: int, j: int) -> bool:
        return (i, j) in self._top

    def bottom_of(self, i: int, j: int) -> int:
        """First boundary below place ``(i, j)`` that is drawn."""
        return next((k for k in range(i + 1, self._rows) if (k, j) in self._top), self._rows)


def _nearest(places: Sequence[float], value: float) -> int:
    at = bisect_left(places, value)
    near = [k for k in (at - 1, at) if 0 <= k < len(places)]
    return min(near, key=lambda k: abs(places[k] - value))


def _text(textpage: Any, left: float, bottom: float, right: float, top: float) -> str:
    found = textpage.get_text_bounded(left=left + 0.5, bottom=bottom + 0.5, right=right - 0.5, top=top - 0.5)
    return " ".join(str(found).replace("\x02", "-").replace("\ufffe", "-").split())
