"""Numbers, money, percentages, ranges and dates as a Vietnamese office writes them.

A dot groups thousands, a comma marks decimals, ``%`` stands tight, a no-break space (U+00A0) keeps a number and its unit on one
line, and a range takes an en dash.  Nothing is ever rounded: whoever reads a wording back gets the value that went in.
Sources: Luật Kế toán (dot and comma), CLDR ``vi`` (``%`` tight, lists), the usage of Party and state offices for dates and money.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.model.amount import Amount, Bound, Kind

NBSP = "\u00a0"
RANGE = "–"

BILLION = Decimal(10) ** 9
MILLION = Decimal(10) ** 6

BOUND_WORDS = {Bound.EXACT: "", Bound.OVER: "trên", Bound.UNDER: "dưới", Bound.ABOUT: "khoảng"}
"""``dưới`` is true of everything that ``gần`` says as well; callers that know the source's own word pass it."""

_TIGHT_UNITS = frozenset({"%", "‰", "°C"})
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number(value: Decimal) -> str:
    """``1234.5`` → ``1.234,5``; never an exponent, never a rounding, decimals as many as the value has."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"not a number: {value}")  # noqa: TRY004 - a NaN or an infinity, not a wrong type
    text = "".join(map(str, digits)) + "0" * max(exponent, 0)
    decimals = max(-exponent, 0)
    text = text.rjust(decimals + 1, "0")
    whole, fraction_ = (text[:-decimals], text[-decimals:]) if decimals else (text, "")
    whole = whole.lstrip("0") or "0"
    head = len(whole) % 3 or 3
    groups = [whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))]
    return ("-" if sign and value else "") + ".".join(groups) + ("," + fraction_ if fraction_ else "")


def percent(value: Decimal, high: Decimal | None = None) -> str:
    """``51.2`` → ``51,2%``; with ``high`` a range, ``93,15–93,9%``.

    Thousands are not grouped, ``2413%``: with a dot a percentage would be taken for one of three decimals.
    """
    low, top = number(value).replace(".", ""), "" if high is None else number(high).replace(".", "")
    return (_range(low, top) if top else low) + "%"


def money(value: Decimal, unit: str = "đồng", *, decimal: bool | None = None) -> str:
    """An amount of money in the shortest form that holds it exactly.

    ``11708000000`` → ``11 tỷ 708 triệu đồng``, ``51250000000`` → ``51,25 tỷ đồng``, ``850000`` → ``850.000 đồng``; what does not go
    into tỷ and triệu with the digits an office would write stays in full, ``11.708.250.125 đồng``.
    ``decimal`` keeps whole triệu behind a comma, ``11,708 tỷ đồng``, as the tables of an office do; False keeps the two apart,
    ``5 tỷ 570 triệu đồng``.
    """
    sign, size = ("-", -value) if value < 0 else ("", value)
    if decimal and BILLION <= size < BILLION * BILLION and size % MILLION == 0:
        return sign + _join(number(_plain(size / BILLION)), "tỷ", unit or "đồng")
    return sign + _money_size(size, unit or "đồng", parted=decimal is False)


def _money_size(size: Decimal, unit: str, *, parted: bool) -> str:
    if BILLION <= size < BILLION * BILLION and size % MILLION == 0:
        if size % (MILLION * 10) == 0 and (not parted or size % BILLION == 0):
            return _join(number(_plain(size / BILLION)), "tỷ", unit)
        whole, rest = divmod(size, BILLION)
        return _join(number(_plain(whole)), "tỷ", number(_plain(rest / MILLION)), "triệu", unit)
    if MILLION <= size < BILLION and size % 1000 == 0:
        return _join(number(_plain(size / MILLION)), "triệu", unit)
    return _join(number(size), unit)


def _plain(value: Decimal) -> Decimal:
    """The same value without the trailing zeros that a division leaves (``12.00`` → ``12``)."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def fraction(value: Decimal, of: Decimal, unit: str = "") -> str:
    """``1138`` of ``820`` ``bài`` → ``1.138/820 bài``: done against planned, the first may exceed the second.

    Money goes into tỷ or triệu where both sides fit exactly: ``8,246/7,15 tỷ đồng``.
    """
    for size, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
        if unit == "đồng" and min(value, of) >= size and all(part % (size / 1000) == 0 for part in (value, of)):
            return _join(f"{number(_plain(value / size))}/{number(_plain(of / size))}", word, unit)
    return _with_unit(f"{number(value)}/{number(of)}", unit)


def rate(per: Sequence[str]) -> str:
    """``("người", "năm")`` → ``/người/năm``."""
    return "".join(f"/{word}" for word in per)


def amount(value: Amount, bound: str | None = None, *, decimal: bool | None = None) -> str:
    """Any amount in words and digits, its bound before it, its rate after it.

    ``bound`` is the source's own word for the bound (``gần``, ``hơn``); by default the plainest one that is true.
    ``decimal``: see ``money``.
    """
    word = BOUND_WORDS[value.bound] if bound is None else bound
    formed = decimal is not None and value.kind is Kind.MONEY and value.value is not None
    body = (money(value.value, value.unit, decimal=decimal) if formed and value.value is not None else _body(value)) + rate(
        value.per
    )
    return f"{word} {body}" if word else body


def _body(value: Amount) -> str:
    if value.kind is Kind.FRACTION and value.value is not None and value.of is not None:
        return fraction(value.value, value.of, value.unit)
    if value.value is not None:
        return _single(value.kind, value.value, value.unit)
    if value.low is None or value.high is None:  # excluded by Amount itself
        raise ValueError("an amount has either a value or both ends of a range")
    return _span(value.kind, value.low, value.high, value.unit)


def _single(kind: Kind, value: Decimal, unit: str) -> str:
    if kind is Kind.MONEY:
        return money(value, unit)
    if kind is Kind.PERCENT:
        return percent(value) if unit in ("", "%") else _with_unit(number(value), unit)
    if kind is Kind.RANK:
        return _join(unit or "thứ", number(value))
    if kind is Kind.COUNT and unit:
        return _counted(value, unit)
    return _with_unit(number(value), unit)


def _counted(value: Decimal, unit: str) -> str:
    """``4250000`` ``lượt`` → ``4,25 triệu lượt`` where that is exact with two decimals; every other count in digits."""
    for size, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
        if size <= abs(value) < size * 10_000 and value % (size / 100) == 0:
            return _join(number(_plain(value / size)), word, unit)
    return _with_unit(number(value), unit)


def _span(kind: Kind, low: Decimal, high: Decimal, unit: str) -> str:
    if kind is Kind.MONEY:
        return _money_span(money(low, unit), money(high, unit))
    if kind is Kind.PERCENT and unit in ("", "%"):
        return percent(low, high)
    if kind is Kind.RANK:
        return _join(unit or "thứ", _range(number(low), number(high)))
    return _with_unit(_range(number(low), number(high)), unit)


def _money_span(low: str, high: str) -> str:
    """``10–12 tỷ đồng`` when both ends are written alike, else both in full."""
    low_number, low_unit = low.split(NBSP, 1)
    high_number, high_unit = high.split(NBSP, 1)
    if low_unit == high_unit and not any(c.isdigit() for c in low_unit):
        return f"{_range(low_number, high_number)}{NBSP}{low_unit}"
    return _range(low, high)


def _range(low: str, high: str) -> str:
    """En dash, tight between bare numbers; with spaces where a unit or a minus would run into it."""
    loose = NBSP in low or high.startswith("-")
    return f"{low}{NBSP}{RANGE}{NBSP}{high}" if loose else f"{low}{RANGE}{high}"


def _with_unit(text: str, unit: str) -> str:
    if not unit:
        return text
    return text + unit if unit in _TIGHT_UNITS else f"{text}{NBSP}{unit}"


def _join(*words: str) -> str:
    return NBSP.join(words)


def date(iso: str) -> str:
    """``2026-05-07`` → ``ngày 07 tháng 5 năm 2026`` (days below 10 and months 1-2 take a zero, as offices write them)."""
    year, month, day = (int(part) for part in iso.split("-"))
    return _join("ngày", f"{day:02d}", "tháng", f"{month:02d}" if month < 3 else str(month), "năm", str(year))


def short_date(iso: str) -> str:
    """``2026-05-07`` → ``07/5/2026``, with the zeros of ``date``."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day:02d}/{f'{month:02d}' if month < 3 else month}/{year}"


def years(term: str) -> str:
    """``2020-2025`` → ``2020–2025``; a single year stays as it is."""
    return term.replace("-", RANGE)


def period(value: str) -> str:
    """``2022`` → ``năm 2022``, ``2020-2022`` → ``2020–2022``; any other wording as it is."""
    return _join("năm", value) if value.isdigit() else years(value)


def roman(ordinal: int) -> str:
    """Ordinal of a congress in Roman numerals, ``22`` → ``XXII``; tens beyond 39 repeat the X, which no congress reaches."""
    text = ""
    for value, letters in _ROMAN:
        count, ordinal = divmod(ordinal, value)
        text += letters * count
    return text


def quoted(text: str) -> str:
    """``text`` in curly quotation marks, whatever marks it had around it."""
    return "“" + text.strip("“”\"' ") + "”"


def listing(words: Sequence[str]) -> str:
    """``A``, ``A và B``, ``A, B và C``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} và {words[-1]}" if words else ""


def capitalise(text: str) -> str:
    """First letter upper case, the rest untouched; opening quotation marks and brackets are passed over."""
    for i, char in enumerate(text):
        if char.isalpha():
            return text[:i] + char.upper() + text[i + 1 :]
        if char.isdigit():
            return text
    return text


def lowered(text: str) -> str:
    """First letter small, unless the first word is an abbreviation or a name of more capitals (``UBND``, ``MTTQ``)."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return text if sum(c.isupper() for c in first) > 1 else text[:1].lower() + text[1:]
