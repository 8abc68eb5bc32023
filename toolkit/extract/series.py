"""Numbers in a row that share the unit behind the last: ``lần lượt là 120, 135, 150 triệu đồng``, ``cơ cấu 45 - 35 - 20%``.

Three numbers make a row, or two behind ``lần lượt``.  A row is no range, whatever joins it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from toolkit.extract.mention import Mention
from toolkit.extract.numerals import Number, read_number
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan

UnitOf = Callable[[Scan, Number], Reading | None]
"""Reads a number with the unit behind it."""

RULE = "series.shared-unit"
_LINK = re.compile(r"(?: ?%)?(?:, ?|; ?| và | ?[-–] ?)(?=\d)")
_IN_TURN = "lần lượt"
_IN_TURN_REACH = 30
_LONGEST = 8
"""Numbers of the longest row that is read."""


def _goes_on(scan: Scan, end: int, start: int) -> bool:
    link = _LINK.match(scan.low, end)
    return link is not None and link.end() == start


def is_in_turn(scan: Scan, number: Number) -> bool:
    """Whether ``lần lượt`` stands shortly before a number."""
    return _IN_TURN in scan.low[max(0, number.start - _IN_TURN_REACH) : number.start]


def shared_unit(scan: Scan, number: Number, found: Sequence[Mention], unit_of: UnitOf) -> Reading | None:
    """The reading of the last number of the row that a number begins or goes on with; None when there is no row."""
    going_on = bool(found) and found[-1].rule == RULE and _goes_on(scan, found[-1].number_span[1], number.start)
    needed = 1 if going_on or is_in_turn(scan, number) else 2
    last, count = number, 0
    while count < _LONGEST and (link := _LINK.match(scan.low, last.end)):
        following = read_number(scan, link.end())
        if following is None:
            return None
        last, count = following, count + 1
    if count < needed:
        return None
    reading = unit_of(scan, last)
    counted = going_on or is_in_turn(scan, number)
    return reading if reading is not None and reading.entry and (counted or reading.rule != "counts.classifier") else None
