"""The sector digest of a brief: from all sources of one locality and term, the sentences that carry its results.

Only passages whose mode is ``result`` come in (a profile's ``keep`` overrides that): what is planned, weak or merely happened has
its own place in a brief.  Choice is greedy: the best of each sector first, so that no sector with a result stays empty, then
whatever adds most, with less for each further sentence of the same sector.  What repeats a chosen sentence is passed over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import pairwise

from toolkit.model.context import Role, Sector
from toolkit.model.fact import FactSheet, Mode, Passage
from toolkit.model.text import Span
from toolkit.summarise.features import figure_places
from toolkit.summarise.newsroom import is_hope, is_news, is_remainder, spoken_end
from toolkit.summarise.openings import ELLIPSIS, leads_in, leans, list_mark, opening, points_out
from toolkit.summarise.wording import fold, pattern, syllables

FLOOR = 0.12
"""Score below which a passage says too little to print, unless it is all that its sector has."""
LAST_RESORT = 0.01
"""Score from which a passage may stand as the only one of its sector."""
SAME = 0.5
"""Share of the shorter passage's syllable pairs found in the longer one, from which the two say the same."""
TOLD_FACTOR = 0.6
"""What a passage is worth when all its figures stand in the table already."""
ELSEWHERE = 0.6
"""Share of a passage that a statement printed in its own section covers, from which the digest leaves it to that section."""
SHARE, SHORTEST_SHARE = 1.5, 24
"""A fair first passage of a sector takes at most so many times its even share of the length, or this many syllables."""
SHORTLIST = 80
"""Passages looked at a sector."""
FURTHER = 0.8
"""What each further passage of a sector is worth against the one before it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that may be printed: ``order`` is its source's index and its place, ``sentence`` the span it was cut from."""

    passage: Passage
    order: tuple[int, int]
    sentence: Span
    pairs: frozenset[tuple[str, str]]
    length: int
    value: float
    forced: bool = False
    needs: int | None = None
    """Where the sentence starts that must be printed right before this one."""


def digest(
    sheets: Sequence[FactSheet],
    *,
    budget: int,
    keep: Collection[str] = (),
    drop: Collection[str] = (),
    told: Collection[tuple[str, int, int]] = frozenset(),
) -> dict[Sector, tuple[Passage, ...]]:
    """Per sector the chosen passages in reading order, at most ``budget`` syllables in all.

    ``keep`` and ``drop`` are beginnings of sentences; what is kept may exceed the budget.  ``told`` holds
    ``(source id, start, end)`` of the quotes of figures that the brief shows elsewhere.  ``Passage.text`` is what to print,
    ``quote`` where it stands.
    """
    candidates = _shortlist(_candidates(sheets, _beginnings(keep), _beginnings(drop), told))
    chosen = sorted(_choose(candidates, budget), key=lambda c: c.order)
    found = {sector: [c for c in chosen if c.passage.sector is sector] for sector in Sector}
    return {sector: tuple(map(_printed, some)) for sector, some in found.items() if some}


def _shortlist(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best of each sector: a text of megabytes has thousands of sentences, a digest prints a dozen."""
    by_sector: dict[Sector, list[_Candidate]] = {sector: [] for sector in Sector}
    for candidate in candidates:
        by_sector[candidate.passage.sector].append(candidate)
    best = [c for some in by_sector.values() for c in nlargest(SHORTLIST, some, key=lambda c: (c.forced, c.value))]
    return sorted(best, key=lambda c: (c.order, len(c.passage.quote.span)))


def _beginnings(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_plain(text) for text in texts if text.strip())


def _plain(text: str) -> str:
    return fold(" ".join(text.split()))


def _sentences(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages that overlap, together: a whole sentence and its pieces or other readings."""
    group: list[Passage] = []
    for passage in passages:
        if group and passage.quote.start >= group[0].quote.end:
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _candidates(
    sheets: Sequence[FactSheet], keep: tuple[str, ...], drop: tuple[str, ...], told: Collection[tuple[str, int, int]]
) -> Iterator[_Candidate]:
    for number, sheet in enumerate(sheets):
        planned = sorted((q.quote.start, q.role is Role.PLAN) for q in sheet.quantities)
        figures_told = [Span(start, end) for source, start, end in told if source == sheet.source.id]
        statements = _Cover(sheet)
        before: Passage | None = None
        for group in _sentences(sheet.sentences):
            whole = group[0]
            low = _plain(whole.text)
            forced = bool(keep) and low.startswith(keep)
            pieces = [p for p in group if len(p.quote.span) < len(whole.quote.span)]
            readings = [whole] if forced else pieces or group
            if not (drop and low.startswith(drop)):
                for passage in readings:
                    cut = passage.quote.start > whole.quote.start
                    if forced or (
                        _printable(passage, cut=cut)
                        and not _told_elsewhere(passage, statements)
                        and not _only_plans(passage, planned)
                    ):
                        yield _candidate(passage, whole, before, number, figures_told, forced=forced)
            before = whole


def _printable(passage: Passage, *, cut: bool) -> bool:
    """Whether a passage tells a result that stands alone; ``cut``: it is not the beginning of its sentence."""
    if passage.mode is not Mode.RESULT or points_out(passage.text) or leads_in(passage.text):
        return False
    if is_news(passage.text) or is_hope(passage.text) or (cut and is_remainder(passage.text)):
        return False
    # What somebody says ought to be done is no result, whatever tense it is put in.
    return not (pattern("duties").search(fold(passage.text)) and not any(figure_places(passage.text)))


def _only_plans(passage: Passage, planned: Sequence[tuple[int, bool]]) -> bool:
    """Whether all figures of a passage are aims, and nothing in it tells how an aim was met."""
    inside = planned[bisect_left(planned, (passage.quote.start, False)) : bisect_left(planned, (passage.quote.end, False))]
    return bool(inside) and all(plan for _, plan in inside) and not pattern("attainment").search(fold(passage.text))


class _Cover:
    """Where awards, initiatives, limitations, lessons and tasks stand in a source: a brief has a section for each of them."""

    def __init__(self, sheet: FactSheet) -> None:
        kinds = (sheet.awards, sheet.initiatives, sheet.limitations, sheet.lessons, sheet.next_tasks)
        self._spans = sorted({(s.quote.start, s.quote.end) for kind in kinds for s in kind})
        self._starts = [start for start, _ in self._spans]

    def share(self, span: Span) -> float:
        """Share of a span that statements cover (they do not overlap much, so their parts are added)."""
        after = bisect_right(self._starts, span.end)
        near = self._spans[max(0, bisect_right(self._starts, span.start) - 2) : after]
        covered = sum(max(0, min(end, span.end) - max(start, span.start)) for start, end in near)
        return covered / max(1, len(span))


def _told_elsewhere(passage: Passage, statements: _Cover) -> bool:
    return statements.share(passage.quote.span) >= ELSEWHERE


def _candidate(
    passage: Passage, whole: Passage, before: Passage | None, number: int, told: list[Span], *, forced: bool
) -> _Candidate:
    words = syllables(passage.text)
    start = passage.quote.start
    needs = None
    if leans(passage.text) and not forced:
        # What it leans on must be a sentence of the same block; a block that opens with "Trong đó" leans on nothing printable.
        needs = before.quote.start if before is not None and before.block == passage.block else -1
    score = max(passage.score, whole.score if passage.sector is whole.sector else 0.0)
    value = score * (TOLD_FACTOR if _all_told(passage, told) else 1.0)
    return _Candidate(
        passage, (number, start), whole.quote.span, frozenset(pairwise(words)), len(words), value, forced=forced, needs=needs
    )


def _all_told(passage: Passage, told: list[Span]) -> bool:
    """Whether it has figures and all of them stand elsewhere in the brief."""
    start = passage.quote.start
    numbers = [Span(start + a, start + b) for a, b in figure_places(passage.quote.text)]
    return bool(numbers) and all(any(span.contains(number) for span in told) for number in numbers)


def _choose(candidates: list[_Candidate], budget: int) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    left = budget
    for candidate in candidates:
        if candidate.forced and _is_new(candidate, chosen):
            chosen.append(candidate)
            left -= candidate.length
    left = _first_of_each(candidates, chosen, left)
    _fill(candidates, chosen, left)
    return chosen


def _first_of_each(candidates: list[_Candidate], chosen: list[_Candidate], left: int) -> int:
    """One passage for each sector that has none; gives the syllables left.

    Good ones come before last resorts, and the sector with the best goes first; what takes more than a fair share of the length
    must be the better for it.
    """
    only = _only_ones(candidates)
    fair = max(SHORTEST_SHARE, int(SHARE * left / max(1, len({c.passage.sector for c in candidates}))))
    for floor in (FLOOR, LAST_RESORT):
        worth = [c for c in candidates if c.passage.score >= floor]
        while True:
            filled = {c.passage.sector for c in chosen}
            worth = [c for c in worth if c.passage.sector not in filled and c.length <= left and _is_new(c, chosen)]
            ready = [c for c in worth if _stands(c, chosen)]
            if not ready:
                break
            own = {c.passage.sector for c in ready if only.get(_span(c), c.passage.sector) is c.passage.sector}
            best = max(
                (c for c in ready if c.passage.sector not in own or only.get(_span(c), c.passage.sector) is c.passage.sector),
                key=lambda c: (c.value * min(1.0, fair / c.length) ** 0.5, -c.order[0], -c.order[1]),
            )
            chosen.append(best)
            left -= best.length
    return left


def _only_ones(candidates: list[_Candidate]) -> dict[tuple[int, int, int], Sector]:
    """Passages that are all that a sector has: they go to it when another sector that they tell of has something else."""
    per_sector: dict[Sector, set[tuple[int, int, int]]] = {}
    for candidate in candidates:
        if candidate.passage.score >= LAST_RESORT:
            per_sector.setdefault(candidate.passage.sector, set()).add(_span(candidate))
    return {places.pop(): sector for sector, places in per_sector.items() if len(places) == 1}


def _span(candidate: _Candidate) -> tuple[int, int, int]:
    return candidate.order[0], candidate.passage.quote.start, candidate.passage.quote.end


def _fill(candidates: list[_Candidate], chosen: list[_Candidate], left: int) -> None:
    """Add the best that fits until nothing does."""
    open_to = [c for c in candidates if c.passage.score >= FLOOR]
    added = chosen
    while True:
        per_sector = Counter(c.passage.sector for c in chosen)
        open_to = [c for c in open_to if c.length <= left and _is_new(c, added)]
        ready = [c for c in open_to if _stands(c, chosen)]
        if not ready:
            return
        best = max(ready, key=lambda c: (c.value * FURTHER ** per_sector[c.passage.sector], -c.order[0], -c.order[1]))
        chosen.append(best)
        added = [best]
        left -= best.length


def _stands(candidate: _Candidate, chosen: list[_Candidate]) -> bool:
    if candidate.needs is None:
        return True
    return any(c.order == (candidate.order[0], candidate.needs) and c.passage.sector is candidate.passage.sector for c in chosen)


def _is_new(candidate: _Candidate, chosen: list[_Candidate]) -> bool:
    return not any(_repeats(candidate, other) for other in chosen)


def _repeats(one: _Candidate, other: _Candidate) -> bool:
    if one.order[0] == other.order[0] and one.passage.quote.span.overlaps(other.passage.quote.span):
        return True
    shorter = min(len(one.pairs), len(other.pairs))
    return len(one.pairs & other.pairs) > SAME * max(1, shorter)


def _printed(candidate: _Candidate) -> Passage:
    """The passage with the text to print: an opening that says nothing, and what was cut around a piece, become an ellipsis.

    One ellipsis is enough to show that words were left out; a piece that opens with one closes with a stop.
    """
    passage = candidate.passage
    text = passage.text[list_mark(passage.text) :]
    if not candidate.forced and (end := spoken_end(text)) < len(text):
        text = f"{text[:end].rstrip()}."
    cut = 0 if candidate.forced else opening(text)
    ahead = cut > 0 or passage.quote.start > candidate.sentence.start
    body = text[cut:]
    if passage.quote.end < candidate.sentence.end and body[-1:] not in ".!?…":
        body += "." if ahead else ELLIPSIS
    return replace(passage, text=f"{ELLIPSIS} {body}" if ahead else body)
