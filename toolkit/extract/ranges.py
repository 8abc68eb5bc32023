"""Two ends of one figure: ``10-12``, ``từ 8 đến 10%``, ``8% -8,5%``, ``22 – 23 tổ dân phố``, ``từ 800 triệu đến 1 tỷ đồng``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from toolkit.extract.numerals import Number
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues

_DASH = re.compile(r" {0,2}(?:-|–|—|÷|~|−) {0,2}(?=\d)")
_WORD = re.compile(r" {1,2}(?:đến|tới|cho đến)( khoảng| hơn| gần| trên)? {1,2}(?=\d)")


_STEP = re.compile(r" {0,2}(?:→|->|=>) {0,2}(?=\d)| {1,2}(?:lên|xuống|còn)(?: [^\W\d_]+){0,2} {1,2}(?=\d)")
"""From one level to the next, the unit only behind the second: ``từ 32 lên 45 triệu đồng``."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Where the upper end starts, whether a word (not a dash) joins it to the lower, and whether it has a bound of its own."""

    start: int
    by_word: bool
    bounded: bool = False


def partner_at(scan: Scan, end: int) -> Partner | None:
    """The upper end behind a lower end that stops at ``end``."""
    if dash := _DASH.match(scan.low, end):
        return Partner(dash.end(), by_word=False)
    if word := _WORD.match(scan.low, end):
        return Partner(word.end(), by_word=True, bounded=word[1] is not None)
    return None


def next_level(scan: Scan, number: Number) -> int | None:
    """Where the level starts to which a change goes on from a number without a unit; None when there is no such change."""
    step = _STEP.match(scan.low, number.end)
    if step is None:
        return None
    before = scan.before(number.start, 1)
    arrow = not step[0].strip()[0].isalpha()
    return step.end() if arrow or (before and before[0].text in {"từ", "mức"}) else None


def lower_end(number: Number, high: Reading) -> Reading:
    """A lower end without a unit takes the upper one's, and its magnitude unless that would turn the order round."""
    scaled = number.value * high.magnitude
    return replace(high, number=number, value=scaled if scaled < high.value else number.value)


def is_range(scan: Scan, low: Reading, high: Reading, partner: Partner, *, low_has_unit: bool) -> bool:
    """Whether two readings are ends of one figure: rising, of one kind, and no change from one level to another."""
    if low_has_unit and (low.kind is not high.kind or low.unit != high.unit):
        return False
    if low.value >= high.value:
        return False
    if partner.bounded and low_has_unit:
        return False  # "từ 32 triệu đồng đến hơn 45 triệu đồng" goes from one level to another
    if partner.by_word and low_has_unit:
        before = scan.before(low.start, 3)
        return not (before and before[0].text == "từ" and any(word.text in cues("change_from") for word in before[1:3]))
    return True
