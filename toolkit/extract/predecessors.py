"""Units that a commune was made of, as far as the article names them."""

from __future__ import annotations

import re

from toolkit.extract.cues import SYLLABLE, Prose
from toolkit.extract.places import COMMUNE, Mention, place_key, tier, titled
from toolkit.model.context import Level

_UNIT = rf"{SYLLABLE}(?: {SYLLABLE}){{0,3}}"
_MERGER = re.compile(r"sáp nhập|hợp nhất|nhập (?:toàn bộ|nguyên trạng)|sắp xếp, nhập|được hình thành từ")
_LIST_LEAD = re.compile(
    r"\s*(?:Đảng bộ\s+|từ\s+|toàn bộ\s+|nguyên trạng\s+|diện tích[\w\s,]{0,40}của\s+)*(?:\d+|hai|ba|"
    r"bốn|các)?\s*(?:đơn vị(?: hành chính)?)?[\s:(]*"
)
_LISTED_UNIT = re.compile(
    rf"(?:\s*(?:,|và|với|;|cùng)\s*)?(?:\d+\s+|một phần\s+|các\s+)*(?:(?:[Xx]ã|[Pp]hường|"
    rf"[Tt]hị trấn)(?:,\s+thị trấn)?\s*[:(]?\s*)?({_UNIT})(?: \(cũ\))?"
)
_OLD_LIST = re.compile(rf"(?:hai|ba|bốn|các|0?[234])\s+(?:xã|phường|thị trấn)\s+({_UNIT}(?:, {_UNIT})* và {_UNIT}) \(cũ\)")


def predecessors(level: Level | None, name: str, text: Prose, found: tuple[Mention, ...]) -> tuple[str, ...]:
    """Units that a commune was made of: named as old, or listed after a word of merging, in text order."""
    if tier(level, name) != COMMUNE:
        return ()
    names: dict[int, str] = {m.start: m.name for m in found if m.old and tier(m.level, m.name) == COMMUNE}
    for merger in _MERGER.finditer(text.folded):
        for listed in _units_after(text, merger.end()):
            names.setdefault(listed.start(1), listed.group(1))
    for listed in _OLD_LIST.finditer(text.text):
        names.update({listed.start() + m.start(): m.group() for m in re.finditer(_UNIT, listed.group(1))})
    kept: dict[str, str] = {}
    for _, unit in sorted(names.items()):
        kept.setdefault(place_key(unit), titled(unit))
    return tuple(kept.values())


def _units_after(text: Prose, at: int) -> list[re.Match[str]]:
    """The list of units right after "sáp nhập" ("3 xã A, B và C", "phường A, một phần phường B")."""
    listed: list[re.Match[str]] = []
    lead = _LIST_LEAD.match(text.text, at)
    at = lead.end() if lead else at
    while True:
        unit = _LISTED_UNIT.match(text.text, at)
        if unit is None:
            return listed
        listed.append(unit)
        at = unit.end()
