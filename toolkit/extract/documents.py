"""Official documents that an article cites by number: type, canonical number, date, issuer, every mention.

The number's form tells Party (``15-NQ/TW``) from state (``1719/QĐ-TTg``); the press writes spaces and dashes as it likes
(``02 –CTr/QU``) and often the bare number (``Chỉ thị 05``).  A number that counts things (``10 chương trình``, ``Kế hoạch 5 năm``)
is no document.  Source of the forms: Quy định 399-QĐ/TW, Nghị định 30/2020/NĐ-CP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import UPPER, Prose, fold, prose, trie
from toolkit.model.fact import CitedDocument
from toolkit.model.text import CleanText, Quote

_SYMBOL = (
    r"\d{1,5}[a-zA-Z]?\s{0,2}(?:[-–—/]\s{0,2}(?:19|20)\d\d\s{0,2})?[-–—/]\s{0,2}["
    + UPPER
    + r"][\w]{0,6}(?:\s{0,1}[-–—/]\s{0,1}["
    + UPPER
    + r"][\w]{0,11}){0,2}"
)
_SYMBOL_AT = re.compile(_SYMBOL)
_BARE_AT = re.compile(r"\d{1,4}[a-zđ]?(?![\w%])(?!\s?[/.,-]\s?\d)")
_LINK = re.compile(r"\s*(?:,|và|;|hay)\s+(?:số\s+)?")
_QUALIFIER = re.compile(r"\s*(?:chuyên đề|liên tịch|hành động|công tác|phối hợp|khung)?\s*(?:số|số:|sô)?\s*:?\s*")
# What may follow a bare number that names a document; a noun there would make it a count.
_AFTER_BARE = re.compile(
    r"\s*(?:$|[,.;:)\]”\"…]|của|ngày|về|và\b|năm\s+20\d\d(?!\s?[-–])|ban hành|được|tại|do\b|đã|trên|gắn|theo|vào|là\b|"
    r"khóa|cũng|với|"
    r"với|-|–|để|trong|đến|hay|hoặc|từ)"
)
_DATE = re.compile(
    r"^[\s,(]*(?:ban hành\s+)?(?:ra\s+)?ngày\s+(\d{1,2})(?:\s?[/.\-]\s?|\s+tháng\s+)(\d{1,2})(?:\s?[/.\-]\s?|"
    r"\s+năm\s+)(20\d\d|19\d\d)"
)
_ISSUER = re.compile(
    rf"^[\s,)]*(?:(?:ban hành\s+)?ngày\s+[\d/.\- ]+(?:tháng \d+ năm \d+)?[\s,]*)?(?:của|do)\s+"
    rf"((?:[{UPPER}][\w]*|Đảng|ủy|uỷ|hành|vụ|bộ|trị|bí|thư|quận|huyện|tỉnh|phường|xã|thành phố|trung ương|thủ tướng|"
    rf"nhân dân|Trung ương)"
    rf"(?:\s+(?:[{UPPER}][\w]*|ủy|uỷ|hành|vụ|bộ|trị|thư|tướng|phủ|ương|dân|đồng|quận|huyện|tỉnh|phường|xã|thành phố|"
    rf"thường|hội)){{0,7}})"
)
_TYPES_AFTER_NUMBER = 40


@dataclass
class _Found:
    type: str
    number: str
    date: str | None = None
    issuer: str | None = None
    quotes: list[Quote] = field(default_factory=list)
    start: int = 0


@cache
def _types() -> tuple[dict[str, dict[str, object]], re.Pattern[str]]:
    entries = {fold(e["name"]): e for e in lexicon.load("vi/document_types")}
    return entries, re.compile(rf"(?<!\w){trie(entries)}(?!\w)")


@cache
def _symbol_types() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in lexicon.load("vi/document_types"):
        for symbol in entry["symbols"]:
            table.setdefault(fold(symbol), entry["name"])
    return table


def documents(clean: CleanText) -> tuple[CitedDocument, ...]:
    """Numbered documents in order of first mention; all mentions of one document together."""
    text = prose(clean)
    found: dict[tuple[str, str], _Found] = {}
    taken: set[int] = set()
    for start, end, kind, number in [*_typed(text, taken), *_loose(text, taken)]:
        entry = found.setdefault(_key(kind, number), _Found(kind, number, start=start))
        entry.start = min(entry.start, start)
        entry.quotes.append(clean.quote(start, end))
        entry.date = entry.date or _date(text.folded[end : end + 60])
        entry.issuer = entry.issuer or _issuer(text.text[end : end + 110])
    merged = _linked(found)
    return tuple(
        CitedDocument(d.type, d.number, d.date, d.issuer, tuple(sorted(d.quotes, key=lambda q: q.start)))
        for d in sorted(merged, key=lambda d: d.start)
    )


def _key(kind: str, number: str) -> tuple[str, str]:
    return ("", fold(number)) if re.search(r"[-/]", number) else (kind, number.lstrip("0"))


def _typed(text: Prose, taken: set[int]) -> list[tuple[int, int, str, str]]:
    """Numbers after a type word, and those that follow in the same list (``Nghị quyết 18, 19``)."""
    entries, pattern = _types()
    found = []
    for m in pattern.finditer(text.folded):
        entry = entries[re.sub(r"\s+", " ", m.group())]
        qualifier = _QUALIFIER.match(text.folded, m.end())
        at = qualifier.end() if qualifier else m.end()
        numbered = "số" in text.folded[m.end() : at]
        start = m.start()
        while True:
            read = _number(text, at, entry, numbered)
            if read is None:
                break
            end, number = read
            taken.update(range(at, end))
            found.append((start, end, str(entry["name"]), number))
            link = _LINK.match(text.folded, end)
            if link is None:
                break
            start = at = link.end()
            numbered = numbered and "-" not in number
    return found


def _number(text: Prose, at: int, entry: dict[str, object], numbered: bool) -> tuple[int, str] | None:
    symbol = _SYMBOL_AT.match(text.text, at)
    if symbol:
        return symbol.end(), canonical(symbol.group())
    bare = _BARE_AT.match(text.folded, at)
    if bare is None or not (entry.get("bare") or numbered) or (at and not text.text[at - 1].isspace()):
        return None
    if not _AFTER_BARE.match(text.folded, bare.end()):
        return None
    digits = bare.group()
    if len(digits) == 4 and digits.startswith(("19", "20")) and not numbered:
        return None
    return bare.end(), digits


def _loose(text: Prose, taken: set[int]) -> list[tuple[int, int, str, str]]:
    """Full symbols without a type word before them; the symbol itself tells the type."""
    found = []
    for m in _SYMBOL_AT.finditer(text.text):
        if m.start() in taken or (m.start() and (text.text[m.start() - 1].isalnum() or text.text[m.start() - 1] in ".,/-")):
            continue
        number = canonical(m.group())
        symbol = re.search(r"(?:^\d+\w?[-/])(?:\d{4}[-/])?([^\W\d_]+)[-/]", number)
        kind = _symbol_types().get(fold(symbol.group(1))) if symbol else None
        if kind and re.search(r"[-/]", number):
            found.append((m.start(), m.end(), kind, number))
    return found


def canonical(written: str) -> str:
    """The number as its issuer writes it: ``02 –CTr/QU`` → ``02-CTr/QU``, ``15-NQ/TƯ`` → ``15-NQ/TW``."""
    number = re.sub(r"\s*[-–—]\s*", "-", re.sub(r"\s*/\s*", "/", written.strip()))
    number = re.sub(r"(?<=[/-])T[ƯƯ](?!\w)", "TW", number)
    return number.replace("Ð", "Đ")


def _date(after: str) -> str | None:
    m = _DATE.match(after)
    if m is None:
        return None
    try:
        return date(int(m.group(3)), int(m.group(2)), int(m.group(1))).isoformat()
    except ValueError:
        return None


def _issuer(after: str) -> str | None:
    m = _ISSUER.match(after)
    return m.group(1).strip() if m else None


def _linked(found: dict[tuple[str, str], _Found]) -> list[_Found]:
    """Joins a bare number to the one full number of the same type that begins with it (``Nghị quyết 15`` and ``15-NQ/TW``)."""
    full = [d for k, d in found.items() if not k[0]]
    kept = list(full)
    for key, bare in found.items():
        if not key[0]:
            continue
        matches = [d for d in full if d.type == bare.type and re.match(rf"0*{re.escape(key[1])}(?=[-/])", d.number)]
        if len(matches) == 1:
            matches[0].quotes.extend(bare.quotes)
            matches[0].start = min(matches[0].start, bare.start)
            matches[0].date = matches[0].date or bare.date
            matches[0].issuer = matches[0].issuer or bare.issuer
        else:
            kept.append(bare)
    return kept
