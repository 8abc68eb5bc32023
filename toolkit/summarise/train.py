"""Learns the numbers of the general summariser from clusters of news with summaries written by people.

    python -m toolkit.summarise.train DATA_DIR [--folds 9]

``DATA_DIR`` is laid out like VietnameseMDS: folders ``cluster_<n>`` with ``*.body.txt`` and the summaries ``cluster_<n>.ref1.txt``,
``cluster_<n>.ref2.txt``.  Writes ``toolkit/data/models/news.json``; none of the text goes in.  With ``--folds`` it writes nothing
and reports ROUGE on held-out clusters instead.  Deterministic: the same data give the same file.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from toolkit.lexicon import DATA
from toolkit.summarise.boost import Ensemble, Recipe, learn
from toolkit.summarise.cluster import Line, measure
from toolkit.summarise.general import document_lines
from toolkit.summarise.linear import solve
from toolkit.summarise.select import PairWorth, choose, pair_features, pair_worths
from toolkit.summarise.wording import SYLLABLE

SENTENCE_WEIGHT = 0.75
"""What a sentence's own score counts in the choice; 0.5 to 1 do equally well on held-out clusters."""
FULL_WEIGHT = 40
"""Syllables from which a sentence counts fully in learning: short ones move the summary less."""
INNER_FOLDS = 4

Pairs = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Cluster:
    """One cluster, measured: ``targets`` is how much of each sentence people kept, squared, so that whole sentences count most."""

    lines: list[Line]
    documents: int
    names: tuple[str, ...]
    values: list[list[float]]
    references: list[list[str]]
    pairs: list[Pairs]
    targets: list[float]


def _syllables(text: str) -> list[str]:
    return SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())


def load_clusters(folder: Path) -> list[Cluster]:
    """All clusters of ``folder`` in numerical order."""
    # The stages may not import one another at run time; learning needs the sentences that the pipeline will give.
    clean_source = importlib.import_module("toolkit.pipeline").clean_source
    places = sorted((p for p in folder.iterdir() if p.name.startswith("cluster_")), key=lambda p: int(p.name[8:]))
    found = []
    for place in places:
        texts = [clean_source(path) for path in sorted(place.glob("*.body.txt"))]
        references = [_syllables(p.read_text("utf-8-sig")) for p in sorted(place.glob(f"{place.name}.ref*.txt"))]
        lines = [line for number, text in enumerate(texts) for line in document_lines(number, text)]
        if lines and references:
            found.append(_measured(lines, len(texts), references))
    return found


def _measured(lines: list[Line], documents: int, references: list[list[str]]) -> Cluster:
    names, values = measure(lines, documents)
    pairs = [Counter(pairwise(words)) for words in references]
    targets = [sum(_kept(line, known) ** 2 for known in pairs) / len(pairs) for line in lines]
    return Cluster(lines, documents, names, values, references, pairs, targets)


def _kept(line: Line, known: Pairs) -> float:
    own = Counter(pairwise(line.words))
    return sum((own & known).values()) / max(1, len(line.words) - 1)


def learn_sentences(clusters: Sequence[Cluster], recipe: Recipe) -> Ensemble:
    """The trees that tell how much of a sentence people keep."""
    rows = [row for c in clusters for row in c.values]
    targets = [target for c in clusters for target in c.targets]
    weights = [min(len(line.words), FULL_WEIGHT) / FULL_WEIGHT for c in clusters for line in c.lines]
    return learn(rows, targets, weights, recipe)


def learn_pairs(clusters: Sequence[Cluster], recipe: Recipe) -> PairWorth:
    """How likely people keep a syllable pair, by least squares over scores from trees that have not seen the cluster."""
    size = 5
    squares = [[0.0] * size for _ in range(size)]
    products = [0.0] * size
    for fold in range(INNER_FOLDS):
        ensemble = learn_sentences([c for i, c in enumerate(clusters) if i % INNER_FOLDS != fold], recipe)
        for cluster in (c for i, c in enumerate(clusters) if i % INNER_FOLDS == fold):
            scores = [ensemble.predict(row) for row in cluster.values]
            for pair, features in pair_features(cluster.lines, scores, cluster.documents).items():
                row = (1.0, *features)
                target = sum(min(1, known[pair]) for known in cluster.pairs) / len(cluster.pairs)
                for i in range(size):
                    products[i] += row[i] * target
                    for j in range(size):
                        squares[i][j] += row[i] * row[j]
    base, best, second, spread, first = (round(x, 5) for x in solve(squares, products))
    return PairWorth(base, best, second, spread, first, SENTENCE_WEIGHT)


def rouge(words: Sequence[str], references: Sequence[Sequence[str]], n: int) -> float:
    """Mean ROUGE-N F1 over the references, 0 to 1."""
    total = 0.0
    for reference in references:
        ours, theirs = (Counter(zip(*(w[i:] for i in range(n)), strict=False)) for w in (words, reference))
        both = sum((ours & theirs).values())
        total += 2 * both / max(1, ours.total() + theirs.total())
    return total / len(references)


def cross_validate(clusters: Sequence[Cluster], folds: int, recipe: Recipe, budgets: Sequence[int] = (120, 182)) -> None:
    """Print mean ROUGE-1 and ROUGE-2 over clusters that the numbers were not learnt from."""
    order = list(range(len(clusters)))
    random.Random(1).shuffle(order)  # noqa: S311 - a split, not a secret
    scores: dict[int, list[tuple[float, float]]] = {budget: [] for budget in budgets}
    for fold in range(folds):
        seen = [clusters[i] for at, i in enumerate(order) if at % folds != fold]
        ensemble, worth = learn_sentences(seen, recipe), learn_pairs(seen, recipe)
        for cluster in (clusters[i] for at, i in enumerate(order) if at % folds == fold):
            for budget in budgets:
                words = _summary(cluster, ensemble, worth, budget)
                scores[budget].append((rouge(words, cluster.references, 1), rouge(words, cluster.references, 2)))
    for budget, pairs in scores.items():
        r1, r2 = (100 * sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        sys.stdout.write(f"budget {budget}: clusters {len(pairs)}  R1 {r1:.2f}  R2 {r2:.2f}\n")


def _summary(cluster: Cluster, ensemble: Ensemble, worth: PairWorth, budget: int) -> list[str]:
    scores = [ensemble.predict(row) for row in cluster.values]
    worths = pair_worths(cluster.lines, scores, cluster.documents, worth)
    kept = choose(cluster.lines, scores, worths, budget, worth.sentence)
    return [word for i in kept for word in cluster.lines[i].words]


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write the model, or with ``--folds`` only measure."""
    parser = argparse.ArgumentParser(
        prog="python -m toolkit.summarise.train", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("data", type=Path, help="folder of clusters")
    parser.add_argument("--folds", type=int, default=0, help="report ROUGE by cross-validation instead of writing the model")
    options = parser.parse_args(arguments)
    clusters = load_clusters(options.data)
    recipe = Recipe()
    if options.folds:
        cross_validate(clusters, options.folds, recipe)
        return
    model = {
        "features": list(clusters[0].names),
        "sentences": learn_sentences(clusters, recipe).to_json(),
        "pairs": asdict(learn_pairs(clusters, recipe)),
    }
    path = DATA / "models" / "news.json"
    path.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{path}: learnt from {len(clusters)} clusters\n")


if __name__ == "__main__":
    main()
