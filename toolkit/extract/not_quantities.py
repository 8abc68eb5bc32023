"""Digits that measure nothing: dates, document numbers, names with a number, list numbers, telephone numbers, file names.

Two steps.  ``masks`` finds, in one pass each, the shapes that a pattern alone can tell (``15-NQ/TW``, ``14:27``).  ``objection``
judges one number by the words around it (``Phường 16``, ``lần thứ 10``).  Both name their reason, so that a missing figure can be
explained.
"""

from __future__ import annotations

import re

from toolkit.extract.folding import fold
from toolkit.extract.numerals import Number
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan, Word
from toolkit.extract.vocabulary import LETTER, cues, vocabulary
from toolkit.model.amount import Kind

_SYMBOL = r"(?:[A-ZĐƯ]{2,7}[a-z]{0,2}|[A-ZĐ][A-Z]?[a-zđ]{1,3}[A-ZĐ]?|QĐi)"
_DOCUMENT = re.compile(
    rf"(?<!\d)\d{{1,6}}[A-Za-z]?(?: ?[/–-] ?(?:19|20)\d\d)? ?[/–-] ?{_SYMBOL}"
    rf"(?: ?[/–-] ?[A-ZĐƯ][A-ZĐƯa-zđưủỦ]{{0,12}}\d{{0,3}}){{1,4}}"
    r"|(?<!\d)\d{1,6}(?:/(?:19|20)\d\d)? ?[/–-] ?(?:NQ|CT|KH|QĐ|QÐ|BC|TB|CV|HD|TTr|CTr|KL|NĐ|TT|ĐA|QH\d{0,3}"
    r"|UBND|HĐND|NQLT|PL|SL|TTg|CP)(?![^\W\d_])"
)
_CLOCK = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?: \+0\d)?(?!\d)|(?<!\d)\d{1,2} ?(?:h|giờ) ?\d{1,2}(?!\d)(?: ?phút)?|24/24(?: ?h(?![^\W\d_])| ?giờ)"
    r"|(?<![\d/])24/(?:24|7)(?!\d)(?! ?[^\W\d_])|(?<!\d)\d{1,2}h(?![^\W\d_])"
)
_DATE = re.compile(
    r"(?<![\d/])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])|"
    r"(?<![\d/])\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)\d\d(?!\d)"
    r"|(?<![\d/,.])(?:0?[1-9]|1[0-2]) ?/ ?(?:19|20)\d\d(?![\d/.,]\d)(?!\d)"
    r"|(?<![\d/,.])\d{1,2}(?: ?[-–] ?| đến | và |, )\d{1,2} ?/ ?(?:0?[1-9]|1[0-2])(?!\d|,\d|\.\d)(?! ?(?:%|/ ?\d))"
    r"|(?<![\d/,.])(?:[12]?\d|3[01]|0[1-9])/(?:0?[1-9]|1[0-2]) ?[-–] ?(?:[12]?\d|3[01]|0[1-9])/(?:0?[1-9]|1[0-2])(?!\d)"
)
_YEAR_BEFORE = re.compile(r"(?:[-–,]|so với|(?:\d|(?<![^\W\d_])[ivx]{1,4}) ?/|\d{4} và)\Z")
_YEAR_AFTER = re.compile(r" ?[-–/] ?\d")
"""What stands around four digits that are a year though a noun follows: ``II/2023 xã``, ``năm 2020 và 2021 xã``."""
_CUT_SHORT = re.compile(r"(?<!\d)20\d\d ?[-–] ?\Z")
"""A year before a dash, behind which the end of a term stands with a digit lost (``nhiệm kỳ 2016-202``)."""
_MONTH_OF_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d|\.\d)")
"""``5.2020``, as some newspapers write a month."""
_ZOOM = re.compile(r"(?<=\n)[ \t]*100 ?%[ \t]*$|^[ \t]*100 ?%[ \t]*(?=\n)", re.MULTILINE)
"""The size of letters on a page's tool bar: a line among others, for a text that is nothing but ``100%`` is a figure read again."""
_PHONE = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")
_SCALE = re.compile(r"(?<!\d)1 ?[/:] ?(?:500|[125][.]?000|10[.]?000)(?![\d.]\d|\d)(?! ?[^\W\d_])|t[ỷỉ] lệ 1 ?[/:] ?\d{3,6}(?!\d)")
_VIEWS = re.compile(
    r"(?:hôm (?:nay|qua)|tuần này|tháng (?:này|trước|hiện tại)|tất cả|đang (?:truy cập|online)|tổng truy cập) ?: ?\d[\d.,]{0,12}|"
    r"(?:lượt|lần|người|số) (?:xem|đọc|truy cập|views?)(?: ?[:|-] ?| )\d[\d.,]{0,12}|view(?:s| count)?: ?\d[\d.,]{0,12}"
    r"|(?<![\d.,])\d[\d.,]{0,12} ?(?:views?|lượt xem|lượt đọc|lượt thích|bình luận|đánh giá)(?![^\W\d_])"
)
_SHAPES = (
    ("document-number", _DOCUMENT, False),
    ("clock", _CLOCK, True),
    ("date", _DATE, True),
    ("phone", _PHONE, True),
    ("scale", _SCALE, True),
    ("view-counter", _VIEWS, True),
    ("zoom", _ZOOM, True),
)

_LIST_REACH = 600
"""Characters looked back for the number before, of a list that counts ``1/ … 2/ …``."""
_LIST_MARK = re.compile(r"[.)/:-]{1,2}(?= |\n|$|[^\W\d_])|\.\d{1,2}(?:\.\d{1,2})*[.) ]")
_LINE_HEAD = re.compile(r"(?:\A|\n)[ \t\u00a0*+•·#>-]*\Z")
_CALENDAR = {"ngày": 31, "mùng": 31, "tháng": 12, "quý": 4}
_URL = re.compile(r"@|://|www\.|_|\.(?:jpe?g|png|gif|webp|bmp|pdf|docx?|xlsx?|pptx?|html?|aspx?|php|mp[34]|vn|com|org|net|gov)\b")
_TOKEN_REACH = 120


def masks(scan: Scan) -> list[tuple[int, int, str]]:
    """Intervals whose digits are no figures, in order of their start, with the reason."""
    found = [
        (match.start(), match.end(), reason)
        for reason, shape, folded in _SHAPES
        for match in shape.finditer(scan.low if folded else scan.text)
    ]
    found.sort()
    return found


def objection(scan: Scan, number: Number, *, unit_follows: bool, noun_follows: bool) -> str | None:
    """Why a number is no figure, by its surroundings; None when it may be one.

    ``unit_follows``: a sign of percent, money or a measure stands behind it, which outweighs a name before it.
    ``noun_follows``: a known classifier stands behind it.
    """
    if reason := _glued(scan, number, unit_follows=unit_follows or noun_follows):
        return reason
    if _in_link(scan, number):
        return "link-or-file"
    if unit_follows:
        return None
    return _list_number(scan, number) or _calendar(scan, number, noun_follows) or _labelled(scan, number, noun_follows)


def _glued(scan: Scan, number: Number, *, unit_follows: bool) -> str | None:
    """Digits inside a code: letters or a hyphen before them (``Covid-19``, ``QL1A``), letters in capitals behind (``4G``)."""
    before = scan.text[number.start - 1 : number.start]
    if before.isalpha():
        word = scan.before(number.start, 1)
        if word and not _is_run_in(scan.text[word[0].start : word[0].end]):
            return "code"
    if before in {"-", "–", "."} and scan.text[number.start - 2 : number.start - 1].isalpha():
        word = scan.before(number.start - 1, 1)
        if word and (before == "." or not scan.text[word[0].start : word[0].end].islower() or word[0].text.isascii()):
            return "code"
    after = scan.text[number.end : number.end + 1]
    if not unit_follows and after.isalpha() and after.isupper() and not scan.text[number.end + 1 : number.end + 2].islower():
        return "code"
    return None


def _is_run_in(word: str) -> bool:
    """Whether a word was run into the digits after it (``đạt16.743``) and is no code (``QL1``, ``Covid19``, ``m2``)."""
    return len(word) > 1 and word[1:].islower() and (word[0].islower() or not word.isascii())


def _in_link(scan: Scan, number: Number) -> bool:
    """Whether the digits belong to an address, a link or a file name."""
    start, end = number.start, number.end
    low = scan.low
    while start > 0 and number.start - start < _TOKEN_REACH and not low[start - 1].isspace():
        start -= 1
    while end < len(low) and end - number.end < _TOKEN_REACH and not low[end].isspace():
        end += 1
    return bool(_URL.search(low, start, end))


def _list_number(scan: Scan, number: Number) -> str | None:
    if number.grouped or number.value > 99:
        return None
    before, after = scan.low[max(0, number.start - 8) : number.start], scan.low[number.end : number.end + 8]
    if before.endswith("(") and after.startswith(")"):
        return "list-number"
    at_head = _LINE_HEAD.search(scan.low[max(0, number.start - 8) : number.start]) is not None and (
        number.start < 8 or "\n" in before or before.strip(" \t*+•·#>-") == ""
    )
    if (
        at_head
        and (scan.low.rfind("\n", max(0, number.start - 8), number.start) >= 0 or number.start < 8)
        and _LIST_MARK.match(after)
    ):
        return "list-number"
    if before.rstrip(" ").endswith((";", ":", ".", "gồm", "là", "(")) and re.match(r"[.)] ?[^\W\d_]|[-–/] [^\W\d_]", after):
        return "list-number"
    if after.startswith("/ ") and number.value > 1 and before.rstrip(" ").endswith((";", ":", ".", ",", "\n")):
        earlier = scan.low[max(0, number.start - _LIST_REACH) : number.start]
        return "list-number" if re.search(rf"(?<![\d/]){number.value - 1}/ (?!\d)", earlier) else None
    return None


def _calendar(scan: Scan, number: Number, noun_follows: bool) -> str | None:
    """Years, days and months."""
    words = scan.before(number.start, 2)
    plain = (
        not number.grouped and number.value == number.value.to_integral_value() and "," not in scan.text[number.start : number.end]
    )
    previous = words[0].text if words else ""
    if short := _short_date(scan, number, previous, noun_follows):
        return short
    if not plain:
        return None
    if 200 <= number.value <= 209 and _CUT_SHORT.search(scan.low[max(0, number.start - 8) : number.start]):
        return "year"
    if number.end - number.start == 4 and 1900 <= number.value <= 2099:
        return _year(scan, number, previous, noun_follows)
    if previous in _CALENDAR and number.value <= _CALENDAR[previous]:
        each = len(words) > 1 and words[1].text in cues("each")
        return None if each and noun_follows else "date"
    return None


def _year(scan: Scan, number: Number, previous: str, noun_follows: bool) -> str | None:
    before = scan.low[max(0, number.start - 12) : number.start].rstrip(" ")
    if previous in cues("year_before") or not noun_follows:
        return "year"
    if _YEAR_BEFORE.search(before) or _YEAR_AFTER.match(scan.low, number.end):
        return "year"
    return None


def _short_date(scan: Scan, number: Number, previous: str, noun_follows: bool) -> str | None:
    """``5/8``, ``31-1``: a day and a month, where a word says so or nothing is counted."""
    if _MONTH_OF_YEAR.match(scan.low, number.start):
        return "date"
    match = re.match(r"(\d{1,2}) ?([/.-]) ?(\d{1,2})(?![\d%])(?![.,]\d)", scan.low[number.start : number.start + 8])
    if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 12):
        return None
    if match[2] == "/" and int(match[1]) <= 31:
        return "date" if previous in cues("sure_date_before" if noun_follows else "date_before") else None
    return "date" if previous in cues("hyphen_date_before") else None


def _labelled(scan: Scan, number: Number, noun_follows: bool) -> str | None:
    """Numbers that name the noun before them."""
    if number.grouped or number.value > 9999:
        return None
    known = vocabulary()
    words = scan.before(number.start, 4)
    if not words:
        return _listed(scan, number, noun_follows)
    phrase = ""
    found = 0
    for count, word in enumerate(words, start=1):
        phrase = f"{word.text} {phrase}".rstrip()
        if phrase in known.labels:
            found = count
        elif (
            phrase in known.weak_labels
            and (not noun_follows or _is_title(scan, number, word))
            and not _is_plan(scan, number, phrase, word)
        ):
            return f"number-of-{phrase}"
    if not found:
        return _listed(scan, number, noun_follows)
    if found < len(words) and words[found].text in cues("each"):
        return None
    if noun_follows and found == 1 and len(words) > 1 and f"{words[1].text} {words[0].text}" in cues("time_before"):
        return None  # "đầu năm 52 hộ, cuối năm 37 hộ"
    if found == 1 and len(words) > 1 and words[0].text == "số" and words[1].text in cues("measured_in_number"):
        return None
    return "label"


def _is_plan(scan: Scan, number: Number, phrase: str, first: Word) -> bool:
    """``(kế hoạch 12, thực hiện 15)``: what was planned, in small letters and with nothing behind it, is no document's number."""
    alone = scan.low[number.end : number.end + 1] in {",", ";", ")"}
    return alone and phrase in cues("plan_labels") and scan.text[first.start].islower()


def _is_title(scan: Scan, number: Number, first: Word) -> bool:
    """``Đề án 06 xã``, ``Ban Chỉ đạo 35 phường``: a title in capitals whose number is followed by whose it is, not by a count."""
    follows = scan.after(number.end, 1)
    return scan.text[first.start].isupper() and bool(follows) and follows[0].text in cues("places")


def _listed(scan: Scan, number: Number, noun_follows: bool) -> str | None:
    """Further members of a labelled list: ``mức độ 3, 4``, ``Nghị quyết 18 và 19``."""
    if noun_follows:
        return None
    match = re.search(
        rf"({LETTER}+) (?:\d{{1,3}}(?:, ?| và ?|-|–| - | – )){{1,6}}\Z", scan.low[max(0, number.start - 40) : number.start]
    )
    if match is None:
        return None
    known = vocabulary()
    words = scan.before(max(0, number.start - 40) + match.end(1), 3)
    phrase = ""
    for word in words:
        phrase = f"{word.text} {phrase}".rstrip()
        if phrase in known.labels or phrase in known.weak_labels:
            return "label"
    return None


def is_motto(unit: str) -> bool:
    """Whether the noun of a count is the word of a motto (``4 tại chỗ``) or a form of organisation (``2 cấp``)."""
    known = vocabulary()
    unit = fold(unit)
    return unit in known.motto_starts or unit.partition(" ")[0] in known.mottos


def describes(scan: Scan, reading: Reading) -> bool:
    """Whether a count tells how a thing is made (``lúa 2 vụ``, ``nhà 3 tầng``) and not how many there are."""
    if reading.value == 1 and reading.kind is Kind.COUNT:
        reckoned = scan.before(reading.start, 1)
        return bool(reckoned) and reckoned[0].text in cues("per_one_count")  # "bình quân 1 người 45 triệu đồng"
    if reading.value > 9 or reading.unit.partition(" ")[0] not in cues("made_units"):
        return False
    before = scan.before(reading.start, 1)
    return bool(before) and before[0].text in cues("made_of")
