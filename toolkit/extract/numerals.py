"""Numbers in digits, in every regular and irregular use (those in words: ``numeral_words``).

Vietnamese groups thousands with dots and writes decimals with a comma (``1.234,5``).  Real texts also write ``77.3 ha``,
``1,234 hộ``, ``1 200 000``, ``0 68%`` or run a year into a figure (``năm 20221.250``).  A number keeps the reading that is meant
most likely; the other one and the reason to look again travel with it.  The unit may settle a doubt: see ``settle``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.extract.scan import Scan
from toolkit.model.amount import Kind

DOT_DECIMAL = "dấu chấm dùng làm dấu thập phân"
COMMA_GROUP = "dấu phẩy dùng để phân cách hàng nghìn"
LOST_COMMA = "có thể thiếu dấu phẩy thập phân"
BROKEN_GROUP = "phân cách hàng nghìn không đều"
SPACED = "có khoảng trắng trong số"
GLUED_YEAR = "năm và con số viết liền nhau"

ANCHOR = re.compile(r"\d+(?:[.,]\d+)*")
"""A run of digits with the marks between them: where every figure starts."""
_LONGEST = 20
"""Characters of the longest figure believed; a longer run of digits is a code, an account, a barcode."""
_SPACED_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3}){1,4}(?![.,]?\d)")
_SPACED_MARK = re.compile(
    r"(\d{1,3}(?:\.\d{3})*)(?: ?, | ,)(\d{1,2})(?= ?%)|(\d{1,3})(?:\. | \.)(\d{3})(?=[\d.,]*(?: ?%| [^\W\d_]))(?!\d)"
)
_LOST_COMMA = re.compile(r"(0) (\d{1,2})(?= ?(?:%|‰))")
_YEAR_GLUED = re.compile(r"((?:19|20)\d\d)(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d+)?(?= ?%)|\d{1,3}(?= [^\W\d_]))")
_BEFORE_YEAR = re.compile(r"(?:năm ?|/)$")
_YEARS = re.compile(r"(?:19|20)\d\d(?:,(?:19|20)\d\d)+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place.  ``other`` is the value under the reading set aside, ``why`` the doubt (empty when none)."""

    start: int
    end: int
    value: Decimal
    other: Decimal | None = None
    why: str = ""
    grouped: bool = False
    """True when thousands are grouped, which no ordinal or name ever is."""
    words: bool = False

    @property
    def thousandths(self) -> bool:
        """Whether exactly three digits stand behind the decimal mark."""
        return self.value.as_tuple().exponent == -3


def parse_digits(token: str) -> tuple[Decimal, Decimal | None, str] | None:
    """Value, other reading and doubt of digits with marks (``1.234,5``); None when it is no number (``1.2.3``, a version, a date).

    >>> parse_digits("1.234,5")
    (Decimal('1234.5'), None, '')
    >>> parse_digits("77.3")
    (Decimal('77.3'), Decimal('773'), 'dấu chấm dùng làm dấu thập phân')
    """
    dots, commas = token.count("."), token.count(",")
    if not dots and not commas:
        return Decimal(token), None, ""
    bare = Decimal(token.replace(".", "").replace(",", ""))
    if not commas:
        return _dotted(token, bare)
    if not dots:
        if commas == 1:
            return Decimal(token.replace(",", ".")), None, ""
        even = all(len(group) == 3 for group in token.split(",")[1:])
        return (bare, None, COMMA_GROUP) if even else None
    if commas == 1 and token.rindex(",") > token.rindex("."):
        whole, part = token.split(",")
        value = Decimal(whole.replace(".", "") + "." + part)
        return value, None, "" if _GROUPED.fullmatch(whole) else BROKEN_GROUP
    if dots == 1 and token.rindex(".") > token.rindex(","):
        return Decimal(token.replace(",", "")), None, COMMA_GROUP
    return None


def _dotted(token: str, bare: Decimal) -> tuple[Decimal, Decimal | None, str] | None:
    groups = token.split(".")
    if _GROUPED.fullmatch(token):
        return bare, Decimal(token) if len(groups) == 2 else None, ""
    if len(groups) == 2:
        if len(groups[1]) == 3 and len(groups[0]) > 3:
            return bare, Decimal(token), BROKEN_GROUP
        return Decimal(token), bare, DOT_DECIMAL
    if len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:-1]) and len(groups[-1]) <= 2:
        return Decimal("".join(groups[:-1]) + "." + groups[-1]), bare, DOT_DECIMAL
    return None


def read_number(scan: Scan, at: int) -> Number | None:
    """The number whose digits begin at ``at``; None when the digits there are none."""
    low = scan.low
    if lost := _LOST_COMMA.match(low, at):
        return Number(at, lost.end(), Decimal(f"{lost[1]}.{lost[2]}"), Decimal(lost[2]), LOST_COMMA)
    if spaced := _SPACED_MARK.match(low, at):
        whole, part, head, tail = spaced.groups()
        value = Decimal(whole.replace(".", "") + "." + part) if whole else Decimal(head + tail)
        return Number(at, spaced.end(), value, None, SPACED, grouped=whole is None)
    if (groups := _SPACED_GROUPS.match(low, at)) and _is_spaced(groups[0], low, groups.end()):
        return Number(at, groups.end(), Decimal(groups[0].replace(" ", "")), None, SPACED, grouped=True)
    match = ANCHOR.match(low, at)
    if match is None:
        return None
    token = match[0]
    if len(token) > _LONGEST:
        return None
    if _YEARS.fullmatch(token):
        return Number(at, at + 4, Decimal(token[:4]))
    if glued := _glued_year(scan, at, match.end()):
        return glued
    parsed = parse_digits(token)
    if parsed is None:
        return None
    value, other, why = parsed
    return Number(at, match.end(), value, other, why, grouped=bool(_GROUPED.match(token)))


def _is_spaced(text: str, low: str, end: int) -> bool:
    """Whether ``12 500 000`` is one number: two groups at least, or one of noughts with a unit of money behind."""
    return text.count(" ") >= 2 or (text.endswith(" 000") and low[end : end + 5].lstrip().startswith(("đ", "t")))


def _glued_year(scan: Scan, at: int, end: int) -> Number | None:
    """The figure after a year that was run into it (``năm 20221.250 hộ``)."""
    glued = _YEAR_GLUED.match(scan.low, at)
    if glued is None or glued.end() != end:
        return None
    if "." not in glued[2] and not _BEFORE_YEAR.search(scan.low, max(0, at - 5), at):
        return None  # "gấp 200 lần, tức 20000%": without a word for years it may as well be one number
    parsed = parse_digits(glued[2])
    if parsed is None:
        return None
    return Number(glued.start(2), end, parsed[0], None, GLUED_YEAR, grouped="." in glued[2])


def plain(value: Decimal | None) -> Decimal | None:
    """The same value without noughts behind the decimal mark of a whole number."""
    return value.to_integral_value() if value is not None and value == value.to_integral_value() else value


def settle(number: Number, kind: Kind, unit: str, scaled: bool) -> Number:
    """The number once its unit is known: a unit that has no halves, or a percentage above any sense, decides a doubt.

    ``scaled`` tells that a magnitude (``nghìn``, ``tỷ``) follows, after which decimals are natural.
    """
    if kind is Kind.PERCENT and number.grouped and number.other is not None and not number.why:
        return replace(number, value=number.other, other=number.value, why=DOT_DECIMAL)
    if number.why or scaled:
        return number
    whole = kind is Kind.COUNT or (kind is Kind.MONEY and unit == "đồng")
    if whole and number.value >= 1 and number.thousandths:
        return replace(number, value=number.value * 1000, other=number.value, why=COMMA_GROUP)
    return number
