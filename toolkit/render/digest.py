"""One newsletter insert of several localities: a table of contents, then the card of each.

The cards are those that were made and audited with their briefs, byte for byte.  What does not fit below the size that mail clients
take is left out from the end, and the digest says how many and which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import RenderError
from toolkit.lexicon import load
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Palette
from toolkit.model.shelf import Entry
from toolkit.render.blocks import Block, Bullets, Heading, Link, Paragraph
from toolkit.render.environment import render_template
from toolkit.render.fragment import inlined, unmarked
from toolkit.render.html import _Colours
from toolkit.render.mail_gate import check_insert, encoded_size
from toolkit.render.newsletter import STYLE
from toolkit.render.plain import as_markdown, as_text

ENTRY = "newsletter/digest.html"
NAMED = 12
"""Places that the line of what was left out names; of more it tells the number."""
_SLOT = "\u2063"
"""Marks the place of a card while the frame around it gets its styles; no template and no text holds it."""


@dataclass(frozen=True)
class Piece:
    """One locality: its entry and its card as it was delivered."""

    entry: Entry
    html: str
    text: str
    markdown: str


@dataclass(frozen=True)
class Line:
    """A line of the table of contents; ``address`` may be empty."""

    title: str
    address: str


@dataclass(frozen=True)
class Digest:
    """What the template of a digest may use."""

    title: str
    preheader: str
    lines: tuple[Line, ...]
    slots: tuple[str, ...]
    contents: str
    left_out: str = ""
    index: str = ""
    index_words: str = ""


@dataclass(frozen=True)
class MadeDigest:
    """The files, and the briefs that did not fit."""

    artifacts: tuple[Artifact, ...]
    left_out: tuple[Entry, ...]


def render_digest(pieces: Sequence[Piece], title: str = "", index: str = "", templates: Path | None = None) -> MadeDigest:
    """The digest of ``pieces`` in their order; ``index`` is the address of the list of all briefs, or empty.

    Raises ``RenderError`` when not even one card fits.
    """
    largest: int = load("mail-features")["largest"]
    count, total = 0, 0
    for piece in pieces:  # the frame is small: what the cards alone overrun is never tried
        total += encoded_size(piece.html)
        count += total <= largest
    while count > 0:
        page = _page(pieces, count, title, index, templates)
        if encoded_size(page) <= largest:
            break
        count -= 1
    else:
        raise RenderError("not even one card fits into the digest", where=ENTRY, remedy="shorten the title of the digest")
    check_insert(page, "digest.html", ENTRY)
    frame = _frame(pieces, count, title, index)
    around = tuple(_blocks(frame))
    head, tail = around[:2], around[2:]
    text = "\n\n".join([as_text(head).strip(), *(piece.text.strip() for piece in pieces[:count]), as_text(tail).strip()])
    markdown = "\n\n---\n\n".join(
        [as_markdown(head).strip(), *(piece.markdown.strip() for piece in pieces[:count]), as_markdown(tail).strip()]
    )
    made = (
        Artifact("digest.html", "text/html", page.encode("utf-8")),
        Artifact("digest.txt", "text/plain", (text.strip() + "\n").encode("utf-8")),
        Artifact("digest.md", "text/markdown", (markdown.strip().removesuffix("---").strip() + "\n").encode("utf-8")),
    )
    return MadeDigest(made, tuple(piece.entry for piece in pieces[count:]))


def _page(pieces: Sequence[Piece], count: int, title: str, index: str, templates: Path | None) -> str:
    css = render_template(STYLE, {"brief": _Colours(Palette())}, templates)
    marked = render_template(ENTRY, {"digest": _frame(pieces, count, title, index)}, templates)
    page = unmarked(inlined(marked, css))
    for at, piece in enumerate(pieces[:count]):
        page = page.replace(_slot(at), piece.html.strip(), 1)
    return page


def _slot(at: int) -> str:
    return f"{_SLOT}{at}{_SLOT}"


def _frame(pieces: Sequence[Piece], count: int, title: str, index: str) -> Digest:
    say = load("newsletter")["digest"]
    title = title or say["title"]
    places = [piece.entry.place for piece in pieces]
    return Digest(
        title=title,
        preheader=_preheader(say["preheader"], title, places[:count]),
        lines=tuple(Line(piece.entry.title, _address(piece.entry)) for piece in pieces[:count]),
        slots=tuple(_slot(at) for at in range(count)),
        contents=say["contents"],
        left_out=_left_out(say, places[count:]),
        index=index,
        index_words=say["index"],
    )


def _left_out(say: dict[str, str], places: Sequence[str]) -> str:
    if not places:
        return ""
    words = say["left_out"] if len(places) <= NAMED else say["left_out_many"]
    return words.format(count=len(places), places=", ".join(places))


def _preheader(pattern: str, title: str, places: Sequence[str], most: int = 130) -> str:
    kept = [place for at, place in enumerate(places) if len(", ".join(places[: at + 1])) + len(title) <= most]
    return pattern.format(title=title, places=", ".join(kept) + ("" if len(kept) == len(places) else "…"))


def _address(entry: Entry) -> str:
    name = next((name for name in ("brief.html", "brief.pdf") if name in entry.files), "")
    return entry.base + name if entry.base and name else ""


def _blocks(digest: Digest) -> list[Block]:
    """The heading and the contents, then what stands after the cards."""
    made: list[Block] = [
        Heading(1, digest.title),
        Bullets(tuple(("", line.title) for line in digest.lines)),
    ]
    if digest.left_out:
        made.append(Paragraph(digest.left_out))
    if digest.index:
        made.append(Link(digest.index_words, digest.index))
    return made
