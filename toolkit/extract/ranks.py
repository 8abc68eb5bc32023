"""Places in an order: ``xếp thứ 3/12 đơn vị``, ``đứng thứ 2 toàn tỉnh``, ``xếp hạng 15``."""

from __future__ import annotations

import re

from toolkit.extract.numerals import Number
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.model.amount import Kind

_CUE = re.compile(
    r"(?:xếp|đứng|giữ|đạt|ở|lên|vươn lên|xuống) (?:ở )?(?:vị trí |hạng |vị |tốp |top )?(?:thứ |hạng |số )(?:hạng )?\Z"
    r"|(?:xếp hạng|thứ hạng|xếp vị trí) \Z"
)
_PARTNER = re.compile(r" ?/ ?(\d{1,4})(?![\d/])")


def read_rank(scan: Scan, number: Number) -> Reading | None:
    """A rank; the number of those ranked, behind a slash, belongs to the quote."""
    if (
        number.grouped
        or number.value != number.value.to_integral_value()
        or _CUE.search(scan.low[max(0, number.start - 32) : number.start]) is None
    ):
        return None
    partner = _PARTNER.match(scan.low, number.end)
    end = partner.end() if partner else number.end
    noun = scan.after(end, 2)
    unit = scan.words(noun[0].start, noun[-1].end) if partner and noun else "thứ"
    unit_end = noun[-1].end if partner and noun else end
    return Reading(number, number.value, Kind.RANK, unit, "ranks.order", max(end, unit_end), (end, unit_end), number_end=end)
