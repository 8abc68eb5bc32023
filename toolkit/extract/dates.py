"""Dates and periods with their grain: ``năm 2022``, ``quý III/2022``, ``6 tháng đầu năm``, ``giai đoạn 2016–2020``, ``đến nay``.

Each period says where it stands, from which day to which it reaches, and how the contract writes it (``"2022"``,
``"2020-2022"``).  What the text leaves to its date (``năm nay``, ``đến nay``, ``tháng 8``) is resolved only when the reader is
told that date; else its days stay None and ``relative`` says what is missing.

    >>> [(p.period, p.grain.value) for p in read_periods("Năm 2022 và giai đoạn 2016 – 2020")]
    [('2022', 'year'), ('2016-2020', 'years')]
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from toolkit.extract.folding import compose, fold


class Grain(StrEnum):
    """How finely a period is given."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    MONTHS = "months"
    QUARTER = "quarter"
    YEAR = "year"
    YEARS = "years"
    TERM = "term"
    SPELL = "spell"
    """A spell of time by its length alone: ``5 năm qua``, ``nửa nhiệm kỳ``."""


class Relation(StrEnum):
    """How the text ties something to the period."""

    IN = "in"
    SINCE = "since"
    UNTIL = "until"
    """Up to and at: ``đến năm 2030``, ``hết năm 2020``."""


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period in a text: ``start``, ``end`` index the given text; ``begin``, ``finish`` are its first and last day."""

    start: int
    end: int
    grain: Grain
    begin: date | None = None
    finish: date | None = None
    relation: Relation = Relation.IN
    relative: str = ""
    """What the period depends on when its days are not known: ``date`` (of the text), ``year``, ``term``; empty when nothing."""
    rule: str = ""

    @property
    def period(self) -> str | None:
        """The contract's form: a year, or a range of years; None while the days are not known."""
        if self.begin is None or self.finish is None:
            return None
        first, last = self.begin.year, self.finish.year
        if self.relation is Relation.UNTIL:
            return str(last)
        return str(first) if first == last else f"{first}-{last}"


_Y = r"(?:19|20)\d\d"
_DASH = r" ?[-–—] ?"
_WORD = r"(?<![^\W_])"
_END = r"(?![^\W_])(?![.,/]\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_EDGE = r"(?:(?:cuối|đầu|hết|giữa|trong|suốt|cả) )?"
_UNTIL = r"(?:(?:đến|tới|hết|trước)(?: (?:hết|cuối|trước|đầu|khoảng|thời điểm|nay là))? )"
Build = Callable[[re.Match[str], date | None], "PeriodMention | None"]


def _year(value: str | int) -> tuple[date, date]:
    return date(int(value), 1, 1), date(int(value), 12, 31)


def _month(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (1 <= first <= last <= 12 and 1900 <= year <= 2100):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _made(match: re.Match[str], grain: Grain, days: tuple[date, date] | None, rule: str, **more: object) -> PeriodMention | None:
    if days is None:
        return None
    return PeriodMention(match.start(), match.end(), grain, days[0], days[1], rule=rule, **more)  # type: ignore[arg-type]


def _full_day(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    last = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    first = _day(int(match["y"]), int(match["m"]), int(match["d0"])) if match["d0"] else last
    if first is None or last is None or first > last:
        return None
    return _made(match, Grain.DAYS if match["d0"] else Grain.DAY, (first, last), "dates.day")


def _short_day(match: re.Match[str], today: date | None) -> PeriodMention | None:
    month, day = int(match["m"]), int(match["d"])
    if _day(2000, month, day) is None:
        return None
    grain = Grain.DAYS if match["d0"] else Grain.DAY
    if today is None:
        return PeriodMention(match.start(), match.end(), grain, relative="year", rule="dates.day-month")
    last = _nearest(today, month, day)
    first = _day(last.year, month, int(match["d0"])) if last and match["d0"] else last
    return _made(match, grain, (first, last) if first and last else None, "dates.day-month")


def _nearest(today: date, month: int, day: int) -> date | None:
    """The day and month of the year that brings them nearest to ``today``."""
    candidates = [found for year in (today.year - 1, today.year, today.year + 1) if (found := _day(year, month, day))]
    return min(candidates, key=lambda found: abs((found - today).days), default=None)


def _months(match: re.Match[str], today: date | None) -> PeriodMention | None:
    last = int(match["m"])
    first = int(match["m0"]) if match["m0"] else last
    grain = Grain.MONTH if first == last else Grain.MONTHS
    if not 1 <= first <= last <= 12:
        return None
    if match["y"]:
        return _made(match, grain, _month(int(match["y"]), first, last), "dates.month")
    if today is None:
        return PeriodMention(match.start(), match.end(), grain, relative="year", rule="dates.month")
    year = today.year if first <= today.month else today.year - 1
    return _made(match, grain, _month(year, first, last), "dates.month")


def _quarter(match: re.Match[str], today: date | None) -> PeriodMention | None:
    number = _ROMAN.get(match["q"]) or (int(match["q"]) if match["q"].isdigit() else 0)
    if not 1 <= number <= 4:
        return None
    year = int(match["y"]) if match["y"] else (today.year if today else None)
    if year is None:
        return PeriodMention(match.start(), match.end(), Grain.QUARTER, relative="year", rule="dates.quarter")
    return _made(match, Grain.QUARTER, _month(year, number * 3 - 2, number * 3), "dates.quarter")


def _part_of_year(match: re.Match[str], today: date | None) -> PeriodMention | None:
    count = int(match["n"])
    if not 1 <= count <= 12:
        return None
    year = int(match["y"]) if match["y"] else (today.year if today else None)
    if year is None:
        return PeriodMention(match.start(), match.end(), Grain.MONTHS, relative="year", rule="dates.part-of-year")
    first, last = (13 - count, 12) if match["e"] == "cuối" else (1, count)
    return _made(match, Grain.MONTHS, _month(year, first, last), "dates.part-of-year")


def _span(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    first, last = int(match["y0"]), int(match["y"])
    if first >= last or last - first > 60:
        return None
    grain = Grain.TERM if match["k"] in {"nhiệm kỳ", "khóa"} else Grain.YEARS
    period = _made(match, grain, (date(first, 1, 1), date(last, 12, 31)), "dates.years")
    return replace(period, start=match.start("y0")) if period and "(" in match[0] else period


def _since(match: re.Match[str], today: date | None) -> PeriodMention | None:
    first = date(int(match["y0"]), 1, 1)
    if match["y"]:
        last = date(int(match["y"]), 12, 31)
        return _made(match, Grain.YEARS, (first, last), "dates.from-to") if first < last else None
    if today is None:
        return PeriodMention(
            match.start(), match.end(), Grain.YEARS, first, None, relation=Relation.SINCE, relative="date", rule="dates.since"
        )  # fmt: skip
    return _made(match, Grain.YEARS, (first, today), "dates.since", relation=Relation.SINCE) if first <= today else None


def _until(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    return _made(match, Grain.YEAR, _year(match["y"]), "dates.until", relation=Relation.UNTIL)


def _listed(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    years = [int(found) for found in re.findall(_Y, match["ys"])]
    if years != sorted(set(years)):
        return None
    grain, rule = (Grain.YEAR, "dates.year") if len(years) == 1 else (Grain.YEARS, "dates.year-list")
    return _made(match, grain, (date(years[0], 1, 1), date(years[-1], 12, 31)), rule)


def _relative_year(match: re.Match[str], today: date | None) -> PeriodMention | None:
    shift = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "qua": 0, "vừa qua": 0, "sau": 1, "tới": 1}.get(match["r"] or "", 1)
    if match["r"] in {"qua", "vừa qua"} and today is not None and today.month <= 3:
        shift = -1  # "năm qua" in the first months looks back on the year that ended
    if today is None:
        return PeriodMention(match.start(), match.end(), Grain.YEAR, relative="date", rule="dates.relative-year")
    return _made(match, Grain.YEAR, _year(today.year + shift), "dates.relative-year")


def _now(match: re.Match[str], today: date | None) -> PeriodMention | None:
    if today is None:
        return PeriodMention(match.start(), match.end(), Grain.DAY, relation=Relation.UNTIL, relative="date", rule="dates.now")
    return _made(match, Grain.DAY, (today, today), "dates.now", relation=Relation.UNTIL)


def _of_term(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    return PeriodMention(match.start(), match.end(), Grain.SPELL, relative="term", rule="dates.of-term")


def _spell(match: re.Match[str], today: date | None) -> PeriodMention | None:  # noqa: ARG001
    return PeriodMention(match.start(), match.end(), Grain.SPELL, relative="date", rule="dates.spell")


_FIRST_DAY = rf"(?:(?P<d0>\d{{1,2}})(?:{_DASH}| đến | và ))?"
_DAYS = rf"{_FIRST_DAY}(?P<d>\d{{1,2}})"
_MONTHS = r"(?:(?P<m0>\d{1,2})(?:-| - | – |–|, ?| đến (?:tháng )?| và (?:tháng )?))?(?P<m>\d{1,2})"
_OF_YEAR = rf"(?:(?: ?[/-] ?| năm )(?P<y>{_Y}))?"
_NAMED_SPAN = (
    r"(?:(?P<k>giai đoạn|nhiệm kỳ|thời kỳ|khóa|năm học|niên độ|niên vụ|những năm|các năm|năm|trong|từ|vụ đông xuân) "
    r"(?:[ivxl]{1,6} )?\(?)?"
)
_FROM = r"(?:từ|kể từ|tính từ|sau)(?: (?:đầu|cuối|giữa|sau))?(?: năm)?"
_TO = rf"(?:cho )?đến (?:nay|(?:hết |cuối |đầu )?(?:năm )?(?P<y>{_Y}))"
_BEFORE_DAY = r"(?:ngày|sáng|chiều|tối|trưa|đêm|dịp|lễ|từ|đến|hôm nay|hôm qua|qua|nay)"
_SEASON = r"(?:niên vụ|vụ (?:đông xuân|hè thu|thu đông|xuân|mùa|đông|chiêm|hè)|tết|mùa xuân)"
_PATTERNS: tuple[tuple[str, Build], ...] = (
    (rf"{_WORD}(?:ngày |mùng )?{_DAYS} ?[/.-] ?(?P<m>\d{{1,2}}) ?[/.-] ?(?P<y>{_Y}){_END}", _full_day),
    (rf"{_WORD}ngày {_DAYS} tháng (?P<m>\d{{1,2}}),? năm (?P<y>{_Y}){_END}", _full_day),
    (rf"{_WORD}(?P<y>{_Y})-(?P<m>\d{{2}})-(?P<d0>)(?P<d>\d{{2}}){_END}", _full_day),
    (rf"{_WORD}(?P<y>{_Y})-(?P<m0>)(?P<m>0[1-9]|1[0-2])(?!-?\d){_END}", _months),
    (
        rf"{_WORD}{_BEFORE_DAY},? {_DAYS}[/.-](?P<m>\d{{1,2}}){_END}(?! ?%)",
        _short_day,
    ),
    (rf"{_WORD}ngày {_DAYS} tháng (?P<m>\d{{1,2}}){_END}", _short_day),
    (rf"\({_FIRST_DAY}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})\)", _short_day),
    (rf"{_WORD}(?:từ )?tháng {_MONTHS}{_OF_YEAR}{_END}", _months),
    (rf"{_WORD}(?<![/.-])(?P<m0>)(?P<m>0?[1-9]|1[0-2])/(?P<y>{_Y}){_END}", _months),
    (rf"{_WORD}quý (?P<q>iv|i{{1,3}}|[1-4]){_OF_YEAR}{_END}", _quarter),
    (rf"{_WORD}(?P<n>\d{{1,2}}) tháng (?:(?P<e>đầu|cuối) )?(?:của )?năm(?: (?P<y>{_Y}))?{_END}", _part_of_year),
    (rf"{_WORD}{_NAMED_SPAN}(?P<y0>{_Y}){_DASH}(?P<y>{_Y}){_END}", _span),
    (rf"{_WORD}{_FROM} (?P<y0>{_Y}) {_TO}{_END}", _since),
    (rf"{_WORD}{_UNTIL}(?:năm )?(?P<y>{_Y}){_END}", _until),
    (rf"{_WORD}{_EDGE}(?:những |các )?năm (?P<ys>{_Y}(?:(?:, ?| và (?:năm )?| đến (?:năm )?){_Y})*){_END}", _listed),
    (rf"{_WORD}{_SEASON} (?:năm )?(?P<ys>{_Y}){_END}", _listed),
    (rf"(?<=\()(?P<ys>{_Y}(?:(?:, ?| và ){_Y})+)(?=\))", _listed),
    (rf"{_WORD}(?:trong |cả )?năm (?P<r>nay|này|ngoái|trước|vừa qua|qua|sau|tới){_END}", _relative_year),
    (rf"{_WORD}sang năm(?P<r>){_END}", _relative_year),
    (rf"{_WORD}(?:cho )?(?:đến|tới) (?:thời điểm )?(?:nay|hiện nay|hiện tại|thời điểm này){_END}", _now),
    (rf"{_WORD}(?:hiện nay|hiện tại){_END}", _now),
    (
        rf"{_WORD}(?:từ |ngay từ )?(?:nửa )?(?:đầu|giữa|cuối|nửa|trong|hết|suốt|cả|từ) nhiệm kỳ"
        rf"(?: (?:này|qua|vừa qua|đến nay|tới))?{_END}",
        _of_term,
    ),
    (
        rf"{_WORD}(?:\d{{1,2}}|một|hai|ba|bốn|năm|những|các|nhiều) năm"
        rf" (?:qua|gần đây|trở lại đây|vừa qua|liên tiếp|liền|tới){_END}",
        _spell,
    ),
)
RULES: tuple[tuple[re.Pattern[str], Build], ...] = tuple((re.compile(pattern), build) for pattern, build in _PATTERNS)
"""Patterns over folded text with what they build; of overlapping finds the longest stays."""


def read_periods(text: str, *, today: date | None = None) -> tuple[PeriodMention, ...]:
    """All dates and periods of a text, in order, without overlap.

    ``today`` is the date of the text (its publication), against which relative periods are resolved; without it they stay open.
    """
    composed, places = compose(text)
    found = sorted(_found(fold(composed), today), key=lambda period: (period.start, -period.end))
    kept: list[PeriodMention] = []
    for period in found:
        if kept and period.start < kept[-1].end:
            if period.end - period.start > kept[-1].end - kept[-1].start:
                kept[-1] = period
            continue
        kept.append(period)
    if places is None:
        return tuple(kept)
    return tuple(replace(period, start=places[period.start], end=places[period.end]) for period in kept)


def _found(low: str, today: date | None) -> Iterator[PeriodMention]:
    for pattern, build in RULES:
        for match in pattern.finditer(low):
            period = build(match, today)
            if period is not None:
                yield period
