"""Word lists of the summariser as compiled patterns, over one folded form of the text.

``fold`` is lower case with one tone placement, as long as the text, so that places found in it are places of the text.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.lexicon import load

SYLLABLE = re.compile(r"[^\W_]+")
_PAIRS = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_PLACEMENT = re.compile(rf"(?<!q)(?:{'|'.join(_PAIRS)})(?![^\W\d_])")


def fold(text: str) -> str:
    """Lower case and one tone placement; as long as ``text``."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _PLACEMENT.sub(lambda match: _PAIRS[match.group()], low)


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, folded: what a length in syllables counts."""
    return SYLLABLE.findall(fold(text))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The phrases under ``key`` of ``data/vi/summarise.yaml`` as one pattern over folded text, longest phrase first."""
    phrases = sorted((fold(str(phrase)) for phrase in load("vi/summarise")[key]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
