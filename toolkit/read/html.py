"""Web pages: the article's block, walked by ourselves for its headings, paragraphs, list items and tables.

trafilatura says where the article is and who published it when; it is right about that more often than simpler means, but it also
drops short lines, and a fact must not be lost.  So its answer only chooses the element: the smallest one that holds nearly all of
what it extracted, together with what stands between the page's headline and that element.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from toolkit.errors import ReadError
from toolkit.lexicon import load
from toolkit.model.text import BlockKind, Source
from toolkit.read.building import Builder, SpanCell, grid, raised
from toolkit.read.text import decode

MATCH_LETTERS = 48
"""Letters by which a paragraph of trafilatura is found again on the page."""
SITE_NAME_MAX = 10
"""Letters of an h1 that may be the name of the site rather than a headline."""
HELD = 0.9
"""Share of the extracted letters that the chosen element must hold."""
LINKED = 0.7
"""Share of linked letters from which a group is a list of links."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset(_HEADINGS) | {
    *(
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    ),
    *(
        "figure",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
    ),
    *("thead", "tr", "ul"),
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w\-]{3,20})", re.IGNORECASE)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_NEVER_NESTED = frozenset(
    ("br", "hr", "script", "style", "noscript", "template", "title", "meta", "textarea", "select", *_HEADINGS)
)
_NOT_LETTER = re.compile(r"\W+")
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as a web page; raises ``ReadError`` when it holds no text."""
    text, encoding = _decoded(data, name)
    tree = _tree(text, name)
    article = _extracted(text)
    container = _container(tree, article)
    _mark_raised(tree)  # only now: what was extracted is found again by its letters
    title = _clean(getattr(article, "title", None)) or _clean(tree.findtext(".//title"))
    headline = _headline(tree, title)
    builder = Builder()
    if headline is not None or title:
        builder.add(_string(headline) if headline is not None else title or "", BlockKind.HEADING, 1)
    for element in (*_between(headline, container), container):
        _Walk(builder, container, headline).element(element)
    date = _DATE.match(getattr(article, "date", None) or "")
    return Source(
        path=name,
        text=builder.text,
        sha256=sha256,
        media_type="text/html",
        own_text=False,
        title=_string(headline) if headline is not None else title,
        published=date[0] if date else None,
        publisher=_clean(getattr(article, "sitename", None)),
        author=_clean(getattr(article, "author", None)),
        url=_clean(getattr(article, "url", None)),
        encoding=encoding,
        blocks=tuple(builder.blocks),
    )


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The page's text in the encoding it names, when that fits; else as for plain text."""
    declared = _META_CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = declared[1].decode("ascii").lower()
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, name)


def _tree(text: str, name: str) -> Any:
    """The page's elements.  One that nests deeper than the parser follows, which then leaves out the rest, is flattened first."""
    from lxml import etree, html

    text = _XML_HEAD.sub("", text).replace("\x00", "")
    parser = html.HTMLParser()
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        if not _too_deep(parser):
            raise ReadError(
                "there is no text in this page", where=name, remedy="save the article's text as .txt or .docx"
            ) from error
    else:
        if not _too_deep(parser):
            return tree
    return html.document_fromstring(f"<body>{_TAG.sub(_flat, text)}</body>")


def _mark_raised(tree: Any) -> None:
    """Raised numbers as plain text can hold them."""
    for element in tree.iter("sup"):
        before = element.getprevious()
        told = (element.getparent().text if before is None else before.tail) or ""
        said = raised(told.rstrip(), _string(element))
        if said != _string(element):
            tail = element.tail
            element.clear()
            element.text, element.tail = said, tail


def _too_deep(parser: Any) -> bool:
    return any("depth" in entry.message for entry in parser.error_log)


def _flat(tag: re.Match[str]) -> str:
    """A tag without its nesting: a block begins a paragraph, what is no text stays marked, all else falls away."""
    name = tag[2].lower()
    if name in _NEVER_NESTED:
        return tag[0]
    return "<p>" if name in _BLOCKS else ""


def _extracted(text: str) -> Any:
    """What trafilatura takes for the article, or None; its own faults on odd pages count as None."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports pages without an article, which is no fault here
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            text,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 - a page it cannot digest is read whole instead
        return None


def _container(tree: Any, article: Any) -> Any:
    """The smallest element that holds ``HELD`` of what was extracted; the body when nothing was."""
    body = tree.find("body")
    body = tree if body is None else body
    extracted = getattr(article, "body", None)
    if extracted is None:
        return body
    wanted = {key for element in extracted.iter("p", "head", "item", "cell", "quote") if (key := _key(_string(element)))}
    held: dict[Any, int] = {}
    total = 0
    for element in body.iter(*_BLOCKS):
        if element.tag in ("p", "li", "td", "div", "blockquote", "section", *_HEADINGS) and _is_leaf(element):
            text = _string(element)
            if _key(text) in wanted:
                total += len(text)
                for holder in (element, *element.iterancestors()):
                    held[holder] = held.get(holder, 0) + len(text)
    best = body
    for element in body.iter():
        if held.get(element, 0) >= HELD * total > 0 and any(a is best for a in element.iterancestors()):
            best = element
    # A single paragraph is hardly ever an article: what else stands beside it was extracted in other letters.
    while best is not body and best.tag in ("p", "li", "td", *_HEADINGS):
        best = best.getparent()
    return best


def _is_leaf(element: Any) -> bool:
    return not any(child.tag in _BLOCKS for child in element.iter() if child is not element and isinstance(child.tag, str))


def _key(text: str) -> str:
    return _NOT_LETTER.sub("", text).lower()[:MATCH_LETTERS]


def _string(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _headline(tree: Any, title: str | None) -> Any:
    """The h1 that says the title (or the only h1), or None."""
    heads = [h for h in tree.iter("h1") if _string(h)]
    exact = [h for h in heads if _string(h) == title]
    long = [h for h in heads if len(_string(h)) > SITE_NAME_MAX]
    same = [h for h in long if title and (_key(_string(h)) in _key(title) or _key(title) in _key(_string(h)))]
    found = exact or same or (long if len(long) == 1 else [])
    return found[0] if found else None


def _between(headline: Any, container: Any) -> list[Any]:
    """Elements after the headline and before the container, outside both: where a lead often stands."""
    if headline is None or any(a is container for a in headline.iterancestors()):
        return []
    holders = [a for a in headline.iterancestors() if any(b is a for b in container.iterancestors())]
    if not holders:
        return []
    outside = {id(e) for e in (container, *container.iterancestors(), headline, *headline.iterancestors())}
    found: list[Any] = []
    seen_headline = False
    for element in holders[0].iter():
        if element is headline:
            seen_headline = True
        elif element is container:
            break
        elif seen_headline and id(element) not in outside and isinstance(element.tag, str):
            holders_of = {id(a) for a in element.iterancestors()}
            if id(headline) not in holders_of and not any(id(f) in holders_of for f in found):
                found.append(element)
    return found


@cache
def _furniture() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = load("vi/furniture_html")
    return frozenset(data["tags"]), frozenset(data["names"]), frozenset(data["roles"])


class _Walk:
    """One pass over an element in document order, filling a ``Builder``."""

    def __init__(self, builder: Builder, container: Any, headline: Any) -> None:
        self._builder = builder
        self._headline = headline
        self._most = 0.3 * len(_string(container))
        self._inline: list[str] = []
        self._bold = 0

    def element(self, element: Any, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Adds the blocks of ``element``; inline text collects until a block begins or ends."""
        tag = element.tag
        if not isinstance(tag, str) or element is self._headline or self._is_furniture(element):
            return
        if tag in _HEADINGS:
            self._flush(kind)
            self._builder.add(_string(element), BlockKind.HEADING, _HEADINGS[tag])
        elif tag == "table" and not _is_layout(element):
            self._flush(kind)
            self._table(element)
        elif tag in ("br", "hr"):
            self._flush(kind)
        elif tag in _BLOCKS:
            self._flush(kind)
            inner = {"li": BlockKind.LIST_ITEM, "figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION}.get(tag, kind)
            self._children(element, inner if tag not in ("ul", "ol") else kind)
            self._flush(inner)
        else:
            self._children(element, kind)

    def _children(self, element: Any, kind: BlockKind) -> None:
        strong = element.tag in ("b", "strong")
        self._text(element.text, bold=strong or _in_bold(element))
        for child in element:
            self.element(child, kind)
            self._text(child.tail, bold=strong or _in_bold(element))

    def _text(self, text: str | None, *, bold: bool) -> None:
        if text:
            self._inline.append(text)
            self._bold += len(text.strip()) if bold else 0

    def _flush(self, kind: BlockKind) -> None:
        text = " ".join("".join(self._inline).split())
        letters = sum(len(part.strip()) for part in self._inline)
        heading = kind is BlockKind.PARAGRAPH and self._bold == letters and len(text) <= 150 and not text.endswith((".", ";", ","))
        self._inline, self._bold = [], 0
        if text:
            self._builder.add(text, BlockKind.HEADING if heading else kind, 3 if heading else 0)

    def _table(self, table: Any) -> None:
        rows = ([_spanned(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr"))
        for cells in grid(rows):
            filled = [cell for cell in cells if cell]
            if len(filled) == 1 and cells[0]:
                self._builder.add(filled[0])  # a line across the table
            else:
                self._builder.add_row(cells)

    def _is_furniture(self, element: Any) -> bool:
        tags, names, roles = _furniture()
        if (
            element.tag in tags
            or element.get("hidden") is not None
            or "display:none" in (element.get("style") or "").replace(" ", "")
        ):
            return True
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        by_name = bool(names & {part.lower() for part in _NAME_PART.findall(named)}) or element.get("role") in roles
        if by_name and len(_string(element)) < max(self._most, 40):
            return True
        return element.tag in ("ul", "ol", "div", "section", "table") and self._is_link_list(element)

    def _is_link_list(self, element: Any) -> bool:
        links = [_string(a) for a in element.iter("a")]
        return len(links) >= 2 and sum(map(len, links)) > LINKED * max(1, len(_string(element)))


def _spanned(cell: Any) -> SpanCell:
    """A cell with the columns and rows it says it covers; nonsense counts as one."""
    columns, rows = ((cell.get(name) or "1").strip() for name in ("colspan", "rowspan"))
    return SpanCell(
        _string(cell),
        int(columns) if columns.isascii() and columns.isdecimal() else 1,
        int(rows) if rows.isascii() and rows.isdecimal() else 1,
    )


def _in_bold(element: Any) -> bool:
    return any(a.tag in ("b", "strong") for a in element.iterancestors())


def _is_layout(table: Any) -> bool:
    """A table that only arranges the page: one column, or cells with tables or several paragraphs of text in them."""
    if table.find(".//table") is not None:
        return True
    rows = list(table.iter("tr"))
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    longest = max((len(_string(cell)) for cell in table.iter("td")), default=0)
    return widest <= 1 or (longest > 600 and len(rows) <= 3)
