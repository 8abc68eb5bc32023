"""Vietnamese letters as data: comparison keys, slugs, syllables and the order of the alphabet.

Pure functions that every stage may use.  None of them is ever applied to a quote: they make *keys* to compare, sort and name
files by.  The two spellings of a tone mark (``hòa``/``hoà``) are equal under ``fold_tones``, which keeps the length of NFC text,
so that a position found in the key is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata

from toolkit.model.names import slug

__all__ = ["ALPHABET", "TONES", "fold_tones", "key", "slug", "sort_key", "split_tone", "strip_marks", "syllables"]

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining tone mark to its place in the CLDR order: huyền, hỏi, ngã, sắc, nặng (0 is ngang, without a mark)."""

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""Primary letters in the order of CLDR ``vi``; f, j, w and z stand where they do in the Latin alphabet."""

_PRIMARY = {letter: position for position, letter in enumerate(ALPHABET)}
_WORD = re.compile(r"[^\W\d_]+")
_SORT_UNIT = re.compile(r"\d+|.", re.DOTALL)


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


def syllables(text: str) -> list[str]:
    """The runs of letters of ``text`` in order, as written; digits and punctuation separate.

    >>> syllables("Đảng bộ phường 16, quận 4")
    ['Đảng', 'bộ', 'phường', 'quận']
    """
    return _WORD.findall(text)


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


def sort_key(text: str) -> tuple[object, ...]:
    """Key of Vietnamese order (CLDR ``vi``): letters of the whole text first, then tones, then case.

    Numbers compare by value, so that Phường 2 stands before Phường 16.  Spaces sort before digits, digits before letters.

    >>> sorted(["đa", "da", "dạ", "dã", "ăn", "an"], key=sort_key)
    ['an', 'ăn', 'da', 'dã', 'dạ', 'đa']
    """
    primary: list[tuple[int, int, str]] = []
    tones: list[int] = []
    cases: list[int] = []
    for unit in _SORT_UNIT.findall(unicodedata.normalize("NFC", text)):
        if unit[0].isdecimal():
            primary.append((1, int(unit), unit))
            continue
        base, tone = split_tone(unit.lower())
        place = _PRIMARY.get(base)
        primary.append((0, ord(unit), "") if unit.isspace() else (2, place, "") if place is not None else (3, 0, base))
        tones.append(tone)
        cases.append(int(unit.isupper()))
    return (tuple(primary), tuple(tones), tuple(cases))
