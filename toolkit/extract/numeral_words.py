"""Numbers written in words: ``mười hai nghìn ba trăm``, ``một tỷ rưỡi``, ``ba nghìn tỷ``, ``hai triệu ba``.

The grammar goes from large to small: groups below a thousand, each with its scale, scales falling.  Office and spoken forms are
read: ``linh`` and ``lẻ``, ``mốt``, ``tư``, ``lăm``, ``rưỡi`` for half the scale before it, a last digit for its tenths.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from toolkit.extract.folding import fold
from toolkit.lexicon import load


@dataclass(frozen=True)
class _Words:
    digits: dict[str, int]
    tens: frozenset[str]
    hundred: str
    scales: dict[str, int]
    halves: frozenset[str]
    joints: frozenset[str]


@cache
def _known() -> _Words:
    data = load("vi/numerals")
    scales = {fold(row["word"]): row["value"] for row in data["scales"]}
    return _Words(
        {fold(row["word"]): row["value"] for row in data["digits"]},
        frozenset(word for word, value in scales.items() if value == 10),
        next(word for word, value in scales.items() if value == 100),
        {word: value for word, value in scales.items() if value >= 1000},
        frozenset(fold(row["word"]) for row in data["halves"]),
        frozenset(fold(row["word"]) for row in data["joints"]),
    )


def numeral_starters() -> list[str]:
    """Words with which a numeral may begin."""
    known = _known()
    return [*known.digits, *known.tens, known.hundred]


def read_numeral(text: str) -> Decimal | None:
    """Value of a number written in words, the whole of ``text``; None when it is not one.

    >>> read_numeral("mười hai nghìn ba trăm")
    Decimal('12300')
    >>> read_numeral("một tỷ rưỡi")
    Decimal('1500000000')
    """
    words = fold(text).split()
    value, used = parse_numeral(words)
    return value if used and used == len(words) else None


def parse_numeral(words: list[str]) -> tuple[Decimal, int]:
    """Value of the longest numeral that begins a list of folded words, and how many words it took (0 when there is none)."""
    known = _known()
    total, used, last = Decimal(0), 0, 0
    while used < len(words):
        if last and words[used] in known.halves:
            return total + Decimal(last) / 2, used + 1
        if last and words[used] in known.joints:
            digit = _digit(words, used + 1)
            return (total + digit, used + 2) if digit is not None and last >= 1000 else (total, used)
        group, taken = _below_thousand(words[used:])
        if not taken:
            break
        scale, length = _scale(words[used + taken :])
        if last and scale >= last:
            break
        if last >= 1000 and scale == 1 and taken == 1 and 0 < group < 10:
            return total + Decimal(group) * last / 10, used + 1  # "hai triệu ba": and three tenths of a million
        total, used, last = total + Decimal(group) * scale, used + taken + length, scale
        if scale == 1:
            break
    return total, used


def _scale(words: list[str]) -> tuple[int, int]:
    """Product of the scale words that begin a list (``nghìn tỷ``), and how many there are."""
    known = _known().scales
    product, count = 1, 0
    while count < min(2, len(words)) and words[count] in known:
        if count and known[words[count]] <= known[words[count - 1]]:
            break
        product *= known[words[count]]
        count += 1
    return product, count


def _digit(words: list[str], at: int) -> int | None:
    value = _known().digits.get(words[at]) if at < len(words) else None
    return value if value is not None and value < 10 else None


def _below_thousand(words: list[str]) -> tuple[int, int]:
    """Value of a number below a thousand that begins a list, and its length; length 0 when there is none."""
    known = _known()
    digit = _digit(words, 0)
    hundreds, used = 0, 0
    if digit is not None and len(words) > 1 and words[1] == known.hundred:
        hundreds, used = digit * 100, 2
    elif words and words[0] == known.hundred:
        hundreds, used = 100, 1
    if used and used < len(words) and words[used] in known.halves:
        return hundreds + 50, used + 1
    if used and used < len(words) and words[used] in known.joints:
        unit = _digit(words, used + 1)
        return (hundreds, used) if unit is None else (hundreds + unit, used + 2)
    rest, taken = _below_hundred(words[used:])
    if used and taken == 1 and 0 < rest < 10:
        rest *= 10  # "trăm hai" is a hundred and twenty
    return hundreds + rest, used + taken


def _below_hundred(words: list[str]) -> tuple[int, int]:
    known = _known()
    if not words:
        return 0, 0
    digit = _digit(words, 0)
    if known.digits.get(words[0]) == 10:
        tens, used = 10, 1
    elif digit is not None and len(words) > 1 and words[1] in known.tens:
        tens, used = digit * 10, 2
    elif words[0] in known.tens:
        return 10, 1
    else:
        return (digit, 1) if digit is not None else (0, 0)
    unit = _digit(words, used)
    follows = words[used + 1] if used + 1 < len(words) else ""
    if unit and follows != known.hundred and follows not in known.tens:
        return tens + unit, used + 1
    return tens, used
