"""What a figure is per: ``triệu đồng/người/năm``, ``tạ/ha``, ``%/năm``; also ``mỗi năm`` after it."""

from __future__ import annotations

import re

from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues, vocabulary

_NOUN = re.compile(r" [^\W\d_]{2,8}(?=/)")
"""One word between a unit and its slash: ``15 kg gạo/người/tháng``."""
_EVERY = re.compile(r" mỗi (người|năm|tháng|hộ|ngày|quý|lao động|khẩu|vụ|ha)(?![^\W\d_])")


def read_per(scan: Scan, at: int, unit: str) -> tuple[int, tuple[str, ...]]:
    """End of the slashes behind a unit that ends at ``at``, and what stands under them in order (none: ``at`` and nothing).

    A rate that a noun separates from its unit, or that ``mỗi`` tells, is read without being part of the quote.
    """
    end, found = _slashes(scan, at, unit)
    if found:
        return end, found
    if noun := _NOUN.match(scan.low, at):
        return at, _slashes(scan, noun.end(), unit)[1]
    every = _EVERY.match(scan.low, at)
    return at, (every[1],) if every else ()


def _slashes(scan: Scan, at: int, unit: str) -> tuple[int, tuple[str, ...]]:
    per = vocabulary().per
    found: list[str] = []
    while len(found) < 4 and (match := per.match(scan.low, at)):
        if not found and unit in cues("places") and match[1] in cues("places"):
            break  # "3/7 thôn/bản": two names of one thing
        if match[1] in cues("plan_words"):
            break  # "đạt 19%/chỉ tiêu 14%": the plan beside the level
        found.append(scan.words(match.start(1), match.end(1)))
        at = match.end()
    return at, tuple(found)
