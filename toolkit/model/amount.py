"""Normalised values: what a figure amounts to, apart from how and where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of quantity a figure is (the contract's ``kind``)."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    MEASURE = "measure"
    FRACTION = "fraction"
    RATIO = "ratio"
    RANK = "rank"


class Bound(StrEnum):
    """How exactly a value is meant (the contract's ``bound``)."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact value, or a range ``low``-``high``; never both.

    Money is in đồng (or the foreign unit that ``unit`` names), percent is the number before the sign (``51.2``), a fraction is
    its numerator in ``value`` and its denominator in ``of``.  ``unit`` is the unit or classifier as written, lower case;
    ``per`` the rate's denominators in order (``("người", "năm")``).
    """

    kind: Kind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    of: Decimal | None = None
    unit: str = ""
    per: tuple[str, ...] = ()
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        ranged = self.low is not None and self.high is not None
        if (self.value is None) != ranged or (self.low is None) != (self.high is None):
            raise ValueError("an amount has either a value or both ends of a range")
        if (self.kind is Kind.FRACTION) != (self.of is not None):
            raise ValueError("a fraction, and only a fraction, has a denominator")

    @property
    def is_range(self) -> bool:
        return self.value is None
