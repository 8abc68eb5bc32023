"""Multiples: ``gấp 1,5 lần`` (a level against another) and ``tăng 1,5 lần`` (a change); ``tổ chức 3 lần`` is a count."""

from __future__ import annotations

import re

from toolkit.extract.numerals import Number
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues
from toolkit.model.amount import Kind

_LOWER_END = re.compile(r"\d[\d.,]* ?(?:-|–|đến) ?\Z")
"""The lower end of a range, over which one looks for the words before it (``tăng 2 - 3 lần``)."""


def read_ratio(scan: Scan, number: Number) -> Reading | None:
    """A number before ``lần`` that compares, or after ``gấp`` without it."""
    lower = _LOWER_END.search(scan.low[max(0, number.start - 24) : number.start])
    before = scan.before(number.start - (len(lower[0]) if lower else 0), 3)
    follows = scan.after(number.end, 2)
    times = bool(follows) and follows[0].text == "lần" and not (len(follows) > 1 and follows[1].text == "thứ")
    if times and scan.low[follows[0].end : follows[0].end + 1] == "/":
        return None  # "1,2 lần/tháng" is how often
    if not times:
        if before and before[0].text == "gấp":
            return bare_reading(number, Kind.RATIO, "ratios.bare", unit="lần")
        return None
    fractional = number.value != number.value.to_integral_value() or (lower is not None and "," in lower[0])
    compares = any(word.text in cues("ratio_before") for word in before) or (
        len(follows) > 1 and follows[1].text in cues("ratio_after")
    )
    if not fractional and not compares:
        return None
    word = follows[0]
    return Reading(number, number.value, Kind.RATIO, "lần", "ratios.times", word.end, (word.start, word.end))
