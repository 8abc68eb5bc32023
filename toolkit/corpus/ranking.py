"""Who stands where: only figures of one thing, unit, period and direction; everything else is counted with its reason.

Of several things, units or periods the one with most figures is ranked, of equally many the latest period; a question that names
them leaves no choice.  A figure with a bound (``hơn 90%``), a range, of another place, or marked for review has no rank.  Absolute
amounts are ranked among places of one level only, since larger units have larger amounts by nature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.corpus.query import Row, size
from toolkit.corpus.words import indicators
from toolkit.errors import UsageError
from toolkit.model.amount import Bound, Kind
from toolkit.model.context import Role


class Why(StrEnum):
    """Why a figure has no rank."""

    THING = "thing"
    ROLE = "role"
    UNIT = "unit"
    PERIOD = "period"
    LEVEL = "level"
    BOUND = "bound"
    RANGE = "range"
    PLACE = "place"
    REVIEW = "review"
    NO_PLACE = "no-place"
    SEVERAL = "several"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Placed:
    """A rank (equal values share the better one) and its figure."""

    rank: int
    row: Row


@dataclass(frozen=True)
class Ranking:
    """The ranks of one thing, and every figure left out with its reason.  ``best`` is ``high`` or ``low``."""

    indicator: str | None
    label: str
    period: str | None
    role: str
    measure: tuple[str, str, str]
    best: str
    placed: tuple[Placed, ...]
    left_out: tuple[tuple[Row, Why], ...]

    @property
    def reasons(self) -> dict[str, int]:
        """Reasons with how many figures each left out, in the order of ``Why``."""
        counted = Counter(why for _, why in self.left_out)
        return {why.value: counted[why] for why in Why if counted[why]}


def rank(rows: Sequence[Row], best: str | None = None, role: str | None = None) -> Ranking:
    """The ranking of what was found.  ``best`` overrides which end is better; ``role`` None means results.

    Raises ``UsageError`` when there is nothing to rank, or when nobody said which end is better.
    """
    left: list[tuple[Row, Why]] = []
    role = role or Role.RESULT.value
    rest = _keep(list(rows), lambda row: row.role == role, Why.ROLE, left)
    rest = _commonest(rest, lambda row: row.thing, Why.THING, left)
    rest = _commonest(rest, lambda row: row.measure, Why.UNIT, left)
    rest = _keep(rest, lambda row: row.place is None, Why.PLACE, left)
    rest = _keep(rest, lambda row: row.locality_id is not None, Why.NO_PLACE, left)
    rest = _keep(rest, lambda row: row.value is not None, Why.RANGE, left)
    rest = _keep(rest, lambda row: row.bound == Bound.EXACT, Why.BOUND, left)
    rest = _keep(rest, lambda row: not row.review, Why.REVIEW, left)
    rest = _commonest(rest, lambda row: row.when or "", Why.PERIOD, left)
    if rest and not _relative(rest[0]):
        rest = _commonest(rest, lambda row: row.level or "", Why.LEVEL, left)
    rest = _one_each(rest, left)
    if not rest:
        raise UsageError("there is nothing to rank", remedy="ask for an indicator of which several places tell exact figures")
    first = rest[0]
    best = best or _better(first)
    return Ranking(first.indicator, first.label, first.when, role, first.measure, best, _placed(rest, best), tuple(left))


def _keep(rows: list[Row], fits: Callable[[Row], bool], why: Why, left: list[tuple[Row, Why]]) -> list[Row]:
    left += ((row, why) for row in rows if not fits(row))
    return [row for row in rows if fits(row)]


def _commonest(rows: list[Row], of: Callable[[Row], Hashable], why: Why, left: list[tuple[Row, Why]]) -> list[Row]:
    """The rows of the value that most places have; of equals the last, so that the latest period wins."""
    places: dict[Hashable, set[int | None]] = {}
    for row in rows:
        places.setdefault(of(row), set()).add(row.locality_id)
    chosen = max(places, key=lambda value: (len(places[value]), str(value)), default=None)
    return _keep(rows, lambda row: of(row) == chosen, why, left)


def _relative(row: Row) -> bool:
    """Whether the size of a place does not show in its figure."""
    return row.kind in (Kind.PERCENT, Kind.FRACTION, Kind.RANK) or bool(row.per)


def _one_each(rows: list[Row], left: list[tuple[Row, Why]]) -> list[Row]:
    """One figure a place: equal ones count once, and a place that says two different things has no rank."""
    by_place: dict[int | None, list[Row]] = {}
    for row in rows:
        by_place.setdefault(row.locality_id, []).append(row)
    kept = []
    for own in by_place.values():
        if len({size(row) for row in own}) > 1:
            left += ((row, Why.DIFFERENT) for row in own)
            continue
        kept.append(own[0])
        left += ((row, Why.SEVERAL) for row in own[1:])
    return kept


def _better(row: Row) -> str:
    """Which end is better, by the catalogue of indicators."""
    if row.role == Role.ATTAINMENT:
        return "high"
    entry = indicators().get(row.indicator or "")
    if entry is None or entry.direction not in ("up", "down") or row.role == Role.CHANGE:
        raise UsageError(f"nobody says which end of {row.label!r} is better", remedy="say so: --best high, or --best low")
    return "high" if entry.direction == "up" else "low"


def _placed(rows: Sequence[Row], best: str) -> tuple[Placed, ...]:
    if rows[0].kind == Kind.RANK:  # the first is the best of those
        best = "low"
    order = sorted(rows, key=size, reverse=best == "high")
    placed: list[Placed] = []
    for i, row in enumerate(order, 1):
        same = placed and size(placed[-1].row) == size(row)
        placed.append(Placed(placed[-1].rank if same else i, row))
    return tuple(placed)
