"""Finds the administrative units that a text mentions, with their level, and says how each is mentioned.

A mention is a level word or a Party or state body with a capitalised name (``phường Hạ Đình``, ``Quận ủy Thanh Xuân``, ``TP.HCM``,
``P.16``).  ``extract.locality`` weighs them; ``extract.people`` uses them to tell a place from the person named after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit import lexicon
from toolkit.extract.cues import LOWER, SYLLABLE, UPPER, Prose, fold, phrases, trie
from toolkit.model.context import Level

COMMUNE, DISTRICT, PROVINCE = 0, 1, 2

_TIERS = {
    Level.PHUONG: COMMUNE,
    Level.XA: COMMUNE,
    Level.THI_TRAN: COMMUNE,
    Level.DAC_KHU: COMMUNE,
    Level.QUAN: DISTRICT,
    Level.HUYEN: DISTRICT,
    Level.THI_XA: DISTRICT,
    Level.TINH: PROVINCE,
}

_NAME = rf"{SYLLABLE}(?:(?: | ?- ?){SYLLABLE}){{0,5}}"
_NAMED = re.compile(rf" ?({_NAME})")
_NUMBERED = re.compile(r" ?(?:số )?(\d{1,2})(?![\d.,/%]*\d|[\w%])(?! ?(?:[-–] ?\d|%))")
_HCM = re.compile(r"(?<!\w)(?:T[Pp]\.? ?HCM|T[Pp]\.? ?Hồ Chí Minh|[Tt]hành phố Hồ Chí Minh|THÀNH PHỐ HỒ CHÍ MINH|TPHCM)(?!\w)")
_SECOND = re.compile(r" [1-9](?![\d.,/%]*\d|[\w%])")  # "xã Tam Xuân 2"
_CAPITALS = re.compile(rf"[{UPPER}][{UPPER}\- ]*[{UPPER}]$")
_OLD = re.compile(r"^\W{0,3}\(?(?:cũ|trước đây)\b|^ ?\(cũ\)")
_BRACKET = re.compile(rf"\s*\(({_NAME}(?:\s*[,-]\s*{_NAME})?)\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place named once, in clean coordinates; ``body`` tells that a body's name gave the level (``Quận ủy X``)."""

    start: int
    end: int
    name: str
    level: Level | None
    body: bool = False
    old: bool = False

    @property
    def key(self) -> tuple[Level | None, str]:
        return self.level, place_key(self.name)


@cache
def _levels() -> tuple[dict[str, Level], frozenset[str], re.Pattern[str]]:
    """Level of every level word and body (``quận ủy``), the bodies among them, and a pattern for all before a name or a number."""
    data = lexicon.load("vi/places")
    bodies = {fold(w): Level(level) for level, words in data["bodies"].items() for w in words}
    levels = {fold(w): Level(level) for level, words in data["levels"].items() for w in words}
    words = "|".join(sorted((re.escape(w) for w in [*levels, *bodies]), key=len, reverse=True))
    return levels | bodies, frozenset(bodies), re.compile(rf"(?<![\w.])(?:{words})(?=[ (]|\w)")


@cache
def _counted() -> re.Pattern[str]:
    """What a number before it counts: "quận 8 năm liên tiếp" names no district 8."""
    return re.compile(rf"\s*{trie(fold(w) for w in lexicon.load('vi/places')['counted'])}(?!\w)")


@cache
def cities() -> frozenset[str]:
    """Folded names of the centrally run cities."""
    return frozenset(place_key(n) for n in lexicon.load("vi/places")["cities"])


@cache
def provinces() -> dict[str, str]:
    """Folded name to name of every province and centrally run city."""
    data = lexicon.load("vi/places")
    return {place_key(n): n for n in [*data["cities"], *data["provinces"]]}


@cache
def _not_names() -> re.Pattern[str]:
    return phrases(lexicon.load("vi/places")["not_names"])


@lru_cache(maxsize=4096)
def place_key(name: str) -> str:
    """What two spellings of one name share: case, tone placement, dashes, ``TP.HCM`` and its long forms."""
    key = re.sub(r"[\s\-]+", " ", fold(name)).strip()
    if key.replace(" ", "").replace(".", "") in {"tphcm", "hồchíminh", "thànhphốhồchíminh", "tphồchíminh", "hcm"}:
        return "hồ chí minh"
    return re.sub(r"^0+(?=\d)", "", key)


def tier(level: Level | None, name: str) -> int:
    """0 for communes and wards, 1 for districts, 2 for provinces and centrally run cities."""
    if level is Level.THANH_PHO:
        return PROVINCE if place_key(name) in cities() else DISTRICT
    if level is None:
        return PROVINCE if place_key(name) in provinces() else DISTRICT
    return _TIERS[level]


def titled(name: str) -> str:
    """A name in capitals in the usual writing (``HÒA BÌNH`` → ``Hòa Bình``); others stay as they are."""
    if _CAPITALS.match(name) and len(name) > 3 and place_key(name) != "hồ chí minh":
        return re.sub(rf"[{UPPER}]+", lambda m: m.group().capitalize(), name)
    return name


@lru_cache(maxsize=8)
def mentions(prose: Prose) -> tuple[Mention, ...]:
    """Every place mentioned with its level or body, in text order."""
    found: list[Mention] = []
    hcm = [m.span() for m in _HCM.finditer(prose.text)]
    for start, end in hcm:
        found.append(Mention(start, end, _hcm_name(prose.text[start:end]), Level.THANH_PHO))
    blocked = {i for start, end in hcm for i in range(start, end)}
    for word in _levels()[2].finditer(prose.folded):
        if word.start() in blocked:
            continue
        mention = _mention(prose, word)
        if mention is not None:
            found.append(mention)
    found.sort(key=lambda m: m.start)
    places = {place_key(m.name) for m in found if not _after_office(prose, m)}
    return tuple(_trimmed([m for m in found if place_key(m.name) in places or not _is_holder(prose, m)]))


def _hcm_name(written: str) -> str:
    return "Hồ Chí Minh" if "minh" in fold(written) else written


def _mention(prose: Prose, word: re.Match[str]) -> Mention | None:
    cue = word.group()
    levels, bodies, _ = _levels()
    level, body = levels[cue], cue in bodies
    at = word.end()
    number = _NUMBERED.match(prose.text, at)
    if number and level in (Level.PHUONG, Level.QUAN) and not _counted().match(prose.folded, number.end()):
        return Mention(word.start(), number.end(1), number.group(1), level, body, _is_old(prose, number.end()))
    if cue == "phương" and prose.text[word.start()] == "P":
        return None  # only the lower-case word is a slip for "phường"; the other is part of a name
    name = _NAMED.match(prose.text, at)
    if name is None or (cue in ("tp", "tx") and prose.text[at] != " "):
        return None
    shouting = prose.text[word.start() : word.end()].isupper()
    if prose.text[at : at + 1] not in (" ",) and not cue.endswith("."):
        return None
    text = _stopped(name.group(1)) if shouting else name.group(1)
    if _shouted(text) and not shouting:
        text = _usual_part(text)
    if not text or _not_names().match(fold(text)) or (len(text) == 1 and not text.isdigit()):
        return None
    start = name.start(1)
    second = _SECOND.match(prose.text, start + len(text)) if _TIERS.get(level) == COMMUNE else None
    if second and not _counted().match(prose.folded, second.end()):
        text += second.group()
    return Mention(word.start(), start + len(text), text, level, body, _is_old(prose, start + len(text)))


_OFFICE = re.compile(r"(?:bí thư|chủ tịch|ủy viên|trưởng|giám đốc|chánh|thường trực|chủ nhiệm)[\w\s]{0,40}$")


def _is_holder(prose: Prose, mention: Mention) -> bool:
    """True for a person right after an office ("Bí thư Đảng ủy phường Trần Lan Hương"), whom no other mention makes a place."""
    syllables = mention.name.split()
    return 3 <= len(syllables) <= 4 and syllables[0].capitalize() in surnames() and _after_office(prose, mention)


def _after_office(prose: Prose, mention: Mention) -> bool:
    return bool(_OFFICE.search(prose.folded[max(0, mention.start - 60) : mention.start + (8 if mention.body else 0)]))


def _shouted(name: str) -> bool:
    return bool(re.search(rf"[{UPPER}]{{2}}", name))


def _stopped(name: str) -> str:
    """The name up to wording that never stands in one ("PHƯỜNG BẮC SƠN NHIỆM KỲ 2015-2020")."""
    stop = _stops().search(fold(name), 2)
    return name[: stop.start()].rstrip() if stop else name


@cache
def _stops() -> re.Pattern[str]:
    return phrases(lexicon.load("vi/places")["name_stops"])


def _usual_part(name: str) -> str:
    """The syllables before the first one in capitals ("Long Biên UBND")."""
    kept = re.match(rf"(?:[{UPPER}][{LOWER}]*(?: |$|(?= ?-)))+", name)
    return kept.group().strip() if kept else ""


def _is_old(prose: Prose, end: int) -> bool:
    return bool(_OLD.match(prose.folded[end : end + 14]))


def _trimmed(found: list[Mention]) -> list[Mention]:
    """Cuts what runs on after a name: a person ("phường Hạ Đình Trần Lan Hương") or another noun.

    A shorter name that the text also gives on its own, at the same level, is the name; else what stands before a surname, best
    two syllables of a place and three of a person.
    """
    alone: dict[tuple[Level | None, str], int] = {}
    for m in found:
        alone[m.key] = alone.get(m.key, 0) + 1
    return [_cut(m, alone) for m in found]


def _cut(mention: Mention, alone: dict[tuple[Level | None, str], int]) -> Mention:
    pieces = list(re.finditer(rf"[{UPPER}\w]+", mention.name))
    if len(pieces) < 3:
        return mention
    fits: list[tuple[int, str]] = []
    for count in range(1, len(pieces)):
        head = mention.name[: pieces[count - 1].end()]
        rest = [p.group() for p in pieces[count:]]
        known = alone.get((mention.level, place_key(head)), 0) > 0 or (
            mention.level in (Level.TINH, Level.THANH_PHO) and place_key(head) in provinces()
        )
        if known and alone[mention.key] <= max(1, alone.get((mention.level, place_key(head)), 0)):
            return _shortened(mention, head)
        if 2 <= len(rest) <= 4 and rest[0] in surnames() and len(pieces) >= 4:
            fits.append((abs(count - 2) + abs(len(rest) - 3), head))
    return _shortened(mention, min(fits)[1]) if fits else mention


def _shortened(mention: Mention, head: str) -> Mention:
    end = mention.end - (len(mention.name) - len(head))
    return Mention(mention.start, end, head, mention.level, mention.body, mention.old)


@cache
def surnames() -> frozenset[str]:
    """The common surnames."""
    return frozenset(lexicon.load("vi/surnames")["common"])


def bracketed(prose: Prose, at: int) -> list[str]:
    """Names in a bracket right at ``at``: ``(Thoại Sơn, An Giang)``, ``(Lộc Hà - Hà Tĩnh)``."""
    match = _BRACKET.match(prose.text, at)
    if match is None:
        return []
    parts = [part.strip() for part in match.group(1).split(",")]
    return [n for part in parts for n in ([part] if place_key(part) in provinces() else re.split(r"\s+[-–]\s+", part))]
