"""Texts that nobody writes, but files hold: reading four times as much takes about four times as long."""

from __future__ import annotations

import time

import pytest

from toolkit.clean import clean
from toolkit.pipeline import facts_of
from toolkit.read import read_bytes

ODD = ["1234567890", "5%", "\u200b1", "5 triệu ", "1.000.000 đồng/người/năm ", "1/", "Ngắn\n12%\n"]


def spent(piece: str, letters: int) -> float:
    data = (piece * letters)[:letters].encode()
    start = time.process_time()
    facts_of(clean(read_bytes(data, "a.txt")))
    return time.process_time() - start


@pytest.mark.parametrize("piece", ODD)
def test_time_is_linear(piece: str) -> None:
    spent(piece, 100)
    short, long = spent(piece, 2500), spent(piece, 10000)
    assert long < 8 * short + 0.5, (short, long)  # 4 is linear, 16 quadratic
