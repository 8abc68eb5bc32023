"""What the column of a table says of its figures: plan, result, attainment or change, and of which year.

Report appendices run ``STT | Chỉ tiêu | ĐVT | Nghị quyết | Thực hiện | Đạt (%)``.  The grammar of numbers (``tables``) finds
the figures and their units; here the heads of their columns are read.  Words in ``data/vi/tables.yaml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from toolkit.extract.cues import fold
from toolkit.lexicon import load
from toolkit.model.context import Role

_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_MARKER = re.compile(r"\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVXivx]{1,4}|[a-zđ])\s*[.)\-/]|[-–+*•])\s*")
_BRACKET = re.compile(r"\s*\((?:ĐVT:?\s*)?[^()]{1,20}\)\s*$", re.IGNORECASE)


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    """(words, sort) of all heads, longest first."""
    rows: dict[str, Any] = load("vi/tables")
    return tuple(sorted(((fold(str(w)), name) for name, row in rows.items() for w in row["words"]), key=lambda pair: -len(pair[0])))


def sort_of(head: str) -> str | None:
    """The sort of a column by its head: a key of ``data/vi/tables.yaml``, ``year``, or None."""
    words = " ".join(fold(head).split())
    for entry, name in _heads():
        if entry == words or re.search(rf"(?<!\w){re.escape(entry)}(?!\w)", words):
            return name
    return "year" if _YEAR.search(words) else None


def role_of(head: str, year: int | None, aims: bool) -> Role:
    """The role of a column's figures; ``year`` is the year of writing, ``aims`` tells that the table stands under aims."""
    sort = sort_of(head)
    named = _YEAR.search(head)
    if sort == "year" and named and year is not None and int(named[1]) > year:
        return Role.PLAN
    if sort in ("plan", "attainment", "change", "result"):
        return Role(sort)
    return Role.PLAN if aims else Role.RESULT


def year_of(head: str) -> str | None:
    """The year that a head names."""
    named = _YEAR.search(head)
    return named[1] if named else None


def label_of(row: str) -> str:
    """The label of a row: lower case, without list number and bracketed unit."""
    words = _BRACKET.sub("", row)
    while (marker := _MARKER.match(words)) and marker.end():
        words = words[marker.end() :]
    return " ".join(words.split()).strip(" :-–").lower()
