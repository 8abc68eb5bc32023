"""One locality over its periods: the figures of each thing in time's order, and what changed where two can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.corpus.query import Row, size
from toolkit.errors import UsageError
from toolkit.model.amount import Bound
from toolkit.model.context import Role

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Step:
    """A figure in its period, and by how much it is more than the one before; ``why`` there is no difference."""

    row: Row
    change: Decimal | None
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One thing in one unit and role over time, oldest first."""

    indicator: str | None
    label: str
    role: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Trend:
    """The lines of one locality; ``single`` figures stand alone in time, ``undated`` have no period at all."""

    locality: str
    lines: tuple[Line, ...]
    single: tuple[Row, ...]
    undated: tuple[Row, ...]


def trend(rows: Sequence[Row], role: str | None = None) -> Trend:
    """What was found of one locality, over time; ``role`` None means results.

    Raises ``UsageError`` when it is of several localities, or of none.
    """
    rows = [row for row in rows if row.role == (role or Role.RESULT.value) and row.place is None]
    places = dict.fromkeys((row.locality_id, row.locality, row.province) for row in rows)
    if len(places) != 1:
        names = ", ".join([*dict.fromkeys(name or "?" for _, name, _ in list(places)[:6]), *(["…"] if len(places) > 6 else [])])
        raise UsageError(
            f"a trend is of one locality, and {len(places)} were found: {names}"
            if places
            else "there is no figure to follow over time",
            remedy="name one with --locality, and its --province where several are called so",
        )
    groups: dict[tuple[object, ...], list[Row]] = {}
    undated = [row for row in rows if row.when is None]
    for row in rows:
        if row.when is not None:
            groups.setdefault((row.thing, row.measure), []).append(row)
    lines, single = [], []
    for own in groups.values():
        if len({row.when for row in own}) < 2:
            single += own
            continue
        own.sort(key=lambda row: _moment(row.when or ""))
        lines.append(Line(own[0].indicator, own[0].label, own[0].role, _steps(own)))
    return Trend(next(iter(places))[1] or "", tuple(lines), tuple(single), tuple(undated))


def _moment(period: str) -> tuple[str, int]:
    """Order of periods: by their last year, a year before the term that ends with it."""
    years = _YEAR.findall(period) or ["9999"]
    return years[-1], len(years)


def _steps(rows: Sequence[Row]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for row in rows:
        former = _former(row, rows)
        if former is None:
            steps.append(Step(row, None))
        elif isinstance(former, str):
            steps.append(Step(row, None, former))
        else:
            steps.append(Step(row, size(row) - size(former)))
    return tuple(steps)


def _former(row: Row, rows: Sequence[Row]) -> Row | str | None:
    """The one figure of the nearest earlier period of the same length; a word where it cannot be compared."""
    earlier = [o for o in rows if _moment(o.when or "") < _moment(row.when or "") and _length(o) == _length(row)]
    if not earlier:
        return None
    latest = earlier[-1].when
    before = [o for o in earlier if o.when == latest]
    if len({size(o) for o in before}) > 1 or len({size(o) for o in rows if o.when == row.when}) > 1:
        return "several"
    if any(o.value is None for o in (before[0], row)):
        return "range"
    if any(o.bound != Bound.EXACT for o in (before[0], row)):
        return "bound"
    return before[0]


def _length(row: Row) -> int:
    return len(_YEAR.findall(row.when or ""))
