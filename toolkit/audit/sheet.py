"""The spreadsheet and the CSV of a comparison, read back by other eyes than those that wrote them: the file's own XML or lines."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from toolkit.audit.numbers import atoms, tokens
from toolkit.model.amount import Kind
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Figure
from toolkit.model.comparison import Comparison, ComparisonCell, Layout
from toolkit.model.dossier import Dossier, Settled
from toolkit.model.fact import Quantity
from toolkit.model.walk import every

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBERS = ("value", "low", "high", "of")
_EXACT = ("role", "kind", "unit", "bound", "period", "origin")
_SCALES = {"tỷ": Decimal(10) ** 9, "triệu": Decimal(10) ** 6}
_LOOSE = re.compile(r"\s+")

Cell = str | Decimal
"""What a cell holds: text, or a number."""

Facts = Mapping[tuple[str, str], tuple[Dossier, Settled[Quantity]]]
"""Settled figures by dossier and fact."""


def facts_of(dossiers: Sequence[Dossier]) -> Facts:
    """All settled figures."""
    return {(d.folder, s.value.id): (d, s) for d in dossiers for s in d.quantities}


def audit_csv(artifact: Artifact, dossiers: Sequence[Dossier]) -> tuple[int, list[str]]:
    """How many figures were looked at, and what is wrong with them."""
    text = artifact.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    return len(rows), [f"{artifact.name}: {fault}" for fault in _faults(rows, facts_of(dossiers))]


def audit_xlsx(artifact: Artifact, comparison: Comparison, dossiers: Sequence[Dossier], allowed: set[str]) -> tuple[int, list[str]]:
    """The sheet of figures as the CSV, the table cell by cell, the sources by their numbers."""
    sheets = read_xlsx(artifact.data)
    words = comparison.words
    facts = facts_of(dossiers)
    keys = {head: key for key, head in comparison.heads.items()}
    table, figures = sheets[words["sheet_table"]], sheets[words["sheet_facts"]]
    names = [keys.get(str(figures.get((0, at))), "") for at in range(len(keys))]
    last = max(row for row, _ in figures)
    rows = [{name: _text(figures.get((row, at), "")) for at, name in enumerate(names)} for row in range(1, last + 1)]
    faults = [*_faults(rows, facts), *_table(table, comparison, facts)]
    for name in (words["sheet_table"], words["sheet_sources"]):
        faults += _stray(sheets[name], allowed, name, comparison)
    return len(rows) + len(table), [f"{artifact.name}: {fault}" for fault in faults]


def _text(value: Cell) -> str:
    return format(value, "f") if isinstance(value, Decimal) else value


# ---------------------------------------------------------------- rows of figures


def _faults(rows: Sequence[Mapping[str, str]], facts: Facts) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        name = (row.get("column", ""), row.get("fact", ""))
        seen[name] += 1
        if name not in facts:
            yield f"a figure that is not settled: {'#'.join(name)}"
        else:
            yield from _differs(row, *facts[name])
    yield from (f"the figure {'#'.join(name)} is missing" for name in facts if not seen[name])
    yield from (f"the figure {'#'.join(name)} stands there {times} times" for name, times in seen.items() if times > 1)


def _differs(row: Mapping[str, str], dossier: Dossier, settled: Settled[Quantity]) -> Iterator[str]:
    """What of one row is not what was settled."""
    quantity, amount = settled.value, settled.value.amount
    name = f"{dossier.folder}#{quantity.id}"
    for key in _NUMBERS:
        if _decimal(row[key]) != getattr(amount, key):
            yield f"{key} of {name} is {row[key] or 'empty'}, settled is {getattr(amount, key)}"
    exact = (
        quantity.role.value,
        amount.kind.value,
        amount.unit,
        amount.bound.value,
        quantity.period or "",
        settled.origin.kind.value,
    )
    for key, value in zip(_EXACT, exact, strict=True):
        if row[key] != value:
            yield f"{key} of {name} is {row[key]!r}, settled is {value!r}"
    if row["per"] != "/".join(amount.per):
        yield f"per of {name} is {row['per']!r}"
    source = next((sheet.source for sheet in dossier.sheets if sheet.source.id == quantity.quote.source), None)
    if source is None:
        return
    said = _LOOSE.sub(" ", source.text[quantity.quote.start : quantity.quote.end]).strip()
    if _unguarded(row["quote"]) != said:
        yield f"quote of {name} is not the source's words: {row['quote']!r}"
    if _unguarded(row["sentence"]) not in _LOOSE.sub(" ", source.text):
        yield f"sentence of {name} does not stand in its source"


def _unguarded(text: str) -> str:
    """Without the space that keeps a spreadsheet from running a text."""
    return text.strip()


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return Decimal("NaN")


# ---------------------------------------------------------------- the table


def _table(table: Mapping[tuple[int, int], Cell], comparison: Comparison, facts: Facts) -> Iterator[str]:
    """Each cell of the table against the one figure that the comparison has there; its words against all of them."""
    for at, cell, unit in _cells(comparison):
        shown = table.get(at, "")
        figures = list(every(Figure, cell))
        if isinstance(shown, Decimal):
            if len(figures) != 1 or (figures[0].of, figures[0].fact) not in facts:
                yield f"the number {shown} at {at} stands for no one figure"
                continue
            amount = facts[figures[0].of, figures[0].fact][1].value.amount
            if amount.value != shown * _scale(unit, amount.kind) or amount.of is not None:
                yield f"the number {shown} {unit} at {at} is not the value of {figures[0].of}#{figures[0].fact}"
        elif Counter(t for figure in figures for t in tokens(figure.text)) - Counter(tokens(shown)):
            yield f"the cell at {at} lacks a figure: {shown!r}"
        elif not figures and tokens(shown):
            yield f"the cell at {at} has a number of nobody: {shown!r}"


def _scale(unit: str, kind: Kind) -> Decimal:
    return next((size for word, size in _SCALES.items() if unit.startswith(word)), Decimal(1)) if kind is Kind.MONEY else Decimal(1)


def _cells(comparison: Comparison) -> Iterator[tuple[tuple[int, int], ComparisonCell, str]]:
    """Where each cell of the comparison stands in the table, with its row's unit."""
    by_columns = comparison.layout is Layout.COLUMNS
    at = 3
    for group in comparison.sheet:
        at += by_columns
        for row in group.rows:
            for i, cell in enumerate(row.cells):
                yield ((at, 2 + i) if by_columns else (3 + i, at)), cell, row.unit
            at += 1


def _stray(sheet: Mapping[tuple[int, int], Cell], allowed: set[str], name: str, comparison: Comparison) -> Iterator[str]:
    """Numbers in texts, and numbers of notes and sources, that nobody said."""
    differences = {t for g in comparison.sheet for r in g.rows if r.difference for t in tokens(r.difference.text)}
    printed = {a for figure in every(Figure, comparison.sheet) for t in tokens(figure.text) for a in atoms(t)}
    known = allowed | printed | differences
    for (row, column), value in sheet.items():
        if isinstance(value, str):
            yield from (
                f"{t} on sheet {name} stands in no fact, profile or quotation" for t in tokens(value) if not atoms(t) & known
            )
        elif name == comparison.words["sheet_sources"] and not atoms(_text(value)) & allowed:
            yield f"{value} at {(row, column)} of sheet {name} numbers nothing"


# ---------------------------------------------------------------- the file


def read_xlsx(data: bytes) -> dict[str, dict[tuple[int, int], Cell]]:
    """The cells of each sheet by row and column, from 0; formulas count as text that nobody wrote."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{_S}t")) for item in etree.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        targets = {r.get("Id"): r.get("Target") for r in etree.fromstring(file.read("xl/_rels/workbook.xml.rels"))}
        book = etree.fromstring(file.read("xl/workbook.xml"))
        return {
            sheet.get("name"): _sheet(etree.fromstring(file.read(f"xl/{targets[sheet.get(f'{_R}id')]}")), strings)
            for sheet in book.iter(f"{_S}sheet")
        }


def _sheet(root: Any, strings: Sequence[str]) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    for cell in root.iter(f"{_S}c"):
        value = cell.find(f"{_S}v")
        if cell.find(f"{_S}f") is not None:
            cells[_place(cell.get("r"))] = f"={cell.find(f'{_S}f').text}"
        elif value is not None:
            told = value.text or ""
            cells[_place(cell.get("r"))] = strings[int(told)] if cell.get("t") == "s" else _number(told)
    return cells


def _number(text: str) -> Decimal:
    """The shortest decimal of a cell's double, which is what a spreadsheet shows; exact up to fifteen digits."""
    told = Decimal(repr(float(text)))
    return told.quantize(Decimal(1)) if told == told.to_integral_value() else told


def _place(name: str) -> tuple[int, int]:
    """``B3`` → ``(2, 1)``."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1
