"""Vietnamese letters as data: the keys by which names and phrases are compared, and the slugs that name folders.

Pure functions that every stage may use.  None of them is ever applied to a quote.  From the closest key to the loosest:
``fold_tones`` makes the two places of a tone mark (``hòa``/``hoà``) equal and keeps the length of NFC text, so that a position
found in it is a position in the text; ``key`` adds case and spaces; ``name_key`` compares words only, wherever their tones stand,
yet keeps ``Ba Tơ`` and ``Ba Tô`` apart, as two communes of one district need; ``slug`` drops every mark.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining tone mark to its place in the CLDR order: huyền, hỏi, ngã, sắc, nặng (0 is ngang, without a mark)."""

_WORD = re.compile(r"[\w\u0300-\u036f]+")  # \w alone would split a decomposed syllable at its marks
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def _tone_pairs() -> dict[str, str]:
    """Old style (mark on the first vowel) to new style, for the three open pairs that differ: oa, oe, uy."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in TONES:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                old = unicodedata.normalize("NFC", a + mark) + b
                pairs[old] = a + unicodedata.normalize("NFC", b + mark)
    return pairs


def _bare_letters() -> dict[int, str]:
    """Every precomposed letter of Vietnamese to the ASCII letter under its marks."""
    table = {ord(c): plain for c, plain in (("đ", "d"), ("Đ", "D"), ("ð", "d"), ("Ð", "D"))}
    for base in "ăâêôơưaeiouy":
        for letter in (base, base.upper()):
            plain = unicodedata.normalize("NFD", letter)[0]
            forms = [unicodedata.normalize("NFC", letter + mark) for mark in ("", *TONES)]
            table.update((ord(form), plain) for form in forms if len(form) == 1 and not form.isascii())
    return table


_BARE = _bare_letters()
_PAIRS = _tone_pairs()
_OLD_STYLE = re.compile("|".join(map(re.escape, _PAIRS)))


def fold_tones(text: str) -> str:
    """``text`` in NFC with the mark of oa, oe, uy on the second vowel: a key in which ``hòa`` equals ``hoà``.

    Case is kept; NFC text keeps its length.

    >>> fold_tones("Thủy Nguyên") == fold_tones("Thuỷ Nguyên")
    True
    """
    return _OLD_STYLE.sub(lambda match: _PAIRS[match[0]], unicodedata.normalize("NFC", text))


def strip_marks(text: str) -> str:
    """``text`` without any mark, đ as d; case and length (of NFC text) are kept.

    >>> strip_marks("Đức Thắng")
    'Duc Thang'
    """
    bare = text.translate(_BARE)
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def key(text: str) -> str:
    """Comparison key: folded tones, lower case, single spaces.

    >>> key("  Đảng  Uỷ") == key("đảng ủy")
    True
    """
    return " ".join(fold_tones(text).lower().split())


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """Folded words joined by single spaces, punctuation left out; the letter ``Ð`` counts as ``Đ``.

    >>> name_key("Phường  NGỌC Thuỷ") == name_key("phường Ngọc Thủy") != name_key("phường Ngọc Thụy")
    True
    """
    folded = unicodedata.normalize("NFD", text.replace("Ð", "Đ")).lower()
    return " ".join(_syllable_key(word) for word in _WORD.findall(folded))


def _syllable_key(syllable: str) -> str:
    """The letters of a decomposed syllable, its tones behind them: a tone belongs to the syllable, whichever vowel bears it."""
    return "".join(c for c in syllable if c not in TONES) + "".join(c for c in syllable if c in TONES)


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """ASCII folder name; an empty string when nothing is left.

    >>> slug("Hạ Đình")
    'ha-dinh'
    """
    return _NOT_SLUG.sub("-", strip_marks(text).lower()).strip("-")


def split_tone(letter: str) -> tuple[str, int]:
    """A single letter as (letter without its tone, tone 0-5); ``ặ`` gives ``("ă", 5)``."""
    tone = 0
    rest = []
    for c in unicodedata.normalize("NFD", letter):
        if c in TONES:
            tone = TONES[c]
        else:
            rest.append(c)
    return unicodedata.normalize("NFC", "".join(rest)), tone


_ALPHABET = {letter: i for i, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


@lru_cache(maxsize=16384)
def collation(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sorting key of the Vietnamese alphabet (CLDR ``vi``): letters first, tones only between texts of the same letters.

    Numbers go by their size.

    >>> sorted(["Đông", "Dương", "Ân", "Ăn", "An", "Phường 10", "Phường 9"], key=collation)
    ['An', 'Ăn', 'Ân', 'Dương', 'Đông', 'Phường 9', 'Phường 10']
    """
    letters, tones = [], []
    counted = re.sub(r"\d+", lambda found: found[0].zfill(8), text)
    for char in unicodedata.normalize("NFC", counted).lower():
        letter, tone = split_tone(char)
        letters.append(_ALPHABET.get(letter, len(_ALPHABET) if letter.isalpha() else ord(letter) - 0x110000))
        tones.append(tone)
    return tuple(letters), tuple(tones)
