"""Term reported on, next term, congress, kind of report and year: what the text says, and what follows from the calendar.

Party terms of five years run nationwide from congress to congress (2010-2015, 2015-2020, 2020-2025, 2025-2030).  News of a congress
names the term that begins; the results it tells are those of the term before.  Terms of councils (2021-2026), of chi bộ and of
associations (2022-2027), and congresses of other levels, are none of the report's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, fold, ordinal, phrases, prose, trie
from toolkit.extract.locality import find_localities
from toolkit.extract.publication import body_years, published
from toolkit.model.context import Level, Locality, Report
from toolkit.model.text import CleanText

_TERM = re.compile(r"(?<![\d/])((?:19|20)\d[05])\s{0,2}-\s{0,2}((?:19|20)\d[05])(?![\d/])")
_ANY_TERM = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s{0,2}-\s{0,2}((?:19|20)\d\d)(?![\d/])")
_ANNUAL_LEAD = re.compile(r"tổng kết(?! nhiệm kỳ)[^.;]{0,140}?năm 20\d\d")
_FIVE_YEARS = re.compile(r"(?:sau|qua|trong) (?:5|năm) năm (?:triển khai |tổ chức )?thực hiện nghị quyết đại hội")
_ORDINAL = re.compile(
    r"(?:lần\s+thứ|lần|khóa|khóa\s+thứ|đảng bộ|đại hội|nhiệm kỳ)\s+"
    r"([ivxl]{1,7}|(?<=thứ )(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?<!bộ )(?<!hội )\d{1,2})(?![\w.,/]*\d|\w)"
)
_EVENT = re.compile(
    r"nhiệm kỳ(?: mới)? 20\d\d\s?-\s?20\d\d,?[^.;]{0,60} (?:đề ra|phấn đấu|đặt mục tiêu)|"
    r"(?:tổ chức|khai mạc|bế mạc|diễn ra|tiến hành|long trọng|thành công)[^.;]{0,90}(?<!nghị quyết )đại hội|"
    r"(?<!nghị quyết )đại hội[^.]{0,130}(?:diễn ra|khai mạc|được tổ chức|bế mạc|kết thúc|thành công|thảo luận|đã bầu|"
    r"bầu ban|thông qua|"
    r"biểu quyết|"
    r"đề ra|tham dự|đại biểu)|(?:dự|tại|tiến tới|chuẩn bị|hướng tới|chào mừng|trước thềm|chúc mừng|chỉ đạo) đại hội"
)
_LEVELS = {
    "tỉnh": (Level.TINH,),
    "huyện": (Level.HUYEN,),
    "quận": (Level.QUAN,),
    "thành phố": (Level.THANH_PHO,),
    "tp": (Level.THANH_PHO,),
    "thị xã": (Level.THI_XA,),
    "xã": (Level.XA,),
    "phường": (Level.PHUONG,),
    "thị trấn": (Level.THI_TRAN,),
    "đặc khu": (Level.DAC_KHU,),
}
_PARTY_OF = re.compile(r"(?:đảng bộ|đảng ủy|đại hội)\s+(tỉnh|huyện|quận|thành phố|tp|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)")
_PAST_BEFORE = re.compile(
    r"(?:kết quả|thực hiện nghị quyết|thực hiện thắng lợi|sơ kết|tổng kết|nhìn lại|sau (?:5|năm|hơn 2|hai) năm|kết thúc|"
    r"suốt|dấu ấn|"
    r"trình bày|từ sau)[^.;]{0,110}$|(?:trong|qua|của|cả) nhiệm kỳ\s*\(?$"
)
_NEXT_BEFORE = re.compile(
    r"(?:phương hướng|mục tiêu|nhiệm vụ|phấn đấu|chỉ tiêu chủ yếu|chỉ tiêu|đề ra|định hướng|bầu|tiến tới|chuẩn bị|"
    r"khai mạc|bế mạc|"
    r"tổ chức|tiến hành|diễn ra|dự|tại|khóa mới)[^.;]{0,110}$"
)
_PAST_AFTER = re.compile(
    r"^\W*(?:đã(?! được thông qua)|vừa qua|qua(?!\w)|đạt|hoàn thành|đến nay|được đánh giá|"
    r"trình bày|[^.,;]{0,40}đã(?! được thông qua))(?!\w)"
)
_NEXT_AFTER = re.compile(
    r"^\W*(?:[^.;]{0,60}(?:phấn đấu|đề ra|đặt ra|đặt mục tiêu|xác định|tập trung|quyết tâm)|"
    r"thành công|diễn ra|sẽ|với chủ đề)"
)
_YEAR_RESULT = re.compile(
    r"(?:(?:^|\n\s*|[.;:]\s+|[“\"]\s*|báo cáo[^.;,]{0,40},\s+)(?:trong |hết |đến hết |kết thúc )?năm (20\d\d)(?=,|"
    r"\s+(?:là|đạt|đã|toàn|tình|huyện|xã|"
    r"phường|tổng|thu|kinh|tỷ|mặc|với|vượt|đảng))|"
    r"(?:tổng kết|kết quả|tình hình|đánh giá)[^.;]{0,110}?năm (20\d\d))"
)
_OF_YEAR = re.compile(
    r"(?:kinh tế|kt-xh|xã hội|công tác|thu ngân sách|kế hoạch|dấu ấn|nhiệm vụ|chỉ tiêu)[^.;]{0,60} năm (20\d\d)(?!\s?-)"
)
_IN_YEAR = re.compile(r"(?:trong|tính đến cuối|đến hết|đến cuối|kết thúc) năm (20\d\d),")
_YEAR_PLAN = re.compile(r"(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|triển khai)[^.;]{0,40}năm (20\d\d)")
_YEAR_AHEAD = re.compile(r"năm (20\d\d)(?!\s?-)[^.;]{0,60}(?:phấn đấu|đề ra \d|đặt mục tiêu|sẽ(?!\w))")
_BY_YEAR = re.compile(r"(?:phấn đấu|mục tiêu|chỉ tiêu|nhiệm vụ)[^.;]{0,60}(?:đến|tới) (?:hết |cuối )?năm (20\d\d)")


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
class _Mention:
    """A term named: its first year, how much it speaks of the past, whether it belongs to the report's own level.

    ``held``: it only dates a congress told of as an achievement of the year ("tổ chức thành công Đại hội …").
    """

    first: int
    past: float
    own: bool
    held: bool = False


@cache
def _words(group: str) -> re.Pattern[str]:
    return phrases(lexicon.load("vi/terms")[group])


@cache
def _others_before() -> re.Pattern[str]:
    data = lexicon.load("vi/terms")
    return re.compile(
        rf"(?:quy hoạch[^.;]{{0,170}}|"
        rf"(?<!\w){trie(fold(w) for w in data['other_bodies'])}(?!\w)[^.;:]{{0,60}}|hội nghị|kỳ họp|phiên họp)\s*$"
    )


@cache
def other_congresses() -> re.Pattern[str]:
    """Congresses of associations, of chi bộ and of the whole Party: none is the report's own."""
    data = lexicon.load("vi/terms")
    return re.compile(
        rf"đại hội\s+(?:đại biểu\s+|điểm\s+|"
        rf"đại biểu toàn thể\s+)?(?:các\s+)?{trie(fold(w) for w in data['other_bodies'])}(?!\w)|"
        r"đại hội(?:\s+đại biểu)?(?:\s+đảng)?\s+toàn quốc|"
        r"đại hội\s+(?:lần thứ\s+)?[ivxl]+\s+(?:của\s+)?đảng(?!\s+bộ)"
    )


def terms(clean: CleanText, locality: Locality | None = None) -> Terms:
    """Term, next term, congress, kind of report and year of an article; ``locality`` spares finding it again."""
    text = prose(clean)
    if _of_association(text):
        return _association(text)
    own = locality.level if locality is not None else _level(clean)
    day = published(clean)
    year = int(day[:4]) if day else None
    report = _report(text)
    reported, following = _settle(_mentions(text, own), report, year, _years_told(clean, text))
    congress = _congress(text, reported, following, report, own)
    inferred, inferred_next = _inferred(reported, following, report, year)
    annual = _annual_year(text, year) if report is Report.ANNUAL else None
    return Terms(
        _written(reported),
        _written(following),
        congress,
        report,
        annual,
        None if reported else _written(inferred),
        None if following else _written(inferred_next),
    )


def _of_association(text: Prose) -> bool:
    """Whether the headline is about the congress of an association, whose terms are its own ("MTTQ xã … Đại hội lần thứ X")."""
    head = "\n".join(text.folded[b.span.start : b.span.end] for b in text.blocks[:2])[:260]
    body = _words("associations").search(head)
    return body is not None and "đại hội" in head and not re.search(r"đảng bộ|đảng ủy", head)


def _association(text: Prose) -> Terms:
    """Terms of an association's congress: the later one named begins, the earlier one is reported on."""
    firsts = sorted({int(m.group(1)) for m in _ANY_TERM.finditer(text.folded) if int(m.group(2)) - int(m.group(1)) == 5})
    reported, following = (firsts[-2], firsts[-1]) if len(firsts) > 1 else (None, firsts[0] if firsts else None)
    numbers = Counter(n for m in _ORDINAL.finditer(text.folded) if (n := ordinal(m.group(1))) is not None and n <= 40)
    last = max(numbers, default=0)
    return Terms(_written(reported), _written(following), last - 1 if last - 1 in numbers else None, Report.FULL_TERM)


def _level(clean: CleanText) -> Level | None:
    one, several = find_localities(clean)
    if one is not None:
        return one.level
    return several[0].level if several else None


def _written(first: int | None) -> str | None:
    return None if first is None else f"{first}-{first + 5}"


def _of_own_level(near: str, own: Level | None, following: str = "") -> bool:
    """False where the text right before (or ``following``) speaks of the Party organisation of another level."""
    after = re.match(r"\s*(?:của\s+)?đảng bộ\s+(\w+)", following)
    levels = [after.group(1)] if after and after.group(1) in _LEVELS else _PARTY_OF.findall(near)
    return not levels or own is None or own in _LEVELS[levels[-1]]


def _mentions(text: Prose, own: Level | None) -> list[_Mention]:
    found = []
    for m in _TERM.finditer(text.folded):
        first, last = int(m.group(1)), int(m.group(2))
        before = text.folded[max(0, m.start() - 190) : m.start()]
        before = before[before.rfind("\n") + 1 :]
        if last - first != 5 or _others_before().search(before):
            continue
        if "nhiệm kỳ" not in before[-30:] and not re.search(r"(?:5|năm) năm\s*\(?$|khóa[^.;]{0,20}$|đại hội[^.;]{0,60}$", before):
            continue
        after = text.folded[m.end() : m.end() + 80]
        past = 1.5 * bool(_PAST_AFTER.match(after)) + bool(_PAST_BEFORE.search(before[-130:]))
        past -= bool(_NEXT_BEFORE.search(before[-130:])) + 1.5 * bool(_NEXT_AFTER.match(after))
        held = (
            re.search(
                r"(?:tổ chức|chỉ đạo|chuẩn bị|chào mừng|"
                r"tiến tới)[^.;]{0,30}(?<!\w)đại hội[^.;]{0,60}$",
                before,
            )
            is not None
        )
        found.append(_Mention(first, past, _of_own_level(before[-90:], own), held))
    return found


def _years_told(clean: CleanText, text: Prose) -> list[int]:
    """Years that the prose names, those aside that it only plans for."""
    ahead = {int(m.group(1)) for pattern in (_YEAR_AHEAD, _BY_YEAR) for m in pattern.finditer(text.folded)}
    return [year for year in body_years(clean) if year not in ahead]


def _settle(found: list[_Mention], report: Report, year: int | None, told: list[int]) -> tuple[int | None, int | None]:
    if report in (Report.ANNUAL, Report.OTHER):
        found = [t for t in found if t.own and not t.held]
    firsts = sorted({t.first for t in found})
    if not firsts:
        return None, None
    if len(firsts) > 1:
        following = firsts[-1]
        if following - 5 in firsts:
            return following - 5, following
        return firsts[-2], following
    only = firsts[0]
    if report is Report.HALF_TERM or (year is not None and only < year < only + 5):
        return only, None
    past = sum(t.past for t in found)
    if year == only and report is Report.FULL_TERM:
        return None, only
    if year == only + 5:
        return only, None
    lived = year is None and any(only < y < only + 5 for y in told)  # results of its own years: it does not just begin
    if report is Report.FULL_TERM:
        return (only, None) if past > 0 or (past == 0 and lived) else (None, only)
    if lived:
        return only, None
    return (only, None) if past >= 0 else (None, only)


def _congress(text: Prose, reported: int | None, following: int | None, report: Report, own: Level | None) -> int | None:
    """Ordinal of the congress that began the reported term."""
    votes: Counter[int] = Counter()
    upcoming: Counter[int] = Counter()
    for m in _ORDINAL.finditer(text.folded):
        number = ordinal(m.group(1))
        before = text.folded[max(0, m.start() - 110) : m.start() + 8]
        before = before[before.rfind("\n") + 1 :]
        after = text.folded[m.end() : m.end() + 70]
        if number is None or not 1 <= number <= 40 or not _is_congress(m, before, after) or not _of_own_level(before, own, after):
            continue
        term = _TERM.search(after)
        bound = int(term.group(1)) if term and not re.search(r"[.;]|đại hội", after[: term.start()]) else None
        if bound is not None and bound == following:
            upcoming[number] += 1
        elif bound is not None and bound == reported:
            votes[number] += 3
        elif re.match(r"\s*(?:đã\s+)?đề ra", after) or re.search(
            r"(?:thực hiện|nghị quyết|tinh thần|tư tưởng|nhiệm kỳ|"
            r"chỉ tiêu)[^.;]{0,70}$",
            before,
        ):
            votes[number] += 1
        elif report is Report.FULL_TERM or re.search(
            r"(?:tổ chức|chỉ đạo|chuẩn bị|chào mừng|"
            r"tiến tới)[^.;]{0,30}(?<!\w)đại hội[^.;]{0,60}$",
            before,
        ):
            upcoming[number] += 1
        else:
            votes[number] += 1
    for number in upcoming:
        votes.pop(number, None)
        if number - 1 in votes:
            return number - 1
    return max(votes, key=lambda n: (votes[n], -n)) if votes else None


def _is_congress(m: re.Match[str], before: str, after: str) -> bool:
    if _others_before().search(before[:-8]) or re.match(r"\s*(?:của đảng(?! bộ)|toàn quốc)", after):
        return False
    if re.search(r"(?:toàn quốc|trung ương \d*|quốc hội|hđnd|tw)[^.;]{0,30}$", before):
        return False
    if _words("measured").match(after.lstrip()):
        return False  # "đầu nhiệm kỳ 12 triệu đồng"
    meeting = re.search(r"hội nghị[^.;:\n]{0,90}$", before)
    if meeting and m.group().startswith("lần") and "đại hội" not in meeting.group():
        return False  # "Hội nghị Ban Chấp hành Đảng bộ huyện lần thứ 15"
    opening = m.group().split()[0]
    if m.group().startswith("đại hội"):
        return bool(re.match(r"\s*(?:đảng bộ|đề ra|của đảng bộ|,? ?nhiệm kỳ|đã|\()", after))
    if opening == "đảng" and not re.search(r"đại hội[^.;]{0,60}$", before):
        return False
    return bool(re.search(r"(?:đại hội|ban chấp hành|bch|đảng bộ|đảng ủy|nhiệm kỳ)[^.;:]{0,90}$", before))


def _report(text: Prose) -> Report:
    folded = other_congresses().sub(lambda m: " " * len(m.group()), text.folded)
    halves = len(_words("half_term").findall(folded))
    congress = len(_EVENT.findall(folded))
    results = len(_words("full_term").findall(folded))
    if halves and halves * 2 >= congress:
        return Report.HALF_TERM
    annual = _annual_weight(text)
    if _ANNUAL_LEAD.search(folded, 0, 900) and not halves:
        return Report.ANNUAL
    named = _TERM.search(folded) is not None
    if (congress >= 2 and (results or named)) or (congress and named and annual < 3):
        return Report.FULL_TERM
    if _words("part_of_year").search(folded, 0, 400) and not results:
        return Report.OTHER
    if annual >= 2 and not results:
        return Report.ANNUAL
    of_term = "nhiệm kỳ" in folded or congress > 0
    if _FIVE_YEARS.search(folded) or (of_term and (results >= 2 or (results and (congress or named)))):
        return Report.FULL_TERM
    if _words("since").search(folded) or _words("part_of_year").search(folded):
        return Report.OTHER if annual < 3 else Report.ANNUAL
    return Report.ANNUAL if annual >= 2 else Report.OTHER


def _annual_weight(text: Prose) -> float:
    """How much the article speaks of one year's results: its years at the heads of sentences, and words of the year's end."""
    years = Counter(m.group(1) or m.group(2) for m in _YEAR_RESULT.finditer(text.folded))
    plain = re.sub(r"trong năm 20", " ", _words("not_annual").sub(" ", text.folded))
    years.update(_IN_YEAR.findall(text.folded))
    words = {m.group() for m in _words("annual").finditer(plain)}
    head = text.blocks[0].span.start + 300 if text.blocks else 0
    titled = 2 * any(m.group(2) for m in _YEAR_RESULT.finditer(text.folded, 0, head))
    if not titled and text.blocks:
        titled = 2 * bool(_OF_YEAR.search(text.folded, text.blocks[0].span.start, min(head, text.blocks[0].span.end)))
    planned = {m.group(1) for m in _YEAR_AHEAD.finditer(text.folded)}
    followed = any(str(int(y) + 1) in planned for y in years)
    return (max(years.values()) if years else 0) + len(words) + titled + followed


def _annual_year(text: Prose, year: int | None) -> str | None:
    votes: Counter[str] = Counter()
    for m in _YEAR_RESULT.finditer(text.folded):
        votes[m.group(1) or m.group(2)] += 2
    for m in _YEAR_PLAN.finditer(text.folded):
        votes[m.group(1)] -= 1
    for m in _YEAR_AHEAD.finditer(text.folded):
        votes[m.group(1)] -= 2
    if text.blocks:
        votes.update(2 * [m.group(1) for m in _OF_YEAR.finditer(text.folded, 0, min(300, text.blocks[0].span.end))])
    past = {y: n for y, n in votes.items() if n > 0 and (year is None or int(y) <= year)}
    return max(past, key=lambda y: (past[y], y)) if past else None


def _inferred(reported: int | None, following: int | None, report: Report, year: int | None) -> tuple[int | None, int | None]:
    """What follows from the five-year cycle: the neighbour of a term that is named, else the term of the article's date."""
    if reported is not None:
        return None, reported + 5
    if following is not None:
        return following - 5, None
    if year is None:
        return None, None
    first = year - year % 5
    if year % 5 == 0 and report is not Report.HALF_TERM:
        first -= 5
    return first, first + 5
