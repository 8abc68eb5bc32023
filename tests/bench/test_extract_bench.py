"""Cost of extraction: against segmentation of the same text in the same run, and its growth with the text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.clean import clean
from toolkit.extract import extract
from toolkit.model.text import Source
from toolkit.read import read_source

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

pytestmark = pytest.mark.bench


def best(call: Callable[[], object], runs: int = 5) -> float:
    """Seconds of processor time of the fastest of some runs: what else the machine does is no part of the cost."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def text_of(size: int) -> str:
    whole = "\n\n".join(read_source(path).text for path in SEEDS)
    return (whole * (size // len(whole) + 1))[:size]


@pytest.mark.filterwarnings("ignore")
def test_article_costs_less_than_four_segmentations() -> None:
    from underthesea import word_tokenize

    article = clean(Source("bench.txt", text_of(10_000), "0" * 64))
    extract(article), word_tokenize(article.text)  # warm
    segmentation = best(lambda: word_tokenize(article.text))
    extraction = best(lambda: extract(article))
    ratio = extraction / segmentation
    print(f"\nextract {extraction * 1000:.0f} ms, word_tokenize {segmentation * 1000:.0f} ms, ratio {ratio:.2f}")
    assert extraction <= 4 * segmentation


def test_cost_grows_linearly() -> None:
    small = clean(Source("bench.txt", text_of(100_000), "0" * 64))
    large = clean(Source("bench.txt", text_of(400_000), "0" * 64))
    extract(small)
    ratio = best(lambda: extract(large), 3) / best(lambda: extract(small), 3)
    print(f"\n4 times the text costs {ratio:.2f} times as much")
    assert ratio <= 4 * 1.1
