"""An official form in Word, as an office signs it: head, type and abstract, text, recipients and signature, annexes.

Each component is a paragraph in a style of its own (``official-styles.xml``), so that an office that changes the style changes
the component everywhere.  Head and foot are tables without borders whose rows are never parted.  A rule under words is the
upper border of an empty paragraph as narrow as the words: a border of the words' own paragraph would be as wide as the cell,
underlining would cut the marks below the letters, and a drawn line floats away when somebody edits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.model.brief import Brief, Form, Section
from toolkit.render.docx_lists import link, numbered, restarted
from toolkit.render.docx_sections import entries, sector
from toolkit.render.docx_styles import end_section, sizes, text_width, turn, turn_back
from toolkit.render.docx_tables import add_row, appendix, indicators, table, twips
from toolkit.render.docx_text import Writer, element, field, text_run
from toolkit.styles import FormKind, style

_FRAME = "Khung biểu mẫu"


def place_form(document: Any, writer: Writer, brief: Brief) -> None:
    """Write a brief that has a form into an empty document."""
    form = brief.form
    if form is None:
        raise ValueError("a brief without a form is a publication")
    party = style(brief.style).form is FormKind.PARTY
    _page_numbers(document)
    (_party_head if party else _state_head)(document, brief, form)
    _title(document, brief, form, party=party)
    for section in brief.sections:
        if not section.annexed:
            _section(document, writer, section, brief)
    _foot(document, brief, form)
    if brief.appendix:
        _appendix(document, writer, brief)
    _annex(document, writer, brief, form)


def _page_numbers(document: Any) -> None:
    """In the middle above the text, on every page but the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = "header"
    paragraph._p.append(field("PAGE", "2"))
    section.first_page_header.paragraphs[0].style = "header"


# ---------------------------------------------------------------- head


def _party_head(document: Any, brief: Brief, form: Form) -> None:
    columns = _columns(document, brief, "columns")
    left, right = _frame(document, columns)
    _write(left, "Cơ quan cấp trên", form.parent)
    _write(left, "Cơ quan ban hành", form.issuer or brief.words.get("dash", "—"))
    _write(left, "Dấu sao", "*")
    _write(left, "Số và ký hiệu", form.number)
    for line in form.head:
        _write(right, "Tiêu đề văn bản", line)
    _rule(right, columns[1], sizes(brief)["rule"])
    _write(right, "Địa danh và ngày tháng", form.place_date)


def _state_head(document: Any, brief: Brief, form: Form) -> None:
    """Number and date on one line, whatever stands above them."""
    row, columns = sizes(brief), _columns(document, brief, "columns")
    made = table(document, _FRAME, columns)
    left, right = _cells(made)
    _write(left, "Cơ quan cấp trên", _body(form.parent, row, columns[0]))
    issuer = _body(form.issuer, row, columns[0]) or brief.words.get("dash", "—")
    _write(left, "Cơ quan ban hành", issuer)
    longest = max(len(line) for line in issuer.split("\n"))
    _rule(left, columns[0], row["share"] * _line(longest * row["capital"], columns[0]))
    for i, line in enumerate(form.head):
        _write(right, "Tiêu ngữ" if i else "Tiêu đề văn bản", line)
    _rule(right, columns[1], row["rule"])
    left, right = _cells(made)
    _write(left, "Số và ký hiệu", form.number)
    _write(right, "Địa danh và ngày tháng", form.place_date)


def _body(name: str, row: Mapping[str, Any], width: float) -> str:
    """The name of a body, in two lines that belong together each where it is too long for its column."""
    if len(name) * row["capital"] <= width:
        return name
    what = next((one for one in row["breaks"] if name.startswith(one + " ")), "")
    return f"{what}\n{name[len(what) + 1 :]}" if what else name


def _line(whole: float, width: float) -> float:
    """Millimetres of one line of words that are ``whole`` mm long and broken evenly into lines of ``width`` at most."""
    return whole / math.ceil(whole / width)


def _title(document: Any, brief: Brief, form: Form, *, party: bool) -> None:
    if form.draft:
        document.add_paragraph(form.draft, "Dự thảo")
    document.add_paragraph(form.type, "Title")
    document.add_paragraph(form.abstract, "Subtitle")
    if party:
        document.add_paragraph("-----", "Gạch dưới trích yếu")
    else:
        row, width = sizes(brief), text_width(document)
        _rule(document, width, row["share"] * _line(len(form.abstract) * row["letter"], width))


def _columns(document: Any, brief: Brief, key: str) -> list[float]:
    """Millimetres of the two columns of a frame, on a page of an office's own making in the same proportion."""
    wanted = sizes(brief)[key]
    return [text_width(document) * one / sum(wanted) for one in wanted]


def _frame(document: Any, columns: list[float]) -> tuple[Any, Any]:
    """A table of one row and two cells, without borders."""
    return _cells(table(document, _FRAME, columns))


def _cells(made: Any) -> tuple[Any, Any]:
    """Two cells of a new row, empty."""
    left, right = add_row(made).cells
    for cell in (left, right):
        cell._element.remove(cell.paragraphs[0]._p)  # a cell ends with a paragraph; ours follow at once
    return left, right


def _write(where: Any, style_name: str, text: str) -> None:
    """A component; without words none, except where its place has to stay."""
    if text:
        where.add_paragraph(style=style_name)._p.append(text_run(text))


def _rule(where: Any, width: float, length: float) -> None:
    """A rule of ``length`` mm in the middle of ``width``."""
    paragraph = where.add_paragraph(style="Đường kẻ")
    aside = twips((width - length) / 2)
    paragraph._p.get_or_add_pPr().append(element("ind", left=aside, right=aside))


# ---------------------------------------------------------------- text


def _section(document: Any, writer: Writer, section: Section, brief: Brief) -> None:
    document.add_heading(f"{section.number} {section.title}".strip(), 1)
    if section.gap and section.kind != "sources":
        writer.item(document.add_paragraph(style="Body Text"), section.gap)
    _KINDS.get(section.kind, _list)(document, writer, section, brief)


def _fields(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    for item in section.items:
        paragraph = document.add_paragraph(style="List Bullet")
        if item.label:
            paragraph._p.append(text_run(f"{item.label}: "))
        writer.item(paragraph, item, label=False)


def _indicators(document: Any, writer: Writer, section: Section, brief: Brief) -> None:
    from docx.shared import Pt

    if not section.gap:
        document.paragraphs[-1].paragraph_format.space_after = Pt(6)  # a table has no distance of its own
        indicators(document, writer, section, brief, text_width(document))


def _sectors(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    for part in section.parts:
        document.add_heading(f"{part.number} {part.title}".strip(), 2)
        sector(document, writer, part)


def _list(document: Any, writer: Writer, section: Section, _brief: Brief) -> None:
    entries(document, writer, section)


_KINDS: dict[str, Callable[[Any, Writer, Section, Brief], None]] = {
    "fields": _fields,
    "table": _indicators,
    "sectors": _sectors,
}


# ---------------------------------------------------------------- foot


def _foot(document: Any, brief: Brief, form: Form) -> None:
    """Recipients on the left, the signature on the right; the last lines of the text stay with them."""
    if document.element.body[-2].tag.endswith("}p"):  # the last element but the section's properties
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(style="Trước chữ ký")
    left, right = _frame(document, _columns(document, brief, "signing"))
    _write(left, "Nơi nhận", form.recipients_title)
    for line in form.recipients:
        _write(left, "Danh sách nơi nhận", f"- {line}")
    _write(right, "Quyền hạn ký", form.authority)
    _write(right, "Chức vụ người ký", form.position)
    right.add_paragraph(style="Họ tên người ký")._p.append(text_run(form.signer))
    if not left.paragraphs:
        left.add_paragraph()


# ---------------------------------------------------------------- after the signature


def _appendix(document: Any, writer: Writer, brief: Brief) -> None:
    """The table of all indicators on pages of its own, across where it is wide."""
    made = brief.appendix
    if made is None:
        return
    width = text_width(document)
    if made.wide:
        width = turn(end_section(document, document.add_paragraph(style="Trước phụ lục")))
    heading = document.add_paragraph(made.title, "Tiêu đề phụ lục")
    heading.paragraph_format.page_break_before = not made.wide
    document.add_paragraph(made.caption, "Tên phụ lục")
    below = appendix(document, writer, made, brief, width)
    if made.wide:
        turn_back(end_section(document, below), document.sections[0])


def _annex(document: Any, writer: Writer, brief: Brief, form: Form) -> None:
    """Sources, what no source says, and the notes that the text refers to."""
    heading = document.add_paragraph(form.annex, "Tiêu đề phụ lục")
    heading.paragraph_format.page_break_before = not (brief.appendix and brief.appendix.wide)
    annexed = [section for section in brief.sections if section.annexed]
    for section in annexed:
        if section.kind == "sources":
            _notes(document, writer, brief)
        document.add_paragraph(section.title.capitalize(), "Mục chú thích")
        if section.kind == "sources":
            _sources(document, brief)
        for item in section.items:
            writer.item(document.add_paragraph(style="Văn bản chú thích"), item)
    if not any(section.kind == "sources" for section in annexed):
        _notes(document, writer, brief)


def _notes(document: Any, writer: Writer, brief: Brief) -> None:
    if not brief.notes:
        return
    document.add_paragraph(brief.words.get("notes", ""), "Mục chú thích")
    number = restarted(document, "Chú thích")
    for note in brief.notes:
        paragraph = document.add_paragraph(style="Chú thích")
        numbered(paragraph, number)
        writer.listed_note(paragraph, note)


def _sources(document: Any, brief: Brief) -> None:
    if not brief.sources:
        document.add_paragraph(brief.words.get("no_sources", ""), "Văn bản chú thích")
    number = restarted(document, "Danh mục nguồn") if brief.sources else None
    for source in brief.sources:
        paragraph = document.add_paragraph(style="Danh mục nguồn")
        numbered(paragraph, number)
        paragraph._p.append(link(document, source.url, source.text) if source.url else text_run(source.text))
