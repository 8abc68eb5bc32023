"""Figures in tables: cells without a unit of their own, which stands in the row (``ĐVT``), in the heading (``Đạt (%)``) or nowhere.

A table is a run of lines whose cells are set off by tabs (as all readers give them) or by `` | ``, or one that lost its cells (see
``flattened``).  The first line without figures is its head.  A cell that holds nothing but a number takes the unit of its column,
else of its row; cells with words in them are left to the ordinary grammar.  Numbers of rows (``STT``) and columns are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from toolkit.extract.flattened import Field, Row, flat_tables
from toolkit.extract.mention import Cell, Mention
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues

Reader = Callable[[str], Sequence[Mention]]
"""Reads the figures of a piece of text: the ordinary grammar."""

NO_UNIT = "ô của bảng không có đơn vị"
_LEAD = "đạt "
_STAND_IN = "hộ"
"""Noun behind a number that has none, so that the grammar reads it as a count."""
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d")
_ORDINAL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,5}|[a-zđ])[.)]{0,2}|[-+*•]")
_BRACKET = re.compile(r"\(([^()]{1,30})\)")
_NOTE_HEAD = frozenset({"ghi chú", "đơn vị thực hiện", "cơ quan thực hiện"})


Shut = tuple[int, int, str]
"""An interval that the ordinary grammar must leave alone, and why."""


def read_cells(scan: Scan, reader: Reader) -> tuple[list[Mention], list[Shut]]:
    """Figures that stand alone in cells of all tables, and the intervals that are settled with them, both in order."""
    found: list[Mention] = []
    shut: list[Shut] = []
    for head, body in _all_tables(scan, reader):
        for row in body:
            label = _label(head, row)
            if label is not None:
                _read_row(scan, head, row, label, reader, found, shut)
    found.sort(key=lambda mention: mention.start)
    return found, shut


def _all_tables(scan: Scan, reader: Reader) -> Iterator[tuple[Row | None, list[Row]]]:
    if "\t" in scan.text or " | " in scan.text:
        yield from map(_split, _tables(scan))
    yield from flat_tables(scan, lambda text: _is_unit(text, reader))


def _tables(scan: Scan) -> Iterator[list[Row]]:
    """Runs of two lines or more with marks between cells."""
    run: list[Row] = []
    at = 0
    for line in scan.text.split("\n"):
        row = _row(scan, at, line)
        at += len(line) + 1
        if len(row) >= 2:
            run.append(row)
            continue
        if len(run) >= 2:
            yield run
        run = []
    if len(run) >= 2:
        yield run


def _row(scan: Scan, at: int, line: str) -> Row:
    mark = "\t" if "\t" in line else " | "
    if mark == " | " and line.count(mark) < 2:
        return ()
    fields: list[Field] = []
    for piece in line.split(mark):
        inner = piece.strip()
        start = at + (len(piece) - len(piece.lstrip()) if inner else 0)
        fields.append(Field(start, start + len(inner), scan.low[start : start + len(inner)]))
        at += len(piece) + len(mark)
    return tuple(fields)


def _split(rows: list[Row]) -> tuple[Row | None, list[Row]]:
    """The head of a table, if it has one, and its body; a line of column numbers belongs to neither."""
    head = None
    if not any(field.is_number and not _YEAR.fullmatch(field.low) for field in rows[0]):
        head, rows = rows[0], rows[1:]
    return head, [row for row in rows if not _is_column_numbers(row)]


def _is_column_numbers(row: Row) -> bool:
    """``1  2  3  4`` or ``A  B  1  2`` under the head."""
    numbers = [int(field.low) for field in row if field.low.isdecimal()]
    rest = [field.low for field in row if not field.low.isdecimal()]
    rising = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return rising and numbers[0] <= 3 and all(len(text) <= 1 for text in rest)


def _label(head: Row | None, row: Row) -> int | None:
    """Index of the cell that names the row; None when the row names nothing."""
    for column, field in enumerate(row[:3]):
        numbered = head is not None and column < len(head) and head[column].low in cues("ordinal_heads")
        if field.low and not numbered and not field.is_number and not (column == 0 and _ORDINAL.fullmatch(field.low)):
            return column
    return None


def _read_row(scan: Scan, head: Row | None, row: Row, label: int, reader: Reader, found: list[Mention], shut: list[Shut]) -> None:
    shut.extend((field.start, field.end, "row-number") for field in row[:label])
    unit = _row_unit(scan, head, row, label, reader)
    for column in range(label + 1, len(row)):
        field = row[column]
        heading = _heading(head, row, column)
        if not field.is_number or (heading and heading.low in _NOTE_HEAD):
            continue
        place = Cell((row[label].start, row[label].end), (heading.start, heading.end) if heading else None, column)
        figure = _figure(scan, field, _column_unit(scan, heading, reader) or unit, place, reader)
        shut.append((field.start, field.end, "table"))
        if figure is not None:
            found.append(figure)


def _heading(head: Row | None, row: Row, column: int) -> Field | None:
    """The heading over a cell; counted from the right where a row has fewer cells (a number or unit left out)."""
    if head is None:
        return None
    column += max(0, len(head) - len(row))
    return head[column] if column < len(head) else None


def _row_unit(scan: Scan, head: Row | None, row: Row, label: int, reader: Reader) -> tuple[int, int] | None:
    """Where the row's unit stands: in the column of units, in a cell that is one, in brackets behind the label."""
    for column in range(label + 1, len(row)):
        field = row[column]
        named = head is not None and column < len(head) and head[column].low in cues("unit_heads")
        if field.low and (named or (not field.is_number and _is_unit(field.low, reader))):
            return field.start, field.end
    bracket = _BRACKET.search(scan.low, row[label].start, row[label].end)
    return bracket.span(1) if bracket and _is_unit(bracket[1], reader) else None


def _column_unit(scan: Scan, heading: Field | None, reader: Reader) -> tuple[int, int] | None:
    """Where a column's unit stands: in brackets in its heading, or a sign of percent there."""
    if heading is None:
        return None
    bracket = _BRACKET.search(scan.low, heading.start, heading.end)
    if bracket and _is_unit(bracket[1], reader):
        return bracket.span(1)
    sign = scan.low.find("%", heading.start, heading.end)
    return (sign, sign + 1) if sign >= 0 else None


def _is_unit(text: str, reader: Reader) -> bool:
    """Whether a text is a unit and nothing else: a number before it makes one figure of the whole."""
    probe = f"12 {text}"
    figures = reader(probe)
    return len(figures) == 1 and bool(figures[0].entry) and (figures[0].start, figures[0].end) == (0, len(probe))


def _figure(scan: Scan, field: Field, unit: tuple[int, int] | None, place: Cell, reader: Reader) -> Mention | None:
    """The figure of a cell, read with its unit behind it; None when its digits are no number."""
    number = scan.text[field.start : field.end]
    name = scan.words(*unit) if unit else ""
    whole = reader(f"{_LEAD}{number} {name or _STAND_IN}")
    if len(whole) != 1:
        return None
    read = whole[0]
    shift = field.start - len(_LEAD)
    bound = read.bound_span
    kept = bound is not None and len(_LEAD) <= bound[0] and bound[1] + shift <= field.end
    return replace(
        read,
        start=field.start,
        end=field.end,
        amount=read.amount if name and read.entry else replace(read.amount, unit=name),
        rule=f"tables.{read.rule}",
        number_span=(field.start, field.end),
        unit_span=unit or (field.end, field.end),
        bound_span=(bound[0] + shift, bound[1] + shift) if bound and kept else None,
        review=read.review or not name,
        why=read.why or ("" if name else NO_UNIT),
        inherited=True,
        cell=place,
    )
