"""The audit of a comparison: every number of its page, its PDF, its spreadsheet and its CSV against the dossiers.

1. *Page*: a marked figure names its dossier (``data-of``) and fact, and must read as that fact's value; it must stand in the column
   or row of that dossier.  A difference names both its figures and must be their difference.  Everything else as in a brief.
2. *PDF*: only numbers that may be printed, and every figure of the page.
3. *CSV and sheet of figures*: every settled figure of every dossier exactly once, all its parts equal.
4. *Table of the spreadsheet*: each cell of numbers is the value of the one figure that the comparison has there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.audit.check import Page, ReadAmount, of_notes, pdf_text, said, same_value
from toolkit.audit.numbers import atoms, of_value, tokens
from toolkit.audit.sheet import audit_csv, audit_xlsx
from toolkit.errors import AuditError
from toolkit.model.amount import Kind
from toolkit.model.artifact import Artifact
from toolkit.model.comparison import Comparison
from toolkit.model.dossier import Dossier
from toolkit.model.fact import Quantity
from toolkit.model.text import Source

_SIZES = {"tỷ": Decimal(10) ** 9, "triệu": Decimal(10) ** 6}


def audit_comparison(
    comparison: Comparison, dossiers: Sequence[Dossier], artifacts: Sequence[Artifact], read_amounts: ReadAmount
) -> int:
    """Check all artifacts; return how many printed numbers were looked at, or raise ``AuditError`` that lists every fault."""
    facts = {f"{d.folder}#{s.value.id}": s.value for d in dossiers for s in d.quantities}
    sources = {sheet.source.id: sheet.source for d in dossiers for sheet in d.sheets}
    allowed = of_value(comparison.constants) | of_notes(comparison.notes, sources)
    for dossier in dossiers:
        allowed |= said(dossier)
    faults: list[str] = []
    looked = 0
    pages: list[_Page] = []
    for artifact in artifacts:
        if artifact.media_type == "text/html":
            page = _Page(artifact, facts, sources, read_amounts, comparison.words)
            pages.append(page)
            looked += len(page.loose) + len(page.figures)
            faults += page.faults
            faults += [_stray(artifact, t) for t in page.loose if not atoms(t) & allowed]
    for artifact in artifacts:
        if artifact.media_type == "application/pdf":
            numbers, wrong = _pdf(artifact, pages, allowed)
            looked += numbers
            faults += wrong
        elif artifact.name.endswith(".csv"):
            numbers, wrong = audit_csv(artifact, dossiers)
            looked += numbers
            faults += wrong
        elif artifact.name.endswith(".xlsx"):
            numbers, wrong = audit_xlsx(artifact, comparison, dossiers, allowed)
            looked += numbers
            faults += wrong
    if faults:
        unique = list(dict.fromkeys(faults))
        raise AuditError(
            f"{len(unique)} printed number(s) cannot be traced:\n    " + "\n    ".join(unique[:20]),
            where=comparison.folder,
            remedy="the comparison was not written; if a template adds numbers of its own, take them out, else report the fault",
        )
    return looked


def _stray(artifact: Artifact, token: str) -> str:
    return f"{artifact.name}: {token} stands in no fact, profile or quotation"


def _pdf(artifact: Artifact, pages: Sequence[_Page], allowed: set[str]) -> tuple[int, list[str]]:
    text, count = pdf_text(artifact.data)
    numbers = tokens(text)
    known = allowed | {str(n) for n in range(1, count + 1)}
    known |= {a for page in pages for t in tokens(page.text) for a in atoms(t)}
    missing = Counter(t for page in pages for figure in page.printed for t in tokens(figure)) - Counter(numbers)
    faults = [_stray(artifact, t) for t in numbers if not atoms(t) & known]
    return len(numbers), faults + [f"{artifact.name}: the figure {t!r} is missing" for t in missing]


class _Page(Page):
    """The page of a comparison: figures name their dossiers and stand under them, differences are computed again."""

    def __init__(
        self,
        artifact: Artifact,
        facts: Mapping[str, Quantity],
        sources: Mapping[str, Source],
        read_amounts: ReadAmount,
        words: Mapping[str, str],
    ) -> None:
        self._words_of = words
        self.printed: list[str] = []
        super().__init__(artifact, facts, sources, read_amounts)
        self._places(artifact)

    def _marked(self, attributes: Mapping[str, str], text: str) -> None:
        fact = f"{attributes.get('data-of', '')}#{attributes['data-fact']}"
        self.printed.append(text)
        if "data-less" in attributes:
            self._difference(fact, f"{attributes.get('data-less-of', '')}#{attributes['data-less']}", text)
        else:
            self._figure(fact, text)

    def _difference(self, fact: str, less: str, text: str) -> None:
        """The printed words against the difference of both facts: direction, number, unit."""
        self.figures.append(text)
        now, before = self._facts.get(fact), self._facts.get(less)
        if now is None or before is None or now.amount.value is None or before.amount.value is None:
            self.faults.append(f"{self.name}: the difference {text!r} names a fact that is not settled: {fact}, {less}")
            return
        words, value = self._words_of, now.amount.value - before.amount.value
        numbers = tokens(text)
        wanted = words["up"] if value > 0 else words["down"] if value < 0 else words["same"]
        size = _plain(numbers[0]) if len(numbers) == 1 else Decimal(0)
        if now.amount.kind is Kind.MONEY:
            size *= next((factor for word, factor in _SIZES.items() if f"\u00a0{word}" in text), Decimal(1))
        alike = (now.amount.kind, now.amount.unit, now.amount.per) == (before.amount.kind, before.amount.unit, before.amount.per)
        if not (alike and text.startswith(wanted) and size == abs(value) and len(numbers) == (1 if value else 0)):
            self.faults.append(f"{self.name}: {text!r} is not the difference of {fact} and {less}")

    def _places(self, artifact: Artifact) -> None:
        """Every figure of a table stands in the column, or the row, of its own dossier."""
        from lxml import html

        root = html.document_fromstring(artifact.data.decode("utf-8"))
        for table in root.iter("table"):
            columns = [cell.get("data-of") for row in table.iter("thead") for cell in row.iter("th")]
            for row in table.iter("tr"):
                self._row(row, columns)
        for part in root.xpath("//div[@data-of]"):
            self._belong(part, part.get("data-of"))

    def _row(self, row: Any, columns: Sequence[str | None]) -> None:
        owner = next((cell.get("data-of") for cell in row.iter("th") if cell.get("data-of")), None)
        if owner and row.getparent().tag == "tbody":
            self._belong(row, owner)
            return
        for cell, column in zip(row, columns, strict=False):
            if column and row.getparent().tag == "tbody":
                self._belong(cell, column)

    def _belong(self, node: Any, owner: str | None) -> None:
        for figure in node.iter("data"):
            if figure.get("data-of") != owner and figure.get("data-less") is None:
                self.faults.append(f"{self.name}: a figure of {figure.get('data-of')} stands under {owner}")


def _plain(token: str) -> Decimal:
    return Decimal(token.replace(".", "").replace(",", "."))


__all__ = ["audit_comparison", "same_value"]
