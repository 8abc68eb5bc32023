"""Weaknesses that a report names concretely: one statement for each, in text order.

A sentence that only announces them ("thẳng thắn nhìn nhận những hạn chế") names none; what stands after its colon does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, phrases, prose
from toolkit.extract.lists import distinct, list_colon, pieces, split_commas, statement
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_HOWEVER = re.compile(r"(?<!\w)(?:tuy nhiên|song|nhưng|tuy vậy)(?!\w)")
_CONTRAST = re.compile(r"\s*(?:tuy nhiên|song|nhưng|tuy vậy|chỉ tiêu (?:không|chưa) đạt)(?!\w)")
_MISSED = re.compile(
    r"chỉ tiêu (?:không|chưa) (?:đạt|hoàn thành)|(?:không|chưa) (?:đạt|hoàn thành) (?:chỉ tiêu|kế hoạch|mục tiêu|"
    r"nghị quyết|so với)|chỉ tiêu[^,.;]{0,30} không đạt(?! chuẩn)"
)
_PREDICATE = re.compile(r"(?:\w+\s+){3,}(?:còn|ngày càng|rất|bị)(?: nhiều)? hạn chế(?!\w)")
_AHEAD = re.compile(r"(?<!\w)(?:sẽ|để)(?!\w)")
_NONE_MISSED = re.compile(r"không (?:có|còn)[^,.;]{0,60}(?:không|chưa)")
_LEAD = re.compile(
    r"^\W*(?:những |một số |các )?(?:hạn chế|khó khăn|tồn tại|khuyết điểm|bất cập|yếu kém)[\w\s]{0,45}?\s(?:là|như|gồm)(?!\w)"
)
"""What introduces limitations names none itself."""
_CAUSE = re.compile(r"^\W*(?:nguyên nhân|vì\b|do\b)")


@dataclass(frozen=True)
class _Words:
    concrete: re.Pattern[str]
    subjects: re.Pattern[str]
    announcing: re.Pattern[str]
    leads: re.Pattern[str]


@cache
def _words() -> _Words:
    data = lexicon.load("vi/limitations")
    subjects = re.compile(rf"\s*(?:và\s+)?{phrases(data['subjects']).pattern}")
    return _Words(phrases(data["concrete"]), subjects, phrases(data["announcing"]), phrases([*data["leads"], *data["announcing"]]))


def limitations(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found: list[Statement] = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        start, end = sentence.span.start, sentence.span.end
        if clean.blocks[sentence.block].kind is BlockKind.HEADING or _CAUSE.match(text.folded, start, end):
            continue
        colon = list_colon(text, start, end)
        announced = colon is not None and bool(_words().leads.search(text.folded, start, colon))
        if mode is Mode.LIMITATION or announced:
            found += _named(text, start, end, announced) or _after_however(text, start, end)
        elif mode is Mode.RESULT:
            found += _missed(text, start, end)
    return distinct(found)


def _named(text: Prose, start: int, end: int, announced: bool) -> list[Statement]:
    """The limitations of a sentence that is about them; a list most of whose items are concrete is so throughout."""
    words = _words()
    parts = pieces(text, start, end)
    concrete = sum(bool(words.concrete.search(text.folded, a, b)) for a, b in parts)
    listed = announced or (";" in text.text[start:end] and 2 * concrete >= len(parts))
    found = []
    for a, b in parts:
        for c, d in _clauses(text, a, b):
            vague = not words.concrete.search(text.folded, c, d)
            if (vague and (not listed or _AHEAD.search(text.folded, c, d))) or _only_announces(text, c, d):
                continue
            made = statement(text, StatementKind.LIMITATION, c, d, "limitation")
            if made is not None:
                found.append(made)
    return found


def _after_however(text: Prose, start: int, end: int) -> list[Statement]:
    """A whole sentence that "tuy nhiên" sets against the results, though no word in it is known for a weakness."""
    if not _CONTRAST.match(text.folded, start, end) or _only_announces(text, start, end) or len(text.text[start:end].split()) > 45:
        return []
    made = statement(text, StatementKind.LIMITATION, start, end, "limitation-however")
    return [made] if made else []


def _clauses(text: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Parts at commas between two clauses, each with a subject and a weakness of its own."""
    words = _words()
    spans = []
    at = start
    for comma in re.finditer(r",\s+", text.text[start:end]):
        left, right = text.folded[at : start + comma.start()], text.folded[start + comma.end() : end]
        head = right.split(";")[0] if words.subjects.match(right) else re.split(r",\s|;", right)[0]
        weak = [m.start() for m in words.concrete.finditer(head)]
        own_subject = any(place > 3 for place in weak) or (weak and words.subjects.match(head))
        said = words.concrete.search(_LEAD.sub(lambda m: "#" * len(m.group()), left)[left.rfind(", ") + 1 :])
        if own_subject and said and left.count("(") == left.count(")"):
            spans.append((at, start + comma.start()))
            at = start + comma.end()
    spans.append((at, end))
    return spans


def _missed(text: Prose, start: int, end: int) -> list[Statement]:
    """A target missed, or what follows "tuy nhiên", inside a sentence of results."""
    if not (_MISSED.search(text.folded, start, end) or _HOWEVER.search(text.folded, start, end)):
        return []
    found = []
    for a, b in pieces(text, start, end):
        for c, d in split_commas(text, a, b, _CONTRAST):
            clause = text.folded[c:d]
            missed = _MISSED.search(clause) or (_CONTRAST.match(clause) and _words().concrete.search(clause))
            if not missed or len(clause.split()) > 28 or _NONE_MISSED.search(clause):
                continue
            made = statement(text, StatementKind.LIMITATION, c, d, "limitation-missed")
            if made is not None:
                found.append(made)
    return found


def _only_announces(text: Prose, start: int, end: int) -> bool:
    """``một số hạn chế`` with nothing concrete beside it."""
    words = _words()
    if not words.announcing.search(text.folded, start, end) or _PREDICATE.search(text.folded, start, end):
        return False
    rest = words.announcing.sub(" ", text.folded[start:end])
    return words.concrete.search(rest) is None
