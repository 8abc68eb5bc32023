"""Figures as a spreadsheet; the same bytes for the same figures.

A number stands in a cell as a number when a cell can keep it (fifteen digits), else as text; nothing is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from toolkit.errors import RenderError

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Date in the file: fixed, because a clock would change the bytes."""

_DIGITS = 15
_LONGEST = 32_767
"""Signs that a cell holds; of more the library would write none, without a word."""

_MOST_ROWS = 1_048_576
_NUMBERS = frozenset({"value", "low", "high", "out_of", "change", "rank", "start", "end"})
_WIDTHS = {"locality": 18, "label": 44, "sentence": 90, "source": 36, "text": 24, "id": 34, "value": 18, "quote": 24}


def to_xlsx(rows: Sequence[Mapping[str, Any]], names: Sequence[str], title: str) -> bytes:
    """The file, a figure a row under the names of its columns.  Raises ``RenderError`` for more rows than a sheet has."""
    if len(rows) >= _MOST_ROWS:
        raise RenderError(f"{len(rows):,} figures are more than a sheet holds", remedy="use --format csv")
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _CREATED, "language": "vi"})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"valign": "top"})
    wrapped = book.add_format({"valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top", "num_format": "#,##0.######"})
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, 12))
        sheet.write_string(0, column, name, head)
        for line, row in enumerate(rows, 1):
            value = row[name]
            if value is None or value == "":
                continue
            if name in _NUMBERS and len(str(value).strip("-").replace(".", "")) <= _DIGITS:
                sheet.write_number(line, column, float(value), number if name not in ("rank", "start", "end") else plain)
            elif isinstance(value, bool):
                sheet.write_number(line, column, int(value), plain)
            else:
                sheet.write_string(line, column, _fitting(str(value)), wrapped if name in ("sentence", "label") else plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    book.close()
    return data.getvalue()


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
