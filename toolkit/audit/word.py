"""A Word document as the audit needs it: figures, quotations, and every other word on paper.

Read from the file's own XML (document, notes, headers and footers), not through the library that wrote it.  Fields that Word
computes (page numbers, references to notes) are passed over when they show nothing but a number.  In a table whose rows print
the unit in a column of its own, each figure is given that unit beside its text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRINTED = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_QUOTATION = re.compile(r"q_(?P<source>[0-9a-f]+)_(?P<start>\d+)_(?P<end>\d+)")
_COMPUTED = re.compile(r"\s*(?:(?:PAGE|NUMPAGES)\b|(?:NOTE)?REF _ChuThich\d+\b)")
_MARK_STYLE = "DauHoSo"
_FIGURE_STYLES = ("SoLieu", "SoLieuDaChot")
_UNIT_STYLE = "DonVi"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is marked: its text, and the unit that its table row prints in a column (empty elsewhere)."""

    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the document gives as a source's own, and where they are said to stand."""

    source: str
    start: int
    end: int
    text: str


@dataclass
class WordText:
    """``figures`` marked as such, ``quotations``, and ``loose``: for each paragraph what is neither."""

    figures: list[Printed] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def read_word(data: bytes) -> WordText:
    """Everything that a Word file prints."""
    from lxml import etree

    found = WordText()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if _PRINTED.fullmatch(name):
                for paragraph in etree.fromstring(file.read(name)).iter(f"{_W}p"):
                    _Paragraph(found, _unit(paragraph)).read(paragraph)
    return found


def _unit(paragraph: Any) -> str:
    """The unit in a column of the table row that a paragraph stands in."""
    row = next(paragraph.iterancestors(f"{_W}tr"), None)
    return "" if row is None else "".join(_text(run) for run in row.iter(f"{_W}r") if _style(run) == _UNIT_STYLE)


def _style(run: Any) -> str:
    """The character style of a run; empty for none."""
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


class _Paragraph:
    """One paragraph; quotations open and close in it."""

    def __init__(self, found: WordText, unit: str) -> None:
        self._found, self._unit = found, unit
        self._open: dict[str, tuple[re.Match[str], list[str]]] = {}
        self._loose: list[str] = []

    def read(self, paragraph: Any) -> None:
        self._children(paragraph)
        # A bookmark that ends elsewhere proves nothing; its words count as anybody's.
        for _, texts in self._open.values():
            self._loose += texts
        self._found.loose.append("".join(self._loose))

    def _children(self, node: Any) -> None:
        for child in node:
            tag = str(child.tag).removeprefix(_W)
            if tag == "bookmarkStart":
                if match := _QUOTATION.fullmatch(child.get(f"{_W}name", "")):
                    self._open[child.get(f"{_W}id")] = (match, [])
            elif tag == "bookmarkEnd":
                self._close(child.get(f"{_W}id"))
            elif tag == "r":
                self._run(child)
            elif tag == "fldSimple" and _COMPUTED.match(child.get(f"{_W}instr", "")) and _text(child).isdigit():
                continue
            else:
                self._children(child)

    def _close(self, identity: str) -> None:
        if identity in self._open:
            match, texts = self._open.pop(identity)
            place = int(match["start"]), int(match["end"])
            self._found.quotations.append(Quotation(match["source"], *place, "".join(texts)))

    def _run(self, run: Any) -> None:
        text = _text(run)
        style = _style(run)
        if style == _MARK_STYLE and not any(c.isalnum() for c in text):
            return  # the sign of a settled value is nobody's word
        figure = style in _FIGURE_STYLES
        if figure:
            self._found.figures.append(Printed(text, self._unit))
        if self._open:
            for _, texts in self._open.values():
                texts.append(text)
        else:
            self._loose.append(" " if figure else text)


def _text(node: Any) -> str:
    """Words below a node; breaks and tabs keep numbers apart."""
    parts = []
    for item in node.iter():
        if item.tag == f"{_W}t":
            parts.append(item.text or "")
        elif item.tag in (f"{_W}br", f"{_W}tab", f"{_W}cr"):
            parts.append(" ")
    return "".join(parts)
