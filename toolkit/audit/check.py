"""The audit of one brief: its HTML, its PDF's text, its Word document, and the facts beside them.

Three questions, each strict where it can be:

1. *Marked figures* (``<data data-fact=ID>``; in Word runs in the style *Số liệu*) are read again by the number grammar and must
   have the value of the fact they name.
2. *Quotations* (elements with ``data-source``, ``data-start``, ``data-end``; in Word bookmarks that name these) must be the
   source's own words, spacing and case apart; pieces around a visible ellipsis must stand there in that order.  Superscripts (note
   numbers) are not part of them.
3. *Every other number* must occur in a settled fact, in the profile's values, in a checked quotation or among the constants of the
   standard brief (section numbers, note numbers).  The PDF may hold page numbers besides; PDF and Word must hold every figure.

What leaves without marks (newsletter inserts and their twins, a picture) is audited by the marked page it was made of, then held
against that page (``twins``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.audit.numbers import atoms, of_value, squash, tokens
from toolkit.audit.twins import differences
from toolkit.audit.word import MEDIA_TYPE as WORD
from toolkit.audit.word import read_word
from toolkit.errors import AuditError, TemplateError
from toolkit.model.amount import Amount, Kind
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief, Figure, Note
from toolkit.model.dossier import Dossier, OriginKind
from toolkit.model.fact import Quantity
from toolkit.model.text import Source
from toolkit.model.walk import every
from toolkit.model.wording import number as amount_words

TIME = frozenset({"năm", "tháng", "tuần", "ngày", "giờ"})
"""Units that make a figure a length of time."""

ReadAmount = Callable[[str], Sequence[Amount]]
"""Reads the quantities of a printed text; the pipeline passes the extractor's own number grammar."""

_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")


def audit(brief: Brief, dossier: Dossier, artifacts: Sequence[Artifact], read_amounts: ReadAmount) -> int:
    """Check all artifacts; return how many printed numbers were looked at, or raise ``AuditError`` that lists every fault."""
    facts = {s.value.id: s.value for s in dossier.quantities}
    sources = {sheet.source.id: sheet.source for sheet in dossier.sheets}
    allowed = _allowed(brief, dossier, sources)
    faults: list[str] = []
    looked = 0
    html_tokens: set[str] = set()
    figures: list[str] = []
    for artifact in artifacts:
        if artifact.marked:
            page = Page(replace(artifact, data=artifact.marked), facts, sources, read_amounts)
            looked += len(page.loose) + len(page.figures)
            faults += page.faults
            faults += [
                f"{artifact.name}: {t} stands in no fact, profile or quotation" for t in page.loose if not atoms(t) & allowed
            ]
            faults += [f"{artifact.name}: {what}" for what in differences(artifact, page.text, page.figures, page.quotations)]
        elif artifact.media_type == "text/html":
            page = Page(artifact, facts, sources, read_amounts)
            faults += page.faults
            figures += page.figures
            numbers = page.loose
            looked += len(numbers) + len(page.figures)
            faults += [f"{artifact.name}: {t} stands in no fact, profile or quotation" for t in numbers if not atoms(t) & allowed]
            html_tokens |= {a for t in tokens(page.text) for a in atoms(t)}
    for artifact in artifacts:
        if artifact.media_type == "application/pdf":
            text, pages = pdf_text(artifact.data)
            numbers = tokens(text)
            looked += len(numbers)
            known = allowed | html_tokens | {str(n) for n in range(1, pages + 1)}
            faults += [f"{artifact.name}: {t} stands in no fact, profile or quotation" for t in numbers if not atoms(t) & known]
            printed = set(numbers)
            faults += [
                f"{artifact.name}: the figure {figure!r} is missing" for figure in figures if not set(tokens(figure)) <= printed
            ]
        elif artifact.media_type == WORD:
            numbers, wrong = _word(artifact, brief, facts, sources, read_amounts)
            looked += len(numbers) + sum(1 for _ in every(Figure, brief))
            faults += wrong
            faults += [f"{artifact.name}: {t} stands in no fact, profile or quotation" for t in numbers if not atoms(t) & allowed]
    if faults:
        unique = list(dict.fromkeys(faults))
        raise AuditError(
            f"{len(unique)} printed number(s) cannot be traced:\n    " + "\n    ".join(unique[:20]),
            where=brief.folder,
            remedy="the brief was not written; if a template adds numbers of its own, take them out, else report the fault",
        )
    return looked


class Page:
    """One HTML page taken apart: marked figures checked, quotations checked, the rest kept as loose numbers."""

    def __init__(
        self, artifact: Artifact, facts: Mapping[str, Quantity], sources: Mapping[str, Source], read_amounts: ReadAmount
    ) -> None:
        from lxml import etree, html

        self.name = artifact.name
        self.faults: list[str] = []
        self.figures: list[str] = []
        self.quotations: list[str] = []
        self.loose: list[str] = []
        self._facts, self._sources, self._read = facts, sources, read_amounts
        try:
            root = html.document_fromstring(artifact.data.decode("utf-8"))
        except etree.ParserError as error:
            raise TemplateError(
                "the template printed nothing", where=artifact.name, remedy="write it, or take it out of the folder of templates"
            ) from error
        self.text = ""
        parts: list[str] = []
        self._walk(root, parts, inside=False)
        self.text = "".join(parts)

    def _walk(self, node: object, parts: list[str], *, inside: bool) -> None:
        tag = getattr(node, "tag", None)
        if not isinstance(tag, str) or tag in ("script", "style", "svg", "template"):
            # Drawings carry coordinates; what they say stands in their title and is printed beside them as a figure.
            if tag == "svg":
                self._svg(node, parts)
            return
        attributes: Mapping[str, str] = node.attrib  # type: ignore[attr-defined]
        text = _words(node)
        if "data-fact" in attributes and tag == "data":
            # A table may print the unit in a column of its own; the figure is the number with it.
            self._marked(attributes, f"{text} {attributes['data-unit']}" if "data-unit" in attributes else text)
            parts.append(text)
            return
        quoted = "data-start" in attributes and "data-source" in attributes
        if quoted:
            self._quotation(attributes, text)
        self._own(node.text, parts, inside or quoted)  # type: ignore[attr-defined]
        for child in node:  # type: ignore[attr-defined]
            self._walk(child, parts, inside=inside or quoted)
            self._own(child.tail, parts, inside or quoted)
        if tag in ("p", "li", "td", "th", "dd", "dt", "div", "h1", "h2", "h3", "h4", "summary", "br", "title"):
            parts.append("\n")

    def _svg(self, node: object, parts: list[str]) -> None:
        for label in node.iter("{*}title", "{*}desc", "{*}text"):  # type: ignore[attr-defined]
            self._own(label.text, parts, inside=False)

    def _own(self, text: str | None, parts: list[str], inside: bool) -> None:
        if not text:
            return
        parts.append(text)
        if not inside:
            self.loose += tokens(text)

    def _marked(self, attributes: Mapping[str, str], text: str) -> None:
        self._figure(attributes["data-fact"], text)

    def _figure(self, fact: str, text: str) -> None:
        self.figures.append(text)
        quantity = self._facts.get(fact)
        if quantity is None:
            self.faults.append(f"{self.name}: the figure {text!r} names a fact that is not settled: {fact}")
            return
        if not reads_as(text, quantity.amount, self._read):
            self.faults.append(f"{self.name}: {text!r} does not read as the value of {fact} ({describe(quantity.amount)})")

    def _quotation(self, attributes: Mapping[str, str], text: str) -> None:
        self.quotations.append(text)
        source = self._sources.get(attributes["data-source"])
        if source is None:
            self.faults.append(f"{self.name}: a quotation names an unknown source {attributes['data-source']}")
            return
        wrong = not_said(source.text[int(attributes["data-start"]) : int(attributes["data-end"])], text)
        if wrong:
            self.faults.append(f"{self.name}: not the source's words: {wrong!r}")


def not_said(original: str, quoted: str) -> str:
    """The first piece of ``quoted`` that does not stand in ``original``; pieces are what lies around an ellipsis, in order."""
    whole, at = squash(original), 0
    for piece in _ELLIPSIS.split(quoted):
        wanted = squash(piece).strip(".,;:")
        found = whole.find(wanted, at)
        if found < 0:
            return piece.strip()[:80]
        at = found + len(wanted)
    return ""


def _word(
    artifact: Artifact, brief: Brief, facts: Mapping[str, Quantity], sources: Mapping[str, Source], read_amounts: ReadAmount
) -> tuple[list[str], list[str]]:
    """A Word document's numbers outside figures and quotations, and what is wrong with those inside."""
    page = read_word(artifact.data)
    faults = []
    printed = Counter(squash(figure.text) for figure in page.figures)
    said = [(squash(figure.text), figure) for figure in every(Figure, brief)]
    named: dict[str, list[Figure]] = {}
    for text, figure in said:
        named.setdefault(text, []).append(figure)
    for shown in dict.fromkeys(page.figures):
        meant = [figure for figure in named.get(squash(shown.text), ()) if figure.fact in facts]
        # A figure without its unit takes the one of its row; where that is another, it proves nothing.
        meant = [figure for figure in meant if not figure.unit or squash(figure.unit) == squash(shown.unit)]
        told = ((f"{shown.text} {figure.unit}".rstrip(), facts[figure.fact].amount) for figure in meant)
        if not any(reads_as(text, amount, read_amounts) for text, amount in told):
            whole = " ".join(f"{shown.text} {shown.unit}".split())
            faults.append(f"{artifact.name}: {whole!r} does not read as the value of any fact of the brief")
    lost = Counter(text for text, _ in said) - printed
    faults += [f"{artifact.name}: the figure {figure.text!r} is missing" for text, figure in said if text in lost]
    for quotation in page.quotations:
        source = sources.get(quotation.source)
        if source is None:
            faults.append(f"{artifact.name}: a quotation names an unknown source {quotation.source}")
        elif wrong := not_said(source.text[quotation.start : quotation.end], quotation.text):
            faults.append(f"{artifact.name}: not the source's words: {wrong!r}")
    return [token for text in page.loose for token in tokens(text)], faults


def _words(node: object) -> str:
    """All text under a node except superscripts (note numbers) and what is hidden from readers in pop-ups."""
    text = getattr(node, "text", None) or ""
    for child in node:  # type: ignore[attr-defined]
        if isinstance(child.tag, str) and child.tag != "sup":
            text += _words(child)
        text += child.tail or ""
    return text


def reads_as(text: str, amount: Amount, read_amounts: ReadAmount) -> bool:
    """Whether a printed figure is read as an amount.

    A rank alone (``thứ 8``) is no quantity to the number grammar, which needs the words around it: its one number must be the rank.
    A length of time alone (``2 năm``) is a period to it: its number must be the value, its unit must follow.
    """
    if amount.kind is Kind.RANK and amount.value is not None:
        return [token for token in tokens(text) if token] == [format(amount.value, "f")]
    if amount.unit in TIME and amount.value is not None and not amount.per:
        numbers = [amount_words(value) for value in (amount.value, amount.of) if value is not None]
        return tokens(text) == numbers and " ".join(text.split()).endswith(f"{'/'.join(numbers)} {amount.unit}")
    return any(same_value(read, amount) for read in read_amounts(text))


def same_value(a: Amount, b: Amount) -> bool:
    """Whether two amounts say the same number of the same sort of thing; bound and unit words are not compared."""
    kinds_agree = a.kind is b.kind or {a.kind, b.kind} <= {Kind.COUNT, Kind.MEASURE, Kind.RANK, Kind.RATIO}
    return kinds_agree and (a.value, a.low, a.high, a.of) == (b.value, b.low, b.high, b.of)


def describe(amount: Amount) -> str:
    """A plain rendering for messages: ``11708000000 đồng``, ``93.15-93.9 %``, ``11/12 chỉ tiêu``."""

    def plain(x: Decimal | None) -> str:
        return "?" if x is None else format(x.normalize(), "f")

    number = f"{plain(amount.low)}-{plain(amount.high)}" if amount.is_range else plain(amount.value)
    if amount.of is not None:
        number += f"/{plain(amount.of)}"
    return f"{number} {amount.unit}".strip()


def _allowed(brief: Brief, dossier: Dossier, sources: Mapping[str, Source]) -> set[str]:
    return said(dossier) | of_value(brief.constants) | of_notes(brief.notes, sources)


def said(dossier: Dossier) -> set[str]:
    """The numbers of everything settled about a locality, and of what its sources say of themselves."""
    allowed = of_value(replace(dossier, sheets=()))
    allowed |= of_value(tuple(sheet.source for sheet in dossier.sheets))
    allowed |= of_value([s.origin.ref for s in dossier.quantities if s.origin.kind is OriginKind.PROFILE])
    for sheet in dossier.sheets:
        allowed |= of_value((sheet.published, sheet.theme, sheet.locality, sheet.inferred_term, sheet.inferred_next_term))
    return allowed


def of_notes(notes: Sequence[Note], sources: Mapping[str, Source]) -> set[str]:
    """The numbers of notes: their own, those of sentences that stand in their source, and of a profile's reasons."""
    allowed = {str(note.number) for note in notes}
    texts = {source.id: squash(source.text) for source in sources.values()}
    for note in notes:
        if note.source in texts and squash(note.quote).strip("….") in texts[note.source]:
            allowed |= of_value(note.quote)
        allowed |= of_value((note.profile, note.reason))
    return allowed


def pdf_text(data: bytes) -> tuple[str, int]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\n".join(pages), len(pages)
