"""Fills the slots of a sentence.

``{kind low high … @indicator !role}`` draws a figure (kinds: ``amounts.WRITERS``); the role is ``result`` unless the slot or the
sentence's surroundings say otherwise.  ``{name}`` takes a word of the article: its place, its years, its people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from .amounts import WRITERS
from .article import Figure, Piece
from .habits import Habits

_SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass
class Pen:
    """Writes the sentences of one article."""

    rng: Random
    habits: Habits
    words: dict[str, str]
    figures: Mapping[str, Figure]
    """Figures that the article tells more than once, by the name of their slot."""

    def write(self, sentence: str, role: str = "result") -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        for slot in _SLOT.finditer(sentence):
            pieces.append(sentence[at : slot.start()])
            pieces += self._fill(slot.group(1).split(), role)
            at = slot.end()
        return [*pieces, sentence[at:]]

    def _fill(self, parts: list[str], role: str) -> list[Piece]:
        kind, args = parts[0], [part for part in parts[1:] if part[0] not in "@!"]
        if kind in self.figures:
            return [self.figures[kind]]
        if kind not in WRITERS:
            return self.write(self.words[kind], role)
        marks = {part[0]: part[1:] for part in parts[1:] if part[0] in "@!"}
        indicator, role = marks.get("@", ""), marks.get("!", role)
        drawn = WRITERS[kind](self.rng, self.habits, args)
        made = [replace(p, role=role, indicator=indicator) if isinstance(p, Figure) else p for p in drawn]
        if kind == "trieu" and indicator == "thu-nhap" and role == "result":
            made.append(self.habits.per_head)
        return made


def length(pieces: list[Piece]) -> int:
    """Syllables, as spaces part them."""
    return len("".join(piece if isinstance(piece, str) else piece.text for piece in pieces).split())
