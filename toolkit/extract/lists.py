"""Cuts sentences into statements that can stand alone: list items, clauses, without the words that only tie them to the text.

All spans are in clean coordinates.  A statement is always one run of the text; it is shortened at its ends, never inside.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import UPPER, Prose, fold, phrases, trie
from toolkit.extract.sectors import sector_of
from toolkit.model.fact import Statement, StatementKind, Trace

_MARK = re.compile(r"^[\s“”\"'•*+>]*(?:[-–—]\s+|\(?\d{1,2}[.)]\s*|\(?[a-zđ]\)\s*|\d{1,2}\.\s+)?[\s“”\"']*")
_NUMBER_INSIDE = re.compile(r"\(\d{1,2}\)\s*|(?<=[;:.,])\s*(?:\d{1,2}[.)]|[a-zđ]\))\s+(?=[^\W\d])")
_OPEN, _CLOSE = "([“", ")]”"
_NAME = rf"(?:\s+(?:[{UPPER}][\w]*|\d+(?=\s+(?:[a-zđ]|phải))))*"


@cache
def _connectors() -> re.Pattern[str]:
    return re.compile(rf"{trie(fold(c) for c in lexicon.load('vi/lists')['connectors'])}(?!\w)\s*[,:]?\s*")


@cache
def task_verbs() -> re.Pattern[str]:
    """A task verb at the beginning of a folded clause."""
    return re.compile(rf"\s*(?:(?:cần|phải|sẽ|cần phải)\s+)?{phrases(lexicon.load('vi/lists')['task_verbs']).pattern}")


def pieces(text: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a sentence: what semicolons and numbers in brackets part, outside quotation marks and brackets.

    After a colon that opens a list, the words before it are no item.
    """
    cuts = [(m.start(), m.end()) for m in _NUMBER_INSIDE.finditer(text.text, start, end)]
    colon = list_colon(text, start, end)
    depth = 0
    straight = False
    for i in range(start, end):
        c = text.text[i]
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif c == '"':
            straight = not straight
        elif c == ";" and not depth and not straight:
            cuts.append((i, i + 1))
    if colon is not None:
        cuts.append((colon, colon + 1))
    cuts.sort()
    spans = []
    at = start if colon is None else colon + 1
    for a, b in cuts:
        if a >= at:
            spans.append((at, a))
            at = b
    spans.append((at, end))
    return [s for s in spans if text.text[s[0] : s[1]].strip(" \n,.;:–-")]


def list_colon(text: Prose, start: int, end: int) -> int | None:
    """Place of a colon that opens a list of at least two items or one long clause, else None."""
    colon = text.text.find(":", start, end)
    while colon >= 0:
        if not (text.text[colon - 1].isdigit() and text.text[colon + 1 : colon + 2].isdigit()):
            rest = text.text[colon + 1 : end]
            return colon if rest.strip() and (";" in rest or len(rest) > 25) else None
        colon = text.text.find(":", colon + 1, end)
    return None


def trimmed(text: Prose, start: int, end: int) -> tuple[int, int]:
    """Without list marks, connectors, quotation marks left alone and closing punctuation."""
    while True:
        before = (start, end)
        start += len(_MARK.match(text.text[start:end]).group())  # type: ignore[union-attr]
        lead = _connectors().match(text.folded, start, end)
        if lead and lead.end() < end and (lead.group().rstrip() != fold("và") or lead.end() - lead.start() > 2):
            start = lead.end()
        while end > start and text.text[end - 1] in ' \n\t,;:.…/-–“"':
            end -= 1
        end = _without_lone_closer(text.text, start, end)
        if (start, end) == before or start >= end:
            return start, end


def _without_lone_closer(text: str, start: int, end: int) -> int:
    last = text[end - 1 : end]
    if last == "”" and "“" not in text[start:end]:
        return end - 1
    if last == ")" and "(" not in text[start:end]:
        return end - 1
    return end


def split_commas(text: Prose, start: int, end: int, opening: re.Pattern[str], least: int = 12) -> list[tuple[int, int]]:
    """Parts at commas that ``opening`` follows, outside quotation marks and brackets, each at least ``least`` characters long."""
    spans = []
    at = start
    depth = 0
    for i in range(start, end):
        c = text.text[i]
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif c == "," and not depth and i - at >= least and end - i > least and opening.match(text.folded, i + 1, end):
            spans.append((at, i))
            at = i + 1
    spans.append((at, end))
    return spans


def statement(text: Prose, kind: StatementKind, start: int, end: int, rule: str) -> Statement | None:
    """The statement of a span after trimming, or None when nothing that says something is left."""
    start, end = trimmed(text, start, end)
    if end - start < 10 or len(text.text[start:end].split()) < 3:
        return None
    wording = re.sub(r"\s+", " ", text.text[start:end])
    return Statement(kind, text.clean.quote(start, end), wording, sector_of(wording), Trace(rule))


def distinct(found: list[Statement]) -> tuple[Statement, ...]:
    """Without repetitions: a later statement whose words mostly stand in an earlier one is the same."""
    kept: list[Statement] = []
    sets: list[frozenset[str]] = []
    for s in found:
        words = frozenset(re.findall(r"\w+", fold(s.text)))
        if any(len(words & seen) >= 0.75 * min(len(words), len(seen)) and len(words & seen) >= 3 for seen in sets):
            continue
        kept.append(s)
        sets.append(words)
    return tuple(kept)
