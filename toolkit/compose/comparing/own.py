"""What only one column tells: the weightiest figures in front, the rest counted in words, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.compose.comparing.standard import Comparing
from toolkit.compose.comparing.table import Gathered, Matter
from toolkit.compose.desk import Desk
from toolkit.compose.lines import Line
from toolkit.compose.phrases import phrase, speaks
from toolkit.compose.runs import attainment_run, join
from toolkit.model.brief import Figure, Run
from toolkit.model.comparison import ComparisonColumn, OwnPart


def own_parts(
    desks: Sequence[Desk],
    columns: Sequence[ComparisonColumn],
    gathered: Gathered,
    printed: Sequence[Matter],
    data: Comparing,
    room: int,
) -> tuple[OwnPart, ...]:
    """A part a column, in their order; a column that tells nothing beyond the table says so."""
    unprinted = _unprinted(gathered, printed, len(desks))
    return tuple(_part(desk, column, some, data, room) for desk, column, some in zip(desks, columns, unprinted, strict=True))


def _unprinted(gathered: Gathered, printed: Sequence[Matter], columns: int) -> list[list[Line]]:
    """The lines of each column that no row of the table holds."""
    kept = {id(matter) for matter in printed}
    found: list[list[Line]] = [[] for _ in range(columns)]
    for matter in gathered.matters:
        if id(matter) in kept:
            continue
        for strand in matter.strands.values():
            for column, some in strand.by_column.items():
                found[column] += [piece.line for piece in some]
    return [list({id(line): line for line in some}.values()) for some in found]


def _part(desk: Desk, column: ComparisonColumn, some: Sequence[Line], data: Comparing, room: int) -> OwnPart:
    telling = [line for line in some if not line.future and line.weight > 0 and speaks(desk, line)]
    front = sorted(telling, key=lambda line: (-line.weight, line.order))[:room]
    left = sum(len(line.facts) for line in some) - sum(len(line.facts) for line in front)
    return OwnPart(column.key, column.name, tuple(_told(desk, line) for line in front), _rest(left, bool(front), data))


def _rest(left: int, told: bool, data: Comparing) -> str:
    if left:
        return data.words["rest" if told else "rest_only"].format(n=left)
    return "" if told else data.words["rest_none"]


def _told(desk: Desk, line: Line) -> Run:
    place = desk.place_name(line.place)
    run = phrase(desk, line)
    if line.results and line.attainments:  # the label once: ``26 công dân lên đường nhập ngũ, đạt 100% chỉ tiêu giao``
        rates = join([attainment_run(desk, fact, line) for fact in line.attainments], ", ")
        run = (*phrase(desk, replace(line, attainments=())), ", ", *rates)
    named = tuple(replace(part, of=desk.dossier.folder) if isinstance(part, Figure) else part for part in run)
    return (*named, f" ({place})") if place else named
