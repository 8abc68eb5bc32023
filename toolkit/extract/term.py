"""Term reported on, next term, congress, kind of report and year: what the text says, and what follows from the calendar.

Party terms of five years run nationwide from congress to congress (2010-2015, 2015-2020, 2020-2025, 2025-2030).  News of a congress
names the term that begins; the results it tells are those of the term before.  Terms of councils (2021-2026), of chi bộ and of
associations (2022-2027) are no terms of the report.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from toolkit.extract.cues import Prose, ordinal, prose
from toolkit.extract.publication import published
from toolkit.model.context import Report
from toolkit.model.text import CleanText

_TERM = re.compile(r"(?<![\d/])(20[0-3][05]|19[4-9][05])\s{0,2}-\s{0,2}(20[0-3][05])(?![\d/])")
_ORDINAL = re.compile(
    r"(?:lần\s+thứ|khóa|lần)\s+([ivxlc]{1,7}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)|"
    r"đại hội\s+([ivxl]{1,6})(?!\w)"
)
_ELSEWHERE = re.compile(
    r"(?:quy hoạch|đoàn thanh niên|hội cựu chiến binh|hội nông dân|hội phụ nữ|hội liên hiệp|mttq|mặt trận|chi bộ|công đoàn|"
    r"tổ trưởng|trưởng thôn|hđnd|hội đồng nhân dân|quốc hội|đầu tư công|trung hạn|chương trình mục tiêu|đoàn tncs|"
    r"hội chữ thập)[^.;:]{0,60}$"
)
_NATIONAL = re.compile(r"(?:toàn quốc|của đảng|trung ương|tw\s?\d?)")
_CONGRESS_BEFORE = re.compile(r"(?:đại hội|ban chấp hành|bch|nghị quyết đh|đảng bộ)[^.;:]{0,90}$")
_NOT_CONGRESS = re.compile(
    r"(?:hội nghị|kỳ họp|phiên họp|chi bộ|đoàn thanh niên|đoàn tncs|hội cựu chiến binh|hội nông dân|phụ nữ|hội cựu|"
    r"mặt trận|mttq|công đoàn|"
    r"quốc hội|hđnd|hội đồng nhân dân|bch trung ương|ban chấp hành trung ương|nghị quyết trung ương|trung ương \d+|"
    r"tw\s?\d)[^.;:]{0,60}$"
)

_HALF = re.compile(
    r"giữa nhiệm kỳ|giữa kỳ|nửa (?:đầu )?nhiệm kỳ|nửa đầu nhiệm kỳ|nửa nhiệm kỳ|nửa chặng đường|sau (?:hơn )?(?:2|"
    r"hai) năm (?:rưỡi )?thực hiện nghị quyết đại hội"
)
_CONGRESS_EVENT = re.compile(
    r"(?:tổ chức|khai mạc|bế mạc|diễn ra|tiến hành|long trọng|thành công)[^.]{0,60}đại hội|đại hội[^.]{0,120}(?:diễn ra|"
    r"khai mạc|được tổ chức|"
    r"bế mạc|kết thúc|thành công tốt đẹp|thảo luận|đã bầu|đã thông qua|biểu quyết)|(?:tiến tới|chuẩn bị|hướng tới|"
    r"chào mừng|trước thềm) đại hội|"
    r"phát biểu (?:chỉ đạo )?tại đại hội|dự (?:và chỉ đạo )?đại hội|công tác chuẩn bị (?:cho )?đại hội|dấu ấn (?:một )?nhiệm kỳ"
)
_TERM_RESULTS = re.compile(
    r"(?:5|năm) năm qua|nhiệm kỳ (?:vừa )?qua|trong nhiệm kỳ|tổng kết nhiệm kỳ|kết thúc nhiệm kỳ|cuối nhiệm kỳ|sau (?:5|"
    r"năm) năm|"
    r"nhiệm kỳ \d{4}\s?-\s?\d{4}\s?(?:,|\)|đã|đảng|kinh|các|với|mặc|dù|song|ban|là|có|tuy|toàn|tổng|thu)|nhìn lại|"
    r"một nhiệm kỳ|nhiệm kỳ này"
)
_SINCE = re.compile(r"từ đầu nhiệm kỳ (?:đến nay|tới nay)|từ sau đại hội")
_ANNUAL = re.compile(
    r"(?:tổng kết|kết quả|nhiệm vụ|tình hình|kinh tế - xã hội|công tác|trong|hết|đến hết|cuối|của|"
    r"cả)\s+(?:[\w\s,-]{0,40})?năm (20\d\d)|"
    r"(?<!\w)năm (20\d\d)(?=,|\s+(?:là|đạt|đã|toàn|huyện|xã|phường|tổng|thu|kinh|tỷ|mặc|với|vượt|thực|đảng))"
)
_YEAR_CUES = re.compile(
    r"tổng kết (?:công tác )?năm|năm qua|cả năm|6 tháng đầu năm|sáu tháng đầu năm|năm nay|sang năm|cuối năm|trong năm"
)
_OF_PAST = re.compile(
    r"(?:kết quả|thực hiện nghị quyết|sơ kết|tổng kết|nhìn lại|sau (?:5|hơn 2|hai) năm|qua|trong|kết thúc|suốt|dấu ấn|"
    r"một)[^.;]{0,110}$"
)
_OF_NEXT = re.compile(
    r"(?:phương hướng|mục tiêu|nhiệm vụ|phấn đấu|chỉ tiêu chủ yếu|đề ra|định hướng|bầu|tiến tới|chuẩn bị|tới|"
    r"khóa mới)[^.;]{0,80}$"
)
_PAST_AFTER = re.compile(r"^\W*(?:đã|vừa qua|qua\b|đạt|hoàn thành|được đánh giá|đảng bộ[^.,;]{0,40}đã)")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of time and occasion; the contract's fields of the same names."""

    term: str | None = None
    next_term: str | None = None
    congress: int | None = None
    report: Report = Report.OTHER
    year: str | None = None
    inferred_term: str | None = None
    inferred_next_term: str | None = None


@dataclass(frozen=True, slots=True)
class _TermMention:
    start: int
    end: int
    first: int
    last: int
    past: float


def terms(clean: CleanText) -> Terms:
    """Term, next term, congress, kind of report and year of an article."""
    text = prose(clean)
    report = _report(text)
    year = _now(clean)
    found = _terms(text)
    reported, following = _settle(found, report, year)
    congress = _congress(text, reported, following, report)
    inferred, inferred_next = _inferred(reported, following, report, year)
    annual = _annual_year(text) if report is Report.ANNUAL else None
    return Terms(
        _written(reported), _written(following), congress, report, annual, _written(inferred) if not reported else None,
        _written(inferred_next) if not following else None,
    )  # fmt: skip


def _written(first: int | None) -> str | None:
    return None if first is None else f"{first}-{first + 5}"


def _now(clean: CleanText) -> int | None:
    """Year in which the article stands, as far as it is dated."""
    day = published(clean)
    if day:
        return int(day[:4])
    return None


def _terms(text: Prose) -> list[_TermMention]:
    found = []
    for m in _TERM.finditer(text.folded):
        first, last = int(m.group(1)), int(m.group(2))
        before = text.folded[max(0, m.start() - 130) : m.start()]
        if last - first != 5 or _ELSEWHERE.search(before):
            continue
        if "giai đoạn" in before[-14:] and "nhiệm kỳ" not in before[-30:]:
            continue
        after = text.folded[m.end() : m.end() + 60]
        past = 1.0 * bool(_PAST_AFTER.match(after)) + 0.6 * bool(_OF_PAST.search(before)) - 0.8 * bool(_OF_NEXT.search(before))
        found.append(_TermMention(m.start(), m.end(), first, last, past))
    return found


def _settle(found: list[_TermMention], report: Report, year: int | None) -> tuple[int | None, int | None]:
    firsts = sorted({t.first for t in found})
    if not firsts:
        return None, None
    if len(firsts) > 1:
        counts = Counter(t.first for t in found)
        following = firsts[-1]
        if following - 5 in firsts:
            return following - 5, following
        return max(firsts[:-1], key=lambda f: counts[f]), following
    only = firsts[0]
    past = sum(t.past for t in found)
    if report is Report.HALF_TERM:
        return only, None
    if year is not None and only + 1 <= year <= only + 4:
        return only, None
    if report is Report.FULL_TERM:
        return (only, None) if past > 0 else (None, only)
    return (only, None) if past >= 0 else (None, only)


def _congress(text: Prose, reported: int | None, following: int | None, report: Report) -> int | None:
    """Ordinal of the congress that began the reported term."""
    votes: Counter[int] = Counter()
    upcoming: Counter[int] = Counter()
    for m in _ORDINAL.finditer(text.folded):
        number = ordinal(m.group(1) or m.group(2))
        before = text.folded[max(0, m.start() - 110) : m.start()]
        after = text.folded[m.end() : m.end() + 70]
        if number is None or not 1 <= number <= 40 or not _is_congress(m, before, after):
            continue
        term = _TERM.search(after)
        bound = int(term.group(1)) if term and not re.search(r"[.;]|đại hội", after[: term.start()]) else None
        if bound is not None and bound == following:
            upcoming[number] += 1
        elif bound is not None and bound == reported:
            votes[number] += 3
        elif re.search(r"(?:thực hiện|nghị quyết|tinh thần|tư tưởng|nhiệm kỳ)[^.;]{0,60}$", before):
            votes[number] += 1
        elif report is Report.FULL_TERM:
            upcoming[number] += 1
        else:
            votes[number] += 1
    for number in upcoming:
        votes.pop(number, None)
        if number - 1 in votes:
            return number - 1
    return max(votes, key=lambda n: (votes[n], -n)) if votes else None


def _is_congress(m: re.Match[str], before: str, after: str) -> bool:
    if _NOT_CONGRESS.search(before) or re.match(r"\s*(?:của đảng(?! bộ)|toàn quốc)", after):
        return False
    if re.search(r"toàn quốc[^.;]{0,30}$", before):
        return False
    whole = m.group()
    if whole.startswith("đại hội"):
        return bool(re.match(r"\s*(?:đảng bộ|đề ra|của đảng bộ)", after))
    return bool(_CONGRESS_BEFORE.search(before))


def _report(text: Prose) -> Report:
    folded = text.folded
    halves = len(_HALF.findall(folded))
    congress = len(_CONGRESS_EVENT.findall(folded))
    results = len(_TERM_RESULTS.findall(folded))
    if halves and halves * 2 >= congress:
        return Report.HALF_TERM
    if congress and (results or _TERM.search(folded)):
        return Report.FULL_TERM
    if results >= 2 or (results and re.search(r"tổng kết|dấu ấn", folded)):
        return Report.FULL_TERM
    if _SINCE.search(folded):
        return Report.OTHER
    if _ANNUAL.search(folded) or _YEAR_CUES.search(folded):
        return Report.ANNUAL
    return Report.FULL_TERM if results else Report.OTHER


def _annual_year(text: Prose) -> str | None:
    years = Counter(m.group(1) or m.group(2) for m in _ANNUAL.finditer(text.folded))
    return max(years, key=lambda y: (years[y], y)) if years else None


def _inferred(reported: int | None, following: int | None, report: Report, year: int | None) -> tuple[int | None, int | None]:
    if reported is None and following is not None:
        return following - 5, None
    if reported is not None:
        return None, reported + 5
    if year is None:
        return None, None
    first = year - year % 5
    if report is Report.FULL_TERM and year % 5 == 0:
        first -= 5
    return first, first + 5
