"""Whose figure it is, where a sentence tells of several units: ``11/12 chỉ tiêu (phường Kiến Hưng), 13/14 chỉ tiêu (phường Phú
La)``.

A report of a merged ward gives results of its predecessors, one of a district those of its communes.  A figure belongs to
another unit when a bracket after it names one, or when its clause has one of several units of the sentence as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.extract.clauses import FigureLike
from toolkit.extract.cues import LOWER, UPPER, fold
from toolkit.model.context import Level, Locality

_NAME = rf"(?:[{UPPER}][{UPPER}{LOWER}]*(?:[ \-][{UPPER}][{UPPER}{LOWER}]*){{0,3}}|\d{{1,2}})"
_LEVELS = r"(?:[Pp]hường|[Xx]ã|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh)"
_UNIT = re.compile(rf"(?<!\w)(?P<words>{_LEVELS} (?P<name>{_NAME}))(?!\w)")
_BRACKET = re.compile(rf"(?:[^\S\n]+[^\W\d_]+){{0,3}}[^\S\n]*\((?P<words>{_LEVELS} (?P<name>{_NAME}))(?: \(?cũ\)?)?\)")
_STOP = re.compile(r"[;.:]\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit named in a sentence; ``contrasts`` tells that the sentence sets it against others, so that labels must name it."""

    start: int
    end: int
    words: str
    name: str
    contrasts: bool = False


_ABOVE = re.compile(
    r"(?<!\w)(?:toàn (?P<level>huyện|tỉnh|quận|thị xã|thành phố)|(?P<country>cả nước|toàn quốc)|"
    r"bình quân chung(?: của)? (?P<of>tỉnh|huyện|cả nước))(?: hiện(?: nay)?)? (?:còn|có|đạt|là|chiếm|ước)(?!\w)"
)
_GIVEN = rf"[{UPPER}][{LOWER}]+"
_PERSON = re.compile(
    rf"(?<!\w)(?:(?:[Gg]ia đình|[Hh]ộ|[Nn]hà) (?:ông|bà|anh|chị|cô|chú|bác|em) [{UPPER}]|"
    rf"(?:ông|bà|anh|chị|Ông|Bà|Anh|Chị) {_GIVEN}(?: {_GIVEN}){{1,3}}"
    r" (?:trồng|nuôi|vay|thuê|thu|đầu tư|có|lãi|mạnh dạn|đã trồng|đã nuôi|đã vay))"
)
_TIERS = {Level.HUYEN: 1, Level.QUAN: 1, Level.THI_XA: 1, Level.THANH_PHO: 1, Level.TINH: 2}
"""Height of the levels; communes and wards are 0."""
_WORD_TIERS = {"huyện": 1, "quận": 1, "thị xã": 1, "thành phố": 2, "tỉnh": 2}


def wider(before: str, own: Level | None) -> str | None:
    """The wider unit whose figure follows some words (``Toàn huyện hiện còn …``), when the report's own unit is below it."""
    match = _ABOVE.search(before)
    if match is None or own is None:
        return None
    word = match["level"] or match["of"]
    if word is None or word == "cả nước":
        return "cả nước"
    return f"toàn {word}" if _WORD_TIERS[word] > _TIERS.get(own, 0) else None


def private(sentence: str) -> bool:
    """True for a sentence about one family or person: its figures are no figures of the locality."""
    return bool(_PERSON.search(sentence))


class Turns:
    """Whose turn it is in an article that tells of several localities one after the other.

    A sentence that names one of them speaks of it, and so do those after it until another is named; one that names several speaks
    of all of them.
    """

    def __init__(self, localities: Sequence[Locality]) -> None:
        words = {fold(f"{place.level.value} {place.name}"): place.name for place in localities if place.level}
        self._names = words
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)") if words else None
        )
        self.place: str | None = None

    def step(self, folded_sentence: str) -> str | None:
        """The place that a sentence's figures belong to, None when it is all of them or not known."""
        if self._pattern is None:
            return None
        named = {self._names[m.group()] for m in self._pattern.finditer(folded_sentence)}
        if named:
            self.place = named.pop() if len(named) == 1 else None
        return self.place


def find_places(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """The units that a sentence names, in order."""
    return tuple(Unit(m.start(), m.end(), m["words"], m["name"]) for m in _UNIT.finditer(text, start, end))


def place_of(text: str, start: int, end: int, figure: FigureLike, units: tuple[Unit, ...]) -> Unit | None:
    """The unit that a figure belongs to when its sentence tells of several, or None."""
    if not units:
        return None
    bracket = _BRACKET.match(text, figure.end, end)
    if bracket:
        return Unit(bracket.start(), bracket.end(), bracket["words"], bracket["name"], contrasts=True)
    if len({u.name for u in units}) < 2:
        return None
    return _subject(text, start, figure, units)


def _subject(text: str, start: int, figure: FigureLike, units: tuple[Unit, ...]) -> Unit | None:
    """The last unit before the figure that opens its own stretch (``…, xã Tân Lập đạt 14/19``), when others do so too."""
    openers = [u for u in units if _opens(text, start, u)]
    before = [u for u in openers if u.end <= figure.start]
    if len({u.name for u in openers}) < 2 or not before:
        return None
    last = before[-1]
    if _STOP.search(text, last.end, figure.start):
        return None
    return Unit(last.start, last.end, last.words, last.name, contrasts=True)


def _opens(text: str, start: int, unit: Unit) -> bool:
    """The unit stands at the head of the sentence or right after a comma or semicolon, with a verb of reaching behind it."""
    before = text[start : unit.start].rstrip()
    after = text[unit.end : unit.end + 24]
    return (not before or before[-1] in ",;:-") and bool(
        re.match(r"(?: \(cũ\))? (?:đạt|có|hoàn thành|còn|thu|đã|vượt|là|tăng|giảm|:)", after)
    )
