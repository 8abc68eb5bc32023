"""The page as lines: what the parts of the furniture search share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.lexicon import load
from toolkit.model.vietnamese import fold_tones, strip_marks

PARAGRAPH_MIN = 180
"""Letters from which a line is certainly a paragraph of the body."""
HEAD_LINES = 8
"""Lines of a page's head at most."""

LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"(?:[-+*•]|\(?\d{1,2}[.)])\s*\S.{20}")
_NOT_WORD = re.compile(r"\W+")


class Found(NamedTuple):
    """One piece of furniture in coordinates of the clean text."""

    start: int
    end: int
    why: str


class Line(NamedTuple):
    """A non-empty line of the clean text."""

    start: int
    end: int
    text: str


def lines_of(text: str, left_out: Sequence[Found] = ()) -> list[Line]:
    """The non-empty lines of a text; ``left_out`` (in order) is not part of their words."""
    lines = []
    at = 0
    for match in LINE.finditer(text):
        words = match[0]
        while at < len(left_out) and left_out[at].start < match.end():
            words = words.replace(text[left_out[at].start : left_out[at].end], "", 1)
            at += 1
        if words.strip():
            lines.append(Line(match.start(), match.end(), words.strip()))
    return lines


def zones(lines: list[Line]) -> tuple[int, int]:
    """Index of the first and of the last line that is certainly of the body (head before, tail after).

    A paragraph is known by its length; a report that only has short items, by its list marks and stops.
    """
    long = [i for i, line in enumerate(lines) if len(line.text) >= PARAGRAPH_MIN]
    items = [
        i for i, line in enumerate(lines) if _ITEM.match(line.text) or (len(line.text) >= 60 and line.text.endswith((".", ";")))
    ]
    if len(items) > 4 * len(long):
        long = sorted({*long, *items})
    return (long[0], long[-1]) if long else (len(lines), len(lines))


def folded(text: str) -> str:
    """Letters and digits without marks, for comparing a caption with the sentence it repeats."""
    return _NOT_WORD.sub(" ", strip_marks(fold_tones(text)).lower()).strip()


def is_official_ending(text: str) -> bool:
    """Recipients and signatures of an official document, which an extractor may want."""
    return text.isupper() or text.startswith(tuple(load("vi/furniture")["official_endings"]))
