"""Which lines of several dossiers speak of one thing: a key for each, so that aligning is linear and never a matter of degree.

1. A line that the catalogue of indicators knows goes by its indicator, and by the words of its label that the catalogue does not
   explain: ``bảo hiểm xã hội tự nguyện`` never stands beside ``bắt buộc``, ``thi đua ngành Giáo dục`` never beside all targets.
2. Any other line goes by its sector and the words of its label, without those that tell nothing apart (``tỷ lệ``, ``toàn phường``).
3. A label that is a shred of a sentence stands alone.

Within one thing figures are kept apart by what they measure, their kind, unit and rate: money never stands in a row with
a percentage.  Too strict costs a row that stands twice, too loose would be a false comparison: a doubtful pair stays apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.compose.comparing.standard import Comparing, Words
from toolkit.compose.desk import Desk
from toolkit.compose.lines import Facts, Line
from toolkit.model.amount import Amount, Kind
from toolkit.model.comparison import Measure
from toolkit.model.context import Level, Role
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import name_key

FindIndicator = Callable[[str, Kind, Role], str | None]
"""Gives the key of the indicator that a label names; the pipeline passes the extractor's own catalogue."""

Thing = tuple[str, ...]
"""Key of one thing measured."""


@dataclass(frozen=True)
class Piece:
    """The figures of one measure of a line: what goes into one cell as one value."""

    line: Line
    measure: Measure
    facts: Facts
    plans: Facts = ()

    @property
    def unit_key(self) -> tuple[str, ...]:
        """What must be equal before two pieces stand in one row."""
        return unit_key(self.facts[0].value.amount)


def unit_key(amount: Amount) -> tuple[str, ...]:
    """Kind, unit and rate; a percentage and a rank need no unit."""
    unit = (
        "" if amount.kind in (Kind.PERCENT, Kind.RANK) and amount.unit in ("", "%", "thứ") else name_key(amount.unit) or amount.unit
    )
    return (amount.kind.value, unit, *(name_key(word) for word in amount.per))


def thing_of(desk: Desk, line: Line, data: Comparing, find: FindIndicator, alone: str) -> tuple[Thing, str | None]:
    """Key of the thing that a line measures, and its indicator; ``alone`` keeps a shred of a sentence by itself."""
    indicator = _indicator(line, find)
    places = (desk.dossier.locality.name, *desk.dossier.locality.parents, *desk.dossier.locality.predecessors)
    if indicator is not None:
        apart = tuple(" ".join(p) for p in data.apart.get(indicator, ()) if _holds(tuple(name_key(line.label).split()), p))
        rest = _rest(line.label, indicator, data, places)
        return (indicator, *sorted(rest), *apart), indicator
    words = _rest(line.label, None, data, places)
    if not words or not desk.standard.names(line.label):
        return (line.sector.value, alone), None
    return (line.sector.value, "", *words), None


def _indicator(line: Line, find: FindIndicator) -> str | None:
    """The extractor's own reading, else what the label names by itself (a profile may have given it)."""
    told = [fact.value.indicator for fact in line.facts if fact.value.indicator]
    if told:
        return told[0]
    quantity = line.facts[0].value
    return find(line.label, quantity.amount.kind, quantity.role)


def _rest(label: str, indicator: str | None, data: Comparing, places: Sequence[str]) -> tuple[str, ...]:
    """The words of a label that tell it apart: without the place's own names, neutral phrases, and what the indicator means."""
    words = _without(tuple(name_key(label).split()), _own_names(tuple(places)))
    if indicator is None:
        return _without(_after_leading(words, data.leading), data.neutral)
    words = _without(words, (*data.neutral_of.get(indicator, ()), *data.neutral))
    return tuple(word for word in _after_leading(words, data.leading) if word not in data.means[indicator])


@lru_cache(maxsize=4096)
def _own_names(places: tuple[str, ...]) -> tuple[Words, ...]:
    """The names of a place and of what it belongs to, each with every level before it and without one; longest first."""
    names = [tuple(name_key(name).split()) for name in places if name]
    levels = [tuple(name_key(level.value).split()) for level in Level]
    return tuple(sorted((*names, *((*level, *name) for level in levels for name in names)), key=len, reverse=True))


def _after_leading(words: Words, leading: tuple[Words, ...]) -> Words:
    while size := next((len(p) for p in leading if words[: len(p)] == p), 0):
        words = words[size:]
    return words


@lru_cache(maxsize=16384)
def _without(words: Words, phrases: tuple[Words, ...]) -> Words:
    """``words`` with every phrase taken out wherever it stands."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        size = next((len(p) for p in phrases if p and words[at : at + len(p)] == p), 0)
        if not size:
            kept.append(words[at])
        at += size or 1
    return tuple(kept)


def _holds(words: Words, phrase: Words) -> bool:
    return any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))


def pieces(line: Line) -> Iterator[Piece]:
    """A line taken apart by what its figures measure; every figure is in exactly one piece."""
    if line.future:
        for facts in _of_one_unit((*line.plans, *line.results)):
            yield Piece(line, Measure.AIM, facts)
        return
    plans = list(line.plans)
    for facts in _of_one_unit(line.results):
        own = tuple(p for p in plans if unit_key(p.value.amount) == unit_key(facts[0].value.amount))
        plans = [p for p in plans if p not in own]
        yield Piece(line, Measure.RESULT, facts, own)
    for facts in _of_one_unit(line.attainments):
        part = facts[0].value.amount.kind is Kind.FRACTION
        yield Piece(line, Measure.PART if part else Measure.RATE, facts)
    for facts in _of_one_unit(line.changes):
        yield Piece(line, Measure.CHANGE, facts)
    for facts in _of_one_unit(plans):
        yield Piece(line, Measure.PLAN, facts)


def _of_one_unit(facts: Sequence[Settled[Quantity]]) -> list[Facts]:
    """Figures of one kind and unit together, in their order."""
    groups: dict[tuple[str, ...], list[Settled[Quantity]]] = {}
    for fact in facts:
        groups.setdefault(unit_key(fact.value.amount), []).append(fact)
    return [tuple(group) for group in groups.values()]
