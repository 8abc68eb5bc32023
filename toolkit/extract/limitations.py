"""Weaknesses that a report names concretely: one statement for each, in text order.

A sentence that only announces them ("thẳng thắn nhìn nhận những hạn chế") names none; what stands after its colon does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, phrases, prose
from toolkit.extract.lists import distinct, list_colon, pieces, split_commas, statement
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_HOWEVER = re.compile(r"(?:[,;]\s*(?:tuy nhiên|song|nhưng|tuy vậy)[,\s]|^\W*(?:tuy nhiên|song)\b)")
_CAUSE = re.compile(r"^\W*(?:nguyên nhân|vì\b|do\b)")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon.load("vi/limitations")
    subjects = re.compile(rf"\s*(?:và\s+)?{phrases(data['subjects']).pattern}")
    return phrases(data["concrete"]), subjects, phrases(data["announcing"])


def limitations(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found: list[Statement] = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        start, end = sentence.span.start, sentence.span.end
        if clean.blocks[sentence.block].kind is BlockKind.HEADING or _CAUSE.match(text.folded, start, end):
            continue
        colon = list_colon(text, start, end)
        announced = colon is not None and bool(_words()[2].search(text.folded, start, colon))
        if mode is not Mode.LIMITATION and not announced:
            continue
        found += _named(text, start, end, announced)
    return distinct(found)


def _named(text: Prose, start: int, end: int, announced: bool) -> list[Statement]:
    concrete, subjects, _ = _words()
    found = []
    for a, b in pieces(text, start, end):
        for c, d in split_commas(text, a, b, subjects):
            if not announced and not concrete.search(text.folded, c, d):
                continue
            if _only_announces(text, c, d):
                continue
            made = statement(text, StatementKind.LIMITATION, c, d, "limitation")
            if made is not None:
                found.append(made)
    return found


def _only_announces(text: Prose, start: int, end: int) -> bool:
    """``một số hạn chế`` with nothing concrete beside it."""
    concrete, _, announcing = _words()
    if not announcing.search(text.folded, start, end):
        return False
    rest = announcing.sub(" ", text.folded[start:end])
    return concrete.search(rest) is None
