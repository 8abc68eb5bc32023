"""Which stretches of the sources are told already: disjoint intervals, found by bisection however long an article is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from toolkit.model.text import Quote


class Cover:
    """A growing set of places in sources, overlapping ones merged."""

    def __init__(self, quotes: Iterable[Quote] = ()) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        for quote in sorted(quotes, key=lambda q: (q.source, q.start)):
            self.add(quote)

    def add(self, quote: Quote) -> None:
        """Take a place in."""
        starts, ends = self._starts.setdefault(quote.source, []), self._ends.setdefault(quote.source, [])
        first, last = bisect_left(ends, quote.start), bisect_right(starts, quote.end)
        low = min([quote.start, *starts[first:last][:1]])
        high = max([quote.end, *ends[first:last][-1:]])
        starts[first:last], ends[first:last] = [low], [high]

    def holds(self, quote: Quote, share: float = 0.5) -> bool:
        """Whether at least ``share`` of a place is told already."""
        starts, ends = self._starts.get(quote.source, []), self._ends.get(quote.source, [])
        first, last = bisect_right(ends, quote.start), bisect_left(starts, quote.end)
        inside = sum(min(quote.end, ends[i]) - max(quote.start, starts[i]) for i in range(first, last))
        return inside > 0 and inside >= share * max(quote.end - quote.start, 1)
