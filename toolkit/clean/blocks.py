"""Blocks of plain text: which lines are headings, list items, rows of a table, paragraphs.

A format with structure of its own (HTML, DOCX, PDF, Markdown) says what its blocks are; plain text does not, and every non-empty
line is judged by its form and by its neighbours.  Lines of a text that was wrapped at a fixed width are joined first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from toolkit.clean.offsets import Edit
from toolkit.clean.page import LINE, Found
from toolkit.lexicon import load
from toolkit.model.text import Block, BlockKind, Span

HEADING_MAX = 150
"""Letters of the longest line taken for a heading; titles of reports run to about 130."""

ITEM = re.compile(
    r"(?:[-+*•●▪–—]\s*(?=\S)|\(?\d{1,2}[.)\-–/]\s|\(\d{1,2}\)|[a-zđ][.)]\s|\((?:[ivx]{1,4}|[a-zđ])\)\s|"
    r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|một là|hai là|ba là|bốn là|năm là|sáu là|bảy là|tám là)\b)",
    re.IGNORECASE,
)
"""How an item of a list begins."""
_NUMBERED = re.compile(
    r"(?:[IVXLC]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)\-/:]\s*|\s+[-–]\s+)(?=[^\W\d_])"
    r"|phần thứ |(?:phần|chương|mục) [\dIVX]+\b",
)
_DIGIT_ITEM = re.compile(r"\(?\d{1,2}[.)\-/]")
_FIGURE = re.compile(r"\d\s?%|\d[.,]\d|(?<![\d/\-–])(?!(?:19|20)\d\d\b)\d{2,}(?![\d/]|\s*[-–/]\s*\d{4})|\d/\d{1,3}\s+\w")
"""A number that measures something, as far as its form tells: not a year, not a single digit ("5 năm qua")."""
_FINAL = (".", "!", "?", "…", ";", ",", ":", "./.", ".”", '."')
_WRAP_MIN, _WRAP_MAX = 40, 130
_OPEN_MIN = 30
"""Letters of a line whose end says that it goes on; in a shorter one, a cell of a table, that may be chance."""


def unwrapped(text: str) -> Iterator[Edit]:
    """Line ends inside a paragraph as spaces.

    The next line goes on in small letters, or a line ends in the middle of a sentence, or the text is wrapped at a fixed width.
    """
    width = _wrap_width(text)
    lines = list(LINE.finditer(text))
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
    if ITEM.match(following) or _NUMBERED.match(following) or "\t" in line + following or following.startswith("date "):
        return False
    if line.endswith((".", "!", "?", ";", ":", "…", "”")) and not (width and len(line) > width - 14 and following[0].islower()):
        return bool(width) and len(line) > width - 14 and not line.endswith((";", ":", "!", "?"))
    if width and len(line) > width - 14:
        return True
    if len(line) >= _OPEN_MIN and _is_open(line):
        return True
    return len(line) >= _WRAP_MIN and (following[0].islower() or following[0] in ",;)%")


def _is_open(line: str) -> bool:
    """Whether a line ends in the middle of a sentence, as its last word or its comma tells."""
    return line.endswith(",") or line.rsplit(None, 1)[-1].lower() in _open_ends()


@cache
def _open_ends() -> frozenset[str]:
    return frozenset(load("vi/lines")["open_ends"])


def of_lines(text: str, noise: Sequence[Found] = ()) -> Iterator[Block]:
    """Blocks of plain text, one a non-empty line, in coordinates of ``text``.

    A line is judged by what is left of it without the furniture ``noise`` (in order, without overlap), and by the next such line.
    """
    lines = list(_kept_lines(text, noise))
    following, nexts = "", [""] * len(lines)
    for number in range(len(lines) - 1, -1, -1):
        nexts[number] = following
        following = lines[number][1] or following
    first = True
    for (span, kept), after in zip(lines, nexts, strict=True):
        if not kept:
            yield Block(span, BlockKind.FURNITURE)
            continue
        kind, level = form(kept, after, first=first)
        first = False
        yield Block(span, kind, level)


def _kept_lines(text: str, noise: Sequence[Found]) -> Iterator[tuple[Span, str]]:
    """Each non-empty line with what it says outside the furniture."""
    at = 0
    for line in LINE.finditer(text):
        while at < len(noise) and noise[at].end <= line.start():
            at += 1
        parts, done, index = [], line.start(), at
        while index < len(noise) and noise[index].start < line.end():
            parts.append(text[done : max(done, noise[index].start)])
            done = max(done, noise[index].end)
            index += 1
        kept = "".join((*parts, text[done : line.end()])) if done < line.end() else "".join(parts)
        yield Span(line.start(), line.end()), kept.strip()


def form(line: str, following: str = "", *, first: bool = False) -> tuple[BlockKind, int]:
    """Kind and heading level (0 for what is no heading) of a line, given the line after it; ``first`` for the first of a text."""
    if "\t" in line.strip() or line.count(" | ") >= 2:
        return BlockKind.TABLE_ROW, 0
    if first and is_title(line):
        return BlockKind.HEADING, 1
    if is_heading(line, following):
        return BlockKind.HEADING, 1 if first else heading_level(line)
    return (BlockKind.LIST_ITEM if ITEM.match(line) else BlockKind.PARAGRAPH), 0


def is_title(line: str) -> bool:
    """Whether a line can be the title of an article: some words, no final stop; a title may hold figures."""
    text = line.rstrip()
    words = text.split()
    opening = text.lstrip("“\"‘'(")[:1]
    return (
        4 <= len(words) <= 40 and len(text) <= 220 and not text.endswith(_FINAL[:-3]) and opening.isupper() and not ITEM.match(text)
    )


def is_heading(line: str, following: str = "") -> bool:
    """A short line without a final stop and without figures that something longer follows, or a numbered or capital one."""
    text = line.rstrip()
    if len(text) > HEADING_MAX or not any(c.isalpha() for c in text):
        return False
    if text.isupper() and len(text) > 3 and not text.endswith((".", ";", ",")):
        return not (text[0].isdecimal() and _FIGURE.search(text))
    if text.endswith((".", ";", ",", "!", "?", "…")) or _has_figure(text):
        return False
    if _NUMBERED.match(text):
        return len(text) <= 110 and not (_DIGIT_ITEM.match(text) and _DIGIT_ITEM.match(following))
    if ITEM.match(text):
        return len(text) <= 60 and _opens_list(text, following)
    if text.endswith(":"):
        return len(text) <= 60 and text[0].isupper()
    opening = text.lstrip('“"‘')
    return opening[:1].isupper() and not text.endswith(_FINAL) and len(following) > len(text)


def _has_figure(text: str) -> bool:
    """A figure outside the number of the heading: a line with one is never taken for a heading, lest the figure be lost."""
    mark = _NUMBERED.match(text) or ITEM.match(text)
    return _FIGURE.search(text, mark.end() if mark else 0) is not None


def _opens_list(text: str, following: str) -> bool:
    """Whether an item heads the items after it: "a. Vụ Xuân:" before "- Lúa: 231 ha", but not one of several alike."""
    mark, next_mark = ITEM.match(text), ITEM.match(following)
    return bool(mark and next_mark) and _mark_class(text) != _mark_class(following)


def _mark_class(text: str) -> str:
    head = text.lstrip("(")[:1]
    return "digit" if head.isdecimal() else "letter" if head.isalpha() else head


def heading_level(line: str) -> int:
    """2 for Roman numbers and capitals, 3 for Arabic numbers and plain short lines, 4 for 1.1, letters and dashes."""
    if re.match(r"(?:[IVXLC]{1,5}|[A-H])[.)\-/:\s]", line) or line.isupper() or re.match(r"(?i)phần", line):
        return 2
    return 4 if re.match(r"\d{1,2}\.\d|[a-zđ][.)]\s|[-+*•–]", line) else 3
