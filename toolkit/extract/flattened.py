"""Tables that lost their cells on the way into text: a cell a line, or a row a line with nothing but spaces between cells.

What remains is the head (``STT``, ``Chỉ tiêu``, ``ĐVT``, ``Kế hoạch`` …, by its words) and the order.  Both shapes are turned back
into rows of fields, which ``cells`` then reads like those of any table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import alternatives, cues

_NUMBER = r"[<>≥≤~≈]? ?[-−]?\d[\d.,]*(?: ?(?:-|–|đến) ?\d[\d.,]*)?(?: ?%)?"
_ONE_NUMBER = re.compile(_NUMBER)
_TAIL = re.compile(rf"(?: +{_NUMBER})+\Z")
_ROW_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5})[.)]? +(?=[^\W\d_])")
_LONGEST_LABEL = 120
_UNIT_WORDS = 5


@dataclass(frozen=True, slots=True)
class Field:
    """One cell: its place without the spaces around it, and its folded text."""

    start: int
    end: int
    low: str

    @property
    def is_number(self) -> bool:
        return _ONE_NUMBER.fullmatch(self.low) is not None and not self.low.endswith("%")


Row = tuple[Field, ...]
IsUnit = Callable[[str], bool]


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A heading with what may follow it, and the names of the column of units."""
    words = alternatives(cues("column_heads"))
    year = r"(?:(?: năm| giai đoạn)? ?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)?"
    return re.compile(rf"(?:(?:{words}){year}(?: ?\([^()]{{1,20}}\)| ?%)?|(?:năm )?(?:19|20)\d\d|%)(?![^\W_])"), re.compile(
        alternatives(cues("unit_heads"))
    )


def flat_tables(scan: Scan, is_unit: IsUnit) -> Iterator[tuple[Row, list[Row]]]:
    """Heads and bodies of flattened tables, in order."""
    lines = _lines(scan)
    at = 0
    while at < len(lines):
        head = _head_line(lines[at])
        if head:
            body = _rows_of_lines(scan, lines, at + 1, is_unit)
            if body:
                yield head, body
            at += 1 + len(body)
            continue
        head = _head_run(lines, at)
        if head:
            body, at = _rows_of_cells(lines, lines.index(head[-1], at) + 1, head, is_unit)
            if body:
                yield head, body
            continue
        at += 1


def _lines(scan: Scan) -> list[Field]:
    """The lines that hold anything; those with tabs or bars are no flattened ones, but they end a run."""
    found: list[Field] = []
    at = 0
    for line in scan.text.split("\n"):
        inner = line.strip()
        if inner:
            start = at + len(line) - len(line.lstrip())
            found.append(Field(start, start + len(inner), scan.low[start : start + len(inner)]))
        at += len(line) + 1
    return found


# ------------------------------------------------------------------------------------------------------------- a row a line


def _head_line(line: Field) -> Row | None:
    """The headings of a line that is nothing but headings, three at least."""
    if len(line.low) > 200 or "\t" in line.low or "|" in line.low:
        return None
    pattern, _ = _heads()
    fields: list[Field] = []
    at = 0
    while at < len(line.low):
        match = pattern.match(line.low, at)
        if match is None:
            return None
        fields.append(Field(line.start + match.start(), line.start + match.end(), match[0]))
        at = match.end()
        while at < len(line.low) and line.low[at] == " ":
            at += 1
    sure = any(field.low in cues("unit_heads") | cues("ordinal_heads") or "%" in field.low for field in fields)
    return tuple(fields) if len(fields) >= 3 and sure else None


def _rows_of_lines(scan: Scan, lines: list[Field], at: int, is_unit: IsUnit) -> list[Row]:
    rows: list[Row] = []
    for line in lines[at:]:
        row = _row_of_line(scan, line, is_unit)
        if row is None:
            break
        rows.append(row)
    return rows


def _row_of_line(scan: Scan, line: Field, is_unit: IsUnit) -> Row | None:
    """Row number, label, unit and numbers of a line that ends in numbers; None for any other line."""
    tail = _TAIL.search(line.low[-80:])
    if tail is None or len(line.low) > 200:
        return None
    body = len(line.low) - len(tail[0])
    number = _ROW_NUMBER.match(line.low)
    start = number.end() if number else 0
    fields = [Field(line.start, line.start + len(number[0].rstrip()), number[0].rstrip())] if number else []
    label, unit = _label_and_unit(line, start, body, is_unit)
    fields += [label, unit] if unit else [label]
    offset = line.start + body
    fields += [
        Field(offset + m.start(), offset + m.end(), m[0]) for m in _ONE_NUMBER.finditer(scan.low[offset : line.end]) if m[0].strip()
    ]
    return tuple(fields) if label.low else None


def _label_and_unit(line: Field, start: int, end: int, is_unit: IsUnit) -> tuple[Field, Field | None]:
    text = line.low[start:end].rstrip()
    words = list(re.finditer(r"\S+", text))
    for count in range(min(_UNIT_WORDS, len(words) - 1), 0, -1):
        at = words[-count].start()
        piece = text[at:]
        if is_unit(piece.strip("()")):
            label = text[:at].rstrip()
            begin = line.start + start
            return Field(begin, begin + len(label), label), Field(begin + at, begin + len(text), piece)
    return Field(line.start + start, line.start + start + len(text), text), None


# ------------------------------------------------------------------------------------------------------------ a cell a line


def _head_run(lines: list[Field], at: int) -> Row | None:
    """Headings on lines of their own, three at least, the column of units among them."""
    pattern, unit = _heads()
    run: list[Field] = []
    while at < len(lines) and len(lines[at].low) <= 40 and pattern.fullmatch(lines[at].low):
        run.append(lines[at])
        at += 1
    units = next((column for column, field in enumerate(run) if unit.fullmatch(field.low)), 0)
    first = next((column for column, field in enumerate(run[:units]) if field.low in cues("ordinal_heads")), units - 1)
    return tuple(run[first:]) if units and len(run) - first >= 3 else None


def _rows_of_cells(lines: list[Field], at: int, head: Row, is_unit: IsUnit) -> tuple[list[Row], int]:
    """Rows put together from lines of one cell each, and where the table ends."""
    numbered = head[0].low in cues("ordinal_heads")
    expected = len(head) - (3 if numbered else 2)
    rows: list[Row] = []
    row: list[Field] = []
    numbers: list[Field] = []
    while at < len(lines):
        line = lines[at]
        if _ONE_NUMBER.fullmatch(line.low):
            (numbers if any(not field.is_number for field in row) else row).append(line)
        elif len(line.low) > _LONGEST_LABEL or (line.low.endswith(".") and not is_unit(line.low)):
            break
        elif numbers and not is_unit(line.low):
            spare = [numbers.pop()] if numbered and len(numbers) > expected else []
            rows.append((*row, *numbers))
            row, numbers = [*spare, line], []
        else:
            row.append(line)
        at += 1
    if numbers:
        rows.append((*row, *numbers))
    return rows, at
