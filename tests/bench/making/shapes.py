"""Composes the blocks of an article: title, lead, sectors, what was lacking, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from .article import Block, Figure, Piece, Place
from .slots import Pen, length
from .words import words

URBAN = ("phường", "thị trấn", "quận", "thị xã")
PARAGRAPH = (3, 6)
"""Sentences in one paragraph."""


def body(pen: Pen, place: Place, shape: str, syllables: int) -> list[Block]:
    """Everything between the title and the byline; about ``syllables`` long, as far as there are sentences."""
    frame, rng = words("frame"), pen.rng
    blocks = [_paragraph(pen, [rng.choice(frame["leads"][shape])])]
    if place.former:
        blocks.append(_paragraph(pen, [rng.choice(frame["mergers"])]))
    opening = [rng.choice(frame["overview"][shape])]
    if rng.random() < 0.4:
        opening.append(rng.choice(frame["awards"]))
    blocks.append(_paragraph(pen, opening))
    after = list(_after(pen, shape))
    left = syllables - sum(length(list(block.pieces)) for block in (*blocks, *after))
    return [*blocks, *_sectors(pen, place, left), *after]


def title(pen: Pen, shape: str) -> Block:
    return Block(tuple(pen.write(pen.rng.choice(words("frame")["titles"][shape]))), "title")


def _paragraph(pen: Pen, sentences: list[str], sector: str = "chung", role: str = "result") -> Block:
    pieces: list[Piece] = []
    for sentence in sentences:
        pieces += [" "] * bool(pieces) + pen.write(sentence, role)
    return Block(tuple(pieces), sector=sector)


def _sectors(pen: Pen, place: Place, syllables: int) -> Iterator[Block]:
    """A short article passes sectors over, a long one tells all that it can of each."""
    data: dict[str, Any] = words("sectors")
    rng = pen.rng
    keys = list(data)
    if rng.random() < 0.5:
        rng.shuffle(keys)
    headed = rng.random() < 0.5
    share = syllables / len(keys)
    for i, key in enumerate(keys):
        told = 0
        sentences = _pool(rng, data[key], place)
        first = True
        wanted = share * rng.uniform(0.5, 1.5) if i < len(keys) - 1 else syllables
        while sentences and told < wanted and syllables > 0:
            many = rng.randint(*PARAGRAPH)
            block = _paragraph(pen, sentences[:many], key)
            del sentences[:many]
            if first and headed:
                yield Block(tuple(pen.write(rng.choice(data[key]["headings"]))), "heading", key)
            first = False
            size = length(list(block.pieces))
            told, syllables = told + size, syllables - size
            yield block


def _pool(rng: Random, sector: dict[str, list[str]], place: Place) -> list[str]:
    """Sentences with figures and without, those for towns or for the countryside, in any order, none twice."""
    own = sector.get("urban" if place.level in URBAN else "rural", [])
    pool = [*sector["figures"], *own, *sector["plain"]]
    rng.shuffle(pool)
    return pool


def _after(pen: Pen, shape: str) -> Iterator[Block]:
    frame, rng = words("frame"), pen.rng
    if rng.random() < 0.5:
        yield _paragraph(pen, [rng.choice(frame["again"])])
    if rng.random() < 0.7:
        yield _paragraph(pen, [rng.choice(frame["speech"])])
    yield _paragraph(pen, [_joined(pen, frame["limitations"], rng.randint(2, 4))])
    if shape != "hang-nam" and rng.random() < 0.5:
        yield from _lessons(pen)
    if shape == "dai-hoi" and rng.random() < 0.6:
        yield _paragraph(pen, [rng.choice(frame["themes"])])
    yield from _targets(pen, shape)
    yield _paragraph(pen, [_joined(pen, frame["tasks"], rng.randint(3, 5))])
    if shape == "dai-hoi":
        yield _paragraph(pen, [rng.choice(frame["committee"])], "xay-dung-dang")
    if rng.random() < 0.7:
        yield _paragraph(pen, [rng.choice(frame["closings"])])


def _joined(pen: Pen, group: dict[str, list[str]], many: int) -> str:
    items = pen.rng.sample(group["items"], many)
    return pen.rng.choice(group["lead"]).replace("{cac}", "; ".join(items))


def _lessons(pen: Pen) -> Iterator[Block]:
    frame = words("frame")
    group, many = frame["lessons"], pen.rng.randint(2, 5)
    word = frame["words_of_count"][many]
    lead = pen.rng.choice(group["lead"]).replace("{may}", word).replace("{may_hoa}", word.capitalize())
    yield _paragraph(pen, [lead])
    for ordinal, item in zip(frame["ordinals"], pen.rng.sample(group["items"], many), strict=False):
        yield _paragraph(pen, [f"{ordinal}, {item}."])


def _targets(pen: Pen, shape: str) -> Iterator[Block]:
    """One sentence, a list of dashes, or numbers in brackets; the lead-in makes every figure a plan."""
    frame, rng = words("frame"), pen.rng
    lead = frame["targets"]["lead"][shape]
    items = rng.sample(frame["targets"]["items"], rng.randint(4, 8))
    form = rng.choice(["sentence", "sentence", "dashes", "numbers"])
    if form == "sentence":
        yield _paragraph(pen, [f"{lead} {'; '.join(items)}."], role="plan")
        return
    yield _paragraph(pen, [lead], role="plan")
    for number, item in enumerate(items, 1):
        mark = "- " if form == "dashes" else f"({number}) "
        pieces = pen.write(item, "plan")
        stop = "." if number == len(items) else ";"
        yield Block((mark, *_capitalised(pieces), stop), "item")


def _capitalised(pieces: list[Piece]) -> list[Piece]:
    first = next((i for i, piece in enumerate(pieces) if (piece if isinstance(piece, str) else piece.text)), 0)
    piece = pieces[first]
    if isinstance(piece, Figure) or not piece:
        return pieces
    return [*pieces[:first], piece[0].upper() + piece[1:], *pieces[first + 1 :]]


def contradicted(figure: Figure) -> Figure:
    """Another count of targets than the one told first, as articles contradict themselves."""
    assert figure.value is not None
    assert figure.of is not None
    other = figure.value - 1 if figure.value > 1 else figure.value + 1
    return replace(figure, text=f"{other}/{figure.of}", value=other)
