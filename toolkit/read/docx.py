"""Word documents: paragraphs, headings, list items and tables in the order of the document.

The text of a paragraph is put together from its XML, because insertions that nobody has accepted yet are text a reader sees, and
deletions are not.  Text boxes follow the paragraph they hang on.  Headers, footers and notes stay out: they are page furniture.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from toolkit.errors import ReadError
from toolkit.model.text import BlockKind, Source
from toolkit.read.building import Builder, SpanCell, grid, raised
from toolkit.read.text import title_of

MOST_UNPACKED = 512 * 2**20
"""Unpacked bytes above which a document is refused: a report has a few MB, and pictures hardly shrink; more is a zip bomb."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ASCII_CAPITALS = {ord(c): c.upper() for c in "abcdefghijklmnopqrstuvwxyz"}
_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục)\s*(\d)?", re.IGNORECASE)


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as a Word document; raises ``ReadError`` when it is damaged."""
    body, styles = _open(data, name)
    builder = Builder()
    for element in _children(body):
        _add(element, styles, builder)
    return Source(
        path=name,
        text=builder.text,
        sha256=sha256,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        own_text=False,
        title=_title(builder),
        blocks=tuple(builder.blocks),
    )


def _open(data: bytes, name: str) -> tuple[Any, dict[str, str]]:
    """The body element and the names of the styles by their ids."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                raise ReadError("the document unpacks to more than 512 MB", where=name, remedy="save the article's text as .txt")
        document = docx.Document(io.BytesIO(data))
        return document.element.body, {style.style_id: style.name or "" for style in document.styles}
    except ReadError:
        raise
    except Exception as error:  # python-docx and lxml raise many kinds for a damaged file
        raise ReadError(f"the Word document is damaged: {error}", where=name, remedy="open it in Word and save it again") from error


def _children(element: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and insertions."""
    for child in element:
        if child.tag in (_W + "p", _W + "tbl"):
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"):
            yield from _children(child)


def _add(element: Any, styles: dict[str, str], builder: Builder) -> None:
    if element.tag == _W + "tbl":
        _add_table(element, builder)
        return
    kind, level = _form(element, styles)
    boxes: list[Any] = []
    for line in _text(element, boxes).split("\n"):
        builder.add(line, kind, level)
    for box in boxes:
        for inner in _children(box):
            _add(inner, styles, builder)


def _form(paragraph: Any, styles: dict[str, str]) -> tuple[BlockKind, int]:
    """What the paragraph's style, outline level and numbering say it is."""
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        return _by_look(paragraph)
    style = properties.find(_W + "pStyle")
    style_name = styles.get(style.get(_W + "val"), "") if style is not None else ""
    if style_name.lower() in ("title", "subtitle", "tiêu đề"):
        return BlockKind.HEADING, 1
    heading = _HEADING.match(style_name)
    outline = properties.find(_W + "outlineLvl")
    if heading:
        return BlockKind.HEADING, int(heading[1] or 1)
    if outline is not None and (outline.get(_W + "val") or "9").isdecimal() and int(outline.get(_W + "val")) < 6:
        return BlockKind.HEADING, int(outline.get(_W + "val")) + 1
    if properties.find(_W + "numPr") is not None or "list" in style_name.lower():
        return BlockKind.LIST_ITEM, 0
    if style_name.lower() == "caption":
        return BlockKind.CAPTION, 0
    return _by_look(paragraph)


def _by_look(paragraph: Any) -> tuple[BlockKind, int]:
    """A short paragraph all in bold, without a final stop, is a heading in a document without styles."""
    runs = [run for run in paragraph.iter(_W + "r") if any((t.text or "").strip() for t in run.iter(_W + "t"))]
    text = "".join(t.text or "" for run in runs for t in run.iter(_W + "t")).strip()
    bold = bool(runs) and all(_is_bold(run) for run in runs)
    if bold and len(text) <= 150 and not text.endswith((".", ";", ",")):
        return BlockKind.HEADING, 3
    return BlockKind.PARAGRAPH, 0


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(_W + "val") not in ("0", "false", "off")


def _text(element: Any, boxes: list[Any]) -> str:
    """What a reader sees of a paragraph; text boxes met on the way go to ``boxes``."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            parts.append(child.text or "")
        elif tag in (_W + "tab", _W + "ptab"):
            parts.append(" ")
        elif tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif tag in (_W + "noBreakHyphen", _W + "softHyphen"):
            parts.append("-" if tag == _W + "noBreakHyphen" else "")
        elif tag == _W + "txbxContent":
            boxes.append(child)
        elif tag == _W + "r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue  # hidden text: nobody who reads the document sees it
        elif tag == _W + "r" and _is_raised(child):
            parts.append(raised("".join(parts[-4:]), _text(child, boxes)))
        elif tag == _W + "r" and _is_capital_font(child):
            parts.append(_text(child, boxes).translate(_ASCII_CAPITALS))
        elif tag not in (_W + "del", _W + "moveFrom", _W + "instrText", _W + "pPr", _W + "rPr", _FALLBACK):
            parts.append(_text(child, boxes))
    return "".join(parts)


def _is_raised(run: Any) -> bool:
    place = run.find(f"{_W}rPr/{_W}vertAlign")
    return place is not None and place.get(_W + "val") == "superscript"


def _is_capital_font(run: Any) -> bool:
    """Whether a run is set in a TCVN3 font of capitals (``.VnTimeH``), whose letters are typed small.

    Only the letters of ASCII can be made capitals here; the cleaning makes capitals of the rest where all of these are.
    """
    fonts = run.find(f"{_W}rPr/{_W}rFonts")
    names = (fonts.get(_W + "ascii") or fonts.get(_W + "hAnsi") or "") if fonts is not None else ""
    return names.startswith(".Vn") and names.endswith("H")


def _add_table(table: Any, builder: Builder) -> None:
    """Rows of a table; a table of one column is a frame around paragraphs, as letterheads are."""
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl")) is not table:
            continue
        spanned = [
            SpanCell(_cell(cell), _width(cell)) for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row
        ]
        cells = next(grid([spanned]))  # a cell that reaches down stands in the next row too, empty
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) == 1 and cells[0].strip():
            for line in filled[0].split("\n"):
                builder.add(line)
        else:
            builder.add_row(cells)


def _width(cell: Any) -> int:
    """Columns that a cell covers."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(_W + "val") or "1" if span is not None else "1"
    return int(value) if value.isascii() and value.isdecimal() else 1


def _cell(cell: Any) -> str:
    boxes: list[Any] = []
    lines = [_text(paragraph, boxes) for paragraph in cell.iter(_W + "p")]
    return "\n".join(line for line in lines if line.strip())


def _title(builder: Builder) -> str | None:
    text = builder.text
    for block in builder.blocks[:12]:
        if block.kind is BlockKind.HEADING and block.level == 1:
            return text[block.span.start : block.span.end]
    return title_of(text)
