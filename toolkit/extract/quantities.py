"""The Vietnamese number grammar, usable alone: text in, quantities with their places out.

    >>> [(m.start, m.end, str(m.amount.value), m.amount.unit) for m in read_quantities("Thu ngân sách đạt 11 tỷ 708 triệu đồng.")]
    [(18, 38, '11708000000', 'đồng')]

One pass over the digits of a text.  Around each the rules of ``RULES`` are asked in order and the first that reads the number with
its unit wins; then a slash or a dash may join it with the next number; then words before and after set its bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.extract import bounds, fractions, ranges
from toolkit.extract.counts import read_bare, read_count
from toolkit.extract.folding import compose
from toolkit.extract.measures import read_age_before, read_measure, read_time
from toolkit.extract.mention import Mention
from toolkit.extract.money import read_bare_money, read_money
from toolkit.extract.not_quantities import masks, objection
from toolkit.extract.numerals import DOT_DECIMAL, Number, read_number
from toolkit.extract.percent import read_percent
from toolkit.extract.ranks import read_rank
from toolkit.extract.ratios import read_ratio
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan, prepare
from toolkit.extract.vocabulary import vocabulary
from toolkit.model.amount import Amount, Bound, Kind

Rule = Callable[[Scan, Number], Reading | None]

SIGNED: tuple[Rule, ...] = (read_percent, read_money, read_measure)
"""Readings by an unmistakable unit; they outweigh a name before the number (``chương trình 15 tỷ đồng``)."""
RULES: tuple[Rule, ...] = (read_rank, read_age_before, read_ratio, read_time, read_count, read_bare_money)
"""Readings by words, asked in order when no sign settles the number."""

_DIGIT = re.compile(r"\d")


def read_quantities(text: str, *, words: bool = False, incidental: bool = False) -> tuple[Mention, ...]:
    """All quantities of a text in order, without overlap.

    ``words`` also reads numbers written in words (``ba mươi hộ``); ``incidental`` also yields what a fair reader leaves out
    (ages, spells of time, digits of mottos).  Indices point into ``text`` as given, whatever its Unicode form.
    """
    composed, places = compose(text)
    reader = _Reader(prepare(composed))
    found = reader.run()
    if words:
        from toolkit.extract.overlaps import merge
        from toolkit.extract.worded import read_worded

        found = merge(found, read_worded(reader.scan))
    kept = [mention for mention in found if incidental or not mention.incidental]
    if places is None:
        return tuple(kept)
    return tuple(_relocate(mention, places) for mention in kept)


def _relocate(mention: Mention, places: list[int]) -> Mention:
    def back(span: tuple[int, int]) -> tuple[int, int]:
        return places[span[0]], places[span[1]]

    return replace(
        mention,
        start=places[mention.start],
        end=places[mention.end],
        number_span=back(mention.number_span),
        unit_span=back(mention.unit_span),
        bound_span=back(mention.bound_span) if mention.bound_span else None,
    )


@dataclass
class _Reader:
    """One run over one text; keeps what later numbers need to know of earlier ones."""

    scan: Scan
    found: list[Mention] = field(default_factory=list)
    loose_dots: bool = False
    """The text was seen to use a dot as a decimal mark."""

    def run(self) -> list[Mention]:
        shut = masks(self.scan)
        at, index, length = 0, 0, len(self.scan.text)
        while at < length and (anchor := _DIGIT.search(self.scan.low, at)):
            start = anchor.start()
            while index < len(shut) and shut[index][1] <= start:
                index += 1
            if index < len(shut) and shut[index][0] <= start:
                at = shut[index][1]
                continue
            at = max(self._read_at(start), start + 1)
        return self.found

    def _read_at(self, start: int) -> int:
        """Reads the figure whose digits begin at ``start``; returns where to go on."""
        number = read_number(self.scan, start)
        if number is None:
            return _run_end(self.scan, start)
        reading = self._joined(number)
        if reading is None:
            return number.end
        mention = reading
        self.found.append(mention)
        return max(mention.end, number.end)

    # ------------------------------------------------------------------------------------------------------------ one number

    def _unit(self, number: Number) -> Reading | None:
        """The number with its unit, if anything behind (or a noun before) gives it one."""
        for rule in SIGNED:
            if reading := rule(self.scan, number):
                known = self._compound(number)
                return known if known is not None and known.unit_span[1] > reading.unit_span[1] else reading
        for rule in RULES:
            if reading := rule(self.scan, number):
                return reading
        return None

    def _compound(self, number: Number) -> Reading | None:
        """A classifier that begins like a unit (``đồng chí``, ``công trình``) and is longer."""
        reading = read_count(self.scan, number)
        return reading if reading is not None and reading.entry else None

    def _joined(self, number: Number) -> Mention | None:
        first = self._unit(number)
        end = first.end if first and first.rule != "counts.noun" else number.end
        if (second := fractions.partner_after(self.scan, first.end if first else number.end)) and (
            mention := self._fraction(number, first, second)
        ):
            return mention
        if mention := self._range(number, first, end):
            return mention
        return self._single(number, first)

    def _single(self, number: Number, reading: Reading | None) -> Mention | None:
        signed = reading is not None and reading.rule in {"percent.sign", "money.currency", "measures.unit"}
        noun = reading is not None and (bool(reading.entry) or reading.rule == "ranks.order")
        if reading is not None and reading.rule in {"ranks.order", "measures.age-before"}:
            return self._finish(reading)
        if objection(self.scan, number, unit_follows=signed, noun_follows=noun):
            return None
        if reading is None:
            reading = read_bare(self.scan, number, counted_before=self._counted_before(number.start))
            if reading is None:
                return None
            reading = replace(reading, unit=self._inherited_unit(number.start))
        elif reading.rule == "money.magnitude":
            reading = self._magnitude_of_count(reading)
        elif (
            reading.kind is Kind.COUNT and reading.unit.split(" ")[0] in vocabulary().mottos
        ) or reading.unit in vocabulary().mottos:
            reading = replace(reading, incidental=True)
        return self._finish(reading)

    # ------------------------------------------------------------------------------------------------------- fractions, ranges

    def _fraction(self, number: Number, first: Reading | None, second: Number) -> Mention | None:
        below = self._unit(second)
        unit_first = first if first is not None and first.rule not in {"counts.bare"} else None
        if first is not None and below is not None and (first.kind is not below.kind):
            return None
        if below is not None and below.kind in {Kind.MONEY, Kind.RANK} and unit_first is None and below.rule != "money.currency":
            return None
        known_unit = any(side is not None and bool(side.entry) for side in (first, below))
        if objection(self.scan, number, unit_follows=known_unit, noun_follows=True):
            return None
        if not fractions.is_fraction(self.scan, number, second, below, known_unit=known_unit):
            return None
        side = below or first
        if side is None:
            side = bare_reading(number, Kind.FRACTION, "fractions.slash", unit=self._inherited_unit(number.start), end=second.end)
        top = first.value if first is not None else number.value * (side.magnitude if side.kind is Kind.MONEY else 1)
        bottom = below.value if below is not None else second.value * side.magnitude
        joined = replace(
            side, number=number, value=top, kind=Kind.FRACTION, rule="fractions.slash", end=max(side.end, second.end),
            number_end=second.end, incidental=False,
        )  # fmt: skip
        return self._finish(joined, of=bottom)

    def _range(self, number: Number, first: Reading | None, end: int) -> Mention | None:
        partner = ranges.partner_at(self.scan, end)
        if partner is None and first is not None and first.rule == "counts.noun":
            return None
        if partner is None:
            return None
        at, by_word = partner
        upper = read_number(self.scan, at)
        high = self._unit(upper) if upper is not None else None
        if upper is None or high is None or high.kind is Kind.RANK:
            return None
        has_unit = first is not None and first.rule not in {"ratios.bare"}
        low = first if has_unit and first is not None else replace(high, number=number, value=number.value * high.magnitude)
        if not has_unit and low.value >= high.value and number.value < high.value:
            low = replace(low, value=number.value)
        if first is not None and first.rule == "money.magnitude" and high.kind is Kind.MONEY:
            has_unit = True
        if not ranges.is_range(self.scan, low, high, by_word=by_word, low_has_unit=has_unit):
            return None
        if objection(self.scan, number, unit_follows=high.kind is not Kind.COUNT, noun_follows=bool(high.entry)):
            return None
        joined = replace(high, number=number)
        return self._finish(joined, low=low.value, high=high.value, doubt=upper.why)

    # --------------------------------------------------------------------------------------------------------------- finishing

    def _finish(
        self,
        reading: Reading,
        *,
        of: Decimal | None = None,
        low: Decimal | None = None,
        high: Decimal | None = None,
        doubt: str = "",
    ) -> Mention:
        ranged = low is not None
        floor = self.found[-1].end if self.found else 0
        bound, span = bounds.find_bound(self.scan, reading, ranged=ranged, floor=floor)
        value = None if ranged else reading.value
        amount = Amount(reading.kind, value, low, high, of, reading.unit, reading.per, bound)
        why = reading.number.why or doubt
        if why == DOT_DECIMAL:
            self.loose_dots = True
        start = reading.start if reading.lead is None else reading.lead
        rejected = reading.rejected
        if reading.number.other is not None:
            rejected = (*rejected, f"value {reading.number.other}")
        return Mention(
            start=start, end=reading.end, amount=amount, rule="ranges.ends" if ranged else reading.rule, entry=reading.entry,
            number_span=(reading.start, reading.number_end or reading.number.end), unit_span=reading.unit_span,
            bound_span=span, rejected=rejected, review=bool(why), why=why, incidental=reading.incidental,
            inherited=reading.inherited,
        )  # fmt: skip

    # ----------------------------------------------------------------------------------------------------------------- context

    def _counted_before(self, at: int) -> bool:
        return self._last_count(self.scan.sentence_start(at)) is not None

    def _last_count(self, since: int, until: int | None = None) -> Mention | None:
        for mention in reversed(self.found):
            if mention.start < since:
                return None
            if (
                (until is None or mention.end <= until)
                and mention.amount.kind in {Kind.COUNT, Kind.FRACTION}
                and mention.amount.unit
            ):
                return mention
        return None

    def _inherited_unit(self, at: int) -> str:
        """The unit of the count that a list of bare numbers divides: the one before the bracket or before ``trong đó``."""
        since = self.scan.sentence_start(at)
        head = self.scan.low[since:at]
        if noun := self._counted_subject(since, head):
            return noun
        for mark in (head.rfind("trong đó"), _open_bracket(head)):
            if mark >= 0 and (mention := self._last_count(since, since + mark)):
                return mention.amount.unit
        mention = self._last_count(since)
        return mention.amount.unit if mention else ""

    def _counted_subject(self, since: int, head: str) -> str:
        """``số đảng viên … tăng 78``: the subject names what is counted."""
        if not re.search(r"(?:tăng|giảm|là|còn|lên|thêm|đạt|:) ?(?:hơn|gần|trên|khoảng)? ?\Z", head):
            return ""
        last = None
        for match in re.finditer(r"(?<![^\W\d_])số (?=[^\W\d_])", head):
            last = match
        if last is None:
            return ""
        from toolkit.extract.counts import find_noun

        noun = find_noun(self.scan, since + last.end())
        return self.scan.text[noun.start : noun.end].lower() if noun and noun.entry else ""

    def _magnitude_of_count(self, reading: Reading) -> Reading:
        """``18 triệu khách, cao hơn 2,5 triệu``: a bare magnitude beside a count in millions is that count again."""
        mention = self.found[-1] if self.found and self.found[-1].start >= self.scan.sentence_start(reading.start) else None
        if (
            mention is None
            or mention.amount.kind is not Kind.COUNT
            or mention.amount.value is None
            or mention.amount.value < 10_000
        ):
            return reading
        return replace(reading, kind=Kind.COUNT, unit=mention.amount.unit, rule="counts.magnitude", rejected=("money",))


def _open_bracket(head: str) -> int:
    """Index of the bracket that is still open at the end of ``head``, or -1."""
    opened = head.rfind("(")
    return opened if opened > head.rfind(")") else -1


def _run_end(scan: Scan, start: int) -> int:
    match = re.compile(r"[\d.,]*\d").match(scan.low, start)
    return match.end() if match else start + 1


__all__ = ["Bound", "Mention", "read_quantities"]
