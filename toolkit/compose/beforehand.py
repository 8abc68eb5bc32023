"""What composing knows before sentences are chosen: figures that stand elsewhere in the brief, sentences that the profile bars."""

from __future__ import annotations

import re

from toolkit.compose.desk import Desk
from toolkit.compose.indicators import choose_rows, weighed
from toolkit.compose.keyfigures import in_front
from toolkit.compose.lines import lines
from toolkit.compose.standard import Length, standard
from toolkit.compose.verbatim import Figures
from toolkit.model.dossier import Dossier
from toolkit.model.vietnamese import key

MORE = 9
"""Words beside labels and figures from which a sentence has something of its own to say."""


def figures_shown(dossier: Dossier, length: Length) -> frozenset[tuple[str, int, int]]:
    """``(source id, start, end)`` of figures that the table and the large numerals tell, their sentences having little else."""
    desk = Desk.of(dossier, standard(), length)
    all_lines = weighed(desk, lines(desk))
    shown = [*choose_rows(all_lines, desk.length.rows), *(line for line, _ in in_front(desk, all_lines, desk.length.key))]
    facts = [fact for line in shown for settled in line.facts for fact in (settled.value, *settled.support)]
    said: dict[str, set[str]] = {}
    for fact in facts:
        said.setdefault(desk.notes.sentence(fact.quote), set()).update(_words(f"{fact.label} {fact.quote.text}"))
    told = [fact.quote for fact in facts if _says_only(sentence := desk.notes.sentence(fact.quote), said[sentence])]
    return frozenset((quote.source, quote.start, quote.end) for quote in told)


def _says_only(sentence: str, words: set[str]) -> bool:
    """Whether a sentence holds hardly more than these words: labels and figures that are told elsewhere."""
    return sum(word not in words for word in _words(sentence)) <= MORE


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", key(text))


def sentences_barred(dossier: Dossier) -> tuple[str, ...]:
    """Sentences with a figure that the profile hides: another one is told in their place, unless the profile keeps them."""
    figures = Figures(dossier.quantities, dossier.sheets)
    kept = tuple(key(beginning) for beginning in dossier.display.keep)
    return tuple(
        passage.text
        for sheet in dossier.sheets
        for passage in sheet.sentences
        if "" in figures.doubtful(sheet.source.id, passage.quote.start, passage.quote.end)
        and not (kept and key(passage.text).startswith(kept))
    )
