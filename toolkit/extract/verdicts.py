"""Verdicts that a source gives in words: ``…, vượt chỉ tiêu Đại hội đề ra`` after a level.

Words in ``data/vi/roles.yaml`` (``missed``, ``exceeded``, ``met``, asked in this order, so that ``chưa đạt`` is no ``đạt``).
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.extract.clauses import Clausal, Frame, Shape, Token
from toolkit.extract.role_case import cues
from toolkit.model.fact import Status

_VERDICTS = (("missed", Status.MISSED), ("exceeded", Status.EXCEEDED), ("met", Status.MET))
_REACH = 14
"""Words after a figure within which a verdict still speaks of it."""


def read_verdict(sentence: Clausal, frame: Frame) -> Status | None:
    """The verdict on a figure between it and the next figure or stop, or None."""
    words: list[Token] = []
    for token in sentence.tokens[frame.at + 1 :]:
        if token.shape in (Shape.FIGURE, Shape.STOP) or len(words) >= _REACH:
            break
        if token.shape is Shape.WORD:
            words.append(token)
    if len(words) < _REACH and _next_is_figure(sentence, frame):
        return None  # "vượt 5% so với kế hoạch": the figure itself is the verdict
    return next((status for name, status in _VERDICTS if _has(words, name)), None)


def _next_is_figure(sentence: Clausal, frame: Frame) -> bool:
    """True where a verdict word runs straight into another figure."""
    rest = [t for t in sentence.tokens[frame.at + 1 :] if t.shape in (Shape.WORD, Shape.FIGURE, Shape.STOP, Shape.COMMA)]
    for place, token in enumerate(rest):
        if token.shape is Shape.STOP:
            return False
        if token.shape is Shape.FIGURE:
            return place > 0 and rest[place - 1].low in ("vượt", "đạt", "thành", "mức", "hoạch", "tiêu")
    return False


def _has(words: Sequence[Token], name: str) -> bool:
    return any(cues(name).at(words, i) for i in range(len(words)))
