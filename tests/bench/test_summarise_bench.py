"""The general summariser, warm: documents a second, splitting included, and growth with the length of the text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from toolkit.clean.sentences import split
from toolkit.summarise import summarise

ROOT = Path(__file__).parents[2]
NEWS = 2_500
"""Characters of a usual news item; the seeds are cut to pieces of this length."""


def documents() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [text[i : i + NEWS] for text in texts for i in range(0, len(text) - NEWS, NEWS)]


@pytest.mark.bench
def test_documents_a_second() -> None:
    texts = documents()
    clusters = [texts[i : i + 3] for i in range(0, len(texts), 3)]
    summarise(clusters[0], 120, split=split)
    start = time.process_time()
    for _ in range(5):
        for cluster in clusters:
            summarise(cluster, 120, split=split)
    rate = 5 * len(texts) / (time.process_time() - start)
    print(f"\n{rate:.0f} documents of {NEWS} characters a second of processor time (aim: at least 250)")
    assert rate >= 250


@pytest.mark.bench
def test_linear_in_the_length() -> None:
    text = "\n".join(documents())

    def spent(times: int) -> float:
        start = time.process_time()
        summarise([text * times], 120, split=split)
        return time.process_time() - start

    spent(1)
    short, long = spent(4), spent(16)
    print(f"\nfour times the text takes {long / short:.2f} times as long")
    assert long <= short * 4 * 1.25
