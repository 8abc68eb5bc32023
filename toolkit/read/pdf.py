"""PDF: the text of the pages, lines joined to paragraphs, running heads and page numbers left out.

The engine gives characters in reading order with their boxes; a line knows where it begins and ends on the page, and that decides
where a paragraph ends.  Nothing is hyphenated in Vietnamese, so nothing is dehyphenated.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from toolkit.errors import ReadError
from toolkit.model.text import BlockKind, Source
from toolkit.read.building import Builder
from toolkit.read.text import title_of

LETTERS_A_PAGE = 8
"""Fewer letters a page than this on average: the pages are pictures."""
EDGE_LINES, HEAD_MAX = 3, 110
"""Lines at the top and at the bottom of a page that may be running heads, and the letters of the longest."""

_ENGINE = Lock()  # pdfium is not safe to call from two threads
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[/]\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-+*•●▪–—]|\(?\d{1,2}[.)]|[a-zđ][.)]|\([a-zđ\d]{1,2}\)|[IVXLC]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page: text, left and right edge, height of its letters, middle above the page's bottom; all in points."""

    text: str
    page: int
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    middle: float = 0.0


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as PDF; raises ``ReadError`` for an encrypted, damaged or scanned one."""
    with _ENGINE:
        pages, title = _lines(data, name)
    letters = sum(sum(c.isalpha() for c in line.text) for page in pages for line in page)
    if letters < LETTERS_A_PAGE * len(pages):
        raise ReadError(
            f"its {len(pages)} page(s) are pictures without text (a scan)",
            where=name,
            remedy="make text of it with a text-recognition program (ocrmypdf -l vie FILE OUT), or give it as .docx or .txt",
        )
    builder = Builder()
    for kind, level, page, text in _paragraphs(_without_running_heads(pages)):
        builder.add(text, kind, level, page)
    return Source(
        path=name,
        text=builder.text,
        sha256=sha256,
        media_type="application/pdf",
        own_text=False,
        title=title or title_of(builder.text),
        blocks=tuple(builder.blocks),
    )


def _lines(data: bytes, name: str) -> tuple[list[list[_Line]], str | None]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadError(
                "the PDF is encrypted", where=name, remedy="open it with its password and save it without one"
            ) from error
        raise ReadError(f"the PDF is damaged: {error}", where=name, remedy="print it to a new PDF, or give it as .docx") from error
    try:
        title = str(document.get_metadata_dict().get("Title") or "").strip()
        pages = [_page_lines(document[i], i + 1) for i in range(len(document))]
        return pages, title_of(f"{title}\n{title}") if title else None
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"the PDF is damaged: {error}", where=name, remedy="print it to a new PDF, or give it as .docx") from error
    finally:
        document.close()


def _page_lines(page: Any, number: int) -> list[_Line]:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    lines = []
    at = 0
    total = textpage.count_chars()
    for raw in text.split("\n"):
        body = raw.rstrip("\r").replace("\x02", "-").replace("\ufffe", "-")
        if body.strip():
            first, last = at + len(body) - len(body.lstrip()), at + len(body.rstrip()) - 1
            lines.append(_placed(textpage, _Line(body.strip(), number), first, min(last, total - 1)))
        at += len(raw) + 1
    textpage.close()
    page.close()
    return lines


def _placed(textpage: Any, line: _Line, first: int, last: int) -> _Line:
    """The line with its place on the page; as it is when the engine has no box for a character."""
    import pypdfium2

    try:
        left, low, _, high = textpage.get_charbox(first, loose=True)
        _, _, right, _ = textpage.get_charbox(last, loose=True)
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return line
    return replace(line, left=left, right=right, height=high - low, middle=(high + low) / 2)


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Pages without page numbers and without lines that stand at the edge of most pages (numbers in them aside)."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in _edges(page)})
    often = {shape for shape, count in seen.items() if count >= 3 and count >= 0.5 * len(pages)}
    kept = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        outer = {id(line) for line in (*page[:1], *page[-1:])}
        kept.append(
            [
                line
                for line in page
                if not (id(line) in edges and _shape(line) in often and len(line.text) <= HEAD_MAX)
                and not (id(line) in outer and len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text))
            ]
        )
    return kept


def _edges(page: list[_Line]) -> list[_Line]:
    return page if len(page) <= 2 * EDGE_LINES else [*page[:EDGE_LINES], *page[-EDGE_LINES:]]


def _shape(line: _Line) -> tuple[str, int]:
    """Words of a line with any number in them, and where on the page it stands: the same on every page for a running head."""
    return re.sub(r"\d+", "#", line.text), round(line.middle / 4)


def _paragraphs(pages: list[list[_Line]]) -> list[tuple[BlockKind, int, int, str]]:
    """Kind, level, page and text of every paragraph."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = sorted(line.height for line in lines)[len(lines) // 2]
    left, right = _margins(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not _begins(line, groups[-1][-1], left, right, size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, size) for group in groups]


def _margins(lines: list[_Line]) -> tuple[float, float]:
    """The commonest left edge, and the right edge that nine lines in ten stay within."""
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    rights = sorted(line.right for line in lines)
    return float(left), rights[int(0.9 * (len(rights) - 1))]


def _begins(line: _Line, before: _Line, left: float, right: float, size: float) -> bool:
    """Whether ``line`` begins a new paragraph after ``before``."""
    if _ITEM.match(line.text):
        return True
    open_end = not before.text.endswith((".", "!", "?", ":", ";", "…", "./."))
    if line.page != before.page:
        return not (open_end and line.text[0].islower())
    if abs(line.height - before.height) > 0.2 * size:
        return True
    gap = before.middle - line.middle
    if gap > 1.9 * max(size, 1.0) and gap > 0:
        return True
    if line.left > left + size and before.left <= left + size / 2 and not open_end:
        return True
    short = before.right < right - 0.15 * (right - left)
    return short and not (open_end and (line.text[0].islower() or before.right > left + 0.7 * (right - left)))


def _block(group: list[_Line], size: float) -> tuple[BlockKind, int, int, str]:
    text = " ".join(line.text for line in group)
    big = group[0].height > 1.15 * size
    if len(text) <= 200 and not text.endswith((".", ";", ",")) and (big or (text.isupper() and len(text) > 3)):
        return BlockKind.HEADING, 1 if group[0].height > 1.5 * size else 2, group[0].page, text
    kind = BlockKind.LIST_ITEM if _ITEM.match(text) else BlockKind.PARAGRAPH
    return kind, 0, group[0].page, text
