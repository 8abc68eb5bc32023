"""Edits on a text whose every character knows its place in the source.

A step of the cleaning looks at the text as the step before left it and returns edits; ``Mapped.apply`` makes the new text and
carries the places along.  Unchanged stretches are copied as array slices, so the cost is linear in the text and the constant is
that of a memory copy.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

TYPE_CODE = "q"
"""Array type of offsets: 64-bit, so that no source is too long for it."""


class Edit(NamedTuple):
    """Replace ``[start, end)`` by ``text``; an empty interval inserts, an empty text removes."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Mapped:
    """A text with the source interval of every character: ``starts[i]``, ``ends[i]`` (see ``model.text.CleanText``)."""

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def identity(cls, text: str) -> Mapped:
        """The text as read, each character standing for itself."""
        return cls(text, array(TYPE_CODE, range(len(text))), array(TYPE_CODE, range(1, len(text) + 1)))

    def apply(self, edits: Iterable[Edit]) -> Mapped:
        """The edited text; edits are in order, without overlap, in coordinates of this text."""
        parts: list[str] = []
        starts, ends = array(TYPE_CODE), array(TYPE_CODE)
        done = 0
        for edit in edits:
            if edit.start < done:
                raise ValueError(f"edits overlap at {edit.start}")
            parts += (self.text[done : edit.start], edit.text)
            starts += self.starts[done : edit.start]
            ends += self.ends[done : edit.start]
            self._place(edit, starts, ends)
            done = edit.end
        parts.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return Mapped("".join(parts), starts, ends)

    def _place(self, edit: Edit, starts: array[int], ends: array[int]) -> None:
        """Places of the replacement: letter by letter where lengths agree, else the whole replaced interval for each."""
        size = len(edit.text)
        if size == edit.end - edit.start:
            starts += self.starts[edit.start : edit.end]
            ends += self.ends[edit.start : edit.end]
        elif edit.start == edit.end:
            here = self.starts[edit.start] if edit.start < len(self.text) else (self.ends[-1] if self.ends else 0)
            starts.extend([here] * size)
            ends.extend([here] * size)
        else:
            starts.extend([self.starts[edit.start]] * size)
            ends.extend([self.ends[edit.end - 1]] * size)
