"""Awards, titles and ratings that the locality or its Party organisation received, one statement for each.

What a leader hands to others, and titles of schools, households and quarters, are none of its awards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, fold, phrases, prose
from toolkit.extract.lists import distinct, pieces, split_commas, statement
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_HANDED_OUT = re.compile(
    r"(?:đã\s+)?(?:trao|tặng|trao tặng)\s+[^.;]{0,60}(?:cho|đến)\s+(?:các|\d+|những)|khen thưởng\s+\d+|(?:trao|"
    r"tặng)[^.;]{0,40}cho \d+|\d+\s+(?:tập thể|cá nhân)"
)
_ORDER = re.compile(r"huân chương [^\W\d_]+ [^\W\d_]+ hạng [^\W\d_]+")
_PLANNED = re.compile(r"phấn đấu|đề nghị|giữ vững và phát huy danh hiệu|tiếp tục giữ vững")


@cache
def _words() -> dict[str, re.Pattern[str]]:
    data = lexicon.load("vi/awards")
    opening = re.compile(rf"\s*(?:và\s+)?{phrases([*data['nouns'], *data['receive']]).pattern}")
    return {"opening": opening, **{key: phrases(words) for key, words in data.items()}}


def awards(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found: list[Statement] = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        if mode is Mode.PLAN or clean.blocks[sentence.block].kind in (BlockKind.HEADING, BlockKind.CAPTION):
            continue
        start, end = sentence.span.start, sentence.span.end
        if _words()["nouns"].search(text.folded, start, end) or _words()["rated"].search(text.folded, start, end):
            found += _awards(text, start, end)
    return _once_each(distinct(found))


def _once_each(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """One statement for each order: the ceremony of a Huân chương and its mention are one award."""
    kept: dict[str, Statement] = {}
    for award in found:
        order = _ORDER.search(fold(award.text))
        kept.setdefault(order.group() if order else award.text, award)
    return tuple(kept.values())


def _awards(text: Prose, start: int, end: int) -> list[Statement]:
    words = _words()
    found = []
    for a, b in pieces(text, start, end):
        for c, d in split_commas(text, a, b, words["opening"]):
            folded = text.folded[c:d]
            if not _is_award(folded, text.folded[start:d]):
                continue
            made = statement(text, StatementKind.AWARD, c, d, "award")
            if made is not None:
                found.append(made)
    return found


def _is_award(clause: str, sentence: str) -> bool:
    words = _words()
    if _HANDED_OUT.search(clause) or _PLANNED.search(clause) or not words["receive"].search(sentence):
        return False
    noun = words["nouns"].search(clause)
    rated = words["rated"].search(clause)
    if noun is None and rated is None:
        return False
    award = noun or rated
    assert award is not None
    before = clause[: award.start()]
    if noun is None and ("%" in before or not words["bodies"].search(before)):
        return False  # a rating counts only with the organisation rated beside it
    return _is_own(before) and not words["others"].search(clause[award.end() : award.end() + 14])


def _is_own(before: str) -> bool:
    """Whether the nearest named before the award is the locality or its Party organisation, not a school or a quarter of it."""
    words = _words()
    others = [m.end() for m in words["others"].finditer(before[-70:])]
    bodies = [m.end() for m in words["bodies"].finditer(before[-70:])]
    return not others or (bool(bodies) and bodies[-1] > others[-1])
