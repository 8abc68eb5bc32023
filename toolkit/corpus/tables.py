"""Figures for other programs: CSV, JSON, JSON Lines; a spreadsheet is made by ``sheet``.

CSV is what Excel opens by itself: commas, CRLF, UTF-8 with a byte order mark; values are plain decimals with a dot.  JSON holds
values as the contract does, and beside the rows what was asked and what cannot be compared.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from toolkit.contract import number_to_json
from toolkit.corpus.query import COLUMNS, Row

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("value", "low", "high", "out_of")


def values(row: Row) -> dict[str, Any]:
    """A row by its columns, with the figure in words (``text``) at the end."""
    return {**{name: getattr(row, name) for name in COLUMNS}, "text": row.text}


def to_object(row: Row, **more: object) -> dict[str, Any]:
    """A row as a JSON object; ``more`` stands first (a rank, a change)."""
    found = {**more, **values(row)}
    for name in _NUMBERS:
        found[name] = number_to_json(Decimal(found[name])) if found[name] is not None else None
    found["per"] = [word for word in row.per.split("/") if word]
    return found


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows with the same names as CSV; the names are those of the first row, or of a figure when there is none."""
    given = list(rows)
    names = list(given[0]) if given else [*COLUMNS, "text"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(name, row[name]) for name in names] for row in given)
    return BOM + out.getvalue()


def _cell(name: str, value: object) -> str:
    """Text that a spreadsheet would run as a formula gets a space before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    text = str(value)
    return f" {text}" if isinstance(value, str) and name not in (*_NUMBERS, "change") and text.startswith(_FORMULA) else text


def to_lines(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One object a line."""
    return (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in objects)


def to_json(head: Mapping[str, object], objects: Iterable[Mapping[str, Any]]) -> str:
    """What was asked, what was counted, and the rows."""
    return json.dumps({"schema": "nhiemky.query/1", **head, "rows": list(objects)}, ensure_ascii=False, indent=1)
