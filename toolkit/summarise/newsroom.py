"""What an article tells because it is news, and a brief does not: what a meeting did, what a guest said, what stood in the way.

Such sentences may be well written and full of the right words; they are no results of the place.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.lexicon import load
from toolkit.summarise.features import figure_places
from toolkit.summarise.openings import list_mark
from toolkit.summarise.wording import fold, pattern

NEAR = 60
"""Characters between who acts and the verb, within one clause."""

_BARE_COUNTS = re.compile(r"(?:[^;\d]*\D\d[\d.]*[;…. ]*)+")
"""Clauses that each end in a number of nothing: ``nữ 1.151; dân tộc 504``."""


def is_news(text: str) -> bool:
    """Whether a sentence tells of a meeting, a speech or an obstacle, and of no result."""
    bare = text[list_mark(text) :]
    low = fold(bare).lstrip('“"‘ ')
    if _clause("meetings", "proceedings").search(low):
        return True
    if any(figure_places(bare)):
        return False
    return bool(_clause("speakers", "saying").search(low) or pattern("at_meetings").match(low)) or _only_hinders(low)


def is_remainder(text: str) -> bool:
    """Whether a piece only goes on counting parts of something that stands before it."""
    return len(re.findall(r"\d[\d.]*(?=\s*[;.…]|\s*$)", text)) > 1 and bool(_BARE_COUNTS.fullmatch(text.strip()))


def is_hope(text: str) -> bool:
    """Whether a sentence strives for something (``Xã phấn đấu giữ vững …``); what was achieved by striving is none."""
    return bool(_striving().search(fold(text)))


@cache
def _striving() -> re.Pattern[str]:
    praised = "".join(f"(?<!{re.escape(fold(word))} )" for word in load("vi/summarise")["striven"])
    return re.compile(rf"(?<!\w){praised}(?:{_any('strives')}) (?!(?:{_any('striven_on')})(?!\w))\w")


def _only_hinders(low: str) -> bool:
    return bool(pattern("setbacks").search(low)) and not any(pattern(k).search(low) for k in ("outcome", "attainment", "deeds"))


@cache
def _clause(who: str, does: str) -> re.Pattern[str]:
    """Somebody at the beginning of a clause, and what they do in it."""
    return re.compile(rf"(?:^|[,;:]\s+)(?:{_any(who)})(?!\w)[^,;:.]{{0,{NEAR}}}?(?<!\w)(?:{_any(does)})(?!\w)")


def _any(key: str) -> str:
    return "|".join(re.escape(fold(str(words))) for words in sorted(load("vi/summarise")[key], key=len, reverse=True))


def spoken_end(text: str) -> int:
    """Where a sentence ends before the words that name its speaker (``… 22% kế hoạch", ông Phú nói.``); its length without them."""
    found = _spoken().search(fold(text))
    return found.start() if found else len(text)


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf'\s*["”]\s*,\s*(?:{_any("speakers")})\s[^,.;:]{{1,{NEAR}}}?(?:{_any("said_last")})\s*[.]?$')
