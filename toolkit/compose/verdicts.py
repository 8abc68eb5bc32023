"""Counts of targets: how a source says that they were met (``9 chỉ tiêu vượt``, ``hoàn thành 26 chỉ tiêu``), and what counts.

The verb that belongs to a count stands right before it or behind its noun; what is said of the count beside it (``9 chỉ tiêu vượt
và 35 chỉ tiêu đạt``) is none of its business.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.compose.desk import Desk
from toolkit.compose.standard import standard
from toolkit.model.amount import Kind
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import key

REACH = 48
"""Characters after a count in which its verb is looked for, up to the next pause, figure or ``và``."""

_PAUSE = re.compile(r"[,;:.()\n\d]|\s(?:và|còn)\s+(?=\d)")


def is_tally(desk: Desk, quantity: Quantity) -> bool:
    """Whether a figure counts verdicts (``13 chỉ tiêu``, ``13/15 chỉ tiêu``) or parts of a whole: a result, no share of a plan."""
    counts = quantity.amount.kind is Kind.COUNT and key(quantity.amount.unit) in desk.standard.verdict_units
    return counts or quantity.amount.kind is Kind.FRACTION


def verdict(desk: Desk, quantity: Quantity) -> str:
    """The verb of a count of targets in the source's words: ``vượt``, ``đạt và vượt``, ``xấp xỉ đạt``; empty when it has none."""
    ahead = _ahead().search(" ".join(desk.notes.before(quantity.quote, REACH).lower().split()))
    if ahead:
        return ahead[1]
    behind = _PAUSE.split(desk.notes.after(quantity.quote, REACH))[0]
    found = _behind().match(" ".join(behind.lower().split()))
    return found[1] if found else ""


def _verbs() -> str:
    return "|".join(re.escape(words) for words in standard().verdicts)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_verbs()})(?: được)?$")


@cache
def _behind() -> re.Pattern[str]:
    """The verb, at most four words after the noun: ``30/33 chỉ tiêu nghị quyết đạt và vượt kế hoạch``."""
    return re.compile(rf"(?:\w+ ){{0,4}}?(?:đều |đã |cơ bản )*({_verbs()})(?!\w)")
