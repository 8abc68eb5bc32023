"""Is this run of letters a written Vietnamese syllable, and can a longer run be nothing but two or three of them?

The grammar is data (``data/vi/syllables.yaml``).  It accepts every regular syllable, whether the language uses it or not; that is
why a run is only ever cut where exactly one way to cut it exists.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from toolkit.lexicon import load
from toolkit.model.vietnamese import TONES

LONGEST = 7
"""Letters of the longest syllable (nghiêng)."""


@cache
def _toneless() -> frozenset[str]:
    """Every syllable without its tone mark."""
    data = load("vi/syllables")
    made = set(data["extra"])
    for onset in data["onsets"]:
        for first, rimes in data["rimes"].items():
            if first == "y":
                allowed = [r for r in rimes if (r == "y" and onset in data["y_alone_after"]) or onset in data["y_more"]]
            elif first in data["before"].get(onset, data["rimes"]):
                allowed = rimes
            else:
                allowed = []
            made.update(onset + rime for rime in allowed)
    return frozenset(made)


@cache
def _stops() -> tuple[str, ...]:
    return tuple(load("vi/syllables")["stops"])


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC, any case) is one regular written syllable, its tone included.

    >>> [w for w in ("nghiêng", "Đảng", "đãt", "nghành", "quốc", "tham") if is_syllable(w)]
    ['nghiêng', 'Đảng', 'quốc', 'tham']
    """
    if not 0 < len(word) <= LONGEST:
        return False
    tones = []
    rest = []
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in TONES:
            tones.append(TONES[c])
        else:
            rest.append(c)
    bare = unicodedata.normalize("NFC", "".join(rest))
    if len(tones) > 1 or bare not in _toneless():
        return False
    return not bare.endswith(_stops()) or (bool(tones) and tones[0] in (4, 5))


@lru_cache(maxsize=65536)
def cuts(run: str) -> tuple[int, ...]:
    """Where to cut a run of letters into two syllables, or else three, when there is exactly one way; else nothing.

    >>> cuts("hoạtđộng"), cuts("thànhuỷ"), cuts("Đảng")
    ((4,), (), ())
    """
    if is_syllable(run):
        return ()
    for parts in (2, 3):
        ways: list[tuple[int, ...]] = []
        if len(run) <= LONGEST * parts:
            _walk(run, 0, (), parts, ways)
        if ways:
            return ways[0] if len(ways) == 1 else ()
    return ()


def _walk(run: str, start: int, so_far: tuple[int, ...], left: int, ways: list[tuple[int, ...]]) -> None:
    """Collects the ways to read ``run[start:]`` as exactly ``left`` syllables."""
    if left == 1:
        if is_syllable(run[start:]):
            ways.append(so_far)
        return
    for end in range(start + 1, min(len(run) - 1, start + LONGEST) + 1):
        if is_syllable(run[start:end]):
            _walk(run, end, (*so_far, end), left - 1, ways)
