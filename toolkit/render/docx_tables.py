"""Tables of a Word brief: fixed columns, a head that repeats on every page, no row parted between pages.

The table of indicators inside the text, and the appendix, where a column of its own has the unit: its words are a run in the style
*Đơn vị tính*, by which the audit reads the figures of the row whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from toolkit.model.brief import Appendix, AppendixRow, Brief, IndicatorRow, Run, Section
from toolkit.model.fact import Status
from toolkit.render.docx_text import Writer, any_settled, element, said, text_run

_SHARES = {"label": 40, "result": 26, "plan": 26, "period": 12}
"""How the columns of the indicators share the width."""

_APPENDIX = {"number": 12, "unit": 20, "plan": 23, "year": 17, "result": 22, "rate": 20, "verdict": 17}
"""Millimetres of the columns of the appendix; the indicator takes the rest."""

_TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def twips(mm: float) -> int:
    """Millimetres as Word counts."""
    return round(mm * _TWIPS)


def table(document: Any, style: str, widths: Sequence[float], caption: str = "") -> Any:
    """An empty table of fixed columns, their widths in mm, with a name for screen readers."""
    from docx.shared import Twips

    made = document.add_table(0, len(widths), style)
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Twips(twips(width))
    properties = made._tbl.tblPr
    if caption:
        properties.append(element("tblCaption", val=caption))
    width_of_all = properties.find("{*}tblW")
    width_of_all.set(width_of_all.tag.replace("tblW", "w"), str(twips(sum(widths))))
    width_of_all.set(width_of_all.tag.replace("tblW", "type"), "dxa")
    return made


def _first(cell: Any, style: str) -> Any:
    """The paragraph of a new cell in a style, given by its id: by its name python-docx would look through all styles each time."""
    paragraph = cell.paragraphs[0]
    paragraph._p.get_or_add_pPr().insert(0, element("pStyle", val=style))
    return paragraph


def add_row(made: Any) -> Any:
    """A row that stands on one page."""
    row = made.add_row()
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    return row


def add_head(made: Any, titles: Iterable[str]) -> None:
    """The row that is repeated on every page."""
    row = add_row(made)
    row._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell, title in zip(row.cells, titles, strict=True):
        _first(cell, "TrongBang").add_run(title)


def add_group(made: Any, title: str) -> None:
    """A line of its own for the sector whose rows follow, over all columns."""
    cells = add_row(made).cells
    _first(cells[0].merge(cells[-1]), "NhomBang").add_run(title)


def indicators(document: Any, writer: Writer, section: Section, brief: Brief, width: float) -> None:
    """The table of a section, ``width`` mm wide; columns that no row fills are left out."""
    dash = brief.words.get("dash", "—")
    columns = ["label"]
    columns += ["result"] if any(row.result not in ((), (dash,)) for row in section.rows) else []
    columns += ["plan"] if any(row.against_plan or row.status_text for row in section.rows) else []
    columns += ["period"] if any(row.period for row in section.rows) else []
    whole = sum(_SHARES[name] for name in columns)
    made = table(document, "Bảng chỉ tiêu", [width * _SHARES[name] / whole for name in columns], section.title)
    add_head(made, [said("columns")[name] for name in columns])
    before = ""
    for row in section.rows:
        if row.sector_title and row.sector_title != before:
            add_group(made, row.sector_title)
        before = row.sector_title
        _indicator(made, writer, row, columns, dash)
    if dash_means := brief.words.get("dash_means"):
        document.add_paragraph(dash_means, "caption")


def _indicator(made: Any, writer: Writer, row: IndicatorRow, columns: list[str], dash: str) -> None:
    cells = add_row(made).cells
    paragraphs = {name: _first(cell, "TrongBang") for name, cell in zip(columns, cells, strict=True)}
    label = paragraphs["label"]
    label.add_run(row.label + (f", {row.place}" if row.place else ""))
    if row.settled and not any_settled(row.result, row.against_plan):
        writer.mark(label)
    if result := paragraphs.get("result"):
        writer.run(result, row.result or (dash,))
    if plan := paragraphs.get("plan"):
        if row.status_text:
            plan.add_run(
                " ".join(part for part in (_status_mark(row.status) if not writer.listed else "", row.status_text) if part)
            )
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


def appendix(document: Any, writer: Writer, made: Appendix, brief: Brief, width: float) -> Any:
    """The table of all indicators, ``width`` mm wide; returns the paragraph below it, which tells what a dash means."""
    dash = brief.words.get("dash", "—")
    own = {name: made.columns[name] for name in ("number", "label", "unit", "plan", "result", "rate", "verdict")}
    heads = [own["number"], own["label"], own["unit"], own["plan"]]
    heads += [f"{made.columns['year']} {year}" for year in made.years] + [own["result"], own["rate"], own["verdict"]]
    mm = [_APPENDIX[name] for name in ("unit", "plan", *("year" for _ in made.years), "result", "rate", "verdict")]
    number = _APPENDIX["number"]
    drawn = table(document, "Bảng chỉ tiêu", [number, width - number - sum(mm), *mm], f"{made.title}. {made.caption}")
    add_head(drawn, heads)
    for group in made.groups:
        add_group(drawn, group.title)
        for row in group.rows:
            _row(drawn, writer, row, dash)
    return document.add_paragraph(brief.words.get("dash_means", ""), "caption")


def _row(drawn: Any, writer: Writer, row: AppendixRow, dash: str) -> None:
    cells = add_row(drawn).cells
    number, label, unit, *others = (_first(cell, "TrongBang" if i == 1 else "OSoLieu") for i, cell in enumerate(cells))
    number.add_run(row.number)
    label.add_run(", ".join(part for part in (row.label, row.period, row.place) if part))
    runs: tuple[Run, ...] = (row.plan, *row.yearly, row.result, row.rate)
    if row.settled and not any_settled(*runs):
        writer.mark(label)
    writer.references(label, row.notes)
    if row.unit:
        unit._p.append(text_run(row.unit, "DonVi"))
    else:
        unit.add_run(dash)
    for paragraph, run in zip(others, (*runs, (row.verdict,) if row.verdict else ()), strict=True):
        writer.run(paragraph, run or (dash,))
