"""Which figures of two sides are the same thing; never different things, so that a doubtful pair stays an addition and a removal.

Only figures of one kind, unit and rate, role, period and place can be a pair.  In four rounds, the surest first:

1. same id and same value;
2. same indicator or label, same value;
3. same id;
4. same indicator or label, where each side has just one left.

Which labels mean the same is said by ``words.thing_of``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from toolkit.corpus.rows import Built, Fact
from toolkit.corpus.words import thing_of
from toolkit.model.vietnamese import name_key


@dataclass(frozen=True, slots=True)
class Side:
    """One figure of one side: what it is (``thing``, ``frame``), what it says (``value``), how it says it."""

    id: str
    label: str
    thing: tuple[str, ...]
    frame: tuple[str, ...]
    value: tuple[str | None, str | None, str | None, str | None, str]
    unit: str
    kind: str
    per: str
    role: str
    period: str | None
    quote: str
    sentence: str
    source: str
    start: int
    end: int
    why: str


def sides(built: Built) -> list[Side]:
    """The figures of one build, in their order.  A period that is the report's own counts as none, so that terms can be held
    against each other."""
    return [_side(built, fact) for fact in built.facts]


def _side(built: Built, fact: Fact) -> Side:
    (_, id_, indicator, label, _, kind, value, low, high, of, _, unit, per, bound, role, period, _, place, *_, reason) = fact.row
    at = fact.places[0]
    sentence = built.sentences.get(at.source, {}).get(at.sentence, "") if at.sentence else ""
    own = None if period in (built.build["term"], built.build["year"]) else period
    return Side(
        id=id_,
        label=label,
        thing=thing_of(indicator, label, _names(built)),
        frame=(kind, name_key(unit) or unit, name_key(per), role, own or "", name_key(place or "")),
        value=(value, low, high, of, bound),
        unit=unit,
        kind=kind,
        per=per,
        role=role,
        period=period,
        quote=at.quote or "",
        sentence=sentence,
        source=at.source[0],
        start=at.start,
        end=at.end,
        why=reason,
    )


def _names(built: Built) -> tuple[str, ...]:
    """The place's own names, which a label may hold."""
    place = built.locality
    return (place["name"], *json.loads(place["parents"])) if place else ()


Pair = tuple[int, int]


def pairs(old: Sequence[Side], new: Sequence[Side]) -> list[Pair]:
    """Indices of the figures that are one thing, in the order of the new side."""
    free_old, free_new = dict(enumerate(old)), dict(enumerate(new))
    found: list[Pair] = []
    rounds: tuple[tuple[Callable[[Side], Hashable], bool], ...] = (
        (lambda s: (s.id, s.frame, s.value), False),
        (lambda s: (s.thing, s.frame, s.value), False),
        (lambda s: (s.id, s.frame), False),
        (lambda s: (s.thing, s.frame), True),
    )
    for key, alone in rounds:
        groups = _grouped(free_old, key)
        for name, there in _grouped(free_new, key).items():
            here = groups.get(name, [])
            if alone and (len(here) != 1 or len(there) != 1):
                continue
            for pair in zip(here, there, strict=False):
                found.append(pair)
                del free_old[pair[0]], free_new[pair[1]]
    return sorted(found, key=lambda pair: pair[1])


def _grouped(free: dict[int, Side], key: Callable[[Side], Hashable]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for i, side in free.items():
        groups.setdefault(key(side), []).append(i)
    return groups
