"""Weighted logistic regression in plain Python: a few dozen features, some ten thousand rows, Newton's method."""

from __future__ import annotations

import math
from collections.abc import Sequence


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a square system, by elimination with pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    n = len(rows)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(n):
            factor = rows[r][i] / rows[i][i]
            if r != i and factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def logistic(
    rows: Sequence[Sequence[float]], targets: Sequence[int], weights: Sequence[float], penalty: Sequence[float], rounds: int = 12
) -> list[float]:
    """Coefficients that minimise weighted log-loss plus half ``penalty`` times their squares."""
    size = len(penalty)
    coefficients = [0.0] * size
    for _ in range(rounds):
        gradient = [p * c for p, c in zip(penalty, coefficients, strict=True)]
        curvature = [[penalty[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, target, weight in zip(rows, targets, weights, strict=True):
            filled = [(i, value) for i, value in enumerate(row) if value]
            logit = sum(coefficients[i] * value for i, value in filled)
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
            pull, bend = weight * (chance - target), weight * chance * (1 - chance)
            for i, value in filled:
                gradient[i] += pull * value
                line, scaled = curvature[i], bend * value
                for j, other in filled:
                    line[j] += scaled * other
        step = solve(curvature, gradient)
        coefficients = [c - s for c, s in zip(coefficients, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return coefficients
