"""When a report was written, and the years and terms that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SHAPES = {"tong-ket": 30, "dai-hoi": 30, "so-ket": 20, "hang-nam": 20}
SHAPES_NOW = {"tong-ket": 15, "dai-hoi": 60, "hang-nam": 25}


@dataclass(frozen=True, slots=True)
class Time:
    """``begin`` and ``end`` of the term reported on, ``last`` the year of its latest figures; ``day`` is year, month, day."""

    shape: str
    begin: int
    end: int
    last: int
    day: tuple[int, int, int]
    congress: int
    """Number of the congress that opened the term; that of the next one is ``next_congress``."""
    next_congress: int
    clock: str

    @property
    def term(self) -> str:
        return f"{self.begin}-{self.end}"

    @property
    def iso(self) -> str:
        return "{}-{:02d}-{:02d}".format(*self.day)


def draw_time(rng: Random, *, since_reform: bool, begin: int | None = None, shape: str | None = None) -> Time:
    """A time for a report; ``begin`` fixes the term, ``shape`` the kind of report."""
    shapes = SHAPES_NOW if since_reform else SHAPES
    shape = shape or rng.choices(list(shapes), list(shapes.values()))[0]
    begin = begin or (2020 if since_reform else rng.choice([2010, 2015, 2015, 2020]))
    clock = f"{rng.randint(6, 21):02d}:{rng.randint(0, 59):02d}"
    congress = rng.randint(4, 26)
    following = 1 if since_reform else congress + 1
    end = begin + 5
    if shape == "so-ket":
        day = (begin + 3, rng.randint(3, 8), rng.randint(1, 28))
        last = begin + 2
    elif shape == "hang-nam":
        last = 2025 if since_reform else begin + rng.randint(1, 4)
        day = (last, 12, rng.randint(10, 31)) if rng.random() < 0.6 else (last + 1, 1, rng.randint(3, 20))
        begin, end = (2025, 2030) if since_reform else (begin, end)
        congress = 1 if since_reform else congress
    else:
        # The congresses of 2025 met before the reform in no commune that it dissolved: earlier terms only end in 2010 and 2020.
        month = rng.randint(7, 9) if since_reform else rng.randint(4, 8) if end < 2025 else rng.randint(3, 6)
        day = (end, month, rng.randint(1, 28))
        last = end - 1
    return Time(shape, begin, end, last, day, congress, following, clock)


def roman(number: int) -> str:
    """1 to 39 in Roman figures."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
