"""Page furniture against the annotations: which pieces were found, which were not, which are none.

usage: python tests/eval/noise.py [--all]      (``--all`` also lists the pieces of held-out articles)

Reads the articles beside this file and, where there is one, the shared gold folder (``NHIEMKY_SHARED`` or ``../shared``).  A piece
counts as found when the prediction covers more than half of it, a prediction as right when more than half of it is annotated.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from toolkit.clean import clean
from toolkit.read import read_source

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("NHIEMKY_SHARED", HERE.parents[2] / "shared"))


@dataclass
class Score:
    """Counts over a set of articles, and the faults by name of the article."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    annotated: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.annotated if self.annotated else 1.0


def score(pairs: Iterator[tuple[Path, Path]]) -> Score:
    """Scores the furniture of (article, annotation) pairs."""
    total = Score()
    for article, annotation in pairs:
        gold = yaml.safe_load(annotation.read_text("utf-8")).get("noise") or []
        _add(article, [str(piece).strip() for piece in gold], total)
    return total


def _add(article: Path, gold: list[str], total: Score) -> None:
    cleaned = clean(read_source(article))
    text = cleaned.source.text
    spans = {piece: list(_places(text, piece)) for piece in gold if _readable(piece)}
    every = [span for places in spans.values() for span in places]
    found = [(n.span.start, n.span.end, n.why) for n in cleaned.noise if _readable(text[n.span.start : n.span.end])]
    for start, end, why in found:
        total.predicted += 1
        if any(min(end, b) - max(start, a) > 0.5 * (end - start) for a, b in every):
            total.right += 1
        else:
            total.faults.append(f"{article.stem}: not annotated ({why}): {text[start:end][:80]!r}")
    for piece, places in spans.items():
        total.annotated += 1
        if any(sum(max(0, min(e, b) - max(s, a)) for s, e, _ in found) > 0.5 * (b - a) for a, b in places):
            total.found += 1
        else:
            total.faults.append(f"{article.stem}: not found: {piece[:80]!r}")


def _readable(piece: str) -> bool:
    """Pieces without a letter or digit (``./.``) count for nothing: no reader ever sees them as content."""
    return any(c.isalnum() for c in piece)


def _places(text: str, piece: str) -> Iterator[tuple[int, int]]:
    at = text.find(piece)
    while at >= 0:
        yield at, at + len(piece)
        at = text.find(piece, at + 1)


def own_pairs(prefix: str) -> Iterator[tuple[Path, Path]]:
    """Articles beside this file whose name begins with ``prefix``."""
    for annotation in sorted((HERE / "articles").glob(f"{prefix}*.yaml")):
        if annotation.with_suffix(".txt").exists():
            yield annotation.with_suffix(".txt"), annotation


def gold_pairs() -> Iterator[tuple[Path, Path]]:
    """Articles of the shared gold folder."""
    for annotation in sorted((SHARED / "gold").glob("*.yaml")):
        for folder in ("seeds", "corpus"):
            article = SHARED / folder / f"{annotation.stem}.txt"
            if article.exists():
                yield article, annotation


def main() -> None:
    for name, pairs in (("gold", gold_pairs()), ("dev", own_pairs("dev")), ("held", own_pairs("held"))):
        result = score(pairs)
        if name != "held" or "--all" in sys.argv:
            print(*result.faults, sep="\n")
        print(f"{name}: precision {result.precision:.3f}  recall {result.recall:.3f}  of {result.annotated} pieces")


if __name__ == "__main__":
    main()
