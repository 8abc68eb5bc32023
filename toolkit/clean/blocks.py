"""Blocks of plain text: which lines are headings, list items, rows of a table, paragraphs.

A format with structure of its own (HTML, DOCX, PDF, Markdown) says what its blocks are; plain text does not, and every non-empty
line is judged by its form and by its neighbours.  Lines of a text that was wrapped at a fixed width are joined first.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise

from toolkit.clean.offsets import Edit
from toolkit.model.text import Block, BlockKind, Span

HEADING_MAX = 150
"""Letters of the longest line taken for a heading; titles of reports run to about 130."""

_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(
    r"(?:[-+*•●▪–—]\s*(?=\S)|\(?\d{1,2}[.)]\s|\(\d{1,2}\)|[a-zđ][.)]\s|\((?:[ivx]{1,4}|[a-zđ])\)\s|"
    r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|một là|hai là|ba là|bốn là|năm là|sáu là|bảy là|tám là)\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:[IVXLC]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)\-/:]\s*|\s+[-–]\s+)(?=\w)|phần thứ |(?:phần|chương|mục) [\dIVX]+\b"
)
_FINAL = (".", "!", "?", "…", ";", ",", ":", "./.", ".”", '."')
_WRAP_MIN, _WRAP_MAX = 40, 130


def unwrapped(text: str) -> Iterator[Edit]:
    """Line ends inside a paragraph as spaces: the next line goes on in small letters, or the text is wrapped at a fixed width."""
    width = _wrap_width(text)
    lines = list(_LINE.finditer(text))
    for line, following in pairwise(lines):
        if following.start() - line.end() == 1 and _goes_on(line[0], following[0], width):
            yield Edit(line.end(), line.end() + 1, " ")


def _wrap_width(text: str) -> int:
    """The width a text was wrapped at, or 0: most lines that another follows directly are nearly as long as the longest."""
    sizes = [len(first) for first, second in pairwise(text.split("\n")) if first and second]
    if len(sizes) < 6 or not _WRAP_MIN <= max(sizes) <= _WRAP_MAX:
        return 0
    width = max(sizes)
    full = sum(1 for size in sizes if size > width - 14)
    return width if full >= 0.75 * len(sizes) else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    if _ITEM.match(following) or _NUMBERED.match(following) or "\t" in line or "\t" in following:
        return False
    if line.endswith((".", "!", "?", ";", ":", "…", "”")) and not (width and len(line) > width - 14 and following[0].islower()):
        return bool(width) and len(line) > width - 14 and not line.endswith((";", ":", "!", "?"))
    if width and len(line) > width - 14:
        return True
    return len(line) >= _WRAP_MIN and (following[0].islower() or following[0] in ",;)%")


def of_lines(text: str, furniture: Container[int] = ()) -> Iterator[Block]:
    """Blocks of plain text, one a non-empty line, in coordinates of ``text``.

    ``furniture`` holds the starts of lines that are page furniture: they are given as such, and no line is judged by them.
    """
    lines = list(_LINE.finditer(text))
    following, nexts = "", [""] * len(lines)
    for number in range(len(lines) - 1, -1, -1):
        nexts[number] = following
        if lines[number].start() not in furniture:
            following = lines[number][0]
    first = True
    for line, after in zip(lines, nexts, strict=True):
        if line.start() in furniture:
            yield Block(Span(line.start(), line.end()), BlockKind.FURNITURE)
            continue
        kind, level = form(line[0], after, first=first)
        first = False
        yield Block(Span(line.start(), line.end()), kind, level)


def form(line: str, following: str = "", *, first: bool = False) -> tuple[BlockKind, int]:
    """Kind and heading level (0 for what is no heading) of a line, given the line after it."""
    if "\t" in line.strip() or line.count(" | ") >= 2:
        return BlockKind.TABLE_ROW, 0
    if is_heading(line, following):
        return BlockKind.HEADING, 1 if first else heading_level(line)
    if _ITEM.match(line):
        return BlockKind.LIST_ITEM, 0
    return BlockKind.PARAGRAPH, 0


def is_heading(line: str, following: str = "") -> bool:
    """A short line without a final stop that something longer follows, or a numbered or capital one."""
    text = line.rstrip()
    if len(text) > HEADING_MAX or not any(c.isalpha() for c in text):
        return False
    numbered = bool(_NUMBERED.match(text))
    if text.isupper() and len(text) > 3 and not text.endswith((".", ";", ",")):
        return True
    if numbered and not text.endswith((".", ";", ",")):
        return len(text) <= 110 and not (text[0].isdecimal() and len(following) < len(text) and _ITEM.match(following))
    if text.endswith(_FINAL) and not (text.endswith(":") and len(text) <= 60 and text[0].isupper()):
        return False
    opening = text.lstrip('“"‘')
    return bool(opening) and opening[0].isupper() and len(following) > len(text) and not _ITEM.match(text)


def heading_level(line: str) -> int:
    """2 for Roman numbers and capitals, 3 for Arabic numbers, 4 for 1.1, 3 for a plain short line."""
    if re.match(r"(?:[IVXLC]{1,5}|[A-H])[.)\-/:\s]", line) or line.isupper() or re.match(r"(?i)phần", line):
        return 2
    return 4 if re.match(r"\d{1,2}\.\d", line) else 3
