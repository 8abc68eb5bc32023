"""Figures that the generator planted in 200 made-up articles against what is extracted of them.

The sentences are simple and all by one hand, so this says less than the annotated articles of ``tests/eval``; it says it of many
more figures, and of every way of writing them.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from making import Article, encode, make_articles

from toolkit.model.fact import Quantity
from toolkit.pipeline import read_facts

ARTICLES = 200
KINDS = ("money", "percent", "fraction")

Value = tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal | None]

pytestmark = pytest.mark.bench


def planted(article: Article) -> Counter[Value]:
    figures = (fact.figure for fact in article.facts)
    return Counter((f.kind, f.value, f.low, f.high, f.of) for f in figures if f.kind in KINDS)


def value(quantity: Quantity) -> Value:
    amount = quantity.amount
    return amount.kind.value, amount.value, amount.low, amount.high, amount.of


def told(article: Article, missed: Counter[Value], false: Counter[Value]) -> str:
    written = {(f.figure.kind, f.figure.value, f.figure.low, f.figure.high, f.figure.of): f for f in article.facts}
    lines = []
    for one in missed:
        fact = written[one]
        lines.append(f"missed {article.text[max(0, fact.start - 50) : fact.end + 25]!r}")
    return "\n".join([*lines, *(f"false {one}" for one in false)])


@pytest.mark.filterwarnings("ignore")
def test_planted_figures_are_found(tmp_path: Path) -> None:
    right: Counter[str] = Counter()
    missed_all: Counter[str] = Counter()
    false_all: Counter[str] = Counter()
    errors = []
    for article in make_articles(ARTICLES, seed=7):
        path = tmp_path / article.name
        path.write_bytes(encode(article))
        wanted = planted(article)
        found = Counter(value(q) for q in read_facts(path).quantities if q.amount.kind in KINDS)
        for one, many in (wanted & found).items():
            right[one[0]] += many
        missed, false = wanted - found, found - wanted
        for one, many in missed.items():
            missed_all[one[0]] += many
        for one, many in false.items():
            false_all[one[0]] += many
        if missed or false:
            errors.append(f"{article.name} {article.traits}\n{told(article, missed, false)}")
    print("\n" + "\n".join(errors[:40]))
    print(f"\n{'kind':10}{'planted':>9}{'precision':>11}{'recall':>9}")
    for kind in KINDS:
        precision = right[kind] / (right[kind] + false_all[kind])
        recall = right[kind] / (right[kind] + missed_all[kind])
        print(f"{kind:10}{right[kind] + missed_all[kind]:9}{precision:11.4f}{recall:9.4f}")
    assert right.total() / (right + false_all).total() >= 0.97
    assert right.total() / (right + missed_all).total() >= 0.97
