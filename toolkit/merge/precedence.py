"""Who wins when sources differ: the one table of ``data/precedence.yaml``, from the top, the first rule that tells them apart.

Each rule of the table names a measure here; a higher measure wins.  The text of the deciding rule goes with every value that was
not chosen, so that nothing is settled in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from toolkit.lexicon import load
from toolkit.model.amount import Amount, Bound
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.vietnamese import name_key


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: its stable id and what a reader is told."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure with the source that gives it; ``order`` is the source's place among the sorted paths."""

    quantity: Quantity
    sheet: FactSheet
    order: int = 0


@cache
def table() -> tuple[Rule, ...]:
    """The rules in force, first wins."""
    return tuple(Rule(row["id"], row["text"]) for row in load("precedence")["rules"])


@cache
def rule(rule_id: str) -> Rule:
    return next(row for row in table() if row.id == rule_id)


def reason(of: str) -> str:
    """What a reader is told of a value that no source states; ``of`` is a key of ``reasons`` in the data file (``calendar``)."""
    text: str = load("precedence")["reasons"][of]
    return text


@cache
def _official_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = load("precedence")["official"]
    return tuple(name_key(title) for title in data["titles"]), tuple(data["hosts"])


def is_official(sheet: FactSheet) -> bool:
    """Whether a source is a report of the office itself rather than a story about it: by its title, or by who publishes it."""
    titles, hosts = _official_words()
    title = name_key(sheet.source.title or "")
    if any(title == start or title.startswith(start + " ") for start in titles):
        return True
    host = (urlsplit(sheet.source.url or "").hostname or sheet.source.publisher or "").lower()
    return any(host.endswith(end) or host == end.lstrip(".") for end in hosts)


def date_of(sheet: FactSheet) -> str:
    """ISO date of a source, empty when it has none: then it is the earliest."""
    return sheet.published or sheet.source.published or ""


def precision(amount: Amount) -> int:
    """How exactly an amount is given: significant digits, with an exact bound before a vague one and a value before a range."""
    shown = amount.value if amount.value is not None else amount.low
    assert shown is not None
    digits = len(str(abs(shown)).replace(".", "").strip("0"))
    return digits * 4 + (2 if amount.bound is Bound.EXACT else 0) + (0 if amount.is_range else 1)


MEASURES: dict[str, Callable[[Claim], object]] = {
    "profile": lambda _claim: False,  # a profile's values never meet here: overrides.py sets them over the winner
    "official-report": lambda claim: is_official(claim.sheet),
    "later-date": lambda claim: date_of(claim.sheet),
    "more-precise": lambda claim: precision(claim.quantity.amount),
    "own-place": lambda claim: claim.quantity.place is None,
    "first-read": lambda claim: -claim.order,
}


def sheet_order(sheets: Sequence[FactSheet]) -> list[FactSheet]:
    """Sources as the table ranks them as wholes: official reports, then later dates, then by path."""
    by_path = sorted(sheets, key=lambda s: s.source.path)
    by_date = sorted(by_path, key=date_of, reverse=True)
    return sorted(by_date, key=is_official, reverse=True)


def better(one: Claim, other: Claim) -> tuple[Claim, Claim, Rule]:
    """``(winner, loser, the rule that told them apart)``."""
    for row in table():
        measure = MEASURES[row.id]
        left, right = measure(one), measure(other)
        if left != right:
            return (one, other, row) if left > right else (other, one, row)  # type: ignore[operator]
    return one, other, table()[-1]
