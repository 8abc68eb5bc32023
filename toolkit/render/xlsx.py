"""A comparison as a spreadsheet: the table with real numbers, all figures, the sources; the same bytes for the same comparison.

A number stands in a cell as a number only where it says all: an exact value.  A bound, a range, a part of a whole stay words, as
in ``trên 750``, because the bare number would say something else; the sheet of figures has their parts as numbers.  Excel keeps
fifteen digits, so that what has more stays text as well.  Nothing is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from toolkit.errors import RenderError
from toolkit.model.amount import Bound
from toolkit.model.brief import Figure, Run
from toolkit.model.comparison import CellValue, Comparison, ComparisonCell, ComparisonRow, Layout

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Date in the file: fixed, because a clock would change the bytes."""

DIGITS = 15
"""Significant digits that a cell's number keeps."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LINE = 15.0
"""Points of a line of text."""

FONT = "Times New Roman"
"""On every office's machine, with all Vietnamese letters."""

WIDTHS: Mapping[str, float] = {
    "label": 40,
    "place": 24,
    "text": 26,
    "sentence": 80,
    "quote": 30,
    "source": 40,
    "path": 28,
    "reason": 30,
    "parents": 24,
}


def render_xlsx(comparison: Comparison) -> bytes:
    """The file.  Raises ``RenderError`` when there are more figures than a sheet has rows."""
    if len(comparison.facts) >= MOST_ROWS:
        raise RenderError(
            f"{len(comparison.facts):,} figures are more than a sheet holds", where=comparison.folder, remedy="use --format csv"
        )
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": comparison.title, "subject": comparison.subtitle, "created": CREATED, "language": "vi"})
    _Book(book, comparison).write()
    book.close()
    return data.getvalue()


class _Book:
    """The sheets of one file and the formats that they share."""

    def __init__(self, book: Any, comparison: Comparison) -> None:
        self.book, self.comparison = book, comparison
        base = {"font_name": FONT, "font_size": 11, "valign": "top", "text_wrap": True}
        self.formats = {
            "text": book.add_format(base),
            "head": book.add_format({**base, "bold": True, "bottom": 2, "bg_color": "#F2F5F3"}),
            "title": book.add_format({**base, "font_size": 14, "bold": True, "text_wrap": False}),
            "group": book.add_format({**base, "bold": True, "font_color": "#98480F", "text_wrap": False}),
            "flat": book.add_format({**base, "text_wrap": False}),
            "words": book.add_format({**base, "align": "right"}),
            "note": book.add_format({**base, "italic": True, "text_wrap": False}),
        }
        self._base = base
        self._numbers: dict[int, Any] = {}

    def number(self, decimals: int) -> Any:
        """The format of a number with so many decimals; ``#,##0.###`` would leave a lone comma behind whole numbers."""
        if decimals not in self._numbers:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self.book.add_format({**self._base, "align": "right", "num_format": pattern})
        return self._numbers[decimals]

    def write(self) -> None:
        names = self.comparison.words
        table = self._sheet(names["sheet_table"])
        if self.comparison.layout is Layout.COLUMNS:
            self._columns(table)
        else:
            self._rows(table)
        self._facts(self._sheet(names["sheet_facts"]))
        self._sources(self._sheet(names["sheet_sources"]))

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P/&N")
        return sheet

    # ------------------------------------------------------------ the table

    def _columns(self, sheet: Any) -> None:
        """Localities as columns, indicators as rows under their sectors."""
        made, words, text = self.comparison, self.comparison.words, self.formats["text"]
        sheet.write_string(0, 0, made.title, self.formats["title"])
        sheet.write_string(1, 0, made.subtitle, self.formats["note"])
        extra = [words["change_means"]] if made.has_difference else []
        heads = [
            words["label"],
            words["unit"],
            *("\n".join(filter(None, (c.name, c.parents, c.when, c.report))) for c in made.columns),
        ]
        for at, head in enumerate([*heads, *extra]):
            sheet.write_string(2, at, head, self.formats["head"])
        widths = (44, 18, *[22] * (len(heads) + len(extra) - 2))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_row(2, height([*heads, *extra], widths))
        at = 3
        for group in made.sheet:
            sheet.write_string(at, 0, group.title, self.formats["group"])
            at += 1
            for row in group.rows:
                sheet.write_string(at, 0, label_of(row), text)
                sheet.write_string(at, 1, row.unit or words["dash"], text)
                for i, cell in enumerate(row.cells, start=2):
                    self._cell(sheet, at, i, cell)
                told = [label_of(row), row.unit, *(text_of(cell, words["dash"]) for cell in row.cells)]
                sheet.set_row(at, height(told, widths))
                if row.difference:
                    sheet.write_string(at, len(heads), row.difference.text, text)
                at += 1
        self._remarks(sheet, at + 1)
        self._finish(sheet, 2, 2, at - 1, len(heads) + len(extra) - 1)

    def _rows(self, sheet: Any) -> None:
        """Localities as rows, indicators as columns."""
        made, words = self.comparison, self.comparison.words
        rows = [row for group in made.sheet for row in group.rows][: MOST_COLUMNS - 4]
        sheet.write_string(0, 0, made.title, self.formats["title"])
        heads = [words["place"], words["parent_place"], words["report_time"]]
        heads += [f"{label_of(row)}\n({row.unit})" if row.unit else label_of(row) for row in rows]
        for at, head in enumerate(heads):
            sheet.write_string(2, at, head, self.formats["head"])
        widths = (26, 26, *[20] * (len(heads) - 2))
        sheet.set_row(2, height(heads, widths))
        for i, column in enumerate(made.columns):
            for at, told in enumerate((column.place, column.parents, column.when or column.report)):
                sheet.write_string(3 + i, at, told, self.formats["text"])
            for at, row in enumerate(rows, start=3):
                self._cell(sheet, 3 + i, at, row.cells[i])
            texts = [column.place, column.parents, column.when, *(text_of(row.cells[i], "") for row in rows)]
            sheet.set_row(3 + i, height(texts, widths))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        last = 2 + len(made.columns)
        self._remarks(sheet, last + 2)
        self._finish(sheet, 2, 1, last, len(heads) - 1)

    def _cell(self, sheet: Any, row: int, column: int, cell: ComparisonCell) -> None:
        number = number_of(cell)
        if number is None:
            sheet.write_string(row, column, text_of(cell, self.comparison.words["dash"]), self.formats["words"])
        else:
            sheet.write_number(row, column, float(number), self.number(_decimals(number)))

    def _remarks(self, sheet: Any, at: int) -> None:
        for i, remark in enumerate(self.comparison.remarks):
            sheet.write_string(at + i, 0, remark, self.formats["note"])

    def _finish(self, sheet: Any, head: int, columns: int, last: int, wide: int) -> None:
        sheet.freeze_panes(head + 1, columns)
        sheet.repeat_rows(head)
        sheet.repeat_columns(0, columns - 1)
        sheet.print_area(0, 0, last + 2 + len(self.comparison.remarks), wide)

    # ------------------------------------------------------------ figures and sources

    def _facts(self, sheet: Any) -> None:
        """All figures, a row each, with a filter on the heads."""
        heads = self.comparison.heads
        for at, (key, head) in enumerate(heads.items()):
            sheet.write_string(0, at, head, self.formats["head"])
            sheet.set_column(at, at, WIDTHS.get(key, 16))
        for i, fact in enumerate(self.comparison.facts, start=1):
            for at, value in enumerate(astuple(fact)):
                self._value(sheet, i, at, value)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(self.comparison.facts), 1), len(heads) - 1)

    def _value(self, sheet: Any, row: int, at: int, value: str | int | Decimal | None) -> None:
        text = self.formats["flat"]
        if value is None or value == "":
            return
        if isinstance(value, Decimal) and not fits(value):
            sheet.write_string(row, at, format(value, "f"), text)
        elif isinstance(value, Decimal):
            sheet.write_number(row, at, float(value), self.number(_decimals(value)))
        elif isinstance(value, int):
            sheet.write_number(row, at, value, text)
        else:
            sheet.write_string(row, at, value, text)

    def _sources(self, sheet: Any) -> None:
        """The notes of the table with their sentences, then the sources."""
        made, words, text = self.comparison, self.comparison.words, self.formats["text"]
        numbers = {source.id: source.number for source in made.sources}
        for at, (head, width) in enumerate(
            ((words["notes"], 10), (words["sentence"], 110), (words["sources"], 10), (words["reason"], 40))
        ):
            sheet.write_string(0, at, head, self.formats["head"])
            sheet.set_column(at, at, width)
        at = 1
        for note in made.notes:
            sheet.write_number(at, 0, note.number, text)
            sheet.write_string(at, 1, ("… " if note.cut[0] else "") + note.quote + (" …" if note.cut[1] else ""), text)
            if note.source in numbers:
                sheet.write_number(at, 2, numbers[note.source], text)
            sheet.write_string(at, 3, note.reason or (words["by_profile"] if note.profile else ""), text)
            sheet.set_row(at, height([note.quote, note.reason], (110, 40)))
            at += 1
        at += 1
        for source in made.sources:
            sheet.write_string(at, 0, f"[{source.number}]", text)
            sheet.write_string(at, 1, source.text, text)
            at += 1
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points that a row needs: not every program that opens the file fits rows to wrapped text by itself."""
    lines = [sum(max(1, -(-len(line) // width)) for line in text.split("\n")) for text, width in zip(texts, widths, strict=False)]
    return LINE * max([1, *lines])


def label_of(row: ComparisonRow) -> str:
    """The label with what its figures measure."""
    return f"{row.label}, {row.measure_text}" if row.measure_text else row.label


def number_of(cell: ComparisonCell) -> Decimal | None:
    """The cell's number in the row's unit, where one exact figure of the column's own period is all that it holds."""
    if len(cell.values) != 1:
        return None
    value = cell.values[0]
    if value.period or value.place or len(value.run) != 1 or not isinstance(value.run[0], Figure):
        return None
    return shown_number(value.run[0])


def shown_number(figure: Figure) -> Decimal | None:
    """The number that a figure prints, if it is one exact value that a cell can hold."""
    amount = figure.amount
    if amount is None or amount.value is None or amount.of is not None or amount.bound is not Bound.EXACT:
        return None
    bare = figure.text.replace("%", "").replace("‰", "").strip()
    if any(c not in "0123456789.,-" for c in bare):
        return None
    value = Decimal(bare.replace(".", "").replace(",", "."))
    return value if fits(value) else None


def fits(value: Decimal) -> bool:
    """Whether a cell keeps all digits of a number."""
    return len(value.normalize().as_tuple().digits) <= DIGITS


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def text_of(cell: ComparisonCell, dash: str) -> str:
    """A cell that is no bare number in words: every value with its place, period, plan and verdict."""
    return "\n".join(_value_text(value) for value in cell.values) or dash


def _value_text(value: CellValue) -> str:
    parts = [f"{value.place}: " if value.place else "", plain(value.run)]
    more = [part for part in (value.period, plain(value.plan), value.status_text.lower()) if part]
    return "".join(parts) + (f" ({', '.join(more)})" if more else "")


def plain(run: Run) -> str:
    """The words of a run."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run)
