"""Scores the passages of one report: a weighted sum of features, each contribution kept beside the score."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache

from toolkit.errors import DataError
from toolkit.lexicon import DATA
from toolkit.model.fact import Passage
from toolkit.model.text import BlockKind, CleanText
from toolkit.summarise.features import features, surroundings


@cache
def _weights() -> dict[str, float]:
    path = DATA / "models" / "report.json"
    try:
        return {name: float(value) for name, value in json.loads(path.read_text("utf-8"))["weights"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the package's data file is broken: {error}", where=str(path), remedy="install nhiemky again") from error


def rank(clean: CleanText, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages in the same order, each with its score in (0, 1) and what each feature contributed to its logit.

    Features that a passage already carries (``sector_fit``, ``piece``) are weighed with the others.
    """
    weights = _weights()
    around = surroundings(passages, title_of(clean))
    return tuple(_scored(passage, features(passage, around), weights) for passage in passages)


def title_of(clean: CleanText) -> str:
    """The title that the reader found, else the first heading."""
    if clean.source.title:
        return clean.source.title
    heading = next((b.span for b in clean.blocks if b.kind is BlockKind.HEADING), None)
    return clean.text[heading.start : heading.end] if heading else ""


def _scored(passage: Passage, values: tuple[tuple[str, float], ...], weights: dict[str, float]) -> Passage:
    parts = tuple((name, round(value * weights.get(name, 0.0), 4)) for name, value in values)
    logit = weights.get("bias", 0.0) + sum(part for _, part in parts)
    return replace(passage, score=round(1 / (1 + math.exp(-logit)), 4), features=tuple(part for part in parts if part[1]))
