"""Quality floors of extraction: scores on annotated articles, compared with ``floors.json``.

    python tests/eval/gate.py [--shared DIR] [--table] [--errors N]

Two sets are scored: ``made-up`` (``tests/eval/articles``, written for this project) and ``gold`` (eleven real articles; their
texts and annotations lie outside the repository, in ``DIR/gold`` with ``DIR/seeds`` and ``DIR/corpus``; without them only the
first set is scored, and that is said).  Ends with 1 when a score is below its floor.  Lowering a floor is a commit of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from metrics import Tally, key_sentence_hits, score_document

from toolkit.contract import to_json
from toolkit.pipeline import read_facts

HERE = Path(__file__).parent


def score_set(pairs: list[tuple[Path, Path]]) -> tuple[dict[str, float], list[str]]:
    """Scores and error lines of (annotation, text) pairs."""
    tally = Tally()
    by_sector = whole = spans = 0
    for annotation, article in pairs:
        gold: dict[str, Any] = yaml.safe_load(annotation.read_text("utf-8"))
        facts = to_json(read_facts(article))
        score_document(annotation.stem, gold, facts, article.read_bytes().decode("utf-8"), tally)
        hits = key_sentence_hits(gold, facts)
        by_sector, whole, spans = by_sector + hits[0], whole + hits[1], spans + hits[2]
    scores = tally.scores()
    if spans:
        scores |= {"key_sentences_by_sector": by_sector / spans, "key_sentences_whole": whole / spans}
    return scores, tally.errors


def pairs_of(annotations: Path, texts: list[Path], prefix: str = "") -> list[tuple[Path, Path]]:
    """Annotations with their texts; an annotation without a text is an error in the set, so it raises."""
    out = []
    for annotation in sorted(annotations.glob(f"{prefix}*.yaml")):
        article = next((f for t in texts if (f := t / f"{annotation.stem}.txt").exists()), None)
        if article is None:
            raise FileNotFoundError(f"{annotation}: no text beside it")
        out.append((annotation, article))
    return out


def sets(shared: Path | None) -> dict[str, list[tuple[Path, Path]]]:
    articles = HERE / "articles"
    found = {"made-up-dev": pairs_of(articles, [articles], "dev-"), "made-up-held": pairs_of(articles, [articles], "held-")}
    if shared and (shared / "gold").is_dir():
        found["gold"] = pairs_of(shared / "gold", [shared / "seeds", shared / "corpus"])
    else:
        print("the gold articles are not beside this checkout; only the made-up ones are scored", file=sys.stderr)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--table", action="store_true", help="print all scores")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N errors of each set (held-out ones never)"
    )
    options = parser.parse_args()
    floors: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text("utf-8"))
    below = []
    results = {}
    for name, pairs in sets(options.shared).items():
        results[name], errors = score_set(pairs)
        below += [
            f"{name}: {key} is {results[name][key]:.3f}, the floor is {floor}"
            for key, floor in floors.get(name, {}).items()
            if (results[name][key] > floor if key == "ungrounded" else results[name][key] < floor)
        ]
        if not name.endswith("held"):
            print(*errors[: options.errors], sep="\n", end="\n" if options.errors else "")
    if options.table:
        table(results, floors)
    print(*below, sep="\n", end="\n" if below else "")
    print("quality floors:", "not reached" if below else "reached")
    return 1 if below else 0


def table(results: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> None:
    names = list(results)
    print(f"{'':26}" + "".join(f"{name:>22}" for name in names))
    for key in next(iter(results.values())):
        cells = []
        for name in names:
            floor = floors.get(name, {}).get(key)
            value = results[name].get(key, float("nan"))
            cells.append(f"{value:>12.3f}" + (f" (≥ {floor:.2f}) " if floor is not None else " " * 10))
        print(f"{key:26}" + "".join(cells))


if __name__ == "__main__":
    sys.exit(main())
