"""What one rendering may spend, so that a loop without end in a user's template stops with a message and not with the machine.

Steps and characters are counted, not timed: the same template on the same brief stops at the same place on every machine.  The time
limit only catches what takes long in a single step.  A full brief takes some 3,000 steps and 0.13 million characters.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

STEPS = 6_000_000
"""Rounds of loops, calls, filters and the items they are given, includes."""

CALL = 5
"""Steps that a call of a macro or function counts for, by the time it takes."""

CHARACTERS = 32_000_000
"""What is printed in all, and the length of any text that is put together: a macro's output, a product."""

SECONDS = 20.0

NUMBER = 100_000
"""The largest number that may say how long something gets (a width, a factor, an exponent)."""


class OverspentError(Exception):
    """A template that does more than any brief needs."""


@dataclass
class _Spent:
    steps: int = 0
    characters: int = 0
    deadline: float = field(default_factory=lambda: time.monotonic() + SECONDS)


_SPENT: ContextVar[_Spent | None] = ContextVar("spent", default=None)


@contextmanager
def counted() -> Iterator[None]:
    """One rendering, from nothing spent."""
    token = _SPENT.set(_Spent())
    try:
        yield
    finally:
        _SPENT.reset(token)


def spend(steps: int = 1) -> None:
    """Count steps of the rendering that runs.  Raises ``OverspentError``."""
    spent = _SPENT.get()
    if spent is None:
        return
    spent.steps += steps
    if spent.steps > STEPS:
        raise OverspentError("it goes round too often")
    if time.monotonic() > spent.deadline:
        raise OverspentError(f"it takes more than {SECONDS:.0f} seconds")


def printed(characters: int) -> None:
    """Count what the rendering that runs has printed.  Raises ``OverspentError``."""
    spent = _SPENT.get()
    if spent is not None:
        spent.characters += characters
        sized(spent.characters)


def sized(length: int) -> None:
    """A text or list of this length is about to be made.  Raises ``OverspentError``."""
    if length > CHARACTERS:
        raise OverspentError("it prints too much")
