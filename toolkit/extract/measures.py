"""Areas, lengths, weights, volumes, energy; and spells of time and ages, which count only where the text measures with them."""

from __future__ import annotations

import re

from toolkit.extract.magnitudes import read_scaled
from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import vocabulary
from toolkit.model.amount import Kind

_SPACE = re.compile(r" {0,3}")
_CUE_REACH = 6
"""Words before a spell of time in which a word such as "rút ngắn" or "bình quân" makes it a figure."""


def read_measure(scan: Scan, number: Number) -> Reading | None:
    """A number with a unit of measure behind it, magnitudes between allowed (``40 triệu m2``)."""
    known = vocabulary()
    scaled = read_scaled(scan, number)
    match = known.measure.match(scan.low, _SPACE.match(scan.low, scaled.end).end())  # type: ignore[union-attr]
    if match is None:
        return None
    unit = known.measures[" ".join(match[0].split())]
    settled = settle(number, Kind.MEASURE, unit.name, scaled.factor > 1)
    end, per = read_per(scan, match.end(), "")
    name = scan.text[match.start() : match.end()].lower() if unit.name[0].islower() else scan.text[match.start() : match.end()]
    return Reading(
        settled, scaled.value, Kind.MEASURE, name, "measures.unit", end, match.span(), unit.entry, per, scaled.factor, scaled.end
    )  # fmt: skip


def read_time(scan: Scan, number: Number) -> Reading | None:
    """A spell of time or an age; ``incidental`` unless the text measures with it."""
    known = vocabulary()
    words = scan.after(number.end, 2)
    if (
        not words
        or words[0].text not in known.times
        or (len(words) > 1 and f"{words[0].text} {words[1].text}" in known.classifiers)
    ):
        return None
    unit = known.times[words[0].text]
    exact = number.value != number.value.to_integral_value() or number.grouped
    cued = any(word.text in known.time_cues for word in scan.before(number.start, _CUE_REACH))
    return Reading(
        number, number.value, Kind.MEASURE, unit.name, "measures.time", words[0].end, (words[0].start, words[0].end), unit.entry,
        incidental=not (exact or cued),
    )  # fmt: skip


def read_age_before(scan: Scan, number: Number) -> Reading | None:
    """``tuổi 17``: the noun stands before its number."""
    words = scan.before(number.start, 1)
    if not words or words[0].text != "tuổi" or number.value > 120:
        return None
    return Reading(
        number, number.value, Kind.MEASURE, "tuổi", "measures.age-before", number.end, (words[0].start, words[0].end),
        "vi/units:time/tuổi", lead=words[0].start, incidental=True,
    )  # fmt: skip
