"""Puts one figure together: a number with its unit, joined with the next number by a slash or a dash, or by itself.

``SIGNED`` and ``RULES`` are the one place that says which reading of a number is asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.extract import bounds, fractions, ranges, series
from toolkit.extract.counts import read_bare, read_count
from toolkit.extract.folding import fold
from toolkit.extract.inheritance import as_count, borrow
from toolkit.extract.measures import read_age_before, read_measure, read_time
from toolkit.extract.mention import Mention
from toolkit.extract.money import read_bare_money, read_money
from toolkit.extract.not_quantities import describes, is_motto, objection
from toolkit.extract.numerals import Number, plain, read_number
from toolkit.extract.percent import read_percent
from toolkit.extract.ranks import read_rank
from toolkit.extract.ratios import read_ratio
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues
from toolkit.model.amount import Amount, Kind

Rule = Callable[[Scan, Number], Reading | None]

SIGNED: tuple[Rule, ...] = (read_percent, read_money, read_measure)
"""Readings by an unmistakable unit; they outweigh a name before the number (``chương trình 15 tỷ đồng``)."""
RULES: tuple[Rule, ...] = (read_rank, read_age_before, read_ratio, read_time, read_count, read_bare_money)
"""Readings by words, asked in order when no sign settles the number."""

NO_UNIT = "con số không có đơn vị"
_SIGNED_RULES = frozenset(
    {"percent.sign", "percent.negative", "money.currency", "money.sign-before", "money.magnitude", "measures.unit"}
)
_SELF_EVIDENT = frozenset({"ranks.order", "measures.age-before", "measures.mean-age"})
"""Readings that need the word before the number, which would otherwise make it a label."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The second number of a figure: the denominator of a fraction or both ends of a range, and its own doubt."""

    of: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why: str = ""


def assemble(scan: Scan, number: Number, found: Sequence[Mention]) -> Mention | None:
    """The figure that begins with a number, ``found`` being those before it; None when the digits measure nothing."""
    first = read_unit(scan, number)
    if mention := _in_series(scan, number, first, found):
        return mention
    second = fractions.partner_after(scan, first.end if first else number.end)
    if second is None and first is None:
        second = _counted_whole(scan, number)
    if second is not None and (mention := _fraction(scan, number, first, second, found)):
        return mention
    return _range(scan, number, first, found) or _single(scan, number, first, found)


def why_none(scan: Scan, number: Number) -> str:
    """Why a number that ``assemble`` gave up is no figure, as one stable word."""
    reading = read_unit(scan, number)
    signed = reading is not None and reading.rule in _SIGNED_RULES
    return objection(scan, number, unit_follows=signed, noun_follows=_has_noun(reading)) or "nothing-measured"


def read_unit(scan: Scan, number: Number) -> Reading | None:
    """The number with its unit, if anything behind it (or a noun before it) gives it one."""
    for rule in SIGNED:
        if reading := rule(scan, number):
            compound = read_count(scan, number)  # "đồng chí" and "mẫu nước" begin like units and are longer
            longer = compound is not None and compound.entry and compound.unit_span[1] > reading.unit_span[1]
            return compound if longer else reading
    for rule in RULES:
        if reading := rule(scan, number):
            return reading
    return None


def _in_series(scan: Scan, number: Number, first: Reading | None, found: Sequence[Mention]) -> Mention | None:
    """A member of a row of numbers but the last: its own unit or the last one's."""
    if scan.low[number.end : number.end + 1] not in {",", ";", " ", "-", "–", "%"}:
        return None
    last = series.shared_unit(scan, number, found, read_unit)
    if last is None or last.incidental or (first is not None and first.kind is not last.kind):
        return None
    if objection(scan, number, unit_follows=False, noun_follows=True):
        return None
    place = (number.end, number.end)
    alike = replace(
        last, number=number, value=number.value * last.magnitude, end=number.end, unit_span=place, number_end=number.end
    )
    member = first or replace(alike, inherited=True)
    return _finish(scan, replace(member, rule=series.RULE), found)


def _single(scan: Scan, number: Number, reading: Reading | None, found: Sequence[Mention]) -> Mention | None:
    if reading is not None and reading.rule in _SELF_EVIDENT:
        return _finish(scan, reading, found)
    signed = reading is not None and reading.rule in _SIGNED_RULES
    if objection(scan, number, unit_follows=signed, noun_follows=_has_noun(reading)):
        return None
    if reading is None:
        return _first_level(scan, number, found) or _bare(scan, number, found)
    if reading.rule == "money.magnitude":
        reading = as_count(scan, found, reading)
    elif (is_motto(reading.unit) and not reading.entry) or describes(scan, reading):
        reading = replace(reading, incidental=True)
    return _finish(scan, reading, found)


def _first_level(scan: Scan, number: Number, found: Sequence[Mention]) -> Mention | None:
    """``từ 32 lên 45 triệu đồng``: the first level takes unit and magnitude of the second."""
    start = ranges.next_level(scan, number)
    upper = read_number(scan, start) if start is not None else None
    high = read_unit(scan, upper) if upper else None
    if high is None or high.kind is Kind.RANK:
        return None
    place = (number.end, number.end)
    level = replace(
        high, number=number, value=number.value * high.magnitude, end=number.end, unit_span=place, number_end=number.end,
        rule="ranges.first-level", inherited=True,
    )  # fmt: skip
    return _finish(scan, level, found)


def _has_noun(reading: Reading | None) -> bool:
    """Whether a known noun is counted; one that is more often a verb (``Chi bộ 5 tổ chức``) proves nothing."""
    return reading is not None and bool(reading.entry) and fold(reading.unit) not in cues("verb_nouns")


def _bare(scan: Scan, number: Number, found: Sequence[Mention]) -> Mention | None:
    loan = borrow(scan, found, number.start)
    reading = read_bare(scan, number, counted_before=loan is not None)
    if reading is None:
        return None
    if loan is None:
        return _finish(scan, reading, found, Joined(why=NO_UNIT))
    return _finish(scan, replace(reading, unit=loan.unit, kind=loan.kind), found)


def _fraction(scan: Scan, number: Number, first: Reading | None, second: Number, found: Sequence[Mention]) -> Mention | None:
    below = read_unit(scan, second)
    if below is not None and below.kind is Kind.RANK:
        return None
    if first is not None and below is not None and not fractions.same_thing(first, below):
        return None
    known_unit = any(side is not None and bool(side.entry) for side in (first, below))
    signed = any(side is not None and side.rule in _SIGNED_RULES for side in (first, below))
    if objection(scan, number, unit_follows=signed, noun_follows=known_unit):
        return None
    if not fractions.is_fraction(scan, number, second, below, known_unit=known_unit):
        return None
    side = below or first
    if side is None:
        loan = borrow(scan, found, number.start)
        side = bare_reading(number, Kind.FRACTION, "fractions.slash", unit=loan.unit if loan else "", end=second.end)
    scale = side.magnitude if first is None else Decimal(1)
    joined = replace(
        side, number=number, value=(first.value if first else number.value * scale), kind=Kind.FRACTION, rule="fractions.slash",
        end=max(side.end, second.end), number_end=second.end, incidental=False,
    )  # fmt: skip
    return _finish(scan, joined, found, Joined(of=below.value if below else second.value, why=second.why))


def _counted_whole(scan: Scan, number: Number) -> Number | None:
    """The whole of ``9 trên 10 chỉ tiêu``: only of things that are counted, for money and shares ``trên`` is a bound."""
    whole = fractions.whole_after(scan, number)
    reading = read_unit(scan, whole) if whole else None
    return whole if reading is not None and reading.kind is Kind.COUNT and reading.entry else None


def _range(scan: Scan, number: Number, first: Reading | None, found: Sequence[Mention]) -> Mention | None:
    own = first if first is not None and first.rule not in {"ratios.bare", "counts.noun"} else None
    partner = ranges.partner_at(scan, own.end if own else number.end)
    upper = read_number(scan, partner.start) if partner else None
    high = read_unit(scan, upper) if upper else None
    if partner is None or upper is None or high is None or high.kind is Kind.RANK:
        return None
    low = own or ranges.lower_end(number, high)
    if not ranges.is_range(scan, low, high, partner, low_has_unit=own is not None):
        return None
    if objection(scan, number, unit_follows=high.kind is not Kind.COUNT, noun_follows=bool(high.entry)):
        return None
    joined = replace(high, number=number, rule="ranges.ends", number_end=high.number_end or upper.end)
    return _finish(scan, joined, found, Joined(low=low.value, high=high.value, why=upper.why))


def _finish(scan: Scan, reading: Reading, found: Sequence[Mention], joined: Joined | None = None) -> Mention:
    """The mention of a reading: its bound read, its doubts and rejected values told."""
    more = joined or Joined()
    ranged = more.low is not None
    bound, bound_span = bounds.find_bound(scan, reading, ranged=ranged, floor=found[-1].end if found else 0)
    number = reading.number
    amount = Amount(
        kind=reading.kind,
        value=None if ranged else plain(reading.value),
        low=plain(more.low),
        high=plain(more.high),
        of=plain(more.of),
        unit=reading.unit,
        per=reading.per,
        bound=bound,
    )
    why = number.why or more.why
    return Mention(
        start=reading.start if reading.lead is None else reading.lead,
        end=reading.end,
        amount=amount,
        rule=reading.rule,
        entry=reading.entry,
        number_span=(reading.start, reading.number_end or number.end),
        unit_span=reading.unit_span,
        bound_span=bound_span,
        rejected=(*reading.rejected, *((f"value {number.other}",) if number.other is not None else ())),
        review=bool(why),
        why=why,
        incidental=reading.incidental,
        inherited=reading.inherited,
    )
