"""Findings of outloud that are none here: each is set aside only after a look at the file shows that it does not hold."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf

sys.path.insert(0, str(Path(__file__).parents[1] / "render"))

from tagged_pdf import content, elements, head_texts, kids, read_text

FOLIO = re.compile(r"\s*\d+(?:/\d+)?$")


def holds(finding: Mapping[str, Any], file: Path) -> bool:
    """Whether a finding stays.

    ``TAG-002``, prose that is an artifact: outloud knows running titles by their return on many pages, so the title of a document
    of one page and the head of a table said again on its second page look like lost prose to it.  They are not lost when the same
    words are read elsewhere, or all of them in the head of a table.
    ``TBL-014``, a ruled grid that no table covers: outloud looks for a table where it begins; one that goes on from the page before
    covers its grid as well.
    ``TBL-010``, shredded headers: outloud counts header cells, and a table whose rows are named and stand in named groups has many.
    Nothing is shredded when each table has one row of column heads at most and each of its other rows one header cell.
    """
    data = file.read_bytes()
    if finding["rule"] == "TAG-002":
        return not all(_read_elsewhere(line, data) for line in str(finding.get("evidence") or "\n").split("; "))
    if finding["rule"] == "TBL-014":
        return int(finding["page"]) not in _pages_with_tables(data)
    if finding["rule"] == "TBL-010":
        return not _headers_are_regular(data)
    return True


def _read_elsewhere(line: str, data: bytes) -> bool:
    """Whether all words of a line, its page number apart, stand in the text that is read, or in the title."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        read = _bare(read_text(data) + str(pdf.docinfo.get("/Title", "")))
    words = _bare(FOLIO.sub("", line.rstrip("…")))
    return bool(words) and (words in read or _of_heads(line.rstrip("…"), data))


def _of_heads(line: str, data: bytes) -> bool:
    """Whether a line is one of a table's head: heads of several lines stand side by side, and are read cell by cell."""
    heads = {word for text in head_texts(data) for word in text.casefold().split()}
    words = line.casefold().split()
    return bool(words) and set(words) <= heads


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _pages_with_tables(data: bytes) -> set[int]:
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    cells = (element for element in elements(pdf) if str(element.S) in ("/TD", "/TH"))
    return {numbers[page.objgen] for cell in cells for page, _ in content(cell)}


def _headers_are_regular(data: bytes) -> bool:
    pdf = pikepdf.open(io.BytesIO(data))
    heads = [element for element in elements(pdf) if str(element.S) == "/THead"]
    rows = [row for element in elements(pdf) if str(element.S) == "/TBody" for row in kids(element)]
    return all(len(kids(head)) == 1 for head in heads) and all(sum(str(cell.S) == "/TH" for cell in kids(row)) <= 1 for row in rows)
