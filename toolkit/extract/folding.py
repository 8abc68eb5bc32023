"""Brings Vietnamese text into one spelling for comparison without moving a character.

``fold`` keeps the length, so an index into the folded text is an index into the text.  It lowers case, writes tone marks in one
place (``hòa`` and ``hoà``, ``ủy`` and ``uỷ``), takes ``Ð`` (U+00D0) and ``ð`` for ``đ`` and every space for a plain one.
Decomposed text (NFD) must be composed first: ``compose`` does that and remembers where each character came from.
"""

from __future__ import annotations

import unicodedata

_PAIRS = tuple(
    zip(
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        strict=True,
    )
)
_CHARACTERS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "ð": "đ", "\u200b": " ", "\ufeff": " "})


def fold(text: str) -> str:
    """The text in comparison spelling; same length as ``text``, which must be NFC."""
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals lower to two characters
        low = "".join(lowered if len(lowered := c.lower()) == 1 else c for c in text)
    low = low.translate(_CHARACTERS)
    for old, new in _PAIRS:
        low = low.replace(old, new)
    return low


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
