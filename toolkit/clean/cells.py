"""Tables whose cells were copied one a line, as they come out of web portals and PDF files: put back into rows.

Such a table begins with the words of its head, each on a line of its own (``TT``, ``Chỉ tiêu``, ``Đơn vị tính``, ``Kế hoạch``,
``Thực hiện``, ``Tỷ lệ %``); its rows begin with an ordinal or a dash.  A row is joined only when it has exactly as many cells as
the head has columns (a sub-row may lack its ordinal), because an empty cell leaves no line, and a figure in the wrong column
would be a false fact.  Rows that do not fit stay as they are, and so does everything after the table's last row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from toolkit.clean.offsets import Edit
from toolkit.clean.page import LINE
from toolkit.lexicon import load

CELL_MAX, COLUMNS_MIN, MISFITS = 90, 4, 8
"""Letters of the longest cell; columns of the narrowest table; lines one after another that fit no row and so end a table."""

_ORDINAL = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-H]|[a-h])[.)]?")
_SUB_ROW = re.compile(r"[-+*–•]\s?\S")
_FIGURE = re.compile(r"\d")


@cache
def _heads() -> re.Pattern[str]:
    """A line that is the head of a column; a year or a unit may follow the words."""
    words = sorted((re.escape(word) for word in load("vi/cells")["heads"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})(?:\s+(?:năm\s+)?(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?|\(.{{1,20}}\)))?", re.IGNORECASE)


def rejoined(text: str) -> Iterator[Edit]:
    """Edits that put the cells of a row on one line, a tab between them."""
    lines = list(LINE.finditer(text))
    at = 0
    while at < len(lines):
        columns = _head_size(lines, at)
        if not columns:
            at += 1
            continue
        rows, after = _rows(lines, at + columns, columns)
        if rows:
            yield from _joined(lines, [(at, at + columns), *rows], columns)
        at = max(after, at + columns)


def _head_size(lines: Sequence[re.Match[str]], at: int) -> int:
    """Number of consecutive lines from ``at`` that are heads of columns, when they can be those of a table; else 0."""
    size = 0
    while at + size < len(lines) and len(lines[at + size][0]) <= CELL_MAX and _heads().fullmatch(lines[at + size][0].strip()):
        size += 1
    return size if size >= COLUMNS_MIN else 0


def _rows(lines: Sequence[re.Match[str]], at: int, columns: int) -> tuple[list[tuple[int, int]], int]:
    """Intervals of the lines of each row that fits, and the line after the last of them."""
    rows: list[tuple[int, int]] = []
    after, misfits = at, 0
    while at < len(lines) and misfits < MISFITS and len(lines[at][0]) <= CELL_MAX:
        end = at + (columns - 1 if _SUB_ROW.match(lines[at][0]) else columns)
        if _fits(lines, at, end):
            rows.append((at, end))
            after = at = end
            misfits = 0
        else:
            at += 1
            misfits += 1
    return rows, after


def _begins(line: str) -> bool:
    """Whether a line can begin a row."""
    return bool(_SUB_ROW.match(line) or _ORDINAL.fullmatch(line.strip()))


def _fits(lines: Sequence[re.Match[str]], at: int, end: int) -> bool:
    """Whether the lines make one whole row: an ordinal or a dash, a name, figures; and then another row or the end."""
    if end > len(lines) or not _begins(lines[at][0]) or any(len(line[0]) > CELL_MAX for line in lines[at:end]):
        return False
    name = at if _SUB_ROW.match(lines[at][0]) else at + 1
    inner = [line[0].strip() for line in lines[name + 1 : end]]
    closed = end == len(lines) or len(lines[end][0]) > CELL_MAX or _begins(lines[end][0])
    named = any(c.isalpha() for c in lines[name][0])
    return closed and named and any(map(_FIGURE.search, inner)) and not any(map(_SUB_ROW.match, inner))


def _joined(lines: Sequence[re.Match[str]], rows: Sequence[tuple[int, int]], columns: int) -> Iterator[Edit]:
    for start, end in rows:
        if end - start < columns:
            yield Edit(lines[start].start(), lines[start].start(), "\t")
        for before, following in zip(lines[start : end - 1], lines[start + 1 : end], strict=True):
            yield Edit(before.end(), following.start(), "\t")
