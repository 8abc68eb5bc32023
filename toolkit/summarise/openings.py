"""How a passage may open when it is taken out of its place: what must stand before it, and what may be left out.

Left out are only openings that say nothing of the result: a formula of thanks to those above ("Với sự lãnh đạo, chỉ đạo của …, ")
and a word that joins the sentence to one that is not printed ("Bên cạnh đó, ").  What was left out shows as an ellipsis.
"""

from __future__ import annotations

import re

from toolkit.summarise.wording import fold, pattern, syllables

ELLIPSIS = "…"
_SUBJECT = re.compile(
    r"[,;]\s+(?=(?:đảng|phường|xã|quận|huyện|tỉnh|thành phố|thị|uỷ ban|ủy ban|ubnd|hđnd|các|kinh tế|tổng|thu|công tác|cấp|ban|"
    r"trong|toàn|mttq|nhân dân|\d))"
)
"""Where the statement begins after a formula: a comma before one that can be its subject."""

_LIST_MARK = re.compile(r"\s*(?:[-–—+*•·▪]\s*|\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)]\s+|\d{1,2}-\s+)+(?=[^\W_])", re.IGNORECASE)

FAR = 90
"""Characters within which words that say who reports must end in a comma."""

SHORTEST_REST = 8
"""Syllables that must remain after an opening has been left out, else the whole stays."""


def list_mark(text: str) -> int:
    """How many characters at the beginning are the mark of a list ("- ", "+ ", "b. ", "(3) "), form and no words."""
    found = _LIST_MARK.match(text)
    return found.end() if found else 0


def leans(text: str) -> bool:
    """Whether a passage cannot stand without the sentence before it ("Trong đó, …", "Mô hình này …").

    A connective that can be left out ("Nhờ đó, …") does not count, unless what follows leans itself.
    """
    bare = text[list_mark(text) :]
    low = fold(bare[opening(bare) :]).lstrip('“"‘ ')
    return bool(pattern("dangling").match(low) or pattern("subjectless").match(low))


def leads_in(text: str) -> bool:
    """Whether it only announces what follows ("… như sau:")."""
    return text.rstrip().endswith(":")


def points_out(text: str) -> bool:
    """Whether it points at something said elsewhere ("nêu trên")."""
    return bool(pattern("pointing").search(fold(text)))


def opening(text: str) -> int:
    """How many characters at the beginning may be left out; 0 for none."""
    low = fold(text)
    joined = pattern("joining").match(low)
    start = 0
    if joined and low[joined.end() : joined.end() + 2] in {", ", ": "}:
        start = joined.end() + 2
    elif (bare := pattern("joining_bare").match(low)) and text[bare.end() : bare.end() + 2].strip().islower():
        # A capital after it would make it the first syllable of a name ("Song Khê").
        start = bare.end() + 1
    start = start or _told_by(low) or _fruit(low)
    formula = pattern("formulas").match(low, start)
    if formula:
        start = _after_formula(low, formula.end()) or start
    return start if start and len(syllables(text[start:])) >= SHORTEST_REST else 0


def _fruit(low: str) -> int:
    """Where a clause with a subject begins behind one without (``Góp phần …; thu nhập đạt …``); 0 where a figure would be lost."""
    clause = low.find("; ")
    lost = low[: max(clause, 0)]
    return clause + 2 if pattern("subjectless").match(low) and clause > 0 and not any(c.isdigit() for c in lost) else 0


def _told_by(low: str) -> int:
    """Where the statement begins after words that only say who reports it; 0 when they carry a figure or there are none."""
    told = pattern("sources_told").match(low)
    reports = pattern("reports").match(low)
    if not told and not reports:
        return 0
    comma = low.find(", ")
    said = low[:comma]
    if not 0 < comma <= FAR or any(c.isdigit() or c in ".;:" for c in said):
        return 0
    return comma + 2 if told or any(found.end() == comma for found in pattern("reported").finditer(said)) else 0


def _after_formula(low: str, at: int) -> int:
    """Where the clause after a formula begins; 0 when it cannot be told or the formula carries a figure."""
    for match in _SUBJECT.finditer(low, at):
        rest = low[match.end() :]
        # An enumeration goes on where no verb follows soon: "… của Thành ủy, UBND thành phố, …".
        verb = pattern("predicates").search(rest)
        comma = rest.find(",")
        if verb and (comma < 0 or verb.start() < comma):
            return 0 if any(c.isdigit() for c in low[at : match.start()]) else match.end()
    return 0
