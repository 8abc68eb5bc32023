"""Numbered notes: where each figure stands.  One note a sentence of a source, however many figures it holds.

A note's number is given when its first figure is composed, so that the notes run in reading order.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right, insort
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.model.brief import Note
from toolkit.model.dossier import Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.text import Quote

_STOP = re.compile(r"[.!?…]+(?=\S?)|\n+")
_LETTERS_BEFORE = re.compile(r"(?:^|[\s(])(?:TP|Q|P|TX|TT|GS|TS|Th\.S|đ/c|Ð/c|St|Tp)$")
_BREAK = re.compile(r"[;,:]\s")
NEAR = 500
"""Characters on each side of a figure in which its own words are looked for; a text without stops is one sentence."""

_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
"""Where an excerpt may be cut for want of a pause: never beside digits, so that no figure is shown in part."""
LONG = 320
"""Characters beyond which a sentence is shown as far as the clause around its figure, even in the full brief."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence, or the clause of a long one, in source coordinates; ``cut`` tells whether it goes on before and after."""

    start: int
    end: int
    cut: tuple[bool, bool] = (False, False)


class Sentences:
    """Sentence borders of one source, found once and looked up by bisection."""

    def __init__(self, sheet: FactSheet) -> None:
        self.text = sheet.source.text
        self._starts = [0]
        for match in _STOP.finditer(self.text):
            if match[0][0] == "\n" or not self._inside_word(match):
                self._starts.append(match.end())
        noise = [(n.span.start, n.span.end) for n in sheet.noise]
        self._starts = sorted({*self._starts, *(edge for span in noise for edge in span)})

    def _inside_word(self, match: re.Match[str]) -> bool:
        """A stop that ends an abbreviation or groups digits ends no sentence."""
        before = self.text[max(0, match.start() - 6) : match.start()]
        after = self.text[match.end() : match.end() + 1]
        if match[0][0] == "…" or match[0].startswith("..") or _LETTERS_BEFORE.search(before):
            return True
        return not (not after or after.isspace() or after.isupper() or after in '”"’)]“')

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (or sentences) that hold ``[start, end)``, white space trimmed."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        after = bisect_right(self._starts, max(start, end - 1))
        last = self._starts[after] if after < len(self._starts) else len(self.text)
        while first < start and self.text[first].isspace():
            first += 1
        while last > end and self.text[last - 1].isspace():
            last -= 1
        return first, last

    def excerpt(self, start: int, end: int, limit: int) -> Excerpt:
        """The sentence around a figure; when longer than ``limit`` only its clause, cut at punctuation."""
        first, last = self.around(start, end)
        if last - first <= limit:
            return Excerpt(first, last)
        left = self._left_edge(first, start, limit)
        right = self._right_edge(last, end, max(limit - (end - left), limit // 3))
        return Excerpt(left, right, (left > first, right < last))

    def _left_edge(self, first: int, start: int, limit: int) -> int:
        """The nearest break that leaves at least half of the room before the figure, else the last space before it."""
        low = max(first, start - limit)
        breaks = [m.end() for m in _BREAK.finditer(self.text, low, start)]
        far = [b for b in breaks if start - b >= limit // 5]
        if start - first <= limit * 0.6:
            return first
        if far:
            return far[-1]
        if breaks:
            return breaks[0]
        low = max(first, start - limit // 2)
        word = _BETWEEN_WORDS.search(self.text, low, start)
        return word.end() if word else low

    def _right_edge(self, last: int, end: int, room: int) -> int:
        high = min(last, end + room)
        if last - high <= _slack(room):
            return last
        breaks = [m.start() for m in _BREAK.finditer(self.text, end, min(last, high + _slack(room)))]
        if breaks:
            return breaks[-1]
        words = list(_BETWEEN_WORDS.finditer(self.text, end, high))
        return words[-1].start() if words else high


def _slack(room: int) -> int:
    """How far beyond its room an excerpt may run to end where the text pauses."""
    return room // 2


def _composed(text: str) -> str:
    """Text whose letters are whole (NFC), as the words are written that are looked for in it; a source may have them in parts."""
    return unicodedata.normalize("NFC", text)


class Notes:
    """The notes of one brief, numbered as they are asked for."""

    def __init__(self, sheets: tuple[FactSheet, ...], limit: int = 0) -> None:
        self._sentences: Mapping[str, Sentences] = {sheet.source.id: Sentences(sheet) for sheet in sheets}
        self._limit = limit or LONG
        self._numbers: dict[tuple[object, ...], int] = {}
        self._notes: list[Note] = []
        self._made: dict[tuple[str, str], list[tuple[int, int, int]]] = {}

    def scratch(self) -> Notes:
        """Notes over the same sentences that leave no trace here, for strings that print no note numbers."""
        other = Notes((), self._limit)
        other._sentences = self._sentences
        return other

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes)

    def sentence(self, quote: Quote) -> str:
        """The sentence around a quote, of an endless one what stands near; empty when its source is not at hand."""
        sentences = self._sentences.get(quote.source)
        if sentences is None:
            return ""
        start, end = sentences.around(quote.start, quote.end)
        return _composed(sentences.text[max(start, quote.start - NEAR) : min(end, quote.end + NEAR)])

    def before(self, quote: Quote, characters: int) -> str:
        """Up to so many characters before a quote, within its sentence."""
        sentences = self._sentences.get(quote.source)
        if sentences is None:
            return ""
        first, _ = sentences.around(quote.start, quote.end)
        return _composed(sentences.text[max(first, quote.start - characters) : quote.start])

    def after(self, quote: Quote, characters: int) -> str:
        """Up to so many characters after a quote, within its sentence."""
        sentences = self._sentences.get(quote.source)
        if sentences is None:
            return ""
        _, last = sentences.around(quote.start, quote.end)
        return _composed(sentences.text[quote.end : min(last, quote.end + characters)])

    def between(self, first: Quote, then: Quote, reach: int = 60) -> str | None:
        """The words between two quotes of one sentence; None when they stand farther apart."""
        sentences = self._sentences.get(first.source)
        if sentences is None or not 0 <= then.start - first.end <= reach:
            return None
        return _composed(sentences.text[first.end : then.start])

    def number(self, settled: Settled[Quantity]) -> int | None:
        """Number of the note that holds a figure's place, made now or reused; None when nothing is there to cite."""
        quote, origin = settled.value.quote, settled.origin
        reason = origin if origin.kind is OriginKind.PROFILE else None
        return self.number_at(quote, reason)

    def number_at(self, quote: Quote, origin: Origin | None = None) -> int | None:
        """As ``number``, for any quote; ``origin`` is the profile's that changed it."""
        sentences = self._sentences.get(quote.source)
        if sentences is None:
            return self._profile_note(origin) if origin else None
        start, _ = sentences.around(quote.start, quote.end)
        excerpt = sentences.excerpt(quote.start, quote.end, self._limit)
        covered = self._covering(quote, origin)
        if covered is not None:
            return covered
        key = (quote.source, start, excerpt.start, origin.ref if origin else "")
        note = Note(
            number=len(self._notes) + 1,
            source=quote.source,
            quote=" ".join(sentences.text[excerpt.start : excerpt.end].split()),
            start=excerpt.start,
            end=excerpt.end,
            reason=origin.reason if origin else "",
            profile=origin.ref if origin else "",
            cut=excerpt.cut,
        )
        return self._add(key, note)

    def reason(self, origin: Origin | None) -> tuple[int, ...]:
        """The note with a profile's reason for a value that stands nowhere in a source; none for any other origin."""
        told = origin is not None and origin.kind is OriginKind.PROFILE
        return (self._profile_note(origin),) if told and origin is not None else ()

    def remark(self, text: str) -> int:
        """A note of our own about a place, the same words once."""
        return self._add(("remark", text), Note(len(self._notes) + 1, source="", quote="", reason=text))

    def _covering(self, quote: Quote, origin: Origin | None) -> int | None:
        """A note already made whose excerpt holds this figure too."""
        made = self._made.get((quote.source, origin.ref if origin else ""), [])
        at = bisect_right(made, (quote.start, sys.maxsize, 0)) - 1
        return made[at][2] if at >= 0 and quote.end <= made[at][1] else None

    def _profile_note(self, origin: Origin) -> int:
        key = ("profile", origin.ref, origin.reason)
        note = Note(len(self._notes) + 1, source="", quote=origin.source, reason=origin.reason, profile=origin.ref)
        return self._add(key, note)

    def _add(self, key: tuple[object, ...], note: Note) -> int:
        if key not in self._numbers:
            self._numbers[key] = note.number
            self._notes.append(note)
            insort(self._made.setdefault((note.source, note.profile), []), (note.start, note.end, note.number))
        return self._numbers[key]
