"""The rows of a comparison: pieces of lines of one thing, one measure and one unit, a cell a column, honest gaps between them.

Nothing that was read is lost: a thing that one column alone tells becomes a row of the full table, is told below it, or is counted
in words; the spreadsheet and the CSV hold all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.compose.comparing.align import FindIndicator, Piece, Thing, pieces, thing_of
from toolkit.compose.comparing.scale import Scale, figure, scale_of
from toolkit.compose.comparing.standard import Comparing
from toolkit.compose.desk import Desk
from toolkit.compose.indicators import ORDER, weighed
from toolkit.compose.lines import Line, lines
from toolkit.compose.runs import Passing, change_word, join, passing
from toolkit.model.brief import Run
from toolkit.model.comparison import CellValue, ComparisonCell, ComparisonRow, Measure
from toolkit.model.context import Sector
from toolkit.model.fact import Status
from toolkit.model.vietnamese import slug
from toolkit.model.wording import capitalise


@dataclass
class Strand:
    """One row in the making: the pieces of each column, by its number."""

    measure: Measure
    by_column: dict[int, list[Piece]] = field(default_factory=dict)

    @property
    def scale(self) -> Scale:
        facts = [f for some in self.by_column.values() for piece in some for f in (*piece.facts, *piece.plans)]
        return scale_of(f.value.amount for f in facts)


@dataclass
class Matter:
    """One thing measured, in all columns: its rows by measure and unit."""

    key: Thing
    indicator: str | None
    label: str
    sector: Sector
    order: tuple[int, int]
    strands: dict[tuple[object, ...], Strand] = field(default_factory=dict)
    weight: int = 0
    aim: bool = False

    @property
    def held(self) -> frozenset[int]:
        """The columns that tell something of it."""
        return frozenset(column for strand in self.strands.values() for column in strand.by_column)


@dataclass(frozen=True)
class Gathered:
    """All matters, and how many figures of each column are about other places."""

    matters: tuple[Matter, ...]
    foreign: int
    lines: tuple[tuple[Line, ...], ...]


def gather(desks: Sequence[Desk], data: Comparing, find: FindIndicator) -> Gathered:
    """Every line of every dossier brought under its thing; linear in the number of lines."""
    matters: dict[tuple[Thing, bool], Matter] = {}
    foreign = 0
    kept: list[tuple[Line, ...]] = []
    for column, desk in enumerate(desks):
        own = weighed(desk, lines(desk))
        kept.append(own)
        for i, line in enumerate(own):
            if line.place and not desk.is_own_place(line.place):
                foreign += len(line.facts)
                continue
            key, indicator = thing_of(desk, line, data, find, f"{column}.{i}")
            matter = matters.setdefault(
                (key, line.future), Matter(key, indicator, line.label, line.sector, (column, line.order), aim=line.future)
            )
            matter.weight = max(matter.weight, line.weight)
            for piece in pieces(line):
                strand = matter.strands.setdefault((piece.measure, piece.unit_key), Strand(piece.measure))
                strand.by_column.setdefault(column, []).append(piece)
    return Gathered(tuple(_named(matter, data) for matter in sorted(matters.values(), key=_place)), foreign, tuple(kept))


def _place(matter: Matter) -> tuple[object, ...]:
    """Sector by sector; in it what most columns tell first, then the weightiest."""
    return (matter.aim, ORDER.index(matter.sector), -len(matter.held), -matter.weight, matter.order)


def _named(matter: Matter, data: Comparing) -> Matter:
    """What several columns tell goes by the catalogue's name where that says all; else by the first one's words."""
    plain = matter.indicator is not None and matter.key == (matter.indicator,)
    if plain and len(matter.held) > 1 and matter.indicator is not None:
        matter.label = capitalise(data.labels[matter.indicator])
    return matter


class Rows:
    """Makes the rows of matters; notes are numbered in the order in which rows are made."""

    def __init__(self, desks: Sequence[Desk], keys: Sequence[str], data: Comparing) -> None:
        self._desks, self._keys, self._data = desks, keys, data

    def of(self, matter: Matter, *, notes: bool = True) -> list[ComparisonRow]:
        """The rows of one thing, levels first; without ``notes`` for the spreadsheet alone, which has every sentence elsewhere."""
        order = list(Measure)
        strands = sorted(matter.strands.values(), key=lambda strand: order.index(strand.measure))
        # A verdict is printed once: where the rate is told, else with the level.
        judged = next((s for s in strands if s.measure is Measure.RATE), strands[0])
        return [self._row(matter, strand, i, judged=strand is judged, notes=notes) for i, strand in enumerate(strands)]

    def _row(self, matter: Matter, strand: Strand, at: int, *, judged: bool, notes: bool) -> ComparisonRow:
        scale = strand.scale
        direction = self._data.directions.get(matter.indicator or "", "") if matter.key == (matter.indicator,) else ""
        return ComparisonRow(
            id=f"{matter.indicator or slug(matter.label)}.{at}",
            label=matter.label,
            measure=strand.measure,
            unit=scale.unit,
            cells=tuple(
                ComparisonCell(key, tuple(self._value(desk, p, scale, judged, notes) for p in strand.by_column.get(column, ())))
                for column, (desk, key) in enumerate(zip(self._desks, self._keys, strict=True))
            ),
            measure_text="" if self._counts_verdicts(strand) else self._data.measures[strand.measure],
            direction=direction,
        )

    def _counts_verdicts(self, strand: Strand) -> bool:
        """``17/17 chỉ tiêu`` sums up verdicts: it is the thing itself, no way in which a plan was met."""
        units = self._desks[0].standard.verdict_units
        pieces = (piece for some in strand.by_column.values() for piece in some)
        return strand.measure is Measure.PART and all(f.value.amount.unit.lower() in units for p in pieces for f in p.facts)

    def _value(self, desk: Desk, piece: Piece, scale: Scale, judged: bool, notes: bool) -> CellValue:
        line = piece.line
        status = line.status if judged else Status.UNKNOWN
        plan = join([(figure(desk, fact, scale, note=notes),) for fact in piece.plans])
        return CellValue(
            run=self._run(desk, piece, scale, notes),
            period=_when(desk, piece),
            place=desk.place_name(line.place),
            plan=(f"{self._data.words['plan']} ", *plan) if plan else (),
            status=status,
            status_text=desk.standard.status[status],
            settled=line.settled,
        )

    def _run(self, desk: Desk, piece: Piece, scale: Scale, notes: bool) -> Run:
        runs: list[Run] = []
        for fact in piece.facts:
            made = figure(desk, fact, scale, note=notes)
            if piece.measure is Measure.RATE and passing(desk, fact.value, piece.line) is not Passing.LEVEL:
                made = replace(made, text=made.text.removeprefix(self._data.words["margin"]).strip())
                runs.append((f"{self._data.words['margin']} ", made))
            elif piece.measure is Measure.CHANGE and (word := change_word(desk, piece.line.label, fact)):
                runs.append((f"{word} ", made))
            else:
                runs.append((made,))
        return join(runs, " → " if piece.line.journey else "; ")


def _when(desk: Desk, piece: Piece) -> str:
    """The period of a value where it is not the one at the head of its column."""
    told = piece.line.period or next((f.value.period for f in piece.facts if f.value.period), None)
    return desk.when(told) if told else ""
