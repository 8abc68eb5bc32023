"""Lessons drawn from a term: the items under "bài học kinh nghiệm", whether numbered sentences or a list in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.extract.cues import prose
from toolkit.extract.lists import distinct, list_colon, pieces, statement
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_LEAD = re.compile(r"bài học|kinh nghiệm")
_ITEM = re.compile(
    r"^\W*(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là|bài học thứ \w+|"
    r"\(?\d{1,2}[.)]|[-–+•])(?!\w)"
)


def lessons(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        if mode is not Mode.LESSON or clean.blocks[sentence.block].kind is BlockKind.HEADING:
            continue
        start, end = sentence.span.start, sentence.span.end
        folded = text.folded[start:end]
        colon = list_colon(text, start, end)
        if _LEAD.search(folded[:200]) and not _ITEM.match(folded):
            if colon is None:
                continue
            start = colon + 1
        for a, b in pieces(text, start, end) if not _ITEM.match(folded) else [(start, end)]:
            made = statement(text, StatementKind.LESSON, a, b, "lesson")
            if made is not None:
                found.append(made)
    return distinct(found)
