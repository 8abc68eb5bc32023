"""PDF: the text of the pages, lines joined to paragraphs, running heads and page numbers left out.

The engine gives characters in reading order with their boxes; a line knows where it begins and ends on the page, and that decides
where a paragraph ends.  Nothing is hyphenated in Vietnamese, so nothing is dehyphenated.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from math import pi
from threading import Lock
from typing import Any

from toolkit.errors import ReadError
from toolkit.model.text import BlockKind, Source
from toolkit.read.building import Builder
from toolkit.read.pdf_tables import PdfTable, tables_of
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
    """One line of a page: text, left and right edge, height of its letters, middle above the page's bottom; all in points.

    A row of a table has ``cells`` and no text; ``goes_on`` marks the rest of a row that the end of the page before cut.
    """

    text: str
    page: int
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    middle: float = 0.0
    cells: tuple[str, ...] = ()
    goes_on: bool = False


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as PDF; raises ``ReadError`` for an encrypted, damaged or scanned one."""
    with _ENGINE:
        pages, title = _lines(data, name)
    letters = sum(sum(c.isalpha() for c in line.text + "".join(line.cells)) for page in pages for line in page)
    if letters < LETTERS_A_PAGE * len(pages):
        raise ReadError(
            f"its {len(pages)} page(s) are pictures without text (a scan)",
            where=name,
            remedy="make text of it with a text-recognition program (ocrmypdf -l vie FILE OUT), or give it as .docx or .txt",
        )
    builder = Builder()
    size = _size(pages)
    for group in _paragraphs(_without_running_heads(pages)):
        if group[0].cells:
            builder.add_row(list(group[0].cells), group[0].page)
        else:
            builder.add(*_block(group, size))
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
    textpage = _upright(page)
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
    lines = _with_rows(lines, tables_of(page, textpage), number)
    textpage.close()
    page.close()
    return lines


def _upright(page: Any) -> Any:
    """The page's text with the page turned so that most letters stand upright: else the engine gives the lines backwards."""
    import pypdfium2.raw as engine

    textpage = page.get_textpage()
    count = textpage.count_chars()
    angles = Counter(round(engine.FPDFText_GetCharAngle(textpage.raw, i) / (pi / 2)) % 4 for i in range(0, count, 1 + count // 200))
    turned = -angles.most_common(1)[0][0] % 4 * 90 if angles else page.get_rotation()
    if turned == page.get_rotation():
        return textpage
    textpage.close()
    page.set_rotation(turned)
    return page.get_textpage()


def _with_rows(lines: list[_Line], tables: list[PdfTable], number: int) -> list[_Line]:
    """The lines with those inside a table replaced by its rows, where the first of them stood.

    A table whose cells hold fewer letters than the lines they replace is not trusted, and its lines stay.
    """
    kept: list[_Line] = []
    done: set[int] = set()
    places = [next((k for k, t in enumerate(tables) if t.holds((ln.left + ln.right) / 2, ln.middle)), None) for ln in lines]
    whole = {
        k
        for k, table in enumerate(tables)
        if _letters(table) >= sum(_count(ln.text) for ln, p in zip(lines, places, strict=True) if p == k)
    }
    for line, inside in zip(lines, places, strict=True):
        if inside is None or inside not in whole:
            kept.append(line)
        elif inside not in done:
            done.add(inside)
            table = tables[inside]
            kept += (_Line("", number, cells=row, goes_on=table.goes_on and row is table.rows[0]) for row in table.rows)
    return kept


def _letters(table: PdfTable) -> int:
    return sum(_count(cell) for row in table.rows for cell in row)


def _count(text: str) -> int:
    return sum(c.isalnum() for c in text)


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
        seen.update({_shape(line) for line in _edges(page) if not line.cells})
    often = {shape for shape, count in seen.items() if count >= 3 and count >= 0.5 * len(pages)}
    return [[line for line in page if line.cells or not _is_running(line, page, often)] for page in pages]


def _is_running(line: _Line, page: list[_Line], often: set[tuple[str, int]]) -> bool:
    """Whether a line is a running head, or a page number at the very edge of its page."""
    if len(line.text) <= HEAD_MAX and _shape(line) in often and any(line is edge for edge in _edges(page)):
        return True
    return len(page) > 1 and (line is page[0] or line is page[-1]) and _PAGE_NUMBER.fullmatch(line.text) is not None


def _edges(page: list[_Line]) -> list[_Line]:
    return page if len(page) <= 2 * EDGE_LINES else [*page[:EDGE_LINES], *page[-EDGE_LINES:]]


def _shape(line: _Line) -> tuple[str, int]:
    """Words of a line with any number in them, and where on the page it stands: the same on every page for a running head."""
    return re.sub(r"\d+", "#", line.text), round(line.middle / 4)


def _size(pages: list[list[_Line]]) -> float:
    """Height of the letters of most lines."""
    heights = sorted(line.height for page in pages for line in page if not line.cells)
    return heights[len(heights) // 2] if heights else 0.0


def _paragraphs(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The lines of every paragraph; a row of a table is one by itself."""
    lines = [line for page in pages for line in page]
    size = _size(pages)
    left, right = _margins([line for line in lines if not line.cells])
    groups: list[list[_Line]] = []
    for line in lines:
        if line.goes_on and groups and len(groups[-1][0].cells) == len(line.cells):
            pairs = zip(groups[-1][0].cells, line.cells, strict=True)
            groups[-1] = [replace(groups[-1][0], cells=tuple(" ".join(part for part in pair if part) for pair in pairs))]
        elif groups and not _begins(line, groups[-1][-1], left, right, size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _margins(lines: list[_Line]) -> tuple[float, float]:
    """The commonest left edge, and the right edge that nine lines in ten stay within."""
    if not lines:
        return 0.0, 0.0
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    rights = sorted(line.right for line in lines)
    return float(left), rights[int(0.9 * (len(rights) - 1))]


def _begins(line: _Line, before: _Line, left: float, right: float, size: float) -> bool:
    """Whether ``line`` begins a new paragraph after ``before``."""
    if line.cells or before.cells or _ITEM.match(line.text):
        return True
    if line.text.isupper() != before.text.isupper() and min(len(line.text), len(before.text)) > 3:
        return True  # a line of capitals is a heading or stands in a letterhead
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


def _block(group: list[_Line], size: float) -> tuple[str, BlockKind, int, int]:
    """Text, kind, heading level and page of a paragraph."""
    text = " ".join(line.text for line in group)
    big = group[0].height > 1.15 * size
    if len(text) <= 200 and not text.endswith((".", ";", ",")) and (big or (text.isupper() and len(text) > 3)):
        return text, BlockKind.HEADING, 1 if group[0].height > 1.5 * size else 2, group[0].page
    kind = BlockKind.LIST_ITEM if _ITEM.match(text) else BlockKind.PARAGRAPH
    return text, kind, 0, group[0].page
