"""How the document-level rules look at a text: one folded copy of the prose, and phrases of the lexicons found in it.

Articles spell one word in several ways (``Uỷ ban``, ``Ủy ban``; capitals or not).  Rules match on ``fold(text)``, which has exactly
as many characters as the text, so that a place found in the folded copy is a place of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from toolkit.extract import folding
from toolkit.model.text import Block, BlockKind, CleanText

T = TypeVar("T")

LETTER = r"[^\W\d_]"
UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸÐ"
LOWER = "a-zà-ãè-êìíò-õùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
SYLLABLE = rf"[{UPPER}][{LOWER}{UPPER}]*(?:[’'][{LOWER}{UPPER}]+)?"
"""One capitalised syllable, also all in capitals."""

_CHARACTERS = str.maketrans({"\t": " ", "–": "-", "—": "-", "‑": "-", "‐": "-", "‘": "'", "’": "'"})


def fold(text: str) -> str:
    """``folding.fold`` with plain dashes, apostrophes and tabs too; as long as ``text``."""
    return folding.fold(text).translate(_CHARACTERS)


def trie(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, longest first, that the matcher walks letter by letter.

    A plain alternation of two hundred phrases tries each at every place of the text; sharing their beginnings keeps the
    cost of a scan independent of how many the lexicon holds.
    """
    root: dict[str, object] = {}
    for phrase in phrases:
        node = root
        for c in phrase:
            node = node.setdefault(c, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, object]) -> str:
    tails = []
    for c in sorted(k for k in node if k):
        child = node[c]
        assert isinstance(child, dict)
        tails.append((r"\s+" if c == " " else re.escape(c)) + _branch(child))
    if not tails:
        return ""
    body = tails[0] if len(tails) == 1 else f"(?:{'|'.join(tails)})"
    if "" in node:
        return f"(?:{body})?"
    return body


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words in folded text."""
    return re.compile(rf"(?<!\w){trie(fold(w) for w in words)}(?!\w)")


@dataclass(frozen=True, eq=False)
class Prose:
    """An article without its furniture: ``text`` and ``folded`` keep every place of the clean text.

    What lies outside the blocks is blanked with line ends, so that no rule reads across it or takes anything from it.
    """

    clean: CleanText
    text: str
    folded: str
    blocks: tuple[Block, ...]

    def sentence_texts(self) -> list[str]:
        """The folded sentences, in order."""
        return [self.folded[s.span.start : s.span.end] for s in self.clean.sentences]


def once(clean: CleanText, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once an article and kept beside its text, as a cached property would be.

    A dozen rules ask for the same folded prose and date; threads that ask at once may each make it, to the same result.
    """
    kept: dict[str, T] = vars(clean)
    if name not in kept:
        kept[name] = make()
    return kept[name]


def prose(clean: CleanText, *, captions: bool = False) -> Prose:
    """The readable part of an article (see ``Prose``); with ``captions``, only the captions that were left out of it."""
    return once(clean, "_captions" if captions else "_prose", lambda: _prose(clean, captions=captions))


def _prose(clean: CleanText, *, captions: bool) -> Prose:
    kept = tuple(b for b in clean.blocks if b.kind not in (BlockKind.FURNITURE, BlockKind.CAPTION))
    spans = _captions(clean) if captions else [(b.span.start, b.span.end) for b in kept]
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces.append("\n" * (start - at))
        pieces.append(clean.text[start:end])
        at = end
    pieces.append("\n" * (len(clean.text) - at))
    text = "".join(pieces)
    return Prose(clean, text, fold(text), kept)


def _captions(clean: CleanText) -> list[tuple[int, int]]:
    """Clean intervals of the captions marked as noise, in order."""
    spans = [(clean.clean_offset(n.span.start), clean.clean_offset(n.span.end)) for n in clean.noise if n.why == "caption"]
    return sorted(s for s in spans if s[0] < s[1])


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def ordinal(text: str) -> int | None:
    """Number of an ordinal written in Arabic or Roman digits or as ``nhất``, ``hai`` … (``XXII`` → 22)."""
    word = fold(text).strip()
    if word.isdigit():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    if not word or any(c not in _ROMAN for c in word):
        return None
    values = [_ROMAN[c] for c in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


_WORDS = {
    "nhất": 1,
    "đầu tiên": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
