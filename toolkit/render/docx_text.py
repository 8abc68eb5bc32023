"""Words, figures and footnotes as Word keeps them: the marks by which an office edits a brief and the audit reads it again.

- A figure is a run in the character style *Số liệu* (*Số liệu đã chốt* where a profile settled it).
- Words of a source stand between the ends of a hidden bookmark ``q_<source>_<start>_<end>``.
- A note of a publication is a real footnote where it is first needed; later places refer to it by a ``NOTEREF`` field, which Word
  renumbers.  A note of an official form is an entry of the numbered list after the signature; all places refer to it by ``REF``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.lexicon import load
from toolkit.model.brief import Brief, Figure, Item, Note, Run

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold; none of them prints."""


def said(name: str) -> Any:
    """A word of ``data/word/words.yaml``."""
    return load("word/words")[name]


def element(tag: str, **attributes: str | int) -> Any:
    """An element of WordprocessingML; attribute names stand without their prefix, ``space`` is XML's own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def text_run(text: str, style: str = "") -> Any:
    """One run; spaces at its ends survive."""
    from docx.oxml.ns import qn

    made = element("r")
    if style:
        properties = element("rPr")
        properties.append(element("rStyle", val=style))
        made.append(properties)
    for i, line in enumerate(_NO_XML.sub("", text).split("\n")):
        if i:
            made.append(element("br"))
        for j, piece in enumerate(line.split("\t")):
            if j:
                made.append(element("tab"))
            words = element("t")
            words.text = piece
            words.set(qn("xml:space"), "preserve")
            made.append(words)
    return made


def field(instruction: str, shown: str, style: str = "") -> Any:
    """A field with the result that is shown until Word computes it anew."""
    made = element("fldSimple", instr=f" {instruction} ")
    made.append(text_run(shown, style))
    return made


def any_settled(*runs: Run) -> bool:
    """Whether a figure of these lines carries the mark of a profile itself."""
    return any(isinstance(part, Figure) and part.settled for run in runs for part in run)


class Writer:
    """Puts runs into paragraphs and keeps what numbers they need: footnotes in order, bookmarks."""

    def __init__(self, brief: Brief, *, listed: bool = False) -> None:
        """``listed``: notes are a list of the document's own instead of footnotes, and settled values bear no sign in the text."""
        self.listed = listed
        self._notes: Mapping[int, Note] = {note.number: note for note in brief.notes}
        self._lines = {source.id: source.number for source in brief.sources}
        self._numbers: dict[int, int] = {}
        self._bookmarks = 0
        self.footnotes: list[Any] = []
        self.settled = False
        """Whether anything was marked as settled, so that the marks need their legend."""

    @property
    def unplaced(self) -> tuple[int, ...]:
        """Notes that no text referred to so far."""
        return tuple(number for number in self._notes if number not in self._numbers)

    def run(self, paragraph: Any, parts: Run, style: str = "") -> None:
        """A line of text; each figure marked, its own note behind it."""
        for part in parts:
            if isinstance(part, Figure):
                self.figure(paragraph, part, part.text)
                if part.settled:
                    self.mark(paragraph)
                self.references(paragraph, (part.note,) if part.note else ())
            elif part:
                paragraph._p.append(text_run(part, style))

    def figure(self, paragraph: Any, figure: Figure, text: str) -> None:
        self.settled = self.settled or (figure.settled and not self.listed)
        paragraph._p.append(text_run(text, "SoLieuDaChot" if figure.settled else "SoLieu"))

    def item(self, paragraph: Any, item: Item, *, label: bool = True) -> None:
        """An entry: its label, its words, its notes, its mark."""
        if item.label and label:
            paragraph._p.append(text_run(item.label + " ", "Strong"))
        if item.quote_of:
            with_bookmark = self._bookmark(f"q_{item.quote_of[0]}_{item.quote_of[1]}_{item.quote_of[2]}")
            paragraph._p.append(with_bookmark[0])
            self.run(paragraph, item.text)
            paragraph._p.append(with_bookmark[1])
        else:
            self.run(paragraph, item.text, "ChuaCo" if item.gap else "")
        if item.settled and not any_settled(item.text):
            self.mark(paragraph)
        self.references(paragraph, item.notes)

    def mark(self, paragraph: Any) -> None:
        """The mark of a value that a profile settled; without marks its note alone tells."""
        if self.listed:
            return
        self.settled = True
        paragraph._p.append(text_run("\u00a0" + said("settled"), "DauHoSo"))

    def references(self, paragraph: Any, numbers: Iterable[int]) -> None:
        """Footnotes, or references to notes that stand elsewhere; commas keep neighbours apart."""
        for i, number in enumerate(n for n in dict.fromkeys(numbers) if n in self._notes):
            if i:
                paragraph._p.append(text_run(",", "FootnoteReference"))
            if self.listed:
                self._numbers[number] = number
                paragraph._p.append(field(f"REF _ChuThich{number} \\n \\h", str(number), "FootnoteReference"))
            elif number in self._numbers:
                instruction = f"NOTEREF _ChuThich{number} \\f \\h"
                paragraph._p.append(field(instruction, str(self._numbers[number]), "FootnoteReference"))
            else:
                self._footnote(paragraph, self._notes[number])

    def listed_note(self, paragraph: Any, note: Note) -> None:
        """A note as an entry of a list, to be referred to."""
        start, end = self._bookmark(f"_ChuThich{note.number}")
        reason = note.reason or (said("settled_by") if note.profile else "")
        words = " ".join(part for part in (self._quoted(note), f"({reason})" if reason else "") if part)
        paragraph._p.extend((start, text_run(words), end))

    def _footnote(self, paragraph: Any, note: Note) -> None:
        identity = self._numbers[note.number] = len(self._numbers) + 1
        start, end = self._bookmark(f"_ChuThich{note.number}")
        reference = text_run("", "FootnoteReference")
        reference.remove(reference[-1])
        reference.append(element("footnoteReference", id=identity))
        paragraph._p.extend((start, reference, end))
        self.footnotes.append(self._note_text(identity, note))

    def _note_text(self, identity: int, note: Note) -> Any:
        made, paragraph, properties = element("footnote", id=identity), element("p"), element("pPr")
        properties.append(element("pStyle", val="FootnoteText"))
        mark = text_run("", "FootnoteReference")
        mark.remove(mark[-1])
        mark.append(element("footnoteRef"))
        words = self._quoted(note)
        paragraph.extend((properties, mark, text_run(f" {words}" if words else "")))
        if note.reason or note.profile:
            self.settled = True
            paragraph.append(text_run(f" {said('settled')} {note.reason or said('settled_by')}"))
        made.append(paragraph)
        return made

    def _quoted(self, note: Note) -> str:
        """A note's passage as far as it is shown, and the number of its source where there are several."""
        before, after = ("… " if note.cut[0] else ""), (" …" if note.cut[1] and not note.quote.endswith("…") else "")
        words = f"{before}{note.quote}{after}" if note.quote else ""
        several = note.source in self._lines and len(self._lines) > 1
        return f"{words} [{self._lines[note.source]}]" if several else words

    def _bookmark(self, name: str) -> tuple[Any, Any]:
        self._bookmarks += 1
        return element("bookmarkStart", id=self._bookmarks, name=name[:40]), element("bookmarkEnd", id=self._bookmarks)
