"""When an article was published: the full date in its page header or dateline, else that of the event it tells of.

Only a date with day, month and year counts.  Metadata of the page (``Source.published``) wins over the text.
"""

from __future__ import annotations

import re
from datetime import date

from toolkit.extract.cues import fold, once, prose
from toolkit.model.text import CleanText

_DATE = r"(?P<day>\d{1,2})\s?[/.\-]\s?(?P<month>\d{1,2})\s?[/.\-]\s?(?P<year>20\d\d)"
_WORDS = r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:\s*,)?\s+năm\s+(?P<year>20\d\d)"
_NUMERIC = re.compile(rf"(?<![\d/.\-]){_DATE}(?![\d/])")
_WORDED = re.compile(rf"(?<!\d){_WORDS}(?!\d)")
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")

_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn)"
_HEADER = re.compile(
    rf"(?:date|ngày đăng|đăng ngày|ngày xuất bản|xuất bản|cập nhật(?: lúc)?|đăng lúc|ngày viết|ngày tạo|thời gian đăng|ngày|"
    rf"{_WEEKDAY})"
    r"\s*[:,\-|]?\s*(?:ngày\s*)?(?:\d{1,2}:\d\d(?::\d\d)?\s*(?:\||-|,|am|pm|ngày|\s)*)?$"
)
_CLOCK_BEFORE = re.compile(r"\d{1,2}[:h]\d\d(?::\d\d)?\s*(?:am|pm)?\s*[|,\-]?\s*(?:ngày\s*)?$")
_CLOCK_AFTER = re.compile(r"^\s*[|,\-]?\s*(?:lúc\s*)?\d{1,2}[:h]\d\d|^\s*\(?gmt|^\s*\|\s*lượt xem")
_YEAR = re.compile(r"(?<![\d.,])(20[0-3]\d)(?![\d.,]*\d)")
_RANGE = re.compile(r"\d{1,2}\s*(?:và|-|,)\s*$")
_EVENT = re.compile(
    r"(?:^|[\s(])(?:sáng|chiều|tối|trưa|hôm nay|hôm qua|trong ngày|vào ngày|ngày|ngày \d{1,2} và)\s*,?\s*\(?(?:ngày\s*)?$"
)
_OF_DOCUMENT = re.compile(
    r"(?:nghị quyết|chỉ thị|quyết định|kế hoạch|kết luận|quy định|hướng dẫn|thông báo|tờ trình|đề án|nghị định|công văn|"
    r"chương trình|"
    r"-[a-zđ]{2,}/[a-zđ]{2,}|/[a-zđ]{2,}(?:-[a-zđ]+)?)[^.;\n]{0,60}ngày\s*$"
)


def published(clean: CleanText) -> str | None:
    """ISO date of publication, else of the reported event when the text gives it in full, else None."""
    if clean.source.published:
        return clean.source.published[:10]
    return once(clean, "_published", lambda: _published(clean))


def _published(clean: CleanText) -> str | None:
    folded = fold(clean.text)
    candidates = sorted(_dates(folded), key=lambda c: (c[0], c[1]))
    head = _head_end(clean)
    for rank, start, day in candidates:
        if rank == 0 or (rank == 1 and start < head) or rank == 2:
            settled = _unless_widget(folded, start, day, candidates)
            return settled.isoformat() if settled else None
    return None


def _unless_widget(folded: str, start: int, day: date, candidates: list[tuple[int, int, date]]) -> date | None:
    """The event's date, or None, in place of a header that only shows the day the page was opened.

    Such a header is a weekday with a date, without a clock time, and stands long after all that the text speaks of.
    """
    line = folded[folded.rfind("\n", 0, start) + 1 : start + 30].split("\n", maxsplit=1)[0]
    if ":" in line or not re.match(rf"\W*{_WEEKDAY}", line):
        return day
    years = [int(y) for y in _YEAR.findall(folded, start + 24) if int(y) <= day.year]
    if not years or day.year - max(years) < 2:
        return day
    events = [d for rank, _, d in candidates if rank == 2]
    return events[0] if events else None


def _head_end(clean: CleanText) -> int:
    return min(len(clean.text), 1200)


def _dates(folded: str) -> list[tuple[int, int, date]]:
    """Full dates with a rank: 0 a page header, 1 a bare dateline near the top, 2 the event, 9 anything else."""
    found = []
    for pattern in (_NUMERIC, _WORDED, _ISO):
        for m in pattern.finditer(folded):
            day = _date(m)
            if day is not None:
                found.append((_rank(folded, m), m.start(), day))
    return found


def _rank(folded: str, m: re.Match[str]) -> int:
    line_start = folded.rfind("\n", 0, m.start()) + 1
    line_end = folded.find("\n", m.end())
    line_end = len(folded) if line_end < 0 else line_end
    before = folded[max(line_start, m.start() - 90) : m.start()]
    after = folded[m.end() : min(line_end, m.end() + 30)]
    if _OF_DOCUMENT.search(before):
        return 9
    if _CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(after):
        return 0
    header = _HEADER.search(before)
    if before.strip() == "date":
        return 0
    if header and not before[: header.start()].strip(" \t-|(") and line_end - line_start < 90:
        return 0
    if not before.strip(" (-|") and not after.strip(" )-|.,"):
        return 1
    if _RANGE.search(before):
        return 9  # "3-4/6/2010": an event of several days has no one date
    if _EVENT.search(before):
        return 2 if m.start() < 1500 else 3
    return 9


def _date(m: re.Match[str]) -> date | None:
    try:
        return date(int(m["year"]), int(m["month"]), int(m["day"]))
    except ValueError:
        return None


def body_years(clean: CleanText) -> list[int]:
    """Years that the prose names, in text order: the calendar of an article without a date."""
    return [int(y) for y in _YEAR.findall(prose(clean).folded)]
