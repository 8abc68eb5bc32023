"""What the rules for roles look at: a figure with the words around it, and the words of ``data/vi/roles.yaml``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.extract.clauses import Frame
from toolkit.extract.naming import Label
from toolkit.extract.phrases import Phrases, Words
from toolkit.lexicon import load
from toolkit.model.amount import Amount
from toolkit.model.context import Role


@dataclass(frozen=True, slots=True)
class Reading:
    """A role and the rule that gave it."""

    role: Role
    rule: str


@dataclass(frozen=True, slots=True)
class Case:
    frame: Frame
    amount: Amount
    label: Label
    lead: Words
    tail: Words
    before: Words
    """All words of the clause before the figure, nearest last."""
    planned: bool
    """The sentence or its heading speaks of what is to come."""
    host: Reading | None
    """Reading of the figure before: the bracket's host, or the one whose subject is carried."""
    following: Amount | None
    following_tail: Words
    host_amount: Amount | None
    whole: bool
    """A figure before the host has the host's unit: the host may be a part of it."""
    next_before: str
    """The very word before the figure, also where it belongs to the bound (``từ``)."""
    equals: bool
    """An equals sign stands right before it."""
    inner: Words
    """Words between its opening bracket and the figure, across a colon (``(KH: 43 triệu đồng)``); none outside brackets."""


Rule = Callable[[Case], Reading | None]


@cache
def cues(name: str) -> Phrases:
    """The word list ``name`` of ``data/vi/roles.yaml``."""
    data: dict[str, Any] = load("vi/roles")
    return Phrases.of(data[name]["words"])


def plan_after(case: Case) -> bool:
    """The figure is measured in plans: ``105% kế hoạch``, ``vượt 5% so với chỉ tiêu``."""
    return of_plan(case.tail)


def of_plan(tail: Words) -> bool:
    if cues("plan_nouns").at(tail):
        return True
    if len(tail) > 2 and tail[0].low == "so":
        skip = 2 if tail[1].low == "với" else 1
        named = any(cues("plan_nouns").at(tail, skip + k) for k in (0, 1, 2) if len(tail) > skip + k)
        return named or _given_by(tail[skip : skip + 4])
    return False


def _given_by(words: Words) -> bool:
    """``so với HĐND huyện giao``: a plan by who gave it."""
    return any(w.low == "giao" and i and words[i - 1].low != "bàn" for i, w in enumerate(words))


def base_after(case: Case) -> bool:
    """Compared with something that is no plan."""
    tail = case.tail
    if len(tail) > 2 and tail[0].low == "so":
        skip = 2 if tail[1].low == "với" else 1
        return not plan_after(case) and any(cues("bases").at(tail, skip + k) for k in range(3) if len(tail) > skip + k)
    return False


def counts_targets(amount: Amount) -> bool:
    unit = amount.unit.lower()
    return tuple(unit.split()) in cues("target_units").entries or unit.startswith("chỉ tiêu")
