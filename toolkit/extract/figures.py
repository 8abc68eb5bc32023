"""From mentions of numbers to quantities: sentence by sentence, each figure gets its label, role, period and sector.

Here the readings meet: what number stands there (``quantities``), what the sentence says of it (``labels``, ``roles``,
``periods``), and what stands far away but counts - the heading above, the lead-in of a list, the mode of the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.extract import columns
from toolkit.extract.cases import unit_words
from toolkit.extract.clauses import Clausal, Shape, read_clauses, tokenise
from toolkit.extract.ids import distinct, name
from toolkit.extract.labels import read_labels
from toolkit.extract.mention import Mention
from toolkit.extract.naming import Label, Parent
from toolkit.extract.owners import Turns, find_places, place_of, private, wider
from toolkit.extract.pairing import PRIVATE, Told, with_indicators
from toolkit.extract.periods import Calendar, Period, Time, find_times, heading_period, read_periods_of
from toolkit.extract.phrases import Words
from toolkit.extract.role_case import Reading
from toolkit.extract.roles import read_roles
from toolkit.extract.sectors import sector_of
from toolkit.extract.targets import LIST_MARKER, Scope, planned_figures
from toolkit.extract.verdicts import read_verdict
from toolkit.model.amount import Kind
from toolkit.model.context import Level, Locality, Role, Sector
from toolkit.model.fact import Mode, Quantity, Status, Trace
from toolkit.model.text import BlockKind, CleanText, Quote

_SAID = ("vượt", "đạt", "ước", "tăng", "giảm", "hoàn thành", "bằng", "hụt")
"""Words of a bound that also say something of the figure and so stay in its lead."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quantity but for its id."""

    mention: Mention
    label: Label
    reading: Reading
    period: Period
    sector: Sector
    place: str | None
    verdict: Status | None
    first: int
    """Index of the first figure of its sentence among all drafts' mentions of that sentence."""


def read_figures(
    clean: CleanText,
    folded: str,
    mentions: Sequence[Mention],
    modes: Sequence[Mode],
    sectors: Sequence[Sector],
    calendar: Calendar,
    localities: Sequence[Locality] = (),
    own: Level | None = None,
) -> tuple[Told, ...]:
    """Quantities of an article in text order, each with the figure it refers to and the verdict on it.

    ``folded`` is ``fold(clean.text)``; ``modes`` and ``sectors`` run parallel to ``clean.sentences``.  ``localities`` are the
    places of equal standing when the article tells of several, ``own`` the level of the one it reports on.  Mentions outside
    the sentences (furniture, captions) are no facts.
    """
    times = find_times(folded, calendar)
    drafts = list(_drafts(clean, folded, mentions, times, modes, sectors, calendar, Turns(localities), own))
    quotes = [clean.quote(d.mention.start, d.mention.end) for d in drafts]
    ids = distinct((name(d.label.text, d.period.value, d.reading.role.value), q.text) for d, q in zip(drafts, quotes, strict=True))
    quantities = with_indicators([_quantity(d, quote, id_) for d, quote, id_ in zip(drafts, quotes, ids, strict=True)])
    return tuple(_told(draft, quantity) for draft, quantity in zip(drafts, quantities, strict=True))


def _told(draft: _Draft, quantity: Quantity) -> Told:
    head = draft.label.head
    return Told(quantity, None if head is None else draft.first + head, draft.verdict)


def _drafts(
    clean: CleanText,
    folded: str,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    modes: Sequence[Mode],
    sectors: Sequence[Sector],
    calendar: Calendar,
    turns: Turns,
    own_level: Level | None,
) -> Iterator[_Draft]:
    figure_starts = [m.start for m in mentions]
    time_starts = [t.start for t in times]
    scope = Scope(clean, folded)
    titled: str | None = None
    period: str | None = None
    parent: Parent | None = None
    count = 0
    for index, sentence in enumerate(clean.sentences):
        start, end = sentence.span.start, sentence.span.end
        inside = [m for m in mentions[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)] if m.end <= end]
        own = [t for t in times[bisect_left(time_starts, start) : bisect_left(time_starts, end)] if t.end <= end]
        turn = turns.step(folded[start:end])
        aims = scope.step(sentence, modes[index], bool(inside))
        celled = [m for m in inside if m.cell]
        if celled:
            yield from _row_drafts(clean.text, celled, sectors[index], aims, titled, calendar, count)
            count += len(celled)
        elif clean.blocks and clean.blocks[sentence.block].kind is BlockKind.HEADING:
            titled = heading_period([t for t in own if t.value])
        inside = [m for m in inside if not m.cell]
        parent = parent if inside else None
        for low, high in _pieces(clean.text, start, end, inside):
            here = [m for m in inside if low <= m.start < high] if (low, high) != (start, end) else inside
            if not here:
                continue
            reader = _Sentence(clean.text, folded, low, high, here, [t for t in own if low <= t.start and t.end <= high], calendar)
            drafts = reader.drafts(aims, sectors[index], period if aims and scope.dated else None, parent, count)
            family = PRIVATE if private(clean.text[start:end]) else None
            yield from (
                replace(draft, place=draft.place or family or reader.wider(draft.mention, own_level) or turn) for draft in drafts
            )
            count += len(here)
            parent = reader.parent
        if scope.announced:
            period = heading_period(own) or (period if scope.leads else None)
        elif not scope.leads:
            period = None


def _row_drafts(
    text: str, mentions: Sequence[Mention], sector: Sector, aims: bool, titled: str | None, calendar: Calendar, first: int
) -> Iterator[_Draft]:
    """The figures of a table's row: the row says what they measure, the head of their column the rest."""
    for place, mention in enumerate(mentions):
        assert mention.cell is not None
        row, heading = mention.cell.row, mention.cell.heading
        head = text[heading[0] : heading[1]] if heading else ""
        words = columns.label_of(text[row[0] : row[1]]) or "số liệu"
        label = Label(words, "row", carried=place > 0, head=0 if place else None)
        reading = Reading(columns.role_of(head, calendar.year, aims), "column")
        period = Period(columns.year_of(head) or titled, "column")
        known = sector_of(words, sector, focus=words)
        yield _Draft(mention, label, reading, period, known, None, None, first)


_LONGEST = 3_000
"""Characters of a sentence read as one; a text without stops is cut, so that the cost stays linear."""
_MOST = 40
"""Figures of a sentence read as one; real sentences hold fewer than thirty."""


def _pieces(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of one that has no end, cut at a semicolon, comma or space outside its figures."""
    first = 0
    while end - start > _LONGEST or len(mentions) - first > _MOST:
        far = mentions[first + _MOST].start if len(mentions) - first > _MOST else end
        limit = min(start + _LONGEST, far)
        window = text[start:limit]
        marks = (window.rfind(mark, len(window) // 2) for mark in (";", ",", " "))
        cut = start + next((place + 1 for place in marks if place > 0), len(window))
        while first < len(mentions) and mentions[first].end <= cut:
            first += 1
        if first < len(mentions) and start < mentions[first].start < cut:
            cut = mentions[first].start
        cut = max(cut, start + 1)
        yield start, cut
        start = cut
    yield start, end


class _Sentence:
    """One sentence with figures."""

    def __init__(
        self, text: str, folded: str, start: int, end: int, mentions: list[Mention], times: list[Time], calendar: Calendar
    ) -> None:
        marker = LIST_MARKER.match(folded, start, end)
        start = marker.end() if marker else start
        self.text, self.folded, self.start, self.end = text, folded, start, end
        self.mentions, self.times, self.calendar = mentions, times, calendar
        self.parent: Parent | None = None
        self.places = find_places(text, start, end)
        muted = [(t.start, t.end, Shape.TIME) for t in times]
        muted += [(*m.bound_span, Shape.BOUND) for m in mentions if m.bound_span and self._idle(m.bound_span)]
        self.clauses: Clausal = read_clauses(tokenise(text, folded, start, end, mentions, muted))

    def _idle(self, bound: tuple[int, int]) -> bool:
        words = self.folded[bound[0] : bound[1]]
        return self.start <= bound[0] and bound[1] <= self.end and not any(word in words for word in _SAID)

    def _noun(self, mention: Mention) -> Words:
        if mention.amount.kind not in (Kind.COUNT, Kind.FRACTION) or mention.entry.startswith("vi/units"):
            return ()
        low, high = mention.unit_span
        return unit_words(tokenise(self.text, self.folded, low, high, ())) if low < high else ()

    def drafts(self, aims: bool, sector: Sector, heading: str | None, parent: Parent | None, first: int) -> Iterator[_Draft]:
        amounts = tuple(m.amount for m in self.mentions)
        labels, self.parent = read_labels(self.clauses, amounts, tuple(self._noun(m) for m in self.mentions), parent)
        readings = read_roles(self.clauses, amounts, labels, planned_figures(self.clauses, self.times, self.calendar, aims))
        periods = read_periods_of(
            self.clauses, amounts, self.times, [r.role for r in readings], self.calendar, self._headings(heading)
        )
        frames = self.clauses.frames
        for mention, label, reading, period, frame in zip(self.mentions, labels, readings, periods, frames, strict=True):
            low, high = self._clause(mention)
            known = sector_of(self.text[low:high], sector, focus=label.text)
            verdict = read_verdict(self.clauses, frame) if reading.role is Role.RESULT else None
            place = place_of(self.text, self.start, self.end, mention, self.places)
            named = replace(label, text=f"{label.text} {place.words.lower()}") if place and place.contrasts else label
            yield _Draft(mention, named, reading, period, known, place.name if place else None, verdict, first)

    def wider(self, mention: Mention, own: Level | None) -> str | None:
        """The wider unit that the words before a figure, in its own stretch, speak of."""
        before = self.folded[self._clause(mention)[0] : mention.start]
        return wider(before[before.rfind(",") + 1 :], own)

    def _headings(self, heading: str | None) -> list[str | None]:
        """The period above each figure; a lead-in inside the sentence (``chỉ tiêu đến năm 2030: …``) comes before the heading."""
        colon = next((t.start for t in self.clauses.tokens if t.text == ":"), None)
        if colon is None:
            return [heading] * len(self.mentions)
        own = heading_period([t for t in self.times if t.end <= colon])
        return [own or heading if m.start > colon else heading for m in self.mentions]

    def _clause(self, mention: Mention) -> tuple[int, int]:
        """The stretch between stops around a figure."""
        stops = [t.start for t in self.clauses.tokens if t.shape is Shape.STOP and t.text in ";:"]
        place = bisect_left(stops, mention.start)
        return (stops[place - 1] + 1 if place else self.start), (stops[place] if place < len(stops) else self.end)


def _quantity(draft: _Draft, quote: Quote, id_: str) -> Quantity:
    mention = draft.mention
    return Quantity(
        id=id_,
        quote=quote,
        amount=mention.amount,
        label=draft.label.text,
        role=draft.reading.role,
        sector=draft.sector,
        period=draft.period.value,
        place=draft.place,
        review=mention.review,
        why=mention.why,
        traces=(
            Trace(mention.rule, mention.entry, mention.rejected),
            Trace(f"labels.{draft.label.rule}", draft.label.move),
            Trace(f"roles.{draft.reading.rule}"),
            Trace(f"periods.{draft.period.rule}"),
        ),
    )
