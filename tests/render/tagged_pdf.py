"""The structure tree of a PDF as an outline, read by other eyes (pikepdf, pdfium) than those that wrote it.

    Table
      Caption «Chỉ tiêu»
      THead
        TR
          TH «A»

A line is a structure element with the text of its own marked content; ``1+2«…»`` names the pages where that stands on several.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from toolkit.render.finish import finisher

VARIANT = "pdf/a-3a"


def made(html: str, css: str = "", *, ua: bool = True) -> bytes:
    """A finished PDF of a small page, by WeasyPrint and the finisher alone."""
    from weasyprint import HTML

    page = f"@page {{ size: 80mm 60mm; margin: 5mm }} body {{ margin: 0; font: 10pt/12pt serif }} {css}"
    document = HTML(string=f"<html lang=vi><title>T</title><style>{page}</style><body>{html}").render(pdf_variant=VARIANT)
    return bytes(document.write_pdf(pdf_variant=VARIANT, finisher=finisher(document, tags=True, ua=ua)))


def outline(data: bytes) -> str:
    """The whole tree below the document element."""
    pdf = pikepdf.open(io.BytesIO(data))
    texts = _texts(data)
    pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
    lines: list[str] = []

    def walk(element: pikepdf.Dictionary, depth: int) -> None:
        lines.append("  " * depth + _line(element, pages, texts))
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, depth + 1)

    for top in kids(pdf.Root.StructTreeRoot.K[0]):
        walk(top, 0)
    return "\n".join(lines)


def read_text(data: bytes) -> str:
    """The text of a file in the order of its tags, without artifacts (running titles, page numbers): what is read aloud."""
    pdf = pikepdf.open(io.BytesIO(data))
    texts = _texts(data)
    pages = {page.objgen: index for index, page in enumerate(pdf.pages)}

    def below(element: pikepdf.Dictionary) -> Iterator[str]:
        for kid in kids(element):
            if not isinstance(kid, pikepdf.Dictionary):
                yield texts[pages[element.Pg.objgen]].get(int(kid), "")
            elif kid.get("/Type") == "/MCR":
                yield texts[pages[kid.Pg.objgen]].get(int(kid.MCID), "")
            elif "/S" in kid:
                yield from below(kid)

    return "\n".join(below(pdf.Root.StructTreeRoot.K[0]))


def head_texts(data: bytes) -> list[str]:
    """The text of each cell in the head of a table."""
    pdf = pikepdf.open(io.BytesIO(data))
    texts = _texts(data)
    pages = {page.objgen: index for index, page in enumerate(pdf.pages)}

    def below(element: pikepdf.Dictionary) -> Iterator[str]:
        yield from (texts[pages[page.objgen]].get(mcid, "") for page, mcid in content(element))
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    return [" ".join(below(element)) for element in elements(pdf) if str(element.S) == "/THead"]


def kids(element: pikepdf.Dictionary) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, (list, pikepdf.Array)) else [found]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """All structure elements, in the order of reading."""

    def below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
        yield element
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K[0])


def content(element: pikepdf.Dictionary) -> Iterator[tuple[pikepdf.Dictionary, int]]:
    """An element's own marked content: page and number."""
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/MCR":
                yield kid.Pg, int(kid.MCID)
        else:
            yield element.Pg, int(kid)


def _line(element: pikepdf.Dictionary, pages: dict[Any, int], texts: list[dict[int, str]]) -> str:
    own = [(pages[page.objgen], mcid) for page, mcid in content(element)]
    there = sorted({page + 1 for page, _ in own})
    text = " ".join(" ".join(texts[page].get(mcid, "") for page, mcid in own).split())
    said = [f"lang={element.Lang}" if "/Lang" in element else "", f"alt={element.Alt}" if "/Alt" in element else ""]
    said += [f"E={element.E}" if "/E" in element else ""]
    said += [f"→ {kid.Obj.Contents}" for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    where = "+".join(map(str, there)) if len(there) > 1 else ""
    return " ".join(part for part in (str(element.S)[1:], *said, f"{where}«{text}»" if text else "") if part)


def _texts(data: bytes) -> list[dict[int, str]]:
    """For each page the text of each marked content."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        texts: dict[int, str] = {}
        reader = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mcid = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            if mcid >= 0:
                texts[mcid] = texts.get(mcid, "") + _text(item, reader)
        found.append(texts)
    document.close()
    return found


def _text(item: Any, reader: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item.raw, reader.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item.raw, reader.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")
