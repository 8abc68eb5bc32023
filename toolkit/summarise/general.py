"""The general summariser: the sentences of any set of Vietnamese texts that say most within a budget of syllables.

Scores come from shallow trees over ``cluster.measure``, learnt from news clusters with summaries by people (``train.py``; only the
learnt numbers are in the package, ``data/models/news.json``).  The choice is ``select.choose``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from toolkit.errors import DataError, ToolkitError, UsageError
from toolkit.lexicon import DATA, load
from toolkit.model.text import BlockKind, CleanText
from toolkit.summarise.boost import Ensemble
from toolkit.summarise.cluster import Line, lines_of, measure
from toolkit.summarise.select import SHORTEST, PairWorth, choose, pair_worths
from toolkit.summarise.summary import Candidate, Kept, Summary

Splitter = Callable[[str], Sequence[tuple[int, int]]]
"""Gives the half-open intervals of the sentences of a text."""

REPEATED = 0.5
"""Share of a dropped sentence's syllable pairs in one kept sentence, from which it is said to repeat it."""

BATCH_FORM = 'a line must be like {"id": "a", "documents": ["a.txt", "b.txt"], "budget": 120}'

_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@cache
def _model() -> tuple[Ensemble, PairWorth, tuple[str, ...]]:
    path = DATA / "models" / "news.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        return Ensemble.from_json(data["sentences"]), PairWorth(**data["pairs"]), tuple(data["features"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"the package's data file is broken: {error}", where=str(path), remedy="install nhiemky again") from error


def summarise(
    documents: Sequence[CleanText | str], budget: int, *, split: Splitter | None = None, explain: bool = False
) -> Summary:
    """The summary of all ``documents`` together, at most ``budget`` syllables long.

    A ``CleanText`` brings its sentences (headings, captions and noise left out); its quotes are in source coordinates.  A plain
    string needs ``split``.  With ``explain`` every sentence comes back with its features and why it was kept or dropped.
    Raises ``UsageError`` when the budget is not positive or a string comes without ``split``.
    """
    if budget < 1:
        raise UsageError("the budget must be at least one syllable", remedy="give a budget of 1 or more, such as 120")
    lines = [line for number, text in enumerate(documents) for line in document_lines(number, text, split)]
    if not lines:
        return Summary(budget, ())
    ensemble, worth, names = _model()
    found_names, values = measure(lines, len(documents))
    if found_names != names:
        raise DataError("the model of the summariser was learnt with other features", remedy="install nhiemky again")
    scores = [ensemble.predict(row) for row in values]
    worths = pair_worths(lines, scores, len(documents), worth)
    kept = choose(lines, scores, worths, budget, worth.sentence)
    sentences = tuple(Kept(lines[i].document, *_quoted(documents, lines[i])) for i in kept)
    if not explain:
        return Summary(budget, sentences)
    return Summary(budget, sentences, tuple(_explained(documents, lines, scores, kept, values, budget)))


def document_lines(number: int, document: CleanText | str, split: Splitter | None = None) -> list[Line]:
    """The sentences of one document that are weighed: the body of a ``CleanText``, or a string as ``split`` cuts it."""
    if isinstance(document, CleanText):
        blocks = document.blocks
        body = [s.span for s in document.sentences if not blocks or blocks[s.block].kind in _BODY]
        return lines_of(number, document.text, [(span.start, span.end) for span in body])
    if split is None:
        raise UsageError("a plain text needs a sentence splitter", remedy="pass split=toolkit.clean.sentences.split")
    return lines_of(number, document, split(document))


def _quoted(documents: Sequence[CleanText | str], line: Line) -> tuple[int, int, str]:
    document = documents[line.document]
    if isinstance(document, CleanText):
        quote = document.quote(line.start, line.end)
        return quote.start, quote.end, quote.text
    return line.start, line.end, line.text


def _explained(
    documents: Sequence[CleanText | str],
    lines: Sequence[Line],
    scores: Sequence[float],
    kept: Sequence[int],
    values: Sequence[Sequence[float]],
    budget: int,
) -> Iterator[Candidate]:
    ranks = {i: rank for rank, i in enumerate(sorted(range(len(lines)), key=lambda i: (-scores[i], i)), 1)}
    names = _model()[2]
    left = budget - sum(len(lines[i].words) for i in kept)
    for i, line in enumerate(lines):
        why = _why(i, lines, kept, ranks, budget, left)
        features = tuple(zip(names, values[i], strict=True))
        place = _quoted(documents, line)
        yield Candidate(line.document, *place, scores[i], ranks[i], i in kept, why, features)


def _why(index: int, lines: Sequence[Line], kept: Sequence[int], ranks: dict[int, int], budget: int, left: int) -> str:
    say: dict[str, str] = load("vi/summarise")["explain"]
    line = lines[index]
    if index in kept:
        return say["chosen"]
    if len(line.words) > budget:
        return say["too_long"]
    if len(line.words) < SHORTEST:
        return say["too_short"]
    pairs = set(line.pairs)
    for other in kept:
        if len(pairs & set(lines[other].pairs)) > REPEATED * max(1, len(pairs)):
            return say["repeats"].format(rank=ranks[other])
    return say["no_room"].format(left=left) if len(line.words) > left else say["weaker"]


def run_batch(batch: Iterable[str], read: Callable[[str], CleanText | str], split: Splitter | None = None) -> Iterator[str]:
    """One JSON line of output for each JSON line of ``batch``, in order.

    In: ``{"id": …, "documents": [path, …], "budget": 120}``; out: ``{"id": …, "sentences": [{"document", "start", "end",
    "quote"}, …]}`` in reading order.  ``read`` gives the text of a path; plain strings need ``split``.  A line that cannot be
    done gives ``{"id": …, "error": …}``, and the others go on.
    """
    for number, line in enumerate(batch, 1):
        if not line.strip():
            continue
        name: object = number
        try:
            job = json.loads(line)
            name = job.get("id", number)
            summary = summarise([read(path) for path in _documents(job)], int(job.get("budget", 120)), split=split)
            answer: dict[str, object] = {"id": name, "sentences": [k.place() for k in summary.sentences]}
        except (ToolkitError, OSError) as error:
            answer = {"id": name, "error": str(error)}
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            answer = {"id": name, "error": f"line {number}: {BATCH_FORM} ({type(error).__name__}: {error})"}
        yield json.dumps(answer, ensure_ascii=False)


def _documents(job: dict[str, Any]) -> list[str]:
    documents = job["documents"]
    if not isinstance(documents, list) or not all(isinstance(path, str) for path in documents):
        raise TypeError("documents is not a list of paths")
    return documents
