"""A figure found in a text, before anybody knows what it measures.

A ``Mention`` says where a quantity stands, what it amounts to and why it was read so.  Its indices point into the very string that
was given to the reader; mapping them back to a source is the business of whoever cleaned that string.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.model.amount import Amount


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a figure stands: intervals of its row's label and of its column's heading, and the column from 0."""

    row: tuple[int, int]
    heading: tuple[int, int] | None
    column: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One quantity in a text.

    ``start``, ``end``: half-open interval of the shortest quote: the number with its unit and, for a range or a fraction, the
    partner; for counts the number with its classifier of one to three words.  Bounds (``hơn``, ``trở lên``) stand outside.
    ``number_span`` covers the digits (from the first to the last of a range or mixed figure), ``unit_span`` the unit or
    classifier (empty at the end when there is none), ``bound_span`` the words that set ``amount.bound``, or None.
    """

    start: int
    end: int
    amount: Amount
    rule: str
    """Name of the rule that read it, ``<module>.<reading>``."""
    entry: str = ""
    """The lexicon entry that decided kind and unit, ``<file>:<key>``; empty when none was needed."""
    number_span: tuple[int, int] = (0, 0)
    unit_span: tuple[int, int] = (0, 0)
    bound_span: tuple[int, int] | None = None
    rejected: tuple[str, ...] = ()
    """Other readings that were weighed and set aside, in words."""
    review: bool = False
    why: str = ""
    """Why a person should look, in Vietnamese; empty unless ``review``."""
    incidental: bool = False
    """True for what a fair reader leaves out: ages, spells of time, digits inside a motto.  Left out unless asked for."""
    inherited: bool = False
    """True when the text gives the number no unit and ``amount.unit`` comes from a figure or noun before it."""
    words: bool = False
    """True when the number is written in words."""
    cell: Cell | None = None
    """Set when the figure is alone in a table's cell: what it measures is said by the row and the column."""
