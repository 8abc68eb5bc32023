"""What a page puts around its article: navigation, dates, captions, bylines, links to other stories."""

from __future__ import annotations

from .article import Block
from .slots import Pen
from .words import words


def dressed(pen: Pen, title: Block, blocks: list[Block]) -> list[Block]:
    """The article with its page's furniture; every third article is almost bare."""
    furniture, rng = words("furniture"), pen.rng
    bare = rng.random() < 0.33
    made: list[Block] = []
    if not bare and rng.random() < 0.6:
        made += _lines(pen, rng.choice(furniture["above"]))
    made.append(title)
    if not bare or rng.random() < 0.5:
        made += _lines(pen, [rng.choice(furniture["stamps"])])
    lead, *rest = blocks
    made.append(Block((rng.choice(furniture["prefixes"]), *lead.pieces), lead.kind, lead.sector))
    made += rest if bare else _with_captions(pen, rest)
    made += _lines(pen, [rng.choice(furniture["bylines"])])
    if not bare and rng.random() < 0.6:
        made += _lines(pen, [*rng.choice(furniture["below"]), *rng.sample(furniture["related"], rng.randint(1, 4))])
    return made


def _lines(pen: Pen, lines: list[str]) -> list[Block]:
    return [Block(tuple(pen.write(line)), "furniture") for line in lines]


def _with_captions(pen: Pen, blocks: list[Block]) -> list[Block]:
    """One to three captions between the paragraphs, never inside a list."""
    captions = pen.rng.sample(words("furniture")["captions"], pen.rng.randint(1, 3))
    places = [i for i, block in enumerate(blocks) if block.kind == "paragraph" and i < len(blocks) * 2 // 3]
    at = dict(zip(pen.rng.sample(places, min(len(places), len(captions))), captions, strict=False))
    made: list[Block] = []
    for i, block in enumerate(blocks):
        made.append(block)
        if i in at and (i + 1 == len(blocks) or blocks[i + 1].kind != "item"):
            made.append(Block(tuple(pen.write(at[i])), "caption"))
    return made
