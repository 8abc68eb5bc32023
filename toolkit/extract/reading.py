"""One number read with its unit: the piece from which ranges, fractions and mentions are put together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.extract.numerals import Number
from toolkit.model.amount import Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what follows it.

    ``value`` is in the base unit (money in đồng), ``number`` as settled by the unit; the reading starts where its number starts
    and ``end`` encloses magnitude, unit and rate.  ``magnitude`` is what the number was multiplied with (1 when nothing).
    """

    number: Number
    value: Decimal
    kind: Kind
    unit: str
    rule: str
    end: int
    unit_span: tuple[int, int]
    """The unit words alone; empty when there are none."""
    entry: str = ""
    per: tuple[str, ...] = ()
    magnitude: Decimal = Decimal(1)
    number_end: int = 0
    """End of the last digit or magnitude word, where it is not the number's own end."""
    lead: int | None = None
    """Start of a noun before the number that belongs to the quote (``tuổi 17``)."""
    incidental: bool = False
    inherited: bool = False
    rejected: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.number.start


def bare_reading(
    number: Number, kind: Kind, rule: str, *, unit: str = "", end: int | None = None, rejected: tuple[str, ...] = ()
) -> Reading:
    """A reading of a number that has no unit of its own behind it."""
    stop = number.end if end is None else end
    return Reading(number, number.value, kind, unit, rule, stop, (stop, stop), inherited=True, rejected=rejected)
