"""Sentences in a source's own words, their figures marked.

A passage's wording is repaired (spacing, tone marks), its figures are known by their place in the source; here the two are brought
together.  A figure that a profile changed is printed with its new value, and then the passage is no quotation any more.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model.brief import Figure, Item, Run
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.text import Quote
from toolkit.model.wording import amount, capitalise

_UNIT = re.compile(r"[^\W\d_]|[%‰/$€]")
_GAP = re.compile(r"\d\s+/|/\s+\d")
_CLOSING = re.compile(r"”(?=[.…]?$)")
_FOOTNOTE = re.compile(r"\s*\[\d{1,3}\](?=[.…]?$)")
_BULLET = re.compile(r"^(?:[-–—•*+]\s+|(?:[IVX]{1,4}|\d{1,2}|[a-zđ])[.)]\s+(?=[^\W\d_]))")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A settled quantity at one of the places that speak of it."""

    start: int
    end: int
    text: str
    settled: Settled[Quantity]

    @property
    def changed(self) -> bool:
        """Whether the place says something else than what was settled."""
        return self.settled.origin.kind is OriginKind.PROFILE and any(
            old.quote.start == self.start and old.amount != self.settled.value.amount for old, _ in self.settled.hidden
        )


class Figures:
    """All settled quantities by their place, of every source that speaks of them."""

    def __init__(self, quantities: Sequence[Settled[Quantity]], sheets: Sequence[FactSheet] = ()) -> None:
        self._by_source: dict[str, list[_Placed]] = {}
        self._doubts: dict[str, list[tuple[int, int, str]]] = {}
        seen: set[tuple[str, int]] = set()
        for settled in quantities:
            for fact in (settled.value, *settled.support, *(old for old, _ in settled.hidden)):
                quote = fact.quote
                if quote.end > quote.start and (quote.source, quote.start) not in seen and self._speaks(settled, fact):
                    seen.add((quote.source, quote.start))
                    placed = _Placed(quote.start, quote.end, quote.text, settled)
                    self._by_source.setdefault(quote.source, []).append(placed)
        for places in self._by_source.values():
            places.sort(key=lambda p: (p.start, -p.end))
        self._starts = {source: [p.start for p in places] for source, places in self._by_source.items()}
        self._note_doubts(quantities, sheets)

    def _note_doubts(self, quantities: Sequence[Settled[Quantity]], sheets: Sequence[FactSheet]) -> None:
        """Places whose figure lost a conflict (with the rule that decided), and those that the profile hides (without one)."""
        known: set[tuple[str, int, int]] = set()
        for settled in quantities:
            facts = (settled.value, *settled.support, *(old for old, _ in settled.hidden))
            known.update((fact.quote.source, fact.quote.start, fact.quote.end) for fact in facts)
            if settled.origin.kind is not OriginKind.PROFILE:
                for old, rule in settled.hidden:
                    if old.amount != settled.value.amount:
                        self._doubts.setdefault(old.quote.source, []).append((old.quote.start, old.quote.end, rule))
        for sheet in sheets:
            quotes = [fact.quote for fact in sheet.quantities]
            hidden = [(q.start, q.end, "") for q in quotes if (q.source, q.start, q.end) not in known]
            self._doubts.setdefault(sheet.source.id, []).extend(hidden)
        for places in self._doubts.values():
            places.sort()

    def doubtful(self, source: str, start: int, end: int) -> list[str]:
        """For each figure within ``[start, end)`` that the brief does not settle on: the rule by which it lost, else nothing."""
        places = self._doubts.get(source, [])
        first = bisect_left(places, (start, 0, ""))
        last = bisect_left(places, (end, 0, ""))
        return [rule for _, stop, rule in places[first:last] if stop <= end]

    @staticmethod
    def _speaks(settled: Settled[Quantity], fact: Quantity) -> bool:
        """A loser of a conflict keeps its own words in its own sentence; only a profile's change reaches into sentences."""
        return settled.origin.kind is OriginKind.PROFILE or fact.amount == settled.value.amount

    def inside(self, source: str, start: int, end: int) -> list[_Placed]:
        """The figures within ``[start, end)`` of a source, in order, without overlap."""
        places = self._by_source.get(source, [])
        found: list[_Placed] = []
        for placed in places[bisect_left(self._starts.get(source, []), start) :]:
            if placed.start >= end:
                break
            if placed.end <= end and (not found or placed.start >= found[-1].end):
                found.append(placed)
        return found


def passage(quote: Quote, text: str, figures: Figures, *, label: str = "", upper: bool = False) -> Item:
    """A sentence as an item: its run with marked figures, and where it was taken from.

    ``upper`` gives it a capital at the beginning, as an entry of a list wants it.
    """
    wording = capitalise(_bare(text)) if upper else _bare(text)
    placed = figures.inside(quote.source, quote.start, quote.end)
    run, changed = _run(wording, placed)
    return Item(
        text=run,
        label=label,
        verbatim=not changed,
        quote_of=None if changed else (quote.source, quote.start, quote.end),
        settled=changed,
    )


def _bare(text: str) -> str:
    """The text without a bullet, and without a quotation mark at its beginning or end that stands alone."""
    bare = _BULLET.sub("", text.strip())
    if bare.count("”") > bare.count("“"):
        bare = _CLOSING.sub("", bare)
    opened = bare[:1]
    unclosed = (opened == '"' and bare.count('"') % 2) or (opened == "“" and bare.count("“") > bare.count("”"))
    return bare[1:].lstrip() if unclosed else bare


def finished(text: str) -> str:
    """A sentence with a stop at its end; a clause taken out of a longer sentence loses its comma or semicolon."""
    bare = _FOOTNOTE.sub("", text.strip())
    if bare.endswith((".", "!", "?", "…", "]")) or bare[-2:] in (".”", "!”", "?”"):
        return bare
    return bare.rstrip(",;: ") + "."


def _run(text: str, placed: Sequence[_Placed]) -> tuple[Run, bool]:
    squeezed, index = _squeeze(text)
    run: list[str | Figure] = []
    done = at = 0
    changed = False
    for place in placed:
        wanted, _ = _squeeze(place.text)
        found = squeezed.find(wanted, at) if wanted else -1
        if found < 0:
            continue
        start, end = index[found], index[found + len(wanted) - 1] + 1
        at = found + len(wanted)
        if not _stands_alone(text, start, end) or not (place.changed or _speaks_for_itself(text[start:end])):
            continue
        quantity = place.settled.value
        words = amount(quantity.amount) if place.changed else text[start:end]
        changed = changed or place.changed
        run += [text[done:start], Figure(words, quantity.id, quantity.amount, settled=place.changed)]
        done = end
    run.append(text[done:])
    return tuple(part for part in run if part != ""), changed


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A number is no figure when digits run on to its left or right (it then is part of another number)."""
    return not (text[start : start + 1].isdigit() and text[start - 1 : start].isdigit()) and not (
        text[end - 1 : end].isdigit() and text[end : end + 1].isdigit()
    )


def _speaks_for_itself(text: str) -> bool:
    """A figure that shows its unit, and no gap inside a fraction: read alone it gives its value.

    ``khiển trách 02`` counts people that were named before; such digits stay plain words of the quotation that holds them.
    """
    return bool(_UNIT.search(text)) and not _GAP.search(text)


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Text without white space, in lower case, with the index of each character that is left."""
    index = [i for i, c in enumerate(text) if not c.isspace()]
    return "".join(_plain(text[i]) for i in index), index


def _plain(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else unicodedata.normalize("NFC", char)[:1]
