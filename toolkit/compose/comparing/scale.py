"""Figures of one row in one unit, so that 850 triệu and 1,2 tỷ can be read side by side; exact, never rounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.compose.desk import Desk
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.brief import Figure
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.wording import BILLION, MILLION, RANGE, amount, number, rate

DONG = "đồng"
PLACES = 3
"""Decimals that money may take in its common unit; a row that needs more goes to the next smaller one."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a row's figures are divided by, and the unit that its column of units prints."""

    size: Decimal
    unit: str

    def of(self, value: Decimal) -> Decimal:
        """The number that is printed for a value."""
        return value if self.size == 1 else plain(value / self.size)


def plain(value: Decimal) -> Decimal:
    """The same number without the zeros that a division leaves."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def scale_of(amounts: Iterable[Amount]) -> Scale:
    """The common scale of amounts that agree in kind, unit and rate."""
    given = list(amounts)
    first = given[0]
    per = rate(first.per)
    if first.kind is Kind.PERCENT:
        return Scale(Decimal(1), (first.unit or "%") + per)
    if first.kind is Kind.RANK:
        return Scale(Decimal(1), "")
    if first.unit != DONG:
        return Scale(Decimal(1), first.unit + per)
    values = [v for a in given for v in (a.value, a.low, a.high, a.of) if v is not None]
    largest = max(abs(v) for v in values)
    for size, word in ((BILLION, "tỷ đồng"), (MILLION, "triệu đồng")):
        if largest >= size and all(_decimals(v / size) <= PLACES for v in values):
            return Scale(size, word + per)
    return Scale(Decimal(1), DONG + per)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def figure(desk: Desk, fact: Settled[Quantity], scale: Scale, *, note: bool = True) -> Figure:
    """The printed figure in the row's unit; a percentage keeps its sign, everything else leaves its unit to the unit's column."""
    value = fact.value.amount
    before, after = _around(desk, fact)
    if value.kind is Kind.RANK:
        return _named(desk, fact, desk.words_of(fact), "", note)
    bare = _bare(value, scale)
    if value.kind is Kind.PERCENT:
        unit = value.unit or "%"
        text = bare + (unit if unit in ("%", "‰") else f"\u00a0{unit}") + rate(value.per)
        return _named(desk, fact, before + text + after, "", note)
    if after:  # ``750 hộ trở lên``: the unit stands inside
        return _named(desk, fact, f"{before}{bare}\u00a0{scale.unit}{after}", "", note)
    return _named(desk, fact, before + bare, scale.unit, note)


def _bare(value: Amount, scale: Scale) -> str:
    if value.value is None:
        low, high = (number(scale.of(end)) for end in (value.low, value.high) if end is not None)
        return f"{low}{RANGE}{high}"
    shown = number(scale.of(value.value))
    return shown if value.of is None else f"{shown}/{number(scale.of(value.of))}"


def _around(desk: Desk, fact: Settled[Quantity]) -> tuple[str, str]:
    """The word of the bound before the figure and after it (``trở lên``), as the source has it."""
    if fact.value.amount.bound is Bound.EXACT:
        return "", ""
    plain, worded = amount(replace(fact.value.amount, bound=Bound.EXACT)), desk.words_of(fact)
    before, found, after = worded.partition(plain)
    return (before, after) if found else ("", "")


def _named(desk: Desk, fact: Settled[Quantity], text: str, unit: str, note: bool) -> Figure:
    return replace(desk.figure(fact, text=text, note=note), unit=unit, of=desk.dossier.folder)
