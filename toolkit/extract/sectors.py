"""Which of the eight sectors a stretch of text belongs to.

A weighted lexicon (``data/vi/sectors.yaml``) is matched over syllables, longest phrase first; what stands early in a clause counts
more than what stands late, and what follows a word of purpose ("góp phần …") counts least, because a Vietnamese report names the
subject first and its use last.  The words of a heading or lead-in are a prior that the text itself can overrule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.extract.cues import fold
from toolkit.lexicon import load
from toolkit.model.context import Sector
from toolkit.model.text import BlockKind, CleanText

_SYLLABLE = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[;.!?]")
_OF_ALL_TARGETS = re.compile(r"(?<!\d)\d+\s?/\s?\d+\s+chỉ tiêu(?! thi đua)")

CONTEXT_WEIGHT = 2.0
"""What a heading or lead-in adds to its sector: more than a hint, less than a sure term (units of the lexicon's weights)."""
PURPOSE_FACTOR = 0.35
"""Share of its weight that a term keeps after a word of purpose."""
SAID_FACTOR = 0.1
"""Share that is left before "… cho biết": the speaker's office is not the subject."""
REPEAT_FACTOR = 0.4
TARGETS_WEIGHT = 4.0
"""What "17/17 chỉ tiêu" adds to ``chung``: so many of the term's targets, whatever the heading above."""
FOCUS_FACTOR = 2.0
"""What a term counts in the label of the figure asked about, against once in its surroundings."""
HALF_WAY = 18.0
"""Syllables after which a term's weight has halved; tuned on six annotated articles, checked on five others."""
FLOOR = 0.9
"""Weight below which nothing is known of the sector."""
SURVEY_SECTORS, SURVEY_SHARE = 4, 0.3
"""So many sectors, each with this share of the strongest one's weight, make a sentence a survey of the whole."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Phrases by first syllable, longest first, each with what it tells (None: nothing, it only hides shorter ones)."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Sector | None, float], ...]]
    purpose: frozenset[tuple[str, ...]]
    said: frozenset[tuple[str, ...]]
    headings: Mapping[str, tuple[tuple[tuple[str, ...], Sector | None, float], ...]]


def _syllables(text: str) -> tuple[str, ...]:
    return tuple(_SYLLABLE.findall(fold(text)))


_Entry = tuple[tuple[str, ...], Sector | None, float]


def _index(entries: list[_Entry]) -> dict[str, tuple[_Entry, ...]]:
    by_first: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_first.setdefault(entry[0][0], []).append(entry)
    return {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in by_first.items()}


def _set(phrases: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(_syllables(phrase) for phrase in phrases)


@cache
def _lexicon() -> _Lexicon:
    data = load("vi/sectors")
    entries: list[_Entry] = [
        (_syllables(term), Sector(name), float(group["weight"]))
        for name, groups in data["sectors"].items()
        for group in groups
        for term in group["terms"]
    ]
    entries += [(_syllables(term), None, 0.0) for term in data["neutral"]]
    headings: list[_Entry] = [(_syllables(term), Sector(name), 1.0) for name, terms in data["headings"].items() for term in terms]
    return _Lexicon(_index(entries), _set(data["purpose"]), _set(data["said"]), _index(headings))


def _tokens(text: str) -> tuple[list[str], list[bool]]:
    """Syllables of a folded text, and for each whether a clause border stands before it."""
    tokens: list[str] = []
    borders: list[bool] = []
    last = 0
    folded = fold(text)
    for match in _SYLLABLE.finditer(folded):
        tokens.append(match.group())
        gap = folded[last : match.start()]
        # A dot inside a number or an abbreviation has no space after it and is no border.
        borders.append(bool(_BREAK.search(gap)) and (gap[-1:].isspace() or ";" in gap))
        last = match.end()
    return tokens, borders


def _matches(tokens: list[str], index: Mapping[str, tuple[_Entry, ...]]) -> Iterator[tuple[int, int, Sector | None, float]]:
    """``(position, length, sector, weight)`` of the longest phrase at each place, left to right, without overlap."""
    i = 0
    while i < len(tokens):
        for phrase, sector, weight in index.get(tokens[i], ()):
            n = len(phrase)
            if n == 1 or tuple(tokens[i : i + n]) == phrase:
                yield i, n, sector, weight
                i += n
                break
        else:
            i += 1


def _places(tokens: list[str], phrases: frozenset[tuple[str, ...]]) -> set[int]:
    return {i for i in range(len(tokens)) if any(tuple(tokens[i : i + n]) in phrases for n in (1, 2, 3))}


def _factors(tokens: list[str], borders: list[bool], lexicon: _Lexicon) -> list[float]:
    """What share of its weight a term keeps at each place of the text."""
    purpose = _places(tokens, lexicon.purpose)
    said = max(_places(tokens, lexicon.said), default=0)
    factors: list[float] = []
    origin = said
    aimed = False
    for i in range(len(tokens)):
        if borders[i]:
            origin, aimed = i, False
        aimed = aimed or (i in purpose and i > origin)
        if i < said:
            factors.append(SAID_FACTOR)
        else:
            factors.append(HALF_WAY / (HALF_WAY + i - origin) * (PURPOSE_FACTOR if aimed else 1.0))
    return factors


def weigh(text: str, *, focus: str = "") -> dict[Sector, float]:
    """How much a text tells of each sector it tells anything of; ``focus`` (a figure's label) counts on top, undiminished."""
    lexicon = _lexicon()
    scores: dict[Sector, float] = {}
    tokens, borders = _tokens(text)
    factors = _factors(tokens, borders, lexicon)
    seen: set[tuple[str, ...]] = set()
    for i, n, sector, weight in _matches(tokens, lexicon.phrases):
        if sector is None:
            continue
        phrase = tuple(tokens[i : i + n])
        scores[sector] = scores.get(sector, 0.0) + weight * factors[i] * (REPEAT_FACTOR if phrase in seen else 1.0)
        seen.add(phrase)
    if _OF_ALL_TARGETS.search(text):
        scores[Sector.CHUNG] = scores.get(Sector.CHUNG, 0.0) + TARGETS_WEIGHT
    for _, _, sector, weight in _matches(list(_syllables(focus)), lexicon.phrases) if focus else ():
        if sector is not None:
            # Who or what is counted ("tổ dân phố", "đại biểu") tells less than what it is counted for.
            scores[sector] = scores.get(sector, 0.0) + (1.0 if sector is Sector.CHUNG else FOCUS_FACTOR) * weight
    return scores


def sector_of(text: str, context: Sector | None = None, *, focus: str = "") -> Sector:
    """The sector of a sentence or clause; ``chung`` when nothing tells.

    ``context`` is the sector of the heading, lead-in or sentence around it; ``focus`` the label of the figure that the text is
    asked about, which counts more than its surroundings.
    """
    return decide(weigh(text, focus=focus), context)


def decide(scores: dict[Sector, float], context: Sector | None = None) -> Sector:
    """The sector that weights tell, with the context's own weight added; ``chung`` when none is heavy enough."""
    if context is not None and context is not Sector.CHUNG:
        scores = {**scores, context: scores.get(context, 0.0) + CONTEXT_WEIGHT}
    if not scores:
        return Sector.CHUNG
    # Ties go to the order of the enumeration, so that the answer does not hang on the order of words.
    best = max(Sector, key=lambda s: scores.get(s, 0.0))
    return best if scores.get(best, 0.0) >= FLOOR else Sector.CHUNG


def heading_sector(text: str) -> Sector | None:
    """The one sector that a heading or lead-in announces; None when it announces none or several."""
    found = {sector for _, _, sector, _ in _matches(list(_syllables(text)), _lexicon().headings)}
    return found.pop() if len(found) == 1 else None


def sectors(clean: CleanText) -> tuple[Sector, ...]:
    """The sector of every sentence of ``clean.sentences``, in order.

    The context of a sentence is the heading above it, else the lead-in that opens its block ("Trong lĩnh vực kinh tế: …"), else
    the sector of the block's first sentence when that is clear.  A sentence that only carries on ("Trong đó, …") takes the
    sector of the one before unless it says otherwise; one that runs through many sectors belongs to none of them.
    """
    result: list[Sector] = []
    headings = _Headings(clean)
    block = -1
    context: Sector | None = None
    for sentence in clean.sentences:
        text = clean.text[sentence.span.start : sentence.span.end]
        heading = headings.above(sentence.span.start)
        if sentence.block != block:
            block = sentence.block
            scores = weigh(text)
            own = _sentence_sector(scores, heading)
            context = heading or _lead(text, own, scores)
        else:
            carried = result[-1] if result and _carries_on(text) else context
            own = _sentence_sector(weigh(text), carried)
        result.append(own)
    return tuple(result)


class _Headings:
    """Walks the headings in step with the sentences."""

    def __init__(self, clean: CleanText) -> None:
        self._clean = clean
        self._blocks = [b for b in clean.blocks if b.kind is BlockKind.HEADING]
        self._next = 0
        self._sector: Sector | None = None

    def above(self, start: int) -> Sector | None:
        while self._next < len(self._blocks) and self._blocks[self._next].span.start <= start:
            span = self._blocks[self._next].span
            self._sector = heading_sector(self._clean.text[span.start : span.end])
            self._next += 1
        return self._sector


def _carries_on(text: str) -> bool:
    opening = fold(text[:40])
    return any(opening.startswith(word) for word in load("vi/sectors")["carries_on"])


def _sentence_sector(scores: dict[Sector, float], context: Sector | None) -> Sector:
    top = max(scores.values(), default=0.0)
    # Four sectors of like weight: a survey of everything ("kinh tế …; văn hoá …; an ninh …; cải cách hành chính …").
    told = [s for s, score in scores.items() if s is not Sector.CHUNG and score >= max(SURVEY_SHARE * top, FLOOR)]
    if len(told) >= SURVEY_SECTORS:
        return Sector.CHUNG
    return decide(scores, context)


def _lead(text: str, own: Sector, scores: dict[Sector, float]) -> Sector | None:
    """The sector that a block's opening sentence settles for those after it: a lead-in, or a subject of one sector only."""
    head = text.split(":", 1)[0] if ":" in text else ""
    if head and len(head) < 120:
        return heading_sector(head) or (own if own is not Sector.CHUNG else None)
    weights = sorted(scores.values(), reverse=True)
    if not weights or own is Sector.CHUNG or (len(weights) > 1 and weights[1] > 0.6 * weights[0]):
        return None
    return own
