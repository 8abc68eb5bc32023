"""Marks of Markdown inside a block: emphasis, links, pictures, code; taken out of the clean text, never out of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.clean.offsets import Edit
from toolkit.model.text import Span

_MARK = re.compile(
    r"(?P<picture>!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\))"
    r"|\[(?P<label>[^\]\n]{1,300})\]\([^)\n]{0,500}\)"
    r"|(?P<strong>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`{1,3}|~~)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+\-.!|>]))"
    r"|(?P<cell>(?<![ \t])[ \t]*\|[ \t]*)"
)
# The look back keeps a line of very many spaces linear: a run is tried once, at its beginning.


def marks(text: str) -> Iterator[Edit]:
    """Edits that leave the words of a Markdown text; a cell border becomes a tab."""
    for match in _MARK.finditer(text):
        if match["label"] is not None:
            yield Edit(match.start(), match.start("label"), "")
            yield Edit(match.end("label"), match.end(), "")
        elif match["cell"] is not None:
            yield Edit(match.start(), match.end(), "\t")
        else:
            yield Edit(match.start(), match.end(), "")


_BREAK = re.compile(r"(?<![ \t])[ \t]*(?:\r\n?|\n)[ \t>]*")


def joined(text: str, spans: Iterable[Span]) -> Iterator[Edit]:
    """Line ends inside a block as spaces: Markdown wraps its paragraphs; ``spans`` are in coordinates of ``text``."""
    for span in spans:
        for match in _BREAK.finditer(text, span.start, span.end):
            yield Edit(match.start(), match.end(), " ")
