"""Theme or motto of a congress, as quoted after "chủ đề" or "phương châm"."""

from __future__ import annotations

import re

from toolkit.extract.cues import prose
from toolkit.model.fact import Theme
from toolkit.model.text import CleanText

_QUOTED = re.compile(
    r"(chủ đề|phương châm|khẩu hiệu|phương châm hành động)((?:\s+[\w]+){0,12}?)\s*(?:là|"
    r":)?\s*(?:[:,]\s*)?(?:[“\"«]\s*)([^“”\"»]{12,600}?)\s*[”\"»]"
)
_UNQUOTED = re.compile(
    r"(chủ đề|phương châm)((?:\s+\w+){0,8})\s*:\s*((?:[^\W\d_]+ ){1,4}(?:[-–] (?:[^\W\d_]+ ?){1,4}){2,6}?)(?=\s*[,.;\n])"
)
"""A motto without quotation marks is known by its dashes: "phương châm: Đoàn kết - Dân chủ - Phát triển, …"."""
_OF_CONGRESS = re.compile(r"đại hội|nhiệm kỳ|hành động")


def theme(clean: CleanText) -> Theme | None:
    """The congress's theme before its motto; None when the text quotes neither."""
    text = prose(clean)
    best: tuple[int, re.Match[str]] | None = None
    for m in _QUOTED.finditer(text.folded):
        near = text.folded[max(0, m.start() - 120) : m.start(3)]
        if not _OF_CONGRESS.search(near):
            continue
        rank = 0 if m.group(1) == "chủ đề" else 1
        if best is None or rank < best[0]:
            best = (rank, m)
    match = best[1] if best else _UNQUOTED.search(text.folded)
    if match is None:
        return None
    start, end = match.span(3)
    return Theme(re.sub(r"\s+", " ", text.text[start:end]), text.clean.quote(start, end))
