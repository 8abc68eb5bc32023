"""Which place an article reports on, among all the places that it names.

Every mention votes for its place with a weight: the headline and the first lines count most, a place named as the parent of another
(``phường Hạ Đình, quận Thanh Xuân``) or only as the seat of somebody's office counts least.  The text decides; a gazetteer may
confirm afterwards.  Parents are given only as far as the text names them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from toolkit.extract.cues import LOWER, SYLLABLE, Prose, fold, once, prose, trie
from toolkit.extract.places import (
    COMMUNE,
    PROVINCE,
    Mention,
    bracketed,
    mentions,
    place_key,
    provinces,
    tier,
    titled,
)
from toolkit.extract.predecessors import predecessors
from toolkit.lexicon import load
from toolkit.model.context import Level, Locality
from toolkit.model.text import BlockKind, CleanText

_LEAD = 900
"""Characters after the headline in which an article says what it is about."""

_HEAD = 20_000
"""Characters in which a place named without its level must show itself."""

_FOREMOST = 12
"""Candidates whose names are counted also without their level."""

_OWN_BODY = re.compile(
    r"(?:đảng bộ|đảng ủy|chi bộ|đại hội|chính quyền|nhân dân|ban chấp hành|hđnd|ubnd|cán bộ chủ chốt|địa bàn)[\w\s,-]{0,14}$"
)
_OFFICE = re.compile(r"(?:bí thư|chủ tịch|ủy viên|trưởng|giám đốc|lãnh đạo|thường vụ|thường trực)[\w\s,-]{0,30}$")
_SITUATED = re.compile(r"(?<!\w)(?:ở|tại|thuộc|của)\s+$")
_VISITED_BY = re.compile(r"(?:đường|phố|quốc lộ|tỉnh lộ|chợ|cầu|bệnh viện|trường|đại học|báo|công ty)\s+[\w\s]{0,12}$")
_GENERIC = re.compile(r"(?<!\w)(phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh)(?!\w)")
_LEVEL_WORD = re.compile(r"^(?:TP\.?|TX\.?|Huyện|Quận|Tỉnh|Thị xã|Thành phố|Thị Xã|Thành Phố)\s+(?=\D)")
_CALLED = re.compile(
    r"(?:đảng bộ|toàn|của|đảng ủy|ubnd|bí thư đảng ủy|chủ tịch ubnd|nhân dân|hđnd|tại|trên địa bàn|[.;]|,)\s+"
    r"(phường|xã|thị trấn|huyện|quận|thị xã|đặc khu)(?!\w)\s*"
)
_RUN = re.compile(rf"(?<![\w’']){SYLLABLE}(?: {SYLLABLE}){{1,3}}(?![\w’'])")
_PERSON_BEFORE = re.compile(r"(?:đồng chí|ông|bà|anh|chị|bí thư|chủ tịch|trưởng|đường|phố)\s+$")
_PARENTS = re.compile(
    r"\s+là (?:một )?(?:xã|phường|thị trấn|huyện|quận|địa phương)|\s*\((?:huyện|thị xã|quận|tp|thành phố|tỉnh|"
    r"[^\W\d_]+ [^\W\d_]+(?:,|\)))"
)
_BETWEEN = re.compile(r"^\s*(?:,|\(|-|–|thuộc|của|\s)\s*$")
_UNIT = rf"{SYLLABLE}(?: {SYLLABLE}){{0,3}}"
_ROW = re.compile(rf"\s*[,–-]\s*({_UNIT})\s*[,–-]\s*({_UNIT})(?!\w)")  # "xã Tân An, Châu Thành, Long An"


@cache
def _defined() -> re.Pattern[str]:
    """A commune that is named without its level and introduced.

    ``Là xã vùng cao của huyện A (B), Tân An có …``; ``Tân An là xã … của huyện A``.
    """
    opening = r"(?:(?<=[.;!…\n])|\A)\W*"
    level = rf"(?:một )?(xã|phường|thị trấn)(?= [{LOWER}])[^.;:\n]{{0,110}}?"
    told = trie(load("vi/places")["tells_of"])
    return re.compile(
        rf"{opening}(?:Là|Vốn là|Từng là|Từ) {level}, ({SYLLABLE}(?: {SYLLABLE}){{0,3}}) {told}(?!\w)|"
        rf"{opening}({SYLLABLE}(?: {SYLLABLE}){{1,3}}) là {level}(?:của|thuộc) (?:huyện|thị xã|thành phố|quận|tỉnh)(?!\w)"
    )


@dataclass
class _Candidate:
    level: Level | None
    names: Counter[str] = field(default_factory=Counter)
    score: float = 0.0
    first: int = 1 << 60
    in_title: bool = False
    ends: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return min(self.names, key=lambda n: (-self.names[n], len(n)))


def find_localities(clean: CleanText) -> tuple[Locality | None, tuple[Locality, ...]]:
    """The one locality that the article reports on, or None and those of equal standing (two or more, or none at all)."""
    return once(clean, "_localities", lambda: _find(prose(clean)))


def _find(text: Prose) -> tuple[Locality | None, tuple[Locality, ...]]:
    found = mentions(text)
    candidates = _candidates(text, found)
    _add_unlevelled(text, candidates)
    _add_defined(text, candidates)
    if not candidates:
        return None, ()
    ranked = sorted(candidates.values(), key=lambda c: (-c.score, c.first))
    best = ranked[0]
    equals = _equals(best, ranked)
    if len(equals) > 1:
        return None, tuple(_locality(c, text, found) for c in sorted(equals, key=lambda c: c.first))
    return _locality(best, text, found), ()


def _title_end(text: Prose) -> int:
    for block in text.blocks:
        if len(block.span) > 12:
            line = text.text[block.span.start : block.span.end]
            titled = block.kind is BlockKind.HEADING or (len(line) < 220 and ". " not in line and not line.endswith("."))
            return block.span.end if titled else block.span.start
    return 0


def _candidates(text: Prose, found: tuple[Mention, ...]) -> dict[tuple[Level | None, str], _Candidate]:
    title = _title_end(text)
    generic = Counter(m.group(1) for m in _GENERIC.finditer(text.folded))
    candidates: dict[tuple[Level | None, str], _Candidate] = {}
    previous: Mention | None = None
    for mention in found:
        parent = previous is not None and _is_parent(text, previous, mention)
        previous = mention
        if mention.old:
            continue
        candidate = candidates.setdefault(mention.key, _Candidate(mention.level))
        candidate.names[titled(mention.name)] += 1
        candidate.first = min(candidate.first, mention.start)
        candidate.ends.append(mention.end)
        candidate.in_title |= mention.start < title and not parent
        candidate.score += _weight(text, mention, title) * (0.15 if parent else 1.0)
    for mention in mentions(prose(text.clean, captions=True)):
        if not mention.old and tier(mention.level, mention.name) == COMMUNE:
            candidate = candidates.setdefault(mention.key, _Candidate(mention.level))
            candidate.names[titled(mention.name)] += 1
            candidate.score += 1.0
    called = _spoken_of(text)
    for candidate in candidates.values():
        candidate.score += 3.0 * (candidate.level is called)
        word = candidate.level.value if candidate.level else ""
        candidate.score += min(4.0, 0.25 * generic[word])
    # Counting a name wherever it stands costs a look through the text, so only the foremost are counted.
    for candidate in sorted(candidates.values(), key=lambda c: -c.score)[:_FOREMOST]:
        _count_spellings(text, candidate)
        candidate.score += _bare(text, candidate, title)
    return candidates


def _add_unlevelled(text: Prose, candidates: dict[tuple[Level | None, str], _Candidate]) -> None:
    """Adds a place named without its level, as its own headline names it ("Chiềng Tương (huyện Yên Châu)", and then "xã").

    Only where the text calls its subject by a level of which it names no unit, and the name opens a sentence or a bracket with
    its parents follows it. Beside a unit of that level named so, it must be in the headline and the text say that it is one.
    """
    level = _spoken_of(text, least=1)
    if level is None:
        return
    title = _title_end(text)
    rival = max((c.score for c in candidates.values() if c.level is level), default=0.0)
    known = {key for _, key in candidates}
    head = text.folded[:_HEAD]
    told = (f" là {level.value} ", f" là một {level.value} ")
    for m in _RUN.finditer(text.text[: title if rival >= 3 else title + _LEAD]):
        key = place_key(m.group())
        if key in known or key in provinces() or _PERSON_BEFORE.search(text.folded, max(0, m.start() - 30), m.start()):
            continue
        places = [p.end() for p in re.finditer(rf"(?<!\w){re.escape(fold(m.group()))}(?!\w)", head)]
        if rival >= 3 and not any(head.startswith(told, end) for end in places):
            continue
        parents = any(_PARENTS.match(head, end) for end in places)
        if len(places) >= 2 and (parents or (m.start() < title and len(places) >= 3)):
            candidate = candidates.setdefault((level, key), _Candidate(level))
            candidate.names[m.group()] = len(places)
            candidate.first, candidate.ends, candidate.in_title = m.start(), places, m.start() < title
            candidate.score = max(6.0, rival + 1.0) + len(places) * 0.5
            known.add(key)


def _add_defined(text: Prose, candidates: dict[tuple[Level | None, str], _Candidate]) -> None:
    """Puts a commune that the lead introduces before the district it belongs to.

    Only where the headline names it too, or names no unit with its level: a district's article may introduce one of its communes.
    """
    title = _title_end(text)
    headline = text.folded[:title]
    for m in _defined().finditer(text.text[: title + _LEAD]):
        name, word = m.group(2) or m.group(3), m.group(1) or m.group(4)
        key = place_key(name)
        wider = [c for c in candidates.values() if tier(c.level, c.name) > COMMUNE]
        titled_units = any(c.in_title for c in candidates.values())
        if key in provinces() or (titled_units and fold(name) not in headline):
            continue
        if any(key == place_key(c.name) for c in wider) or any(c.in_title and c not in wider for c in candidates.values()):
            continue
        candidate = candidates.setdefault((Level(word), key), _Candidate(Level(word)))
        candidate.names[name] += 1
        candidate.first = min(candidate.first, m.start())
        candidate.ends.append(m.end(2) if m.group(2) else m.end(3))
        candidate.score = max(candidate.score, 6.0, *(c.score + 1.0 for c in wider))
        return


def _spoken_of(text: Prose, *, least: int = 2) -> Level | None:
    """The level by which the text calls its subject most: ``xã`` in "Đảng bộ xã", "toàn xã", "xã đã", without a name."""
    votes: Counter[str] = Counter(
        m.group(1)
        for m in _CALLED.finditer(text.folded)
        if not (text.text[m.end() : m.end() + 1].isupper() or text.text[m.end() : m.end() + 1].isdigit())
    )
    if not votes:
        return None
    word, count = votes.most_common(1)[0]
    return Level(word) if count >= least else None


def _count_spellings(text: Prose, candidate: _Candidate) -> None:
    """Counts every spelling of the name, also where it stands without its level ("Thừa Thiên Huế", "Thừa Thiên - Huế")."""
    syllables = place_key(candidate.name).split()
    if len(syllables) < 2 or candidate.level is Level.THANH_PHO:
        return
    spelt = re.compile(rf"(?<!\w){'(?: | ?- ?)'.join(map(re.escape, syllables))}(?!\w)")
    for m in spelt.finditer(text.folded):
        written = text.text[m.start() : m.end()]
        if not written.isupper() and written[:1].isupper():
            candidate.names[written] += 1


def _weight(text: Prose, mention: Mention, title: int) -> float:
    before = text.folded[max(0, mention.start - 45) : mention.start]
    weight = 8.0 if mention.start < title else 2.5 if mention.start < title + _LEAD else 1.0
    if _VISITED_BY.search(before):
        return 0.1
    if mention.body or _OFFICE.search(before):
        weight *= 0.4
    elif _SITUATED.search(before):
        weight *= 0.5
    elif _OWN_BODY.search(before):
        weight += 1.0
    return weight


def _bare(text: Prose, candidate: _Candidate, title: int) -> float:
    """What the name without its level adds: much in the headline, little below it."""
    name = fold(candidate.name)
    if name.isdigit():
        return 0.0
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text.folded)]
    extra = len(places) - sum(candidate.names.values())
    headline = 3.0 if any(p < title for p in places) and not candidate.in_title else 0.0
    return headline + min(3.0, 0.3 * max(0, extra))


def _is_parent(text: Prose, child: Mention, mention: Mention) -> bool:
    if tier(mention.level, mention.name) <= tier(child.level, child.name):
        return False
    return bool(_BETWEEN.match(text.text[child.end : mention.start])) and mention.start - child.end < 12


def _equals(best: _Candidate, ranked: list[_Candidate]) -> list[_Candidate]:
    """Those that stand beside the best: of its tier, named in the headline like it, and nearly as much spoken of."""
    level = tier(best.level, best.name)
    if not best.in_title:
        return [best]
    others = [c for c in ranked[1:] if c.in_title and tier(c.level, c.name) == level and c.score >= 0.55 * best.score]
    return [best, *others]


def _locality(candidate: _Candidate, text: Prose, found: tuple[Mention, ...]) -> Locality:
    name = candidate.name
    parents = _parents(candidate, text, found)
    earlier = predecessors(candidate.level, name, text, found)
    return Locality(
        name,
        candidate.level,
        tuple(parents),
        _slug(name, candidate.level),
        predecessors=earlier,
    )


def _slug(name: str, level: Level | None) -> str:
    from toolkit.model.vietnamese import slug

    return slug(f"{level.value} {name}" if name.isdigit() and level else name)


def _parents(candidate: _Candidate, text: Prose, found: tuple[Mention, ...]) -> list[str]:
    own = tier(candidate.level, candidate.name)
    if own == PROVINCE:
        return []
    votes: dict[int, Counter[str]] = {1: Counter(), 2: Counter()}
    for mention in found:
        level = tier(mention.level, mention.name)
        if level > own and not mention.old and level in votes:
            votes[level][titled(mention.name)] += 1
    for mention in found:
        beside = _then_province().match(text.folded, mention.end)
        if beside and mention.level is not None and tier(mention.level, mention.name) < PROVINCE:
            votes[PROVINCE][provinces()[place_key(beside.group(1))]] += 1
    for name, weight in _beside(candidate, text):
        level = PROVINCE if place_key(name) in provinces() else 1
        if level > own:
            votes[level][name] += weight
    if not votes[PROVINCE]:
        for name in _bare_provinces(text):
            if place_key(name) != place_key(candidate.name):
                votes[PROVINCE][name] += 1
    _part_hue(votes)
    for mention in mentions(prose(text.clean, captions=True)):
        level = tier(mention.level, mention.name)
        if level > own and not mention.old and level in votes and not votes[level]:
            votes[level][titled(mention.name)] += 1
    parents = []
    for level in (1, 2):
        best = _best(votes[level])
        if best:
            parents.append(best)
    return parents


def _part_hue(votes: dict[int, Counter[str]]) -> None:
    """Huế beside Thừa Thiên Huế is the city of that province, as it was before 2025."""
    province = votes[PROVINCE]
    if any(place_key(name) == "thừa thiên huế" for name in province):
        for name in [n for n in province if place_key(n) == "huế"]:
            votes[1][name] += province.pop(name)


def _best(votes: Counter[str]) -> str | None:
    keys: Counter[str] = Counter()
    for name, count in votes.items():
        keys[place_key(name)] += count
    if not keys:
        return None
    key = max(keys, key=lambda k: keys[k])
    return max((n for n in votes if place_key(n) == key), key=lambda n: votes[n])


def _beside(candidate: _Candidate, text: Prose) -> list[tuple[str, int]]:
    """Names right after the locality's own, in brackets or after a comma, without a level word."""
    names: list[tuple[str, int]] = []
    for end in candidate.ends:
        names += [(_without_level(titled(name)), 3) for name in bracketed(text, end)]
        row = _ROW.match(text.text, end)
        if row and place_key(row.group(2)) in provinces():
            names += [(row.group(1), 2), (row.group(2), 2)]
    return names


def _without_level(name: str) -> str:
    """``TP Uông Bí`` and ``Huyện Kbang`` in brackets are the places Uông Bí and Kbang."""
    return name if place_key(name) == "hồ chí minh" else _LEVEL_WORD.sub("", name)


def _bare_provinces(text: Prose) -> list[str]:
    return [provinces()[place_key(m.group(1))] for m in _in_province().finditer(text.folded)]


@cache
def _then_province() -> re.Pattern[str]:
    """A province named right after a unit, without its level ("huyện Thoại Sơn, An Giang")."""
    return re.compile(rf"\s*(?:,|-|\()\s*({trie(provinces())})(?!\w)")


@cache
def _in_province() -> re.Pattern[str]:
    return re.compile(rf"(?:địa bàn|thủ đô|tại|của)\s+({trie(provinces())})(?!\w)")
