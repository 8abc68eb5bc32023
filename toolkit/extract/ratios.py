"""Multiples: ``gấp 1,5 lần`` (a level against another) and ``tăng 1,5 lần`` (a change); ``tổ chức 3 lần`` is a count."""

from __future__ import annotations

from toolkit.extract.numerals import Number
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues
from toolkit.model.amount import Kind


def read_ratio(scan: Scan, number: Number) -> Reading | None:
    """A number before ``lần`` that compares, or after ``gấp`` without it."""
    before = scan.before(number.start, 3)
    follows = scan.after(number.end, 2)
    times = bool(follows) and follows[0].text == "lần" and not (len(follows) > 1 and follows[1].text == "thứ")
    if not times:
        if before and before[0].text == "gấp":
            return bare_reading(number, Kind.RATIO, "ratios.bare", unit="lần")
        return None
    fractional = number.value != number.value.to_integral_value()
    compares = any(word.text in cues("ratio_before") for word in before) or (
        len(follows) > 1 and follows[1].text in cues("ratio_after")
    )
    if not fractional and not compares:
        return None
    word = follows[0]
    return Reading(number, number.value, Kind.RATIO, "lần", "ratios.times", word.end, (word.start, word.end))
