"""Quantities whose number is written in words: ``ba mươi hộ``, ``một tỷ rưỡi``, ``hơn chục mô hình``.

The document extraction leaves them out (see ``read_quantities``); the library reads them on request.  A lone ``một`` is an
article and a lone ``năm`` a year far more often than a number, so these need a unit of measure or a longer numeral.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.extract import bounds
from toolkit.extract.counts import read_count
from toolkit.extract.measures import read_measure, read_time
from toolkit.extract.mention import Mention
from toolkit.extract.money import read_bare_money, read_money
from toolkit.extract.numeral_words import numeral_starters, parse_numeral
from toolkit.extract.numerals import Number
from toolkit.extract.percent import read_percent
from toolkit.extract.ratios import read_ratio
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import LETTER, alternatives
from toolkit.model.amount import Amount, Kind

_LONGEST = 18
"""Words in the longest numeral that is looked for."""
_RULES = (read_percent, read_money, read_measure, read_ratio, read_time, read_count)


@cache
def _starter() -> re.Pattern[str]:
    return re.compile(rf"(?<!{LETTER})(?:{alternatives(numeral_starters())})(?!{LETTER})")


def read_worded(scan: Scan) -> list[Mention]:
    """Quantities with numbers in words, in order."""
    found: list[Mention] = []
    at = 0
    while match := _starter().search(scan.low, at):
        at = match.end()
        words = scan.after(match.start(), _LONGEST)
        value, used = parse_numeral([word.text for word in words])
        if not used:
            continue
        number = Number(match.start(), words[used - 1].end, value, grouped=value >= 1000, words=True)
        reading = _read(scan, number, [word.text for word in words[:used]])
        if reading is not None:
            found.append(_mention(scan, reading))
            at = max(at, reading.end)
    return found


def _read(scan: Scan, number: Number, words: list[str]) -> Reading | None:
    for rule in _RULES:
        reading = rule(scan, number)
        if reading is None:
            continue
        vague = len(words) == 1 and words[0] in {"một", "năm", "không", "tư"}
        return None if (vague and reading.kind is Kind.COUNT) or not reading.entry else reading
    if number.value >= 10**6:
        return read_bare_money(scan, number) or bare_reading(number, Kind.MONEY, "money.magnitude", unit="đồng")
    return None


def _mention(scan: Scan, reading: Reading) -> Mention:
    bound, span = bounds.find_bound(scan, reading, ranged=False)
    amount = Amount(reading.kind, reading.value, unit=reading.unit, per=reading.per, bound=bound)
    return Mention(
        start=reading.start, end=reading.end, amount=amount, rule=f"worded.{reading.rule}", entry=reading.entry,
        number_span=(reading.start, reading.number_end or reading.number.end), unit_span=reading.unit_span, bound_span=span,
        incidental=reading.incidental, inherited=reading.inherited, words=True,
    )  # fmt: skip
