"""How words are compared: folded for searching, a text that sorts as the Vietnamese alphabet does, indicators by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from toolkit.gazetteer.parse import place_key, split_level
from toolkit.lexicon import load
from toolkit.model.context import Level
from toolkit.model.vietnamese import collation, name_key, slug

_FIRST_LETTER = 0x41
"""Letters of the alphabet take the places from ``A`` on, so that signs and digits, which come first, keep their own."""


def fold(text: str) -> str:
    """Lower case without marks and punctuation, words apart by one space.

    >>> fold("Thu  ngân sách (trên địa bàn)")
    'thu ngan sach tren dia ban'
    """
    return slug(text).replace("-", " ")


def fold_place(name: str) -> str:
    """``fold`` of a place's bare name, other names of it resolved: ``TP.HCM`` and ``Thành phố Hồ Chí Minh`` are one.

    >>> fold_place("TP. Hà Nội")
    'ha noi'
    """
    return fold(place_key(split_level(name)[1]))


def phrase(text: str) -> str:
    """``fold`` with a space around, so that a phrase is found as whole words by ``instr``."""
    return f" {fold(text)} "


def sort_text(name: str) -> str:
    """ASCII text whose byte order is the Vietnamese order of names (CLDR ``vi``): letters first, then tones.

    >>> sorted(["Đông", "Dương", "Ân", "Ăn", "An"], key=sort_text)
    ['An', 'Ăn', 'Ân', 'Dương', 'Đông']
    """
    letters, tones = collation(name)
    return "".join(map(_place, letters)) + "\t" + "".join(map(str, tones))


def _place(letter: int) -> str:
    if letter >= 0:
        return chr(_FIRST_LETTER + letter)
    code = letter + 0x110000  # the inverse of what ``collation`` does to signs
    return chr(code) if 0x20 <= code < _FIRST_LETTER else "@"


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What the catalogue says of one indicator; ``names`` are its label and aliases, folded."""

    label: str
    direction: str
    names: frozenset[str]
    words: frozenset[str]


@cache
def indicators() -> Mapping[str, IndicatorWords]:
    """The catalogue of common indicators by key (``data/vi/indicators.yaml``)."""
    rows: dict[str, Any] = load("vi/indicators")
    found = {}
    for name, row in rows.items():
        names = frozenset(fold(str(text)) for text in (row["label"], *row["aliases"]))
        found[name] = IndicatorWords(row["label"], row["direction"], names, frozenset(w for n in names for w in n.split()))
    return found


_LEVELS = frozenset(word for level in Level for word in fold(level.value).split()) | {"toan", "cua"}
"""Words of a label that tell nothing apart beside a known indicator: the level of the place."""


@lru_cache(maxsize=16384)
def thing_of(indicator: str | None, label: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What a label measures: the indicator with the words that it does not explain, or all words; ``places`` are left out.

    Thus ``thu ngân sách`` and ``tổng thu ngân sách trên địa bàn phường`` are one thing, ``bảo hiểm xã hội tự nguyện`` and
    ``bảo hiểm xã hội bắt buộc`` are two.
    """
    words = f" {name_key(label)} "
    for name in places:
        words = words.replace(f" {name_key(name)} ", " ") if name_key(name) else words
    entry = indicators().get(indicator or "")
    if entry is None:
        return (indicator or "", " ".join(words.split()))
    return (indicator or "", *sorted(word for word in set(words.split()) if fold(word) not in entry.words | _LEVELS))


def called(text: str) -> tuple[str, ...]:
    """Keys of the indicators whose label or alias is ``text``, marks aside."""
    wanted = fold(text)
    return tuple(key for key, entry in indicators().items() if wanted in entry.names)


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that is spelled most like ``wanted``, if any is near."""
    from rapidfuzz import process

    near = process.extractOne(wanted, sorted(set(known)), score_cutoff=70)
    return near[0] if near else None
