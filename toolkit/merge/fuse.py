"""One entry for each figure of a group: agreeing figures support each other, contradicting ones are settled by the table.

Sources come in their order of rank.  A figure joins the entry that says the same; else, when another source gives one other value
of the same topic, the table of precedence decides and the loser travels with the winner; else it is an entry of its own.  A source
that gives several values of one topic is not settled against itself: all stay, and a warning says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from toolkit.errors import Issue
from toolkit.merge import agreement, conflicts, precedence
from toolkit.merge.precedence import Claim
from toolkit.model.dossier import Conflict, Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet, Quantity

Ref = tuple[str, str]
"""A quantity of a source: (``Source.id``, ``Quantity.id``)."""


@dataclass
class _Entry:
    """An entry while it grows; ``refs`` are all figures that went into it."""

    chosen: Claim
    support: list[Claim] = field(default_factory=list)
    hidden: list[tuple[Claim, str]] = field(default_factory=list)
    rule: str = ""

    def claims(self) -> Iterable[Claim]:
        return (self.chosen, *self.support, *(claim for claim, _ in self.hidden))


@dataclass(frozen=True)
class Fused:
    """The figures of a group as settled; ``ids`` maps each figure of a source to the id of its entry."""

    quantities: tuple[Settled[Quantity], ...]
    conflicts: tuple[Conflict, ...]
    issues: tuple[Issue, ...]
    ids: dict[Ref, str]


def fuse(sheets: Sequence[FactSheet]) -> Fused:
    """Settle the figures of all sources; ``sheets`` in order of rank."""
    paths = sorted(sheet.source.path for sheet in sheets)
    claims = [Claim(q, sheet, paths.index(sheet.source.path)) for sheet in sheets for q in sheet.quantities]
    entries = _Fusion(claims).run()
    names = _unique_ids(entries)
    settled = tuple(_settled(entry, name) for entry, name in zip(entries, names, strict=True))
    ids = {(c.sheet.source.id, c.quantity.id): name for e, name in zip(entries, names, strict=True) for c in e.claims()}
    found = tuple(_conflict(entry, one) for entry, one in zip(entries, settled, strict=True) if entry.hidden)
    by_id = {sheet.source.id: sheet for sheet in sheets}
    issues = [conflicts.between_sources(conflict, by_id) for conflict in found]
    return Fused(settled, found, (*issues, *_self_contradictions(sheets)), ids)


class _Fusion:
    """The growing list of entries with its two indexes: by topic, and by value."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.entries: list[_Entry] = []
        self.by_topic: dict[tuple[object, ...], list[_Entry]] = defaultdict(list)
        self.by_value: dict[tuple[object, ...], list[_Entry]] = defaultdict(list)
        self.values_of = _values_per_topic(claims)

    def run(self) -> list[_Entry]:
        for claim in self.claims:
            entry = self._agreeing(claim)
            if entry is not None:
                self._support(entry, claim)
            elif (rival := self._rival(claim)) is not None:
                self._contest(rival, claim)
            else:
                self._open(claim)
        return self.entries

    def _open(self, claim: Claim) -> None:
        entry = _Entry(claim)
        self.entries.append(entry)
        self._index(entry, claim)

    def _index(self, entry: _Entry, claim: Claim) -> None:
        self.by_topic[_topic(claim)].append(entry)
        self.by_value[_value_key(claim.quantity)].append(entry)

    def _agreeing(self, claim: Claim) -> _Entry | None:
        """The entry that says the same: of the same topic, or of the same figure under a near label in another source."""
        quantity = claim.quantity
        for entry in self.by_topic[_topic(claim)]:
            if agreement.same_statement(entry.chosen.quantity, quantity) and self._one_statement(entry, claim):
                return entry
        for entry in self.by_value[_value_key(quantity)]:
            if self._other_source(entry, claim) and agreement.says_the_same(entry.chosen.quantity, quantity):
                return entry
        return None

    @staticmethod
    def _other_source(entry: _Entry, claim: Claim) -> bool:
        return all(c.sheet.source.id != claim.sheet.source.id for c in entry.claims())

    def _one_statement(self, entry: _Entry, claim: Claim) -> bool:
        """Within one source only an exact repetition under a telling label is the same statement (a lead repeated)."""
        if self._other_source(entry, claim):
            return True
        one, other = entry.chosen.quantity, claim.quantity
        return agreement.equal(one.amount, other.amount) and (one.quote.text == other.quote.text or agreement.specific(one))

    def _rival(self, claim: Claim) -> _Entry | None:
        """The entry that another source's different value of the same topic must be settled with."""
        key = _topic(claim)
        if not agreement.specific(claim.quantity):
            return None
        single = all(len(values) == 1 for values in self.values_of[key].values())
        rivals = [entry for entry in self.by_topic[key] if self._other_source(entry, claim)]
        return rivals[0] if single and rivals else None

    def _support(self, entry: _Entry, claim: Claim) -> None:
        """The more precise wording speaks for both; at equal precision the higher source does."""
        mine, theirs = (precedence.precision(c.quantity.amount) for c in (claim, entry.chosen))
        if mine > theirs and self._other_source(entry, claim):
            entry.support.append(entry.chosen)
            entry.chosen = claim
        else:
            entry.support.append(claim)
        self._index(entry, claim)

    def _contest(self, entry: _Entry, claim: Claim) -> None:
        winner, loser, row = precedence.better(entry.chosen, claim)
        if winner is claim:
            entry.hidden.extend((c, row.text) for c in (entry.chosen, *entry.support))
            entry.chosen, entry.support = claim, []
        else:
            entry.hidden.append((loser, row.text))
        entry.rule = row.text
        self._index(entry, claim)


def _values_per_topic(claims: Sequence[Claim]) -> dict[tuple[object, ...], dict[str, set[object]]]:
    found: dict[tuple[object, ...], dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        found[_topic(claim)][claim.sheet.source.id].add(_plain(claim.quantity))
    return found


def _topic(claim: Claim) -> tuple[object, ...]:
    return agreement.topic(claim.quantity, _whole(claim.sheet))


def _whole(sheet: FactSheet) -> str | None:
    return sheet.term or sheet.inferred_term


def _plain(quantity: Quantity) -> object:
    amount = quantity.amount
    return (amount.value, amount.low, amount.high, amount.of)


def _value_key(quantity: Quantity) -> tuple[object, ...]:
    return (quantity.role, quantity.amount.kind, *_plain(quantity))  # type: ignore[misc]


def _unique_ids(entries: Sequence[_Entry]) -> list[str]:
    """The ids of the sources, made unique over the group: a second fact of one id gets ``-2`` (in order of the sources' rank)."""
    seen: Counter[str] = Counter()
    taken = {entry.chosen.quantity.id for entry in entries}
    names: list[str] = []
    for entry in entries:
        base = entry.chosen.quantity.id
        seen[base] += 1
        name = base
        while seen[base] > 1 and (name := f"{base}-{seen[base]}") in taken:
            seen[base] += 1
        taken.add(name)
        names.append(name)
    return names


def _settled(entry: _Entry, name: str) -> Settled[Quantity]:
    chosen = entry.chosen.quantity
    value = chosen if chosen.id == name else replace(chosen, id=name)
    return Settled(
        value=value,
        origin=Origin(OriginKind.SOURCE, entry.chosen.sheet.source.id),
        support=tuple(claim.quantity for claim in entry.support),
        hidden=tuple((claim.quantity, why) for claim, why in entry.hidden),
    )


def _conflict(entry: _Entry, settled: Settled[Quantity]) -> Conflict:
    return Conflict(settled.value.label, settled.value, tuple(q for q, _ in settled.hidden), entry.rule)


def _self_contradictions(sheets: Sequence[FactSheet]) -> list[Issue]:
    """A warning for each topic of which one source gives more than one value."""
    found = []
    for sheet in sheets:
        topics: dict[tuple[object, ...], list[Quantity]] = defaultdict(list)
        for quantity in sheet.quantities:
            if agreement.specific(quantity):
                topics[agreement.topic(quantity, _whole(sheet))].append(quantity)
        for quantities in topics.values():
            distinct = _apart(sheet, _distinct(quantities))
            if len(distinct) > 1:
                found.append(conflicts.within_source(sheet, distinct))
    return found


_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


def _apart(sheet: FactSheet, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Figures of different sentences: those of one sentence list parts ("17/17 đạt, trong đó 9/17 vượt") and do not contradict."""
    ordered = sorted(quantities, key=lambda q: q.quote.start)
    kept = ordered[:1]
    for quantity in ordered[1:]:
        if _SENTENCE_END.search(sheet.source.text, kept[-1].quote.end, quantity.quote.start):
            kept.append(quantity)
    return kept


def _distinct(quantities: Sequence[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in quantities:
        if not any(agreement.same_value(quantity.amount, other.amount) for other in kept):
            kept.append(quantity)
    return kept
