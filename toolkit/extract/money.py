"""Money: ``412tỷđ``, ``55trđ/người/năm``, ``11 tỷ 708 triệu đồng``, ``1.664 USD``, ``2,5 tỷ`` without its currency."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.extract.magnitudes import Scaled, read_scaled
from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import vocabulary
from toolkit.model.amount import Kind

_SIGN_BEFORE = re.compile(r"(?:us)?\$ ?\Z")
_GAP = re.compile(r" {0,2}")
_GAP_AFTER_SHORT = re.compile(r"\.? {0,2}")
"""A short magnitude may end in a stop: ``55 tr.đ``."""


def read_money(scan: Scan, number: Number) -> Reading | None:
    """Money with its currency written."""
    known = vocabulary()
    scaled = read_scaled(scan, number)
    gap = (_GAP_AFTER_SHORT if scaled.factor > 1 else _GAP).match(scan.low, scaled.end)
    match = known.currency.match(scan.low, gap.end() if gap else scaled.end)
    if match is None:
        return _dollars(scan, number, scaled)
    unit = known.currencies[" ".join(match[0].split())]
    if unit.name == "đồng" and _is_other_word(scan, match.end(), scaled):
        return None
    settled = settle(number, Kind.MONEY, unit.name, scaled.factor > 1)
    value = scaled.value if settled is number else settled.value * scaled.factor
    end, per = read_per(scan, match.end(), "")
    return Reading(
        settled, value, Kind.MONEY, unit.name, "money.currency", end, match.span(), unit.entry, per, scaled.factor, scaled.end
    )  # fmt: skip


def read_bare_money(scan: Scan, number: Number) -> Reading | None:
    """Money of which only the magnitude is written: ``2,5 tỷ``, ``45 triệu/người``."""
    scaled = read_scaled(scan, number)
    if scaled.factor < 1000:
        return None
    end, per = read_per(scan, scaled.end, "")
    plain = bare_reading(number, Kind.MONEY, "money.magnitude", unit="đồng", end=end, rejected=("count",))
    return replace(
        plain, value=scaled.value, entry="vi/numerals:magnitudes", per=per, magnitude=scaled.factor, number_end=scaled.end,
        unit_span=(scaled.end, scaled.end),
    )  # fmt: skip


def _dollars(scan: Scan, number: Number, scaled: Scaled) -> Reading | None:
    """``$1,5 triệu``, ``US$ 250``: the sign before the number."""
    sign = _SIGN_BEFORE.search(scan.low[max(0, number.start - 5) : number.start])
    if sign is None:
        return None
    start = number.start - len(sign[0])
    unit = vocabulary().currencies["$"]
    plain = bare_reading(number, Kind.MONEY, "money.sign-before", unit=unit.name, end=scaled.end)
    return replace(
        plain, value=scaled.value, entry=unit.entry, magnitude=scaled.factor, number_end=scaled.end, lead=start, inherited=False,
        unit_span=(start, start + len(sign[0].rstrip())),
    )  # fmt: skip


def _is_other_word(scan: Scan, end: int, scaled: Scaled) -> bool:
    """``đồng`` as part of another word: ``12 đồng chí``, ``2 triệu đồng bào``."""
    follows = scan.after(end, 1)
    if not follows or scan.low[end : end + 1] != " ":
        return False
    if scaled.factor > 10:
        return follows[0].text == "bào"
    return follows[0].text in vocabulary().money_unless_next
