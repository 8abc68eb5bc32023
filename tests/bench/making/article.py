"""What the generator gives: an article, and the figures that were written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as drawn and as written.

    ``kind`` is the contract's (``money``, ``percent``, ``fraction``, ``count``, ``measure``).  Money is in đồng; a range has
    ``low`` and ``high`` in the place of ``value``; a fraction's denominator is ``of``.  ``indicator`` is a key of
    ``toolkit/data/vi/indicators.yaml`` or empty.
    """

    text: str
    kind: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    of: Decimal | None = None
    role: str = "result"
    indicator: str = ""


Piece = str | Figure
"""Text is put together of strings and figures, so that the place of every figure is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in its article: ``text[start:end] == figure.text``."""

    figure: Figure
    start: int
    end: int
    sector: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an article: ``kind`` is ``heading``, ``title``, ``paragraph``, ``item``, ``caption`` or ``furniture``."""

    pieces: tuple[Piece, ...]
    kind: str = "paragraph"
    sector: str = "chung"

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up unit; ``parents`` are (level, name), nearest first.  ``former`` are the units it was merged from."""

    name: str
    level: str
    parents: tuple[tuple[str, str], ...]
    slug: str
    since_reform: bool = False
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """A made-up article.  ``text`` is NFC with ``\\n``; the file may be another form of it (``encode`` of ``files.py``)."""

    place: Place
    shape: str
    """``dai-hoi`` and ``tong-ket`` (full term), ``so-ket`` (half a term), ``hang-nam`` (a year)."""
    term: str | None
    """The term reported on; None when the text names none."""
    year: str
    published: str
    blocks: tuple[Block, ...]
    gap: str = "\n\n"
    suffix: str = ".txt"
    decomposed: bool = False
    crlf: bool = False
    contradicts: bool = False
    traits: tuple[str, ...] = field(default=())
    """Habits of its writer that tests may want to choose by (``dotted-decimals``, ``glued-units``)."""

    @property
    def name(self) -> str:
        """File name."""
        return f"{self.place.slug}-{self.year}{self.suffix}"

    @property
    def text(self) -> str:
        return self.gap.join(block.text for block in self.blocks) + "\n"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The planted figures in order, with their places in ``text``."""
        found: list[Fact] = []
        at = 0
        for block in self.blocks:
            for piece in block.pieces:
                length = len(piece if isinstance(piece, str) else piece.text)
                if isinstance(piece, Figure):
                    found.append(Fact(piece, at, at + length, block.sector))
                at += length
            at += len(self.gap)
        return tuple(found)
