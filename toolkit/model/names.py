"""How names and phrases are compared: one key for every way of typing the same Vietnamese words.

Two spellings of one name differ in Unicode form (NFC, NFD), in the place of the tone mark (``thủy``, ``thuỷ``), in capitals, in
spaces and in the look-alike letter ``Ð``.  ``name_key`` folds these and nothing else: ``Ba Tơ`` and ``Ba Tô`` stay apart, as two
communes of one district need.  ``slug`` is for folder names and drops every mark.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
"""Combining tone marks (grave, acute, tilde, hook, dot); breve, circumflex and horn make letters, not tones."""

_WORD = re.compile(r"[\w\u0300-\u036f]+")  # \w alone would split a decomposed syllable at its marks
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def _syllable_key(syllable: str) -> str:
    tone = "".join(TONES[c] for c in syllable if c in TONES)
    return "".join(c for c in syllable if c not in TONES) + tone


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """Folded words joined by single spaces: ``"Phường  NGỌC Thuỷ"`` and ``"phường Ngọc Thủy"`` give one key."""
    folded = unicodedata.normalize("NFD", text.replace("Ð", "Đ")).lower()
    return " ".join(_syllable_key(word) for word in _WORD.findall(folded))


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """ASCII folder name: ``"Hạ Đình"`` gives ``ha-dinh``; an empty string when nothing is left."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return _NOT_SLUG.sub("-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")
