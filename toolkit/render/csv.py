"""The figures of a comparison as CSV, a settled figure a line: for programs.

RFC 4180: commas, CRLF, quotes doubled; UTF-8 with a byte order mark, by which Excel knows the encoding.  Values are plain decimals
with a dot, so that any program reads them; a Vietnamese Excel, which expects semicolons and decimal commas, has the XLSX beside it.
Text that a spreadsheet would run as a formula (``=``, ``+``, ``-``, ``@`` at its beginning) gets a space before it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields
from decimal import Decimal

from toolkit.model.comparison import Comparison, FactRow

MEDIA_TYPE = "text/csv"
BOM = "\ufeff"

COLUMNS = tuple(field.name for field in fields(FactRow))
"""Heads of the file: the names of ``FactRow``."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(comparison: Comparison) -> bytes:
    """All settled figures of all columns, in the columns' order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in astuple(row)] for row in comparison.facts)
    return (BOM + text.getvalue()).encode("utf-8")


def _cell(value: str | int | Decimal | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f" {text}" if text.startswith(_FORMULA) else text
