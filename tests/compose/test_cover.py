"""Places told already: merged, found again, and cheap."""

from __future__ import annotations

import pytest
from small_dossiers import source

from toolkit.compose.cover import Cover

SRC = source("x" * 100)


def cover(*spans: tuple[int, int]) -> Cover:
    return Cover(SRC.quote(start, end) for start, end in spans)


@pytest.mark.parametrize(
    ("spans", "asked", "share", "held"),
    [
        ([], (0, 10), 0.5, False),
        ([(0, 10)], (0, 10), 1.0, True),
        ([(0, 10)], (5, 15), 0.5, True),
        ([(0, 10)], (6, 16), 0.5, False),
        ([(0, 10)], (10, 20), 0.1, False),
        ([(0, 4), (6, 10)], (0, 10), 0.8, True),
        ([(0, 4), (6, 10)], (0, 10), 0.9, False),
        ([(20, 30), (0, 10), (5, 25)], (0, 30), 1.0, True),
        ([(0, 50), (10, 20)], (30, 40), 1.0, True),
    ],
)
def test_share_of_a_place_that_is_told(spans: list[tuple[int, int]], asked: tuple[int, int], share: float, held: bool) -> None:
    assert cover(*spans).holds(SRC.quote(*asked), share) is held


def test_order_of_adding_does_not_matter() -> None:
    spans = [(40, 50), (0, 10), (8, 20), (45, 60), (30, 35)]
    one, other = cover(), cover(*spans)
    for start, end in spans:
        one.add(SRC.quote(start, end))
    for start in range(0, 90, 5):
        quote = SRC.quote(start, start + 10)
        assert one.holds(quote) == other.holds(quote)


def test_another_source_is_another_place() -> None:
    assert not cover((0, 10)).holds(source("y" * 100).quote(0, 10))
