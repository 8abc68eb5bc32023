"""The tree ensemble: what it learns, and that the packaged models fit the features they are used with."""

from __future__ import annotations

import json
from random import Random

import pytest

from toolkit.lexicon import DATA
from toolkit.model.context import Sector
from toolkit.model.fact import Passage
from toolkit.model.text import Source
from toolkit.summarise.boost import Ensemble, Recipe, learn
from toolkit.summarise.cluster import lines_of, measure
from toolkit.summarise.features import features, surroundings

RECIPE = Recipe(trees=40, depth=2, rate=0.3, rows=0.8, columns=1.0, smallest=3)


def table(n: int = 300) -> tuple[list[list[float]], list[float]]:
    rng = Random(5)
    rows = [[rng.random(), rng.random(), rng.random()] for _ in range(n)]
    return rows, [(1.0 if row[0] > 0.5 else 0.0) + 0.5 * (row[1] > 0.7) for row in rows]


def test_learns_a_step_and_ignores_noise() -> None:
    rows, targets = table()
    model = learn(rows, targets, [1.0] * len(rows), RECIPE)
    assert model.predict([0.9, 0.1, 0.5]) == pytest.approx(1.0, abs=0.1)
    assert model.predict([0.1, 0.9, 0.5]) == pytest.approx(0.5, abs=0.1)
    assert model.predict([0.1, 0.1, 0.9]) == pytest.approx(0.0, abs=0.1)


def test_the_same_data_give_the_same_model() -> None:
    rows, targets = table(80)
    weights = [1.0] * len(rows)
    assert learn(rows, targets, weights, RECIPE).to_json() == learn(rows, targets, weights, RECIPE).to_json()


def test_json_keeps_the_model() -> None:
    rows, targets = table(80)
    model = learn(rows, targets, [1.0] * len(rows), RECIPE)
    again = Ensemble.from_json(json.loads(json.dumps(model.to_json())))
    assert [again.predict(row) for row in rows] == pytest.approx([model.predict(row) for row in rows], abs=1e-3)


def test_reading_all_trees_at_once_is_walking_each() -> None:
    rows, targets = table(200)
    model = learn(rows, targets, [1.0] * len(rows), Recipe(trees=30, depth=3, rate=0.2, columns=0.7, smallest=3))
    on_borders = [[tree.borders[0]] * 3 for tree in model.trees]
    for row in [*rows, *on_borders, [-1.0, 2.0, 0.5]]:
        assert model.predict(row) == pytest.approx(model.base + sum(tree.walk(row) for tree in model.trees))


def test_rows_without_weight_do_not_count() -> None:
    rows, targets = table(80)
    model = learn([*rows, *rows], [*targets, *[9.0] * 80], [*[1.0] * 80, *[0.0] * 80], RECIPE)
    assert max(model.predict(row) for row in rows) < 2


def test_the_packaged_news_model_knows_the_features() -> None:
    model = json.loads((DATA / "models/news.json").read_text("utf-8"))
    names, values = measure(lines_of(0, "Thu đủ.", [(0, 7)]), 1)
    assert tuple(model["features"]) == names
    assert len(values[0]) == len(names)
    assert all(int(column) < len(names) for tree in model["sentences"]["trees"] for column in tree[: (len(tree) - 1) // 3])


def test_the_packaged_report_weights_know_the_features() -> None:
    weights = json.loads((DATA / "models/report.json").read_text("utf-8"))["weights"]
    passage = Passage(Source("a", "Thu đủ.", "a" * 64).quote(0, 7), "Thu đủ.", Sector.CHUNG)
    assert {name for name, _ in features(passage, surroundings([passage]))} == set(weights) - {"bias"}
