"""People whom a report names, with the offices they hold.

A run of capitalised syllables that opens with a surname is a person only beside evidence: a form of address (``đồng chí``,
``bà``), an office before it (``Bí thư Đảng ủy phường Hạ Đình Trần Lan Hương``) or after it (``Lê Hồng Sơn, Phó Chủ tịch …``),
or a list that such a name opens.  So streets, thought and bylines named after people stay out.  Short forms (``ông Kiên``)
are linked to the full name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import SYLLABLE, UPPER, Prose, fold, prose, trie
from toolkit.extract.places import Mention, mentions, surnames, titled
from toolkit.model.context import Locality
from toolkit.model.fact import Person
from toolkit.model.text import CleanText, Quote

_RUN = re.compile(rf"(?<!\w){SYLLABLE}(?: {SYLLABLE})+(?!\w)|(?<!\w){SYLLABLE}(?= ?[,.)–-])")
_ABBREVIATION = re.compile(rf"[{UPPER}]{{2,}}$")
_DELIMITER = re.compile(r"[,;:.()\n“”\"]|\s[-–—]\s")
_AFTER = re.compile(r"\s*(?:,|-|–|—|_|\(|:|(?<=\w)\s(?=\w))\s*(?:hiện là |hiện |là |nguyên |đồng chí )?")
_ASIDE = re.compile(r"\s*\([^()\n]{1,40}\)(?=\s*[,–-])")
_NEXT_OFFICE = re.compile(r"\s*(?:,\s*kiêm|,|kiêm|và|\s[-–—])\s*(?:nguyên )?")
_JOINED = re.compile(r"\s*(?:,|;)?\s*(?:và|cùng)?\s*$")
_TOKEN = re.compile(r"\s+(\w[\w&-]*(?:\.\w+)*)")
_TITLE_DEGREE = re.compile(r"(?:(?:gs|pgs|ts|ths|cn|ks|bs|gs\.ts|pgs\.ts)\.?\s*)+$")
_MIDDLE = frozenset({"thị", "văn", "a", "y"})
"""Second syllables so common in names that they stand for a surname that the lexicon lacks (Sồng Thị Chứ)."""


@dataclass
class _Candidate:
    """A possible person at one place: ``roles`` as (start, end) in clean coordinates."""

    start: int
    end: int
    name: str
    roles: list[tuple[int, int]] = field(default_factory=list)
    after_end: int = 0
    sure: bool = False


@cache
def _offices() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon.load("vi/offices")
    heads = re.compile(rf"(?<!\w){trie(fold(h) for h in data['heads'])}(?!\w)")
    address = re.compile(rf"(?<!\w){trie(fold(a) for a in data['address'])}(?!\w)\s*:?\s*$")
    elected = re.compile(rf"\s*,?\s*(?:đã\s+)?{trie(fold(e) for e in data['elected'])}\s+")
    return heads, frozenset(fold(w) for w in data["body_words"]), address, elected


@cache
def _before() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What ends right before a name: a body whose place follows, a thing named after a person, a by-line."""
    data = lexicon.load("vi/offices")
    bodies, named_after, by = (trie(fold(w) for w in data[key]) for key in ("place_bodies", "named_after", "bylines"))
    return (
        re.compile(rf"(?<!\w){bodies}\s*$"),
        re.compile(rf"(?<!\w)(?<!thành ){named_after}\s*$"),
        re.compile(rf"(?<!\w){by}\s*(?:,|và|&|:|-|/)?\s*(?:ảnh|bài)?\s*:?\s*$"),
    )


@cache
def _addresses() -> frozenset[str]:
    return frozenset(fold(a) for a in lexicon.load("vi/offices")["address"])


@cache
def _rare_surnames() -> frozenset[str]:
    return frozenset(lexicon.load("vi/surnames")["rare"])


@cache
def _excluded() -> tuple[frozenset[str], tuple[str, ...]]:
    data = lexicon.load("vi/offices")
    return frozenset(fold(n) for n in data["not_people"]), tuple(fold(n) for n in data["not_names"])


def people(clean: CleanText, locality: Locality | None = None) -> tuple[Person, ...]:
    """Everyone named with evidence of being a person of the report, in order of first mention.

    ``locality`` (the one reported on) lets roles leave its name out: ``Bí thư Đảng ủy phường``.
    """
    text = prose(clean)
    found = _candidates(text)
    _judge(text, found)
    below = prose(clean, captions=True)
    pictured = _candidates(below)
    _judge(below, pictured)
    found += [c for c in pictured if c.sure and c.roles]
    found.sort(key=lambda c: c.start)
    return _merged(text, found, locality)


def _candidates(text: Prose) -> list[_Candidate]:
    named = mentions(text)
    places = {m.end: m for m in named}
    inside = {i for m in named for i in range(m.start, m.end)}
    found: list[_Candidate] = []
    for run in _RUN.finditer(text.text):
        if run.end() - 1 in inside:
            continue
        candidate = _candidate(text, run, places)
        if candidate is not None:
            found.append(candidate)
    return found


def _candidate(text: Prose, run: re.Match[str], places: dict[int, Mention]) -> _Candidate | None:
    """The person at the end of a run of capitalised syllables, cut off a place or an abbreviation before it."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"\S+", run.group())]
    base = run.start()
    while len(pieces) > 2 and fold(pieces[0][1]) in _addresses():
        pieces.pop(0)
    while len(pieces) > 2 and _ABBREVIATION.match(pieces[0][1]) and not run.group().isupper():
        pieces.pop(0)
    while len(pieces) > 2 and _ABBREVIATION.match(pieces[-1][1]) and not run.group().isupper():
        pieces.pop()  # "Nguyễn Mạnh Hùng TUV"
    for i, (offset, _) in enumerate(pieces):
        if i and base + offset - 1 in places:
            pieces = pieces[i:]
            break
    else:
        if _before()[0].search(text.folded[max(0, base - 20) : base + pieces[0][0]]):
            pieces = _after_place(pieces)
    if not 2 <= len(pieces) <= 5 or not (_opens(pieces[0][1]) or (len(pieces) > 2 and fold(pieces[1][1]) in _MIDDLE)):
        return None
    if _offices()[0].match(text.folded, base + pieces[-1][0]):
        return None  # the run's last syllable opens an office ("Phí Bí thư")
    start = base + pieces[0][0]
    end = base + pieces[-1][0] + len(pieces[-1][1])
    name = text.text[start:end]
    folded = fold(name)
    names, phrases = _excluded()
    if folded in names or any(text.folded.startswith(p, start) for p in phrases):
        return None
    return _Candidate(start, end, titled(name))


def _opens(syllable: str) -> bool:
    name = syllable.capitalize() if syllable.isupper() else syllable
    return name in surnames() or name in _rare_surnames()


def _after_place(pieces: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The pieces of the name behind a place: two or three syllables of place, a surname, two or three more, fit best."""
    best: tuple[int, int] | None = None
    for i in range(1, len(pieces) - 1):
        rest = len(pieces) - i
        syllable = pieces[i][1]
        if not 2 <= rest <= 4 or syllable not in surnames():
            continue
        score = -abs(i - 2) - abs(rest - 3)
        if best is None or score > best[0]:
            best = (score, i)
    return pieces[best[1] :] if best else pieces


def _judge(text: Prose, found: list[_Candidate]) -> None:
    """Marks those that evidence supports, and reads their offices."""
    for i, c in enumerate(found):
        before = text.folded[max(0, c.start - 60) : c.start]
        if _before()[1].search(before) or _before()[2].search(before):
            continue
        c.roles = _roles_before(text, c.start)
        after, c.after_end = _roles_after(text, c.end)
        c.roles += after
        addressed = bool(_offices()[2].search(_TITLE_DEGREE.sub("", before)))
        previous = found[i - 1] if i else None
        listed = previous is not None and previous.sure and _continues(text, previous, c)
        common = c.name.split()[0] in surnames()
        c.sure = addressed or (bool(c.roles) and (common or bool(after))) or (listed and common)
        if addressed and not common and len(c.name.split()) < 3 and not c.roles:
            c.sure = False


def _continues(text: Prose, previous: _Candidate, c: _Candidate) -> bool:
    gap = text.folded[max(previous.end, previous.after_end) : c.start]
    return len(gap) < 8 and bool(re.fullmatch(r"\s*(?:,|;|và|, và|cùng)\s*", gap))


def _roles_before(text: Prose, at: int) -> list[tuple[int, int]]:
    """The chain of offices that ends right before a name."""
    heads, _, address, _ = _offices()
    roles: list[tuple[int, int]] = []
    end = at
    floor = max(0, at - 260)
    while end > floor:
        start = floor
        for m in _DELIMITER.finditer(text.text, floor, end):
            start = m.end()
        segment = text.folded[start:end].rstrip()
        if not roles:
            segment = address.sub("", segment).rstrip(" ,")
        first = next((h for h in heads.finditer(text.folded, start, start + len(segment)) if not _of_a_body(text, h)), None)
        if first is None:
            break
        stop = _office_end(text, first.end(), start + len(segment))
        if stop < start + len(segment):
            later = list(heads.finditer(text.folded, first.end(), start + len(segment)))
            fit = next((h for h in later if _office_end(text, h.end(), start + len(segment)) >= start + len(segment)), None)
            if fit is None:
                break
            roles.insert(0, (fit.start(), start + len(segment)))
            break
        roles.insert(0, (first.start(), stop))
        if text.folded[start : first.start()].strip() or text.text[start - 1 : start] not in (",", " "):
            break
        end = start - 1
    return roles


def _of_a_body(text: Prose, head: re.Match[str]) -> bool:
    """``Ban Bí thư`` is a body, no office."""
    return text.folded[max(0, head.start() - 4) : head.start()] == "ban "


def _roles_after(text: Prose, at: int) -> tuple[list[tuple[int, int]], int]:
    """Offices that follow a name after a comma, a dash, a bracket, or as what the person was elected to."""
    heads, _, _, elected = _offices()
    roles: list[tuple[int, int]] = []
    lead = elected.match(text.folded, at) or _AFTER.match(text.folded, at)
    aside = _ASIDE.match(text.folded, at)
    if aside is not None and lead is not None and heads.match(text.folded, lead.end()) is None:
        lead = _AFTER.match(text.folded, aside.end())  # "Lê Văn Nam (bìa trái), Phó Chủ tịch …"
    while lead is not None:
        head = heads.match(text.folded, lead.end())
        if head is None:
            break
        stop = _office_end(text, head.end(), min(len(text.text), head.end() + 220))
        former = text.folded.endswith("nguyên ", 0, head.start())
        roles.append((head.start() - (len("nguyên ") if former else 0), stop))
        at = stop
        lead = _NEXT_OFFICE.match(text.folded, at)
    return roles, at


def _office_end(text: Prose, at: int, limit: int) -> int:
    """Where the office's wording ends: capitalised words and words of bodies belong to it."""
    _, words, _, _ = _offices()
    end = at
    while True:
        m = _TOKEN.match(text.text, end, limit)
        if m is None:
            return end
        token = m.group(1)
        if not (token[0].isupper() or fold(token) in words or (token.isdigit() and _numbered(text.folded[end - 12 : end]))):
            return end
        following = _TOKEN.match(text.text, m.end(), limit)
        both = f"{fold(token)} {fold(following.group(1))}" if following else ""
        if "\n" in text.text[end : m.start(1)] or fold(token) in _ceremony() or both in _ceremony():
            return end
        if fold(token) == "và" and not _joins(text, m.end(), words):
            return end
        if token[0].isupper() and _opens(token) and _name_here(text, m.start(1), limit):
            return end
        end = m.end()


@cache
def _ceremony() -> frozenset[str]:
    """What an official does, capitalised by mistake after the office ("Bí thư Huyện ủy Tặng hoa")."""
    return frozenset(fold(w) for w in lexicon.load("vi/offices")["ceremony"])


def _numbered(before: str) -> bool:
    """Whether a number after these words belongs to a name ("Phường 9", "số 11", "tổ 3")."""
    return bool(re.search(r"(?:số|phường|quận|tổ|khu phố|thôn|ấp|khóa|khu|bản|tổ dân phố|xóm)$", before))


def _joins(text: Prose, at: int, words: frozenset[str]) -> bool:
    """Whether ``và`` joins two bodies ("Tuyên giáo và Dân vận"), not two persons or offices."""
    heads = _offices()[0]
    following = _TOKEN.match(text.text, at)
    if following is None or heads.match(text.folded, following.start(1)):
        return False
    token = following.group(1)
    return (token[0].isupper() and not _opens(token)) or fold(token) in words


def _name_here(text: Prose, at: int, limit: int) -> bool:
    run = _RUN.match(text.text, at)
    return run is not None and run.end() <= limit and 2 <= len(run.group().split()) <= 4 and run.group().split()[0] in surnames()


def _merged(text: Prose, found: list[_Candidate], locality: Locality | None) -> tuple[Person, ...]:
    sure = {fold(c.name) for c in found if c.sure}
    order: dict[str, list[_Candidate]] = {}
    for c in found:
        key = fold(c.name)
        if key in sure:
            order.setdefault(key, []).append(c)
    short = _short_forms(text, order)
    result = []
    for key, places in order.items():
        roles: dict[str, str] = {}
        for c in places:
            for start, end in c.roles:
                role = _worded(text.clean.text[start:end], locality)
                roles.setdefault(fold(role), role)
        quotes = [text.clean.quote(c.start, c.end) for c in places] + short.get(key, [])
        name = next((c.name for c in places if not c.name.isupper()), places[0].name)
        result.append(Person(name, tuple(_essential(roles)), tuple(sorted(quotes, key=lambda q: q.start))))
    return tuple(result)


def _worded(role: str, locality: Locality | None) -> str:
    role = re.sub(r"\s+", " ", role).strip(" ,;-–")
    if locality is not None:
        role = re.sub(rf"\s+{re.escape(locality.name)}$", "", role)
    return re.sub(r"\s+(?:và|của|kiêm|thuộc|về|trên)$", "", role)


def _essential(roles: dict[str, str]) -> list[str]:
    """Without a role that another one makes more exact ("Bí thư" beside "Bí thư Đảng ủy") or writes out (``TUV``)."""
    full = {fold(short): {fold(w) for w in words} for short, words in lexicon.load("vi/offices")["abbreviations"].items()}
    return [
        r
        for k, r in roles.items()
        if not any(other != k and other.startswith(k + " ") for other in roles) and not full.get(k, set()) & set(roles)
    ]


_SHORT = re.compile(rf"(?<!\w)(?i:ông|bà|anh|chị|đồng chí|cụ|cô|thầy)\s+({SYLLABLE}(?: {SYLLABLE})?)(?! ?[{UPPER}])")


def _short_forms(text: Prose, order: dict[str, list[_Candidate]]) -> dict[str, list[Quote]]:
    """``ông Kiên`` for Phạm Thành Kiên: the last one or two syllables of exactly one person named in full."""
    tails: dict[str, set[str]] = {}
    for key in order:
        syllables = key.split()
        for count in (1, 2):
            tails.setdefault(" ".join(syllables[-count:]), set()).add(key)
    found: dict[str, list[Quote]] = {}
    for m in _SHORT.finditer(text.text):
        owners = tails.get(fold(m.group(1)), set())
        if len(owners) == 1:
            found.setdefault(next(iter(owners)), []).append(text.clean.quote(m.start(1), m.end(1)))
    return found
