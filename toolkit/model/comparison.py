"""Several localities side by side, or one locality over several terms: finished Vietnamese strings, as a ``Brief`` has them.

Every printed figure is a ``Figure`` that names the dossier it was settled in (``Figure.of``) and the note with its source sentence.
A difference is arithmetic over two figures and names both, so that the audit can do the sum again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from toolkit.errors import Issue
from toolkit.model.brief import Figure, Note, Palette, Run, SourceLine
from toolkit.model.fact import Status


class Measure(StrEnum):
    """What the figures of a row tell of the thing measured: a level, a part of a whole, how the plan was met, a change, an aim."""

    RESULT = "result"
    PART = "part"
    RATE = "rate"
    CHANGE = "change"
    PLAN = "plan"
    AIM = "aim"


class Layout(StrEnum):
    """Whether localities are columns, or (where they are many) rows."""

    COLUMNS = "columns"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class ComparisonColumn:
    """One locality and term; ``key`` is its dossier's folder (``ha-dinh/2015-2020``)."""

    key: str
    name: str
    """The place with its level, ``Phường Hạ Đình``; in a comparison of terms the term."""
    parents: str
    when: str
    """``Nhiệm kỳ 2015–2020``, ``Năm 2022``; empty where nothing gives it, or where it is the name already."""
    report: str
    date_text: str
    sources: tuple[int, ...] = ()
    """Numbers of its lines in ``Comparison.sources``."""
    place: str = ""
    """The place in words, also where ``name`` is the term."""


@dataclass(frozen=True, slots=True)
class CellValue:
    """One value of a cell: its run, and what it needs to be read alone.

    ``period`` is there where it is not the column's own, ``place`` where the figure is a predecessor unit's.
    """

    run: Run
    period: str = ""
    place: str = ""
    plan: Run = ()
    status: Status = Status.UNKNOWN
    status_text: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What one locality tells in a row; without values a gap, printed as the dash."""

    column: str
    values: tuple[CellValue, ...] = ()
    rank: str = ""
    """``hạng 1``; only among three or more that can be compared."""

    @property
    def gap(self) -> bool:
        return not self.values


@dataclass(frozen=True, slots=True)
class Difference:
    """``tăng 2,5 điểm %``: the later figure less the earlier one, of one thing in one unit."""

    text: str
    value: Decimal
    unit: str
    figure: Figure
    less: Figure


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One measure of one thing; ``cells`` stand in the order of the columns.  ``direction`` is told where rank or chart need it."""

    id: str
    label: str
    measure: Measure
    unit: str
    cells: tuple[ComparisonCell, ...]
    measure_text: str = ""
    """What is added to the label for anything but a level: ``so với kế hoạch``."""
    direction: str = ""
    difference: Difference | None = None

    @property
    def held(self) -> int:
        """How many columns have a value."""
        return sum(not cell.gap for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ComparisonGroup:
    """The rows of one sector under its title."""

    title: str
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: ``share`` of the panel's scale from 0, ``high`` its upper end where the figure is a range; no figure is a gap."""

    name: str
    figure: Figure | None = None
    share: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def run(self) -> Run:
        """The figure as templates print it."""
        return (self.figure,) if self.figure else ()


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """The bars of one row of the table, with the words that a reader without eyes needs."""

    title: str
    unit: str
    hint: str
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What only one column tells: ``runs`` in front, ``rest`` says in words how much more there is."""

    column: str
    name: str
    runs: tuple[Run, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One settled figure for programs, a line of the CSV; numbers stay decimals, empty where there is none."""

    column: str
    place: str
    parents: str
    term: str
    report: str
    sector: str
    indicator: str
    label: str
    role: str
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    of: Decimal | None
    unit: str
    per: str
    bound: str
    period: str
    of_place: str
    text: str
    fact: str
    origin: str
    reason: str
    source: str
    path: str
    start: int | None
    end: int | None
    quote: str
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """The whole comparison, ready for any renderer.

    ``folder`` is where it goes below the output folder (``so-sanh/ha-dinh-kien-hung``); ``facts`` are all figures of all dossiers,
    whatever the table prints.
    """

    folder: str
    title: str
    headline: str
    subtitle: str
    summary: str
    layout: Layout
    columns: tuple[ComparisonColumn, ...]
    groups: tuple[ComparisonGroup, ...]
    panels: tuple[ChartPanel, ...] = ()
    own: tuple[OwnPart, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    facts: tuple[FactRow, ...] = ()
    sheet: tuple[ComparisonGroup, ...] = ()
    """The rows of the spreadsheet: those of the table and all others that more than one column has."""
    issues: tuple[Issue, ...] = ()
    constants: tuple[str, ...] = ()
    date: str | None = None
    date_text: str = ""
    length: str = "standard"
    style: str = "so-sanh"
    over_terms: bool = False
    """Whether all columns are one locality."""
    words: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    """Heads of the columns of ``facts`` in words, by the names of ``FactRow``."""
    palette: Palette = field(default_factory=Palette)
    logo: str = ""

    @property
    def wide(self) -> bool:
        """Whether it takes pages of landscape."""
        return self.layout is Layout.ROWS or len(self.columns) > 3

    @property
    def has_difference(self) -> bool:
        return any(row.difference for group in self.groups for row in group.rows)
