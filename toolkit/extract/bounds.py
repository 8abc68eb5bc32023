"""How exactly a figure is meant: words before it (``hơn``, ``ước đạt hơn``), signs, words after it (``trở lên``).

The word nearest to the number decides; an estimate (``ước tính cả năm thu đạt …``) reaches through its clause.  ``vượt 12%`` is
"over" by the convention of the annotated articles: the margin is at least that.  A count of targets that are passed whole
(``vượt 5 chỉ tiêu``) stays exact.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan, Word
from toolkit.extract.vocabulary import alternatives, cues, vocabulary
from toolkit.model.amount import Bound, Kind

_SIGN = re.compile(r"(?<![-=])([<>≤≥~≈]=?) ?\Z")
_AFTER = re.compile(r"(?: [^\W\d_]+){0,3}? ((?:trở|đổ) (?:lên|xuống))(?![^\W\d_])")
_ESTIMATE = re.compile(r"(?<![^\W\d_])(?:dự )?ước(?: tính)?(?![^\W\d_])")
_CLAUSE_END = re.compile(r"[,;:()]")
_LEVEL_GOES_ON = re.compile(r"(?<![^\W\d_])(?:lên|xuống|còn|đến|tới)(?![^\W\d_])")
_ESTIMATE_REACH = 90
"""Characters of a clause through which an estimate reaches."""
_FEW = 10
_MARGIN_REACH = 60


def find_bound(scan: Scan, reading: Reading, *, ranged: bool, floor: int = 0) -> tuple[Bound, tuple[int, int] | None]:
    """Bound of a reading and the words that set it; ``(exact, None)`` when nothing does.

    ``floor`` is the end of the figure before, behind which an estimate must stand to reach this one.
    """
    start = reading.start if reading.lead is None else reading.lead
    if sign := _SIGN.search(scan.low[max(0, start - 4) : start]):
        bound = vocabulary().bound_signs.get(sign[1][0])
        if bound:
            offset = max(0, start - 4)
            return bound, (offset + sign.start(1), offset + sign.end(1))
    if after := _AFTER.match(scan.low, reading.end):
        bound = vocabulary().bounds_after.get(after[1])
        if bound:
            return bound, (after.start(1), after.end(1))
    return (
        _before(scan, reading, start, ranged)
        or _exceeded(scan, reading, start, floor, ranged)
        or _estimated(scan, start, floor)
        or (Bound.EXACT, None)
    )


def _before(scan: Scan, reading: Reading, start: int, ranged: bool) -> tuple[Bound, tuple[int, int]] | None:
    known = vocabulary()
    words = scan.before(start, known.bound_length + 2)
    skip = 0
    while skip < len(words) and skip < 2 and words[skip].text in cues("bound_fillers"):
        skip += 1
    for offset in dict.fromkeys((0, skip)):
        rest = words[offset:]
        for count in range(min(known.bound_length, len(rest)), 0, -1):
            phrase = " ".join(word.text for word in reversed(rest[:count]))
            bound = known.bounds_before.get(phrase)
            if bound is None or (offset and bound is not Bound.ABOUT and phrase not in {"ít nhất", "tối thiểu"}):
                continue
            if _is_other(phrase, rest[count:], reading, scan):
                return None
            return bound, (rest[count - 1].start, rest[0].end)
    if not ranged and words and words[0].text == "từ":
        return _from_level(scan, reading, words)
    return None


def _is_other(phrase: str, earlier: list[Word], reading: Reading, scan: Scan) -> bool:
    """Whether a bound word belongs to something else: ``cao hơn``, ``trên 04 lĩnh vực``, ``vượt 5 chỉ tiêu``, ``hương ước``."""
    known = vocabulary()
    previous = earlier[0].text if earlier else ""
    if phrase == "hơn":
        return previous in known.more_unless_before
    if phrase == "trên":
        on = scan.low[slice(*reading.unit_span)]
        if not earlier and scan.low[max(0, reading.start - 7) : reading.start].lstrip()[:1].isdigit():
            return True  # "9 trên 10"
        few = reading.kind is Kind.COUNT and reading.value < _FEW  # nobody says "more than 3 roads", but "on 3 roads"
        return (
            few or previous in cues("above_before") or on in known.on_nouns or (reading.value == 1 and reading.kind is Kind.MEASURE)
        )
    if phrase.startswith("vượt") or phrase == "đạt vượt":
        return reading.kind is Kind.FRACTION or reading.unit in known.passed_nouns
    if phrase == "ước":
        return previous in known.clause_unless_before
    if phrase in {"độ", "tầm", "cỡ", "quá"}:
        return previous in {"mật", "tốc", "cường", "trình", "chế", "mức", "cấp", "nhiệt", "tiến", "hành", "vượt"}
    return False


def _from_level(scan: Scan, reading: Reading, words: list[Word]) -> tuple[Bound, tuple[int, int]] | None:
    """``đạt từ 95%``: at least; but ``tăng từ 40% lên 45%`` starts from an exact level."""
    if (
        reading.kind not in {Kind.PERCENT, Kind.MONEY, Kind.MEASURE}
        or len(words) < 2
        or words[1].text not in vocabulary().level_words
    ):
        return None
    rest = scan.low[reading.end : min(scan.sentence_end(reading.end), reading.end + 60)]
    if _LEVEL_GOES_ON.search(_CLAUSE_END.split(rest, maxsplit=1)[0]):
        return None
    return Bound.OVER, (words[0].start, words[0].end)


@cache
def _exceeds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """``vượt`` with what is exceeded behind it: before a single value, and before a range.

    Before a range nothing but the object may stand between: further words make the range a level of its own.
    """
    head = rf"(?<!và )(vượt)(?: (?:mức |so với )?(?:{alternatives(cues('exceeded'))})"
    return re.compile(rf"{head}(?: [^\W\d_]+){{0,5}}?)(?: là| từ)? \Z"), re.compile(rf"{head})(?: từ)? \Z")


def _exceeded(scan: Scan, reading: Reading, start: int, floor: int, ranged: bool) -> tuple[Bound, tuple[int, int]] | None:
    """``vượt dự toán từ 15%``, ``vượt chỉ tiêu Đại hội 2,5%``: a margin with what it exceeds between."""
    if reading.kind is Kind.FRACTION or reading.unit in vocabulary().passed_nouns:
        return None
    low = max(scan.sentence_start(start), start - _MARGIN_REACH, floor)
    match = _exceeds()[ranged].search(scan.low[low:start])
    return (Bound.OVER, (low + match.start(1), low + match.end(1))) if match else None


def _estimated(scan: Scan, start: int, floor: int) -> tuple[Bound, tuple[int, int]] | None:
    """An estimate earlier in the clause."""
    low = max(scan.sentence_start(start), start - _ESTIMATE_REACH, floor)
    clause = scan.low[low:start]
    last = None
    for match in _ESTIMATE.finditer(clause):
        last = match
    if last is None or _CLAUSE_END.search(clause, last.end()):
        return None
    earlier = scan.before(low + last.start(), 1)
    if earlier and earlier[0].text in vocabulary().clause_unless_before:
        return None
    return Bound.ABOUT, (low + last.start(), low + last.end())
