"""The slash between two numbers: part of a whole, done against planned, smaller against larger.

``19/19 tiêu chí``, ``673/550ha``, ``7/6 đảng viên``, ``1.138 bài/820 bài``, ``04/06 hộ``.  Dates and document numbers were set
aside before; a rate (``đồng/người``) has no number under its slash.
"""

from __future__ import annotations

import re

from toolkit.extract.folding import fold
from toolkit.extract.numerals import Number, read_number
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues
from toolkit.model.amount import Kind

_SLASH = re.compile(r" {0,2}[/⁄∕] {0,2}(?:(?:tổng )?số |tổng cộng )?(?=\d)")


_ABOVE = re.compile(r" {1,2}(?:trên|trong)(?: tổng số| tổng| số)? {1,2}(?=\d)")
_FURTHEST = 100
"""Two numbers without a unit that differ by more are no part and whole but something like a house number."""


def partner_after(scan: Scan, reading_end: int) -> Number | None:
    """The number under the slash that follows ``reading_end``."""
    slash = _SLASH.match(scan.low, reading_end)
    return read_number(scan, slash.end()) if slash else None


def whole_after(scan: Scan, first: Number) -> Number | None:
    """The number behind ``trên`` or ``trong`` (``9 trên 10 chỉ tiêu``), when the first has no unit of its own and is no more."""
    above = _ABOVE.match(scan.low, first.end)
    second = read_number(scan, above.end()) if above else None
    return second if second is not None and 0 < first.value <= second.value <= first.value * _FURTHEST else None


def same_thing(first: Reading, second: Reading) -> bool:
    """Whether both sides count one thing (``1.138 bài/820 bài``); ``12 vụ/15 đối tượng`` are two figures."""
    if first.kind is not second.kind:
        return False
    if first.kind is not Kind.COUNT:
        return True
    above, under = f"{fold(first.unit)} ", f"{fold(second.unit)} "
    return above.startswith(under) or under.startswith(above)


def may_be_date(first: Number, second: Number) -> bool:
    """Whether two plain numbers could be a day and a month."""
    return (
        first.value <= 31
        and second.value <= 12
        and not first.grouped
        and first.value == first.value.to_integral_value()
        and first.value >= 1
    )


def is_fraction(scan: Scan, first: Number, second: Number, below: Reading | None, *, known_unit: bool) -> bool:
    """Whether ``first/second`` relates two amounts; ``below`` is the second number with its unit, if it has one."""
    if second.value == 0:
        return False
    follows = scan.low[second.end : second.end + 2].lstrip(" ")
    if follows.startswith("/"):
        return False
    before = scan.before(first.start, 1)
    cued = bool(before) and before[0].text in cues("fraction_before")
    if not may_be_date(first, second):
        return below is not None or cued or second.value / _FURTHEST <= first.value <= second.value * _FURTHEST
    unit = fold(below.unit) if below is not None else ""
    if known_unit and unit not in cues("verb_nouns"):
        return True
    whole = scan.after(second.end, 1)
    if whole and whole[0].text in cues("fraction_wholes"):
        return True
    return cued
