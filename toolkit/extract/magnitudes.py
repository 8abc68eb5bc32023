"""Magnitude words after digits: ``2,5 nghìn tỷ``, ``412tỷ``, ``55tr``, ``11 tỷ 708 triệu``, ``1 tỷ rưỡi``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.extract.numerals import ANCHOR, Number, parse_digits
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import vocabulary

_SPACE = re.compile(r" {0,2}")
_TENTH = re.compile(r"\d(?![\d.,]*\d)")
"""A digit glued to a magnitude counts its tenths: ``1tỷ2`` is 1.200 triệu."""
_REST = re.compile(r" (\d{1,3})(?= ?(?:đồng|đ)(?![^\W\d_]))")
"""Single đồng behind thousands: ``15 nghìn 500 đồng``."""
_HALF = re.compile(r" rư[ỡở]i(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number with its magnitude words: ``value`` is the product (or the sum of a mixed figure), ``end`` where they end."""

    value: Decimal
    factor: Decimal
    end: int
    mixed: bool = False


def read_scaled(scan: Scan, number: Number) -> Scaled:
    """The number with all magnitude words behind it; the plain number when there are none."""
    factor, end = _factor(scan, number.end)
    value = number.value * factor
    if factor == 1:
        return Scaled(value, factor, end)
    if half := _HALF.match(scan.low, end):
        return Scaled(value + factor / 2, factor, half.end())
    if (glued := _TENTH.match(scan.low, end)) and factor >= 10**6:
        return Scaled(value + factor * int(glued[0]) / 10, factor, glued.end())
    return _mixed(scan, Scaled(value, factor, end))


def _factor(scan: Scan, at: int) -> tuple[Decimal, int]:
    """Product of the magnitude words at ``at`` (at most two: ``nghìn tỷ``) and where they end."""
    known = vocabulary()
    factor, end = Decimal(1), at
    for _ in range(2):
        match = known.magnitude.match(scan.low, _SPACE.match(scan.low, end).end())  # type: ignore[union-attr]
        if match is None:
            break
        follows = scan.after(match.end(), 1)
        if follows and follows[0].text in known.magnitude_unless_next:
            break
        value = known.magnitudes[match[0]]
        if factor > 1 and value < 1000:
            break
        factor, end = factor * value, match.end()
    return factor, end


def _mixed(scan: Scan, scaled: Scaled) -> Scaled:
    """Adds the lower parts of a mixed figure: ``11 tỷ 708 triệu``, ``2 tỷ 350 triệu 500 nghìn``."""
    value, factor, end, mixed = scaled.value, scaled.factor, scaled.end, False
    while factor >= 10**6:
        gap = _SPACE.match(scan.low, end)
        match = ANCHOR.match(scan.low, gap.end()) if gap and gap.end() > end else None
        if match is None:
            break
        parsed = parse_digits(match[0])
        lower, lower_end = _factor(scan, match.end())
        if parsed is None or not 1000 <= lower < factor or parsed[0] * lower >= factor:
            break
        value, factor, end, mixed = value + parsed[0] * lower, lower, lower_end, True
    if factor == 1000 and (rest := _REST.match(scan.low, end)):
        return Scaled(value + int(rest[1]), scaled.factor, rest.end(1), True)
    return Scaled(value, scaled.factor, end, mixed)
