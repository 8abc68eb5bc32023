"""A sentence as a row of tokens around its figures: the ground that labels, roles and periods are read from.

Vietnamese reports put several figures in a sentence and name their subject once.  What a figure means follows from where it stands:
after a verb of reaching, before the noun it counts, inside a bracket that follows another figure, behind "trong đó".  This module
only finds that place - the words before and after each figure up to the next boundary, the bracket it stands in and the figure that
bracket belongs to - and decides nothing.  Words are syllables, as written; no segmenter is needed, which keeps the cost linear
and low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from toolkit.model.amount import Amount


class FigureLike(Protocol):
    """What this module needs of a mention: its place in the text and its amount."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def amount(self) -> Amount: ...


class Shape(Enum):
    """What a token is for the structure of its sentence."""

    WORD = "word"
    FIGURE = "figure"
    TIME = "time"
    BOUND = "bound"
    COMMA = "comma"
    STOP = "stop"
    OPEN = "open"
    CLOSE = "close"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` as written, ``low`` as ``fold`` gives it, ``[start, end)`` in the text the sentence was cut from."""

    shape: Shape
    text: str
    low: str
    start: int
    end: int
    figure: int = -1
    """Index of the figure among the sentence's figures, for ``Shape.FIGURE``."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure and the words around it.

    ``lead`` are the words before it back to the nearest boundary (comma, stop, bracket, other figure), ``tail`` those after it.
    ``opened`` and ``closed`` are the shapes of these boundaries; the ends of the sentence count as ``STOP``.  ``clause`` is the
    ordinal of its clause (clauses end at stops outside brackets), ``host`` the figure before the bracket it stands in.
    ``earlier`` are the comma-separated stretches of words before ``lead`` in the same clause that hold no figure, nearest last.
    """

    index: int
    at: int
    lead: tuple[Token, ...]
    tail: tuple[Token, ...]
    opened: Shape
    closed: Shape
    clause: int
    previous: int | None = None
    """The figure before it to which it may refer: the last one, or the one before a bracket that has closed."""
    host: int | None = None
    bracketed: bool = False
    earlier: tuple[tuple[Token, ...], ...] = ()
    colon: bool = False
    """The last of ``earlier`` is a short lead-in that ends in a colon."""
    listed: tuple[tuple[Token, ...], ...] = ()
    """Stretches without figures that follow ``tail`` behind commas, as far as ``_LISTED`` of them."""


@dataclass(frozen=True)
class Clausal:
    """One sentence, its tokens in order, and a frame a figure."""

    tokens: tuple[Token, ...]
    frames: tuple[Frame, ...]
    lows: tuple[str, ...] = field(default=())


_TOKEN = re.compile(r"[^\W_]+(?:[./&'’\-][^\W_]+)*|\S")
_SHORT = re.compile(r"(?<!\w)(?:TX|TP|TT|Tp|Tx|H|Q|P|X)\Z")
"""Levels written short with a stop, which ends no clause."""
_SHAPES = {",": Shape.COMMA, ";": Shape.STOP, ":": Shape.STOP, ".": Shape.STOP, "!": Shape.STOP, "?": Shape.STOP, "…": Shape.STOP}
_SHAPES |= {"(": Shape.OPEN, "[": Shape.OPEN, ")": Shape.CLOSE, "]": Shape.CLOSE}
_LEAD_IN = 12
"""Words of a lead-in before a colon that names what follows."""
_LISTED = 4
"""Stretches behind a figure's own that may belong to one list with it."""
_BOUNDARY = frozenset({Shape.FIGURE, Shape.COMMA, Shape.STOP, Shape.OPEN, Shape.CLOSE})


def tokenise(
    text: str, folded: str, start: int, end: int, figures: Sequence[FigureLike], muted: Iterable[tuple[int, int, Shape]] = ()
) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``; figures become one token each, ``muted`` stretches (times, bounds) tokens of their shape.

    ``folded`` is ``fold(text)``, made once for a whole text.
    """
    pieces = [(f.start, f.end, Shape.FIGURE, i) for i, f in enumerate(figures)]
    taken = [(f.start, f.end) for f in figures]
    for low, high, shape in sorted(muted):
        if not any(low < b and a < high for a, b in taken):
            pieces.append((low, high, shape, -1))
            taken.append((low, high))
    out: list[Token] = []
    at = start
    for low, high, shape, index in sorted(pieces, key=lambda p: p[0]):
        out.extend(_words(text, folded, at, low))
        out.append(Token(shape, text[low:high], folded[low:high], low, high, index))
        at = max(at, high)
    out.extend(_words(text, folded, at, end))
    return _without_idle_brackets(out)


def _words(text: str, folded: str, start: int, end: int) -> Iterable[Token]:
    if start >= end:
        return
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if (
            word == "."
            and _SHORT.search(text[max(start, match.start() - 4) : match.start()])
            and text[match.end() : match.end() + 2].strip()[:1].isupper()
        ):
            continue  # "TX. Phú Mỹ"
        if word[0].isalnum():
            yield Token(Shape.WORD, word, folded[match.start() : match.end()], match.start(), match.end())
        elif word in _SHAPES:
            yield Token(_SHAPES[word], word, word, match.start(), match.end())
        elif word in "-–—/+=":
            yield Token(Shape.JOIN, word, word, match.start(), match.end())


def spelt_out(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Words and figures in order, with the words of muted times among them: for cues that are times themselves (``nhiệm kỳ
    tới``).
    """
    out: list[Token] = []
    for token in tokens:
        if token.shape in (Shape.WORD, Shape.FIGURE):
            out.append(token)
        elif token.shape is Shape.TIME:
            out.extend(Token(Shape.WORD, word, word, token.start, token.end) for word in token.low.split())
    return tuple(out)


def _without_idle_brackets(tokens: list[Token]) -> tuple[Token, ...]:
    """Leave out brackets that hold no figure: ``(GRDP)``, ``(cũ)``, ``(2015, 2016)`` only interrupt the clause."""
    out: list[Token] = []
    open_at: list[int] = []
    for token in tokens:
        out.append(token)
        if token.shape is Shape.OPEN:
            open_at.append(len(out) - 1)
        elif token.shape is Shape.CLOSE:
            if not open_at:
                out.pop()
                continue
            low = open_at.pop()
            if not any(t.shape is Shape.FIGURE for t in out[low:]):
                del out[low:]
    return tuple(out)


def read_clauses(tokens: tuple[Token, ...]) -> Clausal:
    """Frames of all figures of a tokenised sentence."""
    frames: list[Frame] = []
    clause, depth = 0, 0
    hosts: list[int | None] = []
    colon = False
    last_figure: int | None = None
    stretches: list[tuple[Token, ...]] = []
    for at, token in enumerate(tokens):
        if token.shape is Shape.OPEN:
            hosts.append(last_figure if _follows_figure(tokens, at) else None)
            stretches.append(_stretch_before(tokens, at))
            depth += 1
        elif token.shape is Shape.CLOSE:
            host = hosts.pop() if hosts else None
            last_figure = last_figure if host is None else host
            depth = max(0, depth - 1)
        elif token.shape is Shape.STOP and depth == 0:
            clause += 1
            stretches = [_lead_in(tokens, at)] if token.text == ":" else []
            colon = bool(stretches and 0 < len(stretches[0]) <= _LEAD_IN)
        elif token.shape is Shape.COMMA:
            stretches.append(_stretch_before(tokens, at))
        elif token.shape is Shape.FIGURE:
            lead, opened = _reach(tokens, at, -1)
            tail, closed = _reach(tokens, at, 1)
            if depth and not lead and tokens[at - 1].text == ":":
                lead, opened = _reach(tokens, at - 1, -1)  # "(khiển trách: 3; cảnh cáo: 1)"
            host = hosts[-1] if depth else None
            frames.append(
                Frame(
                    token.figure,
                    at,
                    lead,
                    tail,
                    opened,
                    closed,
                    clause,
                    last_figure,
                    host,
                    depth > 0,
                    tuple(s for s in stretches if s),
                    colon and len(stretches) == 1,
                    _listed_after(tokens, at) if closed is Shape.COMMA else (),
                )
            )
            last_figure = token.figure
            stretches, colon = [], False
    return Clausal(tokens, tuple(frames), tuple(t.low for t in tokens))


def _reach(tokens: tuple[Token, ...], at: int, step: int) -> tuple[tuple[Token, ...], Shape]:
    """Words from a figure to the nearest boundary in one direction, in reading order, and that boundary's shape."""
    words: list[Token] = []
    index = at + step
    while 0 <= index < len(tokens):
        shape = tokens[index].shape
        if shape in _BOUNDARY:
            return tuple(words if step > 0 else reversed(words)), shape
        if shape in (Shape.WORD, Shape.JOIN):
            words.append(tokens[index])
        index += step
    return tuple(words if step > 0 else reversed(words)), Shape.STOP


def _listed_after(tokens: tuple[Token, ...], at: int) -> tuple[tuple[Token, ...], ...]:
    """The stretches behind the comma that ends a figure's own words, up to one that ends otherwise."""
    place = next(i for i in range(at + 1, len(tokens)) if tokens[i].shape is Shape.COMMA)
    found: list[tuple[Token, ...]] = []
    while len(found) < _LISTED:
        words, closed = _reach(tokens, place, 1)
        if closed is Shape.FIGURE and words and words[-1].low == "và":
            found.append(words[:-1])  # "80% cán bộ, công chức được bồi dưỡng và 75% hồ sơ …"
            break
        if closed is Shape.FIGURE or not words:
            break
        found.append(words)
        following = next((i for i in range(place + 1, len(tokens)) if tokens[i].shape is Shape.COMMA), None)
        if closed is not Shape.COMMA or following is None:
            break
        place = following
    return tuple(found)


def _follows_figure(tokens: tuple[Token, ...], at: int) -> bool:
    """True where a bracket belongs to a figure: right after it, or after the words that go with it."""
    for token in reversed(tokens[:at]):
        if token.shape is Shape.FIGURE:
            return True
        if token.shape in _BOUNDARY and token.shape is not Shape.CLOSE:
            return False
    return False


def _lead_in(tokens: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    """The words before a colon, back to the last stop, bracket or figure, across commas: ``Số hộ sản xuất, kinh doanh: …``."""
    words: list[Token] = []
    for token in reversed(tokens[:at]):
        if token.shape in _BOUNDARY and token.shape is not Shape.COMMA:
            break
        if token.shape in (Shape.WORD, Shape.JOIN):
            words.append(token)
    return tuple(reversed(words))


def _stretch_before(tokens: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    words, opened = _reach(tokens, at, -1)
    return () if opened is Shape.FIGURE else words
