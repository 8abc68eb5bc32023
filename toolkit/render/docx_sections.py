"""Bodies of sections that a publication and an official form have in common: a sector's text and figures, a list."""

from __future__ import annotations

from typing import Any

from toolkit.model.brief import Section, SectorPart
from toolkit.render.docx_lists import numbered, restarted
from toolkit.render.docx_text import Writer, text_run


def sector(document: Any, writer: Writer, part: SectorPart) -> None:
    """Its sentences as one paragraph, its figures as a list below."""
    if part.sentences:
        paragraph = document.add_paragraph(style="Body Text")
        for i, item in enumerate(part.sentences):
            if i:
                paragraph._p.append(text_run(" "))
            writer.item(paragraph, item)
    for item in part.figures:
        writer.item(document.add_paragraph(style="List Bullet"), item)


def entries(document: Any, writer: Writer, section: Section) -> None:
    """One item as a paragraph, several as a list, numbered anew where their order counts."""
    if len(section.items) == 1:
        writer.item(document.add_paragraph(style="Body Text"), section.items[0])
        return
    number = restarted(document) if section.ordered else None
    for item in section.items:
        paragraph = document.add_paragraph(style="List Number" if section.ordered else "List Bullet")
        numbered(paragraph, number)
        writer.item(paragraph, item)
