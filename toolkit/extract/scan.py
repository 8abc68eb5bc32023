"""A text prepared for reading figures: the text, its folded twin of equal length, and steps over words at any place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from toolkit.extract.folding import fold

_WORD_AFTER = re.compile(r" {0,3}([^\W\d_]+)")
_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SENTENCE_END = re.compile(rf"[\n\t]|[.!?…](?=[\s\"”’)]+[^\W{_LOWER}_\d])")
_SOFT_BREAK = re.compile(rf"(?<=[^\n\t.:;!?|])(?:\r\n|\n)(?=[{_LOWER}][^).])")
"""A line break inside a sentence, as pages of a PDF have them: the next line goes on in small letters and is no list item."""
_GAP = 3
"""Spaces allowed between two words."""
_LONGEST = 24
"""Letters of the longest word believed, so that a run of letters costs no more than a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable-sized word: folded text and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """``text`` is NFC, ``low`` its folded form of the same length, ``breaks`` the ends of sentences and lines in order.

    In ``low`` a line break inside a sentence is a space.
    """

    text: str
    low: str
    breaks: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The text of an interval in small letters, its words one space apart: a unit as the contract names it."""
        return " ".join(self.text[start:end].lower().split())

    def after(self, at: int, count: int) -> list[Word]:
        """Up to ``count`` words that follow ``at`` with nothing but spaces between them."""
        found: list[Word] = []
        while len(found) < count and (match := _WORD_AFTER.match(self.low, at)):
            found.append(Word(match[1], match.start(1), match.end(1)))
            at = match.end()
        return found

    def before(self, at: int, count: int) -> list[Word]:
        """Up to ``count`` words that end at ``at`` with nothing but spaces between them, nearest first."""
        found: list[Word] = []
        low = self.low
        while len(found) < count:
            end = at
            while end > 0 and at - end < _GAP and low[end - 1] == " ":
                end -= 1
            start = end
            while start > 0 and end - start < _LONGEST and low[start - 1].isalpha():
                start -= 1
            if start == end:
                break
            found.append(Word(low[start:end], start, end))
            at = start
        return found

    def sentence_start(self, at: int) -> int:
        """Where the sentence or line that holds ``at`` begins."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index - 1] if index else 0

    def sentence_end(self, at: int) -> int:
        """Where the sentence or line that holds ``at`` ends."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index] if index < len(self.breaks) else len(self.text)


def prepare(text: str) -> Scan:
    """The scan of an NFC text."""
    flowing = _SOFT_BREAK.sub(lambda match: " " * len(match[0]), text)
    return Scan(text, fold(flowing), tuple(match.end() for match in _SENTENCE_END.finditer(flowing)))
