"""Learns the weights of ``rank`` from reports whose key sentences an editor marked.

    python -m toolkit.summarise.train_report FOLDER... [--held-out]

Each FOLDER holds annotated reports: ``<name>.yaml`` with ``key_sentences`` (a sector, then ``[start, end)`` pairs into the text)
and the text as ``<name>.txt`` beside it or in another of the folders; ``held-*`` are left alone.  A folder given as ``FOLDER=4``
counts four times.  Writes ``toolkit/data/models/report.json``; with ``--held-out`` it writes nothing and reports how many key
sentences are ranked first when each report is scored by weights that were not learnt from it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.lexicon import DATA, load_yaml_text
from toolkit.model.fact import Passage
from toolkit.summarise.features import features, surroundings
from toolkit.summarise.linear import logistic
from toolkit.summarise.ranking import title_of

STRENGTH = 0.3
"""Weight of the data against the penalty on large weights; chosen on held-out reports."""
PAIRED = 0.5
"""Share of the comparisons inside a sector in what is learnt; the rest is each passage for itself."""

Key = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Report:
    """One annotated report: passages with their feature rows, and where the editor's sentences stand."""

    name: str
    weight: float
    passages: tuple[Passage, ...]
    names: tuple[str, ...]
    rows: list[list[float]]
    key: Key

    def marked(self) -> list[bool]:
        return [any(_hits(span, p) for span in self.key.get(p.sector.value, ())) for p in self.passages]


def _hits(span: tuple[int, int], passage: Passage) -> bool:
    """The scorer's rule: a passage that overlaps half of the marked sentence."""
    both = min(span[1], passage.quote.end) - max(span[0], passage.quote.start)
    return both >= 0.5 * (span[1] - span[0])


def load_reports(folders: Sequence[str]) -> list[Report]:
    """All annotated reports, by name.  ``FOLDER=4`` gives a folder's reports the weight 4."""
    # The stages may not import one another at run time; learning ranks what the whole way before it produces.
    pipeline = importlib.import_module("toolkit.pipeline")
    places = [(Path(name), float(weight or 1)) for name, _, weight in (folder.partition("=") for folder in folders)]
    found = []
    for folder, weight in places:
        for path in sorted(folder.glob("*.yaml")):
            text = next((t for place, _ in places if (t := place / f"{path.stem}.txt").exists()), None)
            if text is None or path.stem.startswith("held-"):
                continue
            marked = (load_yaml_text(path.read_text("utf-8"), str(path)) or {}).get("key_sentences") or {}
            key = {sector: [(int(a), int(b)) for a, b in spans] for sector, spans in marked.items()}
            found.append(_report(path.stem, weight, pipeline.clean_source(text), key))
    return found


def _report(name: str, weight: float, clean: object, key: Key) -> Report:
    extract = importlib.import_module("toolkit.extract")
    passages = extract.extract(clean).sentences
    around = surroundings(passages, title_of(clean))  # type: ignore[arg-type]
    measured = [features(passage, around) for passage in passages]
    names = tuple(name for name, _ in measured[0]) if measured else ()
    return Report(name, weight, passages, names, [[value for _, value in row] for row in measured], key)


Row = tuple[list[float], int, float]


def _examples(report: Report) -> Iterator[Row]:
    """``(row, target, weight)``: each passage with the constant 1 for the bias, and differences of passages of one sector."""
    marked = report.marked()
    for row, good in zip(report.rows, marked, strict=True):
        yield [1.0, *row], int(good), (1 - PAIRED) * report.weight
    pairs = [
        [0.0, *(a - b for a, b in zip(report.rows[i], report.rows[j], strict=True))]
        for i, good in enumerate(marked)
        if good
        for j, other in enumerate(marked)
        if not other and report.passages[i].sector is report.passages[j].sector
    ]
    for difference in pairs:
        # Twice, because the reversed comparison says the same.
        yield difference, 1, 2 * PAIRED * report.weight * len(marked) / len(pairs)


def learn_weights(reports: Sequence[Report]) -> dict[str, float]:
    """Weight of every feature, and ``bias``."""
    examples = [example for report in reports for example in _examples(report)]
    names = next(report.names for report in reports if report.names)
    penalty = [1e-6, *[1 / STRENGTH] * len(names)]
    found = logistic([row for row, _, _ in examples], [y for _, y, _ in examples], [w for _, _, w in examples], penalty)
    return {name: round(value, 4) for name, value in zip(("bias", *names), found, strict=True)}


def hits(report: Report, weights: dict[str, float]) -> tuple[int, int, int]:
    """Key sentences ranked first in their sector, ranked first in the whole report, and all of them."""
    score = [sum(weights[n] * v for n, v in zip(report.names, row, strict=True)) for row in report.rows]
    order = sorted(range(len(score)), key=lambda i: -score[i])
    spans = [span for some in report.key.values() for span in some]
    first = [report.passages[i] for i in order[: len(spans)]]
    by_sector = 0
    for sector, wanted in report.key.items():
        top = [report.passages[i] for i in order if report.passages[i].sector == sector][: len(wanted)]
        by_sector += sum(any(_hits(span, p) for p in top) for span in wanted)
    return by_sector, sum(any(_hits(span, p) for p in first) for span in spans), len(spans)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write the weights, or with ``--held-out`` only measure."""
    parser = argparse.ArgumentParser(prog="python -m toolkit.summarise.train_report", description="Learn the weights of rank.")
    parser.add_argument("folders", nargs="+", metavar="FOLDER[=WEIGHT]", help="folder of annotated reports")
    parser.add_argument("--held-out", action="store_true", help="report hits on held-out reports instead of writing the weights")
    options = parser.parse_args(arguments)
    reports = load_reports(options.folders)
    if options.held_out:
        for weight in sorted({r.weight for r in reports}):
            told = [hits(r, learn_weights([o for o in reports if o.name != r.name])) for r in reports if r.weight == weight]
            sector, whole, total = (sum(column) for column in zip(*told, strict=True))
            line = f"weight {weight:g}: key sentences {total}  by sector {sector / total:.3f}  whole document {whole / total:.3f}"
            sys.stdout.write(line + "\n")
        return
    path = DATA / "models" / "report.json"
    path.write_text(json.dumps({"weights": learn_weights(reports)}, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{path}: learnt from {len(reports)} reports\n")


if __name__ == "__main__":
    main()
