"""The comparison as data: ``data/comparison.yaml`` read once and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.errors import DataError
from toolkit.lexicon import load
from toolkit.model.comparison import Measure
from toolkit.model.vietnamese import name_key

Words = tuple[str, ...]
"""A phrase as the keys of its syllables."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a length prints; the keys are explained in ``comparison.yaml``."""

    name: str
    shared: int
    own: int
    note: int
    all: bool = False


@dataclass(frozen=True)
class Comparing:
    """``comparison.yaml`` and what it takes from the catalogue of indicators, in one frozen value.

    ``leading`` and ``neutral`` are phrases that tell no two labels apart, longest first; ``means`` all words by which the catalogue
    knows an indicator; ``apart`` phrases that make it another thing.
    """

    columns: int
    indicators: int
    bars: int
    panels: int
    lengths: Mapping[str, Extent]
    words: Mapping[str, str]
    measures: Mapping[Measure, str]
    facts: Mapping[str, str]
    leading: tuple[Words, ...]
    neutral: tuple[Words, ...]
    neutral_of: Mapping[str, tuple[Words, ...]]
    apart: Mapping[str, tuple[Words, ...]]
    means: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    directions: Mapping[str, str]


@cache
def comparing() -> Comparing:
    """The packaged data; raises ``DataError`` when the file lacks something."""
    try:
        return _read(load("comparison"), load("vi/indicators"))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"comparison.yaml is not as it should be: {error}", where="toolkit/data/comparison.yaml", remedy="install nhiemky again"
        ) from error


def _read(data: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Comparing:
    return Comparing(
        **data["layout"],
        lengths={name: Extent(name, **row) for name, row in data["lengths"].items()},
        words=dict(data["words"]),
        measures={Measure(key): text for key, text in data["measures"].items()},
        facts=dict(data["facts"]),
        leading=_phrases(data["leading"]),
        neutral=_phrases(data["neutral"]),
        neutral_of={_known(key, catalogue): _phrases(rows) for key, rows in data["neutral_of"].items()},
        apart={_known(key, catalogue): _phrases(rows) for key, rows in data["apart"].items()},
        means={
            key: frozenset(word for alias in row["aliases"] for word in name_key(alias).split()) for key, row in catalogue.items()
        },
        labels={key: row["label"] for key, row in catalogue.items()},
        directions={key: row["direction"] for key, row in catalogue.items()},
    )


def _known(key: str, catalogue: Mapping[str, Any]) -> str:
    if key not in catalogue:
        raise KeyError(f"no indicator {key}")
    return key


def _phrases(rows: list[str]) -> tuple[Words, ...]:
    """Longest first, so that ``tổng số`` is taken before ``tổng``."""
    return tuple(sorted((tuple(name_key(row).split()) for row in rows), key=len, reverse=True))
