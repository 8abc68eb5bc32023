"""What a figure is per: ``triệu đồng/người/năm``, ``tạ/ha``, ``%/năm``; also ``mỗi năm`` after it."""

from __future__ import annotations

import re

from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues, vocabulary

_EVERY = re.compile(r" ?(?:/|mỗi|một|trên một|trên) (người|năm|tháng|hộ|ngày|quý|lao động|khẩu|vụ|ha)(?![^\W\d_])")


def read_per(scan: Scan, at: int, unit: str) -> tuple[int, tuple[str, ...]]:
    """End of the slashes behind a unit that ends at ``at``, and what stands under them in order (none: ``at`` and nothing)."""
    known = vocabulary()
    found: list[str] = []
    end = at
    while len(found) < 4 and (match := known.per.match(scan.low, end)):
        if not found and unit in cues("places") and match[1] in cues("places"):
            break  # "3/7 thôn/bản": two names of one thing
        found.append(scan.text[match.start(1) : match.end(1)].lower())
        end = match.end()
    if not found and (every := _EVERY.match(scan.low, at)) and "mỗi" in every[0]:
        return at, (every[1],)
    return end, tuple(found)
