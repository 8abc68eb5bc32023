"""Plain text and Markdown from blocks: every word and figure of the HTML insert, readable as they stand.

Merge tags are neutralised in both (``merge_tags``).  In Markdown what would be markup is escaped, so that a source's asterisk stays
an asterisk.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from toolkit.render.blocks import Block, Bullets, Heading, Link, Paragraph, Rows
from toolkit.render.merge_tags import neutralise

WIDTH = 72
"""Characters of a line: what stays whole when an answer quotes it."""

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"\A(\d+)([.)])(?=\s)|\A([-+])(?=\s)")


def as_text(blocks: Iterable[Block]) -> str:
    """Plain text; a blank line between blocks."""
    return "\n\n".join(filter(None, map(_text, blocks))) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(level, text):
            lines = _wrapped(neutralise(text if level > 2 else text.upper()))
            return lines + ("\n" + "=" * min(max(map(len, lines.splitlines())), WIDTH) if level == 1 else "")
        case Paragraph(text):
            return _wrapped(neutralise(text))
        case Bullets(items, ordered):
            marks = [f"{i}. " if ordered else "- " for i in range(1, len(items) + 1)]
            return "\n".join(_wrapped(neutralise(_joined(item)), mark) for mark, item in zip(marks, items, strict=True))
        case Rows(heads, groups):
            return "\n\n".join(f"{neutralise(title)}\n" + "\n".join(_row(heads, row) for row in rows) for title, rows in groups)
        case Link(words, address):
            return f"{neutralise(words)}:\n{address}"


def _row(heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = "; ".join(f"{head.lower()}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=True))
    return _wrapped(neutralise(f"{row[0]} – {cells}"), "- ")


def _joined(item: tuple[str, str]) -> str:
    return " ".join(part for part in item if part)


def _wrapped(text: str, mark: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(blocks: Iterable[Block]) -> str:
    """CommonMark with the tables of GitHub."""
    return "\n\n".join(filter(None, map(_markdown, blocks))) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * (level + 1)} {_escaped(text)}"
        case Paragraph(text, quiet):
            return f"*{_escaped(text)}*" if quiet else _start(_escaped(text))
        case Bullets(items, ordered):
            marks = [f"{i}." if ordered else "-" for i in range(1, len(items) + 1)]
            return "\n".join(f"{mark} {_entry(item)}" for mark, item in zip(marks, items, strict=True))
        case Rows(heads, groups):
            lines = ["| " + " | ".join(map(_escaped, heads)) + " |", "|" + " --- |" * len(heads)]
            for title, rows in groups:
                lines.append(f"| **{_escaped(title)}** |" + "  |" * (len(heads) - 1))
                lines += ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
            return "\n".join(lines)
        case Link(words, address):
            return f"[{_escaped(words)}](<{address}>)"


def _entry(item: tuple[str, str]) -> str:
    lead, rest = item
    return f"**{_escaped(lead)}** {_escaped(rest)}" if lead else _start(_escaped(rest))


def _start(text: str) -> str:
    """What would begin a list at the start of a line is escaped there."""
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _escaped(text: str) -> str:
    return _ENTITY.sub(r"\&", _MARKUP.sub(r"\\\1", neutralise(text)))
