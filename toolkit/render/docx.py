"""The brief as a Word document that an office edits further: made of the composed brief, not of its HTML.

Headings, lists, tables, footnotes and fields are Word's own, so that the outline, the numbering and the notes go on working when
somebody writes into the document.  ``docx_text`` places words and footnotes, ``docx_parts`` the parts around them; styles, list
numbers and settings are XML files in ``toolkit/data/word``.
"""

from __future__ import annotations

import base64
import io
from typing import Any

from toolkit.model.brief import Brief, IndicatorRow, Section
from toolkit.model.fact import Status
from toolkit.render.docx_parts import add_footnotes, blank, packed
from toolkit.render.docx_text import Writer, any_settled, element, field, said, text_run
from toolkit.render.logo import data_uri

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TEXT_WIDTH = 9355
"""Between the margins of A4, in twentieths of a point (165 mm)."""

ONE_LINE = 44
"""Characters of a title that stand on one line; a longer one breaks after its place, not within a span of years."""

_SHARES = {"label": 40, "result": 26, "plan": 26, "period": 12}
"""How the columns of the table share the width."""


def render_docx(brief: Brief) -> bytes:
    """The finished document; the same bytes for the same brief."""
    document = blank(brief)
    writer = Writer(brief)
    _masthead(document, brief)
    if brief.key_figures:
        _key_figures(document, writer, brief)
    for section in brief.sections:
        if section.kind == "sources":
            _legend(document, writer, brief)
        document.add_heading(section.title, 1)
        _KINDS.get(section.kind, _list)(document, writer, section, brief)
    if not any(section.kind == "sources" for section in brief.sections):
        _legend(document, writer, brief)
    _footer(document, brief)
    add_footnotes(document, writer.footnotes)
    return packed(document)


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
    table = _table(document, "Bảng số lớn", [TEXT_WIDTH // len(cards)] * len(cards), said("key_figures"))
    row = table.add_row()
    _keep_whole(row)
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
        return
    dash = brief.words.get("dash", "—")
    columns = ["label"]
    columns += ["result"] if any(row.result not in ((), (dash,)) for row in section.rows) else []
    columns += ["plan"] if any(row.against_plan or row.status_text for row in section.rows) else []
    columns += ["period"] if any(row.period for row in section.rows) else []
    whole = sum(_SHARES[name] for name in columns)
    table = _table(document, "Bảng chỉ tiêu", [TEXT_WIDTH * _SHARES[name] // whole for name in columns], section.title)
    _head(table, [said("columns")[name] for name in columns])
    before = ""
    for row in section.rows:
        if row.sector_title and row.sector_title != before:
            _group(table, row.sector_title)
        before = row.sector_title
        _row(table, writer, row, columns, dash)
    if dash_means := brief.words.get("dash_means"):
        document.add_paragraph(dash_means, "caption")


def _head(table: Any, titles: list[str]) -> None:
    row = table.add_row()
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell, title in zip(row.cells, titles, strict=True):
        cell.paragraphs[0].style = "Trong bảng"
        cell.paragraphs[0].add_run(title)


def _group(table: Any, title: str) -> None:
    """A line of its own for the sector whose rows follow, over all columns."""
    row = table.add_row()
    _keep_whole(row)
    cell = row.cells[0].merge(row.cells[-1])
    cell.paragraphs[0].style = "Nhóm trong bảng"
    cell.paragraphs[0].add_run(title)


def _row(table: Any, writer: Writer, row: IndicatorRow, columns: list[str], dash: str) -> None:
    made = table.add_row()
    _keep_whole(made)
    paragraphs = {name: cell.paragraphs[0] for name, cell in zip(columns, made.cells, strict=True)}
    for paragraph in paragraphs.values():
        paragraph.style = "Trong bảng"
    label = paragraphs["label"]
    label.add_run(row.label + (f", {row.place}" if row.place else ""))
    if row.settled and not any_settled(row.result, row.against_plan):
        writer.mark(label)
    if result := paragraphs.get("result"):
        writer.run(result, row.result or (dash,))
    if plan := paragraphs.get("plan"):
        if row.status_text:
            plan.add_run(" ".join(part for part in (_status_mark(row.status), row.status_text) if part))
            if row.against_plan and not str(row.against_plan[0]).startswith((",", " ")):
                plan.add_run(" ")
        writer.run(plan, row.against_plan if row.against_plan or row.status_text else (dash,))
    if period := paragraphs.get("period"):
        period.add_run(row.period or dash)
    # A note stands behind the value it proves.
    told = result if result is not None and row.result not in ((), (dash,)) else plan if row.against_plan else label
    writer.references(told or label, row.notes)


def _status_mark(status: Status) -> str:
    """A shape before the word: a status never rests on colour alone."""
    return str(said("status").get(status.value, ""))


def _sectors(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    if section.gap:
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    for part in section.parts:
        document.add_heading(part.title, 2)
        if part.sentences:
            paragraph = document.add_paragraph(style="Body Text")
            for i, item in enumerate(part.sentences):
                if i:
                    paragraph._p.append(text_run(" "))
                writer.item(paragraph, item)
        for item in part.figures:
            writer.item(document.add_paragraph(style="List Bullet"), item)


def _list(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    if section.gap:
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    if len(section.items) == 1:
        writer.item(document.add_paragraph(style="Body Text"), section.items[0])
        return
    number = _restarted(document) if section.ordered else None
    for item in section.items:
        paragraph = document.add_paragraph(style="List Number" if section.ordered else "List Bullet")
        _numbered(paragraph, number)
        writer.item(paragraph, item)


def _sources(document: Any, _writer: Writer, _section: Section, brief: Brief) -> None:
    if not brief.sources:
        document.add_paragraph(brief.words.get("no_sources", ""), "Body Text")
        return
    number = _restarted(document)
    for source in brief.sources:
        paragraph = document.add_paragraph(style="List Number")
        _numbered(paragraph, number)
        paragraph._p.append(_link(document, source.url, source.text) if source.url else text_run(source.text))


def _link(document: Any, url: str, text: str) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    made = element("hyperlink")
    made.set(qn("r:id"), document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.append(text_run(text, "Hyperlink"))
    return made


def _legend(document: Any, writer: Writer, brief: Brief) -> None:
    """What the marks mean, once; notes that no text referred to are told here, so that none is lost."""
    left = writer.unplaced
    if left or writer.settled:
        paragraph = document.add_paragraph(style="caption")
        if writer.settled or any(note.reason or note.profile for note in brief.notes):
            paragraph._p.append(text_run(said("settled_means")))
        writer.references(paragraph, left)


def _footer(document: Any, brief: Brief) -> None:
    """The title on the left, page and number of pages on the right, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "footer"
    paragraph._p.append(text_run(f"{brief.title}\t{said('page')} "))
    paragraph._p.extend((field("PAGE", "1"), text_run("/"), field("NUMPAGES", "1")))


def _table(document: Any, style: str, widths: list[int], caption: str) -> Any:
    """An empty table of fixed columns with a name for screen readers."""
    from docx.shared import Twips

    table = document.add_table(0, len(widths), style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    properties = table._tbl.tblPr
    properties.append(element("tblCaption", val=caption))
    width_of_all = properties.find("{*}tblW")
    width_of_all.set(width_of_all.tag.replace("tblW", "w"), str(sum(widths)))
    width_of_all.set(width_of_all.tag.replace("tblW", "type"), "dxa")
    return table


def _keep_whole(row: Any) -> None:
    """A row stands on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def _restarted(document: Any) -> int:
    """A numbering that begins at one again."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)._element
    number = len(numbering.findall("{*}num")) + 1
    made, override = element("num", numId=number), element("lvlOverride", ilvl=0)
    made.append(element("abstractNumId", val=1))
    override.append(element("startOverride", val=1))
    made.append(override)
    numbering.append(made)
    return number


def _numbered(paragraph: Any, number: int | None) -> None:
    if number is not None:
        properties = element("numPr")
        properties.extend((element("ilvl", val=0), element("numId", val=number)))
        paragraph._p.get_or_add_pPr().append(properties)


_KINDS = {"fields": _fields, "table": _indicators, "sectors": _sectors, "list": _list, "sources": _sources}
