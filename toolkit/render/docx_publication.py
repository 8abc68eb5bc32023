"""A publication in Word: masthead, large figures, sections, footnotes, the appendix on pages of its own."""

from __future__ import annotations

import base64
import io
from typing import Any

from toolkit.model.brief import Brief, Section
from toolkit.render.docx_lists import link, numbered, restarted
from toolkit.render.docx_sections import entries, sector
from toolkit.render.docx_styles import end_section, text_width, turn
from toolkit.render.docx_tables import add_row, appendix, indicators, table
from toolkit.render.docx_text import Writer, field, said, text_run
from toolkit.render.logo import data_uri

ONE_LINE = 44
"""Characters of a title that stand on one line; a longer one breaks after its place, not within a span of years."""


def place_publication(document: Any, writer: Writer, brief: Brief) -> None:
    """Write a brief without a form into an empty document."""
    _masthead(document, brief)
    if brief.key_figures:
        _key_figures(document, writer, brief)
    for section in brief.sections:
        if section.kind == "sources":
            _legend(document, writer, brief)
        document.add_heading(section.title, 1)
        _KINDS.get(section.kind, _list)(document, writer, section, brief)
    if brief.appendix:
        _appendix(document, writer, brief)
    if not any(section.kind == "sources" for section in brief.sections):
        _legend(document, writer, brief)
    _footer(document, brief)


def _masthead(document: Any, brief: Brief) -> None:
    _logo(document, brief)
    kicker = " · ".join(part for part in (brief.words.get("brief", ""), brief.subtitle) if part)
    if kicker:
        document.add_paragraph(kicker, "Subtitle")
    title = document.add_paragraph(style="Title")
    place = f"{brief.place_text}:"
    long = len(brief.title) > ONE_LINE and brief.title.startswith(place + " ")
    title._p.append(text_run(brief.title.replace(place + " ", place + "\n", 1) if long else brief.title))
    document.add_paragraph(" · ".join(part for part in (brief.kicker, brief.date_text) if part), "Subtitle")


def _logo(document: Any, brief: Brief) -> None:
    """The profile's picture above the title.  Word draws PNG everywhere; an SVG is for HTML and PDF alone."""
    from docx.shared import Mm

    head, _, data = data_uri(brief.logo, brief.folder).partition(";base64,")
    if head != "data:image/png":
        return
    paragraph = document.add_paragraph(style="Subtitle")
    picture = paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(data)), height=Mm(20))
    picture._inline.docPr.set("descr", " ".join(part for part in (brief.words.get("logo", ""), brief.place_text) if part))


def _key_figures(document: Any, writer: Writer, brief: Brief) -> None:
    """Large numerals side by side, each over its caption."""
    cards = brief.key_figures
    row = add_row(table(document, "Bảng số lớn", [text_width(document) / len(cards)] * len(cards), said("key_figures")))
    for cell, card in zip(row.cells, cards, strict=True):
        numeral = cell.paragraphs[0]
        numeral.style = "Số lớn"
        writer.figure(numeral, card.figure, _breaking(card.figure.text, card.unit))
        if card.figure.note:
            writer.references(numeral, (card.figure.note,))
        below = cell.add_paragraph(style="Dưới số lớn")
        if card.unit and not card.figure.text.endswith(card.unit):
            below._p.append(text_run(f"{card.unit}\n"))
        below._p.append(text_run(card.caption + (f", {card.place}" if card.place else "")))


def _breaking(text: str, unit: str) -> str:
    """A large figure that may break before its unit, where a narrow column would break the word instead."""
    return f"{text[: -len(unit)].rstrip()} {unit}" if unit and text.endswith(unit) and text[-len(unit) - 1].isspace() else text


def _fields(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    for item in section.items:
        paragraph = document.add_paragraph(style="Thông tin")
        paragraph._p.append(text_run(f"{item.label}\t" if item.label else "\t", "Strong"))
        writer.item(paragraph, item, label=False)


def _indicators(document: Any, writer: Writer, section: Section, brief: Brief) -> None:
    if section.gap:
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    else:
        indicators(document, writer, section, brief, text_width(document))


def _sectors(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    if section.gap:
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    for part in section.parts:
        document.add_heading(part.title, 2)
        sector(document, writer, part)


def _list(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    if section.gap:
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    entries(document, writer, section)


def _sources(document: Any, _writer: Writer, _section: Section, brief: Brief) -> None:
    if not brief.sources:
        document.add_paragraph(brief.words.get("no_sources", ""), "Body Text")
        return
    number = restarted(document)
    for source in brief.sources:
        paragraph = document.add_paragraph(style="List Number")
        numbered(paragraph, number)
        paragraph._p.append(link(document, source.url, source.text) if source.url else text_run(source.text))


def _legend(document: Any, writer: Writer, brief: Brief) -> None:
    """What the marks mean, once; notes that no text referred to are told here, so that none is lost."""
    left = writer.unplaced
    if left or writer.settled:
        paragraph = document.add_paragraph(style="caption")
        if writer.settled or any(note.reason or note.profile for note in brief.notes):
            paragraph._p.append(text_run(said("settled_means")))
        writer.references(paragraph, left)


def _appendix(document: Any, writer: Writer, brief: Brief) -> None:
    made = brief.appendix
    if made is None:
        return
    width = text_width(document)
    if made.wide:
        width = turn(end_section(document, document.add_paragraph(style="Trước phụ lục")))
    heading = document.add_paragraph(style="Tiêu đề phụ lục")
    heading.paragraph_format.page_break_before = not made.wide
    heading._p.append(text_run(f"{made.title}: {made.caption}"))
    appendix(document, writer, made, brief, width)


def _footer(document: Any, brief: Brief) -> None:
    """The title on the left, page and number of pages on the right, on every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "footer"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(text_width(document)), WD_TAB_ALIGNMENT.RIGHT)
    paragraph._p.append(text_run(f"{brief.title}\t{said('page')} "))
    paragraph._p.extend((field("PAGE", "1"), text_run("/"), field("NUMPAGES", "1")))


_KINDS = {"fields": _fields, "table": _indicators, "sectors": _sectors, "list": _list, "sources": _sources}
