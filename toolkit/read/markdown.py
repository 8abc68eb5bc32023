"""Markdown: the file's own text, with its blocks named; the marks inside a block (``**``, links) are taken out by the cleaning.

Offsets stay those of the file, so a quote can be found in it.  Front matter (``---`` … ``---``) gives title, date, author, outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.text import Block, BlockKind, Source, Span
from toolkit.read.text import decode, title_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<body>.{0,10000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.+?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(?P<mark>#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"[ \t]*(?P<mark>[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}\Z")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-+)[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as Markdown; raises ``ReadError`` when it is no text."""
    text, encoding = decode(data, name)
    front = _FRONT.match(text)
    fields = {m["key"].lower(): m["value"].strip("\"'") for m in _FIELD.finditer(front["body"])} if front else {}
    blocks = tuple(_blocks(text, front.end() if front else 0))
    heading = next((text[b.span.start : b.span.end] for b in blocks if b.kind is BlockKind.HEADING), None)
    date = _DATE.match(fields.get("date", fields.get("published", "")))
    return Source(
        path=name,
        text=text,
        sha256=sha256,
        media_type="text/markdown",
        title=fields.get("title") or heading or title_of(text),
        published=date[0] if date else None,
        publisher=fields.get("publisher") or fields.get("source"),
        author=fields.get("author"),
        url=fields.get("url"),
        encoding=encoding,
        blocks=blocks,
    )


def _blocks(text: str, start: int) -> Iterator[Block]:
    """Blocks in source coordinates; consecutive lines of a paragraph make one."""
    open_at, open_end, open_kind = -1, -1, BlockKind.PARAGRAPH
    fenced = False
    for line in _LINE.finditer(text, start):
        body = line[0].rstrip("\r\n")
        at, end = line.start(), line.start() + len(body.rstrip())
        if _FENCE.match(body):
            fenced = not fenced
        single = _single(body) if not fenced else None
        underline = _UNDERLINE.match(body)
        if underline and open_at >= 0 and open_kind is BlockKind.PARAGRAPH:
            yield Block(Span(open_at, open_end), BlockKind.HEADING, 1 if underline["mark"][0] == "=" else 2)
            open_at = -1
            continue
        starts_item = _ITEM.match(body) if not fenced else None
        rule = _RULE.match(body) or _is_table_rule(body)
        ends = not body.strip() or fenced or _FENCE.match(body) or rule or single or starts_item
        if ends and open_at >= 0:
            yield Block(Span(open_at, open_end), open_kind)
            open_at = -1
        if single:
            yield Block(Span(at + single[0], at + single[1]), single[2], single[3])
        elif starts_item and not _RULE.match(body):
            open_at, open_end, open_kind = at + starts_item.start("mark"), end, BlockKind.LIST_ITEM
        elif not ends and open_at < 0:
            quote = _QUOTE.match(body)
            open_at, open_end, open_kind = at + (quote.end() if quote else len(body) - len(body.lstrip())), end, BlockKind.PARAGRAPH
        elif not ends:
            open_end = end
    if open_at >= 0:
        yield Block(Span(open_at, open_end), open_kind)


def _single(body: str) -> tuple[int, int, BlockKind, int] | None:
    """Start, end, kind and level of a line that is a block by itself: a heading, a row of a table."""
    heading = _HEADING.match(body)
    if heading and (said := body[heading.end() :].rstrip().rstrip("#").rstrip()):
        return heading.end(), heading.end() + len(said), BlockKind.HEADING, len(heading["mark"])
    if body.count("|") >= 2 and body.strip().startswith("|") and not _is_table_rule(body):
        inner = body.strip().strip("|").strip()
        start = body.find(inner) if inner else 0
        return start, start + len(inner), BlockKind.TABLE_ROW, 0
    return None


def _is_table_rule(body: str) -> bool:
    """Whether a line is the rule between a table's head and its rows: ``|---|:--|``."""
    return body.rfind("|") > 0 and not body.strip(" \t:|-")
