"""A small ensemble of shallow regression trees: how it predicts, and how it is learnt.

Written out in plain Python because the package needs it on a few thousand sentences only, and a machine that makes briefs should
not carry a numerical library for that.  All trees are complete and of one depth, so that one is three flat rows of numbers.
Learning is least-squares gradient boosting over binned features, deterministic for a given seed.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Tree:
    """A complete binary tree: node ``i`` has the children ``2i+1`` and ``2i+2``; ``leaves`` stand from left to right.

    A row goes right where its ``features[i]``-th value is above ``borders[i]``.
    """

    features: tuple[int, ...]
    borders: tuple[float, ...]
    leaves: tuple[float, ...]

    def walk(self, row: Row) -> float:
        """The value of the leaf that a row ends at."""
        inner = len(self.features)
        node = 0
        while node < inner:
            node = 2 * node + (2 if row[self.features[node]] > self.borders[node] else 1)
        return self.leaves[node - inner]


def _left_leaves(inner: int, node: int) -> int:
    """Bit mask of the leaves below the left child of ``node`` in a tree of ``inner`` nodes."""
    low, high = 2 * node + 1, 2 * node + 1
    while low < inner:
        low, high = 2 * low + 1, 2 * high + 2
    return sum(1 << (leaf - inner) for leaf in range(low, high + 1))


_LOWEST = bytes(max(0, (byte & -byte).bit_length() - 1) for byte in range(256))
"""Place of the lowest set bit of a byte."""


class _Masks:
    """All trees read at once (the idea of QuickScorer): a byte a tree, a bit a leaf that can still be reached.

    A node whose feature is above its border rules out the leaves to its left; the first leaf left over is where the walk ends.
    Which leaves a value of one feature rules out in all trees together is a single large number, looked up by bisection.
    """

    def __init__(self, trees: tuple[Tree, ...]) -> None:
        borders: dict[int, list[tuple[float, int]]] = {}
        for number, tree in enumerate(trees):
            inner = len(tree.features)
            for node, (feature, border) in enumerate(zip(tree.features, tree.borders, strict=True)):
                borders.setdefault(feature, []).append((border, _left_leaves(inner, node) << (8 * number)))
        self.size = len(trees)
        self.leaves = [tree.leaves for tree in trees]
        self.full = (1 << (8 * self.size)) - 1
        self.by_feature: list[tuple[int, list[float], list[int]]] = []
        for feature, ruled in sorted(borders.items()):
            ruled.sort()
            alive = [self.full]
            for _, lost in ruled:
                alive.append(alive[-1] & ~lost)
            self.by_feature.append((feature, [border for border, _ in ruled], alive))

    def total(self, row: Row) -> float:
        alive = self.full
        for feature, borders, masks in self.by_feature:
            alive &= masks[bisect_left(borders, row[feature])]
        reached = alive.to_bytes(self.size, "little").translate(_LOWEST)
        return sum([leaves[leaf] for leaves, leaf in zip(self.leaves, reached, strict=True)])


@dataclass(frozen=True)
class Ensemble:
    """``base`` plus the leaf that each tree leads to.  Trees are at most three levels deep."""

    base: float
    trees: tuple[Tree, ...]

    @cached_property
    def _masks(self) -> _Masks:
        return _Masks(self.trees)

    def predict(self, row: Row) -> float:
        return self.base + self._masks.total(row)

    @classmethod
    def from_json(cls, data: dict[str, list[list[float]] | float]) -> Ensemble:
        trees = data["trees"]
        assert isinstance(trees, list)
        found = []
        for flat in trees:
            inner = (len(flat) - 1) // 3
            features = tuple(int(x) for x in flat[:inner])
            found.append(Tree(features, tuple(flat[inner : 2 * inner]), tuple(flat[2 * inner :])))
        base = data["base"]
        assert isinstance(base, float)
        return cls(base, tuple(found))

    def to_json(self) -> dict[str, list[list[float]] | float]:
        rows = [[*map(float, t.features), *t.borders, *t.leaves] for t in self.trees]
        return {"base": round(self.base, 6), "trees": [[round(x, 6) for x in row] for row in rows]}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to learn: so many ``trees`` of ``depth``, each on a share of the ``rows``, each node on a share of the ``columns``."""

    trees: int = 300
    depth: int = 3
    rate: float = 0.025
    rows: float = 0.5
    columns: float = 0.2
    smallest: float = 20.0
    """Least weight of rows in a leaf."""
    bins: int = 32
    seed: int = 0


class _Table:
    """Features cut into bins by quantiles: ``binned[column][row]``, and the border above each bin.

    A border stands half-way to the next value, so that writing it with fewer digits moves no row across it.
    """

    def __init__(self, rows: Sequence[Row], bins: int) -> None:
        self.borders: list[list[float]] = []
        self.binned: list[list[int]] = []
        for column in zip(*rows, strict=True):
            ordered = sorted(column)
            cuts = sorted({ordered[len(ordered) * i // bins] for i in range(1, bins)} - {ordered[-1]})
            self.borders.append([(cut + ordered[bisect_right(ordered, cut)]) / 2 for cut in cuts])
            self.binned.append([bisect_left(cuts, value) for value in column])


def learn(rows: Sequence[Row], targets: Sequence[float], weights: Sequence[float], recipe: Recipe) -> Ensemble:
    """The ensemble that fits ``targets``; rows count by their ``weights``."""
    table = _Table(rows, recipe.bins)
    rng = random.Random(recipe.seed)  # noqa: S311 - sampling, not a secret
    total = sum(weights)
    base = sum(w * y for w, y in zip(weights, targets, strict=True)) / total
    left = [y - base for y in targets]
    trees: list[Tree] = []
    for _ in range(recipe.trees):
        chosen = sorted(rng.sample(range(len(rows)), max(1, int(recipe.rows * len(rows)))))
        tree = _Grower(table, left, weights, recipe, rng).grow(chosen)
        trees.append(tree)
        for i, row in enumerate(rows):
            left[i] -= tree.walk(row)
    return Ensemble(base, tuple(trees))


class _Grower:
    """Grows one tree on the residuals, level by level."""

    def __init__(self, table: _Table, left: Sequence[float], weights: Sequence[float], recipe: Recipe, rng: random.Random) -> None:
        self._table, self._left, self._weights, self._recipe, self._rng = table, left, weights, recipe, rng

    def grow(self, members: list[int]) -> Tree:
        inner = 2**self._recipe.depth - 1
        features, borders = [0] * inner, [float("inf")] * inner
        level = {0: members}
        for _ in range(self._recipe.depth):
            below: dict[int, list[int]] = {}
            for node, rows in level.items():
                split = self._best(rows)
                if split is None:
                    # Nothing gained: everything goes left, down to the leaf.
                    below[2 * node + 1], below[2 * node + 2] = rows, []
                    continue
                column, cut = split
                features[node], borders[node] = column, self._table.borders[column][cut]
                binned = self._table.binned[column]
                below[2 * node + 1] = [i for i in rows if binned[i] <= cut]
                below[2 * node + 2] = [i for i in rows if binned[i] > cut]
            level = below
        leaves = tuple(self._value(level[node]) for node in sorted(level))
        return Tree(tuple(features), tuple(min(border, 1e9) for border in borders), leaves)

    def _value(self, rows: list[int]) -> float:
        weight = sum(self._weights[i] for i in rows)
        return self._recipe.rate * sum(self._weights[i] * self._left[i] for i in rows) / weight if weight else 0.0

    def _best(self, rows: list[int]) -> tuple[int, int] | None:
        """Column and bin of the split that lowers the squared error most."""
        columns = len(self._table.binned)
        best: tuple[int, int] | None = None
        best_gain = 1e-9
        pull = [self._weights[i] * self._left[i] for i in rows]
        mass = [self._weights[i] for i in rows]
        all_pull, all_mass = sum(pull), sum(mass)
        if all_mass < 2 * self._recipe.smallest:
            return None
        for column in self._rng.sample(range(columns), max(1, round(self._recipe.columns * columns))):
            binned = self._table.binned[column]
            bins = len(self._table.borders[column]) + 1
            pulls, masses = [0.0] * bins, [0.0] * bins
            for i, p, m in zip(rows, pull, mass, strict=True):
                slot = binned[i]
                pulls[slot] += p
                masses[slot] += m
            low_pull = low_mass = 0.0
            for cut in range(bins - 1):
                low_pull += pulls[cut]
                low_mass += masses[cut]
                high_mass = all_mass - low_mass
                if low_mass < self._recipe.smallest or high_mass < self._recipe.smallest:
                    continue
                gain = low_pull**2 / low_mass + (all_pull - low_pull) ** 2 / high_mass - all_pull**2 / all_mass
                if gain > best_gain:
                    best, best_gain = (column, cut), gain
        return best
