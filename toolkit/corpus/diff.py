"""What changed between two sets of facts: two terms of a locality, two builds of a brief, two drafts of an article.

Figures are paired by ``pairing``; people by name, documents by number (else type, date and issuer), statements by their words.
Pure, and in a stable order: the new side's for what it has, the old side's for what went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from toolkit.contract import number_to_json
from toolkit.corpus.pairing import Side, pairs, sides
from toolkit.corpus.rows import Built
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.vietnamese import name_key
from toolkit.model.wording import amount as worded

SCHEMA = "nhiemky.diff/1"
HEAD = ("term", "year", "next_term", "congress", "report")
OTHERS = ("people", "documents", "statements")


@dataclass(frozen=True, slots=True)
class Changed:
    """A thing on both sides."""

    old: Side
    new: Side


@dataclass(frozen=True, slots=True)
class Other:
    """A person, document or statement: ``old`` None where it is new, ``new`` None where it went, both where its details changed."""

    what: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Difference:
    """All differences of one pair of sets, by their kind; ``head`` are term, year, congress and the like, and the locality."""

    old: str
    new: str
    head: tuple[Other, ...] = ()
    changed: tuple[Changed, ...] = ()
    added: tuple[Side, ...] = ()
    removed: tuple[Side, ...] = ()
    reworded: tuple[Changed, ...] = ()
    others: tuple[Other, ...] = ()
    same: int = 0

    @property
    def any(self) -> bool:
        one_sided = not (self.old and self.new)
        return one_sided or any((self.head, self.changed, self.added, self.removed, self.reworded, self.others))


def difference(old: Built, new: Built, names: tuple[str, str]) -> Difference:
    """Everything in which ``new`` differs from ``old``."""
    before, after = sides(old), sides(new)
    paired = pairs(before, after)
    both = [Changed(before[i], after[j]) for i, j in paired]
    gone, come = {i for i, _ in paired}, {j for _, j in paired}
    changed = tuple(c for c in both if c.old.value != c.new.value)
    reworded = tuple(c for c in both if c.old.value == c.new.value and _wording(c.old) != _wording(c.new))
    return Difference(
        *names,
        head=tuple(_head(old, new)),
        changed=changed,
        added=tuple(side for j, side in enumerate(after) if j not in come),
        removed=tuple(side for i, side in enumerate(before) if i not in gone),
        reworded=reworded,
        others=tuple(_others(old, new)),
        same=len(both) - len(changed) - len(reworded),
    )


def joined(builts: Sequence[Built]) -> Built:
    """Several sources of one locality and term as one set; its head is the first one's."""
    first = builts[0]
    if len(builts) == 1:
        return first
    sentences = {source: found for built in builts for source, found in built.sentences.items()}
    one = Built(first.build, first.locality, first.sources, first.articles, sentences)
    for built in builts:
        one.facts += built.facts
        one.people += built.people
        one.documents += built.documents
        one.statements += built.statements
    return one


def whole(built: Built, name: str, *, new: bool) -> Difference:
    """A set that only one side has."""
    found, texts = tuple(sides(built)), ((what, text) for what in OTHERS for text in _keyed(what, built).values())
    if new:
        return Difference("", name, added=found, others=tuple(Other(what, None, text) for what, text in texts))
    return Difference(name, "", removed=found, others=tuple(Other(what, text, None) for what, text in texts))


def _wording(side: Side) -> tuple[str, str, str]:
    return side.label, " ".join(side.quote.split()), " ".join(side.sentence.split())


def _head(old: Built, new: Built) -> Iterator[Other]:
    places = [built.locality["key"] if built.locality else None for built in (old, new)]
    if places[0] != places[1]:
        names = [f"{b.locality['level'] or ''} {b.locality['name']}".strip() if b.locality else None for b in (old, new)]
        yield Other("locality", *names)
    for name in HEAD:
        if old.build[name] != new.build[name]:
            yield Other(name, *(None if built.build[name] is None else str(built.build[name]) for built in (old, new)))


def _others(old: Built, new: Built) -> Iterator[Other]:
    for what in OTHERS:
        before, after = (_keyed(what, built) for built in (old, new))
        for key, text in after.items():
            if key not in before:
                yield Other(what, None, text)
            elif before[key] != text:
                yield Other(what, before[key], text)
        for key, text in before.items():
            if key not in after:
                yield Other(what, text, None)


def _keyed(what: str, built: Built) -> dict[tuple[str, ...], str]:
    """Text by identity; of two alike the first."""
    found: dict[tuple[str, ...], str] = {}
    for fact in getattr(built, what):
        row = fact.row
        key: tuple[str, ...]
        if what == "people":
            key, text = (name_key(row[0]),), f"{row[0]} ({_list(row[2])})"
        elif what == "documents":
            kind, number, date, issuer = (part or "" for part in row[:4])
            key = (number,) if number else (name_key(kind), date, name_key(issuer))
            text = " ".join(part for part in (kind, number, date, issuer) if part)
        else:
            key, text = (row[0], name_key(row[1])), row[1]
        found.setdefault(key, text)
    return found


def _list(roles: str) -> str:
    import json

    return ", ".join(json.loads(roles))


# ---------------------------------------------------------------- as text and JSON


def figure(side: Side) -> str:
    """A figure's value as a Vietnamese office writes it."""
    value, low, high, of, bound = side.value
    exact, least, most, whole_ = (None if x is None else Decimal(x) for x in (value, low, high, of))
    per = tuple(p for p in side.per.split("/") if p)
    return worded(Amount(Kind(side.kind), exact, least, most, whole_, side.unit, per, Bound(bound)))


def to_object(found: Difference) -> dict[str, Any]:
    """One difference as plain JSON types."""
    return {
        "old": found.old or None,
        "new": found.new or None,
        "head": [_other(one) for one in found.head],
        "changed": [{"old": _json(c.old), "new": _json(c.new)} for c in found.changed],
        "added": [_json(side) for side in found.added],
        "removed": [_json(side) for side in found.removed],
        "reworded": [{"old": _json(c.old), "new": _json(c.new)} for c in found.reworded],
        "others": [_other(one) for one in found.others],
        "same": found.same,
    }


def _other(one: Other) -> dict[str, Any]:
    return {"what": one.what, "old": one.old, "new": one.new}


_SHOWN = tuple(f.name for f in fields(Side) if f.name not in ("thing", "frame", "value", "why"))


def _json(side: Side) -> dict[str, Any]:
    value, low, high, of, bound = side.value
    numbers = {"value": value, "low": low, "high": high, "of": of}
    return {
        **{name: getattr(side, name) for name in _SHOWN},
        **{name: number_to_json(Decimal(text)) for name, text in numbers.items() if text is not None},
        "bound": bound,
    }


def matched(old: Sequence[tuple[str, Built]], new: Sequence[tuple[str, Built]]) -> list[Difference]:
    """Two lists of sets held against each other: by name, or as they are when each side has one."""
    if len(old) == len(new) == 1:
        return [difference(old[0][1], new[0][1], (old[0][0], new[0][0]))]
    before, after = dict(old), dict(new)
    found = [
        difference(before[name], built, (name, name)) if name in before else whole(built, name, new=True)
        for name, built in after.items()
    ]
    return found + [whole(built, name, new=False) for name, built in before.items() if name not in after]
