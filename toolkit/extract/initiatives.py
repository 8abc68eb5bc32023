"""Models and initiatives that a report names as its own ("thí điểm mô hình “Tổ dân phố điện tử”"), one statement for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.extract.cues import prose
from toolkit.extract.lists import distinct, pieces, statement
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_NAMED = re.compile(
    r"(?:mô hình|sáng kiến|cách làm|phong trào|công trình|chương trình|câu lạc bộ|tổ)\s+(?:mới\s+|hay\s+|"
    r"điểm\s+)?(?:[\w,]+\s+){0,4}[“\"‘']"
)
_NEW = re.compile(r"thí điểm|mô hình|sáng kiến|cách làm (?:hay|mới|sáng tạo)|lần đầu tiên|đầu tiên")
_COMMON = re.compile(r"dân vận khéo|toàn dân đoàn kết|học tập và làm theo|nông thôn mới, đô thị văn minh|đền ơn đáp nghĩa")


def initiatives(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        if mode in (Mode.PLAN, Mode.EVENT) or clean.blocks[sentence.block].kind is BlockKind.HEADING:
            continue
        if not _NEW.search(text.folded, sentence.span.start, sentence.span.end):
            continue
        for a, b in pieces(text, sentence.span.start, sentence.span.end):
            folded = text.folded[a:b]
            if not (_NEW.search(folded) and _NAMED.search(folded)) or _COMMON.search(folded):
                continue
            made = statement(text, StatementKind.INITIATIVE, a, b, "initiative")
            if made is not None:
                found.append(made)
    return distinct(found)
