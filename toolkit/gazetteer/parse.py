"""Names of places as people write them: ``phường Hạ Đình, Thanh Xuân``, ``P.16, Q.4, TP.HCM``, ``xã Vọng Đông (Thoại Sơn)``."""

from __future__ import annotations

import re
from functools import cache

from toolkit.lexicon import load
from toolkit.model.context import Level, Locality
from toolkit.model.vietnamese import key, slug

_APART = re.compile(r"\s*[,;()/]\s*|\s+[-–—]\s+")
_ZEROS = re.compile(r"\b0+(?=\d)")
_NOT_NAME = re.compile(r"[\s\-–—'’.]+")


@cache
def _prefixes() -> tuple[tuple[re.Pattern[str], Level], ...]:
    """Patterns of the words before a name, the longest first."""
    found = [
        (len(word) + 10, re.compile(rf"{word}\s+(?=\S)", re.IGNORECASE), Level(entry["level"]))
        for entry in load("vi/levels")["levels"]
        for word in entry["words"]
    ]
    found += [
        (len(short), re.compile(rf"{re.escape(short)}(?:\.\s*|\s+|(?=\d))(?=\S)"), Level(entry["level"]))
        for entry in load("vi/levels")["levels"]
        for short in entry["short"]
    ]
    found.sort(key=lambda entry: -entry[0])
    return tuple((pattern, level) for _, pattern, level in found)


@cache
def _dashed() -> re.Pattern[str]:
    """The first half of a name that has a dash inside, and the dash."""
    halves = (map(re.escape, name.split(" - ")) for name in load("vi/levels")["dashed"])
    return re.compile("|".join(rf"\b({first})\s+[-–—]\s+(?={second}\b)" for first, second in halves), re.IGNORECASE)


@cache
def _aliases() -> dict[str, str]:
    return {key(entry["alias"]): entry["name"] for entry in load("vi/levels")["aliases"]}


@cache
def _former() -> dict[str, str]:
    return {key(entry["alias"]): entry["name"] for entry in load("vi/levels")["former"]}


def split_level(text: str) -> tuple[Level | None, str]:
    """The level a name begins with, if any, and the bare name.

    >>> split_level("P. Hạ Đình"), split_level("Q1"), split_level("Phù Đổng")
    ((<Level.PHUONG: 'phường'>, 'Hạ Đình'), (<Level.QUAN: 'quận'>, '1'), (None, 'Phù Đổng'))
    """
    text = " ".join(text.split())
    for pattern, level in _prefixes():
        match = pattern.match(text)
        if match:
            return level, text[match.end() :]
    return None, text


def place_key(name: str) -> str:
    """Comparison key of a bare name: tones folded, zeros before numbers and hyphens dropped, other names of a place resolved."""
    folded = key(_ZEROS.sub("", name))
    folded = key(_aliases().get(folded, folded))
    folded = key(_former().get(folded, folded))
    return _NOT_NAME.sub(" ", _ZEROS.sub("", folded)).strip()


def parse_place(text: str) -> Locality:
    """A place with its parents, as named, nearest first; the name is empty when the text holds none.

    >>> place = parse_place("phường Hạ Đình, Thanh Xuân")
    >>> place.name, place.level.value, place.parents, place.slug
    ('Hạ Đình', 'phường', ('Thanh Xuân',), 'ha-dinh')
    """
    kept = _dashed().sub(lambda match: f"{match[match.lastindex or 0]}\0", _joined(text.strip().strip(".")))
    parts = [part.replace("\0", " - ") for part in _APART.split(kept) if part]
    if not parts:
        return Locality("")
    level, name = split_level(parts[0])
    parents = tuple(_canonical(split_level(part)[1]) for part in parts[1:])
    return Locality(name=_canonical(name), level=level, parents=parents, slug=slug(name))


def _joined(text: str) -> str:
    """A comma before a parent that follows without one ("phường 16 quận 4")."""
    return re.sub(r"(?<=[\wỵ])\s+(?=(?:quận|huyện|thị xã|thành phố|tỉnh|Q\.|H\.|TX\.|TP\.)\s*\S)", ", ", text)


def _canonical(name: str) -> str:
    return _aliases().get(key(name), name)
