"""A sender killed at random points: every message accepted once.  Two hundred kills are in ``tests/bench/test_send_bench.py``."""

from __future__ import annotations

from pathlib import Path

import pytest
from killing import assert_exactly_once, killed


@pytest.mark.slow
def test_a_killed_sender_sends_everything_once(tmp_path: Path) -> None:
    found = killed(tmp_path, recipients=60, kills=8, longest=0.06)
    assert found.kills >= 6
    assert_exactly_once(found, 60)
