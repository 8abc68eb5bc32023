"""To which year or years a figure belongs, as far as its own sentence ties them together.

A figure takes the time right after it ("1.664 USD năm 2015"), else the last one before it, else one that closes its clause.  A
time at the head of a sentence holds for the whole of it, one inside a clause ends with the clause.  What a figure is compared
with ("so với năm 2015"), the years of a congress and those of a document are not its period.  Targets also take the period of
the heading above them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.extract.clauses import Clausal, Frame, Shape, Token
from toolkit.extract.cues import trie
from toolkit.extract.phrases import Phrases
from toolkit.lexicon import load
from toolkit.model.amount import Amount, Kind
from toolkit.model.context import Role

_LEADING_WORDS = 10
"""Words at the head of a sentence within which a time set off by a comma holds for all of it."""
_SPEECH = frozenset({"biết", "rằng", "rõ"})
"""Last words of who speaks (``ông … cho biết``); the sentence proper begins behind them."""
_NEAR = 4
"""Words between a figure and a time after it that still belong together."""

_RANGE = re.compile(
    r"(?:(?:trong |qua |cả )?(?:giai đoạn|nhiệm kỳ|thời kỳ|từ năm|những năm|các năm|(?<!\d)\d{1,3} năm|năm|từ|khóa)"
    r"\s*(?P<open>\()?\s*)?"
    r"(?<![\d./])(?P<low>(?:19|20)\d\d)\s*(?:-|–|—|đến|tới|và|,)\s*"
    r"(?:(?:giữa |cuối |đầu |hết )?năm\s+)?(?P<high>20\d\d)(?!\d|[./]\d)(?(open)\)?)"
)
_SINCE = re.compile(
    r"(?:kể )?từ (?:cuối |đầu |giữa )?(?:tháng \d{1,2}[/.-])?(?:năm )?(?P<since>20\d\d) (?:đến nay|tới nay|trở lại đây)"
)
_UNTIL = re.compile(
    r"(?:tính |kể )?(?:đến hết|đến|tới|hết)(?: ngày)? \d{1,2}\s?[/.-]\s?(?:\d{1,2}\s?[/.-]\s?)?(?P<year>20\d\d)(?!\d|[./]\d)"
)
"""A day up to which something was counted; the day of an event measures nothing and is no time here."""
_YEAR = re.compile(
    r"(?:(?:tính |chỉ )?(?:trong |từ |đến |vào |đến hết |của |hết )?(?:cuối |đầu |giữa |hết )?"
    r"(?:(?:\d{1,2}|sáu|ba|chín) tháng (?:đầu |cuối )?|quý (?:[ivx]+|\d)(?:\s*[/-]\s*|\s+)|tháng \d{1,2}(?:\s*[/.-]\s*|\s+))?"
    r"(?:năm )?|năm )(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d|[./]\d|%|"
    r"\s*(?:đồng|triệu|tỷ(?! (?:lệ|trọng|suất|số|giá)(?!\w))|ha|người|hộ)(?!\w))"
)
_MONTHS = re.compile(
    r"(?<!\w)(?:trong )?(?:\d{1,2}|sáu|ba|chín) tháng(?: đầu năm(?: nay)?| cuối năm(?: nay)?| qua)?(?! tuổi|[^\W_])(?![-/.]\d)"
    r"|(?<![\w.,/])(?:\d{1,2}|hai|ba|bốn|năm|nhiều) năm (?:liền|liên tục|liên tiếp)(?!\w)"
)
"""A part of a year whose number is not told (``6 tháng đầu năm thu hoạch …``), or a run of years (``10 năm liền``): it belongs to
no label and gives no period.
"""
_NEEDS_WORD = re.compile(r"(?:năm|tháng|quý) ")


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text; ``value`` is ``"2022"``, ``"2020-2022"`` or None, ``base`` tells that nothing is measured in it."""

    start: int
    end: int
    value: str | None
    base: bool = False
    rule: str = ""
    named: bool = False
    """It dates a congress, a body, a document."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative times of an article refer to: its year of writing and the term reported on; None where unknown."""

    year: int | None = None
    term: str | None = None


_TOLD = re.compile(r"(?<![\d.,/])(?P<year>20[0-3]\d)(?![\d.,]*\d)")


def years_told(folded: str) -> list[int]:
    """Years that a folded text names, in order: the calendar of an article that bears no date."""
    return [int(m["year"]) for m in _TOLD.finditer(folded)]


@cache
def _words(name: str) -> frozenset[str]:
    data: dict[str, Any] = load("vi/periods")
    return frozenset(data[name]["words"])


@cache
def _cues(name: str) -> Phrases:
    return Phrases.of(_words(name))


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(f"{word} " for word in sorted(_words("kinds")))


@cache
def _phrases() -> re.Pattern[str]:
    every = [w for name in ("term", "this_year", "next_year", "last_year", "now", "yearly", "vague") for w in _words(name)]
    return re.compile(rf"(?<!\w)(?:{trie(every)})(?!\w)")


def find_times(folded: str, calendar: Calendar) -> tuple[Time, ...]:
    """All times of a folded text, in order, none overlapping; linear in the text."""
    found: list[Time] = []
    for match in _RANGE.finditer(folded):
        low, high = int(match["low"]), int(match["high"])
        levels = re.match(r"năm \d{4} (?:đến|tới) ", match.group())  # "từ 31% năm 2005 đến năm 2009 còn 18%"
        if low < high <= low + 60 and not levels:
            found.append(Time(match.start(), match.end(), f"{low}-{high}", rule="range"))
    for match in _SINCE.finditer(folded):
        value = f"{match['since']}-{calendar.year}" if calendar.year and calendar.year > int(match["since"]) else match["since"]
        found.append(Time(match.start(), match.end(), value, rule="since"))
    found.extend(Time(m.start(), m.end(), m["year"], rule="year") for m in _UNTIL.finditer(folded))
    for match in _YEAR.finditer(folded):
        if _NEEDS_WORD.search(match.group()):
            rule = "aside" if match.group().startswith("vào") else "year"
            found.append(Time(match.start(), match.end(), match["year"], rule=rule))
    found.extend(Time(m.start(), m.end(), None, rule="words") for m in _MONTHS.finditer(folded))
    for match in _phrases().finditer(folded):
        if folded.endswith(_kinds(), 0, match.start()):
            continue  # "cây hàng năm": a kind of crop
        rule = next((name for name in ("now", "yearly") if match.group() in _words(name)), "words")
        found.append(Time(match.start(), match.end(), _relative(match.group(), calendar), rule=rule))
    out: list[Time] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        if not out or time.start >= out[-1].end:
            out.append(_placed(folded, time))
        elif time.end > out[-1].end and time.value and not out[-1].value:
            out[-1] = _placed(folded, time)
    return tuple(out)


def _relative(words: str, calendar: Calendar) -> str | None:
    if words in _words("term"):
        return calendar.term
    if calendar.year is None:
        return None
    for name, shift in (("this_year", 0), ("next_year", 1), ("last_year", -1)):
        if words in _words(name):
            return str(calendar.year + shift)
    return None


_BEFORE = 70
"""Characters before a time that may tell what it is."""
_TOKEN = re.compile(r"\w+(?:-\w+)?|\n|[^\w\s]")


def _placed(folded: str, time: Time) -> Time:
    """The time with ``base`` set where the words before it say that nothing is measured in it."""
    before = [m.group() for m in _TOKEN.finditer(folded, max(0, time.start - _BEFORE), time.start)]
    stop = max((i for i, w in enumerate(before) if w in (".", ";", ":", ",", "\n")), default=-1)
    near = [w for w in before[max(stop + 1, len(before) - 5) :] if w != "("]
    base = any(" ".join(near[-size:]) in _words("bases") for size in (1, 2, 3, 4) if len(near) >= size)
    if not base and len(near) >= 2:
        base = any(near[i : i + 2] == ["so", "với"] for i in range(len(near) - 1)) or "cùng kỳ" in " ".join(near[-3:])
    written = folded[time.start : time.end]
    named = not base and "nhiệm kỳ" in written and not written.startswith("trong") and _of_a_name(before)
    return Time(time.start, time.end, time.value, base or named, time.rule, named)


def _of_a_name(before: Sequence[str]) -> bool:
    """``Đại hội … nhiệm kỳ 2025-2030`` names a congress; ``Nghị quyết Đại hội … nhiệm kỳ 2020-2025`` a term of work."""
    stop = max((i for i, w in enumerate(before) if w in (".", ";", ":", "\n")), default=-1)
    text = " ".join(before[stop + 1 :])
    if "nghị quyết đại hội" in text or "nghị quyết đảng bộ" in text or ("nghị quyết" in text and "số" not in text):
        return False
    return any(f" {name} " in f" {text} " for name in _words("names"))


def heading_period(times: Sequence[Time]) -> str | None:
    """The period that a heading or lead-in gives to the targets below it, also where it names a congress."""
    return next((t.value for t in reversed(times) if t.value and (not t.base or t.named)), None)


@dataclass(frozen=True, slots=True)
class Period:
    """A figure's period and where it was read (``rule``); ``value`` None when the sentence gives none."""

    value: str | None
    rule: str


def read_periods_of(
    sentence: Clausal,
    amounts: Sequence[Amount],
    times: Sequence[Time],
    roles: Sequence[Role],
    calendar: Calendar,
    heading: Sequence[str | None],
) -> tuple[Period, ...]:
    """Periods of all figures of a sentence; ``times`` are those inside it, ``heading`` what the heading or lead-in gives each
    figure.
    """
    usable = [t for t in times if (t.value and not t.base) or t.rule in ("now", "yearly")]
    return tuple(
        _period(sentence, frame, amounts[frame.index].kind, usable, roles[frame.index], calendar, heading[frame.index])
        for frame in sentence.frames
    )


def _period(
    sentence: Clausal, frame: Frame, kind: Kind, times: list[Time], role: Role, calendar: Calendar, heading: str | None
) -> Period:
    figure = sentence.tokens[frame.at]
    fitting = [t for t in times if _fits(t, role, calendar)]
    starts = [t.start for t in fitting]
    place = bisect_left(starts, figure.start)
    after = next((t for t in fitting[place:] if t.value), None)
    if after and kind is not Kind.RATIO and _close(sentence.tokens, frame.at, after):
        return Period(after.value, f"after:{after.rule}")
    now = yearly = False
    for time in reversed(fitting[:place]):
        apart = any(t.shape is Shape.COMMA and time.end <= t.start < figure.start for t in sentence.tokens)
        if time.rule == "now":
            now = True
            continue
        if now and time.value and time.value[-4:] != str(calendar.year):
            return Period(None, "now")
        if time.rule == "yearly":
            yearly = yearly or not apart
            continue
        average = yearly and role is not Role.PLAN and time.value and "-" not in time.value
        if (time.rule == "aside" and apart) or average:
            continue
        if _of_another(sentence.tokens, time):
            continue
        if _leading(sentence, time) or not _stop_between(sentence.tokens, time, figure):
            return Period(time.value, f"before:{time.rule}")
    if after and kind is not Kind.RATIO and _closing(sentence.tokens, figure, after):
        return Period(after.value, f"later:{after.rule}")
    if heading and role is Role.PLAN:
        return Period(heading, "heading")
    return Period(None, "none")


def _fits(time: Time, role: Role, calendar: Calendar) -> bool:
    """A result lies in no year to come."""
    if role is Role.PLAN or calendar.year is None or time.value is None:
        return True
    return int(time.value[:4]) <= calendar.year


def _close(tokens: tuple[Token, ...], at: int, time: Time) -> bool:
    words = 0
    for token in tokens[at + 1 :]:
        if token.start >= time.start:
            return words <= _NEAR
        if token.shape in (Shape.FIGURE, Shape.STOP, Shape.COMMA, Shape.CLOSE, Shape.OPEN):
            return False
        words += token.shape is Shape.WORD
        if token.low in ("so", "lên", "xuống"):
            return False
    return False


def _of_another(tokens: tuple[Token, ...], time: Time) -> bool:
    """``từ 14,7% năm 2016 giảm còn 6,2%``: the time of the level that was left, and of nothing else."""
    place = next((i for i, t in enumerate(tokens) if t.start >= time.start), len(tokens))
    if place < 2 or tokens[place - 1].shape is not Shape.FIGURE:
        return False
    return tokens[place - 2].low.split()[-1] == "từ"


def _leading(sentence: Clausal, time: Time) -> bool:
    """At the head of the sentence, or set off by a comma near it: such a time holds for all that follows."""
    words = 0
    previous: Token | None = None
    for place, token in enumerate(sentence.tokens):
        if token.start >= time.start:
            after = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
            apart = (
                previous is None
                or previous.shape in (Shape.COMMA, Shape.JOIN)
                or (token.shape is Shape.COMMA and token.start >= time.end)  # the time stood in a bracket, which is left out
                or (after is not None and after.shape is Shape.COMMA)
            )
            return words == 0 or (apart and words <= _LEADING_WORDS)
        if token.shape is Shape.FIGURE:
            return False
        words = 0 if token.low in _SPEECH else words + (token.shape is Shape.WORD)
        previous = token
    return False


def _closing(tokens: tuple[Token, ...], figure: Token, time: Time) -> bool:
    """A time in the figure's own stretch, or a span of years that closes the whole clause."""
    between = [t.shape for t in tokens if figure.end <= t.start < time.start]
    if Shape.STOP in between or Shape.OPEN in between:
        return False
    if Shape.COMMA not in between and Shape.FIGURE not in between:
        return True
    following = next((t for t in tokens if t.start >= time.end), None)
    return time.rule == "range" and (following is None or following.shape is Shape.STOP)


def _stop_between(tokens: tuple[Token, ...], time: Time, figure: Token) -> bool:
    low, high = (time.end, figure.start) if time.end <= figure.start else (figure.end, time.start)
    return any(t.shape is Shape.STOP and t.text != ":" and low <= t.start < high for t in tokens)
