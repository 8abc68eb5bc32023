"""Brings Vietnamese text into one spelling for comparison without moving a character: the one place that knows how.

``fold`` keeps the length, so an index into the folded text is an index into the text.  It lowers case, writes tone marks in one
place (``hoà`` as ``hòa``, ``uỷ`` as ``ủy``, as most articles and all lexicons here do), takes ``Ð`` (U+00D0) and ``ð`` for ``đ``
and every space for a plain one.  Tabs and dashes stay: tables and ranges are read by them; ``cues.fold`` makes them plain too.
Decomposed text (NFD) must be composed first: ``compose`` does that and remembers where each character came from.
"""

from __future__ import annotations

import re
import unicodedata

_PAIRS = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# The tone moves only where the two vowels end the syllable and the u is not that of qu: "thuỷ", but "toàn", "quý".
_NEW_PLACEMENT = re.compile(rf"(?<!q)(?:{'|'.join(_PAIRS)})(?![^\W\d_])")
_CHARACTERS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "ð": "đ", "\u200b": " ", "\ufeff": " "})


def fold(text: str) -> str:
    """The text in comparison spelling; same length as ``text``, which must be NFC.

    >>> fold("Uỷ ban xã Hoà Bình, quý III")
    'ủy ban xã hòa bình, quý iii'
    """
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals lower to two characters
        low = "".join(lowered if len(lowered := c.lower()) == 1 else c for c in text)
    return _NEW_PLACEMENT.sub(lambda m: _PAIRS[m.group()], low.translate(_CHARACTERS))


def compose(text: str) -> tuple[str, list[int] | None]:
    """NFC of a text and, if that changed it, where each composed character starts in ``text`` (and one index more, its end)."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and unicodedata.combining(text[i]):
            continue
        piece = unicodedata.normalize("NFC", text[start:i])
        pieces.append(piece)
        places.extend([start] * len(piece))
        start = i
    places.append(len(text))
    return "".join(pieces), places
