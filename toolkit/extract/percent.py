"""Percentages, percentage points and per mille: ``12 %``, ``11%/năm``, ``1,2 điểm %``, ``0,2‰``."""

from __future__ import annotations

import re

from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import vocabulary
from toolkit.model.amount import Kind

_SPACE = re.compile(r" {0,3}")


def read_percent(scan: Scan, number: Number) -> Reading | None:
    """A number with a sign or word of percent behind it."""
    known = vocabulary()
    match = known.percent.match(scan.low, _SPACE.match(scan.low, number.end).end())  # type: ignore[union-attr]
    if match is None:
        return None
    unit = known.percents[" ".join(match[0].split())]
    settled = settle(number, Kind.PERCENT, unit.name, False)
    end, per = read_per(scan, match.end(), "")
    return Reading(settled, settled.value, Kind.PERCENT, unit.name, "percent.sign", end, match.span(), unit.entry, per)
