"""Percentages, percentage points and per mille: ``12 %``, ``11%/năm``, ``1,2 điểm %``, ``0,2‰``."""

from __future__ import annotations

import re

from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import vocabulary
from toolkit.model.amount import Kind

_MINUS = re.compile(r"(?<=[^\W\d_] )[-−]\Z|(?<=\()[-−]\Z|(?<![^\W\d_])âm \Z")
"""A minus that touches its number behind a word or a bracket (``tăng trưởng -2,5%``); behind a figure it is a dash."""
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
    if sign := _MINUS.search(scan.low[max(0, number.start - 4) : number.start]):
        lead = number.start - len(sign[0])
        return Reading(
            settled, -settled.value, Kind.PERCENT, unit.name, "percent.negative", end, match.span(), unit.entry, per, lead=lead
        )  # fmt: skip
    return Reading(settled, settled.value, Kind.PERCENT, unit.name, "percent.sign", end, match.span(), unit.entry, per)
