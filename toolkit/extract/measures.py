"""Areas, lengths, weights, volumes, energy; and spells of time and ages, which count only where the text measures with them."""

from __future__ import annotations

import re
from itertools import pairwise

from toolkit.extract.magnitudes import read_scaled
from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues, vocabulary
from toolkit.model.amount import Kind

_MEAN_AGE = re.compile(r"(?:tuổi(?: đời| thọ)? (?:bình quân|trung bình)|(?:bình quân|trung bình) tuổi)(?: [^\W\d_]+){0,2} \Z")
_SPACE = re.compile(r" {0,3}")


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
    name = scan.words(*match.span()) if unit.name[0].islower() else scan.text[match.start() : match.end()]
    before = scan.before(number.start, 1)
    per_unit = scaled.value == 1 and bool(before) and before[0].text in cues("per_one")
    return Reading(
        settled, scaled.value, Kind.MEASURE, name, "measures.unit", end, match.span(), unit.entry, per, scaled.factor, scaled.end,
        incidental=per_unit,
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
    ends = words[1].text if len(words) > 1 else ""
    cued = ends not in cues("time_setting_after") and _measures_time(scan, number, long_spell=unit.name in {"năm", "tháng"})
    return Reading(
        number, number.value, Kind.MEASURE, unit.name, "measures.time", words[0].end, (words[0].start, words[0].end), unit.entry,
        incidental=not (exact or cued),
    )  # fmt: skip


def _measures_time(scan: Scan, number: Number, *, long_spell: bool) -> bool:
    """Whether the words before a spell of time make it a figure (``rút ngắn 2 ngày``), no setting (``sau 2 năm``)."""
    words = scan.before(number.start, 3)
    if not words:
        return False
    known = vocabulary().time_cues
    pairs = [f"{second.text} {first.text}" for first, second in pairwise(words)]
    if words[0].text in cues("time_setting"):
        return bool(pairs) and pairs[0] in known
    if long_spell:
        known = known - cues("mean_words")
    return not known.isdisjoint((words[0].text, *pairs))


def read_age_before(scan: Scan, number: Number) -> Reading | None:
    """``tuổi 17``: the noun stands before its number."""
    around = scan.low[max(0, number.start - 40) : number.start]
    if "tuổi" not in around:
        return None
    mean = _MEAN_AGE.search(around)
    words = scan.before(number.start, 1)
    follows = scan.after(number.end, 1)
    if number.value > 120 or (follows and follows[0].text == "tuổi") or not words or (words[0].text != "tuổi" and not mean):
        return None
    if mean:
        return bare_reading(number, Kind.MEASURE, "measures.mean-age", unit="tuổi")
    return Reading(
        number, number.value, Kind.MEASURE, "tuổi", "measures.age-before", number.end, (words[0].start, words[0].end),
        "vi/units:time/tuổi", lead=words[0].start, incidental=True,
    )  # fmt: skip
