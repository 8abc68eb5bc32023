"""Text with places: what was read, what was repaired, and the way back from one to the other.

Two coordinate systems exist, and only here do they meet.  *Source* coordinates are Python string indices into
``Source.text``, the text exactly as decoded; every fact that leaves the toolkit speaks them.  *Clean* coordinates are indices
into ``CleanText.text``, the repaired text in which all later stages work.  ``CleanText.quote`` is the only bridge, so that a
quote is always a slice of the source and never something typed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open interval ``[start, end)`` of string indices; which text they index is said where a span is used."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not an interval: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of one source, in source coordinates.  Made by ``Source.quote`` or ``CleanText.quote`` only.

    ``source`` is ``Source.id``.  Invariant: ``sources[source].text[start:end] == text``.
    """

    source: str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class BlockKind(StrEnum):
    """What a stretch of a document is by its form."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document, ``level`` 1-6 for headings (0: unknown or not a heading), ``page`` from 1 for PDF."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Noise:
    """Page furniture that is left out of everything; ``why`` is a stable word (``byline``, ``view-counter``, ``caption``)."""

    span: Span
    why: str


@dataclass(frozen=True)
class Source:
    """One article as read.

    ``text`` is the text as decoded from the file (for HTML, DOCX, PDF: as the reader extracted it, and then ``own_text`` is
    False and the contract carries the text).  ``published`` is an ISO date or None.  ``blocks`` are in source coordinates, in
    order, without overlap; empty when the format has no structure of its own (plain text).
    """

    path: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    own_text: bool = True
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    encoding: str | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def id(self) -> str:
        """Short stable identity of the source's content, used in notes and merged facts."""
        return self.sha256[:12]

    def quote(self, start: int, end: int) -> Quote:
        """The slice ``[start, end)`` as a quote; raises ``ValueError`` when the interval is not inside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not inside a text of {len(self.text)} characters")
        return Quote(self.id, start, end, self.text[start:end])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a source offset, for messages."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in clean coordinates, ``block`` the index of its block in ``CleanText.blocks``."""

    span: Span
    block: int


@dataclass(frozen=True)
class CleanText:
    """A source's text repaired for reading, with the place of every character in the source.

    ``starts[i]`` and ``ends[i]`` are the source interval that clean character ``i`` stands for; an inserted character (a missing
    space) has an empty one.  ``noise`` is in *source* coordinates; ``blocks`` and ``sentences`` are in *clean* coordinates and
    leave the noise out.  ``steps`` names the repairs that changed something, in order.
    """

    source: Source
    text: str
    starts: array[int]
    ends: array[int]
    noise: tuple[Noise, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    steps: tuple[str, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """Source interval of the clean interval ``[start, end)``, which must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not inside a clean text of {len(self.text)} characters")
        return Span(self.starts[start], self.ends[end - 1])

    def quote(self, start: int, end: int) -> Quote:
        """The verbatim source text behind the clean interval ``[start, end)``."""
        span = self.span(start, end)
        return self.source.quote(span.start, span.end)

    def clean_offset(self, source_offset: int) -> int:
        """Index of the first clean character at or after a source offset (``len(text)`` when there is none)."""
        return bisect_left(self.starts, source_offset)
