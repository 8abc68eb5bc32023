"""Puts the text of a structured document together, block by block, and remembers where each block came to stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.model.text import Block, BlockKind, Span

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_TIGHT = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
WIDEST, DEEPEST = 200, 2000
"""Columns and rows that one cell covers at most; a page may claim any number."""
CELL = "\t"
"""What stands between the cells of a table row in ``Source.text``."""


_RAISED = re.compile(r"[(\[]?(\d{1,3})[)\]]?")
_POWER_OF = re.compile(r"(?<![^\W\d_])(?:[cdhkm]|da)?m\Z")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(before: str, text: str) -> str:
    """Superscript ``text`` as it may stand in plain text after ``before``: a raised number must never join another one.

    ``m2`` becomes m², a power keeps its small digits, and the mark of a note (``đạt 95%1``) is left out, like the note itself.
    """
    number = _RAISED.fullmatch(text.strip())
    if number is None:
        return text
    if before[-1:].isdigit() or (number[1] in "23" and _POWER_OF.search(before[-4:])):
        return number[1].translate(_SUPERSCRIPTS)
    return ""


@dataclass(frozen=True, slots=True)
class SpanCell:
    """A cell of a table with the columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[list[SpanCell]]) -> Iterator[list[str]]:
    """Rows of plain cells, every figure in its own column: a cell that covers more is followed by empty ones."""
    open_rows: dict[int, int] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row:
            _skip_covered(cells, open_rows)
            width = min(max(cell.columns, 1), WIDEST)
            if cell.rows > 1:
                open_rows.update(dict.fromkeys(range(len(cells), len(cells) + width), min(cell.rows, DEEPEST)))
            cells += [cell.text] + [""] * (width - 1)
        _skip_covered(cells, open_rows)
        open_rows = {column: left - 1 for column, left in open_rows.items() if left > 1}
        yield cells


def _skip_covered(cells: list[str], open_rows: dict[int, int]) -> None:
    """Empty cells where one of a row above reaches down."""
    while open_rows.get(len(cells), 0) > 0 and len(cells) < WIDEST:
        cells.append("")


class Builder:
    """Collects blocks; ``text`` and ``blocks`` are what a ``Source`` takes.  Not shared between threads."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last: BlockKind | None = None
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, page: int | None = None) -> None:
        """Appends one block with single spaces; nothing when it holds nothing to read."""
        text = _SPACE.sub(" ", text).strip()
        if text:
            self._append(text, kind, level, page)

    def add_row(self, cells: list[str], page: int | None = None) -> None:
        """Appends one row of a table, cells apart by ``CELL``; empty cells keep their place."""
        row = CELL.join(_SPACE.sub(" ", cell).strip() for cell in cells)
        if row.strip():
            self._append(row.rstrip(CELL), BlockKind.TABLE_ROW, 0, page)

    def _append(self, text: str, kind: BlockKind, level: int, page: int | None) -> None:
        if self._last is not None:
            gap = "\n" if kind in _TIGHT and kind is self._last else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        self._parts.append(text)
        self.blocks.append(Block(Span(self._length, self._length + len(text)), kind, level, page))
        self._length += len(text)
        self._last = kind
