"""The passages worth weighing for a summary: every sentence of the body, and the pieces of those that run through several sectors.

A long Vietnamese report sentence strings sectors together with semicolons ("Kinh tế …; an sinh xã hội …; quốc phòng …").  Such
a sentence is given whole, under its main sector, and also cut at those semicolons that part two complete statements, each run
of one sector as a passage of its own; a very long one that only leads up to its figures is also given as the statements with
figures.  One that cannot be cut and tells nearly as much of a second sector is given under both.  Such passages overlap: who
prints one must not print the other (``summarise.digest`` sees to it).  Commas are not cut, but for parallel "công tác …"
statements: what stands before a comma often belongs to what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from toolkit.extract.cues import fold
from toolkit.extract.sectors import decide, sector_of, weigh
from toolkit.lexicon import load
from toolkit.model.context import Sector
from toolkit.model.fact import Mode, Passage
from toolkit.model.text import BlockKind, CleanText

_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_OPENING, _CLOSING = "([“«", ")]”»"
_WORD = re.compile(r"[^\W_]+")
_PARALLEL = re.compile(r",\s+công tác\b")
_SAID = re.compile(r"\b(?:được|đạt|có|luôn)\b")
"""What a statement about some "công tác" says of it; without one the comma only lists subjects."""

_FIGURE = re.compile(
    r"(?<![\d/.,-])(?<!năm )(?<!ngày )(?<!tháng )(?<!số )(?<!kỳ )(?<!thứ )\d[\d.,]*"
    r"(?:\s?(?:%|‰)|\s?/\s?\d+\s+[^\W\d]|\s?(?:tỷ|tỉ|triệu|nghìn|ha|km|m2|m²|tấn|tạ)\b|\s+(?!năm|tháng|ngày|lần|giờ)[^\W\d])"
)
"""A number that measures something; years, dates and ordinals do not."""
LONG, WORTH_CUTTING = 60, 0.7
"""Syllables from which a sentence is cut down to its figures, when that leaves at most this share of it."""
SHORTEST_PIECE = 5
"""Syllables below which a piece between semicolons is an item of a list, not a statement."""
SHARED = 0.45
"""Share of its main sector's weight from which a sentence is given under a second sector too."""
CLEAR = 1.5
"""Weight of its best sector (units of the sector lexicon) from which a statement counts as telling its sector."""
LONGEST_LEAD = 0.5
"""A lead-in ending in a colon may be this share of the first piece; a longer one is the statement itself."""


def passages(clean: CleanText, modes: Sequence[Mode], sectors: Sequence[Sector]) -> tuple[Passage, ...]:
    """All passages in reading order; ``modes`` and ``sectors`` run parallel to ``clean.sentences``.

    A whole sentence comes before its pieces.  Headings, captions and table rows give none.  ``features`` hold ``sector_fit``
    (share of the sector in all that the passage tells), and ``piece``, ``cut`` (down to its
    figures) or ``shared`` where it is one of several readings.
    """
    found: list[Passage] = []
    for sentence, mode, sector in zip(clean.sentences, modes, sectors, strict=True):
        if clean.blocks and clean.blocks[sentence.block].kind not in _BODY:
            continue
        start, end = _trim(clean.text, sentence.span.start, sentence.span.end)
        if not _WORD.search(clean.text, start, end):
            continue
        found += _of_sentence(clean, (start, end), sector, mode, sentence.block)
    return tuple(found)


def _of_sentence(clean: CleanText, span: tuple[int, int], sector: Sector, mode: Mode, block: int) -> Iterator[Passage]:
    start, end = span
    quote, text = clean.quote(start, end), clean.text[start:end]
    weights = weigh(text)
    total = sum(weights.values()) or 1.0
    fit = round(weights.get(sector, 0.0) / total, 3)
    yield Passage(quote, text, sector, mode, block=block, features=(("sector_fit", fit),))
    if mode is not Mode.RESULT:
        return
    parts = pieces(text, start) if ";" in text or _PARALLEL.search(text) else []
    marks = (("sector_fit", 1.0), ("cut" if len(parts) == 1 else "piece", 1.0))
    for low, high, own in parts:
        yield Passage(clean.quote(low, high), clean.text[low:high], own, mode, block=block, features=marks)
    for own, weight in weights.items():
        shared = own not in {sector, Sector.CHUNG} and weight >= SHARED * max(weights.values())
        if shared and sector is not Sector.CHUNG:
            yield Passage(quote, text, own, mode, block=block, features=(("sector_fit", round(weight / total, 3)), ("shared", 1.0)))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def pieces(text: str, offset: int = 0) -> list[tuple[int, int, Sector]]:
    """``(start, end, sector)`` of each run of statements of one sector; empty when the sentence holds only one sector.

    ``offset`` is added to both ends.  A statement that does not tell its sector belongs to the one before it.
    """
    told: list[tuple[int, int, Sector | None]] = []
    cut = [_trim(text, *statement) for statement in _statements(text)]
    for low, high in cut if len(cut) > 1 else ():
        own = _clear_sector(text[low:high])
        if told and own in {None, told[-1][2]}:
            told[-1] = (told[-1][0], high, told[-1][2])
        elif told and told[-1][2] is None:
            told[-1] = (told[-1][0], high, own)
        else:
            told.append((low, high, own))
    if len(told) < 2:
        return _with_figures(text, cut, offset)
    return [(offset + low, offset + _end(text, high), sector or Sector.CHUNG) for low, high, sector in told]


def _with_figures(text: str, cut: list[tuple[int, int]], offset: int) -> list[tuple[int, int, Sector]]:
    """The statements with figures of a very long sentence of one sector, where others only lead up to them."""
    told = [i for i, (low, high) in enumerate(cut) if _FIGURE.search(text, low, high)]
    if not told or len(_WORD.findall(text)) < LONG:
        return []
    low, high = cut[told[0]][0], cut[told[-1]][1]
    if high - low > WORTH_CUTTING * len(text):
        return []
    return [(offset + low, offset + _end(text, high), sector_of(text[low:high], sector_of(text)))]


def _clear_sector(statement: str) -> Sector | None:
    scores = weigh(statement)
    best = max(scores.values(), default=0.0)
    sector = decide(scores)
    return sector if best >= CLEAR and sector is not Sector.CHUNG else None


def _end(text: str, end: int) -> int:
    """The end of a piece: without the semicolon behind it, but with the stop that ends the whole sentence."""
    if end >= len(text):
        return end
    while end and text[end - 1] in ".;… ":
        end -= 1
    return end


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Intervals between borders that part complete statements; what cannot stand alone stays with the one before."""
    start = last = _after_lead(text)
    borders = [*_borders(text, start), len(text)]
    for here, following in pairwise(borders):
        opening = last == start
        if text[here] == "," and not (_SAID.search(text, last, here) and _SAID.search(text, here, following)):
            continue
        if _complete(text[last:here], opening=opening) and _complete(text[here + 1 : following]):
            yield last, here
            last = here + 1
    yield last, len(text)


def _borders(text: str, start: int) -> Iterator[int]:
    """Semicolons outside brackets and quotation marks, and commas between parallel "công tác …" statements."""
    depth = 0
    straight = False
    for i in range(start, len(text)):
        c = text[i]
        if c in _OPENING:
            depth += 1
        elif c in _CLOSING:
            depth = max(0, depth - 1)
        elif c == '"':
            straight = not straight
        elif not depth and not straight and (c == ";" or (c == "," and _PARALLEL.match(text, i))):
            yield i


def _after_lead(text: str) -> int:
    """Where the statements begin after a lead-in with a colon ("… đạt nhiều kết quả nổi bật: kinh tế …"); 0 without one."""
    colon = text.find(":")
    first = text.find(";")
    if colon < 0 or first < colon or any(c.isdigit() for c in text[:colon]):
        return 0
    return colon + 1 if _complete(text[colon + 1 : first]) and colon <= LONGEST_LEAD * len(text) else 0


@cache
def _words(key: str) -> re.Pattern[str]:
    phrases = sorted((fold(phrase) for phrase in load("vi/summarise")[key]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _complete(piece: str, *, opening: bool = False) -> bool:
    """Whether a piece says something complete: long enough, no word that leans on what came before, a subject of its own.

    Reports leave the subject out before a deed with a figure ("kết nạp được 40 đảng viên"); without a figure a piece that opens
    with its verb has its subject in the piece before, unless it is the ``opening`` of the sentence.
    """
    low = fold(piece).strip()
    if len(_WORD.findall(low)) < SHORTEST_PIECE:
        return False
    if opening:
        return bool(_words("predicates").search(low))
    if _words("dangling").match(low) or _words("leaning").match(low):
        return False
    if _words("predicates").match(low):
        return any(c.isdigit() for c in low)
    return bool(_words("predicates").search(low))
