"""How one writer writes numbers; the same all through an article."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True)
class Habits:
    """Signs and spaces.  ``leave_out`` is how often ``đồng`` is left out after ``tỷ``."""

    decimal: str = ","
    thousands: str = "."
    percent: str = "%"
    billion: str = "tỷ"
    range_sign: str = "-"
    unit_gap: str = " "
    leading_zero: bool = True
    leave_out: float = 0.1
    per_head: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        named = {
            "dotted-decimals": self.decimal == ".",
            "glued-units": not self.unit_gap,
            "bare-thousands": not self.thousands,
            "spaced-percent": self.percent != "%",
        }
        return tuple(name for name, given in named.items() if given)

    def number(self, value: Decimal, places: int = 0) -> str:
        """``48300.50`` as ``48.300,5``; zeros at the end of a fraction are not written."""
        whole, _, fraction = f"{value:.{places}f}".partition(".")
        groups = f"{int(whole):,}".replace(",", self.thousands)
        fraction = fraction.rstrip("0")
        return f"{groups}{self.decimal}{fraction}" if fraction else groups

    def count(self, value: int) -> str:
        return f"{value:02d}" if self.leading_zero and 0 < value < 10 else self.number(Decimal(value))


def draw_habits(rng: Random) -> Habits:
    """Most write as offices do; some have decimal points, no dots in thousands, a space before the sign, glued units."""
    return Habits(
        decimal="." if rng.random() < 0.07 else ",",
        thousands="" if rng.random() < 0.05 else ".",
        percent=" %" if rng.random() < 0.06 else "%",
        billion="tỉ" if rng.random() < 0.2 else "tỷ",
        range_sign=rng.choice(["-", " - ", " – "]),
        unit_gap="" if rng.random() < 0.06 else " ",
        leading_zero=rng.random() < 0.6,
        leave_out=rng.choice([0.0, 0.1, 0.4]),
        per_head=rng.choice(["", "/người/năm", "/người", "/năm"]),
    )
