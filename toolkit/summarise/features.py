"""What speaks for keeping a passage of a report, each feature a number that a reader can check in the text.

Reports put results everywhere, so the features come from what a passage says: its figures, whether targets were met, what was done,
how far it is from praise and ceremony.  Position counts little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.model.context import Sector
from toolkit.model.fact import Mode, Passage
from toolkit.summarise.wording import fold, pattern, syllables

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
# Digits that measure nothing: dates, document numbers, ordinals, congress numbers, clock times.
_NO_FIGURE_AFTER = re.compile(r"\s?(?:[-/](?:\w{2,}|[Đđ])|/\d{1,2}/|/(?:19|20)\d\d|giờ|h\d|-\s?(?:19|20)\d\d)")
_NO_FIGURE_BEFORE = re.compile(
    r"(?:ngày|tháng|năm|số|lần thứ|thứ|điều|quý|khoá|khóa|mức độ|covid-?|tổ|khu|[/-])\s?\Z", re.IGNORECASE
)
_UNIT = re.compile(r"\s?(?:%|‰|tỷ|tỉ|triệu|nghìn|ngàn|đồng|usd|ha|km|m2|m²|m3|tấn|tạ|kg|lần)(?!\w)", re.IGNORECASE)
_FRACTION = re.compile(r"\d+\s?/\s?\d+\s+\w")

FULL_LENGTH = (12, 55)
"""Syllables between which a passage is neither a scrap nor a whole paragraph."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the features need of the whole text: in how many passages each syllable pair stands, and the words of its title."""

    pairs: Counter[tuple[str, str]]
    title: frozenset[str]


def surroundings(passages: Sequence[Passage], title: str = "") -> Surroundings:
    pairs: Counter[tuple[str, str]] = Counter()
    end = 0
    for passage in passages:
        if passage.quote.start >= end:  # pieces and second readings repeat the sentence that they come from
            end = passage.quote.end
            pairs.update(set(pairwise(syllables(passage.text))))
    return Surroundings(pairs, frozenset(syllables(title)))


def figure_places(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers stand that measure something: not years, dates, document numbers, ordinals."""
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
        if _YEAR.match(match.group()) or _NO_FIGURE_BEFORE.search(before):
            continue
        if _FRACTION.match(text, match.start()) or not _NO_FIGURE_AFTER.match(after):
            yield match.span()


def figures(text: str) -> tuple[int, int]:
    """How many figures measure something, and how many of them carry a unit or count a part of a whole."""
    places = list(figure_places(text))
    return len(places), sum(bool(_FRACTION.match(text, a) or _UNIT.match(text, b)) for a, b in places)


def _some(count: int, enough: int = 3) -> float:
    """0 for none, 1 for ``enough`` or more, in between by the logarithm: the first counts most."""
    return min(1.0, math.log1p(count) / math.log1p(enough))


def features(passage: Passage, around: Surroundings) -> tuple[tuple[str, float], ...]:
    """Name and value (mostly 0 to 1) of every feature; the weights are in ``data/models/report.json``."""
    low = fold(passage.text)
    words = syllables(passage.text)
    found, with_unit = figures(passage.text)
    told = dict(passage.features)
    length = len(words)
    pairs = set(pairwise(words))
    repeated = sum(around.pairs[pair] > 1 for pair in pairs) / max(1, len(pairs))
    deeds, outcome, slogans = (len(pattern(key).findall(low)) for key in ("deeds", "outcome", "slogans"))
    return (
        ("figures", _some(found)),
        ("many", _some(max(0, found - 2), 8)),
        ("density", min(1.0, 12 * found / max(1, length))),
        ("indicator", _some(len(pattern("indicators").findall(low)), 2)),
        ("topic", float(bool(pattern("topics").match(low)))),
        ("title", sum(word in around.title for word in set(words)) / max(4, len(set(words)))),
        ("units", _some(with_unit)),
        ("attainment", float(bool(pattern("attainment").search(low)))),
        ("deeds", _some(deeds)),
        ("outcome", _some(outcome)),
        ("slogans", _some(slogans) - 0.5 * _some(found)),
        ("events", float(bool(pattern("events").search(low)))),
        ("plans", float(bool(pattern("plans").search(low)))),
        ("dangling", float(bool(pattern("dangling").match(low.lstrip('“"- '))))),
        ("repeated", repeated),
        ("length", min(1.0, math.log(max(1, length)) / math.log(60))),
        ("short", max(0.0, 1 - length / FULL_LENGTH[0])),
        ("long", min(1.0, max(0.0, length / FULL_LENGTH[1] - 1))),
        ("quoted", float(passage.text[:1] in '“"')),
        ("unfinished", float(passage.text.rstrip().endswith(("…", "...")))),
        ("lead_in", float(passage.text.rstrip().endswith(":"))),
        ("sector_fit", told.get("sector_fit", 0.5)),
        ("survey", float(passage.sector is Sector.CHUNG)),
        ("piece", told.get("piece", 0.0)),
        ("cut", told.get("cut", 0.0)),
        ("shared", told.get("shared", 0.0)),
        *((f"mode_{mode.value}", float(passage.mode is mode)) for mode in Mode),
    )
