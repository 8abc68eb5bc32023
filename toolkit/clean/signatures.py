"""Lines that are nothing but the names of those who wrote or took the pictures."""

from __future__ import annotations

import re
from functools import cache

from toolkit.clean.syllables import is_syllable
from toolkit.lexicon import load
from toolkit.model.vietnamese import fold_tones

LONGEST = 60
"""Letters of the longest line that is a signature."""

_APART = re.compile(r"\s*(?:[-–,&/]|\bvà\b)\s*")


def is_signature(text: str) -> bool:
    """Whether a line is one to three names of persons, with a function or an office at most, as authors sign.

    >>> [is_signature(t) for t in ("Minh Tâm", "HỮU KHOA", "Thu Hà - Văn Hải", "Kim Oanh (CTV)", "Phường Tân An", "Kết quả")]
    [True, True, True, True, False, False]
    """
    if text.rstrip(".").lower() in _places():
        return False  # "Bà Rịa - Vũng Tàu" would pass for two persons
    names = _APART.split(_tail().sub("", text).rstrip("."))
    return len(text) <= LONGEST and 1 <= len(names) <= 3 and all(map(_is_person, names))


def _is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 4 or fold_tones(words[0]).lower() in _no_names() or " ".join(words).lower() in _places():
        return False
    shaped = all(w.istitle() for w in words) or all(w.isupper() and len(w) > 1 for w in words)
    return shaped and all(is_syllable(w) or len(w) == 1 for w in words)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(fold_tones(word).lower() for word in load("vi/furniture")["no_names"])


@cache
def _places() -> frozenset[str]:
    units = load("vi/places")
    return frozenset(name.lower() for name in (*load("vi/furniture")["places"], *units["cities"], *units["provinces"]))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(load("vi/furniture")["signature_tail"] + r"\Z", re.IGNORECASE)
